/* A sheet of a workbook as rows of cells: every row from 1 on, blank ones too, its number being its line. */
#ifndef MTMI_READ_XLSX_XLSX_ROWS_H
#define MTMI_READ_XLSX_XLSX_ROWS_H

#include "read/table/rows.h"

/* sheet: a name or number from 1; NULL the first that is not hidden. The source is borrowed and must outlive the rows.
 * log may be NULL. */
mtm_status mtmi_xlsx_rows_open(const char *sheet, mtmi_source *source, const mtmi_limits *limits, mtmi_check_log *log,
                               mtmi_rows **out, mtm_error *err);

#endif
