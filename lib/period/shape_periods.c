/* Makes the period that a shape stands for, once it fits, of the numbers in it. A number that no calendar has refuses the
 * label with what was expected. */
#include "period/grammar.h"

#include <string.h>

static const char expected_period[] = "a period such as 2024-Q2, 2024-06, April-June 2024 or 2024-04-01/2024-06-30";
static const char expected_month[] = "a month from 1 to 12";
static const char expected_day[] = "a day that the month has";
static const char expected_quarter[] = "a quarter from 1 to 4";
static const char expected_half[] = "a half-year, 1 or 2";
static const char expected_order[] =
    "a date whose day and month cannot be exchanged: declare the order (dateOrder) or write 2024-07-01";
static const char expected_forward[] = "an interval that does not end before it begins";

int mtmi_date_make(int year, int month, int day, mtm_period *out) {
    if (month < 1 || month > 12 || day < 1 || day > mtmi_days_in_month(year, month)) {
        return 0;
    }
    out->first = out->last = mtmi_day_from(year, month, day);
    return 1;
}

void mtmi_shape_refuse(mtmi_period_label *out, const char *expected) {
    out->outcome = MTMI_PERIOD_BAD;
    out->expected = expected;
}

static void put_date(mtmi_period_label *out, int year, int month, int day) {
    if (!mtmi_date_make(year, month, day, &out->period)) {
        mtmi_shape_refuse(out, month < 1 || month > 12 ? expected_month : expected_day);
    }
}

static void put_months(mtmi_period_label *out, int year, int month, int n) {
    if (month < 1 || n < 1 || month + n - 1 > 12) {
        mtmi_shape_refuse(out, month >= 1 && month <= 12 && n < 1 ? expected_forward : expected_month);
    } else {
        out->period = mtmi_period_of_months(year, month, n);
    }
}

static void put_unit(mtmi_period_label *out, const mtmi_shape_match *found, int year, int number) {
    if (number < 1 || number > 12 / found->unit || found->digits > 1) {
        mtmi_shape_refuse(out, found->unit == 3 ? expected_quarter : expected_half);
    } else {
        out->period = mtmi_period_of_months(year, (number - 1) * found->unit + 1, found->unit);
    }
}

static void put_units(mtmi_period_label *out, const mtmi_shape_match *found, int year, int from, int to) {
    if (from < 1 || to > 12 / found->unit || found->digits > 1) {
        mtmi_shape_refuse(out, found->unit == 3 ? expected_quarter : expected_half);
    } else if (to <= from) {
        mtmi_shape_refuse(out, expected_forward);
    } else {
        out->period = mtmi_period_of_months(year, (from - 1) * found->unit + 1, (to - from + 1) * found->unit);
        out->cumulative = from == 1;
    }
}

/* Two dates of one year, or of years of their own. */
void mtmi_shape_put_range(mtmi_period_label *out, mtm_period from, mtm_period to) {
    if (out->outcome != MTMI_PERIOD_OK) {
        return;
    }
    if (to.last < from.first || to.first < from.first) {
        mtmi_shape_refuse(out, expected_forward);
        return;
    }
    out->period.first = from.first;
    out->period.last = to.last;
}

static void put_dates(mtmi_period_label *out, int year, const int from[2], const int to[2]) {
    mtm_period begin;
    put_date(out, year, from[1], from[0]);
    begin = out->period;
    if (out->outcome == MTMI_PERIOD_OK) {
        put_date(out, year, to[1], to[0]);
    }
    mtmi_shape_put_range(out, begin, out->period);
}

/* Digits only: the order is declared, or cannot matter. */
static void put_ordered(mtmi_period_label *out, int a, int b, int year, int order) {
    if (order == 2) {
        put_date(out, year, a, b);
    } else if (order == 1 || a == b) {
        put_date(out, year, b, a);
    } else {
        out->outcome = MTMI_PERIOD_AMBIGUOUS;
        out->expected = expected_order;
    }
}

static void put_digits_range(mtmi_period_label *out, const int v[5], int order) {
    int from[2] = {v[0], v[1]}, to[2] = {v[2], v[3]};
    if (order != 1 && order != 2) {
        out->outcome = MTMI_PERIOD_AMBIGUOUS;
        out->expected = expected_order;
        return;
    }
    if (order == 2) {
        from[0] = v[1], from[1] = v[0], to[0] = v[3], to[1] = v[2];
    }
    put_dates(out, v[4], from, to);
}

static void put_day_of_year(mtmi_period_label *out, int year, int day) {
    int last = mtmi_days_in_month(year, 2) == 29 ? 366 : 365;
    if (day < 1 || day > last) {
        mtmi_shape_refuse(out, "a day from 001 to 365, or 366 in a leap year");
    } else {
        out->period.first = out->period.last = mtmi_day_from(year, 1, 1) + day - 1;
    }
}

/* Week 1 is the one with 4 January; weeks begin on Monday, and 1970-01-01 was a Thursday. */
static int32_t first_monday(int year) {
    int32_t fourth = mtmi_day_from(year, 1, 4);
    return fourth - ((fourth + 3) % 7 + 7) % 7;
}

static void put_week(mtmi_period_label *out, int year, int week) {
    int32_t monday = first_monday(year) + 7 * (week - 1);
    if (week < 1 || monday >= first_monday(year + 1)) {
        mtmi_shape_refuse(out, "a week that the year has, 01 to 52 or 53");
    } else {
        out->period.first = monday;
        out->period.last = monday + 6;
    }
}

static void put_eight(mtmi_period_label *out, int digits) {
    int year = digits / 10000;
    if (year < MTMI_YEAR_FIRST || year > MTMI_YEAR_LAST) {
        mtmi_shape_refuse(out, expected_period);
    } else {
        put_date(out, year, digits / 100 % 100, digits % 100);
    }
}

static void put_six(mtmi_period_label *out, int digits) {
    int year = digits / 100;
    if (year < MTMI_YEAR_FIRST || year > MTMI_YEAR_LAST) {
        mtmi_shape_refuse(out, expected_period);
    } else {
        put_months(out, year, digits % 100, 1);
    }
}

/* The first n months of a year: cumulative by what the words say. */
static void put_first_months(mtmi_period_label *out, int year, int n) {
    if (n < 1 || n > 12) {
        mtmi_shape_refuse(out, "1 to 12 months");
    } else {
        out->period = mtmi_period_of_months(year, 1, n);
        out->cumulative = 1;
    }
}

/* The first or last day of a month or year, as the date of a stock. */
static void put_edge(mtmi_period_label *out, int year, int month, int n, int end) {
    mtm_period whole = mtmi_period_of_months(year, month, n);
    out->period.first = out->period.last = end ? whole.last : whole.first;
    out->stock_date = 1;
}

static void put_day(mtmi_period_label *out, const mtmi_shape_match *found, int order) {
    const int *v = found->v;
    switch (found->form) {
    case MTMI_SHAPE_DAY_YMD: put_date(out, v[0], v[1], v[2]); break;
    case MTMI_SHAPE_DAY_YDM: put_date(out, v[0], v[2], v[1]); break;
    case MTMI_SHAPE_DAY_DMY: put_date(out, v[2], v[1], v[0]); break;
    case MTMI_SHAPE_DAY_MDY: put_date(out, v[2], v[0], v[1]); break;
    case MTMI_SHAPE_DAY_DIGITS: put_ordered(out, v[0], v[1], v[2], order); break;
    case MTMI_SHAPE_DAY_EIGHT: put_eight(out, v[0]); break;
    case MTMI_SHAPE_DAY_OF_YEAR: put_day_of_year(out, v[0], v[1]); break;
    default: mtmi_shape_refuse(out, expected_period);
    }
}

/* SDMX has thirds of a year so; statistical offices that write French, Spanish or Portuguese have quarters (INSEE, INE). */
static void put_third(mtmi_period_label *out, int year, int third, int order) {
    if (order != MTMI_ORDER_SDMX) {
        out->outcome = MTMI_PERIOD_AMBIGUOUS;
        out->expected = "a quarter such as 2024-Q1, or months such as 2024-01/2024-04; T1 is a quarter in French and "
                        "Spanish, and a third of a year in SDMX";
    } else if (third < 1 || third > 3) {
        mtmi_shape_refuse(out, "a third of a year, T1 to T3");
    } else {
        out->period = mtmi_period_of_months(year, (third - 1) * 4 + 1, 4);
    }
}

static void put_sdmx_year(mtmi_period_label *out, const mtmi_shape_match *found) {
    if (found->v[1] != 1 || found->digits != 1) {
        mtmi_shape_refuse(out, "A1: a year has one");
    } else {
        put_months(out, found->v[0], 1, 12);
    }
}

static void put_simple(mtmi_period_label *out, const mtmi_shape_match *found, int order) {
    const int *v = found->v;
    switch (found->form) {
    case MTMI_SHAPE_YEAR: put_months(out, v[0], 1, 12); break;
    case MTMI_SHAPE_UNIT_NY: put_unit(out, found, v[1], v[0]); break;
    case MTMI_SHAPE_UNIT_YN: put_unit(out, found, v[0], v[1]); break;
    case MTMI_SHAPE_THIRD: put_third(out, v[0], v[1], order); break;
    case MTMI_SHAPE_MONTH_NY: put_months(out, v[1], v[0], 1); break;
    case MTMI_SHAPE_MONTH_YN: put_months(out, v[0], v[1], 1); break;
    case MTMI_SHAPE_MONTH_DIGITS: put_six(out, v[0]); break;
    case MTMI_SHAPE_WEEK: put_week(out, v[0], v[1]); break;
    case MTMI_SHAPE_SDMX_YEAR: put_sdmx_year(out, found); break;
    default: put_day(out, found, order);
    }
}

static void put_counted(mtmi_period_label *out, const mtmi_shape_match *found) {
    const int *v = found->v;
    switch (found->form) {
    case MTMI_SHAPE_MONTHS_NY: put_first_months(out, v[1], v[0]); break;
    case MTMI_SHAPE_MONTHS_YN: put_first_months(out, v[0], v[1]); break;
    case MTMI_SHAPE_FIRST_MONTHS_NY: put_first_months(out, v[2], v[0] == 1 ? v[1] : 0); break;
    case MTMI_SHAPE_FIRST_MONTHS_YN: put_first_months(out, v[0], v[1] == 1 ? v[2] : 0); break;
    case MTMI_SHAPE_BEGIN: put_edge(out, v[0], 1, 12, 0); break;
    case MTMI_SHAPE_END: put_edge(out, v[0], 1, 12, 1); break;
    case MTMI_SHAPE_BEGIN_MONTH_MY: put_edge(out, v[1], v[0], 1, 0); break;
    case MTMI_SHAPE_END_MONTH_MY: put_edge(out, v[1], v[0], 1, 1); break;
    case MTMI_SHAPE_BEGIN_MONTH_YM: put_edge(out, v[0], v[1], 1, 0); break;
    case MTMI_SHAPE_END_MONTH_YM: put_edge(out, v[0], v[1], 1, 1); break;
    default: break;
    }
}

static void put_interval(mtmi_period_label *out, const mtmi_shape_match *found, int order) {
    const int *v = found->v;
    switch (found->form) {
    case MTMI_SHAPE_RANGE_MMY: put_months(out, v[2], v[0], v[1] - v[0] + 1); break;
    case MTMI_SHAPE_RANGE_YMM: put_months(out, v[0], v[1], v[2] - v[1] + 1); break;
    case MTMI_SHAPE_RANGE_DDMY: put_dates(out, v[3], (int[]){v[0], v[2]}, (int[]){v[1], v[2]}); break;
    case MTMI_SHAPE_RANGE_DMDMY: put_dates(out, v[4], (int[]){v[0], v[1]}, (int[]){v[2], v[3]}); break;
    case MTMI_SHAPE_RANGE_MDDY: put_dates(out, v[3], (int[]){v[1], v[0]}, (int[]){v[2], v[0]}); break;
    case MTMI_SHAPE_RANGE_MDMDY: put_dates(out, v[4], (int[]){v[1], v[0]}, (int[]){v[3], v[2]}); break;
    case MTMI_SHAPE_RANGE_YDDM: put_dates(out, v[0], (int[]){v[1], v[3]}, (int[]){v[2], v[3]}); break;
    case MTMI_SHAPE_RANGE_YDMDM: put_dates(out, v[0], (int[]){v[1], v[2]}, (int[]){v[3], v[4]}); break;
    case MTMI_SHAPE_RANGE_DIGITS: put_digits_range(out, v, order); break;
    case MTMI_SHAPE_RANGE_UNITS_NNY: put_units(out, found, v[2], v[0], v[1]); break;
    case MTMI_SHAPE_RANGE_UNITS_YNN: put_units(out, found, v[0], v[1], v[2]); break;
    default: break;
    }
}

/* January to a later month, in words: the way cumulative tables are headed. */
int mtmi_shape_is_year_to_date(const mtmi_period_label *label) {
    int year, month, day, last_year, last_month;
    mtmi_day_split(label->period.first, &year, &month, &day);
    if (month != 1 || day != 1) {
        return 0;
    }
    mtmi_day_split(label->period.last, &last_year, &last_month, &day);
    return last_year == year && last_month > 1;
}

void mtmi_shape_put(mtmi_period_label *out, const mtmi_shape_match *found, int order) {
    if (found->form < MTMI_SHAPE_MONTHS_NY) {
        put_simple(out, found, order);
    } else if (found->form < MTMI_SHAPE_RANGE_MMY || found->form >= MTMI_SHAPE_BEGIN) {
        put_counted(out, found);
    } else {
        put_interval(out, found, order);
        out->cumulative |= out->outcome == MTMI_PERIOD_OK && found->words && mtmi_shape_is_year_to_date(out);
    }
}
