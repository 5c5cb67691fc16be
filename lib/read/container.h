/* Choosing the container - CSV, a workbook, PC-Axis, JSON records - by the first bytes of a file, and refusing one under the name
 * of another. */
#ifndef MTMI_READ_CONTAINER_H
#define MTMI_READ_CONTAINER_H

#include "read/table/rows.h"

/* Chooses the container by the file's first bytes and its name, and infers what the resource does not declare. The
 * source is borrowed and must outlive the rows. log may be NULL. */
mtm_status mtmi_rows_open(const mtmi_resource *resource, mtmi_source *source, const mtmi_limits *limits,
                          mtmi_check_log *log, mtmi_rows **out, mtm_error *err);

/* What the caller set, or the defaults. options may be NULL. */
mtmi_limits mtmi_limits_of(const mtm_read_options *options);

/* Whether the source is an Arrow file, under a name that does not promise text. */
mtm_status mtmi_is_ipc(mtmi_source *source, int *is, mtm_error *err);

#endif
