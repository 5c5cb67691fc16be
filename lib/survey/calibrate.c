/* Calibrates weights to known totals: raking (multiplicative) and linear distance, with bounds, by Newton's method
 * (Deville and Sarndal 1992, JASA 87; Deville, Sarndal and Sautory 1993). Steps and end are those of R's
 * survey::calibrate, and variances are of residuals from the regression on the known totals.
 * Invariant: calibrated weights give every declared total to the tolerance, or the call fails and says which it misses. */
#include "survey/calibrate.h"

#include "survey/math/linear.h"
#include "base/try.h"
#include "survey/math/twofold.h"

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <string.h>

#define TERMS_MAX 32
#define DEPENDENT 1e-9
#define STEPS_MAX 50
#define FAR 20 /* totals so far from the sample's: weights are scaled first */

typedef struct term {
    const mtmi_survey_column *column; /* NULL: the constant */
    uint32_t *code_to_total;          /* categories: place of the total + 1; NULL for a number */
    size_t first;                     /* place of a number's total */
} term;

struct mtmi_calibration {
    term terms[TERMS_MAX];
    size_t n_terms, n_totals;
    double *totals;
    const char **labels;
    double *factor; /* of X'dX */
    double *g;      /* by row */
    double *base;   /* weights before, by row */
    size_t n_rows;
};

typedef struct calibration_reader {
    const mtmi_survey_frame *frame;
    const char *name;
    mtmi_calibration *calibration;
    mtm_error *err;
} calibration_reader;

static mtm_status refuse_total(const calibration_reader *read, const char *property, const char *expected) {
    return mtmi_error_set(read->err, MTM_ERROR_SCHEMA, MTMI_CODE_SURVEY_CALIBRATION, (mtmi_place){read->name, 0, 0},
                          "\"calibrate\": %q: expected %s", property, expected);
}

/* The x's of a row that are not 0: at most one for each term. */
static size_t row_terms(const mtmi_calibration *calibration, size_t row, size_t *places, double *values) {
    size_t n = 0;
    for (size_t t = 0; t < calibration->n_terms; t++) {
        const term *at = &calibration->terms[t];
        mtmi_amount amount = {1, 0};
        if (at->code_to_total != NULL) {
            places[n] = at->code_to_total[mtmi_survey_code(at->column, row)] - 1;
            values[n++] = 1;
        } else {
            places[n] = at->first;
            values[n++] =
                at->column == NULL || mtmi_survey_amount_at(at->column, row, &amount) ? mtmi_amount_value(amount) : 0;
        }
    }
    return n;
}

static mtm_status read_categories(const calibration_reader *read, term *at, json_t *totals) {
    mtmi_calibration *calibration = read->calibration;
    const char *label;
    json_t *value;
    at->code_to_total = mtmi_memory_new(at->column->words.n + 1, sizeof *at->code_to_total);
    if (at->code_to_total == NULL) {
        return mtmi_error_memory(read->err);
    }
    json_object_foreach(totals, label, value) {
        if (!json_is_number(value) || json_number_value(value) < 0) {
            return refuse_total(read, label, "a total, not below 0");
        }
        uint32_t code = mtmi_map_find(&at->column->words, label, strlen(label));
        if (code == MTMI_MAP_NONE && json_number_value(value) > 0) {
            return refuse_total(read, label, "a category that somebody in the sample has");
        }
        if (code != MTMI_MAP_NONE) {
            calibration->labels[calibration->n_totals] = label;
            calibration->totals[calibration->n_totals++] = json_number_value(value);
            at->code_to_total[code] = (uint32_t)calibration->n_totals;
        }
    }
    for (size_t row = 0; row < read->frame->n_rows; row++) {
        if (at->code_to_total[mtmi_survey_code(at->column, row)] == 0) {
            return mtmi_error_set(read->err, MTM_ERROR_VALUE, MTMI_CODE_SURVEY_CALIBRATION,
                                  (mtmi_place){read->name, (int64_t)mtmi_survey_line(read->frame, row), 0},
                                  "column %q has a category for which \"calibrate\" gives no total", at->column->name);
        }
    }
    return MTM_OK;
}

static mtm_status read_number(const calibration_reader *read, term *at, const char *label, double total) {
    mtmi_calibration *calibration = read->calibration;
    mtmi_amount amount;
    for (size_t row = 0; at->column != NULL && row < read->frame->n_rows; row++) {
        if (!mtmi_survey_amount_at(at->column, row, &amount)) {
            return mtmi_error_set(read->err, MTM_ERROR_VALUE, MTMI_CODE_SURVEY_CALIBRATION,
                                  (mtmi_place){read->name, (int64_t)mtmi_survey_line(read->frame, row), 0},
                                  "column %q: expected a number in each row, for weights are calibrated to its total",
                                  at->column->name);
        }
    }
    at->first = calibration->n_totals;
    calibration->labels[calibration->n_totals] = label;
    calibration->totals[calibration->n_totals++] = total;
    return MTM_OK;
}

static size_t count_totals(json_t *totals) {
    size_t n = 1;
    const char *key;
    json_t *value;
    json_object_foreach(totals, key, value) {
        n += json_is_object(value) ? json_object_size(value) : 1;
    }
    return n;
}

static mtm_status read_term(const calibration_reader *read, const char *key, json_t *value) {
    mtmi_calibration *calibration = read->calibration;
    if (calibration->n_terms == TERMS_MAX) {
        return refuse_total(read, key, "at most 32 sets of totals");
    }
    term *at = &calibration->terms[calibration->n_terms++];
    at->column = mtmi_survey_frame_find(read->frame, key);
    if (at->column == NULL && key[0] != '\0') {
        return refuse_total(read, key, "a column of the file");
    }
    if (json_is_number(value)) {
        return read_number(read, at, key, json_number_value(value));
    }
    if (!json_is_object(value) || at->column == NULL || at->column->is_number) {
        return refuse_total(read, key, "a total, or an object of categories and their totals");
    }
    return read_categories(read, at, value);
}

static mtm_status read_totals(const calibration_reader *read, json_t *totals) {
    mtmi_calibration *calibration = read->calibration;
    const char *key;
    json_t *value;
    size_t n = count_totals(totals);
    if (!json_is_object(totals) || json_object_size(totals) == 0) {
        return refuse_total(read, "totals", "an object: column, then its total or its categories' totals");
    }
    calibration->totals = mtmi_memory_new(n, sizeof *calibration->totals);
    calibration->labels = mtmi_memory_new(n, sizeof *calibration->labels);
    if (calibration->totals == NULL || calibration->labels == NULL) {
        return mtmi_error_memory(read->err);
    }
    json_object_foreach(totals, key, value) {
        mtm_status status = read_term(read, key, value);
        if (status != MTM_OK) {
            return status;
        }
    }
    return MTM_OK;
}

typedef struct distance {
    int raking;
    double low, high; /* bounds of g */
} distance;

static double clamp(double g, const distance *metric) {
    return g < metric->low ? metric->low : g > metric->high ? metric->high : g;
}

static double g_of(double u, const distance *metric) {
    return clamp(metric->raking ? exp(u) : u + 1, metric);
}

static double slope_of(double u, const distance *metric) {
    int inside =
        u < metric->high - 1 && u > metric->low - 1; /* as R's calfun: the bounds are of u + 1 for both distances */
    return !inside ? 0 : metric->raking ? exp(u) : 1;
}

static double eta_of(const mtmi_calibration *calibration, const double *eta, size_t row) {
    size_t places[TERMS_MAX];
    double values[TERMS_MAX], u = 0;
    size_t n = row_terms(calibration, row, places, values);
    for (size_t i = 0; i < n; i++) {
        u += eta[places[i]] * values[i];
    }
    return u;
}

/* sums = X'(weights * factor), by row; products, where asked for, X' diag(weights * slope) X. */
static void add_products(const mtmi_calibration *calibration, size_t row, double weight, double *products) {
    size_t places[TERMS_MAX], m = calibration->n_totals;
    double values[TERMS_MAX];
    size_t n = row_terms(calibration, row, places, values);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            products[places[i] * m + places[j]] += weight * values[i] * values[j];
        }
    }
}

static void add_sums(const mtmi_calibration *calibration, size_t row, double weight, mtmi_twofold *sums) {
    size_t places[TERMS_MAX];
    double values[TERMS_MAX];
    size_t n = row_terms(calibration, row, places, values);
    for (size_t i = 0; i < n; i++) {
        mtmi_twofold_add_product(&sums[places[i]], weight, values[i]);
    }
}

typedef struct newton {
    double *eta, *step, *products, *misfit;
    mtmi_twofold *sums;
    double scale;
} newton;

/* misfit = totals - X'(d g); returns the largest relative one, and its place. */
static double find_misfit(const mtmi_calibration *calibration, const distance *metric, newton *at, size_t *worst) {
    size_t m = calibration->n_totals;
    double largest = 0;
    memset(at->sums, 0, m * sizeof *at->sums);
    for (size_t row = 0; row < calibration->n_rows; row++) {
        double g = g_of(eta_of(calibration, at->eta, row), metric);
        add_sums(calibration, row, calibration->base[row] * at->scale * g, at->sums);
    }
    for (size_t j = 0; j < m; j++) {
        at->misfit[j] = calibration->totals[j] - mtmi_twofold_value(at->sums[j]);
        double relative = fabs(at->misfit[j]) / (1 + fabs(calibration->totals[j]));
        if (!(relative <= largest)) {
            largest = relative;
            *worst = j;
        }
    }
    return largest;
}

static void take_step(const mtmi_calibration *calibration, const distance *metric, newton *at) {
    size_t m = calibration->n_totals;
    memset(at->products, 0, m * m * sizeof *at->products);
    for (size_t row = 0; row < calibration->n_rows; row++) {
        double slope = slope_of(eta_of(calibration, at->eta, row), metric);
        add_products(calibration, row, calibration->base[row] * at->scale * slope, at->products);
    }
    mtmi_linear_factor(at->products, m, DEPENDENT);
    memcpy(at->step, at->misfit, m * sizeof *at->step);
    mtmi_linear_solve(at->products, m, at->step);
    for (size_t j = 0; j < m; j++) {
        at->eta[j] += at->step[j];
    }
}

static int all_finite(const mtmi_calibration *calibration, const distance *metric, const newton *at) {
    for (size_t row = 0; row < calibration->n_rows; row++) {
        double u = eta_of(calibration, at->eta, row);
        if (!isfinite(g_of(u, metric)) || !isfinite(slope_of(u, metric))) {
            return 0;
        }
    }
    return 1;
}

/* Weights are scaled first when every total is far above the sample's. */
static void choose_scale(const mtmi_calibration *calibration, const distance *metric, newton *at) {
    size_t m = calibration->n_totals, worst = 0;
    double least = INFINITY, sum = 0;
    at->scale = 1;
    find_misfit(calibration, metric, at, &worst);
    for (size_t j = 0; j < m; j++) {
        double ratio = calibration->totals[j] / mtmi_twofold_value(at->sums[j]);
        least = ratio < least ? ratio : least;
        sum += ratio;
    }
    at->scale =
        least > FAR && (metric->raking || isfinite(metric->low) || isfinite(metric->high)) ? sum / (double)m : 1;
}

static mtm_status solve_weights(const calibration_reader *read, const distance *metric, double tolerance, newton *at) {
    mtmi_calibration *calibration = read->calibration;
    size_t worst = 0;
    choose_scale(calibration, metric, at);
    double misfit = find_misfit(calibration, metric, at, &worst);
    for (int i = 0; i < STEPS_MAX; i++) {
        take_step(calibration, metric, at);
        for (int half = 0; half < STEPS_MAX && !all_finite(calibration, metric, at); half++) {
            for (size_t j = 0; j < calibration->n_totals; j++) {
                at->step[j] /= 2;
                at->eta[j] -= at->step[j];
            }
        }
        misfit = find_misfit(calibration, metric, at, &worst);
        if (misfit < tolerance) {
            for (size_t row = 0; row < calibration->n_rows; row++) {
                calibration->g[row] = at->scale * g_of(eta_of(calibration, at->eta, row), metric);
            }
            return MTM_OK;
        }
    }
    return mtmi_error_set(read->err, MTM_ERROR_VALUE, MTMI_CODE_SURVEY_CALIBRATION, (mtmi_place){read->name, 0, 0},
                          "\"calibrate\": no weights within the bounds give the total of %q; check that all sets of "
                          "totals add up to the same number, or widen the bounds",
                          calibration->labels[worst]);
}

static mtm_status read_distance(const calibration_reader *read, json_t *declaration, distance *metric,
                                double *tolerance) {
    const char *method = json_string_value(json_object_get(declaration, "method"));
    json_t *bounds = json_object_get(declaration, "bounds"), *limit = json_object_get(declaration, "tolerance");
    *metric = (distance){0, -INFINITY, INFINITY};
    *tolerance = limit == NULL ? 1e-7 : json_number_value(limit);
    metric->raking = method != NULL && strcmp(method, "raking") == 0;
    if (!metric->raking && (method == NULL || strcmp(method, "linear") != 0)) {
        return refuse_total(read, "method", "raking or linear");
    }
    if (!(*tolerance > 0)) {
        return refuse_total(read, "tolerance", "a number above 0");
    }
    if (bounds != NULL) {
        metric->low = json_number_value(json_array_get(bounds, 0));
        metric->high = json_number_value(json_array_get(bounds, 1));
        if (!json_is_number(json_array_get(bounds, 1)) || !(metric->low < 1) || !(metric->high > 1) ||
            metric->low < 0) {
            return refuse_total(read, "bounds", "two factors, such as [0.3, 3]: one below and one above 1");
        }
    }
    return MTM_OK;
}

static mtm_status fill_weights(const calibration_reader *read, mtmi_survey_design *design) {
    mtmi_calibration *calibration = read->calibration;
    size_t m = calibration->n_totals;
    for (size_t row = 0; row < calibration->n_rows; row++) {
        design->calibrated[row] = calibration->base[row] * calibration->g[row];
        add_products(calibration, row, calibration->base[row], calibration->factor);
    }
    mtmi_linear_factor(calibration->factor, m, DEPENDENT);
    return MTM_OK;
}

mtm_status mtmi_calibrate(const mtmi_survey_frame *frame, json_t *declaration, const char *name,
                          mtmi_survey_design *design, mtm_error *err) {
    mtm_status status = MTM_OK;
    distance metric;
    double tolerance, *block = NULL;
    newton at = {0};
    mtmi_calibration *calibration = mtmi_memory_new(1, sizeof *calibration);
    MTMI_TRY(calibration == NULL ? mtmi_error_memory(err) : MTM_OK);
    calibration_reader read = {frame, name, calibration, err};
    calibration->n_rows = frame->n_rows;
    MTMI_TRY(read_distance(&read, declaration, &metric, &tolerance));
    MTMI_TRY(read_totals(&read, json_object_get(declaration, "totals")));
    size_t m = calibration->n_totals;
    calibration->factor = mtmi_memory_new(m * m, sizeof(double));
    calibration->g = mtmi_memory_new(frame->n_rows + 1, sizeof(double));
    calibration->base = mtmi_memory_new(frame->n_rows + 1, sizeof(double));
    design->calibrated = mtmi_memory_new(frame->n_rows + 1, sizeof(double));
    block = mtmi_memory_new(m * m + 5 * m, sizeof(double));
    MTMI_TRY(calibration->factor == NULL || calibration->g == NULL || calibration->base == NULL ||
                     design->calibrated == NULL || block == NULL
                 ? mtmi_error_memory(err)
                 : MTM_OK);
    at = (newton){.eta = block,
                  .step = block + m,
                  .misfit = block + 2 * m,
                  .products = block + 5 * m,
                  .sums = (mtmi_twofold *)(void *)(block + 3 * m)};
    double *calibrated = design->calibrated;
    design->calibrated = NULL;
    for (size_t row = 0; row < frame->n_rows; row++) {
        calibration->base[row] = mtmi_survey_weight(design, row);
    }
    design->calibrated = calibrated;
    MTMI_TRY(solve_weights(&read, &metric, tolerance, &at));
    MTMI_TRY(fill_weights(&read, design));
    design->calibration = calibration;
    calibration = NULL;
out:
    mtmi_calibration_free(calibration);
    mtmi_memory_free(block);
    return status;
}

void mtmi_calibration_free(mtmi_calibration *calibration) {
    if (calibration == NULL) {
        return;
    }
    for (size_t t = 0; t < calibration->n_terms; t++) {
        mtmi_memory_free(calibration->terms[t].code_to_total);
    }
    mtmi_memory_free(calibration->totals);
    mtmi_memory_free(calibration->labels);
    mtmi_memory_free(calibration->factor);
    mtmi_memory_free(calibration->g);
    mtmi_memory_free(calibration->base);
    mtmi_memory_free(calibration);
}

/* One column of scores: less g d x'b, where b = (X'dX)^-1 X'(z / g). */
static void project_out(const mtmi_survey_design *design, const uint32_t *rows, double *z, size_t width, size_t column,
                        mtmi_twofold *sums, double *b) {
    const mtmi_calibration *calibration = design->calibration;
    size_t m = calibration->n_totals;
    memset(sums, 0, m * sizeof *sums);
    for (size_t i = 0; i < design->n_rows; i++) {
        double score = z[i * width + column], g = calibration->g[rows[i]];
        if (score != 0 && g != 0) {
            add_sums(calibration, rows[i], score / g, sums);
        }
    }
    for (size_t j = 0; j < m; j++) {
        b[j] = mtmi_twofold_value(sums[j]);
    }
    mtmi_linear_solve(calibration->factor, m, b);
    for (size_t i = 0; i < design->n_rows; i++) {
        z[i * width + column] -= design->calibrated[rows[i]] * eta_of(calibration, b, rows[i]);
    }
}

mtm_status mtmi_calibration_residuals(const mtmi_survey_design *design, const mtmi_scores *scores, uint32_t **rows,
                                      double **z, mtm_error *err) {
    size_t n = design->n_rows, width = scores->width, m = design->calibration->n_totals, at = 0;
    *rows = mtmi_memory_new(n + 1, sizeof **rows);
    *z = mtmi_memory_new(n * width + 1, sizeof **z);
    double *block = mtmi_memory_new(3 * m, sizeof *block);
    if (*rows == NULL || *z == NULL || block == NULL) {
        mtmi_memory_free(block);
        return mtmi_error_memory(err);
    }
    mtmi_walk walk = {0};
    for (size_t i = 0; i < n; i++) {
        (*rows)[i] = mtmi_survey_next(design, &walk);
        if (at < scores->n && scores->rows[at] == (*rows)[i]) {
            memcpy(*z + i * width, scores->z + at++ * width, width * sizeof **z);
        }
    }
    for (size_t j = 0; j < width; j++) {
        project_out(design, *rows, *z, width, j, (mtmi_twofold *)(void *)(block + m), block);
    }
    mtmi_memory_free(block);
    return MTM_OK;
}
