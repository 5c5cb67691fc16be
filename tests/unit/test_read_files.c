/* One dataset of several files: every observation knows its own, also when equal rows are dropped and in a copy. */
#include "../getters.h"
#include "data/dataset_copy.h"
#include "data/package.h"
#include "read/open_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_lines_have_their_file(void **state) {
    mtm_package *package = NULL;
    (void)state;
    assert_int_equal(mtm_package_read(FROM_PATH(MTM_SOURCE_DIR "/tests/golden/reading/small"), NULL, &package, NULL),
                     MTM_OK);
    const mtm_dataset *data = mtm_package_at(package, 0);
    assert_string_equal(data->file, "permits-1.csv, permits-2.csv");
    assert_string_equal(mtmi_dataset_file(data, 1), "permits-1.csv");
    assert_string_equal(mtmi_dataset_file(data, 2), "permits-2.csv");
    assert_int_equal(data->lines[2], 2);
    assert_int_equal(package->n_microdata, 1);
    assert_string_equal(package->microdata[0].paths[0], "crossings.csv");
    mtm_package_free(package);
}

static mtm_dataset *read_parts(const char *const *texts, size_t n) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtmi_source *sources[4] = {NULL};
    const char *const names[] = {"a.csv", "b.csv", "c.csv", "d.csv"};
    mtmi_resource *resource = NULL;
    mtm_dataset *out = NULL;
    assert_int_equal(mtmi_open_resource(&options, "all", &resource, NULL), MTM_OK);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(mtmi_source_memory(texts[i], strlen(texts[i]), names[i], &sources[i], NULL), MTM_OK);
    }
    (void)mtmi_read_resource(resource, sources, n, &options, NULL, &out, NULL);
    for (size_t i = 0; i < n; i++) {
        mtmi_source_free(sources[i]);
    }
    mtmi_resource_free(resource);
    return out;
}

static void test_dropped_rows_move_the_files(void **state) {
    static const char *const texts[] = {"period,value\n2024,1\n2024,1\n", "period,value\n2025,2\n",
                                        "value,period\n3,2026\n"};
    mtm_dataset *data = read_parts(texts, 3), *copy = NULL;
    (void)state;
    assert_int_equal(data->n, 3);
    assert_int_equal(mtmi_dataset_copy(data, &copy, NULL), MTM_OK);
    mtm_dataset_free(data);
    assert_string_equal(mtmi_dataset_file(copy, 0), "a.csv");
    assert_string_equal(mtmi_dataset_file(copy, 1), "b.csv");
    assert_string_equal(mtmi_dataset_file(copy, 2), "c.csv");
    assert_int_equal(copy->values[2], 3);
    mtm_dataset_free(copy);
}

static void test_files_contradict_one_another(void **state) {
    static const char *const texts[] = {"period,value\n2024,1\n", "period,value\n2024,2\n"};
    (void)state;
    assert_null(read_parts(texts, 2));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_have_their_file),
        cmocka_unit_test(test_dropped_rows_move_the_files),
        cmocka_unit_test(test_files_contradict_one_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
