/* The table of output formats, as a program asks it. */
#include <mtm.h>

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void every_format_has_its_name(void **state) {
    mtm_format found;
    int n = 0;
    (void)state;
    for (; mtm_format_name((mtm_format)n) != NULL; n++) {
        assert_int_equal(mtm_format_read(mtm_format_name((mtm_format)n), &found, NULL), MTM_OK);
        assert_int_equal(found, n);
        assert_true((mtm_format_properties((mtm_format)n) & MTM_FORMAT_REPORT) != 0);
    }
    assert_true(n >= 7);
    assert_string_equal(mtm_format_name(MTM_FORMAT_SDMX_CSV), "sdmx-csv");
    assert_true((mtm_format_properties(MTM_FORMAT_XLSX) & MTM_FORMAT_BINARY) != 0);
    assert_int_equal(mtm_format_properties(MTM_FORMAT_SDMX_CSV) & MTM_FORMAT_LINEAGE, 0);
}

/* A number that only another version of the library knows is no reason to read beyond a table. */
static void a_number_that_is_no_format_has_no_name(void **state) {
    static const int numbers[] = {-1, 999, 1000, INT32_MAX};
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_null(mtm_format_name((mtm_format)numbers[i]));
        assert_int_equal(mtm_format_properties((mtm_format)numbers[i]), 0);
    }
}

static void endings_are_names_too(void **state) {
    static const struct {
        const char *text;
        int format;
    } cases[] = {{"txt", MTM_FORMAT_TEXT},
                 {"MD", MTM_FORMAT_MARKDOWN},
                 {"htm", MTM_FORMAT_HTML},
                 {"xlsx", MTM_FORMAT_XLSX},
                 {"", -1},
                 {"t", -1},
                 {"pdf", -1},
                 {"txt txt", -1}};
    mtm_format found;
    mtm_error err;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mtm_status status = mtm_format_read(cases[i].text, &found, &err);
        assert_int_equal(status == MTM_OK ? (int)found : -1, cases[i].format);
    }
    assert_non_null(strstr(err.message, "expected text, markdown, html, json, csv, sdmx-csv, xlsx, ods, "));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_has_its_name),
        cmocka_unit_test(a_number_that_is_no_format_has_no_name),
        cmocka_unit_test(endings_are_names_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
