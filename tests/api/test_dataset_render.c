/* Datasets as CSV, JSON and a terminal's table: what a spreadsheet, a parser and a person get. */
#include "../getters.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static const char specification[] =
    "{\"resource\": {\"name\": \"crossings\", \"path\": \"c.csv\", \"mtm\": {\"concept\": \"border-crossings\","
    " \"unit\": \"movements\", \"microdata\": true}}, \"groupings\": [{\"by\": [\"direction\", \"citizenship\"],"
    " \"name\": \"all\"}, {\"by\": [], \"sum\": \"amount\", \"unit\": \"USD\", \"name\": \"money\"}]}";

static const char rows[] =
    "time,direction,citizenship,amount\n"
    "2024-04-01,in,UZB,-2.50\n2024-04-02,in,UZB,1\n2024-04-02,out,=1+2,0\n"
    "2024-04-03,out,\"a \"\"b\"\", c\",0\n2024-07-01,in,\"\x1B[31mRed and very long, longer than the table\",0\n";

static mtm_buffer *render(const char *name, mtm_format format, int width) {
    mtm_tabulator *tabulator = NULL;
    mtm_package *package = NULL;
    mtm_render_options options = MTM_RENDER_OPTIONS_INIT;
    mtm_buffer *text = NULL;
    const mtm_dataset *dataset = NULL;
    options.width = width;
    assert_int_equal(mtm_tabulator_new(specification, NULL, &tabulator, NULL), MTM_OK);
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_BYTES(rows, strlen(rows), "c.csv"), NULL), MTM_OK);
    assert_int_equal(mtm_tabulator_finish(tabulator, &package, NULL), MTM_OK);
    assert_int_equal(mtm_package_find(package, name, &dataset, NULL), MTM_OK);
    assert_int_equal(mtm_dataset_render(dataset, format, &options, &text, NULL), MTM_OK);
    mtm_package_free(package);
    mtm_tabulator_free(tabulator);
    return text;
}

static void check(const char *name, mtm_format format, int width, const char *expected) {
    mtm_buffer *text = render(name, format, width);
    assert_string_equal(mtm_buffer_data(text), expected);
    mtm_buffer_free(text);
}

static void csv_quotes_and_disarms(void **state) {
    (void)state;
    check("all", MTM_FORMAT_CSV, 0,
          "period,direction,citizenship,value,status\n"
          "2024-Q2,IN,UZB,2,A\n2024-Q2,OUT,'=1+2,1,A\n2024-Q2,OUT,\"a \"\"b\"\", c\",1,A\n"
          "2024-Q3,IN,\"\x1B[31mRed and very long, longer than the table\",1,A\n");
    check("money", MTM_FORMAT_CSV, 0, "period,value,status\n2024-Q2,-1.50,A\n2024-Q3,0.00,A\n");
}

static void tables_fit_and_are_tame(void **state) {
    (void)state;
    check("all", MTM_FORMAT_TEXT, 48,
          "all: border-crossings, movements\n"
          "period   direction  citizenship            value\n"
          "2024-Q2  In         Uzbekistan                 2\n"
          "2024-Q2  Out        =1+2                       1\n"
          "2024-Q2  Out        a \"b\", c                   1\n"
          "2024-Q3  In         \xEF\xBF\xBD[31mRed and very lon\xE2\x80\xA6      1\n");
}

static void json_says_everything(void **state) {
    mtm_buffer *text = render("money", MTM_FORMAT_JSON, 0);
    (void)state;
    assert_string_equal(mtm_buffer_data(text),
                        "{\n  \"name\": \"money\",\n  \"title\": \"\",\n  \"concept\": \"border-crossings\",\n"
                        "  \"kind\": \"flow\",\n  \"unit\": \"USD\",\n  \"multiplier\": 0,\n  \"decimals\": 2,\n"
                        "  \"file\": \"c.csv\",\n  \"microdata\": true,\n  \"confidential\": true,\n"
                        "  \"dimensions\": [],\n  \"observations\": [\n"
                        "    {\n      \"period\": \"2024-Q2\",\n      \"codes\": {},\n      \"value\": \"-1.50\",\n"
                        "      \"status\": \"A\"\n    },\n"
                        "    {\n      \"period\": \"2024-Q3\",\n      \"codes\": {},\n      \"value\": \"0.00\",\n"
                        "      \"status\": \"A\"\n    }\n  ]\n}\n");
    mtm_buffer_free(text);
    text = render("all", MTM_FORMAT_JSON, 0);
    assert_non_null(strstr(mtm_buffer_data(text), "\"codelist\": \"country\""));
    assert_non_null(strstr(mtm_buffer_data(text), "\"kind\": \"unclassified\""));
    mtm_buffer_free(text);
}

static void other_formats_are_refused(void **state) {
    mtm_buffer *text = NULL;
    mtm_error err = {0};
    mtm_package *package = NULL;
    mtm_tabulator *tabulator = NULL;
    (void)state;
    assert_int_equal(mtm_tabulator_new(specification, NULL, &tabulator, NULL), MTM_OK);
    assert_int_equal(mtm_tabulator_finish(tabulator, &package, NULL), MTM_OK);
    assert_int_equal(mtm_dataset_render(mtm_package_at(package, 0), MTM_FORMAT_HTML, NULL, &text, &err),
                     MTM_ERROR_UNSUPPORTED);
    assert_null(text);
    assert_string_equal(err.message, "a dataset is written as text, csv or json");
    assert_int_equal(mtm_dataset_render(NULL, MTM_FORMAT_CSV, NULL, &text, &err), MTM_ERROR_ARGUMENT);
    mtm_package_free(package);
    mtm_tabulator_free(tabulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_quotes_and_disarms), cmocka_unit_test(tables_fit_and_are_tame),
        cmocka_unit_test(json_says_everything), cmocka_unit_test(other_formats_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
