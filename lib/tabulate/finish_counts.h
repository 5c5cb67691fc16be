/* Counts of a state to frozen datasets. */
#ifndef MTMI_TABULATE_FINISH_COUNTS_H
#define MTMI_TABULATE_FINISH_COUNTS_H

#include "data/builder.h"
#include "tabulate/state.h"

#include <mtm/package.h>

/* Adds one dataset a grouping to the package, named as the grouping, after prefix where there is one. On failure some may
 * have been added. */
mtm_status mtmi_finish(const mtmi_state *settled, const char *prefix, mtm_package *package, mtm_error *err);
/* Says in a dataset made of the state how many rows are in no figure of it, where any were refused. */
mtm_status mtmi_note_refused(const mtmi_state *state, mtmi_builder *out, mtm_error *err);

#endif
