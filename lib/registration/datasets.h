/* What registrations come to, as datasets. */
#ifndef MTMI_REGISTRATION_DATASETS_H
#define MTMI_REGISTRATION_DATASETS_H

#include "registration/resolve.h"

#include <mtm/package.h>

/* For each grouping: persons present (NAME), who came and went (NAME-movements), and households where they are known
 * (NAME-households). prefix: goes before the names; NULL: none. */
mtm_status mtmi_registry_finish(mtmi_registry *registry, const mtmi_state *state, const char *prefix,
                                unsigned n_threads, mtm_package *package, mtm_error *err);

#endif
