/* A survey that has been read. */
#ifndef MTMI_SURVEY_HANDLE_H
#define MTMI_SURVEY_HANDLE_H

#include "survey/calibrate.h"
#include "survey/design.h"
#include "survey/replicate.h"

#include <mtm/survey.h>

/* A row that was refused. */
typedef struct mtmi_survey_refusal {
    int64_t line;
    int code;    /* of a diagnostic */
    char *found; /* owned; "" for nothing to show */
} mtmi_survey_refusal;

struct mtm_survey {
    char *name; /* of the resource or file */
    mtmi_survey_plan plan;
    mtmi_survey_frame *frame;
    mtmi_survey_design *design;
    mtmi_replicates *replicates; /* NULL for none */
    int64_t rows_in, rows_refused, zero_weights, blank;
    mtmi_survey_refusal *refusals;
    size_t n_refusals, refusals_capacity;
};

#endif
