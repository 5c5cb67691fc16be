/* States that keep the dates of their rows know which periods their files cover, however they were saved and merged. */
#include "../getters.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define SPECIFICATION                                                                                                  \
    "{\"groupings\": [{\"by\": [\"direction\"]}], \"coverage\": %s, \"resource\": {\"mtm\": {\"microdata\": true, "    \
    "\"concept\": \"border-crossings\", \"unit\": \"movements\"%s}}}"

/* Ten rows a day of one month's first days. */
static void write_month(char *text, size_t size, int month, int days) {
    size_t n = (size_t)snprintf(text, size, "date,direction\n");
    for (int i = 0; i < 10 * days; i++) {
        n += (size_t)snprintf(text + n, size - n, "2024-%02d-%02d,IN\n", month, i / 10 + 1);
    }
}

static mtm_tabulator *count_month(const char *specification, int month, int days) {
    static char text[8192];
    mtm_tabulator *tabulator = NULL;
    mtm_error err = {0};
    char name[32];
    write_month(text, sizeof text, month, days);
    snprintf(name, sizeof name, "month-%d.csv", month);
    assert_int_equal(mtm_tabulator_new(specification, NULL, &tabulator, &err), MTM_OK);
    const mtm_source source = MTM_SOURCE_BYTES_INIT(text, strlen(text), name);
    assert_int_equal(mtm_tabulator_add(tabulator, &source, &err), MTM_OK);
    return tabulator;
}

/* April to June, each counted apart, saved, read again and merged. */
static mtm_package *merge_months(const char *specification, const int days[3]) {
    mtm_tabulator *all = NULL;
    mtm_package *package = NULL;
    mtm_error err = {0};
    for (int m = 0; m < 3; m++) {
        mtm_tabulator *one, *again = NULL;
        mtm_buffer *state = NULL;
        if (days[m] == 0) {
            continue;
        }
        one = count_month(specification, 4 + m, days[m]);
        assert_int_equal(mtm_tabulator_save(one, &state, &err), MTM_OK);
        const mtm_source source = MTM_SOURCE_BYTES_INIT(mtm_buffer_data(state), mtm_buffer_size(state), "state");
        assert_int_equal(mtm_tabulator_load(&source, NULL, &again, &err), MTM_OK);
        mtm_buffer_free(state);
        mtm_tabulator_free(one);
        if (all == NULL) {
            all = again;
            continue;
        }
        assert_int_equal(mtm_tabulator_merge(all, again, 0, &err), MTM_OK);
        mtm_tabulator_free(again);
    }
    assert_int_equal(mtm_tabulator_finish(all, &package, &err), MTM_OK);
    assert_int_equal(mtm_package_count(package), 1); /* the dates are no dataset */
    mtm_tabulator_free(all);
    return package;
}

static int32_t reason_of(const char *coverage, const char *more, int april, int may, int june) {
    const int days[3] = {april, may, june};
    char specification[512];
    mtm_catalogue *catalogue = NULL;
    mtm_results *results = NULL;
    mtm_period quarter;
    mtm_error err = {0};
    snprintf(specification, sizeof specification, SPECIFICATION, coverage, more);
    mtm_package *package = merge_months(specification, days);
    assert_int_equal(mtm_period_read("2024-Q2", &quarter, &err), MTM_OK);
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    options.period = &quarter;
    options.indicator = "arrivals";
    assert_int_equal(mtm_catalogue_new(&catalogue, &err), MTM_OK);
    assert_int_equal(mtm_catalogue_compute(catalogue, package, &options, &results, &err), MTM_OK);
    const int32_t reason = result_info(mtm_results_at(results, 0)).reason;
    mtm_results_free(results);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return reason;
}

static void states_know_what_they_cover(void **state) {
    (void)state;
    assert_int_equal(reason_of("true", "", 30, 31, 30), MTM_REASON_NONE);
    assert_int_equal(reason_of("true", "", 30, 14, 0), MTM_REASON_COVERAGE_INCOMPLETE);
    assert_int_equal(reason_of("true", "", 30, 0, 30), MTM_REASON_COVERAGE_INCOMPLETE);
    assert_int_equal(reason_of("true", ", \"covers\": \"2024-Q2\"", 30, 14, 0), MTM_REASON_NONE);
    assert_int_equal(reason_of("false", ", \"covers\": \"2024-04\"", 30, 14, 0), MTM_REASON_COVERAGE_INCOMPLETE);
    assert_int_equal(reason_of("false", "", 30, 14, 0), MTM_REASON_NONE); /* nobody says */
}

static void coverage_is_true_or_false(void **state) {
    char specification[512];
    mtm_tabulator *tabulator = NULL;
    mtm_error err = {0};
    (void)state;
    snprintf(specification, sizeof specification, SPECIFICATION, "\"2024\"", "");
    assert_int_equal(mtm_tabulator_new(specification, NULL, &tabulator, &err), MTM_ERROR_SCHEMA);
    assert_non_null(strstr(err.message, "expected true or false"));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(states_know_what_they_cover),
                                       cmocka_unit_test(coverage_is_true_or_false)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
