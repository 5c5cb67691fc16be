/* The component that a table belongs to, and what it says of itself as one of it. */
#include "base/memory.h"
#include "data/dataset.h"

#include <string.h>

const char *mtmi_component_name(mtmi_component component) {
    static const char *const names[] = {"", "mobility-tracking", "flow-registry", "registration", "survey"};
    return names[component];
}

int mtmi_component_copy(const mtmi_component_facts *from, mtmi_component_facts *to) {
    *to = *from;
    to->operation = mtmi_memory_copy_text(from->operation);
    to->assessment = mtmi_memory_copy_text(from->assessment);
    return (from->operation == NULL || to->operation != NULL) && (from->assessment == NULL || to->assessment != NULL);
}

void mtmi_component_free(mtmi_component_facts *facts) {
    mtmi_memory_free(facts->operation);
    mtmi_memory_free(facts->assessment);
    memset(facts, 0, sizeof *facts);
    facts->level = -1;
}
