/* Counts to datasets. */
#ifndef MTMI_TABULATE_FINISH_H
#define MTMI_TABULATE_FINISH_H

#include "tabulate/state.h"

#include <mtm/package.h>

/* Adds one dataset a grouping to the package. */
mtm_status mtmi_finish(const mtmi_state *settled, mtm_package *package, mtm_error *err);

#endif
