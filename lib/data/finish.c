/* Ends a builder: the dataset is checked as a whole and frozen. A dataset that another room sees has passed every check. */
#include "data/builder.h"
#include "data/dataset_checks.h"

mtm_status mtmi_builder_finish(mtmi_builder *builder, mtm_dataset **out, mtm_error *err) {
    mtm_status status = mtmi_checks_run(builder, err);

    *out = status == MTM_OK ? mtmi_builder_take(builder) : NULL;
    return status;
}
