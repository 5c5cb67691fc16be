/* Reading and checking with every request for memory failing once: nothing crashes, nothing leaks, the status says so. */
#include "../getters.h"
#include "failing.h"

#include <mtm.h>

#include <string.h>

static const char table[] = "period,country,sex,value,note,published,vintage,source,unit\n"
                            "2024-Q1,UZB,M,\"1,234.5\",first,2024-05-01,first,http://example.org,persons\n"
                            "2024-Q1,Nowhere,F,7,,2024-05-01,first,same,persons\n"
                            "2024-Q2,Congo,M,x,second,2024-08-01,final,Bulletin,persons\n"
                            "2024-Q2,UZB,M,bad,,,,,\n"
                            "2024-Q2,KGZ\n"
                            "2024-Q2,\"KGZ,5\n";

static mtm_status check(void *data, mtm_error *err) {
    mtm_check *out = NULL;
    mtm_status status = mtm_check_read(FROM_BYTES(data, strlen(data), "table.csv"), NULL, &out, err);
    if (status == MTM_OK) {
        assert_int_equal(mtm_check_rows(out, MTM_ROWS_IN), mtm_check_rows(out, MTM_ROWS_ACCEPTED) +
                                                               mtm_check_rows(out, MTM_ROWS_REJECTED) +
                                                               mtm_check_rows(out, MTM_ROWS_NOT_DATA));
    }
    mtm_check_free(out);
    return status;
}

static mtm_status read(void *data, mtm_error *err) {
    mtm_dataset *out = NULL;
    mtm_status status = mtm_dataset_read(FROM_BYTES(data, strlen(data), "table.csv"), NULL, &out, err);
    mtm_dataset_free(out);
    return status;
}

static mtm_status read_declared(void *data, mtm_error *err) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_dataset *out = NULL;
    options.resource = "{\"encoding\":\"windows-1251\",\"dialect\":{\"delimiter\":\";\"},\"schema\":{\"fields\":["
                       "{\"name\":\"p\",\"mtm\":{\"role\":\"period\"}},"
                       "{\"name\":\"t\",\"mtm\":{\"role\":\"value\",\"totalOf\":[\"a\",\"b\"]}},"
                       "{\"name\":\"a\",\"mtm\":{\"role\":\"value\",\"members\":{\"sex\":\"M\"}}},"
                       "{\"name\":\"b\",\"mtm\":{\"role\":\"value\",\"members\":{\"sex\":\"F\"}}}]},"
                       "\"mtm\":{\"concept\":\"migration\",\"dimensions\":{\"direction\":\"IN\"}}}";
    mtm_status status = mtm_dataset_read(FROM_BYTES(data, strlen(data), "wide.csv"), &options, &out, err);
    mtm_dataset_free(out);
    return status;
}

static mtm_status read_rows(void *data, mtm_error *err) {
    const mtm_source source = MTM_SOURCE_BYTES_INIT(data, strlen(data), "t");
    mtm_row_reader *reader = NULL;
    mtm_table_row row = {sizeof row, NULL, 0, 0};
    int got = 1;
    mtm_status status = mtm_row_reader_open(&source, NULL, &reader, err);
    while (status == MTM_OK && got) {
        status = mtm_row_reader_next(reader, &row, &got, err);
    }
    mtm_row_reader_free(reader);
    return status;
}

static mtm_status stream_rows(void *data, mtm_error *err) {
    const mtm_source source = MTM_SOURCE_BYTES_INIT(data, strlen(data), "t");
    mtm_row_reader *reader = NULL;
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray array;
    mtm_row_options options = MTM_ROW_OPTIONS_INIT;
    options.places = 1;
    mtm_status status = mtm_row_reader_open(&source, &options, &reader, err);
    if (status == MTM_OK) {
        status = mtm_row_reader_arrow(reader, &stream, err);
        mtm_row_reader_free(reader);
    }
    if (status != MTM_OK) {
        return status;
    }
    int failed = stream.get_schema(&stream, &schema);
    if (failed == 0) {
        schema.release(&schema);
        failed = stream.get_next(&stream, &array);
    }
    if (failed == 0 && array.release != NULL) {
        array.release(&array);
    }
    stream.release(&stream);
    if (failed != 0 && err != NULL) {
        err->status = MTM_ERROR_MEMORY;
    }
    return failed != 0 ? MTM_ERROR_MEMORY : MTM_OK;
}

static mtm_status read_package(void *data, mtm_error *err) {
    mtm_package *out = NULL;
    mtm_status status = mtm_package_read(FROM_PATH(data), NULL, &out, err);
    mtm_package_free(out);
    return status;
}

static void test_rows_survive(void **state) {
    static const char rows[] =
        "A title\n\nfoo,bar,baz\nx,1,2\n\"y,2,1\nz,3\nw,5,6,7\n\nother,names\nq,5\nfoo,bar,baz\n1,2,3\n";
    (void)state;
    assert_survives_failing_memory(read_rows, (void *)(uintptr_t)rows);
    assert_survives_failing_memory(read_rows, "a, b\n\"x \\\"y\\\" z\", 1\np, 2\n");
    assert_survives_failing_memory(stream_rows, (void *)(uintptr_t)rows);
}

/* Containers other than CSV: PC-Axis with keys, JSON records. The archive of a sheet is in test_read_xlsx.c. */
static void test_containers_survive(void **state) {
    static const char px[] =
        "CHARSET=\"ANSI\";TITLE=\"t\";NOTE=\"n\";STUB=\"sex\";HEADING=\"year\";CONTVARIABLE=\"sex\";"
        "UNITS(\"men\")=\"persons\";VALUES(\"sex\")=\"men\",\"women\";VALUES(\"year\")=\"2024\";"
        "KEYS(\"sex\")=VALUES;DATA=\"men\" 1 \"women\" \"-\";";
    (void)state;
    assert_survives_failing_memory(read_rows, (void *)(uintptr_t)px);
    assert_survives_failing_memory(stream_rows, (void *)(uintptr_t)px);
    assert_survives_failing_memory(read_rows,
                                   "[{\"a\": 1, \"b\": \"x\\n\"}, {\"c\": {\"d\": [1]}}, {\"a\": 1, \"a\": 2}]");
    assert_survives_failing_memory(read_rows, "{\"m\": 1, \"d\": [[\"a\"], [2]], \"e\": [{\"x\": 1}]}");
}

static void test_checks_survive(void **state) {
    (void)state;
    assert_survives_failing_memory(check, (void *)(uintptr_t)table);
    assert_survives_failing_memory(check, "period,value\n");
    assert_survives_failing_memory(check, "period,men_0-15,women,total\n\n2024,1,2,4\n# end\n");
    assert_survives_failing_memory(check, "country,2024-Q1 men,2024-Q1 women,2024-Q1 total\nUZB,1,2,3\n");
    assert_survives_failing_memory(check,
                                   "period,country,sex,value\n2024-Q1,UZB,Total,5\n2024-Q1,Total,M,4\n"
                                   "2024-Q1,CIS,Total,5\n2024-Q1,EAEU,F,1\n2024-Q2,UZB,M,4\n2024-Q2,women,M,1\n");
}

static void test_reading_survives(void **state) {
    (void)state;
    assert_survives_failing_memory(read, "period,country,value\n2024-Q1,UZB,5\n2024-Q1,Nowhere,6.25\n");
    assert_survives_failing_memory(read_declared, "p;t;a;b\n2024;3;1;2\n2023;5;2;3\n");
}

static void test_packages_survive(void **state) {
    (void)state;
    assert_survives_failing_memory(read_package, MTM_SOURCE_DIR "/tests/golden/reading/small");
    assert_survives_failing_memory(read_package, MTM_SOURCE_DIR "/tests/golden/reading/places");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_checks_survive),     cmocka_unit_test(test_rows_survive),
        cmocka_unit_test(test_containers_survive), cmocka_unit_test(test_reading_survives),
        cmocka_unit_test(test_packages_survive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
