/* Replicate weights: columns that hold the weight of each row in each replicate of the sample. */
#ifndef MTMI_SURVEY_REPLICATE_H
#define MTMI_SURVEY_REPLICATE_H

#include "survey/design.h"

typedef struct mtmi_replicates {
    const mtmi_survey_column **columns;
    double *scales; /* by replicate */
    size_t n;
    double scale;
    int around_estimate; /* deviations from the estimate, else from the replicates' mean */
    int combined;        /* columns hold whole weights, not factors */
} mtmi_replicates;

/* NULL in *out where the plan declares none. */
mtm_status mtmi_replicates_new(const mtmi_survey_frame *frame, const mtmi_survey_plan *plan, const char *name,
                               mtmi_replicates **out, mtm_error *err);
void mtmi_replicates_free(mtmi_replicates *replicates);

/* Weights of the rows in a replicate. */
void mtmi_replicate_weights(const mtmi_replicates *replicates, const mtmi_survey_design *design, size_t replicate,
                            const uint32_t *rows, size_t n, double *out);
/* The variance of estimates by replicate. NaN values (an empty domain in a replicate) are left out. */
double mtmi_replicate_variance(const mtmi_replicates *replicates, const double *values, double estimate);
/* Covariances, width by width, of width estimates by replicate. */
void mtmi_replicate_covariance(const mtmi_replicates *replicates, const double *values, const double *estimates,
                               size_t width, double *out);
/* Rank of the matrix of replicate weights less 1. */
mtm_status mtmi_replicate_freedom(const mtmi_replicates *replicates, const mtmi_survey_design *design,
                                  const uint32_t *rows, size_t n, double *out, mtm_error *err);

#endif
