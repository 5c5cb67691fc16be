/* Statistics of a sample, and how far each row moves them. */
#ifndef MTMI_SURVEY_ESTIMATE_H
#define MTMI_SURVEY_ESTIMATE_H

#include "survey/handle.h"
#include "survey/sample.h"

/* value: NaN for an empty sample. variance: NaN where it is not defined. */
typedef struct mtmi_survey_value {
    double value, variance, df;
    double srs, srs_replace; /* variance of simple random samples of the same size, without and with replacement */
    double logit_se;         /* of log(p / (1 - p)) where replicates give it, as svyciprop() of R does; else 0 */
} mtmi_survey_value;

/* statistic: PROPORTION and MEAN alike, TOTAL, RATIO. */
mtm_status mtmi_estimate(const mtm_survey *survey, const mtmi_sample *sample, mtm_statistic statistic,
                         mtmi_survey_value *out, mtm_error *err);
/* a less b, of two groups; they may share rows. */
mtm_status mtmi_estimate_difference(const mtm_survey *survey, const mtmi_sample *a, const mtmi_sample *b,
                                    mtm_statistic statistic, mtmi_survey_value *out, mtm_error *err);
/* The statistic under other weights; NULL: the sample's own. */
double mtmi_statistic_value(const mtmi_sample *sample, mtm_statistic statistic, const double *weights);
/* Variance of given scores of a sample's rows, and its degrees of freedom. */
mtm_status mtmi_scores_variance(const mtm_survey *survey, const mtmi_scores *scores, double *variance, mtm_error *err);

#endif
