/* Conditions of a form: whom a question was asked. */
#ifndef MTMI_SURVEY_FORM_RELEVANT_H
#define MTMI_SURVEY_FORM_RELEVANT_H

#include "survey/survey_frame.h"
#include "survey/survey_plan.h"

/* Whether a condition is one that can be followed, wherever its questions are. */
int mtmi_relevant_is_known(const char *text, size_t length);
/* 1 for each row that meets the condition, as a block of the caller's. *out is NULL where the file lacks one of its questions.
 * MTM_ERROR_SCHEMA for a condition that cannot be followed; name is the question's. */
mtm_status mtmi_relevant_judge(const mtmi_survey_frame *frame, const mtmi_survey_plan *plan, const char *name,
                               const char *text, uint8_t **out, mtm_error *err);

#endif
