/* Tables of one header below each other. */
#ifndef MTMI_READ_TABLE_SECTIONS_TITLED_TABLES_H
#define MTMI_READ_TABLE_SECTIONS_TITLED_TABLES_H

#include "read/table/columns_internal.h"

/* Whether the header comes again, each time below a title that differs from the first in a member of the dimension alone, or in
 * a period where dimension is NULL: "1. Прибыло, человек", "2. Выбыло, человек". Keeps the titles in the columns. */
int mtmi_tables_are_titled(const mtmi_inference *in, const char *dimension);

#endif
