/* Reads a resource that is the boundaries of areas: {"path": "regions.geojson", "mtm": {"boundaries": "region",
 * "code": "ADM1_PCODE"}}. */
#include "read/descriptor/descriptor.h"

#include "base/error.h"
#include "base/memory.h"
#include "read/descriptor/path.h"

#include <string.h>

int mtmi_descriptor_is_boundaries(const json_t *resource) {
    return json_object_get(json_object_get(resource, "mtm"), "boundaries") != NULL;
}

static const char *first_title(const json_t *json) {
    const char *title =
        json_string_value(json_object_get(json_array_get(json_object_get(json, "sources"), 0), "title"));
    return title != NULL ? title : "";
}

static void check_path(mtmi_properties *in, const char *path) {
    const char *wrong = path != NULL ? mtmi_path_wrong(path) : "something else than text";
    if (in->status == MTM_OK && wrong != NULL) {
        in->status = mtmi_error_set(in->err, MTM_ERROR_PATH, 0, (mtmi_place){in->path, 0, 0},
                                    "found %s in the path %q, expected one path inside the folder", wrong,
                                    path != NULL ? path : "");
    }
}

static mtm_status add_file(mtmi_descriptor *descriptor, mtm_error *err, const char *dimension, const char *property,
                           const char *path, const char *credit) {
    mtmi_boundary_file *list = mtmi_memory_resize(descriptor->boundaries, descriptor->n_boundaries + 1, sizeof *list);
    if (list == NULL) {
        return mtmi_error_memory(err);
    }
    descriptor->boundaries = list;
    mtmi_boundary_file *one = &list[descriptor->n_boundaries++];
    *one = (mtmi_boundary_file){mtmi_memory_copy_text(dimension), mtmi_memory_copy_text(property),
                                mtmi_memory_copy_text(path), mtmi_memory_copy_text(credit)};
    return one->dimension != NULL && one->property != NULL && one->path != NULL && one->credit != NULL
               ? MTM_OK
               : mtmi_error_memory(err);
}

mtm_status mtmi_descriptor_boundaries(mtmi_descriptor *descriptor, const json_t *package, const json_t *resource,
                                      mtmi_properties *in) {
    static const char *const known[] = {"boundaries", "code", "title"};
    const char *credit = first_title(resource);
    const json_t *mtm = mtmi_properties_object(in, resource, "mtm");
    const char *path = mtmi_properties_string(in, resource, "path");
    check_path(in, path);
    size_t before = mtmi_properties_enter(in, "mtm");
    mtmi_properties_check(in, mtm, known, sizeof known / sizeof *known);
    const char *dimension = mtmi_properties_string(in, mtm, "boundaries");
    const char *property = mtmi_properties_string(in, mtm, "code");
    if (dimension != NULL && dimension[0] == '\0') {
        mtmi_properties_refuse(in, "boundaries", "an empty text", "the dimension whose members the areas are");
    }
    if (property == NULL || property[0] == '\0') {
        mtmi_properties_refuse(in, "code", "nothing",
                               "the property that holds the code of an area, or \"id\" for the id of the features");
    }
    for (size_t i = 0; dimension != NULL && i < descriptor->n_boundaries; i++) {
        if (strcmp(descriptor->boundaries[i].dimension, dimension) == 0) {
            mtmi_properties_refuse(in, "boundaries", "the dimension of another resource", "one file a dimension");
        }
    }
    mtmi_properties_leave(in, before);
    if (in->status != MTM_OK) {
        return in->status;
    }
    return add_file(descriptor, in->err, dimension, property, path, credit[0] != '\0' ? credit : first_title(package));
}

void mtmi_descriptor_boundaries_free(mtmi_descriptor *descriptor) {
    for (size_t i = 0; i < descriptor->n_boundaries; i++) {
        mtmi_memory_free(descriptor->boundaries[i].dimension);
        mtmi_memory_free(descriptor->boundaries[i].property);
        mtmi_memory_free(descriptor->boundaries[i].path);
        mtmi_memory_free(descriptor->boundaries[i].credit);
    }
    mtmi_memory_free(descriptor->boundaries);
}
