/* Builds a row whose cells stand in its record, joined by tabs. Cells point into the record only when the row is
 * finished: it moves while it grows. */
#include "read/table/row_text.h"

#include "base/memory.h"

#include <string.h>

void mtmi_row_text_start(mtmi_row_text *row) {
    mtmi_buffer_clear(&row->text);
    row->n = 0;
    row->placed = 0;
}

int mtmi_row_text_end(mtmi_row_text *row, int typed) {
    void *cells = row->cells, *starts = row->starts;
    int room = mtmi_memory_reserve(&cells, &row->cells_capacity, row->n + 1, sizeof *row->cells);
    row->cells = cells;
    room = room && mtmi_memory_reserve(&starts, &row->starts_capacity, row->n + 1, sizeof *row->starts);
    row->starts = starts;
    if (!room) {
        return 0;
    }
    size_t start = row->n > 0 ? row->starts[row->n - 1] + row->cells[row->n - 1].length + 1 : 0;
    row->starts[row->n] = start;
    row->cells[row->n].length = row->text.size - start;
    row->cells[row->n].typed = typed;
    row->n++;
    mtmi_buffer_char(&row->text, '\t');
    return !row->text.failed;
}

int mtmi_row_text_place(mtmi_row_text *row, int64_t line, int64_t column) {
    void *places = row->places;
    if (!mtmi_memory_reserve(&places, &row->places_capacity, 2 * row->n, sizeof *row->places)) {
        return 0;
    }
    row->places = places;
    row->places[2 * row->n - 2] = line;
    row->places[2 * row->n - 1] = column;
    row->placed = 1;
    return 1;
}

int mtmi_row_text_finish(mtmi_row_text *row, int64_t line, int trim, mtmi_row *out) {
    memset(out, 0, sizeof *out);
    while (trim && row->n > 0 && row->cells[row->n - 1].length == 0) {
        row->n--;
    }
    for (size_t i = 0; i < row->n; i++) {
        row->cells[i].text = row->text.data + row->starts[i];
    }
    out->cells = row->cells;
    out->n_cells = row->n;
    out->places = row->placed ? row->places : NULL;
    out->line = line;
    out->record = row->text.data != NULL ? row->text.data : "";
    out->record_size = row->n > 0 ? row->starts[row->n - 1] + row->cells[row->n - 1].length : 0;
    return !row->text.failed;
}

void mtmi_row_text_free(mtmi_row_text *row) {
    mtmi_buffer_free(&row->text);
    mtmi_memory_free(row->cells);
    mtmi_memory_free(row->starts);
    mtmi_memory_free(row->places);
    memset(row, 0, sizeof *row);
}
