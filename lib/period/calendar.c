/* Calendar arithmetic on day numbers in the proleptic Gregorian calendar, by the method of H. Hinnant's
 * "chrono-Compatible Low-Level Date Algorithms". 1970-01-01 is day 0. */
#include "period/period.h"

enum { DAYS_OF_ERA = 146097, DAYS_BEFORE_1970 = 719468 };

static int is_leap(int64_t year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int64_t year, int month) {
    static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

/* Years are counted from March, so that the leap day ends the year; eras of 400 years repeat exactly. */
static int64_t day_number(int64_t year, int month, int day) {
    int64_t y = month > 2 ? year : year - 1;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_OF_ERA + day_of_era - DAYS_BEFORE_1970;
}

/* The ends of the representable calendar stay where they are. */
static int32_t clamp_day(int64_t day) {
    if (day <= INT32_MIN) {
        return INT32_MIN + 1;
    }
    return day > INT32_MAX ? INT32_MAX : (int32_t)day;
}

int32_t mtmi_day_from(int year, int month, int day) {
    return clamp_day(day_number(year, month, day));
}

void mtmi_day_split(int32_t day, int *year, int *month, int *day_of_month) {
    int64_t shifted = (int64_t)day + DAYS_BEFORE_1970;
    int64_t era = (shifted >= 0 ? shifted : shifted - (DAYS_OF_ERA - 1)) / DAYS_OF_ERA;
    int64_t day_of_era = shifted - era * DAYS_OF_ERA;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (DAYS_OF_ERA - 1)) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t from_march = (5 * day_of_year + 2) / 153;
    int month_found = (int)(from_march < 10 ? from_march + 3 : from_march - 9);

    *day_of_month = (int)(day_of_year - (153 * from_march + 2) / 5 + 1);
    *month = month_found;
    *year = (int)(year_of_era + era * 400 + (month_found <= 2));
}

int mtmi_days_in_month(int year, int month) {
    return month_length(year, month);
}

int mtmi_period_same(mtm_period a, mtm_period b) {
    return a.first == b.first && a.last == b.last;
}

int mtmi_period_contains(mtm_period outer, mtm_period inner) {
    return outer.first <= inner.first && inner.last <= outer.last;
}

int mtmi_period_months(mtm_period period) {
    int year, month, day, last_year, last_month, last_day;

    if (period.last < period.first) {
        return 0;
    }
    mtmi_day_split(period.first, &year, &month, &day);
    mtmi_day_split(period.last, &last_year, &last_month, &last_day);
    if (day != 1 || last_day != month_length(last_year, last_month)) {
        return 0;
    }
    return (last_year - year) * 12 + last_month - month + 1;
}

/* Months are counted through the years, so that n may lead into any of them. */
mtm_period mtmi_period_of_months(int year, int month, int n) {
    int64_t from = (int64_t)year * 12 + month - 1;
    int64_t end = from + n;
    int64_t end_year = (end >= 0 ? end : end - 11) / 12;
    mtm_period period;

    period.first = clamp_day(day_number(year, month, 1));
    period.last = clamp_day(day_number(end_year, (int)(end - end_year * 12) + 1, 1) - 1);
    return period;
}

mtm_period mtmi_period_around(int32_t day, int months) {
    int year, month, day_of_month;
    mtmi_day_split(day, &year, &month, &day_of_month);
    return mtmi_period_of_months(year, (month - 1) / months * months + 1, months);
}

static mtm_period shift_months(mtm_period period, int months, int64_t n) {
    int year, month, day;
    int64_t from, from_year;

    mtmi_day_split(period.first, &year, &month, &day);
    from = (int64_t)year * 12 + month - 1 + n * months;
    from_year = (from >= 0 ? from : from - 11) / 12;
    if (from_year < 0 || from_year > 10000) { /* cut off at the end of all years */
        from_year = from_year < 0 ? 0 : 10000;
    }
    return mtmi_period_of_months((int)from_year, (int)(from - (from >= 0 ? from : from - 11) / 12 * 12) + 1, months);
}

mtm_period mtm_period_shift(mtm_period period, int32_t n) {
    int months = mtmi_period_months(period);
    int64_t length;
    mtm_period shifted;

    if (period.last < period.first || period.first == MTMI_DAY_NONE) {
        return MTMI_PERIOD_NONE;
    }
    if (months > 0) {
        return shift_months(period, months, n);
    }
    length = (int64_t)period.last - period.first + 1;
    shifted.first = clamp_day(period.first + n * length);
    shifted.last = clamp_day(period.last + n * length);
    return shifted;
}

mtm_period mtmi_period_previous(mtm_period period) {
    return mtm_period_shift(period, -1);
}

int mtm_period_contains(mtm_period period, mtm_period other) {
    return other.first <= other.last && mtmi_period_contains(period, other);
}

/* The day a year earlier; the last day of a month stays the last one when keep_end says so. */
static int32_t year_before(int32_t day, int keep_end) {
    int year, month, day_of_month, length;

    mtmi_day_split(day, &year, &month, &day_of_month);
    length = month_length((int64_t)year - 1, month);
    if (day_of_month > length || (keep_end && day_of_month == month_length(year, month))) {
        day_of_month = length;
    }
    return clamp_day(day_number((int64_t)year - 1, month, day_of_month));
}

mtm_period mtm_period_year_before(mtm_period period) {
    mtm_period before;

    if (period.last < period.first || period.first == MTMI_DAY_NONE) {
        return MTMI_PERIOD_NONE;
    }
    before.last = year_before(period.last, 1);
    before.first = period.first == period.last ? before.last : year_before(period.first, 0);
    return before;
}
