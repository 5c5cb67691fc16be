/* Fills the cache of cells: judges a spelling that was not met before by the reader's rules. */
#include "tabulate/cell_cache_fill.h"

#include "base/memory.h"
#include "period/period.h"
#include "tabulate/parse_cell.h"

/* The cell without its quotes, doubled ones made one; in place of a copy where there are none. */
static const char *unquote(const mtmi_count_table *table, const unsigned char *cell, uint32_t *length, char *space) {
    uint32_t n = 0, i;
    if (!table->has_quote || *length < 2 || cell[0] != table->quote) {
        return (const char *)cell;
    }
    for (i = 1; i + 1 < *length; i++) {
        space[n++] = (char)cell[i];
        if (cell[i] == table->quote) {
            i++;
        }
    }
    *length = n;
    return space;
}

static uint32_t label_value(mtmi_counter *counter, const mtmi_used_column *used, const mtmi_judged *judged) {
    uint32_t number = mtmi_counter_member(counter, used->axis, judged->key, judged->key_length);
    if (number == MTMI_MAP_NONE) {
        return MTMI_VALUE_UNCLEAN;
    }
    return judged->outside ? number | MTMI_VALUE_OUTSIDE : number;
}

static uint32_t period_value(mtmi_counter *counter, const mtmi_judged *judged) {
    mtmi_known_period *known;
    if (!mtmi_memory_reserve((void **)&counter->periods, &counter->periods_capacity, counter->n_periods + 1,
                             sizeof *known) ||
        counter->n_periods >= MTMI_VALUE_NUMBER) {
        return MTMI_VALUE_UNCLEAN;
    }
    if (!mtmi_counter_period(counter, judged->period)) {
        return MTMI_VALUE_UNCLEAN;
    }
    known = &counter->periods[counter->n_periods];
    known->period = judged->period;
    memcpy(known->numbers, counter->numbers, counter->table->spec->n_periods * sizeof known->numbers[0]);
    return (uint32_t)counter->n_periods++;
}

static uint32_t value_of(mtmi_counter *counter, const mtmi_used_column *used, const mtmi_judged *judged) {
    if (judged->code != 0) {
        return MTMI_VALUE_UNCLEAN;
    }
    if (judged->empty) {
        return MTMI_VALUE_NUMBER;
    }
    switch (used->use) {
    case MTMI_USE_LABEL: return label_value(counter, used, judged);
    case MTMI_USE_PERIOD: return period_value(counter, judged);
    case MTMI_USE_BIRTH_YEAR: return (uint32_t)judged->period.first;
    case MTMI_USE_BIRTH_DATE: return (uint32_t)(judged->period.first - mtmi_day_from(MTMI_DATES_FIRST_YEAR, 1, 1));
    case MTMI_USE_ROWS: return judged->outside ? MTMI_VALUE_OUTSIDE : 0;
    case MTMI_USE_ENTERED:
    case MTMI_USE_LEFT: return (uint32_t)(judged->period.first - mtmi_day_from(MTMI_DATES_FIRST_YEAR, 1, 1));
    case MTMI_USE_SUM:
    case MTMI_USE_COUNT:
    case MTMI_USE_ID:
    case MTMI_USE_HOUSEHOLD: break;
    }
    return MTMI_VALUE_UNCLEAN;
}

/* Periods that are no plain dates are few; a column of times that are written oddly would fill memory. */
static void forget_periods(mtmi_counter *counter, unsigned used) {
    if (counter->n_periods < (size_t)1 << 16) {
        return;
    }
    mtmi_cell_cache_forget(&counter->cells[used]);
    counter->n_periods = 0;
}

uint32_t mtmi_meaning_of(mtmi_counter *counter, unsigned at, const unsigned char *cell, uint32_t length) {
    const mtmi_used_column *used = &counter->table->used[at];
    char space[MTMI_CELLS_LONGEST];
    uint32_t n = length, value;
    mtmi_judged judged;
    const char *text;
    if (length > MTMI_CELLS_LONGEST) {
        return MTMI_VALUE_UNCLEAN; /* the slow way counts such rows, one by one */
    }
    text = unquote(counter->table, cell, &n, space);
    if (used->use == MTMI_USE_PERIOD) {
        forget_periods(counter, at);
    }
    mtmi_judge(used->column, used->use, text, n, &judged);
    value = value_of(counter, used, &judged);
    if (counter->status == MTM_OK) {
        mtmi_cell_cache_add(&counter->cells[at], cell, length, value);
    }
    mtmi_counter_refresh(counter, at);
    return value;
}

/* Plain digits, at most fifteen and no needless zeros: what every style takes for the same number. */
static int plain_digits(const unsigned char *cell, uint32_t length, int64_t *out) {
    int64_t number = 0;
    uint32_t i;
    if (length == 0 || length > 15 || (cell[0] == '0' && length > 1)) {
        return 0;
    }
    for (i = 0; i < length; i++) {
        unsigned digit = cell[i] - (unsigned)'0';
        if (digit > 9) {
            return 0;
        }
        number = number * 10 + digit;
    }
    *out = number;
    return 1;
}

int mtmi_meaning_number(mtmi_counter *counter, unsigned at, const unsigned char *cell, uint32_t length,
                        mtmi_wide *out) {
    const mtmi_used_column *used = &counter->table->used[at];
    char space[MTMI_CELLS_LONGEST];
    mtmi_judged judged;
    const char *text;
    int64_t number;
    if (plain_digits(cell, length, &number) &&
        !mtmi_number_is_marked(((const mtmi_column *)used->column)->bound->number, (const char *)cell, length)) {
        *out = (mtmi_wide)number * 1000000000;
        return 1;
    }
    if (length > MTMI_CELLS_LONGEST) {
        return 0;
    }
    text = unquote(counter->table, cell, &length, space);
    mtmi_judge(used->column, used->use, text, length, &judged);
    if (judged.code != 0) {
        return 0;
    }
    *out = judged.number;
    if (judged.decimals > counter->pending_decimals[used->sum]) {
        counter->pending_decimals[used->sum] = judged.decimals;
    }
    return 1;
}
