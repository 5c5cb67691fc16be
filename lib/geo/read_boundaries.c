/* Reads GeoJSON (RFC 7946) features, and hands TopoJSON on. */
#include "geo/read_boundaries.h"

#include "base/error.h"
#include "base/json_read.h"
#include "base/try.h"

#include <string.h>

static mtm_status read_ring(mtmi_geo_reading *in, const json_t *ring) {
    size_t i;
    const json_t *position;
    double x = 0, y = 0;
    if (!json_is_array(ring)) {
        return mtmi_geo_refuse(in, "a ring that is no list", "a list of places");
    }
    MTMI_CHECK_STATUS(mtmi_geo_begin_ring(in->geo, in->err));
    json_array_foreach(ring, i, position) {
        MTMI_CHECK_STATUS(mtmi_geo_position(in, position, &x, &y));
        MTMI_CHECK_STATUS(mtmi_geo_add(in->geo, in->name, x, y, in->err));
    }
    return mtmi_geo_end_ring(in->geo, in->err);
}

static mtm_status read_polygon(mtmi_geo_reading *in, const json_t *rings) {
    size_t i;
    const json_t *ring;
    if (!json_is_array(rings)) {
        return mtmi_geo_refuse(in, "a polygon without coordinates", "a list of rings");
    }
    json_array_foreach(rings, i, ring) {
        MTMI_CHECK_STATUS(read_ring(in, ring));
    }
    return MTM_OK;
}

static mtm_status read_geometry(mtmi_geo_reading *in, const json_t *geometry) {
    const char *type = json_string_value(json_object_get(geometry, "type"));
    const json_t *coordinates = json_object_get(geometry, "coordinates"), *inner;
    size_t i;
    if (type != NULL && strcmp(type, "Polygon") == 0) {
        return read_polygon(in, coordinates);
    }
    if (type != NULL && strcmp(type, "MultiPolygon") == 0) {
        if (!json_is_array(coordinates)) {
            return mtmi_geo_refuse(in, "a MultiPolygon without coordinates", "a list of polygons");
        }
        json_array_foreach(coordinates, i, inner) {
            MTMI_CHECK_STATUS(read_polygon(in, inner));
        }
    } else if (type != NULL && strcmp(type, "GeometryCollection") == 0) {
        json_array_foreach(json_object_get(geometry, "geometries"), i, inner) {
            MTMI_CHECK_STATUS(read_geometry(in, inner)); /* as deep as the reader of JSON lets it be */
        }
    }
    return MTM_OK;
}

static mtm_status read_features(mtmi_geo_reading *in, const json_t *features) {
    size_t i;
    const json_t *feature;
    if (!json_is_array(features)) {
        return mtmi_geo_refuse(in, "a FeatureCollection without features", "a list of features");
    }
    json_array_foreach(features, i, feature) {
        MTMI_CHECK_STATUS(mtmi_geo_feature(in, feature));
        MTMI_CHECK_STATUS(read_geometry(in, json_object_get(feature, "geometry")));
    }
    return MTM_OK;
}

static mtm_status read_json(mtmi_geo_reading *in, const json_t *json) {
    const char *type = json_string_value(json_object_get(json, "type"));
    if (type != NULL && strcmp(type, "Topology") == 0) {
        MTMI_CHECK_STATUS(mtmi_geo_topology(in, json));
    } else if (type != NULL && strcmp(type, "FeatureCollection") == 0) {
        MTMI_CHECK_STATUS(read_features(in, json_object_get(json, "features")));
    } else {
        return mtmi_geo_refuse(in, "JSON that is no boundaries",
                               "a FeatureCollection (GeoJSON) or a Topology (TopoJSON)");
    }
    if (in->geo->n_rings == 0) {
        return mtmi_geo_refuse(in, "no polygon", "areas that are Polygons or MultiPolygons");
    }
    if (in->coded == 0) {
        return mtmi_error_set(in->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){in->name, 0, 0},
                              "found no area with the property %q, expected the property that holds the code of each "
                              "area; name it as code (\"id\" for the id of the features)",
                              in->property != NULL ? in->property : "ISO_A3");
    }
    return MTM_OK;
}

mtm_status mtmi_geo_read(const char *bytes, size_t size, const char *name, const char *property, mtmi_geo **out,
                         mtm_error *err) {
    json_t *json = NULL;
    mtmi_geo_reading in = {NULL, name, property, 0, err};
    mtm_status status = MTM_OK;
    *out = NULL;
    MTMI_TRY(mtmi_json_load(bytes, size, name, &json, err));
    MTMI_TRY(mtmi_geo_new(&in.geo, err));
    MTMI_TRY(read_json(&in, json));
    *out = in.geo;
    in.geo = NULL;
out:
    json_decref(json);
    mtmi_geo_free(in.geo);
    return status;
}
