/* Collects the base of an estimate: rows of the domain that answered, with exact sums of weights and of weighted answers.
 * Invariant: n + missing + unknown + refused + not asked + unexpected + invalid + zero weight = rows of the domain. */
#include "survey/sample.h"

#include "base/try.h"
#include "survey/math/twofold.h"

#include "base/error.h"
#include "base/memory.h"

typedef struct sums {
    mtmi_exact w, wy, wx;
    mtmi_twofold d_w, d_wy, d_wx; /* where exact sums are lost */
} sums;

static mtm_status reserve_rows(mtmi_sample *sample, size_t n, int with_x, mtm_error *err) {
    sample->rows = mtmi_memory_new(n + 1, sizeof *sample->rows);
    sample->w = mtmi_memory_new(n + 1, sizeof *sample->w);
    sample->y = mtmi_memory_new(n + 1, sizeof *sample->y);
    sample->x = with_x ? mtmi_memory_new(n + 1, sizeof *sample->x) : NULL;
    int ok = sample->rows != NULL && sample->w != NULL && sample->y != NULL && (!with_x || sample->x != NULL);
    return ok ? MTM_OK : mtmi_error_memory(err);
}

static void add_row(mtmi_sample *sample, sums *all, uint32_t row, int64_t count, double weight,
                    const mtmi_amount *exact, const mtmi_amount *y, const mtmi_amount *x) {
    size_t at = sample->n++;
    sample->rows[at] = row;
    sample->w[at] = weight;
    sample->y[at] = mtmi_amount_value(*y);
    sample->contributors += y->units != 0 ? count : 0;
    sample->answers += count;
    if (exact != NULL) {
        mtmi_exact_add(&all->w, *exact);
        mtmi_exact_add_product(&all->wy, *exact, *y);
    } else {
        all->w.lost = all->wy.lost = all->wx.lost = 1;
    }
    mtmi_twofold_add(&all->d_w, weight);
    mtmi_twofold_add_product(&all->d_wy, weight, sample->y[at]);
    if (sample->x != NULL) {
        sample->x[at] = mtmi_amount_value(*x);
        if (exact != NULL) {
            mtmi_exact_add_product(&all->wx, *exact, *x);
        }
        mtmi_twofold_add_product(&all->d_wx, weight, sample->x[at]);
    }
}

static double settle_sum(const mtmi_exact *exact, mtmi_twofold other) {
    return exact->lost ? mtmi_twofold_value(other) : mtmi_exact_value(exact);
}

static void fetch_row(const mtmi_survey_column *weight, const mtmi_item *item, uint32_t row) {
    if (weight != NULL) {
        mtmi_survey_fetch(weight, row);
    }
    if (item->column != NULL) {
        mtmi_survey_fetch(item->column, row);
    }
}

mtm_status mtmi_sample_new(const mtmi_survey_design *design, const mtmi_domain *domain, const mtmi_item *item,
                           const mtmi_item *below, mtmi_sample *out, mtm_error *err) {
    const uint32_t *rows = domain->rows;
    size_t n = domain->n;
    mtmi_sample sample = {.domain = rows, .n_domain = n};
    sums all = {0};
    mtm_status status = MTM_OK;
    MTMI_TRY(reserve_rows(&sample, n, below != NULL, err));
    for (size_t i = 0; i < n; i++) {
        mtmi_amount y, x = {0, 0}, exact;
        int is_exact;
        if (i + MTMI_SURVEY_AHEAD < n) {
            fetch_row(domain->units == NULL ? design->weight : NULL, item, rows[i + MTMI_SURVEY_AHEAD]);
        }
        double weight;
        if (domain->units != NULL) {
            exact = (mtmi_amount){domain->units[i], domain->decimals[i]};
            weight = mtmi_amount_value(exact);
            is_exact = 1;
        } else {
            weight = mtmi_survey_weigh(design, rows[i], &exact, &is_exact);
        }
        mtmi_answer state = mtmi_item_at(item, rows[i], &y);
        if (state == MTMI_ANSWERED && below != NULL) {
            state = mtmi_item_at(below, rows[i], &x);
        }
        int64_t count = design->counts == NULL ? 1 : design->counts[rows[i]];
        if (weight == 0) {
            sample.zero_weight += count;
            if (design->lonely_domain && state == MTMI_ANSWERED) { /* its cluster has a row of the domain, as in R */
                add_row(&sample, &all, rows[i], 0, 0, is_exact ? &exact : NULL, &y, &x);
            }
            continue;
        }
        sample.counts[state] += count;
        if (state == MTMI_ANSWERED) {
            add_row(&sample, &all, rows[i], count, weight, is_exact ? &exact : NULL, &y, &x);
        }
    }
    sample.weights = all.w;
    sample.sum_w = settle_sum(&all.w, all.d_w);
    sample.sum_wy = settle_sum(&all.wy, all.d_wy);
    sample.sum_wx = settle_sum(&all.wx, all.d_wx);
    *out = sample;
    sample = (mtmi_sample){0};
out:
    mtmi_sample_free(&sample);
    return status;
}

void mtmi_sample_free(mtmi_sample *sample) {
    mtmi_memory_free(sample->rows);
    mtmi_memory_free(sample->w);
    mtmi_memory_free(sample->y);
    mtmi_memory_free(sample->x);
    *sample = (mtmi_sample){0};
}
