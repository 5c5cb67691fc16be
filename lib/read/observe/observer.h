/* Rows under bound columns to observations, with a verdict on every row. */
#ifndef MTMI_READ_OBSERVE_OBSERVER_H
#define MTMI_READ_OBSERVE_OBSERVER_H

#include "data/builder.h"
#include "read/table/columns.h"

typedef struct mtmi_observer mtmi_observer;

/* What became of a row. Refused: the rest says why. */
typedef struct mtmi_verdict {
    mtm_rows outcome; /* ACCEPTED, REJECTED or NOT_DATA */
    int code;
    mtm_status status; /* what a strict read returns */
    size_t cell;       /* which says it; SIZE_MAX: the row */
    mtmi_cell found;
    const char *expected, *hint; /* lent until the next row */
} mtmi_verdict;

/* log: notes go there, and equal cells are looked for row by row. build: observations are kept. */
mtm_status mtmi_observer_new(const mtmi_resource *resource, mtmi_check_log *log, int build, mtmi_observer **out,
                             mtm_error *err);
void mtmi_observer_free(mtmi_observer *observer);
/* To be called for every file, before its rows. The columns are borrowed. */
mtm_status mtmi_observer_start(mtmi_observer *observer, const mtmi_rows *rows, const mtmi_columns *columns,
                               mtm_error *err);
/* Before that, where there are several files. */
mtm_status mtmi_observer_file(mtmi_observer *observer, const char *name, mtm_error *err);
/* To be called after the last row of every file: the check's sums and balance are then those of parts. */
mtm_status mtmi_observer_settle(mtmi_observer *observer, mtm_error *err);
/* A status other than MTM_OK ends the reading: no memory, a limit. */
mtm_status mtmi_observer_row(mtmi_observer *observer, const mtmi_row *row, mtmi_verdict *out, mtm_error *err);
/* The dataset, checked as a whole; what that finds goes to the log. out NULL: it is not wanted. */
mtm_status mtmi_observer_finish(mtmi_observer *observer, const char *file, mtm_dataset **out, mtm_error *err);

/* A remark under the table: "Unit: thousand persons" is a unit like one above it. */
void mtmi_observer_remark(mtmi_observer *observer, const char *text, size_t length, int64_t line);
/* The unit of the figures and its power of ten, as far as they are known. NULL for none; lent until the next row. */
const char *mtmi_observer_unit(const mtmi_observer *observer, int *power);
/* Marks that cells proved: bits of read/number.h, over all columns of figures. */
unsigned mtmi_observer_proofs(const mtmi_observer *observer);
/* Number of the accepted row at hand among those whose totals are looked for, from 1; 0 where it is none of them. */
size_t mtmi_observer_places(const mtmi_observer *observer);
/* Rows by columns, known_cells.c: cells that rows by text have shown to be plain, without their text. */
#define MTMI_KNOWN_COLUMNS 64
#define MTMI_KNOWN_FIGURES ((int64_t)1000000000000000) /* figures from here on, without sign, are read as text */

typedef struct mtmi_known_rows {
    int64_t line; /* of the first; each has the next */
    const mtm_period *periods;
    struct mtmi_known_column {
        const int32_t *members; /* of a column of labels: known; else NULL */
        const int64_t *figures; /* of a column of figures: whole numbers; else NULL */
    } columns[MTMI_KNOWN_COLUMNS];
} mtmi_known_rows;

/* After a file was started: whether such rows may be added. */
int mtmi_observer_knows_cells(const mtmi_observer *observer);
/* What an accepted row had for this label; -1 where the row's text must say. */
int32_t mtmi_observer_known_label(const mtmi_observer *observer, size_t column, const char *text, size_t length);
/* The period of the row accepted last. 0 where it says more than a period. */
int mtmi_observer_row_period(const mtmi_observer *observer, mtm_period *out);
/* Adds rows up to the first whose text must be read. */
mtm_status mtmi_observer_known_rows(mtmi_observer *observer, const mtmi_known_rows *rows, size_t n, size_t *taken,
                                    mtm_error *err);

/* A space or apostrophe that groups thousands in some cell, "" for none. Lent. */
const char *mtmi_observer_group(const mtmi_observer *observer);

#endif
