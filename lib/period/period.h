/* Periods inside the library: calendar arithmetic and the grammar of labels. Knows days only, no data. */
#ifndef MTMI_PERIOD_PERIOD_H
#define MTMI_PERIOD_PERIOD_H

#include <mtm/period.h>

#define MTMI_PERIOD_TEXT 40
#define MTMI_DAY_NONE INT32_MIN
static const mtm_period MTMI_PERIOD_NONE = {INT32_MIN, INT32_MIN};

/* Calendar. month 1-12, day 1-31; the caller gives valid dates. */
int32_t mtmi_day_from(int year, int month, int day);
void mtmi_day_split(int32_t day, int *year, int *month, int *day_of_month);
int mtmi_days_in_month(int year, int month);
int mtmi_period_same(mtm_period a, mtm_period b);
int mtmi_period_contains(mtm_period outer, mtm_period inner);
/* Whole months it covers (3 for a quarter); 0 when it begins or ends within a month. */
int mtmi_period_months(mtm_period period);
/* The period of the same length just before. */
mtm_period mtmi_period_previous(mtm_period period);
/* n months from the first of a month. */
mtm_period mtmi_period_of_months(int year, int month, int n);
/* The quarter, month, ... that a day lies in: months is 1, 3, 6 or 12. */
mtm_period mtmi_period_around(int32_t day, int months);

typedef enum mtmi_period_outcome {
    MTMI_PERIOD_OK = 0,
    MTMI_PERIOD_AMBIGUOUS = 1, /* day and month could be exchanged, or a two-digit year */
    MTMI_PERIOD_BAD = 2
} mtmi_period_outcome;

typedef struct mtmi_period_label {
    mtmi_period_outcome outcome;
    mtm_period period;
    int cumulative;     /* the words say so: "январь-июнь", "6 months of 2024", "с начала года" */
    int stock_date;     /* "на 1 июля 2024", "as of": a date, one day */
    int lacks_year;     /* BAD, and a period if a year stood behind it: "June", "II квартал" */
    int other_calendar; /* BAD, and the year may be one of the solar Hijri or Buddhist calendar */
    const char *expected; /* static English, for BAD and AMBIGUOUS */
    size_t offset;        /* byte where it went wrong */
} mtmi_period_label;

enum { MTMI_ORDER_SDMX = 3 }; /* no order of dates: "2024-T1" is a third of a year */

/* order: 0 none declared (d/m/y and m/d/y are then AMBIGUOUS), 1 day-month-year, 2 month-day-year, or MTMI_ORDER_SDMX. text
 * is UTF-8. */
void mtmi_period_read(const char *text, size_t length, int order, mtmi_period_label *out);

#endif
