/* Days from which a source counts otherwise, as the data package states them. */
#ifndef MTMI_COVERAGE_BREAKS_H
#define MTMI_COVERAGE_BREAKS_H

#include "data/dataset.h"

#include <mtm/result.h>

/* The last break that lies between two periods, or in one of them; NULL for none. With the same period twice: the break
 * within it. */
const mtmi_break *mtmi_break_between(const mtm_dataset *dataset, mtm_period earlier, mtm_period later);
mtm_reason mtmi_break_reason(const mtmi_break *one);

#endif
