/* Stocks and targets: which date stands for a period, what is too old, how shares of a target are made.
 * Figures: Ministry of Labour of Kazakhstan, permits for foreign labour in force and quotas, releases as reported. */
#include "../getters.h"
#include "facts.h"
#include "indicator/result.h"

static const fact permits_facts[] = {
    {"2023-08-01", "- -", 14702, NULL, NULL, 0, NULL},   {"2023-08-01", "CAT1 -", 551, NULL, NULL, 0, NULL},
    {"2023-08-01", "CAT2 -", 2751, NULL, NULL, 0, NULL}, {"2023-08-01", "CAT3 -", 6452, NULL, NULL, 0, NULL},
    {"2023-08-01", "CAT4 -", 745, NULL, NULL, 0, NULL},  {"2023-08-01", "SEASONAL -", 1970, NULL, NULL, 0, NULL},
    {"2023-08-01", "ICT -", 2233, NULL, NULL, 0, NULL},  {"2023-08-01", "- F", 5181, NULL, NULL, 0, NULL},
    {"2023-08-01", "- A", 1919, NULL, NULL, 0, NULL},    {"2024-02-01", "- -", 12882, NULL, NULL, 0, NULL},
    {"2024-03-01", "- -", 13088, NULL, NULL, 0, NULL},   {"2024-09-01", "- -", 14346, NULL, NULL, 0, NULL},
};
static const table permits = {"foreign-workers",
                              "foreign-workers",
                              "permits",
                              MTM_KIND_STOCK,
                              0,
                              0,
                              0,
                              "category:worker-category sector",
                              "sector",
                              "Ministry",
                              FACTS(permits_facts)};

static const fact quota_facts[] = {
    {"2023", "-", 18000, NULL, NULL, 0, NULL},
    {"2024", "-", 22000, NULL, NULL, 0, NULL},
    {"2025", "CAT1", 700, NULL, NULL, 0, NULL},
};
static const table quota = {"quota", "quota",    "permits",         MTM_KIND_SHARE, 0, 0, 0, "category:worker-category",
                            NULL,    "Ministry", FACTS(quota_facts)};

static void dates_that_stand_for_a_period(void **state) {
    static const struct {
        const char *period, *value, *observed;
        mtm_reason reason;
        uint32_t flags;
    } facts[] = {
        {"2023-07", "14702", "2023-08-01", MTM_REASON_NONE, 0}, /* the day after its end */
        {"2023-Q3", "14702", "2023-08-01", MTM_REASON_NONE, 0}, /* within it */
        {"2024-Q1", "13088", "2024-03-01", MTM_REASON_NONE, 0}, /* the last of several */
        {"2024-01", "12882", "2024-02-01", MTM_REASON_NONE, 0},
        {"2024-Q2", "13088", "2024-03-01", MTM_REASON_NONE, MTM_FLAG_NOT_ALIGNED}, /* the preceding quarter's */
        {"2024-05", NULL, "2024-03-01", MTM_REASON_TOO_OLD, 0},                    /* older than the preceding month */
        {"2022-Q2", NULL, "2022-Q2", MTM_REASON_PERIOD_UNAVAILABLE, 0},            /* before the first */
    };
    (void)state;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        mtm_results *results = computed(&permits, 1, "foreign-workers", facts[i].period, NULL);
        const mtm_result *result = mtm_results_at(results, 0);
        assert_value(results, facts[i].value, facts[i].reason);
        assert_int_equal(result_flags(result), facts[i].flags);
        mtm_period observed = facts[i].value != NULL || facts[i].reason != MTM_REASON_TOO_OLD
                                  ? result_observed(result)
                                  : result->remarks[0].period;
        assert_int_equal(observed.last, period_of(facts[i].observed).last);
        mtm_results_free(results);
    }
}

static void stocks_compare_at_like_dates(void **state) {
    static const fact facts[] = {
        {"2024-01-01", "-", 100, NULL, NULL, 0, NULL},
        {"2024-04-01", "-", 110, NULL, NULL, 0, NULL},
        {"2024-07-01", "-", 121, NULL, NULL, 0, NULL},
        {"2023-06-01", "-", 90, NULL, NULL, 0, NULL},
    };
    const table quarterly = {"quarterly", "foreign-workers",          "permits", MTM_KIND_STOCK, 0,           0,
                             0,           "category:worker-category", NULL,      NULL,           FACTS(facts)};
    (void)state;
    mtm_results *results = computed(&quarterly, 1, "foreign-workers", "2024-Q2", NULL);
    assert_value(results, "121", MTM_REASON_NONE);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, "110", "11", "10.0", MTM_REASON_NONE);
    /* 1 July against 1 June of the year before: not the same window */
    assert_comparison(results, MTM_WITH_SAME_PERIOD_LAST_YEAR, NULL, NULL, NULL, MTM_REASON_WINDOWS_DIFFER);
    assert_int_equal(result_point_count(mtm_results_at(results, 0)), 4);
    mtm_results_free(results);

    /* 1 March stands for the first quarter and, not aligned, for the second: it does not compare with itself */
    results = computed(&permits, 1, "foreign-workers", "2024-Q2", NULL);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, NULL, NULL, NULL, MTM_REASON_WINDOWS_DIFFER);
    mtm_results_free(results);
}

static void ends_of_months_compare(void **state) {
    static const fact facts[] = {
        {"2024-03-31", "-", 100, NULL, NULL, 0, NULL},
        {"2024-06-30", "-", 110, NULL, NULL, 0, NULL},
        {"2023-06-30", "-", 80, NULL, NULL, 0, NULL},
    };
    const table ends = {"ends", "foreign-workers",          "permits", MTM_KIND_STOCK, 0,           0,
                        0,      "category:worker-category", NULL,      NULL,           FACTS(facts)};
    (void)state;
    mtm_results *results = computed(&ends, 1, "foreign-workers", "2024-Q2", NULL);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, "100", "10", "10.0", MTM_REASON_NONE);
    assert_comparison(results, MTM_WITH_SAME_PERIOD_LAST_YEAR, "80", "30", "37.5", MTM_REASON_NONE);
    mtm_results_free(results);
}

static void categories_and_sectors(void **state) {
    (void)state;
    mtm_results *results = computed(&permits, 1, "foreign-workers-by-category", "2023-07", NULL);
    const mtm_result *result = mtm_results_at(results, 0);
    mtm_decimal sum = {0, 0, 0};
    for (size_t i = 0; i < result_row_count(result); i++) {
        mtm_row row;
        assert_int_equal(result_row(result, i, &row), 1);
        sum.units += row.value.units;
    }
    assert_decimal(sum, "14702");
    assert_int_equal(result_row_count(result), 6); /* they add up: no remainder */
    assert_row(results, "CAT3", 1, "6452", "43.9");
    assert_row(results, "CAT1", 6, "551", "3.7");
    mtm_results_free(results);

    results = computed(&permits, 1, "foreign-workers-by-sector", "2023-07", NULL);
    assert_row(results, "F", 1, "5181", "35.2");
    assert_row(results, "_O", 0, "7602", "51.7");
    assert_string_equal(result_row_label(mtm_results_at(results, 0), 2, MTM_LANGUAGE_EN), "Not specified");
    assert_int_equal(mtm_results_at(results, 0)->rows_are_selection, 1);
    mtm_results_free(results);
}

static void use_of_the_quota(void **state) {
    const table both[] = {permits, quota};
    (void)state;
    mtm_results *results = computed(both, 2, "quota-use", "2024-Q3", NULL);
    assert_value(results, "65.2", MTM_REASON_NONE); /* 14346 of 22000 */
    assert_string_equal(result_unit(mtm_results_at(results, 0)), "percent");
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, NULL, NULL, NULL, MTM_REASON_NOT_APPLICABLE);
    mtm_step step;
    assert_int_equal(result_step(mtm_results_at(results, 0), 1, &step), 1);
    assert_int_equal(step.operation, MTM_OPERATION_DIVIDE);
    assert_decimal(step.value, "22000");
    mtm_results_free(results);

    /* the target of the year stands for its quarters, and compares with the year before */
    results = computed(both, 2, "quota", "2024-Q2", NULL);
    assert_value(results, "22000", MTM_REASON_NONE);
    assert_comparison(results, MTM_WITH_SAME_PERIOD_LAST_YEAR, "18000", "4000", "22.2", MTM_REASON_NONE);
    assert_int_equal(result_comparison(mtm_results_at(results, 0), MTM_WITH_PREVIOUS_PERIOD, NULL), 0);
    mtm_results_free(results);

    /* targets are never added up, and no stock stands without its quota */
    results = computed(both, 2, "quota", "2025-Q2", NULL);
    assert_value(results, NULL, MTM_REASON_COVERAGE_UNKNOWN);
    mtm_results_free(results);
    results = computed(&permits, 1, "quota-use", "2024-Q3", NULL);
    assert_value(results, NULL, MTM_REASON_NO_DATA);
    mtm_results_free(results);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_that_stand_for_a_period),
        cmocka_unit_test(stocks_compare_at_like_dates),
        cmocka_unit_test(ends_of_months_compare),
        cmocka_unit_test(categories_and_sectors),
        cmocka_unit_test(use_of_the_quota),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
