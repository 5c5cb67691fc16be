/* Makes estimates fit to be published, once it is decided which are withheld. */
#include "survey/publish/publish.h"

#include "base/error.h"
#include "survey/math/amount.h"

#include <math.h>
#include <string.h>

#define FEW_DIGITS 3 /* that count */

/* A multiple of step, where there is a number. */
static double round_to(double value, double step) {
    return step < 1 ? round(value / step) / (1 / step) : round(value / step) * step;
}

/* 1, 10, 100 ...: what a number of this size is a multiple of, once it has three digits that count. */
static double whole_step(double size) {
    double step = 1;
    for (; size / step >= 1000; step *= 10) {}
    return step;
}

static double few_digits(double value) {
    if (!(fabs(value) > 0)) {
        return value;
    }
    double digits = pow(10, FEW_DIGITS - 1 - floor(log10(fabs(value))));
    return round(value * digits) / digits;
}

static int is_share(const mtm_estimate *estimate) {
    return strcmp(estimate->statistic, "proportion") == 0 ||
           (estimate->answer[0] != '\0' && fabs(estimate->estimate) <= 1);
}

/* As reports print: shares in per cent with one decimal, means with fewer decimals the larger they are. */
static double step_of(const mtm_estimates *estimates, const mtm_estimate *estimate) {
    double size = fabs(estimate->estimate);
    if (estimates->of_totals) {
        return whole_step(size);
    }
    if (is_share(estimate)) {
        return 1e-3;
    }
    return size >= 1000 ? 1 : size >= 10 ? 0.1 : size >= 0.1 ? 0.01 : 1e-4;
}

static void round_numbers(const mtm_estimates *estimates, mtm_estimate *one) {
    const double step = step_of(estimates, one);
    double *same[] = {&one->estimate, &one->se, &one->low, &one->high};
    double *few[] = {&one->deff,    &one->deff_replace, &one->n_effective, &one->cv,
                     &one->p_value, &one->df,           &one->df_above};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        *same[i] = round_to(*same[i], step);
    }
    for (size_t i = 0; i < sizeof few / sizeof *few; i++) {
        *few[i] = few_digits(*few[i]);
    }
}

static mtm_status round_weight(mtm_estimates *estimates, mtm_estimate *one, mtm_error *err) {
    mtmi_amount sum;
    char text[MTMI_AMOUNT_TEXT];
    if (!mtmi_amount_read(one->weight, strlen(one->weight), &sum)) {
        return MTM_OK;
    }
    double weight = mtmi_amount_value(sum);
    mtmi_exact_write(&(mtmi_exact){(mtmi_wide)round_to(weight, whole_step(weight)), 0, 0}, text);
    const char *rounded = mtmi_estimates_text(estimates, text);
    one->weight = rounded == NULL ? "" : rounded;
    return rounded == NULL ? mtmi_error_memory(err) : MTM_OK;
}

void mtmi_estimates_hide_names(mtm_estimates *estimates) {
    for (size_t i = 0; i < estimates->n; i++) {
        const mtmi_behind *behind = &estimates->behind[i];
        mtm_estimate *one = &estimates->all[i];
        if (behind->answer != NULL) {
            one->answer = one->answer_label = behind->answer;
        }
        one->domain = behind->domain != NULL ? behind->domain : one->domain;
    }
}

/* The kinds of no answer. */
enum { KINDS = 7 };

static void find_kinds(mtm_estimate *one, int64_t *out[KINDS]) {
    int64_t *kinds[KINDS] = {&one->missing,    &one->unknown, &one->refused,    &one->not_asked,
                             &one->unexpected, &one->invalid, &one->zero_weight};
    memcpy(out, kinds, sizeof kinds);
}

static int has_few(const mtm_estimates *estimates, int64_t threshold) {
    for (size_t i = 0; i < estimates->n; i++) {
        int64_t *kinds[KINDS];
        find_kinds(&estimates->all[i], kinds);
        for (int k = 0; k < KINDS; k++) {
            if (*kinds[k] > 0 && *kinds[k] < threshold) {
                return 1;
            }
        }
    }
    return 0;
}

/* One kind alone could be had from the others, and one group from the rest: all go. */
static void hide_kinds(mtm_estimates *estimates) {
    for (size_t i = 0; i < estimates->n; i++) {
        int64_t *kinds[KINDS];
        find_kinds(&estimates->all[i], kinds);
        for (int k = 0; k < KINDS; k++) {
            *kinds[k] = -1;
        }
        estimates->all[i].out_of_domain = -1;
    }
}

mtm_status mtmi_estimates_publish(mtm_estimates *estimates, int64_t threshold, int linked, mtm_error *err) {
    if (linked || has_few(estimates, threshold)) {
        hide_kinds(estimates);
    }
    mtmi_estimates_hide_names(estimates);
    for (size_t i = 0; i < estimates->n; i++) {
        mtm_estimate *one = &estimates->all[i];
        round_numbers(estimates, one);
        mtm_status status = round_weight(estimates, one, err);
        if (status != MTM_OK) {
            return status;
        }
    }
    return MTM_OK;
}
