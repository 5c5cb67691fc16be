/* Datasets of one structure and publisher as one: a file for each month, a file for each release. */
#ifndef MTMI_COVERAGE_JOINED_DATASETS_H
#define MTMI_COVERAGE_JOINED_DATASETS_H

#include "data/builder.h"

/* Rows of several datasets under one roof; each knows where it came from. */
typedef struct mtmi_joined {
    mtmi_builder *builder;        /* owns the dataset */
    const mtm_dataset **datasets; /* one a row */
    uint32_t *rows;
    size_t n, capacity, rows_capacity;
} mtmi_joined;

/* Whether b continues a: the same measure, dimensions and publisher; and no period in both, unless they are cumulative
 * figures, of which releases print the same period again. Flows and stocks: rounds are files. */
int mtmi_joined_fits(const mtm_dataset *a, const mtm_dataset *b);

mtm_status mtmi_joined_open(mtmi_joined *pool, const mtm_dataset *like, mtm_error *err);
/* A row of the pool once more, at another date; it leads to the same place. */
mtm_status mtmi_joined_repeat(mtmi_joined *pool, uint32_t row, mtm_period period, mtm_error *err);
mtm_status mtmi_joined_add(mtmi_joined *pool, const mtm_dataset *dataset, mtm_error *err);
void mtmi_joined_close(mtmi_joined *pool);

#endif
