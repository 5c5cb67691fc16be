/* Where a table of a file begins and ends. A table ends where its header comes again, with less or more names, or where
 * a header of words over figures stands below a blank row. The invariant: every row of the file is counted once, as
 * data, rejected, or no data. */
#include "read/rows/row_reader.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

enum { LOOKED_AHEAD = 5, MOST_TABLES = 1000 }; /* beyond, rows belong to the last table */

mtm_status mtmi_row_reader_note(mtm_row_reader *reader, const mtmi_row *row, int code, const char *expected,
                                const char *hint, mtm_error *err) {
    mtmi_diagnostic_input input = {0};

    input.code = code;
    input.line = row->line;
    input.column = 1;
    input.found = row->record;
    input.found_size = row->record_size < 200 ? row->record_size : 200;
    while (input.found_size > 0 && input.found[input.found_size - 1] == '\t') { /* empty cells of a sheet */
        input.found_size--;
    }
    input.expected = expected;
    input.hint = hint;
    return mtmi_check_add(reader->check, &input, err);
}

static void count_row(mtm_row_reader *reader, mtm_rows outcome) {
    mtmi_check_file *file = mtmi_check_at_file(reader->check);

    file->rows[MTM_ROWS_IN]++;
    file->rows[outcome]++;
}

static mtm_status reject_row(mtm_row_reader *reader, const mtmi_row *row, mtm_error *err) {
    mtmi_diagnostic_input input = {0};

    count_row(reader, MTM_ROWS_REJECTED);
    input.error = 1;
    input.status = MTM_ERROR_STRUCTURE;
    input.code = row->code;
    mtmi_row_place(row, row->offset, &input.line, &input.column);
    input.found = row->record + row->offset;
    input.found_size = row->record_size - row->offset < 40 ? row->record_size - row->offset : 40;
    input.expected = row->expected;
    input.hint = row->hint;
    input.record = row->record;
    input.record_size = row->record_size;
    return mtmi_check_add(reader->check, &input, err);
}

/* Whether the last row of those looked at has figures, and the one above it is a header of words. *decided: it has. */
static int begins_table(const mtm_row_reader *reader, const mtmi_preview *ahead, int *decided) {
    const mtmi_row *last = &ahead->rows[ahead->n - 1], *above = ahead->n > 1 ? &ahead->rows[ahead->n - 2] : NULL;

    *decided = above != NULL && last->code == 0 && mtmi_row_figures(last) > 0;
    return *decided && mtmi_row_filled(above) > 1 && mtmi_row_figures(above) == 0 &&
           (above->n_cells != reader->shape.n_columns || mtmi_shape_words(&reader->shape, above));
}

/* Looks at the rows from this one on: a title or none, a header of words, a row of figures. All of them are given back. */
static mtm_status look_ahead(mtm_row_reader *reader, const mtmi_row *row, int *begins, mtm_error *err) {
    mtmi_preview ahead = {0};
    mtm_status status = MTM_OK;
    int got = 1, decided = 0;
    mtmi_row next;

    *begins = 0;
    if (!mtmi_preview_add(&ahead, row)) {
        status = mtmi_error_memory(err);
        goto out;
    }
    while (!decided && ahead.n < LOOKED_AHEAD) {
        ahead.failed = reader->queue.rows.next(&reader->queue.rows, &next, &got, &ahead.why);
        if (ahead.failed != MTM_OK || !got) {
            break;
        }
        if (!mtmi_preview_add(&ahead, &next)) {
            status = mtmi_error_memory(err);
            goto out;
        }
        *begins = begins_table(reader, &ahead, &decided);
        decided = decided || next.code != 0 || mtmi_row_blank(&next);
    }
    reader->passed_line = row->line;
    if (!mtmi_row_queue_return(&reader->queue, &ahead, 0)) {
        status = mtmi_error_memory(err);
    }
out:
    mtmi_preview_free(&ahead);
    return status;
}

/* *taken 1: the row was given back, and may come again. */
static mtm_status is_other_table(mtm_row_reader *reader, const mtmi_row *row, int *begins, int *taken, mtm_error *err) {
    *begins = *taken = 0;
    if (reader->n_tables >= MOST_TABLES) {
        return MTM_OK;
    }
    if (mtmi_shape_repeats(&reader->shape, row)) {
        mtmi_preview one = {0};
        if (!mtmi_preview_add(&one, row) || !mtmi_row_queue_return(&reader->queue, &one, 0)) {
            mtmi_preview_free(&one);
            return mtmi_error_memory(err);
        }
        *begins = *taken = 1;
        return MTM_OK;
    }
    if (reader->blanks == 0 || row->line == reader->passed_line || mtmi_row_figures(row) > 0) {
        return MTM_OK;
    }
    *taken = 1;
    return look_ahead(reader, row, begins, err);
}

mtm_status mtmi_row_reader_raw(mtm_row_reader *reader, mtmi_row *row, int *got, mtm_error *err) {
    mtmi_met_table *table = &reader->tables[reader->at];
    int begins = 0, taken = 0;

    for (;;) {
        mtm_status status = reader->queue.rows.next(&reader->queue.rows, row, got, err);
        if (status != MTM_OK || !*got) {
            return status;
        }
        row->record = row->record != NULL ? row->record : "";
        if (row->code == 0 && mtmi_row_blank(row)) {
            count_row(reader, MTM_ROWS_NOT_DATA);
            reader->blanks++;
            continue;
        }
        if (row->code != 0) {
            status = reject_row(reader, row, err);
            if (status != MTM_OK) {
                return status;
            }
            continue;
        }
        status = table->rows > 0 ? is_other_table(reader, row, &begins, &taken, err) : MTM_OK;
        if (status != MTM_OK || begins) {
            *got = 0;
            return status;
        }
        if (!taken) {
            reader->blanks = 0;
            table->rows++;
            count_row(reader, reader->at == reader->wanted ? MTM_ROWS_ACCEPTED : MTM_ROWS_NOT_DATA);
            return MTM_OK;
        }
    }
}

/* The title is the first row that stands above: its cells, with commas between. */
static char *copy_title(const mtmi_preview *preview, size_t first) {
    mtmi_buffer title = MTMI_BUFFER_INIT;

    for (size_t i = 0; i < first && title.size == 0; i++) {
        const mtmi_row *row = &preview->rows[i];
        for (size_t k = 0; row->code == 0 && k < row->n_cells; k++) {
            mtmi_cell cell = mtmi_cell_trim(row->cells[k]);
            mtmi_buffer_text(&title, cell.length > 0 && title.size > 0 ? ", " : "");
            mtmi_buffer_add(&title, cell.text, cell.length);
        }
    }
    if (title.failed) {
        mtmi_buffer_free(&title);
        return NULL;
    }
    return title.data != NULL ? title.data : mtmi_memory_copy_text("");
}

static char **copy_names(const mtmi_shape *shape) {
    char **names = mtmi_memory_new(shape->n_columns, sizeof *names);

    for (size_t i = 0; names != NULL && i < shape->n_columns; i++) {
        names[i] = mtmi_memory_copy_text(shape->names != NULL ? shape->names[i] : "");
        if (names[i] == NULL) {
            while (i > 0) {
                mtmi_memory_free(names[--i]);
            }
            mtmi_memory_free(names);
            return NULL;
        }
    }
    return names;
}

static mtm_status register_table(mtm_row_reader *reader, const mtmi_preview *preview, mtm_error *err) {
    const mtmi_shape *shape = &reader->shape;
    void *tables = reader->tables;
    mtmi_met_table *table;

    if (!mtmi_memory_reserve(&tables, &reader->tables_capacity, reader->n_tables + 1, sizeof *reader->tables)) {
        return mtmi_error_memory(err);
    }
    reader->tables = tables;
    table = &reader->tables[reader->n_tables];
    memset(table, 0, sizeof *table);
    reader->at = reader->n_tables++;
    table->n_columns = shape->n_columns;
    table->header_rows = shape->n_header;
    table->line = shape->first < preview->n ? preview->rows[shape->first].line : 1;
    table->title = copy_title(preview, shape->first);
    table->names = copy_names(shape);
    if (table->names == NULL) {
        table->n_columns = 0;
    }
    return table->title == NULL || table->names == NULL ? mtmi_error_memory(err) : MTM_OK;
}

/* Rows above the table and its header are no data; what stands above it is noted. */
static mtm_status pass_header(mtm_row_reader *reader, const mtmi_preview *preview, mtm_error *err) {
    const mtmi_shape *shape = &reader->shape;
    for (size_t i = 0; i < shape->first + shape->n_header; i++) {
        const mtmi_row *row = &preview->rows[i];
        count_row(reader, MTM_ROWS_NOT_DATA);
        if (i < shape->first && (row->code != 0 || !mtmi_row_blank(row))) {
            MTMI_CHECK_STATUS(
                mtmi_row_reader_note(reader, row, MTMI_CODE_NOT_DATA, "a header; the row stands above it", "", err));
        }
    }
    if (shape->n_header == 0 && reader->options.header_rows == 0 && reader->at == reader->wanted) {
        MTMI_CHECK_STATUS(mtmi_row_reader_note(reader, &preview->rows[shape->first], MTMI_CODE_NO_HEADER,
                                               "names of the columns; the table has none",
                                               "tell how many rows the header has", err));
    }
    return MTM_OK;
}

static int is_blank(const mtmi_preview *preview) {
    for (size_t i = 0; i < preview->n; i++) {
        if (preview->rows[i].code != 0 || !mtmi_row_blank(&preview->rows[i])) {
            return 0;
        }
    }
    return 1;
}

/* The first rows from one on that is not blank, however many blank ones stand above. *found 0: there is none. */
static mtm_status read_preview(mtm_row_reader *reader, mtmi_preview *out, int *found, mtm_error *err) {
    MTMI_CHECK_STATUS(mtmi_preview_read(&reader->queue.rows, out, err));
    *found = !is_blank(out);
    while (!*found && !out->whole) {
        for (size_t i = 0; i < out->n; i++) {
            count_row(reader, MTM_ROWS_NOT_DATA);
        }
        mtmi_preview_free(out);
        MTMI_CHECK_STATUS(mtmi_preview_read(&reader->queue.rows, out, err));
        *found = !is_blank(out);
    }
    return MTM_OK;
}

/* A header that is cut by another delimiter than its rows: the line directly above a table without names. */
static mtm_status mend_header(mtm_row_reader *reader, mtmi_preview *preview, mtm_error *err) {
    mtmi_shape *shape = &reader->shape;
    int mended = 0;

    if (shape->first == 0 || shape->n_header > 0) {
        return MTM_OK;
    }
    mtmi_row row = preview->rows[shape->first - 1];
    if (!mtmi_mend_names(&reader->mend, &row, shape->n_columns, &mended)) {
        return mtmi_error_memory(err);
    }
    if (!mended) {
        return MTM_OK;
    }
    shape->first--;
    shape->n_header = 1;
    MTMI_CHECK_STATUS(mtmi_shape_names(shape, &row, err));
    return mtmi_row_reader_note(
        reader, &row, MTMI_CODE_ROW_RECOVERED,
        "the delimiter of the rows below; the names were cut where one delimiter alone gives as many",
        "correct the delimiter", err);
}

/* Finds the table in the first rows, and what its rows look like. *got 0: there is none. */
static mtm_status begin_table(mtm_row_reader *reader, mtmi_preview *preview, int first_table, int *got,
                              mtm_error *err) {
    MTMI_CHECK_STATUS(mtmi_shape_find(preview, first_table ? reader->options.header_rows : 0,
                                      first_table ? reader->options.skip_rows : 0, got, &reader->shape, err));
    if (!*got) {
        return MTM_OK;
    }
    if (first_table && reader->options.header_rows == 0) {
        MTMI_CHECK_STATUS(mend_header(reader, preview, err));
    }
    if (!mtmi_mend_learn(&reader->mend, preview, reader->shape.first + reader->shape.n_header,
                         reader->shape.n_columns)) {
        return mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(register_table(reader, preview, err));
    return pass_header(reader, preview, err);
}

mtm_status mtmi_row_reader_begin(mtm_row_reader *reader, int *got, mtm_error *err) {
    mtmi_preview preview;
    int first_table = reader->n_tables == 0, found = 0;
    mtm_status status = read_preview(reader, &preview, &found, err);

    *got = 0;
    mtmi_shape_free(&reader->shape);
    if (status == MTM_OK && preview.failed != MTM_OK && preview.n == 0) {
        if (err != NULL) {
            *err = preview.why;
        }
        status = preview.failed;
        mtmi_preview_free(&preview);
    }
    if (status != MTM_OK) {
        return status;
    }
    if (found) {
        MTMI_TRY(begin_table(reader, &preview, first_table, got, err));
    }
    for (size_t i = 0; !*got && i < preview.n; i++) {
        if (preview.rows[i].code != 0) {
            MTMI_TRY(reject_row(reader, &preview.rows[i], err));
        }
        count_row(reader, MTM_ROWS_NOT_DATA);
    }
    if (*got && !mtmi_row_queue_return(&reader->queue, &preview, reader->shape.first + reader->shape.n_header)) {
        status = mtmi_error_memory(err);
    }
out:
    mtmi_preview_free(&preview);
    reader->blanks = 0;
    reader->passed_line = 0;
    return status;
}
