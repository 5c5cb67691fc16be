/* Keeping the first rows. What comes in: rows that are lent. What goes out: copies. It does not know what they mean. */
#include "read/table/preview.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "period/period.h"
#include "number/number.h"

#include <string.h>

enum { ROWS = 200, SIZE = 256 << 10 };

/* Cells and record in one block that begins with the array of cells. */
static int copy_row(const mtmi_row *row, mtmi_row *out) {
    size_t array = row->n_cells * sizeof *row->cells, size = row->record_size + 1;
    mtmi_cell *cells;
    char *text;

    for (size_t i = 0; i < row->n_cells; i++) {
        size += row->cells[i].length;
    }
    *out = *row;
    out->cells = cells = mtmi_memory_new(array + size, 1);
    if (cells == NULL) {
        return 0;
    }
    text = (char *)cells + array;
    for (size_t i = 0; i < row->n_cells; i++) {
        cells[i].text = text;
        cells[i].length = row->cells[i].length;
        cells[i].typed = row->cells[i].typed;
        if (cells[i].length > 0) {
            memcpy(text, row->cells[i].text, cells[i].length);
        }
        text += cells[i].length;
    }
    memcpy(text, row->record, row->record_size);
    out->record = text;
    return 1;
}

int mtmi_preview_add(mtmi_preview *preview, const mtmi_row *row) {
    void *table = preview->rows;
    mtmi_row lent = *row;

    if (!mtmi_memory_reserve(&table, &preview->capacity, preview->n + 1, sizeof *preview->rows)) {
        return 0;
    }
    preview->rows = table;
    lent.record = lent.record != NULL ? lent.record : "";
    if (!copy_row(&lent, &preview->rows[preview->n])) {
        return 0;
    }
    preview->size += lent.record_size;
    preview->n++;
    return 1;
}

mtm_status mtmi_preview_read(mtmi_rows *rows, mtmi_preview *out, mtm_error *err) {
    mtm_status status = MTM_OK;
    int got = 1;

    memset(out, 0, sizeof *out);
    while (status == MTM_OK && out->n < ROWS && out->size < SIZE) {
        mtmi_row row;
        out->failed = rows->next(rows, &row, &got, &out->why);
        if (out->failed != MTM_OK || !got) {
            break;
        }
        if (!mtmi_preview_add(out, &row)) {
            status = mtmi_error_memory(err);
        }
    }
    out->whole = !got || out->failed != MTM_OK;
    if (out->failed == MTM_ERROR_MEMORY) {
        status = mtmi_error_memory(err);
    }
    if (status != MTM_OK) {
        mtmi_preview_free(out);
    }
    return status;
}

void mtmi_preview_free(mtmi_preview *head) {
    for (size_t i = 0; i < head->n; i++) {
        mtmi_memory_free((void *)(uintptr_t)head->rows[i].cells);
    }
    mtmi_memory_free(head->rows);
    memset(head, 0, sizeof *head);
}

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

int mtmi_cell_is_number(mtmi_cell cell) {
    static const mtmi_number_style style;
    mtmi_number number;

    cell = mtmi_cell_trim(cell);
    if (cell.length == 0) {
        return 0;
    }
    mtmi_number_read(cell.text, cell.length, &style, &number);
    if (number.outcome != MTMI_NUMBER_BAD) {
        return number.outcome == MTMI_NUMBER_OK || number.outcome == MTMI_NUMBER_NOTE;
    }
    return number.proves != 0 || number.code == MTMI_CODE_NUMBER_AROUND || number.code == MTMI_CODE_NUMBER_WORDS ||
           number.code == MTMI_CODE_NUMBER_EXPONENT;
}

int mtmi_cell_is_period(mtmi_cell cell) {
    mtmi_period_label label;

    cell = mtmi_cell_trim(cell);
    if (cell.length == 0 || cell.length > 120) {
        return 0;
    }
    mtmi_period_read(cell.text, cell.length, 1, &label);
    return label.outcome == MTMI_PERIOD_OK;
}
