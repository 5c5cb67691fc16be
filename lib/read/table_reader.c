/* Reads a table row by row: each row is accepted, rejected with a reason, or recognised as no data, and counted once
 * as one of these. Invariant: rows in = accepted + rejected + no data. */
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "read/known/known_rows.h"
#include "read/table/units.h"
#include "read/table_reader.h"
#include "read/table_reader_internal.h"

#include <string.h>

enum { PROGRESS_ROWS = 4096, MOST_HEADERS = 1000 };

static void count_row(mtmi_reading *reading, mtm_rows outcome) {
    mtmi_check_file *file = reading->log == NULL ? NULL : mtmi_check_at_file(reading->log);

    reading->counted[MTM_ROWS_IN]++;
    reading->counted[outcome]++;
    if (file != NULL) {
        file->rows[MTM_ROWS_IN]++;
        file->rows[outcome]++;
    }
}

/* The line of the record that an offset lies in. */
static void line_of(const mtmi_row *row, int64_t line, mtmi_diagnostic_input *said) {
    const char *text = row->record, *end = row->record + row->record_size;

    for (int64_t k = row->line; k < line && text < end; k++) {
        const char *next = memchr(text, '\n', (size_t)(end - text));
        text = next == NULL ? end : next + 1;
    }
    if (row->places != NULL) { /* the file has another text than the record */
        return;
    }
    const char *stop = text < end ? memchr(text, '\n', (size_t)(end - text)) : NULL;
    said->text = text;
    said->text_size = (size_t)((stop == NULL ? end : stop) - text);
}

/* A refused row: an entry of the log, or the error of a strict read. */
static mtm_status refuse_cell(mtmi_reading *reading, const mtmi_row *row, const mtmi_diagnostic_input *what,
                              mtm_status status, mtm_error *err) {
    mtmi_diagnostic_input said = *what;
    char found[256];
    size_t n = said.found_size < sizeof found - 1 ? said.found_size : sizeof found - 1;

    if (reading->log != NULL) {
        said.error = 1;
        said.status = status;
        said.record = row->record;
        said.record_size = row->record_size;
        line_of(row, said.line, &said);
        return mtmi_check_add(reading->log, &said, err);
    }
    if (reading->resource->withholds_text) { /* a name or an id may stand in any cell */
        return mtmi_error_set(err, status, said.code, (mtmi_place){reading->rows->name, said.line, said.column},
                              "found text that is withheld, expected %s%s%s", said.expected,
                              said.hint[0] != '\0' ? "; " : "", said.hint);
    }
    if (n > 0) {
        memcpy(found, said.found, n);
    }
    found[n] = '\0';
    return mtmi_error_set(err, status, said.code, (mtmi_place){reading->rows->name, said.line, said.column},
                          said.hint[0] != '\0' ? "found %q, expected %s; %s" : "found %q, expected %s", found,
                          said.expected, said.hint);
}

/* A byte of the record: its line and character in a text; in a workbook or stream, whose record joins the cells by
 * tabs, the row's number and that of the cell. */
static void place_byte(const mtmi_reading *reading, const mtmi_row *row, size_t offset, int64_t *line,
                       int64_t *column) {
    size_t cell = 0, end = 0;

    if (reading->rows->place != NULL) {
        mtmi_row_place(row, offset, line, column);
        return;
    }
    while (cell + 1 < row->n_cells && (end += row->cells[cell].length + 1) <= offset) {
        cell++;
    }
    mtmi_rows_place(reading->rows, row, cell, line, column);
}

/* Refused by the container, or with another number of cells than the header. */
static mtm_status refuse_row(mtmi_reading *reading, const mtmi_row *row, mtm_error *err) {
    mtmi_diagnostic_input said = {0};
    mtmi_buffer expected = MTMI_BUFFER_INIT;
    size_t offset = row->code != 0 ? row->offset : 0;
    mtm_status status = row->code == MTMI_CODE_CHARACTER ? MTM_ERROR_ENCODING
                        : row->code == MTMI_CODE_FIELD_LIMIT || row->code == MTMI_CODE_COLUMN_LIMIT
                            ? MTM_ERROR_LIMIT
                            : MTM_ERROR_STRUCTURE;

    place_byte(reading, row, offset, &said.line, &said.column);
    said.found = row->record + offset;
    said.found_size = row->record_size - offset < 40 ? row->record_size - offset : 40;
    said.code = row->code != 0 ? row->code : MTMI_CODE_CELLS;
    said.expected = row->expected;
    said.hint = row->hint != NULL ? row->hint : "";
    if (row->code == 0) {
        mtmi_buffer_format(&expected, "%zu cells, as the header has; the row has %zu", reading->header.n_names,
                           row->n_cells);
        said.expected = expected.data != NULL ? expected.data : "";
        said.hint = "";
    }
    MTMI_TRY(expected.failed ? mtmi_error_memory(err) : refuse_cell(reading, row, &said, status, err));
    MTMI_TRY(mtmi_reading_show(reading, row, MTMI_SHOWN_REFUSED, SIZE_MAX, err));
out:
    mtmi_buffer_free(&expected);
    count_row(reading, MTM_ROWS_REJECTED);
    return status;
}

static mtm_status note_row(mtmi_reading *reading, const mtmi_row *row, int code, const char *expected, mtm_error *err) {
    mtmi_diagnostic_input said = {0};

    count_row(reading, MTM_ROWS_NOT_DATA);
    if (reading->log == NULL) {
        return MTM_OK;
    }
    said.code = code;
    said.line = row->line;
    said.column = 1;
    said.found = row->record;
    said.found_size = row->record_size < 200 ? row->record_size : 200;
    said.expected = expected;
    line_of(row, row->line, &said);
    return mtmi_check_add(reading->log, &said, err);
}

/* Only rows that are refused anyway are looked at, and only so many of them. An event may be all labels: "arrivals" and
 * "men" are no header there. */
static int is_second_header(mtmi_reading *reading, const mtmi_row *row) {
    return reading->rows_of_data > 0 && !reading->resource->microdata && reading->headers_looked_for++ < MOST_HEADERS &&
           mtmi_header_like(row);
}

static mtm_status refuse_second_table(const mtmi_reading *reading, const mtmi_row *row, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_SECOND_TABLE,
                          (mtmi_place){reading->rows->name, row->line, 1},
                          "found the header of a second table, expected one table per file; split the file");
}

/* ---- one row ---- */

static mtm_status note_invisible(mtmi_reading *reading, const mtmi_row *row, mtm_error *err) {
    size_t at = reading->log == NULL ? row->record_size : mtmi_reading_invisible(row->record, row->record_size),
           bytes = 1;
    mtmi_diagnostic_input said = {0};

    if (at >= row->record_size) {
        return MTM_OK;
    }
    (void)mtmi_text_decode(row->record + at, row->record_size - at, &bytes);
    said.code = MTMI_CODE_INVISIBLE;
    said.found = row->record + at;
    said.found_size = bytes;
    said.expected = "characters that can be seen";
    said.hint = "remove it; labels and headers were compared without it";
    place_byte(reading, row, at, &said.line, &said.column);
    line_of(row, said.line, &said);
    return mtmi_check_add(reading->log, &said, err);
}

static mtm_status take_verdict(mtmi_reading *reading, const mtmi_row *row, const mtmi_verdict *verdict,
                               mtm_error *err) {
    mtmi_diagnostic_input said = {0};

    count_row(reading, verdict->outcome);
    MTMI_CHECK_STATUS(mtmi_reading_show(reading, row,
                                        verdict->outcome == MTM_ROWS_ACCEPTED   ? MTMI_SHOWN_DATA
                                        : verdict->outcome == MTM_ROWS_REJECTED ? MTMI_SHOWN_REFUSED
                                                                                : MTMI_SHOWN_APART,
                                        verdict->cell, err));
    if (verdict->outcome != MTM_ROWS_REJECTED) {
        reading->rows_of_data += verdict->outcome == MTM_ROWS_ACCEPTED;
        return note_invisible(reading, row, err);
    }
    reading->rows_of_data++;
    said.code = verdict->code;
    said.found = verdict->found.text;
    said.found_size = verdict->found.length;
    said.expected = verdict->expected;
    said.hint = verdict->hint;
    mtmi_rows_place(reading->rows, row, verdict->cell, &said.line, &said.column);
    return refuse_cell(reading, row, &said, verdict->status, err);
}

/* Rows that have the form of data. */
static mtm_status read_data_row(mtmi_reading *reading, const mtmi_row *row, mtm_error *err) {
    int fits =
        row->code == 0 && (row->n_cells == reading->header.n_names || mtmi_columns_heads(&reading->columns, row));
    mtmi_verdict verdict = {.outcome = MTM_ROWS_REJECTED};

    if (fits) {
        MTMI_CHECK_STATUS(mtmi_observer_row(reading->observer, row, &verdict, err));
    }
    if (verdict.outcome == MTM_ROWS_REJECTED && row->code == 0 && is_second_header(reading, row)) {
        return refuse_second_table(reading, row, err);
    }
    if (fits) {
        return take_verdict(reading, row, &verdict, err);
    }
    reading->rows_of_data++;
    return refuse_row(reading, row, err);
}

static mtm_status read_row(mtmi_reading *reading, const mtmi_row *row, mtm_error *err) {
    static const char *const expected[] = {
        [MTMI_ROW_END_MARK] = "a row of data; it is the end mark of old systems",
        [MTMI_ROW_HEADER] = "a row of data; it repeats the header",
        [MTMI_ROW_NUMBERING] = "a row of data; it numbers the columns",
        [MTMI_ROW_REMARK] = "a row of data; it is a remark",
        [MTMI_ROW_LEGEND] = "a row of data; it explains a mark",
    };
    mtmi_row_kind kind = mtmi_reading_kind(reading, row);

    if (kind == MTMI_ROW_DATA) {
        reading->other_title = 0;
        return read_data_row(reading, row, err);
    }
    reading->other_title |= kind == MTMI_ROW_REMARK && mtmi_reading_other_title(reading, row);
    if (kind == MTMI_ROW_HEADER && reading->other_title && reading->rows_of_data > 0) {
        return refuse_second_table(reading, row, err);
    }
    MTMI_CHECK_STATUS(
        mtmi_reading_show(reading, row, kind == MTMI_ROW_HEADER ? MTMI_SHOWN_HEADER : MTMI_SHOWN_APART, SIZE_MAX, err));
    if (kind == MTMI_ROW_NOTHING) {
        count_row(reading, MTM_ROWS_NOT_DATA);
        return MTM_OK;
    }
    if (kind == MTMI_ROW_REMARK) {
        mtmi_observer_remark(reading->observer, row->trimmed[0].text, row->trimmed[0].length, row->line);
    }
    return note_row(reading, row, MTMI_CODE_NOT_DATA, expected[kind], err);
}

/* ---- one file ---- */

/* Rows above the data: they are counted, and named where they were not declared. */
static mtm_status pass_header(mtmi_reading *reading, mtm_error *err) {
    for (size_t i = 0; i < reading->header.data; i++) {
        const mtmi_row *row = &reading->head.rows[i];
        int is_header = i >= reading->header.first;
        MTMI_CHECK_STATUS(mtmi_reading_show_head(reading, i, err));
        int is_sep = row->record_size >= 5 && row->record_size <= 6 && memcmp(row->record, "sep=", 4) == 0;
        if (is_header || reading->header.how == MTMI_HOW_DECLARED || is_sep || row->n_filled == 0 ||
            mtmi_reading_comment(reading, row)) {
            count_row(reading, MTM_ROWS_NOT_DATA);
            if (is_header) {
                MTMI_CHECK_STATUS(note_invisible(reading, row, err));
            }
        } else {
            MTMI_CHECK_STATUS(note_row(reading, row, MTMI_CODE_NOT_DATA, "a header; the row stands above it", err));
        }
    }
    return MTM_OK;
}

static mtm_status check_cancelled(const mtmi_reading *reading, mtm_error *err) {
    const mtm_read_options *options = reading->options;
    uint64_t done = reading->rows->position != NULL ? reading->rows->position(reading->rows) : 0;

    if (options == NULL || options->progress == NULL ||
        options->progress(done, reading->rows->total, options->progress_data) == 0) {
        return MTM_OK;
    }
    return mtmi_error_set(err, MTM_ERROR_CANCELLED, 0, (mtmi_place){reading->rows->name, 0, 0},
                          "stopped by the caller");
}

/* The next row of the container. *got 0 at the end. */
static mtm_status next_row(mtmi_reading *reading, mtmi_row *row, int *got, mtm_error *err) {
    MTMI_CHECK_STATUS(reading->rows->next(reading->rows, row, got, err));
    if (*got) {
        row->record = row->record != NULL ? row->record : "";
        return mtmi_row_take(&reading->cells, row) ? MTM_OK : mtmi_error_memory(err);
    }
    return MTM_OK;
}

/* Rows of columns whose cells are all known, up to the next that must be read as text. */
static mtm_status take_known(mtmi_reading *reading, mtmi_known *known, mtm_error *err) {
    size_t taken = known != NULL;
    for (size_t since = 0; taken > 0; since += taken) {
        if (since >= PROGRESS_ROWS) {
            MTMI_CHECK_STATUS(check_cancelled(reading, err));
            since = 0;
        }
        MTMI_CHECK_STATUS(mtmi_known_take(known, &taken, err));
        reading->counted[MTM_ROWS_IN] += (int64_t)taken;
        reading->counted[MTM_ROWS_ACCEPTED] += (int64_t)taken;
        reading->rows_of_data += (int64_t)taken;
    }
    return MTM_OK;
}

static mtm_status read_rest(mtmi_reading *reading, mtmi_known *known, mtm_error *err) {
    int got = 1;
    for (uint64_t n = 0; got; n++) {
        const int64_t accepted = reading->counted[MTM_ROWS_ACCEPTED];
        mtmi_row row;
        if (n % PROGRESS_ROWS == 0) {
            MTMI_CHECK_STATUS(check_cancelled(reading, err));
        }
        MTMI_CHECK_STATUS(next_row(reading, &row, &got, err));
        if (got) {
            MTMI_CHECK_STATUS(read_row(reading, &row, err));
        }
        if (known != NULL && reading->counted[MTM_ROWS_ACCEPTED] > accepted) {
            MTMI_CHECK_STATUS(mtmi_known_learn(known, err));
        }
        MTMI_CHECK_STATUS(take_known(reading, known, err));
    }
    return MTM_OK;
}

static mtm_status read_data(mtmi_reading *reading, mtm_error *err) {
    mtmi_known *known = NULL;
    mtm_status status = MTM_OK;

    for (size_t i = reading->header.data; i < reading->head.n; i++) {
        MTMI_TRY(read_row(reading, &reading->head.rows[i], err));
    }
    if (!reading->head.whole) {
        MTMI_TRY(mtmi_known_new(reading->rows, reading->observer, &reading->columns, &known, err));
        MTMI_TRY(read_rest(reading, known, err));
    }
out:
    mtmi_known_free(known);
    return status;
}

static mtm_status check_empty(const mtmi_reading *reading, mtm_error *err) {
    if (reading->rows_of_data > 0 || reading->counted[MTM_ROWS_ACCEPTED] > 0 || reading->resource->n_rows > 0) {
        return MTM_OK;
    }
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_EMPTY, (mtmi_place){reading->rows->name, 1, 1},
                          "found a header without rows of data, expected at least one row");
}

static mtm_status head_failed(const mtmi_reading *reading, mtm_error *err) {
    if (err != NULL) {
        *err = reading->head.why;
    }
    return reading->head.failed;
}

static mtm_status check_types(const mtmi_reading *reading, mtm_error *err) {
    const mtmi_rows *rows = reading->rows;
    for (size_t i = 0; rows->usable != NULL && i < reading->columns.n; i++) {
        if (reading->columns.at[i].role != MTMI_ROLE_IGNORE) {
            MTMI_CHECK_STATUS(rows->usable(rows, reading->columns.at[i].cell, err));
        }
    }
    return MTM_OK;
}

/* Finds the header and binds its columns: after it, rows can be read. */
static mtm_status bind_file(mtmi_reading *reading, mtm_error *err) {
    mtmi_check_file *file = reading->log == NULL ? NULL : mtmi_check_at_file(reading->log);
    mtm_status status = mtmi_header_find(reading->resource, reading->rows, &reading->head, &reading->header, err);

    if (file != NULL) {
        file->dialect = reading->rows->dialect;
        file->microdata = reading->resource->microdata;
    }
    MTMI_TRY(status);
    MTMI_TRY(mtmi_columns_bind(reading->resource, reading->rows, &reading->head, &reading->header, reading->log,
                               &reading->columns, err));
    MTMI_TRY(check_types(reading, err));
    MTMI_TRY(mtmi_reading_date_orders(reading, err));
    if (!reading->resource->microdata) {
        MTMI_TRY(mtmi_units_bind(reading->resource, reading->rows, &reading->head, &reading->header, reading->log,
                                 &reading->columns, err));
    }
    if (reading->log != NULL) {
        MTMI_TRY(mtmi_reading_log_columns(reading, err));
    }
    MTMI_TRY(mtmi_observer_start(reading->observer, reading->rows, &reading->columns, err));
    MTMI_TRY(pass_header(reading, err));
out:
    return status;
}

static mtm_status read_file(mtmi_reading *reading, mtm_error *err) {
    mtm_status status = mtmi_preview_read(reading->rows, &reading->head, err);

    if (status == MTM_OK && reading->head.failed != MTM_OK && reading->head.n == 0) {
        return head_failed(reading, err);
    }
    if (status == MTM_OK) {
        status = bind_file(reading, err);
        if (status != MTM_OK && reading->columns.n == 0 && mtmi_reading_show_unread(reading, NULL) != MTM_OK) {
            return mtmi_error_memory(err);
        }
    }
    reading->rows_of_data = 0;
    reading->other_title = 0;
    if (status == MTM_OK) {
        status = read_data(reading, err);
        if (mtmi_observer_settle(reading->observer, NULL) != MTM_OK) {
            return mtmi_error_memory(err);
        }
    }
    if ((status == MTM_OK || (reading->columns.n == 0 && status != MTM_ERROR_MEMORY)) &&
        reading->head.failed != MTM_OK) {
        return head_failed(reading, err);
    }
    if (status == MTM_OK) {
        status = check_empty(reading, err);
    }
    if (reading->log != NULL && reading->columns.n > 0) {
        mtmi_reading_log_marks(reading);
        if (mtmi_reading_log_units(reading, NULL) != MTM_OK) {
            return mtmi_error_memory(err);
        }
    }
    return status;
}

static void forget_file(mtmi_reading *reading) {
    mtmi_columns_free(&reading->columns);
    mtmi_header_free(&reading->header);
    mtmi_preview_free(&reading->head);
    mtmi_row_cells_free(&reading->cells);
}

/* With a log, what is wrong with a file as a whole ends up there; only memory and cancelling end the call. */
static mtm_status log_failure(mtmi_reading *reading, mtm_status status, mtm_error *found, mtm_error *err) {
    if (status == MTM_OK || reading->log == NULL || status == MTM_ERROR_MEMORY || status == MTM_ERROR_CANCELLED) {
        if (status != MTM_OK && err != NULL) {
            *err = *found;
        }
        return status;
    }
    return mtmi_check_refuse(reading->log, found, err);
}

static char *join_names(mtmi_rows *const *rows, size_t n) {
    mtmi_buffer names = MTMI_BUFFER_INIT;

    for (size_t i = 0; i < n; i++) {
        mtmi_buffer_text(&names, i > 0 ? ", " : "");
        mtmi_buffer_text(&names, rows[i]->name);
    }
    if (names.failed) {
        mtmi_buffer_free(&names);
    }
    return names.data;
}

mtm_status mtmi_read_rows(const mtmi_resource *resource, mtmi_rows *const *rows, size_t n_rows,
                          const mtm_read_options *options, mtmi_check_log *log, mtm_dataset **out, mtm_error *err) {
    mtmi_reading reading;
    mtm_error found = {0};
    char *name = join_names(rows, n_rows);
    mtm_status status = MTM_OK;

    memset(&reading, 0, sizeof reading);
    reading.resource = resource;
    reading.options = options;
    reading.log = log;
    if (out != NULL) {
        *out = NULL;
    }
    if (name == NULL) {
        return mtmi_error_memory(err);
    }
    MTMI_TRY(mtmi_observer_new(resource, log, out != NULL, &reading.observer, &found));
    for (size_t i = 0; i < n_rows; i++) {
        reading.rows = rows[i];
        if (log != NULL && i > 0) {
            MTMI_TRY(mtmi_check_start(log, rows[i]->name, resource->name, &found));
            mtmi_check_withhold(log, resource->withholds_text, resource->microdata);
        }
        if (n_rows > 1) {
            MTMI_TRY(mtmi_observer_file(reading.observer, rows[i]->name, &found));
        }
        MTMI_TRY(read_file(&reading, &found));
        if (i + 1 < n_rows) {
            forget_file(&reading);
        }
    }
    MTMI_TRY(mtmi_observer_finish(reading.observer, name, out, &found));
out:
    status = log_failure(&reading, status, &found, err);
    mtmi_observer_free(reading.observer);
    forget_file(&reading);
    mtmi_memory_free(name);
    return status;
}
