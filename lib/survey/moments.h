/* Shares of all answers to a question in a group, from one pass over its rows. */
#ifndef MTMI_SURVEY_MOMENTS_H
#define MTMI_SURVEY_MOMENTS_H

#include "survey/estimate.h"

#define MTMI_KEY_NONE 128 /* and the mtmi_answer: nothing that counts */

/* Which answer a row gives; the same for every group. */
typedef struct mtmi_answer_key {
    uint8_t *answer; /* by row: place of the item, n_items for another answer, or MTMI_KEY_NONE and why not */
    const mtmi_item *items;
    size_t n_items;
} mtmi_answer_key;

typedef struct mtmi_moments {
    mtmi_sample base;      /* counts and weights of the group; no rows, and no answers by row */
    uint32_t *rows;        /* one of each unit with an answer, in the order of the design */
    double *sums;          /* by unit: its weight, then that behind each item */
    double *given;         /* by item: the weight behind it */
    int64_t *contributors; /* by item */
    double df;
    size_t n_units, n_items;
} mtmi_moments;

/* out->answer stays NULL where answers of the question cannot be counted like this: estimate them one by one. */
mtm_status mtmi_answer_key_new(const mtm_survey *survey, const mtmi_item *items, size_t n_items, mtmi_answer_key *out,
                               mtm_error *err);
void mtmi_answer_key_free(mtmi_answer_key *key);

/* *fits 0: sums would not be exact; estimate the answers one by one. */
mtm_status mtmi_moments_new(const mtm_survey *survey, const mtmi_answer_key *key, const mtmi_domain *domain,
                            mtmi_moments *out, int *fits, mtm_error *err);
void mtmi_moments_free(mtmi_moments *moments);
/* The share of an item. What mtmi_estimate() gives for the sample of its rows. */
mtm_status mtmi_moments_estimate(const mtm_survey *survey, const mtmi_moments *moments, size_t item,
                                 mtmi_survey_value *out, mtm_error *err);

#endif
