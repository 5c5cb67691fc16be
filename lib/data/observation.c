/* Counts days of a calendar. A day is open where its hours are above 0, shut where they are 0, and not known where there is no
 * figure or no row: what nobody wrote down is no zero. Whole months are counted, from the calendar's first to its last. */
#include "data/observation.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/try.h"
#include "data/builder.h"
#include "period/period.h"

#include <string.h>

#define LIST "observation-state"

enum { OPEN, SHUT, STATES };
static const char *const codes[] = {"OPEN", "SHUT", "NOT_KNOWN"};

/* Days of each point and month by state; those that are not known are the rest of the month. */
typedef struct counting {
    const mtm_dataset *from;
    mtmi_builder *builder;
    mtmi_map points; /* keys: a member a dimension */
    int64_t *days;   /* STATES a month, months a point */
    size_t capacity;
    int32_t first, last; /* days of the calendar */
    size_t n_months;
} counting;

int mtmi_observation_is(const mtm_dataset *dataset) {
    if (strcmp(mtmi_dataset_concept(dataset), "observation") != 0 || strcmp(mtmi_dataset_unit(dataset), "hours") != 0 ||
        dataset->n == 0 || dataset->n_dimensions >= MTMI_DIMENSIONS_MAX) {
        return 0;
    }
    for (size_t i = 0; i < dataset->n; i++) {
        if (dataset->periods[i].first != dataset->periods[i].last) {
            return 0;
        }
    }
    return 1;
}

static int month_number(int32_t day) {
    int year, month, on;
    mtmi_day_split(day, &year, &month, &on);
    return year * 12 + month - 1;
}

static size_t month_of(const counting *at, int32_t day) {
    return (size_t)(month_number(day) - month_number(at->first));
}

static mtm_status count(counting *at, size_t i, mtm_error *err) {
    const mtm_dataset *from = at->from;
    int32_t key[MTMI_DIMENSIONS_MAX] = {0};
    for (size_t d = 0; d < from->n_dimensions; d++) {
        key[d] = from->dimensions[d].codes[i];
    }
    const size_t before = at->points.n, width = at->n_months * STATES;
    const uint32_t point = mtmi_map_add(&at->points, key, sizeof key);
    if (point == MTMI_MAP_NONE ||
        !mtmi_memory_reserve((void **)&at->days, &at->capacity, at->points.n * width, sizeof *at->days)) {
        return mtmi_error_memory(err);
    }
    if (point == before) {
        memset(at->days + point * width, 0, width * sizeof *at->days);
    }
    if (mtmi_dataset_has_value(from, i)) {
        at->days[point * width + month_of(at, from->periods[i].first) * STATES + (from->values[i] > 0 ? OPEN : SHUT)]++;
    }
    return MTM_OK;
}

/* The calendar's own dimensions, and the state behind them. */
static mtm_status add_dimensions(const counting *at, int32_t *states, int32_t *state_dimension, mtm_error *err) {
    const mtm_codelist *list = NULL;
    int32_t dimension, member;
    for (size_t d = 0; d < at->from->n_dimensions; d++) {
        const mtmi_dimension *own = &at->from->dimensions[d];
        MTMI_CHECK_STATUS(mtmi_builder_add_dimension(at->builder, own->name, own->list, &dimension, err));
        for (size_t m = 0; m < own->n_members; m++) {
            const mtmi_member *one = &own->members[m];
            MTMI_CHECK_STATUS(mtmi_builder_add_member(at->builder, dimension, one->kind, one->code, one->index,
                                                      one->label, one->first_line, &member, err));
        }
    }
    MTMI_CHECK_STATUS(mtm_codelist_find(LIST, &list, err));
    MTMI_CHECK_STATUS(mtmi_builder_add_dimension(at->builder, LIST, list, state_dimension, err));
    for (int s = 0; s <= STATES; s++) {
        MTMI_CHECK_STATUS(mtmi_builder_append_member(at->builder, *state_dimension, MTM_MEMBER_CODE, codes[s], s, NULL,
                                                     0, &states[s], err));
    }
    return MTM_OK;
}

static mtm_status add_month(const counting *at, uint32_t point, size_t month, const int32_t *states, int32_t of_state,
                            mtm_error *err) {
    const int number = month_number(at->first) + (int)month;
    const mtm_period period = mtmi_period_of_months(number / 12, number % 12 + 1, 1);
    const int64_t *days = &at->days[(point * at->n_months + month) * STATES];
    int32_t members[MTMI_DIMENSIONS_MAX + 1];
    size_t length;
    memcpy(members, mtmi_map_key(&at->points, point, &length), MTMI_DIMENSIONS_MAX * sizeof *members);
    for (int s = 0; s <= STATES; s++) {
        const int64_t all = period.last - period.first + 1;
        const mtmi_observation one = {period, s < STATES ? days[s] : all - days[OPEN] - days[SHUT], 'A', 1, 1, 0, 0, -1,
                                      members};
        members[of_state] = states[s];
        MTMI_CHECK_STATUS(mtmi_builder_add(at->builder, &one, err));
    }
    return MTM_OK;
}

static mtm_status describe(const counting *at, mtm_error *err) {
    const mtm_dataset *from = at->from;
    mtm_dataset *dataset = mtmi_builder_dataset(at->builder);
    mtmi_buffer name = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&name, from->name);
    mtmi_buffer_text(&name, "-days");
    dataset->name = name.failed ? NULL : mtmi_memory_copy_text(name.data);
    mtmi_buffer_free(&name);
    dataset->concept = mtmi_memory_copy_text(from->concept);
    dataset->unit = mtmi_memory_copy_text("days");
    dataset->file = mtmi_memory_copy_text(from->file);
    dataset->kind = MTM_KIND_FLOW;
    dataset->frequency = MTMI_FREQUENCY_MONTH;
    dataset->confidential = from->confidential;
    dataset->absent = MTMI_ABSENT_NOT_COVERED;
    dataset->methodology_public = from->methodology_public;
    dataset->obtained = from->obtained;
    return dataset->name != NULL && dataset->concept != NULL && dataset->unit != NULL &&
                   (from->file == NULL || dataset->file != NULL) &&
                   mtmi_component_copy(&from->component, &dataset->component) &&
                   mtmi_titles_copy(&from->title, &dataset->title) &&
                   mtmi_source_note_copy(&from->sources[0], &dataset->sources[0])
               ? MTM_OK
               : mtmi_error_memory(err);
}

static mtm_status build(counting *at, mtm_dataset **out, mtm_error *err) {
    int32_t states[STATES + 1], of_state;
    MTMI_CHECK_STATUS(describe(at, err));
    MTMI_CHECK_STATUS(add_dimensions(at, states, &of_state, err));
    for (size_t i = 0; i < at->from->n; i++) {
        MTMI_CHECK_STATUS(count(at, i, err));
    }
    for (uint32_t point = 0; point < at->points.n; point++) {
        for (size_t month = 0; month < at->n_months; month++) {
            MTMI_CHECK_STATUS(add_month(at, point, month, states, of_state, err));
        }
    }
    return mtmi_builder_finish(at->builder, out, err);
}

mtm_status mtmi_observation_days(const mtm_dataset *dataset, mtm_dataset **out, mtm_error *err) {
    counting at = {.from = dataset, .first = INT32_MAX, .last = INT32_MIN};
    *out = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_builder_new(&at.builder, err));
    for (size_t i = 0; i < dataset->n; i++) {
        at.first = dataset->periods[i].first < at.first ? dataset->periods[i].first : at.first;
        at.last = dataset->periods[i].last > at.last ? dataset->periods[i].last : at.last;
    }
    at.n_months = month_of(&at, at.last) + 1;
    MTMI_TRY(build(&at, out, err));
out:
    mtmi_builder_free(at.builder);
    mtmi_map_free(&at.points);
    mtmi_memory_free(at.days);
    return status;
}

int mtmi_observation_is_days(const mtm_dataset *dataset) {
    return strcmp(mtmi_dataset_concept(dataset), "observation") == 0 &&
           strcmp(mtmi_dataset_unit(dataset), "days") == 0 && mtmi_dataset_find_dimension(dataset, LIST) >= 0;
}

/* Days of the point of an observation in a period, by state. */
static void days_of(const mtm_dataset *days, size_t like, mtm_period period, int64_t out[STATES + 1]) {
    const int state = mtmi_dataset_find_dimension(days, LIST);
    memset(out, 0, (STATES + 1) * sizeof *out);
    for (size_t i = 0; i < days->n; i++) {
        int same = mtmi_period_contains(period, days->periods[i]);
        for (size_t d = 0; same && d < days->n_dimensions; d++) {
            same = (int)d == state || days->dimensions[d].codes[i] == days->dimensions[d].codes[like];
        }
        if (same) {
            const mtmi_dimension *dimension = &days->dimensions[state];
            const int32_t index = dimension->members[dimension->codes[i]].index;
            out[index >= 0 && index <= STATES ? index : STATES] += days->values[i];
        }
    }
}

int mtmi_observation_compares(const mtm_dataset *days, mtm_period a, mtm_period b) {
    for (size_t i = 0; i < days->n; i++) {
        int64_t one[STATES + 1], other[STATES + 1];
        if (days->periods[i].first != days->periods[0].first) {
            continue; /* each point once */
        }
        days_of(days, i, a, one);
        days_of(days, i, b, other);
        const int always = one[SHUT] + other[SHUT] == 0 && one[OPEN] > 0 && other[OPEN] > 0;
        if (one[STATES] + other[STATES] > 0 || (one[OPEN] != other[OPEN] && !always)) {
            return 0;
        }
    }
    return days->n > 0;
}

void mtmi_observation_count(const mtm_dataset *days, mtm_period period, int64_t out[STATES + 1]) {
    const mtmi_dimension *dimension = &days->dimensions[mtmi_dataset_find_dimension(days, LIST)];
    memset(out, 0, (STATES + 1) * sizeof *out);
    for (size_t i = 0; i < days->n; i++) {
        const int32_t index = dimension->members[dimension->codes[i]].index;
        if (mtmi_period_contains(period, days->periods[i])) {
            out[index >= 0 && index <= STATES ? index : STATES] += days->values[i];
        }
    }
}

int mtmi_observation_points(const mtm_dataset *days) {
    int found = -1;
    for (size_t d = 0; d < days->n_dimensions; d++) {
        if (strcmp(days->dimensions[d].name, LIST) != 0) {
            if (found >= 0) {
                return -1;
            }
            found = (int)d;
        }
    }
    return found;
}

void mtmi_observation_count_point(const mtm_dataset *days, int dimension, int32_t point, mtm_period period,
                                  int64_t out[STATES + 1]) {
    const mtmi_dimension *d = &days->dimensions[mtmi_dataset_find_dimension(days, LIST)];
    memset(out, 0, (STATES + 1) * sizeof *out);
    for (size_t i = 0; i < days->n; i++) {
        const int32_t index = d->members[d->codes[i]].index;
        if (days->dimensions[dimension].codes[i] == point && mtmi_period_contains(period, days->periods[i])) {
            out[index >= 0 && index <= STATES ? index : STATES] += days->values[i];
        }
    }
}

int mtmi_observation_has_points(const mtm_dataset *days, const mtm_dataset *movements) {
    const int own = mtmi_observation_points(days);
    const int other = own >= 0 ? mtmi_dataset_find_dimension(movements, days->dimensions[own].name) : -1;
    for (size_t m = 0; other >= 0 && m < movements->dimensions[other].n_members; m++) {
        const mtmi_member *member = &movements->dimensions[other].members[m];
        const int is_point = member->kind == MTM_MEMBER_CODE || member->kind == MTM_MEMBER_UNCLASSIFIED;
        if (is_point && mtmi_dataset_find_member(days, own, member->code) < 0) {
            return 0;
        }
    }
    return 1;
}
