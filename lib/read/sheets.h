/* Sheets of one workbook that have the same columns - one a round, one a level - as the parts of one table. */
#ifndef MTMI_READ_SHEETS_H
#define MTMI_READ_SHEETS_H

#include "read/table/rows.h"

/* The sheets that have the columns of the resource's sheet, in the order of the tabs; hidden ones are left out. Each is opened
 * when its first row is asked for. *rows and what it holds are the caller's, also after a failure; the source is borrowed. */
mtm_status mtmi_sheets_open(const mtmi_resource *resource, mtmi_source *source, const mtmi_limits *limits,
                            mtmi_check_log *log, mtmi_rows ***rows, size_t *n, mtm_error *err);
/* Notes the sheets that were left out, and why. */
mtm_status mtmi_sheets_say(mtmi_rows *const *rows, size_t n, mtmi_check_log *log, mtm_error *err);

#endif
