/* Column kernels. A dictionary's values and small whole numbers are asked what they mean once a batch, dates once a day,
 * texts once a spelling (the counter's cache of cells); a value that could differ from the text of a file (quotes, line
 * breaks, bytes that are no text) is left to the row's text, so that columns and files cannot disagree. */
#include "tabulate/columns/kernel.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "period/period.h"
#include "read/arrow/arrow_values.h"
#include "tabulate/cell_cache_fill.h"
#include "tabulate/parse_cell.h"

#include <string.h>

#define SMALL 4096u /* whole numbers below are remembered */
#define SECONDS_A_DAY 86400

static int is_date(const mtmi_arrow_column *column) {
    return column->index_width == 0 &&
           (column->type == MTMI_ARROW_DATE_DAYS || column->type == MTMI_ARROW_DATE_MILLISECONDS ||
            column->type == MTMI_ARROW_TIMESTAMP);
}

static int is_whole(const mtmi_arrow_column *column) {
    return column->index_width == 0 && (column->type == MTMI_ARROW_INT || column->type == MTMI_ARROW_UNSIGNED);
}

static mtm_status start_values(mtmi_kernel *kernel, size_t n, mtm_error *err) {
    if (!mtmi_memory_reserve((void **)&kernel->values, &kernel->values_capacity, n, sizeof *kernel->values)) {
        return mtmi_error_memory(err);
    }
    if (n > 0) {
        memset(kernel->values, 0xFF, n * sizeof *kernel->values); /* MTMI_CELLS_MISS */
    }
    kernel->n_values = n;
    return MTM_OK;
}

static mtm_status start_moments(mtmi_kernel *kernel, size_t n, mtm_error *err) {
    if (n > kernel->moments_capacity) {
        mtmi_memory_free(kernel->moments);
        kernel->moments_capacity = 0;
        kernel->moments = mtmi_memory_new(n, sizeof *kernel->moments);
        if (kernel->moments == NULL) {
            return mtmi_error_memory(err);
        }
        kernel->moments_capacity = n;
    } else if (n > 0) {
        memset(kernel->moments, 0, n * sizeof *kernel->moments);
    }
    kernel->n_moments = n;
    return MTM_OK;
}

mtm_status mtmi_kernel_batch(mtmi_kernel *kernel, const mtmi_arrow_column *column, mtm_error *err) {
    size_t codes = mtmi_arrow_codes(column);
    kernel->column = column;
    kernel->first_day = mtmi_day_from(MTMI_DATES_FIRST_YEAR, 1, 1);
    kernel->n_days = mtmi_day_from(MTMI_DATES_LAST_YEAR, 12, 31) - kernel->first_day + 1;
    kernel->last = mtmi_arrow_text_end(column);
    if (kernel->used->use == MTMI_USE_PERIOD) {
        if (!is_date(column)) {
            return start_moments(kernel, codes, err);
        }
        return kernel->n_moments == 0 ? start_moments(kernel, (size_t)kernel->n_days, err)
                                      : MTM_OK; /* days stay what they are */
    }
    if (is_whole(column)) {
        return kernel->n_values == 0 ? start_values(kernel, SMALL, err) : MTM_OK;
    }
    return start_values(kernel, codes, err);
}

void mtmi_kernel_free(mtmi_kernel *kernel) {
    mtmi_memory_free(kernel->values);
    mtmi_memory_free(kernel->moments);
    mtmi_buffer_free(&kernel->text);
}

/* The text of an element that is text in memory; 0 for other types, and where offsets point outside. */
static inline int lent_text(const mtmi_kernel *kernel, const struct ArrowArray *array, size_t at,
                            mtmi_arrow_text *out) {
    if (mtmi_arrow_is_null(array, at)) {
        *out = (mtmi_arrow_text){"", 0, 0};
        return 1;
    }
    if (kernel->column->type == MTMI_ARROW_TEXT) {
        return mtmi_arrow_text_at(array, kernel->column->width, kernel->last, at, out);
    }
    return kernel->column->type == MTMI_ARROW_TEXT_VIEW && mtmi_arrow_view_at(array, at, out);
}

/* The text of a cell of the batch. */
static int text_of(mtmi_kernel *kernel, size_t row, mtmi_arrow_text *out) {
    const mtmi_arrow_column *column = kernel->column;
    const struct ArrowArray *array = column->array;
    size_t at = (size_t)array->offset + column->first + row;
    if (column->index_width == 0 && lent_text(kernel, array, at, out)) {
        return 1;
    }
    mtmi_buffer_clear(&kernel->text);
    mtmi_arrow_cell kind = mtmi_arrow_column_cell(column, row, &kernel->text);
    *out = (mtmi_arrow_text){kernel->text.data != NULL ? kernel->text.data : "", kernel->text.size, kernel->text.size};
    return !kernel->text.failed && (kind == MTMI_ARROW_CELL_PLAIN || kind == MTMI_ARROW_CELL_TEXT);
}

/* Whether a file would hold the same bytes, outside of quotes or within. */
static int is_plain(const mtmi_count_table *table, const unsigned char *cell, size_t length) {
    return mtmi_text_valid((const char *)cell, length) == length && memchr(cell, '\0', length) == NULL &&
           memchr(cell, '\n', length) == NULL && memchr(cell, '\r', length) == NULL &&
           (length == 0 || !table->has_quote || cell[0] != table->quote) &&
           (table->has_quote || memchr(cell, table->delimiter, length) == NULL);
}

/* Any of the first `length` bytes of a word is NUL. */
static int has_nul(uint64_t head, uint32_t length) {
    uint64_t filled = head | ~mtmi_cell_cache_masks[length];
    return ((filled - 0x0101010101010101u) & ~filled & 0x8080808080808080u) != 0;
}

/* What a text means: a value as the cache of cells has it. */
static uint32_t value_of_text(const mtmi_kernel *kernel, mtmi_counter *counter, const mtmi_arrow_text *text) {
    unsigned char padded[MTMI_CELLS_LONGEST + 8];
    const unsigned char *cell = (const unsigned char *)text->bytes;
    uint32_t length = (uint32_t)text->length, value;
    if (text->length > MTMI_CELLS_LONGEST || text->length > counter->table->max_field) {
        return MTMI_VALUE_UNCLEAN;
    }
    if (text->readable < 8) {
        memset(padded, 0, 8);
        memcpy(padded, cell, length);
        cell = padded;
    }
    if (length <= MTMI_CELLS_SHORT && has_nul(mtmi_cell_cache_load(cell), length)) {
        return MTMI_VALUE_UNCLEAN;
    }
    value = mtmi_cell_cache_find(&counter->cells[kernel->at], cell, length);
    if (value != MTMI_CELLS_MISS) {
        return value;
    }
    if (!is_plain(counter->table, cell, length)) {
        return MTMI_VALUE_UNCLEAN;
    }
    if (cell != padded) { /* what learns may read a little further */
        memcpy(padded, cell, length);
        memset(padded + length, 0, 8);
    }
    return mtmi_meaning_of(counter, kernel->at, padded, length);
}

static uint32_t value_of_cell(mtmi_kernel *kernel, mtmi_counter *counter, size_t row) {
    mtmi_arrow_text text;
    return text_of(kernel, row, &text) ? value_of_text(kernel, counter, &text) : MTMI_VALUE_UNCLEAN;
}

/* What is not remembered, or not yet. */
static __attribute__((noinline)) uint32_t new_value(mtmi_kernel *kernel, mtmi_counter *counter, uint32_t place,
                                                    size_t row) {
    uint32_t value = value_of_cell(kernel, counter, row);
    if (place != UINT32_MAX) {
        kernel->values[place] = value;
    }
    return value;
}

/* The places of a chunk's cells in what is remembered by code or by number; none for other columns. */
static void find_places(mtmi_kernel *kernel, size_t limit, size_t first, size_t n) {
    const mtmi_arrow_column *column = kernel->column;
    if (limit > 0) {
        mtmi_arrow_places(column, (size_t)column->array->offset + column->first + first, n, limit, kernel->places);
    } else {
        memset(kernel->places, 0xFF, n * sizeof kernel->places[0]); /* UINT32_MAX */
    }
}

static inline uint32_t value_at(mtmi_kernel *kernel, mtmi_counter *counter, size_t first, size_t r) {
    uint32_t place = kernel->places[r];
    uint32_t value = place == UINT32_MAX ? MTMI_CELLS_MISS : kernel->values[place];
    return value == MTMI_CELLS_MISS ? new_value(kernel, counter, place, first + r) : value;
}

/* A short text that the cache finds at the first glance; MTMI_CELLS_MISS where more must be asked. */
static inline uint32_t glance(const mtmi_kernel *kernel, const mtmi_counter *counter, size_t at) {
    const mtmi_hot_column *hot = &counter->hot_columns[kernel->at];
    mtmi_arrow_text text;
    if (mtmi_arrow_is_null(kernel->column->array, at) ||
        !mtmi_arrow_text_at(kernel->column->array, kernel->column->width, kernel->last, at, &text) ||
        text.length > MTMI_CELLS_SHORT || text.readable < 8) {
        return MTMI_CELLS_MISS;
    }
    const unsigned char *cell = (const unsigned char *)text.bytes;
    uint32_t value = mtmi_cell_cache_glance(hot->shorts, hot->short_mask, cell, (uint32_t)text.length);
    return has_nul(mtmi_cell_cache_load(cell), (uint32_t)text.length) ? MTMI_CELLS_MISS : value;
}

static inline uint32_t text_at(mtmi_kernel *kernel, mtmi_counter *counter, size_t first, size_t r) {
    size_t at = (size_t)kernel->column->array->offset + kernel->column->first + first + r;
    uint32_t value = glance(kernel, counter, at);
    return value == MTMI_CELLS_MISS ? new_value(kernel, counter, UINT32_MAX, first + r) : value;
}

/* Calls VALUE for each row that is clean so far. */
#define EACH_ROW(chunk, n, VALUE)                                                                                      \
    for (size_t r = 0; r < (n) && (chunk)->counter->status == MTM_OK; r++) {                                           \
        if (((chunk)->marks[r] & MTMI_VALUE_UNCLEAN) == 0 && !(chunk)->no_data[r]) {                                   \
            (chunk)->counter->line = (chunk)->line + r;                                                                \
            VALUE;                                                                                                     \
        }                                                                                                              \
    }

static inline void take_label(mtmi_chunk *chunk, uint32_t *labels, size_t r, uint32_t value) {
    chunk->marks[r] |= value & (MTMI_VALUE_UNCLEAN | MTMI_VALUE_OUTSIDE);
    labels[r] = value & MTMI_VALUE_NUMBER;
}

/* Labels that are all remembered and clean, as nearly always, without asking each; 0 where a row must be asked. */
static int take_known_labels(const mtmi_kernel *kernel, uint32_t *labels, size_t n) {
    uint32_t doubts = 0;
    for (size_t r = 0; r < n; r++) {
        uint32_t place = kernel->places[r];
        uint32_t value = place == UINT32_MAX ? MTMI_CELLS_MISS : kernel->values[place];
        labels[r] = value;
        doubts |= value;
    }
    return (doubts & (MTMI_VALUE_UNCLEAN | MTMI_VALUE_OUTSIDE)) == 0;
}

static void run_labels(mtmi_kernel *kernel, mtmi_chunk *chunk, size_t first, size_t n) {
    uint32_t *labels = chunk->labels + (size_t)kernel->used->axis * MTMI_CHUNK_ROWS;
    if (kernel->column->index_width == 0 && kernel->column->type == MTMI_ARROW_TEXT) {
        EACH_ROW(chunk, n, take_label(chunk, labels, r, text_at(kernel, chunk->counter, first, r)))
        return;
    }
    find_places(kernel, kernel->n_values, first, n);
    if (take_known_labels(kernel, labels, n)) {
        return;
    }
    EACH_ROW(chunk, n, take_label(chunk, labels, r, value_at(kernel, chunk->counter, first, r)))
}

static inline void take_filter(mtmi_chunk *chunk, size_t r, uint32_t value) {
    chunk->marks[r] |= value & MTMI_VALUE_UNCLEAN;
    chunk->no_data[r] = (value & (MTMI_VALUE_UNCLEAN | MTMI_VALUE_OUTSIDE)) == MTMI_VALUE_OUTSIDE;
}

static void run_filter(mtmi_kernel *kernel, mtmi_chunk *chunk, size_t first, size_t n) {
    find_places(kernel, kernel->n_values, first, n);
    EACH_ROW(chunk, n, take_filter(chunk, r, value_at(kernel, chunk->counter, first, r)))
}

/* Days. */

/* The days of a date column's cells since the first that is counted; UINT32_MAX where the text
 * must say. */
static void find_days(mtmi_kernel *kernel, size_t first, size_t n) {
    const mtmi_arrow_column *column = kernel->column;
    size_t at = (size_t)column->array->offset + column->first + first;
    int64_t days[MTMI_CHUNK_ROWS], limit = INT64_MAX / 2, unit = 1, shift = 0; /* in nanoseconds 1823 and 2116 */
    mtmi_arrow_wholes(column, at, n, days);
    if (column->type == MTMI_ARROW_DATE_MILLISECONDS) {
        unit = (int64_t)SECONDS_A_DAY * 1000;
    } else if (column->type == MTMI_ARROW_TIMESTAMP) {
        unit = SECONDS_A_DAY * column->per_second;
        shift = (int64_t)column->zone_minutes * 60 * column->per_second;
    }
    for (size_t r = 0; r < n; r++) {
        int within = days[r] >= -limit && days[r] <= limit;
        int64_t day = within ? days[r] : 0;
        day = unit == 1 ? day : mtmi_arrow_floor_divide(day + shift, unit);
        day -= kernel->first_day;
        kernel->places[r] = within && day >= 0 && day < kernel->n_days ? (uint32_t)day : UINT32_MAX;
    }
    if (column->array->n_buffers > 0 && column->array->buffers[0] != NULL) {
        for (size_t r = 0; r < n; r++) {
            kernel->places[r] = mtmi_arrow_is_null(column->array, at + r) ? UINT32_MAX : kernel->places[r];
        }
    }
}

static void set_numbers(mtmi_counter *counter, mtmi_moment *out, mtm_period period) {
    out->known = 1;
    out->good = (unsigned char)mtmi_counter_period(counter, period);
    memcpy(out->numbers, counter->numbers, counter->table->spec->n_periods * sizeof out->numbers[0]);
}

static void set_day(mtmi_counter *counter, mtmi_moment *out, int32_t day) {
    int year, month, day_of_month;
    mtmi_day_split(day, &year, &month, &day_of_month);
    out->date = (mtmi_date){year, month, day_of_month};
    out->has_date = 1;
    set_numbers(counter, out, (mtm_period){day, day});
}

/* A period's text: a plain date, or what the cache knows. */
static void set_text(const mtmi_kernel *kernel, mtmi_counter *counter, const mtmi_arrow_text *text, mtmi_moment *out) {
    unsigned char padded[40] = {0};
    mtmi_date date;
    out->known = 1;
    out->good = 0;
    if (text->length < sizeof padded - 8) {
        memcpy(padded, text->bytes, text->length);
        if (mtmi_dates_read(padded, (uint32_t)text->length, &date)) {
            set_day(counter, out, mtmi_day_from(date.year, date.month, date.day));
            return;
        }
    }
    uint32_t value = value_of_text(kernel, counter, text);
    if ((value & MTMI_VALUE_UNCLEAN) != 0) {
        return;
    }
    const mtmi_known_period *known = &counter->periods[value & MTMI_VALUE_NUMBER];
    int year, month, day;
    mtmi_day_split(known->period.first, &year, &month, &day);
    out->date = (mtmi_date){year, month, day};
    out->has_date = known->period.first == known->period.last;
    memcpy(out->numbers, known->numbers, counter->table->spec->n_periods * sizeof out->numbers[0]);
    out->good = 1;
}

static inline void take_moment(mtmi_chunk *chunk, size_t r, const mtmi_moment *moment) {
    chunk->moments[r] = moment;
    chunk->marks[r] |= moment->good ? 0 : MTMI_VALUE_UNCLEAN;
}

static inline void take_date(mtmi_kernel *kernel, mtmi_chunk *chunk, size_t r) {
    uint32_t place = kernel->places[r];
    if (place == UINT32_MAX) {
        chunk->marks[r] |= MTMI_VALUE_UNCLEAN;
        return;
    }
    mtmi_moment *moment = &kernel->moments[place];
    if (!moment->known) {
        set_day(chunk->counter, moment, (int32_t)place + kernel->first_day);
    }
    take_moment(chunk, r, moment);
}

static void take_period(mtmi_kernel *kernel, mtmi_chunk *chunk, size_t first, size_t r) {
    uint32_t place = kernel->places[r];
    mtmi_moment *moment = place == UINT32_MAX ? &chunk->own[r] : &kernel->moments[place];
    mtmi_arrow_text text;
    if (place == UINT32_MAX || !moment->known) {
        moment->good = moment->has_date = 0;
        if (text_of(kernel, first + r, &text)) {
            set_text(kernel, chunk->counter, &text, moment);
        }
        moment->known = 1;
    }
    take_moment(chunk, r, moment);
}

/* As take_known_labels(). */
static int take_known_moments(const mtmi_kernel *kernel, mtmi_chunk *chunk, size_t n) {
    int clean = 1;
    for (size_t r = 0; r < n && clean; r++) {
        uint32_t place = kernel->places[r];
        const mtmi_moment *moment = &kernel->moments[place == UINT32_MAX ? 0 : place];
        clean = place != UINT32_MAX && moment->known && moment->good;
        chunk->moments[r] = moment;
    }
    return clean;
}

static void run_periods(mtmi_kernel *kernel, mtmi_chunk *chunk, size_t first, size_t n) {
    if (is_date(kernel->column)) {
        find_days(kernel, first, n);
        if (take_known_moments(kernel, chunk, n)) {
            return;
        }
        EACH_ROW(chunk, n, take_date(kernel, chunk, r))
    } else {
        find_places(kernel, kernel->n_moments, first, n);
        if (kernel->n_moments > 0 && take_known_moments(kernel, chunk, n)) {
            return;
        }
        EACH_ROW(chunk, n, take_period(kernel, chunk, first, r))
    }
}

/* Births. */

static inline void take_year(mtmi_kernel *kernel, mtmi_chunk *chunk, size_t first, size_t r) {
    uint32_t value = value_at(kernel, chunk->counter, first, r);
    chunk->marks[r] |= value & MTMI_VALUE_UNCLEAN;
    chunk->births[r] = (mtmi_date){(int32_t)(value & MTMI_VALUE_NUMBER), 0, 0};
}

static void take_birth(mtmi_kernel *kernel, mtmi_chunk *chunk, size_t first, size_t r) {
    uint32_t value = is_date(kernel->column) ? kernel->places[r] : value_at(kernel, chunk->counter, first, r);
    int year, month, day;
    if ((value & MTMI_VALUE_UNCLEAN) != 0) {
        chunk->marks[r] |= MTMI_VALUE_UNCLEAN;
        return;
    }
    mtmi_day_split((int32_t)value + kernel->first_day, &year, &month, &day);
    chunk->births[r] = (mtmi_date){year, month, day};
}

static void run_births(mtmi_kernel *kernel, mtmi_chunk *chunk, size_t first, size_t n) {
    if (kernel->used->use == MTMI_USE_BIRTH_YEAR) {
        find_places(kernel, kernel->n_values, first, n);
        EACH_ROW(chunk, n, take_year(kernel, chunk, first, r))
        return;
    }
    if (is_date(kernel->column)) {
        find_days(kernel, first, n);
    } else {
        find_places(kernel, kernel->n_values, first, n);
    }
    EACH_ROW(chunk, n, take_birth(kernel, chunk, first, r))
}

/* Numbers. */

/* A whole number that its text would give without decimals; 0 for what the text must say. */
static int whole_at(const mtmi_arrow_column *column, size_t at, int64_t *out) {
    const void *data = column->array->buffers[1];
    double value;
    if (column->index_width != 0 || mtmi_arrow_is_null(column->array, at)) {
        return 0;
    }
    if (column->type == MTMI_ARROW_INT) {
        *out = mtmi_arrow_integer(data, column->width, at);
        return 1;
    }
    if (column->type == MTMI_ARROW_UNSIGNED) {
        *out = (int64_t)mtmi_arrow_unsigned(data, column->width, at);
        return *out >= 0;
    }
    if (column->type != MTMI_ARROW_FLOAT || column->width != 8) {
        return 0;
    }
    memcpy(&value, (const char *)data + at * 8, 8);
    if (!(value > -1e15 && value < 1e15)) {
        return 0;
    }
    *out = (int64_t)value;
    return (double)*out == value;
}

/* Digits that stand for a missing figure are told by their text. */
static int may_be_mark(const mtmi_kernel *kernel) {
    const mtmi_number_style *style = ((const mtmi_column *)kernel->used->column)->bound->number;
    return style->missing.n + style->zero.n + style->not_applicable.n + style->not_available.n > 0;
}

static void take_number(mtmi_kernel *kernel, mtmi_chunk *chunk, size_t first, size_t r) {
    const mtmi_arrow_column *column = kernel->column;
    mtmi_wide *out = &chunk->sums[(size_t)kernel->used->sum * MTMI_CHUNK_ROWS + r];
    mtmi_arrow_text text;
    int64_t whole;
    if (!may_be_mark(kernel) && whole_at(column, (size_t)column->array->offset + column->first + first + r, &whole) &&
        (whole >= 0 || kernel->used->use == MTMI_USE_SUM)) {
        *out = (mtmi_wide)whole * 1000000000;
        return;
    }
    if (!text_of(kernel, first + r, &text) || text.length > MTMI_CELLS_LONGEST ||
        !is_plain(chunk->counter->table, (const unsigned char *)text.bytes, text.length) ||
        !mtmi_meaning_number(chunk->counter, kernel->at, (const unsigned char *)text.bytes, (uint32_t)text.length,
                             out)) {
        chunk->marks[r] |= MTMI_VALUE_UNCLEAN;
    }
}

void mtmi_kernel_run(mtmi_kernel *kernel, mtmi_chunk *chunk, size_t first, size_t n) {
    switch (kernel->used->use) {
    case MTMI_USE_ROWS: run_filter(kernel, chunk, first, n); break;
    case MTMI_USE_PERIOD: run_periods(kernel, chunk, first, n); break;
    case MTMI_USE_SUM:
    case MTMI_USE_COUNT: EACH_ROW(chunk, n, take_number(kernel, chunk, first, r)) break;
    case MTMI_USE_LABEL: run_labels(kernel, chunk, first, n); break;
    case MTMI_USE_BIRTH_YEAR:
    case MTMI_USE_BIRTH_DATE: run_births(kernel, chunk, first, n); break;
    case MTMI_USE_ID:
    case MTMI_USE_HOUSEHOLD:
    case MTMI_USE_ENTERED:
    case MTMI_USE_LEFT: break; /* registrations are taken in as text */
    }
}
