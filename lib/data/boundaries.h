/* Boundaries that a data package brings for maps. Knows no figures. */
#ifndef MTMI_DATA_BOUNDARIES_H
#define MTMI_DATA_BOUNDARIES_H

#include "geo/geo.h"

/* The areas of one dimension, with its codes. */
typedef struct mtmi_bounded {
    char *dimension; /* "region", "adm1"; "country" is of every dimension whose members are countries */
    char *credit;    /* whose they are; "" where not stated */
    mtmi_geo *geo;
} mtmi_bounded;

typedef struct mtmi_boundaries {
    mtmi_bounded *list;
    size_t n;
} mtmi_boundaries;

int mtmi_boundaries_copy(const mtmi_boundaries *from, mtmi_boundaries *to); /* as mtmi_titles_copy */
void mtmi_boundaries_free(mtmi_boundaries *boundaries);
/* Takes geo over, in every case; 0 without memory. */
int mtmi_boundaries_add(mtmi_boundaries *boundaries, const char *dimension, const char *credit, mtmi_geo *geo);
/* Those of the dimension, else those of countries; NULL for none. Lent. */
const mtmi_bounded *mtmi_boundaries_of(const mtmi_boundaries *boundaries, const char *dimension);

#endif
