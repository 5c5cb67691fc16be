/* Finds the parts of a total: in the pieces that gave the total, or in another dataset that covers the same period. */
#include "indicator/breakdown.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "period/period.h"

#include <string.h>

void mtmi_parts_clear(mtmi_parts *parts) {
    for (size_t i = 0; i < parts->n; i++) {
        mtmi_trace_clear(&parts->part[i].trace);
    }
    mtmi_memory_free(parts->part);
    mtmi_memory_free(parts->pieces);
    mtmi_trace_clear(&parts->counted);
    memset(parts, 0, sizeof *parts);
}

static void reset(mtmi_parts *parts) {
    for (size_t i = 0; i < parts->n; i++) {
        parts->part[i].sum = (mtmi_sum){MTMI_SUM_NONE, MTM_REASON_NONE, 0, 'A', 0, -1, 0, MTMI_FRAME_ALL};
        parts->part[i].lacks = 0;
        parts->part[i].trace.n = parts->part[i].trace.n_counted = 0;
    }
    parts->counted.n_counted = 0;
}

static mtm_status add_piece(mtmi_parts *parts, size_t at, const mtmi_request *request, int own_release, int *whole,
                            mtm_error *err) {
    const mtmi_piece *piece = &parts->pieces[at];
    mtmi_measured measured;
    int found = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_measure_open(&measured, parts->view, piece->period, request, err));
    if (piece->sign < 0 && at > 0) { /* after the figure that it is subtracted from */
        mtmi_measure_subtracted_from(&measured, parts->pieces[at - 1].period);
    }
    MTMI_TRY(mtmi_measure_parts(&measured, own_release ? piece->release : -1, piece->sign, parts->part, &found,
                                &parts->counted, err));
    *whole = found;
out:
    mtmi_measure_close(&measured);
    return status;
}

/* Every piece must have parts. own_release takes of each piece the release that its total is of. */
static mtm_status add_pieces(mtmi_parts *parts, const mtmi_request *request, int own_release, int *whole,
                             mtm_error *err) {
    reset(parts);
    *whole = parts->n_pieces > 0;
    for (size_t i = 0; i < parts->n_pieces && *whole; i++) {
        MTMI_CHECK_STATUS(add_piece(parts, i, request, own_release, whole, err));
    }
    return MTM_OK;
}

static mtm_status keep_pieces(mtmi_parts *parts, const mtmi_piece *pieces, size_t n, mtm_error *err) {
    parts->pieces = mtmi_memory_new(n, sizeof *pieces);
    if (parts->pieces == NULL) {
        return mtmi_error_memory(err);
    }
    memcpy(parts->pieces, pieces, n * sizeof *pieces);
    parts->n_pieces = n;
    return MTM_OK;
}

/* Subtracting figures of two releases without the rule that chose them is not allowed. */
static int is_difference(const mtmi_parts *parts) {
    for (size_t i = 0; i < parts->n_pieces; i++) {
        if (parts->pieces[i].sign < 0) {
            return 1;
        }
    }
    return 0;
}

/* Tries a view with pieces; parts->view stays NULL when it has none. */
static mtm_status try_view(const mtmi_dataset_index *view, const mtmi_request *request, const mtmi_piece *pieces,
                           size_t n, mtmi_parts *parts, mtm_error *err) {
    int whole = 0;
    mtmi_parts_clear(parts);
    parts->by = mtmi_selection_dimension(view->dataset, request);
    if (parts->by < 0 || n == 0) {
        return MTM_OK;
    }
    parts->view = view;
    parts->n = view->dataset->dimensions[parts->by].n_members;
    parts->part = mtmi_memory_new(parts->n, sizeof *parts->part);
    if (parts->part == NULL) {
        parts->n = 0;
        return mtmi_error_memory(err);
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(keep_pieces(parts, pieces, n, err));
    MTMI_TRY(add_pieces(parts, request, 1, &whole, err));
    if (!whole && !is_difference(parts)) {
        parts->other_release = 1;
        MTMI_TRY(add_pieces(parts, request, 0, &whole, err));
    }
out:
    if (status != MTM_OK || !whole) {
        mtmi_parts_clear(parts);
        return status;
    }
    parts->selection = (view->selection >> parts->by & 1) != 0;
    for (size_t i = 0; i < parts->n; i++) {
        parts->missing |= parts->part[i].sum.state == MTMI_SUM_MISSING;
    }
    return MTM_OK;
}

/* The pieces of another dataset: as its own total is made, or the period itself where it has parts only. */
static mtm_status try_other(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                            const mtmi_figure *value, mtmi_parts *parts, mtm_period *window, mtm_error *err) {
    mtmi_request whole = *request;
    mtmi_figure figure;
    whole.group = NULL;
    mtmi_figure_start(&figure, NULL);
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_align(view, &whole, period, 0, &figure, err));
    const mtm_period wanted = value->has_value ? value->observed : period;
    size_t at = mtmi_dataset_index_find(view, wanted);
    const mtmi_piece itself = {at, 1, -1};
    if (figure.has_value && mtmi_period_same(figure.observed, wanted)) {
        MTMI_TRY(try_view(view, request, figure.pieces, figure.n_pieces, parts, err));
    } else if (at < view->n_periods && mtmi_covered_holds(&view->dataset->covered, wanted)) {
        MTMI_TRY(try_view(view, request, &itself, 1, parts, err));
    }
    parts->observed = wanted;
    if (parts->view == NULL) {
        *window = figure.reason == MTM_REASON_PERIODS_NOT_ALIGNED ? figure.missing : MTMI_PERIOD_NONE;
    }
out:
    mtmi_figure_clear(&figure);
    return status;
}

/* Whether a second set of parts is to be preferred: the publisher of the total, then the vintage, then the one with
 * fewer other dimensions. */
static int is_better(const mtmi_parts *a, const mtmi_parts *b, const mtmi_figure *value) {
    const mtm_dataset *of_a = a->view->dataset, *of_b = b->view->dataset;
    if (value->view != NULL) {
        int stranger_a = mtmi_choose_other_publisher(of_a, value->view->dataset);
        int stranger_b = mtmi_choose_other_publisher(of_b, value->view->dataset);
        if (stranger_a != stranger_b) {
            return stranger_b;
        }
    }
    if (a->selection != b->selection) {
        return b->selection;
    }
    return of_a->n_dimensions < of_b->n_dimensions;
}

/* Whether another dataset can give the breakdown: of the same measure, with the dimension, in the value's power of ten. */
static int can_break_down(const mtmi_dataset_index *view, const mtmi_request *request, const mtmi_figure *value) {
    return mtmi_measure_fits(view->dataset, request) && mtmi_selection_dimension(view->dataset, request) >= 0 &&
           (!value->has_value ||
            (view != value->view && view->dataset->multiplier == value->view->dataset->multiplier));
}

/* Looks for the parts in the datasets besides the value's own; keeps the best. */
static mtm_status search_others(const mtmi_views *views, const mtmi_request *request, mtm_period period,
                                const mtmi_figure *value, mtmi_parts *parts, mtm_period *window, mtm_error *err) {
    mtm_status status = MTM_OK;
    mtmi_parts other;

    memset(&other, 0, sizeof other);
    for (size_t i = 0; i < views->n && (parts->view == NULL || parts->view != value->view); i++) {
        mtm_period covered = MTMI_PERIOD_NONE;
        if (!can_break_down(&views->view[i], request, value)) {
            continue;
        }
        MTMI_TRY(try_other(&views->view[i], request, period, value, &other, &covered, err));
        if (other.view != NULL && (parts->view == NULL || is_better(&other, parts, value))) {
            mtmi_parts_clear(parts);
            *parts = other;
            memset(&other, 0, sizeof other);
        }
        *window = window->last == MTMI_DAY_NONE ? covered : *window;
        mtmi_parts_clear(&other);
    }
out:
    mtmi_parts_clear(&other);
    return status;
}

mtm_status mtmi_parts_find(const mtmi_views *views, const mtmi_request *request, mtm_period period,
                           const mtmi_figure *value, mtmi_parts *parts, mtm_reason *reason, mtm_period *window,
                           mtm_error *err) {
    mtm_status status = MTM_OK;

    memset(parts, 0, sizeof *parts);
    *reason = MTM_REASON_BREAKDOWN_UNAVAILABLE;
    *window = MTMI_PERIOD_NONE;
    if ((value->has_value || value->reason == MTM_REASON_COVERAGE_INCOMPLETE) && value->n_pieces > 0) {
        MTMI_TRY(try_view(value->view, request, value->pieces, value->n_pieces, parts, err));
        parts->observed = value->observed;
    }
    MTMI_TRY(search_others(views, request, period, value, parts, window, err));
out:
    if (status != MTM_OK) {
        mtmi_parts_clear(parts);
    } else if (window->last != MTMI_DAY_NONE) {
        *reason = MTM_REASON_PERIODS_NOT_ALIGNED;
    } else if (!value->has_value && value->reason != MTM_REASON_NONE) {
        *reason = value->reason;
    }
    return status;
}
