/* Columns that complete the period of another one. */
#ifndef MTMI_READ_TABLE_NAMES_PERIOD_REST_H
#define MTMI_READ_TABLE_NAMES_PERIOD_REST_H

#include "read/table/columns_internal.h"

/* A column of quarters, months or halves without a year is a part of the period, whatever its name: the year stands in a column
 * beside it, across, or above the table. */
void mtmi_columns_period_rest(const mtmi_inference *in);
/* Labels of internal and of external migration in one column: each is a thing of its own, and they are never added. */
mtm_status mtmi_columns_flows_apart(const mtmi_inference *in, mtm_error *err);

#endif
