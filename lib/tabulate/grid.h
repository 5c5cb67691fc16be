/* The counts of one grouping set, as one thread makes them: a dense array while the product of its axes is small, a
 * table of keys beyond.
 *
 * What was counted since the last commit can be dropped: a run of blocks may turn out to have been cut wrongly. */
#ifndef MTMI_TABULATE_GRID_H
#define MTMI_TABULATE_GRID_H

#include "base/decimal.h"
#include "base/map.h"

#define MTMI_GRID_AXES 8u

typedef struct mtmi_grid {
    unsigned n_axes, n_sums;
    unsigned axes[MTMI_GRID_AXES]; /* which of the row's numbers */
    int dense;
    uint32_t *pending;              /* counted since the last commit */
    uint32_t sizes[MTMI_GRID_AXES]; /* dense: numbers below this fit */
    uint32_t strides[MTMI_GRID_AXES];
    mtmi_map keys; /* not dense: n_axes numbers of 32 bits */
    size_t n_committed_keys;
    size_t n, capacity; /* cells; dense: the product of sizes */
    uint64_t *counts;
    mtmi_wide *pending_sums, *sums; /* n_sums a cell: the sum, the largest and the second largest that were added */
} mtmi_grid;

enum { MTMI_GRID_SUMS = 3 };

/* n_sums: 0, or MTMI_GRID_SUMS. 0 when there is no memory. */
int mtmi_grid_start(mtmi_grid *grid, const unsigned *axes, unsigned n_axes, unsigned n_sums);
void mtmi_grid_free(mtmi_grid *grid);
/* Numbers up to `number` will come on an axis of the row. 0 when there is no memory. */
int mtmi_grid_widen(mtmi_grid *grid, unsigned axis, uint32_t number);
/* The cell of a combination when not dense; SIZE_MAX when there is no memory. */
size_t mtmi_grid_cell(mtmi_grid *grid, const uint32_t *numbers);
void mtmi_grid_commit(mtmi_grid *grid);
/* Takes one more among the largest two. */
static inline void mtmi_grid_top(mtmi_wide *top, mtmi_wide one) {
    one = one < 0 ? -one : one;
    if (one > top[0]) {
        top[1] = top[0];
        top[0] = one;
    } else if (one > top[1]) {
        top[1] = one;
    }
}
void mtmi_grid_drop(mtmi_grid *grid);
/* The combination of a cell. */
void mtmi_grid_numbers(const mtmi_grid *grid, size_t cell, uint32_t *out);

/* The cell of a row, which has one number an axis; SIZE_MAX when there is no memory. */
static inline size_t mtmi_grid_find(mtmi_grid *grid, const uint32_t *numbers) {
    size_t cell = 0;
    unsigned i;
    if (!grid->dense) {
        return mtmi_grid_cell(grid, numbers);
    }
    for (i = 0; i < grid->n_axes; i++) {
        cell += (size_t)numbers[grid->axes[i]] * grid->strides[i];
    }
    return cell;
}

#endif
