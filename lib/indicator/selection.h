/* The cells of one period of a dataset, and what they add up to: printed totals first, complete parts else. */
#ifndef MTMI_INDICATOR_SELECTION_H
#define MTMI_INDICATOR_SELECTION_H

#include "indicator/figure.h"

/* One allowed observation of the period. Sorted by group, mask, members, vintage (best first). */
typedef struct mtmi_selected_row {
    uint32_t row;
    uint32_t mask;           /* free dimensions, one a bit, in which it is a part; 0: the total of all */
    unsigned char group;     /* 1: the printed row of the request's group; 2: of everything outside it */
    unsigned char old;       /* the same cell has a better vintage */
    unsigned char contested; /* and another value of the same vintage */
} mtmi_selected_row;

typedef struct mtmi_selection {
    const mtmi_dataset_index *view;
    mtmi_selected_row *cell;
    size_t n, capacity;
    int by; /* the dimension of the request that the dataset has, or -1 */
    const mtmi_request *request;
    mtmi_fixed fixed; /* what the measure's filter fixes */
    size_t period;    /* of the view */
    uint32_t longer;  /* the period of the cumulative figure that this one is subtracted from; UINT32_MAX for none */
} mtmi_selection;

void mtmi_selection_clear(mtmi_selection *cells);

/* Whether a dataset has the measure at all: concept, unit, kind, and every member of the filter. */
int mtmi_selection_fit(const mtm_dataset *dataset, const mtmi_measure *measure);
/* The breakdown's dimension in a dataset, or -1. */
int mtmi_selection_dimension(const mtm_dataset *dataset, const mtmi_request *request);

mtm_status mtmi_selection_gather(mtmi_selection *cells, const mtmi_dataset_index *view, size_t period,
                                 const mtmi_measure *measure, const mtmi_request *request, mtm_error *err);

/* Nothing there, a value, or only figures the source says are missing. */
typedef enum mtmi_sum_state { MTMI_SUM_NONE = 0, MTMI_SUM_VALUE, MTMI_SUM_MISSING } mtmi_sum_state;

typedef struct mtmi_sum {
    mtmi_sum_state state;
    mtm_reason reason; /* where MISSING */
    mtmi_wide units;
    char status;
    int derived;      /* not printed: added or subtracted */
    int32_t release;  /* the best one used, -1 for none */
    int mixed;        /* more than one edition was used */
    mtmi_frame frame; /* what the combinations added up are all of */
} mtmi_sum;

/* The total of the request's measure. release -1 takes of each cell the best vintage; another one takes only that
 * release, and only where it has every cell that there is. Observations go to the trace, signed. */
mtm_status mtmi_selection_total(const mtmi_selection *cells, const mtmi_request *request, int32_t release, int sign,
                                mtmi_sum *out, mtmi_trace *trace, mtm_error *err);

/* A member's part. */
typedef struct mtmi_part_sum {
    mtmi_sum sum;
    mtmi_trace trace;
    int lacks; /* it has figures, but not all that it should have */
} mtmi_part_sum;

/* Adds the parts by the request's dimension to parts, one per member of the dimension; *found tells whether there are
 * any. whole demands that dimension's members add up. What they count all together goes to counted. */
mtm_status mtmi_selection_parts(const mtmi_selection *cells, int32_t release, int sign, mtmi_part_sum *parts,
                                int *found, mtmi_trace *counted, mtm_error *err);

/* Whether the member is one of the group on the last day of the request's membership. */
int mtmi_selection_in_group(const mtm_dataset *dataset, int dimension, int32_t member, const mtmi_request *request);

#endif
