/* Members whose territory changed hands between two periods: a region formed from a part of another, a country that fell
 * apart. Figures of both sides compare where the parts are put together, and all of them are there. */
#ifndef MTMI_COVERAGE_TERRITORY_H
#define MTMI_COVERAGE_TERRITORY_H

#include "coverage/extent.h"

/* From a day on `member` is apart from `predecessor`, or has taken it in. Texts are lent by the dataset and the code lists. */
typedef struct mtmi_territory_change {
    size_t dimension;
    const char *member, *predecessor;
    int32_t from;
} mtmi_territory_change;

typedef struct mtmi_territory {
    const mtm_dataset *dataset;
    mtmi_territory_change *change;
    size_t n, capacity;
} mtmi_territory;

/* The changes behind the first day of the earlier period, up to the last day of the later one. Lists of the data package come
 * before the code list's table; what a list leaves out never was. */
mtm_status mtmi_territory_find(const mtm_dataset *dataset, mtm_period earlier, mtm_period later, mtmi_territory *out,
                               mtm_error *err);
void mtmi_territory_free(mtmi_territory *territory);

/* Whether a member gave or got territory. */
int mtmi_territory_touches(const mtmi_territory *territory, const char *dimension, const char *member);
/* Whether a box restricts to such a member. */
int mtmi_territory_has_part(const mtmi_territory *territory, const mtmi_boxes *boxes, uint32_t box);
/* Whether the dataset has rows of a change's member. */
int mtmi_territory_is_listed(const mtmi_territory *territory, size_t change);

/* The box with every member replaced by the one that its territory was part of; MTMI_MAP_NONE when memory ran out. */
uint32_t mtmi_territory_root(const mtmi_territory *territory, mtmi_boxes *boxes, uint32_t box);

/* Tells of a number whether such a box is there. */
typedef int (*mtmi_territory_has)(const void *context, uint32_t box);
/* Whether all that a box's territory now consists of, in a period, is there too. */
mtm_status mtmi_territory_is_whole(const mtmi_territory *territory, mtmi_boxes *boxes, uint32_t box, mtm_period period,
                                   mtmi_territory_has has, const void *context, int *is_whole, mtm_error *err);

/* Whether two extents are of one territory, and alike when its parts are put together. */
mtm_status mtmi_territory_alike(const mtmi_territory *territory, mtmi_boxes *boxes, const mtmi_extent *a,
                                const mtmi_extent *b, int *alike, mtm_error *err);

/* Outside its dates a member does not exist; a list's own dates come before the code list's. */
int mtmi_territory_exists(const mtmi_dimension *dimension, const char *code, mtm_period period);

#endif
