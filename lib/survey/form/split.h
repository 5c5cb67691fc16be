/* Several answers, each in a column of its own of 0 and 1. */
#ifndef MTMI_SURVEY_FORM_SPLIT_H
#define MTMI_SURVEY_FORM_SPLIT_H

#include "survey/survey_frame.h"

#include <jansson.h>

typedef struct mtmi_split_part {
    const char *answer; /* borrowed from the declaration or the column's name */
    const mtmi_survey_column *column;
} mtmi_split_part;

typedef struct mtmi_split {
    mtmi_split_part *parts;
    size_t n, capacity;
    char *text; /* the answers of one row, a blank between */
} mtmi_split;

/* The answer that a column holds: question/answer or question.answer, perhaps behind groups of the form; question_answer too
 * where parted_by_line, if that answer is declared and the column has yes and no. NULL for another column. */
const char *mtmi_split_answer(const mtmi_survey_column *column, const char *question, json_t *declared,
                              int parted_by_line);
/* All such columns of a question, and those that "columns" declares; out->n is 0 where there are none. */
mtm_status mtmi_split_read(const mtmi_survey_frame *frame, const char *question, json_t *declared, mtmi_split *out,
                           mtm_error *err);
/* The answers of a row as one cell has them, until the next call. */
const char *mtmi_split_at(const mtmi_split *split, size_t row, size_t *length);
void mtmi_split_free(mtmi_split *split);

#endif
