/* Columns under headers of several rows. */
#ifndef MTMI_READ_TABLE_NAMES_COLUMN_PARTS_H
#define MTMI_READ_TABLE_NAMES_COLUMN_PARTS_H

#include "read/table/columns_internal.h"

/* Takes columns of figures whose every row of the header says a period, a member, the total or a unit. */
mtm_status mtmi_columns_parts(const mtmi_inference *in, mtm_error *err);

#endif
