/* Counts the persons behind words that no declaration knows, in one pass over the rows. Invariant: a word is told, or its line is,
 * the same for every request to the survey, so that a ledger knows it again. */
#include "survey/publish/undeclared.h"

#include "survey/survey_words.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

static mtm_status is_declared(json_t *answers, const char *word, size_t length, int *out, mtm_error *err) {
    char *text = mtmi_memory_copy_bytes(word, length);
    *out = text != NULL && json_object_get(answers, text) != NULL;
    mtmi_memory_free(text);
    return text != NULL ? MTM_OK : mtmi_error_memory(err);
}

static void count_rows(const mtmi_survey_frame *frame, const mtmi_survey_column *column, int64_t *persons,
                       uint32_t *lines) {
    for (size_t row = 0; row < frame->n_rows; row++) {
        uint32_t code = mtmi_survey_code(column, row);
        if (persons[code] == 0) {
            uint32_t line = mtmi_survey_line(frame, row);
            lines[code] = line > 0 ? line : 1;
        }
        persons[code] += mtmi_survey_count_at(frame, row);
    }
}

mtm_status mtmi_undeclared_read(const mtmi_survey_frame *frame, const mtmi_survey_column *column, json_t *answers,
                                mtmi_undeclared *out, mtm_error *err) {
    const size_t n = column == NULL ? 0 : column->words.n;
    int64_t *persons = NULL;
    mtm_status status = MTM_OK;
    *out = NULL;
    if (column == NULL || column->is_number || column->is_made || n == 0) {
        return MTM_OK;
    }
    persons = mtmi_memory_new(n, sizeof *persons);
    *out = mtmi_memory_new(n, sizeof **out);
    MTMI_TRY(persons == NULL || *out == NULL ? mtmi_error_memory(err) : MTM_OK);
    count_rows(frame, column, persons, *out);
    for (uint32_t code = 0; code < n; code++) {
        size_t length;
        const char *word = mtmi_survey_word(column, code, &length);
        int may = persons[code] >= MTMI_TOLD_LEAST;
        if (!may && answers != NULL) {
            MTMI_TRY(is_declared(answers, word, length, &may, err));
        }
        (*out)[code] = may ? 0 : (*out)[code];
    }
out:
    mtmi_memory_free(persons);
    return status;
}

/* The first of the words in which the answer stands: "water cash" for cash. MTMI_MAP_NONE where one of them may be told. */
static uint32_t find_word(const uint32_t *undeclared, const mtmi_item *item) {
    uint32_t first = MTMI_MAP_NONE;
    for (uint32_t code = 0; code < item->column->words.n; code++) {
        if (item->values[code].units != 0) {
            first = first == MTMI_MAP_NONE || undeclared[code] < undeclared[first] ? code : first;
        }
    }
    return first == MTMI_MAP_NONE || undeclared[first] == 0 ? MTMI_MAP_NONE : first;
}

mtm_status mtmi_undeclared_answer(const uint32_t *undeclared, const mtmi_item *item, const char *answer, char **out,
                                  mtm_error *err) {
    const mtmi_question *question = item->question;
    mtmi_buffer text = MTMI_BUFFER_INIT;
    *out = NULL;
    if (undeclared == NULL || item->values == NULL || item->column != question->column) {
        return MTM_OK;
    }
    uint32_t code = find_word(undeclared, item);
    if (code == MTMI_MAP_NONE) {
        return MTM_OK;
    }
    mtmi_label_withhold(0, undeclared[code], &text);
    if (question->kind == MTMI_SEVERAL) { /* of those on one line */
        size_t length;
        const char *word = mtmi_survey_word(item->column, code, &length);
        mtmi_buffer_format(&text, ".%d", mtmi_answer_place(question->separators, word, length, answer));
    }
    *out = text.failed ? NULL : mtmi_memory_copy_text(text.data);
    mtmi_buffer_free(&text);
    return *out != NULL ? MTM_OK : mtmi_error_memory(err);
}
