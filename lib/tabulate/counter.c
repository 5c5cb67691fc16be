/* The hot path: a row's cells to numbers, numbers to counts. What comes in: rows. What goes out: counts, or the word that
 * a row needs the slow way. It does not know what is wrong with such a row. */
#include "tabulate/counter.h"

#include "base/error.h"
#include "base/memory.h"
#include "period/period.h"
#include "tabulate/meaning.h"
#include "tabulate/member.h"

#define YEARS (MTMI_DATES_LAST_YEAR - MTMI_DATES_FIRST_YEAR + 1)
#define DAYS_A_YEAR 372
#define MONTHS (YEARS * 12)

/* Days of months of 31 have numbers with gaps, made without a table; all longer granules are looked up by month. */
static size_t granules(int months) { return (size_t)(months == 0 ? YEARS * DAYS_A_YEAR : MONTHS); }

static inline size_t granule(const mtmi_date *date, int months) {
    int32_t year = date->year - MTMI_DATES_FIRST_YEAR;
    if (months == 0) return (size_t)(year * DAYS_A_YEAR + (date->month - 1) * 31 + date->day - 1);
    return (size_t)(year * 12 + date->month - 1);
}

static mtm_status start_axes(mtmi_counter *counter, const mtmi_spec *spec, mtm_error *err) {
    unsigned i;
    for (i = 0; i < spec->n_periods; i++) {
        counter->axes[i].ordinals = mtmi_memory_new(granules(spec->axes[i].months), sizeof(uint32_t));
        if (counter->axes[i].ordinals == NULL) return mtmi_error_memory(err);
    }
    return MTM_OK;
}

static mtm_status start_grids(mtmi_counter *counter, const mtmi_spec *spec, mtm_error *err) {
    unsigned i;
    for (i = 0; i < spec->n_groupings; i++) {
        const mtmi_grouping *grouping = &spec->groupings[i];
        unsigned n_sums = grouping->sum >= 0 || counter->table->weighted;
        if (!mtmi_grid_start(&counter->grids[i], grouping->axes, grouping->n_axes, n_sums))
            return mtmi_error_memory(err);
    }
    return MTM_OK;
}

void mtmi_counter_refresh(mtmi_counter *counter, unsigned used) {
    counter->hot_columns[used].slots = counter->cells[used].slots;
    counter->hot_columns[used].shift = counter->cells[used].shift;
}

/* Labels, one period by months or longer, perhaps a year of birth: what microdata mostly are. */
static int is_lean(mtmi_counter *counter) {
    const mtmi_table *table = counter->table;
    unsigned i = 0;
    while (i < table->n_used && table->used[i].use == MTMI_USE_LABEL) i++;
    counter->n_labels = i;
    if (i == table->n_used || table->used[i++].use != MTMI_USE_PERIOD) return 0;
    if (i < table->n_used && table->used[i++].use != MTMI_USE_BIRTH_YEAR) return 0;
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

/* Sorts the groupings into those that the hot path counts and the others. */
static void sort_grids(mtmi_counter *counter) {
    unsigned i;
    counter->n_hot = counter->n_cold = 0;
    for (i = 0; i < counter->table->spec->n_groupings; i++) {
        const mtmi_grid *grid = &counter->grids[i];
        if (grid->dense && grid->n_axes <= 3 && grid->n_sums == 0)
            counter->hot_grids[counter->n_hot++] = hot_grid(grid);
        else
            counter->cold[counter->n_cold++] = i;
    }
}

mtm_status mtmi_counter_start(mtmi_counter *counter, const mtmi_table *table, mtm_error *err) {
    const mtmi_spec *spec = table->spec;
    mtm_status status = MTM_OK;
    unsigned i;
    memset(counter, 0, sizeof *counter);
    counter->table = table;
    counter->cells = mtmi_memory_new(table->n_used + 1, sizeof counter->cells[0]);
    counter->axes = mtmi_memory_new(spec->n_axes + 1, sizeof counter->axes[0]);
    counter->grids = mtmi_memory_new(spec->n_groupings, sizeof counter->grids[0]);
    counter->hot_columns = mtmi_memory_new(table->n_used + 1, sizeof counter->hot_columns[0]);
    counter->hot_grids = mtmi_memory_new(spec->n_groupings, sizeof counter->hot_grids[0]);
    counter->cold = mtmi_memory_new(spec->n_groupings, sizeof counter->cold[0]);
    counter->numbers = mtmi_memory_new(spec->n_axes + 1, sizeof counter->numbers[0]);
    counter->sums = mtmi_memory_new(spec->n_sums + 1, sizeof counter->sums[0]);
    counter->decimals = mtmi_memory_new(spec->n_sums + 1, sizeof counter->decimals[0]);
    counter->pending_decimals = mtmi_memory_new(spec->n_sums + 1, sizeof counter->pending_decimals[0]);
    if (counter->cells == NULL || counter->axes == NULL || counter->grids == NULL || counter->numbers == NULL
        || counter->sums == NULL || counter->decimals == NULL || counter->pending_decimals == NULL || counter->hot_columns == NULL
        || counter->hot_grids == NULL || counter->cold == NULL)
        status = mtmi_error_memory(err);
    for (i = 0; status == MTM_OK && i < table->n_used; i++)
        if (!mtmi_cells_start(&counter->cells[i])) status = mtmi_error_memory(err);
    if (status == MTM_OK) status = start_axes(counter, spec, err);
    if (status == MTM_OK) status = start_grids(counter, spec, err);
    if (status == MTM_OK) {
        start_hot_columns(counter);
        sort_grids(counter);
    }
    return status;
}

void mtmi_counter_free(mtmi_counter *counter) {
    unsigned i;
    if (counter->table == NULL) return;
    for (i = 0; counter->cells != NULL && i < counter->table->n_used; i++) mtmi_cells_free(&counter->cells[i]);
    for (i = 0; counter->axes != NULL && i < counter->table->spec->n_axes; i++) {
        mtmi_map_free(&counter->axes[i].members);
        mtmi_memory_free(counter->axes[i].firsts);
        mtmi_memory_free(counter->axes[i].ordinals);
    }
    for (i = 0; counter->grids != NULL && i < counter->table->spec->n_groupings; i++)
        mtmi_grid_free(&counter->grids[i]);
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
    for (i = 0; i < counter->table->spec->n_groupings; i++) mtmi_grid_commit(&counter->grids[i]);
    for (i = 0; i < counter->table->spec->n_axes; i++)
        counter->axes[i].n_committed = counter->axes[i].members.n;
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
    for (i = 0; i < spec->n_groupings; i++) mtmi_grid_drop(&counter->grids[i]);
    for (i = 0; i < spec->n_axes; i++) {
        mtmi_axis_count *axis = &counter->axes[i];
        size_t k, n = axis->ordinals == NULL ? 0 : granules(spec->axes[i].months);
        mtmi_map_cut(&axis->members, axis->n_committed);
        for (k = 0; k < n; k++)
            if (axis->ordinals[k] > axis->n_committed) axis->ordinals[k] = 0;
    }
    for (i = 0; i < counter->table->n_used; i++) mtmi_cells_forget(&counter->cells[i]);
    mtmi_refusals_cut(&counter->refusals, counter->n_committed_refusals);
    memcpy(counter->pending_decimals, counter->decimals, (spec->n_sums + 1) * sizeof counter->decimals[0]);
    memset(counter->ages, 0, sizeof counter->ages);
    counter->n_periods = 0;
    memset(counter->pending, 0, sizeof counter->pending);
    counter->pending_outside = 0;
}

static void out_of_memory(mtmi_counter *counter) {
    if (counter->status == MTM_OK) counter->status = mtmi_error_memory(&counter->error);
}

static void too_many_members(mtmi_counter *counter, const char *name) {
    mtmi_place place = {name, 0, 0};
    if (counter->status != MTM_OK) return;
    counter->status = mtmi_error_set(&counter->error, MTM_ERROR_LIMIT, 0, place,
        "more than %zu different labels; leave the dimension out, or map its labels to a coarser list",
        counter->table->max_members);
}

/* A member of a number that the groupings have no room for yet. */
static int make_room(mtmi_counter *counter, unsigned axis, uint32_t number) {
    unsigned i;
    int good = 1;
    for (i = 0; i < counter->table->spec->n_groupings && good; i++)
        good = mtmi_grid_widen(&counter->grids[i], axis, number);
    sort_grids(counter);
    return good;
}

uint32_t mtmi_counter_member(mtmi_counter *counter, unsigned axis, const unsigned char *key, size_t length) {
    mtmi_axis_count *count = &counter->axes[axis];
    size_t before = count->members.n;
    uint32_t number;
    if (before >= counter->table->max_members) {
        number = mtmi_map_find(&count->members, key, length);
        if (number == MTMI_MAP_NONE) too_many_members(counter, counter->table->spec->axes[axis].name);
        return number;
    }
    number = MTMI_MAP_NONE;
    if (mtmi_memory_reserve((void **)&count->firsts, &count->firsts_capacity, before + 1, sizeof(uint64_t)))
        number = mtmi_map_add(&count->members, key, length);
    if (number != MTMI_MAP_NONE && number == before) {
        count->firsts[number] = counter->block << 32 | counter->line;
        if (!make_room(counter, axis, number)) number = MTMI_MAP_NONE;
    }
    if (number == MTMI_MAP_NONE) out_of_memory(counter);
    return number;
}

static uint32_t period_member(mtmi_counter *counter, unsigned axis, mtm_period period) {
    unsigned char key[MTMI_MEMBER_PERIOD];
    mtmi_member_from_period(period, key);
    return mtmi_counter_member(counter, axis, key, sizeof key);
}

static mtm_period granule_around(int32_t day, int months) {
    mtm_period one = {day, day};
    return months == 0 ? one : mtmi_period_around(day, months);
}

int mtmi_counter_period(mtmi_counter *counter, mtm_period period) {
    unsigned i;
    for (i = 0; i < counter->table->spec->n_periods; i++) {
        mtm_period around = granule_around(period.first, counter->table->spec->axes[i].months);
        if (!mtmi_period_contains(around, period)) return 0;
        counter->numbers[i] = period_member(counter, i, around);
        if (counter->numbers[i] == MTMI_MAP_NONE) return 0;
    }
    return 1;
}

/* A granule met for the first time by its ordinal. */
static int new_granule(mtmi_counter *counter, unsigned axis, size_t ordinal, const mtmi_date *date) {
    int32_t day = mtmi_day_from(date->year, date->month, date->day);
    uint32_t number = period_member(counter, axis, granule_around(day, counter->table->spec->axes[axis].months));
    if (number == MTMI_MAP_NONE) return 0;
    counter->axes[axis].ordinals[ordinal] = number + 1;
    return 1;
}

static inline int set_date(mtmi_counter *counter, const mtmi_date *date) {
    const mtmi_spec *spec = counter->table->spec;
    unsigned i;
    for (i = 0; i < spec->n_periods; i++) {
        size_t ordinal = granule(date, spec->axes[i].months);
        const uint32_t *ordinals = counter->axes[i].ordinals;
        if (ordinals[ordinal] == 0 && !new_granule(counter, i, ordinal, date)) return 0;
        counter->numbers[i] = ordinals[ordinal] - 1;
    }
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
    if (number == MTMI_MAP_NONE) return 0;
    counter->ages[age] = number + 1;
    return 1;
}

static inline int put_age(mtmi_counter *counter, int32_t age) {
    if (age < 0 || age > MTMI_SPEC_OLDEST) return 0;
    if (counter->table->age_axis < 0) return 1;
    if (counter->ages[age] == 0 && !new_age(counter, age)) return 0;
    counter->numbers[counter->table->age_axis] = counter->ages[age] - 1;
    return 1;
}

int mtmi_counter_age(mtmi_counter *counter, int32_t age) { return put_age(counter, age); }

int32_t mtmi_counter_years(const mtmi_date *birth, const mtmi_date *date) {
    int32_t years = date->year - birth->year;
    if (birth->month == 0) return years;
    return years - (date->month < birth->month || (date->month == birth->month && date->day < birth->day));
}

static int count_cold(mtmi_counter *counter) {
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
        if (grid->n_sums > 0) grid->pending_sums[cell] += counter->sums[sum >= 0 ? (unsigned)sum : spec->n_sums];
    }
    return 1;
}

static inline int count_row(mtmi_counter *counter) {
    const mtmi_hot_grid *grid = counter->hot_grids, *end = grid + counter->n_hot;
    const uint32_t *numbers = counter->numbers;
    for (; grid < end; grid++)
        grid->pending[numbers[grid->axes[0]] + (size_t)numbers[grid->axes[1]] * grid->strides[0]
                      + (size_t)numbers[grid->axes[2]] * grid->strides[1]]++;
    return counter->n_cold == 0 || count_cold(counter);
}

int mtmi_counter_row(mtmi_counter *counter) { return count_row(counter); }

/* What the cells of the row at hand say of its date and of a birth. */
struct moment { mtmi_date date, birth; int has_date, has_birth; };

static int known_period(mtmi_counter *counter, uint32_t value, struct moment *moment) {
    const mtmi_known_period *known = &counter->periods[value & MTMI_VALUE_NUMBER];
    int year, month, day;
    memcpy(counter->numbers, known->numbers, counter->table->spec->n_periods * sizeof known->numbers[0]);
    mtmi_day_split(known->period.first, &year, &month, &day);
    moment->date = (mtmi_date){year, month, day};
    moment->has_date = known->period.first == known->period.last;
    return 1;
}

/* A cell that the first glance did not find good: its value, perhaps unclean. */
static __attribute__((noinline)) uint32_t settle(mtmi_counter *counter, unsigned used, const unsigned char *cell,
                                                 uint32_t length, uint32_t value) {
    if (value == MTMI_CELLS_MISS) value = mtmi_cells_find(&counter->cells[used], cell, length);
    return value != MTMI_CELLS_MISS ? value : mtmi_meaning_of(counter, used, cell, length);
}

static inline uint32_t value_of(mtmi_counter *counter, unsigned used, const unsigned char *cell, uint32_t length) {
    const mtmi_hot_column *hot = &counter->hot_columns[used];
    uint32_t value = mtmi_cells_glance(hot->slots, hot->shift, cell, length);
    return (value & MTMI_VALUE_UNCLEAN) == 0 ? value : settle(counter, used, cell, length, value);
}

static int find(mtmi_counter *counter, unsigned used, const unsigned char *cell, uint32_t length, uint32_t *value) {
    *value = value_of(counter, used, cell, length);
    return (*value & MTMI_VALUE_UNCLEAN) == 0;
}

static inline int read_date(const mtmi_table *table, const unsigned char *cell, uint32_t length, mtmi_date *out) {
    if (table->has_quote && length > 2 && cell[0] == table->quote) {
        cell++;
        length -= 2;
    }
    return mtmi_dates_read(cell, length, out);
}

static int period_cell(mtmi_counter *counter, unsigned used, const unsigned char *cell, uint32_t length,
                              struct moment *moment) {
    uint32_t value;
    if (read_date(counter->table, cell, length, &moment->date)) {
        moment->has_date = 1;
        return set_date(counter, &moment->date);
    }
    return find(counter, used, cell, length, &value) && known_period(counter, value, moment);
}

static __attribute__((noinline)) int birth_cell(mtmi_counter *counter, unsigned used, const unsigned char *cell,
                                                uint32_t length, struct moment *moment) {
    uint32_t value;
    int year, month, day;
    moment->has_birth = 1;
    if (read_date(counter->table, cell, length, &moment->birth)) return 1;
    if (!find(counter, used, cell, length, &value)) return 0;
    mtmi_day_split((int32_t)value + mtmi_day_from(MTMI_DATES_FIRST_YEAR, 1, 1), &year, &month, &day);
    moment->birth = (mtmi_date){year, month, day};
    return 1;
}

/* The age at the date; without a day, only a year of birth and a period within one year give one. */
static int set_age(mtmi_counter *counter, const struct moment *moment) {
    if (!moment->has_date && moment->birth.month != 0) return 0;
    return put_age(counter, mtmi_counter_years(&moment->birth, &moment->date));
}

/* Whatever is no label; 0 when the row needs the slow way. */
static int other_cell(mtmi_counter *counter, unsigned used, const unsigned char *cell, uint32_t length,
                             struct moment *moment) {
    uint32_t value;
    switch (counter->hot_columns[used].use) {
    case MTMI_USE_PERIOD: return period_cell(counter, used, cell, length, moment);
    case MTMI_USE_BIRTH_YEAR:
        if (!find(counter, used, cell, length, &value)) return 0;
        moment->birth.year = (int32_t)value;
        moment->has_birth = 1;
        return 1;
    case MTMI_USE_BIRTH_DATE: return birth_cell(counter, used, cell, length, moment);
    case MTMI_USE_SUM:
    case MTMI_USE_COUNT:
        return mtmi_meaning_number(counter, used, cell, length, &counter->sums[counter->table->used[used].sum]);
    case MTMI_USE_LABEL: break;
    }
    return 0;
}

/* Any table. */
static __attribute__((noinline)) int count_any(mtmi_counter *counter, const unsigned char *bytes,
                                               const uint32_t *ends) {
    const mtmi_hot_column *hot = counter->hot_columns;
    const unsigned n_used = counter->table->n_used;
    struct moment moment = {{0, 0, 0}, {0, 0, 0}, 0, 0};
    uint32_t left_out = 0, value, *numbers = counter->numbers;
    unsigned i;
    int good = 1;
    for (i = 0; i < n_used && good; i++, hot++) {
        const uint32_t *end = ends + hot->position;
        uint32_t begin = end[-1] + 1, length = end[0] - begin;
        if (hot->use == MTMI_USE_LABEL) {
            good = find(counter, i, bytes + begin, length, &value);
            left_out |= value;
            numbers[hot->axis] = value & MTMI_VALUE_NUMBER;
        } else {
            good = other_cell(counter, i, bytes + begin, length, &moment);
        }
    }
    if (good && moment.has_birth) good = set_age(counter, &moment);
    if (!good) return counter->status == MTM_OK ? 0 : -1;
    if (left_out & MTMI_VALUE_OUTSIDE) counter->pending_outside++;
    else if (!count_row(counter)) return -1;
    counter->pending[MTM_ROWS_IN]++;
    counter->pending[MTM_ROWS_ACCEPTED]++;
    return 1;
}

/* A lean table: labels, a date, a year of birth; anything unusual is left to count_any. */
int mtmi_counter_plain(mtmi_counter *counter, const unsigned char *bytes, const uint32_t *ends) {
    const mtmi_table *table = counter->table;
    uint32_t *numbers = counter->numbers, left_out = 0, value, begin, number;
    const uint32_t n_labels = counter->n_labels;
    const mtmi_hot_column *hot = counter->hot_columns;
    const uint32_t *end;
    mtmi_date date;
    unsigned i;
    if (!counter->lean) return count_any(counter, bytes, ends);
    for (i = 0; i < n_labels; i++, hot++) {
        end = ends + hot->position;
        begin = end[-1] + 1;
        value = mtmi_cells_glance(hot->slots, hot->shift, bytes + begin, end[0] - begin);
        if (value & MTMI_VALUE_UNCLEAN) {
            value = settle(counter, i, bytes + begin, end[0] - begin, value);
            if (value & MTMI_VALUE_UNCLEAN) return count_any(counter, bytes, ends);
        }
        left_out |= value;
        numbers[hot->axis] = value; /* with its mark, which matters only where the row is not counted */
    }
    end = ends + hot->position;
    begin = end[-1] + 1;
    if (!read_date(table, bytes + begin, end[0] - begin, &date)) return count_any(counter, bytes, ends);
    number = counter->axes[0].ordinals[(size_t)((date.year - MTMI_DATES_FIRST_YEAR) * 12 + date.month - 1)];
    if (number == 0) return count_any(counter, bytes, ends);
    numbers[0] = number - 1;
    if (n_labels + 2 == table->n_used) {
        hot++;
        end = ends + hot->position;
        begin = end[-1] + 1;
        value = mtmi_cells_glance(hot->slots, hot->shift, bytes + begin, end[0] - begin);
        if ((value & MTMI_VALUE_UNCLEAN) || (uint32_t)(date.year - (int32_t)value) > MTMI_SPEC_OLDEST)
            return count_any(counter, bytes, ends);
        if (table->age_axis >= 0) {
            number = counter->ages[date.year - (int32_t)value];
            if (number == 0) return count_any(counter, bytes, ends);
            numbers[table->age_axis] = number - 1;
        }
    }
    counter->pending[MTM_ROWS_IN]++;
    counter->pending[MTM_ROWS_ACCEPTED]++;
    if (left_out & MTMI_VALUE_OUTSIDE) counter->pending_outside++;
    else if (!count_row(counter)) return -1;
    return 1;
}
