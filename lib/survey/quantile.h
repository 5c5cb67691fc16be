/* Quantiles of weighted numbers. */
#ifndef MTMI_SURVEY_QUANTILE_H
#define MTMI_SURVEY_QUANTILE_H

#include "survey/estimate.h"

/* Fills estimate, se, df, low, high and method of a quantile; level, probability and interval are the request's. */
mtm_status mtmi_quantile_fill(const mtm_survey *survey, const mtmi_sample *sample, const mtm_survey_request *request,
                              mtm_estimate *out, mtm_error *err);

#endif
