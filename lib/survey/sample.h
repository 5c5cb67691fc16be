/* Those of a domain who answered: their weights and answers, and how many did not answer and why. */
#ifndef MTMI_SURVEY_SAMPLE_H
#define MTMI_SURVEY_SAMPLE_H

#include "survey/design.h"
#include "survey/question.h"

typedef struct mtmi_sample {
    uint32_t *rows;    /* in the design's order */
    double *w, *y, *x; /* x: denominators of a ratio, else NULL */
    size_t n, capacity;
    int64_t answers;              /* interviews behind the n rows */
    int64_t counts[MTMI_ANSWERS]; /* of the domain's interviews with a weight; MTMI_ANSWERED is answers */
    int64_t zero_weight, contributors;
    const uint32_t *domain; /* every row of the domain; lent by the groups */
    size_t n_domain;
    mtmi_exact weights; /* exact sums; lost where weights are calibrated or too long */
    double sum_w, sum_wy, sum_wx;
} mtmi_sample;

/* The rows of a domain, in the design's order, perhaps with their weights beside them. */
typedef struct mtmi_domain {
    const uint32_t *rows;
    size_t n;
    const int64_t *units; /* NULL: the weights are looked up */
    const uint8_t *decimals;
} mtmi_domain;

/* below: the denominator, or NULL. */
mtm_status mtmi_sample_new(const mtmi_survey_design *design, const mtmi_domain *domain, const mtmi_item *item,
                           const mtmi_item *below, mtmi_sample *out, mtm_error *err);
void mtmi_sample_free(mtmi_sample *sample);

#endif
