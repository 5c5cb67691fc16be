/* Stocks of which the last known figure of an area stands where a collection lacks the area: the package says so. */
#ifndef MTMI_COVERAGE_LAST_KNOWN_H
#define MTMI_COVERAGE_LAST_KNOWN_H

#include "coverage/joined_datasets.h"

/* Adds to every collection of the pool the rows of areas that it lacks, each from the latest collection before it. They lead to
 * the rows that they were taken from. Totals are not carried over. */
mtm_status mtmi_last_known_add(mtmi_joined *pool, mtm_error *err);

#endif
