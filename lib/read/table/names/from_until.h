/* Days from and until which figures run. */
#ifndef MTMI_READ_TABLE_NAMES_FROM_UNTIL_H
#define MTMI_READ_TABLE_NAMES_FROM_UNTIL_H

#include "read/table/columns_internal.h"

/* "Неделя с", "по" above two columns of days: the start and the end of the period. */
void mtmi_columns_from_until(const mtmi_inference *in);

#endif
