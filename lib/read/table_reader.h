/* Rows of one resource to a frozen dataset, or to diagnostics in a log. */
#ifndef MTMI_READ_TABLE_READER_H
#define MTMI_READ_TABLE_READER_H

#include "base/source.h"
#include "data/dataset.h"
#include "read/check/check.h"
#include "read/table/rows.h"

#include <mtm/check.h>

/* Reads the sources, in order, as one table. The sources stay the caller's. With a
 * log, out may be NULL: nothing is built then. options are as the caller gave them, its `resource` is not looked at. */
mtm_status mtmi_read_resource(const mtmi_resource *resource, mtmi_source *const *sources, size_t n_sources,
                              const mtm_read_options *options, mtmi_check_log *log, mtm_dataset **out, mtm_error *err);

/* Reads rows as one table, in order: header, roles, observations. What mtmi_read_resource() does once the containers
 * are open. With a log, out may be NULL: nothing is built then. */
mtm_status mtmi_read_rows(const mtmi_resource *resource, mtmi_rows *const *rows, size_t n_rows,
                          const mtm_read_options *options, mtmi_check_log *log, mtm_dataset **out, mtm_error *err);

#endif
