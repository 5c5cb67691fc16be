/* Choices of forms that are no answers. */
#ifndef MTMI_SURVEY_FORM_NO_ANSWER_H
#define MTMI_SURVEY_FORM_NO_ANSWER_H

#include <jansson.h>

typedef enum mtmi_no_answer { MTMI_NO_ANSWER_UNKNOWN, MTMI_NO_ANSWER_REFUSED } mtmi_no_answer;

/* Whether the code, or a label of it in any language, says so. label: a text, or an object of languages. */
int mtmi_no_answer_is(mtmi_no_answer kind, const char *code, json_t *label);

#endif
