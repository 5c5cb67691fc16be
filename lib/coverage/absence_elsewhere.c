/* Where the figure of a cell without a row may be: in the row of a group, among "others", in nothing that a printed total
 * leaves; or there is none, because the member did not exist then. */
#include "base/error.h"
#include "base/try.h"
#include "codelist/match.h"
#include "coverage/absence_internal.h"
#include "coverage/territory.h"
#include "period/period.h"

#include <string.h>

uint32_t mtmi_absence_with_member(mtmi_history *history, uint32_t combination, size_t dimension, int32_t member) {
    int32_t key[MTMI_DIMENSIONS_MAX];
    size_t n = 0;
    for (size_t k = 0; k < history->view->dataset->n_dimensions; k++) {
        if ((history->mask >> k & 1) != 0) {
            key[n++] = k == dimension ? member : mtmi_history_member(history, combination, k);
        }
    }
    return mtmi_map_add(&history->combinations, key, n * sizeof *key);
}

int mtmi_absence_is_code(const mtmi_history *history, uint32_t combination, size_t dimension) {
    int32_t member = mtmi_history_member(history, combination, dimension);
    return member < 0 || history->view->dataset->dimensions[dimension].members[member].kind == MTM_MEMBER_CODE;
}

/* A source that lists a member outside its dates has it all the same. Dates of the package's own list hold. */
static int was_listed_outside(const mtmi_absence_search *search, uint32_t combination, size_t k, const char *code) {
    const mtmi_dimension *d = &search->dataset->dimensions[k];
    for (size_t i = 0; d->frame == NULL && i < search->n_window + search->n_shorter; i++) {
        const uint32_t q = i < search->n_window ? search->window[i] : search->shorter[i - search->n_window];
        const mtm_period at = search->history->view->periods[q];
        if (mtmi_history_entry(search->history, combination, q) != NULL &&
            !mtmi_territory_exists(d, code, (mtm_period){at.first, at.first}) &&
            !mtmi_territory_exists(d, code, (mtm_period){at.last, at.last})) {
            return 1;
        }
    }
    return 0;
}

static int in_frame(const mtmi_dimension *d, const char *code) {
    for (size_t i = 0; i < d->n_frame; i++) {
        if (strcmp(d->frame[i].code, code) == 0) {
            return 1;
        }
    }
    return d->frame == NULL;
}

static int may_be_there(const mtmi_absence_search *search, uint32_t combination) {
    for (size_t k = 0; k < search->dataset->n_dimensions; k++) {
        const mtmi_dimension *d = &search->dataset->dimensions[k];
        if ((search->history->mask >> k & 1) == 0 || !mtmi_absence_is_code(search->history, combination, k)) {
            continue;
        }
        const char *code = mtmi_history_code(search->history, combination, k);
        if (!in_frame(d, code) ||
            (!mtmi_territory_exists(d, code, search->period) && !was_listed_outside(search, combination, k, code))) {
            return 0;
        }
    }
    return 1;
}

/* The row of a group that stands for its members has them. */
static int is_in_group(mtmi_absence_search *search, uint32_t combination) {
    for (size_t i = 0; i < search->rows.n; i++) {
        for (size_t k = 0; k < search->dataset->n_dimensions; k++) {
            int32_t group = search->dataset->dimensions[k].codes[search->rows.rows[i]];
            const mtmi_member *member = &search->dataset->dimensions[k].members[group];
            if ((search->history->mask >> k & 1) != 0 && member->kind == MTM_MEMBER_GROUP && member->index >= 0 &&
                mtmi_absence_is_code(search->history, combination, k) && mtmi_group_counts(&search->rows, k, group) &&
                mtmi_codelist_may_contain(member->code, mtmi_history_code(search->history, combination, k),
                                          search->period)) {
                return 1;
            }
        }
    }
    return 0;
}

static int32_t member_of_rest(const mtmi_dimension *d) {
    for (size_t i = 0; i < d->n_members; i++) {
        if (d->members[i].kind == MTM_MEMBER_OTHER && d->members[i].n_rows > 0) {
            return (int32_t)i;
        }
    }
    return -1;
}

static int lists_codes(const mtmi_absence_search *search, size_t dimension) {
    const mtmi_history *history = search->history;
    for (size_t i = history->starts[search->out->period]; i < history->starts[search->out->period + 1]; i++) {
        if (mtmi_absence_is_code(history, history->entry[i].combination, dimension)) {
            return 1;
        }
    }
    return 0;
}

/* Tables that list the largest and "others": who was among the others before may be so again. A table that lists nobody
 * has everybody there. */
static int is_in_rest(mtmi_absence_search *search, uint32_t combination) {
    for (size_t k = 0; k < search->dataset->n_dimensions; k++) {
        int32_t rest = (search->history->mask >> k & 1) != 0 && mtmi_absence_is_code(search->history, combination, k)
                           ? member_of_rest(&search->dataset->dimensions[k])
                           : -1;
        uint32_t other = rest >= 0 ? mtmi_absence_with_member(search->history, combination, k, rest) : MTMI_MAP_NONE;
        if (other == MTMI_MAP_NONE || mtmi_history_entry(search->history, other, search->out->period) == NULL) {
            continue;
        }
        if (!lists_codes(search, k)) {
            return 1;
        }
        for (size_t i = 0; i < search->n_window; i++) {
            if (mtmi_history_entry(search->history, other, search->window[i]) != NULL &&
                mtmi_history_entry(search->history, combination, search->window[i]) == NULL) {
                return 1;
            }
        }
    }
    return 0;
}

int mtmi_absence_is_elsewhere(mtmi_absence_search *search, uint32_t combination) {
    return !may_be_there(search, combination) || is_in_group(search, combination) || is_in_rest(search, combination);
}

/* The printed figure of a combination with the total in one dimension; NULL where there is none. */
static mtm_status printed_total(mtmi_absence_search *search, uint32_t combination, size_t dimension,
                                const mtmi_entry **out, mtm_error *err) {
    int32_t key[MTMI_DIMENSIONS_MAX];
    size_t n = 0;
    mtmi_history *above = NULL;
    const uint32_t mask = search->history->mask & ~((uint32_t)1 << dimension);
    mtm_status status = mtmi_history_find(search->history->view, &search->history->fixed, mask, &above, err);
    *out = NULL;
    if (status != MTM_OK) {
        return status;
    }
    for (size_t k = 0; k < search->dataset->n_dimensions; k++) {
        if ((mask >> k & 1) != 0) {
            key[n++] = mtmi_history_member(search->history, combination, k);
        }
    }
    uint32_t whole = mtmi_map_find(&above->combinations, key, n * sizeof *key);
    *out = whole != MTMI_MAP_NONE ? mtmi_history_entry(above, whole, search->out->period) : NULL;
    return MTM_OK;
}

static int differ_only_in(const mtmi_history *history, uint32_t a, uint32_t b, size_t dimension) {
    for (size_t k = 0; k < history->view->dataset->n_dimensions; k++) {
        if (k != dimension && (history->mask >> k & 1) != 0 &&
            mtmi_history_member(history, a, k) != mtmi_history_member(history, b, k)) {
            return 0;
        }
    }
    return 1;
}

/* What a printed total leaves beside the rows that there are; -1 where that does not say anything. */
static mtmi_wide remainder_of(const mtmi_absence_search *search, uint32_t combination, size_t dimension,
                              uint32_t total) {
    const mtmi_history *history = search->history;
    mtmi_wide rest = search->dataset->values[total];
    for (size_t i = history->starts[search->out->period]; i < history->starts[search->out->period + 1]; i++) {
        const mtmi_entry *entry = &history->entry[i];
        if (!differ_only_in(history, entry->combination, combination, dimension)) {
            continue;
        }
        if (!mtmi_dataset_has_value(search->dataset, entry->row) || search->dataset->values[entry->row] < 0) {
            return -1;
        }
        rest -= search->dataset->values[entry->row];
    }
    return rest;
}

mtm_status mtmi_absence_is_nothing(mtmi_absence_search *search, uint32_t combination, int *is_nothing, mtm_error *err) {
    *is_nothing = 0;
    for (size_t k = 0; k < search->dataset->n_dimensions && !*is_nothing; k++) {
        const mtmi_entry *total = NULL;
        if ((search->history->mask >> k & 1) != 0) {
            MTMI_CHECK_STATUS(printed_total(search, combination, k, &total, err));
        }
        *is_nothing = total != NULL && mtmi_dataset_has_value(search->dataset, total->row) &&
                      remainder_of(search, combination, k, total->row) == 0;
    }
    return MTM_OK;
}
