/* The places whose rows make a round's figure, at whatever level they are: two rounds may have the same provinces and other
 * districts in them. */
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "mobility/rounds.h"

#include <string.h>

/* A place by the levels that a row names, from the first to a depth. */
typedef struct key {
    int32_t place[MTMI_LEVELS];
} key;

static key key_of(const mtmi_tracked *row, int depth) {
    key out = {{0}};
    for (int k = 1; k <= depth && k < MTMI_LEVELS; k++) {
        out.place[k] = row->code[MTMI_SLOT_ADM0 + k];
    }
    return out;
}

static int depth_of(const mtmi_tracked *row) {
    int depth = 0;
    for (int k = 1; k < MTMI_LEVELS; k++) {
        depth = row->code[MTMI_SLOT_ADM0 + k] != 0 ? k : depth;
    }
    return depth;
}

/* Rows of areas; the source's own total is none. */
static int is_of_area(const mtmi_round_tally *tally, size_t i) {
    return (i < tally->printed_first || i >= tally->printed_first + tally->printed_n) && depth_of(tally->used[i]) > 0;
}

static mtm_status gather(const mtmi_round_tally *tally, mtmi_map *out, mtm_error *err) {
    for (size_t i = 0; i < tally->n_used; i++) {
        const key at = key_of(tally->used[i], depth_of(tally->used[i]));
        if (is_of_area(tally, i) && mtmi_map_add(out, &at, sizeof at) == MTMI_MAP_NONE) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* The place of a row, or the area above it that the other round has as a whole. */
static key place_in(const mtmi_tracked *row, const mtmi_map *other) {
    const int depth = depth_of(row);
    for (int k = 1; k < depth; k++) {
        const key above = key_of(row, k);
        if (mtmi_map_find(other, &above, sizeof above) != MTMI_MAP_NONE) {
            return above;
        }
    }
    return key_of(row, depth);
}

static mtm_status add(mtmi_round_tally *out, mtmi_map *places, const key *at, int64_t units, mtm_error *err) {
    const size_t before = places->n;
    const uint32_t number = mtmi_map_add(places, at, sizeof *at);
    void *areas = out->areas;
    if (number == MTMI_MAP_NONE || !mtmi_memory_reserve(&areas, &out->capacity, places->n, sizeof *out->areas)) {
        return mtmi_error_memory(err);
    }
    out->areas = areas;
    if (number == before) {
        memset(&out->areas[number], 0, sizeof out->areas[number]);
        memcpy(out->areas[number].place, at->place, sizeof at->place);
        out->areas[number].has_value = 1;
        out->n = places->n;
    }
    out->areas[number].units += units;
    out->areas_units += units;
    return MTM_OK;
}

mtm_status mtmi_tally_places(const mtmi_round_tally *tally, const mtmi_round_tally *other, mtmi_round_tally *out,
                             mtm_error *err) {
    mtmi_map others = MTMI_MAP_INIT, places = MTMI_MAP_INIT;
    mtm_status status = MTM_OK;
    memset(out, 0, sizeof *out);
    MTMI_TRY(gather(other, &others, err));
    for (size_t i = 0; i < tally->n_used; i++) {
        if (is_of_area(tally, i)) {
            const key at = place_in(tally->used[i], &others);
            MTMI_TRY(add(out, &places, &at, tally->used[i]->units, err));
        }
    }
out:
    mtmi_map_free(&others);
    mtmi_map_free(&places);
    return status;
}

static mtm_status find_all(const mtmi_round_tally *all, const mtmi_round_tally *in, int *same, mtm_error *err) {
    mtmi_map places = MTMI_MAP_INIT;
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < in->n; i++) {
        MTMI_TRY(mtmi_map_add(&places, in->areas[i].place, sizeof in->areas[i].place) == MTMI_MAP_NONE
                     ? mtmi_error_memory(err)
                     : MTM_OK);
    }
    *same = all->n == in->n;
    for (size_t i = 0; *same && i < all->n; i++) {
        *same = mtmi_map_find(&places, all->areas[i].place, sizeof all->areas[i].place) != MTMI_MAP_NONE;
    }
out:
    mtmi_map_free(&places);
    return status;
}

mtm_status mtmi_tally_same_places(const mtmi_round_tally *a, const mtmi_round_tally *b, int *same, mtm_error *err) {
    mtmi_round_tally one, other;
    mtm_status status = MTM_OK;
    *same = 0;
    memset(&one, 0, sizeof one);
    memset(&other, 0, sizeof other);
    MTMI_TRY(mtmi_tally_places(a, b, &one, err));
    MTMI_TRY(mtmi_tally_places(b, a, &other, err));
    MTMI_TRY(find_all(&one, &other, same, err));
out:
    mtmi_tally_clear(&one);
    mtmi_tally_clear(&other);
    return status;
}
