/* Words that are no answer, and yes and no. */
#ifndef MTMI_SURVEY_SURVEY_WORDS_H
#define MTMI_SURVEY_SURVEY_WORDS_H

#include "survey/survey_plan.h"

/* Whether an array of words has this one; NULL has none. */
int mtmi_words_have(json_t *words, const char *text, size_t length);
/* Missing, unknown, refused by the plan's words (and the question's own), else answered. */
mtmi_answer mtmi_words_state(const mtmi_survey_plan *plan, json_t *question, const char *text, size_t length);
/* 1, 0, or -1 for neither, as Kobo, ODK, SPSS and R write it. */
int mtmi_words_truth(const char *text, size_t length);
/* Whether text is the answer of a name: "1", "1.0" and "1.00" are one code, for SPSS and spreadsheets write codes as numbers. */
int mtmi_words_same(const char *name, const char *text, size_t length);
/* The next answer of a cell with several, between separators; NULL at the end. */
const char *mtmi_words_next(const char *separators, const char *at, const char *end, size_t *length);
/* The place of an answer among those in a cell, from 1; 0 where it is not there. */
int mtmi_answer_place(const char *separators, const char *text, size_t length, const char *answer);

/* Whether text of a cell that cannot be used may be told: a short figure. Where a row is shifted, a name or a number of a person
 * stands in any cell. */
int mtmi_words_may_tell(const char *text, size_t length);
/* A label: a text, or the English one or the first of several languages; otherwise where there is none. */
const char *mtmi_words_label(json_t *label, const char *otherwise);

#endif
