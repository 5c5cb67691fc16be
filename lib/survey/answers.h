/* Answers that are impossible: those the form has no code for, and those of persons whom it should not have asked. */
#ifndef MTMI_SURVEY_ANSWERS_H
#define MTMI_SURVEY_ANSWERS_H

#include "survey/handle.h"

#include "base/json.h"

/* Writes the member "doubtful": how many there are of each kind, and the first of them with line and question. */
mtm_status mtmi_doubtful_answers_write(const mtm_survey *survey, mtmi_json *json, mtm_error *err);
/* The same as lines of text. */
mtm_status mtmi_doubtful_answers_print(const mtm_survey *survey, mtmi_buffer *out, mtm_error *err);

#endif
