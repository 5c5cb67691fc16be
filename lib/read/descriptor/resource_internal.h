/* Between the files that read a resource. Private to them. */
#ifndef MTMI_READ_DESCRIPTOR_RESOURCE_INTERNAL_H
#define MTMI_READ_DESCRIPTOR_RESOURCE_INTERNAL_H

#include "read/descriptor/properties.h"

/* resource_dialect.c. null_sequence is lent: one more missing mark, or NULL. */
void mtmi_resource_dialect(mtmi_properties *in, const json_t *json, mtmi_dialect *out, const char **null_sequence);
void mtmi_dialect_free(mtmi_dialect *dialect);

/* resource_source.c: sources[0], licenses[0], the publisher. */
void mtmi_resource_source(mtmi_properties *in, const json_t *json, mtmi_source_note *out);

/* resource_field.c: schema and its fields; the resource's own number style must have been read. */
void mtmi_resource_schema(mtmi_properties *in, const json_t *json, const char *null_sequence, mtmi_resource *out);
void mtmi_resource_numbers(mtmi_properties *in, const json_t *json, mtmi_number_style *out);
void mtmi_number_style_free(mtmi_number_style *style);
void mtmi_field_free(mtmi_field *field);
void mtmi_pairs_free(mtmi_pair *pairs, size_t n);

/* resource_component.c: the component, its sensitivity and deepest level. After the concept was read. */
void mtmi_resource_component(mtmi_properties *in, const json_t *mtm, mtmi_resource *out);

/* resource_coverage.c: what absence means, which members there are, where figures break. in stands at "mtm". */
void mtmi_resource_coverage(mtmi_properties *in, const json_t *mtm, mtmi_resource *out);
void mtmi_resource_coverage_free(mtmi_resource *resource);

extern const mtmi_choice mtmi_date_orders[3];
extern const mtmi_choice mtmi_date_spans[4];

#endif
