/* Finds the columns of a question with several answers as Kobo, ODK and SurveyCTO write them.
 * Invariant: question_other, the words of who chose "other", is no answer: it has other words than yes and no. */
#include "survey/form/split.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "survey/survey_words.h"

#include <string.h>

static int has_only_flags(const mtmi_survey_column *column) {
    size_t n = 0;
    for (uint32_t code = 0; code < column->words.n; code++) {
        size_t length;
        const char *text = mtmi_survey_word(column, code, &length);
        if (length > 0 && mtmi_words_truth(text, length) < 0) {
            return 0;
        }
        n += length > 0;
    }
    return n > 0;
}

const char *mtmi_split_answer(const mtmi_survey_column *column, const char *question, json_t *declared,
                              int parted_by_line) {
    const char *name = column->name;
    size_t length = strlen(question);
    if (name == NULL || column->is_number || length == 0) {
        return NULL;
    }
    for (const char *at = name; (at = strstr(at, question)) != NULL; at++) {
        const char *answer = at + length + 1;
        int whole =
            (at == name || mtmi_survey_parts_group(at[-1], declared != NULL)) && at[length] != '\0' && *answer != '\0';
        if (whole && (at[length] == '/' || at[length] == '.') && strchr(answer, '/') == NULL) {
            return answer;
        }
        if (whole && parted_by_line && at[length] == '_' &&
            json_object_get(json_object_get(declared, "answers"), answer) != NULL && has_only_flags(column)) {
            return answer;
        }
    }
    return NULL;
}

static mtm_status add_part(mtmi_split *split, const char *answer, const mtmi_survey_column *column, mtm_error *err) {
    if (!mtmi_memory_reserve((void **)&split->parts, &split->capacity, split->n + 1, sizeof *split->parts)) {
        return mtmi_error_memory(err);
    }
    split->parts[split->n++] = (mtmi_split_part){answer, column};
    return MTM_OK;
}

mtm_status mtmi_split_read(const mtmi_survey_frame *frame, const char *question, json_t *declared, mtmi_split *out,
                           mtm_error *err) {
    mtmi_split split = {0};
    mtm_status status = MTM_OK;
    const char *key;
    size_t size = 1;
    json_t *value, *columns = json_object_get(declared, "columns");
    json_object_foreach(columns, key, value) {
        const mtmi_survey_column *column =
            json_is_string(value) ? mtmi_survey_frame_find(frame, json_string_value(value)) : NULL;
        if (column != NULL && !column->is_number) {
            MTMI_TRY(add_part(&split, key, column, err));
        }
    }
    for (size_t i = 0; columns == NULL && i < frame->n_columns; i++) {
        const char *answer = mtmi_split_answer(&frame->columns[i], question, declared, 1);
        if (answer != NULL) {
            MTMI_TRY(add_part(&split, answer, &frame->columns[i], err));
        }
    }
    for (size_t i = 0; i < split.n; i++) {
        size += strlen(split.parts[i].answer) + 1;
    }
    split.text = mtmi_memory_new(size, 1);
    MTMI_TRY(split.text == NULL ? mtmi_error_memory(err) : MTM_OK);
    *out = split;
    split = (mtmi_split){0};
out:
    mtmi_split_free(&split);
    return status;
}

const char *mtmi_split_at(const mtmi_split *split, size_t row, size_t *length) {
    size_t size = 0;
    for (size_t i = 0; i < split->n; i++) {
        const mtmi_split_part *part = &split->parts[i];
        size_t cell, answer = strlen(part->answer);
        const char *text = mtmi_survey_word(part->column, mtmi_survey_code(part->column, row), &cell);
        if (mtmi_words_truth(text, cell) == 1) {
            memcpy(split->text + size, part->answer, answer);
            size += answer;
            split->text[size++] = ' ';
        }
    }
    *length = size > 0 ? size - 1 : 0;
    return split->text;
}

void mtmi_split_free(mtmi_split *split) {
    mtmi_memory_free(split->parts);
    mtmi_memory_free(split->text);
    *split = (mtmi_split){0};
}
