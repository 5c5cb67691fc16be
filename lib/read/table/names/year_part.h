/* The part of a year that a title gives to all figures of a table. */
#ifndef MTMI_READ_TABLE_NAMES_YEAR_PART_H
#define MTMI_READ_TABLE_NAMES_YEAR_PART_H

#include "read/table/columns_internal.h"

/* "Прибыло за январь-март" above years: they stand for that part of theirs. Refuses a title of a year that the table does not
 * have. */
mtm_status mtmi_columns_year_part(const mtmi_inference *in, mtm_error *err);

#endif
