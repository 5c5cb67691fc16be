/* A builder, a function as source, several periods, results as an Arrow table and microdata within computing, while memory
 * fails at each step in turn. */
#include "../getters.h"
#include "failing.h"

#include <mtm.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char resource[] = "{\"name\": \"crossings\", \"path\": \"t.csv\", \"mtm\": {\"concept\": "
                               "\"border-crossings\", \"unit\": \"movements\", \"kind\": \"flow\"}}";
static const char table[] = "period,direction,value\n2024-Q1,IN,10\n2024-Q2,IN,20\n";
static const mtm_period quarters[] = {{19723, 19813}, {19814, 19904}}; /* 2024-Q1, 2024-Q2 */

static mtm_status compute(const mtm_package *package, mtm_results **out, mtm_error *err) {
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_catalogue *catalogue = NULL;
    mtm_status status = mtm_catalogue_new(&catalogue, err);
    options.indicator = "arrivals";
    options.periods = quarters;
    options.n_periods = 2;
    if (status == MTM_OK) {
        status = mtm_catalogue_compute(catalogue, package, &options, out, err);
    }
    mtm_catalogue_free(catalogue);
    return status;
}

static mtm_status write_arrow(const mtm_results *results, mtm_error *err) {
    struct ArrowArrayStream stream;
    mtm_status status = mtm_results_arrow(results, MTM_LANGUAGE_KK, &stream, err);
    if (status == MTM_OK) {
        stream.release(&stream);
    } else {
        assert_null(stream.release);
    }
    return status;
}

static mtm_status add_two(mtm_builder *builder, mtm_error *err) {
    static const char *const labels[] = {"IN"};
    mtm_observation one = MTM_OBSERVATION_INIT;
    mtm_status status = MTM_OK;
    one.labels = labels;
    for (int i = 0; i < 2 && status == MTM_OK; i++) {
        one.period = quarters[i];
        one.value = (mtm_decimal){10 + i, 0, 0};
        status = mtm_builder_add(builder, &one, err);
    }
    return status;
}

static mtm_status built_and_computed(void *data, mtm_error *err) {
    static const char *const dimensions[] = {"direction"};
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_builder *builder = NULL;
    mtm_dataset *dataset = NULL;
    mtm_package *package = NULL;
    mtm_results *results = NULL;
    (void)data;
    options.resource = resource;
    mtm_status status = mtm_builder_new("crossings", dimensions, 1, &options, &builder, err);
    status = status == MTM_OK ? add_two(builder, err) : status;
    status = status == MTM_OK ? mtm_builder_finish(builder, &dataset, err) : status;
    status = status == MTM_OK ? mtm_package_new("KAZ", &package, err) : status;
    status = status == MTM_OK ? mtm_package_add(package, dataset, err) : status;
    status = status == MTM_OK ? compute(package, &results, err) : status;
    status = status == MTM_OK ? write_arrow(results, err) : status;
    if (status == MTM_OK) {
        assert_int_equal(result_info(mtm_results_at(results, 1)).value.units, 11);
    }
    mtm_results_free(results);
    mtm_package_free(package);
    mtm_dataset_free(dataset);
    mtm_builder_free(builder);
    return status;
}

static int64_t give(void *data, void *buffer, size_t size) {
    size_t *at = data, rest = strlen(table) - *at, n = rest < 9 ? rest : 9;
    n = n < size ? n : size;
    memcpy(buffer, table + *at, n);
    *at += n;
    return (int64_t)n;
}

static mtm_status read_by_function(void *data, mtm_error *err) {
    size_t at = 0;
    mtm_check *check = NULL;
    (void)data;
    mtm_status status = mtm_check_read(&(mtm_source)MTM_SOURCE_READ_INIT(give, &at, "t.csv"), NULL, &check, err);
    mtm_check_free(check);
    return status;
}

static char folder[] = "/tmp/mtm-interface-XXXXXX";

static void write_file(const char *name, const char *text) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static mtm_status microdata_computed(void *data, mtm_error *err) {
    mtm_results *results = NULL;
    mtm_status status = compute(data, &results, err);
    if (status == MTM_OK) {
        assert_int_equal(result_info(mtm_results_at(results, 1)).value.units, 2);
    }
    mtm_results_free(results);
    return status;
}

static mtm_status microdata_tabulated(void *data, mtm_error *err) {
    mtm_package *counted = NULL;
    mtm_status status = mtm_package_tabulate(data, "{\"crossings\": {\"groupings\": [{\"by\": [\"direction\"]}]}}",
                                             NULL, &counted, err);
    mtm_package_free(counted);
    return status;
}

static void the_builder_and_tables_survive(void **state) {
    (void)state;
    assert_survives_failing_memory(built_and_computed, NULL);
}

static void functions_survive(void **state) {
    (void)state;
    assert_survives_failing_memory(read_by_function, NULL);
}

static void microdata_survive(void **state) {
    mtm_package *package = NULL;
    char path[128];
    (void)state;
    assert_non_null(mkdtemp(folder));
    write_file(
        "datapackage.json",
        "{\"mtm\": {\"country\": \"KAZ\"}, \"resources\": [{\"name\": \"crossings\", \"path\": \"c.csv\", \"mtm\": "
        "{\"concept\": \"border-crossings\", \"unit\": \"movements\", \"microdata\": true}}]}");
    write_file("c.csv", "date,direction,citizenship\n2024-04-01,IN,UZB\n2024-05-01,IN,CHN\n");
    assert_int_equal(mtm_package_read(FROM_PATH(folder), NULL, &package, NULL), MTM_OK);
    assert_survives_failing_memory(microdata_computed, package);
    assert_survives_failing_memory(microdata_tabulated, package);
    mtm_package_free(package);
    snprintf(path, sizeof path, "%s/datapackage.json", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/c.csv", folder);
    unlink(path);
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_builder_and_tables_survive),
        cmocka_unit_test(functions_survive),
        cmocka_unit_test(microdata_survive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
