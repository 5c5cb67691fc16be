/* Pearson's chi-square of a table of weighted shares with the second-order correction of Rao and Scott (1984, Annals of
 * Statistics 12), as an F test (Thomas and Rao 1987); R's survey::svychisq with statistic "F".
 * Invariant: the contrasts are orthogonal to rows and columns, so that the result does not depend on their choice. */
#include "survey/chi_square.h"

#include "survey/math/linear.h"
#include "survey/math/special.h"
#include "base/try.h"
#include "survey/math/twofold.h"
#include "survey/variance.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <string.h>

#define CELLS_MAX 400
#define DEPENDENT 1e-12
#define NEEDS_TWO "a test needs two answers and two groups"

typedef struct table {
    size_t rows, columns, cells;
    uint32_t *row; /* of the survey, in the design's order */
    uint32_t *cell;
    double *weight;
    size_t n;
    double answers; /* interviews behind the n rows */
    double *share;  /* of cells */
    double whole;
    size_t heavy_row, heavy_column;
} table;

/* One item is tested against all other answers. */
static uint32_t answer_of(const mtmi_item *items, size_t n, uint32_t row) {
    mtmi_amount value;
    for (uint32_t i = 0; i < n; i++) {
        mtmi_answer answer = mtmi_item_at(&items[i], row, &value);
        if (answer == MTMI_ANSWERED && value.units != 0) {
            return i;
        }
        if (answer == MTMI_ANSWERED && n == 1) {
            return 1;
        }
    }
    return MTMI_MAP_NONE;
}

/* Cells by row of the survey; rows without an answer or group are left out. */
static mtm_status fill_table(const mtm_survey *survey, const mtmi_item *items, size_t n_items,
                             const mtmi_survey_groups *groups, table *at, mtm_error *err) {
    size_t n_rows = survey->frame->n_rows;
    mtm_status status = MTM_OK;
    uint32_t *cells = mtmi_memory_new(n_rows + 1, sizeof *cells);
    at->row = mtmi_memory_new(n_rows + 1, sizeof *at->row);
    at->cell = mtmi_memory_new(n_rows + 1, sizeof *at->cell);
    at->weight = mtmi_memory_new(n_rows + 1, sizeof *at->weight);
    at->share = mtmi_memory_new(at->cells, sizeof *at->share);
    MTMI_TRY(cells == NULL || at->row == NULL || at->cell == NULL || at->weight == NULL || at->share == NULL
                 ? mtmi_error_memory(err)
                 : MTM_OK);
    for (size_t g = 0; g < groups->n; g++) {
        for (size_t i = groups->starts[g]; i < groups->starts[g + 1]; i++) {
            uint32_t answer = answer_of(items, n_items, groups->rows[i]);
            cells[groups->rows[i]] = answer == MTMI_MAP_NONE ? 0 : (uint32_t)(answer * at->columns + g + 1);
        }
    }
    mtmi_twofold whole = {0, 0};
    mtmi_walk walk = {0};
    for (size_t i = 0; i < n_rows; i++) {
        uint32_t row = mtmi_survey_next(survey->design, &walk);
        double weight = mtmi_survey_weight(survey->design, row);
        if (cells[row] != 0 && weight != 0) {
            at->row[at->n] = row;
            at->cell[at->n] = cells[row] - 1;
            at->weight[at->n++] = weight;
            at->answers += (double)mtmi_survey_count_at(survey->frame, row);
            at->share[cells[row] - 1] += weight;
            mtmi_twofold_add(&whole, weight);
        }
    }
    at->whole = mtmi_twofold_value(whole);
    for (size_t c = 0; c < at->cells; c++) {
        at->share[c] /= at->whole;
    }
out:
    mtmi_memory_free(cells);
    return status;
}

/* Takes out answers that nobody gave, or groups without an answer: they would leave contrasts without a variance. */
static mtm_status drop_empty(table *at, mtm_error *err) {
    size_t n[2] = {0, 0};
    mtm_status status = MTM_OK;
    size_t *place = mtmi_memory_new(at->rows + at->columns, sizeof *place); /* 0: empty; else the new place + 1 */
    double *share = mtmi_memory_new(at->cells, sizeof *share);
    MTMI_TRY(place == NULL || share == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (size_t c = 0; c < at->cells; c++) {
        place[c / at->columns] |= at->share[c] > 0;
        place[at->rows + c % at->columns] |= at->share[c] > 0;
    }
    for (size_t i = 0; i < at->rows + at->columns; i++) {
        size_t *count = &n[i >= at->rows];
        place[i] = place[i] != 0 ? ++*count : 0;
    }
    for (size_t c = 0; c < at->cells; c++) {
        if (at->share[c] > 0) {
            share[(place[c / at->columns] - 1) * n[1] + place[at->rows + c % at->columns] - 1] = at->share[c];
        }
    }
    for (size_t i = 0; i < at->n; i++) {
        size_t row = at->cell[i] / at->columns, column = at->cell[i] % at->columns;
        at->cell[i] = (uint32_t)((place[row] - 1) * n[1] + place[at->rows + column] - 1);
    }
    memcpy(at->share, share, at->cells * sizeof *share);
    at->rows = n[0];
    at->columns = n[1];
    at->cells = n[0] * n[1];
out:
    mtmi_memory_free(place);
    mtmi_memory_free(share);
    return status;
}

static void margins(const table *at, double *row, double *column) {
    for (size_t c = 0; c < at->cells; c++) {
        row[c / at->columns] += at->share[c];
        column[c % at->columns] += at->share[c];
    }
}

/* X^2 of a table of n answers. */
static double pearson(const table *at, const double *row, const double *column) {
    double sum = 0;
    for (size_t c = 0; c < at->cells; c++) {
        double expected = row[c / at->columns] * column[c % at->columns], away = at->share[c] - expected;
        sum += expected > 0 ? away * away / expected : 0;
    }
    return sum * at->answers;
}

static size_t largest(const double *values, size_t n) {
    size_t at = 0;
    for (size_t i = 1; i < n; i++) {
        at = values[i] > values[at] ? i : at;
    }
    return at;
}

/* Contrast k of cell c: (one row less the heaviest) times (one column less the heaviest). Any contrasts of rows times contrasts of
 * columns give the same traces; these keep a cell of little weight out of the others, so that the sums stay exact. */
static double contrast(const table *at, size_t k, size_t cell) {
    size_t i = k / (at->columns - 1), j = k % (at->columns - 1), row = cell / at->columns, column = cell % at->columns;
    i += i >= at->heavy_row;
    j += j >= at->heavy_column;
    return (double)((row == i) - (row == at->heavy_row)) * (double)((column == j) - (column == at->heavy_column));
}

/* Column k of D^-1 C in a cell; 0 in cells that nobody is in. */
static double coefficient(const table *at, size_t k, size_t cell) {
    return at->share[cell] > 0 ? contrast(at, k, cell) / at->share[cell] : 0;
}

/* simple = C' D^-1 C / n */
static void project(const table *at, size_t m, double *simple) {
    for (size_t a = 0; a < m; a++) {
        for (size_t b = 0; b < m; b++) {
            double sum = 0;
            for (size_t c = 0; c < at->cells; c++) {
                sum += coefficient(at, a, c) * contrast(at, b, c);
            }
            simple[a * m + b] = sum / at->answers;
        }
    }
}

/* Trace of delta = simple^-1 design, and of its square. */
static void traces(double *simple, double *design, size_t m, double *column, double *trace, double *square) {
    mtmi_linear_factor(simple, m, DEPENDENT);
    for (size_t j = 0; j < m; j++) {
        for (size_t i = 0; i < m; i++) {
            column[i] = design[i * m + j];
        }
        mtmi_linear_solve(simple, m, column);
        for (size_t i = 0; i < m; i++) {
            design[i * m + j] = column[i];
        }
    }
    for (size_t i = 0; i < m; i++) {
        *trace += design[i * m + i];
        for (size_t j = 0; j < m; j++) {
            *square += design[i * m + j] * design[j * m + i];
        }
    }
}

/* What C' D^-1 makes of the cells' shares in each replicate of the sample, and its covariance. */
static mtm_status replicate_variance(const mtm_survey *survey, const table *at, size_t m, double *design,
                                     mtm_error *err) {
    const mtmi_replicates *replicates = survey->replicates;
    mtm_status status = MTM_OK;
    double *values = mtmi_memory_new((replicates->n + 1) * m + at->n, sizeof *values);
    MTMI_TRY(values == NULL ? mtmi_error_memory(err) : MTM_OK);
    double *whole_sample = values + replicates->n * m, *weights = whole_sample + m;
    for (size_t r = 0; r < replicates->n; r++) {
        mtmi_twofold whole = {0, 0};
        mtmi_replicate_weights(replicates, survey->design, r, at->row, at->n, weights);
        for (size_t i = 0; i < at->n; i++) {
            mtmi_twofold_add(&whole, weights[i]);
        }
        for (size_t k = 0; k < m; k++) {
            mtmi_twofold sum = {0, 0};
            for (size_t i = 0; i < at->n; i++) {
                mtmi_twofold_add_product(&sum, weights[i], coefficient(at, k, at->cell[i]));
            }
            values[r * m + k] = mtmi_twofold_value(sum) / mtmi_twofold_value(whole);
        }
    }
    for (size_t k = 0; k < m; k++) {
        for (size_t c = 0; c < at->cells; c++) {
            whole_sample[k] += coefficient(at, k, c) * at->share[c];
        }
    }
    mtmi_replicate_covariance(replicates, values, whole_sample, m, design);
out:
    mtmi_memory_free(values);
    return status;
}

/* design = C' D^-1 V D^-1 C: the covariance of the scores that C' D^-1 makes of those of the cells. */
static mtm_status contrast_variance(const mtm_survey *survey, const table *at, size_t m, double *design,
                                    mtm_error *err) {
    if (survey->replicates != NULL) {
        return replicate_variance(survey, at, m, design, err);
    }
    double *z = mtmi_memory_new(at->n * m + 1, sizeof *z);
    if (z == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t k = 0; k < m; k++) {
        double mean = 0; /* whole numbers: 0 but where nobody is in a cell of the contrast */
        for (size_t c = 0; c < at->cells; c++) {
            mean += at->share[c] > 0 ? contrast(at, k, c) : 0;
        }
        for (size_t i = 0; i < at->n; i++) {
            z[i * m + k] = at->weight[i] * (coefficient(at, k, at->cell[i]) - mean) / at->whole;
        }
    }
    mtmi_scores scores = {at->row, z, at->n, m};
    mtm_status status = mtmi_scores_variance(survey, &scores, design, err);
    mtmi_memory_free(z);
    return status;
}

static mtm_status test_table(const mtm_survey *survey, table *at, mtm_estimate *out, mtm_error *err) {
    size_t m = (at->rows - 1) * (at->columns - 1);
    double trace = 0, square = 0;
    mtm_status status = MTM_OK;
    double *block = mtmi_memory_new(2 * m * m + m + at->rows + at->columns, sizeof *block);
    MTMI_TRY(block == NULL ? mtmi_error_memory(err) : MTM_OK);
    double *simple = block, *design = simple + m * m, *column = design + m * m;
    double *row_share = column + m, *column_share = row_share + at->rows;
    margins(at, row_share, column_share);
    at->heavy_row = largest(row_share, at->rows);
    at->heavy_column = largest(column_share, at->columns);
    project(at, m, simple);
    MTMI_TRY(contrast_variance(survey, at, m, design, err));
    traces(simple, design, m, column, &trace, &square);
    double df = trace * trace / square;
    out->estimate = pearson(at, row_share, column_share) / trace;
    double free = mtmi_survey_freedom(survey->design, at->row, at->n, 1);
    if (survey->replicates != NULL) {
        MTMI_TRY(mtmi_replicate_freedom(survey->replicates, survey->design, at->row, at->n, &free, err));
    }
    out->df = df * free;
    out->p_value = mtmi_f_upper(out->estimate, df, out->df);
    out->deff = trace / (double)m; /* mean generalised design effect */
    out->df_above = df;
out:
    mtmi_memory_free(block);
    return status;
}

mtm_status mtmi_chi_square_fill(const mtm_survey *survey, const mtmi_item *items, size_t n_items,
                                const mtmi_survey_groups *groups, mtm_estimate *out, mtm_error *err) {
    table at = {.rows = n_items == 1 ? 2 : n_items, .columns = groups->n};
    at.cells = at.rows * at.columns;
    out->method = "rao-scott";
    if (at.rows < 2 || groups->n < 2) {
        out->reason = NEEDS_TWO;
        return MTM_OK;
    }
    if (at.cells > CELLS_MAX) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){survey->name, 0, 0},
                              "a test of %zu answers by %zu groups: expected at most %d cells", at.rows, groups->n,
                              CELLS_MAX);
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(fill_table(survey, items, n_items, groups, &at, err));
    MTMI_TRY(drop_empty(&at, err));
    if (at.rows < 2 || at.columns < 2) {
        out->reason = NEEDS_TWO;
    } else {
        MTMI_TRY(test_table(survey, &at, out, err));
    }
out:
    mtmi_memory_free(at.row);
    mtmi_memory_free(at.cell);
    mtmi_memory_free(at.weight);
    mtmi_memory_free(at.share);
    return status;
}
