/* Fills merged cells of a row. Ranges that overlap, which no program writes, are used in order and later ones left
 * alone, so that the work of a row is never more than its columns. */
#include "read/xlsx/xlsx_merge.h"

#include "base/memory.h"

#include <string.h>

int mtmi_filler_start(mtmi_filler *filler, const mtmi_sheet_shape *shape) {
    memset(filler, 0, sizeof *filler);
    filler->shape = shape;
    filler->slots = mtmi_memory_new((size_t)shape->last_column, sizeof *filler->slots);
    return filler->slots != NULL;
}

/* Drops the ranges that ended above the row. */
static void drop_ended(mtmi_filler *filler, int64_t row) {
    size_t kept = 0;
    for (size_t i = 0; i < filler->n_carried; i++) {
        if (filler->carried[i].last_row < row) {
            mtmi_memory_free(filler->carried[i].text);
        } else {
            filler->carried[kept++] = filler->carried[i];
        }
    }
    filler->n_carried = kept;
}

static void put_slot(mtmi_filler *filler, int64_t first, int64_t last, mtmi_slot value) {
    for (int64_t column = first; column <= last && column <= filler->shape->last_column; column++) {
        mtmi_slot *slot = &filler->slots[column - 1];
        if (slot->text == NULL) {
            *slot = value;
        }
    }
}

static int is_carried(const mtmi_filler *filler, const mtmi_merge *merge) {
    for (size_t i = 0; i < filler->n_carried; i++) {
        const mtmi_carried *other = &filler->carried[i];
        if (merge->first_column <= other->last_column && merge->last_column >= other->first_column) {
            return 1;
        }
    }
    return 0;
}

static int carry(mtmi_filler *filler, const mtmi_merge *merge, const char *text, size_t size) {
    void *carried = filler->carried;
    if (is_carried(filler, merge)) {
        return 1;
    }
    if (!mtmi_memory_reserve(&carried, &filler->capacity, filler->n_carried + 1, sizeof *filler->carried)) {
        return 0;
    }
    filler->carried = carried;
    char *copy = mtmi_memory_copy_bytes(text, size);
    if (copy == NULL) {
        return 0;
    }
    filler->carried[filler->n_carried++] =
        (mtmi_carried){merge->first_column, merge->last_column, merge->last_row, copy, size};
    return 1;
}

static int has_figures(const mtmi_sheet_row *row) {
    for (size_t i = 0; i < row->n; i++) {
        if (row->cells[i].kind == MTMI_SHEET_FIGURE) {
            return 1;
        }
    }
    return 0;
}

/* A range whose first cell is this one. */
static int spread(mtmi_filler *filler, const mtmi_sheet_row *row, const mtmi_sheet_cell *cell, const mtmi_merge *merge,
                  int figures) {
    const char *text = row->text.data + cell->start;
    int is_title = row->n == 1 && merge->first_column <= filler->shape->first_column;
    if (cell->kind == MTMI_SHEET_FIGURE || is_title || (cell->kind == MTMI_SHEET_MARK && figures)) {
        return 1;
    }
    put_slot(filler, merge->first_column + 1, merge->last_column,
             (mtmi_slot){text, cell->size, cell->kind != MTMI_SHEET_TEXT});
    return !figures || merge->last_row == row->number || carry(filler, merge, text, cell->size);
}

int mtmi_filler_fill(mtmi_filler *filler, const mtmi_sheet_row *row) {
    const mtmi_sheet_shape *shape = filler->shape;
    int figures = has_figures(row), room = 1;
    int64_t end = 0; /* last column that a range of this row covers */
    size_t k = 0;
    memset(filler->slots, 0, (size_t)shape->last_column * sizeof *filler->slots);
    for (size_t i = 0; i < row->n; i++) {
        const mtmi_sheet_cell *cell = &row->cells[i];
        put_slot(filler, cell->column, cell->column,
                 (mtmi_slot){row->text.data + cell->start, cell->size, cell->kind != MTMI_SHEET_TEXT});
    }
    drop_ended(filler, row->number);
    for (size_t i = 0; i < filler->n_carried; i++) {
        const mtmi_carried *range = &filler->carried[i];
        put_slot(filler, range->first_column, range->last_column, (mtmi_slot){range->text, range->size, 0});
    }
    for (; filler->next < shape->n_merges && shape->merges[filler->next].first_row <= row->number; filler->next++) {
        const mtmi_merge *merge = &shape->merges[filler->next];
        if (merge->first_row < row->number || merge->first_column <= end) {
            continue;
        }
        while (k < row->n && row->cells[k].column < merge->first_column) {
            k++;
        }
        if (k < row->n && row->cells[k].column == merge->first_column && room) {
            end = merge->last_column;
            room = spread(filler, row, &row->cells[k], merge, figures);
        }
    }
    return room;
}

int mtmi_filler_write(mtmi_filler *filler, const mtmi_sheet_row *row, int64_t n_columns, mtmi_row_text *out) {
    int room = mtmi_filler_fill(filler, row);
    mtmi_row_text_start(out);
    for (int64_t i = 0; i < n_columns && room; i++) {
        const mtmi_slot *slot = &filler->slots[i];
        if (slot->text != NULL) {
            mtmi_buffer_add(&out->text, slot->text, slot->size);
        }
        room = mtmi_row_text_end(out, slot->typed);
    }
    return room;
}

void mtmi_filler_free(mtmi_filler *filler) {
    for (size_t i = 0; i < filler->n_carried; i++) {
        mtmi_memory_free(filler->carried[i].text);
    }
    mtmi_memory_free(filler->carried);
    mtmi_memory_free(filler->slots);
    memset(filler, 0, sizeof *filler);
}
