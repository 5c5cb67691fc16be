/* Taylor linearised variance of a stratified sample of several stages: at each stage the variance between units within
 * groups, each with its finite population correction, and below it that of the next stage times the fraction drawn
 * (Sarndal, Swensson and Wretman 1992, 4.3.2; R survey::svyrecvar gives the same).
 * Invariant: a unit that has no row in the domain counts as a zero, so that the design stays whole. */
#include "survey/variance.h"

#include "survey/calibrate.h"
#include "base/try.h"
#include "survey/math/twofold.h"

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define CERTAIN 1e-7 /* a correction below this: every unit is in the sample */

/* One range of rows at one stage. */
typedef struct level {
    const mtmi_survey_frame *frame;
    const mtmi_survey_design *design;
    const mtmi_scores *scores;
    size_t stage;
    mtm_error *err;
} level;

/* Totals of the units of one group, width numbers each. */
typedef struct totals {
    double *values;
    size_t n, capacity;
} totals;

static mtm_status add_unit(totals *units, const mtmi_scores *scores, size_t first, size_t last, mtm_error *err) {
    size_t width = scores->width;
    if (!mtmi_memory_reserve((void **)&units->values, &units->capacity, (units->n + 1) * width, sizeof(double))) {
        return mtmi_error_memory(err);
    }
    double *out = units->values + units->n++ * width;
    if (last - first == 1) {
        memcpy(out, scores->z + first * width, width * sizeof *out);
        return MTM_OK;
    }
    for (size_t j = 0; j < width; j++) {
        mtmi_twofold sum = {0, 0};
        for (size_t i = first; i < last; i++) {
            mtmi_twofold_add(&sum, scores->z[i * width + j]);
        }
        out[j] = mtmi_twofold_value(sum);
    }
    return MTM_OK;
}

/* What the unit is alone in: its stratum; at later stages without strata, the unit above. */
static mtm_status refuse_lonely(const level *at, const mtmi_survey_group *group) {
    char name[80] = "";
    const mtmi_survey_stage *stage = &at->design->stages[at->stage];
    int within = stage->strata == NULL && at->stage > 0;
    const mtmi_survey_column *names = within ? at->design->stages[at->stage - 1].clusters : stage->strata;
    if (names != NULL) {
        size_t length;
        const char *word = mtmi_survey_word(names, mtmi_survey_code(names, group->row), &length);
        length = length < sizeof name ? length : sizeof name - 1;
        memcpy(name, word, length);
        name[length] = '\0';
    }
    if (names == NULL) {
        return mtmi_error_set(at->err, MTM_ERROR_VALUE, MTMI_CODE_SURVEY_LONELY,
                              (mtmi_place){NULL, (int64_t)mtmi_survey_line(at->frame, group->row), 0},
                              "the sample has a single unit, so that its variance is not known");
    }
    return mtmi_error_set(at->err, MTM_ERROR_VALUE, MTMI_CODE_SURVEY_LONELY,
                          (mtmi_place){NULL, (int64_t)mtmi_survey_line(at->frame, group->row), 0},
                          "%s %q has a single unit at stage %zu, so that its variance is not known; join strata, "
                          "or declare \"lonely\": remove, certainty, adjust or average",
                          within ? "cluster" : "stratum", name, at->stage + 1);
}

/* Sum over units of (t - mean)(t - mean)', the units without a row being zeros. */
static void add_squares(const totals *units, size_t width, double drawn, double scale, int centre, double *out) {
    for (size_t a = 0; a < width; a++) {
        mtmi_twofold sum_a = {0, 0};
        for (size_t i = 0; i < units->n; i++) {
            mtmi_twofold_add(&sum_a, units->values[i * width + a]);
        }
        double mean_a = centre ? mtmi_twofold_value(sum_a) / drawn : 0;
        for (size_t b = 0; b <= a; b++) {
            mtmi_twofold sum_b = {0, 0}, squares = {0, 0};
            for (size_t i = 0; b < a && i < units->n; i++) {
                mtmi_twofold_add(&sum_b, units->values[i * width + b]);
            }
            double mean_b = b == a ? mean_a : centre ? mtmi_twofold_value(sum_b) / drawn : 0;
            for (size_t i = 0; i < units->n; i++) {
                mtmi_twofold_add_product(&squares, units->values[i * width + a] - mean_a,
                                         units->values[i * width + b] - mean_b);
            }
            double value = scale * (mtmi_twofold_value(squares) + (drawn - (double)units->n) * mean_a * mean_b);
            out[a * width + b] += value;
            out[b * width + a] += a == b ? 0 : value;
        }
    }
}

/* *known 0: the rule leaves this group out and takes the mean of the others. */
static mtm_status add_group(const level *at, const mtmi_survey_group *group, const totals *units, double *out,
                            int *known) {
    const mtmi_survey_design *design = at->design;
    double drawn = group->n_units;
    double rest = isinf(group->population) ? 1 : (group->population - drawn) / group->population;
    *known = 1;
    if (rest < CERTAIN) {
        return MTM_OK;
    }
    int alone = group->n_units == 1;
    int alone_here = units->n == 1 && !alone && design->lonely_domain;
    if (alone && design->lonely == MTMI_LONELY_FAIL) {
        return refuse_lonely(at, group);
    }
    if ((alone || alone_here) && design->lonely == MTMI_LONELY_AVERAGE) {
        *known = 0;
        return MTM_OK;
    }
    int centre = design->lonely != MTMI_LONELY_ADJUST || (!alone && !alone_here);
    add_squares(units, at->scores->width, drawn, alone ? rest : rest * drawn / (drawn - 1), centre, out);
    return MTM_OK;
}

static mtm_status add_stage(const level *at, size_t first, size_t last, double *out);

/* The variance within one unit: that of the next stage, times the fraction of units drawn at this one. */
static mtm_status add_below(const level *at, const mtmi_survey_group *group, size_t first, size_t last, double *out) {
    double fraction = isinf(group->population) ? 0 : group->n_units / group->population;
    size_t size = at->scores->width * at->scores->width;
    if (fraction == 0 || !at->design->multistage || at->stage + 1 == at->design->n_stages) {
        return MTM_OK;
    }
    mtm_status status = MTM_OK;
    double *below = mtmi_memory_new(size, sizeof *below);
    MTMI_TRY(below == NULL ? mtmi_error_memory(at->err) : MTM_OK);
    level next = *at;
    next.stage++;
    MTMI_TRY(add_stage(&next, first, last, below));
    for (size_t i = 0; i < size; i++) {
        out[i] += fraction * below[i];
    }
out:
    mtmi_memory_free(below);
    return status;
}

/* Units of the group that begins at first; *next is the row after the group. */
static mtm_status collect_group(const level *at, size_t first, size_t last, totals *units, double *below,
                                size_t *next) {
    const uint32_t *rows = at->scores->rows;
    uint32_t group = mtmi_survey_group_at(at->design, at->stage, rows[first]);
    const mtmi_survey_group *info = &at->design->stages[at->stage].groups[group];
    size_t i = first;
    units->n = 0;
    const uint32_t *group_of_unit = at->design->stages[at->stage].group_of_unit;
    while (i < last) {
        uint32_t unit = mtmi_survey_unit(at->design, at->stage, rows[i]);
        if (group_of_unit[unit] != group) {
            break;
        }
        size_t end = i + 1;
        while (end < last && mtmi_survey_unit(at->design, at->stage, rows[end]) == unit) {
            end++;
        }
        mtm_status status = add_unit(units, at->scores, i, end, at->err);
        if (status == MTM_OK) {
            status = add_below(at, info, i, end, below);
        }
        if (status != MTM_OK) {
            return status;
        }
        i = end;
    }
    *next = i;
    return MTM_OK;
}

/* Groups of one stage among the rows first .. last - 1. */
static mtm_status add_stage(const level *at, size_t first, size_t last, double *out) {
    size_t size = at->scores->width * at->scores->width, n_groups = 0, n_known = 0;
    totals units = {0};
    mtm_status status = MTM_OK;
    double *below = mtmi_memory_new(2 * size, sizeof *below);
    MTMI_TRY(below == NULL ? mtmi_error_memory(at->err) : MTM_OK);
    double *between = below + size;
    for (size_t i = first; i < last;) {
        int known = 0;
        uint32_t group = mtmi_survey_group_at(at->design, at->stage, at->scores->rows[i]);
        MTMI_TRY(collect_group(at, i, last, &units, below, &i));
        MTMI_TRY(add_group(at, &at->design->stages[at->stage].groups[group], &units, between, &known));
        n_groups++;
        n_known += known != 0;
    }
    double scale = n_known == n_groups ? 1 : n_known == 0 ? NAN : (double)n_groups / (double)n_known;
    for (size_t i = 0; i < size; i++) {
        out[i] += scale * between[i] + below[i];
    }
out:
    mtmi_memory_free(units.values);
    mtmi_memory_free(below);
    return status;
}

mtm_status mtmi_survey_variance(const mtmi_survey_frame *frame, const mtmi_survey_design *design,
                                const mtmi_scores *scores, double *out, mtm_error *err) {
    mtm_status status = MTM_OK;
    mtmi_scores all = *scores;
    double *z = NULL;
    uint32_t *rows = NULL;
    memset(out, 0, scores->width * scores->width * sizeof *out);
    if (design->calibration != NULL) {
        MTMI_TRY(mtmi_calibration_residuals(design, scores, &rows, &z, err));
        all = (mtmi_scores){rows, z, design->n_rows, scores->width};
    }
    if (all.n > 0) {
        level top = {frame, design, &all, 0, err};
        MTMI_TRY(add_stage(&top, 0, all.n, out));
    }
out:
    mtmi_memory_free(z);
    mtmi_memory_free(rows);
    return status;
}

double mtmi_survey_freedom(const mtmi_survey_design *design, const uint32_t *rows, size_t n, int weighted) {
    size_t units = 0, groups = 0;
    uint32_t unit = UINT32_MAX, group = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        if (!weighted && mtmi_survey_weight(design, rows[i]) == 0) {
            continue;
        }
        uint32_t u = mtmi_survey_unit(design, 0, rows[i]);
        if (u != unit) {
            uint32_t g = mtmi_survey_group_at(design, 0, rows[i]);
            units++;
            groups += g != group;
            group = g;
        }
        unit = u;
    }
    return (double)units - (double)groups;
}
