/* The published figures of Kazakhstan, from the files to the numbers a report states: golden values. */
#include "../getters.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static mtm_package *package;
static mtm_catalogue *catalogue;

static int open_all(void **state) {
    mtm_error err = {0};
    (void)state;
    if (mtm_package_read(FROM_PATH(MTM_SOURCE_DIR "/examples/kazakhstan-2024-q2"), NULL, &package, &err) != MTM_OK) {
        print_error("%s:%lld: %s\n", err.subject, (long long)err.line, err.message);
        return -1;
    }
    return mtm_catalogue_new(&catalogue, &err) == MTM_OK ? 0 : -1;
}

static int close_all(void **state) {
    (void)state;
    mtm_package_free(package);
    mtm_catalogue_free(catalogue);
    return 0;
}

static mtm_results *compute(const char *id, const char *period, const char *as_of) {
    mtm_results *results = NULL;
    mtm_error err = {0};
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_period asked, day;
    options.indicator = id;
    assert_int_equal(mtm_period_read(period, &asked, &err), MTM_OK);
    options.period = &asked;
    if (as_of != NULL) {
        assert_int_equal(mtm_period_read(as_of, &day, &err), MTM_OK);
        options.as_of = &day;
    }
    if (mtm_catalogue_compute(catalogue, package, &options, &results, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    return results;
}

static void assert_text(mtm_decimal value, const char *expected) {
    char text[40];
    mtm_decimal_describe(value, text, sizeof text);
    assert_string_equal(text, expected);
}

#define PREVIOUS MTM_WITH_PREVIOUS_PERIOD
#define LAST_YEAR MTM_WITH_SAME_PERIOD_LAST_YEAR

/* One value and one comparison a line. */
static const struct golden {
    const char *id, *period, *as_of, *value;
    mtm_reason reason;
    mtm_comparison_with with;
    const char *base, *absolute, *percent;
    mtm_reason base_reason;
} golden[] = {
    /* IOM, Migration Situation Reports, first and second quarter of 2024 */
    {"arrivals", "2024-Q2", NULL, "4001714", 0, PREVIOUS, "2975788", "1025926", "34.5", 0},
    {"departures", "2024-Q2", NULL, "3832829", 0, PREVIOUS, "2872109", "960720", "33.4", 0},
    {"net-crossings", "2024-Q2", NULL, "168885", 0, PREVIOUS, "103679", "65206", NULL, MTM_REASON_BASE_NEGATIVE},
    {"arrivals", "2024-Q2", NULL, "4001714", 0, LAST_YEAR, NULL, NULL, NULL, MTM_REASON_BASE_MISSING},
    {"remittances-out", "2024-Q2", NULL, "157.2", 0, PREVIOUS, "144.0", "13.2", "9.2", 0},
    {"remittances-in", "2024-Q2", NULL, "62.9", 0, PREVIOUS, "55.5", "7.4", "13.3", 0},
    /* Bureau of National Statistics: cumulative releases to quarters */
    {"immigration", "2023-Q2", NULL, "5972", 0, LAST_YEAR, "3179", "2793", "87.9", 0},
    {"emigration", "2023-Q2", NULL, "4332", 0, LAST_YEAR, "7063", "-2731", "-38.7", 0},
    {"immigration", "2024-Q2", NULL, NULL, MTM_REASON_CUMULATIVE_BASE, LAST_YEAR, NULL, NULL, NULL,
     MTM_REASON_CUMULATIVE_BASE},
    /* vintages of the year */
    {"immigration", "2024", NULL, "29282", 0, PREVIOUS, "25387", "3895", "15.3", 0},
    {"emigration", "2024", NULL, "12732", 0, PREVIOUS, "16094", "-3362", "-20.9", 0},
    {"immigration", "2023", NULL, "25387", 0, PREVIOUS, "17425", "7962", "45.7", 0},
    {"emigration", "2023", NULL, "16094", 0, PREVIOUS, "24147", "-8053", "-33.3", 0},
    {"immigration", "2024", "2025-03-01", "29948", 0, PREVIOUS, NULL, NULL, NULL, MTM_REASON_VINTAGES_DIFFER},
    {"net-migration", "2024", NULL, "16550", 0, PREVIOUS, "9293", "7257", NULL, MTM_REASON_BASE_NEGATIVE},
    /* cumulative figures against the year before, as the Bureau compares them */
    {"immigration", "2023-Q1", NULL, "7680", 0, LAST_YEAR, "4108", "3572", "87.0", 0},
    {"emigration", "2023-Q1", NULL, "2664", 0, LAST_YEAR, "5281", "-2617", "-49.6", 0},
    {"net-migration", "2023-Q1", NULL, "5016", 0, LAST_YEAR, "-1173", "6189", NULL, MTM_REASON_BASE_NEGATIVE},
    {"immigration", "2023-S1", NULL, "13652", 0, LAST_YEAR, "7287", "6365", "87.3", 0},
    {"emigration", "2023-S1", NULL, "6996", 0, LAST_YEAR, "12344", "-5348", "-43.3", 0},
    {"immigration", "2024-S1", NULL, "14256", 0, LAST_YEAR, "13652", "604", "4.4", 0},
    {"emigration", "2024-S1", NULL, "6967", 0, LAST_YEAR, "6996", "-29", "-0.4", 0},
    /* Ministry of Labour: stocks and quotas */
    {"foreign-workers", "2023-07", NULL, "14702", 0, PREVIOUS, NULL, NULL, NULL, MTM_REASON_BASE_MISSING},
    {"foreign-workers", "2024-Q2", NULL, "13088", 0, PREVIOUS, NULL, NULL, NULL, MTM_REASON_WINDOWS_DIFFER},
    {"quota", "2024", NULL, "22000", 0, LAST_YEAR, "18000", "4000", "22.2", 0},
    {"quota-use", "2024-Q3", NULL, "65.2", 0, PREVIOUS, NULL, NULL, NULL, MTM_REASON_NOT_APPLICABLE},
    /* National Bank: money-transfer systems */
    {"money-transfers-out", "2024-03", NULL, "59.30", 0, PREVIOUS, "58.90", "0.40", "0.7", 0},
    {"money-transfers-in", "2023-10", NULL, "23.50", 0, LAST_YEAR, "74.30", "-50.80", "-68.4", 0},
    {"money-transfers-in", "2024-Q2", NULL, NULL, MTM_REASON_PERIODS_NOT_ALIGNED, PREVIOUS, NULL, NULL, NULL,
     MTM_REASON_PERIODS_NOT_ALIGNED},
    /* the portal's regions add up to the national row */
    {"population", "2019", NULL, "18631779", 0, PREVIOUS, NULL, NULL, NULL, MTM_REASON_BASE_MISSING},
    {"population", "2024-Q2", NULL, NULL, MTM_REASON_TOO_OLD, PREVIOUS, NULL, NULL, NULL, MTM_REASON_TOO_OLD},
    /* nothing is known of it */
    {"citizens-abroad-by-country", "2024-Q2", NULL, NULL, MTM_REASON_NO_DATA, PREVIOUS, NULL, NULL, NULL,
     MTM_REASON_NO_DATA},
    {"permanent-residence-permits", "2024-Q2", NULL, NULL, MTM_REASON_PERIOD_UNAVAILABLE, PREVIOUS, NULL, NULL, NULL,
     MTM_REASON_PERIOD_UNAVAILABLE},
};

static void values_and_comparisons(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof golden / sizeof *golden; i++) {
        const struct golden *fact = &golden[i];
        mtm_results *results = compute(fact->id, fact->period, fact->as_of);
        const mtm_result *result = results_find(results, fact->id);
        mtm_decimal value;
        mtm_comparison comparison;
        print_message("%s %s\n", fact->id, fact->period);
        assert_int_equal(result_reason(result), fact->reason);
        assert_int_equal(result_value(result, &value), fact->value != NULL);
        if (fact->value != NULL) {
            assert_text(value, fact->value);
        }
        assert_int_equal(result_comparison(result, fact->with, &comparison), 1);
        assert_int_equal(comparison.reason, fact->base_reason);
        assert_int_equal(comparison.has_base, fact->base != NULL);
        assert_int_equal(comparison.has_percent, fact->percent != NULL);
        if (fact->base != NULL) {
            assert_text(comparison.base, fact->base);
            assert_text(comparison.absolute, fact->absolute);
        }
        if (fact->percent != NULL) {
            assert_text(comparison.percent, fact->percent);
        }
        mtm_results_free(results);
    }
}

/* One row of a breakdown a line; a period's rows follow each other. */
static const struct row {
    const char *id, *period, *code, *value, *share;
    int rank;
} rows[] = {
    {"arrivals-by-origin", "2024-01-01/2024-05-10", "UZB", "1598656", NULL, 1},
    {"arrivals-by-origin", "2024-01-01/2024-05-10", "KGZ", "1015553", NULL, 2},
    {"arrivals-by-origin", "2024-01-01/2024-05-10", "RUS", "854937", NULL, 3},
    /* Turkmenistan is associate since 2005, Ukraine stopped taking part in 2018 */
    {"arrivals-outside-cis", "2024-01-01/2024-05-10", "TKM", "9671", NULL, 1},
    {"arrivals-outside-cis", "2024-01-01/2024-05-10", "UKR", "9018", NULL, 2},
    {"foreign-workers-by-category", "2023-07", "CAT3", "6452", "43.9", 1},
    {"foreign-workers-by-category", "2023-07", "CAT1", "551", "3.7", 6},
    {"foreign-workers-by-sector", "2023-07", "F", "5181", "35.2", 1},
    {"foreign-workers-by-sector", "2024-Q1", "A", "834", "6.4", 4},
    {"foreign-workers-by-origin", "2023-07", "CHN", "3768", "25.6", 1},
    {"foreign-workers-by-origin", "2023-07", "TUR", "1411", "9.6", 3},
    {"quota", "2024", "CAT3", "10786", "49.0", 1},
    {"kandas-by-origin", "2025-Q1", "CHN", NULL, "48.1", 1},
    {"money-transfers-out", "2024-03", "RUS", "20.05", "33.8", 1},
    {"permanent-residence-permits-by-origin", "2022-Q1", "RUS", "986", NULL, 1},
    {"temporary-residence-permits-by-origin", "2022-03", "RUS", "6500", NULL, 1},
    {"net-migration-by-residence", "2024", "URBAN", "128190", NULL, 1},
    {"net-migration-by-residence", "2024", "RURAL", "-111640", NULL, 2},
};

static void breakdowns(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        mtm_results *results = compute(rows[i].id, rows[i].period, NULL);
        const mtm_result *result = mtm_results_at(results, 0);
        mtm_row row;
        size_t at = 0;
        print_message("%s %s %s\n", rows[i].id, rows[i].period, rows[i].code);
        assert_int_equal(result_breakdown_reason(result), MTM_REASON_NONE);
        while (at < result_row_count(result) && strcmp(result_row_code(result, at), rows[i].code) != 0) {
            at++;
        }
        assert_int_equal(result_row(result, at, &row), 1);
        assert_int_equal(row.rank, rows[i].rank);
        assert_int_equal(row.has_value, rows[i].value != NULL);
        assert_int_equal(row.has_share, rows[i].share != NULL);
        if (rows[i].value != NULL) {
            assert_text(row.value, rows[i].value);
        }
        if (rows[i].share != NULL) {
            assert_text(row.share, rows[i].share);
        }
        mtm_results_free(results);
    }
}

/* Wherever there are a total and values, the rows add up to it: to the last unit. */
static void rows_add_up_to_the_total(void **state) {
    static const char *const periods[] = {"2024-Q2", "2024-Q1", "2023-07", "2024",
                                          "2025-Q1", "2024-03", "2019",    "2023-10"};
    size_t n = 0;
    (void)state;
    for (size_t p = 0; p < sizeof periods / sizeof *periods; p++) {
        mtm_results *results = compute(NULL, periods[p], NULL);
        for (size_t i = 0; i < mtm_results_count(results); i++) {
            const mtm_result *result = mtm_results_at(results, i);
            mtm_decimal total;
            mtm_row row;
            int64_t sum = 0;
            if (result_row_count(result) == 0 || !result_value(result, &total) ||
                (result_row(result, 0, &row) && !row.has_value)) {
                continue;
            }
            for (size_t r = 0; result_row(result, r, &row); r++) {
                assert_int_equal(row.value.decimals, total.decimals);
                sum += row.value.units;
            }
            assert_true(sum == total.units);
            n++;
        }
        mtm_results_free(results);
    }
    assert_true(n >= 15);
}

static void what_cannot_be_cut_is_said(void **state) {
    (void)state;
    mtm_results *results = compute("arrivals-by-origin", "2024-Q2", NULL);
    const mtm_result *result = mtm_results_at(results, 0);
    assert_int_equal(result_row_count(result), 0);
    assert_int_equal(result_breakdown_reason(result), MTM_REASON_PERIODS_NOT_ALIGNED);
    mtm_results_free(results);

    results = compute("foreign-workers", "2024-Q2", NULL);
    result = mtm_results_at(results, 0);
    mtm_period first_of_march;
    assert_int_equal(mtm_period_read("2024-03-01", &first_of_march, NULL), MTM_OK);
    assert_int_equal(result_observed(result).first, first_of_march.first);
    assert_int_equal(result_flags(result), MTM_FLAG_NOT_ALIGNED);
    mtm_results_free(results);
}

static void every_number_knows_its_lines(void **state) {
    mtm_step step;
    size_t superseded = 0;
    (void)state;
    mtm_results *results = compute("immigration", "2023-Q2", NULL);
    const mtm_result *result = mtm_results_at(results, 0);
    assert_int_equal(result_flags(result), MTM_FLAG_DERIVED | MTM_FLAG_ACROSS_RELEASES);
    assert_int_equal(result_step(result, 0, &step), 1);
    assert_string_equal(step.file, "migration-year-to-date.csv");
    assert_int_equal(step.line, 9);
    assert_int_equal(step.column, 4);
    assert_int_equal(step.operation, MTM_OPERATION_TAKE);
    assert_string_equal(step.edition, "first");
    assert_text(step.value, "13652");
    assert_int_equal(result_step(result, 1, &step), 1);
    assert_int_equal(step.line, 8);
    assert_int_equal(step.operation, MTM_OPERATION_SUBTRACT);
    assert_text(step.value, "7680");
    mtm_results_free(results);

    results = compute("immigration", "2024", NULL);
    result = mtm_results_at(results, 0);
    assert_int_equal(result_flags(result), MTM_FLAG_REVISED);
    for (size_t i = 0; result_step(result, i, &step); i++) {
        if (step.of == MTM_LINEAGE_SUPERSEDED) {
            superseded++;
            assert_text(step.value, "29948");
            assert_int_equal(step.operation, MTM_OPERATION_NONE);
        }
    }
    assert_int_equal(superseded, 1);
    mtm_results_free(results);
}

static void series_have_every_period_of_the_length(void **state) {
    static const struct {
        const char *id, *period;
        size_t n;
    } facts[] = {
        {"immigration", "2024", 35},       {"immigration", "2024-Q2", 4},
        {"arrivals", "2024-Q2", 2},        {"quota", "2024", 2},
        {"foreign-workers", "2024-Q2", 3}, {"net-migration-by-residence", "2024", 25},
        {"kandas", "2024-Q2", 1},          {"citizens-abroad-by-country", "2024-Q2", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        mtm_results *results = compute(facts[i].id, facts[i].period, NULL);
        const mtm_result *result = mtm_results_at(results, 0);
        mtm_period last = {0, 0}, period;
        mtm_decimal value;
        print_message("%s %s\n", facts[i].id, facts[i].period);
        assert_int_equal(result_point_count(result), facts[i].n);
        for (size_t k = 0; mtm_result_point(result, k, &period, &value); k++) {
            assert_true(k == 0 || period.first > last.first);
            last = period;
        }
        mtm_results_free(results);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_comparisons),       cmocka_unit_test(breakdowns),
        cmocka_unit_test(rows_add_up_to_the_total),     cmocka_unit_test(what_cannot_be_cut_is_said),
        cmocka_unit_test(every_number_knows_its_lines), cmocka_unit_test(series_have_every_period_of_the_length),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
