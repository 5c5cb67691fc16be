/* Columns of figures that HXL tags. */
#ifndef MTMI_READ_TABLE_NAMES_TAGGED_COLUMNS_H
#define MTMI_READ_TABLE_NAMES_TAGGED_COLUMNS_H

#include "read/table/columns_internal.h"

/* Leaves out figures of other people than #affected, with a note; tells apart by their names what would be the same cell. */
mtm_status mtmi_columns_tagged(const mtmi_inference *in, mtm_error *err);

#endif
