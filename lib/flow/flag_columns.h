/* Columns of 1 and 0 that each tell one member of a dimension, reason_conflict beside reason_economic: a row may have several
 * members, which are one set. */
#ifndef MTMI_FLOW_FLAG_COLUMNS_H
#define MTMI_FLOW_FLAG_COLUMNS_H

#include "base/buffer.h"
#include "data/dataset.h"

#include <jansson.h>

/* How many fields of a resource are flags. */
size_t mtmi_flag_columns(const json_t *resource);
/* The dimension that the flag of a column's name is about; NULL where no flag has it. */
const char *mtmi_flag_dimension(const json_t *resource, const char *column);
/* Whether a flag tells a member of a dimension. */
int mtmi_flag_tells(const json_t *resource, const char *dimension, const char *code);
/* Dimensions that flags are about, replaced by the columns of the flags. To be released; NULL without memory. */
json_t *mtmi_flags_instead(const json_t *resource, const json_t *by);

typedef enum mtmi_flags_said {
    MTMI_FLAGS_SET,       /* one flag or more is 1 */
    MTMI_FLAGS_NONE,      /* all are 0 */
    MTMI_FLAGS_NOT_STATED /* none is 1, and some are empty */
} mtmi_flags_said;

/* What the flags of a dimension say in an observation by their columns; out gets the codes of those that are 1. A cell that is
 * neither 1 nor 0 is refused. */
mtm_status mtmi_flags_read(const json_t *resource, const mtm_dataset *dataset, size_t row, const char *dimension,
                           mtmi_flags_said *said, mtmi_buffer *out, mtm_error *err);

#endif
