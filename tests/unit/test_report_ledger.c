/* The ledger under failing memory and failing files: a report comes with its entry, or neither comes. */
#include "made_tables.h"

#include "base/io.h"
#include "failing.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/mtm-ledger-XXXXXX";
static char path[64], lock[80];

static mtm_results *made_list(int64_t russia) {
    mtm_results *results = made_results(1, "2024-Q2");
    mtm_result *result = &results->results[0];
    name_result(result, "arrivals", "in");
    set_text(&result->dimension, "citizenship");
    set_value(result, whole(russia + 300));
    add_row(result, "RUS", whole(russia), tenths(700), 1);
    add_row(result, "UZB", whole(250), tenths(250), 2);
    add_row(result, "CHN", whole(47), tenths(47), 3);
    add_row(result, "DEU", whole(3), tenths(3), 4);
    add_cell(results, "in", "RUS", results->period, russia);
    add_cell(results, "in", "UZB", results->period, 250);
    add_cell(results, "in", "CHN", results->period, 47);
    add_cell(results, "in", "DEU", results->period, 3);
    explain_results(results);
    return results;
}

static size_t read_ledger(char *out, size_t size) {
    FILE *file = fopen(path, "rb");
    size_t n = file != NULL ? fread(out, 1, size, file) : 0;
    if (file != NULL) {
        fclose(file);
    }
    return n;
}

static mtm_status make(void *data, mtm_error *err) {
    mtm_report_options options = MTM_REPORT_OPTIONS_INIT;
    mtm_report *report = NULL;
    options.ledger = path;
    mtm_status status = mtm_report_new(data, &options, &report, err);
    assert_true((status == MTM_OK) == (report != NULL));
    mtm_report_free(report);
    return status;
}

static char before[65536], after[65536];

/* From the same ledger every time; on failure it is what it was. */
static mtm_status make_from_one(void *data, mtm_error *err) {
    FILE *file = fopen(path, "wb");
    size_t n = strlen(before);
    assert_non_null(file);
    assert_int_equal(fwrite(before, 1, n, file), n);
    fclose(file);
    mtm_status status = make(data, err);
    size_t now = read_ledger(after, sizeof after);
    assert_true(status == MTM_OK ? now > n : now == n && memcmp(before, after, n) == 0);
    return status;
}

static void write_first(void) {
    mtm_results *first = made_list(700);
    unlink(path);
    assert_int_equal(make(first, NULL), MTM_OK);
    mtm_results_free(first);
    before[read_ledger(before, sizeof before - 1)] = '\0';
    assert_true(before[0] != '\0');
}

static void test_failing_memory(void **state) {
    mtm_results *second = made_list(900);
    (void)state;
    write_first();
    second->results[0].period = second->period = period_of("2024-Q3");
    for (size_t i = 0; i < second->evidence->n_observed; i++) {
        second->evidence->observed[i].period = second->period;
    }
    assert_survives_failing_memory(make_from_one, second);
    mtm_results_free(second);
}

static void test_failing_files(void **state) {
    mtm_results *second = made_list(900);
    (void)state;
    write_first();
    second->results[0].period = second->period = period_of("2024-Q3");
    for (size_t i = 0; i < second->evidence->n_observed; i++) {
        second->evidence->observed[i].period = second->period;
    }
    size_t failed = 0;
    for (size_t n = 1;; n++) {
        mtm_error err = {0};
        mtmi_io_fail_at(n);
        mtm_status status = make_from_one(second, &err);
        size_t calls = mtmi_io_calls();
        mtmi_io_fail_at(0);
        if (calls < n) {
            break;
        }
        assert_true(status == MTM_OK || status == MTM_ERROR_IO);
        failed += status != MTM_OK;
    }
    assert_true(failed > 5);
    mtm_results_free(second);
}

static void test_arguments(void **state) {
    mtm_results *results = made_list(700);
    mtm_report_options options = MTM_REPORT_OPTIONS_INIT;
    mtm_report *report = NULL;
    mtm_error err = {0};
    (void)state;
    options.ledger = "";
    assert_int_equal(mtm_report_new(results, &options, &report, &err), MTM_ERROR_ARGUMENT);
    assert_string_equal(err.subject, "ledger");
    options.ledger = path;
    options.threshold = -1;
    assert_int_equal(mtm_report_new(results, &options, &report, &err), MTM_ERROR_ARGUMENT);
    assert_string_equal(err.subject, "ledger");
    options.threshold = 0;
    options.ledger = "/nowhere/at/all";
    assert_int_equal(mtm_report_new(results, &options, &report, &err), MTM_ERROR_NOT_FOUND);
    options.ledger = folder;
    assert_int_equal(mtm_report_new(results, &options, &report, &err), MTM_ERROR_PATH);
    assert_null(report);
    mtm_results_free(results);
}

static int set_up(void **state) {
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(path, sizeof path, "%s/published.mtm", folder);
    snprintf(lock, sizeof lock, "%s.lock", path);
    return 0;
}

static int tear_down(void **state) {
    char folder_lock[80];
    (void)state;
    snprintf(folder_lock, sizeof folder_lock, "%s.lock", folder);
    unlink(folder_lock);
    unlink(path);
    unlink(lock);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_failing_memory),
        cmocka_unit_test(test_failing_files),
        cmocka_unit_test(test_arguments),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
