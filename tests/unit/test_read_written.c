/* Workbooks that a library of others wrote: shared texts, dates, formulas with values, merged cells, compressed parts. */
#define _DEFAULT_SOURCE /* mkstemps */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mtm.h>

#if defined(MTMI_WITH_LIBZIP) && defined(MTMI_WITH_EXPAT) && defined(MTMI_WITH_XLSXWRITER)

#include <xlsxwriter.h>

static void write_book(const char *path) {
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *notes = workbook_add_worksheet(book, "О данных"), *sheet = workbook_add_worksheet(book, "Данные");
    lxw_format *day = workbook_add_format(book), *money = workbook_add_format(book);
    lxw_datetime dates[] = {{2024, 3, 31, 0, 0, 0}, {2024, 6, 30, 0, 0, 0}, {2024, 6, 30, 13, 30, 0}};
    format_set_num_format(day, "dd.mm.yyyy");
    format_set_num_format(money, "#,##0.0 [$USD]");
    worksheet_write_string(notes, 0, 0, "Подготовлено Национальным банком", NULL);
    worksheet_merge_range(sheet, 0, 0, 0, 2, "Денежные переводы, млн долларов США", NULL);
    worksheet_write_string(sheet, 2, 0, "Дата", NULL);
    worksheet_write_string(sheet, 2, 1, "Страна", NULL);
    worksheet_write_string(sheet, 2, 2, "Сумма", NULL);
    for (int i = 0; i < 3; i++) {
        worksheet_write_datetime(sheet, (lxw_row_t)(3 + i), 0, &dates[i], day);
        worksheet_write_string(sheet, (lxw_row_t)(3 + i), 1, i < 2 ? "Түркия" : "Германия", NULL);
    }
    worksheet_write_number(sheet, 3, 2, 157.2, money);
    worksheet_write_number(sheet, 4, 2, 0.1 + 0.2, money);
    worksheet_write_formula_num(sheet, 5, 2, "=C4+C5", money, 157.5);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
}

static void a_written_workbook_is_read(void **state) {
    char path[] = "/tmp/mtm-written-XXXXXX.xlsx";
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    mtm_period day;
    (void)state;
    int descriptor = mkstemps(path, 5);
    assert_true(descriptor >= 0);
    close(descriptor);
    write_book(path);
    options.resource = "{\"name\": \"x\", \"path\": \"x.xlsx\", \"dialect\": {\"sheetName\": \"Данные\"}, \"schema\": {\"fields\": ["
                       "{\"name\": \"Дата\", \"mtm\": {\"role\": \"period\"}}, {\"name\": \"Сумма\", \"mtm\": {\"role\": \"value\"}},"
                       "{\"name\": \"Страна\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"country\"}}]},"
                       "\"mtm\": {\"concept\": \"remittances\", \"kind\": \"flow\", \"unit\": \"USD\", \"multiplier\": 6}}";
    mtm_status status = mtm_dataset_read(path, &options, &dataset, &err);
    unlink(path);
    if (status != MTM_OK) {
        fail_msg("%lld:%lld %s", (long long)err.line, (long long)err.column, err.message);
    }
    assert_int_equal(mtm_dataset_count(dataset), 3);
    assert_int_equal(mtm_dataset_decimals(dataset), 1);
    assert_int_equal(mtm_dataset_values(dataset)[0], 1572);
    assert_int_equal(mtm_dataset_values(dataset)[1], 3);
    assert_int_equal(mtm_dataset_values(dataset)[2], 1575);
    assert_int_equal(mtm_dataset_lines(dataset)[2], 6);
    assert_string_equal(mtm_dataset_member(dataset, 0, (size_t)mtm_dataset_codes(dataset, 0)[0]), "TUR");
    assert_int_equal(mtm_period_read("2024-06-30", &day, NULL), MTM_OK);
    assert_memory_equal(&mtm_dataset_periods(dataset)[2], &day, sizeof day);
    mtm_dataset_free(dataset);
}

#endif

int main(void) {
#if defined(MTMI_WITH_LIBZIP) && defined(MTMI_WITH_EXPAT) && defined(MTMI_WITH_XLSXWRITER)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_written_workbook_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
#else
    return 0;
#endif
}
