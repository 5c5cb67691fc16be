/* The cells of a row as they are compared. A kind is kept in the bits of a byte a cell: whether it was tried, and what it
 * is, so that a header search, the binding of columns and the skipping of rows try the same cell once between them. */
#include "read/table/row_cells.h"

#include "base/memory.h"
#include "base/text.h"
#include "number/number.h"
#include "period/period.h"

#include <string.h>

enum {
    NUMBER_KNOWN = 1,
    IS_NUMBER = 2,
    PERIOD_KNOWN = 4,
    IS_PERIOD = 8,
    IS_YEAR = 16,
    LACKS_YEAR = 32,
    IS_DOUBTFUL = 64, /* as a period: day and month could be exchanged */
    LONGEST_PERIOD = 120
};

/* Printable ASCII at both ends: what most cells have. */
static int is_trimmed(mtmi_cell cell) {
    unsigned char first = (unsigned char)cell.text[0], last = (unsigned char)cell.text[cell.length - 1];
    return first > ' ' && first < 0x7F && last > ' ' && last < 0x7F;
}

mtmi_cell mtmi_cell_trim(mtmi_cell cell) {
    if (cell.length == 0 || is_trimmed(cell)) {
        return cell;
    }
    cell.text = mtmi_text_trim(cell.text, &cell.length);
    return cell;
}

size_t mtmi_row_filled(const mtmi_row *row) {
    size_t filled = 0;

    for (size_t i = 0; i < row->n_cells; i++) {
        filled += mtmi_cell_trim(row->cells[i]).length > 0;
    }
    return filled;
}

int mtmi_row_blank(const mtmi_row *row) {
    for (size_t i = 0; i < row->n_cells; i++) {
        if (mtmi_cell_trim(row->cells[i]).length > 0) {
            return 0;
        }
    }
    return 1;
}

void mtmi_row_trim(mtmi_row *row, mtmi_cell *trimmed, unsigned char *kinds) {
    row->trimmed = trimmed;
    row->kinds = kinds;
    row->numbers = NULL;
    row->labels = NULL;
    row->n_filled = 0;
    for (size_t i = 0; i < row->n_cells; i++) {
        trimmed[i] = row->code == 0 ? mtmi_cell_trim(row->cells[i]) : row->cells[i]; /* refused: it may be no text */
        row->n_filled += trimmed[i].length > 0;
    }
    if (row->n_cells > 0) {
        memset(kinds, 0, row->n_cells);
    }
}

int mtmi_row_take(mtmi_row_cells *store, mtmi_row *row) {
    void *trimmed = store->trimmed, *kinds = store->kinds;
    int room = mtmi_memory_reserve(&trimmed, &store->trimmed_capacity, row->n_cells, sizeof *store->trimmed);

    store->trimmed = trimmed;
    room = room && mtmi_memory_reserve(&kinds, &store->kinds_capacity, row->n_cells, 1);
    store->kinds = kinds;
    if (room) {
        mtmi_row_trim(row, store->trimmed, store->kinds);
    }
    return room;
}

void mtmi_row_cells_free(mtmi_row_cells *store) {
    mtmi_memory_free(store->trimmed);
    mtmi_memory_free(store->kinds);
    memset(store, 0, sizeof *store);
}

mtmi_cell mtmi_row_cell(const mtmi_row *row, size_t cell) {
    return cell < row->n_cells ? row->trimmed[cell] : (mtmi_cell){"", 0, 0};
}

static int reads_as_number(mtmi_cell cell, mtmi_number *number) {
    static const mtmi_number_style style;

    if (cell.length == 0) {
        return 0;
    }
    mtmi_number_read(cell.text, cell.length, &style, number);
    if (number->outcome != MTMI_NUMBER_BAD) {
        return number->outcome == MTMI_NUMBER_OK || number->outcome == MTMI_NUMBER_NOTE;
    }
    return number->proves != 0 || number->code == MTMI_CODE_NUMBER_AROUND || number->code == MTMI_CODE_NUMBER_WORDS ||
           number->code == MTMI_CODE_NUMBER_EXPONENT;
}

/* Without an order of dates first: a date that then is in doubt is a period as day, month, year, or none. */
static int try_period(mtmi_cell cell, mtmi_period_label *first) {
    mtmi_period_label label;
    int kind = 0;

    if (cell.length == 0 || cell.length > LONGEST_PERIOD) {
        return 0;
    }
    mtmi_period_read(cell.text, cell.length, 0, first);
    label = *first;
    if (label.outcome == MTMI_PERIOD_AMBIGUOUS) {
        kind = IS_DOUBTFUL;
        mtmi_period_read(cell.text, cell.length, 1, &label);
    }
    if (label.outcome == MTMI_PERIOD_OK) {
        return kind | IS_PERIOD | (mtmi_period_months(label.period) == 12 ? IS_YEAR : 0);
    }
    return kind | (label.outcome == MTMI_PERIOD_BAD && label.lacks_year && cell.length >= 2 ? LACKS_YEAR : 0);
}

static int is_period_kind(const mtmi_row *row, size_t cell, int kind) {
    unsigned char *known = &row->kinds[cell];

    if ((*known & PERIOD_KNOWN) == 0) {
        mtmi_period_label own;
        *known |= (unsigned char)(PERIOD_KNOWN |
                                  try_period(row->trimmed[cell], row->labels != NULL ? &row->labels[cell] : &own));
    }
    return (*known & kind) != 0;
}

int mtmi_row_is_number(const mtmi_row *row, size_t cell) {
    unsigned char *kind = &row->kinds[cell];

    if ((*kind & NUMBER_KNOWN) == 0) {
        mtmi_number own;
        int is = reads_as_number(row->trimmed[cell], row->numbers != NULL ? &row->numbers[cell] : &own);
        *kind |= (unsigned char)(NUMBER_KNOWN | (is ? IS_NUMBER : 0));
    }
    return (*kind & IS_NUMBER) != 0;
}

void mtmi_row_read_number(const mtmi_row *row, size_t cell, const mtmi_number_style *style, mtmi_number *out) {
    const mtmi_cell text = mtmi_row_cell(row, cell);

    if (row->numbers == NULL || text.length == 0 || !mtmi_number_is_undeclared(style)) {
        mtmi_number_read(text.text, text.length, style, out);
        return;
    }
    (void)mtmi_row_is_number(row, cell);
    *out = row->numbers[cell];
}

const mtmi_period_label *mtmi_row_label(const mtmi_row *row, size_t cell) {
    const size_t length = mtmi_row_cell(row, cell).length;
    if (row->labels == NULL || length == 0 || length > LONGEST_PERIOD) {
        return NULL;
    }
    (void)mtmi_row_is_period(row, cell);
    return &row->labels[cell];
}

int mtmi_row_is_period(const mtmi_row *row, size_t cell) {
    return is_period_kind(row, cell, IS_PERIOD);
}

int mtmi_row_is_year(const mtmi_row *row, size_t cell) {
    return is_period_kind(row, cell, IS_YEAR);
}

int mtmi_row_lacks_year(const mtmi_row *row, size_t cell) {
    return is_period_kind(row, cell, LACKS_YEAR);
}

int mtmi_row_is_doubtful(const mtmi_row *row, size_t cell) {
    return is_period_kind(row, cell, IS_DOUBTFUL);
}
