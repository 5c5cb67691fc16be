/* Columns of figures in microdata: men, women, boys, girls of a group. Each is summed by every grouping, and the sums of one
 * grouping become one dataset. */
#ifndef MTMI_FLOW_FLOW_COLUMNS_H
#define MTMI_FLOW_FLOW_COLUMNS_H

#include "data/dataset.h"

#include <mtm/package.h>

#include <jansson.h>

/* How many fields of a resource are figures of microdata. */
size_t mtmi_flow_columns(const json_t *resource);
/* Each grouping once a column: with its sum, and a name of its own. To be released; NULL when there is no memory. */
json_t *mtmi_flow_groupings(const json_t *resource, const json_t *groupings);
/* The datasets of `parts`, as those groupings gave them, united: one a grouping goes into the package. They are used up. */
mtm_status mtmi_flow_unite(const json_t *resource, mtm_package *parts, mtm_package *package, mtm_error *err);

#endif
