/* Some rows of a batch, a column at a time: what each cell stands for, side by side, before the rows are counted. A row
 * with a mark of MTMI_VALUE_UNCLEAN is counted by its text instead; its other values mean nothing. */
#ifndef MTMI_TABULATE_COLUMNS_CHUNK_H
#define MTMI_TABULATE_COLUMNS_CHUNK_H

#include "tabulate/counter.h"

#define MTMI_CHUNK_ROWS 1024u

/* A cell of the period column. */
typedef struct mtmi_moment {
    uint32_t numbers[MTMI_COUNTER_PERIODS]; /* members on the period axes */
    mtmi_date date;
    unsigned char known, good, has_date; /* has_date: a day, and not a longer period */
} mtmi_moment;

typedef struct mtmi_chunk {
    mtmi_counter *counter;
    uint64_t line;                   /* of row 0, since the last commit */
    uint32_t marks[MTMI_CHUNK_ROWS]; /* MTMI_VALUE_UNCLEAN, MTMI_VALUE_OUTSIDE */
    unsigned char no_data[MTMI_CHUNK_ROWS];
    const mtmi_moment *moments[MTMI_CHUNK_ROWS];
    mtmi_moment own[MTMI_CHUNK_ROWS]; /* where nothing remembers them */
    mtmi_date births[MTMI_CHUNK_ROWS];
    uint32_t *labels; /* MTMI_CHUNK_ROWS an axis of the specification */
    mtmi_wide *sums;  /* MTMI_CHUNK_ROWS a sum and one for the weight */
} mtmi_chunk;

#endif
