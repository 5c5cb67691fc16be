/* A dataset as one Arrow record batch. Each returns MTM_OK, MTM_ERROR_MEMORY, or MTM_ERROR_RANGE for texts beyond what
 * 32-bit offsets reach; the structure is then released (release is NULL). */
#ifndef MTMI_DATA_ARROW_BATCH_H
#define MTMI_DATA_ARROW_BATCH_H

#include "data/dataset.h"

#include <mtm/arrow.h>

mtm_status mtmi_arrow_batch_schema(const mtm_dataset *dataset, struct ArrowSchema *out, mtm_error *err);
mtm_status mtmi_arrow_batch(const mtm_dataset *dataset, struct ArrowArray *out, mtm_error *err);

#endif
