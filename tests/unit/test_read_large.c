/* Files that are longer than what is looked at before anything is decided: every row arrives, whatever the block it lies in. */
#include "../getters.h"
#include "base/buffer.h"
#include "read/check/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 40000 };

static void add_wide(mtmi_buffer *out, const char *ascii, int n_cyrillic) {
    for (; *ascii != '\0'; ascii++) {
        mtmi_buffer_char(out, *ascii);
        mtmi_buffer_char(out, '\0');
    }
    for (int i = 0; i < n_cyrillic; i++) {
        mtmi_buffer_add(out, "\x30\x04", 2); /* а, little end first */
    }
}

static mtm_check *check_text(mtmi_buffer *text, int allow_guess) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_check *check = NULL;
    options.allow_guess = allow_guess;
    assert_false(text->failed);
    assert_int_equal(mtm_check_read(FROM_BYTES(text->data, text->size, "large.csv"), &options, &check, NULL), MTM_OK);
    mtmi_buffer_free(text);
    return check;
}

static void assert_all_rows(const mtm_check *check, int rows, int sum, const char *encoding) {
    const mtmi_check_column *column = &check->files[0].columns[check->files[0].n_columns - 1];
    assert_int_equal(mtm_check_rows(check, MTM_ROWS_ACCEPTED), rows);
    assert_int_equal(mtm_check_rows(check, MTM_ROWS_IN), rows + 1);
    assert_int_equal(column->sum, sum);
    assert_string_equal(check->files[0].dialect.encoding.text, encoding);
}

static void add_rows(mtmi_buffer *text, const char *label, int n) {
    for (int i = 0; i < n; i++) {
        mtmi_buffer_format(text, "%d-01-01/P1D,%s%d,1\n", 1900 + i % 200, label, i);
    }
}

static void test_utf8(void **state) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    (void)state;
    mtmi_buffer_text(&text, "period,place,value\n");
    add_rows(&text, "ұзын атау ", ROWS);
    mtm_check *check = check_text(&text, 0);
    assert_all_rows(check, ROWS, ROWS, "utf-8");
    mtm_check_free(check);
}

static void test_utf16(void **state) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    (void)state;
    mtmi_buffer_add(&text, "\xFF\xFE", 2);
    add_wide(&text, "period,place,value\n", 0);
    for (int i = 0; i < ROWS; i++) {
        char place[32] = "";
        mtmi_buffer row = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&row, "2024,%d", i);
        memcpy(place, row.data, row.size);
        mtmi_buffer_free(&row);
        add_wide(&text, place, i % 7);
        add_wide(&text, ",1\n", 0);
    }
    mtm_check *check = check_text(&text, 0);
    assert_all_rows(check, ROWS, ROWS, "utf-16le");
    mtm_check_free(check);
}

/* Plain for longer than is looked at, then in another encoding: the guess is made on what is met there. */
static void test_late_bytes(void **state) {
    static const char late[] = "2024,\xD0\xE5\xF1\xEF\xF3\xE1\xEB\xE8\xEA\xE0 \xCA\xE0\xE7\xE0\xF5\xF1\xF2\xE0\xED,1\n";
    (void)state;
    for (int allow = 0; allow <= 1; allow++) {
        mtmi_buffer text = MTMI_BUFFER_INIT;
        mtmi_buffer_text(&text, "period,place,value\n");
        add_rows(&text, "place ", ROWS);
        mtmi_buffer_text(&text, late);
        mtm_check *check = check_text(&text, allow);
        if (allow) {
            assert_all_rows(check, ROWS + 1, ROWS + 1, "windows-1251");
        } else {
            assert_int_equal(mtm_check_outcome(check), MTM_OUTCOME_ERROR);
            assert_int_equal(check->entries[0].code, MTMI_CODE_ENCODING);
            assert_int_equal(check->entries[0].line, ROWS + 2);
            assert_int_equal(mtm_check_rows(check, MTM_ROWS_ACCEPTED), ROWS);
        }
        mtm_check_free(check);
    }
}

/* A check compares so many figures and says when it stops; all are added up. */
static void test_more_figures_than_are_compared(void **state) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    int found = 0;
    (void)state;
    mtmi_buffer_text(&text, "period,place,value\n");
    for (int i = 0; i < 140000; i++) {
        mtmi_buffer_format(&text, "2024,p%d,1\n", i % 139000);
    }
    mtm_check *check = check_text(&text, 0);
    assert_all_rows(check, 140000, 140000, "utf-8"); /* the equal rows come after the first 131072 */
    for (size_t i = 0; i < check->n_entries; i++) {
        found |= check->entries[i].code == MTMI_CODE_NOT_COMPARED;
    }
    assert_int_equal(found, 1);
    mtm_check_free(check);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_utf16),
        cmocka_unit_test(test_late_bytes),
        cmocka_unit_test(test_more_figures_than_are_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
