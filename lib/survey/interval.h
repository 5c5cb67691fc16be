/* Confidence intervals. */
#ifndef MTMI_SURVEY_INTERVAL_H
#define MTMI_SURVEY_INTERVAL_H

#include "survey/estimate.h"

/* Fills method, low and high of an estimate whose estimate, se, df and n are there. share: it is a proportion. */
void mtmi_interval_fill(mtm_estimate *estimate, mtm_interval kind, double level, int share);

#endif
