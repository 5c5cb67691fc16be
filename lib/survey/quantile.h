/* Quantiles of weighted numbers. */
#ifndef MTMI_SURVEY_QUANTILE_H
#define MTMI_SURVEY_QUANTILE_H

#include "survey/estimate.h"

/* Fills estimate, se, df, low, high and method of a quantile; level, probability and interval are the request's. Each of the three
 * numbers is what somebody gave; *beside: the fewest persons who gave no more than one of them, or no less; INT64_MAX for none. */
mtm_status mtmi_quantile_fill(const mtm_survey *survey, const mtmi_sample *sample, const mtm_survey_request *request,
                              mtm_estimate *out, int64_t *beside, mtm_error *err);

/* The correlation of the quantiles of two samples of one survey, which is that of the shares below them, and its degrees of freedom:
 * a quantile moves against its share, by the density where it is, which its standard error knows (Woodruff 1952). */
mtm_status mtmi_quantile_correlation(const mtm_survey *survey, const mtmi_sample *const samples[2],
                                     const double quantiles[2], double *out, double *df, mtm_error *err);

#endif
