/* Equal-area projections of boundaries on a sphere: an area on the map is as large as it is on the ground. Of the world
 * Equal Earth; of what is smaller Lambert's azimuthal projection about its middle. */
#ifndef MTMI_GEO_PROJECTION_H
#define MTMI_GEO_PROJECTION_H

#include "geo/geo.h"

typedef struct mtmi_geo_projection {
    int azimuthal;               /* else Equal Earth about longitude 0 */
    int32_t longitude, latitude; /* of the middle, in millionths of a degree */
    int64_t sine, cosine;        /* of that latitude */
} mtmi_geo_projection;

/* On the plane: parts of the sphere's radius, 2^30 to one; north is up. */
typedef struct mtmi_geo_point {
    int64_t x, y;
} mtmi_geo_point;

mtmi_geo_projection mtmi_geo_projection_for(const mtmi_geo *geo);
mtmi_geo_point mtmi_geo_project(const mtmi_geo_projection *projection, mtmi_geo_place place);
/* Sine and cosine of millionths of a degree (at most 180 degrees either way), as parts of 2^30. */
void mtmi_geo_sine(int64_t millionths, int64_t *sine, int64_t *cosine);

#endif
