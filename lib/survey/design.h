/* The sample's design as a tree: groups (strata within a parent unit), units in them, down to the rows. */
#ifndef MTMI_SURVEY_DESIGN_H
#define MTMI_SURVEY_DESIGN_H

#include "survey/survey_frame.h"
#include "survey/survey_plan.h"

/* One stratum at a stage, within one unit of the stage above. */
typedef struct mtmi_survey_group {
    uint32_t n_units;  /* drawn */
    uint32_t parent;   /* unit of the stage above; at the first stage: the stratum's code */
    uint32_t row;      /* first row seen */
    double population; /* units there are; infinite where none is declared */
} mtmi_survey_group;

typedef struct mtmi_survey_stage {
    uint32_t *unit;         /* by row; */
    uint32_t *unit_of_code; /* or by the cluster's code, where a name is one cluster; both NULL: each row is a unit */
    uint32_t *group_of_unit;
    size_t n_units;
    mtmi_survey_group *groups;
    size_t n_groups;
    const mtmi_survey_column *strata;   /* NULL for none */
    const mtmi_survey_column *clusters; /* NULL: rows */
} mtmi_survey_stage;

/* Rows that follow one another in the file. */
typedef struct mtmi_row_run {
    uint32_t first, n;
} mtmi_row_run;

typedef struct mtmi_survey_design {
    size_t n_rows, n_stages;
    mtmi_survey_stage stages[MTMI_STAGES_MAX];
    int multistage;                 /* later stages count: populations are declared */
    const mtmi_survey_column *ones; /* populations that are 1 in every row: read as all drawn; NULL for none */
    mtmi_lonely lonely;
    int lonely_domain;
    const mtmi_survey_column *weight;
    const uint32_t *counts;               /* of the frame: interviews that a row stands for; NULL: one each */
    mtmi_row_run *runs;                   /* rows in the order in which each group and unit is a run; */
    size_t n_runs;                        /* where such runs are short, each row instead: */
    uint32_t *order;                      /* both NULL: they are in this order already */
    double *calibrated;                   /* weights by row after calibration; NULL for none */
    struct mtmi_calibration *calibration; /* freed by whoever calibrated */
} mtmi_survey_design;

/* Scores z of the rows of a domain, in the design's order; rows that are not here have the score 0. */
typedef struct mtmi_scores {
    const uint32_t *rows;
    const double *z; /* n * width, row by row */
    size_t n, width;
} mtmi_scores;

mtm_status mtmi_survey_design_new(const mtmi_survey_frame *frame, const mtmi_survey_plan *plan, const char *name,
                                  mtmi_survey_design **out, mtm_error *err);
void mtmi_survey_design_free(mtmi_survey_design *design);

static inline uint32_t mtmi_survey_unit(const mtmi_survey_design *design, size_t stage, uint32_t row) {
    const mtmi_survey_stage *at = &design->stages[stage];
    return at->unit != NULL           ? at->unit[row]
           : at->unit_of_code != NULL ? at->unit_of_code[mtmi_survey_code(at->clusters, row)]
                                      : row;
}

static inline uint32_t mtmi_survey_group_at(const mtmi_survey_design *design, size_t stage, uint32_t row) {
    return design->stages[stage].group_of_unit[mtmi_survey_unit(design, stage, row)];
}

/* Rows in the order of the design: from {0}, asked once for each row of the frame. */
typedef struct mtmi_walk {
    size_t at;
    uint32_t row, left;
} mtmi_walk;

static inline uint32_t mtmi_survey_next(const mtmi_survey_design *design, mtmi_walk *walk) {
    if (design->runs == NULL) {
        size_t at = walk->at++;
        return design->order == NULL ? (uint32_t)at : design->order[at];
    }
    if (walk->left == 0) {
        walk->row = design->runs[walk->at].first;
        walk->left = design->runs[walk->at++].n;
    }
    walk->left--;
    return walk->row++;
}

/* The weight in force. */
double mtmi_survey_weight(const mtmi_survey_design *design, size_t row);
/* The same, and as it stands in the file where it was not calibrated: *is_exact says so. */
double mtmi_survey_weigh(const mtmi_survey_design *design, size_t row, mtmi_amount *exact, int *is_exact);

#endif
