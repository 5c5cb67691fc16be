/* Puts members back together that were one. A member's root is what its territory was part of before the changes between
 * two periods; two extents are compared by roots. What was apart already is not merged: only changes that lie between count. A
 * root is whole in a period if every member of it that existed throughout the period is there. */
#include "coverage/territory.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "period/period.h"

#include <string.h>

int mtmi_territory_exists(const mtmi_dimension *dimension, const char *code, mtm_period period) {
    const int32_t index = dimension->list != NULL ? mtmi_codelist_index(dimension->list, code) : -1;
    mtm_period valid = {INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < dimension->n_frame; i++) {
        const mtmi_framed *member = &dimension->frame[i];
        const int has_dates = member->valid.first != INT32_MIN || member->valid.last != INT32_MAX;
        if (strcmp(member->code, code) == 0 && has_dates) {
            return mtmi_period_contains(member->valid, period);
        }
    }
    return index < 0 || !mtm_codelist_validity(dimension->list, (size_t)index, &valid) ||
           mtmi_period_contains(valid, period);
}

/* ---- the changes between two periods ---- */

static mtm_status add_change(mtmi_territory *out, const mtmi_territory_change *change, mtm_period earlier,
                             mtm_period later, mtm_error *err) {
    void *table = out->change;
    if (change->from <= earlier.first || change->from > later.last) {
        return MTM_OK;
    }
    if (!mtmi_memory_reserve(&table, &out->capacity, out->n + 1, sizeof *change)) {
        return mtmi_error_memory(err);
    }
    out->change = table;
    out->change[out->n++] = *change;
    return MTM_OK;
}

static const mtmi_framed *framed(const mtmi_dimension *dimension, const char *code) {
    for (size_t i = 0; i < dimension->n_frame; i++) {
        if (strcmp(dimension->frame[i].code, code) == 0) {
            return &dimension->frame[i];
        }
    }
    return NULL;
}

static mtm_status add_dimension(mtmi_territory *out, size_t k, mtm_period earlier, mtm_period later, mtm_error *err) {
    const mtmi_dimension *d = &out->dataset->dimensions[k];
    mtmi_territory_change change = {k, NULL, NULL, 0};
    for (size_t i = 0; i < d->n_frame; i++) {
        if (d->frame[i].predecessor != NULL) {
            change = (mtmi_territory_change){k, d->frame[i].code, d->frame[i].predecessor, d->frame[i].valid.first};
            MTMI_CHECK_STATUS(add_change(out, &change, earlier, later, err));
        }
    }
    size_t at = 0;
    while (mtmi_codelist_succession(d->list, earlier.first, later.last, &at, &change.member, &change.predecessor,
                                    &change.from)) {
        const mtmi_framed *member = framed(d, change.member);
        const int is_left_out = d->frame != NULL && (member == NULL || framed(d, change.predecessor) == NULL);
        if (!is_left_out && (member == NULL || member->predecessor == NULL)) {
            MTMI_CHECK_STATUS(add_change(out, &change, earlier, later, err));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_territory_find(const mtm_dataset *dataset, mtm_period earlier, mtm_period later, mtmi_territory *out,
                               mtm_error *err) {
    *out = (mtmi_territory){dataset, NULL, 0, 0};
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        MTMI_CHECK_STATUS(add_dimension(out, k, earlier, later, err));
    }
    return MTM_OK;
}

void mtmi_territory_free(mtmi_territory *territory) {
    mtmi_memory_free(territory->change);
    *territory = (mtmi_territory){territory->dataset, NULL, 0, 0};
}

int mtmi_territory_touches(const mtmi_territory *territory, const char *dimension, const char *member) {
    for (size_t i = 0; i < territory->n; i++) {
        if (strcmp(territory->dataset->dimensions[territory->change[i].dimension].name, dimension) == 0 &&
            (strcmp(territory->change[i].member, member) == 0 ||
             strcmp(territory->change[i].predecessor, member) == 0)) {
            return 1;
        }
    }
    return 0;
}

int mtmi_territory_is_listed(const mtmi_territory *territory, size_t change) {
    const size_t k = territory->change[change].dimension;
    const int32_t member = mtmi_dataset_find_member(territory->dataset, (int)k, territory->change[change].member);
    return member >= 0 && territory->dataset->dimensions[k].members[member].n_rows > 0;
}

/* ---- roots ---- */

static const char *dimension_name(const mtmi_territory *territory, size_t change) {
    return territory->dataset->dimensions[territory->change[change].dimension].name;
}

/* What a member is part of in the end. A list of a package may go in a circle: then that is where it stops. */
static const char *root_of(const mtmi_territory *territory, size_t dimension, const char *member) {
    for (size_t steps = 0; steps < territory->n; steps++) {
        size_t i = 0;
        while (i < territory->n &&
               (territory->change[i].dimension != dimension || strcmp(territory->change[i].member, member) != 0)) {
            i++;
        }
        if (i == territory->n) {
            break;
        }
        member = territory->change[i].predecessor;
    }
    return member;
}

static int is_member(const mtmi_boxes *boxes, uint32_t box, const char *dimension, const char *code) {
    size_t length;
    const char *member = mtmi_boxes_member(boxes, box, dimension, &length);
    return member != NULL && strlen(code) == length && memcmp(member, code, length) == 0;
}

int mtmi_territory_has_part(const mtmi_territory *territory, const mtmi_boxes *boxes, uint32_t box) {
    for (size_t i = 0; i < territory->n; i++) {
        if (is_member(boxes, box, dimension_name(territory, i), territory->change[i].member) ||
            is_member(boxes, box, dimension_name(territory, i), territory->change[i].predecessor)) {
            return 1;
        }
    }
    return 0;
}

uint32_t mtmi_territory_root(const mtmi_territory *territory, mtmi_boxes *boxes, uint32_t box) {
    for (size_t i = 0; i < territory->n && box != MTMI_MAP_NONE; i++) {
        const mtmi_territory_change *change = &territory->change[i];
        if (is_member(boxes, box, dimension_name(territory, i), change->member)) {
            box = mtmi_boxes_replace(boxes, box, dimension_name(territory, i),
                                     root_of(territory, change->dimension, change->member));
        }
    }
    return box;
}

/* Whether a code existed throughout a period, its own changes behind it. */
static int is_required(const mtmi_territory *territory, size_t dimension, const char *code, mtm_period period) {
    for (size_t i = 0; i < territory->n; i++) {
        if (territory->change[i].dimension == dimension && strcmp(territory->change[i].member, code) == 0 &&
            territory->change[i].from > period.first) {
            return 0;
        }
    }
    return mtmi_territory_exists(&territory->dataset->dimensions[dimension], code, period);
}

/* The root of the box's member in a dimension, where that member changed; else NULL. */
static const char *root_in(const mtmi_territory *territory, const mtmi_boxes *boxes, uint32_t box, size_t change) {
    const mtmi_territory_change *one = &territory->change[change];
    const char *const codes[2] = {one->member, one->predecessor};
    for (int i = 0; i < 2; i++) {
        if (is_member(boxes, box, dimension_name(territory, change), codes[i])) {
            return root_of(territory, one->dimension, codes[i]);
        }
    }
    return NULL;
}

/* Whether the box has its like for a code, where that is of one root with its member, and existed. */
static mtm_status check_part(const mtmi_territory *territory, mtmi_boxes *boxes, uint32_t box, size_t change,
                             const char *code, mtm_period period, mtmi_territory_has has, const void *context,
                             int *is_whole, mtm_error *err) {
    if (!is_required(territory, territory->change[change].dimension, code, period)) {
        return MTM_OK;
    }
    const uint32_t other = mtmi_boxes_replace(boxes, box, dimension_name(territory, change), code);
    *is_whole = *is_whole && other != MTMI_MAP_NONE && has(context, other);
    return other != MTMI_MAP_NONE ? MTM_OK : mtmi_error_memory(err);
}

mtm_status mtmi_territory_is_whole(const mtmi_territory *territory, mtmi_boxes *boxes, uint32_t box, mtm_period period,
                                   mtmi_territory_has has, const void *context, int *is_whole, mtm_error *err) {
    *is_whole = 1;
    for (size_t i = 0; i < territory->n; i++) {
        const char *root = root_in(territory, boxes, box, i);
        const size_t dimension = territory->change[i].dimension;
        for (size_t k = 0; root != NULL && k < territory->n && *is_whole; k++) {
            const char *const codes[2] = {territory->change[k].member, territory->change[k].predecessor};
            for (int c = 0; c < 2 && territory->change[k].dimension == dimension; c++) {
                if (strcmp(root_of(territory, dimension, codes[c]), root) == 0) {
                    MTMI_CHECK_STATUS(
                        check_part(territory, boxes, box, i, codes[c], period, has, context, is_whole, err));
                }
            }
        }
    }
    return MTM_OK;
}

/* ---- extents ---- */

static int has_box(const void *context, uint32_t box) {
    const mtmi_span *span = context;
    size_t low = 0, high = span->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (span->box[middle] == box) {
            return 1;
        }
        low = span->box[middle] < box ? middle + 1 : low;
        high = span->box[middle] < box ? high : middle;
    }
    return 0;
}

static mtm_status merge_span(const mtmi_territory *territory, mtmi_boxes *boxes, const mtmi_span *span,
                             mtmi_extent *out, int *is_whole, mtm_error *err) {
    uint32_t *roots = mtmi_memory_new(span->n + 1, sizeof *roots);
    mtm_status status = MTM_OK;
    MTMI_TRY(roots != NULL ? MTM_OK : mtmi_error_memory(err));
    for (size_t i = 0; i < span->n && *is_whole; i++) {
        MTMI_TRY(mtmi_territory_is_whole(territory, boxes, span->box[i], span->days, has_box, span, is_whole, err));
        roots[i] = mtmi_territory_root(territory, boxes, span->box[i]);
        MTMI_TRY(roots[i] != MTMI_MAP_NONE ? MTM_OK : mtmi_error_memory(err));
    }
    if (*is_whole) {
        status = mtmi_extent_add(out, boxes, span->days, roots, span->n, err);
    }
out:
    mtmi_memory_free(roots);
    return status;
}

static mtm_status merge(const mtmi_territory *territory, mtmi_boxes *boxes, const mtmi_extent *extent, mtmi_extent *out,
                        int *is_whole, mtm_error *err) {
    out->measure = extent->measure;
    for (size_t i = 0; i < extent->n && *is_whole; i++) {
        MTMI_CHECK_STATUS(merge_span(territory, boxes, &extent->span[i], out, is_whole, err));
    }
    return MTM_OK;
}

mtm_status mtmi_territory_alike(const mtmi_territory *territory, mtmi_boxes *boxes, const mtmi_extent *a,
                                const mtmi_extent *b, int *alike, mtm_error *err) {
    mtmi_extent of_a = MTMI_EXTENT_INIT, of_b = MTMI_EXTENT_INIT;
    *alike = 1;
    mtm_status status = MTM_OK;
    MTMI_TRY(merge(territory, boxes, a, &of_a, alike, err));
    MTMI_TRY(merge(territory, boxes, b, &of_b, alike, err));
    *alike = *alike && mtmi_extent_alike(&of_a, &of_b);
out:
    mtmi_extent_free(&of_a);
    mtmi_extent_free(&of_b);
    return status;
}
