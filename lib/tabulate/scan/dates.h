/* Reads ISO dates by arithmetic on eight bytes at a time. Anything that is not certainly an ISO date is left to the
 * period grammar. */
#ifndef MTMI_TABULATE_SCAN_DATES_H
#define MTMI_TABULATE_SCAN_DATES_H

#include "base/word.h"

#define MTMI_DATES_FIRST_YEAR 1800
#define MTMI_DATES_LAST_YEAR 2199
#define MTMI_DATES_YEARS ((uint32_t)(MTMI_DATES_LAST_YEAR - MTMI_DATES_FIRST_YEAR + 1))

typedef struct mtmi_date {
    int32_t year, month, day;
} mtmi_date;

/* x is a word less its pattern: a byte of `limits` is 7F less the largest digit that may stand there: 76 for 9, 7F where
 * nothing may differ. */
static inline int mtmi_dates_fits(uint64_t x, uint64_t limits) {
    return (((x + limits) | x) & 0x8080808080808080u) == 0;
}

/* Byte k becomes ten times digit k and digit k + 1: pairs of digits at the bytes where they begin. */
static inline uint64_t mtmi_dates_pairs(uint64_t digits) {
    return digits * 10 + (digits >> 8);
}

static inline int32_t mtmi_dates_pair(uint64_t pairs, unsigned byte) {
    return (int32_t)((pairs >> (8 * byte)) & 255);
}

static inline int32_t mtmi_dates_month_length(int32_t year, int32_t month) {
    if (month == 2) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return 30 + ((month + (month >> 3)) & 1);
}

/* 1 for YYYY-MM-DD with a day that exists. Ten bytes are read. */
static inline int mtmi_dates_day(const unsigned char *cell, mtmi_date *out) {
    uint64_t x = mtmi_word_load(cell) ^ 0x2D30302D30303030u, pairs = mtmi_dates_pairs(x);
    unsigned tens = cell[8] - (unsigned)'0', units = cell[9] - (unsigned)'0';
    out->year = mtmi_dates_pair(pairs, 0) * 100 + mtmi_dates_pair(pairs, 2);
    out->month = mtmi_dates_pair(pairs, 5);
    out->day = (int32_t)(tens * 10 + units);
    if (!mtmi_dates_fits(x, 0x7F767E7F76767676u) || ((tens > 3) | (units > 9) | (out->day == 0))) {
        return 0;
    }
    if ((uint32_t)(out->month - 1) >= 12 || (uint32_t)(out->year - MTMI_DATES_FIRST_YEAR) >= MTMI_DATES_YEARS) {
        return 0;
    }
    return out->day <= 28 || out->day <= mtmi_dates_month_length(out->year, out->month);
}

/* 1 for HH:MM:SS, or HH:MM when length says so. A minute or second of 60 and more fails by its first digit. */
static inline int mtmi_dates_clock(const unsigned char *cell, uint32_t length) {
    uint64_t x = mtmi_word_load(cell) ^ 0x30303A30303A3030u, limits = 0x767A7F767A7F767Du;
    if (length == 5) {
        x &= 0xFFFFFFFFFFu;
        limits &= 0xFFFFFFFFFFu;
    }
    return mtmi_dates_fits(x, limits) && (x & 0xFF) * 10 + (x >> 8 & 0xFF) < 24;
}

/* 1 for a date, or a date, a space or T, and HH:MM or HH:MM:SS. Bytes up to 24 after the first are read. */
static inline int mtmi_dates_read(const unsigned char *cell, uint32_t length, mtmi_date *out) {
    if (length == 10) {
        return mtmi_dates_day(cell, out);
    }
    if ((length != 19 && length != 16) || (cell[10] != ' ' && cell[10] != 'T')) {
        return 0;
    }
    return mtmi_dates_clock(cell + 11, length - 11) && mtmi_dates_day(cell, out);
}

#endif
