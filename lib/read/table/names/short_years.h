/* Months with years of two digits, across. */
#ifndef MTMI_READ_TABLE_NAMES_SHORT_YEARS_H
#define MTMI_READ_TABLE_NAMES_SHORT_YEARS_H

#include "read/table/columns_internal.h"

/* "янв.24", "фев.24", "мар.24": three columns of figures or more, each a month after the one before. */
mtm_status mtmi_columns_short_years(const mtmi_inference *in, mtm_error *err);

#endif
