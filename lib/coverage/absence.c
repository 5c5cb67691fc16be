/* Which cells are absent in a period, and what that means. A combination is expected where it has a row in an interval of
 * the same length within the 24 months up to the period's end, where a shorter cumulative figure of the year has it, or
 * where a list says so. What absence means: the data package first; else a table that prints zeros leaves none out, a
 * cumulative figure never vanishes, and a cell that was always small may be taken for zero. Everything else is unknown. */
#include "coverage/history.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "coverage/absence_internal.h"
#include "period/period.h"

#include <string.h>

enum { MONTHS_BACK = 24 };

/* ---- intervals ---- */

static int32_t months_before(int32_t day, int months) {
    int year, month, of_month;
    mtmi_day_split(day, &year, &month, &of_month);
    int at_end = of_month == mtmi_days_in_month(year, month);
    int back = year * 12 + month - 1 - months;
    int length = mtmi_days_in_month(back / 12, back % 12 + 1);
    return mtmi_day_from(back / 12, back % 12 + 1, at_end || of_month > length ? length : of_month);
}

static int is_same_season(mtm_period earlier, mtm_period period, mtm_period before) {
    return mtmi_period_same(earlier, before) ||
           (period.first == period.last &&
            mtmi_period_same(mtmi_period_around(earlier.last, 1), mtmi_period_around(before.last, 1)));
}

static mtm_status list_intervals(mtmi_absence_search *search, mtm_error *err) {
    const mtmi_dataset_index *view = search->history->view;
    const int32_t from = months_before(search->period.last, MONTHS_BACK);
    const mtm_period before = mtm_period_year_before(search->period);
    search->window = mtmi_memory_new(view->n_periods, sizeof *search->window);
    search->shorter = mtmi_memory_new(view->n_periods, sizeof *search->shorter);
    if (search->window == NULL || search->shorter == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t q = 0; q < view->n_periods; q++) {
        mtm_period at = view->periods[q];
        if (q == search->out->period || search->history->starts[q] == search->history->starts[q + 1]) {
            continue;
        }
        if (at.last <= search->period.last && at.first > from && mtmi_same_length(at, search->period)) {
            search->window[search->n_window++] = (uint32_t)q;
            search->has_season |= is_same_season(at, search->period, before);
        } else if (search->dataset->cumulative && at.first == search->period.first && at.last < search->period.last) {
            search->shorter[search->n_shorter++] = (uint32_t)q;
        }
    }
    search->out->intervals = (int32_t)search->n_window;
    return MTM_OK;
}

/* ---- what is expected ---- */

static int flag(mtmi_absence_search *search, uint32_t combination, unsigned char flags) {
    void *table = search->flags;
    size_t before = search->capacity;
    if (combination >= search->capacity) {
        if (!mtmi_memory_reserve(&table, &search->capacity, (size_t)combination + 1, 1)) {
            return 0;
        }
        search->flags = table;
        memset(search->flags + before, 0, search->capacity - before);
    }
    search->flags[combination] |= flags;
    return 1;
}

static int has_release(const mtmi_absence_search *search, int32_t release) {
    const mtmi_history *history = search->history;
    for (size_t i = history->starts[search->out->period]; i < history->starts[search->out->period + 1]; i++) {
        if (search->dataset->release_of[history->entry[i].row] == release) {
            return 1;
        }
    }
    return 0;
}

static int flag_period(mtmi_absence_search *search, uint32_t period, unsigned char flags) {
    const mtmi_history *history = search->history;
    const size_t start = history->starts[period], end = history->starts[period + 1];
    if (end > start &&
        !flag(search, history->entry[end - 1].combination, 0)) { /* the last one has the highest number */
        return 0;
    }
    for (size_t i = start; i < end; i++) {
        const mtmi_entry *entry = &history->entry[i];
        unsigned char more = flags;
        if (search->dataset->statuses[entry->row] == 'M' && (flags & MTMI_CELL_PRESENT) == 0) {
            continue; /* what cannot be is not expected */
        }
        if ((flags & MTMI_CELL_HARD) != 0 && !has_release(search, search->dataset->release_of[entry->row])) {
            more &= (unsigned char)~MTMI_CELL_HARD;
        }
        search->flags[entry->combination] |= more;
    }
    return 1;
}

static int is_closed(const mtmi_dimension *dimension) {
    static const char *const lists[] = {"sex", "residence", "direction"};
    const char *id = dimension->list != NULL ? mtmi_codelist_id(dimension->list) : "";
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (strcmp(id, lists[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* The member that stands for the i-th code of a dimension's frame; INT32_MIN behind the last. */
static int32_t framed_member(const mtm_dataset *dataset, size_t dimension, size_t i) {
    const mtmi_dimension *d = &dataset->dimensions[dimension];
    const size_t n = d->frame != NULL ? d->n_frame : is_closed(d) ? mtm_codelist_count(d->list) : 0;
    if (i >= n) {
        return INT32_MIN;
    }
    const char *code = d->frame != NULL ? d->frame[i].code : mtm_codelist_code(d->list, i);
    int32_t member = mtmi_dataset_find_member(dataset, (int)dimension, code);
    return member >= 0 ? member : d->frame != NULL ? -2 - (int32_t)i : -1;
}

/* Every combination also with the other members of a dimension whose members are all known. */
static mtm_status add_framed(mtmi_absence_search *search, size_t dimension, mtm_error *err) {
    const size_t n = search->history->combinations.n;
    for (uint32_t c = 0; c < n; c++) {
        int counts = c < search->capacity && (search->flags[c] & (MTMI_CELL_PRESENT | MTMI_CELL_EXPECTED)) != 0;
        for (size_t i = 0; counts && mtmi_absence_is_code(search->history, c, dimension); i++) {
            int32_t member = framed_member(search->dataset, dimension, i);
            if (member == INT32_MIN) {
                break;
            }
            uint32_t other = member == -1 ? c : mtmi_absence_with_member(search->history, c, dimension, member);
            if (other == MTMI_MAP_NONE || !flag(search, other, MTMI_CELL_EXPECTED)) {
                return mtmi_error_memory(err);
            }
        }
    }
    return MTM_OK;
}

/* Those listed and the others are all. */
static int has_rest(const mtmi_absence_search *search, size_t dimension) {
    const mtmi_history *history = search->history;
    for (size_t i = history->starts[search->out->period]; i < history->starts[search->out->period + 1]; i++) {
        int32_t member = mtmi_history_member(history, history->entry[i].combination, dimension);
        if (search->dataset->dimensions[dimension].members[member].kind == MTM_MEMBER_OTHER) {
            return 1;
        }
    }
    return 0;
}

static int lists_code(const mtmi_absence_search *search, size_t dimension, const char *code) {
    const mtmi_history *history = search->history;
    const int32_t wanted = mtmi_dataset_find_member(search->dataset, (int)dimension, code);
    for (size_t i = history->starts[search->out->period]; wanted >= 0 && i < history->starts[search->out->period + 1];
         i++) {
        if (mtmi_history_member(history, history->entry[i].combination, dimension) == wanted) {
            return 1;
        }
    }
    return 0;
}

/* Ages that follow each other from birth to the oldest. */
static int has_all_ages(const mtmi_absence_search *search, size_t dimension) {
    static const char *const ages[][3] = {{"Y0T15", "WORKING", "OVER"}, {"Y0T14", "Y15T64", "Y_GE65"}};
    const mtm_codelist *list = search->dataset->dimensions[dimension].list;
    int found = 0;
    for (size_t i = 0; list != NULL && strcmp(mtmi_codelist_id(list), "age-group") == 0 && i < 2 && !found; i++) {
        found = lists_code(search, dimension, ages[i][0]) && lists_code(search, dimension, ages[i][1]) &&
                lists_code(search, dimension, ages[i][2]);
    }
    return found;
}

static mtm_status expect(mtmi_absence_search *search, mtm_error *err) {
    int whole = flag_period(search, search->out->period, MTMI_CELL_PRESENT);
    for (size_t i = 0; i < search->n_window && whole; i++) {
        whole = flag_period(search, search->window[i], MTMI_CELL_EXPECTED | MTMI_CELL_KNOWN);
    }
    for (size_t i = 0; i < search->n_shorter && whole; i++) {
        whole = flag_period(search, search->shorter[i], MTMI_CELL_EXPECTED | MTMI_CELL_KNOWN | MTMI_CELL_HARD);
    }
    if (whole && search->out->longer != UINT32_MAX) {
        whole = flag_period(search, search->out->longer, MTMI_CELL_EXPECTED);
    }
    search->out->frame = MTMI_FRAME_CLOSED;
    for (size_t k = 0; k < search->dataset->n_dimensions && whole; k++) {
        const mtmi_dimension *d = &search->dataset->dimensions[k];
        if ((search->history->mask >> k & 1) == 0) {
            continue;
        }
        mtmi_frame frame = d->frame != NULL ? MTMI_FRAME_DECLARED : is_closed(d) ? MTMI_FRAME_CLOSED : MTMI_FRAME_SEEN;
        if (frame != MTMI_FRAME_SEEN) {
            MTMI_CHECK_STATUS(add_framed(search, k, err));
        }
        frame =
            frame == MTMI_FRAME_SEEN && (has_rest(search, k) || has_all_ages(search, k)) ? MTMI_FRAME_CLOSED : frame;
        search->out->frame = frame < search->out->frame ? frame : search->out->frame;
        search->out->complete |= frame != MTMI_FRAME_SEEN ? (uint32_t)1 << k : 0;
    }
    return whole ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status add_gap(mtmi_absence_search *search, uint32_t combination, mtm_error *err) {
    mtmi_gap gap = {combination, MTMI_GAP_OPEN, UINT32_MAX, 0};
    void *table = search->out->gap;
    if (!mtmi_memory_reserve(&table, &search->out->capacity, search->out->n + 1, sizeof gap)) {
        return mtmi_error_memory(err);
    }
    search->out->gap = table;
    mtmi_absence_judge(search, &gap);
    int is_nothing = 0;
    mtm_status status =
        gap.kind != MTMI_GAP_ZERO ? mtmi_absence_is_nothing(search, combination, &is_nothing, err) : MTM_OK;
    if (status != MTM_OK) {
        return status;
    }
    gap.kind = is_nothing ? MTMI_GAP_ZERO : gap.kind;
    search->out->gap[search->out->n++] = gap;
    return MTM_OK;
}

static mtm_status add_fresh(mtmi_absence_search *search, uint32_t combination, mtm_error *err) {
    void *table = search->out->fresh;
    if (!mtmi_memory_reserve(&table, &search->out->fresh_capacity, search->out->n_fresh + 1, sizeof combination)) {
        return mtmi_error_memory(err);
    }
    search->out->fresh = table;
    search->out->fresh[search->out->n_fresh++] = combination;
    return MTM_OK;
}

static mtm_status compare_all(mtmi_absence_search *search, mtm_error *err) {
    const size_t n = search->history->combinations.n;
    for (uint32_t c = 0; c < n && c < search->capacity; c++) {
        const unsigned char flags = search->flags[c];
        if ((flags & MTMI_CELL_PRESENT) != 0) {
            if ((flags & MTMI_CELL_KNOWN) == 0 && search->n_window > 0) {
                MTMI_CHECK_STATUS(add_fresh(search, c, err));
            }
        } else if ((flags & MTMI_CELL_EXPECTED) != 0 && !mtmi_absence_is_elsewhere(search, c)) {
            MTMI_CHECK_STATUS(add_gap(search, c, err));
        }
    }
    return MTM_OK;
}

static mtm_status find_absent(mtmi_absence_search *search, mtm_error *err) {
    MTMI_CHECK_STATUS(list_intervals(search, err));
    MTMI_CHECK_STATUS(expect(search, err));
    return compare_all(search, err);
}

mtm_status mtmi_absence_find(mtmi_history *history, uint32_t period, uint32_t longer, const mtmi_absence **out,
                             mtm_error *err) {
    const mtmi_dataset_index *view = history->view;
    for (const mtmi_absence *known = history->absence[period]; known != NULL; known = known->next) {
        if (known->longer == longer) {
            *out = known;
            return MTM_OK;
        }
    }
    mtmi_absence *absence = mtmi_memory_new(1, sizeof *absence);
    if (absence == NULL) {
        return mtmi_error_memory(err);
    }
    absence->period = period;
    absence->longer = longer;
    mtmi_absence_search search = {.history = history,
                                  .dataset = view->dataset,
                                  .period = view->periods[period],
                                  .out = absence,
                                  .rows = {view->dataset,
                                           view->rows + view->starts[period],
                                           view->starts[period + 1] - view->starts[period],
                                           history->fixed.dimensions,
                                           history->fixed.members,
                                           {{0, 0, 0}},
                                           0}};
    mtm_status status = find_absent(&search, err);
    mtmi_memory_free(search.window);
    mtmi_memory_free(search.shorter);
    mtmi_memory_free(search.flags);
    if (status != MTM_OK) {
        mtmi_memory_free(absence->gap);
        mtmi_memory_free(absence->fresh);
        mtmi_memory_free(absence);
        return status;
    }
    absence->next = history->absence[period];
    *out = history->absence[period] = absence;
    return MTM_OK;
}
