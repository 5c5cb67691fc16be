/* Reading the list of places of a data package. */
#ifndef MTMI_READ_GAZETTEER_READ_H
#define MTMI_READ_GAZETTEER_READ_H

#include "read/descriptor/descriptor.h"

#include <mtm/dataset.h>

/* Reads the list and lends it to every resource; nothing where the package has none. */
mtm_status mtmi_gazetteer_read(mtmi_descriptor *descriptor, const mtm_read_options *options, mtm_error *err);

#endif
