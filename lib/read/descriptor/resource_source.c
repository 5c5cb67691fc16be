/* What a resource says of its source: who published it, under which title, where, why figures are revised. It becomes the
 * source note of a dataset (Frictionless sources, licenses and contributors, and properties under mtm). */
#include "read/descriptor/resource_internal.h"

#include "base/memory.h"

#include <string.h>

/* The first element of a list of objects, or NULL. */
static const json_t *first_of(mtmi_properties *in, const json_t *json, const char *key) {
    const json_t *list = mtmi_properties_array(in, json, key);
    const json_t *first = list == NULL ? NULL : json_array_get(list, 0);
    return json_is_object(first) ? first : NULL;
}

static int is_publisher(const json_t *contributor) {
    const char *role = json_string_value(json_object_get(contributor, "role"));
    const json_t *list = json_object_get(contributor, "roles");
    int found = role != NULL && strcmp(role, "publisher") == 0;

    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        found |= text != NULL && strcmp(text, "publisher") == 0;
    }
    return found;
}

/* mtm.publisher is a text, or an object of languages: the first of them is the one that sources are known by. */
static void read_names(mtmi_properties *in, const json_t *mtm, mtmi_source_note *out) {
    if (!json_is_object(json_object_get(mtm, "publisher"))) {
        mtmi_properties_text(in, mtm, "publisher", &out->publisher);
        return;
    }
    mtmi_properties_titles(in, mtm, "publisher", &out->publisher_names);
    const char *first = mtmi_titles_get(&out->publisher_names, MTM_LANGUAGE_EN);
    if (in->status == MTM_OK && *first == '\0') {
        mtmi_properties_refuse(in, "publisher", "no name", "a name in en, ru or kk");
    } else if (in->status == MTM_OK && (out->publisher = mtmi_memory_copy_text(first)) == NULL) {
        mtmi_properties_no_memory(in);
    }
}

static void read_publisher(mtmi_properties *in, const json_t *json, mtmi_source_note *out) {
    const json_t *list = mtmi_properties_array(in, json, "contributors");

    read_names(in, json_object_get(json, "mtm"), out);
    for (size_t i = 0; out->publisher == NULL && i < json_array_size(list); i++) {
        const json_t *contributor = json_array_get(list, i);
        if (is_publisher(contributor)) {
            mtmi_properties_text(in, contributor, "title", &out->publisher);
        }
    }
}

/* One line of the bibliography. */
void mtmi_resource_source(mtmi_properties *in, const json_t *json, mtmi_source_note *out) {
    const json_t *source = first_of(in, json, "sources");
    const json_t *licence = first_of(in, json, "licenses");

    read_publisher(in, json, out);
    mtmi_properties_text(in, source, "title", &out->title);
    mtmi_properties_text(in, source, "path", &out->path);
    if (out->path == NULL) {
        mtmi_properties_text(in, source, "web", &out->path);
    }
    mtmi_properties_text(in, json_object_get(json, "mtm"), "accessed", &out->accessed);
    mtmi_properties_titles(in, json_object_get(json, "mtm"), "revisions", &out->revisions);
    mtmi_properties_text(in, licence, "title", &out->licence);
    if (out->licence == NULL) {
        mtmi_properties_text(in, licence, "name", &out->licence);
    }
}
