/* Finds places by their codes, and what they lie in. Invariant: a walk upwards ends, whatever the list says. */
#include "read/descriptor/gazetteer.h"

#include "base/memory.h"

enum { DEEPEST = 16 /* steps of a walk: a list whose parents go round in a circle ends it */ };

void mtmi_gazetteer_free(mtmi_gazetteer *gazetteer) {
    if (gazetteer != NULL) {
        mtmi_map_free(&gazetteer->codes);
        mtmi_memory_free(gazetteer->places);
        mtmi_memory_free(gazetteer);
    }
}

uint32_t mtmi_gazetteer_number(mtmi_gazetteer *gazetteer, const char *code, size_t length) {
    void *places = gazetteer->places;
    const size_t before = gazetteer->codes.n;
    const uint32_t number = mtmi_map_add(&gazetteer->codes, code, length);
    if (number == MTMI_MAP_NONE || number < before) {
        return number;
    }
    if (!mtmi_memory_reserve(&places, &gazetteer->capacity, (size_t)number + 1, sizeof *gazetteer->places)) {
        return MTMI_MAP_NONE;
    }
    gazetteer->places = places;
    gazetteer->places[number] = (mtmi_gazetteer_place){-1, MTMI_MAP_NONE, {INT32_MIN, INT32_MAX}, 0};
    return number;
}

const mtmi_gazetteer_place *mtmi_gazetteer_find(const mtmi_gazetteer *gazetteer, const char *code, size_t length) {
    const uint32_t number = mtmi_map_find(&gazetteer->codes, code, length);
    return number != MTMI_MAP_NONE && gazetteer->places[number].level >= 0 ? &gazetteer->places[number] : NULL;
}

uint32_t mtmi_gazetteer_above(const mtmi_gazetteer *gazetteer, uint32_t place, int level) {
    for (int steps = 0; place != MTMI_MAP_NONE && steps < DEEPEST; steps++) {
        if (gazetteer->places[place].level == level) {
            return place;
        }
        place = gazetteer->places[place].parent;
    }
    return MTMI_MAP_NONE;
}
