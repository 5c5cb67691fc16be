/* Deep copies of datasets. */
#ifndef MTMI_DATA_DATASET_COPY_H
#define MTMI_DATA_DATASET_COPY_H

#include "data/dataset.h"

mtm_status mtmi_dataset_copy(const mtm_dataset *dataset, mtm_dataset **out, mtm_error *err);

#endif
