/* Findings: golden sentences in three languages. */
#include "made_results.h"

#include "report/report.h"

#define NB "\xC2\xA0"

typedef void (*maker)(mtm_result *result);

static void assert_finding(maker make, const char *period, const char *const expected[3]) {
    mtm_results *results = made_results(1, period);
    make(&results->results[0]);
    for (int language = 0; language < 3; language++) {
        mtm_report *report = made_report(results, (mtm_language)language, 0);
        assert_string_equal(mtm_report_finding(report, "arrivals"), expected[language]);
        mtm_report_free(report);
    }
    mtm_results_free(results);
}

static void make_arrivals(mtm_result *result) {
    result->title = made_titles("Arrivals of foreigners", "Въезды иностранцев", "Шетелдіктердің елге кіруі");
    set_value(result, whole(4001714));
    set_base(result, 0, whole(2975788), whole(1025926), tenths(345));
    set_no_base(result, 1, MTM_REASON_BASE_MISSING);
}

static void test_growth(void **state) {
    (void)state;
    assert_finding(make_arrivals, "2024-Q2",
                   (const char *[]){"Arrivals of foreigners in Q2 2024 amounted to 4,001,714 movements; the figure increased by "
                                    "34.5" NB "% compared with the previous quarter (2,975,788).",
                                    "Въезды иностранцев во II квартале 2024 года: 4" NB "001" NB
                                    "714 пересечений; показатель вырос на 34,5" NB
                                    "% по сравнению с предыдущим кварталом (2" NB "975" NB "788).",
                                    "Шетелдіктердің елге кіруі 2024 жылғы ІІ тоқсанда 4" NB "001" NB
                                    "714 кесіп өтуді құрады; көрсеткіш алдыңғы тоқсанмен (2" NB "975" NB
                                    "788) салыстырғанда 34,5%-ға өсті."});
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_growth)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
