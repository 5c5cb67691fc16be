/* Exact arithmetic: 128-bit sums, one rounding, half away from zero. Knows nothing of what is counted. */
#ifndef MTMI_BASE_DECIMAL_H
#define MTMI_BASE_DECIMAL_H

#include <mtm/decimal.h>

__extension__ typedef __int128 mtmi_wide;
__extension__ typedef unsigned __int128 mtmi_wide_unsigned;

#define MTMI_DECIMALS_MAX 9
#define MTMI_WIDE_TEXT 64

/* 10^n for 0 <= n <= 18. */
int64_t mtmi_decimal_power(int n);

/* wide (at scale decimals) as an mtm_decimal; MTM_ERROR_RANGE when it does not fit in 64 bits. err may be NULL. */
mtm_status mtmi_decimal_narrow(mtmi_wide units, int decimals, mtm_decimal *out, mtm_error *err);
/* value at another scale: exact upwards, rounded half away from zero downwards. */
mtmi_wide mtmi_decimal_rescale(mtmi_wide units, int from, int to);
/* a - b and a + b at the larger scale. */
mtm_status mtmi_decimal_add(mtm_decimal a, mtm_decimal b, mtm_decimal *out, mtm_error *err);
mtm_status mtmi_decimal_subtract(mtm_decimal a, mtm_decimal b, mtm_decimal *out, mtm_error *err);
/* -1, 0, 1. */
int mtmi_decimal_compare(mtm_decimal a, mtm_decimal b);
/* 100 * part / whole to `decimals`, rounded once, half away from zero, from the exact ratio; whole is not 0. */
mtm_status mtmi_decimal_percent(mtm_decimal part, mtm_decimal whole, int decimals, mtm_decimal *out, mtm_error *err);
/* units at scale decimals as plain text; size >= MTMI_WIDE_TEXT; returns the length. */
size_t mtmi_decimal_write(mtmi_wide units, int decimals, char *out, size_t size);
/* Without trailing zeros after the point. */
mtm_decimal mtmi_decimal_trim(mtm_decimal value);

#endif
