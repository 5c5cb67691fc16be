/* Checks the resource of registrations: its rows, and who of them is one person. */
#ifndef MTMI_READ_CHECK_REGISTRATION_H
#define MTMI_READ_CHECK_REGISTRATION_H

#include "read/table_reader.h"

/* The door is here and the room behind it above: registration/ has what stands in it. */
mtm_status mtmi_check_registration(const mtmi_resource *resource, mtmi_source *const *sources, size_t n,
                                   const mtm_read_options *options, mtm_check *check, mtm_error *err);

#endif
