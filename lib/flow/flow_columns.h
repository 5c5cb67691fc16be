/* Columns of figures in microdata: men, women, boys, girls of a group. Each is summed by every grouping, and the sums of one
 * grouping become one dataset. Flags of a dimension become sets of its members, origin and destination a dimension of
 * pairs beside their own. */
#ifndef MTMI_FLOW_FLOW_COLUMNS_H
#define MTMI_FLOW_FLOW_COLUMNS_H

#include "data/dataset.h"

#include <mtm/package.h>

#include <jansson.h>

/* Whether fields of a resource are figures of microdata, or flags, or its rows are movements. */
int mtmi_flow_unites(const json_t *resource);
/* Each grouping once a column of figures, by flags instead of what they are about, under a name of its own. To be released;
 * NULL when there is no memory. */
json_t *mtmi_flow_groupings(const json_t *resource, const json_t *groupings);
/* The datasets of `parts`, as those groupings gave them, united: one a grouping goes into the package. They are used up. */
mtm_status mtmi_flow_unite(const json_t *resource, mtm_package *parts, mtm_package *package, mtm_error *err);

#endif
