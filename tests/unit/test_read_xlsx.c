/* Workbooks as rows: every kind of cell, merged headers, and archives made to do harm. */
#include "failing.h"

#include "base/source.h"
#include "read/xlsx/xlsx_rows.h"
#include "read/xlsx/xlsx_styles.h"
#include "read/xlsx/xlsx_text.h"

#if defined(MTMI_WITH_LIBZIP) && defined(MTMI_WITH_EXPAT)

#include "workbook.h"

static const mtmi_limits usual = {1 << 20, 1 << 24, 4096, 1u << 30, 0};

/* All rows as text: number, then cells joined by "|", blank rows left out; the error's message where there is one. */
static const char *rows_of_bytes(const char *bytes, size_t size, const char *sheet, const mtmi_limits *limits,
                                 mtm_status expected) {
    static char text[65536];
    static mtm_error err;
    mtmi_source *source = NULL;
    mtmi_rows *rows = NULL;
    mtmi_row row;
    int got = 1;
    size_t at = 0;
    text[0] = '\0';
    memset(&err, 0, sizeof err);
    assert_int_equal(mtmi_source_memory(bytes, size, "book.xlsx", &source, NULL), MTM_OK);
    mtm_status status = mtmi_xlsx_rows_open(sheet, source, limits, NULL, &rows, &err);
    for (int64_t line = 1; status == MTM_OK; line++) {
        status = rows->next(rows, &row, &got, &err);
        if (status != MTM_OK || !got) {
            break;
        }
        assert_int_equal(row.line, line);
        if (row.n_cells == 0) {
            continue;
        }
        at += (size_t)sprintf(text + at, "%s%lld", at > 0 ? "\n" : "", (long long)row.line);
        for (size_t i = 0; i < row.n_cells; i++) {
            at += (size_t)sprintf(text + at, "|%.*s", (int)row.cells[i].length, row.cells[i].text);
        }
    }
    if (rows != NULL) {
        rows->free(rows);
    }
    mtmi_source_free(source);
    assert_int_equal(status, expected);
    return status == MTM_OK ? text : err.message;
}

static const char *rows_of(const workbook *book, const char *sheet, mtm_status expected) {
    size_t size = 0;
    char *bytes = workbook_make(book, &size);
    const char *text = rows_of_bytes(bytes, size, sheet, &usual, expected);
    free(bytes);
    return text;
}

static const char *sheet_of(const char *sheet, mtm_status expected) {
    workbook book = {.sheet = sheet};
    return rows_of(&book, NULL, expected);
}

/* ---- values ---- */

static void numbers_are_what_the_sheet_shows(void **state) {
    /* clang-format off */
    static const struct { const char *stored; mtmi_shown shown; int from_1904; const char *text; } table[] = {
        {"157.2", MTMI_SHOWN_NUMBER, 0, "157.2"}, {"0.30000000000000004", MTMI_SHOWN_NUMBER, 0, "0.3"},
        {"4001714", MTMI_SHOWN_NUMBER, 0, "4001714"}, {"12345678901234567", MTMI_SHOWN_NUMBER, 0, "12345678901234567"},
        {"1.2345678901234567E+16", MTMI_SHOWN_NUMBER, 0, "12345678901234600"}, {"1E-3", MTMI_SHOWN_NUMBER, 0, "0.001"},
        {"-1.5E2", MTMI_SHOWN_NUMBER, 0, "-150"}, {"0.99999999999999999", MTMI_SHOWN_NUMBER, 0, "1"},
        {"99999999999999.999", MTMI_SHOWN_NUMBER, 0, "100000000000000"}, {"-0", MTMI_SHOWN_NUMBER, 0, "0"},
        {"0.0", MTMI_SHOWN_NUMBER, 0, "0"}, {"007", MTMI_SHOWN_NUMBER, 0, "7"}, {"1.50", MTMI_SHOWN_NUMBER, 0, "1.5"},
        {"33.449979999999996", MTMI_SHOWN_NUMBER, 0, "33.44998"}, {"1E+300", MTMI_SHOWN_NUMBER, 0, "1E+300"},
        {"1E-300", MTMI_SHOWN_NUMBER, 0, "1E-300"}, {"1E+99999", MTMI_SHOWN_NUMBER, 0, "1E+99999"},
        {"abc", MTMI_SHOWN_NUMBER, 0, "abc"}, {"1.2.3", MTMI_SHOWN_NUMBER, 0, "1.2.3"}, {"", MTMI_SHOWN_NUMBER, 0, ""},
        {"25387", MTMI_SHOWN_THOUSANDS, 0, "25.387"}, {"-5", MTMI_SHOWN_THOUSANDS, 0, "-0.005"},
        {"0", MTMI_SHOWN_MILLIONS, 0, "0"}, {"25387000", MTMI_SHOWN_MILLIONS, 0, "25.387"}, {"7", MTMI_SHOWN_BILLIONS, 0, "0.000000007"},
        {"0.345", MTMI_SHOWN_PERCENT, 0, "34.5%"}, {"1", MTMI_SHOWN_PERCENT, 0, "100%"}, {"0", MTMI_SHOWN_PERCENT, 0, "0%"},
        {"0.34499999999999997", MTMI_SHOWN_PERCENT, 0, "34.5%"}, {"-0.067", MTMI_SHOWN_PERCENT, 0, "-6.7%"},
        {"45474", MTMI_SHOWN_DATE, 0, "2024-07-01"}, {"45474.5", MTMI_SHOWN_DATE, 0, "2024-07-01T12:00:00"},
        {"45473.999999999996", MTMI_SHOWN_DATE, 0, "2024-07-01"}, {"1", MTMI_SHOWN_DATE, 0, "1900-01-01"},
        {"59", MTMI_SHOWN_DATE, 0, "1900-02-28"}, {"60", MTMI_SHOWN_DATE, 0, "1900-02-29"}, {"61", MTMI_SHOWN_DATE, 0, "1900-03-01"},
        {"0.5", MTMI_SHOWN_DATE, 0, "0.5"}, {"-3", MTMI_SHOWN_DATE, 0, "-3"}, {"2958465", MTMI_SHOWN_DATE, 0, "9999-12-31"},
        {"2958466", MTMI_SHOWN_DATE, 0, "2958466"}, {"44012", MTMI_SHOWN_DATE, 1, "2024-07-01"}, {"0", MTMI_SHOWN_DATE, 1, "1904-01-01"},
        {"45473", MTMI_SHOWN_MONTH, 0, "2024-06"}, {"45292", MTMI_SHOWN_YEAR, 0, "2024"},
        {"0.25", MTMI_SHOWN_TIME, 0, "06:00:00"}, {"1.5", MTMI_SHOWN_TIME, 0, "36:00:00"}, {"0.000011574", MTMI_SHOWN_TIME, 0, "00:00:01"},
    };
    /* clang-format on */
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        mtmi_buffer buffer = MTMI_BUFFER_INIT;
        mtmi_xlsx_value(table[i].stored, strlen(table[i].stored), table[i].shown, table[i].from_1904, &buffer);
        assert_string_equal(buffer.data != NULL ? buffer.data : "", table[i].text);
        mtmi_buffer_free(&buffer);
    }
}

static void formats_tell_dates_from_figures(void **state) {
    /* clang-format off */
    static const struct { const char *code; mtmi_shown shown; } table[] = {
        {"#,##0.0,", MTMI_SHOWN_THOUSANDS}, {"#,##0,.0", MTMI_SHOWN_THOUSANDS}, {"0,,\" mln\"", MTMI_SHOWN_MILLIONS},
        {"# ##0,,,", MTMI_SHOWN_BILLIONS}, {"#,###", MTMI_SHOWN_NUMBER}, {"#,##0;-#,##0,", MTMI_SHOWN_NUMBER},
        {"General", MTMI_SHOWN_NUMBER}, {"#,##0.00", MTMI_SHOWN_NUMBER}, {"0.00E+00", MTMI_SHOWN_NUMBER}, {"@", MTMI_SHOWN_NUMBER},
        {"0.0%", MTMI_SHOWN_PERCENT}, {"#,##0 [$₸-43F]", MTMI_SHOWN_NUMBER}, {"#,##0\\ \"дней\"", MTMI_SHOWN_NUMBER},
        {"[Red]-0;0", MTMI_SHOWN_NUMBER}, {"0\" y\"", MTMI_SHOWN_NUMBER}, {"dd.mm.yyyy", MTMI_SHOWN_DATE}, {"yyyy-mm-dd", MTMI_SHOWN_DATE},
        {"[$-419]d mmmm yyyy\\ \"г.\";@", MTMI_SHOWN_DATE}, {"mmmm yyyy", MTMI_SHOWN_MONTH}, {"[$-FC19]mmm yy", MTMI_SHOWN_MONTH},
        {"yyyy", MTMI_SHOWN_YEAR}, {"h:mm", MTMI_SHOWN_TIME}, {"[h]:mm:ss", MTMI_SHOWN_TIME}, {"[mm]:ss", MTMI_SHOWN_TIME},
        {"h AM/PM", MTMI_SHOWN_TIME}, {"dd.mm.yyyy h:mm", MTMI_SHOWN_DATE}, {"0;yyyy", MTMI_SHOWN_NUMBER}, {"\"unclosed yyyy", MTMI_SHOWN_NUMBER},
        {"[unclosed", MTMI_SHOWN_NUMBER}, {"_-* #,##0_-", MTMI_SHOWN_NUMBER}, {"\\", MTMI_SHOWN_NUMBER},
    };
    /* clang-format on */
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_int_equal(mtmi_format_shown(table[i].code), table[i].shown);
    }
    assert_int_equal(mtmi_format_builtin(14), MTMI_SHOWN_DATE);
    assert_int_equal(mtmi_format_builtin(17), MTMI_SHOWN_MONTH);
    assert_int_equal(mtmi_format_builtin(10), MTMI_SHOWN_PERCENT);
    assert_int_equal(mtmi_format_builtin(3), MTMI_SHOWN_NUMBER);
}

static void every_kind_of_cell_is_read(void **state) {
    workbook book = {
        .strings =
            "<si><t>Узбекистан</t></si><si><r><t>Росс</t></r><r><rPr><b/></rPr><t xml:space='preserve'>ия </t></r>"
            "<rPh sb='0' eb='1'><t>phonetic</t></rPh></si><si><t>a_x000D_b_x005F_x</t></si>",
        .styles = "<numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy'/></numFmts><cellStyleXfs><xf numFmtId='14'/>"
                  "</cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='10'/></cellXfs>",
        .sheet = "<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' "
                 "t='s'><v>2</v></c></row>"
                 "<row r='2'><c r='A2' t='inlineStr'><is><t>in</t><r><t>line</t></r><rPh><t>no</t></rPh></is></c>"
                 "<c r='B2' t='b'><v>1</v></c><c r='C2' t='e'><v>#DIV/0!</v></c></row>"
                 "<row r='4'><c r='A4'><f>SUM(A1)</f><v>12.5</v></c><c r='B4' t='str'><f>A1</f><v>text</v></c>"
                 "<c r='C4'><f>B1*2</f></c></row>"
                 "<row><c s='1'><v>45474</v></c><c s='2'><v>0.5</v></c><c s='0'><v>7</v></c></row>"
                 "<row r='6'><c r='A6' s='1'/><c r='B6' t='str'><f>\"\"</f><v></v></c></row>"
                 "<row r='7'><c r='B7' t='d'><v>2024-06-30</v></c></row></sheetData>"};
    (void)state;
    assert_string_equal(rows_of(&book, NULL, MTM_OK),
                        "1|Узбекистан|Россия |a b_x\n2|inline|TRUE|#DIV/0!\n4|12.5|text|=B1*2\n"
                        "5|2024-07-01|50%|7\n7||2024-06-30|");
}

static void dates_may_count_from_1904(void **state) {
    workbook book = {.properties = "date1904='1'",
                     .styles = "<cellXfs><xf/><xf numFmtId='14'/></cellXfs>",
                     .sheet = "<sheetData><row r='1'><c r='A1' s='1'><v>44012</v></c></row></sheetData>"};
    (void)state;
    assert_string_equal(rows_of(&book, NULL, MTM_OK), "1|2024-07-01");
}

/* ---- sheets ---- */

static void a_sheet_is_chosen_by_name_or_number(void **state) {
    workbook book = {.sheet = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>",
                     .second = "<sheetData><row r='1'><c r='A1'><v>2</v></c></row></sheetData>"};
    (void)state;
    assert_string_equal(rows_of(&book, NULL, MTM_OK), "1|1");
    assert_string_equal(rows_of(&book, "2", MTM_OK), "1|2");
    assert_string_equal(rows_of(&book, "Второй лист", MTM_OK), "1|2");
    assert_string_equal(rows_of(&book, "ВТОРОЙ  ЛИСТ", MTM_OK), "1|2");
    assert_string_equal(rows_of(&book, "3", MTM_ERROR_SCHEMA),
                        "found no sheet of cells \"3\", expected one of: Лист1, Второй лист");
    book.states[0] = "state='hidden'";
    assert_string_equal(rows_of(&book, NULL, MTM_OK), "1|2");
    assert_string_equal(rows_of(&book, "1", MTM_OK), "1|1");
    book.states[1] = "state='veryHidden'";
    assert_non_null(strstr(rows_of(&book, NULL, MTM_ERROR_STRUCTURE), "found no sheet of cells that is not hidden"));
}

/* ---- merged cells ---- */

#define TEXT(place, text) "<c r='" place "' t='inlineStr'><is><t>" text "</t></is></c>"
#define FIGURE(place, figure) "<c r='" place "'><v>" figure "</v></c>"
#define ROW(number, cells) "<row r='" number "'>" cells "</row>"

static void merged_headers_name_every_column(void **state) {
    (void)state;
    assert_string_equal(
        sheet_of("<sheetData>" ROW("1", TEXT("A1", "Прибывшие и выбывшие"))
                     ROW("3", TEXT("A3", "Страна") FIGURE("B3", "2023") TEXT("D3", "2024 год")) ROW(
                         "4", TEXT("B4", "прибыло") TEXT("C4", "выбыло") TEXT("D4", "прибыло") TEXT("E4", "выбыло"))
                         ROW("5", TEXT("A5", "Узбекистан") FIGURE("B5", "10") FIGURE("C5", "20") FIGURE("D5", "30")
                                      FIGURE("E5", "40")) "</sheetData><mergeCells><mergeCell ref='D3:E3'/><mergeCell "
                                                          "ref='A1:E1'/><mergeCell ref='B3:C3'/>"
                                                          "<mergeCell ref='A3:A4'/></mergeCells>",
                 MTM_OK),
        "1|Прибывшие и выбывшие||||\n3|Страна|2023|2023|2024 год|2024 год\n4||прибыло|выбыло|прибыло|выбыло\n"
        "5|Узбекистан|10|20|30|40");
}

static void merged_labels_stand_beside_each_of_their_rows(void **state) {
    (void)state;
    assert_string_equal(
        sheet_of("<sheetData>" ROW("1", TEXT("A1", "Регион") TEXT("B1", "Пол") TEXT("C1", "Всего"))
                     ROW("2", TEXT("A2", "Алматы") TEXT("B2", "мужчины") FIGURE("C2", "5")) ROW(
                         "3", TEXT("B3", "женщины") FIGURE("C3", "6")) ROW("4", TEXT("A4", "Итого") FIGURE("C4", "11"))
                         ROW("5", TEXT("B5", "x")) "</sheetData><mergeCells><mergeCell ref='A2:A3'/><mergeCell "
                                                   "ref='A4:B4'/><mergeCell ref='C4:C5'/></mergeCells>",
                 MTM_OK),
        "1|Регион|Пол|Всего\n2|Алматы|мужчины|5\n3|Алматы|женщины|6\n4|Итого|Итого|11\n5||x|");
}

static void merges_that_overlap_or_make_no_sense_do_no_harm(void **state) {
    (void)state;
    assert_string_equal(
        sheet_of(
            "<sheetData>" ROW("1", TEXT("A1", "a") TEXT("C1", "c")) ROW("2", TEXT("A2", "l") FIGURE("B2", "1")) ROW(
                "3",
                FIGURE("B3",
                       "2")) "</sheetData><mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='A1:B2'/><mergeCell "
                             "ref='A2:A9'/>"
                             "<mergeCell ref='A2:B9'/><mergeCell ref='B9:A1'/><mergeCell ref='x'/><mergeCell ref='A1'/>"
                             "<mergeCell ref='C1:XFD1048576'/></mergeCells>",
            MTM_OK),
        "1|a|a|c\n2|l|1|\n3|l|2|");
}

/* ---- harm ---- */

static void what_is_no_workbook_is_named(void **state) {
    workbook book = {.sheet = "", .extra_name = "META-INF/manifest.xml", .extra = "x"};
    size_t size = 0;
    char *bytes = workbook_make(&book, &size);
    (void)state;
    assert_non_null(
        strstr(rows_of_bytes("PK\3\4 and no more", 16, NULL, &usual, MTM_ERROR_STRUCTURE), "damaged or incomplete"));
    assert_non_null(strstr(rows_of_bytes(bytes, size / 2, NULL, &usual, MTM_ERROR_STRUCTURE), "damaged or incomplete"));
    for (size_t i = 0; i + 19 < size; i++) { /* the name of the part, where it stands and in the directory */
        if (memcmp(bytes + i, "[Content_Types].xml", 19) == 0) {
            bytes[i] = 'X';
        }
    }
    assert_non_null(strstr(rows_of_bytes(bytes, size, NULL, &usual, MTM_ERROR_STRUCTURE), "an OpenDocument file"));
    free(bytes);
}

static void every_cut_of_a_workbook_is_refused(void **state) {
    workbook book = {.sheet = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>"};
    size_t size = 0;
    char *bytes = workbook_make(&book, &size);
    (void)state;
    for (size_t n = 0; n < size; n += 7) {
        char *cut = malloc(n + 1);
        memcpy(cut, bytes, n);
        rows_of_bytes(cut, n, NULL, &usual, MTM_ERROR_STRUCTURE);
        free(cut);
    }
    free(bytes);
}

static void entities_are_refused(void **state) {
    workbook book = {.prolog = "<!DOCTYPE worksheet [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c "
                               "SYSTEM 'file:///etc/passwd'>]>",
                     .sheet =
                         "<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>&b;&c;</t></is></c></row></sheetData>"};
    (void)state;
    assert_non_null(strstr(rows_of(&book, NULL, MTM_ERROR_STRUCTURE), "DOCTYPE"));
}

static void bombs_are_stopped(void **state) {
    size_t n = 8u << 20, size = 0;
    char *sheet = malloc(n + 1);
    workbook book = {.sheet = sheet};
    mtmi_limits small = usual;
    (void)state;
    memset(sheet, ' ', n);
    sheet[n] = '\0';
    char *bytes = workbook_make(&book, &size);
    assert_non_null(strstr(rows_of_bytes(bytes, size, NULL, &usual, MTM_ERROR_LIMIT), "max_expansion"));
    free(bytes);
    for (size_t i = 0; i < n; i++) {
        sheet[i] = (char)('a' + (i * 2654435761u >> 13) % 26);
    }
    bytes = workbook_make(&book, &size);
    small.max_expansion = 1 << 20;
    assert_non_null(strstr(rows_of_bytes(bytes, size, NULL, &small, MTM_ERROR_LIMIT), "max_expansion"));
    assert_string_equal(rows_of_bytes(bytes, size, NULL, &usual, MTM_OK), "");
    free(bytes);
    free(sheet);
}

static void deep_nesting_is_refused(void **state) {
    char sheet[1200] = "";
    (void)state;
    for (int i = 0; i < 150; i++) {
        strcat(sheet, "<a>");
    }
    assert_non_null(strstr(sheet_of(sheet, MTM_ERROR_LIMIT), "nested more than 100 deep"));
}

static void malformed_sheets_are_refused(void **state) {
    static const struct {
        const char *sheet;
        mtm_status status;
        const char *message;
    } table[] = {
        {"<sheetData><row r='1'><c r='A1'><v>1</v></row>", MTM_ERROR_STRUCTURE,
         "not well formed in part \"xl/worksheets/sheet1.xml\", line 1"},
        {"<sheetData><row r='2'><c><v>1</v></c></row><row r='2'/></sheetData>", MTM_ERROR_STRUCTURE, "do not rise"},
        {"<sheetData><row r='0'/></sheetData>", MTM_ERROR_STRUCTURE, "do not rise"},
        {"<sheetData><row r='1048577'/></sheetData>", MTM_ERROR_LIMIT, "1048576"},
        {"<sheetData><row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row></sheetData>", MTM_ERROR_STRUCTURE,
         "order"},
        {"<sheetData><row r='1'><c r='A2'><v>1</v></c></row></sheetData>", MTM_ERROR_STRUCTURE, "order"},
        {"<sheetData><row r='1'><c r='XFE1'><v>1</v></c></row></sheetData>", MTM_ERROR_STRUCTURE, "order"},
        {"<sheetData><row r='1'><c r='XFD1'><v>1</v></c></row></sheetData>", MTM_ERROR_LIMIT, "max_columns"},
        {"<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row></sheetData>", MTM_ERROR_STRUCTURE, "shared text"},
        {"<sheetData><row r='1'><c r='A1' t='s'><v>99999999999999999999</v></c></row></sheetData>", MTM_ERROR_STRUCTURE,
         "shared text"},
        {"<sheetData><row r='1'><c r='A1' s='-1'><v>5</v></c></row></sheetData>", MTM_OK, "1|5"},
        {"<sheetData><c r='A1'><v>5</v></c></sheetData>", MTM_OK, ""},
        {"", MTM_OK, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_non_null(strstr(sheet_of(table[i].sheet, table[i].status), table[i].message));
    }
}

static void limits_of_cells_and_rows_hold(void **state) {
    workbook book = {.sheet = "<sheetData>" ROW("1", TEXT("A1", "0123456789") TEXT("B1", "0123456789")) "</sheetData>"};
    mtmi_limits small = usual;
    size_t size = 0;
    char *bytes = workbook_make(&book, &size);
    (void)state;
    small.max_field = 9;
    assert_non_null(strstr(rows_of_bytes(bytes, size, NULL, &small, MTM_ERROR_LIMIT), "max_field"));
    small.max_field = 10;
    small.max_record = 19;
    assert_non_null(strstr(rows_of_bytes(bytes, size, NULL, &small, MTM_ERROR_LIMIT), "max_record"));
    small.max_record = 20;
    assert_string_equal(rows_of_bytes(bytes, size, NULL, &small, MTM_OK), "1|0123456789|0123456789");
    free(bytes);
}

static void two_parts_of_one_name_are_refused(void **state) {
    workbook book = {.sheet = "<sheetData/>", .extra_name = "XL/Worksheets/Sheet1.xml", .extra = "<x/>"};
    (void)state;
    assert_non_null(strstr(rows_of(&book, NULL, MTM_ERROR_STRUCTURE), "several parts \"xl/worksheets/sheet1.xml\""));
}

typedef struct made {
    char *bytes;
    size_t size;
} made;

static mtm_status read_all(void *data, mtm_error *err) {
    made *book = data;
    mtmi_source *source = NULL;
    mtmi_rows *rows = NULL;
    mtmi_row row;
    int got = 1;
    mtm_status status = mtmi_source_memory(book->bytes, book->size, "book.xlsx", &source, err);
    if (status == MTM_OK) {
        status = mtmi_xlsx_rows_open(NULL, source, &usual, NULL, &rows, err);
    }
    while (status == MTM_OK && got) {
        status = rows->next(rows, &row, &got, err);
    }
    if (rows != NULL) {
        rows->free(rows);
    }
    mtmi_source_free(source);
    return status;
}

static void failing_memory_leaves_nothing_behind(void **state) {
    workbook book = {
        .strings = "<si><t>Узбекистан</t></si>",
        .styles =
            "<numFmts><numFmt numFmtId='164' formatCode='yyyy'/></numFmts><cellXfs><xf/><xf numFmtId='164'/></cellXfs>",
        .sheet = "<sheetData>" ROW("1", TEXT("A1", "a") TEXT("C1", "c"))
            ROW("2", TEXT("A2", "l") "<c r='B2' s='1'><v>45474</v></c>")
                ROW("3", TEXT("A3", "m") "<c r='C3' t='s'><v>0</v></c>" FIGURE(
                             "D3", "1")) "</sheetData>"
                                         "<mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='A3:B4'/></mergeCells>"};
    made data;
    (void)state;
    data.bytes = workbook_make(&book, &data.size);
    assert_survives_failing_memory(read_all, &data);
    free(data.bytes);
}

#endif

int main(void) {
#if defined(MTMI_WITH_LIBZIP) && defined(MTMI_WITH_EXPAT)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_what_the_sheet_shows),
        cmocka_unit_test(formats_tell_dates_from_figures),
        cmocka_unit_test(every_kind_of_cell_is_read),
        cmocka_unit_test(dates_may_count_from_1904),
        cmocka_unit_test(a_sheet_is_chosen_by_name_or_number),
        cmocka_unit_test(merged_headers_name_every_column),
        cmocka_unit_test(merged_labels_stand_beside_each_of_their_rows),
        cmocka_unit_test(merges_that_overlap_or_make_no_sense_do_no_harm),
        cmocka_unit_test(what_is_no_workbook_is_named),
        cmocka_unit_test(every_cut_of_a_workbook_is_refused),
        cmocka_unit_test(entities_are_refused),
        cmocka_unit_test(bombs_are_stopped),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(malformed_sheets_are_refused),
        cmocka_unit_test(limits_of_cells_and_rows_hold),
        cmocka_unit_test(two_parts_of_one_name_are_refused),
        cmocka_unit_test(failing_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
#else
    return 0;
#endif
}
