/* Writes the rows of an Arrow stream as lines of CSV while they are read. A line break within a text becomes a space,
 * so that the number of a line is the number of its row. */
#include "read/arrow/arrow_csv.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/arrow/arrow_rows.h"

#include <string.h>

#define MOST_SKIPPED (1 << 20) /* more than any reader looks for a header */

struct mtmi_arrow_csv {
    mtmi_rows *rows;
    mtmi_source *source;
    char delimiter, quote; /* quote '\0': texts are never quoted */
    int64_t skip, header;  /* lines above the header, and of it: those after the first are empty cells */
    mtmi_buffer line;
    size_t taken; /* bytes of the line */
};

static int is_break(char c) {
    return c == '\n' || c == '\r';
}

static int needs_quotes(const mtmi_arrow_csv *csv, const mtmi_cell *cell) {
    int edge = cell->length > 0 && (cell->text[0] == ' ' || cell->text[cell->length - 1] == ' ');
    return csv->quote != '\0' && (edge || memchr(cell->text, csv->delimiter, cell->length) != NULL ||
                                  memchr(cell->text, csv->quote, cell->length) != NULL);
}

static void write_cell(mtmi_arrow_csv *csv, const mtmi_cell *cell) {
    int quoted = needs_quotes(csv, cell);
    size_t from = 0;
    if (quoted) {
        mtmi_buffer_char(&csv->line, csv->quote);
    }
    for (size_t i = 0; i < cell->length; i++) {
        char c = cell->text[i];
        int replaced = is_break(c) || (!quoted && c == csv->delimiter);
        if (!replaced && (!quoted || c != csv->quote)) {
            continue;
        }
        mtmi_buffer_add(&csv->line, cell->text + from, i - from);
        mtmi_buffer_char(&csv->line, replaced ? ' ' : c);
        from = i + (size_t)replaced; /* a quote is written twice */
    }
    mtmi_buffer_add(&csv->line, cell->text + from, cell->length - from);
    if (quoted) {
        mtmi_buffer_char(&csv->line, csv->quote);
    }
}

/* A row that the container refuses becomes one that the reader of text must refuse for the same reason. */
static void write_row(mtmi_arrow_csv *csv, const mtmi_row *row) {
    for (size_t i = 0; i < row->n_cells; i++) {
        if (i > 0) {
            mtmi_buffer_char(&csv->line, csv->delimiter);
        }
        write_cell(csv, &row->cells[i]);
        if (row->code != 0 && (size_t)(row->cells[i].text - row->record) == row->offset) {
            mtmi_buffer_char(&csv->line, '\xff');
        }
    }
    mtmi_buffer_char(&csv->line, '\n');
}

/* The names of the columns, under the preamble that the reader will skip. */
static void write_header(mtmi_arrow_csv *csv, const mtmi_row *row) {
    mtmi_buffer_repeat(&csv->line, "\n", (size_t)csv->skip);
    for (int64_t k = 0; k < csv->header; k++) {
        if (k == 0) {
            write_row(csv, row);
            continue;
        }
        for (size_t i = 1; i < row->n_cells; i++) {
            mtmi_buffer_char(&csv->line, csv->delimiter);
        }
        mtmi_buffer_char(&csv->line, '\n');
    }
}

static mtm_status make_lines(void *data, void *bytes, size_t size, size_t *got, mtm_error *err) {
    mtmi_arrow_csv *csv = data;
    mtmi_row row;
    int more = 1;
    *got = 0;
    while (more && *got < size) {
        if (csv->taken == csv->line.size) {
            mtmi_buffer_clear(&csv->line);
            csv->taken = 0;
            MTMI_CHECK_STATUS(csv->rows->next(csv->rows, &row, &more, err));
            if (more && row.line > 0) {
                write_row(csv, &row);
            } else if (more) {
                write_header(csv, &row);
            }
            if (csv->line.failed) {
                return mtmi_error_memory(err);
            }
        }
        size_t rest = csv->line.size - csv->taken, room = size - *got, n = rest < room ? rest : room;
        if (n > 0) {
            memcpy((char *)bytes + *got, csv->line.data + csv->taken, n);
            csv->taken += n;
            *got += n;
        }
    }
    return MTM_OK;
}

mtm_status mtmi_arrow_csv_new(struct ArrowArrayStream *stream, const char *name, const mtmi_dialect *dialect,
                              uint64_t max_field, uint64_t max_columns, mtmi_arrow_csv **out, mtm_error *err) {
    const mtmi_limits limits = {max_field, UINT64_MAX, max_columns, UINT64_MAX, 0, 0};
    mtmi_arrow_csv *csv = mtmi_memory_new(1, sizeof *csv);
    *out = NULL;
    if (csv == NULL) {
        stream->release(stream);
        return mtmi_error_memory(err);
    }
    csv->delimiter = dialect->delimiter != '\0' ? dialect->delimiter : ',';
    csv->quote = dialect->quote == '\1' ? '\0' : dialect->quote != '\0' ? dialect->quote : '"';
    csv->skip = dialect->skip_rows > MOST_SKIPPED ? MOST_SKIPPED : dialect->skip_rows > 0 ? dialect->skip_rows : 0;
    csv->header = dialect->has_header == 0 ? 0 : dialect->header_rows > 1 ? dialect->header_rows : 1;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_arrow_rows_new(stream, name, &limits, &csv->rows, err));
    mtmi_arrow_rows_keep(csv->rows);
    MTMI_TRY(mtmi_source_made(make_lines, csv, name, &csv->source, err));
out:
    if (status != MTM_OK) {
        mtmi_arrow_csv_free(csv);
        return status;
    }
    *out = csv;
    return MTM_OK;
}

size_t mtmi_arrow_csv_columns(const mtmi_arrow_csv *csv) {
    return (size_t)mtmi_arrow_rows_schema(csv->rows)->n_children;
}

mtm_status mtmi_arrow_csv_usable(const mtmi_arrow_csv *csv, size_t column, mtm_error *err) {
    return csv->rows->usable(csv->rows, column, err);
}

void mtmi_arrow_csv_forget(mtmi_arrow_csv *csv) {
    mtmi_arrow_rows_forget(csv->rows);
}

mtm_status mtmi_arrow_csv_rewind(mtmi_arrow_csv *csv, mtmi_rows **out, mtm_error *err) {
    mtmi_buffer_clear(&csv->line);
    csv->taken = 0;
    *out = csv->rows;
    return mtmi_arrow_rows_rewind(csv->rows, err);
}

mtm_status mtmi_arrow_csv_row(mtmi_arrow_csv *csv, size_t row, int64_t line, const char **out, size_t *size,
                              mtm_error *err) {
    mtmi_row cells;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_arrow_rows_at(csv->rows, row, line, &cells, err));
    mtmi_buffer_clear(&csv->line);
    write_row(csv, &cells);
    MTMI_TRY(csv->line.failed ? mtmi_error_memory(err) : MTM_OK);
out:
    *out = csv->line.data;
    *size = csv->line.size;
    return status;
}

mtmi_source *mtmi_arrow_csv_source(mtmi_arrow_csv *csv) {
    return csv->source;
}

int64_t mtmi_arrow_csv_preface(const mtmi_arrow_csv *csv) {
    return csv->skip + csv->header;
}

void mtmi_arrow_csv_free(mtmi_arrow_csv *csv) {
    if (csv != NULL) {
        if (csv->rows != NULL) {
            csv->rows->free(csv->rows);
        }
        mtmi_source_free(csv->source);
        mtmi_buffer_free(&csv->line);
        mtmi_memory_free(csv);
    }
}
