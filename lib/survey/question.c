/* Finds a question in the frame by the shapes that Kobo, ODK, SurveyCTO and SPSS write: a column; a column whose cells
 * hold several answers; a column of 0 and 1 for each answer (question/answer or question.answer); numbers.
 * Invariant: every row is in exactly one state of mtmi_answer for each question. */
#include "survey/question.h"

#include "base/try.h"
#include "survey/form/relevant.h"
#include "survey/form/split.h"
#include "survey/survey_words.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"

#include <string.h>

static json_t *declaration_of(const mtmi_survey_plan *plan, const char *name) {
    json_t *declared = json_object_get(plan->questions, name);
    return json_is_object(declared) ? declared : NULL;
}

/* The column that is declared for a question, or the one of its name. */
static const mtmi_survey_column *column_of(const mtmi_survey_frame *frame, json_t *declared, const char *name) {
    const char *column = json_string_value(json_object_get(declared, "column"));
    return mtmi_survey_frame_match(frame, column == NULL ? name : column, declared != NULL);
}

static mtm_status add_option(mtmi_question *question, size_t *capacity, const char *name, size_t length,
                             const mtmi_survey_column *column, mtm_error *err) {
    for (size_t i = 0; i < question->n_options; i++) {
        if (strlen(question->options[i].name) == length && memcmp(question->options[i].name, name, length) == 0) {
            return MTM_OK;
        }
    }
    if (!mtmi_memory_reserve((void **)&question->options, capacity, question->n_options + 1,
                             sizeof *question->options)) {
        return mtmi_error_memory(err);
    }
    char *copy = mtmi_memory_copy_bytes(name, length);
    if (copy == NULL) {
        return mtmi_error_memory(err);
    }
    question->options[question->n_options++] = (mtmi_option){copy, column};
    return MTM_OK;
}

static int compare_options(const void *context, const void *a, const void *b) {
    (void)context;
    return strcmp(((const mtmi_option *)a)->name, ((const mtmi_option *)b)->name);
}

/* Whether a cell holds several words. */
static int has_words(const mtmi_question *question) {
    return question->kind == MTMI_SEVERAL || question->first > 0;
}

static mtm_status collect_word(mtmi_question *question, size_t *capacity, const char *text, size_t length,
                               mtm_error *err) {
    if (!has_words(question)) {
        return add_option(question, capacity, text, length, NULL, err);
    }
    const char *end = text + length;
    size_t size;
    for (const char *at = mtmi_words_next(question->separators, text, end, &size); at != NULL;
         at = mtmi_words_next(question->separators, at + size, end, &size)) {
        mtm_status status = size == 0 ? MTM_OK : add_option(question, capacity, at, size, NULL, err);
        if (status != MTM_OK) {
            return status;
        }
    }
    return MTM_OK;
}

/* Declared answers first, in their order; then those that are only in the data, by their bytes. */
static mtm_status collect_options(mtmi_question *question, mtm_error *err) {
    size_t capacity = question->n_options;
    const char *key;
    json_t *value, *answers = json_object_get(question->declared, "answers");
    json_object_foreach(answers, key, value) {
        if (mtmi_words_state(question->plan, question->declared, key, strlen(key)) != MTMI_ANSWERED) {
            continue; /* a choice of the form that is no answer */
        }
        mtm_status status = add_option(question, &capacity, key, strlen(key), NULL, err);
        if (status != MTM_OK) {
            return status;
        }
    }
    size_t n_declared = question->n_options;
    for (uint32_t code = 0; code < question->column->words.n; code++) {
        size_t length;
        const char *text = mtmi_survey_word(question->column, code, &length);
        if (question->states[code] == MTMI_ANSWERED && json_object_size(answers) == 0) {
            mtm_status status = collect_word(question, &capacity, text, length, err);
            if (status != MTM_OK) {
                return status;
            }
        }
    }
    if (question->n_options == n_declared) {
        return MTM_OK;
    }
    return mtmi_sort(question->options + n_declared, question->n_options - n_declared, sizeof *question->options,
                     compare_options, NULL)
               ? MTM_OK
               : mtmi_error_memory(err);
}

static int is_declared(json_t *answers, const char *word, size_t length) {
    const char *key;
    json_t *value;
    json_object_foreach(answers, key, value) {
        if (mtmi_words_same(key, word, length)) {
            return 1;
        }
    }
    return 0;
}

/* Whether every part of a cell is a declared answer; where none is declared, all are. */
static int is_known(const mtmi_question *question, const char *text, size_t length) {
    json_t *answers = json_object_get(question->declared, "answers");
    if (json_object_size(answers) == 0 || question->kind == MTMI_NUMBER) {
        return 1;
    }
    const char *end = text + length, *at = text;
    size_t size = length;
    if (has_words(question)) {
        at = mtmi_words_next(question->separators, text, end, &size);
    }
    while (at != NULL) {
        if (size > 0 && !is_declared(answers, at, size)) {
            return 0;
        }
        at = has_words(question) ? mtmi_words_next(question->separators, at + size, end, &size) : NULL;
    }
    return 1;
}

static mtm_status judge_words(mtmi_question *question, mtm_error *err) {
    const mtmi_survey_column *column = question->column;
    question->states = mtmi_memory_new(column->words.n + 1, sizeof *question->states);
    if (question->states == NULL) {
        return mtmi_error_memory(err);
    }
    for (uint32_t code = 0; code < column->words.n; code++) {
        size_t length;
        mtmi_amount amount;
        const char *text = mtmi_survey_word(column, code, &length);
        mtmi_answer state = mtmi_words_state(question->plan, question->declared, text, length);
        if (state == MTMI_ANSWERED &&
            ((question->kind == MTMI_NUMBER && !mtmi_survey_amount_of(column, code, &amount)) ||
             !is_known(question, text, length))) {
            state = MTMI_INVALID;
        }
        question->states[code] = (uint8_t)state;
    }
    return MTM_OK;
}

/* Columns name/answer or name.answer, unless "columns" declares them: {"food": "needs_1"}. */
static mtm_status collect_columns(const mtmi_survey_frame *frame, mtmi_question *question, mtm_error *err) {
    size_t capacity = 0;
    int parted_by_line = question->kind == MTMI_SEVERAL && question->column == NULL;
    const char *key;
    json_t *value, *columns = json_object_get(question->declared, "columns");
    json_object_foreach(columns, key, value) {
        const mtmi_survey_column *column =
            json_is_string(value) ? mtmi_survey_frame_find(frame, json_string_value(value)) : NULL;
        if (column == NULL) {
            return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){question->name, 0, 0},
                                  "answer %q: its column is not in the file", key);
        }
        mtm_status status = add_option(question, &capacity, key, strlen(key), column, err);
        if (status != MTM_OK) {
            return status;
        }
    }
    for (size_t i = 0; columns == NULL && i < frame->n_columns; i++) {
        const mtmi_survey_column *column = &frame->columns[i];
        const char *answer = mtmi_split_answer(column, question->name, question->declared, parted_by_line);
        mtmi_answer state = answer == NULL
                                ? MTMI_ANSWERED
                                : mtmi_words_state(question->plan, question->declared, answer, strlen(answer));
        if (state != MTMI_ANSWERED && question->n_silent < MTMI_SILENT_MOST) {
            question->silent[question->n_silent] = column;
            question->silent_state[question->n_silent++] = state;
        } else if (answer != NULL) {
            mtm_status status = add_option(question, &capacity, answer, strlen(answer), column, err);
            if (status != MTM_OK) {
                return status;
            }
        }
    }
    return MTM_OK;
}

static mtm_status read_kind(mtmi_question *question, int want_number, mtm_error *err) {
    const char *type = json_string_value(json_object_get(question->declared, "type"));
    const char *multiple = json_string_value(json_object_get(question->declared, "multiple"));
    question->kind = want_number ? MTMI_NUMBER : MTMI_ONE;
    if (type != NULL && strcmp(type, "several") == 0) {
        question->kind = MTMI_SEVERAL;
    } else if (type != NULL && strcmp(type, "rank") == 0) {
        json_t *first = json_object_get(question->declared, "first");
        question->first =
            json_is_integer(first) && json_integer_value(first) > 0 ? (size_t)json_integer_value(first) : 1;
        question->kind = question->first == 1 ? MTMI_ONE : MTMI_SEVERAL;
    } else if (type != NULL && strcmp(type, "count") == 0) {
        question->kind = MTMI_NUMBER;
    } else if (type != NULL && strcmp(type, "one") != 0 && strcmp(type, "number") != 0) {
        return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){question->name, 0, 0},
                              "type %q: expected one, several, number, count or rank", type);
    }
    if (multiple != NULL && question->first == 0) {
        question->kind = MTMI_SEVERAL;
    }
    if (want_number && question->kind == MTMI_SEVERAL) {
        return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){question->name, 0, 0},
                              "the question has several answers: expected numbers for this statistic");
    }
    strncpy(question->separators, multiple == NULL || multiple[0] == '\0' ? " " : multiple,
            sizeof question->separators - 1);
    return MTM_OK;
}

static mtm_status read_asked(const mtmi_survey_frame *frame, mtmi_question *question, mtm_error *err) {
    json_t *asked = json_object_get(question->declared, "asked");
    const char *name = json_string_value(json_object_get(asked, "of"));
    json_t *is = json_object_get(asked, "is");
    const char *when = json_string_value(json_object_get(asked, "when"));
    if (asked == NULL) {
        return MTM_OK;
    }
    if (when != NULL) {
        return mtmi_relevant_judge(frame, question->plan, question->name, when, &question->asked_rows, err);
    }
    json_t *declared = name == NULL ? NULL : declaration_of(question->plan, name);
    question->asked_of = name == NULL ? NULL : column_of(frame, declared, name);
    if (question->asked_of == NULL || question->asked_of->is_number || !json_is_array(is)) {
        return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){question->name, 0, 0},
                              "\"asked\": expected {\"of\": a question in the file, \"is\": [answers]}, or "
                              "{\"when\": a condition}");
    }
    const mtmi_survey_column *decides = question->asked_of;
    const char *separators = json_string_value(json_object_get(declared, "multiple"));
    question->asked_is = mtmi_memory_new(decides->words.n + 1, sizeof *question->asked_is);
    if (question->asked_is == NULL) {
        return mtmi_error_memory(err);
    }
    for (uint32_t code = 0; code < decides->words.n; code++) {
        size_t length;
        const char *text = mtmi_survey_word(decides, code, &length);
        question->asked_is[code] = mtmi_words_have(is, text, length) != 0;
        for (size_t i = 0; separators != NULL && i < json_array_size(is); i++) {
            const char *part = json_string_value(json_array_get(is, i));
            question->asked_is[code] |= part != NULL && mtmi_answer_place(separators, text, length, part) > 0;
        }
    }
    return MTM_OK;
}

/* "type": "count": every row counts 1. */
static int is_count(json_t *declared) {
    const char *type = json_string_value(json_object_get(declared, "type"));
    return type != NULL && strcmp(type, "count") == 0;
}

static mtm_status find_answers(const mtmi_survey_frame *frame, mtmi_question *question, int want_number,
                               mtm_error *err) {
    question->column = column_of(frame, question->declared, question->name);
    mtm_status status = MTM_OK;
    if (is_count(question->declared)) {
        question->column = NULL;
        return MTM_OK;
    }
    if (!want_number && (question->kind == MTMI_SEVERAL || question->column == NULL)) {
        MTMI_TRY(collect_columns(frame, question, err));
    }
    if (question->n_options > 0) {
        question->kind = MTMI_SEVERAL;
        return MTM_OK;
    }
    if (question->column == NULL) {
        return mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){question->name, 0, 0},
                              "no question of this name: expected a column, columns \"%s/answer\", or a declared "
                              "question",
                              question->name);
    }
    if (question->column->is_number) {
        question->kind = MTMI_NUMBER;
        return MTM_OK;
    }
    MTMI_TRY(judge_words(question, err));
    if (question->kind != MTMI_NUMBER) {
        MTMI_TRY(collect_options(question, err));
    }
out:
    return status;
}

mtm_status mtmi_question_new(const mtmi_survey_frame *frame, const mtmi_survey_plan *plan, const char *name,
                             int want_number, mtmi_question **out, mtm_error *err) {
    mtm_status status = MTM_OK;
    mtmi_question *question = mtmi_memory_new(1, sizeof *question);
    MTMI_TRY(question == NULL ? mtmi_error_memory(err) : MTM_OK);
    question->name = name;
    question->plan = plan;
    question->declared = declaration_of(plan, name);
    MTMI_TRY(read_kind(question, want_number, err));
    MTMI_TRY(find_answers(frame, question, want_number, err));
    MTMI_TRY(read_asked(frame, question, err));
    *out = question;
    question = NULL;
out:
    mtmi_question_free(question);
    return status;
}

int mtmi_question_is_number(const mtmi_survey_frame *frame, const mtmi_survey_plan *plan, const char *name) {
    json_t *declared = declaration_of(plan, name);
    const char *type = json_string_value(json_object_get(declared, "type"));
    const mtmi_survey_column *column = column_of(frame, declared, name);
    size_t n_numbers = 0;
    if (json_object_get(declared, "multiple") != NULL || json_object_size(json_object_get(declared, "answers")) > 0) {
        return type != NULL && strcmp(type, "number") == 0;
    }
    if (type != NULL || column == NULL || column->is_number) {
        return type != NULL ? strcmp(type, "number") == 0 || strcmp(type, "count") == 0 : column != NULL;
    }
    for (uint32_t code = 0; code < column->words.n; code++) {
        size_t length;
        mtmi_amount amount;
        const char *text = mtmi_survey_word(column, code, &length);
        if (mtmi_words_state(plan, declared, text, length) == MTMI_ANSWERED) {
            if (!mtmi_survey_amount_of(column, code, &amount) && !mtmi_amount_is_grouped(text, length)) {
                return 0;
            }
            n_numbers++;
        }
    }
    return n_numbers > 0;
}

/* Whether an answer that nobody gave can be one: nobody answered at all, or all said no where it says yes. */
static int is_possible(const mtmi_question *question, const char *answer) {
    int truth = mtmi_words_truth(answer, strlen(answer));
    int can = question->kind == MTMI_ONE && json_object_size(json_object_get(question->declared, "answers")) == 0;
    for (size_t i = 0; i < question->n_options; i++) {
        const char *name = question->options[i].name;
        can &= truth >= 0 && mtmi_words_truth(name, strlen(name)) == !truth;
    }
    return can;
}

mtm_status mtmi_question_accept(mtmi_question *question, const char *answer, const char *survey, mtm_error *err) {
    size_t capacity = question->n_options;
    int has = question->kind == MTMI_NUMBER;
    for (size_t i = 0; i < question->n_options; i++) {
        has |= strcmp(question->options[i].name, answer) == 0;
    }
    if (has) {
        return MTM_OK;
    }
    return is_possible(question, answer) ? add_option(question, &capacity, answer, strlen(answer), NULL, err)
                                         : mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){survey, 0, 0},
                                                          "question %q has no answer %q", question->name, answer);
}

void mtmi_question_free(mtmi_question *question) {
    if (question == NULL) {
        return;
    }
    for (size_t i = 0; i < question->n_options; i++) {
        mtmi_memory_free((char *)(uintptr_t)question->options[i].name);
    }
    mtmi_memory_free(question->options);
    mtmi_memory_free(question->states);
    mtmi_memory_free(question->asked_is);
    mtmi_memory_free(question->asked_rows);
    mtmi_memory_free(question);
}

static mtmi_answer judge_flag(const mtmi_question *question, const char *text, size_t length, mtmi_amount *value) {
    mtmi_answer state = mtmi_words_state(question->plan, question->declared, text, length);
    int truth = mtmi_words_truth(text, length);
    *value = (mtmi_amount){truth == 1, 0};
    return state != MTMI_ANSWERED ? state : truth < 0 ? MTMI_INVALID : MTMI_ANSWERED;
}

static void fill_item(mtmi_item *item, const mtmi_option *option) {
    const mtmi_question *question = item->question;
    for (uint32_t code = 0; code < item->column->words.n; code++) {
        size_t length;
        const char *text = mtmi_survey_word(item->column, code, &length);
        mtmi_amount value = {0, 0};
        if (option != NULL && option->column != NULL) {
            item->states[code] = (uint8_t)judge_flag(question, text, length, &value);
        } else {
            item->states[code] = question->states[code];
            if (question->kind == MTMI_NUMBER) {
                mtmi_survey_amount_of(item->column, code, &value);
            } else if (!has_words(question)) {
                value.units = mtmi_words_same(option->name, text, length);
            } else {
                size_t place = (size_t)mtmi_answer_place(question->separators, text, length, option->name);
                value.units = place > 0 && (question->first == 0 || place <= question->first);
            }
        }
        item->values[code] = value;
    }
}

mtm_status mtmi_item_new(const mtmi_question *question, size_t option, mtmi_item *out, mtm_error *err) {
    const mtmi_option *chosen = question->kind == MTMI_NUMBER ? NULL : &question->options[option];
    mtmi_item item = {.question = question, .column = question->column};
    if (chosen != NULL && chosen->column != NULL) {
        item.column = chosen->column;
    }
    if (item.column != NULL && !item.column->is_number) {
        item.states = mtmi_memory_new(item.column->words.n + 1, sizeof *item.states);
        item.values = mtmi_memory_new(item.column->words.n + 1, sizeof *item.values);
        if (item.states == NULL || item.values == NULL) {
            mtmi_item_free(&item);
            return mtmi_error_memory(err);
        }
        fill_item(&item, chosen);
    }
    *out = item;
    return MTM_OK;
}

void mtmi_item_free(mtmi_item *item) {
    mtmi_memory_free(item->states);
    mtmi_memory_free(item->values);
    *item = (mtmi_item){0};
}

/* Who chose "do not know" among several answers gave none. */
static mtmi_answer silent_at(const mtmi_question *question, size_t row) {
    for (size_t i = 0; i < question->n_silent; i++) {
        size_t length;
        const char *text = mtmi_survey_word(question->silent[i], mtmi_survey_code(question->silent[i], row), &length);
        if (mtmi_words_truth(text, length) == 1) {
            return question->silent_state[i];
        }
    }
    return MTMI_ANSWERED;
}

mtmi_answer mtmi_item_at(const mtmi_item *item, size_t row, mtmi_amount *out) {
    const mtmi_question *question = item->question;
    mtmi_answer state = MTMI_ANSWERED;
    if (item->column == NULL) {
        *out = (mtmi_amount){1, 0};
    } else if (item->states == NULL) {
        state = mtmi_survey_amount_at(item->column, row, out) ? MTMI_ANSWERED : MTMI_MISSING;
    } else {
        uint32_t code = mtmi_survey_code(item->column, row);
        state = (mtmi_answer)item->states[code];
        *out = item->values[code];
    }
    state = state == MTMI_ANSWERED ? silent_at(question, row) : state;
    if ((question->asked_is != NULL && !question->asked_is[mtmi_survey_code(question->asked_of, row)]) ||
        (question->asked_rows != NULL && !question->asked_rows[row])) {
        return state == MTMI_ANSWERED ? MTMI_NOT_EXPECTED : MTMI_NOT_ASKED;
    }
    return state;
}
