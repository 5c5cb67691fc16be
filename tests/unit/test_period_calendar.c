/* Calendar arithmetic, the period before and the year before, and the SDMX text of periods. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "../getters.h"
#include "period/period.h"

static mtm_period days(int y1, int m1, int d1, int y2, int m2, int d2) {
    mtm_period period;
    period.first = mtmi_day_from(y1, m1, d1);
    period.last = mtmi_day_from(y2, m2, d2);
    return period;
}

static void assert_text(mtm_period period, const char *expected) {
    char text[MTMI_PERIOD_TEXT];
    assert_int_equal(mtm_period_describe(period, text, sizeof text), strlen(expected));
    assert_string_equal(text, expected);
}

static void days_are_counted_from_1970(void **state) {
    static const struct {
        int year, month, day;
        int32_t number;
    } table[] = {
        {1970, 1, 1, 0},      {1969, 12, 31, -1},   {2000, 2, 29, 11016},  {2000, 3, 1, 11017}, {1900, 2, 28, -25509},
        {1900, 3, 1, -25508}, {2024, 2, 29, 19782}, {2024, 12, 31, 20088}, {1, 1, 1, -719162},  {9999, 12, 31, 2932896},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        int year, month, day;
        assert_int_equal(mtmi_day_from(table[i].year, table[i].month, table[i].day), table[i].number);
        mtmi_day_split(table[i].number, &year, &month, &day);
        assert_int_equal(year, table[i].year);
        assert_int_equal(month, table[i].month);
        assert_int_equal(day, table[i].day);
    }
}

static void every_day_of_eight_centuries_comes_back(void **state) {
    int year = 1600, month = 1, day = 1;
    (void)state;
    for (int32_t n = mtmi_day_from(1600, 1, 1); n <= mtmi_day_from(2400, 12, 31); n++) {
        int y, m, d;
        mtmi_day_split(n, &y, &m, &d);
        assert_true(y == year && m == month && d == day);
        assert_int_equal(mtmi_day_from(y, m, d), n);
        day++;
        if (day > mtmi_days_in_month(year, month)) {
            day = 1;
            month = month % 12 + 1;
            year += month == 1;
        }
    }
}

static void periods_are_written_in_their_shortest_form(void **state) {
    (void)state;
    assert_text(days(2024, 1, 1, 2024, 12, 31), "2024");
    assert_text(days(2024, 1, 1, 2024, 6, 30), "2024-S1");
    assert_text(days(2024, 7, 1, 2024, 12, 31), "2024-S2");
    assert_text(days(2024, 4, 1, 2024, 6, 30), "2024-Q2");
    assert_text(days(2024, 2, 1, 2024, 2, 29), "2024-02");
    assert_text(days(2023, 2, 1, 2023, 2, 28), "2023-02");
    assert_text(days(2024, 2, 1, 2024, 2, 28), "2024-02-01/2024-02-28");
    assert_text(days(2024, 7, 1, 2024, 7, 1), "2024-07-01");
    assert_text(days(2024, 1, 1, 2024, 9, 30), "2024-01-01/P9M");
    assert_text(days(2024, 1, 1, 2024, 2, 29), "2024-01-01/P2M");
    assert_text(days(2024, 1, 1, 2024, 4, 30), "2024-01-01/P4M");
    assert_text(days(2024, 4, 1, 2024, 9, 30), "2024-04-01/P6M");
    assert_text(days(2024, 2, 1, 2024, 4, 30), "2024-02-01/P3M");
    assert_text(days(2023, 7, 1, 2024, 6, 30), "2023-07-01/P1Y");
    assert_text(days(2020, 1, 1, 2024, 12, 31), "2020-01-01/P5Y");
    assert_text(days(2023, 1, 1, 2024, 6, 30), "2023-01-01/P18M");
    assert_text(days(2024, 1, 1, 2024, 5, 10), "2024-01-01/2024-05-10");
    assert_text(days(33, 1, 1, 33, 12, 31), "0033");
    assert_text(MTMI_PERIOD_NONE, "");
}

static void a_short_buffer_is_cut_and_the_length_told(void **state) {
    char text[5];
    mtm_period extremes = {INT32_MIN + 1, INT32_MAX};
    (void)state;
    assert_int_equal(mtm_period_describe(days(2024, 4, 1, 2024, 6, 30), text, sizeof text), 7);
    assert_string_equal(text, "2024");
    assert_int_equal(mtm_period_describe(days(2024, 4, 1, 2024, 6, 30), NULL, 0), 7);
    assert_true(mtm_period_describe(extremes, NULL, 0) < MTMI_PERIOD_TEXT);
}

static void the_previous_period_has_the_same_length(void **state) {
    (void)state;
    assert_text(mtm_period_shift(days(2024, 4, 1, 2024, 6, 30), -1), "2024-Q1");
    assert_text(mtm_period_shift(days(2024, 1, 1, 2024, 3, 31), -1), "2023-Q4");
    assert_text(mtm_period_shift(days(2024, 3, 1, 2024, 3, 31), -1), "2024-02");
    assert_text(mtm_period_shift(days(2024, 1, 1, 2024, 1, 31), -1), "2023-12");
    assert_text(mtm_period_shift(days(2024, 1, 1, 2024, 12, 31), -1), "2023");
    assert_text(mtm_period_shift(days(2024, 1, 1, 2024, 6, 30), -1), "2023-S2");
    assert_text(mtm_period_shift(days(2024, 7, 1, 2024, 7, 1), -1), "2024-06-30");
    assert_text(mtm_period_shift(days(2024, 1, 1, 2024, 5, 10), -1), "2023-08-23/2023-12-31");
    assert_true(mtmi_period_same(mtm_period_shift(MTMI_PERIOD_NONE, -1), MTMI_PERIOD_NONE));
}

static void the_year_before_keeps_the_ends_of_months(void **state) {
    (void)state;
    assert_text(mtm_period_year_before(days(2024, 4, 1, 2024, 6, 30)), "2023-Q2");
    assert_text(mtm_period_year_before(days(2024, 2, 1, 2024, 2, 29)), "2023-02");
    assert_text(mtm_period_year_before(days(2025, 2, 1, 2025, 2, 28)), "2024-02");
    assert_text(mtm_period_year_before(days(2024, 2, 29, 2024, 2, 29)), "2023-02-28");
    assert_text(mtm_period_year_before(days(2025, 2, 28, 2025, 2, 28)), "2024-02-29");
    assert_text(mtm_period_year_before(days(2024, 7, 1, 2024, 7, 1)), "2023-07-01");
    assert_text(mtm_period_year_before(days(2024, 1, 1, 2024, 5, 10)), "2023-01-01/2023-05-10");
    assert_text(mtm_period_year_before(days(2024, 2, 29, 2024, 3, 10)), "2023-02-28/2023-03-10");
    assert_true(mtmi_period_same(mtm_period_year_before(MTMI_PERIOD_NONE), MTMI_PERIOD_NONE));
}

static void periods_compare_and_contain(void **state) {
    mtm_period quarter = days(2024, 4, 1, 2024, 6, 30);
    (void)state;
    assert_true(mtmi_period_same(mtmi_period_around(mtmi_day_from(2024, 5, 10), 3), quarter));
    assert_true(mtmi_period_same(mtmi_period_of_months(2024, 4, 3), quarter));
    assert_true(mtmi_period_contains(days(2024, 1, 1, 2024, 6, 30), quarter));
    assert_false(mtmi_period_contains(days(2024, 4, 2, 2024, 6, 30), quarter));
    assert_false(mtmi_period_contains(days(2024, 4, 1, 2024, 6, 29), quarter));
    assert_int_equal(mtmi_period_months(quarter), 3);
    assert_int_equal(mtmi_period_months(days(2024, 4, 1, 2024, 6, 29)), 0);
    assert_int_equal(mtmi_period_months(days(2024, 4, 2, 2024, 6, 30)), 0);
    assert_int_equal(mtmi_period_months(days(2024, 6, 30, 2024, 6, 1)), 0);
    assert_text(mtmi_period_around(mtmi_day_from(2024, 8, 31), 6), "2024-S2");
    assert_text(mtmi_period_around(mtmi_day_from(2024, 8, 31), 12), "2024");
    assert_text(mtmi_period_of_months(2023, 11, 3), "2023-11-01/P3M");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_counted_from_1970),
        cmocka_unit_test(every_day_of_eight_centuries_comes_back),
        cmocka_unit_test(periods_are_written_in_their_shortest_form),
        cmocka_unit_test(a_short_buffer_is_cut_and_the_length_told),
        cmocka_unit_test(the_previous_period_has_the_same_length),
        cmocka_unit_test(the_year_before_keeps_the_ends_of_months),
        cmocka_unit_test(periods_compare_and_contain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
