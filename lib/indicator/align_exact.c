/* The figure of one period of a dataset as it stands there, and what every way to a figure ends with: pieces that were
 * used, and a sum that becomes the value. */
#include "indicator/align.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "period/period.h"

mtm_status mtmi_align_piece(mtmi_figure *figure, size_t period, int sign, int32_t release, mtm_error *err) {
    void *pieces = mtmi_memory_resize(figure->pieces, figure->n_pieces + 1, sizeof *figure->pieces);
    if (pieces == NULL) {
        return mtmi_error_memory(err);
    }
    figure->pieces = pieces;
    figure->pieces[figure->n_pieces++] = (mtmi_piece){period, sign, release};
    return MTM_OK;
}

mtm_status mtmi_align_settle(mtmi_figure *figure, const mtmi_sum *sum, mtmi_way way, mtm_operation operation,
                             mtm_error *err) {
    const mtm_dataset *dataset = figure->view->dataset;
    mtm_status status = mtmi_decimal_narrow(sum->units, dataset->decimals, &figure->value, err);
    if (status == MTM_ERROR_RANGE) {
        mtmi_figure_refuse(figure, MTM_REASON_TOO_LARGE, MTMI_PERIOD_NONE);
        return MTM_OK;
    }
    if (status != MTM_OK) {
        return status;
    }
    figure->has_value = 1;
    figure->reason = MTM_REASON_NONE;
    figure->missing = MTMI_PERIOD_NONE;
    figure->status = sum->status;
    figure->way = way;
    figure->frame = sum->frame;
    figure->flags |= mtmi_figure_coverage_flags(figure);
    figure->vintage = dataset->releases[sum->release];
    if (sum->mixed) {
        figure->vintage.edition[0] = '\0';
    }
    figure->flags |= sum->derived || way != MTMI_WAY_EXACT ? MTM_FLAG_DERIVED : 0;
    figure->flags |= sum->status == 'E' ? MTM_FLAG_ESTIMATED : 0;
    figure->flags |= dataset->microdata || dataset->confidential ? MTM_FLAG_MICRODATA : 0;
    mtmi_trace_name(&figure->trace, operation);
    return MTM_OK;
}

mtm_status mtmi_align_exact(const mtmi_dataset_index *view, const mtmi_request *request, size_t at, int details,
                            int *found, mtmi_figure *figure, mtm_error *err) {
    mtmi_measured measured;
    mtmi_sum sum;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_measure_open(&measured, view, at, request, err));
    MTMI_TRY(mtmi_measure_total(&measured, -1, 1, &sum, &figure->trace, err));
    *found = mtmi_measure_says(&measured);
    if (sum.state == MTMI_SUM_VALUE) {
        MTMI_TRY(mtmi_align_piece(figure, at, 1, sum.derived ? -1 : sum.release, err));
        MTMI_TRY(mtmi_align_settle(figure, &sum, MTMI_WAY_EXACT, MTM_OPERATION_TAKE, err));
        if (details) {
            MTMI_TRY(mtmi_measure_superseded(&measured, &sum, figure, err));
        }
        figure->observed = view->periods[at];
    } else if (*found) {
        mtm_reason reason = sum.reason != MTM_REASON_NONE ? sum.reason : MTM_REASON_MISSING_VALUE;
        mtmi_figure_refuse(figure, reason, view->periods[at]);
    }
out:
    mtmi_measure_close(&measured);
    return status;
}
