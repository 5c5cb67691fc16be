/* The hot path of counting: cells of a plain row to numbers, numbers to counts. A row with anything unexpected is
 * handed to the slow path. */
#include "tabulate/fast_path.h"

#include "period/period.h"
#include "registration/plain_row.h"
#include "tabulate/cell_cache_fill.h"

/* What the cells of the row at hand say of its date and of a birth. */
struct moment {
    mtmi_date date, birth;
    int has_date, has_birth;
};

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
    if (value == MTMI_CELLS_MISS) {
        value = mtmi_cell_cache_find(&counter->cells[used], cell, length);
    }
    return value != MTMI_CELLS_MISS ? value : mtmi_meaning_of(counter, used, cell, length);
}

static inline uint32_t glance(const mtmi_hot_column *hot, const unsigned char *cell, uint32_t length) {
    if (length <= MTMI_CELLS_SHORT) {
        return mtmi_cell_cache_glance(hot->shorts, hot->short_mask, cell, length);
    }
    return length <= MTMI_CELLS_MIDDLE ? mtmi_cell_cache_look(hot->slots, hot->shift, cell, length) : MTMI_CELLS_MISS;
}

static inline uint32_t value_of(mtmi_counter *counter, unsigned used, const unsigned char *cell, uint32_t length) {
    const mtmi_hot_column *hot = &counter->hot_columns[used];
    uint32_t value = glance(hot, cell, length);
    return (value & MTMI_VALUE_UNCLEAN) == 0 ? value : settle(counter, used, cell, length, value);
}

static int find_cell(mtmi_counter *counter, unsigned used, const unsigned char *cell, uint32_t length,
                     uint32_t *value) {
    *value = value_of(counter, used, cell, length);
    return (*value & MTMI_VALUE_UNCLEAN) == 0;
}

static inline int read_date(const mtmi_count_table *table, const unsigned char *cell, uint32_t length, mtmi_date *out) {
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
        if (ordinals[ordinal] == 0 && !mtmi_counter_new_granule(counter, i, ordinal, date)) {
            return 0;
        }
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
    return find_cell(counter, used, cell, length, &value) && known_period(counter, value, moment);
}

static __attribute__((noinline)) int birth_cell(mtmi_counter *counter, unsigned used, const unsigned char *cell,
                                                uint32_t length, struct moment *moment) {
    uint32_t value;
    int year, month, day;
    moment->has_birth = 1;
    if (read_date(counter->table, cell, length, &moment->birth)) {
        return 1;
    }
    if (!find_cell(counter, used, cell, length, &value)) {
        return 0;
    }
    mtmi_day_split((int32_t)value + mtmi_day_from(MTMI_DATES_FIRST_YEAR, 1, 1), &year, &month, &day);
    moment->birth = (mtmi_date){year, month, day};
    return 1;
}

/* The age at the date; without a day, only a year of birth and a period within one year give one. */
static int set_age(mtmi_counter *counter, const struct moment *moment) {
    if (!moment->has_date && moment->birth.month != 0) {
        return 0;
    }
    return mtmi_counter_age(counter, mtmi_counter_years(&moment->birth, &moment->date));
}

/* Whatever is no label; 0 when the row needs the slow way. */
static int other_cell(mtmi_counter *counter, unsigned used, const unsigned char *cell, uint32_t length,
                      struct moment *moment) {
    uint32_t value;
    switch (counter->hot_columns[used].use) {
    case MTMI_USE_PERIOD: return period_cell(counter, used, cell, length, moment);
    case MTMI_USE_BIRTH_YEAR:
        if (!find_cell(counter, used, cell, length, &value)) {
            return 0;
        }
        moment->birth.year = (int32_t)value;
        moment->has_birth = 1;
        return 1;
    case MTMI_USE_BIRTH_DATE: return birth_cell(counter, used, cell, length, moment);
    case MTMI_USE_SUM:
    case MTMI_USE_COUNT:
        return mtmi_meaning_number(counter, used, cell, length, &counter->sums[counter->table->used[used].sum]);
    case MTMI_USE_LABEL:
    case MTMI_USE_ROWS:
    case MTMI_USE_ID:
    case MTMI_USE_HOUSEHOLD:
    case MTMI_USE_ENTERED:
    case MTMI_USE_LEFT: break;
    }
    return 0;
}

/* A filter of the resource says that the row is none of its data. */
static int no_data(mtmi_counter *counter) {
    counter->pending[MTM_ROWS_IN]++;
    counter->pending[MTM_ROWS_NOT_DATA]++;
    return 1;
}

/* The labels of any row, when all else of it is good: only rows that are counted, or refused by a label, meet members. */
static int labels_of(mtmi_counter *counter, const unsigned char *bytes, const uint32_t *ends, uint32_t *left_out) {
    const mtmi_hot_column *hot = counter->hot_columns;
    uint32_t value;
    for (unsigned i = 0; i < counter->table->n_used; i++, hot++) {
        const uint32_t *end = ends + hot->position;
        uint32_t begin = end[-1] + 1;
        if (hot->use != MTMI_USE_LABEL) {
            continue;
        }
        if (!find_cell(counter, i, bytes + begin, end[0] - begin, &value)) {
            return 0;
        }
        *left_out |= value;
        counter->numbers[hot->axis] = value & MTMI_VALUE_NUMBER;
    }
    return 1;
}

/* Any table. */
static __attribute__((noinline)) int count_any(mtmi_counter *counter, const unsigned char *bytes,
                                               const uint32_t *ends) {
    const mtmi_hot_column *hot = counter->hot_columns;
    const unsigned n_used = counter->table->n_used;
    struct moment moment = {{0, 0, 0}, {0, 0, 0}, 0, 0};
    uint32_t left_out = 0, value;
    unsigned i;
    int good = 1;
    for (i = 0; i < n_used && good; i++, hot++) {
        const uint32_t *end = ends + hot->position;
        uint32_t begin = end[-1] + 1, length = end[0] - begin;
        if (hot->use == MTMI_USE_ROWS) { /* these come first */
            good = find_cell(counter, i, bytes + begin, length, &value);
            if (good && (value & MTMI_VALUE_OUTSIDE)) {
                return no_data(counter);
            }
        } else if (hot->use != MTMI_USE_LABEL) {
            good = other_cell(counter, i, bytes + begin, length, &moment);
        }
    }
    good = good && (counter->table->n_wholes == 0 || mtmi_counter_subset_above(counter) == n_used) &&
           labels_of(counter, bytes, ends, &left_out);
    if (good && moment.has_birth) {
        good = set_age(counter, &moment);
    }
    if (!good) {
        return counter->status == MTM_OK ? 0 : -1;
    }
    if (left_out & MTMI_VALUE_OUTSIDE) {
        counter->pending_outside++;
    } else if (!mtmi_counter_count_row(counter)) {
        return -1;
    }
    counter->pending[MTM_ROWS_IN]++;
    counter->pending[MTM_ROWS_ACCEPTED]++;
    return 1;
}

/* What a run of lean rows needs, side by side. Everything that count_any may change is asked of the counter. */
struct lean {
    mtmi_counter *counter;
    const unsigned char *bytes;
    const mtmi_hot_column *hot, *labels_end;
    uint32_t *numbers;
    const uint32_t *ordinals;
    const uint32_t *ages; /* NULL: no column of births */
    uint32_t *age;        /* where the age's number goes */
    unsigned char quote;  /* NUL, which no plain cell has, where there is none */
};

/* The labels of a lean row to numbers. Gives what their values have in common: MTMI_VALUE_UNCLEAN when one is not known, or
 * not at the first glance. Numbers stand with their mark, which matters only where the row is not counted. */
static inline uint32_t lean_labels(const struct lean *lean, const uint32_t *ends) {
    const mtmi_hot_column *hot = lean->hot, *stop = lean->labels_end;
    uint32_t marks = 0;
    for (; hot < stop; hot++) {
        const uint32_t *end = ends + hot->position;
        uint32_t begin = end[-1] + 1, value = glance(hot, lean->bytes + begin, end[0] - begin);
        marks |= value;
        lean->numbers[hot->axis] = value;
    }
    return marks;
}

/* Asks further where the first glance did not tell. */
static __attribute__((noinline)) uint32_t lean_labels_again(const struct lean *lean, const uint32_t *ends) {
    const mtmi_hot_column *hot = lean->hot, *stop = lean->labels_end;
    uint32_t marks = 0;
    for (; hot < stop && (marks & MTMI_VALUE_UNCLEAN) == 0; hot++) {
        const uint32_t *end = ends + hot->position;
        uint32_t begin = end[-1] + 1, *value = &lean->numbers[hot->axis];
        if (*value & MTMI_VALUE_UNCLEAN) {
            *value = settle(lean->counter, (unsigned)(hot - lean->hot), lean->bytes + begin, end[0] - begin, *value);
        }
        marks |= *value;
    }
    return marks;
}

/* The age of a lean row; 0 when it is not known yet or cannot be. */
static inline int lean_age(const struct lean *lean, const mtmi_hot_column *hot, const uint32_t *ends, int32_t year) {
    const uint32_t *end = ends + hot->position;
    uint32_t begin = end[-1] + 1, number, value = glance(hot, lean->bytes + begin, end[0] - begin);
    if ((uint32_t)year - value > MTMI_SPEC_OLDEST) {
        return 0; /* an unclean value is far away */
    }
    number = lean->ages[(uint32_t)year - value];
    *lean->age = number - 1;
    return number != 0;
}

/* The same for one that is not remembered. */
static __attribute__((noinline)) uint32_t lean_new_date(const struct lean *lean, const unsigned char *cell,
                                                        int32_t *year) {
    uint64_t head = mtmi_word_load(cell);
    mtmi_month *month = &lean->counter->months[head * MTMI_CELLS_SPREAD >> (64 - MTMI_COUNTER_MONTHS)];
    mtmi_date date;
    uint32_t number;
    if (!mtmi_dates_day(cell, &date)) {
        return 0;
    }
    *year = date.year;
    number = lean->ordinals[mtmi_counter_granule(&date, 1)];
    if (number != 0) {
        *month = (mtmi_month){head, date.year, number};
    }
    return number;
}

/* A date of a lean row: the number of its period + 1, 0 when count_any must say; *year receives its year. Years and months
 * are remembered by their eight bytes, "2024-05-", and judged again only where the day is not one of the first 28. */
static inline uint32_t lean_date(const struct lean *lean, const unsigned char *cell, uint32_t length, int32_t *year) {
    uint64_t head;
    const mtmi_month *month;
    uint32_t day;
    if (cell[0] == lean->quote) {
        cell++;
        length -= 2;
    }
    if (length == 19 || length == 16) {
        if ((cell[10] != ' ' && cell[10] != 'T') || !mtmi_dates_clock(cell + 11, length - 11)) {
            return 0;
        }
    } else if (length != 10) {
        return 0;
    }
    head = mtmi_word_load(cell);
    month = &lean->counter->months[head * MTMI_CELLS_SPREAD >> (64 - MTMI_COUNTER_MONTHS)];
    day = (cell[8] - (uint32_t)'0') * 10 + (cell[9] - (uint32_t)'0');
    *year = month->year;
    if (month->head == head && day - 1 < 28 && cell[9] - (uint32_t)'0' < 10) {
        return month->number;
    }
    return lean_new_date(lean, cell, year);
}

static inline int lean_count(const struct lean *lean, uint32_t period) {
    const mtmi_counter *counter = lean->counter;
    const mtmi_hot_grid *grid = counter->hot_grids, *pairs = counter->pairs_end, *end = counter->hot_end;
    const uint32_t *numbers = lean->numbers;
    for (; grid < pairs; grid++) {
        grid->pending[period + (size_t)numbers[grid->axes[1]] * grid->strides[0]]++;
    }
    for (; grid < end; grid++) {
        grid->pending[period + (size_t)numbers[grid->axes[1]] * grid->strides[0] +
                      (size_t)numbers[grid->axes[2]] * grid->strides[1]]++;
    }
    if (counter->n_cold == 0) {
        return 1;
    }
    lean->numbers[0] = period;
    return mtmi_counter_count_cold(lean->counter);
}

/* A row of a lean table: labels, a date, perhaps a year of birth. 0: count_any must say. The date is judged first, because
 * few rows fail by their labels. */
static inline int count_lean(const struct lean *lean, const uint32_t *ends) {
    const mtmi_hot_column *hot = lean->labels_end;
    const uint32_t *end = ends + hot->position;
    uint32_t begin = end[-1] + 1, marks, number;
    int32_t year;
    number = lean_date(lean, lean->bytes + begin, end[0] - begin, &year);
    if (number == 0 || (lean->ages != NULL && !lean_age(lean, hot + 1, ends, year))) {
        return 0;
    }
    marks = lean_labels(lean, ends);
    if (marks & MTMI_VALUE_UNCLEAN) {
        marks = lean_labels_again(lean, ends);
    }
    if (marks & MTMI_VALUE_UNCLEAN) {
        return 0;
    }
    if ((marks & MTMI_VALUE_OUTSIDE) == 0) {
        return lean_count(lean, number - 1) ? 1 : -1;
    }
    lean->counter->pending_outside++;
    return 1;
}

static struct lean lean_start(mtmi_counter *counter, const unsigned char *bytes) {
    const mtmi_count_table *table = counter->table;
    struct lean lean = {counter,
                        bytes,
                        counter->hot_columns,
                        counter->hot_columns + counter->n_labels,
                        counter->numbers,
                        counter->axes[0].ordinals,
                        NULL,
                        NULL,
                        0};
    if (table->has_quote) {
        lean.quote = table->quote;
    }
    if (table->n_used <= counter->n_labels + 1) {
        return lean;
    }
    lean.ages = counter->ages;
    lean.age = &counter->numbers[table->age_axis >= 0 ? (unsigned)table->age_axis : table->spec->n_axes];
    return lean;
}

/* How many rows end before the first odd byte, and begin in this block. */
static uint32_t our_rows(const mtmi_plain_run *run) {
    uint32_t n = run->n_rows;
    while (n > run->at && run->ends[run->rows[n - 1]] >= run->odd) {
        n--;
    }
    while (n > run->at && (n == run->at + 1 ? run->row : (size_t)run->ends[run->rows[n - 2]] + 1) > run->block) {
        n--;
    }
    return n;
}

static void lean_rows(mtmi_counter *counter, mtmi_plain_run *run) {
    const struct lean lean = lean_start(counter, run->bytes);
    const uint32_t n = our_rows(run), n_columns = counter->table->n_columns, *rows = run->rows;
    uint32_t *ends = run->ends, i = run->at, first = run->first, row = (uint32_t)run->row, others = 0;
    const uint64_t most = counter->table->max_field - 2, line = counter->line - i;
    for (; i < n; i++) {
        const uint32_t last = rows[i], end = ends[last];
        int taken;
        /* Its cells are as many as they should be, and it is not long, so that no cell is. */
        if (last - first + 1 != n_columns || (uint64_t)end - row - 2 > most) {
            break;
        }
        taken = count_lean(&lean, ends + first);
        if (taken == 0) {
            counter->line = line + i;
            taken = count_any(counter, run->bytes, ends + first);
            others += taken > 0;
        }
        if (taken <= 0) {
            break;
        }
        row = end + 1;
        first = last + 1;
    }
    counter->pending[MTM_ROWS_IN] += i - run->at - others; /* count_any counts its own */
    counter->pending[MTM_ROWS_ACCEPTED] += i - run->at - others;
    counter->line = line + i;
    run->at = i;
    run->row = row;
    run->first = first;
}

static int is_comment(const char *mark, size_t n, const mtmi_plain_run *run, uint32_t end) {
    return n > 0 && end - run->row >= n && memcmp(run->bytes + run->row, mark, n) == 0;
}

/* Any table, any line end: the last cell ends before the CR of a CR LF. */
void mtmi_plain_rows(mtmi_counter *counter, mtmi_plain_run *run) {
    const char *mark = counter->table->spec->resource->dialect.comment;
    const size_t n_mark = mark == NULL ? 0 : strlen(mark);
    uint32_t n;
    if (counter->table->slow) {
        return;
    }
    if (counter->lean && !run->carriage) {
        lean_rows(counter, run);
        return;
    }
    n = our_rows(run);
    while (run->at < n) {
        const uint32_t last = run->rows[run->at], end = run->ends[last];
        int taken;
        if (last - run->first + 1 != counter->table->n_columns || end - run->row - 2 > counter->table->max_field - 2 ||
            is_comment(mark, n_mark, run, end)) {
            return;
        }
        run->ends[last] -= run->bytes[end - 1] == '\r';
        taken = counter->intake != NULL ? mtmi_registry_plain_row(counter, run->bytes, run->ends + run->first)
                                        : count_any(counter, run->bytes, run->ends + run->first);
        run->ends[last] = end;
        if (taken <= 0) {
            return;
        }
        counter->line++;
        run->row = (size_t)end + 1;
        run->first = last + 1;
        run->at++;
    }
}
