/* Workbooks as a user reads them: sheets as ministries send them become datasets, with the row and column of every
 * figure. */
#include "../getters.h"
#include "failing.h"

#include <string.h>

#include <mtm.h>

#if defined(MTMI_WITH_LIBZIP) && defined(MTMI_WITH_EXPAT)

#include "workbook.h"

#define TEXT(place, text) "<c r='" place "' t='inlineStr'><is><t>" text "</t></is></c>"
#define FIGURE(place, figure) "<c r='" place "'><v>" figure "</v></c>"
#define ROW(number, cells) "<row r='" number "'>" cells "</row>"

static const workbook ministry = {
    .sheet = "<sheetData>" ROW("1", TEXT("A1", "Въезд и выезд иностранных граждан через государственную границу"))
        ROW("2", TEXT("E2", "человек")) ROW("4", TEXT("A4", "Страна гражданства") TEXT("B4", "1 квартал 2024 года")
                                                     TEXT("D4", "2 квартал 2024 года"))
            ROW("5", TEXT("B5", "въезд") TEXT("C5", "выезд") TEXT("D5", "въезд") TEXT("E5", "выезд"))
                ROW("6", TEXT("A6", "Всего") FIGURE("B6", "30") FIGURE("C6", "12") FIGURE("D6", "50.000000000000007")
                             FIGURE("E6", "24")) ROW("7", TEXT("A7", "Узбекистан") FIGURE("B7", "10") FIGURE("C7", "4")
                                                              FIGURE("D7", "20") FIGURE("E7", "8"))
                    ROW("8", TEXT("A8", "Российская Федерация") FIGURE("B8", "20")
                                 FIGURE("C8", "8") "<c r='D8'><f>D6-D7</f><v>30</v></c>" FIGURE("E8", "16"))
                        ROW("10",
                            TEXT("A10", "Примечание: предварительные данные")) "</sheetData><mergeCells><mergeCell "
                                                                               "ref='A1:E1'/><mergeCell "
                                                                               "ref='A4:A5'/><mergeCell ref='B4:C4'/>"
                                                                               "<mergeCell ref='D4:E4'/></mergeCells>",
    .second = "<sheetData>" ROW("1", TEXT("A1", "period") TEXT("B1", "value"))
        ROW("2", TEXT("A2", "2024-Q1") FIGURE("B2", "1")) "</sheetData>",
};

#define MTM "\"mtm\": {\"concept\": \"border-crossings\", \"kind\": \"flow\", \"unit\": \"movements\"}"
#define VALUE(name, period, direction)                                                                                 \
    ", {\"name\": \"" name "\", \"mtm\": {\"role\": \"value\", \"period\": \"" period                                  \
    "\", \"members\": {\"direction\": \"" direction "\"}}}"

/* The names are those of both header rows: the merged one above, the plain one below. */
static const char about[] =
    "{\"name\": \"crossings\", \"path\": \"crossings.xlsx\", " MTM ", \"schema\": {\"fields\": ["
    "{\"name\": \"Страна гражданства\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"citizenship\"}}" VALUE(
        "1 квартал 2024 года въезд", "2024-Q1", "IN") VALUE("1 квартал 2024 года выезд", "2024-Q1", "OUT")
        VALUE("2 квартал 2024 года въезд", "2024-Q2", "IN") VALUE("2 квартал 2024 года выезд", "2024-Q2", "OUT") "]}}";

static mtm_status read_book(const workbook *book, const char *name, const char *resource, mtm_dataset **out,
                            mtm_error *err) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    size_t size = 0;
    char *bytes = workbook_make(book, &size);
    options.resource = resource;
    mtm_status status = mtm_dataset_read(FROM_BYTES(bytes, size, name), &options, out, err);
    free(bytes);
    return status;
}

static const char *code(const mtm_dataset *dataset, const char *dimension, size_t i) {
    for (size_t d = 0; d < dataset_dimension_count(dataset); d++) {
        if (strcmp(dataset_dimension(dataset, d), dimension) == 0) {
            return dataset_member(dataset, d, (size_t)dataset_codes(dataset, d)[i]);
        }
    }
    return "";
}

static int64_t figure(const mtm_dataset *dataset, const char *period, const char *country, const char *direction,
                      int64_t line) {
    mtm_period wanted;
    assert_int_equal(mtm_period_read(period, &wanted, NULL), MTM_OK);
    for (size_t i = 0; i < dataset_count(dataset); i++) {
        mtm_period one = dataset_periods(dataset)[i];
        if (one.first == wanted.first && one.last == wanted.last &&
            strcmp(code(dataset, "citizenship", i), country) == 0 &&
            strcmp(code(dataset, "direction", i), direction) == 0) {
            assert_int_equal(dataset_lines(dataset)[i], line);
            return dataset_values(dataset)[i];
        }
    }
    return -1;
}

static void a_sheet_of_a_ministry_becomes_a_dataset(void **state) {
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    (void)state;
    if (read_book(&ministry, "crossings.xlsx", about, &dataset, &err) != MTM_OK) {
        fail_msg("%lld:%lld %s", (long long)err.line, (long long)err.column, err.message);
    }
    assert_int_equal(dataset_count(dataset), 12);
    assert_int_equal(dataset_decimals(dataset), 0);
    assert_int_equal(figure(dataset, "2024-Q1", "UZB", "IN", 7), 10);
    assert_int_equal(figure(dataset, "2024-Q2", "UZB", "OUT", 7), 8);
    assert_int_equal(figure(dataset, "2024-Q2", "RUS", "IN", 8), 30);
    assert_int_equal(figure(dataset, "2024-Q2", "_T", "IN", 6), 50);
    mtm_dataset_free(dataset);
}

/* The message of a workbook of one sheet that is refused, with its place. */
static const char *refused(const char *sheet, const char *styles, const char *name, const char *resource,
                           mtm_status status, int64_t line, int64_t column) {
    static mtm_error err;
    workbook book = {.sheet = sheet, .styles = styles};
    mtm_dataset *dataset = NULL;
    memset(&err, 0, sizeof err);
    assert_int_equal(read_book(&book, name, resource, &dataset, &err), status);
    mtm_dataset_free(dataset);
    assert_int_equal(err.line, line);
    assert_int_equal(err.column, column);
    return err.message;
}

#define PLAIN "{\"name\": \"x\", \"path\": \"x.xlsx\", " MTM "}"
#define HEADER ROW("1", TEXT("A1", "period") TEXT("B1", "value"))

static void cells_are_refused_by_row_and_column(void **state) {
    (void)state;
    assert_non_null(strstr(
        refused("<sheetData>" HEADER ROW("3", TEXT("A3", "2024-Q1") "<c r='B3'><f>SUM(B1:B2)</f></c>") "</sheetData>",
                NULL, "x.xlsx", PLAIN, MTM_ERROR_VALUE, 3, 2),
        "\"=SUM(B1:B2)\""));
    assert_non_null(strstr(refused("<sheetData>" HEADER ROW(
                                       "2", TEXT("A2", "2024-Q1") "<c r='B2' t='e'><v>#DIV/0!</v></c>") "</sheetData>",
                                   NULL, "x.xlsx", PLAIN, MTM_ERROR_VALUE, 2, 2),
                           "#DIV/0!"));
    assert_non_null(
        strstr(refused("<sheetData>" HEADER ROW("2", TEXT("A2", "2024-Q1") TEXT("B2", "6.640")) "</sheetData>", NULL,
                       "x.xlsx", PLAIN, MTM_ERROR_VALUE, 2, 2),
               "6.640"));
    assert_non_null(strstr(
        refused("<sheetData>" HEADER ROW("2", TEXT("A2", "2024-Q1") "<c r='B2' s='1'><v>0.345</v></c>") "</sheetData>",
                "<cellXfs><xf/><xf numFmtId='9'/></cellXfs>", "x.xlsx", PLAIN, MTM_ERROR_VALUE, 2, 2),
        "34.5%"));
}

static void a_workbook_under_another_name_is_told(void **state) {
    (void)state;
    assert_non_null(strstr(refused("<sheetData/>", NULL, "x.csv", PLAIN, MTM_ERROR_STRUCTURE, 1, 1), "workbook"));
    assert_non_null(strstr(refused("<sheetData/>", NULL, "x.xlsx", PLAIN, MTM_ERROR_STRUCTURE, 1, 1), "file is empty"));
    assert_non_null(strstr(refused("<sheetData/>", NULL, "X.XLSM", PLAIN, MTM_ERROR_STRUCTURE, 1, 1), "file is empty"));
}

static void numbers_and_dates_need_no_declaration(void **state) {
    workbook book = {
        .styles = "<cellXfs><xf/><xf numFmtId='17'/></cellXfs>",
        .sheet = "<sheetData>" ROW(
            "1", TEXT("A1", "Гражданство") "<c r='B1' s='1'><v>45292</v></c><c r='C1' s='1'><v>45323</v></c>")
            ROW("2", TEXT("A2", "Китай") FIGURE("B2", "157.213") FIGURE("C2", "6.64")) "</sheetData>"};
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    (void)state;
    if (read_book(&book, "x.xlsx", PLAIN, &dataset, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(dataset_decimals(dataset), 3);
    assert_int_equal(figure(dataset, "2024-01", "CHN", "", 2), 157213);
    assert_int_equal(figure(dataset, "2024-02", "CHN", "", 2), 6640);
    mtm_dataset_free(dataset);
}

static void the_resource_chooses_the_sheet(void **state) {
    static const char *const chosen[] = {"\"sheetNumber\": 2", "\"sheetName\": \"второй лист\""};
    char resource[400];
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        mtm_dataset *dataset = NULL;
        mtm_error err = {0};
        snprintf(resource, sizeof resource, "{\"name\": \"x\", \"path\": \"x.xlsx\", \"dialect\": {%s}, " MTM "}",
                 chosen[i]);
        if (read_book(&ministry, "x.xlsx", resource, &dataset, &err) != MTM_OK) {
            fail_msg("%s", err.message);
        }
        assert_int_equal(dataset_count(dataset), 1);
        mtm_dataset_free(dataset);
    }
}

static void a_check_notes_what_is_hidden(void **state) {
    workbook book = {.sheet = "<cols><col min='3' max='4' hidden='1'/></cols><sheetData>" HEADER
                              "<row r='2' hidden='1'>" TEXT("A2", "2024-Q1") FIGURE("B2", "1") "</row>" ROW(
                                  "3", TEXT("A3", "2024-Q2") "<c r='B3'><f>B2</f></c>") "</sheetData>",
                     .second = "<sheetData/>"};
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_check *check = NULL;
    mtm_diagnostic said;
    size_t size = 0, seen = 0;
    char *bytes = workbook_make(&book, &size);
    (void)state;
    options.resource = PLAIN;
    assert_int_equal(mtm_check_read(FROM_BYTES(bytes, size, "x.xlsx"), &options, &check, NULL), MTM_OK);
    free(bytes);
    assert_int_equal(mtm_check_outcome(check), MTM_OUTCOME_REJECTED_ROWS);
    assert_int_equal(mtm_check_rows(check, MTM_ROWS_IN), 3);
    assert_int_equal(mtm_check_rows(check, MTM_ROWS_ACCEPTED), 1);
    assert_int_equal(mtm_check_rows(check, MTM_ROWS_REJECTED), 1);
    assert_int_equal(mtm_check_rows(check, MTM_ROWS_NOT_DATA), 1);
    for (size_t i = 0; mtm_check_at(check, i, &said); i++) {
        seen |= said.code == 5 && strcmp(said.found, "Лист1") == 0 ? 1u : 0u;
        seen |= said.code == 6 && strcmp(said.found, "1 hidden rows") == 0 && said.line == 2 ? 2u : 0u;
        seen |= said.code == 6 && strcmp(said.found, "2 hidden columns") == 0 ? 4u : 0u;
        seen |= said.code == 7 && said.line == 3 ? 8u : 0u;
        seen |= said.error && said.line == 3 && said.column == 2 && strcmp(said.found, "=B2") == 0 ? 16u : 0u;
    }
    assert_int_equal(seen, 31);
    mtm_check_free(check);
}

typedef struct seen {
    uint64_t calls, last, total;
    int stop;
} seen;

static int watch(uint64_t done, uint64_t total, void *data) {
    seen *progress = data;
    assert_true(done >= progress->last && done <= total && total > 0);
    progress->calls++;
    progress->last = done;
    progress->total = total;
    return progress->stop;
}

/* Some ten thousand days, one a row. */
static char *long_sheet(void) {
    size_t n = 10000, at = 0;
    char *sheet = malloc(n * 120 + 400);
    at += (size_t)sprintf(sheet, "<sheetData>%s", HEADER);
    for (size_t i = 2; i < n; i++) {
        at +=
            (size_t)sprintf(sheet + at, "<row r='%zu'><c r='A%zu' s='1'><v>%zu</v></c><c r='B%zu'><v>%zu</v></c></row>",
                            i, i, 40000 + i, i, i);
    }
    sprintf(sheet + at, "</sheetData>");
    return sheet;
}

static void progress_is_told_and_can_stop(void **state) {
    char *sheet = long_sheet();
    workbook book = {.sheet = sheet, .styles = "<cellXfs><xf/><xf numFmtId='14'/></cellXfs>"};
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_dataset *dataset = NULL;
    seen progress = {0, 0, 0, 0};
    size_t size = 0;
    char *bytes = workbook_make(&book, &size);
    (void)state;
    options.resource = PLAIN;
    options.progress = watch;
    options.progress_data = &progress;
    assert_int_equal(mtm_dataset_read(FROM_BYTES(bytes, size, "x.xlsx"), &options, &dataset, NULL), MTM_OK);
    assert_int_equal(dataset_count(dataset), 9998);
    assert_true(progress.calls >= 2 && progress.last > 0);
    mtm_dataset_free(dataset);
    progress = (seen){0, 0, 0, 1};
    assert_int_equal(mtm_dataset_read(FROM_BYTES(bytes, size, "x.xlsx"), &options, &dataset, NULL),
                     MTM_ERROR_CANCELLED);
    assert_null(dataset);
    free(bytes);
    free(sheet);
}

typedef struct made {
    char *bytes;
    size_t size;
    const char *resource;
} made;

static mtm_status read_made(void *data, mtm_error *err) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_dataset *dataset = NULL;
    made *book = data;
    options.resource = book->resource;
    mtm_status status =
        mtm_dataset_read(FROM_BYTES(book->bytes, book->size, "crossings.xlsx"), &options, &dataset, err);
    mtm_dataset_free(dataset);
    return status;
}

static void failing_memory_leaves_nothing_behind(void **state) {
    made data;
    (void)state;
    data.resource = about;
    data.bytes = workbook_make(&ministry, &data.size);
    assert_survives_failing_memory(read_made, &data);
    free(data.bytes);
}

/* One quarter a sheet, whose name is nowhere but in the tab. */
static const workbook quarters = {
    .sheet = "<sheetData>" ROW("1", TEXT("A1", "citizenship") TEXT("B1", "value"))
        ROW("2", TEXT("A2", "UZB") FIGURE("B2", "1")) "</sheetData>",
    .second = "<sheetData>" ROW("1", TEXT("A1", "citizenship") TEXT("B1", "value"))
        ROW("2", TEXT("A2", "KGZ") FIGURE("B2", "2")) "</sheetData>",
};
#define ALIKE                                                                                                          \
    "{\"name\": \"x\", \"path\": \"x.xlsx\", \"dialect\": {\"sheets\": \"alike\", \"sheetColumn\": \"region\"}, " MTM  \
    ", \"schema\": {\"fields\": [{\"name\": \"value\", \"mtm\": {\"role\": \"value\", \"period\": \"2024-Q1\"}}, "     \
    "{\"name\": \"citizenship\"}, {\"name\": \"region\", \"mtm\": {\"role\": \"dimension\", \"dimension\": "           \
    "\"place\"}}]}}"

static void sheets_that_are_alike_are_one_table(void **state) {
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    (void)state;
    if (read_book(&quarters, "x.xlsx", ALIKE, &dataset, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(dataset_count(dataset), 2);
    assert_int_equal(figure(dataset, "2024-Q1", "UZB", "", 2), 1);
    assert_int_equal(figure(dataset, "2024-Q1", "KGZ", "", 2), 2);
    assert_string_equal(code(dataset, "place", 0), "Лист1");
    mtm_dataset_free(dataset);
}

static void failing_memory_leaves_nothing_of_sheets(void **state) {
    made data;
    (void)state;
    data.resource = ALIKE;
    data.bytes = workbook_make(&quarters, &data.size);
    assert_survives_failing_memory(read_made, &data);
    free(data.bytes);
}

#endif

int main(void) {
#if defined(MTMI_WITH_LIBZIP) && defined(MTMI_WITH_EXPAT)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_of_a_ministry_becomes_a_dataset),
        cmocka_unit_test(cells_are_refused_by_row_and_column),
        cmocka_unit_test(a_workbook_under_another_name_is_told),
        cmocka_unit_test(numbers_and_dates_need_no_declaration),
        cmocka_unit_test(the_resource_chooses_the_sheet),
        cmocka_unit_test(a_check_notes_what_is_hidden),
        cmocka_unit_test(progress_is_told_and_can_stop),
        cmocka_unit_test(failing_memory_leaves_nothing_behind),
        cmocka_unit_test(sheets_that_are_alike_are_one_table),
        cmocka_unit_test(failing_memory_leaves_nothing_of_sheets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
#else
    return 0;
#endif
}
