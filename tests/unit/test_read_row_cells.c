/* The kinds of a cell are what the grammars say of it, whatever was asked first, and asking again does not change them. */
#include "period/period.h"
#include "read/table/period_name.h"
#include "read/table/row_cells.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const labels[] = {
    "",         "2024",       "2024-Q2",    " 2024-06 ",        "June",      "II квартал", "03/04/2024", "13/04/2024",
    "04/13/24", "31.12.2023", "12",         "1 234,5",          "1.234.567", "x",          "...",        "-",
    "<5",       "июнь",       "2023 год",   "январь-июнь 2024", "1 июля",    "5%",         "2",          "2024/25",
    "Q1",       "99/99/2024", "01.02.2003", "months",           "a\tb",      "12 млн",     "1e5",        "\xC2\xA0"};

enum { N = sizeof labels / sizeof *labels, ORDERS = 24 };

static int is_number(const mtmi_row *row, size_t cell) {
    return mtmi_row_is_number(row, cell);
}

static void compare(const mtmi_row *row, size_t cell) {
    mtmi_period_label none, dmy;
    mtmi_cell text = mtmi_row_cell(row, cell);
    mtmi_period_read(text.text, text.length, 0, &none);
    mtmi_period_read(text.text, text.length, 1, &dmy);
    int is_period = text.length > 0 && dmy.outcome == MTMI_PERIOD_OK;
    assert_int_equal(mtmi_row_is_period(row, cell), is_period);
    assert_int_equal(mtmi_row_is_year(row, cell), is_period && mtmi_period_months(dmy.period) == 12);
    assert_int_equal(mtmi_row_lacks_year(row, cell), mtmi_cell_lacks_year(text));
    assert_int_equal(mtmi_row_is_doubtful(row, cell), text.length > 0 && none.outcome == MTMI_PERIOD_AMBIGUOUS);
}

static void test_kinds_are_what_the_grammars_say(void **state) {
    static int (*const questions[])(const mtmi_row *, size_t) = {is_number, mtmi_row_is_period, mtmi_row_is_year,
                                                                 mtmi_row_lacks_year, mtmi_row_is_doubtful};
    mtmi_cell cells[N], trimmed[N];
    unsigned char kinds[N];
    (void)state;
    for (size_t i = 0; i < N; i++) {
        cells[i] = (mtmi_cell){labels[i], strlen(labels[i]), 0};
    }
    for (size_t first = 0; first < ORDERS; first++) { /* any question may come first */
        mtmi_row row = {.cells = cells, .n_cells = N};
        mtmi_row_trim(&row, trimmed, kinds);
        for (size_t i = 0; i < N; i++) {
            int number = questions[first % 5](&row, i);
            (void)questions[first / 5](&row, i);
            compare(&row, i);
            compare(&row, i);
            if (first % 5 == 0) {
                assert_int_equal(mtmi_row_is_number(&row, i), number);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kinds_are_what_the_grammars_say)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
