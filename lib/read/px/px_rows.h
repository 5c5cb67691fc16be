/* A PC-Axis file as rows: its title, a header, and a row for each figure. */
#ifndef MTMI_READ_PX_PX_ROWS_H
#define MTMI_READ_PX_PX_ROWS_H

#include "read/table/rows.h"

/* Whether the first bytes of a file are those of a PC-Axis file. */
int mtmi_px_sniff(const char *bytes, size_t size);
/* encoding NULL: what CODEPAGE says, else UTF-8. The source is borrowed and must outlive the rows. log may be NULL. */
mtm_status mtmi_px_rows_open(const char *encoding, mtmi_source *source, const mtmi_limits *limits, mtmi_check_log *log,
                             mtmi_rows **out, mtm_error *err);

#endif
