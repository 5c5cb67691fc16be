/* What the labels of a column of countries or regions are like. */
#ifndef MTMI_READ_TABLE_NAMES_REGION_LABELS_H
#define MTMI_READ_TABLE_NAMES_REGION_LABELS_H

#include "read/table/columns.h"

/* Names of countries or regions, a number here and there among them at most. */
int mtmi_labels_are_names(const mtmi_preview *head, const mtmi_header *header, const mtmi_bound *bound);
/* The only country that labels of regions name, none of them of Kazakhstan, or that labels of which nothing is known name and
 * whose figures are near their sum: 1 more than its index, 0 for none. */
int32_t mtmi_labels_whole(const mtmi_preview *head, const mtmi_header *header, const mtmi_columns *columns,
                          const mtmi_bound *bound);

#endif
