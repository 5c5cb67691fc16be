/* Quantiles: the smallest value at which the cumulated weight reaches the share asked for, with the interval of Woodruff
 * (1952, JASA 47): the interval of the share below it, read back through the cumulated weights.
 * Invariant: a quantile is always a value that somebody gave. */
#include "survey/quantile.h"

#include "survey/interval.h"
#include "survey/math/special.h"
#include "base/try.h"
#include "survey/math/twofold.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"

#include <math.h>

#define TIE 1e-13 /* a share met to rounding is met */

typedef struct weighted {
    double y, below; /* below: weight up to and with this one */
} weighted;

static int compare_values(const void *context, const void *a, const void *b) {
    (void)context;
    double x = ((const weighted *)a)->y, y = ((const weighted *)b)->y;
    return (x > y) - (x < y);
}

static mtm_status sort_values(const mtmi_sample *sample, weighted **out, mtm_error *err) {
    weighted *values = mtmi_memory_new(sample->n + 1, sizeof *values);
    *out = values;
    if (values == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < sample->n; i++) {
        values[i] = (weighted){sample->y[i], sample->w[i]};
    }
    if (!mtmi_sort(values, sample->n, sizeof *values, compare_values, NULL)) {
        return mtmi_error_memory(err);
    }
    mtmi_twofold sum = {0, 0};
    for (size_t i = 0; i < sample->n; i++) {
        mtmi_twofold_add(&sum, values[i].below);
        values[i].below = mtmi_twofold_value(sum);
    }
    return MTM_OK;
}

static double value_at(const weighted *values, size_t n, double share) {
    double reach = share * values[n - 1].below * (1 - TIE);
    size_t low = 0, high = n - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (values[middle].below >= reach) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return values[low].y;
}

/* The sample with 1 for answers up to the quantile, else 0: its y alone is new. */
static mtm_status take_below(const mtmi_sample *sample, double quantile, mtmi_sample *out, mtm_error *err) {
    mtmi_twofold sum = {0, 0};
    *out = *sample;
    out->y = mtmi_memory_new(sample->n + 1, sizeof *out->y);
    if (out->y == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < sample->n; i++) {
        out->y[i] = sample->y[i] <= quantile;
        mtmi_twofold_add(&sum, out->y[i] == 0 ? 0 : sample->w[i]);
    }
    out->sum_wy = mtmi_twofold_value(sum);
    return MTM_OK;
}

/* The interval of the share of answers up to the quantile. */
static mtm_status share_interval(const mtm_survey *survey, const mtmi_sample *sample, double quantile,
                                 const mtm_survey_request *request, mtm_estimate *share, mtm_error *err) {
    mtmi_sample below;
    mtmi_survey_value value;
    MTMI_CHECK_STATUS(take_below(sample, quantile, &below, err));
    mtm_status status = mtmi_estimate(survey, &below, MTM_STATISTIC_PROPORTION, &value, err);
    share->estimate = value.value;
    share->se = sqrt(value.variance);
    share->df = value.df;
    share->n = sample->answers;
    mtm_interval kind = request->interval == MTM_INTERVAL_DEFAULT ? MTM_INTERVAL_T : (mtm_interval)request->interval;
    mtmi_interval_fill(share, kind, request->level, 1, 0, NULL);
    mtmi_memory_free(below.y);
    return status;
}

mtm_status mtmi_quantile_correlation(const mtm_survey *survey, const mtmi_sample *const samples[2],
                                     const double quantiles[2], double *out, double *df, mtm_error *err) {
    mtmi_sample below[2] = {{0}, {0}};
    mtmi_survey_value one[2], difference;
    mtm_status status = MTM_OK;
    for (int i = 0; i < 2; i++) {
        MTMI_TRY(take_below(samples[i], quantiles[i], &below[i], err));
        MTMI_TRY(mtmi_estimate(survey, &below[i], MTM_STATISTIC_PROPORTION, &one[i], err));
    }
    MTMI_TRY(mtmi_estimate_difference(survey, &below[0], &below[1], MTM_STATISTIC_PROPORTION, &difference, err));
    double size = sqrt(one[0].variance * one[1].variance);
    double both = (one[0].variance + one[1].variance - difference.variance) / 2;
    *out = size > 0 ? fmax(-1, fmin(1, both / size)) : isnan(size) ? NAN : 0;
    *df = difference.df;
out:
    mtmi_memory_free(below[0].y);
    mtmi_memory_free(below[1].y);
    return status;
}

/* Persons who gave no more than a value, or no less: the fewer. A row stands for one person or more. */
static int64_t count_beside(const weighted *values, size_t n, double value) {
    int64_t below = 0, above = 0;
    for (size_t i = 0; i < n; i++) {
        below += values[i].y <= value;
        above += values[i].y >= value;
    }
    return isnan(value) ? INT64_MAX : below < above ? below : above;
}

static int64_t fewest_beside(const weighted *values, size_t n, const mtm_estimate *estimate) {
    const double ends[] = {estimate->estimate, estimate->low, estimate->high};
    int64_t fewest = INT64_MAX;
    for (int i = 0; i < 3; i++) {
        int64_t here = count_beside(values, n, ends[i]);
        fewest = here < fewest ? here : fewest;
    }
    return fewest;
}

mtm_status mtmi_quantile_fill(const mtm_survey *survey, const mtmi_sample *sample, const mtm_survey_request *request,
                              mtm_estimate *out, int64_t *beside, mtm_error *err) {
    weighted *values = NULL;
    mtm_estimate share = {0};
    mtm_status status = MTM_OK;
    *beside = INT64_MAX;
    out->method = "none";
    if (sample->n == 0 || !(sample->sum_w > 0)) {
        return MTM_OK;
    }
    MTMI_TRY(sort_values(sample, &values, err));
    out->estimate = value_at(values, sample->n, request->probability);
    MTMI_TRY(share_interval(survey, sample, out->estimate, request, &share, err));
    out->df = share.df;
    out->reason = share.reason == NULL ? "" : share.reason;
    if (isnan(share.low)) {
        goto out;
    }
    out->method = "woodruff";
    out->low = share.low < 0 ? NAN : value_at(values, sample->n, share.low);
    out->high = share.high > 1 ? NAN : value_at(values, sample->n, share.high);
    out->se = (out->high - out->low) / (2 * mtmi_t_quantile(1 - (1 - request->level) / 2, share.df));
    if (isnan(out->low) || isnan(out->high)) {
        out->reason = "too few answers beyond the quantile to bound it";
    }
out:
    if (status == MTM_OK && values != NULL) {
        *beside = fewest_beside(values, sample->n, out);
    }
    mtmi_memory_free(values);
    return status;
}
