/* Reads which component of the Displacement Tracking Matrix a resource belongs to, and what follows for printing it. */
#include "read/descriptor/resource_internal.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { DEEPEST = 4 };

/* The component of a concept, where nothing says one. */
static mtmi_component component_of(const mtmi_resource *resource) {
    /* clang-format off */
    static const struct { const char *concept; mtmi_component component; } concepts[] = {
        {"displacement", MTMI_COMPONENT_MOBILITY}, {"displacement-event", MTMI_COMPONENT_MOBILITY},
        {"location-needs", MTMI_COMPONENT_MOBILITY}, {"flow-monitoring", MTMI_COMPONENT_FLOW_REGISTRY},
        {"observation", MTMI_COMPONENT_FLOW_REGISTRY},
    };
    /* clang-format on */
    for (size_t i = 0; resource->concept != NULL && i < COUNT(concepts); i++) {
        if (strcmp(resource->concept, concepts[i].concept) == 0) {
            return concepts[i].component;
        }
    }
    return resource->survey ? MTMI_COMPONENT_SURVEY : MTMI_COMPONENT_NONE;
}

static void read_publish(mtmi_properties *in, const json_t *mtm, mtmi_component_facts *out) {
    static const char *const known[] = {"level"};
    const json_t *publish = mtmi_properties_object(in, mtm, "publish");
    const size_t before = mtmi_properties_enter(in, "publish");
    int64_t level = -1;
    mtmi_properties_check(in, publish, known, COUNT(known));
    mtmi_properties_int(in, publish, "level", 0, DEEPEST, &level);
    out->level = (int)level;
    mtmi_properties_leave(in, before);
}

static void read_prefer(mtmi_properties *in, const json_t *mtm, mtmi_component_facts *out) {
    static const char *const known[] = {"operation", "assessment-type"};
    const json_t *prefer = mtmi_properties_object(in, mtm, "prefer");
    const size_t before = mtmi_properties_enter(in, "prefer");
    mtmi_properties_check(in, prefer, known, COUNT(known));
    mtmi_properties_text(in, prefer, "operation", &out->operation);
    mtmi_properties_text(in, prefer, "assessment-type", &out->assessment);
    mtmi_properties_leave(in, before);
}

void mtmi_resource_component(mtmi_properties *in, const json_t *mtm, mtmi_resource *out) {
    static const mtmi_choice components[] = {{"mobility-tracking", MTMI_COMPONENT_MOBILITY},
                                             {"flow-registry", MTMI_COMPONENT_FLOW_REGISTRY},
                                             {"registration", MTMI_COMPONENT_REGISTRATION},
                                             {"survey", MTMI_COMPONENT_SURVEY}};
    static const mtmi_choice classes[] = {
        {"public", MTMI_PUBLIC}, {"internal", MTMI_INTERNAL}, {"sensitive", MTMI_SENSITIVE}};
    int component = (int)component_of(out), class = MTMI_PUBLIC;
    mtmi_properties_choice(in, mtm, "component", components, COUNT(components), &component);
    mtmi_properties_choice(in, mtm, "sensitivity", classes, COUNT(classes), &class);
    out->component.kind = (mtmi_component)component;
    out->component.sensitivity = (mtmi_sensitivity) class;
    read_publish(in, mtm, &out->component);
    read_prefer(in, mtm, &out->component);
}
