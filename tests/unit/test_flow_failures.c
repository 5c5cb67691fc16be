/* The whole flow - package, indicators, report, every form - while memory or the system fails at each step in turn: the
 * status says so, nothing leaks (sanitizers and valgrind look), and no partial file is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../getters.h"
#include "base/io.h"
#include "failing.h"

#include <mtm.h>

static const char descriptor[] =
    "{\"mtm\": {\"country\": \"KAZ\", \"period\": \"2024-Q2\"}, \"resources\": ["
    "{\"name\": \"crossings\", \"path\": \"crossings.csv\", \"mtm\": {\"concept\": \"border-crossings\","
    " \"methodology\": \"not-public\", \"dimensions\": {\"direction\": \"IN\"}, \"publisher\": \"Border Service\"}},"
    "{\"name\": \"moves\", \"path\": \"moves.csv\", \"mtm\": {\"concept\": \"migration\", \"cumulative\": true,"
    " \"dimensions\": {\"direction\": \"IN\"}}}]}";
static const char crossings[] = "period,citizenship,value\n2024-Q1,Total,30\n2024-Q1,UZB,20\n2024-Q1,\"China\",10\n"
                                "2024-Q2,Total,45\n2024-Q2,UZB,25\n2024-Q2,Atlantis,20\n";
static const char moves[] = "period,value\n2024-01/2024-03,7\n2024-01/2024-06,12\n";

static char folder[64], page[96];

static void put(const char *name, const char *text) {
    char path[128];
    FILE *file;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/mtm-flow-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(page, sizeof page, "%s/out", folder);
    assert_int_equal(mkdir(page, 0700), 0);
    snprintf(page, sizeof page, "%s/out/report", folder);
    put("datapackage.json", descriptor);
    put("crossings.csv", crossings);
    put("moves.csv", moves);
    return 0;
}

static int tear_down(void **state) {
    static const char *const names[] = {"datapackage.json", "crossings.csv", "moves.csv", "out/report"};
    char path[128];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/out", folder);
    rmdir(path);
    rmdir(folder);
    return 0;
}

/* Files in the folder of the output. */
static int files(void) {
    char path[128];
    struct dirent *entry;
    DIR *open;
    int n = 0;
    snprintf(path, sizeof path, "%s/out", folder);
    open = opendir(path);
    assert_non_null(open);
    while ((entry = readdir(open)) != NULL)
        n += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    closedir(open);
    return n;
}

static mtm_status render(const mtm_report *report, mtm_format format, mtm_error *err) {
    mtm_buffer *text = NULL;
    mtm_status status = mtm_report_render(report, format, NULL, &text, err);
    if (status == MTM_OK)
        status = mtm_buffer_save(text, page, err);
    mtm_buffer_free(text);
    return status == MTM_ERROR_UNSUPPORTED ? MTM_OK : status;
}

static mtm_status flow(mtm_format format, mtm_error *err) {
    mtm_report_options options = MTM_REPORT_OPTIONS_INIT;
    mtm_package *package = NULL;
    mtm_catalogue *catalogue = NULL;
    mtm_results *results = NULL;
    mtm_report *report = NULL;
    mtm_status status = mtm_package_read(FROM_PATH(folder), NULL, &package, err);
    options.language = (int32_t)format % 3;
    if (status == MTM_OK)
        status = mtm_catalogue_new(&catalogue, err);
    if (status == MTM_OK)
        status = mtm_catalogue_compute(catalogue, package, NULL, &results, err);
    if (status == MTM_OK)
        status = mtm_report_new(results, &options, &report, err);
    if (status == MTM_OK)
        status = render(report, format, err);
    mtm_report_free(report);
    mtm_results_free(results);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return status;
}

/* What the flow writes, to compare: a step that does without a block must not do without its figures. */
static size_t written(char *out, size_t size) {
    FILE *file = fopen(page, "rb");
    size_t n;
    assert_non_null(file);
    n = fread(out, 1, size, file);
    assert_int_equal(fclose(file), 0);
    assert_true(n < size);
    return n;
}

static void every_request_for_memory_may_fail(int for_good) {
    static char expected[6][1 << 18], found[1 << 18];
    size_t sizes[6], requests = SIZE_MAX;
    mtm_error err;
    mtm_status status;
    for (int form = 0; form < 6; form++) {
        assert_int_equal(flow((mtm_format)form, &err), MTM_OK);
        sizes[form] = written(expected[form], sizeof expected[form]);
    }
    /* A report asks thousands of times: of later requests every hundredth part is tried. */
    for (size_t n = 1; requests >= n; n += n < 500 ? failing_stride(n) : 1 + n / 100) {
        memset(&err, 0, sizeof err);
        unlink(page);
        mtmi_memory_fail_at(n, for_good);
        status = flow((mtm_format)(n % 6), &err);
        requests = mtmi_memory_requests();
        mtmi_memory_fail_at(0, 0);
        if (status == MTM_OK) {
            assert_int_equal(written(found, sizeof found), sizes[n % 6]);
            assert_memory_equal(found, expected[n % 6], sizes[n % 6]);
        } else {
            assert_int_equal(status, MTM_ERROR_MEMORY);
            assert_int_equal(err.status, MTM_ERROR_MEMORY);
            requests = SIZE_MAX;
        }
        assert_int_equal(files(), status == MTM_OK);
    }
}

static void memory_fails_once(void **state) {
    (void)state;
    every_request_for_memory_may_fail(0);
}

static void memory_fails_for_good(void **state) {
    (void)state;
    every_request_for_memory_may_fail(1);
}

static void every_call_of_the_system_may_fail(void **state) {
    mtm_error err;
    mtm_status status = MTM_ERROR_IO;
    (void)state;
    for (size_t n = 1; status != MTM_OK; n++) {
        unlink(page);
        memset(&err, 0, sizeof err);
        mtmi_io_fail_at(n);
        status = flow(MTM_FORMAT_HTML, &err);
        mtmi_io_fail_at(0);
        if (status != MTM_OK) {
            assert_int_equal(status, MTM_ERROR_IO);
            assert_int_equal(files(), access(page, F_OK) == 0);
            assert_int_not_equal(err.message[0], '\0');
        }
        assert_true(n < 1000);
    }
    assert_int_equal(files(), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(memory_fails_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(memory_fails_for_good, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_call_of_the_system_may_fail, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
