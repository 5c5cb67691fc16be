/* Counting, saving, loading, merging, finishing and checking with each request for memory failing in turn. */
#include "../getters.h"
#include "failing.h"

#include <mtm.h>

#include <stdio.h>
#include <string.h>

static const char specification[] = "{\"resource\": {\"name\": \"c\", \"path\": \"c.csv\", \"encoding\": \"utf-8\", "
                                    "\"mtm\": {\"concept\": \"border-crossings\","
                                    " \"microdata\": true, \"dimensions\": {\"sex\": \"F\"}}}, \"ages\": [0, 30],"
                                    " \"groupings\": [{\"by\": [\"direction\", \"citizenship\", \"age\"]}, {\"by\": "
                                    "[\"checkpoint\"], \"sum\": \"amount\","
                                    " \"period\": \"month\"}]}";

static const char rows[] =
    "time,direction,citizenship,checkpoint,amount,birth_year\n"
    "2024-04-01,in,UZB,A,1.5,1990\n2024-04-02,in,\"Узбекистан\",\"B, \"\"b\"\"\",2,1999\n"
    "2024-05-02,out,Atlantis,A checkpoint with a name that is longer than thirty-two bytes,0,2001\n"
    "bad,in,UZB,A,1,1990\n2024-04-01,in,\"UZ\"B,A,1,1990\n2024-06-02,out,KAZ,\"two\nlines\",7,2020\n";

static mtm_status count(const char *name, mtm_tabulator **out, mtm_error *err) {
    char bytes[sizeof rows + 64];
    mtm_status status = mtm_tabulator_new(specification, NULL, out, err);
    snprintf(bytes, sizeof bytes, "%s2024-06-03,in,%s,C,1,1990\n", rows, name);
    return status == MTM_OK ? mtm_tabulator_add(*out, FROM_BYTES(bytes, strlen(bytes), name), err) : status;
}

static mtm_status everything(void *data, mtm_error *err) {
    mtm_tabulator *a = NULL, *b = NULL, *c = NULL;
    mtm_package *package = NULL;
    mtm_check *check = NULL;
    mtm_buffer *text = NULL, *csv = NULL;
    mtm_status status = count("UZB", &a, err);
    (void)data;
    if (status == MTM_OK)
        status = count("KAZ", &b, err);
    if (status == MTM_OK)
        status = mtm_tabulator_save(b, &text, err);
    if (status == MTM_OK)
        status = mtm_tabulator_load(FROM_BYTES(mtm_buffer_data(text), mtm_buffer_size(text), "state"), NULL, &c, err);
    if (status == MTM_OK)
        status = mtm_tabulator_merge(a, c, 0, err);
    if (status == MTM_OK)
        status = mtm_tabulator_check(a, &check, err);
    if (status == MTM_OK)
        status = mtm_tabulator_finish(a, &package, err);
    if (status == MTM_OK)
        status = mtm_dataset_render(mtm_package_at(package, 0), MTM_FORMAT_JSON, NULL, &csv, err);
    if (status == MTM_OK)
        assert_int_equal(mtm_tabulator_rows(a, MTM_ROWS_ACCEPTED), 10);
    mtm_buffer_free(csv);
    mtm_package_free(package);
    mtm_check_free(check);
    mtm_buffer_free(text);
    mtm_tabulator_free(a);
    mtm_tabulator_free(b);
    mtm_tabulator_free(c);
    return status;
}

/* A state that could not take a file in holds what it held before. */
static mtm_status add_again(void *data, mtm_error *err) {
    mtm_tabulator *a = data;
    mtm_buffer *before = NULL, *after = NULL;
    mtm_status status = mtm_tabulator_save(a, &before, err);
    if (status == MTM_OK)
        status = mtm_tabulator_add(a, FROM_BYTES(rows, strlen(rows), "more"), err);
    if (status == MTM_OK)
        return mtm_buffer_free(before), MTM_OK;
    mtmi_memory_fail_at(0, 0);
    if (before != NULL) {
        assert_int_equal(mtm_tabulator_save(a, &after, NULL), MTM_OK);
        assert_int_equal(mtm_buffer_size(before), mtm_buffer_size(after));
        assert_memory_equal(mtm_buffer_data(before), mtm_buffer_data(after), mtm_buffer_size(after));
    }
    mtm_buffer_free(before);
    mtm_buffer_free(after);
    return status;
}

static void memory_may_end_anywhere(void **state) {
    mtm_error err = {0};
    (void)state;
    if (everything(NULL, &err) != MTM_OK)
        fail_msg("%s: %s", err.subject, err.message);
    assert_survives_failing_memory(everything, NULL);
}

static void a_failure_changes_nothing(void **state) {
    size_t n;
    (void)state;
    for (n = 1;; n++) {
        mtm_tabulator *a = NULL;
        mtm_error err = {0};
        mtm_status status;
        assert_int_equal(count("UZB", &a, NULL), MTM_OK);
        mtmi_memory_fail_at(n, 1);
        status = add_again(a, &err);
        mtmi_memory_fail_at(0, 0);
        mtm_tabulator_free(a);
        if (status == MTM_OK)
            return;
        assert_int_equal(status, MTM_ERROR_MEMORY);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(memory_may_end_anywhere),
                                       cmocka_unit_test(a_failure_changes_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
