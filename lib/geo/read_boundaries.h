/* Between the readers of boundaries. Private to geo/. */
#ifndef MTMI_GEO_READ_BOUNDARIES_H
#define MTMI_GEO_READ_BOUNDARIES_H

#include "geo/geo.h"

#include <jansson.h>

typedef struct mtmi_geo_reading {
    mtmi_geo *geo;
    const char *name, *property;
    size_t coded; /* areas with a code */
    mtm_error *err;
} mtmi_geo_reading;

mtm_status mtmi_geo_new(mtmi_geo **out, mtm_error *err);
/* The code of a feature as it stands; NULL for none. */
const json_t *mtmi_geo_code(const char *property, const json_t *feature);
/* Begins the area of a feature (a geometry of TopoJSON) with its code. */
mtm_status mtmi_geo_feature(mtmi_geo_reading *in, const json_t *feature);
/* A place of two numbers or more; refuses another. */
mtm_status mtmi_geo_position(const mtmi_geo_reading *in, const json_t *position, double *x, double *y);
mtm_status mtmi_geo_refuse(const mtmi_geo_reading *in, const char *found, const char *expected);

/* topology.c */
mtm_status mtmi_geo_topology(mtmi_geo_reading *in, const json_t *topology);

#endif
