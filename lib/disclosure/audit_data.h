/* What the data itself says of its observations: which add up to which. The audit's own, made from the observations'
 * members and periods. */
#ifndef MTMI_DISCLOSURE_AUDIT_DATA_H
#define MTMI_DISCLOSURE_AUDIT_DATA_H

#include "indicator/evidence.h"

/* Observations that make up one place of a coarser table, as some finer table has them. */
typedef struct mtmi_audit_group {
    uint32_t place;  /* groups of one place are compared */
    uint64_t key;    /* the finer table's dimensions */
    int64_t sum;     /* true */
    size_t first, n; /* its observations */
} mtmi_audit_group;

typedef struct mtmi_audit_data {
    int64_t *values;      /* of the observations, in units of 10^-decimals */
    unsigned char *signs; /* 1: may be below 0, and is no part of anything */
    uint32_t *same;       /* by observation: the next that says the same of the same cell; round in a circle */
    int decimals;
    mtmi_audit_group *groups; /* by place */
    uint32_t *members;        /* of groups */
    size_t *place_first;      /* n_places + 1, into groups */
    size_t *group_first;      /* n_observed + 1, into group_of */
    uint32_t *group_of;
    size_t n_groups, n_places;
} mtmi_audit_data;

mtm_status mtmi_audit_data_read(mtmi_audit_data *data, const mtmi_evidence *evidence, mtm_error *err);
void mtmi_audit_data_clear(mtmi_audit_data *data);

#endif
