/* Splits a period that crosses a new year, because cumulative figures begin anew, and adds its parts. */
#include "indicator/align.h"

#include "base/error.h"
#include "base/try.h"
#include "period/period.h"

#include <string.h>

/* Adds a part's figure to what is there. */
static mtm_status add_part(mtmi_figure *whole, const mtmi_figure *part, mtm_error *err) {
    const int first = !whole->has_value;
    if (first) {
        whole->value = part->value;
        whole->vintage = part->vintage;
        whole->vintage_b = part->vintage_b;
    } else {
        MTMI_CHECK_STATUS(mtmi_decimal_add(whole->value, part->value, &whole->value, err));
        if (strcmp(whole->vintage.edition, part->vintage.edition) != 0) {
            whole->vintage.edition[0] = '\0';
        }
        whole->vintage.date =
            part->vintage.date.last > whole->vintage.date.last ? part->vintage.date : whole->vintage.date;
        whole->vintage_b = part->vintage_b.date.last != MTMI_DAY_NONE ? part->vintage_b : whole->vintage_b;
    }
    whole->has_value = 1;
    whole->status = first ? part->status : mtmi_status_join(whole->status, part->status);
    whole->flags |= part->flags | MTM_FLAG_DERIVED;
    whole->fall = (part->flags & MTM_FLAG_NEGATIVE_DIFFERENCE) != 0 ? part->fall : whole->fall;
    whole->way = part->way > whole->way ? part->way : whole->way;
    for (size_t i = 0; i < part->n_pieces; i++) {
        const mtmi_piece *piece = &part->pieces[i];
        MTMI_CHECK_STATUS(mtmi_align_piece(whole, piece->period, piece->sign, piece->release, err));
    }
    return mtmi_trace_append(&whole->trace, &part->trace, err);
}

mtm_status mtmi_align_years(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                            mtmi_align_part align_part, mtmi_figure *figure, mtm_error *err) {
    mtmi_figure whole, part;
    mtm_period left = period;
    mtm_status status = MTM_OK;
    int lacking = mtmi_period_around(period.first, 12).last >= period.last; /* one year only: nothing to split */
    mtmi_figure_start(&whole, view);
    whole.way = MTMI_WAY_ADDED;
    while (status == MTM_OK && !lacking && left.first <= left.last) {
        mtm_period year = mtmi_period_around(left.first, 12);
        mtm_period one = {left.first, year.last < left.last ? year.last : left.last};
        mtmi_figure_start(&part, view);
        status = align_part(view, request, one, 0, &part, err);
        lacking = !part.has_value;
        if (status == MTM_OK && !lacking) {
            status = add_part(&whole, &part, err);
            if (status == MTM_ERROR_RANGE) {
                mtmi_figure_refuse(figure, MTM_REASON_TOO_LARGE, MTMI_PERIOD_NONE);
                lacking = 1;
                status = MTM_OK;
            }
        } else if (status == MTM_OK && part.reason != MTM_REASON_PERIOD_UNAVAILABLE) {
            mtmi_figure_refuse(figure, part.reason, part.missing);
        }
        mtmi_figure_clear(&part);
        left.first = one.last + 1;
    }
    if (status == MTM_OK && !lacking) {
        whole.observed = period;
        mtmi_trace_name(&whole.trace, MTM_OPERATION_TAKE);
        mtmi_figure_move(figure, &whole);
    }
    mtmi_figure_clear(&whole);
    return status;
}
