/* Units are part of every figure: what a declaration, a title, a header, a row of units, a column of units and a cell say
 * must agree, and both places are named where they do not. The order of rows decides nothing. */
#include "../getters.h"

#include <mtm.h>

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define RESOURCE(more) "{\"name\": \"t\", \"path\": \"t.csv\", \"mtm\": {" more "}}"
#define MONEY "\"concept\": \"remittances\", \"kind\": \"flow\", \"unit\": \"KZT\""
#define CROSSINGS "\"concept\": \"border-crossings\""

/* Reads text; unit NULL: it is refused with a message that has every part of `says`. */
static void read_as(const char *resource, const char *text, const char *unit, int power, const char *const says[4]) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_dataset *dataset = NULL;
    mtm_error err;
    options.resource = resource;
    mtm_status status = mtm_dataset_read(FROM_BYTES(text, strlen(text), "t.csv"), &options, &dataset, &err);
    if (unit == NULL) {
        assert_int_not_equal(status, MTM_OK);
        for (int i = 0; says != NULL && i < 4 && says[i] != NULL; i++) {
            if (strstr(err.message, says[i]) == NULL) {
                fail_msg("\"%s\" is not in: %s", says[i], err.message);
            }
        }
        return;
    }
    if (status != MTM_OK) {
        fail_msg("%s:%d: %s\n%s", err.subject, (int)err.line, err.message, text);
    }
    assert_string_equal(dataset_unit(dataset), unit);
    assert_int_equal(dataset_multiplier(dataset), power);
    mtm_dataset_free(dataset);
}

static void one_word_has_one_meaning(void **state) {
    static const char *const words[] = {"млн тенге", "миллион тенге", "миллионов тенге", "million tenge",
                                        "KZT million"};
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char text[256] = "period,country,value,unit\n2024-Q1,UZB,5,";
        strcat(text, words[i]);
        strcat(text, "\n2024-Q2,UZB,6,млн тенге\n");
        read_as(RESOURCE(MONEY), text, "KZT", 6, NULL);
    }
}

static void magnitude_is_applied(void **state) {
    (void)state;
    read_as(RESOURCE(CROSSINGS), "period,country,\"movements, thousand\"\n2024-Q1,UZB,5\n", "movements", 3, NULL);
    read_as(RESOURCE(CROSSINGS), "Пересечения границы (тыс.),,\nperiod,country,value\n2024-Q1,UZB,5\n", "movements", 3,
            NULL);
    read_as(RESOURCE(CROSSINGS), "period,country,value\n,,thousand\n2024-Q1,UZB,5\n", "movements", 3, NULL);
    read_as(RESOURCE(CROSSINGS), "period,country,value,unit\n2024-Q1,UZB,5,thousand movements\n", "movements", 3, NULL);
    read_as(RESOURCE(CROSSINGS ", \"multiplier\": 3"), "period,country,\"movements, thousand\"\n2024-Q1,UZB,5\n",
            "movements", 3, NULL);
    read_as(RESOURCE(CROSSINGS), "period,country,value\n2024-Q1,UZB,5\nNote: thousand movements,,\n", "movements", 3,
            NULL);
    read_as(NULL, "period,country,\"value, млн долл. США\"\n2024-Q1,UZB,5\n", "USD", 6, NULL);
}

static void wide_tables_have_one_unit(void **state) {
    static const char *const says[4] = {"men, million", "women, thousand"};
    (void)state;
    read_as(NULL, "period,\"men, thousand\",\"women, thousand\"\n2024-Q1,5,6\n", "", 3, NULL);
    read_as(NULL, "In thousands of persons,,\nperiod,men,women\n2024-Q1,5,6\n", "persons", 3, NULL);
    read_as(NULL, "period,men,women\n,тыс. чел.,тыс. чел.\n2024-Q1,5,6\n", "persons", 3, NULL);
    read_as(NULL, "period,\"women, thousand\",\"men, million\"\n2024-Q1,5,6\n", NULL, 0, says);
}

static void conflicts_name_both_places(void **state) {
    static const char *const declared[4] = {"\"movements, million\" in the header", "the declaration"};
    static const char *const title[4] = {"value, million", "the header", "the title", "line 1"};
    static const char *const rows[4] = {"\"USD\"", "\"EUR\"", "line 2"};
    static const char *const header[4] = {"\"$\"", "KZT, as the declaration says"};
    static const char *const remark[4] = {"another power of ten"};
    static const char *const families[4] = {"families", "persons"};
    (void)state;
    read_as(RESOURCE(CROSSINGS ", \"multiplier\": 3"), "period,country,\"movements, million\"\n2024-Q1,UZB,5\n", NULL,
            0, declared);
    read_as(NULL, "(thousand),,\nperiod,country,\"value, million\"\n2024-Q1,UZB,5\n", NULL, 0, title);
    read_as(NULL, "period,country,value,unit\n2024-Q1,UZB,5,EUR\n2024-Q2,UZB,5,USD\n", NULL, 0, rows);
    read_as(RESOURCE(MONEY), "period,country,value,unit\n2024-Q1,UZB,5,$\n", NULL, 0, header);
    read_as(RESOURCE(CROSSINGS ", \"multiplier\": 6"),
            "period,country,value\n2024-Q1,UZB,5\nNote: thousand movements,,\n", NULL, 0, remark);
    read_as(RESOURCE("\"concept\": \"migration\", \"kind\": \"flow\", \"unit\": \"persons\""),
            "period,country,\"IDPs, families\"\n2024-Q1,UZB,5\n", NULL, 0, families);
}

/* Every order of the rows is read alike, or refused alike. */
static void order_of_rows_decides_nothing(void **state) {
    static const char *const rows[3] = {"2024-Q1,UZB,5,million USD\n", "2024-Q2,UZB,6,USD\n", "2024-Q3,UZB,7,\n"};
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    (void)state;
    for (int i = 0; i < 6; i++) {
        char text[256] = "period,country,value,unit\n", agreeing[256] = "period,country,value,unit\n";
        for (int k = 0; k < 3; k++) {
            strcat(text, rows[orders[i][k]]);
            strcat(agreeing, orders[i][k] == 1 ? "2024-Q2,UZB,6,млн долл. США\n" : rows[orders[i][k]]);
        }
        read_as(NULL, text, NULL, 0, NULL);
        read_as(NULL, agreeing, "USD", 6, NULL);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_word_has_one_meaning),      cmocka_unit_test(magnitude_is_applied),
        cmocka_unit_test(wide_tables_have_one_unit),     cmocka_unit_test(conflicts_name_both_places),
        cmocka_unit_test(order_of_rows_decides_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
