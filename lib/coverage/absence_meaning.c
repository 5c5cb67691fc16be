/* What an absent cell means: zero by declaration, zero because it was always small, or unknown. Ordinary cells: the table
 * leaves zeros out and prints figures below four, and the cell was never above ten units or one in 2,000 of all. */
#include "coverage/absence_internal.h"

enum { SMALL = 10, SHARE = 2000 };

int64_t mtmi_absence_size(const mtm_dataset *dataset, uint32_t row) {
    int64_t value = dataset->values[row];
    return value < 0 && value != INT64_MIN ? -value : value == INT64_MIN ? INT64_MAX : value;
}

/* Its largest figure and their sum in the intervals before. */
static int64_t largest_of(const mtmi_absence_search *of, mtmi_gap *gap, int *has_figures) {
    const mtmi_history *history = of->history;
    int64_t largest = 0;
    int32_t last = INT32_MIN;
    *has_figures = 0;
    for (size_t i = 0; i < of->n_window + of->n_shorter; i++) {
        uint32_t q = i < of->n_window ? of->window[i] : of->shorter[i - of->n_window];
        const mtmi_entry *entry = mtmi_history_entry(history, gap->combination, q);
        if (entry == NULL) {
            continue;
        }
        if (history->view->periods[q].last > last) {
            last = history->view->periods[q].last;
            gap->last_seen = entry->row;
        }
        if (mtmi_dataset_has_value(of->dataset, entry->row)) {
            int64_t size = mtmi_absence_size(of->dataset, entry->row);
            *has_figures = 1;
            largest = size > largest ? size : largest;
            gap->sum += i < of->n_window ? of->dataset->values[entry->row] : 0;
        } else {
            largest = INT64_MAX; /* withheld or not given: it may be anything */
        }
    }
    return largest;
}

static int is_small(const mtmi_absence_search *of, mtmi_gap *gap) {
    int has_figures;
    int64_t size = largest_of(of, gap, &has_figures);
    if (of->out->longer != UINT32_MAX) { /* the longer figure holds it: it is between nothing and that */
        const mtmi_entry *longer = mtmi_history_entry(of->history, gap->combination, of->out->longer);
        if (longer != NULL && mtmi_dataset_has_value(of->dataset, longer->row)) {
            int64_t most = mtmi_absence_size(of->dataset, longer->row);
            size = has_figures && size < most ? size : most;
        }
    }
    return size <= SMALL || (mtmi_wide)size * SHARE <= of->all;
}

void mtmi_absence_judge(const mtmi_absence_search *of, mtmi_gap *gap) {
    const mtmi_dataset_index *view = of->history->view;
    const int is_hard = (of->flags[gap->combination] & MTMI_CELL_HARD) != 0;
    const int small = is_small(of, gap);
    gap->kind = MTMI_GAP_OPEN;
    if (of->dataset->absent == MTMI_ABSENT_ZERO || of->dataset->microdata) {
        gap->kind = MTMI_GAP_ZERO;
    } else if (of->dataset->absent == MTMI_ABSENT_UNSAID && !view->prints_zero && !is_hard && view->holds_small &&
               of->has_season && small) {
        gap->kind = MTMI_GAP_ORDINARY;
    }
}
