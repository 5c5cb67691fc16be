/* Microdata in every dialect: counting says what checking the same bytes says - the same balance, the same refusals - or
 * refuses the file for the same reason, with any number of threads and any vector instructions. The first bytes choose the
 * dialect. */
#include "../getters.h"
#include "fuzz.h"

#include <mtm.h>

#include <stdio.h>
#include <string.h>

static const char *const dialects[] = {"",
                                       "\"dialect\": {\"delimiter\": \";\"},",
                                       "\"dialect\": {\"delimiter\": \"\\t\", \"quoteChar\": \"\"},",
                                       "\"dialect\": {\"quoteChar\": \"'\"},",
                                       "\"encoding\": \"utf-8\",",
                                       "\"encoding\": \"windows-1251\",",
                                       "\"encoding\": \"utf-16\",",
                                       "\"dialect\": {\"commentChar\": \"#\"},",
                                       "\"dialect\": {\"header\": false},",
                                       "\"dialect\": {\"headerRows\": [2]},",
                                       "\"encoding\": \"utf-8\", \"dialect\": {\"delimiter\": \",\"},",
                                       "\"encoding\": \"kz-1048\", \"dialect\": {\"delimiter\": \";\"},"};

static const char fields[] =
    "\"schema\": {\"fieldsMatch\": [\"partial\"], \"fields\": [{\"name\": \"when\", \"mtm\": {\"role\": \"period\"}},"
    " {\"name\": \"way\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"direction\"}}, {\"name\": \"whence\", "
    "\"mtm\":"
    " {\"role\": \"dimension\", \"dimension\": \"citizenship\"}}]}, \"mtm\": {\"concept\": \"border-crossings\", "
    "\"unit\":"
    " \"movements\", \"microdata\": true}}";

/* Diagnostics in order; only errors, and only of rows, which keep their record. */
static int next_error(const mtm_check *check, size_t *at, mtm_diagnostic *out) {
    while (mtm_check_at(check, *at, out)) {
        ++*at;
        if (out->error) {
            return 1;
        }
    }
    return 0;
}

static void compare(const mtm_check *read, const mtm_check *counted) {
    size_t a = 0, b = 0;
    mtm_diagnostic x, y;

    for (int which = 0; which < 4; which++) {
        CHECK(mtm_check_rows(read, (mtm_rows)which) == mtm_check_rows(counted, (mtm_rows)which));
    }
    while (next_error(read, &a, &x)) {
        CHECK(next_error(counted, &b, &y));
        CHECK(x.line == y.line && x.column == y.column && x.code == y.code && strcmp(x.expected, y.expected) == 0);
    }
    CHECK(!next_error(counted, &b, &y));
}

static void count(const char *specification, const uint8_t *bytes, size_t size, int threads, int simd,
                  const mtm_check *read) {
    mtm_tabulate_options options = MTM_TABULATE_OPTIONS_INIT;
    mtm_tabulator *tabulator = NULL;
    mtm_check *counted = NULL;
    mtm_error err = {0};

    options.threads = threads;
    options.simd = simd;
    if (mtm_tabulator_new(specification, &options, &tabulator, &err) != MTM_OK) {
        CHECK(err.status == MTM_ERROR_UNSUPPORTED);
        return;
    }
    if (mtm_tabulator_add(tabulator, FROM_BYTES(bytes, size, "t.csv"), &err) != MTM_OK) {
        /* Counting also wants columns for what it is to count. */
        CHECK(mtm_check_outcome(read) == MTM_OUTCOME_ERROR || err.status == MTM_ERROR_SCHEMA);
    } else {
        CHECK(mtm_check_outcome(read) != MTM_OUTCOME_ERROR);
        CHECK(mtm_tabulator_check(tabulator, &counted, NULL) == MTM_OK);
        compare(read, counted);
    }
    mtm_check_free(counted);
    mtm_tabulator_free(tabulator);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char resource[1024], specification[1536];
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_check *read = NULL;

    if (size < 1) {
        return 0;
    }
    snprintf(resource, sizeof resource, "{\"name\": \"t\", \"path\": \"t.csv\", %s %s",
             dialects[data[0] % (sizeof dialects / sizeof *dialects)], fields);
    snprintf(specification, sizeof specification,
             "{\"resource\": %s, \"groupings\": [{\"by\": [\"direction\", \"citizenship\"]}]}", resource);
    options.resource = resource;
    CHECK(mtm_check_read(FROM_BYTES(data + 1, size - 1, "t.csv"), &options, &read, NULL) == MTM_OK);
    count(specification, data + 1, size - 1, 1, 1, read);
    count(specification, data + 1, size - 1, 2, 0, read);
    mtm_check_free(read);
    return 0;
}
