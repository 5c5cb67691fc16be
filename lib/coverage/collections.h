/* Stocks whose dates differ by area: the dates of one collection are one period. */
#ifndef MTMI_COVERAGE_COLLECTIONS_H
#define MTMI_COVERAGE_COLLECTIONS_H

#include "data/dataset.h"

/* How long a collection lasts at most, where the package does not say. */
enum { MTMI_COLLECTION_DAYS = 45 };

/* rows are n of the table's, by date. *out gets, by row of the table, the last date of its collection; NULL where every date
 * is a collection of its own. The caller frees it. */
mtm_status mtmi_collections_find(const mtm_dataset *dataset, const uint32_t *rows, size_t n, mtm_period **out,
                                 mtm_error *err);

/* Whether a dimension tells places, so that dates may differ by its members. */
int mtmi_collections_is_place(const mtm_dataset *dataset, size_t dimension);

#endif
