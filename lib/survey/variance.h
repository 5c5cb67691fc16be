/* Variance of a linearised statistic under the sample's design. */
#ifndef MTMI_SURVEY_VARIANCE_H
#define MTMI_SURVEY_VARIANCE_H

#include "survey/design.h"

/* out: width * width, the covariance matrix. NaN where every stratum has one unit and the rule is the average.
 * MTM_ERROR_VALUE for a stratum of one unit where the rule is to fail. */
mtm_status mtmi_survey_variance(const mtmi_survey_frame *frame, const mtmi_survey_design *design,
                                const mtmi_scores *scores, double *out, mtm_error *err);

/* Degrees of freedom: first-stage units less strata, of those that have one of the rows; weighted: every row is known to
 * have a weight above 0, else those that have none are left out. */
double mtmi_survey_freedom(const mtmi_survey_design *design, const uint32_t *rows, size_t n, int weighted);

#endif
