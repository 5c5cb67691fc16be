/* The hot path: a row's cells to numbers, numbers to counts. What comes in: rows. What goes out: counts, or the word that
 * a row needs the slow way. It does not know what is wrong with such a row. */
#include "tabulate/plain.h"

#include "period/period.h"
#include "tabulate/meaning.h"

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

static inline uint32_t glance(const mtmi_hot_column *hot, const unsigned char *cell, uint32_t length) {
    if (length <= MTMI_CELLS_SHORT) return mtmi_cells_glance(hot->shorts, hot->short_shift, cell, length);
    return length <= MTMI_CELLS_MIDDLE ? mtmi_cells_look(hot->slots, hot->shift, cell, length) : MTMI_CELLS_MISS;
}

static inline uint32_t value_of(mtmi_counter *counter, unsigned used, const unsigned char *cell, uint32_t length) {
    const mtmi_hot_column *hot = &counter->hot_columns[used];
    uint32_t value = glance(hot, cell, length);
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

static inline int set_date(mtmi_counter *counter, const mtmi_date *date) {
    const mtmi_spec *spec = counter->table->spec;
    unsigned i;
    for (i = 0; i < spec->n_periods; i++) {
        size_t ordinal = mtmi_counter_granule(date, spec->axes[i].months);
        const uint32_t *ordinals = counter->axes[i].ordinals;
        if (ordinals[ordinal] == 0 && !mtmi_counter_new_granule(counter, i, ordinal, date)) return 0;
        counter->numbers[i] = ordinals[ordinal] - 1;
    }
    return 1;
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
    return mtmi_counter_age(counter, mtmi_counter_years(&moment->birth, &moment->date));
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
    else if (!mtmi_counter_count_row(counter)) return -1;
    counter->pending[MTM_ROWS_IN]++;
    counter->pending[MTM_ROWS_ACCEPTED]++;
    return 1;
}

/* What a run of lean rows needs, side by side. Everything that count_any may change is asked of the counter. */
struct lean {
    mtmi_counter *counter;
    const unsigned char *bytes;
    const mtmi_hot_column *hot;
    uint32_t *numbers;
    const uint32_t *ordinals;
    const uint32_t *ages;        /* NULL: no column of births */
    uint32_t *age;               /* where the age's number goes */
};

/* The labels of a lean row to numbers; 0 when one is not known yet or needs the slow way. */
static inline int lean_labels(const struct lean *lean, const uint32_t *ends, uint32_t *left_out) {
    const mtmi_hot_column *hot = lean->hot, *stop = hot + lean->counter->n_labels;
    for (; hot < stop; hot++) {
        const uint32_t *end = ends + hot->position;
        uint32_t begin = end[-1] + 1, length = end[0] - begin;
        uint32_t value = glance(hot, lean->bytes + begin, length);
        if (value & MTMI_VALUE_UNCLEAN) {
            value = settle(lean->counter, (unsigned)(hot - lean->hot), lean->bytes + begin, length, value);
            if (value & MTMI_VALUE_UNCLEAN) return 0;
        }
        *left_out |= value;
        lean->numbers[hot->axis] = value; /* with its mark, which matters only where the row is not counted */
    }
    return 1;
}

/* The age of a lean row; 0 when it is not known yet or cannot be. */
static inline int lean_age(const struct lean *lean, const mtmi_hot_column *hot, const uint32_t *ends, int32_t year) {
    const uint32_t *end = ends + hot->position;
    uint32_t begin = end[-1] + 1, number, value = glance(hot, lean->bytes + begin, end[0] - begin);
    if ((value & MTMI_VALUE_UNCLEAN) || (uint32_t)(year - (int32_t)value) > MTMI_SPEC_OLDEST) return 0;
    number = lean->ages[year - (int32_t)value];
    *lean->age = number - 1;
    return number != 0;
}

static inline int lean_count(mtmi_counter *counter, const uint32_t *numbers, uint32_t period) {
    const mtmi_hot_grid *grid = counter->hot_grids, *pairs = grid + counter->n_pairs, *end = grid + counter->n_hot;
    for (; grid < pairs; grid++) grid->pending[period + (size_t)numbers[grid->axes[1]] * grid->strides[0]]++;
    for (; grid < end; grid++)
        grid->pending[period + (size_t)numbers[grid->axes[1]] * grid->strides[0]
                      + (size_t)numbers[grid->axes[2]] * grid->strides[1]]++;
    return counter->n_cold == 0 || mtmi_counter_count_cold(counter);
}

/* A row of a lean table: labels, a date, perhaps a year of birth. Anything unusual is left to count_any. */
static inline int count_lean(const struct lean *lean, const uint32_t *ends) {
    mtmi_counter *counter = lean->counter;
    const mtmi_hot_column *hot = lean->hot + counter->n_labels;
    const uint32_t *end = ends + hot->position;
    uint32_t left_out = 0, begin = end[-1] + 1, number;
    mtmi_date date;
    if (!read_date(counter->table, lean->bytes + begin, end[0] - begin, &date)) return 0;
    number = lean->ordinals[(size_t)((date.year - MTMI_DATES_FIRST_YEAR) * 12 + date.month - 1)];
    if (number == 0 || (lean->ages != NULL && !lean_age(lean, hot + 1, ends, date.year))) return 0;
    if (!lean_labels(lean, ends, &left_out)) return 0;
    lean->numbers[0] = number - 1;
    counter->pending[MTM_ROWS_IN]++;
    counter->pending[MTM_ROWS_ACCEPTED]++;
    if (left_out & MTMI_VALUE_OUTSIDE) counter->pending_outside++;
    else if (!lean_count(counter, lean->numbers, number - 1)) return -1;
    return 1;
}

static struct lean lean_start(mtmi_counter *counter, const unsigned char *bytes) {
    struct lean lean = {counter, bytes, counter->hot_columns, counter->numbers, counter->axes[0].ordinals, NULL, NULL};
    const mtmi_table *table = counter->table;
    if (table->n_used <= counter->n_labels + 1) return lean;
    lean.ages = counter->ages;
    lean.age = &counter->numbers[table->age_axis >= 0 ? (unsigned)table->age_axis : table->spec->n_axes];
    return lean;
}

/* Whether the row at hand may be counted here: its cells are as many as they should be, it is whole, ours and not long.
 * (Every cell is shorter than its row.) */
static inline int is_ours(const mtmi_plain_run *run, const mtmi_table *table, uint32_t last, uint32_t end) {
    return last - run->first + 1 == table->n_columns && end < run->odd && run->row <= run->block
        && end - run->row - 2 <= table->max_field - 2;
}

static inline void go_on(mtmi_counter *counter, mtmi_plain_run *run, uint32_t last, uint32_t end) {
    counter->line++;
    run->row = (size_t)end + 1;
    run->first = last + 1;
    run->at++;
}

static void lean_rows(mtmi_counter *counter, mtmi_plain_run *out) {
    const struct lean lean = lean_start(counter, out->bytes);
    const mtmi_table table = *counter->table;
    mtmi_plain_run run = *out;
    while (run.at < run.n_rows) {
        const uint32_t last = run.rows[run.at], end = run.ends[last];
        int taken;
        if (!is_ours(&run, &table, last, end)) break;
        taken = count_lean(&lean, run.ends + run.first);
        if (taken == 0) taken = count_any(counter, run.bytes, run.ends + run.first);
        if (taken <= 0) break;
        go_on(counter, &run, last, end);
    }
    *out = run;
}

/* Any table, any line end: the last cell ends before the CR of a CR LF. */
void mtmi_plain_rows(mtmi_counter *counter, mtmi_plain_run *run) {
    if (counter->lean && !run->carriage) {
        lean_rows(counter, run);
        return;
    }
    while (run->at < run->n_rows) {
        const uint32_t last = run->rows[run->at], end = run->ends[last];
        int taken;
        if (!is_ours(run, counter->table, last, end)) return;
        run->ends[last] -= run->bytes[end - 1] == '\r';
        taken = count_any(counter, run->bytes, run->ends + run->first);
        run->ends[last] = end;
        if (taken <= 0) return;
        go_on(counter, run, last, end);
    }
}
