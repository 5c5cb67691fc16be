/* Means, totals and ratios with their variances by linearisation or by replicates.
 * z of a row is its influence on the statistic (Woodruff 1971, JASA 66): mean w (y - m) / sum w; total w y; ratio
 * w (y - R x) / sum w x; a difference of two groups is the difference of their z, so that covariances are kept, and
 * rows that are in both count once.
 * Invariant: scores are made from the exact sums, in the order of the design. */
#include "survey/estimate.h"

#include "base/try.h"
#include "survey/math/twofold.h"
#include "survey/variance.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <string.h>

#define ROUNDING 1e-9

static double weighted_sum(const double *weights, const double *values, size_t n) {
    mtmi_twofold sum = {0, 0};
    for (size_t i = 0; i < n; i++) {
        mtmi_twofold_add_product(&sum, weights[i], values == NULL ? 1 : values[i]);
    }
    return mtmi_twofold_value(sum);
}

/* The quotient of two sums, corrected by what it leaves: exact where all rows say the same. */
static double refine(const mtmi_sample *sample, const double *weights, const double *below, double whole,
                     double value) {
    mtmi_twofold rest = {0, 0};
    for (size_t i = 0; i < sample->n; i++) {
        mtmi_twofold_add_product(&rest, weights[i], sample->y[i] - value * (below == NULL ? 1 : below[i]));
    }
    return value + mtmi_twofold_value(rest) / whole;
}

double mtmi_statistic_value(const mtmi_sample *sample, mtm_statistic statistic, const double *weights) {
    double wy = weights == NULL ? sample->sum_wy : weighted_sum(weights, sample->y, sample->n);
    if (sample->n == 0) {
        return NAN;
    }
    if (statistic == MTM_STATISTIC_TOTAL) {
        return sample->answers == 0 ? NAN : wy;
    }
    const double *below = statistic == MTM_STATISTIC_RATIO ? sample->x : NULL;
    double whole = weights != NULL ? weighted_sum(weights, below, sample->n)
                   : below != NULL ? sample->sum_wx
                                   : sample->sum_w;
    return whole == 0 ? NAN : refine(sample, weights == NULL ? sample->w : weights, below, whole, wy / whole);
}

static double score_of(const mtmi_sample *sample, mtm_statistic statistic, double value, size_t i) {
    switch (statistic) {
    case MTM_STATISTIC_TOTAL: return sample->w[i] * sample->y[i];
    case MTM_STATISTIC_RATIO: return sample->w[i] * (sample->y[i] - value * sample->x[i]) / sample->sum_wx;
    default: return sample->w[i] * (sample->y[i] - value) / sample->sum_w;
    }
}

mtm_status mtmi_scores_variance(const mtm_survey *survey, const mtmi_scores *scores, double *variance, mtm_error *err) {
    mtm_error found = {0};
    mtm_status status = mtmi_survey_variance(survey->frame, survey->design, scores, variance, &found);
    if (status == MTM_ERROR_VALUE) {
        return mtmi_error_set(err, status, found.code, (mtmi_place){survey->name, found.line, 0}, "%s", found.message);
    }
    return status == MTM_OK ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status linear_variance(const mtm_survey *survey, const mtmi_sample *sample, mtm_statistic statistic,
                                  mtmi_survey_value *out, mtm_error *err) {
    double *z = mtmi_memory_new(sample->n + 1, sizeof *z);
    if (z == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < sample->n; i++) {
        z[i] = score_of(sample, statistic, out->value, i);
    }
    mtmi_scores scores = {sample->rows, z, sample->n, 1};
    mtm_status status = mtmi_scores_variance(survey, &scores, &out->variance, err);
    int whole = survey->plan.freedom_of_domain;
    out->df = mtmi_survey_freedom(survey->design, whole ? sample->domain : sample->rows,
                                  whole ? sample->n_domain : sample->n, !whole && !survey->design->lonely_domain);
    mtmi_memory_free(z);
    return status;
}

/* A replicate in which all or none say yes, but for the rounding of its weights, has no logit: the interval then comes from
 * the standard error of the share. */
static int have_logits(const double *values, size_t n, double value) {
    int have = value > 0 && value < 1;
    for (size_t r = 0; r < n && have; r++) {
        have = values[r] > ROUNDING && values[r] < 1 - ROUNDING;
    }
    return have;
}

/* b may be NULL. */
static mtm_status replicate_variance(const mtm_survey *survey, const mtmi_sample *a, const mtmi_sample *b,
                                     mtm_statistic statistic, mtmi_survey_value *out, mtm_error *err) {
    const mtmi_replicates *replicates = survey->replicates;
    size_t n = b != NULL && b->n > a->n ? b->n : a->n;
    double *values = mtmi_memory_new(replicates->n + n + 1, sizeof *values);
    if (values == NULL) {
        return mtmi_error_memory(err);
    }
    double *weights = values + replicates->n;
    for (size_t r = 0; r < replicates->n; r++) {
        mtmi_replicate_weights(replicates, survey->design, r, a->rows, a->n, weights);
        values[r] = mtmi_statistic_value(a, statistic, weights);
        if (b != NULL) {
            mtmi_replicate_weights(replicates, survey->design, r, b->rows, b->n, weights);
            values[r] -= mtmi_statistic_value(b, statistic, weights);
        }
    }
    out->variance = mtmi_replicate_variance(replicates, values, out->value);
    if (statistic == MTM_STATISTIC_PROPORTION && b == NULL && have_logits(values, replicates->n, out->value)) {
        for (size_t r = 0; r < replicates->n; r++) {
            values[r] = log(values[r] / (1 - values[r]));
        }
        double variance = mtmi_replicate_variance(replicates, values, log(out->value / (1 - out->value)));
        out->logit_se = variance > 0 ? sqrt(variance) : 0;
    }
    mtmi_memory_free(values);
    return MTM_OK;
}

/* Variance of simple random sampling, from the weighted variance of y (of the residual, for a ratio). */
static void add_simple(const mtmi_sample *sample, mtm_statistic statistic, mtmi_survey_value *out) {
    mtmi_twofold squares = {0, 0}, sum = {0, 0};
    double n = (double)sample->answers, whole = sample->sum_w;
    int ratio = statistic == MTM_STATISTIC_RATIO;
    for (size_t i = 0; ratio && i < sample->n; i++) {
        mtmi_twofold_add_product(&sum, sample->w[i], sample->y[i] - out->value * sample->x[i]);
    }
    double mean = ratio ? mtmi_twofold_value(sum) / whole : sample->sum_wy / whole;
    for (size_t i = 0; i < sample->n; i++) {
        double away = sample->y[i] - (ratio ? out->value * sample->x[i] : 0) - mean;
        mtmi_twofold_add_product(&squares, sample->w[i] * away, away);
    }
    double variance = mtmi_twofold_value(squares) / whole * n / (n - 1);
    double scale = statistic == MTM_STATISTIC_TOTAL ? whole * whole
                   : ratio                          ? whole * whole / sample->sum_wx / sample->sum_wx
                                                    : 1;
    out->srs_replace = scale * variance / n;
    out->srs = whole < n ? NAN : scale * variance * (whole - n) / (whole * n);
}

mtm_status mtmi_estimate(const mtm_survey *survey, const mtmi_sample *sample, mtm_statistic statistic,
                         mtmi_survey_value *out, mtm_error *err) {
    *out = (mtmi_survey_value){mtmi_statistic_value(sample, statistic, NULL), NAN, NAN, NAN, NAN, 0};
    if (sample->n == 0 || isnan(out->value)) {
        return MTM_OK;
    }
    mtm_status status = MTM_OK;
    if (survey->replicates != NULL) {
        MTMI_TRY(replicate_variance(survey, sample, NULL, statistic, out, err));
        MTMI_TRY(mtmi_replicate_freedom(survey->replicates, survey->design, sample->rows, sample->n, &out->df, err));
    } else {
        MTMI_TRY(linear_variance(survey, sample, statistic, out, err));
    }
    add_simple(sample, statistic, out);
out:
    return status;
}

/* Rows and scores of two groups in the design's order; *n of them. */
static mtm_status join_scores(const mtm_survey *survey, const mtmi_sample *const parts[2], const double values[2],
                              mtm_statistic statistic, uint32_t *rows, double *z, size_t *n, mtm_error *err) {
    size_t n_rows = survey->frame->n_rows;
    *n = 0;
    double *score = mtmi_memory_new(n_rows + 1, sizeof *score);
    unsigned char *here = mtmi_memory_new(n_rows + 1, 1);
    if (score == NULL || here == NULL) {
        mtmi_memory_free(score);
        mtmi_memory_free(here);
        return mtmi_error_memory(err);
    }
    for (int part = 0; part < 2; part++) {
        for (size_t i = 0; i < parts[part]->n; i++) {
            double one = score_of(parts[part], statistic, values[part], i);
            score[parts[part]->rows[i]] += part == 0 ? one : -one;
            here[parts[part]->rows[i]] = 1;
        }
    }
    mtmi_walk walk = {0};
    for (size_t i = 0; i < n_rows; i++) {
        uint32_t row = mtmi_survey_next(survey->design, &walk);
        if (here[row]) {
            rows[*n] = row;
            z[(*n)++] = score[row];
        }
    }
    mtmi_memory_free(score);
    mtmi_memory_free(here);
    return MTM_OK;
}

mtm_status mtmi_estimate_difference(const mtm_survey *survey, const mtmi_sample *a, const mtmi_sample *b,
                                    mtm_statistic statistic, mtmi_survey_value *out, mtm_error *err) {
    const mtmi_sample *const parts[2] = {a, b};
    double values[2] = {mtmi_statistic_value(a, statistic, NULL), mtmi_statistic_value(b, statistic, NULL)};
    *out = (mtmi_survey_value){values[0] - values[1], NAN, NAN, NAN, NAN, 0};
    if (isnan(out->value)) {
        return MTM_OK;
    }
    size_t n = a->n + b->n;
    mtm_status status = MTM_OK;
    uint32_t *rows = mtmi_memory_new(n + 1, sizeof *rows);
    double *z = mtmi_memory_new(n + 1, sizeof *z);
    MTMI_TRY(rows == NULL || z == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(join_scores(survey, parts, values, statistic, rows, z, &n, err));
    if (survey->replicates != NULL) {
        MTMI_TRY(replicate_variance(survey, a, b, statistic, out, err));
        MTMI_TRY(mtmi_replicate_freedom(survey->replicates, survey->design, rows, n, &out->df, err));
    } else {
        mtmi_scores scores = {rows, z, n, 1};
        MTMI_TRY(mtmi_scores_variance(survey, &scores, &out->variance, err));
        out->df = mtmi_survey_freedom(survey->design, rows, n, !survey->design->lonely_domain);
    }
out:
    mtmi_memory_free(rows);
    mtmi_memory_free(z);
    return status;
}
