/* Rows as an Arrow C stream of text columns (https://arrow.apache.org/docs/format/CStreamInterface.html): a cell that a
 * row does not have is null, an empty one is "". The file is read once before to know its widest row. The invariant:
 * every row of data is in one batch, with all its cells. */
#include "read/rows/row_reader.h"

#include "base/error.h"
#include "base/memory.h"

#include <errno.h>
#include <string.h>

enum { BATCH_ROWS = 1 << 16, BATCH_BYTES = 1 << 28 };

/* One column of a batch: what its three buffers become. */
struct text_column {
    mtmi_buffer text;
    int32_t *offsets;
    unsigned char *validity;
    int64_t nulls;
};

struct row_stream {
    mtm_row_reader *reader;
    size_t n_columns;
    char **names;
    mtm_error err;
};

/* What an array owns: its columns' buffers, and the children themselves. */
struct array_data {
    const void *buffers[3];
    void *blocks[3];
};

static void free_names(char **names, size_t n) {
    for (size_t i = 0; names != NULL && i < n; i++) {
        mtmi_memory_free(names[i]);
    }
    mtmi_memory_free(names);
}

static void release_schema(struct ArrowSchema *schema) {
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i] != NULL) {
            if (schema->children[i]->release != NULL) {
                schema->children[i]->release(schema->children[i]);
            }
            mtmi_memory_free(schema->children[i]);
        }
    }
    mtmi_memory_free(schema->children);
    mtmi_memory_free(schema->private_data);
    schema->release = NULL;
}

static int stream_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    struct row_stream *rows = stream->private_data;

    memset(out, 0, sizeof *out);
    out->format = "+s";
    out->name = "";
    out->release = release_schema;
    out->children = mtmi_memory_new(rows->n_columns, sizeof(struct ArrowSchema *));
    if (out->children == NULL) {
        return ENOMEM;
    }
    for (size_t i = 0; i < rows->n_columns; i++) {
        struct ArrowSchema *child = mtmi_memory_new(1, sizeof *child);
        out->children[i] = child;
        out->n_children++;
        if (child != NULL) {
            child->format = "u";
            child->flags = ARROW_FLAG_NULLABLE;
            child->private_data = mtmi_memory_copy_text(rows->names[i]);
            child->name = child->private_data;
            child->release = release_schema;
        }
        if (child == NULL || child->name == NULL) {
            release_schema(out);
            return ENOMEM;
        }
    }
    return 0;
}

static void release_array(struct ArrowArray *array) {
    struct array_data *data = array->private_data;

    for (int64_t i = 0; i < array->n_children; i++) {
        if (array->children[i] != NULL) {
            if (array->children[i]->release != NULL) {
                array->children[i]->release(array->children[i]);
            }
            mtmi_memory_free(array->children[i]);
        }
    }
    mtmi_memory_free(array->children);
    for (size_t i = 0; data != NULL && i < 3; i++) {
        mtmi_memory_free(data->blocks[i]);
    }
    mtmi_memory_free(data);
    array->release = NULL;
}

static void free_columns(struct text_column *columns, size_t n) {
    for (size_t i = 0; columns != NULL && i < n; i++) {
        mtmi_buffer_free(&columns[i].text);
        mtmi_memory_free(columns[i].offsets);
        mtmi_memory_free(columns[i].validity);
    }
    mtmi_memory_free(columns);
}

static struct text_column *new_columns(size_t n) {
    struct text_column *columns = mtmi_memory_new(n, sizeof *columns);

    for (size_t i = 0; columns != NULL && i < n; i++) {
        columns[i].offsets = mtmi_memory_new(BATCH_ROWS + 1, sizeof(int32_t));
        columns[i].validity = mtmi_memory_new(BATCH_ROWS / 8, 1);
        if (columns[i].offsets == NULL || columns[i].validity == NULL) {
            free_columns(columns, n);
            return NULL;
        }
    }
    return columns;
}

static int add_row(struct text_column *columns, size_t n, size_t at, const mtm_table_row *row, size_t *bytes) {
    for (size_t i = 0; i < n; i++) {
        struct text_column *column = &columns[i];
        const mtm_row_cell *cell = i < row->n_cells ? &row->cells[i] : NULL;
        if (cell != NULL && cell->text != NULL) {
            mtmi_buffer_add(&column->text, cell->text, cell->length);
            column->validity[at / 8] |= (unsigned char)(1u << (at % 8));
            *bytes += cell->length;
        } else {
            column->nulls++;
        }
        if (column->text.failed) {
            return 0;
        }
        column->offsets[at + 1] = (int32_t)column->text.size;
    }
    return 1;
}

/* The column's buffers become the child's. */
static int make_child(struct text_column *column, int64_t n, struct ArrowArray *out) {
    struct array_data *data = mtmi_memory_new(1, sizeof *data);

    if (data == NULL) {
        return 0;
    }
    data->blocks[0] = column->validity;
    data->blocks[1] = column->offsets;
    data->blocks[2] = column->text.data;
    data->buffers[0] = column->validity;
    data->buffers[1] = column->offsets;
    data->buffers[2] = column->text.data != NULL ? column->text.data : "";
    memset(&column->text, 0, sizeof column->text);
    column->offsets = NULL;
    column->validity = NULL;
    out->length = n;
    out->null_count = column->nulls;
    out->n_buffers = 3;
    out->buffers = data->buffers;
    out->private_data = data;
    out->release = release_array;
    return 1;
}

static int make_batch(struct row_stream *rows, struct text_column *columns, int64_t n, struct ArrowArray *out) {
    struct array_data *data = mtmi_memory_new(1, sizeof *data);

    out->release = release_array;
    out->private_data = data;
    out->children = mtmi_memory_new(rows->n_columns, sizeof(struct ArrowArray *));
    int made = data != NULL && out->children != NULL;
    for (size_t i = 0; made && i < rows->n_columns; i++) {
        out->children[i] = mtmi_memory_new(1, sizeof(struct ArrowArray));
        out->n_children++;
        made = out->children[i] != NULL && make_child(&columns[i], n, out->children[i]);
    }
    if (!made) {
        release_array(out);
        memset(out, 0, sizeof *out);
        return ENOMEM;
    }
    out->length = n;
    out->n_buffers = 1;
    out->buffers = data->buffers;
    return 0;
}

static int stream_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    struct row_stream *rows = stream->private_data;
    struct text_column *columns = new_columns(rows->n_columns);
    mtm_table_row row = {sizeof row, NULL, 0, 0};
    size_t n = 0, bytes = 0;
    int got = 1, failed = columns == NULL ? ENOMEM : 0;

    memset(out, 0, sizeof *out);
    while (failed == 0 && n < BATCH_ROWS && bytes < BATCH_BYTES) {
        mtm_status status = mtm_row_reader_next(rows->reader, &row, &got, &rows->err);
        if (status != MTM_OK || !got) {
            failed = status == MTM_OK ? 0 : status == MTM_ERROR_MEMORY ? ENOMEM : EINVAL;
            break;
        }
        failed = add_row(columns, rows->n_columns, n, &row, &bytes) ? 0 : ENOMEM;
        n++;
    }
    if (failed == 0 && n > 0) {
        failed = make_batch(rows, columns, (int64_t)n, out);
    }
    free_columns(columns, rows->n_columns);
    return failed;
}

static const char *stream_error(struct ArrowArrayStream *stream) {
    return ((struct row_stream *)stream->private_data)->err.message;
}

static void stream_release(struct ArrowArrayStream *stream) {
    struct row_stream *rows = stream->private_data;

    mtm_row_reader_free(rows->reader);
    free_names(rows->names, rows->n_columns);
    mtmi_memory_free(rows);
    stream->release = NULL;
}

/* The widest row, by a reader of its own. */
static mtm_status find_width(const mtm_row_reader *reader, size_t *width, mtm_error *err) {
    mtm_row_reader *again = NULL;
    mtm_table_row row = {sizeof row, NULL, 0, 0};
    int got = 1;
    int twice = reader->from.kind == MTM_SOURCE_PATH || reader->from.kind == MTM_SOURCE_BYTES;
    mtm_status status = twice ? mtm_row_reader_open(&reader->from, &reader->options, &again, err) : MTM_OK;

    got = twice;
    while (status == MTM_OK && got) {
        status = mtm_row_reader_next(again, &row, &got, err);
        *width = status == MTM_OK && got && row.n_cells > *width ? row.n_cells : *width;
    }
    mtm_row_reader_free(again);
    return status;
}

/* A name is kept; columns without one are col_0 and so on. */
static char **name_columns(const mtm_row_table *table, size_t n) {
    char **names = mtmi_memory_new(n, sizeof *names);

    for (size_t i = 0; names != NULL && i < n; i++) {
        mtmi_buffer name = MTMI_BUFFER_INIT;
        int named = i < table->n_columns && table->names[i][0] != '\0';
        mtmi_buffer_format(&name, named ? "%s" : "%scol_%zu", named ? table->names[i] : "", i);
        names[i] = name.data;
        if (name.failed) {
            mtmi_buffer_free(&name);
            free_names(names, i);
            return NULL;
        }
    }
    return names;
}

mtm_status mtm_row_reader_arrow(mtm_row_reader *reader, struct ArrowArrayStream *out, mtm_error *err) {
    mtm_row_table table = {.size = sizeof table};
    struct row_stream *rows;
    mtm_status status;

    if (reader == NULL || out == NULL) {
        return mtmi_error_argument(err, reader == NULL ? "reader" : "out", "not NULL");
    }
    memset(out, 0, sizeof *out);
    mtm_row_reader_table(reader, 0, &table);
    size_t width = table.n_columns;
    status = find_width(reader, &width, err);
    if (status != MTM_OK) {
        return status;
    }
    rows = mtmi_memory_new(1, sizeof *rows);
    char **names = name_columns(&table, width);
    if (rows == NULL || names == NULL) {
        mtmi_memory_free(rows);
        free_names(names, names == NULL ? 0 : width);
        return mtmi_error_memory(err);
    }
    rows->reader = reader;
    rows->names = names;
    rows->n_columns = width;
    out->get_schema = stream_schema;
    out->get_next = stream_next;
    out->get_last_error = stream_error;
    out->release = stream_release;
    out->private_data = rows;
    return MTM_OK;
}
