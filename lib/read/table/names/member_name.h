/* Names that stand for members of dimensions. */
#ifndef MTMI_READ_TABLE_NAMES_MEMBER_NAME_H
#define MTMI_READ_TABLE_NAMES_MEMBER_NAME_H

#include "read/table/columns_internal.h"

/* A dimension of dimensions.tsv by its name; the number of dimensions for none. */
size_t mtmi_dimension_at(const char *dimension);
const char *mtmi_dimension_name(size_t dimension);
/* The code that a name stands for in a dimension; NULL for none. A total is "_T", the rest "_O". */
const char *mtmi_name_member(size_t dimension, const char *name, size_t n, int *is_short);
/* The member that a part of a name stands for, in any dimension but one; ages also as they stand. Codes of one or two signs
 * are none. */
const char *mtmi_name_any_member(const char *text, size_t n, size_t but, size_t *dimension);
/* A rate: "в %", "на 10 000 человек населения", "per 1,000". */
int mtmi_name_is_rate(const char *normal);
/* Whether a column may be one of figures that its name explains. */
int mtmi_name_is_candidate(const mtmi_inference *in, const mtmi_bound *bound);

#endif
