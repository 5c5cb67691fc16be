/* Rows as an Arrow C stream (https://arrow.apache.org/docs/format/CStreamInterface.html): columns of text, and the place of
 * each cell where that is asked for. A cell that a row does not have is null, an empty one is "". The file is read once
 * before to know its widest row. The invariant: every row of data is in one batch, with all its cells. */
#include "read/rows/row_batch.h"
#include "read/rows/row_reader.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <errno.h>
#include <string.h>

#define BATCH_BYTES ((size_t)1 << 28)

struct row_stream {
    mtm_row_reader *reader;
    size_t n_columns, first, n_cells; /* all columns; the first of the table's, and how many they are */
    char **names;
    mtmi_batch_kind *kinds;
    mtm_error err;
};

static void free_stream(struct row_stream *rows) {
    for (size_t i = 0; rows->names != NULL && i < rows->n_columns; i++) {
        mtmi_memory_free(rows->names[i]);
    }
    mtmi_memory_free(rows->names);
    mtmi_memory_free(rows->kinds);
    mtmi_memory_free(rows);
}

static int stream_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    const struct row_stream *rows = stream->private_data;
    return mtmi_batch_schema(rows->kinds, rows->names, rows->n_columns, out);
}

static void add_places(const struct row_stream *rows, mtmi_batch_column *column, size_t at, const mtm_table_row *row) {
    for (size_t i = 0; i < row->n_cells && row->cells[i].text != NULL; i++) {
        int64_t line = 0, number = 0;
        mtm_row_reader_place(rows->reader, i, &line, &number);
        mtmi_batch_place(column, line, number);
    }
    mtmi_batch_end_places(column, at);
}

static int add_row(const struct row_stream *rows, mtmi_batch_column *columns, size_t at, const mtm_table_row *row,
                   size_t *bytes) {
    int failed = 0;

    if (rows->first > 0) {
        mtmi_batch_text(&columns[0], at, rows->reader->path, strlen(rows->reader->path));
        mtmi_batch_number(&columns[1], row->line);
        add_places(rows, &columns[rows->n_columns - 1], at, row);
        failed = columns[0].bytes.failed | columns[1].bytes.failed | columns[rows->n_columns - 1].bytes.failed;
        *bytes += strlen(rows->reader->path) + 16 * row->n_cells;
    }
    for (size_t i = 0; i < rows->n_cells; i++) {
        mtmi_batch_column *column = &columns[rows->first + i];
        const mtm_row_cell cell = i < row->n_cells ? row->cells[i] : (mtm_row_cell){NULL, 0};
        mtmi_batch_text(column, at, cell.text, cell.length);
        *bytes += cell.length;
        failed |= column->bytes.failed;
    }
    return failed ? ENOMEM : 0;
}

static int stream_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    struct row_stream *rows = stream->private_data;
    mtmi_batch_column *columns = mtmi_batch_new(rows->kinds, rows->n_columns);
    mtm_table_row row = {sizeof row, NULL, 0, 0};
    size_t n = 0, bytes = 0;
    int got = 1, failed = columns == NULL ? ENOMEM : 0;

    memset(out, 0, sizeof *out);
    while (failed == 0 && n < MTMI_BATCH_ROWS && bytes < BATCH_BYTES) {
        mtm_status status = mtm_row_reader_next(rows->reader, &row, &got, &rows->err);
        if (status != MTM_OK || !got) {
            failed = status == MTM_OK ? 0 : status == MTM_ERROR_MEMORY ? ENOMEM : EINVAL;
            break;
        }
        failed = add_row(rows, columns, n++, &row, &bytes);
    }
    if (failed == 0 && n > 0) {
        failed = mtmi_batch_finish(columns, rows->n_columns, (int64_t)n, out);
    }
    mtmi_batch_free(columns, rows->n_columns);
    return failed;
}

static const char *stream_error(struct ArrowArrayStream *stream) {
    return ((struct row_stream *)stream->private_data)->err.message;
}

static void stream_release(struct ArrowArrayStream *stream) {
    struct row_stream *rows = stream->private_data;

    mtm_row_reader_free(rows->reader);
    free_stream(rows);
    stream->release = NULL;
}

/* The widest row, by a reader of its own. */
static mtm_status find_width(const mtm_row_reader *reader, size_t *width, mtm_error *err) {
    mtm_row_reader *again = NULL;
    mtm_table_row row = {sizeof row, NULL, 0, 0};
    int twice = reader->from.kind == MTM_SOURCE_PATH || reader->from.kind == MTM_SOURCE_BYTES, got = twice;
    mtm_status status = MTM_OK;

    MTMI_TRY(twice ? mtmi_row_reader_again(reader, &again, err) : MTM_OK);
    while (got) {
        MTMI_TRY(mtm_row_reader_next(again, &row, &got, err));
        *width = got && row.n_cells > *width ? row.n_cells : *width;
    }
out:
    mtm_row_reader_free(again);
    return status;
}

static int is_taken(const struct row_stream *rows, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rows->names[i], name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* The name of the at-th column: col_0 and so on where it has none; the n-th of a name is numbered n. What is taken all the
 * same gets its column's number, so that no choice of names makes many tries. */
static int name_column(struct row_stream *rows, size_t at, const char *name, size_t number, size_t nth) {
    mtmi_buffer text = MTMI_BUFFER_INIT;

    if (name[0] == '\0') {
        mtmi_buffer_format(&text, "col_%zu", number);
    } else {
        mtmi_buffer_text(&text, name);
    }
    if (nth > 1) {
        mtmi_buffer_format(&text, "_%zu", nth);
    }
    while (!text.failed && is_taken(rows, at, text.data)) {
        mtmi_buffer_format(&text, "_%zu", number + 2);
    }
    if (text.failed) {
        mtmi_buffer_free(&text);
    }
    rows->names[at] = text.data;
    return text.data != NULL;
}

static size_t count_same(const mtm_row_table *table, size_t column) {
    size_t n = 1;

    for (size_t i = 0; column < table->n_columns && table->names[column][0] != '\0' && i < column; i++) {
        n += strcmp(table->names[i], table->names[column]) == 0;
    }
    return n;
}

static int name_columns(struct row_stream *rows, const mtm_row_table *table) {
    int named = 1;

    rows->names = mtmi_memory_new(rows->n_columns, sizeof *rows->names);
    rows->kinds = mtmi_memory_new(rows->n_columns, sizeof *rows->kinds);
    if (rows->names == NULL || rows->kinds == NULL) {
        return 0;
    }
    if (rows->first > 0) {
        named = name_column(rows, 0, "file", 0, 1) && name_column(rows, 1, "line", 0, 1);
        rows->kinds[1] = MTMI_BATCH_NUMBER;
        rows->kinds[rows->n_columns - 1] = MTMI_BATCH_PLACES;
    }
    for (size_t i = 0; named && i < rows->n_cells; i++) {
        named =
            name_column(rows, rows->first + i, i < table->n_columns ? table->names[i] : "", i, count_same(table, i));
    }
    return named && (rows->first == 0 || name_column(rows, rows->n_columns - 1, "places", 0, 1));
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
    if (rows == NULL) {
        return mtmi_error_memory(err);
    }
    rows->first = reader->options.places != 0 ? 2 : 0;
    rows->n_cells = width;
    rows->n_columns = width + (rows->first > 0 ? 3 : 0);
    if (!name_columns(rows, &table)) {
        free_stream(rows);
        return mtmi_error_memory(err);
    }
    rows->reader = reader;
    atomic_fetch_add(&reader->holders, 1);
    out->get_schema = stream_schema;
    out->get_next = stream_next;
    out->get_last_error = stream_error;
    out->release = stream_release;
    out->private_data = rows;
    return MTM_OK;
}
