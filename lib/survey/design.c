/* Builds the tree of a sample from its columns: strata, clusters of each stage, populations.
 * Invariant: every row is in one unit of each stage, every unit in one group; counts are those of the whole sample,
 * whatever domain is asked for later. The form is that of R's survey::svydesign (Lumley 2004, J. Stat. Softw. 9). */
#include "survey/design.h"

#include "base/try.h"

#include "base/buffer.h"
#include "base/diagnostic.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <string.h>

#define LINES_SHOWN 20

typedef struct builder {
    const mtmi_survey_frame *frame;
    const mtmi_survey_plan *plan;
    const char *name;
    mtmi_survey_design *design;
    mtm_error *err;
} builder;

/* Rows that contradict the design in one way: the first, and the lines of those after it. */
typedef struct clashes {
    size_t n, row;
    mtmi_buffer lines;
} clashes;

static void note_clash(const builder *build, clashes *all, size_t row) {
    if (all->n++ == 0) {
        all->row = row;
    } else if (all->n <= LINES_SHOWN) {
        mtmi_buffer_format(&all->lines, "%s%lld", all->n > 2 ? ", " : "; likewise on line ",
                           (long long)mtmi_survey_line(build->frame, row));
    } else if (all->n == LINES_SHOWN + 1) {
        mtmi_buffer_text(&all->lines, " and more");
    }
}

static const char *other_lines(const clashes *all) {
    return all->lines.failed || all->lines.data == NULL ? "" : all->lines.data;
}

static mtm_status find_column(const builder *build, const char *column, const mtmi_survey_column **out) {
    *out = NULL;
    if (column == NULL) {
        return MTM_OK;
    }
    *out = mtmi_survey_frame_find(build->frame, column);
    return *out != NULL
               ? MTM_OK
               : mtmi_error_set(build->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){build->name, 0, 0},
                                "the survey's design names the column %q, which the file does not have", column);
}

static mtmi_place place_of(const builder *build, size_t row) {
    return (mtmi_place){build->name, (int64_t)mtmi_survey_line(build->frame, row), 0};
}

/* The number of a pair, in the order of coming. */
static uint32_t number_pair(mtmi_map *map, uint32_t first, uint32_t second) {
    uint32_t key[2] = {first, second};
    return mtmi_map_add(map, key, sizeof key);
}

/* Whether a cluster's name was seen in another stratum before. */
static int is_elsewhere(const mtmi_survey_column *cluster, uint32_t *stratum_of, size_t row, uint32_t stratum) {
    uint32_t code = mtmi_survey_code(cluster, row);
    if (stratum_of[code] == 0) {
        stratum_of[code] = stratum + 1;
    }
    return stratum_of[code] != stratum + 1;
}

static mtm_status refuse_nesting(const builder *build, const mtmi_survey_column *cluster, const clashes *all) {
    char text[80];
    size_t length;
    const char *word = mtmi_survey_word(cluster, mtmi_survey_code(cluster, all->row), &length);
    length = length < sizeof text ? length : sizeof text - 1;
    memcpy(text, word, length);
    text[length] = '\0';
    return mtmi_error_set(build->err, MTM_ERROR_VALUE, MTMI_CODE_SURVEY_NESTING, place_of(build, all->row),
                          "cluster %q is in two strata%s; where names of clusters begin anew in each stratum, declare "
                          "\"nest\": true",
                          text, other_lines(all));
}

static uint32_t parent_of(const builder *build, size_t stage, size_t row) {
    return stage == 0 ? 0 : mtmi_survey_unit(build->design, stage - 1, (uint32_t)row);
}

/* Makes room for units: by row, or by their names where each is one cluster, which check_nesting() sees to. */
static mtm_status reserve_units(const builder *build, size_t s, const mtmi_survey_column *cluster) {
    mtmi_survey_stage *stage = &build->design->stages[s];
    size_t n = build->frame->n_rows;
    int by_name = s == 0 && cluster != NULL && (stage->strata == NULL || !build->plan->nest);
    const size_t n_units = by_name && cluster != NULL ? cluster->words.n : n;
    stage->group_of_unit = mtmi_memory_new(n_units + 1, sizeof *stage->group_of_unit);
    if (by_name) {
        stage->unit_of_code = mtmi_memory_new(n_units + 1, sizeof *stage->unit_of_code);
        for (size_t i = 0; stage->unit_of_code != NULL && i <= n_units; i++) {
            stage->unit_of_code[i] = UINT32_MAX;
        }
    } else if (cluster != NULL) {
        stage->unit = mtmi_memory_new(n + 1, sizeof *stage->unit);
    }
    int whole = cluster == NULL || stage->unit != NULL || stage->unit_of_code != NULL;
    return stage->group_of_unit != NULL && whole ? MTM_OK : mtmi_error_memory(build->err);
}

/* The unit of a row, in the order of coming; MTMI_MAP_NONE when there is no memory. */
static uint32_t number_unit(mtmi_survey_stage *stage, size_t row, uint32_t group, mtmi_map *units, size_t *n_names) {
    if (stage->clusters == NULL) {
        return (uint32_t)row;
    }
    uint32_t code = mtmi_survey_code(stage->clusters, row);
    if (stage->unit_of_code == NULL) {
        return stage->unit[row] = number_pair(units, group, code);
    }
    uint32_t *unit = &stage->unit_of_code[code];
    *unit = *unit == UINT32_MAX ? (uint32_t)(*n_names)++ : *unit;
    return *unit;
}

/* Numbers groups and units of one stage. */
static mtm_status number_stage(const builder *build, size_t s, const mtmi_survey_column *cluster) {
    mtmi_survey_stage *stage = &build->design->stages[s];
    size_t n = build->frame->n_rows, n_names = 0;
    mtmi_map groups = MTMI_MAP_INIT, units = MTMI_MAP_INIT;
    mtm_status status = MTM_OK;
    MTMI_TRY(reserve_units(build, s, cluster));
    for (size_t row = 0; row < n; row++) {
        uint32_t stratum = stage->strata == NULL ? 0 : mtmi_survey_code(stage->strata, row);
        uint32_t group = number_pair(&groups, parent_of(build, s, row), stratum);
        uint32_t unit = number_unit(stage, row, group, &units, &n_names);
        MTMI_TRY(group == MTMI_MAP_NONE || unit == MTMI_MAP_NONE ? mtmi_error_memory(build->err) : MTM_OK);
        stage->group_of_unit[unit] = group;
    }
    stage->n_units = cluster == NULL ? n : stage->unit_of_code != NULL ? n_names : units.n;
    stage->n_groups = groups.n;
out:
    mtmi_map_free(&groups);
    mtmi_map_free(&units);
    return status;
}

/* A cluster's name that was seen in another stratum before is refused unless names begin anew in each stratum. */
static mtm_status check_nesting(const builder *build, const mtmi_survey_column *cluster) {
    const mtmi_survey_stage *stage = &build->design->stages[0];
    clashes all = {0, 0, MTMI_BUFFER_INIT};
    if (cluster == NULL || stage->strata == NULL || build->plan->nest) {
        return MTM_OK;
    }
    uint32_t *stratum_of = mtmi_memory_new(cluster->words.n + 1, sizeof *stratum_of);
    if (stratum_of == NULL) {
        return mtmi_error_memory(build->err);
    }
    for (size_t row = 0; row < build->frame->n_rows; row++) {
        if (is_elsewhere(cluster, stratum_of, row, mtmi_survey_code(stage->strata, row))) {
            note_clash(build, &all, row);
        }
    }
    mtm_status status = all.n > 0 ? refuse_nesting(build, cluster, &all) : MTM_OK;
    mtmi_buffer_free(&all.lines);
    mtmi_memory_free(stratum_of);
    return status;
}

static mtm_status count_units(const builder *build, size_t s) {
    mtmi_survey_stage *stage = &build->design->stages[s];
    stage->groups = mtmi_memory_new(stage->n_groups + 1, sizeof *stage->groups);
    if (stage->groups == NULL) {
        return mtmi_error_memory(build->err);
    }
    for (size_t g = 0; g < stage->n_groups; g++) {
        stage->groups[g] = (mtmi_survey_group){0, 0, UINT32_MAX, INFINITY};
    }
    for (size_t u = 0; u < stage->n_units; u++) {
        stage->groups[stage->group_of_unit[u]].n_units++;
    }
    for (size_t row = 0; row < build->frame->n_rows; row++) {
        mtmi_survey_group *group = &stage->groups[mtmi_survey_group_at(build->design, s, (uint32_t)row)];
        if (group->row == UINT32_MAX) {
            group->row = (uint32_t)row;
            group->parent =
                s == 0 && stage->strata != NULL ? mtmi_survey_code(stage->strata, row) : parent_of(build, s, row);
        }
    }
    return MTM_OK;
}

static mtm_status read_population(const builder *build, const mtmi_survey_column *column, size_t row, double *out) {
    mtmi_amount amount;
    if (!mtmi_survey_amount_at(column, row, &amount) || amount.units <= 0) {
        return mtmi_error_set(build->err, MTM_ERROR_VALUE, MTMI_CODE_SURVEY_FRACTION, place_of(build, row),
                              "column %q: expected the number of units in the population, or the fraction drawn",
                              column->name);
    }
    *out = mtmi_amount_value(amount);
    return MTM_OK;
}

/* Populations by row: one number for each stratum. Tells numbers of units from fractions (none above 1). */
static mtm_status read_rows(const builder *build, size_t s, const mtmi_survey_column *column, int *counts,
                            int *fractions) {
    mtmi_survey_stage *stage = &build->design->stages[s];
    clashes all = {0, 0, MTMI_BUFFER_INIT};
    mtm_status status = MTM_OK;
    for (size_t row = 0; row < build->frame->n_rows; row++) {
        double value = 0;
        MTMI_TRY(read_population(build, column, row, &value));
        mtmi_survey_group *group = &stage->groups[mtmi_survey_group_at(build->design, s, (uint32_t)row)];
        if (group->row == row) {
            group->population = value;
        } else if (fabs(group->population - value) > 1e-9 * value) {
            note_clash(build, &all, row);
        }
        *counts |= value > 1;
        *fractions |= value < 1;
    }
    if (all.n > 0) {
        uint32_t first = stage->groups[mtmi_survey_group_at(build->design, s, (uint32_t)all.row)].row;
        status = mtmi_error_set(build->err, MTM_ERROR_VALUE, MTMI_CODE_SURVEY_POPULATION, place_of(build, all.row),
                                "column %q says another number of units in the stratum than line %lld says%s: expected "
                                "one number for each stratum",
                                column->name, (long long)mtmi_survey_line(build->frame, first), other_lines(&all));
    }
out:
    mtmi_buffer_free(&all.lines);
    return status;
}

static mtm_status refuse_population(const builder *build, const mtmi_survey_stage *stage,
                                    const mtmi_survey_column *column, const clashes *all) {
    const mtmi_survey_group *group = stage->groups;
    while (group->row != all->row) {
        group++;
    }
    return mtmi_error_set(build->err, MTM_ERROR_VALUE, MTMI_CODE_SURVEY_POPULATION, place_of(build, all->row),
                          "column %q: the population (%lld) is smaller than the sample of the stratum (%llu)%s",
                          column->name, (long long)group->population, (unsigned long long)group->n_units,
                          other_lines(all));
}

/* Populations of a stage: all are numbers of units, or all are fractions. */
static mtm_status read_populations(const builder *build, size_t s, const mtmi_survey_column *column) {
    mtmi_survey_stage *stage = &build->design->stages[s];
    clashes all = {0, 0, MTMI_BUFFER_INIT};
    int counts = 0, fractions = 0;
    mtm_status status = read_rows(build, s, column, &counts, &fractions);
    if (status == MTM_OK && counts && fractions) {
        status = mtmi_error_set(build->err, MTM_ERROR_VALUE, MTMI_CODE_SURVEY_FRACTION, (mtmi_place){build->name, 0, 0},
                                "column %q holds fractions and numbers of units: expected one kind", column->name);
    }
    if (status != MTM_OK) {
        return status;
    }
    build->design->ones = counts || fractions ? build->design->ones : column;
    for (size_t g = 0; g < stage->n_groups; g++) {
        mtmi_survey_group *group = &stage->groups[g];
        group->population = counts ? group->population : group->n_units / group->population;
        if (group->population < group->n_units * (1 - 1e-12)) {
            note_clash(build, &all, group->row);
        }
    }
    status = all.n > 0 ? refuse_population(build, stage, column, &all) : MTM_OK;
    mtmi_buffer_free(&all.lines);
    return status;
}

static mtm_status build_stage(const builder *build, size_t s) {
    const mtmi_survey_plan *plan = build->plan;
    const mtmi_survey_column *cluster = NULL, *fpc = NULL;
    mtmi_survey_stage *stage = &build->design->stages[s];
    MTMI_CHECK_STATUS(find_column(build, s < plan->n_clusters ? plan->clusters[s] : NULL, &cluster));
    MTMI_CHECK_STATUS(find_column(build, s < plan->n_strata ? plan->strata[s] : NULL, &stage->strata));
    MTMI_CHECK_STATUS(find_column(build, s < plan->n_fpc ? plan->fpc[s] : NULL, &fpc));
    if ((cluster != NULL && cluster->is_number) || (stage->strata != NULL && stage->strata->is_number)) {
        return mtmi_error_set(build->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){build->name, 0, 0},
                              "a column of weights cannot be that of strata or clusters");
    }
    stage->clusters = cluster;
    MTMI_CHECK_STATUS(number_stage(build, s, cluster));
    MTMI_CHECK_STATUS(s == 0 ? check_nesting(build, cluster) : MTM_OK);
    MTMI_CHECK_STATUS(count_units(build, s));
    if (fpc != NULL) {
        MTMI_CHECK_STATUS(read_populations(build, s, fpc));
        build->design->multistage = 1;
    }
    return MTM_OK;
}

/* One stable pass of a counting sort of runs, which begin at firsts, by their unit (or group) of a stage. */
static int sort_pass(const mtmi_survey_design *design, size_t s, int by_group, const uint32_t *firsts, size_t n,
                     const uint32_t *from, uint32_t *to) {
    const mtmi_survey_stage *stage = &design->stages[s];
    size_t n_keys = by_group ? stage->n_groups : stage->n_units;
    uint32_t *starts = mtmi_memory_new(n_keys + 1, sizeof *starts);
    if (starts == NULL) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t row = firsts[from[i]];
        starts[(by_group ? mtmi_survey_group_at(design, s, row) : mtmi_survey_unit(design, s, row)) + 1]++;
    }
    for (size_t k = 1; k <= n_keys; k++) {
        starts[k] += starts[k - 1];
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t row = firsts[from[i]];
        to[starts[by_group ? mtmi_survey_group_at(design, s, row) : mtmi_survey_unit(design, s, row)]++] = from[i];
    }
    mtmi_memory_free(starts);
    return 1;
}

static int is_sorted(const mtmi_survey_design *design) {
    for (uint32_t row = 1; row < design->n_rows; row++) {
        for (size_t s = 0; s < design->n_stages; s++) {
            uint32_t a = mtmi_survey_group_at(design, s, row - 1), b = mtmi_survey_group_at(design, s, row);
            uint32_t c = mtmi_survey_unit(design, s, row - 1), d = mtmi_survey_unit(design, s, row);
            if (a > b || (a == b && c > d)) {
                return 0;
            }
            if (a != b || c != d) {
                break;
            }
        }
    }
    return 1;
}

/* Whether a row is in another unit than the one before it. Rows that are units themselves need not be told apart: sorting
 * keeps their order. */
static int begins_run(const mtmi_survey_design *design, uint32_t row) {
    for (size_t s = 0; row > 0 && s < design->n_stages; s++) {
        const mtmi_survey_stage *stage = &design->stages[s];
        if (mtmi_survey_group_at(design, s, row - 1) != mtmi_survey_group_at(design, s, row) ||
            (stage->clusters != NULL && mtmi_survey_unit(design, s, row - 1) != mtmi_survey_unit(design, s, row))) {
            return 1;
        }
    }
    return row == 0;
}

/* Keeps the runs; or, where they are shorter than two rows, the rows. */
static int keep_order(mtmi_survey_design *design, const uint32_t *firsts, const uint32_t *sorted, size_t n) {
    if (n <= design->n_rows / 2) {
        design->runs = mtmi_memory_new(n + 1, sizeof *design->runs);
        design->n_runs = n;
    } else {
        design->order = mtmi_memory_new(design->n_rows + 1, sizeof *design->order);
    }
    size_t at = 0;
    for (size_t i = 0; i < n && (design->runs != NULL || design->order != NULL); i++) {
        uint32_t first = firsts[sorted[i]], length = firsts[sorted[i] + 1] - first;
        if (design->runs != NULL) {
            design->runs[i] = (mtmi_row_run){first, length};
        }
        for (uint32_t row = first; design->order != NULL && row < first + length; row++) {
            design->order[at++] = row;
        }
    }
    return design->runs != NULL || design->order != NULL;
}

static mtm_status sort_rows(mtmi_survey_design *design, mtm_error *err) {
    size_t n = 0, at = 0;
    if (is_sorted(design)) {
        return MTM_OK;
    }
    for (uint32_t row = 0; row < design->n_rows; row++) {
        n += (size_t)begins_run(design, row);
    }
    uint32_t *firsts = mtmi_memory_new(n + 1, sizeof *firsts);
    uint32_t *from = mtmi_memory_new(n + 1, sizeof *from), *to = mtmi_memory_new(n + 1, sizeof *to);
    int ok = firsts != NULL && from != NULL && to != NULL;
    for (uint32_t row = 0; ok && row < design->n_rows; row++) {
        if (begins_run(design, row)) {
            from[at] = (uint32_t)at;
            firsts[at++] = row;
        }
    }
    if (ok) {
        firsts[n] = (uint32_t)design->n_rows;
    }
    for (size_t s = design->n_stages; ok && s-- > 0;) {
        int by_unit = design->stages[s].clusters != NULL;
        ok = !by_unit || sort_pass(design, s, 0, firsts, n, from, to);
        ok = ok && sort_pass(design, s, 1, firsts, n, by_unit ? to : from, by_unit ? from : to);
        if (!by_unit) {
            uint32_t *other = from;
            from = to;
            to = other;
        }
    }
    ok = ok && keep_order(design, firsts, from, n);
    mtmi_memory_free(firsts);
    mtmi_memory_free(from);
    mtmi_memory_free(to);
    return ok ? MTM_OK : mtmi_error_memory(err);
}

mtm_status mtmi_survey_design_new(const mtmi_survey_frame *frame, const mtmi_survey_plan *plan, const char *name,
                                  mtmi_survey_design **out, mtm_error *err) {
    mtm_status status = MTM_OK;
    mtmi_survey_design *design = mtmi_memory_new(1, sizeof *design);
    MTMI_TRY(design == NULL ? mtmi_error_memory(err) : MTM_OK);
    builder build = {frame, plan, name, design, err};
    design->n_rows = frame->n_rows;
    design->counts = frame->counts;
    design->n_stages = plan->n_clusters == 0 ? 1 : plan->n_clusters;
    design->lonely = plan->lonely;
    design->lonely_domain = plan->lonely_domain;
    MTMI_TRY(find_column(&build, plan->weight, &design->weight));
    for (size_t s = 0; s < design->n_stages; s++) {
        MTMI_TRY(build_stage(&build, s));
    }
    MTMI_TRY(sort_rows(design, err));
    *out = design;
    design = NULL;
out:
    mtmi_survey_design_free(design);
    return status;
}

void mtmi_survey_design_free(mtmi_survey_design *design) {
    if (design == NULL) {
        return;
    }
    for (size_t s = 0; s < design->n_stages; s++) {
        mtmi_memory_free(design->stages[s].unit);
        mtmi_memory_free(design->stages[s].unit_of_code);
        mtmi_memory_free(design->stages[s].group_of_unit);
        mtmi_memory_free(design->stages[s].groups);
    }
    mtmi_memory_free(design->calibrated);
    mtmi_memory_free(design->order);
    mtmi_memory_free(design->runs);
    mtmi_memory_free(design);
}

/* A row whose weight is no number was refused, so that every weight can be read. */
double mtmi_survey_weigh(const mtmi_survey_design *design, size_t row, mtmi_amount *exact, int *is_exact) {
    const mtmi_survey_column *column = design->weight;
    *exact = (mtmi_amount){1, 0};
    *is_exact = design->calibrated == NULL;
    if (design->calibrated != NULL) {
        return design->calibrated[row];
    }
    if (column == NULL) {
        exact->units = design->counts == NULL ? 1 : design->counts[row];
        return (double)exact->units;
    }
    *exact = mtmi_survey_number(column, row);
    return mtmi_amount_value(*exact);
}

double mtmi_survey_weight(const mtmi_survey_design *design, size_t row) {
    mtmi_amount exact;
    int is_exact;
    return mtmi_survey_weigh(design, row, &exact, &is_exact);
}
