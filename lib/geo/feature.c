/* What both forms of boundaries share: a feature with its code, a place of two numbers, a refusal. */
#include "geo/read_boundaries.h"

#include "base/buffer.h"
#include "base/error.h"

#include <string.h>

mtm_status mtmi_geo_refuse(const mtmi_geo_reading *in, const char *found, const char *expected) {
    return mtmi_error_set(in->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){in->name, 0, 0}, "found %s, expected %s", found,
                          expected);
}

mtm_status mtmi_geo_position(const mtmi_geo_reading *in, const json_t *position, double *x, double *y) {
    const json_t *first = json_array_get(position, 0), *second = json_array_get(position, 1);
    if (!json_is_number(first) || !json_is_number(second)) {
        return mtmi_geo_refuse(in, "a place that is not two numbers", "[longitude, latitude]");
    }
    *x = json_number_value(first);
    *y = json_number_value(second);
    return MTM_OK;
}

const json_t *mtmi_geo_code(const char *property, const json_t *feature) {
    const json_t *properties = json_object_get(feature, "properties"), *id = json_object_get(feature, "id");
    if (property == NULL) {
        const json_t *iso = json_object_get(properties, "ISO_A3");
        return iso != NULL ? iso : id;
    }
    return strcmp(property, "id") == 0 ? id : json_object_get(properties, property);
}

/* The code as text; "" where there is none. Whole numbers are codes too. */
mtm_status mtmi_geo_feature(mtmi_geo_reading *in, const json_t *feature) {
    const json_t *value = mtmi_geo_code(in->property, feature);
    mtmi_buffer code = MTMI_BUFFER_INIT;
    if (json_is_string(value)) {
        mtmi_buffer_text(&code, json_string_value(value));
    } else if (json_is_integer(value)) {
        mtmi_buffer_int(&code, json_integer_value(value));
    }
    in->coded += code.size > 0;
    mtm_status status = code.failed ? mtmi_error_memory(in->err)
                                    : mtmi_geo_begin_area(in->geo, code.data != NULL ? code.data : "", in->err);
    mtmi_buffer_free(&code);
    return status;
}
