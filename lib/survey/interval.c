/* Confidence intervals of estimates: t; logit for shares (Korn and Graubard 1999, Analysis of Health Surveys, 3.2);
 * Korn and Graubard's exact binomial interval of the effective sample size (1998, Survey Methodology 24).
 * Where every unit was drawn there is no sampling error, and the interval is a point.
 * Invariant: no interval of a share leaves [0, 1] but t's, and none is [0, 0] or [1, 1]. */
#include "survey/interval.h"

#include "survey/math/special.h"

#include <math.h>

#define WIDE 0.2
#define LARGE_CV 0.3

/* Whole degrees of freedom come again and again. */
static double quantile_of_t(mtmi_interval_memo *memo, double level, double df) {
    size_t at = memo != NULL && df < MTMI_MEMO_MAX && df == floor(df) ? (size_t)df : 0;
    if (at == 0) {
        return mtmi_t_quantile(1 - (1 - level) / 2, df);
    }
    if (memo->level[at] != level) {
        memo->t[at] = mtmi_t_quantile(1 - (1 - level) / 2, df);
        memo->level[at] = level;
    }
    return memo->t[at];
}

static void fill_t(mtm_estimate *estimate, double t) {
    estimate->method = "t";
    estimate->low = estimate->estimate - t * estimate->se;
    estimate->high = estimate->estimate + t * estimate->se;
}

static void fill_logit(mtm_estimate *estimate, double t, double logit_se) {
    double p = estimate->estimate, centre = log(p / (1 - p));
    double half = t * (logit_se > 0 ? logit_se : estimate->se / (p * (1 - p)));
    estimate->method = "logit";
    estimate->low = 1 / (1 + exp(half - centre));
    estimate->high = 1 / (1 + exp(-half - centre));
}

/* n* = p (1 - p) / se^2 times the squared ratio of t of a simple sample and of the design. Without a standard error
 * (0 and 100 per cent) n* is the number of answers, times the same ratio. */
static void fill_beta(mtm_estimate *estimate, double t, double level) {
    double p = estimate->estimate, tail = (1 - level) / 2;
    double simple = estimate->n > 1 ? mtmi_t_quantile(1 - tail, (double)estimate->n - 1) : t;
    double n = estimate->se > 0 ? p * (1 - p) / (estimate->se * estimate->se) : (double)estimate->n;
    n *= (simple / t) * (simple / t);
    estimate->method = "beta";
    estimate->low = p <= 0 ? 0 : mtmi_beta_quantile(tail, n * p, n * (1 - p) + 1);
    estimate->high = p >= 1 ? 1 : mtmi_beta_quantile(1 - tail, n * p + 1, n * (1 - p));
}

void mtmi_interval_fill(mtm_estimate *estimate, mtm_interval kind, double level, int share, double logit_se,
                        mtmi_interval_memo *memo) {
    estimate->method = "none";
    estimate->low = estimate->high = NAN;
    if (isnan(estimate->estimate) || isnan(estimate->se)) {
        return;
    }
    if (!(estimate->df > 0)) {
        estimate->reason = "no degree of freedom: as many strata as clusters";
        return;
    }
    double t = quantile_of_t(memo, level, estimate->df);
    int inside = estimate->estimate > 0 && estimate->estimate < 1;
    if (!share || kind == MTM_INTERVAL_T) {
        fill_t(estimate, t);
    } else if ((kind == MTM_INTERVAL_BETA && estimate->se > 0) || !inside) {
        fill_beta(estimate, t, level);
    } else {
        fill_logit(estimate, t, logit_se);
    }
}

void mtmi_interval_judge(mtm_estimate *estimate, int share, int of_shares, int purposive) {
    int32_t bits = estimate->n < MTMI_SURVEY_FEW ? MTM_UNRELIABLE_FEW : 0;
    estimate->cv = fabs(estimate->se / estimate->estimate);
    if (share && (estimate->high - estimate->low) / 2 > WIDE) {
        bits |= MTM_UNRELIABLE_WIDE;
    }
    if (!of_shares && estimate->cv > LARGE_CV) {
        bits |= MTM_UNRELIABLE_CV;
    }
    if (!purposive && !isnan(estimate->estimate) && !(estimate->df > 0)) {
        bits |= MTM_UNRELIABLE_FREE;
    }
    estimate->unreliable = bits;
}

/* Numbers of a purposive sample have no interval: nobody knows the chance of being asked. */
void mtmi_interval_strip(mtm_estimate *estimate) {
    estimate->se = estimate->df = estimate->low = estimate->high = estimate->deff = estimate->deff_replace = NAN;
    estimate->n_effective = estimate->cv = NAN;
    estimate->method = "none";
    estimate->reason = "not a probability sample: shares of those asked, not of a population";
}
