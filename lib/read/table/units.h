/* Units of the columns of figures, from every place that names one: declaration, rows above the data, header. Two
 * places that contradict one another refuse the file. */
#ifndef MTMI_READ_TABLE_UNITS_H
#define MTMI_READ_TABLE_UNITS_H

#include "read/table/columns.h"

/* Whether every filled cell of a row is a unit or a word of magnitude: a row of units under the header. */
int mtmi_units_row(const mtmi_row *row);
/* Fills unit and power of the columns of figures. */
mtm_status mtmi_units_bind(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                           const mtmi_header *header, mtmi_check_log *log, mtmi_columns *columns, mtm_error *err);

#endif
