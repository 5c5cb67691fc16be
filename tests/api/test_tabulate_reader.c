/* A count and a check of the same bytes say the same: balance of rows, refused rows with place, code, what was found and
 * expected; or the same refusal of the whole file. For every dialect, thread count and vector path. */
#include "../getters.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define FIELDS                                                                                                         \
    "\"schema\": {\"fields\": [{\"name\": \"when\", \"mtm\": {\"role\": \"period\"}}, {\"name\": \"way\", \"mtm\": "   \
    "{\"role\":"                                                                                                       \
    " \"dimension\", \"dimension\": \"direction\"}}, {\"name\": \"whence\", \"mtm\": {\"role\": \"dimension\", "       \
    "\"dimension\":"                                                                                                   \
    " \"citizenship\"}}, {\"name\": \"rest\", \"mtm\": {\"role\": \"ignore\"}}]}"
#define MICRO "\"mtm\": {\"concept\": \"border-crossings\", \"unit\": \"movements\", \"microdata\": true"

#define BYTES(text) text, sizeof(text) - 1 /* with NUL inside */

struct fact {
    const char *name, *dialect; /* properties of the resource before its schema */
    const char *bytes;
    size_t size;     /* 0: strlen */
    const char *mtm; /* more properties of mtm */
};

static const struct fact facts[] = {
    {"plain", "", "when,way,whence,rest\n2024-04-01,in,UZB,x\n2024-13-01,in,UZB,x\n2024-04-02,out,Atlantis,x\n", 0, ""},
    {"ragged", "", "when,way,whence,rest\n2024-04-01,in,UZB\n2024-04-01,in,UZB,x,y\n\n  \n2024-04-01,out,UZB,\n", 0,
     ""},
    {"quotes", "",
     "when,way,whence,rest\n2024-04-01,in,\"U\"\"ZB\",x\n2024-04-01,in,\"UZ\"B,x\n2024-04-01,in,U\"Z\"B,x\n"
     "\"2024-04-01\",\"in\",\"UZB\",\"two\nlines\"\n2024-4,in,UZB,x\n",
     0, ""},
    {"never closed", "", "when,way,whence,rest\n2024-04-01,in,UZB,x\n2024-04-01,in,UZB,\"x\n2024-04-01,in,UZB,x\n", 0,
     ""},
    {"closed late", "", "when,way,whence,rest\n2024-04-01,in,UZB,\"x\n2024-04-01,in,UZB\",x\"\n2024-04-05,in,UZB,x\n",
     0, ""},
    {"CR LF and BOM", "", "\xEF\xBB\xBFwhen,way,whence,rest\r\n2024-04-01,in,UZB,x\r\nbad,in,UZB,\"a\r\nb\"\r\n\r\n", 0,
     ""},
    {"CR alone", "", "when,way,whence,rest\r2024-04-01,in,UZB,x\rbad,in,UZB,x\r", 0, ""},
    {"mixed line ends", "",
     "when,way,whence,rest\n2024-04-01,in,UZB,x\rbad,in,UZB,\"y\rz\"\r\n2024-04-03,in,UZB,\"\r\"\nbad,,,\n", 0, ""},
    {"semicolons", "", "when;way;whence;rest\n2024-04-01;in;UZB;a,b\n2024-04-01;in;\"UZB;x\n", 0, ""},
    {"tabs, no quotes", "\"dialect\": {\"delimiter\": \"\\t\", \"quoteChar\": \"\"},",
     "when\tway\twhence\trest\n2024-04-01\tin\tUZB\t\"x\n2024-04-0\tin\t\"UZB\"\ty\n", 0, ""},
    {"single quotes", "\"dialect\": {\"quoteChar\": \"'\"},",
     "when,way,whence,rest\n2024-04-01,in,'UZB','a,b'\n2024-04-01,in,\"UZB\",\"x\n2024-04-01,in,'U'Z,x\n", 0, ""},
    {"windows-1251", "\"encoding\": \"windows-1251\",",
     "when,way,whence,rest\n2024-04-01,in,\xD3\xE7\xE1\xE5\xEA\xE8\xF1\xF2\xE0\xED,\x98\nx,in,\xD0\xEE\xF1\xF1\xE8\xFF,"
     "\xFF\n",
     0, ""},
    {"kz-1048", "\"encoding\": \"kz-1048\",",
     "when,way,whence,rest\n2024-04-01,in,\xAF\xE0\xE7\xE0\xF5\xF1\xF2\xE0\xED,\xAA\n2024-04-31,in,UZB,x\n", 0, ""},
    {"UTF-16", "",
     BYTES("\xFF\xFEw\0h\0e\0n\0,\0w\0a\0y\0,\0w\0h\0e\0n\0c\0e\0,\0r\0e\0s\0t\0\n\0"
           "2\0000\0002\0004\0-\0000\0004\0,\0i\0n\0,\0U\0Z\0B\0,\0x\0\n\0q\0,\0i\0n\0,\0U\0Z\0B\0,\0x\0\n\0"),
     ""},
    {"undeclared bytes", "",
     "when,way,whence,rest\n2024-04-01,in,UZB,x\n2024-04-02,in,UZB,\xC3\x28\n2024-04-03,in,UZB,x\n", 0, ""},
    {"declared bytes", "\"encoding\": \"utf-8\",",
     "when,way,whence,rest\n2024-04-01,in,UZB,\xE2\x82\n2024-04-02,in,UZB,\xC3\x28\n", 0, ""},
    {"NUL", "", BYTES("when,way,whence,rest\n2024-04-01,in,UZB,x\n2024-04-02,in,U\0B,x\n2024-04-03,out,UZB,x\n"), ""},
    {"preamble", "\"dialect\": {\"headerRows\": [3]},",
     "Crossings\n\nwhen,way,whence,rest\n2024-04-01,in,UZB,x\nbad,in,UZB,x\n", 0, ""},
    {"inferred preamble", "", "Crossings of 2024\n\nwhen,way,whence,rest\n2024-04-01,in,UZB,x\nbad,in,UZB,x\n", 0, ""},
    {"comments", "\"dialect\": {\"commentChar\": \"#\"},",
     "# a, \"b\nwhen,way,whence,rest\n# c,d,e,f\n2024-04-01,in,UZB,x\n#2024-04-01,in,UZB,x\nbad,in,UZB,#\n", 0, ""},
    {"no header", "\"dialect\": {\"header\": false},", "2024-04-01,in,UZB,x\nbad,in,UZB,x\n2024-04-02,out,KAZ,\n", 0,
     ""},
    {"header again, numbers, remarks", "",
     "when,way,whence,rest\n1,2,3,4\n2024-04-01,in,UZB,x\nwhen,way,whence,rest\n2024-04-02,in,UZB,x\n"
     "Source: the Border Service,,,\nNote: nothing,,,\n",
     0, ""},
    {"sep=", "", "sep=;\nwhen;way;whence;rest\n2024-04-01;in;UZB;x\nbad;in;UZB;x\n", 0, ""},
    {"rows", "",
     "when,way,whence,rest\n2024-04-01,in,UZB,Land\nbad,in,UZB,air\nbad,in,UZB,land\n2024-04-01,out,KAZ,sea\n", 0,
     ", \"rows\": {\"rest\": [\"land\", \"sea\"]}"},
    {"order of days", "", "when,way,whence,rest\n13.04.2024,in,UZB,x\n04.13.2024,in,UZB,x\n2024-04-01 10:00,in,UZB,x\n",
     0, ", \"dateOrder\": \"dmy\""},
    {"unsure days", "", "when,way,whence,rest\n03.04.2024,in,UZB,x\n2024-04-01,in,UZB,x\n13.04.2024,in,UZB,x\n", 0, ""},
    {"spaces", "", "when,way,whence,rest\n 2024-04-01 , in ,\" UZB \",x\n2024-04-31 ,in,UZB,x\n", 0, ""},
    {"nothing", "", "", 0, ""},
    {"only a header", "", "when,way,whence,rest\n", 0, ""},
    {"a page", "", "<!doctype html><html>\n", 0, ""},
    {"a missing column", "", "when,way,rest\n2024-04-01,in,x\n", 0, ""},
    {"a column too many", "", "when,way,whence,rest,more\n2024-04-01,in,UZB,x,y\n", 0, ""},
    {"the last line without its end", "", "when,way,whence,rest\n2024-04-01,in,UZB,x\nbad,in,UZB,\"x\"", 0, ""},
};

static void compare_rows(const char *name, const mtm_check *read, const mtm_check *counted) {
    int which;
    for (which = 0; which < 4; which++)
        if (mtm_check_rows(read, (mtm_rows)which) != mtm_check_rows(counted, (mtm_rows)which))
            fail_msg("%s: rows %d: read %d, counted %d", name, which, (int)mtm_check_rows(read, (mtm_rows)which),
                     (int)mtm_check_rows(counted, (mtm_rows)which));
}

/* The next error of a check. */
static int next_error(const mtm_check *check, size_t *at, mtm_diagnostic *out) {
    while (mtm_check_at(check, *at, out)) {
        ++*at;
        if (out->error)
            return 1;
    }
    return 0;
}

static void compare_errors(const char *name, const mtm_check *read, const mtm_check *counted) {
    size_t a = 0, b = 0;
    mtm_diagnostic x, y;
    for (;;) {
        int has_x = next_error(read, &a, &x), has_y = next_error(counted, &b, &y);
        if (!has_x && !has_y)
            return;
        if (has_x != has_y || x.line != y.line || x.column != y.column || x.code != y.code ||
            strcmp(x.found, y.found) != 0 || strcmp(x.expected, y.expected) != 0 || strcmp(x.hint, y.hint) != 0 ||
            strcmp(x.record, y.record) != 0)
            fail_msg("%s: read %s %d:%d E%03d [%s] [%s] [%s] [%s]; counted %s %d:%d E%03d [%s] [%s] [%s] [%s]", name,
                     has_x ? "" : "nothing", has_x ? (int)x.line : 0, has_x ? (int)x.column : 0, has_x ? x.code : 0,
                     has_x ? x.found : "", has_x ? x.expected : "", has_x ? x.hint : "", has_x ? x.record : "",
                     has_y ? "" : "nothing", has_y ? (int)y.line : 0, has_y ? (int)y.column : 0, has_y ? y.code : 0,
                     has_y ? y.found : "", has_y ? y.expected : "", has_y ? y.hint : "", has_y ? y.record : "");
    }
}

/* The reader's refusal of the file as a whole is the last error that has no record. */
static void compare_refusals(const char *name, const mtm_check *read, const mtm_error *err) {
    mtm_diagnostic x, last = {0};
    size_t at = 0;
    int found = 0;
    while (next_error(read, &at, &x))
        if (x.record[0] == '\0')
            last = x, found = 1;
    if (!found || last.code != err->code || last.line != err->line || last.column != err->column)
        fail_msg("%s: read %d:%d E%03d %s, expected %s; counted %d:%d E%03d %s", name, (int)last.line, (int)last.column,
                 last.code, found ? last.found : "nothing", found ? last.expected : "", (int)err->line,
                 (int)err->column, err->code, err->message);
}

static void compare(const struct fact *fact, int threads, int simd) {
    char resource[2048], specification[4096], name[64];
    size_t size = fact->size > 0 ? fact->size : strlen(fact->bytes);
    mtm_read_options read = MTM_READ_OPTIONS_INIT;
    mtm_tabulate_options options = MTM_TABULATE_OPTIONS_INIT;
    mtm_tabulator *tabulator = NULL;
    mtm_check *expected = NULL, *counted = NULL;
    mtm_error err = {0};
    snprintf(resource, sizeof resource, "{\"name\": \"c\", \"path\": \"c.csv\", %s" FIELDS ", " MICRO "%s}}",
             fact->dialect, fact->mtm);
    snprintf(specification, sizeof specification,
             "{\"resource\": %s, \"groupings\": [{\"by\": [\"direction\", \"citizenship\"]}]}", resource);
    snprintf(name, sizeof name, "%s, %d threads, simd %d", fact->name, threads, simd);
    read.resource = resource;
    options.threads = threads;
    options.simd = simd;
    assert_int_equal(mtm_check_read(FROM_BYTES(fact->bytes, size, "c.csv"), &read, &expected, NULL), MTM_OK);
    if (mtm_tabulator_new(specification, &options, &tabulator, &err) != MTM_OK)
        fail_msg("%s", err.message);
    if (mtm_tabulator_add(tabulator, FROM_BYTES(fact->bytes, size, "c.csv"), &err) != MTM_OK) {
        if (mtm_check_outcome(expected) != MTM_OUTCOME_ERROR)
            fail_msg("%s: counted: %s", name, err.message);
        compare_refusals(name, expected, &err);
    } else {
        if (mtm_check_outcome(expected) == MTM_OUTCOME_ERROR)
            fail_msg("%s: only the reader refuses it", name);
        assert_int_equal(mtm_tabulator_check(tabulator, &counted, NULL), MTM_OK);
        compare_rows(name, expected, counted);
        compare_errors(name, expected, counted);
    }
    mtm_check_free(expected);
    mtm_check_free(counted);
    mtm_tabulator_free(tabulator);
}

static void counting_is_reading(void **state) {
    size_t i;
    int threads, simd;
    (void)state;
    for (i = 0; i < sizeof facts / sizeof facts[0]; i++)
        for (threads = 1; threads <= 3; threads += 2)
            for (simd = 0; simd <= 1; simd++)
                compare(&facts[i], threads, simd);
}

static void unknown_labels_are_listed(void **state) {
    static const char bytes[] = "time,direction,citizenship\n2024-04-01,in,Atlantis\n2024-04-01,in,Korea\n2024-04-01,"
                                "in,UZB\n2024-05-01,in,Atlantis\n";
    mtm_tabulator *tabulator = NULL;
    mtm_check *check = NULL;
    mtm_diagnostic found;
    (void)state;
    assert_int_equal(mtm_tabulator_new("{\"groupings\": [{\"by\": [\"citizenship\"]}]}", NULL, &tabulator, NULL),
                     MTM_OK);
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_BYTES(bytes, strlen(bytes), "a.csv"), NULL), MTM_OK);
    assert_int_equal(mtm_tabulator_check(tabulator, &check, NULL), MTM_OK);
    assert_int_equal(mtm_check_outcome(check), MTM_OUTCOME_NOTES);
    assert_int_equal(mtm_check_count(check), 2);
    assert_int_equal(mtm_check_at(check, 0, &found), 1);
    assert_string_equal(found.found, "Atlantis");
    assert_string_equal(found.hint, "in 2 rows, counted as unclassified; give the label an alias");
    assert_int_equal(found.line, 2);
    assert_int_equal(found.code, 90);
    assert_int_equal(mtm_check_at(check, 1, &found), 1);
    assert_string_equal(found.found, "Korea");
    assert_int_equal(found.code, 91);
    mtm_check_free(check);
    mtm_tabulator_free(tabulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(counting_is_reading),
                                       cmocka_unit_test(unknown_labels_are_listed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
