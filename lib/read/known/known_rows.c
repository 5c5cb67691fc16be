/* A column at a time over a stretch of rows, each column cutting the stretch at its first cell that is not known. Labels are known
 * to the observer, by their text; codes of a dictionary are asked once a batch, days once a day. */
#include "read/known/known_rows.h"

#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "read/arrow/arrow_rows.h"
#include "read/arrow/arrow_values.h"

#include <string.h>

enum {
    STRETCH = MTMI_ARROW_STRETCH,
    SECONDS_A_DAY = 86400,
    FIRST_DAY = -8192, /* 1947; days are remembered up to 2126 */
    DAYS = 1 << 16,
    MOST_PERIODS = 1 << 16, /* and spellings of periods */
    LEAST_FIELD = 64        /* below such a limit even a figure may be too long */
};

/* What a code of a dictionary stands for, in one batch. */
typedef struct meaning {
    uint64_t batch; /* 0: not asked */
    int32_t number;
} meaning;

/* A column of the table, and its stretch. */
typedef struct known_column {
    size_t at; /* among the bound columns */
    const mtmi_bound *bound;
    meaning *codes;
    size_t n_codes;
    int32_t *numbers; /* members, or places in the list of periods */
    int64_t *figures;
} known_column;

struct mtmi_known {
    mtmi_rows *rows;
    mtmi_observer *observer;
    known_column *columns;
    size_t n;
    mtmi_map spellings;  /* of periods that are no days: their places in the list */
    int32_t *days;       /* the same of days, from 1; 0 is not known */
    mtm_period *periods; /* the list */
    size_t n_periods, periods_capacity;
    int32_t *places; /* of spellings */
    size_t places_capacity;
    mtm_period row_periods[STRETCH];
    mtmi_buffer text;
    size_t stretch; /* rows that are looked at, fewer where many are not known */
};

static int is_day(const mtmi_arrow_column *column) {
    return column->index_width == 0 &&
           (column->type == MTMI_ARROW_DATE_DAYS || column->type == MTMI_ARROW_DATE_MILLISECONDS ||
            column->type == MTMI_ARROW_TIMESTAMP);
}

static int has_figures(const mtmi_arrow_column *column) {
    return column->index_width == 0 &&
           (column->type == MTMI_ARROW_INT || column->type == MTMI_ARROW_UNSIGNED ||
            (column->type == MTMI_ARROW_FLOAT && (column->width == 4 || column->width == 8)));
}

/* ---- cells ---- */

static size_t place_of(const mtmi_arrow_column *column, size_t row) {
    return (size_t)column->array->offset + column->first + row;
}

/* The text of a cell; 0 where it is none. Lent until the next. */
static int text_of(mtmi_known *known, const mtmi_arrow_column *column, size_t row, mtmi_arrow_text *out) {
    const size_t at = place_of(column, row);
    if (column->index_width == 0 && column->type == MTMI_ARROW_TEXT && !mtmi_arrow_is_null(column->array, at)) {
        return mtmi_arrow_text_at(column->array, column->width, 0, at, out);
    }
    mtmi_buffer_clear(&known->text);
    const mtmi_arrow_cell kind = mtmi_arrow_column_cell(column, row, &known->text);
    *out = (mtmi_arrow_text){known->text.data != NULL ? known->text.data : "", known->text.size, known->text.size};
    return !known->text.failed && (kind == MTMI_ARROW_CELL_PLAIN || kind == MTMI_ARROW_CELL_TEXT);
}

/* The day of a cell, where its text is a day alone. */
static int day_of(const mtmi_arrow_column *column, int64_t value, int64_t *out) {
    if (column->type == MTMI_ARROW_DATE_DAYS) {
        *out = value;
    } else if (column->type == MTMI_ARROW_DATE_MILLISECONDS) {
        *out = mtmi_arrow_floor_divide(value, (int64_t)SECONDS_A_DAY * 1000);
    } else {
        const int64_t seconds = mtmi_arrow_floor_divide(value, column->per_second) + (int64_t)column->zone_minutes * 60;
        *out = mtmi_arrow_floor_divide(seconds, SECONDS_A_DAY);
        if (*out * SECONDS_A_DAY != seconds) {
            return 0;
        }
    }
    *out -= FIRST_DAY;
    return *out >= 0 && *out < DAYS;
}

static int32_t find_spelling(const mtmi_known *known, const mtmi_arrow_text *text) {
    const uint32_t number = mtmi_map_find(&known->spellings, text->bytes, text->length);
    return number != MTMI_MAP_NONE ? known->places[number] : -1;
}

/* What a cell stands for, by its text; -1 where the row's text must say. */
static int32_t number_of(mtmi_known *known, const known_column *column, const mtmi_arrow_column *cells, size_t row,
                         uint64_t max_field) {
    mtmi_arrow_text text;
    if (!text_of(known, cells, row, &text)) {
        return -1;
    }
    switch (column->bound->role) {
    case MTMI_ROLE_IGNORE:
        return text.length <= max_field && mtmi_text_valid(text.bytes, text.length) == text.length &&
                       memchr(text.bytes, '\0', text.length) == NULL
                   ? 0
                   : -1;
    case MTMI_ROLE_PERIOD: return find_spelling(known, &text);
    default: return mtmi_observer_known_label(known->observer, column->at, text.bytes, text.length);
    }
}

/* ---- columns ---- */

/* Room for what the codes of a dictionary stand for; n_codes 0 where there is none, or too many. */
static mtm_status prepare_codes(known_column *column, const mtmi_arrow_column *cells, mtm_error *err) {
    const size_t n = mtmi_arrow_codes(cells);
    if (n > column->n_codes) {
        meaning *codes = mtmi_memory_new(n, sizeof *codes);
        if (codes == NULL) {
            return mtmi_error_memory(err);
        }
        mtmi_memory_free(column->codes);
        column->codes = codes;
        column->n_codes = n;
    }
    return MTM_OK;
}

/* Each gives how many rows of the stretch are known. */

static size_t take_codes(mtmi_known *known, known_column *column, const mtmi_arrow_column *cells,
                         const mtmi_arrow_ahead *ahead, size_t n) {
    uint32_t places[STRETCH];
    mtmi_arrow_places(cells, place_of(cells, ahead->row), n, mtmi_arrow_codes(cells), places);
    for (size_t r = 0; r < n; r++) {
        meaning *code = places[r] != UINT32_MAX ? &column->codes[places[r]] : NULL;
        column->numbers[r] = code != NULL && code->batch == ahead->batch
                                 ? code->number
                                 : number_of(known, column, cells, ahead->row + r, ahead->max_field);
        if (column->numbers[r] < 0) {
            return r;
        }
        if (code != NULL) {
            *code = (meaning){ahead->batch, column->numbers[r]};
        }
    }
    return n;
}

static size_t take_numbers(mtmi_known *known, known_column *column, const mtmi_arrow_column *cells,
                           const mtmi_arrow_ahead *ahead, size_t n) {
    for (size_t r = 0; r < n; r++) {
        column->numbers[r] = number_of(known, column, cells, ahead->row + r, ahead->max_field);
        if (column->numbers[r] < 0) {
            return r;
        }
    }
    return n;
}

static size_t take_days(mtmi_known *known, known_column *column, const mtmi_arrow_column *cells,
                        const mtmi_arrow_ahead *ahead, size_t n) {
    const size_t at = place_of(cells, ahead->row);
    int64_t values[STRETCH], day = 0;
    mtmi_arrow_wholes(cells, at, n, values);
    for (size_t r = 0; r < n; r++) {
        if (mtmi_arrow_is_null(cells->array, at + r) || !day_of(cells, values[r], &day) || known->days[day] == 0) {
            return r;
        }
        column->numbers[r] = known->days[day] - 1;
    }
    return n;
}

/* A float that is a whole number; its text is that number. */
static int whole_float(const mtmi_arrow_column *cells, size_t at, int64_t *out) {
    double value;
    float small;
    if (cells->width == 4) {
        memcpy(&small, (const char *)cells->array->buffers[1] + at * 4, 4);
        value = (double)small;
    } else {
        memcpy(&value, (const char *)cells->array->buffers[1] + at * 8, 8);
    }
    if (!(value > (double)-MTMI_KNOWN_FIGURES && value < (double)MTMI_KNOWN_FIGURES)) {
        return 0;
    }
    *out = (int64_t)value;
    return (double)*out == value;
}

static size_t take_figures(known_column *column, const mtmi_arrow_column *cells, const mtmi_arrow_ahead *ahead,
                           size_t n) {
    const size_t at = place_of(cells, ahead->row);
    const int is_float = cells->type == MTMI_ARROW_FLOAT;
    if (!is_float) {
        mtmi_arrow_wholes(cells, at, n, column->figures);
    }
    for (size_t r = 0; r < n; r++) {
        const int good = !is_float ? cells->type == MTMI_ARROW_INT || column->figures[r] >= 0
                                   : whole_float(cells, at + r, &column->figures[r]);
        if (!good || mtmi_arrow_is_null(cells->array, at + r)) {
            return r;
        }
    }
    return n;
}

static size_t take_column(mtmi_known *known, known_column *column, const mtmi_arrow_column *cells,
                          const mtmi_arrow_ahead *ahead, size_t n) {
    const mtmi_role role = column->bound->role;
    if (role == MTMI_ROLE_VALUE) {
        return take_figures(column, cells, ahead, n);
    }
    if (role == MTMI_ROLE_PERIOD && is_day(cells)) {
        return take_days(known, column, cells, ahead, n);
    }
    if (role == MTMI_ROLE_IGNORE && cells->index_width == 0 && cells->type != MTMI_ARROW_TEXT &&
        cells->type != MTMI_ARROW_TEXT_VIEW) {
        return n;
    }
    return mtmi_arrow_codes(cells) > 0 ? take_codes(known, column, cells, ahead, n)
                                       : take_numbers(known, column, cells, ahead, n);
}

/* ---- rows ---- */

mtm_status mtmi_known_take(mtmi_known *known, size_t *taken, mtm_error *err) {
    mtmi_arrow_ahead ahead;
    mtmi_known_rows rows = {0};
    size_t n = 0;
    *taken = 0;
    if (mtmi_arrow_rows_ahead(known->rows, &ahead)) {
        n = ahead.n < known->stretch ? ahead.n : known->stretch;
    }
    if (n == 0) {
        return MTM_OK;
    }
    const size_t whole = n;
    rows.line = ahead.line;
    rows.periods = known->row_periods;
    for (size_t i = 0; i < known->n && n > 0; i++) {
        known_column *column = &known->columns[i];
        const mtmi_arrow_column *cells = &ahead.columns[column->bound->cell];
        const mtmi_role role = column->bound->role;
        MTMI_CHECK_STATUS(prepare_codes(column, cells, err));
        n = take_column(known, column, cells, &ahead, n);
        for (size_t r = 0; r < n && role == MTMI_ROLE_PERIOD; r++) {
            known->row_periods[r] = known->periods[column->numbers[r]];
        }
        rows.columns[i].figures = column->figures;
        rows.columns[i].members = role == MTMI_ROLE_DIMENSION || role == MTMI_ROLE_INDICATOR ? column->numbers : NULL;
    }
    MTMI_CHECK_STATUS(n > 0 ? mtmi_observer_known_rows(known->observer, &rows, n, taken, err) : MTM_OK);
    mtmi_arrow_rows_pass(known->rows, *taken);
    known->stretch = *taken == whole ? 2 * known->stretch : *taken > 0 ? 2 * *taken : known->stretch / 2;
    known->stretch = known->stretch < 1 ? 1 : known->stretch > STRETCH ? STRETCH : known->stretch;
    return MTM_OK;
}

/* The place of a period in the list. */
static mtm_status add_period(mtmi_known *known, mtm_period period, int32_t *out, mtm_error *err) {
    if (!mtmi_memory_reserve((void **)&known->periods, &known->periods_capacity, known->n_periods + 1,
                             sizeof *known->periods)) {
        return mtmi_error_memory(err);
    }
    *out = (int32_t)known->n_periods;
    known->periods[known->n_periods++] = period;
    return MTM_OK;
}

static mtm_status learn_spelling(mtmi_known *known, const mtmi_arrow_text *text, mtm_period period, mtm_error *err) {
    int32_t place = 0;
    if (find_spelling(known, text) >= 0) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(add_period(known, period, &place, err));
    if (!mtmi_memory_reserve((void **)&known->places, &known->places_capacity, known->spellings.n + 1,
                             sizeof *known->places)) {
        return mtmi_error_memory(err);
    }
    const uint32_t number = mtmi_map_add(&known->spellings, text->bytes, text->length);
    if (number == MTMI_MAP_NONE) {
        return mtmi_error_memory(err);
    }
    known->places[number] = place;
    return MTM_OK;
}

static mtm_status learn_day(mtmi_known *known, const mtmi_arrow_column *cells, size_t at, mtm_period period,
                            mtm_error *err) {
    int64_t value, day;
    int32_t place = 0;
    mtmi_arrow_wholes(cells, at, 1, &value);
    if (mtmi_arrow_is_null(cells->array, at) || !day_of(cells, value, &day) || known->days[day] != 0) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(add_period(known, period, &place, err));
    known->days[day] = place + 1;
    return MTM_OK;
}

mtm_status mtmi_known_learn(mtmi_known *known, mtm_error *err) {
    mtmi_arrow_ahead ahead;
    mtm_period period;
    mtmi_arrow_text text;
    if (!mtmi_arrow_rows_ahead(known->rows, &ahead) || ahead.row == 0 || known->n_periods >= MOST_PERIODS ||
        !mtmi_observer_row_period(known->observer, &period)) {
        return MTM_OK;
    }
    for (size_t i = 0; i < known->n; i++) {
        const mtmi_arrow_column *cells = &ahead.columns[known->columns[i].bound->cell];
        if (known->columns[i].bound->role != MTMI_ROLE_PERIOD) {
            continue;
        }
        if (is_day(cells)) {
            return learn_day(known, cells, place_of(cells, ahead.row - 1), period, err);
        }
        return text_of(known, cells, ahead.row - 1, &text) ? learn_spelling(known, &text, period, err) : MTM_OK;
    }
    return MTM_OK;
}

static mtm_status start_column(mtmi_known *known, const mtmi_columns *columns, size_t i, mtm_error *err) {
    known_column *column = &known->columns[i];
    const int is_figure = columns->at[i].role == MTMI_ROLE_VALUE;
    column->at = i;
    column->bound = &columns->at[i];
    column->figures = is_figure ? mtmi_memory_new(STRETCH, sizeof *column->figures) : NULL;
    column->numbers = is_figure ? NULL : mtmi_memory_new(STRETCH, sizeof *column->numbers);
    return column->figures != NULL || column->numbers != NULL ? MTM_OK : mtmi_error_memory(err);
}

/* Columns of the stream that can be taken so. */
static int are_usable(const mtmi_arrow_ahead *ahead, const mtmi_columns *columns) {
    for (size_t i = 0; i < columns->n; i++) {
        const size_t cell = columns->at[i].cell;
        if (cell >= ahead->n_columns ||
            (columns->at[i].role == MTMI_ROLE_VALUE && !has_figures(&ahead->columns[cell]))) {
            return 0;
        }
    }
    return columns->n == ahead->n_columns && ahead->max_field >= LEAST_FIELD;
}

mtm_status mtmi_known_new(mtmi_rows *rows, mtmi_observer *observer, const mtmi_columns *columns, mtmi_known **out,
                          mtm_error *err) {
    mtmi_arrow_ahead ahead;
    mtmi_known *known = NULL;
    mtm_status status = MTM_OK;
    *out = NULL;
    if (!mtmi_arrow_rows_ahead(rows, &ahead) || !are_usable(&ahead, columns) || !mtmi_observer_knows_cells(observer)) {
        return MTM_OK;
    }
    known = mtmi_memory_new(1, sizeof *known);
    MTMI_TRY(known == NULL ? mtmi_error_memory(err) : MTM_OK);
    known->rows = rows;
    known->observer = observer;
    known->n = columns->n;
    known->stretch = STRETCH;
    known->days = mtmi_memory_new(DAYS, sizeof *known->days);
    known->columns = mtmi_memory_new(columns->n, sizeof *known->columns);
    MTMI_TRY(known->days == NULL || known->columns == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (size_t i = 0; i < columns->n; i++) {
        MTMI_TRY(start_column(known, columns, i, err));
    }
    *out = known;
    known = NULL;
out:
    mtmi_known_free(known);
    return status;
}

void mtmi_known_free(mtmi_known *known) {
    if (known == NULL) {
        return;
    }
    for (size_t i = 0; known->columns != NULL && i < known->n; i++) {
        mtmi_memory_free(known->columns[i].codes);
        mtmi_memory_free(known->columns[i].numbers);
        mtmi_memory_free(known->columns[i].figures);
    }
    mtmi_memory_free(known->columns);
    mtmi_memory_free(known->days);
    mtmi_memory_free(known->periods);
    mtmi_memory_free(known->places);
    mtmi_map_free(&known->spellings);
    mtmi_buffer_free(&known->text);
    mtmi_memory_free(known);
}
