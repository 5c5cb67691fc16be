/* A sheet of an OpenDocument file as rows of cells: every row from 1 on, blank ones too, with the row's number as
 * its line. */
#ifndef MTMI_READ_ODS_ODS_ROWS_H
#define MTMI_READ_ODS_ODS_ROWS_H

#include "read/table/rows.h"

/* Whether the first bytes are those of such a file. */
int mtmi_ods_sniff(const char *bytes, size_t size);
/* sheet: a name or number from 1; NULL the first. The source is borrowed and must outlive the rows. log may be NULL. */
mtm_status mtmi_ods_rows_open(const char *sheet, mtmi_source *source, const mtmi_limits *limits, mtmi_check_log *log,
                              mtmi_rows **out, mtm_error *err);

#endif
