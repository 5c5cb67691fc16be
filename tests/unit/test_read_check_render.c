/* A check as text, JSON and CSV: the caret under the character, nothing raw to a terminal, every row once. */
#include "failing.h"

#include "base/error.h"
#include "read/check/check_internal.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *text;
    int64_t column;
    size_t width;
    const char *shown; /* ^ stands before the character that is asked for; none where the line ends before it */
} lines[] = {
    {"2024-Q1,UZB,6.640", 13, 60, "2024-Q1,UZB,^6.640"},
    {"2024-Q1\tUZB\t6.640", 13, 60, "2024-Q1 UZB ^6.640"},
    {"a\tb\tc", 5, 60, "a   b   ^c"},
    {"\t\tx", 3, 60, "        ^x"},
    {"Узбекистан;5", 12, 60, "Узбекистан;^5"},
    {"中国,5", 4, 60, "中国,^5"},           /* two columns a character */
    {"И\xCC\x86,5", 4, 60, "И\xCC\x86,^5"}, /* a mark takes none */
    {"a\x1B[31mb,5", 9, 60, "a\\x1B[31mb,^5"},
    {"a\xE2\x80\x8B"
     "b,5",
     5, 60, "a\\u200Bb,^5"},
    {"a\xE2\x80\xAE"
     "b,5",
     2, 60, "a^\\u202Eb,5"},
    {"a\x7F,\xC2\x9B"
     "5",
     4, 60, "a\\x7F,^\\x9B5"},
    {"ab", 3, 60, "ab^"}, /* a cell is missing at the end */
    {"ab", 4, 60, "ab"},
    {"ab", 0, 60, "ab"},
    {"", 1, 60, "^"},
    {"0123456789ABCDEF", 1, 10, "^012345678\xE2\x80\xA6"},
    {"0123456789ABCDEF", 5, 10, "0123^45678\xE2\x80\xA6"},
    {"0123456789ABCDEF", 9, 10,
     "\xE2\x80\xA6"
     "4567^89AB\xE2\x80\xA6"},
    {"0123456789ABCDEF", 16, 10,
     "\xE2\x80\xA6"
     "789ABCDE^F"},
    {"0123456789ABCDEF", 17, 10,
     "\xE2\x80\xA6"
     "789ABCDEF^"},
    {"中国中国中国中国中国中国", 7, 10, "\xE2\x80\xA6中国^中国\xE2\x80\xA6"},
};

/* The shown line with ^ put in where the answer points. */
static void mark(mtmi_buffer *shown, size_t at, char *out, size_t size) {
    size_t used = 0, i = 0;
    *out = '\0';
    while (at != SIZE_MAX && i < shown->size && used < at) {
        size_t bytes = 1;
        while (i + bytes < shown->size && ((unsigned char)shown->data[i + bytes] & 0xC0) == 0x80) {
            bytes++;
        }
        used += (unsigned char)shown->data[i] == 0xE4 || (unsigned char)shown->data[i] == 0xE5 ? 2
                : (unsigned char)shown->data[i] == 0xCC                                        ? 0
                                                                                               : 1;
        i += bytes;
    }
    snprintf(out, size, "%.*s%s%s", (int)i, shown->data == NULL ? "" : shown->data, at == SIZE_MAX ? "" : "^",
             shown->data == NULL ? ""
             : at == SIZE_MAX    ? shown->data
                                 : shown->data + i);
}

static void the_caret_stands_under_its_character(void **state) {
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        mtmi_buffer shown = MTMI_BUFFER_INIT;
        char found[200];
        size_t at = mtmi_check_line(lines[i].text, lines[i].column, lines[i].width, &shown);
        mark(&shown, at, found, sizeof found);
        if (strcmp(found, lines[i].shown) != 0) {
            print_error("column %d of \"%s\": \"%s\", expected \"%s\"\n", (int)lines[i].column, lines[i].text, found,
                        lines[i].shown);
            wrong++;
        }
        mtmi_buffer_free(&shown);
    }
    assert_int_equal(wrong, 0);
}

static void no_line_is_wider_than_asked(void **state) {
    static char text[4096];
    (void)state;
    for (size_t i = 0; i + 3 < sizeof text; i += 3) {
        memcpy(text + i, "\xE4\xB8\xAD", 3);
    }
    for (int64_t column = 0; column < 1400; column += 7) {
        for (size_t width = 10; width < 80; width += 3) {
            mtmi_buffer shown = MTMI_BUFFER_INIT;
            size_t at = mtmi_check_line(text, column, width, &shown);
            assert_true(shown.size <= width * 3);
            assert_true(at == SIZE_MAX || at <= width);
            mtmi_buffer_free(&shown);
        }
    }
}

static char *copied(const char *text) {
    return mtmi_memory_copy_text(text);
}

/* A file with one value column, one refused row and one note. */
static mtm_status make(mtm_check **out, mtm_error *err) {
    mtmi_diagnostic_input bad = {.error = 1,
                                 .code = 61,
                                 .status = MTM_ERROR_VALUE,
                                 .line = 3,
                                 .column = 13,
                                 .found = "6.640",
                                 .found_size = 5,
                                 .expected = "a mark that is proven",
                                 .hint = "declare groupChar",
                                 .record = "2024-Q2\tUZB\t6.640",
                                 .record_size = 17,
                                 .text = "2024-Q2\tUZB\t6.640",
                                 .text_size = 17};
    mtmi_diagnostic_input note = {.code = 75,
                                  .line = 4,
                                  .column = 13,
                                  .found = "007",
                                  .found_size = 3,
                                  .expected = "no leading zeros",
                                  .text = "=2024-Q3\tUZB\t007",
                                  .text_size = 16};
    mtm_status status = mtmi_check_new("t.csv", out, err);
    mtmi_check_file *file;
    if (status != MTM_OK || (status = mtmi_check_start(*out, "t.csv", NULL, err)) != MTM_OK) {
        return status;
    }
    file = mtmi_check_at_file(*out);
    memcpy(file->rows, (int64_t[]){4, 2, 1, 1}, sizeof file->rows);
    file->columns = mtmi_memory_new(2, sizeof *file->columns);
    if (file->columns == NULL) {
        return mtmi_error_memory(err);
    }
    file->n_columns = 2;
    file->columns[0] = (mtmi_check_column){.name = copied("country"),
                                           .number = 2,
                                           .role = MTMI_ROLE_DIMENSION,
                                           .how = MTMI_HOW_HEADER,
                                           .dimension = copied("citizenship"),
                                           .codelist = copied("country")};
    file->columns[1] = (mtmi_check_column){.name = copied("persons"),
                                           .number = 3,
                                           .role = MTMI_ROLE_VALUE,
                                           .how = MTMI_HOW_DECLARED,
                                           .sum = (mtmi_wide)INT64_MAX * 4,
                                           .decimals = 1,
                                           .n_values = 2,
                                           .n_missing = 1};
    if (file->columns[0].name == NULL || file->columns[0].dimension == NULL || file->columns[0].codelist == NULL ||
        file->columns[1].name == NULL) {
        return mtmi_error_memory(err);
    }
    strcpy(file->dialect.encoding.text, "utf-8");
    strcpy(file->dialect.delimiter.text, "\t");
    file->dialect.delimiter.how = MTMI_HOW_DECLARED;
    file->dialect.header_rows = 1;
    if ((status = mtmi_check_add(*out, &note, err)) == MTM_OK && (status = mtmi_check_add(*out, &bad, err)) == MTM_OK) {
        bad.column = 5; /* another cell of the same row */
        status = mtmi_check_add(*out, &bad, err);
    }
    mtmi_check_finish(*out);
    return status;
}

static char *rendered(const mtm_check *check, mtm_format format, const mtm_render_options *options) {
    mtm_buffer *text = NULL;
    char *copy;
    assert_int_equal(mtm_check_render(check, format, options, &text, NULL), MTM_OK);
    copy = strdup(mtm_buffer_data(text));
    assert_int_equal(strlen(copy), mtm_buffer_size(text));
    mtm_buffer_free(text);
    return copy;
}

static void the_text_shows_row_sum_and_caret(void **state) {
    mtm_render_options coloured = MTM_RENDER_OPTIONS_INIT;
    mtm_check *check = NULL;
    char *text;
    (void)state;
    assert_int_equal(make(&check, NULL), MTM_OK);
    text = rendered(check, MTM_FORMAT_TEXT, NULL);
    assert_string_equal(
        text, "t.csv: 1 row of 4 refused\n"
              "  rows     4 = 2 accepted + 1 refused + 1 not data\n"
              "  read as  utf-8, cells between tabs (declared)\n"
              "  country  dimension citizenship, codes of country (header word)\n"
              "  persons  figures: sum 3689348814741910322.8 of 2 figures, 1 without a value (declared)\n"
              "\n"
              "t.csv:3:5: error[MTM-E061]: found \"6.640\", expected a mark that is proven; declare groupChar\n"
              "  3 | 2024-Q2 UZB 6.640\n"
              "    |     ^\n"
              "t.csv:3:13: error[MTM-E061]: found \"6.640\", expected a mark that is proven; declare groupChar\n"
              "  3 | 2024-Q2 UZB 6.640\n"
              "    |             ^\n"
              "t.csv:4:13: note[MTM-N075]: found \"007\", expected no leading zeros\n"
              "  4 | =2024-Q3    UZB 007\n"
              "    |                ^\n");
    free(text);
    coloured.colour = 1;
    text = rendered(check, MTM_FORMAT_TEXT, &coloured);
    assert_non_null(strstr(text, "\033[1;31merror[MTM-E061]\033[0m"));
    free(text);
    mtm_check_free(check);
}

static void the_csv_has_every_refused_row_once(void **state) {
    mtm_check *check = NULL;
    char *text;
    (void)state;
    assert_int_equal(make(&check, NULL), MTM_OK);
    text = rendered(check, MTM_FORMAT_CSV, NULL);
    assert_string_equal(text,
                        "file,line,column,code,reason,record\n"
                        "t.csv,3,5,MTM-E061,\"found \"\"6.640\"\", expected a mark that is proven; declare groupChar\","
                        "2024-Q2\tUZB\t6.640\n");
    free(text);
    mtm_check_free(check);
}

static void the_json_is_the_contract(void **state) {
    mtm_check *check = NULL;
    json_t *json, *columns;
    char *text;
    (void)state;
    assert_int_equal(make(&check, NULL), MTM_OK);
    text = rendered(check, MTM_FORMAT_JSON, NULL);
    json = json_loads(text, 0, NULL);
    assert_non_null(json);
    assert_string_equal(json_string_value(json_object_get(json, "outcome")), "rejected-rows");
    assert_string_equal(json_string_value(json_object_get(json_object_get(json, "sums"), "persons")),
                        "3689348814741910322.8");
    assert_int_equal(json_integer_value(json_object_get(json, "missing")), 1);
    columns = json_object_get(json, "columns");
    assert_int_equal(json_array_size(columns), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(columns, 0), "recognised_by")), "header word");
    assert_int_equal(json_array_size(json_object_get(json, "diagnostics")), 3);
    assert_null(json_object_get(json, "files"));
    json_decref(json);
    free(text);
    mtm_check_free(check);
}

static void thousands_alike_become_a_number(void **state) {
    mtmi_diagnostic_input note = {.code = 77, .found = "x", .found_size = 1, .expected = "y"};
    mtm_check *check = NULL;
    char *text;
    (void)state;
    assert_int_equal(mtmi_check_new("t.csv", &check, NULL), MTM_OK);
    assert_int_equal(mtmi_check_start(check, "t.csv", NULL, NULL), MTM_OK);
    for (int i = 0; i < 3000; i++) {
        note.line = i + 2;
        assert_int_equal(mtmi_check_add(check, &note, NULL), MTM_OK);
    }
    mtmi_check_finish(check);
    text = rendered(check, MTM_FORMAT_TEXT, NULL);
    assert_non_null(strstr(text, "t.csv: ok, with 3000 notes\n"));
    assert_non_null(strstr(text, "... and 990 more of MTM-N077\n... and 2000 more that were counted and not kept\n"));
    free(text);
    mtm_check_free(check);
}

static void refused_rows_are_kept_until_there_is_no_room(void **state) {
    static char record[1000];
    mtmi_diagnostic_input bad = {.error = 1,
                                 .code = 60,
                                 .found = "x",
                                 .found_size = 1,
                                 .expected = "y",
                                 .record = record,
                                 .record_size = sizeof record};
    mtm_check *check = NULL;
    mtmi_check_file *file;
    char *text, *last;
    size_t lines = 0;
    (void)state;
    memset(record, 'r', sizeof record);
    assert_int_equal(mtmi_check_new("t.csv", &check, NULL), MTM_OK);
    assert_int_equal(mtmi_check_start(check, "t.csv", NULL, NULL), MTM_OK);
    file = mtmi_check_at_file(check);
    for (int i = 0; i < 60000; i++) {
        bad.line = 100000 - i; /* backwards: sorting has to do something */
        assert_int_equal(mtmi_check_add(check, &bad, NULL), MTM_OK);
        file->rows[MTM_ROWS_IN]++;
        file->rows[MTM_ROWS_REJECTED]++;
    }
    mtmi_check_finish(check);
    assert_true(mtm_check_count(check) > 20000 && mtm_check_count(check) < 40000);
    text = rendered(check, MTM_FORMAT_CSV, NULL);
    for (const char *c = text; *c != '\0'; c++) {
        lines += *c == '\n';
    }
    assert_int_equal(lines, mtm_check_count(check) + 2);
    last = strrchr(text, 'r'); /* of "were" */
    assert_non_null(strstr(last - 30, " more refused rows were counted and not kept,\n"));
    free(text);
    text = rendered(check, MTM_FORMAT_JSON, NULL);
    assert_non_null(strstr(text, "\"diagnostics_left_out\": 59000\n"));
    free(text);
    mtm_check_free(check);
}

static void nothing_of_a_file_commands_the_terminal(void **state) {
    mtmi_diagnostic_input bad = {.error = 1,
                                 .code = 60,
                                 .line = 2,
                                 .column = 1,
                                 .found = "\033]0;x\007",
                                 .found_size = 6,
                                 .expected = "a number",
                                 .record = "\033]0;x\007",
                                 .record_size = 6,
                                 .text = "\033]0;x\007\xC2\x9B",
                                 .text_size = 8};
    mtm_check *check = NULL;
    char *text;
    (void)state;
    assert_int_equal(mtmi_check_new("a\033[2Jb.csv", &check, NULL), MTM_OK);
    assert_int_equal(mtmi_check_start(check, "a\033[2Jb.csv", "res\033", NULL), MTM_OK);
    assert_int_equal(mtmi_check_add(check, &bad, NULL), MTM_OK);
    check->package = 1;
    text = rendered(check, MTM_FORMAT_TEXT, NULL);
    assert_null(strchr(text, '\033'));
    assert_null(strchr(text, '\007'));
    assert_null(strstr(text, "\xC2\x9B"));
    free(text);
    mtm_check_free(check);
}

static void what_cannot_be_asked_is_refused(void **state) {
    mtm_render_options options = MTM_RENDER_OPTIONS_INIT;
    mtm_check *check = NULL;
    mtm_buffer *text = NULL;
    mtm_error err = {0};
    (void)state;
    assert_int_equal(make(&check, NULL), MTM_OK);
    assert_int_equal(mtm_check_render(NULL, MTM_FORMAT_TEXT, NULL, &text, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_check_render(check, MTM_FORMAT_TEXT, NULL, NULL, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_check_render(check, MTM_FORMAT_MARKDOWN, NULL, &text, &err), MTM_ERROR_UNSUPPORTED);
    options.width = -1;
    assert_int_equal(mtm_check_render(check, MTM_FORMAT_TEXT, &options, &text, &err), MTM_ERROR_ARGUMENT);
    options.size = 0;
    assert_int_equal(mtm_check_render(check, MTM_FORMAT_TEXT, &options, &text, &err), MTM_ERROR_ARGUMENT);
    assert_null(text);
    mtm_check_free(check);
}

static mtm_status render_all(void *data, mtm_error *err) {
    mtm_check *check = NULL;
    mtm_buffer *text = NULL;
    mtm_status status = make(&check, err);
    (void)data;
    for (int i = 0; i < 3 && status == MTM_OK; i++) {
        status = mtm_check_render(check, (mtm_format[]){MTM_FORMAT_TEXT, MTM_FORMAT_JSON, MTM_FORMAT_CSV}[i], NULL,
                                  &text, err);
        mtm_buffer_free(text);
    }
    mtm_check_free(check);
    return status;
}

static void memory_may_fail_anywhere(void **state) {
    (void)state;
    assert_survives_failing_memory(render_all, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_caret_stands_under_its_character),
        cmocka_unit_test(no_line_is_wider_than_asked),
        cmocka_unit_test(the_text_shows_row_sum_and_caret),
        cmocka_unit_test(the_csv_has_every_refused_row_once),
        cmocka_unit_test(the_json_is_the_contract),
        cmocka_unit_test(thousands_alike_become_a_number),
        cmocka_unit_test(refused_rows_are_kept_until_there_is_no_room),
        cmocka_unit_test(nothing_of_a_file_commands_the_terminal),
        cmocka_unit_test(what_cannot_be_asked_is_refused),
        cmocka_unit_test(memory_may_fail_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
