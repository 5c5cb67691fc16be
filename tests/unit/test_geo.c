/* Projections against their formulas in floating point, cuts at 180 degrees, quantile classes, and maps without memory. */
#include "failing.h"

#include "geo/geo.h"
#include "geo/projection.h"
#include "render/map/map_picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ONE 1073741824.0
#define DEGREE 0.017453292519943295

static const char square[] =
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"A\"},\"geometry\":"
    "{\"type\":\"Polygon\",\"coordinates\":[[[10,10],[20,10],[20,20],[10,20],[10,10]]]}},{\"type\":\"Feature\","
    "\"properties\":{\"code\":\"B\"},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[[20,10],[30,10],[30,20]"
    ","
    "[20,20],[20,10]]]]}}]}";

static mtmi_geo *read_text(const char *text, const char *property) {
    mtmi_geo *geo = NULL;
    mtm_error err = {0};
    if (mtmi_geo_read(text, strlen(text), "t.json", property, &geo, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    return geo;
}

static void assert_near(int64_t found, double expected) {
    if (fabs((double)found / ONE - expected) > 1e-7) {
        fail_msg("found %.9f, expected %.9f", (double)found / ONE, expected);
    }
}

static void test_equal_earth(void **state) {
    static const double a[] = {1.340264, -0.081106, 0.000893, 0.003796};
    const mtmi_geo_projection world = {0, 0, 0, 0, 0};
    (void)state;
    for (int32_t longitude = -180; longitude <= 180; longitude += 7) {
        for (int32_t latitude = -90; latitude <= 90; latitude += 5) {
            double t = asin(sqrt(3) / 2 * sin(latitude * DEGREE)), t2 = t * t, t6 = t2 * t2 * t2;
            double slope = 9 * a[3] * t6 * t2 + 7 * a[2] * t6 + 3 * a[1] * t2 + a[0];
            mtmi_geo_point at = mtmi_geo_project(&world, (mtmi_geo_place){longitude * 1000000, latitude * 1000000});
            assert_near(at.x, 2 * sqrt(3) * longitude * DEGREE * cos(t) / (3 * slope));
            assert_near(at.y, t * (a[3] * t6 * t2 + a[2] * t6 + a[1] * t2 + a[0]));
        }
    }
}

static void test_azimuthal(void **state) {
    mtmi_geo_projection p = {1, 67000000, 48000000, 0, 0};
    double s1 = sin(48 * DEGREE), c1 = cos(48 * DEGREE);
    (void)state;
    mtmi_geo_sine(p.latitude, &p.sine, &p.cosine);
    for (int32_t longitude = 20; longitude <= 110; longitude += 3) {
        for (int32_t latitude = 10; latitude <= 85; latitude += 3) {
            double d = (longitude - 67) * DEGREE, s = sin(latitude * DEGREE), c = cos(latitude * DEGREE);
            double k = sqrt(2 / (1 + s1 * s + c1 * c * cos(d)));
            mtmi_geo_point at = mtmi_geo_project(&p, (mtmi_geo_place){longitude * 1000000, latitude * 1000000});
            assert_near(at.x, k * c * sin(d));
            assert_near(at.y, k * (c1 * s - s1 * c * cos(d)));
        }
    }
}

/* A cell of one degree is as large on the map as on the sphere, wherever it lies. */
static void test_areas_are_kept(void **state) {
    const mtmi_geo_projection world = {0, 0, 0, 0, 0};
    (void)state;
    for (int32_t latitude = -80; latitude < 80; latitude += 10) {
        mtmi_geo_place corners[4] = {{100000000, latitude * 1000000},
                                     {101000000, latitude * 1000000},
                                     {101000000, (latitude + 1) * 1000000},
                                     {100000000, (latitude + 1) * 1000000}};
        double twice = 0;
        for (int i = 0; i < 4; i++) {
            mtmi_geo_point p = mtmi_geo_project(&world, corners[i]), q = mtmi_geo_project(&world, corners[(i + 1) % 4]);
            twice += ((double)p.x * (double)q.y - (double)q.x * (double)p.y) / ONE / ONE;
        }
        double whole = DEGREE * (sin((latitude + 1) * DEGREE) - sin(latitude * DEGREE));
        assert_true(fabs(twice / 2 / whole - 1) < 2e-3); /* edges are straight on the map */
    }
}

static const char strait[] =
    "{\"type\":\"FeatureCollection\",\"features\":[{\"id\":\"F\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
    "[[[175,60],[-170,60],[-170,70],[175,70],[175,60]]]}}]}";

static void test_what_crosses_180_degrees_is_cut(void **state) {
    mtmi_geo *geo = read_text(strait, "id");
    (void)state;
    assert_int_equal(geo->n_rings, 2);
    double degrees = 0;
    for (size_t r = 0; r < geo->n_rings; r++) {
        int32_t west = INT32_MAX, east = INT32_MIN;
        for (size_t i = 0; i < geo->rings[r].n; i++) {
            int32_t at = geo->points[geo->rings[r].first + i].longitude;
            assert_true(at >= -180000000 && at <= 180000000);
            west = at < west ? at : west;
            east = at > east ? at : east;
        }
        degrees += (east - west) / 1e6;
    }
    assert_true(fabs(degrees - 15) < 1e-6);
    mtmi_geo_free(geo);
}

/* Round the south pole: the pole belongs to it, whichever way its ring goes. */
static void test_a_ring_round_a_pole_holds_the_pole(void **state) {
    static const char *const ways[] = {"[-180,-70],[-90,-70],[0,-70],[90,-70],[180,-70]",
                                       "[170,-70],[80,-70],[-10,-70],[-100,-70],[170,-70]"};
    (void)state;
    for (size_t w = 0; w < 2; w++) {
        char text[400];
        int lowest = 0;
        snprintf(text, sizeof text,
                 "{\"type\":\"FeatureCollection\",\"features\":[{\"id\":\"P\",\"geometry\":{\"type\":\"Polygon\","
                 "\"coordinates\":[[%s]]}}]}",
                 ways[w]);
        mtmi_geo *geo = read_text(text, "id");
        for (size_t i = 0; i < geo->n_points; i++) {
            lowest = geo->points[i].latitude < lowest ? geo->points[i].latitude : lowest;
        }
        assert_int_equal(lowest, -90000000);
        mtmi_geo_free(geo);
    }
}

/* Classes rise with the values, ties share one, and none is more than one value larger than another without ties. */
static void test_quantile_classes(void **state) {
    uint32_t seed = 7;
    (void)state;
    for (size_t n = 1; n < 60; n++) {
        mtm_decimal values[60];
        int classes[60];
        size_t sizes[MTMI_MAP_CLASSES] = {0}, distinct = n < MTMI_MAP_CLASSES ? n : MTMI_MAP_CLASSES;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525 + 1013904223;
            values[i] = (mtm_decimal){(int64_t)(seed >> 8) * 100 + (int64_t)i, 0, 0};
        }
        assert_int_equal(mtmi_map_classify(values, n, MTMI_MAP_CLASSES, classes), distinct);
        for (size_t i = 0; i < n; i++) {
            sizes[classes[i]]++;
            for (size_t k = 0; k < n; k++) {
                assert_true(values[i].units >= values[k].units || classes[i] <= classes[k]);
            }
        }
        for (size_t i = 0; i < distinct; i++) {
            assert_true(sizes[i] >= n / distinct && sizes[i] <= n / distinct + 1);
        }
        for (size_t i = 0; i < n; i++) {
            values[i] = (mtm_decimal){i % 2 == 0 ? 5 : 7, 0, 0};
        }
        assert_int_equal(mtmi_map_classify(values, n, MTMI_MAP_CLASSES, classes), n == 1 ? 1 : 2);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(classes[i], n == 1 ? 0 : (int)(i % 2));
        }
    }
    assert_int_equal(mtmi_map_classify(NULL, 0, MTMI_MAP_CLASSES, NULL), 0);
}

static void draw(const mtmi_geo *geo, mtmi_buffer *out) {
    static const mtmi_map_area areas[] = {{"B", "B: <5>", MTMI_MAP_CLASS, 4}, {"A", NULL, MTMI_MAP_WITHHELD, 0}};
    static const mtmi_map_line lines[] = {{"A", "B", 10000}, {"A", "nowhere", 1}};
    const mtmi_area_map map = {"m", "T & t", "d", geo, areas, 2, lines, 2, "A", MTMI_MAP_UNCOVERED};
    mtmi_map_svg(out, &map);
}

static void test_a_map(void **state) {
    mtmi_geo *geo = read_text(square, "code"), *same = mtmi_geo_share(geo);
    mtmi_buffer out = MTMI_BUFFER_INIT, again = MTMI_BUFFER_INIT;
    (void)state;
    draw(geo, &out);
    mtmi_geo_free(geo);
    draw(same, &again);
    assert_false(out.failed);
    assert_string_equal(out.data, again.data);
    assert_non_null(strstr(out.data, "<title id=\"m-t\">T &amp; t</title>"));
    assert_non_null(strstr(out.data, "class=\"c4\""));
    assert_non_null(strstr(out.data, "<title>B: &lt;5&gt;</title>"));
    assert_non_null(strstr(out.data, "fill=\"url(#m-w)\""));
    assert_non_null(strstr(out.data, "stroke-width=\"12.0\""));
    assert_non_null(strstr(out.data, "class=\"home\""));
    assert_null(strstr(out.data, "<script"));
    mtmi_buffer_free(&out);
    mtmi_buffer_free(&again);
    mtmi_geo_free(same);
}

static mtm_status read_and_draw(void *data, mtm_error *err) {
    const char *text = data;
    mtmi_geo *geo = NULL;
    mtmi_buffer out = MTMI_BUFFER_INIT;
    mtm_status status =
        mtmi_geo_read(text, strlen(text), "t.json", strcmp(text, strait) == 0 ? "id" : "code", &geo, err);
    if (status == MTM_OK) {
        draw(geo, &out);
        status = out.failed ? MTM_ERROR_MEMORY : MTM_OK;
        if (err != NULL) {
            err->status = status;
        }
    }
    mtmi_buffer_free(&out);
    mtmi_geo_free(geo);
    return status;
}

static void test_without_memory(void **state) {
    char one[sizeof square], two[sizeof strait];
    (void)state;
    memcpy(one, square, sizeof square);
    memcpy(two, strait, sizeof strait);
    assert_survives_failing_memory(read_and_draw, one);
    assert_survives_failing_memory(read_and_draw, two);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_equal_earth),
                                       cmocka_unit_test(test_azimuthal),
                                       cmocka_unit_test(test_areas_are_kept),
                                       cmocka_unit_test(test_what_crosses_180_degrees_is_cut),
                                       cmocka_unit_test(test_a_ring_round_a_pole_holds_the_pole),
                                       cmocka_unit_test(test_quantile_classes),
                                       cmocka_unit_test(test_a_map),
                                       cmocka_unit_test(test_without_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
