/* Keeps the answers of a survey column by column: one to four bytes a cell for words, four or nine for numbers.
 * Invariant: every column has the same number of rows; a row that is opened and not closed leaves no trace but words. */
#include "survey/survey_frame.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

mtm_status mtmi_survey_frame_new(size_t n_columns, mtmi_survey_frame **out, mtm_error *err) {
    mtmi_survey_frame *frame = mtmi_memory_new(1, sizeof *frame);
    if (frame == NULL) {
        return mtmi_error_memory(err);
    }
    frame->columns = mtmi_memory_new(n_columns + 1, sizeof *frame->columns);
    if (frame->columns == NULL) {
        mtmi_memory_free(frame);
        return mtmi_error_memory(err);
    }
    frame->n_columns = n_columns;
    *out = frame;
    return MTM_OK;
}

mtm_status mtmi_survey_frame_name(mtmi_survey_frame *frame, size_t column, const char *name, size_t length,
                                  int is_number, mtm_error *err) {
    mtmi_survey_column *at = &frame->columns[column];
    mtmi_memory_free(at->name);
    at->name = mtmi_memory_copy_bytes(name, length);
    at->is_number = is_number;
    return at->name == NULL ? mtmi_error_memory(err) : MTM_OK;
}

static int grow_column(mtmi_survey_column *column, size_t capacity) {
    if (!column->is_number) {
        column->width = column->width == 0 ? 1 : column->width;
        void *codes = mtmi_memory_resize(column->codes, capacity, column->width);
        column->codes = codes != NULL ? codes : column->codes;
        return codes != NULL;
    }
    if (column->units == NULL) {
        int32_t *small = mtmi_memory_resize(column->small, capacity, sizeof *small);
        column->small = small != NULL ? small : column->small;
        return small != NULL;
    }
    int64_t *units = mtmi_memory_resize(column->units, capacity, sizeof *units);
    column->units = units != NULL ? units : column->units;
    uint8_t *decimals = units == NULL ? NULL : mtmi_memory_resize(column->decimals, capacity, sizeof *decimals);
    column->decimals = decimals != NULL ? decimals : column->decimals;
    return decimals != NULL;
}

static mtm_status grow_rows(mtmi_survey_frame *frame, mtm_error *err) {
    size_t capacity = frame->capacity == 0 ? 256 : frame->capacity + frame->capacity / 2;
    if (frame->lines != NULL) {
        uint32_t *lines = mtmi_memory_resize(frame->lines, capacity, sizeof *lines);
        if (lines == NULL) {
            return mtmi_error_memory(err);
        }
        frame->lines = lines;
    }
    for (size_t i = 0; i < frame->n_columns; i++) {
        if (!grow_column(&frame->columns[i], capacity)) {
            return mtmi_error_memory(err);
        }
    }
    frame->capacity = capacity;
    return MTM_OK;
}

static void put_code(mtmi_survey_column *column, size_t row, uint32_t code) {
    switch (column->width) {
    case 1: ((uint8_t *)column->codes)[row] = (uint8_t)code; break;
    case 2: ((uint16_t *)column->codes)[row] = (uint16_t)code; break;
    default: ((uint32_t *)column->codes)[row] = code; break;
    }
}

int mtmi_survey_frame_set(mtmi_survey_frame *frame, mtmi_survey_column *column, size_t row, uint32_t code) {
    unsigned width = code <= UINT8_MAX ? 1 : code <= UINT16_MAX ? 2 : 4;
    if (width > column->width) {
        mtmi_survey_column wide = {.width = width, .codes = mtmi_memory_new(frame->capacity, width)};
        if (wide.codes == NULL) {
            return 0;
        }
        for (size_t i = 0; i < frame->n_rows; i++) {
            put_code(&wide, i, mtmi_survey_code(column, i));
        }
        mtmi_memory_free(column->codes);
        column->codes = wide.codes;
        column->width = width;
    }
    put_code(column, row, code);
    return 1;
}

/* Numbers that small cannot hold. */
static int widen_numbers(mtmi_survey_frame *frame, mtmi_survey_column *column) {
    int64_t *units = mtmi_memory_resize(NULL, frame->capacity, sizeof *units);
    uint8_t *decimals = mtmi_memory_resize(NULL, frame->capacity, sizeof *decimals);
    if (units == NULL || decimals == NULL) {
        mtmi_memory_free(units);
        mtmi_memory_free(decimals);
        return 0;
    }
    for (size_t i = 0; i < frame->n_rows; i++) {
        const mtmi_amount one = mtmi_survey_number(column, i);
        units[i] = one.units;
        decimals[i] = (uint8_t)one.decimals;
    }
    mtmi_memory_free(column->small);
    column->small = NULL;
    column->units = units;
    column->decimals = decimals;
    return 1;
}

/* 10 to the power of n, or 0 where what is multiplied by it would not be small. */
static int32_t small_power(int32_t n, int64_t size) {
    int32_t power = 1;
    for (; n > 0 && power > 0; n--) {
        power = size * power * 10 <= INT32_MAX && power <= INT32_MAX / 10 ? power * 10 : 0;
    }
    return power;
}

/* All numbers of a column have as many decimals as the longest. 0: the number, or another with its decimals, is too long. */
static int put_small(mtmi_survey_frame *frame, mtmi_survey_column *column, size_t row, mtmi_amount amount) {
    if (amount.units > INT32_MAX || amount.units < -INT32_MAX) {
        return 0;
    }
    int32_t size = (int32_t)(amount.units < 0 ? -amount.units : amount.units);
    int32_t more = amount.decimals - column->small_decimals;
    int32_t own = small_power(more < 0 ? -more : 0, size),
            others = small_power(more > 0 ? more : 0, column->small_most);
    if (own == 0 || others == 0) {
        return 0;
    }
    for (size_t i = 0; others > 1 && i < frame->n_rows; i++) {
        column->small[i] = column->small[i] == MTMI_NO_NUMBER ? MTMI_NO_NUMBER : column->small[i] * others;
    }
    column->small_decimals = (uint8_t)(column->small_decimals + (more > 0 ? more : 0));
    column->small_most *= others;
    column->small_most = size * own > column->small_most ? size * own : column->small_most;
    column->small[row] = (int32_t)amount.units * own;
    return 1;
}

int mtmi_survey_frame_set_number(mtmi_survey_frame *frame, mtmi_survey_column *column, size_t row, mtmi_amount amount) {
    if (column->small != NULL && amount.decimals == MTMI_AMOUNT_NONE) {
        column->small[row] = MTMI_NO_NUMBER;
        return 1;
    }
    if (column->small != NULL && put_small(frame, column, row, amount)) {
        return 1;
    }
    if (column->small != NULL && !widen_numbers(frame, column)) {
        return 0;
    }
    column->units[row] = amount.units;
    column->decimals[row] = (uint8_t)amount.decimals;
    return 1;
}

/* Lines of most files follow one another: they are kept from the first one that does not. */
static mtm_status keep_line(mtmi_survey_frame *frame, uint32_t line, mtm_error *err) {
    if (frame->lines == NULL && frame->n_rows == 0) {
        frame->first_line = line;
    }
    if (frame->lines == NULL && line != mtmi_survey_line(frame, frame->n_rows)) {
        uint32_t *lines = mtmi_memory_resize(NULL, frame->capacity, sizeof *lines);
        if (lines == NULL) {
            return mtmi_error_memory(err);
        }
        for (size_t i = 0; i < frame->n_rows; i++) {
            lines[i] = mtmi_survey_line(frame, i);
        }
        frame->lines = lines;
    }
    if (frame->lines != NULL) {
        frame->lines[frame->n_rows] = line;
    }
    return MTM_OK;
}

mtm_status mtmi_survey_frame_open_row(mtmi_survey_frame *frame, int64_t line, mtm_error *err) {
    if (frame->n_rows >= UINT32_MAX - 1) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){0}, "more than 4294967294 rows");
    }
    if (frame->n_rows == frame->capacity) {
        mtm_status status = grow_rows(frame, err);
        if (status != MTM_OK) {
            return status;
        }
    }
    return keep_line(frame, line > UINT32_MAX ? UINT32_MAX : (uint32_t)line, err);
}

static int is_label(const json_t *label, const char *text, size_t length) {
    const char *one = json_string_value(label), *language;
    json_t *value;
    if (one != NULL) {
        return strlen(one) == length && memcmp(one, text, length) == 0;
    }
    json_object_foreach((json_t *)label, language, value) {
        if (is_label(value, text, length)) {
            return 1;
        }
    }
    return 0;
}

/* The only answer of that label; NULL where the text is an answer itself, and where there is none or several. */
static const char *answer_of_label(const json_t *answers, const char *text, size_t length) {
    const char *code, *found = NULL;
    json_t *label;
    int n = 0;
    json_object_foreach((json_t *)answers, code, label) {
        if (strlen(code) == length && memcmp(code, text, length) == 0) {
            return NULL;
        }
        if (is_label(label, text, length)) {
            found = code;
            n++;
        }
    }
    return n == 1 ? found : NULL;
}

/* A new word: what stands for it. 0 when memory ran out. */
static int learn_label(mtmi_survey_column *column, uint32_t code, const char *text, size_t length) {
    const char *answer = length > 0 ? answer_of_label(column->answers, text, length) : NULL;
    size_t before = column->words.n;
    uint32_t other = answer != NULL ? mtmi_map_add(&column->words, answer, strlen(answer)) : code;
    if (other == MTMI_MAP_NONE || !mtmi_memory_reserve((void **)&column->instead, &column->instead_capacity,
                                                       column->words.n, sizeof *column->instead)) {
        return 0;
    }
    column->instead[code] = other;
    if (column->words.n > before) {
        column->instead[other] = other;
    }
    return 1;
}

mtm_status mtmi_survey_frame_put(mtmi_survey_frame *frame, size_t column, const char *text, size_t length,
                                 mtm_error *err) {
    mtmi_survey_column *at = &frame->columns[column];
    if (at->is_number) {
        mtmi_amount amount = {0};
        if (!mtmi_amount_read_as(text, length, mtmi_survey_comma(frame), &amount)) {
            amount = (mtmi_amount){0, MTMI_AMOUNT_NONE};
        }
        return mtmi_survey_frame_set_number(frame, at, frame->n_rows, amount) ? MTM_OK : mtmi_error_memory(err);
    }
    size_t before = at->words.n;
    uint32_t code = mtmi_map_add(&at->words, text, length);
    if (code == MTMI_MAP_NONE || (at->answers != NULL && code == before && !learn_label(at, code, text, length))) {
        return mtmi_error_memory(err);
    }
    return mtmi_survey_frame_set(frame, at, frame->n_rows, at->answers != NULL ? at->instead[code] : code)
               ? MTM_OK
               : mtmi_error_memory(err);
}

void mtmi_survey_frame_close_row(mtmi_survey_frame *frame) {
    frame->n_rows++;
}

mtm_status mtmi_survey_frame_reserve(mtmi_survey_frame *frame, size_t n, mtm_error *err) {
    size_t whole = frame->n_columns + n + 1;
    mtmi_survey_column *columns = mtmi_memory_resize(frame->columns, whole, sizeof *columns);
    if (columns == NULL) {
        return mtmi_error_memory(err);
    }
    memset(columns + frame->n_columns, 0, (n + 1) * sizeof *columns);
    frame->columns = columns;
    return MTM_OK;
}

mtm_status mtmi_survey_frame_add(mtmi_survey_frame *frame, const char *name, int is_number, mtmi_survey_column **out,
                                 mtm_error *err) {
    size_t at = frame->n_columns++;
    *out = &frame->columns[at];
    (*out)->is_number = is_number;
    (*out)->is_made = 1;
    if (grow_column(*out, frame->capacity) && is_number) {
        memset((*out)->small, 0, frame->capacity * sizeof *(*out)->small);
    } else if ((*out)->codes != NULL) {
        memset((*out)->codes, 0, frame->capacity * (*out)->width);
    }
    return (*out)->small != NULL || (*out)->codes != NULL
               ? mtmi_survey_frame_name(frame, at, name, strlen(name), is_number, err)
               : mtmi_error_memory(err);
}

/* What the words show of commas, unless they show two things. */
static mtmi_comma judge_column(const mtmi_survey_column *column, mtmi_comma otherwise) {
    int shown[MTMI_POINT_THOUSANDS + 1] = {0};
    for (uint32_t code = 0; code < column->words.n; code++) {
        size_t length;
        const char *text = mtmi_survey_word(column, code, &length);
        shown[mtmi_amount_comma(text, length)] = 1;
    }
    if (shown[MTMI_COMMA_THOUSANDS]) {
        return shown[MTMI_COMMA_DECIMAL] || shown[MTMI_POINT_THOUSANDS] ? MTMI_COMMA_DOUBTFUL : MTMI_COMMA_THOUSANDS;
    }
    return shown[MTMI_POINT_THOUSANDS] ? MTMI_POINT_THOUSANDS : otherwise;
}

void mtmi_survey_frame_judge_commas(mtmi_survey_frame *frame) {
    for (size_t i = 0; i < frame->n_columns; i++) {
        frame->columns[i].comma = judge_column(&frame->columns[i], mtmi_survey_comma(frame));
    }
}

void mtmi_survey_frame_free(mtmi_survey_frame *frame) {
    if (frame == NULL) {
        return;
    }
    for (size_t i = 0; i < frame->n_columns; i++) {
        mtmi_survey_column *column = &frame->columns[i];
        mtmi_memory_free(column->name);
        mtmi_map_free(&column->words);
        mtmi_memory_free(column->codes);
        mtmi_memory_free(column->instead);
        mtmi_memory_free(column->small);
        mtmi_memory_free(column->units);
        mtmi_memory_free(column->decimals);
    }
    mtmi_memory_free(frame->columns);
    mtmi_memory_free(frame->lines);
    mtmi_memory_free(frame->counts);
    mtmi_memory_free(frame);
}

const mtmi_survey_column *mtmi_survey_frame_find(const mtmi_survey_frame *frame, const char *name) {
    for (size_t i = 0; i < frame->n_columns; i++) {
        if (frame->columns[i].name != NULL && strcmp(frame->columns[i].name, name) == 0) {
            return &frame->columns[i];
        }
    }
    return NULL;
}

const char *mtmi_survey_word(const mtmi_survey_column *column, uint32_t code, size_t *length) {
    return (const char *)mtmi_map_key(&column->words, code, length);
}

int mtmi_survey_amount_of(const mtmi_survey_column *column, uint32_t code, mtmi_amount *out) {
    size_t length;
    const char *text = mtmi_survey_word(column, code, &length);
    return mtmi_amount_read_as(text, length, column->comma, out);
}

int mtmi_survey_amount_at(const mtmi_survey_column *column, size_t row, mtmi_amount *out) {
    if (!column->is_number) {
        return mtmi_survey_amount_of(column, mtmi_survey_code(column, row), out);
    }
    *out = mtmi_survey_number(column, row);
    return out->decimals != MTMI_AMOUNT_NONE;
}

int mtmi_survey_parts_group(char mark, int of_form) {
    return mark == '/' || (of_form && (mark == '-' || mark == ':'));
}

const mtmi_survey_column *mtmi_survey_frame_match(const mtmi_survey_frame *frame, const char *name, int of_form) {
    const mtmi_survey_column *found = mtmi_survey_frame_find(frame, name);
    size_t length = strlen(name), n = 0;
    if (found != NULL) {
        return found;
    }
    for (size_t i = 0; i < frame->n_columns; i++) {
        const char *other = frame->columns[i].name;
        size_t size = other == NULL ? 0 : strlen(other);
        if (size > length && mtmi_survey_parts_group(other[size - length - 1], of_form) &&
            strcmp(other + size - length, name) == 0) {
            found = &frame->columns[i];
            n++;
        }
    }
    return n == 1 ? found : NULL;
}
