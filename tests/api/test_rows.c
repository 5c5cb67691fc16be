/* Rows of any table through the public interface: what is given, what is noted, and that nothing is lost. */
#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static mtm_row_reader *open_text(const char *text, const mtm_row_options *told) {
    mtm_row_options options = MTM_ROW_OPTIONS_INIT;
    mtm_row_reader *reader = NULL;
    mtm_error err = {0};

    if (told != NULL) {
        options = *told;
    }
    const mtm_source source = MTM_SOURCE_BYTES_INIT(text, strlen(text), "t.csv");
    assert_int_equal(mtm_row_reader_open(&source, &options, &reader, &err), MTM_OK);
    return reader;
}

/* "a|b/c|d": cells by bars, rows by slashes; a cell that is not there is "~". */
static void read_all(mtm_row_reader *reader, char *out, size_t size) {
    mtm_table_row row = {sizeof row, NULL, 0, 0};
    size_t n = 0;
    int got = 1;

    out[0] = '\0';
    while (mtm_row_reader_next(reader, &row, &got, NULL) == MTM_OK && got) {
        for (size_t i = 0; i < row.n_cells; i++) {
            int missing = row.cells[i].text == NULL;
            n += (size_t)snprintf(out + n, size - n, "%s%.*s",
                                  i > 0   ? "|"
                                  : n > 0 ? "/"
                                          : "",
                                  missing ? 1 : (int)row.cells[i].length, missing ? "~" : row.cells[i].text);
            assert_true(n < size);
        }
    }
}

static void names_of(const mtm_row_reader *reader, char *out, size_t size) {
    mtm_row_table table = {.size = sizeof table};
    size_t n = 0;

    out[0] = '\0';
    assert_int_equal(mtm_row_reader_table(reader, 0, &table), 1);
    for (size_t i = 0; i < table.n_columns; i++) {
        n += (size_t)snprintf(out + n, size - n, "%s%s", i > 0 ? "|" : "", table.names[i]);
    }
}

struct fact {
    const char *text, *names, *rows;
    int note; /* code of the first note; 0: none */
};

static void test_tables_are_read_without_a_known_word(void **state) {
    static const struct fact facts[] = {
        {"foo,bar\nx,1\ny,2\n", "foo|bar", "x|1/y|2", 0},
        {"foo, bar\nx, 1\ny, 2\nz, 3\n", "foo|bar", "x|1/y|2/z|3", 0},
        {"foo;bar\nx;1,5\ny;2,5\n", "foo|bar", "x|1,5/y|2,5", 0},
        {"A title\n\nfoo,bar,baz\nx,1,2\ny,2,3\n", "foo|bar|baz", "x|1|2/y|2|3", 37},
        {"Arrivals, thousand\n\nyear,men,women\n2023,1,2\n2024,3,4\n", "year|men|women", "2023|1|2/2024|3|4", 37},
        {"G,,H,\na,b,a,b\n1,2,3,4\n5,6,7,8\n", "G a|G b|H a|H b", "1|2|3|4/5|6|7|8", 0},
        {"'foo','bar'\n'x,y','1'\n'z','2'\n", "foo|bar", "x,y|1/z|2", 0},
        {"1,2\n3,4\n5,6\n", "|", "1|2/3|4/5|6", 154},
        {"foo,bar,baz\nx,1,2\ny,2\nz,3,4\nw,5,6\n", "foo|bar|baz", "x|1|2/y|2|~/z|3|4/w|5|6", 151},
        {"foo,bar,baz\nx,1,2\ny,,2,1\nz,3,4\nw,5,6\n", "foo|bar|baz", "x|1|2/y||2|1/z|3|4/w|5|6", 152},
        {"foo,bar,baz\nx,1,2\n\"y,2,1\nz,3,4\nw,5,6\n", "foo|bar|baz", "x|1|2/\"y|2|1/z|3|4/w|5|6", 153},
        {"foo,bar\nx,1\ny,2\n\nother,names,here\nq,5,6\n", "foo|bar", "x|1/y|2", 150},
        {"word\na;b\nc,d\ne\nf\n", "word", "a;b/c,d/e/f", 0},
        {"country,2020,2021\nx,5,6\ny,7,8\n", "country|2020|2021", "x|5|6/y|7|8", 0},
        {"a,b\n\"x \\\"y\\\" z\",1\n\"p, \\\"q\\\", r\",2\n", "a|b", "x \"y\" z|1/p, \"q\", r|2", 0},
    };
    char text[400];
    (void)state;

    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        mtm_row_reader *reader = open_text(facts[i].text, NULL);
        mtm_diagnostic first;
        names_of(reader, text, sizeof text);
        assert_string_equal(text, facts[i].names);
        read_all(reader, text, sizeof text);
        assert_string_equal(text, facts[i].rows);
        const mtm_check *check = mtm_row_reader_check(reader);
        int noted = mtm_check_at(check, 0, &first);
        assert_int_equal(noted ? first.code : 0, facts[i].note);
        assert_int_equal(mtm_check_rows(check, MTM_ROWS_IN), mtm_check_rows(check, MTM_ROWS_ACCEPTED) +
                                                                 mtm_check_rows(check, MTM_ROWS_REJECTED) +
                                                                 mtm_check_rows(check, MTM_ROWS_NOT_DATA));
        mtm_row_reader_free(reader);
    }
}

static void test_tables_are_listed_and_chosen(void **state) {
    static const char text[] = "foo,bar\nx,1\ny,2\n\nSecond\nother,names,here\nq,5,6\nr,7,8\n";
    mtm_row_options told = MTM_ROW_OPTIONS_INIT;
    mtm_row_table table = {.size = sizeof table};
    char rows[100];
    (void)state;

    told.table = 2;
    mtm_row_reader *reader = open_text(text, &told);
    read_all(reader, rows, sizeof rows);
    assert_string_equal(rows, "q|5|6/r|7|8");
    assert_int_equal(mtm_row_reader_table(reader, 1, &table), 1);
    assert_int_equal(table.rows, 2);
    assert_int_equal(mtm_row_reader_table(reader, 2, &table), 1);
    assert_string_equal(table.title, "Second");
    assert_int_equal(table.line, 6);
    assert_int_equal(mtm_row_reader_table(reader, 3, &table), 0);
    mtm_row_reader_free(reader);
}

static void test_what_is_told_is_taken(void **state) {
    mtm_row_options told = MTM_ROW_OPTIONS_INIT;
    char rows[100];
    (void)state;

    told.delimiter = ';';
    told.header_rows = -1;
    mtm_row_reader *reader = open_text("a,b;c\nd,e;f\n", &told);
    read_all(reader, rows, sizeof rows);
    assert_string_equal(rows, "a,b|c/d,e|f");
    mtm_row_reader_free(reader);
}

static void test_places_are_those_of_an_editor(void **state) {
    mtm_row_reader *reader = open_text("foo,bar,baz\n\"x\ny\",1,2\nz,3,4\n", NULL);
    mtm_table_row row = {sizeof row, NULL, 0, 0};
    int64_t line = 0, column = 0;
    int got = 0;
    (void)state;

    assert_int_equal(mtm_row_reader_next(reader, &row, &got, NULL), MTM_OK);
    assert_int_equal(got, 1);
    assert_int_equal(row.line, 2);
    mtm_row_reader_place(reader, 1, &line, &column);
    assert_int_equal(line, 3);
    assert_int_equal(column, 4);
    mtm_row_reader_free(reader);
}

static void test_rows_become_arrow(void **state) {
    mtm_row_reader *reader = open_text("foo,bar,baz\nx,1,2\ny,2\nz,3,4,5\nw,5,6\n", NULL);
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray array;
    (void)state;

    assert_int_equal(mtm_row_reader_arrow(reader, &stream, NULL), MTM_OK);
    assert_int_equal(stream.get_schema(&stream, &schema), 0);
    assert_int_equal(schema.n_children, 4);
    assert_string_equal(schema.children[1]->name, "bar");
    assert_string_equal(schema.children[3]->name, "col_3");
    assert_int_equal(stream.get_next(&stream, &array), 0);
    assert_int_equal(array.length, 4);
    assert_int_equal(array.children[2]->null_count, 1);
    assert_int_equal(array.children[3]->null_count, 3);
    array.release(&array);
    assert_int_equal(stream.get_next(&stream, &array), 0);
    assert_null(array.release);
    schema.release(&schema);
    stream.release(&stream);
    assert_int_equal(mtm_check_count(mtm_row_reader_check(reader)), 2); /* the reader is the caller's still */
    mtm_row_reader_free(reader);
}

/* File, line and the places of all cells stand beside; names that come again are numbered. */
static void test_places_become_arrow(void **state) {
    mtm_row_options told = MTM_ROW_OPTIONS_INIT;
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray array;
    (void)state;

    told.places = 1;
    mtm_row_reader *reader = open_text("line,foo,foo,foo_2\n\"x\ny\",1,2,3\nz,3\nw,5,6,7\n", &told);
    assert_int_equal(mtm_row_reader_arrow(reader, &stream, NULL), MTM_OK);
    mtm_row_reader_free(reader); /* the stream lives on */
    assert_int_equal(stream.get_schema(&stream, &schema), 0);
    static const char *const names[] = {"file", "line", "line_2", "foo", "foo_2", "foo_2_5", "places"};
    assert_int_equal(schema.n_children, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(schema.children[i]->name, names[i]);
    }
    assert_string_equal(schema.children[6]->format, "+l");
    assert_int_equal(stream.get_next(&stream, &array), 0);
    assert_int_equal(array.length, 3);
    const int64_t *lines = array.children[1]->buffers[1];
    const int32_t *ends = array.children[6]->buffers[1];
    const struct ArrowArray *places = array.children[6]->children[0];
    const int64_t *place_lines = places->children[0]->buffers[1], *place_columns = places->children[1]->buffers[1];
    assert_int_equal(lines[0], 2);
    assert_int_equal(lines[1], 4);
    assert_int_equal(ends[1], 4);
    assert_int_equal(ends[2], 6);
    assert_int_equal(place_lines[1], 3);
    assert_int_equal(place_columns[1], 4);
    array.release(&array);
    schema.release(&schema);
    stream.release(&stream);
}

/* However many blank rows stand above it, a table is found; blank rows alone are none. */
static void test_blank_rows_hide_no_table(void **state) {
    static char text[4096];
    mtm_row_reader *reader = NULL;
    mtm_error err = {0};
    char rows[40];
    size_t n = 0;
    (void)state;

    for (int i = 0; i < 700; i++) {
        n += (size_t)snprintf(text + n, sizeof text - n, i % 2 ? ",,\n" : "\n");
    }
    const mtm_source blank = MTM_SOURCE_BYTES_INIT(text, n, "t.csv");
    assert_int_equal(mtm_row_reader_open(&blank, NULL, &reader, &err), MTM_ERROR_STRUCTURE);
    assert_non_null(strstr(err.message, "no row that is not blank"));
    (void)snprintf(text + n, sizeof text - n, "foo,bar,baz\nx,1,2\n");
    reader = open_text(text, NULL);
    read_all(reader, rows, sizeof rows);
    assert_string_equal(rows, "x|1|2");
    assert_int_equal(mtm_check_rows(mtm_row_reader_check(reader), MTM_ROWS_IN), 702);
    mtm_row_reader_free(reader);
}

static void test_what_is_no_table_is_refused(void **state) {
    mtm_row_options options = MTM_ROW_OPTIONS_INIT;
    mtm_row_reader *reader = NULL;
    mtm_error err = {0};
    (void)state;

    const mtm_source blank = MTM_SOURCE_BYTES_INIT("\n\n", 2, "t.csv"),
                     one = MTM_SOURCE_BYTES_INIT("a,b\n1,2\n", 8, "t.csv");
    assert_int_equal(mtm_row_reader_open(&blank, &options, &reader, &err), MTM_ERROR_STRUCTURE);
    assert_null(reader);
    options.table = 2;
    assert_int_equal(mtm_row_reader_open(&one, &options, &reader, &err), MTM_ERROR_STRUCTURE);
    assert_int_equal(mtm_row_reader_open(NULL, NULL, &reader, &err), MTM_ERROR_ARGUMENT);
    mtm_row_reader_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables_are_read_without_a_known_word),
        cmocka_unit_test(test_tables_are_listed_and_chosen),
        cmocka_unit_test(test_what_is_told_is_taken),
        cmocka_unit_test(test_places_are_those_of_an_editor),
        cmocka_unit_test(test_rows_become_arrow),
        cmocka_unit_test(test_places_become_arrow),
        cmocka_unit_test(test_blank_rows_hide_no_table),
        cmocka_unit_test(test_what_is_no_table_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
