/* Rows of one resource to a frozen dataset. What comes in: a resource and its open files. What goes out: a dataset, or
 * diagnostics in a log. It does not know where the files lie nor who described them. */
#ifndef MTMI_READ_READER_H
#define MTMI_READ_READER_H

#include "base/source.h"
#include "data/dataset.h"
#include "read/resource.h"

#include <mtm/check.h>

/* Collects diagnostics, columns and the balance of rows for a check; NULL means strict: the first error ends the call. */
typedef struct mtm_check mtmi_check_log; /* read/check.h */

/* Reads the sources, in order, as one table. The sources stay the caller's. With a
 * log, out may be NULL: nothing is built then. options are as the caller gave them, its `resource` is not looked at. */
mtm_status mtmi_read_resource(const mtmi_resource *resource, mtmi_source *const *sources, size_t n_sources,
                              const mtm_read_options *options, mtmi_check_log *log, mtm_dataset **out, mtm_error *err);

#endif
