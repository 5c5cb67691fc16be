/* What a check says of how a file was read: encoding, delimiter, marks, header rows, and how each is known. */
#include "../getters.h"
#include "read/check/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct example {
    const char *text;
    size_t size; /* 0: up to NUL */
    const char *resource;
    const char *encoding, *delimiter, *quote, *decimal, *thousands;
    mtmi_how encoding_how, delimiter_how;
    int skip_rows, header_rows;
    const char *convention;
} examples[] = {
    {"period,value\n2024,5\n", 0, NULL, "utf-8", ",", "", "", "", MTMI_HOW_CONTENT, MTMI_HOW_CONTENT, 0, 1, ""},
    {"\xEF\xBB\xBFperiod;value\n2024;\"1 598,5\"\n", 0, NULL, "utf-8", ";", "\"", ",", " ", MTMI_HOW_MARK,
     MTMI_HOW_CONTENT, 0, 1, ""},
    {"\xFF\xFEp\0e\0r\0i\0o\0d\0\t\0v\0a\0l\0u\0e\0\n\0"
     "2\0"
     "0\0"
     "2\0"
     "4\0\t\0"
     "5\0",
     38, NULL, "utf-16le", "\t", "", "", "", MTMI_HOW_MARK, MTMI_HOW_CONTENT, 0, 1, ""},
    {"A title\nsep=|\nperiod|value\n2024|1,234.5\n", 0, NULL, "utf-8", "|", "", ".", ",", MTMI_HOW_CONTENT,
     MTMI_HOW_CONTENT, 2, 1, ""},
    {"sep=|\nperiod|value\n2024|5\n", 0, NULL, "utf-8", "|", "", "", "", MTMI_HOW_CONTENT, MTMI_HOW_MARK, 1, 1, ""},
    {"\xEF\xE5\xF0\xE8\xEE\xE4;\xF7\xE8\xF1\xEB\xEE\n2024;6.640\n", 0,
     "{\"encoding\": \"windows-1251\", \"dialect\": {\"delimiter\": \";\"}, \"mtm\": {\"numbers\": {\"groupChar\": "
     "\".\"}}}",
     "windows-1251", ";", "", "", ".", MTMI_HOW_DECLARED, MTMI_HOW_DECLARED, 0, 1, ""},
    {"период;число\n2024;5\n", 0, "{\"encoding\": \"windows-1251\"}", "utf-8", ";", "", "", "", MTMI_HOW_CONTENT,
     MTMI_HOW_CONTENT, 0, 1, ""},
    {"period,value\n#date,#value\n2024,5\n", 0, NULL, "utf-8", ",", "", "", "", MTMI_HOW_CONTENT, MTMI_HOW_CONTENT, 0,
     1, "HXL"},
    {"DATAFLOW,TIME_PERIOD,OBS_VALUE\nA:B(1.0),2024,5\n", 0, NULL, "utf-8", ",", "", "", "", MTMI_HOW_CONTENT,
     MTMI_HOW_CONTENT, 0, 1, "SDMX-CSV 1.0"},
};

static void assert_property(const mtmi_check_property *found, const char *text, const char *what, size_t example) {
    if (strcmp(found->text, text) != 0) {
        fail_msg("%zu, %s: \"%s\", expected \"%s\"", example, what, found->text, text);
    }
}

static void test_the_dialect_is_kept(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct example *example = &examples[i];
        mtm_read_options options = MTM_READ_OPTIONS_INIT;
        mtm_check *check = NULL;
        options.resource = example->resource;
        assert_int_equal(
            mtm_check_read(
                FROM_BYTES(example->text, example->size > 0 ? example->size : strlen(example->text), "table.csv"),
                &options, &check, NULL),
            MTM_OK);
        const mtmi_check_dialect *dialect = &check->files[0].dialect;
        if (mtm_check_rows(check, MTM_ROWS_ACCEPTED) != 1) {
            fail_msg("%zu: %s", i, check->n_entries > 0 ? check->entries[0].expected : "nothing accepted");
        }
        assert_property(&dialect->encoding, example->encoding, "encoding", i);
        assert_property(&dialect->delimiter, example->delimiter, "delimiter", i);
        assert_property(&dialect->quote, example->quote, "quote", i);
        assert_property(&dialect->decimal, example->decimal, "decimal mark", i);
        assert_property(&dialect->thousands, example->thousands, "thousands mark", i);
        assert_int_equal(dialect->encoding.how, example->encoding_how);
        assert_int_equal(dialect->delimiter.how, example->delimiter_how);
        assert_int_equal(dialect->skip_rows, example->skip_rows);
        assert_int_equal(dialect->header_rows, example->header_rows);
        assert_string_equal(dialect->convention, example->convention);
        mtm_check_free(check);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_dialect_is_kept)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
