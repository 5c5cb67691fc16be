/* Finds a header of several rows of which no word is known: rows of names right above the first row with a label and figures.
 * Invariant: every column of figures has a name in them, and no row among them holds a figure. */
#include "read/table/names/header_block.h"

#include "read/table/header_join.h"
#include "read/table/header_words.h"

#include <string.h>

enum { SEARCHED = 25 };

int mtmi_row_is_one_text(const mtmi_row *row) {
    const mtmi_cell *first = NULL;

    for (size_t i = 0; i < row->n_cells; i++) {
        const mtmi_cell *cell = &row->trimmed[i];
        if (cell->length == 0) {
            continue;
        }
        if (first != NULL && (cell->length != first->length || memcmp(cell->text, first->text, first->length) != 0)) {
            return 0;
        }
        first = first == NULL ? cell : first;
    }
    return first != NULL;
}

/* A label, and figures behind it. */
static int has_label_and_figures(const mtmi_row *row) {
    return row->code == 0 && row->n_cells > 1 && row->trimmed[0].length > 0 && !mtmi_row_is_number(row, 0) &&
           mtmi_header_figures(row) > 0;
}

/* Names over a row of figures. */
static int is_of_names(const mtmi_row *row, size_t width) {
    return row->code == 0 && row->n_cells == width && row->n_filled > 1 && mtmi_header_figures(row) == 0 &&
           !mtmi_row_is_one_text(row);
}

static int names_figures(const mtmi_preview *head, size_t first, size_t data) {
    for (size_t column = 0; column < head->rows[data].n_cells; column++) {
        size_t named = 0;
        for (size_t i = first; i < data; i++) {
            named += head->rows[i].trimmed[column].length > 0;
        }
        if (named == 0 && mtmi_row_is_number(&head->rows[data], column)) {
            return 0;
        }
    }
    return 1;
}

size_t mtmi_header_block(const mtmi_preview *head, size_t *n) {
    size_t data = 0, first;

    while (data < head->n && data < SEARCHED && !has_label_and_figures(&head->rows[data])) {
        data++;
    }
    if (data == head->n || data == SEARCHED) {
        return SIZE_MAX;
    }
    first = data;
    while (first > 0 && data - first < MTMI_HEADER_ROWS &&
           is_of_names(&head->rows[first - 1], head->rows[data].n_cells)) {
        first--;
    }
    *n = data - first;
    return *n > 1 && names_figures(head, first, data) ? first : SIZE_MAX;
}
