/* Keeps boundaries by dimension; copies share them. */
#include "data/boundaries.h"

#include "base/memory.h"

#include <string.h>

int mtmi_boundaries_add(mtmi_boundaries *boundaries, const char *dimension, const char *credit, mtmi_geo *geo) {
    mtmi_bounded *list = mtmi_memory_resize(boundaries->list, boundaries->n + 1, sizeof *list);
    char *name = mtmi_memory_copy_text(dimension), *owner = mtmi_memory_copy_text(credit);
    boundaries->list = list != NULL ? list : boundaries->list;
    if (list == NULL || name == NULL || owner == NULL) {
        mtmi_memory_free(name);
        mtmi_memory_free(owner);
        mtmi_geo_free(geo);
        return 0;
    }
    list[boundaries->n++] = (mtmi_bounded){name, owner, geo};
    return 1;
}

int mtmi_boundaries_copy(const mtmi_boundaries *from, mtmi_boundaries *to) {
    memset(to, 0, sizeof *to);
    for (size_t i = 0; i < from->n; i++) {
        const mtmi_bounded *one = &from->list[i];
        if (!mtmi_boundaries_add(to, one->dimension, one->credit, mtmi_geo_share(one->geo))) {
            return 0;
        }
    }
    return 1;
}

void mtmi_boundaries_free(mtmi_boundaries *boundaries) {
    for (size_t i = 0; i < boundaries->n; i++) {
        mtmi_memory_free(boundaries->list[i].dimension);
        mtmi_memory_free(boundaries->list[i].credit);
        mtmi_geo_free(boundaries->list[i].geo);
    }
    mtmi_memory_free(boundaries->list);
    memset(boundaries, 0, sizeof *boundaries);
}

const mtmi_bounded *mtmi_boundaries_of(const mtmi_boundaries *boundaries, const char *dimension) {
    const mtmi_bounded *countries = NULL;
    for (size_t i = 0; i < boundaries->n; i++) {
        if (strcmp(boundaries->list[i].dimension, dimension) == 0) {
            return &boundaries->list[i];
        }
        countries = strcmp(boundaries->list[i].dimension, "country") == 0 ? &boundaries->list[i] : countries;
    }
    return countries;
}
