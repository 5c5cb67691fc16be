/* Puts the rows of a table into the order in which sums are made. Every step but the order of releases is a counting
 * sort, so that a large table costs a few passes. */
#include "coverage/row_order.h"

#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "coverage/history.h"
#include "coverage/vintage.h"

#include <string.h>

void mtmi_row_order_free(mtmi_row_order *order) {
    mtmi_memory_free(order->rows);
    mtmi_memory_free(order->cells);
    mtmi_memory_free(order->first);
    mtmi_memory_free(order->masks);
    mtmi_memory_free(order->grouped);
    memset(order, 0, sizeof *order);
}

/* Sorts rows by keys below n_keys, equal ones as they stood; counts has n_keys + 1 entries. */
static void pass(uint32_t *rows, size_t n, const uint32_t *keys, uint32_t *spare, size_t *counts, size_t n_keys) {
    memset(counts, 0, (n_keys + 1) * sizeof *counts);
    for (size_t i = 0; i < n; i++) {
        counts[keys[rows[i]] + 1]++;
    }
    for (size_t k = 1; k <= n_keys; k++) {
        counts[k] += counts[k - 1];
    }
    for (size_t i = 0; i < n; i++) {
        spare[counts[keys[rows[i]]]++] = rows[i];
    }
    memcpy(rows, spare, n * sizeof *rows);
}

/* ---- cells ---- */

static void describe_cell(mtmi_row_order *order, const mtm_dataset *dataset, uint32_t cell) {
    const uint32_t row = order->first[cell];
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        const mtmi_dimension *d = &dataset->dimensions[k];
        const mtm_member_kind kind = d->members[d->codes[row]].kind;
        order->masks[cell] |= kind != MTM_MEMBER_TOTAL ? (uint32_t)1 << k : 0;
        order->grouped[cell] |= kind == MTM_MEMBER_GROUP;
    }
}

static mtm_status number_cells(mtmi_row_order *order, const mtm_dataset *dataset, const uint32_t *rows, size_t n,
                               mtm_error *err) {
    mtmi_map known = MTMI_MAP_INIT;
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < n; i++) {
        int32_t key[MTMI_DIMENSIONS_MAX];
        for (size_t k = 0; k < dataset->n_dimensions; k++) {
            key[k] = dataset->dimensions[k].codes[rows[i]];
        }
        uint32_t cell = mtmi_map_add(&known, key, dataset->n_dimensions * sizeof *key);
        if (cell == MTMI_MAP_NONE) {
            status = mtmi_error_memory(err);
            goto out;
        } else {
            order->first[cell] = cell == order->n_cells ? rows[i] : order->first[cell];
            order->n_cells += cell == order->n_cells;
            order->cells[rows[i]] = cell;
        }
    }
out:
    mtmi_map_free(&known);
    return status;
}

/* ---- their order ---- */

typedef struct cell_order {
    const mtm_dataset *dataset;
    const mtmi_row_order *order;
} cell_order;

static int compare_places(const void *context, const void *a, const void *b) {
    const cell_order *rows = context;
    const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    const mtmi_row_order *order = rows->order;
    int by = order->grouped[left] - order->grouped[right];
    if (by == 0) {
        by = (order->masks[left] > order->masks[right]) - (order->masks[left] < order->masks[right]);
    }
    for (size_t k = 0; by == 0 && k < rows->dataset->n_dimensions; k++) {
        const int32_t *codes = rows->dataset->dimensions[k].codes;
        int32_t x = codes[order->first[left]], y = codes[order->first[right]];
        by = (x > y) - (x < y);
    }
    return by;
}

/* ranks: by cell, its place among all. */
static mtm_status rank_cells(const mtmi_row_order *order, const mtm_dataset *dataset, uint32_t *ranks, mtm_error *err) {
    const cell_order rows = {dataset, order};
    uint32_t *sorted = mtmi_memory_new(order->n_cells + 1, sizeof *sorted);
    if (sorted == NULL) {
        return mtmi_error_memory(err);
    }
    for (uint32_t i = 0; i < order->n_cells; i++) {
        sorted[i] = i;
    }
    int whole = mtmi_sort(sorted, order->n_cells, sizeof *sorted, compare_places, &rows);
    for (uint32_t i = 0; i < order->n_cells; i++) {
        ranks[sorted[i]] = i;
    }
    mtmi_memory_free(sorted);
    return whole ? MTM_OK : mtmi_error_memory(err);
}

/* The better one first: a blank does not replace a figure. */
static int compare_vintages(const void *context, const void *a, const void *b) {
    const mtm_dataset *dataset = context;
    const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    int by = (dataset->statuses[left] == 'O') - (dataset->statuses[right] == 'O');
    return by != 0 ? by
                   : mtmi_vintage_compare(&dataset->releases[dataset->release_of[right]],
                                          &dataset->releases[dataset->release_of[left]]);
}

/* Rows of one cell and period, by vintage. */
static mtm_status sort_vintages(mtmi_row_order *order, const mtm_dataset *dataset, const size_t *starts,
                                size_t n_periods, mtm_error *err) {
    for (size_t p = 0; p < n_periods; p++) {
        for (size_t i = starts[p], end; i < starts[p + 1]; i = end) {
            for (end = i + 1; end < starts[p + 1] && order->cells[order->rows[end]] == order->cells[order->rows[i]];) {
                end++;
            }
            if (end > i + 1 && !mtmi_sort(order->rows + i, end - i, sizeof *order->rows, compare_vintages, dataset)) {
                return mtmi_error_memory(err);
            }
        }
    }
    return MTM_OK;
}

/* By rank within each period: one pass by rank over all, then one by period. */
static mtm_status sort_rows(mtmi_row_order *order, const mtm_dataset *dataset, const size_t *starts, size_t n_periods,
                            const uint32_t *given, const uint32_t *ranks, mtm_error *err) {
    const size_t n = starts[n_periods], most = order->n_cells > n_periods ? order->n_cells : n_periods;
    uint32_t *keys = mtmi_memory_new(dataset->n + 1, sizeof *keys), *spare = mtmi_memory_new(n + 1, sizeof *spare);
    size_t *counts = mtmi_memory_new(most + 2, sizeof *counts);
    const int whole = keys != NULL && spare != NULL && counts != NULL;
    for (size_t i = 0; i < n && whole; i++) {
        keys[order->rows[i]] = ranks[order->cells[order->rows[i]]];
    }
    if (whole) {
        pass(order->rows, n, keys, spare, counts, order->n_cells);
    }
    for (size_t p = 0; p < n_periods && whole; p++) {
        for (size_t i = starts[p]; i < starts[p + 1]; i++) {
            keys[given[i]] = (uint32_t)p;
        }
    }
    if (whole) {
        pass(order->rows, n, keys, spare, counts, n_periods);
    }
    mtmi_memory_free(keys);
    mtmi_memory_free(spare);
    mtmi_memory_free(counts);
    return whole ? sort_vintages(order, dataset, starts, n_periods, err) : mtmi_error_memory(err);
}

mtm_status mtmi_row_order_make(mtmi_row_order *order, const mtm_dataset *dataset, const uint32_t *rows,
                               const size_t *starts, size_t n_periods, mtm_error *err) {
    const size_t n = starts[n_periods];
    uint32_t *ranks = mtmi_memory_new(n + 1, sizeof *ranks);
    memset(order, 0, sizeof *order);
    order->rows = mtmi_memory_new(n + 1, sizeof *order->rows);
    order->first = mtmi_memory_new(n + 1, sizeof *order->first);
    order->cells = mtmi_memory_new(dataset->n + 1, sizeof *order->cells);
    mtm_status status = MTM_OK;
    MTMI_TRY(ranks != NULL && order->rows != NULL && order->first != NULL && order->cells != NULL
                 ? number_cells(order, dataset, rows, n, err)
                 : mtmi_error_memory(err));
    order->masks = mtmi_memory_new(order->n_cells + 1, sizeof *order->masks);
    order->grouped = mtmi_memory_new(order->n_cells + 1, 1);
    MTMI_TRY(order->masks != NULL && order->grouped != NULL ? MTM_OK : mtmi_error_memory(err));
    memcpy(order->rows, rows, n * sizeof *rows);
    for (uint32_t i = 0; i < order->n_cells; i++) {
        describe_cell(order, dataset, i);
    }
    MTMI_TRY(rank_cells(order, dataset, ranks, err));
    MTMI_TRY(sort_rows(order, dataset, starts, n_periods, rows, ranks, err));
out:
    mtmi_memory_free(ranks);
    if (status != MTM_OK) {
        mtmi_row_order_free(order);
    }
    return status;
}
