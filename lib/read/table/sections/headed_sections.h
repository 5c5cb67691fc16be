/* Sections whose headings have figures of their own. */
#ifndef MTMI_READ_TABLE_SECTIONS_HEADED_SECTIONS_H
#define MTMI_READ_TABLE_SECTIONS_HEADED_SECTIONS_H

#include "read/table/columns_internal.h"

/* Whether rows whose label in this column is a member of the dimension head the rows below, and are their totals: "Прибыло -
 * всего" above men and women, "Выбыло - всего" above men and women again. */
int mtmi_sections_are_headed(const mtmi_inference *in, size_t column, const char *dimension);

#endif
