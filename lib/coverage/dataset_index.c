/* Indexes the rows of a frozen dataset by period and vintage, as of a given day. Rows of one period stand together, the
 * newest vintage first. */
#include "coverage/dataset_index.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "coverage/collections.h"
#include "coverage/history.h"
#include "coverage/vintage.h"
#include "period/period.h"

#include <string.h>

static int counts(const mtm_dataset *dataset, size_t row, const mtm_period *as_of) {
    const mtmi_release *release = &dataset->releases[dataset->release_of[row]];
    if (as_of == NULL) {
        return 1;
    }
    return (mtmi_vintage_is_stated(release) ? release->date.last : dataset->periods[row].last) <= as_of->last;
}

static int compare_periods(mtm_period a, mtm_period b) {
    int order = (a.first > b.first) - (a.first < b.first);
    return order != 0 ? order : (a.last > b.last) - (a.last < b.last);
}

static int compare_rows(const void *context, const void *a, const void *b) {
    const mtm_dataset *dataset = context;
    return compare_periods(dataset->periods[*(const uint32_t *)a], dataset->periods[*(const uint32_t *)b]);
}

/* A selection by declaration; or a table with one member only, which is about that member and not about all: entries for
 * work are not all entries. The rest beside a group is no such table. Counted rows have what there is. */
static int is_selection(const mtm_dataset *dataset, const mtmi_dimension *dimension, unsigned char *has_figure) {
    size_t parts = 0, rest = 0, groups = 0;
    memset(has_figure, 0, dimension->n_members);
    for (size_t i = 0; i < dataset->n; i++) {
        has_figure[dimension->codes[i]] |= dataset->statuses[i] != 'O'; /* an empty cell is as good as no row */
    }
    for (size_t i = 0; i < dimension->n_members; i++) {
        const mtmi_member *member = &dimension->members[i];
        int has_rows = has_figure[i];
        groups += has_rows && member->kind == MTM_MEMBER_GROUP;
        rest += has_rows && member->kind == MTM_MEMBER_OTHER;
        parts += has_rows && member->kind != MTM_MEMBER_TOTAL && member->kind != MTM_MEMBER_GROUP;
    }
    return dimension->selection ||
           (parts == 1 && dimension->n_frame == 0 && !(rest == 1 && groups > 0) && !dataset->microdata);
}

static int find_selections(mtmi_dataset_index *view) {
    const mtm_dataset *dataset = view->dataset;
    size_t most = 1;
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        most = dataset->dimensions[k].n_members > most ? dataset->dimensions[k].n_members : most;
    }
    unsigned char *has_figure = mtmi_memory_new(most, 1);
    for (size_t k = 0; has_figure != NULL && k < dataset->n_dimensions; k++) {
        view->selection |= is_selection(dataset, &dataset->dimensions[k], has_figure) ? (uint32_t)1 << k : 0;
    }
    mtmi_memory_free(has_figure);
    return has_figure != NULL;
}

/* collected: of each row the date of its collection; NULL: its own. */
static void list_periods(mtmi_dataset_index *view, const mtm_period *collected, size_t n) {
    const mtm_period *periods = collected != NULL ? collected : view->dataset->periods;
    for (size_t i = 0; i < n; i++) {
        mtm_period period = periods[view->rows[i]];
        if (view->n_periods == 0 || !mtmi_period_same(view->periods[view->n_periods - 1], period)) {
            view->periods[view->n_periods] = period;
            view->starts[view->n_periods++] = i;
        }
    }
    view->starts[view->n_periods] = n;
}

enum { BELOW = 4 };

static void look_at_figures(mtmi_dataset_index *view, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const uint32_t row = view->rows[i];
        if (mtmi_dataset_has_value(view->dataset, row)) {
            const int64_t value = view->dataset->values[row];
            view->prints_zero |= value == 0;
            view->holds_small |= value != 0 && value > -BELOW && value < BELOW;
        }
    }
}

/* By period, as they stand in the table. Rows of one period are neighbours in most files: they are not sorted twice. */
static int sort_by_period(mtmi_dataset_index *view, size_t n) {
    int sorted = 1;
    for (size_t i = 1; i < n && sorted; i++) {
        sorted = compare_rows(view->dataset, &view->rows[i - 1], &view->rows[i]) <= 0;
    }
    return sorted || mtmi_sort(view->rows, n, sizeof *view->rows, compare_rows, view->dataset);
}

mtm_status mtmi_dataset_index_open(mtmi_dataset_index *view, const mtm_dataset *dataset, const mtm_period *as_of,
                                   mtm_error *err) {
    size_t n = 0;
    memset(view, 0, sizeof *view);
    view->dataset = dataset;
    view->rows = mtmi_memory_new(dataset->n, sizeof *view->rows);
    view->periods = mtmi_memory_new(dataset->n, sizeof *view->periods);
    view->starts = mtmi_memory_new(dataset->n + 1, sizeof *view->starts);
    view->memo = mtmi_memory_new(1, sizeof *view->memo);
    if (view->rows == NULL || view->periods == NULL || view->starts == NULL || view->memo == NULL) {
        mtmi_dataset_index_close(view);
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < dataset->n; i++) {
        if (counts(dataset, i, as_of)) {
            view->rows[n++] = (uint32_t)i;
        }
    }
    mtm_period *collected = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(find_selections(view) && sort_by_period(view, n) ? MTM_OK : mtmi_error_memory(err));
    MTMI_TRY(mtmi_collections_find(dataset, view->rows, n, &collected, err));
    list_periods(view, collected, n);
    mtmi_memory_free(collected);
    look_at_figures(view, n);
    MTMI_TRY(mtmi_row_order_make(&view->order, dataset, view->rows, view->starts, view->n_periods, err));
out:
    if (status != MTM_OK) {
        mtmi_dataset_index_close(view);
    }
    return status;
}

mtm_status mtmi_dataset_index_lend(mtmi_dataset_index *view, const mtmi_dataset_index *from, mtm_error *err) {
    *view = *from;
    view->is_lent = 1;
    view->memo = mtmi_memory_new(1, sizeof *view->memo);
    return view->memo != NULL ? MTM_OK : mtmi_error_memory(err);
}

void mtmi_dataset_index_close(mtmi_dataset_index *view) {
    if (!view->is_lent) {
        mtmi_memory_free(view->rows);
        mtmi_memory_free(view->periods);
        mtmi_memory_free(view->starts);
        mtmi_row_order_free(&view->order);
    }
    if (view->memo != NULL) {
        mtmi_histories_free(view->memo->history, view->memo->n);
    }
    mtmi_memory_free(view->memo);
    memset(view, 0, sizeof *view);
}

const mtm_dataset *mtmi_dataset_index_origin(const mtmi_dataset_index *view, uint32_t row, uint32_t *out) {
    *out = view->pool != NULL ? view->pool->rows[row] : row;
    return view->pool != NULL ? view->pool->datasets[row] : view->dataset;
}

size_t mtmi_dataset_index_find(const mtmi_dataset_index *view, mtm_period period) {
    size_t low = 0, high = view->n_periods;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_periods(view->periods[middle], period);
        if (order == 0) {
            return middle;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return view->n_periods;
}
