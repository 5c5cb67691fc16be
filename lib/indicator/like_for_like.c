/* Like for like: the sums of those combinations that both figures have in every piece of theirs, from the same rows as the
 * figures. Nothing is said where these are less than half of either, of confidential tables, of net figures. */
#include "indicator/like_for_like.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "indicator/measure.h"
#include "period/period.h"

#include <string.h>

/* What one figure has of one combination. */
typedef struct part {
    mtmi_wide sum;
    uint32_t pieces;
} part;

typedef struct side {
    const mtmi_figure *figure;
    const mtmi_request *request;
    uint32_t mask;
    part *parts; /* by number of the box */
    size_t capacity;
    size_t n_parts;
} side;

/* The dimensions that a figure's sums are over; 0 for printed totals. *one is 0 where they are not all the same. */
static uint32_t mask_of(const mtmi_figure *figure, int *one) {
    uint32_t mask = 0;
    for (size_t i = 0; i < figure->trace.n_counted; i++) {
        const mtmi_history *history = figure->trace.counted[i].history;
        const uint32_t of_this = history != NULL ? history->mask : 0;
        *one = *one && (i == 0 || of_this == mask);
        mask = of_this;
    }
    return mask;
}

/* The same dimensions in another dataset; 0 where it lacks one. */
static uint32_t same_mask(const mtm_dataset *from, uint32_t mask, const mtm_dataset *to) {
    uint32_t out = 0;
    for (size_t k = 0; k < from->n_dimensions; k++) {
        int found = (mask >> k & 1) != 0 ? mtmi_dataset_find_dimension(to, from->dimensions[k].name) : -1;
        if ((mask >> k & 1) != 0 && found < 0) {
            return 0;
        }
        out |= found >= 0 ? (uint32_t)1 << found : 0;
    }
    return out;
}

static mtm_status add_part(side *one, uint32_t box, mtmi_wide value, mtm_error *err) {
    void *table = one->parts;
    size_t before = one->capacity;
    if (box == MTMI_MAP_NONE || !mtmi_memory_reserve(&table, &one->capacity, (size_t)box + 1, sizeof *one->parts)) {
        return mtmi_error_memory(err);
    }
    one->parts = table;
    if (one->capacity > before) {
        memset(one->parts + before, 0, (one->capacity - before) * sizeof *one->parts);
    }
    one->parts[box].sum += value;
    one->parts[box].pieces++;
    return MTM_OK;
}

static uint32_t box_of_row(const mtm_dataset *dataset, uint32_t mask, uint32_t row, mtmi_boxes *boxes) {
    mtmi_restriction restrictions[MTMI_DIMENSIONS_MAX];
    size_t n = 0;
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        if ((mask >> k & 1) != 0) {
            const mtmi_dimension *d = &dataset->dimensions[k];
            restrictions[n++] = (mtmi_restriction){d->name, d->members[d->codes[row]].code};
        }
    }
    return mtmi_boxes_box(boxes, restrictions, n);
}

static uint32_t box_of_gap(const mtmi_history *history, uint32_t combination, mtmi_boxes *boxes) {
    const mtm_dataset *dataset = history->view->dataset;
    mtmi_restriction restrictions[MTMI_DIMENSIONS_MAX];
    size_t n = 0;
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        if ((history->mask >> k & 1) != 0) {
            restrictions[n++] =
                (mtmi_restriction){dataset->dimensions[k].name, mtmi_history_code(history, combination, k)};
        }
    }
    return mtmi_boxes_box(boxes, restrictions, n);
}

/* Absent cells that are zero are there too. */
static mtm_status add_zeros(side *one, const mtmi_measured *measured, mtmi_boxes *boxes, mtm_error *err) {
    mtmi_history *history = NULL;
    const mtmi_absence *absence = NULL;
    MTMI_CHECK_STATUS(mtmi_history_find(one->figure->view, &measured->plus.fixed, one->mask, &history, err));
    MTMI_CHECK_STATUS(mtmi_absence_find(history, (uint32_t)measured->period, UINT32_MAX, &absence, err));
    for (size_t i = 0; i < absence->n; i++) {
        if (absence->gap[i].kind == MTMI_GAP_ZERO) {
            MTMI_CHECK_STATUS(add_part(one, box_of_gap(history, absence->gap[i].combination, boxes), 0, err));
        }
    }
    return MTM_OK;
}

static mtm_status add_piece(side *one, const mtmi_piece *piece, mtmi_boxes *boxes, mtm_error *err) {
    const mtm_dataset *dataset = one->figure->view->dataset;
    mtmi_measured measured;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_measure_open(&measured, one->figure->view, piece->period, one->request, err));
    for (size_t i = 0; i < measured.plus.n; i++) {
        const mtmi_selected_row *cell = &measured.plus.cell[i];
        int counts = cell->mask == one->mask && cell->group == 0 && mtmi_dataset_has_value(dataset, cell->row) &&
                     (piece->release < 0 ? !cell->old : dataset->release_of[cell->row] == piece->release);
        if (counts && one->request->group != NULL) {
            counts = measured.plus.by >= 0 &&
                     mtmi_selection_in_group(dataset, measured.plus.by,
                                             dataset->dimensions[measured.plus.by].codes[cell->row], one->request);
        }
        if (counts) {
            MTMI_TRY(add_part(one, box_of_row(dataset, one->mask, cell->row, boxes),
                              piece->sign * (mtmi_wide)dataset->values[cell->row], err));
        }
    }
    MTMI_TRY(add_zeros(one, &measured, boxes, err));
out:
    mtmi_measure_close(&measured);
    return status;
}

static mtm_status add_pieces(side *one, mtmi_boxes *boxes, mtm_error *err) {
    for (size_t i = 0; i < one->figure->n_pieces; i++) {
        MTMI_CHECK_STATUS(add_piece(one, &one->figure->pieces[i], boxes, err));
    }
    return MTM_OK;
}

static int has_whole(const side *one, size_t box) {
    return box < one->capacity && one->parts[box].pieces > 0 && one->parts[box].pieces == one->figure->n_pieces;
}

/* ---- territories that changed between the two ---- */

static int has_part(const void *context, uint32_t box) {
    return has_whole(context, box);
}

/* Puts the parts of what was one territory together, where all that it consists of is there. */
static mtm_status merge_parts(side *one, const mtmi_territory *territory, mtmi_boxes *boxes, mtm_error *err) {
    side merged = {one->figure, one->request, one->mask, NULL, 0, 0};
    mtm_status status = MTM_OK;
    if (territory->n == 0) {
        return MTM_OK;
    }
    for (uint32_t box = 0; box < one->capacity; box++) {
        int is_whole = has_whole(one, box);
        if (one->parts[box].pieces == 0) {
            continue;
        }
        if (mtmi_territory_has_part(territory, boxes, box)) {
            MTMI_TRY(
                mtmi_territory_is_whole(territory, boxes, box, one->figure->observed, has_part, one, &is_whole, err));
        }
        const uint32_t root = mtmi_territory_root(territory, boxes, box);
        MTMI_TRY(add_part(&merged, root, one->parts[box].sum, err));
        merged.parts[root].pieces = is_whole ? (uint32_t)one->figure->n_pieces : 0;
    }
    mtmi_memory_free(one->parts);
    *one = merged;
    merged.parts = NULL;
out:
    mtmi_memory_free(merged.parts);
    return status;
}

static int is_half(mtmi_wide some, mtmi_wide whole) {
    return some > 0 && whole > 0 && 2 * some >= whole;
}

static mtm_status compare_parts(const side *value, const side *base, mtmi_like *out, mtm_error *err) {
    mtmi_wide sums[2] = {0, 0};
    const side *const sides[2] = {value, base};
    mtm_decimal totals[2] = {value->figure->value, base->figure->value}, got[2];
    out->common = 0;
    for (size_t box = 0; box < value->capacity; box++) {
        if (has_whole(value, box) && has_whole(base, box)) {
            sums[0] += value->parts[box].sum;
            sums[1] += base->parts[box].sum;
            out->common++;
        }
    }
    for (int i = 0; i < 2; i++) {
        MTMI_CHECK_STATUS(mtmi_decimal_narrow(sums[i], sides[i]->figure->view->dataset->decimals, &got[i], err));
    }
    int half = out->common > 0;
    for (int i = 0; i < 2 && half; i++) {
        int decimals = totals[i].decimals > got[i].decimals ? totals[i].decimals : got[i].decimals;
        half = is_half(mtmi_decimal_rescale(got[i].units, got[i].decimals, decimals),
                       mtmi_decimal_rescale(totals[i].units, totals[i].decimals, decimals));
    }
    if (!half) {
        return MTM_OK;
    }
    out->value = got[0];
    out->base = got[1];
    MTMI_CHECK_STATUS(mtmi_decimal_subtract(got[0], got[1], &out->absolute, err));
    MTMI_CHECK_STATUS(mtmi_decimal_percent(out->absolute, got[1], 1, &out->percent, err));
    MTMI_CHECK_STATUS(mtmi_decimal_percent(got[0], totals[0], 1, &out->value_share, err));
    MTMI_CHECK_STATUS(mtmi_decimal_percent(got[1], totals[1], 1, &out->base_share, err));
    out->has = 1;
    return MTM_OK;
}

static int is_open_to_all(const mtmi_figure *figure) {
    return figure->view != NULL && figure->n_pieces > 0 && !figure->view->dataset->confidential &&
           !figure->view->dataset->microdata;
}

mtm_status mtmi_like_for_like(const mtmi_request *request, const mtmi_figure *value, const mtmi_request *base_request,
                              const mtmi_figure *base, mtmi_like *out, mtm_error *err) {
    mtmi_boxes boxes = {MTMI_MAP_INIT, MTMI_MAP_INIT, NULL, 0};
    side of_value = {value, request, 0, NULL, 0, 0}, of_base = {base, base_request, 0, NULL, 0, 0};
    int one = 1;
    memset(out, 0, sizeof *out);
    if (request->minus != NULL || (request->group != NULL && request->outside) || !value->has_value ||
        !base->has_value || !is_open_to_all(value) || !is_open_to_all(base)) {
        return MTM_OK;
    }
    of_value.mask = mask_of(value, &one);
    of_base.mask = mask_of(base, &one);
    if (of_value.mask == 0) {
        of_value.mask = same_mask(base->view->dataset, of_base.mask, value->view->dataset);
    } else if (of_base.mask == 0) {
        of_base.mask = same_mask(value->view->dataset, of_value.mask, base->view->dataset);
    }
    if (!one || of_value.mask == 0 ||
        of_base.mask != same_mask(value->view->dataset, of_value.mask, base->view->dataset)) {
        return MTM_OK;
    }
    mtmi_territory territory;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_territory_find(value->view->dataset, base->observed, value->observed, &territory, err));
    MTMI_TRY(add_pieces(&of_value, &boxes, err));
    MTMI_TRY(add_pieces(&of_base, &boxes, err));
    MTMI_TRY(merge_parts(&of_value, &territory, &boxes, err));
    MTMI_TRY(merge_parts(&of_base, &territory, &boxes, err));
    MTMI_TRY(compare_parts(&of_value, &of_base, out, err));
out:
    if (status == MTM_ERROR_RANGE) { /* nothing is said of what does not fit */
        memset(out, 0, sizeof *out);
        status = MTM_OK;
    }
    mtmi_territory_free(&territory);
    mtmi_memory_free(of_value.parts);
    mtmi_memory_free(of_base.parts);
    mtmi_boxes_free(&boxes);
    return status;
}
