/* Boundaries of a package, for the maps of its reports. */
#ifndef MTMI_READ_BOUNDARIES_READ_H
#define MTMI_READ_BOUNDARIES_READ_H

#include "data/package.h"
#include "read/descriptor/descriptor.h"

/* Reads all files of boundaries of the descriptor into the package; and, where it has none of countries, those of a file
 * of the caller's (NULL for none), whose areas have their codes as "id" or as ISO_A3. */
mtm_status mtmi_boundaries_read(const mtmi_descriptor *descriptor, const char *countries, mtm_package *package,
                                mtm_error *err);

#endif
