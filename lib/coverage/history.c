/* The combinations of one measure, from one pass over a table. Of each cell the best vintage counts; totals and groups
 * are no combinations, and a blank is as good as no row. */
#include "coverage/history.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "period/period.h"

#include <string.h>

static void free_history(mtmi_history *history) {
    for (size_t p = 0; history->absence != NULL && p < history->view->n_periods; p++) {
        while (history->absence[p] != NULL) {
            mtmi_absence *absence = history->absence[p];
            history->absence[p] = absence->next;
            mtmi_memory_free(absence->gap);
            mtmi_memory_free(absence->fresh);
            mtmi_memory_free(absence);
        }
    }
    mtmi_memory_free(history->absence);
    for (size_t i = 0; i < history->n_boxes; i++) {
        mtmi_memory_free(history->boxes[i].box);
    }
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

/* Whether the rows of a cell count; totals and groups are no combinations. */
static int is_entry(const mtm_dataset *dataset, const mtmi_history *history, uint32_t row) {
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

/* What is known of the cells of the table while entries are listed. */
typedef struct listing {
    uint32_t *combination; /* by cell; NO_ENTRY where its rows do not count, NOT_MET before its first row */
    size_t *latest;        /* by combination: its last entry, and one; 0 for none */
    mtmi_entry *entry;
    size_t n;
} listing;

enum { NO_ENTRY = UINT32_MAX - 1 };
#define NOT_MET UINT32_MAX

static uint32_t combination_of(mtmi_history *history, uint32_t row) {
    const mtm_dataset *dataset = history->view->dataset;
    int32_t key[MTMI_DIMENSIONS_MAX];
    size_t n = 0;
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        if ((history->mask >> k & 1) != 0) {
            key[n++] = dataset->dimensions[k].codes[row];
        }
    }
    return mtmi_map_add(&history->combinations, key, n * sizeof *key);
}

/* The row of a period, or a better vintage of one that is there. */
static mtm_status list_row(mtmi_history *history, listing *list, uint32_t period, uint32_t row, mtm_error *err) {
    const mtm_dataset *dataset = history->view->dataset;
    const uint32_t cell = history->view->order.cells[row];
    if (list->combination[cell] == NO_ENTRY || dataset->statuses[row] == 'O') {
        return MTM_OK;
    }
    if (list->combination[cell] == NOT_MET) {
        list->combination[cell] = combination_of(history, row);
        if (list->combination[cell] == MTMI_MAP_NONE) {
            return mtmi_error_memory(err);
        }
    }
    const uint32_t combination = list->combination[cell];
    const size_t latest = list->latest[combination];
    if (latest > 0 && list->entry[latest - 1].period == period) {
        mtmi_entry *entry = &list->entry[latest - 1];
        int better = mtmi_vintage_compare(&dataset->releases[dataset->release_of[row]],
                                          &dataset->releases[dataset->release_of[entry->row]]) > 0;
        entry->row = better ? row : entry->row;
        return MTM_OK;
    }
    list->entry[list->n] = (mtmi_entry){period, combination, row};
    list->latest[combination] = ++list->n;
    return MTM_OK;
}

static mtm_status list_rows(mtmi_history *history, listing *list, mtm_error *err) {
    const mtmi_dataset_index *view = history->view;
    mtm_status status = MTM_OK;
    for (uint32_t cell = 0; cell < view->order.n_cells; cell++) {
        list->combination[cell] = is_entry(view->dataset, history, view->order.first[cell]) ? NOT_MET : NO_ENTRY;
    }
    for (size_t p = 0; p < view->n_periods; p++) {
        history->starts[p] = list->n;
        for (size_t i = view->starts[p]; i < view->starts[p + 1]; i++) {
            MTMI_TRY(list_row(history, list, (uint32_t)p, view->rows[i], err));
        }
    }
out:
    history->starts[view->n_periods] = list->n;
    return status;
}

/* Counting sorts: by combination, then each into its period, where combinations so come in order. */
static mtm_status order_entries(mtmi_history *history, const listing *list, mtm_error *err) {
    const size_t n = history->n_seen = history->combinations.n;
    size_t *next = mtmi_memory_new(history->view->n_periods + 1, sizeof *next);
    history->n = list->n;
    history->first = mtmi_memory_new(n + 2, sizeof *history->first);
    history->by_combination = mtmi_memory_new(list->n + 1, sizeof *history->by_combination);
    history->entry = mtmi_memory_new(list->n + 1, sizeof *history->entry);
    if (next == NULL || history->first == NULL || history->by_combination == NULL || history->entry == NULL) {
        mtmi_memory_free(next);
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < list->n; i++) {
        history->first[list->entry[i].combination + 2]++;
    }
    for (size_t i = 2; i < n + 2; i++) {
        history->first[i] += history->first[i - 1];
    }
    for (size_t i = 0; i < list->n; i++) {
        history->by_combination[history->first[list->entry[i].combination + 1]++] = (uint32_t)i;
    }
    memcpy(next, history->starts, (history->view->n_periods + 1) * sizeof *next);
    for (size_t i = 0; i < list->n; i++) {
        const mtmi_entry *entry = &list->entry[history->by_combination[i]];
        history->by_combination[i] = (uint32_t)next[entry->period];
        history->entry[next[entry->period]++] = *entry;
    }
    mtmi_memory_free(next);
    return MTM_OK;
}

static mtm_status fill_history(mtmi_history *history, mtm_error *err) {
    const mtmi_dataset_index *view = history->view;
    listing list = {mtmi_memory_new(view->order.n_cells + 1, sizeof *list.combination),
                    mtmi_memory_new(view->order.n_cells + 1, sizeof *list.latest),
                    mtmi_memory_new(view->starts[view->n_periods] + 1, sizeof *list.entry), 0};
    history->starts = mtmi_memory_new(view->n_periods + 1, sizeof *history->starts);
    history->absence = mtmi_memory_new(view->n_periods + 1, sizeof *history->absence);
    int whole = list.combination != NULL && list.latest != NULL && list.entry != NULL && history->starts != NULL &&
                history->absence != NULL;
    mtm_status status = MTM_OK;
    if (!whole) {
        status = mtmi_error_memory(err);
        goto out;
    }
    MTMI_TRY(list_rows(history, &list, err));
    MTMI_TRY(order_entries(history, &list, err));
out:
    mtmi_memory_free(list.combination);
    mtmi_memory_free(list.latest);
    mtmi_memory_free(list.entry);
    return status;
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
    mtm_status status = fill_history(history, err);
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

static uint32_t make_box(const mtmi_history *history, uint32_t combination, uint32_t whole, mtmi_boxes *boxes) {
    const mtm_dataset *dataset = history->view->dataset;
    mtmi_restriction restrictions[MTMI_DIMENSIONS_MAX];
    size_t n = 0;
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        if ((history->mask >> k & 1) != 0 && (whole >> k & 1) == 0) {
            restrictions[n++] =
                (mtmi_restriction){dataset->dimensions[k].name, mtmi_history_code(history, combination, k)};
        }
    }
    return mtmi_boxes_box(boxes, restrictions, n);
}

/* The place of a number that is kept; NULL where it is not. */
static uint32_t *find_box(mtmi_history *history, uint32_t combination, uint32_t whole) {
    size_t i = 0;
    while (i < history->n_boxes && history->boxes[i].whole != whole) {
        i++;
    }
    if (i == history->n_boxes) {
        const size_t n = history->combinations.n;
        uint32_t *box = i < MTMI_HISTORY_BOXES ? mtmi_memory_new(n + 1, sizeof *box) : NULL;
        if (box == NULL) {
            return NULL;
        }
        history->boxes[history->n_boxes++] = (mtmi_history_boxes){whole, box, n};
    }
    return combination < history->boxes[i].n ? &history->boxes[i].box[combination] : NULL;
}

uint32_t mtmi_history_box(mtmi_history *history, uint32_t combination, uint32_t whole, mtmi_boxes *boxes) {
    uint32_t *kept = find_box(history, combination, whole);
    if (kept != NULL && *kept != 0) {
        return *kept - 1;
    }
    const uint32_t number = make_box(history, combination, whole, boxes);
    if (kept != NULL && number != MTMI_MAP_NONE) {
        *kept = number + 1;
    }
    return number;
}
