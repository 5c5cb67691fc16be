/* Surveys of a package as they are asked: each is read once, when the first indicator needs it. */
#ifndef MTMI_INDICATOR_SURVEY_OPEN_H
#define MTMI_INDICATOR_SURVEY_OPEN_H

#include "data/package.h"
#include "indicator/survey/survey_finding.h"

#include <jansson.h>

typedef struct mtmi_open_survey {
    const mtmi_microdata *resource;
    mtm_survey *survey;
    json_t *about; /* what mtm_survey_describe() says of it */
} mtmi_open_survey;

/* Reads the survey where it was not read yet. */
mtm_status mtmi_survey_open(const mtm_package *package, mtmi_open_survey *at, mtm_error *err);
void mtmi_survey_close(mtmi_open_survey *at);
/* What is declared of a question, or NULL. */
const json_t *mtmi_open_survey_question(const mtmi_open_survey *at, const char *name, int *sensitive);
/* How it was drawn; 0 when memory ran out. */
int mtmi_open_survey_source(const mtmi_open_survey *at, mtmi_survey_source *out);
/* A label of a form: one text, or one a language; otherwise where there is none. 0 when memory ran out. */
int mtmi_label_titles(const json_t *label, const char *otherwise, mtmi_titles *out);

#endif
