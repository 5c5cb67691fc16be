/* The index of a package: made by the first computation, shared by threads, made anew when a dataset comes; and several
 * periods at a time give what each gives alone. */
#include "../getters.h"

#include <mtm.h>

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { THREADS = 4 };

static const char descriptor[] =
    "{\"name\": \"arrivals\", \"path\": \"arrivals.csv\", \"mtm\": {\"concept\": \"border-crossings\", \"kind\": "
    "\"flow\","
    "\"unit\": \"movements\", \"dimensions\": {\"direction\": \"IN\"}}, \"schema\": {\"fields\": ["
    "{\"name\": \"period\", \"mtm\": {\"role\": \"period\"}},"
    "{\"name\": \"citizenship\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"citizenship\"}},"
    "{\"name\": \"value\", \"mtm\": {\"role\": \"value\"}}]}}";

/* Months of two years; Russia's row of June 2024 is absent. */
static mtm_dataset *arrivals(const char *name) {
    static const char *const countries[] = {"UZB", "KGZ", "RUS", "CHN"};
    char text[8192] = "period,citizenship,value\n", changed[sizeof descriptor + 64];
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    for (int month = 0; month < 30; month++) {
        for (int c = 0; c < 4; c++) {
            if (month != 29 || c != 2) {
                snprintf(text + strlen(text), sizeof text - strlen(text), "%d-%02d,%s,%d\n", 2022 + month / 12,
                         month % 12 + 1, countries[c], 100 * (c + 1) + month);
            }
        }
    }
    snprintf(changed, sizeof changed, "{\"name\": \"%s\"%s", name, strchr(descriptor, ','));
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    options.resource = changed;
    assert_int_equal(mtm_dataset_read(FROM_TEXT(text, "arrivals.csv"), &options, &dataset, &err), MTM_OK);
    return dataset;
}

static mtm_package *package_of(const char *name) {
    mtm_package *package = NULL;
    mtm_error err = {0};
    mtm_dataset *dataset = arrivals(name);
    assert_int_equal(mtm_package_new("KAZ", &package, &err), MTM_OK);
    assert_int_equal(mtm_package_add(package, dataset, &err), MTM_OK);
    mtm_dataset_free(dataset);
    return package;
}

static mtm_results *computed(const mtm_catalogue *catalogue, const mtm_package *package, const char *const *periods,
                             size_t n) {
    mtm_period list[8];
    mtm_results *results = NULL;
    mtm_error err = {0};
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(mtm_period_read(periods[i], &list[i], &err), MTM_OK);
    }
    options.periods = list;
    options.n_periods = n;
    assert_int_equal(mtm_catalogue_compute(catalogue, package, &options, &results, &err), MTM_OK);
    return results;
}

static void assert_same_result(const mtm_result *a, const mtm_result *b) {
    mtm_result_info of_a = MTM_RESULT_INFO_INIT, of_b = MTM_RESULT_INFO_INIT;
    mtm_comparison base_a = MTM_COMPARISON_INIT, base_b = MTM_COMPARISON_INIT;
    mtm_result_get(a, MTM_LANGUAGE_EN, &of_a);
    mtm_result_get(b, MTM_LANGUAGE_EN, &of_b);
    assert_string_equal(of_a.id, of_b.id);
    assert_int_equal(of_a.has_value, of_b.has_value);
    assert_int_equal(of_a.reason, of_b.reason);
    assert_int_equal(of_a.value.units, of_b.value.units);
    assert_int_equal(of_a.flags, of_b.flags);
    assert_int_equal(of_a.expected, of_b.expected);
    assert_int_equal(of_a.absent, of_b.absent);
    assert_int_equal(of_a.n_points, of_b.n_points);
    assert_int_equal(of_a.n_rows, of_b.n_rows);
    assert_int_equal(of_a.n_steps, of_b.n_steps);
    for (int with = 0; with < 2; with++) {
        assert_int_equal(mtm_result_comparison(a, (mtm_comparison_with)with, &base_a),
                         mtm_result_comparison(b, (mtm_comparison_with)with, &base_b));
        assert_int_equal(base_a.reason, base_b.reason);
        assert_int_equal(base_a.base.units, base_b.base.units);
        assert_int_equal(base_a.has_like, base_b.has_like);
        assert_int_equal(base_a.like_value.units, base_b.like_value.units);
    }
}

static void several_periods_are_each_of_them(void **state) {
    static const char *const periods[] = {"2023-12", "2024-06", "2024-Q2", "2023"};
    mtm_catalogue *catalogue = NULL;
    mtm_package *package = package_of("arrivals");
    (void)state;
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    mtm_results *all = computed(catalogue, package, periods, 4);
    const size_t n = mtm_catalogue_count(catalogue);
    assert_int_equal(mtm_results_count(all), 4 * n);
    for (size_t p = 0; p < 4; p++) {
        mtm_results *one = computed(catalogue, package, &periods[p], 1);
        for (size_t i = 0; i < n; i++) {
            assert_same_result(mtm_results_at(all, p * n + i), mtm_results_at(one, i));
        }
        mtm_results_free(one);
    }
    /* a sum that is refused is told as far as it goes, in the period that it is of */
    const mtm_result *result = NULL;
    mtm_result_info info = MTM_RESULT_INFO_INIT;
    mtm_comparison comparison = MTM_COMPARISON_INIT;
    mtm_period june;
    assert_int_equal(mtm_period_read("2024-06", &june, NULL), MTM_OK);
    assert_int_equal(mtm_results_find(all, "arrivals-by-origin", &june, &result, NULL), MTM_OK);
    mtm_result_get(result, MTM_LANGUAGE_EN, &info);
    assert_int_equal(info.reason, MTM_REASON_COVERAGE_INCOMPLETE);
    assert_int_equal(info.expected, 4);
    assert_int_equal(info.covered, 3);
    assert_int_equal(mtm_result_comparison(result, MTM_WITH_PREVIOUS_PERIOD, &comparison), 1);
    assert_int_equal(comparison.has_like, 1);
    assert_int_equal(comparison.like_value.units, 129 + 229 + 429);
    assert_int_equal(comparison.like_base.units, 128 + 228 + 428);
    mtm_results_free(all);
    mtm_package_free(package);
    mtm_catalogue_free(catalogue);
}

static const char *cells_of(const mtm_result *result, mtm_lineage_of of, size_t index) {
    mtm_extent extent = MTM_EXTENT_INIT;
    return mtm_result_extent(result, of, index, &extent) ? extent.text : NULL;
}

static void every_number_says_what_it_covers(void **state) {
    static const char *const periods[] = {"2024-05", "2024-06"};
    static const char all[] = "citizenship=CHN|KGZ|RUS|UZB", some[] = "citizenship=CHN|KGZ|UZB";
    mtm_catalogue *catalogue = NULL;
    mtm_package *package = package_of("arrivals");
    mtm_extent extent = MTM_EXTENT_INIT;
    (void)state;
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    mtm_results *results = computed(catalogue, package, periods, 2);
    const mtm_result *may = mtm_results_at(results, 3),
                     *june = mtm_results_at(results, mtm_catalogue_count(catalogue) + 3);
    const size_t n = result_info(may).n_points;
    assert_string_equal(cells_of(may, MTM_LINEAGE_VALUE, 0), all);
    assert_string_equal(cells_of(may, MTM_LINEAGE_PREVIOUS, 0), all);
    assert_string_equal(cells_of(may, MTM_LINEAGE_LAST_YEAR, 0), all);
    assert_string_equal(cells_of(may, MTM_LINEAGE_BREAKDOWN, 0), "citizenship=CHN");
    assert_string_equal(cells_of(may, MTM_LINEAGE_POINT, n - 1), all);
    assert_null(cells_of(may, MTM_LINEAGE_POINT, n));
    assert_null(cells_of(may, MTM_LINEAGE_SUPERSEDED, 0));
    assert_string_equal(cells_of(june, MTM_LINEAGE_VALUE, 0), some); /* refused: as far as it would go */
    assert_string_equal(cells_of(june, MTM_LINEAGE_PREVIOUS, 0), all);
    assert_int_equal(mtm_result_extent(june, MTM_LINEAGE_VALUE, 0, &extent), 1);
    assert_int_equal(extent.expected, 4);
    assert_int_equal(extent.covered, 3);
    extent.size = 0;
    assert_int_equal(mtm_result_extent(june, MTM_LINEAGE_VALUE, 0, &extent), 0);
    mtm_results_free(results);
    mtm_package_free(package);
    mtm_catalogue_free(catalogue);
}

typedef struct job {
    const mtm_catalogue *catalogue;
    const mtm_package *package;
    mtm_results *results;
} job;

static void *compute(void *data) {
    static const char *const periods[] = {"2024-05", "2024-06", "2024-Q1"};
    job *of = data;
    of->results = computed(of->catalogue, of->package, periods, 3);
    return NULL;
}

static void threads_share_a_package(void **state) {
    mtm_catalogue *catalogue = NULL;
    mtm_package *package = package_of("arrivals");
    pthread_t threads[THREADS];
    job jobs[THREADS];
    (void)state;
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    for (int i = 0; i < THREADS; i++) {
        jobs[i] = (job){catalogue, package, NULL};
        assert_int_equal(pthread_create(&threads[i], NULL, compute, &jobs[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    for (int i = 1; i < THREADS; i++) {
        for (size_t k = 0; k < mtm_results_count(jobs[0].results); k++) {
            assert_same_result(mtm_results_at(jobs[0].results, k), mtm_results_at(jobs[i].results, k));
        }
    }
    for (int i = 0; i < THREADS; i++) {
        mtm_results_free(jobs[i].results);
    }
    mtm_package_free(package);
    mtm_catalogue_free(catalogue);
}

static void a_dataset_that_comes_later_counts(void **state) {
    static const char *const periods[] = {"2024-05"};
    mtm_catalogue *catalogue = NULL;
    mtm_package *package = NULL;
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    assert_int_equal(mtm_package_new("KAZ", &package, NULL), MTM_OK);
    mtm_results *before = computed(catalogue, package, periods, 1);
    assert_int_equal(result_info(mtm_results_at(before, 3)).reason, MTM_REASON_NO_DATA);
    mtm_dataset *dataset = arrivals("later");
    assert_int_equal(mtm_package_add(package, dataset, &err), MTM_OK);
    mtm_dataset_free(dataset);
    mtm_results *after = computed(catalogue, package, periods, 1);
    assert_int_equal(result_info(mtm_results_at(after, 3)).value.units, 100 + 200 + 300 + 400 + 4 * 28);
    mtm_results_free(before);
    mtm_results_free(after);
    mtm_package_free(package);
    mtm_catalogue_free(catalogue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(several_periods_are_each_of_them),
        cmocka_unit_test(every_number_says_what_it_covers),
        cmocka_unit_test(threads_share_a_package),
        cmocka_unit_test(a_dataset_that_comes_later_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
