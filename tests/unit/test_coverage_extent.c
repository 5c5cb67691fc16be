/* The algebra of extents, on a small world where every cell can be counted: two dimensions of three named members and one
 * more that is never named, twelve days. Each operation is compared with the same one on sets of cells. */
#include "base/memory.h"
#include "coverage/extent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MEMBERS = 4, DAYS = 12, CELLS = MEMBERS * MEMBERS * DAYS, ROUNDS = 4000 };

typedef struct world {
    unsigned char cell[CELLS];
} world;

static const char *const names[] = {"a", "b", "c"};

static uint32_t next_random(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* A random box: each dimension whole, or one of the named members. */
static uint32_t random_box(mtmi_boxes *boxes, uint32_t *state, unsigned char in[MEMBERS * MEMBERS]) {
    int one = (int)(next_random(state) % 4) - 1, other = (int)(next_random(state) % 4) - 1;
    mtmi_restriction restrictions[2];
    size_t n = 0;
    if (one >= 0) {
        restrictions[n++] = (mtmi_restriction){"sex", names[one]};
    }
    if (other >= 0) {
        restrictions[n++] = (mtmi_restriction){"country", names[other]};
    }
    for (int i = 0; i < MEMBERS * MEMBERS; i++) {
        in[i] = (one < 0 || i / MEMBERS == one) && (other < 0 || i % MEMBERS == other);
    }
    return mtmi_boxes_box(boxes, restrictions, n);
}

static void random_extent(mtmi_boxes *boxes, uint32_t *state, mtmi_extent *extent, world *cells) {
    size_t n = next_random(state) % 4;
    *extent = (mtmi_extent)MTMI_EXTENT_INIT;
    extent->measure = mtmi_boxes_measure(boxes, "arrivals");
    memset(cells, 0, sizeof *cells);
    for (size_t i = 0; i < n; i++) {
        unsigned char in[MEMBERS * MEMBERS];
        uint32_t box = random_box(boxes, state, in);
        int32_t first = (int32_t)(next_random(state) % DAYS),
                last = first + (int32_t)(next_random(state) % (uint32_t)(DAYS - first));
        assert_int_equal(mtmi_extent_add(extent, boxes, (mtm_period){first, last}, &box, 1, NULL), MTM_OK);
        for (int32_t day = first; day <= last; day++) {
            for (int k = 0; k < MEMBERS * MEMBERS; k++) {
                cells->cell[day * MEMBERS * MEMBERS + k] |= in[k];
            }
        }
    }
}

/* The cells of an extent, box by box. */
static void cells_of(const mtmi_extent *extent, const mtmi_boxes *boxes, world *cells) {
    memset(cells, 0, sizeof *cells);
    for (size_t i = 0; i < extent->n; i++) {
        for (size_t k = 0; k < extent->span[i].n; k++) {
            size_t length;
            for (int at = 0; at < MEMBERS * MEMBERS; at++) {
                const char *sex = mtmi_boxes_member(boxes, extent->span[i].box[k], "sex", &length);
                int in = sex == NULL || (at / MEMBERS < 3 && *sex == *names[at / MEMBERS]);
                const char *country = mtmi_boxes_member(boxes, extent->span[i].box[k], "country", &length);
                in = in && (country == NULL || (at % MEMBERS < 3 && *country == *names[at % MEMBERS]));
                for (int32_t day = extent->span[i].days.first; day <= extent->span[i].days.last; day++) {
                    cells->cell[day * MEMBERS * MEMBERS + at] |= (unsigned char)in;
                }
            }
        }
    }
}

static void operations_are_those_of_sets(void **state) {
    uint32_t random = 20261127;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        mtmi_boxes boxes = {MTMI_MAP_INIT, MTMI_MAP_INIT, NULL, 0};
        mtmi_extent a, b, united, missing, again;
        world of_a, of_b, got;
        int equal, disjoint = 1, includes = 1, done, exact;
        random_extent(&boxes, &random, &a, &of_a);
        random_extent(&boxes, &random, &b, &of_b);
        cells_of(&a, &boxes, &got);
        assert_memory_equal(&got, &of_a, sizeof got);
        equal = memcmp(&of_a, &of_b, sizeof of_a) == 0;
        for (int i = 0; i < CELLS; i++) {
            disjoint &= !(of_a.cell[i] && of_b.cell[i]);
            includes &= of_a.cell[i] || !of_b.cell[i];
        }
        assert_int_equal(mtmi_extent_equal(&a, &b), equal);
        assert_int_equal(mtmi_extent_disjoint(&a, &b, &boxes), disjoint);
        assert_int_equal(mtmi_extent_disjoint(&b, &a, &boxes), disjoint);
        assert_int_equal(mtmi_extent_includes(&a, &b, &boxes), includes);
        assert_int_equal(mtmi_extent_unite(&a, &b, &boxes, &united, &done, NULL), MTM_OK);
        assert_int_equal(done, disjoint);
        if (done) {
            cells_of(&united, &boxes, &got);
            for (int i = 0; i < CELLS; i++) {
                assert_int_equal(got.cell[i], of_a.cell[i] | of_b.cell[i]);
            }
            assert_true(mtmi_extent_includes(&united, &a, &boxes) && mtmi_extent_includes(&united, &b, &boxes));
            assert_int_equal(mtmi_extent_missing(&united, &b, &boxes, &missing, &exact, NULL), MTM_OK);
            assert_true(!exact || mtmi_extent_equal(&missing, &a)); /* what was added can be taken away */
            mtmi_extent_free(&missing);
        }
        assert_int_equal(mtmi_extent_missing(&a, &b, &boxes, &missing, &exact, NULL), MTM_OK);
        cells_of(&missing, &boxes, &got);
        for (int i = 0; i < CELLS; i++) { /* never less than the difference, and just that where it is exact */
            int rest = of_a.cell[i] && !of_b.cell[i];
            assert_true(exact ? got.cell[i] == rest : got.cell[i] >= rest && got.cell[i] <= of_a.cell[i]);
        }
        assert_int_equal(mtmi_extent_copy(&a, &again, NULL), MTM_OK);
        assert_true(mtmi_extent_equal(&a, &again) && mtmi_extent_includes(&a, &again, &boxes));
        mtmi_extent_free(&again);
        mtmi_extent_free(&missing);
        mtmi_extent_free(&united);
        mtmi_extent_free(&a);
        mtmi_extent_free(&b);
        mtmi_boxes_free(&boxes);
    }
}

static void one_form_whatever_the_order(void **state) {
    mtmi_boxes boxes = {MTMI_MAP_INIT, MTMI_MAP_INIT, NULL, 0};
    const mtmi_restriction one[] = {{"sex", "a"}, {"country", "b"}}, other[] = {{"country", "b"}, {"sex", "a"}};
    const mtmi_restriction woman[] = {{"sex", "a"}};
    mtmi_extent a = MTMI_EXTENT_INIT, b = MTMI_EXTENT_INIT;
    (void)state;
    uint32_t cell = mtmi_boxes_box(&boxes, one, 2), all = mtmi_boxes_box(&boxes, NULL, 0),
             sex = mtmi_boxes_box(&boxes, woman, 1);
    assert_int_equal(cell, mtmi_boxes_box(&boxes, other, 2));
    assert_true(mtmi_boxes_cover(&boxes, all, cell) && mtmi_boxes_cover(&boxes, sex, cell) &&
                !mtmi_boxes_cover(&boxes, cell, sex));
    assert_int_equal(mtmi_extent_add(&a, &boxes, (mtm_period){0, 5}, &cell, 1, NULL), MTM_OK);
    assert_int_equal(mtmi_extent_add(&a, &boxes, (mtm_period){6, 9}, &cell, 1, NULL), MTM_OK);
    assert_int_equal(mtmi_extent_add(&b, &boxes, (mtm_period){3, 9}, &cell, 1, NULL), MTM_OK);
    assert_int_equal(mtmi_extent_add(&b, &boxes, (mtm_period){0, 4}, &cell, 1, NULL), MTM_OK);
    assert_true(mtmi_extent_equal(&a, &b));
    assert_int_equal(a.n, 1);
    assert_int_equal(mtmi_extent_add(&a, &boxes, (mtm_period){0, 9}, &sex, 1, NULL), MTM_OK);
    assert_int_equal(a.span[0].n, 1); /* what it covers is not kept beside it */
    assert_false(mtmi_extent_equal(&a, &b));
    mtmi_extent_free(&a);
    mtmi_extent_free(&b);
    mtmi_boxes_free(&boxes);
}

static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    for (size_t n = 1; n < 400; n++) {
        mtmi_boxes boxes = {MTMI_MAP_INIT, MTMI_MAP_INIT, NULL, 0};
        const mtmi_restriction one[] = {{"sex", "a"}}, other[] = {{"country", "b"}};
        mtmi_extent a = MTMI_EXTENT_INIT, b = MTMI_EXTENT_INIT, c = MTMI_EXTENT_INIT;
        mtm_status status = MTM_OK;
        int done = 0;
        mtmi_memory_fail_at(n, 1);
        uint32_t box[2] = {mtmi_boxes_box(&boxes, one, 1), mtmi_boxes_box(&boxes, other, 1)};
        if (box[0] != MTMI_MAP_NONE && box[1] != MTMI_MAP_NONE) {
            status = mtmi_extent_add(&a, &boxes, (mtm_period){0, 5}, box, 2, NULL);
            status = status == MTM_OK ? mtmi_extent_add(&b, &boxes, (mtm_period){8, 9}, box, 1, NULL) : status;
            status = status == MTM_OK ? mtmi_extent_unite(&a, &b, &boxes, &c, &done, NULL) : status;
            assert_true(status == MTM_OK || status == MTM_ERROR_MEMORY);
        }
        mtmi_memory_fail_at(0, 0);
        mtmi_extent_free(&a);
        mtmi_extent_free(&b);
        mtmi_extent_free(&c);
        mtmi_boxes_free(&boxes);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operations_are_those_of_sets),
        cmocka_unit_test(one_form_whatever_the_order),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
