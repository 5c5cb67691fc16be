/* Counts rows by combinations of members. Everything since the last commit can be dropped. */
#include "tabulate/counter.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "period/period.h"
#include "tabulate/member.h"

#define YEARS (MTMI_DATES_LAST_YEAR - MTMI_DATES_FIRST_YEAR + 1)
#define DAYS_A_YEAR 372
#define MONTHS (YEARS * 12)

static size_t granules(int months) {
    return (size_t)(months <= 0 ? YEARS * DAYS_A_YEAR : MONTHS);
}

static mtm_status start_axes(mtmi_counter *counter, const mtmi_spec *spec, mtm_error *err) {
    unsigned i;
    for (i = 0; i < spec->n_periods; i++) {
        counter->axes[i].ordinals = mtmi_memory_new(granules(spec->axes[i].months), sizeof(uint32_t));
        if (counter->axes[i].ordinals == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

static mtm_status start_grids(mtmi_counter *counter, const mtmi_spec *spec, mtm_error *err) {
    unsigned i;
    for (i = 0; i < spec->n_groupings; i++) {
        const mtmi_grouping *grouping = &spec->groupings[i];
        unsigned n_sums = grouping->sum >= 0 || counter->table->weighted ? MTMI_GRID_SUMS : 0;
        if (!mtmi_grid_start(&counter->grids[i], grouping->axes, grouping->n_axes, n_sums)) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

void mtmi_counter_refresh(mtmi_counter *counter, unsigned used) {
    mtmi_hot_column *hot = &counter->hot_columns[used];
    hot->shorts = counter->cells[used].shorts;
    hot->short_mask = counter->cells[used].short_mask;
    hot->slots = counter->cells[used].slots;
    hot->shift = counter->cells[used].shift;
}

/* Labels, one period by months or longer, perhaps a year of birth: what microdata mostly are. */
static int is_lean(mtmi_counter *counter) {
    const mtmi_count_table *table = counter->table;
    unsigned i = 0;
    if (table->spec->resource->dialect.comment != NULL || table->slow || table->registry != NULL) {
        return 0;
    }
    while (i < table->n_used && table->used[i].use == MTMI_USE_LABEL) {
        i++;
    }
    counter->n_labels = i;
    if (i == table->n_used || table->used[i++].use != MTMI_USE_PERIOD) {
        return 0;
    }
    if (i < table->n_used && table->used[i++].use != MTMI_USE_BIRTH_YEAR) {
        return 0;
    }
    return i == table->n_used && table->spec->n_periods == 1 && table->spec->axes[0].months != 0;
}

static void start_hot_columns(mtmi_counter *counter) {
    unsigned i;
    for (i = 0; i < counter->table->n_used; i++) {
        counter->hot_columns[i].position = counter->table->used[i].position;
        counter->hot_columns[i].use = counter->table->used[i].use;
        counter->hot_columns[i].axis = counter->table->used[i].axis;
        mtmi_counter_refresh(counter, i);
    }
    counter->lean = is_lean(counter);
}

static mtmi_hot_grid hot_grid(const mtmi_grid *grid) {
    mtmi_hot_grid hot = {grid->pending, {grid->axes[0], 0, 0}, {0, 0}};
    unsigned i;
    for (i = 1; i < grid->n_axes; i++) {
        hot.axes[i] = grid->axes[i];
        hot.strides[i - 1] = grid->strides[i];
    }
    return hot;
}

static int is_hot(const mtmi_grid *grid, unsigned least, unsigned most) {
    return grid->dense && grid->n_sums == 0 && grid->n_axes >= least && grid->n_axes <= most;
}

/* Sorts the groupings into those that the hot path counts and the others. */
static void sort_grids(mtmi_counter *counter) {
    unsigned i, n = counter->table->spec->n_groupings;
    counter->n_hot = counter->n_cold = 0;
    for (i = 0; i < n; i++) {
        if (is_hot(&counter->grids[i], 1, 2)) {
            counter->hot_grids[counter->n_hot++] = hot_grid(&counter->grids[i]);
        }
    }
    counter->pairs_end = counter->hot_grids + counter->n_hot;
    for (i = 0; i < n; i++) {
        if (is_hot(&counter->grids[i], 3, 3)) {
            counter->hot_grids[counter->n_hot++] = hot_grid(&counter->grids[i]);
        }
    }
    counter->hot_end = counter->hot_grids + counter->n_hot;
    for (i = 0; i < n; i++) {
        if (!is_hot(&counter->grids[i], 1, 3)) {
            counter->cold[counter->n_cold++] = i;
        }
    }
}

mtm_status mtmi_counter_start(mtmi_counter *counter, const mtmi_count_table *table, mtm_error *err) {
    const mtmi_spec *spec = table->spec;
    unsigned i;
    memset(counter, 0, sizeof *counter);
    counter->table = table;
    counter->cells = mtmi_memory_new(table->n_used + 1, sizeof counter->cells[0]);
    counter->axes = mtmi_memory_new(spec->n_axes + 1, sizeof counter->axes[0]);
    counter->grids = mtmi_memory_new(spec->n_groupings, sizeof counter->grids[0]);
    counter->hot_columns = mtmi_memory_new(table->n_used + 1, sizeof counter->hot_columns[0]);
    counter->hot_grids = mtmi_memory_new(spec->n_groupings, sizeof counter->hot_grids[0]);
    counter->cold = mtmi_memory_new(spec->n_groupings, sizeof counter->cold[0]);
    counter->numbers = mtmi_memory_new(spec->n_axes + 1 /* for what nobody asks */, sizeof counter->numbers[0]);
    counter->sums = mtmi_memory_new(spec->n_sums + 1, sizeof counter->sums[0]);
    counter->decimals = mtmi_memory_new(spec->n_sums + 1, sizeof counter->decimals[0]);
    counter->pending_decimals = mtmi_memory_new(spec->n_sums + 1, sizeof counter->pending_decimals[0]);
    if (counter->cells == NULL || counter->axes == NULL || counter->grids == NULL || counter->numbers == NULL ||
        counter->sums == NULL || counter->decimals == NULL || counter->pending_decimals == NULL ||
        counter->hot_columns == NULL || counter->hot_grids == NULL || counter->cold == NULL) {
        return mtmi_error_memory(err);
    }
    for (i = 0; i < table->n_used; i++) {
        if (!mtmi_cell_cache_start(&counter->cells[i])) {
            return mtmi_error_memory(err);
        }
    }
    MTMI_CHECK_STATUS(start_axes(counter, spec, err));
    if (table->registry != NULL) {
        counter->intake = mtmi_memory_new(1, sizeof *counter->intake);
        MTMI_CHECK_STATUS(counter->intake == NULL ? mtmi_error_memory(err)
                                                  : mtmi_intake_start(counter->intake, table->registry,
                                                                      &table->registry_columns, table->n_threads, err));
    }
    MTMI_CHECK_STATUS(start_grids(counter, spec, err));
    start_hot_columns(counter);
    sort_grids(counter);
    return MTM_OK;
}

void mtmi_counter_free(mtmi_counter *counter) {
    unsigned i;
    if (counter->table == NULL) {
        return;
    }
    for (i = 0; counter->cells != NULL && i < counter->table->n_used; i++) {
        mtmi_cell_cache_free(&counter->cells[i]);
    }
    for (i = 0; counter->axes != NULL && i < counter->table->spec->n_axes; i++) {
        mtmi_map_free(&counter->axes[i].members);
        mtmi_memory_free(counter->axes[i].firsts);
        mtmi_memory_free(counter->axes[i].ordinals);
    }
    for (i = 0; counter->grids != NULL && i < counter->table->spec->n_groupings; i++) {
        mtmi_grid_free(&counter->grids[i]);
    }
    if (counter->intake != NULL) {
        mtmi_intake_free(counter->intake);
        mtmi_memory_free(counter->intake);
    }
    mtmi_refusals_free(&counter->refusals);
    mtmi_memory_free(counter->periods);
    mtmi_memory_free(counter->cells);
    mtmi_memory_free(counter->axes);
    mtmi_memory_free(counter->grids);
    mtmi_memory_free(counter->hot_columns);
    mtmi_memory_free(counter->hot_grids);
    mtmi_memory_free(counter->cold);
    mtmi_memory_free(counter->numbers);
    mtmi_memory_free(counter->sums);
    mtmi_memory_free(counter->decimals);
    mtmi_memory_free(counter->pending_decimals);
    memset(counter, 0, sizeof *counter);
}

void mtmi_counter_commit(mtmi_counter *counter) {
    unsigned i;
    for (i = 0; i < counter->table->spec->n_groupings; i++) {
        mtmi_grid_commit(&counter->grids[i]);
    }
    for (i = 0; i < counter->table->spec->n_axes; i++) {
        counter->axes[i].n_committed = counter->axes[i].members.n;
    }
    for (i = 0; i < 4; i++) {
        counter->rows[i] += counter->pending[i];
        counter->pending[i] = 0;
    }
    counter->outside += counter->pending_outside;
    counter->pending_outside = 0;
    counter->n_committed_refusals = counter->refusals.n;
    memcpy(counter->decimals, counter->pending_decimals,
           (counter->table->spec->n_sums + 1) * sizeof counter->decimals[0]);
}

/* The caches hold numbers of members that go, so they forget. */
void mtmi_counter_drop(mtmi_counter *counter) {
    const mtmi_spec *spec = counter->table->spec;
    unsigned i;
    for (i = 0; i < spec->n_groupings; i++) {
        mtmi_grid_drop(&counter->grids[i]);
    }
    for (i = 0; i < spec->n_axes; i++) {
        mtmi_axis_count *axis = &counter->axes[i];
        size_t k, n = axis->ordinals == NULL ? 0 : granules(spec->axes[i].months);
        mtmi_map_cut(&axis->members, axis->n_committed);
        for (k = 0; k < n; k++) {
            if (axis->ordinals[k] > axis->n_committed) {
                axis->ordinals[k] = 0;
            }
        }
    }
    for (i = 0; i < counter->table->n_used; i++) {
        mtmi_cell_cache_forget(&counter->cells[i]);
    }
    if (counter->intake != NULL) {
        mtmi_intake_drop(counter->intake);
    }
    mtmi_refusals_cut(&counter->refusals, counter->n_committed_refusals);
    memcpy(counter->pending_decimals, counter->decimals, (spec->n_sums + 1) * sizeof counter->decimals[0]);
    memset(counter->ages, 0, sizeof counter->ages);
    memset(counter->months, 0, sizeof counter->months);
    counter->n_periods = 0;
    memset(counter->pending, 0, sizeof counter->pending);
    counter->pending_outside = 0;
}

static void out_of_memory(mtmi_counter *counter) {
    if (counter->status == MTM_OK) {
        counter->status = mtmi_error_memory(&counter->error);
    }
}

static void too_many_members(mtmi_counter *counter, const char *name) {
    mtmi_place place = {name, 0, 0};
    if (counter->status != MTM_OK) {
        return;
    }
    counter->status =
        mtmi_error_set(&counter->error, MTM_ERROR_LIMIT, 0, place,
                       "more than %zu different labels; leave the dimension out, or map its labels to a coarser list",
                       counter->table->max_members);
}

/* A member of a number that the groupings have no room for yet. */
static int make_room(mtmi_counter *counter, unsigned axis, uint32_t number) {
    unsigned i;
    int good = 1;
    for (i = 0; i < counter->table->spec->n_groupings && good && counter->intake == NULL; i++) {
        good = mtmi_grid_widen(&counter->grids[i], axis, number);
    }
    sort_grids(counter);
    return good;
}

/* Columns are not taken in the order of rows: a member may be met again in an earlier one. */
static void meet(const mtmi_counter *counter, mtmi_axis_count *axis, uint32_t number) {
    uint64_t here = counter->block << 32 | counter->line;
    if (number >= axis->n_committed && here < axis->firsts[number]) {
        axis->firsts[number] = here;
    }
}

uint32_t mtmi_counter_member(mtmi_counter *counter, unsigned axis, const unsigned char *key, size_t length) {
    mtmi_axis_count *count = &counter->axes[axis];
    size_t before = count->members.n;
    uint32_t number;
    if (before >= counter->table->max_members) {
        number = mtmi_map_find(&count->members, key, length);
        if (number == MTMI_MAP_NONE) {
            too_many_members(counter, counter->table->spec->axes[axis].name);
        } else {
            meet(counter, count, number);
        }
        return number;
    }
    number = MTMI_MAP_NONE;
    if (mtmi_memory_reserve((void **)&count->firsts, &count->firsts_capacity, before + 1, sizeof(uint64_t))) {
        number = mtmi_map_add(&count->members, key, length);
    }
    if (number != MTMI_MAP_NONE && number < before) {
        meet(counter, count, number);
    }
    if (number != MTMI_MAP_NONE && number == before) {
        count->firsts[number] = counter->block << 32 | counter->line;
        if (!make_room(counter, axis, number)) {
            number = MTMI_MAP_NONE;
        }
    }
    if (number == MTMI_MAP_NONE) {
        out_of_memory(counter);
    }
    return number;
}

static uint32_t period_member(mtmi_counter *counter, unsigned axis, mtm_period period) {
    unsigned char key[MTMI_MEMBER_PERIOD];
    mtmi_member_from_period(period, key);
    return mtmi_counter_member(counter, axis, key, sizeof key);
}

static mtm_period granule_around(int32_t day, int months) {
    mtm_period one = {day, day};
    return months <= 0 ? one : mtmi_period_around(day, months);
}

int mtmi_counter_period(mtmi_counter *counter, mtm_period period) {
    unsigned i;
    for (i = 0; i < counter->table->spec->n_periods; i++) {
        const int months = counter->table->spec->axes[i].months;
        mtm_period around = months == MTMI_SPEC_DATES ? period : granule_around(period.first, months);
        if (!mtmi_period_contains(around, period)) {
            return 0;
        }
        counter->numbers[i] = period_member(counter, i, around);
        if (counter->numbers[i] == MTMI_MAP_NONE) {
            return 0;
        }
    }
    return 1;
}

/* A granule met for the first time by its ordinal. */
int mtmi_counter_new_granule(mtmi_counter *counter, unsigned axis, size_t ordinal, const mtmi_date *date) {
    int32_t day = mtmi_day_from(date->year, date->month, date->day);
    uint32_t number = period_member(counter, axis, granule_around(day, counter->table->spec->axes[axis].months));
    if (number == MTMI_MAP_NONE) {
        return 0;
    }
    counter->axes[axis].ordinals[ordinal] = number + 1;
    return 1;
}

static int new_age(mtmi_counter *counter, int32_t age) {
    const mtmi_spec *spec = counter->table->spec;
    unsigned char key[1 + 32];
    char band[32];
    uint32_t number;
    size_t length;
    unsigned k = spec->n_bands;
    while (spec->bands[--k] > age) {}
    length = mtmi_spec_band(spec, k, band, sizeof band);
    length = mtmi_member_from_code(MTM_MEMBER_CODE, band, length, key);
    number = mtmi_counter_member(counter, (unsigned)counter->table->age_axis, key, length);
    if (number == MTMI_MAP_NONE) {
        return 0;
    }
    counter->ages[age] = number + 1;
    return 1;
}

int mtmi_counter_age(mtmi_counter *counter, int32_t age) {
    if (age < 0 || age > MTMI_SPEC_OLDEST) {
        return 0;
    }
    if (counter->table->age_axis < 0) { /* good, and asked for by nobody */
        counter->ages[age] = 1;
        return 1;
    }
    if (counter->ages[age] == 0 && !new_age(counter, age)) {
        return 0;
    }
    counter->numbers[counter->table->age_axis] = counter->ages[age] - 1;
    return 1;
}

int32_t mtmi_counter_years(const mtmi_date *birth, const mtmi_date *date) {
    int32_t years = date->year - birth->year;
    if (birth->month == 0) {
        return years;
    }
    return years - (date->month < birth->month || (date->month == birth->month && date->day < birth->day));
}

int mtmi_counter_count_cold(mtmi_counter *counter) {
    const mtmi_spec *spec = counter->table->spec;
    unsigned i;
    for (i = 0; i < counter->n_cold; i++) {
        mtmi_grid *grid = &counter->grids[counter->cold[i]];
        int sum = spec->groupings[counter->cold[i]].sum;
        size_t cell = mtmi_grid_find(grid, counter->numbers);
        if (cell == SIZE_MAX) {
            out_of_memory(counter);
            return 0;
        }
        grid->pending[cell]++;
        if (grid->n_sums > 0) {
            mtmi_wide *value = grid->pending_sums + cell * MTMI_GRID_SUMS;
            mtmi_wide one = counter->sums[sum >= 0 ? (unsigned)sum : spec->n_sums];
            value[0] += one;
            mtmi_grid_top(value + 1, one);
        }
    }
    return 1;
}

unsigned mtmi_counter_subset_above(const mtmi_counter *counter) {
    const mtmi_count_table *table = counter->table;
    for (unsigned i = 0; i < table->n_wholes;) {
        const unsigned subset = table->wholes[i].subset;
        mtmi_wide whole = 0;
        for (; i < table->n_wholes && table->wholes[i].subset == subset; i++) {
            whole += counter->sums[table->wholes[i].sum];
        }
        if (counter->sums[table->used[subset].sum] > whole) {
            return subset;
        }
    }
    return table->n_used;
}

int mtmi_counter_row(mtmi_counter *counter) {
    return mtmi_counter_count_row(counter);
}
