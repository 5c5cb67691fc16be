/* Keeps copies of the first rows of a file, which containers only lend. */
#include "read/table/preview.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "number/number.h"
#include "period/period.h"

#include <string.h>

/* Wider rows keep no readings of their cells: 200 rows of 256 take some 8 MiB. */
enum { ROWS = 200, SIZE = 256 << 10, READINGS = 256 };

/* Cells, their places and the record in one block: the array of cells, then of trimmed cells, places, readings, kinds,
 * texts. */
static int copy_row(const mtmi_row *row, mtmi_row *out) {
    size_t array = row->n_cells * sizeof *row->cells, size = array + row->n_cells + row->record_size + 1;
    size_t places = row->places != NULL ? 2 * row->n_cells * sizeof *row->places : 0;
    const size_t kept = row->code == 0 && row->n_cells <= READINGS ? row->n_cells : 0;
    const size_t numbers = kept * sizeof(mtmi_number), readings = numbers + kept * sizeof(mtmi_period_label);
    mtmi_cell *cells;
    char *text;

    for (size_t i = 0; i < row->n_cells; i++) {
        size += row->cells[i].length;
    }
    *out = *row;
    out->cells = cells = mtmi_memory_new(array + places + readings + size, 1);
    if (cells == NULL) {
        return 0;
    }
    text = (char *)cells + 2 * array;
    if (places > 0) {
        memcpy(text, row->places, places);
        out->places = (const int64_t *)(const void *)text;
    }
    text += places + readings + row->n_cells;
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
    unsigned char *const behind = (unsigned char *)cells + 2 * array + places;
    mtmi_row_trim(out, cells + row->n_cells, behind + readings);
    if (kept > 0) {
        out->numbers = (mtmi_number *)(void *)behind;
        out->labels = (mtmi_period_label *)(void *)(behind + numbers);
    }
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

/* "Special value", "Observation flags:" below the table: what follows explains marks. Source: workbooks of Eurostat's data browser. */
static int heads_flags(const mtmi_row *row) {
    static const char *const words[] = {
        "special value",   "special values",   "observation flags:",  "observation flags",
        "available flags", "available flags:", "special value codes", "flags:"};
    char text[40];
    const mtmi_cell cell = row->n_filled == 1 ? mtmi_row_cell(row, 0) : (mtmi_cell){"", 0, 0};
    const size_t n = cell.length > 0 && cell.length < sizeof text / 2
                         ? mtmi_text_normalise(cell.text, cell.length, text, sizeof text)
                         : 0;
    for (size_t i = 0; n > 0 && i < sizeof words / sizeof *words; i++) {
        if (strcmp(text, words[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Where flags are explained down to the end: rows of two cells, the first of them a flag. */
static int64_t find_flags(const mtmi_preview *head) {
    int64_t line = 0;
    for (size_t i = 0; i < head->n && head->whole; i++) {
        const mtmi_row *row = &head->rows[i];
        if (row->code != 0 || row->n_filled == 0) {
            line = row->code != 0 ? 0 : line;
        } else if (heads_flags(row)) {
            line = line == 0 ? row->line : line;
        } else if (row->n_filled != 2 || row->trimmed[0].length > 2 || mtmi_row_cell(row, 1).length == 0 ||
                   mtmi_row_is_number(row, 1)) {
            line = 0;
        }
    }
    return line;
}

mtm_status mtmi_preview_read(mtmi_rows *rows, mtmi_preview *out, mtm_error *err) {
    mtm_status status = MTM_OK;
    int got = 1;

    memset(out, 0, sizeof *out);
    while (out->n < ROWS && out->size < SIZE) {
        mtmi_row row;
        out->failed = rows->next(rows, &row, &got, &out->why);
        if (out->failed != MTM_OK || !got) {
            break;
        }
        if (!mtmi_preview_add(out, &row)) {
            MTMI_TRY(mtmi_error_memory(err));
        }
    }
    out->whole = !got || out->failed != MTM_OK;
    out->flags = find_flags(out);
    if (out->failed == MTM_ERROR_MEMORY) {
        MTMI_TRY(mtmi_error_memory(err));
    }
out:
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
