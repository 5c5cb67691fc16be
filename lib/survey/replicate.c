/* Variance from replicate weights: jackknife (JK1, JKn), balanced repeated replication (BRR, Fay) and bootstrap
 * (Wolter 2007, Introduction to Variance Estimation; scales as R's survey::svrepdesign).
 * Invariant: variance = scale * sum of rscale * (estimate of the replicate - centre)^2. */
#include "survey/replicate.h"

#include "survey/math/linear.h"
#include "base/try.h"
#include "survey/math/twofold.h"

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <string.h>

#define DEPENDENT 1e-5 /* as R's degf() */
#define SAME 1e-12

typedef struct replicate_reader {
    const mtmi_survey_frame *frame;
    json_t *json;
    const char *name;
    mtm_error *err;
} replicate_reader;

static mtm_status refuse_replicates(const replicate_reader *read, const char *property, const char *expected) {
    return mtmi_error_set(read->err, MTM_ERROR_SCHEMA, MTMI_CODE_SURVEY_REPLICATES, (mtmi_place){read->name, 0, 0},
                          "\"replicates\": %q: expected %s", property, expected);
}

static mtm_status add_column(const replicate_reader *read, mtmi_replicates *replicates,
                             const mtmi_survey_column *column) {
    const mtmi_survey_column **columns = mtmi_memory_resize(replicates->columns, replicates->n + 1, sizeof *columns);
    if (columns == NULL) {
        return mtmi_error_memory(read->err);
    }
    replicates->columns = columns;
    columns[replicates->n++] = column;
    mtmi_amount amount;
    for (size_t row = 0; row < read->frame->n_rows; row++) {
        if (!mtmi_survey_amount_at(column, row, &amount)) {
            return mtmi_error_set(read->err, MTM_ERROR_VALUE, MTMI_CODE_SURVEY_REPLICATES,
                                  (mtmi_place){read->name, (int64_t)mtmi_survey_line(read->frame, row), 0},
                                  "column %q: expected a replicate weight in each row", column->name);
        }
    }
    return MTM_OK;
}

/* "rw*" or an array of names. */
static mtm_status read_columns(const replicate_reader *read, mtmi_replicates *replicates) {
    json_t *columns = json_object_get(read->json, "columns");
    const char *pattern = json_string_value(columns);
    size_t length = pattern == NULL ? 0 : strlen(pattern);
    mtm_status status = MTM_OK;
    for (size_t i = 0; length > 1 && pattern[length - 1] == '*' && i < read->frame->n_columns; i++) {
        if (strncmp(read->frame->columns[i].name, pattern, length - 1) == 0) {
            MTMI_TRY(add_column(read, replicates, &read->frame->columns[i]));
        }
    }
    for (size_t i = 0; i < json_array_size(columns); i++) {
        const char *name = json_string_value(json_array_get(columns, i));
        const mtmi_survey_column *column = name == NULL ? NULL : mtmi_survey_frame_find(read->frame, name);
        MTMI_TRY(column == NULL ? refuse_replicates(read, name == NULL ? "columns" : name, "a column of the file")
                                : add_column(read, replicates, column));
    }
    status = replicates->n >= 2 ? MTM_OK : refuse_replicates(read, "columns", "at least two columns, or \"prefix*\"");
out:
    return status;
}

static mtm_status default_scale(const replicate_reader *read, mtmi_replication type, mtmi_replicates *replicates) {
    double n = (double)replicates->n, rho = json_number_value(json_object_get(read->json, "rho"));
    switch (type) {
    case MTMI_REPLICATES_JK1: replicates->scale = (n - 1) / n; return MTM_OK;
    case MTMI_REPLICATES_BRR: replicates->scale = 1 / n; return MTM_OK;
    case MTMI_REPLICATES_FAY:
        replicates->scale = 1 / (n * (1 - rho) * (1 - rho));
        return rho >= 0 && rho < 1 && json_object_get(read->json, "rho") != NULL
                   ? MTM_OK
                   : refuse_replicates(read, "rho", "Fay's factor, at least 0 and below 1");
    case MTMI_REPLICATES_BOOTSTRAP: replicates->scale = 1 / (n - 1); return MTM_OK;
    default:
        replicates->scale = 1;
        return json_object_get(read->json, "rscales") != NULL
                   ? MTM_OK
                   : refuse_replicates(read, "rscales", "for JKn (n - 1) / n of each replicate's stratum");
    }
}

static mtm_status read_scales(const replicate_reader *read, mtmi_replication type, mtmi_replicates *replicates) {
    json_t *scale = json_object_get(read->json, "scale"), *rscales = json_object_get(read->json, "rscales");
    mtm_status status = default_scale(read, type, replicates);
    if (status != MTM_OK) {
        return status;
    }
    replicates->scale = json_is_number(scale) ? json_number_value(scale) : replicates->scale;
    replicates->scales = mtmi_memory_new(replicates->n, sizeof(double));
    if (replicates->scales == NULL) {
        return mtmi_error_memory(read->err);
    }
    if (rscales != NULL && json_array_size(rscales) != replicates->n && !json_is_number(rscales)) {
        return refuse_replicates(read, "rscales", "one number for each replicate");
    }
    for (size_t r = 0; r < replicates->n; r++) {
        replicates->scales[r] = rscales == NULL           ? 1
                                : json_is_number(rscales) ? json_number_value(rscales)
                                                          : json_number_value(json_array_get(rscales, r));
        if (!(replicates->scales[r] >= 0)) {
            return refuse_replicates(read, "rscales", "numbers not below 0");
        }
    }
    return MTM_OK;
}

mtm_status mtmi_replicates_new(const mtmi_survey_frame *frame, const mtmi_survey_plan *plan, const char *name,
                               mtmi_replicates **out, mtm_error *err) {
    mtm_status status = MTM_OK;
    replicate_reader read = {frame, plan->replicates, name, err};
    *out = NULL;
    if (plan->replication == MTMI_REPLICATES_NONE) {
        return MTM_OK;
    }
    mtmi_replicates *replicates = mtmi_memory_new(1, sizeof *replicates);
    MTMI_TRY(replicates == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(read_columns(&read, replicates));
    MTMI_TRY(read_scales(&read, plan->replication, replicates));
    json_t *combined = json_object_get(plan->replicates, "combined");
    replicates->combined = combined == NULL || json_is_true(combined);
    replicates->around_estimate = json_is_true(json_object_get(plan->replicates, "mse"));
    *out = replicates;
    replicates = NULL;
out:
    mtmi_replicates_free(replicates);
    return status;
}

void mtmi_replicates_free(mtmi_replicates *replicates) {
    if (replicates != NULL) {
        mtmi_memory_free(replicates->columns);
        mtmi_memory_free(replicates->scales);
        mtmi_memory_free(replicates);
    }
}

static double weight_at(const mtmi_replicates *replicates, const mtmi_survey_design *design, size_t replicate,
                        uint32_t row) {
    mtmi_amount amount = {0, 0};
    mtmi_survey_amount_at(replicates->columns[replicate], row, &amount);
    double weight = mtmi_amount_value(amount);
    return replicates->combined ? weight : weight * mtmi_survey_weight(design, row);
}

void mtmi_replicate_weights(const mtmi_replicates *replicates, const mtmi_survey_design *design, size_t replicate,
                            const uint32_t *rows, size_t n, double *out) {
    for (size_t i = 0; i < n; i++) {
        out[i] = weight_at(replicates, design, replicate, rows[i]);
    }
}

/* What estimate j deviates from: the estimate, or the mean over the replicates that count. */
static double centre_of(const mtmi_replicates *replicates, const double *values, const double *estimates, size_t width,
                        size_t j) {
    mtmi_twofold mean = {0, 0};
    size_t n = 0;
    for (size_t r = 0; r < replicates->n; r++) {
        if (replicates->scales[r] > 0 && !isnan(values[r * width + j])) {
            mtmi_twofold_add(&mean, values[r * width + j]);
            n++;
        }
    }
    return n == 0 ? NAN : replicates->around_estimate ? estimates[j] : mtmi_twofold_value(mean) / (double)n;
}

void mtmi_replicate_covariance(const mtmi_replicates *replicates, const double *values, const double *estimates,
                               size_t width, double *out) {
    for (size_t a = 0; a < width; a++) {
        double centre_a = centre_of(replicates, values, estimates, width, a);
        for (size_t b = 0; b <= a; b++) {
            double centre_b = b == a ? centre_a : centre_of(replicates, values, estimates, width, b);
            mtmi_twofold sum = {0, 0};
            for (size_t r = 0; r < replicates->n; r++) {
                double product = (values[r * width + a] - centre_a) * (values[r * width + b] - centre_b);
                mtmi_twofold_add(
                    &sum, isnan(values[r * width + a] + values[r * width + b]) ? 0 : product * replicates->scales[r]);
            }
            double of_means = isnan(centre_a + centre_b) ? NAN : mtmi_twofold_value(sum);
            out[a * width + b] = out[b * width + a] = replicates->scale * of_means;
        }
    }
}

double mtmi_replicate_variance(const mtmi_replicates *replicates, const double *values, double estimate) {
    double variance;
    mtmi_replicate_covariance(replicates, values, &estimate, 1, &variance);
    return variance;
}

/* Rows of replicate weights of which those that are alike but for their size are one, as those of a cluster are. */
typedef struct weight_rows {
    double *rows, *now; /* now: the row at hand */
    size_t n, capacity, width;
    double last, sum; /* of the last row: its largest weight, and the squares of all that are like it */
} weight_rows;

static int is_like_last(const weight_rows *all, double largest) {
    if (all->n == 0) {
        return 0;
    }
    const double *last = all->rows + (all->n - 1) * all->width;
    for (size_t r = 0; r < all->width; r++) {
        if (fabs(last[r] / all->last - all->now[r] / largest) > SAME) {
            return 0;
        }
    }
    return 1;
}

/* What the last row weighs for all that are like it. */
static void close_last(weight_rows *all) {
    double *last = all->n > 0 ? all->rows + (all->n - 1) * all->width : NULL;
    for (size_t r = 0; last != NULL && r < all->width; r++) {
        last[r] *= sqrt(all->sum) / all->last;
    }
}

static int add_weights(weight_rows *all) {
    double largest = 0;
    for (size_t r = 0; r < all->width; r++) {
        largest = fabs(all->now[r]) > largest ? fabs(all->now[r]) : largest;
    }
    if (largest == 0) {
        return 1;
    }
    if (is_like_last(all, largest)) {
        all->sum += largest * largest;
        return 1;
    }
    close_last(all);
    if (!mtmi_memory_reserve((void **)&all->rows, &all->capacity, (all->n + 1) * all->width, sizeof *all->rows)) {
        return 0;
    }
    memcpy(all->rows + all->n++ * all->width, all->now, all->width * sizeof *all->now);
    all->last = largest;
    all->sum = largest * largest;
    return 1;
}

mtm_status mtmi_replicate_freedom(const mtmi_replicates *replicates, const mtmi_survey_design *design,
                                  const uint32_t *rows, size_t n, double *out, mtm_error *err) {
    weight_rows all = {.width = replicates->n};
    double *columns = NULL;
    mtm_status status = MTM_OK;
    all.now = mtmi_memory_new(all.width + 1, sizeof *all.now);
    MTMI_TRY(all.now == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (size_t i = 0; i < n; i++) {
        for (size_t r = 0; r < all.width; r++) {
            all.now[r] = weight_at(replicates, design, r, rows[i]);
        }
        MTMI_TRY(add_weights(&all) ? MTM_OK : mtmi_error_memory(err));
    }
    close_last(&all);
    columns = mtmi_memory_new(all.n * all.width + 1, sizeof *columns);
    MTMI_TRY(columns == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (size_t i = 0; i < all.n * all.width; i++) {
        columns[i % all.width * all.n + i / all.width] = all.rows[i];
    }
    *out = (double)mtmi_linear_rank(columns, all.n, all.width, DEPENDENT) - 1;
out:
    mtmi_memory_free(columns);
    mtmi_memory_free(all.rows);
    mtmi_memory_free(all.now);
    return status;
}
