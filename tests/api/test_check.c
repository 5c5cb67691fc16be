/* Checks of small files: how each comes out, the balance of its rows, and where the first diagnostic stands. */
#include "../getters.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define H "period,country,value\n"
#define GOOD MTM_OUTCOME_OK
#define NOTES MTM_OUTCOME_NOTES
#define ROWS MTM_OUTCOME_REJECTED_ROWS
#define BAD MTM_OUTCOME_ERROR

static const struct example {
    const char *what, *text;
    mtm_outcome outcome;
    int in, accepted, rejected, not_data;
    int code, line, column; /* of the first diagnostic; 0 for none */
} examples[] = {
    /* structure */
    {"plain", H "2024-Q1,UZB,5\n2024-Q2,KGZ,7\n", GOOD, 3, 2, 0, 1, 0, 0, 0},
    {"no last line end", H "2024-Q1,UZB,5", GOOD, 2, 1, 0, 1, 0, 0, 0},
    {"carriage returns", "period,value\r2024,5\r2025,6\r", GOOD, 3, 2, 0, 1, 0, 0, 0},
    {"mixed line ends", "period,value\r\n2024,5\n2025,6\r2026,7\n", GOOD, 4, 3, 0, 1, 0, 0, 0},
    {"blank lines", "\n" H "\n2024-Q1,UZB,5\n\n", GOOD, 5, 1, 0, 4, 0, 0, 0},
    {"quoted line break", H "2024-Q1,\"UZ\nB\",5\n2024-Q2,KGZ,7x\n", ROWS, 3, 1, 1, 1, 90, 2, 9},
    {"semicolons", "period;value\n2024;5,5\n2025;6,25\n", GOOD, 3, 2, 0, 1, 0, 0, 0},
    {"tabs", "period\tvalue\n2024\t5\n", GOOD, 2, 1, 0, 1, 0, 0, 0},
    {"bars", "period|value\n2024|5\n", GOOD, 2, 1, 0, 1, 0, 0, 0},
    {"sep line", "sep=;\nperiod;value\n2024;5\n", GOOD, 3, 1, 0, 2, 0, 0, 0},
    {"colons", "period:value\n2024:5\n", BAD, 0, 0, 0, 0, 34, 1, 0},
    {"preamble", "A title\nas of 2024\n" H "2024-Q1,UZB,5\n", NOTES, 4, 1, 0, 3, 37, 1, 1},
    {"footnotes", H "2024-Q1,UZB,5\nNote: preliminary\n* and so on,,\n", NOTES, 4, 1, 0, 3, 37, 3, 1},
    {"repeated header", H "2024-Q1,UZB,5\n" H "2024-Q2,UZB,6\n", NOTES, 4, 2, 0, 2, 37, 3, 1},
    {"numbered columns", H "1,2,3\n2024-Q1,UZB,5\n", NOTES, 3, 1, 0, 2, 37, 2, 1},
    {"second table", H "2024-Q1,UZB,5\n\nperiod,sex,value\n2024-Q1,M,4\n", BAD, 3, 1, 0, 2, 36, 4, 1},
    {"two header rows", "period,arrivals,,departures,\n,men,women,men,women\n2024-Q1,1,2,3,4\n", GOOD, 3, 1, 0, 2, 0, 0,
     0},
    {"tag row", H "#date,#country+code,#value\n2024-Q1,UZB,5\n", GOOD, 3, 1, 0, 2, 0, 0, 0},
    {"too few cells", H "2024-Q1,UZB\n2024-Q2,KGZ,7\n", ROWS, 3, 1, 1, 1, 30, 2, 1},
    {"too many cells", H "2024-Q1,UZB,5,6\n2024-Q2,KGZ,7\n", ROWS, 3, 1, 1, 1, 30, 2, 1},
    {"unclosed quote", H "2024-Q1,\"UZB,5\n2024-Q2,KGZ,7\n", ROWS, 2, 0, 1, 1, 31, 2, 9},
    {"lone quote", H "2024-Q1,U\"ZB,5\n2024-Q2,KGZ,7\n", ROWS, 3, 1, 1, 1, 31, 2, 10},
    {"text after a quote", H "2024-Q1,\"UZB\"x,5\n2024-Q2,KGZ,7\n", ROWS, 3, 1, 1, 1, 31, 2, 14},
    {"quote closed too late", H "2024-Q1,\"UZB,5\n2024-Q2,\"KGZ\",7\n2024-Q3,KGZ,8\n", ROWS, 3, 1, 1, 1, 31, 2, 9},
    {"nothing", "", BAD, 0, 0, 0, 0, 33, 1, 1},
    {"only a header", H, BAD, 1, 0, 0, 1, 33, 1, 1},
    {"no header", "2024-Q1,UZB,5\n2024-Q2,UZB,6\n", BAD, 0, 0, 0, 0, 35, 1, 1},
    {"a page", "<html><table><tr><td>5</table>", BAD, 0, 0, 0, 0, 1, 1, 1},
    {"a document", "[{\"period\": \"2024-Q1\"}]", BAD, 0, 0, 0, 0, 1, 1, 1},
    {"an archive", "PK\3\4....", BAD, 0, 0, 0, 0, 1, 1, 1},
    /* columns */
    {"a name twice", "period,value,Value\n2024,5,6\n", BAD, 0, 0, 0, 0, 51, 1, 14},
    {"no period", "country,value\nUZB,5\n", BAD, 0, 0, 0, 0, 50, 1, 0},
    {"no figures", "period,country\n2024,UZB\n", BAD, 0, 0, 0, 0, 50, 1, 0},
    {"by content", "a,b,c\n2024-Q1,UZB,5\n2024-Q2,UZB,6\n", GOOD, 3, 2, 0, 1, 0, 0, 0},
    {"two candidates", "a,b,c\n2024-Q1,4,5\n2024-Q2,5,6\n", BAD, 0, 0, 0, 0, 53, 1, 0},
    {"figures without a name", "period,value,\n2024-Q1,1,5\n2024-Q2,2,5\n", BAD, 0, 0, 0, 0, 54, 1, 14},
    {"code and name", "country,iso3,period,value\nUzbekistan,UZB,2024,5\nUzbekistan,KGZ,2024,6\n", ROWS, 3, 1, 1, 1, 94,
     3, 1},
    {"told apart by what is left alone", "period,district_id,value\n2024,1,5\n2024,2,5\n", ROWS, 3, 1, 1, 1, 52, 1, 8},
    {"left alone", "period,value,share\n2024,5,1.5\n", NOTES, 2, 1, 0, 1, 52, 1, 14},
    {"periods as columns", "country,2024-Q1,2024-Q2\nUZB,5,6\n", GOOD, 2, 1, 0, 1, 0, 0, 0},
    {"members as columns", "period,men,women,total\n2024,5,6,11\n", GOOD, 2, 1, 0, 1, 0, 0, 0},
    {"year and quarter", "year,quarter,value\n2024,1,5\n2024,II,6\n2024,5,7\n", ROWS, 4, 2, 1, 1, 80, 4, 6},
    {"Russian", "период;страна;значение\nII квартал 2024;Узбекистан;5\n", GOOD, 2, 1, 0, 1, 0, 0, 0},
    {"Kazakh", "кезең;ел;саны\nІІ тоқсан 2024;Өзбекстан;5\n", GOOD, 2, 1, 0, 1, 0, 0, 0},
    {"start and end", "start,end,value\n2024-01-01,2024-05-10,5\n2024-06-01,2024-05-10,6\n", ROWS, 3, 1, 1, 1, 83, 3,
     12},
    {"year and month", "год;месяц;значение\n2024;1;5\n2024;февраль;6\n2024;март 2023;7\n", ROWS, 4, 2, 1, 1, 83, 4, 6},
    {"no year", "year,quarter,value\n24,1,5\n2024-Q1,1,5\n", ROWS, 3, 0, 2, 1, 81, 2, 1},
    {"two periods", "period,date,value\n2024-Q1,2024-03-31,5\n", BAD, 0, 0, 0, 0, 53, 1, 8},
    {"a status in words", "period,status,value\n2024,returned,5\n2024,displaced,6\n", GOOD, 3, 2, 0, 1, 0, 0, 0},
    {"a status without value", "period,value,OBS_STATUS\n2024,,M\n2025,5,M\n", ROWS, 3, 1, 1, 1, 56, 3, 6},
    {"an edition", "period,vintage,value\n2024,предварительные,5\n2024,second,6\n", ROWS, 3, 1, 1, 1, 57, 3, 6},
    {"ages as they are", "period,age,value\n2024,16-62,5\n2024,65+,6\n2024,x-9,7\n", NOTES, 4, 3, 0, 1, 90, 4, 6},
    {"several populations", "#country+code,#date,#affected+idps,#affected+returnees\nSDN,2024-03-01,100,50\n", GOOD, 2,
     1, 0, 1, 0, 0, 0},
    {"cumulative names", "страна;январь-март 2024;январь-июнь 2024\nUZB;10;25\n", NOTES, 2, 1, 0, 1, 82, 1, 8},
    {"two districts", "period,region,oblast,value\n2024,Абай,x1,5\n2024,Абай,x2,6\n", GOOD, 3, 2, 0, 1, 0, 0, 0},
    {"years for figures", "country,period,count of things\nUZB,2023,2024\n", GOOD, 2, 1, 0, 1, 0, 0, 0},
    /* cells */
    {"no common scale", "period,value\n2024,9223372036854775807\n2025,0.5\n", ROWS, 3, 1, 1, 1, 105, 3, 6},
    {"either mark", H "2024-Q1,UZB,6.640\n", ROWS, 2, 0, 1, 1, 61, 2, 13},
    {"marks disagree", H "2024-Q1,UZB,\"157,2\"\n2024-Q2,UZB,157.2\n", ROWS, 3, 1, 1, 1, 104, 3, 13},
    {"a dash", H "2024-Q1,UZB,-\n", ROWS, 2, 0, 1, 1, 73, 2, 13},
    {"not applicable", H "2024-Q1,UZB,x\n", NOTES, 2, 1, 0, 1, 77, 2, 13},
    {"no value", H "2024-Q1,UZB,\n", GOOD, 2, 1, 0, 1, 0, 0, 0},
    {"day or month", H "01/07/2024,UZB,5\n", ROWS, 2, 0, 1, 1, 81, 2, 1},
    {"no such quarter", H "2024-Q5,UZB,5\n", ROWS, 2, 0, 1, 1, 80, 2, 1},
    {"cumulative words", H "январь-июнь 2024,UZB,5\n", NOTES, 2, 1, 0, 1, 82, 2, 1},
    {"unknown label", H "2024-Q1,Uzbekistn,5\n", NOTES, 2, 1, 0, 1, 90, 2, 9},
    {"ambiguous label", H "2024-Q1,Congo,5\n", NOTES, 2, 1, 0, 1, 91, 2, 9},
    {"two alphabets", H "2024-Q1,Poccия,5\n", NOTES, 2, 1, 0, 1, 92, 2, 9},
    {"no label", H "2024-Q1,,5\n", NOTES, 2, 1, 0, 1, 93, 2, 9},
    {"zero width", H "2024-Q1,U\xE2\x80\x8BZB,5\n", NOTES, 2, 1, 0, 1, 23, 2, 10},
    {"other bytes", "период,value\n2024,5\n\xF2\xEE\xF2 \xE3\xEE\xE4,6\n", BAD, 2, 1, 0, 1, 21, 3, 1},
    /* the data among themselves */
    {"the same twice", H "2024-Q1,UZB,5\n2024-Q1,UZB,5\n", NOTES, 3, 1, 0, 2, 101, 3, 1},
    {"two values", H "2024-Q1,UZB,5\n2024-Q1,Узбекистан,6\n", ROWS, 3, 1, 1, 1, 100, 3, 20},
    {"parts and total", "period,men,women,total\n2024,5,6,12\n", NOTES, 2, 1, 0, 1, 102, 2, 0},
    {"falling", "period,value\nянварь-март 2024,10\nянварь-июнь 2024,8\n", NOTES, 3, 2, 0, 1, 82, 2, 1},
};

static void check(const struct example *example) {
    mtm_check *out = NULL;
    mtm_diagnostic first = {"", "", "", "", "", 0, 0, 0, 0};

    assert_int_equal(mtm_check_read(FROM_BYTES(example->text, strlen(example->text), "table.csv"), NULL, &out, NULL),
                     MTM_OK);
    (void)mtm_check_at(out, 0, &first);
    if (mtm_check_outcome(out) != example->outcome || mtm_check_rows(out, MTM_ROWS_IN) != example->in ||
        mtm_check_rows(out, MTM_ROWS_ACCEPTED) != example->accepted ||
        mtm_check_rows(out, MTM_ROWS_REJECTED) != example->rejected ||
        mtm_check_rows(out, MTM_ROWS_NOT_DATA) != example->not_data || first.code != example->code ||
        first.line != example->line || first.column != example->column) {
        fail_msg("%s: outcome %d, rows %d = %d + %d + %d, %d at %d:%d (%s)", example->what, (int)mtm_check_outcome(out),
                 (int)mtm_check_rows(out, MTM_ROWS_IN), (int)mtm_check_rows(out, MTM_ROWS_ACCEPTED),
                 (int)mtm_check_rows(out, MTM_ROWS_REJECTED), (int)mtm_check_rows(out, MTM_ROWS_NOT_DATA),
                 (int)first.code, (int)first.line, (int)first.column, first.expected);
    }
    mtm_check_free(out);
}

static void test_every_file_comes_out_as_it_should(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        check(&examples[i]);
    }
}

/* A strict read says the same of the first error as the check does. */
static void test_strict_reads_agree(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct example *example = &examples[i];
        mtm_dataset *out = NULL;
        mtm_error err = {0};
        mtm_status status =
            mtm_dataset_read(FROM_BYTES(example->text, strlen(example->text), "table.csv"), NULL, &out, &err);
        int good = example->outcome == GOOD || example->outcome == NOTES;
        if (good != (status == MTM_OK)) {
            fail_msg("%s: status %d, %s", example->what, (int)status, err.message);
        }
        mtm_dataset_free(out);
    }
}

static void test_refused_rows_are_kept_verbatim(void **state) {
    static const char text[] = H "2024-Q1,\"UZ\nB\",bad \"cell\"\n";
    mtm_check *out = NULL;
    mtm_diagnostic first;
    (void)state;
    assert_int_equal(mtm_check_read(FROM_BYTES(text, sizeof text - 1, "table.csv"), NULL, &out, NULL), MTM_OK);
    assert_int_equal(mtm_check_at(out, 0, &first), 1);
    assert_string_equal(first.record, "2024-Q1,\"UZ\nB\",bad \"cell\"");
    assert_string_equal(first.file, "table.csv");
    assert_int_equal(first.error, 1);
    assert_int_equal(first.line, 3);
    assert_int_equal(mtm_check_at(out, 1, &first), 0);
    mtm_check_free(out);
}

static void test_known_words_prove_an_encoding(void **state) {
    static const char text[] = "\xEF\xE5\xF0\xE8\xEE\xE4;\xF1\xF2\xF0\xE0\xED\xE0;\xE7\xED\xE0\xF7\xE5\xED\xE8\xE5\n"
                               "2024;\xD3\xE7\xE1\xE5\xEA\xE8\xF1\xF2\xE0\xED;5\n"
                               "2024;\xD0\xEE\xF1\xF1\xE8\xFF;6\n";
    mtm_check *out = NULL;
    mtm_diagnostic first;
    (void)state;
    assert_int_equal(mtm_check_read(FROM_BYTES(text, sizeof text - 1, "t.csv"), NULL, &out, NULL), MTM_OK);
    assert_int_equal(mtm_check_outcome(out), MTM_OUTCOME_NOTES);
    assert_int_equal(mtm_check_rows(out, MTM_ROWS_ACCEPTED), 2);
    assert_int_equal(mtm_check_at(out, 0, &first), 1);
    assert_non_null(strstr(first.found, "windows-1251"));
    mtm_check_free(out);
}

static void test_a_guess_is_used_only_where_allowed(void **state) {
    static const char text[] = "period;country;persons\n"
                               "2024;\xC7\xE0\xF0\xE5\xF7\xED\xE0\xFF \xF3\xEB\xE8\xF6\xE0;5\n"
                               "2024;\xC1\xE5\xF0\xB8\xE7\xEE\xE2\xE0\xFF \xF0\xEE\xF9\xE0;6\n";
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_check *out = NULL;
    mtm_diagnostic first;
    (void)state;
    assert_int_equal(mtm_check_read(FROM_BYTES(text, sizeof text - 1, "t.csv"), NULL, &out, NULL), MTM_OK);
    assert_int_equal(mtm_check_outcome(out), MTM_OUTCOME_ERROR);
    assert_int_equal(mtm_check_at(out, 0, &first), 1);
    assert_non_null(strstr(first.hint, "windows-1251"));
    mtm_check_free(out);
    options.allow_guess = 1;
    assert_int_equal(mtm_check_read(FROM_BYTES(text, sizeof text - 1, "t.csv"), &options, &out, NULL), MTM_OK);
    assert_int_equal(mtm_check_outcome(out), MTM_OUTCOME_NOTES);
    assert_int_equal(mtm_check_rows(out, MTM_ROWS_ACCEPTED), 2);
    mtm_check_free(out);
}

static void test_limits_are_named(void **state) {
    static const char text[] = H "2024-Q1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,5\n";
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_check *out = NULL;
    mtm_diagnostic first;
    (void)state;
    options.max_field = 20;
    assert_int_equal(mtm_check_read(FROM_BYTES(text, sizeof text - 1, "t.csv"), &options, &out, NULL), MTM_OK);
    assert_int_equal(mtm_check_at(out, 0, &first), 1);
    assert_string_equal(first.hint, "raise max_field");
    mtm_check_free(out);
    options.max_field = 0;
    options.max_columns = 2;
    assert_int_equal(mtm_check_read(FROM_BYTES(text, sizeof text - 1, "t.csv"), &options, &out, NULL), MTM_OK);
    assert_int_equal(mtm_check_outcome(out), MTM_OUTCOME_ERROR);
    mtm_check_free(out);
    options.max_columns = 0;
    options.max_record = 30;
    assert_int_equal(mtm_check_read(FROM_BYTES(text, sizeof text - 1, "t.csv"), &options, &out, NULL), MTM_OK);
    assert_int_equal(mtm_check_at(out, 0, &first), 1);
    assert_non_null(strstr(first.hint, "max_record"));
    mtm_check_free(out);
}

static int stop(uint64_t done, uint64_t total, void *data) {
    (void)done, (void)total;
    return ++*(int *)data > 0;
}

static void test_a_caller_may_stop(void **state) {
    static char text[400000];
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_check *out = NULL;
    size_t n = strlen(strcpy(text, "period,value\n"));
    int calls = 0;
    (void)state;
    for (int i = 0; n + 20 < sizeof text; i++) {
        n += strlen(strcpy(text + n, "2024-Q1,5\n"));
    }
    options.progress = stop;
    options.progress_data = &calls;
    assert_int_equal(mtm_check_read(FROM_BYTES(text, n, "t.csv"), &options, &out, NULL), MTM_ERROR_CANCELLED);
    assert_null(out);
    assert_int_equal(calls, 1);
}

static void test_paths_are_checked(void **state) {
    mtm_check *out = NULL;
    mtm_error err;
    mtm_diagnostic first;
    (void)state;
    assert_int_equal(mtm_check_read(FROM_PATH(MTM_SOURCE_DIR "/no-such-file.csv"), NULL, &out, &err), MTM_OK);
    assert_int_equal(mtm_check_outcome(out), MTM_OUTCOME_ERROR);
    assert_int_equal(mtm_check_at(out, 0, &first), 1);
    mtm_check_free(out);
    assert_int_equal(mtm_check_read(FROM_PATH(MTM_SOURCE_DIR "/examples/kazakhstan-2024-q2"), NULL, &out, &err),
                     MTM_OK);
    assert_true(mtm_check_outcome(out) <= MTM_OUTCOME_NOTES);
    assert_int_equal(mtm_check_rows(out, MTM_ROWS_REJECTED), 0);
    mtm_check_free(out);
    assert_int_equal(mtm_check_read(NULL, NULL, &out, &err), MTM_ERROR_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_file_comes_out_as_it_should),
        cmocka_unit_test(test_strict_reads_agree),
        cmocka_unit_test(test_refused_rows_are_kept_verbatim),
        cmocka_unit_test(test_known_words_prove_an_encoding),
        cmocka_unit_test(test_a_guess_is_used_only_where_allowed),
        cmocka_unit_test(test_limits_are_named),
        cmocka_unit_test(test_a_caller_may_stop),
        cmocka_unit_test(test_paths_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
