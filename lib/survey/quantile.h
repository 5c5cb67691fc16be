/* Quantiles of weighted numbers. */
#ifndef MTMI_SURVEY_QUANTILE_H
#define MTMI_SURVEY_QUANTILE_H

#include "survey/estimate.h"

/* Fills estimate, se, df, low, high and method of a quantile. */
mtm_status mtmi_quantile_fill(const mtm_survey *survey, const mtmi_sample *sample, double probability, double level,
                              mtm_estimate *out, mtm_error *err);

#endif
