/* What is wrong with a dataset as a whole: the same cell twice, parts against totals, cumulative figures that fall. */
#ifndef MTMI_DATA_DATASET_CHECKS_H
#define MTMI_DATA_DATASET_CHECKS_H

#include "data/builder.h"

/* Refuses contradicting cells (MTM_ERROR_VALUE), drops exact duplicates with a finding, adds findings for the rest. */
mtm_status mtmi_checks_run(mtmi_builder *builder, mtm_error *err);

#endif
