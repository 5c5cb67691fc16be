/* Stocks whose dates differ by area: the dates of one collection are one period. */
#ifndef MTMI_COVERAGE_COLLECTIONS_H
#define MTMI_COVERAGE_COLLECTIONS_H

#include "data/dataset.h"

/* rows are n of the table's, by date. *out gets, by row of the table, the last date of its collection; NULL where every date
 * is a collection of its own. The caller frees it. */
mtm_status mtmi_collections_find(const mtm_dataset *dataset, const uint32_t *rows, size_t n, mtm_period **out,
                                 mtm_error *err);

#endif
