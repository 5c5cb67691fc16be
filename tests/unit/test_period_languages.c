/* Months, quarters and years in the languages of Kazakhstan's neighbours. */
#include "period/period.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void labels_are_read(void **state) {
    /* clang-format off */
    static const struct { const char *text, *period; } cases[] = {
        {"mart 2024", "2024-03"}, {"2024 yil yanvar", "2024-01"}, {"январ 2024", "2024-01"}, {"сентябр 2024", "2024-09"},
        {"iýun 2024", "2024-06"}, {"avqust 2024", "2024-08"}, {"Haziran 2024", "2024-06"}, {"Kasım 2024", "2024-11"},
        {"червень 2024", "2024-06"}, {"липень 2024 року", "2024-07"}, {"красавік 2024", "2024-04"},
        {"հունիս 2024", "2024-06"}, {"ივნისი 2024", "2024-06"}, {"يونيو 2024", "2024-06"}, {"جون 2024", "2024-06"},
        {"Juni 2024", "2024-06"}, {"juin 2024", "2024-06"}, {"junio 2024", "2024-06"}, {"czerwiec 2024", "2024-06"},
        {"II chorak 2024", "2024-Q2"}, {"II чорак 2024", "2024-Q2"}, {"II çeyrek 2024", "2024-Q2"}, {"2024 yil", "2024"},
        {"2024 рік", "2024"}, {"2024年", "2024"}, {"2024年第二季度", "2024-Q2"}, {"2024年二季度", "2024-Q2"},
        {"2024年6月", "2024-06"}, {"2024年十二月", "2024-12"}, {"2024年1月份", "2024-01"}, {"2024年上半年", "2024-S1"},
        {"2024年下半年", "2024-S2"}, {"2024年1-6月", "2024-S1"}, {"2024年1—6月", "2024-S1"}, {"2024年3～5月", "2024-03/2024-05"},
        {"2024年3月15日", "2024-03-15"}, {"2024년 6월", "2024-06"}, {"2024년 2분기", "2024-Q2"},
        {"2024 оны 1-р сар", "2024-01"}, {"2024 оны 12 дугаар сар", "2024-12"}, {"2024 оны 2-р улирал", "2024-Q2"},
        {"семоҳаи дуюми соли 2024", "2024-Q2"}, {"нимсолаи якуми соли 2024", "2024-S1"}, {"2024 2. Çeyrek", "2024-Q2"},
        {"2. Quartal 2024", "2024-Q2"}, {"2024 yil birinchi chorak", "2024-Q1"}, {"2024-жыл экинчи чейрек", "2024-Q2"},
        {"ژوئن 2024", "2024-06"}, {"سپتمبر 2024", "2024-09"}, {"ئىيۇن 2024", "2024-06"},
    };
    /* clang-format on */
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mtmi_period_label label;
        mtm_period want;
        assert_int_equal(mtm_period_read(cases[i].period, &want, NULL), MTM_OK);
        mtmi_period_read(cases[i].text, strlen(cases[i].text), 1, &label);
        if (label.outcome != MTMI_PERIOD_OK || label.period.first != want.first || label.period.last != want.last) {
            fail_msg("%s is not %s", cases[i].text, cases[i].period);
        }
    }
}

/* "1-6月" runs from January, "6月" does not. */
static void chinese_months_from_january_are_cumulative(void **state) {
    static const struct {
        const char *text;
        int cumulative;
    } cases[] = {{"2024年1-6月", 1}, {"2024年6月", 0}, {"2024年1月", 0}, {"2024年3-6月", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mtmi_period_label label;
        mtmi_period_read(cases[i].text, strlen(cases[i].text), 1, &label);
        assert_int_equal(label.outcome, MTMI_PERIOD_OK);
        assert_int_equal(label.cumulative, cases[i].cumulative);
    }
}

/* Farvardin begins on 20 or 21 March. */
static void months_of_other_calendars_are_none(void **state) {
    static const char *const texts[] = {"فروردین 2024", "خرداد 1403", "رمضان 1445"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        mtmi_period_label label;
        mtmi_period_read(texts[i], strlen(texts[i]), 1, &label);
        assert_int_not_equal(label.outcome, MTMI_PERIOD_OK);
    }
}

static void years_of_other_calendars_are_named(void **state) {
    static const char *const texts[] = {"1402", "۱۴۰۲", "1403-04-01", "فروردین 1402", "2567"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        mtmi_period_label label;
        mtmi_period_read(texts[i], strlen(texts[i]), 1, &label);
        assert_int_equal(label.outcome, MTMI_PERIOD_BAD);
        assert_true(label.other_calendar);
        assert_non_null(strstr(label.expected, "Gregorian"));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_are_read),
        cmocka_unit_test(chinese_months_from_january_are_cumulative),
        cmocka_unit_test(years_of_other_calendars_are_named),
        cmocka_unit_test(months_of_other_calendars_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
