/* Age bands in labels: "15-24", "65+", "Y15T64", "Y_GE65"; and whether two of them overlap. */
#ifndef MTMI_DATA_AGES_H
#define MTMI_DATA_AGES_H

#include "data/dataset.h"

/* Whether two members have a year of age in common. 0 where one of them is no age in digits. */
int mtmi_ages_overlap(const char *a, const char *b);
/* Whether a dimension is about ages: by its list or its name. */
int mtmi_ages_dimension(const mtmi_dimension *dimension);

#endif
