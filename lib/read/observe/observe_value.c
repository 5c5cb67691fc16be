/* Reads the figures of a row, compares them with cells met before, and adds the observations. All values of a dataset
 * have one scale. */
#include "base/decimal.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "read/observe/observe_internal.h"

#include <string.h>

/* ---- reading ---- */

static int contradicts(unsigned before, unsigned now) {
    int points = MTMI_NUMBER_DECIMAL_POINT | MTMI_NUMBER_GROUP_POINT;
    int commas = MTMI_NUMBER_DECIMAL_COMMA | MTMI_NUMBER_GROUP_COMMA;
    unsigned both = before | now;
    int decimals = MTMI_NUMBER_DECIMAL_POINT | MTMI_NUMBER_DECIMAL_COMMA;

    return (both & (unsigned)points) == (unsigned)points || (both & (unsigned)commas) == (unsigned)commas ||
           (both & (unsigned)decimals) == (unsigned)decimals;
}

/* The column's multiplier, exactly. 0 when it does not fit. */
static int scale(mtm_decimal *value, int power) {
    mtmi_wide units = value->units;
    int decimals = value->decimals - power;

    if (decimals > MTMI_DECIMALS_MAX || power > 18) {
        mtm_decimal plain = mtmi_decimal_trim(*value);
        units = plain.units;
        decimals = plain.decimals - power;
    }
    if (decimals < 0) {
        units *= mtmi_decimal_power(-decimals);
        decimals = 0;
    }
    return decimals <= MTMI_DECIMALS_MAX && mtmi_decimal_narrow(units, decimals, value, NULL) == MTM_OK;
}

static mtmi_row_outcome fit_decimals(mtmi_observer *observer, const mtmi_bound *bound, mtm_decimal *value) {
    int most = observer->settings.resource->decimals;

    if (!scale(value, bound->multiplier)) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_NUMBER_RANGE, "a figure of at most 18 digits (64 bits)",
                                   "");
    }
    if (most >= 0 && value->decimals > most) {
        *value = mtmi_decimal_trim(*value);
    }
    if (most >= 0 && value->decimals > most) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_NUMBER_RANGE,
                                   "no more digits after the point than declared", "correct decimals in the resource");
    }
    return MTMI_ROW_DONE;
}

/* SDMX-CSV 2.1 marks what is missing on purpose. */
static int is_sdmx_missing(const mtmi_bound *bound, mtmi_cell cell) {
    return bound->how == MTMI_HOW_SDMX && ((cell.length == 4 && memcmp(cell.text, "#N/A", 4) == 0) ||
                                           (cell.length == 3 && memcmp(cell.text, "NaN", 3) == 0));
}

static mtmi_row_outcome agree_with_status(mtmi_observer *observer, const mtmi_bound *bound, mtmi_number *number) {
    char said = observer->current.status;

    if (said == 0) {
        return MTMI_ROW_DONE;
    }
    if (number->outcome == MTMI_NUMBER_EMPTY) {
        number->status = strchr("LMOQ", said) != NULL ? said : number->status;
        return MTMI_ROW_DONE;
    }
    if (strchr("LMOQ", said) != NULL) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_STATUS,
                                   "no figure where the status says that there is none", "");
    }
    number->status = said;
    return MTMI_ROW_DONE;
}

/* A number that a program wrote: whatever is declared of marks is about texts. It proves nothing about them. */
static void read_typed(mtmi_cell cell, const mtmi_number_style *style, mtmi_number *out) {
    mtmi_number_style plain = *style;

    plain.group[0] = '\0';
    memcpy(plain.decimal, ".", 2);
    mtmi_number_read(cell.text, cell.length, &plain, out);
    out->proves = 0;
}

static mtmi_row_outcome read_number(mtmi_observer *observer, size_t column) {
    const mtmi_bound *bound = &observer->file.columns->at[column];
    mtmi_column_state *memory = &observer->file.memory[column];
    mtmi_number *number = &observer->current.numbers[column];
    mtmi_cell cell = mtmi_observe_cell(observer, bound);

    if (is_sdmx_missing(bound, cell)) {
        memset(number, 0, sizeof *number);
        number->outcome = MTMI_NUMBER_EMPTY;
        number->status = 'O';
        return agree_with_status(observer, bound, number);
    }
    if (cell.typed ||
        (bound->how == MTMI_HOW_SDMX && bound->number->decimal[0] == '\0' && bound->number->group[0] == '\0')) {
        read_typed(cell, bound->number, number); /* SDMX-CSV writes points and no groups */
    } else if (cell.length == mtmi_row_cell(observer->current.row, bound->cell).length) {
        mtmi_row_read_number(observer->current.row, bound->cell, bound->number, number);
    } else { /* a label or a mark of a footnote was cut */
        mtmi_number_read(cell.text, cell.length, bound->number, number);
    }
    if (number->outcome == MTMI_NUMBER_BAD) {
        return mtmi_observe_refuse(observer, bound, number->code, number->expected, number->hint);
    }
    if (number->proves != 0 && contradicts(memory->proofs, number->proves)) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_MARKS_DISAGREE,
                                   "the decimal mark that other cells of this column have",
                                   "declare groupChar and decimalChar, or correct the cell");
    }
    if (number->code != 0) {
        mtmi_observe_note(observer, bound, number->code,
                          number->outcome == MTMI_NUMBER_EMPTY ? "a figure, or a declared mark; taken for no value"
                                                               : "a plain figure; it was read all the same",
                          number->hint);
    }
    if (number->unit != NULL) {
        MTMI_ROW_TRY(mtmi_observe_number_unit(observer, bound, number->unit));
    }
    if (number->outcome != MTMI_NUMBER_EMPTY) {
        MTMI_ROW_TRY(mtmi_observe_plausible(observer, bound, number->value));
        MTMI_ROW_TRY(fit_decimals(observer, bound, &number->value));
    }
    return agree_with_status(observer, bound, number);
}

mtmi_row_outcome mtmi_observe_numbers(mtmi_observer *observer) {
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        if (observer->file.columns->at[i].role == MTMI_ROLE_VALUE) {
            MTMI_ROW_TRY(read_number(observer, i));
        }
    }
    return MTMI_ROW_DONE;
}

/* ---- keeping ---- */

/* All values so far at a finer scale. 0 when one does not fit. */
static int refine(mtmi_observer *observer, int decimals) {
    mtm_dataset *dataset = mtmi_builder_dataset(observer->builder);
    int64_t factor = mtmi_decimal_power(decimals - observer->whole.decimals);

    for (size_t i = 0; i < dataset->n; i++) {
        int64_t value;
        if (__builtin_mul_overflow(dataset->values[i], factor, &value)) {
            return 0;
        }
    }
    for (size_t i = 0; i < dataset->n; i++) {
        dataset->values[i] *= factor;
    }
    for (size_t i = 0; dataset->contributions != NULL && i < dataset->n; i++) {
        mtmi_contribution *contribution = &dataset->contributions[i];
        int over = __builtin_mul_overflow(contribution->largest, factor, &contribution->largest);
        over |= __builtin_mul_overflow(contribution->second, factor, &contribution->second);
        contribution->contributors = over ? -1 : contribution->contributors;
    }
    observer->whole.decimals = decimals;
    return 1;
}

static mtmi_row_outcome refuse_overflow(mtmi_observer *observer, const mtmi_bound *bound) {
    return mtmi_observe_refuse(observer, bound, MTMI_CODE_OVERFLOW,
                               "figures that fit in 64 bits with the same number of decimals", "");
}

/* Scales that all figures of the row fit into, before any of them is kept. */
static mtmi_row_outcome prepare_scale(mtmi_observer *observer) {
    int most = observer->whole.decimals;
    mtm_decimal ignored;

    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_number *number = &observer->current.numbers[i];
        if (observer->file.columns->at[i].role == MTMI_ROLE_VALUE && number->outcome != MTMI_NUMBER_EMPTY) {
            most = number->value.decimals > most ? number->value.decimals : most;
        }
    }
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_number *number = &observer->current.numbers[i];
        if (observer->file.columns->at[i].role == MTMI_ROLE_VALUE && number->outcome != MTMI_NUMBER_EMPTY &&
            mtmi_decimal_narrow(mtmi_decimal_rescale(number->value.units, number->value.decimals, most), most, &ignored,
                                NULL) != MTM_OK) {
            return refuse_overflow(observer, &observer->file.columns->at[i]);
        }
    }
    if (most > observer->whole.decimals && !refine(observer, most)) {
        for (size_t i = 0; i < observer->file.columns->n; i++) {
            if (observer->file.columns->at[i].role == MTMI_ROLE_VALUE) {
                return refuse_overflow(observer, &observer->file.columns->at[i]);
            }
        }
    }
    return MTMI_ROW_DONE;
}

static void codes_of(const mtmi_observer *observer, size_t column, int32_t codes[MTMI_DIMENSIONS_MAX]) {
    const mtmi_column_state *memory = &observer->file.memory[column];

    for (size_t d = 0; d < MTMI_DIMENSIONS_MAX; d++) {
        int32_t row = observer->current.codes[d] >= 0 ? observer->current.codes[d] : observer->file.fixed[d];
        codes[d] = memory->codes[d] >= 0 ? memory->codes[d] : row;
    }
}

/* What makes a cell the same one: period, release, members. */
static size_t cell_key(const mtmi_observer *observer, size_t column, int32_t key[MTMI_DIMENSIONS_MAX + 3]) {
    mtm_period period = mtmi_observe_period_of(observer, &observer->file.columns->at[column]);

    codes_of(observer, column, key);
    for (size_t d = 0; d < MTMI_DIMENSIONS_MAX; d++) {
        key[d] = key[d] < 0 ? 0 : key[d]; /* the total */
    }
    key[MTMI_DIMENSIONS_MAX] = period.first;
    key[MTMI_DIMENSIONS_MAX + 1] = period.last;
    key[MTMI_DIMENSIONS_MAX + 2] = observer->current.release;
    return (MTMI_DIMENSIONS_MAX + 3) * sizeof *key;
}

static void append(char *out, size_t size, size_t *n, const char *text) {
    size_t length = strlen(text);
    if (*n + length < size) {
        memcpy(out + *n, text, length + 1);
        *n += length;
    }
}

static mtmi_row_outcome refuse_contradiction(mtmi_observer *observer, const mtmi_bound *bound, const mtmi_seen *seen) {
    char number[64];
    size_t n = 0;

    if (seen->has_value) {
        (void)mtmi_decimal_write(seen->value, seen->decimals, number, sizeof number);
    }
    append(observer->current.expected, sizeof observer->current.expected, &n, seen->has_value ? number : "no value");
    append(observer->current.expected, sizeof observer->current.expected, &n, ", as in line ");
    (void)mtmi_decimal_write(seen->line, 0, number, sizeof number);
    append(observer->current.expected, sizeof observer->current.expected, &n, number);
    append(observer->current.expected, sizeof observer->current.expected, &n,
           seen->file == observer->file.number ? ": the same cell has two values"
                                               : " of an earlier file: the same cell has two values");
    return mtmi_observe_refuse(
        observer, bound, MTMI_CODE_CONTRADICTION, observer->current.expected,
        "give the rows their release dates, name the column that tells them apart, or correct one");
}

static int same_value(const mtmi_seen *seen, const mtmi_number *number) {
    int has_value = number->outcome != MTMI_NUMBER_EMPTY;
    mtm_decimal before = {seen->value, seen->decimals, 0};

    return seen->has_value == has_value && (!has_value || mtmi_decimal_compare(before, number->value) == 0);
}

static int is_left_alone(const mtmi_bound *bound) {
    return bound->role == MTMI_ROLE_IGNORE && bound->how == MTMI_HOW_NONE;
}

/* Of the columns that nobody described or said to ignore: they may be what tells two rows apart. */
static uint64_t digest_rest(const mtmi_observer *observer) {
    uint64_t digest = 0;

    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        if (is_left_alone(bound)) {
            mtmi_cell cell = mtmi_observe_cell(observer, bound);
            digest = digest * UINT64_C(1099511628211) + mtmi_digest_key(cell.text, cell.length);
        }
    }
    return digest;
}

void mtmi_observe_comparing(mtmi_observer *observer) {
    observer->file.compares = observer->settings.log != NULL;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        observer->file.compares |= is_left_alone(&observer->file.columns->at[i]);
    }
}

static mtmi_row_outcome refuse_twin(mtmi_observer *observer, const mtmi_bound *bound, const mtmi_seen *seen) {
    char number[64];
    size_t n = 0;

    append(observer->current.expected, sizeof observer->current.expected, &n, "a row that differs from line ");
    (void)mtmi_decimal_write(seen->line, 0, number, sizeof number);
    append(observer->current.expected, sizeof observer->current.expected, &n, number);
    append(observer->current.expected, sizeof observer->current.expected, &n,
           " in more than columns that are left alone");
    return mtmi_observe_refuse(observer, bound, MTMI_CODE_CONTRADICTION, observer->current.expected,
                               "give the column that tells the rows apart a role, or ignore");
}

static void note_added(mtmi_observer *observer, const mtmi_bound *bound, const mtmi_seen *seen) {
    char line[24];
    size_t n = 0;
    append(observer->current.expected, sizeof observer->current.expected, &n,
           "a cell that is not there before; it is added to that of line ");
    (void)mtmi_decimal_write(seen->line, 0, line, sizeof line);
    append(observer->current.expected, sizeof observer->current.expected, &n, line);
    mtmi_observe_note(observer, bound, MTMI_CODE_REPEAT_ADDED, observer->current.expected,
                      "leave repeats out if it is no part of it");
}

/* How many cells of the row were met before; refuses one that had another value. Rows of microdata are events, and two
 * that are alike in all are two. */
static mtmi_row_outcome compare_cells(mtmi_observer *observer, size_t *met, size_t *n) {
    int32_t key[MTMI_DIMENSIONS_MAX + 3];
    uint64_t rest = digest_rest(observer);

    *met = *n = 0;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        if (bound->role != MTMI_ROLE_VALUE) {
            continue;
        }
        ++*n;
        uint32_t number = observer->settings.resource->microdata
                              ? MTMI_MAP_NONE
                              : mtmi_map_find(&observer->seen.keys, key, cell_key(observer, i, key));
        if (number == MTMI_MAP_NONE) {
            continue;
        }
        if (observer->settings.resource->add_repeats) {
            note_added(observer, bound, &observer->seen.cells[number]);
            continue;
        }
        ++*met;
        if (!same_value(&observer->seen.cells[number], &observer->current.numbers[i])) {
            return refuse_contradiction(observer, bound, &observer->seen.cells[number]);
        }
        if (observer->seen.cells[number].rest != rest) {
            return refuse_twin(observer, bound, &observer->seen.cells[number]);
        }
    }
    return MTMI_ROW_DONE;
}

static mtm_status remember_cells(mtmi_observer *observer, mtm_error *err) {
    int32_t key[MTMI_DIMENSIONS_MAX + 3];
    uint64_t rest = digest_rest(observer);

    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_number *number = &observer->current.numbers[i];
        void *seen = observer->seen.cells;
        if (observer->file.columns->at[i].role != MTMI_ROLE_VALUE) {
            continue;
        }
        size_t size = cell_key(observer, i, key);
        uint32_t at = mtmi_map_find(&observer->seen.keys, key, size);
        if (at != MTMI_MAP_NONE) {
            continue;
        }
        at = mtmi_map_add(&observer->seen.keys, key, size);
        if (at == MTMI_MAP_NONE ||
            !mtmi_memory_reserve(&seen, &observer->seen.capacity, (size_t)at + 1, sizeof *observer->seen.cells)) {
            return mtmi_error_memory(err);
        }
        observer->seen.cells = seen;
        observer->seen.cells[at] =
            (mtmi_seen){number->value.units,    observer->current.row->line,          rest,
                        number->value.decimals, number->outcome != MTMI_NUMBER_EMPTY, observer->file.number};
    }
    return MTM_OK;
}

static mtm_status add_observations(mtmi_observer *observer, mtm_error *err) {
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        const mtmi_number *number = &observer->current.numbers[i];
        int32_t codes[MTMI_DIMENSIONS_MAX];
        if (bound->role != MTMI_ROLE_VALUE) {
            continue;
        }
        codes_of(observer, i, codes);
        mtmi_observation observation = {mtmi_observe_period_of(observer, bound),
                                        0,
                                        number->status,
                                        (int32_t)bound->cell + 1,
                                        observer->current.row->line,
                                        observer->current.release,
                                        observer->current.source,
                                        observer->current.note,
                                        codes};
        if (number->outcome != MTMI_NUMBER_EMPTY) {
            observation.value =
                (int64_t)mtmi_decimal_rescale(number->value.units, number->value.decimals, observer->whole.decimals);
        }
        MTMI_CHECK_STATUS(mtmi_builder_add(observer->builder, &observation, err));
        MTMI_CHECK_STATUS(mtmi_observe_keep_contribution(observer, bound, err));
    }
    return MTM_OK;
}

static int is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Spaces of all kinds, and apostrophes, need no proof; a check says that they were met. */
static void find_group(mtmi_observer *observer, const mtmi_bound *bound, const mtmi_number *number) {
    mtmi_cell cell = mtmi_observe_cell(observer, bound);
    size_t bytes = 1;

    if (observer->whole.group[0] != '\0' || number->outcome == MTMI_NUMBER_EMPTY || cell.length < 5) {
        return;
    }
    for (size_t at = 1; at < cell.length; at += bytes) {
        uint32_t c = mtmi_text_decode(cell.text + at, cell.length - at, &bytes);
        int between = at + bytes < cell.length && is_digit(cell.text[at - 1]) && is_digit(cell.text[at + bytes]);
        if (between && (mtmi_text_is_space(c) || c == '\'' || c == 0x2019)) {
            observer->whole.group[0] = mtmi_text_is_space(c) ? ' ' : '\'';
            return;
        }
    }
}

static void count_row(mtmi_observer *observer) {
    mtmi_check_file *file = observer->settings.log == NULL ? NULL : mtmi_check_at_file(observer->settings.log);

    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        mtmi_column_state *memory = &observer->file.memory[i];
        mtm_period period = mtmi_observe_period_of(observer, bound);
        if (bound->role != MTMI_ROLE_VALUE) {
            continue;
        }
        memory->proofs |= observer->current.numbers[i].proves;
        observer->whole.proofs |= observer->current.numbers[i].proves;
        observer->whole.all_days &= period.first == period.last;
        observer->whole.cumulative_said |= bound->cumulative;
        if (file == NULL) {
            continue;
        }
        find_group(observer, bound, &observer->current.numbers[i]);
        file->n_observations++;
        mtmi_observe_extend(file, period);
    }
    if (file != NULL && observer->settings.resource->microdata) {
        mtmi_observe_extend(file, observer->current.period);
    }
}

/* A check keeps cells to compare them, up to a limit: its memory does not grow with the file. */
static void stop_comparing(mtmi_observer *observer) {
    mtmi_builder_free(observer->builder);
    observer->builder = NULL;
    observer->seen.given_up = 1;
    mtmi_map_free(&observer->seen.keys);
    observer->seen.keys = (mtmi_map)MTMI_MAP_INIT;
}

static mtm_status keep_row(mtmi_observer *observer, mtm_error *err) {
    if (observer->builder != NULL && observer->file.compares) {
        MTMI_CHECK_STATUS(remember_cells(observer, err));
    }
    if (observer->builder != NULL) {
        MTMI_CHECK_STATUS(add_observations(observer, err));
    }
    count_row(observer);
    MTMI_CHECK_STATUS(mtmi_observe_count_sums(observer, err));
    if (observer->builder != NULL && !observer->settings.build &&
        mtmi_builder_dataset(observer->builder)->n > MTMI_OBSERVER_COMPARED) {
        stop_comparing(observer);
    }
    return MTM_OK;
}

mtmi_row_outcome mtmi_observe_keep(mtmi_observer *observer, mtm_error *err) {
    size_t met = 0, n = 0;

    MTMI_ROW_TRY(mtmi_observe_status(observer, mtmi_observe_order(observer, err)));
    if (observer->builder != NULL && observer->file.compares) {
        MTMI_ROW_TRY(compare_cells(observer, &met, &n));
        if (n > 0 && met == n) {
            observer->current.n_notes = 0;
            mtmi_observe_note(observer, &observer->file.columns->at[0], MTMI_CODE_DUPLICATE,
                              "a row that is not there before; it is counted once", "");
            observer->current.verdict->outcome = MTM_ROWS_NOT_DATA;
            return MTMI_ROW_DONE;
        }
    }
    if (observer->builder != NULL) {
        MTMI_ROW_TRY(prepare_scale(observer));
    }
    return mtmi_observe_status(observer, keep_row(observer, err));
}
