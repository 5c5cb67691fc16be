/* Chooses the figure that stands for a period among stocks and targets. Stocks are never added over time. */
#include "indicator/align.h"

#include "base/try.h"
#include "period/period.h"

/* Dates that stand for the period: in it, or the day after its end. A stock of a whole period is held at its end. */
static int stands_for(mtm_period at, mtm_period period) {
    int date = at.first == at.last;
    return at.last >= period.first && (at.last <= period.last || (date && at.last - 1 == period.last));
}

/* A date that lacks areas is not passed over in silence for an older one that has them. */
static int is_final(const mtmi_figure *figure, int cells) {
    return cells && !figure->has_value &&
           (figure->reason == MTM_REASON_COVERAGE_INCOMPLETE || figure->reason == MTM_REASON_COVERAGE_UNKNOWN ||
            figure->reason == MTM_REASON_TOTAL_UNCERTAIN);
}

/* The latest figure in a span of view periods that has a value. */
static mtm_status latest(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period, int after_end,
                         int details, int *found, mtmi_figure *figure, mtm_error *err) {
    int32_t before = INT32_MAX; /* dates tried so far are not before this one */
    while (!figure->has_value) {
        size_t best = view->n_periods;
        for (size_t i = 0; i < view->n_periods; i++) {
            mtm_period at = view->periods[i];
            int fits = after_end ? stands_for(at, period) : at.last >= period.first && at.last <= period.last;
            if (fits && at.last < before && (best == view->n_periods || at.last > view->periods[best].last)) {
                best = i;
            }
        }
        if (best == view->n_periods) {
            break;
        }
        int cells = 0;
        before = view->periods[best].last;
        MTMI_CHECK_STATUS(mtmi_align_exact(view, request, best, details, &cells, figure, err));
        *found |= cells;
        if (is_final(figure, cells)) {
            break;
        }
    }
    return MTM_OK;
}

/* Nothing near: is there an older one, or none at all? */
static mtm_status explain(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                          mtmi_figure *figure, mtm_error *err) {
    const mtm_period past = {INT32_MIN + 1, period.first - 1};
    int found = 0;
    mtm_status status = latest(view, request, past, 0, 0, &found, figure, err);
    const mtm_period at = figure->observed;
    const int older = figure->has_value;
    figure->trace.n = figure->trace.n_counted = 0;
    figure->n_pieces = 0;
    figure->observed = MTMI_PERIOD_NONE;
    mtmi_figure_refuse(figure, older ? MTM_REASON_TOO_OLD : MTM_REASON_PERIOD_UNAVAILABLE, older ? at : period);
    return status;
}

mtm_status mtmi_align_stock(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period, int details,
                            mtmi_figure *figure, mtm_error *err) {
    int found = 0, found_before = 0;
    mtm_status status = latest(view, request, period, 1, details, &found, figure, err);
    if (status != MTM_OK || figure->has_value || is_final(figure, found)) {
        mtmi_trace_name(&figure->trace, MTM_OPERATION_LAST);
        return status;
    }
    const mtm_reason reason = figure->reason;
    const mtm_period missing = figure->missing;
    MTMI_CHECK_STATUS(latest(view, request, mtmi_period_previous(period), 0, details, &found_before, figure, err));
    if (figure->has_value) {
        figure->way = MTMI_WAY_LATEST;
        figure->flags |= MTM_FLAG_NOT_ALIGNED;
        mtmi_trace_name(&figure->trace, MTM_OPERATION_LATEST);
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(explain(view, request, period, figure, err));
    if (found) {
        mtmi_figure_refuse(figure, reason, missing);
    }
    return MTM_OK;
}

mtm_status mtmi_align_target(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                             int details, mtmi_figure *figure, mtm_error *err) {
    int64_t longest = -1; /* periods tried so far are not longer */
    int found = 0;
    while (!figure->has_value) {
        size_t best = view->n_periods;
        int64_t best_length = INT64_MAX;
        for (size_t i = 0; i < view->n_periods; i++) {
            int64_t length = (int64_t)view->periods[i].last - view->periods[i].first;
            if (mtmi_period_contains(view->periods[i], period) && length > longest && length < best_length) {
                best = i;
                best_length = length;
            }
        }
        if (best == view->n_periods) {
            break;
        }
        int cells = 0;
        longest = best_length;
        MTMI_CHECK_STATUS(mtmi_align_exact(view, request, best, details, &cells, figure, err));
        found |= cells;
    }
    if (figure->has_value && !mtmi_period_same(figure->observed, period)) {
        figure->way = MTMI_WAY_LATEST;
    }
    if (!figure->has_value && !found) {
        mtmi_figure_refuse(figure, MTM_REASON_PERIOD_UNAVAILABLE, period);
    }
    return MTM_OK;
}
