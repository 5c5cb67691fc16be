/* Reads TopoJSON: areas are lists of arcs, which neighbours share; an arc may be steps of a grid. */
#include "geo/read_boundaries.h"

#include "base/try.h"

#include <string.h>

typedef struct topology {
    mtmi_geo_reading *in;
    const json_t *arcs;
    int steps; /* each place is a step from the one before, on the grid of scale and translate */
    double scale[2], translate[2];
} topology;

static mtm_status add_place(const topology *t, double x, double y) {
    return mtmi_geo_add(t->in->geo, t->in->name, t->steps ? x * t->scale[0] + t->translate[0] : x,
                        t->steps ? y * t->scale[1] + t->translate[1] : y, t->in->err);
}

/* Where the steps of an arc lead in all. */
static mtm_status sum_steps(const topology *t, const json_t *arc, double *x, double *y) {
    *x = *y = 0;
    for (size_t i = 0; i < json_array_size(arc); i++) {
        double dx = 0, dy = 0;
        MTMI_CHECK_STATUS(mtmi_geo_position(t->in, json_array_get(arc, i), &dx, &dy));
        *x += dx;
        *y += dy;
    }
    return MTM_OK;
}

static mtm_status add_forwards(const topology *t, const json_t *arc) {
    double x = 0, y = 0, px = 0, py = 0;
    for (size_t i = 0; i < json_array_size(arc); i++) {
        MTMI_CHECK_STATUS(mtmi_geo_position(t->in, json_array_get(arc, i), &px, &py));
        x = t->steps ? x + px : px;
        y = t->steps ? y + py : py;
        MTMI_CHECK_STATUS(add_place(t, x, y));
    }
    return MTM_OK;
}

static mtm_status add_backwards(const topology *t, const json_t *arc) {
    double x = 0, y = 0, px = 0, py = 0;
    if (t->steps) {
        MTMI_CHECK_STATUS(sum_steps(t, arc, &x, &y));
    }
    for (size_t i = json_array_size(arc); i > 0; i--) {
        MTMI_CHECK_STATUS(mtmi_geo_position(t->in, json_array_get(arc, i - 1), &px, &py));
        MTMI_CHECK_STATUS(add_place(t, t->steps ? x : px, t->steps ? y : py));
        x -= px;
        y -= py;
    }
    return MTM_OK;
}

/* -1 is the first arc backwards. */
static mtm_status add_arc(const topology *t, const json_t *number) {
    json_int_t n = json_integer_value(number), count = (json_int_t)json_array_size(t->arcs);
    if (!json_is_integer(number) || n >= count || n < -count) {
        return mtmi_geo_refuse(t->in, "the number of an arc that there is not", "numbers of the list arcs");
    }
    const json_t *arc = json_array_get(t->arcs, (size_t)(n < 0 ? -1 - n : n));
    return n < 0 ? add_backwards(t, arc) : add_forwards(t, arc);
}

static mtm_status add_polygon(const topology *t, const json_t *rings) {
    size_t i, k;
    const json_t *ring, *number;
    json_array_foreach(rings, i, ring) {
        MTMI_CHECK_STATUS(mtmi_geo_begin_ring(t->in->geo, t->in->err));
        json_array_foreach(ring, k, number) {
            MTMI_CHECK_STATUS(add_arc(t, number));
        }
        MTMI_CHECK_STATUS(mtmi_geo_end_ring(t->in->geo, t->in->err));
    }
    return MTM_OK;
}

/* A geometry is a feature of its own; those of a collection are too. */
static mtm_status add_geometry(const topology *t, const json_t *geometry) {
    const char *type = json_string_value(json_object_get(geometry, "type"));
    const json_t *inner;
    size_t i;
    if (type != NULL && strcmp(type, "GeometryCollection") == 0) {
        json_array_foreach(json_object_get(geometry, "geometries"), i, inner) {
            MTMI_CHECK_STATUS(add_geometry(t, inner)); /* as deep as the reader of JSON lets it be */
        }
        return MTM_OK;
    }
    int many = type != NULL && strcmp(type, "MultiPolygon") == 0;
    if (!many && (type == NULL || strcmp(type, "Polygon") != 0)) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_geo_feature(t->in, geometry));
    const json_t *arcs = json_object_get(geometry, "arcs");
    if (!many) {
        return add_polygon(t, arcs);
    }
    json_array_foreach(arcs, i, inner) {
        MTMI_CHECK_STATUS(add_polygon(t, inner));
    }
    return MTM_OK;
}

static mtm_status read_grid(topology *t, const json_t *transform) {
    t->steps = transform != NULL;
    if (!t->steps) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_geo_position(t->in, json_object_get(transform, "scale"), &t->scale[0], &t->scale[1]));
    return mtmi_geo_position(t->in, json_object_get(transform, "translate"), &t->translate[0], &t->translate[1]);
}

/* An object holds the areas when one of its geometries has a code; countries come with their land as a second object. */
static int has_codes(const mtmi_geo_reading *in, const json_t *object) {
    const json_t *list = json_object_get(object, "geometries"), *geometry;
    size_t i;
    json_array_foreach(list, i, geometry) {
        if (mtmi_geo_code(in->property, geometry) != NULL) {
            return 1;
        }
    }
    return 0;
}

mtm_status mtmi_geo_topology(mtmi_geo_reading *in, const json_t *json) {
    topology t = {in, json_object_get(json, "arcs"), 0, {1, 1}, {0, 0}};
    json_t *objects = json_object_get(json, "objects"), *object;
    const char *key;
    if (!json_is_array(t.arcs) || !json_is_object(objects)) {
        return mtmi_geo_refuse(in, "a Topology without arcs and objects", "both");
    }
    MTMI_CHECK_STATUS(read_grid(&t, json_object_get(json, "transform")));
    json_object_foreach(objects, key, object) {
        if (has_codes(in, object)) {
            return add_geometry(&t, object);
        }
    }
    object = json_object_iter_value(json_object_iter(objects));
    return add_geometry(&t, object);
}
