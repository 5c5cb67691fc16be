/* The combinations of members that a table has in some dimensions, period by period, and which of them are absent where
 * they are expected. */
#ifndef MTMI_COVERAGE_HISTORY_H
#define MTMI_COVERAGE_HISTORY_H

#include "base/decimal.h"
#include "base/map.h"
#include "coverage/dataset_index.h"
#include "coverage/extent.h"

/* Members that a measure fixes: one bit per dimension, and the member of each. */
typedef struct mtmi_fixed {
    uint32_t dimensions;
    int32_t members[MTMI_DIMENSIONS_MAX];
} mtmi_fixed;

/* The best vintage of one cell; a blank is no entry. */
typedef struct mtmi_entry {
    uint32_t period, combination; /* of the view; of the history */
    uint32_t row;
} mtmi_entry;

/* What stands for all members of the dimensions that are added up, from the weakest to the strongest. */
typedef enum mtmi_frame {
    MTMI_FRAME_SEEN = 0, /* those that the source lists */
    MTMI_FRAME_DECLARED, /* a list in the data package */
    MTMI_FRAME_CLOSED,   /* sex, urban and rural, direction */
    MTMI_FRAME_ALL       /* a printed total */
} mtmi_frame;

typedef enum mtmi_gap_kind {
    MTMI_GAP_ZERO = 0, /* absent means zero: the data package says so, or rows were counted */
    MTMI_GAP_ORDINARY, /* always small: taken for zero, if all others are too */
    MTMI_GAP_OPEN      /* not known */
} mtmi_gap_kind;

/* An absent cell. */
typedef struct mtmi_gap {
    uint32_t combination;
    mtmi_gap_kind kind;
    uint32_t last_seen; /* its latest row before, or UINT32_MAX */
    mtmi_wide sum;      /* of its figures in the 24 months; divided by intervals: their mean */
} mtmi_gap;

/* One period of a history. */
typedef struct mtmi_absence {
    struct mtmi_absence *next; /* of the same period, with another longer one */
    uint32_t period, longer;
    mtmi_frame frame;
    uint32_t complete; /* dimensions of the mask of which all members are expected: closed, declared, with a rest */
    mtmi_gap *gap;
    size_t n, capacity;
    uint32_t *fresh; /* combinations first seen in this period, where others were seen before */
    size_t n_fresh, fresh_capacity;
    int32_t intervals; /* of this length with figures, in the 24 months before */
} mtmi_absence;

/* Numbers of the boxes of combinations, where some dimensions are whole. */
typedef struct mtmi_history_boxes {
    uint32_t whole;
    uint32_t *box; /* by combination: the number, and one; 0 for not asked yet */
    size_t n;
} mtmi_history_boxes;

enum { MTMI_HISTORY_BOXES = 4 };

typedef struct mtmi_history {
    const mtmi_dataset_index *view;
    mtmi_fixed fixed;
    uint32_t mask;         /* the dimensions of the combinations, one per bit */
    mtmi_map combinations; /* member by member of the mask's dimensions */
    mtmi_entry *entry;     /* by period, then combination */
    size_t n;
    size_t *starts;                               /* per period of the view, one more than there are */
    uint32_t *by_combination;                     /* entries by combination, then period */
    size_t *first;                                /* per combination that has entries, one more than there are */
    size_t n_seen;                                /* combinations that have entries; frames add others behind them */
    mtmi_absence **absence;                       /* found so far, by period */
    mtmi_history_boxes boxes[MTMI_HISTORY_BOXES]; /* of one set of boxes */
    size_t n_boxes;
} mtmi_history;

/* The history of a measure in the dimensions of a mask; made at the first call, owned by the view's memory. */
mtm_status mtmi_history_find(const mtmi_dataset_index *view, const mtmi_fixed *fixed, uint32_t mask, mtmi_history **out,
                             mtm_error *err);
/* The member that a combination has in a dimension of the mask. Members that the dataset never has are below -1. */
int32_t mtmi_history_member(const mtmi_history *history, uint32_t combination, size_t dimension);
/* Its code; lent. */
const char *mtmi_history_code(const mtmi_history *history, uint32_t combination, size_t dimension);
/* The number of a combination's box; dimensions of the mask `whole` are not restricted. MTMI_MAP_NONE when memory ran out.
 * boxes are always the same for a history. */
uint32_t mtmi_history_box(mtmi_history *history, uint32_t combination, uint32_t whole, mtmi_boxes *boxes);
/* The entry of a combination in a period, or NULL. */
const mtmi_entry *mtmi_history_entry(const mtmi_history *history, uint32_t combination, size_t period);

/* What is absent in a period. longer is the period of a cumulative figure that this one is subtracted from, UINT32_MAX
 * for none: what the longer one has, this one should have too. */
mtm_status mtmi_absence_find(mtmi_history *history, uint32_t period, uint32_t longer, const mtmi_absence **out,
                             mtm_error *err);
/* Whether two periods are of one length: as many whole months, or as many days. */
int mtmi_same_length(mtm_period a, mtm_period b);

void mtmi_histories_free(mtmi_history **histories, size_t n);

#endif
