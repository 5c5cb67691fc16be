/* Confidence intervals of estimates, by method. */
#ifndef MTMI_SURVEY_INTERVAL_H
#define MTMI_SURVEY_INTERVAL_H

#include "survey/estimate.h"

#define MTMI_MEMO_MAX 512

/* Quantiles of t that were computed, by degrees of freedom. Zeroed: none. */
typedef struct mtmi_interval_memo {
    double level[MTMI_MEMO_MAX], t[MTMI_MEMO_MAX];
} mtmi_interval_memo;

/* Fills method, low and high of an estimate whose estimate, se, df and n are there. share: it is a proportion; logit_se: the
 * standard error of its logit, 0 to have it from se. memo: of earlier calls, or NULL. */
void mtmi_interval_fill(mtm_estimate *estimate, mtm_interval kind, double level, int share, double logit_se,
                        mtmi_interval_memo *memo);

#define MTMI_SURVEY_FEW 30 /* answers: fewer are not relied on */

/* cv, and the bits of unreliable. share: the estimate is one; of_shares: it is one, or a difference of two. */
void mtmi_interval_judge(mtm_estimate *estimate, int share, int of_shares, int purposive);
/* Numbers of a purposive sample have no interval: nobody knows the chance of being asked. */
void mtmi_interval_strip(mtm_estimate *estimate);

#endif
