/* Keeps areas, rings and points in three growing lists, and counts who holds them. */
#include "geo/geo.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "geo/read_boundaries.h"

#include <stdatomic.h>
#include <string.h>

#define HALF 180000000
#define ROUND ((int64_t)360000000)

struct mtmi_geo_holders {
    atomic_size_t n;
};

mtm_status mtmi_geo_new(mtmi_geo **out, mtm_error *err) {
    mtmi_geo *geo = mtmi_memory_new(1, sizeof *geo);
    struct mtmi_geo_holders *holders = mtmi_memory_new(1, sizeof *holders);
    *out = NULL;
    if (geo == NULL || holders == NULL) {
        mtmi_memory_free(geo);
        mtmi_memory_free(holders);
        return mtmi_error_memory(err);
    }
    atomic_init(&holders->n, 1);
    geo->holders = holders;
    *out = geo;
    return MTM_OK;
}

mtmi_geo *mtmi_geo_share(const mtmi_geo *geo) {
    if (geo != NULL) {
        (void)atomic_fetch_add(&geo->holders->n, 1);
    }
    return (mtmi_geo *)(uintptr_t)geo;
}

void mtmi_geo_free(mtmi_geo *geo) {
    if (geo == NULL || atomic_fetch_sub(&geo->holders->n, 1) > 1) {
        return;
    }
    for (size_t i = 0; i < geo->n_areas; i++) {
        mtmi_memory_free(geo->areas[i].code);
    }
    mtmi_memory_free(geo->areas);
    mtmi_memory_free(geo->rings);
    mtmi_memory_free(geo->points);
    mtmi_memory_free(geo->holders);
    mtmi_memory_free(geo);
}

int mtmi_geo_rename(mtmi_geo *geo, size_t area, const char *code) {
    char *copy = mtmi_memory_copy_text(code);
    if (copy == NULL) {
        return 0;
    }
    mtmi_memory_free(geo->areas[area].code);
    geo->areas[area].code = copy;
    return 1;
}

mtm_status mtmi_geo_begin_area(mtmi_geo *geo, const char *code, mtm_error *err) {
    void *areas = geo->areas;
    char *copy = mtmi_memory_copy_text(code);
    if (copy == NULL || !mtmi_memory_reserve(&areas, &geo->areas_capacity, geo->n_areas + 1, sizeof *geo->areas)) {
        mtmi_memory_free(copy);
        return mtmi_error_memory(err);
    }
    geo->areas = areas;
    geo->areas[geo->n_areas++] = (mtmi_geo_area){copy, geo->n_rings, 0};
    return MTM_OK;
}

mtm_status mtmi_geo_begin_ring(mtmi_geo *geo, mtm_error *err) {
    void *rings = geo->rings;
    if (!mtmi_memory_reserve(&rings, &geo->rings_capacity, geo->n_rings + 1, sizeof *geo->rings)) {
        return mtmi_error_memory(err);
    }
    geo->rings = rings;
    geo->rings[geo->n_rings++] = (mtmi_geo_ring){geo->n_points, 0};
    geo->areas[geo->n_areas - 1].n++;
    return MTM_OK;
}

/* Half a millionth goes away from zero. The condition is also false for what is no number. */
static int to_millionths(double degrees, double most, int32_t *out) {
    if (!(degrees >= -most - 0.001 && degrees <= most + 0.001)) {
        return 0;
    }
    double kept = degrees > most ? most : degrees < -most ? -most : degrees;
    *out = (int32_t)(kept * 1e6 + (kept < 0 ? -0.5 : 0.5));
    return 1;
}

/* The longitude that is nearest to the point before: a ring goes on over 180 degrees until it ends. */
static int32_t unwrap(const mtmi_geo *geo, const mtmi_geo_ring *ring, int32_t longitude) {
    if (ring->n == 0) {
        return longitude;
    }
    int64_t before = geo->points[geo->n_points - 1].longitude, at = longitude;
    while (at - before > HALF && at > -2 * ROUND) {
        at -= ROUND;
    }
    while (before - at > HALF && at < 2 * ROUND) {
        at += ROUND;
    }
    return (int32_t)at;
}

static mtm_status append(mtmi_geo *geo, mtmi_geo_place place, mtm_error *err) {
    void *points = geo->points;
    if (!mtmi_memory_reserve(&points, &geo->points_capacity, geo->n_points + 1, sizeof *geo->points)) {
        return mtmi_error_memory(err);
    }
    geo->points = points;
    geo->points[geo->n_points++] = place;
    geo->rings[geo->n_rings - 1].n++;
    return MTM_OK;
}

mtm_status mtmi_geo_add(mtmi_geo *geo, const char *name, double longitude, double latitude, mtm_error *err) {
    mtmi_geo_ring *ring = &geo->rings[geo->n_rings - 1];
    mtmi_geo_place place;
    if (!to_millionths(longitude, 180, &place.longitude) || !to_millionths(latitude, 90, &place.latitude)) {
        return mtmi_error_set(
            err, MTM_ERROR_SCHEMA, 0, (mtmi_place){name, 0, 0},
            "found a place outside -180 to 180 and -90 to 90 degrees, expected longitude and latitude "
            "(EPSG:4326); project the boundaries back to degrees");
    }
    if (geo->n_points >= MTMI_GEO_MOST_POINTS) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){name, 0, 0},
                              "found more than %d points, expected fewer; simplify the boundaries",
                              (int)MTMI_GEO_MOST_POINTS);
    }
    place.longitude = unwrap(geo, ring, place.longitude);
    if (ring->n > 0 && geo->points[geo->n_points - 1].longitude == place.longitude &&
        geo->points[geo->n_points - 1].latitude == place.latitude) {
        return MTM_OK;
    }
    return append(geo, place, err);
}

/* Takes the last ring back. */
static void drop_ring(mtmi_geo *geo) {
    geo->n_points = geo->rings[--geo->n_rings].first;
    geo->areas[geo->n_areas - 1].n--;
}

/* A ring that does not come back to where it began goes round a pole: over it back to the beginning. */
static mtm_status close_pole(mtmi_geo *geo, mtm_error *err) {
    mtmi_geo_ring *ring = &geo->rings[geo->n_rings - 1];
    const mtmi_geo_place first = geo->points[ring->first], last = geo->points[geo->n_points - 1];
    if (first.longitude - (int64_t)last.longitude < HALF && last.longitude - (int64_t)first.longitude < HALF) {
        return MTM_OK;
    }
    const int32_t pole = first.latitude + (int64_t)last.latitude < 0 ? -90000000 : 90000000;
    const int64_t round = last.longitude > first.longitude ? ROUND : -ROUND;
    MTMI_CHECK_STATUS(append(geo, (mtmi_geo_place){(int32_t)(first.longitude + round), first.latitude}, err));
    MTMI_CHECK_STATUS(append(geo, (mtmi_geo_place){(int32_t)(first.longitude + round), pole}, err));
    return append(geo, (mtmi_geo_place){first.longitude, pole}, err);
}

/* Where the line from a to b meets a meridian that lies between them. */
static mtmi_geo_place crossing(mtmi_geo_place a, mtmi_geo_place b, int64_t meridian) {
    int64_t along = meridian - a.longitude, whole = (int64_t)b.longitude - a.longitude;
    return (mtmi_geo_place){(int32_t)meridian,
                            (int32_t)(a.latitude + ((int64_t)b.latitude - a.latitude) * along / whole)};
}

typedef struct side {
    int64_t meridian;
    int east; /* what lies east of it is kept, else west */
} side;

static int is_in(const side *s, mtmi_geo_place at) {
    return s->east ? at.longitude >= s->meridian : at.longitude <= s->meridian;
}

/* What of a ring lies on one side (Sutherland and Hodgman 1974). to: places for twice as many and one. */
static size_t cut(const side *s, const mtmi_geo_place *from, size_t n, mtmi_geo_place *to) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        mtmi_geo_place at = from[i], next = from[(i + 1) % n];
        if (is_in(s, at)) {
            to[kept++] = at;
        }
        if (is_in(s, at) != is_in(s, next)) {
            to[kept++] = crossing(at, next, s->meridian);
        }
    }
    return kept;
}

/* The part of a ring in the k-th turn from the prime meridian, as a ring of its own. */
static mtm_status add_turn(mtmi_geo *geo, const mtmi_geo_place *ring, size_t n, int64_t turn, mtmi_geo_place *room,
                           mtm_error *err) {
    const side west = {turn * ROUND - HALF, 1}, east = {turn * ROUND + HALF, 0};
    mtmi_geo_place *half = room, *whole = room + 2 * n + 1;
    size_t kept = cut(&east, half, cut(&west, ring, n, half), whole);
    if (kept < 3) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_geo_begin_ring(geo, err));
    for (size_t i = 0; i < kept; i++) {
        whole[i].longitude = (int32_t)(whole[i].longitude - turn * ROUND);
        MTMI_CHECK_STATUS(append(geo, whole[i], err));
    }
    return MTM_OK;
}

/* Cuts the last ring at 180 degrees where it goes beyond. */
static mtm_status cut_turns(mtmi_geo *geo, mtm_error *err) {
    const mtmi_geo_ring ring = geo->rings[geo->n_rings - 1];
    int beyond = 0;
    for (size_t i = 0; i < ring.n; i++) {
        beyond |= geo->points[ring.first + i].longitude > HALF || geo->points[ring.first + i].longitude < -HALF;
    }
    if (!beyond) {
        return MTM_OK;
    }
    mtm_status status = MTM_OK;
    mtmi_geo_place *copy = mtmi_memory_new(ring.n, sizeof *copy);
    mtmi_geo_place *room = mtmi_memory_new(6 * ring.n + 4, sizeof *room);
    MTMI_TRY(copy == NULL || room == NULL ? mtmi_error_memory(err) : MTM_OK);
    memcpy(copy, geo->points + ring.first, ring.n * sizeof *copy);
    drop_ring(geo);
    for (int64_t turn = -2; turn <= 2; turn++) {
        MTMI_TRY(add_turn(geo, copy, ring.n, turn, room, err));
    }
out:
    mtmi_memory_free(copy);
    mtmi_memory_free(room);
    return status;
}

mtm_status mtmi_geo_end_ring(mtmi_geo *geo, mtm_error *err) {
    mtmi_geo_ring *ring = &geo->rings[geo->n_rings - 1];
    if (ring->n > 1 && geo->points[ring->first].longitude == geo->points[geo->n_points - 1].longitude &&
        geo->points[ring->first].latitude == geo->points[geo->n_points - 1].latitude) {
        ring->n--;
        geo->n_points--;
    }
    if (ring->n < 3) {
        drop_ring(geo);
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(close_pole(geo, err));
    return cut_turns(geo, err);
}
