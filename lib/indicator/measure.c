/* Asks a dataset for a measure of one period: its total or its parts. */
#include "indicator/measure.h"

#include "base/try.h"

#include <string.h>

int mtmi_measure_fits(const mtm_dataset *dataset, const mtmi_request *request) {
    return mtmi_selection_fit(dataset, request->plus) &&
           (request->minus == NULL || mtmi_selection_fit(dataset, request->minus));
}

mtm_status mtmi_measure_open(mtmi_measured *measured, const mtmi_dataset_index *view, size_t period,
                             const mtmi_request *request, mtm_error *err) {
    memset(measured, 0, sizeof *measured);
    measured->view = view;
    measured->request = request;
    measured->period = period;
    MTMI_CHECK_STATUS(mtmi_selection_gather(&measured->plus, view, period, request->plus, request, err));
    if (request->minus != NULL) {
        MTMI_CHECK_STATUS(mtmi_selection_gather(&measured->minus, view, period, request->minus, request, err));
    }
    return MTM_OK;
}

void mtmi_measure_subtracted_from(mtmi_measured *measured, size_t longer) {
    measured->plus.longer = measured->minus.longer = (uint32_t)longer;
}

void mtmi_measure_close(mtmi_measured *measured) {
    mtmi_selection_clear(&measured->plus);
    mtmi_selection_clear(&measured->minus);
}

/* One direction less the other. */
static void subtract(mtmi_sum *sum, const mtmi_sum *minus, const mtm_dataset *dataset) {
    if (sum->state != MTMI_SUM_VALUE || minus->state != MTMI_SUM_VALUE) {
        const mtmi_sum *lacking = sum->state != MTMI_SUM_VALUE ? sum : minus;
        sum->reason = lacking->reason;
        sum->state = lacking->state;
        return;
    }
    if (mtmi_editions_differ(dataset->releases[sum->release].edition, dataset->releases[minus->release].edition)) {
        sum->state = MTMI_SUM_MISSING;
        sum->reason = MTM_REASON_EDITIONS_DIFFER;
        return;
    }
    if ((sum->frame == MTMI_FRAME_SEEN) != (minus->frame == MTMI_FRAME_SEEN)) { /* all of one, some of the other */
        sum->state = MTMI_SUM_MISSING;
        sum->reason = MTM_REASON_EXTENT_DIFFERS;
        return;
    }
    sum->frame = minus->frame < sum->frame ? minus->frame : sum->frame;
    sum->units += minus->units;
    sum->status = mtmi_status_join(sum->status, minus->status);
    sum->mixed |= minus->mixed;
    if (mtmi_vintage_compare(&dataset->releases[minus->release], &dataset->releases[sum->release]) > 0) {
        sum->release = minus->release;
    }
}

mtm_status mtmi_measure_total(const mtmi_measured *measured, int32_t release, int sign, mtmi_sum *out,
                              mtmi_trace *trace, mtm_error *err) {
    const mtmi_trace before = *trace;
    MTMI_CHECK_STATUS(mtmi_selection_total(&measured->plus, measured->request, release, sign, out, trace, err));
    if (measured->request->minus != NULL) {
        mtmi_sum minus;
        const size_t first = trace->n_counted;
        MTMI_CHECK_STATUS(
            mtmi_selection_total(&measured->minus, measured->request, release, -sign, &minus, trace, err));
        subtract(out, &minus, measured->view->dataset);
        for (size_t i = first; i < trace->n_counted; i++) {
            trace->counted[i].is_second = 1;
        }
    }
    if (out->state != MTMI_SUM_VALUE) {
        mtmi_trace_cut(trace, &before);
    }
    return MTM_OK;
}

mtm_status mtmi_measure_parts(const mtmi_measured *measured, int32_t release, int sign, mtmi_part_sum *parts,
                              int *found, mtmi_trace *counted, mtm_error *err) {
    int more = 0;
    MTMI_CHECK_STATUS(mtmi_selection_parts(&measured->plus, release, sign, parts, found, counted, err));
    if (measured->request->minus != NULL) {
        MTMI_CHECK_STATUS(mtmi_selection_parts(&measured->minus, release, -sign, parts, &more, counted, err));
        *found = *found && more;
    }
    return MTM_OK;
}

static int has_release(const mtmi_measured *measured, int32_t release) {
    const mtm_dataset *dataset = measured->view->dataset;
    for (size_t i = 0; i < measured->plus.n; i++) {
        if (dataset->release_of[measured->plus.cell[i].row] == release) {
            return 1;
        }
    }
    return 0;
}

mtm_status mtmi_measure_superseded(const mtmi_measured *measured, const mtmi_sum *chosen, mtmi_figure *figure,
                                   mtm_error *err) {
    const mtm_dataset *dataset = measured->view->dataset;
    mtmi_trace trace = MTMI_TRACE_INIT;
    mtm_status status = MTM_OK;
    for (size_t r = 0; r < dataset->n_releases && status == MTM_OK; r++) {
        mtmi_sum sum;
        if ((int32_t)r == chosen->release || !has_release(measured, (int32_t)r)) {
            continue;
        }
        trace.n = trace.n_counted = 0;
        status = mtmi_measure_total(measured, (int32_t)r, 1, &sum, &trace, err);
        if (status == MTM_OK && sum.state == MTMI_SUM_VALUE && sum.units != chosen->units && trace.n > 0) {
            mtmi_other other = {{0, 0, 0}, {0, 0, 0}, dataset->releases[r], trace.used[0].dataset, trace.used[0].row};
            status = mtmi_decimal_narrow(sum.units, dataset->decimals, &other.value, err);
            status = status == MTM_OK            ? mtmi_figure_supersede(figure, &other, err)
                     : status == MTM_ERROR_RANGE ? MTM_OK /* what does not fit is not listed */
                                                 : status;
        }
    }
    mtmi_trace_clear(&trace);
    return status;
}
