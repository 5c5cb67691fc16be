/* What an indicator asks of a survey: the "survey" object of a definition. */
#ifndef MTMI_INDICATOR_DEFINITION_SURVEY_ASK_H
#define MTMI_INDICATOR_DEFINITION_SURVEY_ASK_H

#include "data/dataset.h"

#include <mtm/survey.h>

#include <jansson.h>

#define MTMI_SURVEY_BREAKDOWNS 8

typedef struct mtmi_survey_ask {
    json_t *json;                           /* owns the texts below; NULL where none does */
    const char *resource;                   /* NULL: every survey that has the question */
    const char *question, *over, *where;    /* over: what a ratio is divided by */
    const char *between, *previous;         /* groups of the first breakdown; the resource of the round before */
    const char *by[MTMI_SURVEY_BREAKDOWNS]; /* one breakdown after the other, each a list with commas */
    size_t n_by;
    const json_t *answers; /* a list; NULL for all */
    mtm_statistic statistic;
    double probability, level;
    mtmi_titles unit;
} mtmi_survey_ask;

/* object is the whole definition: statistic, question and the rest stand under "survey", the statistic beside it. */
mtm_status mtmi_survey_ask_read(const json_t *object, const char *file, const char *id, mtmi_survey_ask **out,
                                mtm_error *err);
void mtmi_survey_ask_free(mtmi_survey_ask *ask);

#endif
