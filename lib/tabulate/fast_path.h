/* Counting rows that the scanner found plain; it says which rows need the slow path. */
#ifndef MTMI_TABULATE_FAST_PATH_H
#define MTMI_TABULATE_FAST_PATH_H

#include "tabulate/counter.h"

/* A run of rows. Cell i of a row lies between ends[first + i - 1] and ends[first + i], also for i = 0. */
typedef struct mtmi_plain_run {
    const unsigned char *bytes;
    uint32_t *ends;
    const uint32_t *rows; /* for every row the index of its last end */
    uint32_t n_rows;
    uint32_t odd; /* rows that end here or later are not plain */
    size_t block; /* rows that begin after it belong to the next block */
    int carriage; /* there may be CR LF */
    uint32_t at;  /* in and out: the row at hand, its first end, its first byte */
    uint32_t first;
    size_t row;
} mtmi_plain_run;

/* Counts rows until one is not plain, has another number of cells, or belongs to the next block; or counting stopped. */
void mtmi_plain_rows(mtmi_counter *counter, mtmi_plain_run *run);

#endif
