/* datapackage.json: what is read, what is refused, and that nothing outside the folder is opened. */
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

#include "base/memory.h"
#include "period/period.h"
#include "read/descriptor/descriptor.h"

static char root[] = "/tmp/mtm-descriptor-XXXXXX";

static const char *in_root(const char *name) {
    static char path[4][256];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", root, name);
    return path[turn];
}

/* Apostrophes stand for quotation marks. */
static void put(const char *name, const char *text) {
    FILE *file = fopen(in_root(name), "wb");
    assert_non_null(file);
    for (; *text != '\0'; text++) {
        fputc(*text == '\'' ? '"' : *text, file);
    }
    assert_int_equal(fclose(file), 0);
}

static mtm_status read_text(const char *json, mtmi_descriptor **out, mtm_error *error) {
    put("datapackage.json", json);
    memset(error, 0, sizeof *error);
    return mtmi_descriptor_read(root, NULL, out, error);
}

static void a_package_of_version_2_is_read(void **state) {
    mtmi_descriptor *d = NULL;
    mtm_error error;
    (void)state;
    assert_int_equal(
        read_text("{'$schema': 'https://datapackage.org/profiles/2.0/datapackage.json', 'title': 'Plain', 'sources': "
                  "[{'title': 'Shared'}],"
                  "'mtm': {'country': 'KAZ', 'period': '2024-Q2', 'title': {'ru': 'Отчёт'}, 'unsure': ['x']},"
                  "'resources': [{'name': 'a', 'path': 'a.csv'}, {'name': 'map', 'path': 'map.geojson'},"
                  "{'name': 'left', 'path': 'b.csv', 'mtm': {'ignore': true}}, {'name': 'b', 'path': 'B.CSV.GZ', "
                  "'sources': [{'title': 'Own'}]}]}",
                  &d, &error),
        MTM_OK);
    assert_string_equal(d->country, "KAZ");
    assert_string_equal(d->title.text[0], "Plain");
    assert_string_equal(d->title.text[1], "Отчёт");
    assert_int_equal(d->has_period, 1);
    assert_int_equal(d->period.first, mtmi_day_from(2024, 4, 1));
    assert_int_equal(d->n_resources, 2);
    assert_string_equal(d->resources[0]->source.title, "Shared");
    assert_string_equal(d->resources[1]->name, "b");
    assert_string_equal(d->resources[1]->source.title, "Own");
    assert_string_equal(d->folder, root);
    mtmi_descriptor_free(d);
    assert_int_equal(mtmi_descriptor_read(in_root("datapackage.json"), NULL, &d, &error), MTM_OK);
    assert_string_equal(d->folder, root);
    mtmi_descriptor_free(d);
}

static void a_package_of_version_1_is_read(void **state) {
    mtmi_descriptor *d = NULL;
    mtm_error error;
    (void)state;
    assert_int_equal(
        read_text(
            "{'profile': 'tabular-data-package', 'name': 'old', 'resources': [{'name': 'a', 'path': 'a.csv',"
            "'profile': 'tabular-data-resource', 'format': 'csv', 'mediatype': 'text/csv',"
            "'hash': 'd41d8cd98f00b204e9800998ecf8427e', 'contributors': [{'title': 'Agency', 'role': 'publisher'}],"
            "'dialect': {'csvddfVersion': 1.2, 'caseSensitiveHeader': false, 'skipInitialSpace': true, "
            "'lineTerminator': '\\n'},"
            "'schema': {'fields': [{'name': 'x', 'type': 'number'}], 'missingValues': ['']}}]}",
            &d, &error),
        MTM_OK);
    assert_string_equal(d->resources[0]->source.publisher, "Agency");
    assert_int_equal(d->country[0], '\0');
    assert_int_equal(d->has_period, 0);
    mtmi_descriptor_free(d);
}

static void mistakes_are_named(void **state) {
    static const struct {
        const char *json;
        int status;
        const char *subject, *message;
    } table[] = {
        {"", MTM_ERROR_STRUCTURE, "datapackage.json", ""},
        {"{", MTM_ERROR_STRUCTURE, "datapackage.json", ""},
        {"[]", MTM_ERROR_SCHEMA, "datapackage.json: package", "expected an object"},
        {"{}", MTM_ERROR_SCHEMA, "datapackage.json: resources", "found nothing, expected a list of resources"},
        {"{'resources': []}", MTM_ERROR_SCHEMA, "datapackage.json: resources", "found nothing"},
        {"{'resources': {}}", MTM_ERROR_SCHEMA, "datapackage.json: resources", "found an object, expected a list"},
        {"{'resources': ['a.csv']}", MTM_ERROR_SCHEMA, "datapackage.json: resources[0]", "expected an object"},
        {"{'resources': [{'path': 'a.csv'}]}", MTM_ERROR_SCHEMA, "datapackage.json: resources[0].name",
         "found nothing"},
        {"{'resources': [{'name': 'a'}]}", MTM_ERROR_SCHEMA, "datapackage.json: resources[0].path", "found nothing"},
        {"{'resources': [{'name': 'a', 'path': 'a.csv'}, {'name': 'a', 'path': 'b.csv'}]}", MTM_ERROR_SCHEMA,
         "datapackage.json: resources[1].name", "the name of another resource"},
        {"{'resources': [{'name': 'a', 'name': 'b', 'path': 'a.csv'}]}", MTM_ERROR_STRUCTURE, "datapackage.json",
         "duplicate"},
        {"{'mtm': {'contry': 'KAZ'}, 'resources': [{'name': 'a', 'path': 'a.csv'}]}", MTM_ERROR_SCHEMA,
         "datapackage.json: mtm", "the nearest is \"country\""},
        {"{'mtm': {'country': 'Kazakhstan'}, 'resources': [{'name': 'a', 'path': 'a.csv'}]}", MTM_ERROR_SCHEMA,
         "datapackage.json: mtm.country", "ISO 3166-1 alpha-3"},
        {"{'mtm': {'period': '2024-Q9'}, 'resources': [{'name': 'a', 'path': 'a.csv'}]}", MTM_ERROR_SCHEMA,
         "datapackage.json: mtm.period", "a quarter from 1 to 4"},
        {"{'resources': [{'name': 'a', 'path': '/etc/passwd'}]}", MTM_ERROR_PATH, "datapackage.json: resources[0].path",
         "an absolute path"},
        {"{'resources': [{'name': 'a', 'path': ['a.csv', '../b.csv']}]}", MTM_ERROR_PATH,
         "datapackage.json: resources[0].path", "\"..\""},
        {"{'resources': [{'name': 'a', 'path': 'a.csv', 'schema': {'fields': [{'name': 'x', 'mtm': {'role': "
         "'valeu'}}]}}]}",
         MTM_ERROR_SCHEMA, "datapackage.json: resources[0].schema.fields[0].mtm.role", "the nearest is \"value\""},
        {"{'resources': [{'name': 'a\\u0000', 'path': 'a.csv'}]}", MTM_ERROR_STRUCTURE, "datapackage.json", ""},
        {"{'resources': [{'name': 'a', 'path': 'a.csv\\u0000.txt'}]}", MTM_ERROR_STRUCTURE, "datapackage.json", ""},
    };
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        mtmi_descriptor *d = NULL;
        mtm_error error;
        mtm_status status = read_text(table[i].json, &d, &error);
        if ((int)status != table[i].status || d != NULL || strcmp(error.subject, table[i].subject) != 0 ||
            strstr(error.message, table[i].message) == NULL) {
            print_error("%s: %d %s: %s\n", table[i].json, (int)status, error.subject, error.message);
            wrong++;
        }
        mtmi_descriptor_free(d);
    }
    assert_int_equal(wrong, 0);
}

static void nesting_has_a_limit(void **state) {
    char json[4096] = "{'x': ";
    mtmi_descriptor *d = NULL;
    mtm_error error;
    (void)state;
    for (int i = 0; i < 70; i++) {
        strcat(json, "[");
    }
    assert_int_equal(read_text(json, &d, &error), MTM_ERROR_LIMIT);
    assert_null(d);
}

static mtm_status open_first(const char *json, mtm_error *error) {
    mtmi_descriptor *d = NULL;
    mtmi_source **sources = NULL;
    size_t n = 0;
    mtm_status status = read_text(json, &d, error);
    assert_int_equal(status, MTM_OK);
    status = mtmi_descriptor_open(d, d->resources[0], 0, &sources, &n, error);
    mtmi_sources_free(sources, n);
    mtmi_descriptor_free(d);
    return status;
}

static void declared_sizes_and_digests_are_checked(void **state) {
    static const struct {
        const char *property;
        int status;
        const char *message;
    } table[] = {
        {"'bytes': 4", MTM_OK, ""},
        {"'bytes': 5", MTM_ERROR_SCHEMA, "found 4 bytes, expected 5"},
        {"'hash': 'ba1f2511fc30423bdbb183fe33f3dd0f'", MTM_OK, ""},
        {"'hash': 'md5:BA1F2511FC30423BDBB183FE33F3DD0F'", MTM_OK, ""},
        {"'hash': 'ba1f2511fc30423bdbb183fe33f3dd00'", MTM_ERROR_SCHEMA,
         "found the digest ba1f2511fc30423bdbb183fe33f3dd0f"},
        {"'hash': 'sha256:181210f8f9c779c26da1d9b2075bde0127302ee0e3fca38c9a83f5b1dd8e5d3b'", MTM_OK, ""},
        {"'hash': 'sha256:181210f8f9c779c26da1d9b2075bde0127302ee0e3fca38c9a83f5b1dd8e5d3c'", MTM_ERROR_SCHEMA,
         "is not the one that was described"},
    };
    (void)state;
    put("data.csv", "123\n");
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char json[400];
        mtm_error error;
        mtm_status status;
        snprintf(json, sizeof json, "{'resources': [{'name': 'a', 'path': 'data.csv', %s}]}", table[i].property);
        status = open_first(json, &error);
        if ((int)status != table[i].status) {
            print_error("%s: %d %s\n", table[i].property, (int)status, error.message);
        }
        assert_int_equal(status, table[i].status);
        if (status != MTM_OK) {
            assert_non_null(strstr(error.message, table[i].message));
            assert_string_equal(error.subject, "data.csv");
        }
    }
}

static void only_regular_files_inside_are_opened(void **state) {
    mtm_error error;
    (void)state;
    assert_int_equal(mkdir(in_root("folder.csv"), 0700), 0);
    assert_int_equal(mkfifo(in_root("fifo.csv"), 0600), 0);
    assert_int_equal(symlink("/etc/passwd", in_root("link.csv")), 0);
    assert_int_equal(symlink("/etc", in_root("etc")), 0);
    assert_int_equal(open_first("{'resources': [{'name': 'a', 'path': 'folder.csv'}]}", &error), MTM_ERROR_PATH);
    assert_int_equal(open_first("{'resources': [{'name': 'a', 'path': 'fifo.csv'}]}", &error), MTM_ERROR_PATH);
    assert_int_equal(open_first("{'resources': [{'name': 'a', 'path': 'link.csv'}]}", &error), MTM_ERROR_PATH);
    assert_int_equal(open_first("{'resources': [{'name': 'a', 'path': 'etc/passwd', 'schema': {}}]}", &error),
                     MTM_ERROR_PATH);
    assert_int_equal(open_first("{'resources': [{'name': 'a', 'path': 'absent.csv'}]}", &error), MTM_ERROR_NOT_FOUND);
}

static void no_memory_is_said_and_nothing_leaks(void **state) {
    size_t n = 1;
    mtm_status status;
    (void)state;
    put("data.csv", "123\n");
    put("datapackage.json", "{'mtm': {'country': 'KAZ', 'title': 'x'}, 'resources': [{'name': 'a', 'path': "
                            "['data.csv', 'data.csv'], 'bytes': 8}]}");
    do {
        mtmi_descriptor *d = NULL;
        mtmi_source **sources = NULL;
        size_t n_sources = 0;
        mtmi_memory_fail_at(n++, 1);
        status = mtmi_descriptor_read(root, NULL, &d, NULL);
        if (status == MTM_OK) {
            status = mtmi_descriptor_open(d, d->resources[0], 0, &sources, &n_sources, NULL);
        }
        mtmi_memory_fail_at(0, 0);
        mtmi_sources_free(sources, n_sources);
        mtmi_descriptor_free(d);
        assert_true(status == MTM_OK || status == MTM_ERROR_MEMORY);
    } while (status != MTM_OK && n < 1000);
    assert_true(n > 15 && n < 1000);
}

static int make_root(void **state) {
    (void)state;
    return mkdtemp(root) == NULL;
}

static int remove_root(void **state) {
    static const char *const names[] = {"datapackage.json", "data.csv", "fifo.csv", "link.csv", "etc"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        unlink(in_root(names[i]));
    }
    rmdir(in_root("folder.csv"));
    return rmdir(root);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_package_of_version_2_is_read),
        cmocka_unit_test(a_package_of_version_1_is_read),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(declared_sizes_and_digests_are_checked),
        cmocka_unit_test(only_regular_files_inside_are_opened),
        cmocka_unit_test(no_memory_is_said_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, make_root, remove_root);
}
