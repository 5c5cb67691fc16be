/* Boundaries of areas: frozen once read, shared by counted references. Knows no figures. */
#ifndef MTMI_GEO_GEO_H
#define MTMI_GEO_GEO_H

#include <mtm/status.h>

#include <stddef.h>
#include <stdint.h>

typedef struct mtmi_geo_place {
    int32_t longitude, latitude; /* millionths of a degree, east and north; of a ring that ended within 180 degrees */
} mtmi_geo_place;

typedef struct mtmi_geo_ring {
    size_t first, n; /* of the points; the last is not the first again */
} mtmi_geo_ring;

typedef struct mtmi_geo_area {
    char *code;      /* "" where the file has none: drawn, but no figure is of it */
    size_t first, n; /* of the rings: of one area only one after another */
} mtmi_geo_area;

typedef struct mtmi_geo {
    mtmi_geo_area *areas;
    size_t n_areas, areas_capacity;
    mtmi_geo_ring *rings;
    size_t n_rings, rings_capacity;
    mtmi_geo_place *points;
    size_t n_points, points_capacity;
    struct mtmi_geo_holders *holders;
} mtmi_geo;

#define MTMI_GEO_MOST_POINTS ((size_t)1 << 22)
#define MTMI_GEO_LARGEST_FILE ((size_t)64 << 20)

/* Reads GeoJSON (a FeatureCollection) or TopoJSON. property: of a feature, with the code; "id" is the feature's own id,
 * NULL ISO_A3 where a feature has it, else its id. name is what errors call the file. Areas are Polygons and MultiPolygons; what else there is is passed over. */
mtm_status mtmi_geo_read(const char *bytes, size_t size, const char *name, const char *property, mtmi_geo **out,
                         mtm_error *err);
mtmi_geo *mtmi_geo_share(const mtmi_geo *geo); /* one more holder; NULL gives NULL */
void mtmi_geo_free(mtmi_geo *geo);             /* one holder less */
/* Gives an area another code, before the boundaries are shared; 0 without memory. */
int mtmi_geo_rename(mtmi_geo *geo, size_t area, const char *code);

/* For readers: an area begins, a ring of it begins, a point of it follows. */
mtm_status mtmi_geo_begin_area(mtmi_geo *geo, const char *code, mtm_error *err);
mtm_status mtmi_geo_begin_ring(mtmi_geo *geo, mtm_error *err);
mtm_status mtmi_geo_add(mtmi_geo *geo, const char *name, double longitude, double latitude, mtm_error *err);
/* A ring ends: without its repeated last point; one of fewer than three points is taken back. One that crosses the meridian of
 * 180 degrees is cut there, one round a pole gets the pole. */
mtm_status mtmi_geo_end_ring(mtmi_geo *geo, mtm_error *err);

#endif
