/* Writes rows of a workbook as CSV: every cell in quotes, line ends within cells as spaces. */
#include "read/rows/workbook_csv.h"

#include "base/error.h"
#include "base/try.h"
#include "read/container.h"
#include "read/csv/dialect.h"

enum { HEAD = 512 };

static void write_cell(const mtmi_cell *cell, mtmi_buffer *out) {
    mtmi_buffer_char(out, '"');
    for (size_t i = 0; i < cell->length; i++) {
        const char c = cell->text[i];
        if (c == '"') {
            mtmi_buffer_char(out, '"');
        }
        mtmi_buffer_char(out, c == '\n' || c == '\r' ? ' ' : c);
    }
    mtmi_buffer_char(out, '"');
}

/* Lines that the sheet leaves out are blank ones. */
static void write_row(const mtmi_row *row, char delimiter, int64_t *line, mtmi_buffer *out) {
    for (; *line < row->line; ++*line) {
        mtmi_buffer_char(out, '\n');
    }
    for (size_t i = 0; i < row->n_cells; i++) {
        if (i > 0) {
            mtmi_buffer_char(out, delimiter);
        }
        if (row->cells[i].length > 0) {
            write_cell(&row->cells[i], out);
        }
    }
    mtmi_buffer_char(out, '\n');
    ++*line;
}

mtm_status mtmi_workbook_csv(const mtmi_resource *resource, mtmi_source *source, int *is, mtmi_buffer *out,
                             mtm_error *err) {
    const mtmi_limits limits = mtmi_limits_of(NULL);
    const char delimiter = resource->dialect.delimiter != 0 ? resource->dialect.delimiter : ',';
    const char *head;
    size_t n;
    int got = 1;
    int64_t line = 1;
    mtmi_rows *rows = NULL;
    mtm_status status = MTM_OK;
    *is = 0;
    MTMI_TRY(mtmi_source_peek(source, HEAD, &head, &n, err));
    if (mtmi_sniff_container(head, n, is) == NULL || !*is) {
        *is = 0;
        goto out;
    }
    MTMI_TRY(mtmi_rows_open(resource, source, &limits, NULL, &rows, err));
    while (got) {
        mtmi_row row;
        MTMI_TRY(rows->next(rows, &row, &got, err));
        if (got) {
            write_row(&row, delimiter, &line, out);
        }
    }
    MTMI_TRY(out->failed ? mtmi_error_memory(err) : MTM_OK);
out:
    mtmi_rows_free(rows);
    return status;
}
