/* Sets of cells and their five operations. Two extents are laid over each other: between two days on which neither
 * changes each has one set of boxes, and every operation is one on such sets. */
#include "coverage/extent.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "period/period.h"

#include <string.h>

void mtmi_extent_free(mtmi_extent *extent) {
    for (size_t i = 0; i < extent->n; i++) {
        mtmi_memory_free(extent->span[i].box);
    }
    mtmi_memory_free(extent->span);
    *extent = (mtmi_extent)MTMI_EXTENT_INIT;
}

/* ---- sets of boxes ---- */

static mtm_status add_box(mtmi_span *set, uint32_t box, mtm_error *err) {
    void *table = set->box;
    if (!mtmi_memory_reserve(&table, &set->capacity, set->n + 1, sizeof box)) {
        return mtmi_error_memory(err);
    }
    set->box = table;
    set->box[set->n++] = box;
    return MTM_OK;
}

static int by_number(const void *context, const void *a, const void *b) {
    const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    (void)context;
    return (left > right) - (left < right);
}

static int has_one_shape(const mtmi_span *set, const mtmi_boxes *boxes) {
    for (size_t i = 1; i < set->n; i++) {
        if (boxes->shape[set->box[i]] != boxes->shape[set->box[0]]) {
            return 0;
        }
    }
    return 1;
}

static int is_sorted(const mtmi_span *set) {
    for (size_t i = 1; i < set->n; i++) {
        if (set->box[i] < set->box[i - 1]) {
            return 0;
        }
    }
    return 1;
}

/* Sorts, and leaves out what is there twice or covered by another box. */
static mtm_status tidy(mtmi_span *set, const mtmi_boxes *boxes, mtm_error *err) {
    if (!is_sorted(set) && !mtmi_sort(set->box, set->n, sizeof *set->box, by_number, NULL)) {
        return mtmi_error_memory(err);
    }
    size_t kept = 0;
    for (size_t i = 0; i < set->n; i++) {
        if (kept == 0 || set->box[i] != set->box[kept - 1]) {
            set->box[kept++] = set->box[i];
        }
    }
    set->n = kept;
    if (has_one_shape(set, boxes)) {
        return MTM_OK;
    }
    kept = 0;
    for (size_t i = 0; i < set->n; i++) {
        int covered = 0;
        for (size_t j = 0; j < set->n && !covered; j++) {
            covered = j != i && mtmi_boxes_cover(boxes, set->box[j], set->box[i]);
        }
        if (covered) {
            continue;
        }
        uint32_t stays = set->box[i]; /* what it covers itself is looked for among all, so nothing may move yet */
        set->box[i] = set->box[kept];
        set->box[kept++] = stays;
    }
    set->n = kept;
    return mtmi_sort(set->box, set->n, sizeof *set->box, by_number, NULL) ? MTM_OK : mtmi_error_memory(err);
}

static int has_box(const mtmi_span *set, uint32_t box) {
    size_t low = 0, high = set->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set->box[middle] == box) {
            return 1;
        }
        low = set->box[middle] < box ? middle + 1 : low;
        high = set->box[middle] < box ? high : middle;
    }
    return 0;
}

static int is_covered(const mtmi_span *set, uint32_t box, const mtmi_boxes *boxes) {
    int found = has_box(set, box);
    for (size_t i = 0; i < set->n && !found; i++) {
        found = mtmi_boxes_cover(boxes, set->box[i], box);
    }
    return found;
}

static int is_touched(const mtmi_span *set, uint32_t box, const mtmi_boxes *boxes) {
    int found = has_box(set, box);
    for (size_t i = 0; i < set->n && !found; i++) {
        found = !mtmi_boxes_are_apart(boxes, set->box[i], box);
    }
    return found;
}

static int same_boxes(const mtmi_span *a, const mtmi_span *b) {
    return a->n == b->n && (a->n == 0 || memcmp(a->box, b->box, a->n * sizeof *a->box) == 0);
}

/* ---- one laid over the other ---- */

/* What is done with the boxes of both, of days on which neither changes; 0 ends the walk. */
typedef struct walk {
    const mtmi_boxes *boxes;
    mtmi_extent *out;
    int answer;
    mtm_status status;
    mtm_error *err;
} walk;

typedef int (*visit)(walk *state, const mtmi_span *a, const mtmi_span *b, mtm_period days);

/* The span that a day is in, or an empty one; *until becomes the day before the next change. */
static const mtmi_span *span_at(const mtmi_extent *extent, size_t *at, int32_t day, int32_t *until) {
    static const mtmi_span nothing = {{0, 0}, NULL, 0, 0};
    while (*at < extent->n && extent->span[*at].days.last < day) {
        ++*at;
    }
    if (*at == extent->n) {
        return &nothing;
    }
    const mtmi_span *span = &extent->span[*at];
    int32_t change = span->days.first > day ? span->days.first - 1 : span->days.last;
    *until = change < *until ? change : *until;
    return span->days.first > day ? &nothing : span;
}

static void lay_over(const mtmi_extent *a, const mtmi_extent *b, visit look, walk *state) {
    size_t i = 0, j = 0;
    int64_t day = INT64_MAX, end = INT64_MIN;
    const mtmi_extent *const both[2] = {a, b};
    for (int k = 0; k < 2; k++) {
        if (both[k]->n > 0) {
            const int32_t first = both[k]->span[0].days.first, last = both[k]->span[both[k]->n - 1].days.last;
            day = first < day ? first : day;
            end = last > end ? last : end;
        }
    }
    while (day <= end && state->status == MTM_OK) {
        int32_t until = (int32_t)end;
        const mtmi_span *of_a = span_at(a, &i, (int32_t)day, &until), *of_b = span_at(b, &j, (int32_t)day, &until);
        if (!look(state, of_a, of_b, (mtm_period){(int32_t)day, until})) {
            return;
        }
        day = (int64_t)until + 1;
    }
}

/* Adds the set, which it takes over, behind all others. */
static mtm_status append(mtmi_extent *out, mtmi_span *set, mtm_period days, mtm_error *err) {
    mtmi_span *last = out->n > 0 ? &out->span[out->n - 1] : NULL;
    void *table = out->span;
    int joins = last != NULL && last->days.last + 1 == days.first && same_boxes(last, set);
    if (set->n == 0 || joins) {
        if (joins) {
            last->days.last = days.last;
        }
        mtmi_memory_free(set->box);
        return MTM_OK;
    }
    if (!mtmi_memory_reserve(&table, &out->capacity, out->n + 1, sizeof *out->span)) {
        mtmi_memory_free(set->box);
        return mtmi_error_memory(err);
    }
    out->span = table;
    set->days = days;
    out->span[out->n++] = *set;
    return MTM_OK;
}

static mtm_status add_all(mtmi_span *set, const uint32_t *box, size_t n, mtm_error *err) {
    void *table = set->box;
    if (n > 0 && !mtmi_memory_reserve(&table, &set->capacity, set->n + n, sizeof *box)) {
        return mtmi_error_memory(err);
    }
    set->box = table;
    for (size_t i = 0; i < n; i++) {
        set->box[set->n++] = box[i];
    }
    return MTM_OK;
}

static int unite(walk *state, const mtmi_span *a, const mtmi_span *b, mtm_period days) {
    mtmi_span set = {{0, 0}, NULL, 0, 0};
    state->status = add_all(&set, a->box, a->n, state->err);
    state->status = state->status == MTM_OK ? add_all(&set, b->box, b->n, state->err) : state->status;
    state->status =
        state->status == MTM_OK && b->n > 0 && a->n > 0 ? tidy(&set, state->boxes, state->err) : state->status;
    if (state->status != MTM_OK) {
        mtmi_memory_free(set.box);
        return 0;
    }
    state->status = append(state->out, &set, days, state->err);
    return state->status == MTM_OK;
}

static int subtract(walk *state, const mtmi_span *a, const mtmi_span *b, mtm_period days) {
    mtmi_span set = {{0, 0}, NULL, 0, 0};
    for (size_t i = 0; i < a->n && state->status == MTM_OK; i++) {
        if (!is_covered(b, a->box[i], state->boxes)) {
            state->answer &= !is_touched(b, a->box[i], state->boxes);
            state->status = add_box(&set, a->box[i], state->err);
        }
    }
    if (state->status != MTM_OK) {
        mtmi_memory_free(set.box);
        return 0;
    }
    state->status = append(state->out, &set, days, state->err);
    return state->status == MTM_OK;
}

static int are_disjoint(walk *state, const mtmi_span *a, const mtmi_span *b, mtm_period days) {
    (void)days;
    for (size_t i = 0; i < b->n && state->answer; i++) {
        state->answer = !is_touched(a, b->box[i], state->boxes);
    }
    return state->answer;
}

static int does_include(walk *state, const mtmi_span *a, const mtmi_span *b, mtm_period days) {
    (void)days;
    for (size_t i = 0; i < b->n && state->answer; i++) {
        state->answer = is_covered(a, b->box[i], state->boxes);
    }
    return state->answer;
}

static mtm_status make(const mtmi_extent *a, const mtmi_extent *b, const mtmi_boxes *boxes, visit look,
                       mtmi_extent *out, int *answer, mtm_error *err) {
    mtmi_extent made = MTMI_EXTENT_INIT;
    walk state = {boxes, &made, 1, MTM_OK, err};
    made.measure = a->measure != MTMI_MAP_NONE ? a->measure : b->measure;
    lay_over(a, b, look, &state);
    *answer = state.answer;
    if (state.status != MTM_OK) {
        mtmi_extent_free(&made);
        return state.status;
    }
    *out = made;
    return MTM_OK;
}

/* ---- the operations ---- */

mtm_status mtmi_extent_add(mtmi_extent *extent, const mtmi_boxes *boxes, mtm_period days, const uint32_t *box, size_t n,
                           mtm_error *err) {
    mtmi_span set = {days, NULL, 0, 0};
    mtmi_extent more = {extent->measure, &set, 1, 1}, whole;
    int answer;
    if (n == 0 || days.last < days.first) {
        return MTM_OK;
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(add_all(&set, box, n, err));
    MTMI_TRY(tidy(&set, boxes, err));
    MTMI_TRY(make(extent, &more, boxes, unite, &whole, &answer, err));
    mtmi_extent_free(extent);
    *extent = whole;
out:
    mtmi_memory_free(set.box);
    return status;
}

mtm_status mtmi_extent_copy(const mtmi_extent *extent, mtmi_extent *out, mtm_error *err) {
    const mtmi_extent nothing = MTMI_EXTENT_INIT;
    int answer;
    return make(extent, &nothing, NULL, unite, out, &answer, err);
}

int mtmi_extent_equal(const mtmi_extent *a, const mtmi_extent *b) {
    int same = a->measure == b->measure && a->n == b->n;
    for (size_t i = 0; i < a->n && same; i++) {
        same = mtmi_period_same(a->span[i].days, b->span[i].days) && same_boxes(&a->span[i], &b->span[i]);
    }
    return same;
}

int mtmi_extent_disjoint(const mtmi_extent *a, const mtmi_extent *b, const mtmi_boxes *boxes) {
    walk state = {boxes, NULL, 1, MTM_OK, NULL};
    if (a->measure == b->measure) {
        lay_over(a, b, are_disjoint, &state);
    }
    return state.answer;
}

int mtmi_extent_includes(const mtmi_extent *a, const mtmi_extent *b, const mtmi_boxes *boxes) {
    walk state = {boxes, NULL, a->measure == b->measure || b->n == 0, MTM_OK, NULL};
    if (state.answer) {
        lay_over(a, b, does_include, &state);
    }
    return state.answer;
}

mtm_status mtmi_extent_unite(const mtmi_extent *a, const mtmi_extent *b, const mtmi_boxes *boxes, mtmi_extent *out,
                             int *done, mtm_error *err) {
    int answer;
    *out = (mtmi_extent)MTMI_EXTENT_INIT;
    *done = a->n == 0 || b->n == 0 || (a->measure == b->measure && mtmi_extent_disjoint(a, b, boxes));
    return *done ? make(a, b, boxes, unite, out, &answer, err) : MTM_OK;
}

mtm_status mtmi_extent_missing(const mtmi_extent *frame, const mtmi_extent *present, const mtmi_boxes *boxes,
                               mtmi_extent *out, int *exact, mtm_error *err) {
    const mtmi_extent nothing = MTMI_EXTENT_INIT;
    *out = (mtmi_extent)MTMI_EXTENT_INIT;
    return make(frame, frame->measure == present->measure ? present : &nothing, boxes, subtract, out, exact, err);
}

/* As many whole months, or as many days. */
static int same_length(mtm_period a, mtm_period b) {
    int months = mtmi_period_months(a);
    return months > 0 ? mtmi_period_months(b) == months : a.last - a.first == b.last - b.first;
}

int mtmi_extent_alike(const mtmi_extent *a, const mtmi_extent *b) {
    int alike = a->measure == b->measure && a->n == b->n;
    for (size_t i = 0; i < a->n && alike; i++) {
        alike = same_boxes(&a->span[i], &b->span[i]) && (a->n == 1 || same_length(a->span[i].days, b->span[i].days));
    }
    return alike;
}
