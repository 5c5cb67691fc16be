/* The public reader of rows: opens a file, goes to the table that is wanted, hands out its rows, and names the tables
 * that were not asked for. The invariant: rows in = accepted + rejected + not data, as for every check. */
#include "read/rows/row_reader.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "read/container.h"
#include "read/open_file.h"

#include <string.h>

static mtm_status copy_told(mtm_row_reader *reader, mtm_error *err) {
    mtmi_dialect *dialect = &reader->resource->dialect;
    const mtm_row_options given = reader->options, *options = &given;

    dialect->delimiter = options->delimiter;
    dialect->quote = options->quote;
    dialect->escape = options->escape;
    if (options->encoding != NULL) {
        dialect->encoding = mtmi_memory_copy_text(options->encoding);
    }
    if (options->sheet != NULL) {
        dialect->sheet = mtmi_memory_copy_text(options->sheet);
    }
    reader->options.encoding = dialect->encoding;
    reader->options.sheet = dialect->sheet;
    int complete =
        (options->encoding == NULL || dialect->encoding != NULL) && (options->sheet == NULL || dialect->sheet != NULL);
    return complete ? MTM_OK : mtmi_error_memory(err);
}

static mtmi_limits limits_of(const mtm_row_options *options) {
    mtm_read_options read = MTM_READ_OPTIONS_INIT;

    read.max_field = options->max_field;
    read.max_record = options->max_record;
    read.max_columns = options->max_columns;
    read.max_expansion = options->max_expansion;
    read.allow_guess = options->allow_guess;
    mtmi_limits limits = mtmi_limits_of(&read);
    limits.any_table = 1;
    return limits;
}

static mtm_status refuse_empty(const mtm_row_reader *reader, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_EMPTY, (mtmi_place){reader->path, 1, 1},
                          reader->n_tables == 0 ? "found no row that is not blank, expected a table"
                                                : "found fewer tables in the file, expected as many as were asked for");
}

/* Rows of tables above the one that is wanted are passed over. */
static mtm_status pass_tables(mtm_row_reader *reader, mtm_error *err) {
    int got = 1, is_row = 0;
    mtmi_row row;

    for (;;) {
        MTMI_CHECK_STATUS(mtmi_row_reader_begin(reader, &got, err));
        if (!got) {
            return refuse_empty(reader, err);
        }
        if (reader->at == reader->wanted) {
            return MTM_OK;
        }
        do {
            MTMI_CHECK_STATUS(mtmi_row_reader_raw(reader, &row, &is_row, err));
        } while (is_row);
    }
}

static mtm_status open_reader(mtm_row_reader *reader, mtm_error *err) {
    mtmi_limits limits = limits_of(&reader->options);
    mtmi_rows *rows = NULL;
    MTMI_CHECK_STATUS(mtmi_resource_new(NULL, &reader->resource, err));
    MTMI_CHECK_STATUS(copy_told(reader, err));
    MTMI_CHECK_STATUS(mtmi_open_source(&reader->from, reader->options.max_expansion, &reader->source, err));
    MTMI_CHECK_STATUS(mtmi_check_new(reader->path, &reader->check, err));
    MTMI_CHECK_STATUS(mtmi_check_start(reader->check, reader->path, NULL, err));
    MTMI_CHECK_STATUS(mtmi_rows_open(reader->resource, reader->source, &limits, reader->check, &rows, err));
    if (rows->named) {
        reader->options.header_rows = reader->options.header_rows != 0 ? reader->options.header_rows : 1;
        reader->options.skip_rows = reader->options.skip_rows != 0 ? reader->options.skip_rows : -1;
    }
    mtmi_row_queue_start(&reader->queue, rows);
    mtmi_check_at_file(reader->check)->dialect = rows->dialect;
    return pass_tables(reader, err);
}

/* The caller's texts and bytes may go; the reader keeps its own. */
static mtm_status keep_source(mtm_row_reader *reader, const mtm_source *from, int borrows, mtm_error *err) {
    int copies = from->kind == MTM_SOURCE_BYTES && !borrows;

    reader->from = *from;
    reader->path = mtmi_memory_copy_text(mtmi_source_title(from));
    reader->own_path = mtmi_memory_copy_text(from->path);
    reader->bytes = copies ? mtmi_memory_copy_bytes(from->bytes, from->n_bytes) : NULL;
    reader->from.path = reader->own_path;
    reader->from.name = reader->path;
    reader->from.bytes = copies ? reader->bytes : from->bytes;
    return reader->path == NULL || (from->path != NULL && reader->own_path == NULL) || (copies && reader->bytes == NULL)
               ? mtmi_error_memory(err)
               : MTM_OK;
}

static mtm_status new_reader(const mtm_source *from, const mtm_row_options *options, int borrows, mtm_row_reader **out,
                             mtm_error *err) {
    mtm_row_reader *reader = mtmi_memory_new(1, sizeof *reader);
    mtm_status status = MTM_OK;
    MTMI_TRY(reader == NULL ? mtmi_error_memory(err) : keep_source(reader, from, borrows, err));

    reader->options = *options;
    reader->wanted = options->table > 0 ? options->table - 1 : 0;
    MTMI_TRY(open_reader(reader, err));
out:
    if (status != MTM_OK) {
        mtm_row_reader_free(reader);
        return status;
    }
    *out = reader;
    return MTM_OK;
}

mtm_status mtmi_row_reader_again(const mtm_row_reader *reader, mtm_row_reader **out, mtm_error *err) {
    return new_reader(&reader->from, &reader->options, 1, out, err);
}

mtm_status mtm_row_reader_open(const mtm_source *source, const mtm_row_options *options, mtm_row_reader **out,
                               mtm_error *err) {
    mtm_row_options own = MTM_ROW_OPTIONS_INIT;
    mtm_source from;
    MTMI_CHECK_STATUS(mtmi_source_take(source, &from, err));
    if (out == NULL || from.kind == MTM_SOURCE_ARROW) {
        mtmi_source_drop(&from);
        return out == NULL ? mtmi_error_argument(err, "out", "not NULL")
                           : mtmi_error_argument(err, "source", "a file or bytes; an Arrow stream has rows already");
    }
    *out = NULL;
    MTMI_CHECK_STATUS(mtmi_options_copy(&own, sizeof own, options, "options", err));
    return new_reader(&from, &own, 0, out, err);
}

static void free_table(mtmi_met_table *table) {
    for (size_t i = 0; i < table->n_columns; i++) {
        mtmi_memory_free(table->names[i]);
    }
    mtmi_memory_free(table->names);
    mtmi_memory_free(table->title);
}

void mtm_row_reader_free(mtm_row_reader *reader) {
    if (reader == NULL || atomic_fetch_sub(&reader->holders, 1) > 0) { /* holders: beyond the first */
        return;
    }
    mtmi_row_queue_free(&reader->queue);
    mtmi_source_free(reader->source);
    mtmi_resource_free(reader->resource);
    mtm_check_free(reader->check);
    mtmi_shape_free(&reader->shape);
    mtmi_mend_free(&reader->mend);
    for (size_t i = 0; i < reader->n_tables; i++) {
        free_table(&reader->tables[i]);
    }
    mtmi_memory_free(reader->tables);
    mtmi_memory_free(reader->cells);
    mtmi_memory_free(reader->path);
    mtmi_memory_free(reader->own_path);
    mtmi_memory_free(reader->bytes);
    mtmi_memory_free(reader);
}

static mtm_status note_other(mtm_row_reader *reader, const mtmi_met_table *table, mtm_error *err) {
    mtmi_buffer found = MTMI_BUFFER_INIT;
    mtmi_diagnostic_input input = {0};
    mtm_status status;

    mtmi_buffer_format(&found, "another table of %zu columns and %lld rows: %s", table->n_columns,
                       (long long)table->rows, table->title[0] != '\0' ? table->title : table->names[0]);
    input.code = MTMI_CODE_OTHER_TABLE;
    input.line = table->line;
    input.column = 1;
    input.prose = 1;
    input.found = found.data;
    input.found_size = found.size;
    input.expected = "one table; its rows were not asked for";
    input.hint = "choose it by its number";
    status = found.failed ? mtmi_error_memory(err) : mtmi_check_add(reader->check, &input, err);
    mtmi_buffer_free(&found);
    return status;
}

/* The table that was wanted is read: what follows is counted and named. */
static mtm_status pass_rest(mtm_row_reader *reader, mtm_error *err) {
    int got = 1, is_row = 0;
    mtmi_row row;

    reader->ended = 1;
    while (got) {
        MTMI_CHECK_STATUS(mtmi_row_reader_begin(reader, &got, err));
        do {
            is_row = 0;
            if (got) {
                MTMI_CHECK_STATUS(mtmi_row_reader_raw(reader, &row, &is_row, err));
            }
        } while (is_row);
    }
    for (size_t i = 0; i < reader->n_tables; i++) {
        MTMI_CHECK_STATUS(i == reader->wanted ? MTM_OK : note_other(reader, &reader->tables[i], err));
    }
    return MTM_OK;
}

/* The note of a row that is not as wide as the table, or had to be put right. */
static mtm_status note_row(mtm_row_reader *reader, const mtmi_row *row, int mended, mtm_error *err) {
    size_t wanted = reader->tables[reader->wanted].n_columns;
    if (mended) {
        MTMI_CHECK_STATUS(
            mtmi_row_reader_note(reader, row, MTMI_CODE_ROW_RECOVERED,
                                 "a delimiter between all cells, as the other rows have; it was put where one "
                                 "reading alone gives cells like theirs",
                                 "correct the delimiter", err));
    } else if (row->recovered) {
        MTMI_CHECK_STATUS(
            mtmi_row_reader_note(reader, row, MTMI_CODE_ROW_RECOVERED,
                                 "quotes around whole cells, doubled inside; one reading alone gives as many cells as "
                                 "the other rows have",
                                 "correct the quote", err));
    }
    if (row->n_cells != wanted) {
        int is_short = row->n_cells < wanted;
        MTMI_CHECK_STATUS(mtmi_row_reader_note(
            reader, row, is_short ? MTMI_CODE_ROW_SHORT : MTMI_CODE_ROW_LONG,
            is_short ? "as many cells as the table has columns; the row has fewer, and is filled up"
                     : "as many cells as the table has columns; the row has more, and keeps them",
            "look for a delimiter that is missing or too many", err));
    }
    return MTM_OK;
}

/* Where the cells of a corrected row begin: as the container has them, except in cells that were split. */
static void place_mended(mtm_row_reader *reader, const mtmi_row *raw) {
    mtmi_mend *mend = &reader->mend;

    for (size_t i = 0; i < reader->row.n_cells; i++) {
        int64_t *place = mend->places + 2 * i;
        place[0] = raw->line;
        place[1] = 1;
        if (mend->cell != SIZE_MAX) {
            mtmi_rows_place(&reader->queue.rows, raw, i <= mend->cell ? i : i - 1, &place[0], &place[1]);
        }
        if (mend->cell != SIZE_MAX && i == mend->cell + 1) {
            place[1] += (int64_t)mtmi_text_characters(raw->cells[mend->cell].text, mend->at);
        }
    }
    reader->row.places = mend->places;
}

static mtm_status mend_row(mtm_row_reader *reader, mtm_error *err) {
    const mtmi_row raw = reader->row;
    int mended = 0;

    if (!mtmi_mend_row(&reader->mend, &reader->row, &mended)) {
        return mtmi_error_memory(err);
    }
    if (mended) {
        place_mended(reader, &raw);
    }
    return note_row(reader, &reader->row, mended, err);
}

static mtm_status lend_cells(mtm_row_reader *reader, mtm_table_row *out, mtm_error *err) {
    size_t wanted = reader->tables[reader->wanted].n_columns, n = reader->row.n_cells;
    void *cells = reader->cells;

    if (!mtmi_memory_reserve(&cells, &reader->cells_capacity, n > wanted ? n : wanted, sizeof *reader->cells)) {
        return mtmi_error_memory(err);
    }
    reader->cells = cells;
    for (size_t i = 0; i < n; i++) {
        reader->cells[i] = (mtm_row_cell){reader->row.cells[i].text, reader->row.cells[i].length};
    }
    for (size_t i = n; i < wanted; i++) {
        reader->cells[i] = (mtm_row_cell){NULL, 0};
    }
    out->cells = reader->cells;
    out->n_cells = n > wanted ? n : wanted;
    out->line = reader->row.line;
    return MTM_OK;
}

mtm_status mtm_row_reader_next(mtm_row_reader *reader, mtm_table_row *out, int *got, mtm_error *err) {
    mtm_status status;

    *got = 0;
    if (out->size < sizeof *out) {
        return mtmi_error_argument(err, "out", "a row whose size is set");
    }
    if (reader->ended) {
        return MTM_OK;
    }
    status = mtmi_row_reader_raw(reader, &reader->row, got, err);
    if (status != MTM_OK || !*got) {
        memset(&reader->row, 0, sizeof reader->row); /* it may have been a row of the next table */
    }
    if (status == MTM_OK && !*got) {
        return pass_rest(reader, err);
    }
    if (status == MTM_OK &&
        (reader->row.recovered || reader->row.n_cells != reader->tables[reader->wanted].n_columns)) {
        status = mend_row(reader, err);
    }
    if (status == MTM_OK) {
        status = lend_cells(reader, out, err);
    }
    *got = status == MTM_OK;
    return status;
}

void mtm_row_reader_place(const mtm_row_reader *reader, size_t cell, int64_t *line, int64_t *column) {
    *line = *column = 0;
    if (cell < reader->row.n_cells) {
        mtmi_rows_place(&reader->queue.rows, &reader->row, cell, line, column);
    }
}

int mtm_row_reader_table(const mtm_row_reader *reader, size_t index, mtm_row_table *out) {
    size_t at = index == 0 ? reader->wanted : index - 1;
    const mtmi_check_dialect *dialect = &reader->check->files[0].dialect;

    if (at >= reader->n_tables || out->size < sizeof *out) {
        return 0;
    }
    const mtmi_met_table *table = &reader->tables[at];
    out->title = table->title;
    out->sheet = dialect->sheet;
    out->names = (const char *const *)table->names;
    out->n_columns = table->n_columns;
    out->header_rows = table->header_rows;
    out->line = table->line;
    out->rows = table->rows;
    out->encoding = dialect->encoding.text;
    out->delimiter = dialect->delimiter.text[0];
    out->quote = dialect->quote.text[0];
    return 1;
}

const mtm_check *mtm_row_reader_check(mtm_row_reader *reader) {
    mtmi_check_finish(reader->check);
    return reader->check;
}
