/* Where the axis of a chart begins, ends and carries its numbers. Whole numbers only: no rounding, no locale. */
#ifndef MTMI_RENDER_CHART_TICKS_H
#define MTMI_RENDER_CHART_TICKS_H

#include "base/decimal.h"

#define MTMI_TICKS_MAX 12

typedef struct mtmi_ticks {
    mtm_decimal at[MTMI_TICKS_MAX]; /* from the axis' low end to its high end, both included */
    size_t n;
} mtmi_ticks;

/* Ticks 1, 2 or 5 times a power of ten apart, at most wanted + 1 of them, that enclose low and high (and 0 where
 * with_zero). wanted is 2 to MTMI_TICKS_MAX - 2. */
mtmi_ticks mtmi_ticks_around(mtm_decimal low, mtm_decimal high, int with_zero, int wanted);

/* How far value lies from the first tick to the last: 0 to 10000, rounded; outside values are cut off. */
int mtmi_ticks_place(const mtmi_ticks *ticks, mtm_decimal value);

#endif
