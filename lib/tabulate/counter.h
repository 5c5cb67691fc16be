/* One thread's counting of rows: numbers of members, and counts of their combinations.
 *
 * Everything since the last commit can be dropped, because a run of blocks may turn out to have been cut wrongly. */
#ifndef MTMI_TABULATE_COUNTER_H
#define MTMI_TABULATE_COUNTER_H

#include "registration/registry.h"
#include "tabulate/cell_cache.h"
#include "tabulate/scan/dates.h"
#include "tabulate/grid.h"
#include "tabulate/refusal_list.h"
#include "tabulate/spec.h"

#include <mtm/check.h>

#define MTMI_COUNTER_PERIODS 6u /* five granularities, and dates */
#define MTMI_COUNTER_SUMS 9     /* decimals at which everything is added up: the most a value may have */

/* What the cache of cells remembers of a cell. */
#define MTMI_VALUE_UNCLEAN 0x80000000u /* the row needs the slow way: a note or a refusal hangs on this cell */
#define MTMI_VALUE_OUTSIDE 0x40000000u /* a filter leaves the row out */
#define MTMI_VALUE_NUMBER 0x3FFFFFFFu  /* the member's number, the year of birth, the period's number */

typedef enum mtmi_use {
    MTMI_USE_PERIOD = 0,
    MTMI_USE_LABEL,
    MTMI_USE_BIRTH_YEAR,
    MTMI_USE_BIRTH_DATE,
    MTMI_USE_SUM,
    MTMI_USE_COUNT,
    MTMI_USE_ROWS, /* the resource's filter: rows without one of its labels are no data */
    MTMI_USE_ID,   /* registrations only, from here on */
    MTMI_USE_HOUSEHOLD,
    MTMI_USE_ENTERED,
    MTMI_USE_LEFT
} mtmi_use;

typedef struct mtmi_used_column {
    mtmi_use use;
    uint32_t position;  /* of the cell in the row, from 0 */
    unsigned axis;      /* LABEL */
    unsigned sum;       /* SUM: which of the specification's; COUNT: the weight, after them */
    const void *column; /* what the meaning of a cell needs to know */
} mtmi_used_column;

/* A column of figures some of whose people another one counts again. */
typedef struct mtmi_whole {
    unsigned subset; /* number of the used column that counts them again */
    unsigned sum;    /* of the column that counts them first */
} mtmi_whole;

/* How the rows of one file are understood. Frozen while threads count. */
typedef struct mtmi_count_table {
    const mtmi_spec *spec;
    const struct mtmi_header *header; /* for rows that repeat it */
    unsigned char delimiter, quote;
    int has_quote;
    int assumed_text; /* nothing says that it is UTF-8: the first byte that is not ends the counting */
    uint32_t n_columns;
    mtmi_used_column *used;
    unsigned n_used;
    const mtmi_whole *wholes; /* those of one subset stand together */
    unsigned n_wholes;
    int age_axis; /* -1: no grouping by age */
    int weighted; /* a column says for how many each row stands */
    uint64_t max_field, max_record, max_columns;
    size_t max_members;      /* of one axis */
    size_t max_cells;        /* of one grouping */
    size_t block;            /* bytes a thread takes at a time; tests make it small */
    int slow;                /* tests: every row goes the slow way */
    mtmi_registry *registry; /* NULL: rows are events, and not registrations of persons */
    mtmi_registry_columns registry_columns;
    unsigned n_threads; /* registrations: that share the memory */
    uint32_t file;      /* registrations: its number */
} mtmi_count_table;

typedef struct mtmi_axis_count {
    mtmi_map members; /* keys of member.h */
    uint64_t *firsts; /* one per member: block << 32 | line in the block, until the line is known */
    size_t firsts_capacity, n_committed;
    uint32_t *ordinals; /* periods: number + 1 by month, or by day, of MTMI_DATES_FIRST_YEAR on; 0 not met */
} mtmi_axis_count;

typedef struct mtmi_known_period {
    mtm_period period;
    uint32_t numbers[MTMI_COUNTER_PERIODS]; /* members on the period axes */
} mtmi_known_period;

/* A month as it is written, "2024-05-", and the number of its period + 1. */
typedef struct mtmi_month {
    uint64_t head;
    int32_t year;
    uint32_t number;
} mtmi_month;
#define MTMI_COUNTER_MONTHS 8u /* bits: how many are remembered */

/* What the hot path needs of a column, side by side. */
typedef struct mtmi_hot_column {
    const mtmi_short_cells *shorts; /* of the column's cache */
    uint64_t short_mask;
    const mtmi_seen_cell *slots;
    uint32_t shift, position;
    mtmi_use use;
    uint32_t axis;
} mtmi_hot_column;

/* And of a dense grouping that only counts, by a period and at most two dimensions; a stride of 0 for none. */
typedef struct mtmi_hot_grid {
    uint32_t *pending;
    uint32_t axes[3], strides[2];
} mtmi_hot_grid;

typedef struct mtmi_counter {
    const mtmi_count_table *table;
    mtmi_cell_cache *cells;       /* one a used column */
    mtmi_axis_count *axes;        /* one an axis of the specification */
    mtmi_grid *grids;             /* one a grouping */
    mtmi_hot_column *hot_columns; /* one a used column, in the table's order */
    int lean;                     /* the table is what the hot path is made for: see fast_path.c */
    unsigned n_labels;            /* lean: the first columns are labels, then period, then perhaps year of birth */
    mtmi_hot_grid *hot_grids;     /* as many groupings as are so, those of two axes first; the others are in cold */
    unsigned *cold;
    unsigned n_hot, n_cold;
    const mtmi_hot_grid *pairs_end, *hot_end;
    uint32_t *numbers;                            /* of the row at hand, one an axis */
    mtmi_wide *sums;                              /* of the row at hand, one a sum column and one for the weight */
    uint32_t ages[MTMI_SPEC_OLDEST + 1];          /* member + 1 of the band of an age; 0 not met */
    mtmi_month months[1u << MTMI_COUNTER_MONTHS]; /* a cache, by the bytes */
    mtmi_known_period *periods;                   /* what cells of the period column mean that are no plain dates */
    size_t n_periods, periods_capacity;
    uint64_t block, line; /* of the row at hand: its block, and line feeds since the block's first row */
    int32_t *decimals, *pending_decimals; /* most digits after the point met in each of the sums */
    mtmi_refusals refusals;               /* line: block << 32 | line in the block, until committed */
    size_t n_committed_refusals;
    int64_t pending[4], rows[4]; /* by mtm_rows */
    int64_t pending_outside, outside;
    mtmi_intake *intake; /* NULL: rows are counted */
    mtm_status status;   /* not OK: counting stopped, error says why */
    mtm_error error;
} mtmi_counter;

mtm_status mtmi_counter_start(mtmi_counter *counter, const mtmi_count_table *table, mtm_error *err);
/* To be called when a cache of cells has grown. */
void mtmi_counter_refresh(mtmi_counter *counter, unsigned used);
void mtmi_counter_free(mtmi_counter *counter);
void mtmi_counter_commit(mtmi_counter *counter);
void mtmi_counter_drop(mtmi_counter *counter);

/* A year of birth and a date, a year for a birthday, to an age; -1 when it cannot be. */
int32_t mtmi_counter_years(const mtmi_date *birth, const mtmi_date *date);

/* For the slow way: fills the row at hand, then counts it. Each gives 0 where the row cannot be counted: the period is
 * longer than a granule, the age impossible, or counting stopped. */
uint32_t mtmi_counter_member(mtmi_counter *counter, unsigned axis, const unsigned char *key,
                             size_t length); /* MTMI_MAP_NONE when counting stopped */
int mtmi_counter_period(mtmi_counter *counter, mtm_period period);
int mtmi_counter_age(mtmi_counter *counter, int32_t age);
int mtmi_counter_row(mtmi_counter *counter);
/* The used column of a subset that is larger than what it is of in the row at hand; the number of used columns for none. */
unsigned mtmi_counter_subset_above(const mtmi_counter *counter);
/* For the hot path: a month or day that was not met yet, given by its place in ordinals; an age likewise. */
int mtmi_counter_new_granule(mtmi_counter *counter, unsigned axis, size_t ordinal, const mtmi_date *date);
int mtmi_counter_count_cold(mtmi_counter *counter);

/* Days of months of 31 have numbers with gaps, made without a table; all longer granules are looked up by month. */
static inline size_t mtmi_counter_granule(const mtmi_date *date, int months) {
    int32_t year = date->year - MTMI_DATES_FIRST_YEAR;
    if (months <= 0) {
        return (size_t)(year * 372 + (date->month - 1) * 31 + date->day - 1);
    }
    return (size_t)(year * 12 + date->month - 1);
}

static inline int mtmi_counter_count_row(mtmi_counter *counter) {
    const mtmi_hot_grid *grid = counter->hot_grids, *end = grid + counter->n_hot;
    const uint32_t *numbers = counter->numbers;
    for (; grid < end; grid++) {
        grid->pending[numbers[grid->axes[0]] + (size_t)numbers[grid->axes[1]] * grid->strides[0] +
                      (size_t)numbers[grid->axes[2]] * grid->strides[1]]++;
    }
    return counter->n_cold == 0 || mtmi_counter_count_cold(counter);
}

#endif
