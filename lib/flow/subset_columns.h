/* Columns that count again some of the people of other columns: unaccompanied children among boys and girls. They are parts of
 * nothing. An empty cell is no 0: it is counted who does not say. */
#ifndef MTMI_FLOW_SUBSET_COLUMNS_H
#define MTMI_FLOW_SUBSET_COLUMNS_H

#include "data/dataset.h"

#include <jansson.h>

#define MTMI_SUBSET_CONCEPT "vulnerable-observed"
#define MTMI_SUBSET_UNIT "groups" /* of those that do not say */
#define MTMI_SUBSET_PARTS 2u      /* groupings a column: its sum, and rows by whether they say */

/* The n-th field of a resource that is a subset; NULL after the last. */
const json_t *mtmi_subset_at(const json_t *resource, size_t n);
size_t mtmi_subset_columns(const json_t *resource);
/* The dimensions by which rows of a subset are told apart by whether they say, after those of a grouping. To be released; NULL
 * without memory. */
json_t *mtmi_subset_by(const json_t *column, const json_t *by);
/* Whether a dimension is one of those. */
int mtmi_subset_dimension(const char *dimension);
/* Whether rows of an observation have people who could be in the subset, and do not say how many are. */
int mtmi_subset_is_open(const json_t *column, const mtm_dataset *dataset, size_t row);

#endif
