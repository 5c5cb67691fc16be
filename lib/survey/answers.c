/* Goes through the questions that the package or its form declare, and finds the rows whose answer cannot be: one that the
 * form does not know, no number, a number that looks like a code of no answer, or an answer of somebody whom the form should
 * not have asked.
 * Invariant: each row is named at most once a question; all are counted, the first ones are listed. */
#include "survey/answers.h"

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "survey/question.h"
#include "survey/survey_words.h"

#include <stdio.h>
#include <string.h>

#define LISTED_MOST 1000
#define SHOWN_MOST 60

typedef struct finder {
    const mtm_survey *survey;
    mtmi_json *json;   /* NULL: text */
    mtmi_buffer *text; /* NULL: JSON */
    int64_t invalid, unexpected;
    int codes; /* negative numbers of the question at hand are codes of no answer */
    size_t listed;
    mtm_error *err;
} finder;

/* Codes of no answer that forms write among numbers: -77, -88, -97 to -99, with more digits too. */
static int is_code(const char *text, size_t length) {
    size_t digits = length - 1;
    if (length < 3 || length > 6 || text[0] != '-' || (text[1] != '7' && text[1] != '8' && text[1] != '9')) {
        return 0;
    }
    for (size_t i = 1; i < digits; i++) {
        if (text[i] != text[1]) {
            return 0;
        }
    }
    return text[digits] == text[1] || (text[1] == '9' && (text[digits] == '7' || text[digits] == '8'));
}

/* Whether a negative number stands in a question that has no others but such codes. */
static int are_codes(const mtmi_question *question) {
    size_t n = 0;
    for (uint32_t code = 0;
         question->kind == MTMI_NUMBER && question->states != NULL && code < question->column->words.n; code++) {
        size_t length;
        const char *text = mtmi_survey_word(question->column, code, &length);
        if (question->states[code] != MTMI_ANSWERED || length == 0 || text[0] != '-') {
            continue;
        }
        if (!is_code(text, length)) {
            return 0;
        }
        n++;
    }
    return n > 0;
}

static const char *reason_of(int code, int doubtful) {
    if (code == MTMI_CODE_SURVEY_NO_ANSWER) {
        return "it counts as a number, and looks like a code of no answer: declare it as \"unknown\" or \"refused\"";
    }
    return doubtful                          ? "a number of thousands, or with decimals: write it without a comma"
           : code == MTMI_CODE_SURVEY_ANSWER ? "an answer that the form does not know, or no number"
                                             : "an answer of somebody whom the form should not have asked";
}

static void list_one(finder *at, const mtmi_question *question, int code, uint32_t line, const char *found,
                     size_t length) {
    const int doubtful =
        code == MTMI_CODE_SURVEY_ANSWER && question->kind == MTMI_NUMBER && mtmi_amount_is_doubtful(found, length);
    const int tells = mtmi_words_may_tell(found, length);
    char shown[SHOWN_MOST + 1];
    if (at->listed++ >= LISTED_MOST) {
        return;
    }
    length = tells && length < SHOWN_MOST ? length : 0;
    memcpy(shown, found, length);
    shown[length] = '\0';
    if (at->text != NULL) {
        mtmi_buffer_format(at->text, "%s:%lld: note[MTM-N%d]: question \"%s\": %s", at->survey->name, (long long)line,
                           code, question->name, reason_of(code, doubtful));
        if (length > 0) {
            mtmi_buffer_format(at->text, " (\"%s\")", shown);
        }
        mtmi_buffer_char(at->text, '\n');
        return;
    }
    mtmi_json_object(at->json);
    mtmi_json_pair_int(at->json, "line", line);
    char name[16];
    snprintf(name, sizeof name, "MTM-N%d", code);
    mtmi_json_pair(at->json, "code", name);
    mtmi_json_pair(at->json, "question", question->name);
    mtmi_json_key(at->json, "found");
    mtmi_json_bytes(at->json, shown, length);
    mtmi_json_pair(at->json, "reason", reason_of(code, doubtful));
    mtmi_json_object_end(at->json);
}

/* The worst that any item of a question says of a row: several answers have a column each. */
static void judge_row(finder *at, const mtmi_question *question, const mtmi_item *items, size_t n, size_t row) {
    mtmi_amount amount;
    for (size_t i = 0; i < n; i++) {
        mtmi_answer state = mtmi_item_at(&items[i], row, &amount);
        size_t length = 0;
        const char *found = "";
        if (items[i].column != NULL && !items[i].column->is_number) {
            found = mtmi_survey_word(items[i].column, mtmi_survey_code(items[i].column, row), &length);
        }
        int code = state == MTMI_INVALID                                           ? MTMI_CODE_SURVEY_ANSWER
                   : state == MTMI_NOT_EXPECTED                                    ? MTMI_CODE_SURVEY_NOT_EXPECTED
                   : at->codes && state == MTMI_ANSWERED && is_code(found, length) ? MTMI_CODE_SURVEY_NO_ANSWER
                                                                                   : 0;
        if (code == 0) {
            continue;
        }
        at->invalid += code == MTMI_CODE_SURVEY_ANSWER;
        at->unexpected += code == MTMI_CODE_SURVEY_NOT_EXPECTED;
        list_one(at, question, code, mtmi_survey_line(at->survey->frame, row), found, length);
        return;
    }
}

/* Several answers in one cell are judged as one; where each has its column, each is. */
static size_t items_of(const mtmi_question *question) {
    int apart = question->n_options > 0 && question->options[0].column != NULL;
    return question->kind == MTMI_NUMBER || !apart ? 1 : question->n_options;
}

static mtm_status judge_question(finder *at, const char *name) {
    const mtm_survey *survey = at->survey;
    mtm_error found = {0};
    mtmi_question *question = NULL;
    mtmi_item *items = NULL;
    size_t n = 0, made = 0;
    int number = mtmi_question_is_number(survey->frame, &survey->plan, name);
    mtm_status status = mtmi_question_new(survey->frame, &survey->plan, name, number, &question, &found);
    if (status != MTM_OK) { /* a question of the form that the file does not have */
        return status == MTM_ERROR_MEMORY ? mtmi_error_memory(at->err) : MTM_OK;
    }
    n = question->kind != MTMI_NUMBER && question->n_options == 0 ? 0 : items_of(question);
    items = mtmi_memory_new(n + 1, sizeof *items);
    MTMI_TRY(items == NULL ? mtmi_error_memory(at->err) : MTM_OK);
    for (; made < n; made++) {
        MTMI_TRY(mtmi_item_new(question, made, &items[made], at->err));
    }
    at->codes = are_codes(question);
    for (size_t row = 0; n > 0 && row < survey->frame->n_rows; row++) {
        judge_row(at, question, items, n, row);
    }
out:
    for (size_t i = 0; i < made; i++) {
        mtmi_item_free(&items[i]);
    }
    mtmi_memory_free(items);
    mtmi_question_free(question);
    return status;
}

static mtm_status judge_all(finder *at) {
    const char *name;
    json_t *question;
    json_object_foreach(at->survey->plan.questions, name, question) {
        if (json_is_object(question)) {
            MTMI_CHECK_STATUS(judge_question(at, name));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_doubtful_answers_write(const mtm_survey *survey, mtmi_json *json, mtm_error *err) {
    finder at = {.survey = survey, .json = json, .err = err};
    mtmi_json_key(json, "doubtful");
    mtmi_json_object(json);
    mtmi_json_key(json, "list");
    mtmi_json_array(json);
    mtm_status status = judge_all(&at);
    mtmi_json_array_end(json);
    mtmi_json_pair_int(json, "invalid", at.invalid);
    mtmi_json_pair_int(json, "unexpected", at.unexpected);
    mtmi_json_object_end(json);
    return status;
}

mtm_status mtmi_doubtful_answers_print(const mtm_survey *survey, mtmi_buffer *out, mtm_error *err) {
    finder at = {.survey = survey, .text = out, .err = err};
    mtm_status status = judge_all(&at);
    if (at.listed > LISTED_MOST) {
        mtmi_buffer_format(out, "%s: note: %lld more answers that cannot be\n", survey->name,
                           (long long)(at.listed - LISTED_MOST));
    }
    return status;
}
