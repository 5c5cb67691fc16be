/* A store of releases while memory or the system fails at each step in turn: an addition is there whole or not at all, and
 * what is cut off is ended or removed by the next one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "failing.h"

#include <mtm.h>

static const char descriptor[] =
    "{\"title\": \"Border\", \"mtm\": {\"country\": \"KAZ\", \"period\": \"2024-Q2\"}, \"sources\": [{\"title\": "
    "\"Border "
    "Service\"}], \"resources\": [{\"name\": \"crossings\", \"path\": [\"a.csv\", \"in/b.csv\"], \"mtm\": "
    "{\"concept\": "
    "\"border-crossings\", \"dimensions\": {\"direction\": \"IN\"}}}, {\"name\": \"note\", \"path\": \"note.pdf\"}]}";

static char folder[64];
static unsigned round_of_test;

static const char *inside(const char *name) {
    static char paths[4][160];
    static size_t at;
    char *path = paths[at++ % 4];
    snprintf(path, 160, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *text) {
    FILE *file = fopen(inside(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state) {
    (void)state;
    /* in memory where that can be: each step is put on the disk, many times over */
    snprintf(folder, sizeof folder, "%s/mtm-store-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(mkdir(inside("p"), 0700), 0);
    assert_int_equal(mkdir(inside("p/in"), 0700), 0);
    put("p/datapackage.json", descriptor);
    put("p/a.csv", "period,citizenship,value\n2024-Q1,Total,30\n2024-Q1,UZB,20\n2024-Q1,China,10\n");
    put("p/in/b.csv", "period,citizenship,value\n2024-Q2,Total,45\n2024-Q2,UZB,25\n2024-Q2,China,20\n");
    put("p/note.pdf", "%PDF-1.4");
    return 0;
}

static int tear_down(void **state) {
    char command[160];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? 0 : -1;
}

static mtm_store_release release_named(const char *name) {
    mtm_store_release release = MTM_STORE_RELEASE_INIT;
    release.source = "border";
    release.release = name;
    release.released = "2024-07-15";
    return release;
}

static size_t count_wrong(const char *path) {
    mtm_buffer *lines = NULL;
    size_t wrong = 99;
    assert_int_equal(mtm_store_verify(path, &wrong, &lines, NULL), MTM_OK);
    if (wrong > 0) {
        print_message("%s", mtm_buffer_data(lines));
    }
    mtm_buffer_free(lines);
    return wrong;
}

static size_t count_releases(const char *path) {
    mtm_store *store = NULL;
    if (mtm_store_open(path, 0, &store, NULL) != MTM_OK) {
        return 0;
    }
    const size_t n = mtm_store_count(store);
    mtm_store_free(store);
    return n;
}

/* All that a store does, in a folder of its own each time. */
static mtm_status live(void *data, mtm_error *err) {
    const mtm_source source = MTM_SOURCE_PATH_INIT(data);
    mtm_store_release release = release_named("first");
    mtm_store *store = NULL;
    mtm_buffer *text = NULL;
    mtm_package *package = NULL;
    char out[160];
    size_t wrong = 0;
    snprintf(out, sizeof out, "%s-%u", (const char *)data, round_of_test++);
    mtm_status status = mtm_store_open(data, 1, &store, err);
    status = status == MTM_OK ? mtm_store_add(store, inside("p"), &release, err) : status;
    status = status == MTM_OK ? mtm_store_describe(store, NULL, &text, err) : status;
    mtm_buffer_free(text);
    text = NULL;
    status = status == MTM_OK ? mtm_package_read(&source, NULL, &package, err) : status;
    status = status == MTM_OK ? mtm_store_export(store, NULL, out, err) : status;
    status = status == MTM_OK ? mtm_store_verify(data, &wrong, &text, err) : status;
    mtm_buffer_free(text);
    mtm_package_free(package);
    mtm_store_free(store);
    if (status != MTM_OK && status != MTM_ERROR_MEMORY) {
        print_message("%s: %s\n", err->subject, err->message);
    }
    return status;
}

static void memory_may_fail_anywhere(void **state) {
    char path[160];
    (void)state;
    snprintf(path, sizeof path, "%s", inside("m"));
    assert_survives_failing_memory(live, path);
    assert_int_equal(count_releases(path), 1);
    assert_int_equal(count_wrong(path), 0);
}

/* The system refuses the n-th call: the release is there or not, and adding it again brings it in any case. */
static void the_system_may_fail_anywhere(void **state) {
    (void)state;
    for (size_t n = 1;; n++) {
        char path[160];
        mtm_store_release release = release_named("first");
        mtm_store *store = NULL;
        mtm_error err = {0};
        snprintf(path, sizeof path, "%s-%zu", inside("s"), n);
        mtmi_io_fail_at(n);
        mtm_status status = mtm_store_open(path, 1, &store, &err);
        status = status == MTM_OK ? mtm_store_add(store, inside("p"), &release, &err) : status;
        const size_t calls = mtmi_io_calls();
        mtmi_io_fail_at(0);
        mtm_store_free(store);
        if (status == MTM_OK && calls < n) {
            break;
        }
        assert_true(status == MTM_OK || status == MTM_ERROR_IO);
        assert_true(status == MTM_OK || err.message[0] != '\0');
        store = NULL;
        assert_int_equal(mtm_store_open(path, 1, &store, &err), MTM_OK);
        assert_int_equal(mtm_store_add(store, inside("p"), &release, &err), MTM_OK);
        assert_int_equal(mtm_store_count(store), 1);
        mtm_store_free(store);
        assert_int_equal(count_wrong(path), 0);
    }
}

static void arguments_are_looked_at(void **state) {
    mtm_store *store = NULL;
    mtm_store_release release = release_named("first");
    mtm_buffer *text = NULL;
    mtm_error err;
    size_t wrong = 0;
    (void)state;
    assert_int_equal(mtm_store_open(NULL, 0, &store, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_store_open(inside("none"), 0, &store, &err), MTM_ERROR_NOT_FOUND);
    assert_int_equal(mtm_store_open(inside("p"), 1, &store, &err), MTM_ERROR_NOT_FOUND); /* not empty */
    assert_null(store);
    assert_int_equal(mtm_store_verify(inside("none"), &wrong, &text, &err), MTM_ERROR_NOT_FOUND);
    assert_int_equal(mtm_store_open(inside("a"), 1, &store, &err), MTM_OK);
    assert_int_equal(mtm_store_describe(store, NULL, &text, &err), MTM_ERROR_NOT_FOUND); /* empty */
    assert_int_equal(mtm_store_add(store, NULL, &release, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_store_add(store, inside("p"), NULL, &err), MTM_ERROR_ARGUMENT);
    static const char *const bad[] = {
        "",     "../up",   "Border",
        "a/b",  ".hidden", "all",
        "none", "-f",      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        release.source = bad[i];
        assert_int_equal(mtm_store_add(store, inside("p"), &release, &err), MTM_ERROR_ARGUMENT);
        release.source = "border";
        release.release = bad[i];
        assert_int_equal(mtm_store_add(store, inside("p"), &release, &err), i == 0 ? MTM_OK : MTM_ERROR_ARGUMENT);
        release.release = "first";
    }
    release.size = 0;
    assert_int_equal(mtm_store_add(store, inside("p"), &release, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_store_at(store, 0, &release), 0);
    release.size = sizeof release;
    assert_int_equal(mtm_store_at(store, 1, &release), 0);
    assert_int_equal(mtm_store_at(store, 0, &release), 1);
    assert_string_equal(release.release, "2024-07-15");
    assert_int_equal(release.n_files, 3);
    mtm_store_free(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_may_fail_anywhere),
        cmocka_unit_test(the_system_may_fail_anywhere),
        cmocka_unit_test(arguments_are_looked_at),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
