/* The parts of a value by one dimension: shares, ranks, remainder; or why there are none. */
#ifndef MTMI_INDICATOR_BREAKDOWN_H
#define MTMI_INDICATOR_BREAKDOWN_H

#include "indicator/writing.h"

/* What one dataset says of the parts. */
typedef struct mtmi_parts {
    const mtmi_dataset_index *view; /* NULL: nothing found */
    int by;                         /* the dimension */
    mtmi_part_sum *part;            /* one per member of it */
    size_t n;
    mtmi_trace counted; /* what they count all together; no observations */
    mtm_period observed;
    int selection;     /* the members do not claim to add up */
    int missing;       /* a member's figure is missing: the parts cannot be checked */
    int other_release; /* of another release than the total */
    mtmi_piece *pieces;
    size_t n_pieces;
} mtmi_parts;

void mtmi_parts_clear(mtmi_parts *parts);

/* Parts for the value's period and date, of its own dataset where that has them. Otherwise parts->view is NULL, reason
 * says why, and window what the figures cover instead (MTMI_PERIOD_NONE when there are none). */
mtm_status mtmi_parts_find(const mtmi_views *views, const mtmi_request *request, mtm_period period,
                           const mtmi_figure *value, mtmi_parts *parts, mtm_reason *reason, mtm_period *window,
                           mtm_error *err);

/* Writes rows, remainder, lineage and remarks. top counts rows before the remainder. */
mtm_status mtmi_break_down(mtmi_writing *writing, const mtmi_views *views, const mtmi_request *request,
                           const mtmi_figure *value, int32_t top, mtm_error *err);

/* Percentages where only these are published. *done says whether there were any. */
mtm_status mtmi_break_down_shares(mtmi_writing *writing, const mtmi_views *views, const mtmi_request *request,
                                  const mtmi_figure *value, int32_t top, int *done, mtm_error *err);

#endif
