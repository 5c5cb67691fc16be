/* The parts that rendering is made of: text that cannot act, round numbers along an axis, lines and tables of a width.
 */
#include "render/escape.h"
#include "render/text_grid.h"
#include "render/chart/ticks.h"
#include "render/wrap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef void (*escape)(mtmi_buffer *out, const char *text);

static void assert_written(escape write, const char *text, const char *expected) {
    mtmi_buffer out = MTMI_BUFFER_INIT;
    write(&out, text);
    assert_string_equal(out.data != NULL ? out.data : "", expected);
    mtmi_buffer_free(&out);
}

static void html_shows_and_never_acts(void **state) {
    (void)state;
    assert_written(mtmi_escape_html, "<script>alert(\"x\")</script>",
                   "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
    assert_written(mtmi_escape_html, "a' onclick='b", "a&#39; onclick=&#39;b");
    assert_written(mtmi_escape_html, "R&D \xD2\x9A\xD0\xB0\xD0\xB7\xD0\xB0\xD2\x9B", "R&amp;D Қазақ");
    assert_written(mtmi_escape_html,
                   "a\nb\x1B[2J\xFF"
                   "c",
                   "a b\uFFFD[2J\uFFFDc");
    assert_written(mtmi_escape_html, "ab\u202Edc", "ab\uFFFDdc");
    assert_written(mtmi_escape_html, NULL, "");
}

static void markdown_is_words_only(void **state) {
    (void)state;
    assert_written(mtmi_escape_markdown, "a|b*c_d`e", "a\\|b\\*c\\_d\\`e");
    assert_written(mtmi_escape_markdown, "# no heading", "\\# no heading");
    assert_written(mtmi_escape_markdown, "- no list", "\\- no list");
    assert_written(mtmi_escape_markdown, "2024. no list", "2024\\. no list");
    assert_written(mtmi_escape_markdown, "12) no list", "12\\) no list");
    assert_written(mtmi_escape_markdown, "4,001,714 arrivals, 34.5 %.", "4,001,714 arrivals, 34.5 %.");
    assert_written(mtmi_escape_markdown, "<b>&lt;[x](y)", "\\<b\\>\\&lt;\\[x\\](y)");
    assert_written(mtmi_escape_markdown, "two\nlines", "two lines");
    assert_written(mtmi_escape_markdown_url, "https://a.kz/b c>d\n(e)", "https://a.kz/b%20c%3Ed%0A%28e%29");
}

static void csv_cells_are_no_formulas(void **state) {
    (void)state;
    assert_written(mtmi_escape_csv, "=1+1", "\"'=1+1\"");
    assert_written(mtmi_escape_csv, "+7 701", "\"'+7 701\"");
    assert_written(mtmi_escape_csv, "-net", "\"'-net\"");
    assert_written(mtmi_escape_csv, "@SUM(A1)", "\"'@SUM(A1)\"");
    assert_written(mtmi_escape_csv, "\t=1", "\"'\t=1\"");
    assert_written(mtmi_escape_csv, "＝1", "\"'＝1\"");
    assert_written(mtmi_escape_csv, "'quoted'", "\"''quoted'\"");
    assert_written(mtmi_escape_csv, "a, \"b\"", "\"a, \"\"b\"\"\"");
    assert_written(mtmi_escape_csv, "a;=b", "\"a;=b\"");
    assert_written(mtmi_escape_csv, "two\nlines", "\"two\nlines\"");
    assert_written(mtmi_escape_csv, "plain", "plain");
    assert_written(mtmi_escape_csv, "", "");
}

static void terminals_get_no_commands(void **state) {
    (void)state;
    assert_written(mtmi_escape_terminal, "\x1B]0;title\x07", "\\u001B]0;title\\u0007");
    assert_written(mtmi_escape_terminal,
                   "\xC2\x9B"
                   "31m",
                   "\\u009B31m");
    assert_written(mtmi_escape_terminal, "a\u202Eb\xFF", "a\\u202Eb\uFFFD");
    assert_written(mtmi_escape_terminal, "a\nb", "a\\u000Ab");
}

static void links_are_web_addresses(void **state) {
    (void)state;
    assert_true(mtmi_escape_is_link("https://stat.gov.kz/ru/"));
    assert_true(mtmi_escape_is_link("http://a"));
    assert_false(mtmi_escape_is_link("javascript:alert(1)"));
    assert_false(mtmi_escape_is_link("HTTPS ://a"));
    assert_false(mtmi_escape_is_link("https://a b"));
    assert_false(mtmi_escape_is_link("data:text/html,x"));
    assert_false(mtmi_escape_is_link("same"));
    assert_false(mtmi_escape_is_link(NULL));
}

static void assert_ticks(mtm_decimal low, mtm_decimal high, int with_zero, const char *expected) {
    mtmi_ticks ticks = mtmi_ticks_around(low, high, with_zero, 4);
    mtmi_buffer out = MTMI_BUFFER_INIT;
    for (size_t i = 0; i < ticks.n; i++) {
        char text[40];
        mtm_decimal_describe(ticks.at[i], text, sizeof text);
        mtmi_buffer_text(&out, i > 0 ? " " : "");
        mtmi_buffer_text(&out, text);
    }
    assert_string_equal(out.data, expected);
    mtmi_buffer_free(&out);
}

static void axes_carry_round_numbers(void **state) {
    (void)state;
    assert_ticks((mtm_decimal){2975788, 0, 0}, (mtm_decimal){4001714, 0, 0}, 1, "0 2000000 4000000 6000000");
    assert_ticks((mtm_decimal){13808, 0, 0}, (mtm_decimal){29282, 0, 0}, 1, "0 10000 20000 30000");
    assert_ticks((mtm_decimal){1440, 1, 0}, (mtm_decimal){1572, 1, 0}, 0, "140 145 150 155 160");
    assert_ticks((mtm_decimal){-5561, 0, 0}, (mtm_decimal){24876, 0, 0}, 1, "-10000 0 10000 20000 30000");
    assert_ticks((mtm_decimal){0, 0, 0}, (mtm_decimal){0, 0, 0}, 1, "0 1");
    assert_ticks((mtm_decimal){-9, 0, 0}, (mtm_decimal){-7, 0, 0}, 1, "-10 -5 0");
    assert_ticks((mtm_decimal){INT64_MIN, 9, 0}, (mtm_decimal){INT64_MAX, 0, 0}, 1,
                 "-5000000000000000000 0 5000000000000000000 9223372036854775807");
}

static void places_lie_between_the_ends(void **state) {
    (void)state;
    mtmi_ticks axis = mtmi_ticks_around((mtm_decimal){0, 0, 0}, (mtm_decimal){400, 0, 0}, 1, 4);
    assert_int_equal(mtmi_ticks_place(&axis, (mtm_decimal){0, 0, 0}), 0);
    assert_int_equal(mtmi_ticks_place(&axis, (mtm_decimal){1000, 1, 0}), 2500);
    assert_int_equal(mtmi_ticks_place(&axis, (mtm_decimal){400, 0, 0}), 10000);
    assert_int_equal(mtmi_ticks_place(&axis, (mtm_decimal){-1, 0, 0}), 0);
    assert_int_equal(mtmi_ticks_place(&axis, (mtm_decimal){401, 0, 0}), 10000);
}

static void lines_break_at_spaces(void **state) {
    (void)state;
    size_t skip = 9;
    assert_int_equal(mtmi_wrap_line("one two three", 7, &skip), 7);
    assert_int_equal(skip, 1);
    assert_int_equal(mtmi_wrap_line("one two three", 6, &skip), 3);
    assert_int_equal(mtmi_wrap_line("one   two", 4, &skip), 3);
    assert_int_equal(skip, 3);
    assert_int_equal(mtmi_wrap_line("three", 5, &skip), 5);
    assert_int_equal(skip, 0);
    assert_int_equal(mtmi_wrap_line("unbreakable", 4, &skip), 4);
    assert_int_equal(mtmi_wrap_line("a\nb", 9, &skip), 1);
    assert_int_equal(skip, 1);
    assert_int_equal(mtmi_wrap_line("Қазақстан мен", 9, &skip), strlen("Қазақстан"));
    assert_int_equal(mtmi_wrap_line("4\u00A0001\u00A0714 x", 6, &skip), strlen("4\u00A0001\u00A0"));
    assert_int_equal(mtmi_wrap_line("日本", 1, &skip), 3); /* never less than a character */
}

static void tables_line_up(void **state) {
    (void)state;
    mtmi_table table = MTMI_TABLE_INIT;
    table.n_columns = 2;
    table.numeric[1] = 1;
    static const char *const cells[][2] = {{"Ел", "Арr"}, {"Өзбекстан", "1 598 656"}, {"a much longer name", "7"}};
    for (size_t r = 0; r < 3; r++) {
        mtmi_table_row(&table, MTMI_ROW_PLAIN);
        mtmi_table_cell(&table, cells[r][0]);
        mtmi_table_cell(&table, cells[r][1]);
    }
    mtmi_buffer out = MTMI_BUFFER_INIT;
    mtmi_grid_write(&out, &table, 24, "", "");
    assert_string_equal(out.data, "Ел                   Арr\n"
                                  "────────────────────────\n"
                                  "Өзбекстан      1 598 656\n"
                                  "a much longer          7\n"
                                  "name\n");
    mtmi_buffer_free(&out);
    mtmi_table_free(&table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_shows_and_never_acts),
        cmocka_unit_test(markdown_is_words_only),
        cmocka_unit_test(csv_cells_are_no_formulas),
        cmocka_unit_test(terminals_get_no_commands),
        cmocka_unit_test(links_are_web_addresses),
        cmocka_unit_test(axes_carry_round_numbers),
        cmocka_unit_test(places_lie_between_the_ends),
        cmocka_unit_test(lines_break_at_spaces),
        cmocka_unit_test(tables_line_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
