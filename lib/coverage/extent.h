/* What a figure counts: a measure, days, and combinations of members. Five operations on such sets, all exact.
 *
 * A box is a restriction of some dimensions to one member each; dimensions that it does not name are whole ("all"). The
 * empty box is everything that the measure counts. Members of a dimension are taken to be without end, so that boxes of
 * single members never add up to "all": only a frame can say that. Therefore a box is covered by several exactly where
 * one of them covers it, and a set of boxes has one shortest form. */
#ifndef MTMI_COVERAGE_EXTENT_H
#define MTMI_COVERAGE_EXTENT_H

#include "base/buffer.h"
#include "base/map.h"
#include "data/dataset.h"

/* Boxes and measures by number: the same text has the same number. */
typedef struct mtmi_boxes {
    mtmi_map texts;  /* of boxes and measures */
    mtmi_map shapes; /* names of the dimensions that a box restricts */
    uint32_t *shape; /* by number of the text */
    size_t capacity;
} mtmi_boxes;

/* One dimension restricted to one member. */
typedef struct mtmi_restriction {
    const char *dimension, *member;
} mtmi_restriction;

void mtmi_boxes_free(mtmi_boxes *boxes);
/* The number of a box, of a measure's text; MTMI_MAP_NONE when memory ran out. The order of restrictions is no matter. */
uint32_t mtmi_boxes_box(mtmi_boxes *boxes, const mtmi_restriction *restrictions, size_t n);
uint32_t mtmi_boxes_measure(mtmi_boxes *boxes, const char *text);
/* The member that a box restricts a dimension to, not ended by a NUL; NULL where it is whole. Lent until the next box. */
const char *mtmi_boxes_member(const mtmi_boxes *boxes, uint32_t box, const char *dimension, size_t *length);
/* The box with another member in a dimension that it restricts; MTMI_MAP_NONE when memory ran out. */
uint32_t mtmi_boxes_replace(mtmi_boxes *boxes, uint32_t box, const char *dimension, const char *member);
/* Writes a box behind others: "all", "citizenship=CHN", "|UZB" behind one that restricts the same dimension alone, which is
 * before (NULL for none), "; citizenship=CHN,sex=F" else. Gives what is before the next; lent by the boxes. */
const char *mtmi_boxes_write(const mtmi_boxes *boxes, uint32_t box, const char *before, mtmi_buffer *out);
/* Whether every cell of b is one of a; whether no cell is in both. */
int mtmi_boxes_cover(const mtmi_boxes *boxes, uint32_t a, uint32_t b);
int mtmi_boxes_are_apart(const mtmi_boxes *boxes, uint32_t a, uint32_t b);

/* The boxes of some days, sorted; none covers another. */
typedef struct mtmi_span {
    mtm_period days;
    uint32_t *box;
    size_t n, capacity;
} mtmi_span;

/* Spans do not overlap and come in order; neighbours that touch differ in their boxes. */
typedef struct mtmi_extent {
    uint32_t measure;
    mtmi_span *span;
    size_t n, capacity;
} mtmi_extent;

#define MTMI_EXTENT_INIT                                                                                               \
    { MTMI_MAP_NONE, NULL, 0, 0 }

void mtmi_extent_free(mtmi_extent *extent);
/* Adds cells, whether they are there already or not. */
mtm_status mtmi_extent_add(mtmi_extent *extent, const mtmi_boxes *boxes, mtm_period days, const uint32_t *box, size_t n,
                           mtm_error *err);
mtm_status mtmi_extent_copy(const mtmi_extent *extent, mtmi_extent *out, mtm_error *err);

int mtmi_extent_equal(const mtmi_extent *a, const mtmi_extent *b);
int mtmi_extent_disjoint(const mtmi_extent *a, const mtmi_extent *b, const mtmi_boxes *boxes);
/* Whether a has every cell of b. */
int mtmi_extent_includes(const mtmi_extent *a, const mtmi_extent *b, const mtmi_boxes *boxes);
/* The cells of both, which have none in common and one measure; *done is 0, and out empty, where they do. */
mtm_status mtmi_extent_unite(const mtmi_extent *a, const mtmi_extent *b, const mtmi_boxes *boxes, mtmi_extent *out,
                             int *done, mtm_error *err);
/* The cells of the frame that are not present. Boxes that are present in part are no boxes when the rest is cut out of
 * them: *exact is then 0, and such a box stays whole. */
mtm_status mtmi_extent_missing(const mtmi_extent *frame, const mtmi_extent *present, const mtmi_boxes *boxes,
                               mtmi_extent *out, int *exact, mtm_error *err);
/* Whether two extents differ in nothing but their days: span by span the same boxes, and as many months or days. */
int mtmi_extent_alike(const mtmi_extent *a, const mtmi_extent *b);

#endif
