/* A package of a descriptor that is not (yet) on the disk. */
#ifndef MTMI_READ_PACKAGE_READ_H
#define MTMI_READ_PACKAGE_READ_H

#include "data/package.h"
#include "read/descriptor/descriptor.h"

/* options: whole, as mtmi_options_copy() leaves them. */
mtm_status mtmi_package_from(mtmi_descriptor *descriptor, const mtm_read_options *options, mtm_package **out,
                             mtm_error *err);

#endif
