/* Which days a dataset of microdata covers: declared, or settled from the days on which its rows are dated. */
#ifndef MTMI_DATA_COVERED_H
#define MTMI_DATA_COVERED_H

#include "base/error.h"

#include <mtm/period.h>

typedef struct mtmi_covered {
    mtm_period *stretches; /* of days, in order and apart; none: nobody says */
    size_t n;
    int32_t
        slack;   /* as many days without a row next to a stretch tell nothing: they are taken for days without events */
    int overrun; /* rows are dated on other days than those that are declared */
} mtmi_covered;

/* Rows of one date, or of one longer period. */
typedef struct mtmi_dated {
    mtm_period period;
    uint64_t rows; /* at least 1 */
} mtmi_dated;

typedef enum mtmi_days {
    MTMI_DAYS_COVERED = 0,
    MTMI_DAYS_ASSUMED, /* all, where the slack is taken for days without events */
    MTMI_DAYS_PARTLY,
    MTMI_DAYS_OUTSIDE /* none, or nobody says */
} mtmi_days;

/* From days that are dated, which are put in order. */
mtm_status mtmi_covered_settle(mtmi_dated *dated, size_t n, mtmi_covered *out, mtm_error *err);
/* From periods that are declared. */
mtm_status mtmi_covered_declare(const mtm_period *periods, size_t n, mtmi_covered *out, mtm_error *err);
/* Notes rows that are dated outside what is declared. */
void mtmi_covered_overrun(mtmi_covered *covered, const mtmi_dated *dated, size_t n);
/* Adds what another one covers; where one says nothing, neither do both. */
mtm_status mtmi_covered_unite(mtmi_covered *to, const mtmi_covered *from, mtm_error *err);
/* 0 when memory ran out; to is to be freed all the same. */
int mtmi_covered_copy(const mtmi_covered *from, mtmi_covered *to);
void mtmi_covered_free(mtmi_covered *covered);

/* What of a period is covered; missing: the first days that are not, or that are assumed. */
mtmi_days mtmi_covered_find(const mtmi_covered *covered, mtm_period period, mtm_period *missing);
/* The first days of each of n periods that are not covered; *out stays NULL where all of them are, or nobody says what is. */
mtm_status mtmi_covered_uncovered(const mtmi_covered *covered, const mtm_period *periods, size_t n, mtm_period **out,
                                  mtm_error *err);
/* Whether all of a period is covered, the slack included, or nobody says what is. */
int mtmi_covered_holds(const mtmi_covered *covered, mtm_period period);
/* The part of a stretch that lies within a period: last < first where none does. */
mtm_period mtmi_covered_part(const mtmi_covered *covered, size_t stretch, mtm_period period);
/* From the first to the last covered day of a period, of which some are. */
mtm_period mtmi_covered_hull(const mtmi_covered *covered, mtm_period period);

#endif
