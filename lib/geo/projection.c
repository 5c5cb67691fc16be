/* Equal-area projections in whole numbers: the same bytes on every machine, no mathematical library. Sines come by
 * rotation (CORDIC, Volder 1959): an angle is put together of angles whose tangents are powers of two. */
#include "geo/projection.h"

#define ONE ((int64_t)1 << 30)  /* 1 outside */
#define FINE ((int64_t)1 << 40) /* 1 within a rotation */

enum { TURNS = 40 };

/* The arc tangents of 1, 1/2, 1/4, ... as parts of FINE. */
/* clang-format off */
static const int64_t angles[TURNS] = {
    INT64_C(863554413089), INT64_C(509785937287), INT64_C(269356888665), INT64_C(136729762476), INT64_C(68630207382),
    INT64_C(34348560106), INT64_C(17178471287), INT64_C(8589759836), INT64_C(4294945451), INT64_C(2147480917),
    INT64_C(1073741483), INT64_C(536870869), INT64_C(268435451), INT64_C(134217727), INT64_C(67108864),
    INT64_C(33554432), INT64_C(16777216), INT64_C(8388608), INT64_C(4194304), INT64_C(2097152),
    INT64_C(1048576), INT64_C(524288), INT64_C(262144), INT64_C(131072), INT64_C(65536),
    INT64_C(32768), INT64_C(16384), INT64_C(8192), INT64_C(4096), INT64_C(2048),
    INT64_C(1024), INT64_C(512), INT64_C(256), INT64_C(128), INT64_C(64),
    INT64_C(32), INT64_C(16), INT64_C(8), INT64_C(4), INT64_C(2),
};
/* clang-format on */

#define SHRINK INT64_C(667681663043) /* what all turns lengthen by, turned round */
#define PI INT64_C(3454217652358)

typedef struct turned {
    int64_t x, y, angle;
} turned;

/* Divided by two so many times, towards zero. */
static int64_t halve(int64_t value, int times_two) {
    return value < 0 ? -(-value >> times_two) : value >> times_two;
}

/* Turns by the angle that is left (by_angle), else until y is nought; halves go towards zero. */
static turned rotate(turned t, int by_angle) {
    for (int i = 0; i < TURNS; i++) {
        int64_t dx = halve(t.y, i), dy = halve(t.x, i);
        int left = by_angle ? t.angle >= 0 : t.y < 0;
        t = left ? (turned){t.x - dx, t.y + dy, t.angle - angles[i]}
                 : (turned){t.x + dx, t.y - dy, t.angle + angles[i]};
    }
    return t;
}

/* An angle of at most 180 degrees, in millionths of a degree, as parts of FINE. */
static int64_t radians(int64_t millionths) {
    return millionths * (PI / 180 / 1000) / 1000;
}

void mtmi_geo_sine(int64_t millionths, int64_t *sine, int64_t *cosine) {
    int flip = millionths > 90000000 || millionths < -90000000;
    int64_t kept = !flip ? millionths : millionths > 0 ? 180000000 - millionths : -180000000 - millionths;
    turned t = rotate((turned){SHRINK, 0, radians(kept)}, 1);
    *sine = t.y / (FINE / ONE);
    *cosine = (flip ? -t.x : t.x) / (FINE / ONE);
}

static int64_t times(int64_t a, int64_t b) {
    return a * b / ONE;
}

/* The whole root, digit by digit. */
static int64_t root(int64_t square) {
    uint64_t left = square > 0 ? (uint64_t)square : 0, found = 0;
    for (uint64_t bit = (uint64_t)1 << 62; bit != 0; bit >>= 2) {
        if (left >= found + bit) {
            left -= found + bit;
            found = (found >> 1) + bit;
        } else {
            found >>= 1;
        }
    }
    return (int64_t)found;
}

static int64_t root_of(int64_t part) { /* of a part of ONE, as a part of ONE */
    return root(part * ONE);
}

/* Equal Earth: B. Savric, T. Patterson, B. Jenny (2018), International Journal of Geographical Information Science 33(3).
 * sin t = sin(latitude) * sqrt(3) / 2, and polynomials in t. */
static mtmi_geo_point equal_earth(int64_t longitude, int64_t latitude) {
    /* A1 = 1.340264, A2 = -0.081106, A3 = 0.000893, A4 = 0.003796 */
    static const int64_t a1 = 1439097516, a2 = -87086905, a3 = 958851, a4 = 4075924;
    static const int64_t half_root_3 = 929887697, two_root_3_by_3 = 1239850263;
    int64_t sine, cosine;
    mtmi_geo_sine(latitude, &sine, &cosine);
    int64_t st = times(sine, half_root_3), ct = root_of(ONE - times(st, st));
    int64_t t = rotate((turned){ct * (FINE / ONE), st * (FINE / ONE), 0}, 0).angle / (FINE / ONE);
    int64_t t2 = times(t, t), t6 = times(t2, times(t2, t2)), t8 = times(t6, t2);
    int64_t slope = 9 * times(a4, t8) + 7 * times(a3, t6) + 3 * times(a2, t2) + a1;
    int64_t across = times(times(radians(longitude) / (FINE / ONE), ct), two_root_3_by_3);
    int64_t inner = times(a4, t8) + times(a3, t6) + times(a2, t2) + a1;
    return (mtmi_geo_point){across * ONE / slope, times(t, inner)};
}

/* Lambert azimuthal equal-area: J. P. Snyder (1987), Map Projections - A Working Manual, USGS 1395, formulas 22-4, 24-2,
 * 24-3, on a sphere. What lies more than 90 degrees from the centre goes to the rim. */
static mtmi_geo_point azimuthal(const mtmi_geo_projection *p, int64_t longitude, int64_t latitude) {
    int64_t sine, cosine, across, along;
    int64_t apart = longitude - p->longitude;
    apart += apart > 180000000 ? -360000000 : apart < -180000000 ? 360000000 : 0;
    mtmi_geo_sine(latitude, &sine, &cosine);
    mtmi_geo_sine(apart, &across, &along);
    int64_t near = times(cosine, along);
    int64_t c = times(p->sine, sine) + times(p->cosine, near);
    int64_t k = root_of(2 * ONE * ONE / (ONE + (c > 0 ? c : 0)));
    return (mtmi_geo_point){times(k, times(cosine, across)), times(k, times(p->cosine, sine) - times(p->sine, near))};
}

mtmi_geo_projection mtmi_geo_projection_for(const mtmi_geo *geo) {
    mtmi_geo_projection p = {0, 0, 0, 0, ONE};
    int32_t west = 180000000, east = -180000000, south = 90000000, north = -90000000;
    for (size_t i = 0; i < geo->n_points; i++) {
        const mtmi_geo_place at = geo->points[i];
        west = at.longitude < west ? at.longitude : west;
        east = at.longitude > east ? at.longitude : east;
        south = at.latitude < south ? at.latitude : south;
        north = at.latitude > north ? at.latitude : north;
    }
    if ((int64_t)east - west <= 100000000 && (int64_t)north - south <= 80000000) {
        p.azimuthal = 1;
        p.longitude = west + (east - west) / 2;
        p.latitude = south + (north - south) / 2;
        mtmi_geo_sine(p.latitude, &p.sine, &p.cosine);
    }
    return p;
}

mtmi_geo_point mtmi_geo_project(const mtmi_geo_projection *projection, mtmi_geo_place place) {
    return projection->azimuthal ? azimuthal(projection, place.longitude, place.latitude)
                                 : equal_earth(place.longitude, place.latitude);
}
