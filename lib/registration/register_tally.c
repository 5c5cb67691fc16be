/* Counts stays. A stay adds one where it begins and takes one away where it ends; in between a person may grow into the next
 * band of ages. */
#include "registration/register_tally.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "period/period.h"
#include "tabulate/scan/dates.h"

#include <string.h>

#define FIRST_DAY mtmi_day_from(MTMI_DATES_FIRST_YEAR, 1, 1)

static int is_person_axis(const mtmi_axis *axis) {
    return axis->kind == MTMI_AXIS_AGE || strcmp(axis->name, "sex") == 0;
}

static mtm_status start_set(mtmi_stay_tally *tally, unsigned at, mtm_error *err) {
    const mtmi_spec *spec = tally->spec;
    mtmi_tally_set *set = &tally->sets[at];
    set->grouping = &spec->groupings[at];
    set->calendar = &tally->calendars[set->grouping->axes[0]];
    set->households = tally->registry->has_households;
    for (unsigned i = 1; i < set->grouping->n_axes; i++) {
        const mtmi_axis *axis = &spec->axes[set->grouping->axes[i]];
        set->by_age |= axis->kind == MTMI_AXIS_AGE;
        set->households &= !is_person_axis(axis);
    }
    set->cell_of = mtmi_memory_new((tally->registry->combinations.n + 1) * (set->by_age ? spec->n_bands + 1 : 1),
                                   sizeof *set->cell_of);
    set->all_houses = mtmi_memory_new(set->calendar->n + 1, sizeof *set->all_houses);
    return set->cell_of != NULL && set->all_houses != NULL ? MTM_OK : mtmi_error_memory(err);
}

mtm_status mtmi_tally_start(mtmi_stay_tally *tally, const mtmi_registry *registry, const mtmi_spec *spec,
                            uint64_t max_cells, mtm_error *err) {
    memset(tally, 0, sizeof *tally);
    tally->registry = registry;
    tally->spec = spec;
    tally->max_cells = max_cells;
    tally->calendars = mtmi_memory_new(spec->n_periods + 1, sizeof *tally->calendars);
    tally->sets = mtmi_memory_new(spec->n_groupings, sizeof *tally->sets);
    tally->members = mtmi_memory_new(registry->n_labels + 1, sizeof *tally->members);
    if (tally->calendars == NULL || tally->sets == NULL || tally->members == NULL) {
        return mtmi_error_memory(err);
    }
    for (unsigned i = 0; i < spec->n_periods; i++) {
        if (!mtmi_calendar_start(&tally->calendars[i], registry->first, registry->last, spec->axes[i].months)) {
            return mtmi_error_memory(err);
        }
    }
    for (unsigned i = 0; i < spec->n_groupings; i++) {
        MTMI_CHECK_STATUS(start_set(tally, i, err));
    }
    return MTM_OK;
}

static void free_rows(int64_t **rows, size_t n) {
    for (size_t i = 0; rows != NULL && i < n; i++) {
        mtmi_memory_free(rows[i]);
    }
    mtmi_memory_free(rows);
}

void mtmi_tally_free(mtmi_stay_tally *tally) {
    for (unsigned i = 0; tally->sets != NULL && i < tally->spec->n_groupings; i++) {
        mtmi_tally_set *set = &tally->sets[i];
        free_rows(set->rows, set->cells.n);
        free_rows(set->houses, set->house_cells.n);
        mtmi_map_free(&set->cells);
        mtmi_map_free(&set->house_cells);
        mtmi_memory_free(set->cell_of);
        mtmi_memory_free(set->all_houses);
    }
    for (unsigned i = 0; tally->calendars != NULL && i < tally->spec->n_periods; i++) {
        mtmi_calendar_free(&tally->calendars[i]);
    }
    mtmi_memory_free(tally->calendars);
    mtmi_memory_free(tally->sets);
    mtmi_memory_free(tally->members);
    memset(tally, 0, sizeof *tally);
}

/* ---- cells ---- */

/* A cell of a map, made with its row of numbers where it is new. NULL when there is no room; the status says so. */
static int64_t *row_of(mtmi_stay_tally *tally, const mtmi_tally_set *set, mtmi_map *cells, int64_t ***rows,
                       size_t *capacity, size_t width, const uint32_t *key, uint32_t *number) {
    const size_t before = cells->n, n_axes = set->grouping->n_axes;
    *number = mtmi_map_find(cells, key, n_axes * sizeof *key);
    if (*number != MTMI_MAP_NONE) {
        return (*rows)[*number];
    }
    if ((before + 1) * (set->calendar->n + 1) > tally->max_cells) {
        tally->status =
            mtmi_error_set(&tally->error, MTM_ERROR_LIMIT, 0, (mtmi_place){set->grouping->name, 0, 0},
                           "more than %llu combinations; group by fewer dimensions, by longer periods or by "
                           "coarser labels, or raise max_cells",
                           (unsigned long long)tally->max_cells);
        return NULL;
    }
    if (mtmi_memory_reserve((void **)rows, capacity, before + 1, sizeof **rows)) {
        int64_t *row = mtmi_memory_new((set->calendar->n + 1) * width, sizeof *row);
        *number = row == NULL ? MTMI_MAP_NONE : mtmi_map_add(cells, key, n_axes * sizeof *key);
        if (*number == MTMI_MAP_NONE) {
            mtmi_memory_free(row);
        } else {
            (*rows)[*number] = row;
        }
    }
    if (*number == MTMI_MAP_NONE) {
        tally->status = mtmi_error_memory(&tally->error);
        return NULL;
    }
    return (*rows)[*number];
}

/* The members of a combination on the axes of a grouping. */
static void key_of(mtmi_stay_tally *tally, const mtmi_tally_set *set, uint32_t combination, unsigned band,
                   uint32_t *key) {
    const mtmi_spec *spec = tally->spec;
    mtmi_registry_members(tally->registry, combination, tally->members);
    key[0] = 0;
    for (unsigned i = 1; i < set->grouping->n_axes; i++) {
        const unsigned axis = set->grouping->axes[i];
        key[i] = spec->axes[axis].kind == MTMI_AXIS_AGE ? band : tally->members[axis - spec->n_periods];
    }
}

/* The numbers of a combination, MTMI_EVENTS a granule. NULL when counting stopped. */
static int64_t *cell(mtmi_stay_tally *tally, mtmi_tally_set *set, uint32_t combination, unsigned band) {
    const size_t at = set->by_age ? (size_t)combination * (tally->spec->n_bands + 1) + band : combination;
    uint32_t key[MTMI_GRID_AXES], number;
    if (set->cell_of[at] == 0) {
        key_of(tally, set, combination, band, key);
        if (row_of(tally, set, &set->cells, &set->rows, &set->rows_capacity, MTMI_EVENTS, key, &number) == NULL) {
            return NULL;
        }
        set->cell_of[at] = number + 1;
    }
    return set->rows[set->cell_of[at] - 1];
}

static void count(mtmi_stay_tally *tally, mtmi_tally_set *set, const mtmi_stay *stay, unsigned band, uint32_t granule,
                  unsigned event, int64_t by) {
    int64_t *row = cell(tally, set, stay->combination, band);
    if (row != NULL) {
        row[granule * (size_t)MTMI_EVENTS + event] += by;
    }
}

/* ---- ages ---- */

unsigned mtmi_tally_band(const mtmi_spec *spec, int32_t birth, int32_t day) {
    int year, month, on, years;
    unsigned band = spec->n_bands;
    if (birth == MTMI_UNBORN) {
        return spec->n_bands;
    }
    mtmi_day_split(day, &year, &month, &on);
    if (birth < MTMI_BIRTH_DAYS) {
        years = year - birth;
    } else {
        int born, in_month, on_day;
        mtmi_day_split(birth - MTMI_BIRTH_DAYS + FIRST_DAY, &born, &in_month, &on_day);
        years = year - born - (month < in_month || (month == in_month && on < on_day));
    }
    if (years < 0) {
        return spec->n_bands;
    }
    while (band > 1 && spec->bands[band - 1] > years) {
        band--;
    }
    return band - 1;
}

/* ---- persons ---- */

/* Those present: more where the stay begins, fewer where it ends, and from band to band in between. */
static void count_presence(mtmi_stay_tally *tally, mtmi_tally_set *set, const mtmi_stay *stay) {
    const mtmi_calendar *calendar = set->calendar;
    const uint32_t from = mtmi_calendar_at(calendar, stay->start);
    const uint32_t to = stay->end == MTMI_NEVER ? (uint32_t)calendar->n : mtmi_calendar_at(calendar, stay->end);
    unsigned band = 0;
    if (set->by_age) {
        band = mtmi_tally_band(tally->spec, stay->birth, mtmi_calendar_day(calendar, from));
    }
    count(tally, set, stay, band, from, MTMI_CHANGE, 1);
    for (uint32_t g = from + 1; set->by_age && g < to && tally->status == MTM_OK; g++) {
        const unsigned next = mtmi_tally_band(tally->spec, stay->birth, mtmi_calendar_day(calendar, g));
        if (next != band) {
            count(tally, set, stay, band, g, MTMI_CHANGE, -1);
            count(tally, set, stay, next, g, MTMI_CHANGE, 1);
            band = next;
        }
    }
    if (to < calendar->n) {
        count(tally, set, stay, band, to, MTMI_CHANGE, -1);
    }
}

static void count_event(mtmi_stay_tally *tally, mtmi_tally_set *set, const mtmi_stay *stay, int32_t day,
                        unsigned event) {
    const unsigned band = set->by_age ? mtmi_tally_band(tally->spec, stay->birth, day) : 0;
    count(tally, set, stay, band, mtmi_calendar_at(set->calendar, day), event, 1);
}

/* Whether a transfer is seen in a grouping. */
static int is_move(mtmi_stay_tally *tally, mtmi_tally_set *set, const mtmi_stay *from, const mtmi_stay *to) {
    if (from->combination == to->combination) {
        return 0;
    }
    const unsigned a = set->by_age ? mtmi_tally_band(tally->spec, from->birth, to->start) : 0;
    const unsigned b = set->by_age ? mtmi_tally_band(tally->spec, to->birth, to->start) : 0;
    return cell(tally, set, from->combination, a) != cell(tally, set, to->combination, b);
}

static void count_stay(mtmi_stay_tally *tally, mtmi_tally_set *set, const mtmi_stay *stays, size_t i, size_t n) {
    const mtmi_stay *stay = &stays[i];
    const int comes = i > 0 && stays[i - 1].end == stay->start;
    const int goes = i + 1 < n && stay->end == stays[i + 1].start;
    count_presence(tally, set, stay);
    if (!comes) {
        count_event(tally, set, stay, stay->start, MTMI_ENTERED);
    } else if (tally->status == MTM_OK && is_move(tally, set, &stays[i - 1], stay)) {
        count_event(tally, set, &stays[i - 1], stay->start, MTMI_MOVED_OUT);
        count_event(tally, set, stay, stay->start, MTMI_MOVED_IN);
    }
    if (!goes && stay->end != MTMI_NEVER) {
        count_event(tally, set, stay, stay->end, MTMI_LEFT);
    }
}

void mtmi_tally_person(mtmi_stay_tally *tally, const mtmi_stay *stays, size_t n) {
    for (unsigned s = 0; s < tally->spec->n_groupings; s++) {
        for (size_t i = 0; i < n && tally->status == MTM_OK; i++) {
            count_stay(tally, &tally->sets[s], stays, i, n);
        }
    }
}

/* ---- households ---- */

static int compare_stays(const void *context, const void *a, const void *b) {
    const mtmi_stay *one = a, *other = b;
    (void)context;
    return one->start != other->start ? (one->start < other->start ? -1 : 1) : 0;
}

/* The union of the stays that are of one cell: `of` tells which. */
static void count_union(const mtmi_tally_set *set, const mtmi_stay *stays, const uint32_t *person, uint32_t which,
                        size_t n, int64_t *row) {
    const mtmi_calendar *calendar = set->calendar;
    int32_t end = INT32_MIN;
    for (size_t i = 0; i < n; i++) {
        if ((person != NULL && person[i] != which) || stays[i].start == stays[i].end) {
            continue;
        }
        if (end == INT32_MIN || stays[i].start > end) { /* the household is away between them */
            if (end != INT32_MIN) {
                row[mtmi_calendar_at(calendar, end)]--;
            }
            row[mtmi_calendar_at(calendar, stays[i].start)]++;
            end = stays[i].end;
        }
        end = stays[i].end > end ? stays[i].end : end;
    }
    if (end != INT32_MIN && end != MTMI_NEVER) {
        row[mtmi_calendar_at(calendar, end)]--;
    }
}

static int sort_stays(mtmi_stay *stays, size_t n) {
    if (n > 32) {
        return mtmi_sort(stays, n, sizeof *stays, compare_stays, NULL);
    }
    for (size_t i = 1; i < n; i++) {
        const mtmi_stay moved = stays[i];
        size_t k = i;
        for (; k > 0 && stays[k - 1].start > moved.start; k--) {
            stays[k] = stays[k - 1];
        }
        stays[k] = moved;
    }
    return 1;
}

static int is_first(const uint32_t *person, size_t i) {
    for (size_t k = 0; k < i; k++) {
        if (person[k] == person[i]) {
            return 0;
        }
    }
    return 1;
}

static void count_household(mtmi_stay_tally *tally, mtmi_tally_set *set, const mtmi_stay *stays, uint32_t *person,
                            size_t n) {
    uint32_t key[MTMI_GRID_AXES];
    count_union(set, stays, NULL, 0, n, set->all_houses);
    for (size_t i = 0; i < n; i++) {
        key_of(tally, set, stays[i].combination, 0, key);
        if (row_of(tally, set, &set->house_cells, &set->houses, &set->houses_capacity, 1, key, &person[i]) == NULL) {
            return;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (is_first(person, i)) {
            count_union(set, stays, person, person[i], n, set->houses[person[i]]);
        }
    }
}

void mtmi_tally_household(mtmi_stay_tally *tally, mtmi_stay *stays, size_t n) {
    uint32_t few[64], *of = n <= 64 ? few : mtmi_memory_new(n, sizeof *of);
    if (of == NULL || !sort_stays(stays, n)) {
        tally->status = mtmi_error_memory(&tally->error);
    }
    for (unsigned s = 0; s < tally->spec->n_groupings && tally->status == MTM_OK; s++) {
        if (tally->sets[s].households) {
            count_household(tally, &tally->sets[s], stays, of, n);
        }
    }
    if (of != few) {
        mtmi_memory_free(of);
    }
}

/* ---- uniting ---- */

static mtm_status add_rows(mtmi_stay_tally *tally, mtmi_tally_set *set, mtmi_map *cells, int64_t ***rows,
                           size_t *capacity, size_t width, const mtmi_map *other, int64_t *const *theirs) {
    for (uint32_t c = 0; c < other->n; c++) {
        uint32_t key[MTMI_GRID_AXES], number;
        size_t length;
        memcpy(key, mtmi_map_key(other, c, &length), set->grouping->n_axes * sizeof key[0]);
        int64_t *row = row_of(tally, set, cells, rows, capacity, width, key, &number);
        if (row == NULL) {
            return tally->status;
        }
        for (size_t i = 0; i < set->calendar->n * width; i++) {
            row[i] += theirs[c][i];
        }
    }
    return MTM_OK;
}

mtm_status mtmi_tally_add(mtmi_stay_tally *tally, const mtmi_stay_tally *other, mtm_error *err) {
    mtm_status status = MTM_OK;
    for (unsigned s = 0; s < tally->spec->n_groupings; s++) {
        mtmi_tally_set *set = &tally->sets[s];
        const mtmi_tally_set *from = &other->sets[s];
        MTMI_TRY(
            add_rows(tally, set, &set->cells, &set->rows, &set->rows_capacity, MTMI_EVENTS, &from->cells, from->rows));
        MTMI_TRY(add_rows(tally, set, &set->house_cells, &set->houses, &set->houses_capacity, 1, &from->house_cells,
                          from->houses));
        for (size_t i = 0; i < set->calendar->n; i++) {
            set->all_houses[i] += from->all_houses[i];
        }
    }
out:
    if (status != MTM_OK && err != NULL) {
        *err = tally->error;
    }
    return status;
}
