/* Groups of countries that stand for their members, where none of these is there. */
#ifndef MTMI_COVERAGE_GROUPS_H
#define MTMI_COVERAGE_GROUPS_H

#include "data/dataset.h"

enum { MTMI_GROUPS_KNOWN = 32 };

/* Rows of one period, those that have the given members of the fixed dimensions. */
typedef struct mtmi_group_rows {
    const mtm_dataset *dataset;
    const uint32_t *rows;
    size_t n;
    uint32_t fixed; /* one bit a dimension */
    const int32_t *members;
    struct {
        size_t dimension;
        int32_t member;
        int counts;
    } known[MTMI_GROUPS_KNOWN]; /* what was found out before */
    size_t n_known;
} mtmi_group_rows;

/* Whether the row of a group is a part like others: none of its members is there, no larger group, and something else is. */
int mtmi_group_counts(mtmi_group_rows *groups, size_t dimension, int32_t member);

#endif
