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

static mtm_status list_intervals(mtmi_absence_search *of, mtm_error *err) {
    const mtmi_dataset_index *view = of->history->view;
    const int32_t from = months_before(of->period.last, MONTHS_BACK);
    const mtm_period before = mtm_period_year_before(of->period);
    of->window = mtmi_memory_new(view->n_periods, sizeof *of->window);
    of->shorter = mtmi_memory_new(view->n_periods, sizeof *of->shorter);
    if (of->window == NULL || of->shorter == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t q = 0; q < view->n_periods; q++) {
        mtm_period at = view->periods[q];
        if (q == of->out->period || of->history->starts[q] == of->history->starts[q + 1]) {
            continue;
        }
        if (at.last <= of->period.last && at.first > from && mtmi_same_length(at, of->period)) {
            of->window[of->n_window++] = (uint32_t)q;
            of->has_season |= is_same_season(at, of->period, before);
        } else if (of->dataset->cumulative && at.first == of->period.first && at.last < of->period.last) {
            of->shorter[of->n_shorter++] = (uint32_t)q;
        }
    }
    of->out->intervals = (int32_t)of->n_window;
    return MTM_OK;
}

/* ---- what is expected ---- */

static int flag(mtmi_absence_search *of, uint32_t combination, unsigned char flags) {
    void *table = of->flags;
    size_t before = of->capacity;
    if (combination >= of->capacity) {
        if (!mtmi_memory_reserve(&table, &of->capacity, (size_t)combination + 1, 1)) {
            return 0;
        }
        of->flags = table;
        memset(of->flags + before, 0, of->capacity - before);
    }
    of->flags[combination] |= flags;
    return 1;
}

static int has_release(const mtmi_absence_search *of, int32_t release) {
    const mtmi_history *history = of->history;
    for (size_t i = history->starts[of->out->period]; i < history->starts[of->out->period + 1]; i++) {
        if (of->dataset->release_of[history->entry[i].row] == release) {
            return 1;
        }
    }
    return 0;
}

static int flag_period(mtmi_absence_search *of, uint32_t period, unsigned char flags) {
    const mtmi_history *history = of->history;
    const size_t start = history->starts[period], end = history->starts[period + 1];
    if (end > start && !flag(of, history->entry[end - 1].combination, 0)) { /* the last one has the highest number */
        return 0;
    }
    for (size_t i = start; i < end; i++) {
        const mtmi_entry *entry = &history->entry[i];
        unsigned char more = flags;
        if (of->dataset->statuses[entry->row] == 'M' && (flags & MTMI_CELL_PRESENT) == 0) {
            continue; /* what cannot be is not expected */
        }
        if ((flags & MTMI_CELL_HARD) != 0 && !has_release(of, of->dataset->release_of[entry->row])) {
            more &= (unsigned char)~MTMI_CELL_HARD;
        }
        of->flags[entry->combination] |= more;
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
static mtm_status add_framed(mtmi_absence_search *of, size_t dimension, mtm_error *err) {
    const size_t n = of->history->combinations.n;
    for (uint32_t c = 0; c < n; c++) {
        int counts = c < of->capacity && (of->flags[c] & (MTMI_CELL_PRESENT | MTMI_CELL_EXPECTED)) != 0;
        for (size_t i = 0; counts && mtmi_absence_is_code(of->history, c, dimension); i++) {
            int32_t member = framed_member(of->dataset, dimension, i);
            if (member == INT32_MIN) {
                break;
            }
            uint32_t other = member == -1 ? c : mtmi_absence_with_member(of->history, c, dimension, member);
            if (other == MTMI_MAP_NONE || !flag(of, other, MTMI_CELL_EXPECTED)) {
                return mtmi_error_memory(err);
            }
        }
    }
    return MTM_OK;
}

/* Those listed and the others are all. */
static int has_rest(const mtmi_absence_search *of, size_t dimension) {
    const mtmi_history *history = of->history;
    for (size_t i = history->starts[of->out->period]; i < history->starts[of->out->period + 1]; i++) {
        int32_t member = mtmi_history_member(history, history->entry[i].combination, dimension);
        if (of->dataset->dimensions[dimension].members[member].kind == MTM_MEMBER_OTHER) {
            return 1;
        }
    }
    return 0;
}

static int lists_code(const mtmi_absence_search *of, size_t dimension, const char *code) {
    const mtmi_history *history = of->history;
    const int32_t wanted = mtmi_dataset_find_member(of->dataset, (int)dimension, code);
    for (size_t i = history->starts[of->out->period]; wanted >= 0 && i < history->starts[of->out->period + 1]; i++) {
        if (mtmi_history_member(history, history->entry[i].combination, dimension) == wanted) {
            return 1;
        }
    }
    return 0;
}

/* Ages that follow each other from birth to the oldest. */
static int has_all_ages(const mtmi_absence_search *of, size_t dimension) {
    static const char *const ages[][3] = {{"Y0T15", "WORKING", "OVER"}, {"Y0T14", "Y15T64", "Y_GE65"}};
    const mtm_codelist *list = of->dataset->dimensions[dimension].list;
    int found = 0;
    for (size_t i = 0; list != NULL && strcmp(mtmi_codelist_id(list), "age-group") == 0 && i < 2 && !found; i++) {
        found = lists_code(of, dimension, ages[i][0]) && lists_code(of, dimension, ages[i][1]) &&
                lists_code(of, dimension, ages[i][2]);
    }
    return found;
}

static mtm_status expect(mtmi_absence_search *of, mtm_error *err) {
    int whole = flag_period(of, of->out->period, MTMI_CELL_PRESENT);
    for (size_t i = 0; i < of->n_window && whole; i++) {
        whole = flag_period(of, of->window[i], MTMI_CELL_EXPECTED | MTMI_CELL_KNOWN);
    }
    for (size_t i = 0; i < of->n_shorter && whole; i++) {
        whole = flag_period(of, of->shorter[i], MTMI_CELL_EXPECTED | MTMI_CELL_KNOWN | MTMI_CELL_HARD);
    }
    if (whole && of->out->longer != UINT32_MAX) {
        whole = flag_period(of, of->out->longer, MTMI_CELL_EXPECTED);
    }
    of->out->frame = MTMI_FRAME_CLOSED;
    for (size_t k = 0; k < of->dataset->n_dimensions && whole; k++) {
        const mtmi_dimension *d = &of->dataset->dimensions[k];
        if ((of->history->mask >> k & 1) == 0) {
            continue;
        }
        mtmi_frame frame = d->frame != NULL ? MTMI_FRAME_DECLARED : is_closed(d) ? MTMI_FRAME_CLOSED : MTMI_FRAME_SEEN;
        if (frame != MTMI_FRAME_SEEN) {
            MTMI_CHECK_STATUS(add_framed(of, k, err));
        }
        frame = frame == MTMI_FRAME_SEEN && (has_rest(of, k) || has_all_ages(of, k)) ? MTMI_FRAME_CLOSED : frame;
        of->out->frame = frame < of->out->frame ? frame : of->out->frame;
        of->out->complete |= frame != MTMI_FRAME_SEEN ? (uint32_t)1 << k : 0;
    }
    return whole ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status add_gap(mtmi_absence_search *of, uint32_t combination, mtm_error *err) {
    mtmi_gap gap = {combination, MTMI_GAP_OPEN, UINT32_MAX, 0};
    void *table = of->out->gap;
    if (!mtmi_memory_reserve(&table, &of->out->capacity, of->out->n + 1, sizeof gap)) {
        return mtmi_error_memory(err);
    }
    of->out->gap = table;
    mtmi_absence_judge(of, &gap);
    int is_nothing = 0;
    mtm_status status = gap.kind != MTMI_GAP_ZERO ? mtmi_absence_is_nothing(of, combination, &is_nothing, err) : MTM_OK;
    if (status != MTM_OK) {
        return status;
    }
    gap.kind = is_nothing ? MTMI_GAP_ZERO : gap.kind;
    of->out->gap[of->out->n++] = gap;
    return MTM_OK;
}

static mtm_status add_fresh(mtmi_absence_search *of, uint32_t combination, mtm_error *err) {
    void *table = of->out->fresh;
    if (!mtmi_memory_reserve(&table, &of->out->fresh_capacity, of->out->n_fresh + 1, sizeof combination)) {
        return mtmi_error_memory(err);
    }
    of->out->fresh = table;
    of->out->fresh[of->out->n_fresh++] = combination;
    return MTM_OK;
}

static mtm_status compare_all(mtmi_absence_search *of, mtm_error *err) {
    const size_t n = of->history->combinations.n;
    for (uint32_t c = 0; c < n && c < of->capacity; c++) {
        const unsigned char flags = of->flags[c];
        if ((flags & MTMI_CELL_PRESENT) != 0) {
            if ((flags & MTMI_CELL_KNOWN) == 0 && of->n_window > 0) {
                MTMI_CHECK_STATUS(add_fresh(of, c, err));
            }
        } else if ((flags & MTMI_CELL_EXPECTED) != 0 && !mtmi_absence_is_elsewhere(of, c)) {
            MTMI_CHECK_STATUS(add_gap(of, c, err));
        }
    }
    return MTM_OK;
}

static mtm_status find_absent(mtmi_absence_search *of, mtm_error *err) {
    MTMI_CHECK_STATUS(list_intervals(of, err));
    MTMI_CHECK_STATUS(expect(of, err));
    return compare_all(of, err);
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
    mtmi_absence_search of = {.history = history,
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
    mtm_status status = find_absent(&of, err);
    mtmi_memory_free(of.window);
    mtmi_memory_free(of.shorter);
    mtmi_memory_free(of.flags);
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
