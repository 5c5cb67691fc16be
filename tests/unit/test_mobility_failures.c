/* Rounds, a registry with its calendar, and a register of persons - read, counted, computed, printed - while memory fails at
 * sampled steps: the status says so, or the page is the same; nothing leaks (sanitizers and valgrind look). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../getters.h"
#include "failing.h"

#include <mtm.h>

static const char rounds[] =
    "admin0Pcode,admin1Name,admin1Pcode,admin2Pcode,numPresentIdpInd,reportingDate,roundNumber,displacementReason\n"
    "XXX,North,XX01,XX0101,120,2024-03-31,1,Conflict\nXXX,South,XX02,XX0201,300,2024-03-31,1,Flood\n"
    "XXX,North,XX01,XX0101,140,2024-06-30,2,Conflict; Flood\nXXX,North,XX01,XX0102,40,2024-06-30,2,Conflict\n"
    "XXX,South,XX02,XX0201,310,2024-06-30,2,Flood\n";
static const char rounds_package[] =
    "{\"name\": \"p\", \"mtm\": {\"period\": \"2024-Q2\"}, \"resources\": [{\"name\": \"r\", \"path\": \"rows.csv\","
    " \"mtm\": {\"concept\": \"displacement\"}}]}";

static const char registry_package[] =
    "{\"name\": \"p\", \"mtm\": {\"period\": \"2024-04\"}, \"resources\": [{\"name\": \"r\", \"path\": \"rows.csv\","
    " \"schema\": {\"fieldsMatch\": [\"subset\"], \"fields\": ["
    "{\"name\": \"date\", \"mtm\": {\"role\": \"period\"}},"
    "{\"name\": \"fmp\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"fmp\"}},"
    "{\"name\": \"from\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"origin\", \"codelist\": \"country\"}},"
    "{\"name\": \"to\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"destination\", \"codelist\": \"country\"}},"
    "{\"name\": \"men\", \"mtm\": {\"role\": \"value\", \"members\": {\"sex\": \"M\", \"age-group\": \"18+\"}}},"
    "{\"name\": \"women\", \"mtm\": {\"role\": \"value\", \"members\": {\"sex\": \"F\", \"age-group\": \"18+\"}}},"
    "{\"name\": \"children\", \"mtm\": {\"role\": \"value\", \"members\": {\"age-group\": \"0-17\"}}},"
    "{\"name\": \"war\", \"mtm\": {\"role\": \"flag\", \"members\": {\"reason\": \"CONFLICT\"}}},"
    "{\"name\": \"work\", \"mtm\": {\"role\": \"flag\", \"members\": {\"reason\": \"ECONOMIC\"}}}]},"
    " \"mtm\": {\"concept\": \"flow-monitoring\", \"unit\": \"movements\", \"microdata\": true, \"covers\": "
    "[\"2024-Q2\"]}},"
    "{\"name\": \"c\", \"path\": \"days.csv\", \"mtm\": {\"concept\": \"observation\", \"unit\": \"hours\"}}]}";
static const char registry[] =
    "date,fmp,from,to,men,women,children,war,work\n2024-04-02,East,KGZ,KAZ,9,11,12,1,0\n"
    "2024-04-03,East,UZB,KAZ,19,14,12,1,1\n2024-04-03,West,KGZ,RUS,29,15,12,0,0\n2024-04-04,West,,,39,11,12,,\n";
static const char days[] = "fmp,date,hours_open\nEast,2024-04-01,8\nEast,2024-04-02,0\nWest,2024-04-30,8\n";

static const char register_package[] =
    "{\"name\": \"p\", \"mtm\": {\"period\": \"2024-Q2\"}, \"resources\": [{\"name\": \"r\", \"path\": \"rows.csv\","
    " \"schema\": {\"fieldsMatch\": [\"subset\"], \"fields\": ["
    "{\"name\": \"person\", \"mtm\": {\"role\": \"id\", \"dedupe\": true}},"
    "{\"name\": \"home\", \"mtm\": {\"role\": \"household\"}},"
    "{\"name\": \"site\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"site\"}},"
    "{\"name\": \"came\", \"mtm\": {\"role\": \"entered\"}}, {\"name\": \"left\", \"mtm\": {\"role\": \"left\"}}]},"
    " \"mtm\": {\"concept\": \"displacement\", \"kind\": \"stock\", \"unit\": \"persons\", \"microdata\": true}}]}";
static const char persons[] =
    "person,home,site,came,left\nP1,H1,A,2024-01-02,\nP2,H1,A,2024-01-02,2024-05-01\nP1,H1,B,2024-05-03,\n"
    "P3,H2,B,2024-04-01,\nP3,H2,B,2024-04-01,\nP4,H3,B,2024-06-30,\n";

static const struct {
    const char *package, *rows, *days;
} made[] = {{rounds_package, rounds, NULL}, {registry_package, registry, days}, {register_package, persons, NULL}};

static char folder[64];

static void put(const char *name, const char *text) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static void clear(void) {
    static const char *const names[] = {"datapackage.json", "rows.csv", "days.csv"};
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
}

/* The page, NULL where a step failed. */
static mtm_status print_page(mtm_buffer **out, mtm_error *err) {
    mtm_report_options options = MTM_REPORT_OPTIONS_INIT;
    mtm_package *package = NULL;
    mtm_catalogue *catalogue = NULL;
    mtm_results *results = NULL;
    mtm_report *report = NULL;
    *out = NULL;
    mtm_status status = mtm_package_read(FROM_PATH(folder), NULL, &package, err);
    if (status == MTM_OK) {
        status = mtm_catalogue_new(&catalogue, err);
    }
    if (status == MTM_OK) {
        status = mtm_catalogue_compute(catalogue, package, NULL, &results, err);
    }
    if (status == MTM_OK) {
        status = mtm_report_new(results, &options, &report, err);
    }
    if (status == MTM_OK) {
        status = mtm_report_render(report, MTM_FORMAT_HTML, NULL, out, err);
    }
    mtm_report_free(report);
    mtm_results_free(results);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return status;
}

static void fail_in(size_t which, int for_good) {
    mtm_buffer *expected = NULL;
    mtm_error err = {0};
    put("datapackage.json", made[which].package);
    put("rows.csv", made[which].rows);
    if (made[which].days != NULL) {
        put("days.csv", made[which].days);
    }
    assert_int_equal(print_page(&expected, &err), MTM_OK);
    const char *text = mtm_buffer_data(expected);
    const size_t size = mtm_buffer_size(expected);
    size_t requests = SIZE_MAX;
    for (size_t n = 1 + which; n <= requests; n += 1 + n / 60) {
        mtm_buffer *page = NULL;
        memset(&err, 0, sizeof err);
        mtmi_memory_fail_at(n, for_good);
        const mtm_status status = print_page(&page, &err);
        const size_t asked = mtmi_memory_requests();
        mtmi_memory_fail_at(0, 0);
        if (status == MTM_OK) {
            requests = asked;
            assert_int_equal(mtm_buffer_size(page), size);
            assert_memory_equal(mtm_buffer_data(page), text, size);
        } else {
            assert_int_equal(status, MTM_ERROR_MEMORY);
            assert_int_equal(err.status, MTM_ERROR_MEMORY);
        }
        mtm_buffer_free(page);
    }
    mtm_buffer_free(expected);
    clear();
}

static void memory_fails_at_sampled_steps(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/mtm-mobility-XXXXXX");
    assert_non_null(mkdtemp(folder));
    for (size_t which = 0; which < sizeof made / sizeof *made; which++) {
        fail_in(which, 0);
        fail_in(which, 1);
    }
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(memory_fails_at_sampled_steps)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
