/* Questions: which rows were asked and answered, and what each answer counts. */
#ifndef MTMI_SURVEY_QUESTION_H
#define MTMI_SURVEY_QUESTION_H

#include "survey/survey_frame.h"
#include "survey/survey_plan.h"

typedef enum mtmi_question_kind { MTMI_ONE, MTMI_SEVERAL, MTMI_NUMBER } mtmi_question_kind;

typedef struct mtmi_option {
    const char *name;                 /* owned by the question */
    const mtmi_survey_column *column; /* its own column of 0 and 1; NULL: in the question's column */
} mtmi_option;

#define MTMI_SILENT_MOST 8

typedef struct mtmi_question {
    const char *name;
    mtmi_question_kind kind;
    const mtmi_survey_column *column; /* NULL where each answer has its column, or rows are counted */
    char separators[8];               /* between several answers in a cell */
    size_t first;                     /* of answers in their order, those that count; 0: they have no order */
    mtmi_option *options;
    size_t n_options;
    const mtmi_survey_column *silent[MTMI_SILENT_MOST]; /* columns of 0 and 1 of answers that are none: "do not know" */
    mtmi_answer silent_state[MTMI_SILENT_MOST];
    size_t n_silent;
    uint8_t *states;                    /* of the words of the column */
    json_t *declared;                   /* NULL for none */
    const mtmi_survey_column *asked_of; /* the question that decides who is asked; NULL: all are */
    uint8_t *asked_is;                  /* by word of that column */
    uint8_t *asked_rows;                /* by row: whom a condition lets be asked; NULL: all */
    const mtmi_survey_plan *plan;
} mtmi_question;

/* What one answer of a question counts in each row: 1 or 0, or the number given. */
typedef struct mtmi_item {
    const mtmi_question *question;
    const mtmi_survey_column *column; /* NULL: every row counts 1 */
    uint8_t *states;                  /* by word; NULL for a column of numbers */
    mtmi_amount *values;              /* by word */
} mtmi_item;

/* Makes the question of a name: declared, or a column of the frame, or a set of columns name/answer. want_number: the
 * answers are to be numbers. name is borrowed from the caller for as long as the question lives. */
mtm_status mtmi_question_new(const mtmi_survey_frame *frame, const mtmi_survey_plan *plan, const char *name,
                             int want_number, mtmi_question **out, mtm_error *err);
/* Whether the answers are numbers: declared so, or each one is. */
int mtmi_question_is_number(const mtmi_survey_frame *frame, const mtmi_survey_plan *plan, const char *name);
/* Whether the question has the answer; one that nobody gave is added where it can be one. survey: the file, for the error. */
mtm_status mtmi_question_accept(mtmi_question *question, const char *answer, const char *survey, mtm_error *err);
void mtmi_question_free(mtmi_question *question);
/* option: place of the answer, ignored for numbers. */
mtm_status mtmi_item_new(const mtmi_question *question, size_t option, mtmi_item *out, mtm_error *err);
void mtmi_item_free(mtmi_item *item);
mtmi_answer mtmi_item_at(const mtmi_item *item, size_t row, mtmi_amount *out);

#endif
