/* Words for units and powers of ten: one meaning wherever they stand. */
#include "codelist/unit.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

typedef struct expectation {
    const char *text, *unit;
    int power; /* -1: the text is no unit */
} expectation;

static void same_as(const expectation *want, int known, const mtmi_unit *got) {
    if ((want->power >= 0) != (known != 0)) {
        fail_msg("\"%s\": %s a unit", want->text, known ? "must not be" : "must be");
    }
    if (want->power < 0) {
        return;
    }
    if (want->power != got->power || (want->unit == NULL) != (got->unit == NULL) ||
        (want->unit != NULL && strcmp(want->unit, got->unit) != 0)) {
        fail_msg("\"%s\": unit %s, power %d", want->text, got->unit != NULL ? got->unit : "none", got->power);
    }
}

static void whole_texts(void **state) {
    /* clang-format off */
    static const expectation cases[] = {
        {"млн тенге", "KZT", 6}, {"миллион тенге", "KZT", 6}, {"миллионов тенге", "KZT", 6}, {"Million USD", "USD", 6},
        {"USD million", "USD", 6}, {"m USD", "USD", 6}, {"millions of US dollars", "USD", 6}, {"тыс. человек", "persons", 3},
        {"тыс.чел.", "persons", 3}, {"persons (thousands)", "persons", 3}, {"в тысячах человек", "persons", 3},
        {"мың адам", "persons", 3}, {"ming kishi", "persons", 3}, {"минг киши", "persons", 3}, {"千人", "persons", 3}, {"万人次", "movements", 4}, {"亿元", "CNY", 8},
        {"%", "percent", 0}, {"процентов", "percent", 0}, {"millions", NULL, 6}, {"тыс.", NULL, 3}, {"persons", "persons", 0},
        {"هزار نفر", "persons", 3}, {"tys. osób", "persons", 3}, {"тис. осіб", "persons", 3}, {"lakh persons", "persons", 5},
        {"crore", NULL, 7}, {"bin kişi", "persons", 3}, {"min nəfər", "persons", 3}, {"$", "USD", 0}, {"долл. США", "USD", 0},
        {"persons per year", NULL, -1}, {"USD and EUR", NULL, -1}, {"", NULL, -1}, {"Kazakhstan", NULL, -1},
        {"1000 persons", "persons", 3}, {"1 000 человек", "persons", 3}, {"1000", NULL, -1}, {"lac persons", "persons", 5},
        {"thousand million", NULL, -1}, {"movements", "movements", 0}, {"families", "households", 0},
    };
    /* clang-format on */
    mtmi_unit got;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int known = mtmi_unit_read(cases[i].text, strlen(cases[i].text), &got);
        same_as(&cases[i], known, &got);
    }
}

static void within_other_words(void **state) {
    /* clang-format off */
    static const expectation cases[] = {
        {"Immigration by country, 1000 persons", "persons", 3}, {"Immigration (1,000 persons)", "persons", 3}, {"Lac", NULL, -1},
        {"Births per 1000 persons", NULL, -1}, {"Прирост на 1000 человек", NULL, -1},
        {"Численность, тыс. человек", "persons", 3}, {"movements, thousand", NULL, 3}, {"Arrivals (thousand)", NULL, 3},
        {"Transfers (million USD)", "USD", 6}, {"Доля, %", "percent", 0}, {"Persons employed", NULL, -1},
        {"Cities of 5 million people", NULL, -1}, {"Мигранты (мың адам)", "persons", 3}, {"Rounds (min)", NULL, -1},
        {"remittances USD", "USD", 0}, {"remittances_usd", "USD", 0}, {"USD remittances", "USD", 0}, {"sum in tenge", "KZT", 0},
        {"Переводы тенге", "KZT", 0}, {"value USD million", "USD", 6}, {"amount_mln_usd", "USD", 6}, {"Euro area", NULL, -1},
        {"try again", NULL, -1}, {"arrivals_thousand", NULL, 3}, {"remittances GEL", "GEL", 0}, {"persons_total", NULL, -1},
        {"2024", NULL, -1}, {"в тысячах человек", "persons", 3}, {"Arrivals, in thousands of persons", "persons", 3},
    };
    /* clang-format on */
    mtmi_unit got;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int known = mtmi_unit_find(cases[i].text, strlen(cases[i].text), &got);
        same_as(&cases[i], known, &got);
    }
}

static void units_agree(void **state) {
    (void)state;
    assert_true(mtmi_unit_same("persons", "persons"));
    assert_true(mtmi_unit_same(NULL, "persons"));
    assert_true(mtmi_unit_same("units", "movements"));
    assert_false(mtmi_unit_same("units", "USD"));
    assert_false(mtmi_unit_same("persons", "households"));
    assert_false(mtmi_unit_same("families of beekeepers", "persons"));
}

static void single_words(void **state) {
    (void)state;
    assert_int_equal(mtmi_magnitude_read("тыс", strlen("тыс")), 3);
    assert_int_equal(mtmi_magnitude_read("Миллион", strlen("Миллион")), 6);
    assert_int_equal(mtmi_magnitude_read("min", 3), 0);
    assert_int_equal(mtmi_magnitude_read("persons", 7), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_texts),
        cmocka_unit_test(within_other_words),
        cmocka_unit_test(units_agree),
        cmocka_unit_test(single_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
