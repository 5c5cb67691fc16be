/* Places with their codes, levels, parents and dates, as a list of p-codes gives them. */
#ifndef MTMI_READ_DESCRIPTOR_GAZETTEER_H
#define MTMI_READ_DESCRIPTOR_GAZETTEER_H

#include "base/map.h"

#include <mtm/period.h>

typedef struct mtmi_gazetteer_place {
    int level;        /* -1: named as a parent only, and no place of the list */
    uint32_t parent;  /* number of its parent; MTMI_MAP_NONE for none */
    mtm_period valid; /* days; from INT32_MIN, to INT32_MAX where nothing is said */
    int64_t line;
} mtmi_gazetteer_place;

typedef struct mtmi_gazetteer {
    mtmi_map codes; /* as they are written; their numbers are those of places */
    mtmi_gazetteer_place *places;
    size_t capacity;
} mtmi_gazetteer;

void mtmi_gazetteer_free(mtmi_gazetteer *gazetteer);
/* The number of a code, which becomes a place of level -1 where it is new; MTMI_MAP_NONE when there is no memory. */
uint32_t mtmi_gazetteer_number(mtmi_gazetteer *gazetteer, const char *code, size_t length);
/* The place of a code; NULL where the list has none. */
const mtmi_gazetteer_place *mtmi_gazetteer_find(const mtmi_gazetteer *gazetteer, const char *code, size_t length);
/* The number of the place of a level that a place is in: itself, or one above; MTMI_MAP_NONE where the list says none. */
uint32_t mtmi_gazetteer_above(const mtmi_gazetteer *gazetteer, uint32_t place, int level);

#endif
