/* Gives the rows of an Arrow stream, batch after batch. The next batch is asked for only when the rows of the last one
 * have gone. */
#include "read/arrow/arrow_rows.h"

#include "base/memory.h"
#include "base/try.h"
#include "read/table/row_text.h"

#include <errno.h>
#include <string.h>

typedef struct arrow_rows {
    mtmi_rows rows;
    char *name;
    mtmi_limits limits;
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray batch;
    mtmi_arrow_column *columns;
    size_t n_columns;
    size_t row;   /* of the batch at hand */
    int64_t line; /* -1 before the header */
    mtmi_row_text text;
    struct ArrowArray *kept; /* batches that were passed while rows are kept */
    size_t n_kept, kept_capacity, at_kept;
    int keeps, ended;
    uint64_t n_batches;
} arrow_rows;

static mtm_status refuse_stream(const arrow_rows *in, const char *found, const char *expected, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, 0, (mtmi_place){in->name, 0, 0}, "found %s, expected %s", found,
                          expected);
}

/* What the producer says about its failure. */
static mtm_status stream_failed(arrow_rows *in, int number, mtm_error *err) {
    const char *words = in->stream.get_last_error != NULL ? in->stream.get_last_error(&in->stream) : NULL;
    if (number == ENOMEM) {
        return mtmi_error_memory(err);
    }
    if (words != NULL && strncmp(words, "found ", 6) == 0) { /* an Arrow file that this library reads */
        return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_FILE,
                              (mtmi_place){in->name, in->line > 0 ? in->line : 0, 0}, "%s", words);
    }
    return mtmi_error_set(err, MTM_ERROR_IO, 0, (mtmi_place){in->name, in->line > 0 ? in->line : 0, 0},
                          "the Arrow stream failed with error number %d: %s", number,
                          words != NULL ? words : "it does not say why");
}

static mtm_status read_schema(arrow_rows *in, mtm_error *err) {
    int number = in->stream.get_schema(&in->stream, &in->schema);
    if (number != 0) {
        in->schema.release = NULL;
        return stream_failed(in, number, err);
    }
    if (in->schema.release == NULL || in->schema.format == NULL || strcmp(in->schema.format, "+s") != 0 ||
        in->schema.n_children < 0 || (in->schema.n_children > 0 && in->schema.children == NULL)) {
        return refuse_stream(in, "an Arrow stream that is no table",
                             "record batches, whose schema is a structure of columns", err);
    }
    if ((uint64_t)in->schema.n_children > in->limits.max_columns) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){in->name, 0, 0},
                              "found %lld columns, expected no more than the limit max_columns, %llu",
                              (long long)in->schema.n_children, (unsigned long long)in->limits.max_columns);
    }
    in->n_columns = (size_t)in->schema.n_children;
    in->columns = mtmi_memory_new(in->n_columns, sizeof *in->columns);
    if (in->columns == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < in->n_columns; i++) {
        MTMI_CHECK_STATUS(mtmi_arrow_column_type(in->schema.children[i], i + 1, in->name, &in->columns[i], err));
    }
    return MTM_OK;
}

static void release(struct ArrowArray *array) {
    if (array->release != NULL) {
        array->release(array);
    }
    memset(array, 0, sizeof *array);
}

/* Passes the batch at hand: it is kept, or goes. */
static mtm_status pass_batch(arrow_rows *in, mtm_error *err) {
    in->row = 0;
    if (!in->keeps || in->batch.release == NULL) {
        release(&in->batch);
        return MTM_OK;
    }
    if (!mtmi_memory_reserve((void **)&in->kept, &in->kept_capacity, in->n_kept + 1, sizeof *in->kept)) {
        return mtmi_error_memory(err);
    }
    in->kept[in->n_kept++] = in->batch;
    memset(&in->batch, 0, sizeof in->batch);
    return MTM_OK;
}

static mtm_status take_batch(arrow_rows *in, mtm_error *err) {
    const struct ArrowArray *batch = &in->batch;
    if (batch->length < 0 || batch->offset < 0 || batch->offset > INT64_MAX - batch->length || batch->n_children < 0 ||
        (uint64_t)batch->n_children != in->n_columns || (in->n_columns > 0 && batch->children == NULL)) {
        return refuse_stream(in, "a batch whose length or columns are not those of its schema",
                             "an Arrow array as the C data interface describes it", err);
    }
    if (batch->null_count != 0 && batch->n_buffers > 0 && batch->buffers != NULL && batch->buffers[0] != NULL) {
        return refuse_stream(in, "a batch with rows that are null as a whole", "record batches", err);
    }
    for (size_t i = 0; i < in->n_columns; i++) {
        MTMI_CHECK_STATUS(mtmi_arrow_column_batch(&in->columns[i], batch->children[i], (size_t)batch->offset,
                                                  (size_t)batch->length, in->name, err));
    }
    return MTM_OK;
}

/* The next batch; in->batch.release NULL at the end of the stream. */
static mtm_status next_batch(arrow_rows *in, mtm_error *err) {
    mtm_status status = pass_batch(in, err);
    int number = 0;
    if (status != MTM_OK) {
        return status;
    }
    if (!in->keeps && in->at_kept < in->n_kept) {
        in->batch = in->kept[in->at_kept];
        memset(&in->kept[in->at_kept++], 0, sizeof in->kept[0]);
    } else if (!in->ended) {
        number = in->stream.get_next(&in->stream, &in->batch);
        in->ended = number != 0 || in->batch.release == NULL;
    }
    if (number != 0) {
        in->batch.release = NULL;
        return stream_failed(in, number, err);
    }
    in->n_batches++;
    return in->batch.release == NULL ? MTM_OK : take_batch(in, err);
}

/* Makes sure that there is a row at hand; *got 0 at the end of the stream. */
static mtm_status advance(arrow_rows *in, int *got, mtm_error *err) {
    *got = 0;
    while (in->batch.release == NULL || in->row >= (size_t)in->batch.length) {
        mtm_status status = next_batch(in, err);
        if (status != MTM_OK || in->batch.release == NULL) {
            return status;
        }
    }
    *got = 1;
    return MTM_OK;
}

static mtm_status broken_cell(const arrow_rows *in, size_t column, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, 0, (mtmi_place){in->name, in->line, (int64_t)column + 1},
                          "found an index or offset that points outside of its buffer in column %q, expected an Arrow "
                          "array as the C data interface describes it",
                          in->columns[column].name);
}

static mtm_status long_cell(const arrow_rows *in, size_t column, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_LIMIT, MTMI_CODE_FIELD_LIMIT,
                          (mtmi_place){in->name, in->line, (int64_t)column + 1},
                          "found more bytes in column %q, expected no more than the limit max_field, %llu",
                          in->columns[column].name, (unsigned long long)in->limits.max_field);
}

/* Puts the cells of the row at hand together; *bad is the first cell that is no text, from 1. */
static mtm_status write_row(arrow_rows *in, size_t *bad, mtm_error *err) {
    *bad = 0;
    mtmi_row_text_start(&in->text);
    for (size_t i = 0; i < in->n_columns; i++) {
        size_t before = in->text.text.size;
        mtmi_arrow_cell kind = mtmi_arrow_column_cell(&in->columns[i], in->row, &in->text.text);
        if (kind == MTMI_ARROW_CELL_BROKEN) {
            return broken_cell(in, i, err);
        }
        if (in->text.text.size - before > in->limits.max_field) {
            return long_cell(in, i, err);
        }
        if (kind == MTMI_ARROW_CELL_BAD_TEXT && *bad == 0) {
            *bad = i + 1;
        }
        if (!mtmi_row_text_end(&in->text, kind == MTMI_ARROW_CELL_PLAIN)) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

static mtm_status write_header(arrow_rows *in, mtm_error *err) {
    mtmi_row_text_start(&in->text);
    for (size_t i = 0; i < in->n_columns; i++) {
        mtmi_buffer_text(&in->text.text, in->columns[i].name);
        if (!mtmi_row_text_end(&in->text, 0)) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* Lends the row that was put together. */
static mtm_status lend(arrow_rows *in, size_t bad, mtmi_row *out, mtm_error *err) {
    if (!mtmi_row_text_finish(&in->text, in->line, 0, out)) {
        return mtmi_error_memory(err);
    }
    if (bad != 0) {
        out->code = MTMI_CODE_CHARACTER;
        out->expected = "UTF-8";
        out->offset = (size_t)(out->cells[bad - 1].text - out->record);
    }
    return MTM_OK;
}

static mtm_status next(mtmi_rows *rows, mtmi_row *out, int *got, mtm_error *err) {
    arrow_rows *in = (arrow_rows *)rows;
    size_t bad = 0;
    *got = 1;
    in->line++;
    if (in->line == 0) {
        MTMI_CHECK_STATUS(write_header(in, err));
    } else {
        MTMI_CHECK_STATUS(advance(in, got, err));
        if (*got) {
            MTMI_CHECK_STATUS(write_row(in, &bad, err));
            in->row++;
        }
    }
    return *got ? lend(in, bad, out, err) : MTM_OK;
}

static void free_rows(mtmi_rows *rows) {
    arrow_rows *in = (arrow_rows *)rows;
    release(&in->batch);
    mtmi_arrow_rows_forget(rows);
    mtmi_memory_free(in->kept);
    if (in->schema.release != NULL) {
        in->schema.release(&in->schema);
    }
    if (in->stream.release != NULL) {
        in->stream.release(&in->stream);
    }
    mtmi_row_text_free(&in->text);
    mtmi_memory_free(in->columns);
    mtmi_memory_free(in->name);
    mtmi_memory_free(in);
}

static mtm_status usable(const mtmi_rows *rows, size_t at, mtm_error *err) {
    const arrow_rows *in = (const arrow_rows *)rows;
    const mtmi_arrow_column *column = at < in->n_columns ? &in->columns[at] : NULL;
    mtmi_place place = {in->name, 0, 0};
    if (column == NULL || column->type != MTMI_ARROW_OTHER) {
        return MTM_OK;
    }
    if (strncmp(column->format, "ts", 2) == 0) { /* moments of a zone whose offsets are not known here have no day */
        return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, place,
                              "found times of the zone %q in column %q, expected local times, UTC or an offset such as "
                              "+05:00; convert the column to local time before it is counted",
                              strchr(column->format, ':') != NULL ? strchr(column->format, ':') + 1 : column->format,
                              column->name);
    }
    return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, place,
                          "found Arrow values of format %q in column %q, expected text, numbers or dates; cast the "
                          "column, or give it the role \"ignore\"",
                          column->format, column->name);
}

const struct ArrowSchema *mtmi_arrow_rows_schema(const mtmi_rows *rows) {
    return &((const arrow_rows *)rows)->schema;
}

void mtmi_arrow_rows_keep(mtmi_rows *rows) {
    ((arrow_rows *)rows)->keeps = 1;
}

mtm_status mtmi_arrow_rows_rewind(mtmi_rows *rows, mtm_error *err) {
    arrow_rows *in = (arrow_rows *)rows;
    mtm_status status = pass_batch(in, err);
    in->keeps = 0;
    in->at_kept = 0;
    in->line = 0;
    return status;
}

void mtmi_arrow_rows_forget(mtmi_rows *rows) {
    arrow_rows *in = (arrow_rows *)rows;
    for (; in->at_kept < in->n_kept; in->at_kept++) {
        release(&in->kept[in->at_kept]);
    }
    in->keeps = 0;
}

mtm_status mtmi_arrow_rows_batch(mtmi_rows *rows, mtmi_arrow_batch *out, mtm_error *err) {
    arrow_rows *in = (arrow_rows *)rows;
    do {
        MTMI_CHECK_STATUS(next_batch(in, err));
    } while (in->batch.release != NULL && in->batch.length == 0);
    *out = (mtmi_arrow_batch){in->columns, in->n_columns, 0};
    if (in->batch.release != NULL) {
        out->n_rows = (size_t)in->batch.length;
    }
    return MTM_OK;
}

int mtmi_arrow_rows_ahead(const mtmi_rows *rows, mtmi_arrow_ahead *out) {
    const arrow_rows *in = (const arrow_rows *)rows;
    if (rows->next != next) {
        return 0;
    }
    *out =
        (mtmi_arrow_ahead){in->columns, in->n_columns, in->row, 0, in->line + 1, in->n_batches, in->limits.max_field};
    out->n = in->batch.release != NULL ? (size_t)in->batch.length - in->row : 0;
    return 1;
}

void mtmi_arrow_rows_pass(mtmi_rows *rows, size_t n) {
    arrow_rows *in = (arrow_rows *)rows;
    in->row += n;
    in->line += (int64_t)n;
}

mtm_status mtmi_arrow_rows_at(mtmi_rows *rows, size_t row, int64_t line, mtmi_row *out, mtm_error *err) {
    arrow_rows *in = (arrow_rows *)rows;
    size_t bad = 0;
    in->row = row;
    in->line = line;
    MTMI_CHECK_STATUS(write_row(in, &bad, err));
    return lend(in, bad, out, err);
}

mtm_status mtmi_arrow_rows_new(struct ArrowArrayStream *stream, const char *name, const mtmi_limits *limits,
                               mtmi_rows **out, mtm_error *err) {
    arrow_rows *in = mtmi_memory_new(1, sizeof *in);
    mtm_status status = MTM_OK;
    *out = NULL;
    if (in == NULL) {
        stream->release(stream);
        return mtmi_error_memory(err);
    }
    in->stream = *stream;
    stream->release = NULL;
    in->limits = *limits;
    in->line = -1;
    in->rows.next = next;
    in->rows.free = free_rows;
    in->rows.usable = usable;
    in->name = mtmi_memory_copy_text(name);
    in->rows.name = in->name;
    status = in->name != NULL ? read_schema(in, err) : mtmi_error_memory(err);
    if (status != MTM_OK) {
        free_rows(&in->rows);
        return status;
    }
    *out = &in->rows;
    return MTM_OK;
}
