/* The combinations of one measure, from one pass over a table. Of each cell the best vintage counts; totals and groups
 * are no combinations, and a blank is as good as no row. */
#include "coverage/history.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "period/period.h"

#include <string.h>

static void free_history(mtmi_history *history) {
    for (size_t i = 0; i < history->n_absences; i++) {
        mtmi_memory_free(history->absence[i]->gap);
        mtmi_memory_free(history->absence[i]->fresh);
        mtmi_memory_free(history->absence[i]);
    }
    mtmi_memory_free(history->absence);
    mtmi_map_free(&history->combinations);
    mtmi_memory_free(history->entry);
    mtmi_memory_free(history->starts);
    mtmi_memory_free(history->by_combination);
    mtmi_memory_free(history->first);
    mtmi_memory_free(history);
}

void mtmi_histories_free(mtmi_history **histories, size_t n) {
    for (size_t i = 0; i < n; i++) {
        free_history(histories[i]);
    }
    mtmi_memory_free(histories);
}

int mtmi_same_length(mtm_period a, mtm_period b) {
    int months = mtmi_period_months(a);
    return months > 0 ? mtmi_period_months(b) == months : a.last - a.first == b.last - b.first;
}

/* The place of a dimension among those of the mask. */
static size_t place_of(uint32_t mask, size_t dimension) {
    size_t n = 0;
    for (size_t k = 0; k < dimension; k++) {
        n += mask >> k & 1;
    }
    return n;
}

int32_t mtmi_history_member(const mtmi_history *history, uint32_t combination, size_t dimension) {
    size_t length;
    int32_t member;
    const unsigned char *key = mtmi_map_key(&history->combinations, combination, &length);
    memcpy(&member, key + place_of(history->mask, dimension) * sizeof member, sizeof member);
    return member;
}

const char *mtmi_history_code(const mtmi_history *history, uint32_t combination, size_t dimension) {
    const mtmi_dimension *d = &history->view->dataset->dimensions[dimension];
    int32_t member = mtmi_history_member(history, combination, dimension);
    return member >= 0 ? d->members[member].code : d->frame[-2 - member].code;
}

static int is_entry(const mtm_dataset *dataset, const mtmi_history *history, uint32_t row) {
    if (dataset->statuses[row] == 'O') {
        return 0;
    }
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        int32_t code = dataset->dimensions[k].codes[row];
        mtm_member_kind kind = dataset->dimensions[k].members[code].kind;
        int is_fixed = (history->fixed.dimensions >> k & 1) != 0, is_free = (history->mask >> k & 1) != 0;
        if (is_fixed  ? code != history->fixed.members[k]
            : is_free ? kind == MTM_MEMBER_TOTAL || kind == MTM_MEMBER_GROUP
                      : kind != MTM_MEMBER_TOTAL) {
            return 0;
        }
    }
    return 1;
}

static mtm_status add_entry(mtmi_history *history, uint32_t period, uint32_t row, mtm_error *err) {
    const mtm_dataset *dataset = history->view->dataset;
    int32_t key[MTMI_DIMENSIONS_MAX];
    size_t n = 0;
    void *table = history->entry;
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        if ((history->mask >> k & 1) != 0) {
            key[n++] = dataset->dimensions[k].codes[row];
        }
    }
    uint32_t combination = mtmi_map_add(&history->combinations, key, n * sizeof *key);
    if (combination == MTMI_MAP_NONE ||
        !mtmi_memory_reserve(&table, &history->capacity, history->n + 1, sizeof *history->entry)) {
        return mtmi_error_memory(err);
    }
    history->entry = table;
    history->entry[history->n++] = (mtmi_entry){period, combination, row};
    return MTM_OK;
}

/* By period, combination, the better vintage first. */
static int compare_entries(const void *context, const void *a, const void *b) {
    const mtm_dataset *dataset = context;
    const mtmi_entry *left = a, *right = b;
    if (left->period != right->period) {
        return left->period < right->period ? -1 : 1;
    }
    if (left->combination != right->combination) {
        return left->combination < right->combination ? -1 : 1;
    }
    return mtmi_vintage_compare(&dataset->releases[dataset->release_of[right->row]],
                                &dataset->releases[dataset->release_of[left->row]]);
}

static mtm_status keep_best(mtmi_history *history, mtm_error *err) {
    size_t kept = 0, period = 0;
    if (!mtmi_sort(history->entry, history->n, sizeof *history->entry, compare_entries, history->view->dataset)) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < history->n; i++) {
        const mtmi_entry entry = history->entry[i];
        if (kept > 0 && history->entry[kept - 1].period == entry.period &&
            history->entry[kept - 1].combination == entry.combination) {
            continue;
        }
        while (period <= entry.period) {
            history->starts[period++] = kept;
        }
        history->entry[kept++] = entry;
    }
    while (period <= history->view->n_periods) {
        history->starts[period++] = kept;
    }
    history->n = kept;
    return MTM_OK;
}

/* A counting sort: entries are in the order of periods already. */
static mtm_status order_by_combination(mtmi_history *history, mtm_error *err) {
    const size_t n = history->n_seen = history->combinations.n;
    history->first = mtmi_memory_new(n + 2, sizeof *history->first);
    history->by_combination = mtmi_memory_new(history->n + 1, sizeof *history->by_combination);
    if (history->first == NULL || history->by_combination == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < history->n; i++) {
        history->first[history->entry[i].combination + 2]++;
    }
    for (size_t i = 2; i < n + 2; i++) {
        history->first[i] += history->first[i - 1];
    }
    for (size_t i = 0; i < history->n; i++) {
        history->by_combination[history->first[history->entry[i].combination + 1]++] = (uint32_t)i;
    }
    return MTM_OK;
}

static mtm_status fill(mtmi_history *history, mtm_error *err) {
    const mtmi_dataset_index *view = history->view;
    mtm_status status = MTM_OK;
    history->starts = mtmi_memory_new(view->n_periods + 1, sizeof *history->starts);
    if (history->starts == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t p = 0; p < view->n_periods; p++) {
        for (size_t i = view->starts[p]; i < view->starts[p + 1] && status == MTM_OK; i++) {
            if (is_entry(view->dataset, history, view->rows[i])) {
                status = add_entry(history, (uint32_t)p, view->rows[i], err);
            }
        }
    }
    status = status == MTM_OK ? keep_best(history, err) : status;
    return status == MTM_OK ? order_by_combination(history, err) : status;
}

static int is_same(const mtmi_history *history, const mtmi_fixed *fixed, uint32_t mask) {
    if (history->mask != mask || history->fixed.dimensions != fixed->dimensions) {
        return 0;
    }
    for (size_t k = 0; k < MTMI_DIMENSIONS_MAX; k++) {
        if ((fixed->dimensions >> k & 1) != 0 && history->fixed.members[k] != fixed->members[k]) {
            return 0;
        }
    }
    return 1;
}

mtm_status mtmi_history_find(const mtmi_dataset_index *view, const mtmi_fixed *fixed, uint32_t mask, mtmi_history **out,
                             mtm_error *err) {
    mtmi_memo *memo = view->memo;
    void *table = memo->history;
    for (size_t i = 0; i < memo->n; i++) {
        if (is_same(memo->history[i], fixed, mask)) {
            *out = memo->history[i];
            return MTM_OK;
        }
    }
    mtmi_history *history = mtmi_memory_new(1, sizeof *history);
    if (history == NULL || !mtmi_memory_reserve(&table, &memo->capacity, memo->n + 1, sizeof *memo->history)) {
        mtmi_memory_free(history);
        return mtmi_error_memory(err);
    }
    memo->history = table;
    history->view = view;
    history->fixed = *fixed;
    history->mask = mask;
    mtm_status status = fill(history, err);
    if (status != MTM_OK) {
        free_history(history);
        return status;
    }
    *out = memo->history[memo->n++] = history;
    return MTM_OK;
}

const mtmi_entry *mtmi_history_entry(const mtmi_history *history, uint32_t combination, size_t period) {
    size_t low = history->starts[period], high = history->starts[period + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const mtmi_entry *entry = &history->entry[middle];
        if (entry->combination == combination) {
            return entry;
        }
        low = entry->combination < combination ? middle + 1 : low;
        high = entry->combination < combination ? high : middle;
    }
    return NULL;
}
