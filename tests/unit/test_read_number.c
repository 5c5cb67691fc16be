/* The one grammar of numbers: what is read, what stands for no value, what is refused and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/diagnostic.h"
#include "number/number.h"

/* Styles by letters, so that the tables stay readable: g and d are followed by their mark; % bare, w words,
 * p parentheses, f footnotes, c censored, m the declared marks of styled(). */
static char *zero_marks[] = {"-", "нет"};
static char *missing_marks[] = {"-999", "n/k", ""};
static char *not_applicable_marks[] = {"x", "(-)"};
static char *not_available_marks[] = {"...", "?"};

static mtmi_number_style styled(const char *letters) {
    mtmi_number_style style;
    memset(&style, 0, sizeof style);
    for (; *letters != '\0'; letters++) {
        switch (*letters) {
        case 'g': style.group[0] = *++letters; break;
        case 'd': style.decimal[0] = *++letters; break;
        case '%': style.bare = 1; break;
        case 'w': style.words = 1; break;
        case 'p': style.parentheses = 1; break;
        case 'f': style.footnotes = 1; break;
        case 'c': style.censored = 1; break;
        case 'm':
            style.zero = (mtmi_marks){zero_marks, 2};
            style.missing = (mtmi_marks){missing_marks, 3};
            style.not_applicable = (mtmi_marks){not_applicable_marks, 2};
            style.not_available = (mtmi_marks){not_available_marks, 2};
            break;
        default: fail();
        }
    }
    return style;
}

/* clang-format off */
static const struct { const char *cell, *style, *value; int code; } read_table[] = {
    /* plain */
    {"0", "", "0", 0}, {"1\xE2\x80\x8B" "234", "", "1234", 0}, {"\xEF\xBB\xBF" "5", "", "5", 0}, {"5", "", "5", 0}, {"-5", "", "-5", 0}, {"+5", "", "5", 0}, {"-0", "", "0", 0}, {" 42 ", "", "42", 0},
    {"4001714", "", "4001714", 0}, {"9007199254740993", "", "9007199254740993", 0},
    {"9223372036854775807", "", "9223372036854775807", 0}, {"-9223372036854775808", "", "-9223372036854775808", 0},
    {"9223372036854775807.0", "", "9223372036854775807", 0}, {"999999999999999999", "", "999999999999999999", 0},
    /* decimals */
    {"157.2", "", "157.2", 0}, {"157.20", "", "157.20", 0}, {"0.5", "", "0.5", 0}, {"-0.5", "", "-0.5", 0}, {".5", "", "0.5", 0},
    {"12.34", "", "12.34", 0}, {"0.640", "", "0.640", 0}, {".640", "", "0.640", 0}, {"1234.567", "", "1234.567", 0},
    {"0.123456789", "", "0.123456789", 0}, {"0.1234567890", "", "0.123456789", 0}, {"157,2", "", "157.2", 0}, {"0,5", "", "0.5", 0},
    {",5", "", "0.5", 0}, {"0,640", "", "0.640", 0}, {"1234,567", "", "1234.567", 0}, {"12,3456", "", "12.3456", 0}, {"-50,0", "", "-50.0", 0},
    {"6.640", "d.", "6.640", 0}, {"6,640", "d,", "6.640", 0}, {"6,640", "g d,", "6.640", 0}, {"6.640", "g,", "6.640", 0}, {"6,640", "g.", "6.640", 0},
    {"6,640", "g ", "6.640", 0}, {"157\xC2\xB7" "2", "", "", 0},
    /* groups by spaces and apostrophes */
    {"14 256", "", "14256", 0}, {"1 598 656", "", "1598656", 0}, {"1\xC2\xA0" "598\xC2\xA0" "656", "", "1598656", 0},
    {"1\xE2\x80\xAF" "598\xE2\x80\xAF" "656", "", "1598656", 0}, {"1\xE2\x80\x89" "598\xE2\x80\x89" "656", "", "1598656", 0},
    {"1\xE2\x80\x87" "598", "", "1598", 0}, {"1 598\xC2\xA0" "656", "", "1598656", 0}, {"-5 561", "", "-5561", 0}, {"24 876", "", "24876", 0},
    {"1'598'656", "", "1598656", 0}, {"1\xE2\x80\x99" "598", "", "1598", 0}, {"1 234 567,8", "", "1234567.8", 0}, {"1 234 567.8", "", "1234567.8", 0},
    {"1 234,567", "", "1234.567", 0}, {"1 234.567", "", "1234.567", 0}, {"1'234.50", "", "1234.50", 0}, {"100 000", "", "100000", 0},
    {"9 223 372 036 854 775 807", "", "9223372036854775807", 0}, {"1 598", "g,", "1598", 0}, {"1 598", "d,", "1598", 0},
    /* groups by comma and point */
    {"12,34,567", "", "1234567", 0}, {"1,59,656", "g,", "159656", 0}, {"1,23,45,678.5", "", "12345678.5", 0}, /* lakh, crore */
    {"1,234,567", "", "1234567", 0}, {"1.234.567", "", "1234567", 0}, {"1,234.5", "", "1234.5", 0}, {"1.234,5", "", "1234.5", 0},
    {"1,234.567", "", "1234.567", 0}, {"1.234.567,89", "", "1234567.89", 0}, {"1,234,567.89", "", "1234567.89", 0}, {"-1,234,567", "", "-1234567", 0},
    {"6,640", "g,", "6640", 0}, {"6.640", "g.", "6640", 0}, {"6,640.5", "g,d.", "6640.5", 0}, {"6.640,5", "g.d,", "6640.5", 0}, {"6.640", "g.d,", "6640", 0},
    {"1,234,567", "d.", "1234567", 0}, {"1.234.567", "d,", "1234567", 0}, {"999", "g,", "999", 0}, {"157,2", "g.", "157.2", 0}, {"6_640", "g_", "6640", 0},
    {"6_640;5", "g_d;", "6640.5", 0},
    /* notes */
    {"007", "", "7", MTMI_CODE_NUMBER_ZEROS}, {"00", "", "0", MTMI_CODE_NUMBER_ZEROS}, {"\xE2\x88\x92" "5", "", "-5", 0},
    {"\xE2\x80\x93" "5", "", "-5", MTMI_CODE_NUMBER_SIGN}, {"\xE2\x80\x91" "5", "", "-5", MTMI_CODE_NUMBER_SIGN},
    {"１２３", "", "123", MTMI_CODE_NUMBER_DIGITS}, {"١٢٣", "", "123", MTMI_CODE_NUMBER_DIGITS}, {"۱۲۳", "", "123", MTMI_CODE_NUMBER_DIGITS},
    /* declared */
    {"50,0 %", "%", "50.0", 0}, {"50%", "%", "50", 0}, {"50\xC2\xA0%", "%", "50", 0}, {"$157.2", "%", "157.2", 0}, {"-$5", "%", "-5", 0}, {"5 USD", "%", "5", 0},
    {"US$ 5", "%", "5", 0}, {"14 256 чел.", "%", "14256", 0}, {"14 256 человек", "%", "14256", 0}, {"5 ₸", "%", "5", 0}, {"5 теңге", "%", "5", 0},
    {"16,1 тыс.", "w", "16100", 0}, {"16,1 тыс", "w", "16100", 0}, {"6,6 тыс.", "w", "6600", 0}, {"2 млн", "w", "2000000", 0}, {"4 млн 399 тыс.", "w", "4399000", 0},
    {"4 млн 399 тыс. 512", "w", "4399512", 0}, {"1,5 млрд", "w", "1500000000", 0}, {"1.2345 thousand", "w", "1234.5", 0}, {"3 Million", "w", "3000000", 0},
    {"3 мың", "w", "3000", 0}, {"-2,5 млн", "w", "-2500000", 0}, {"5 тыс. чел.", "w%", "5000", 0}, {"42", "w", "42", 0}, {"2млн", "w", "2000000", 0},
    {"(5)", "p", "-5", 0}, {"(1 598)", "p", "-1598", 0}, {"( 5 )", "p", "-5", 0}, {"5", "p", "5", 0}, {"(157,2)", "p", "-157.2", 0},
    {"12*", "f", "12", MTMI_CODE_NUMBER_FOOTNOTE}, {"12 *", "f", "12", MTMI_CODE_NUMBER_FOOTNOTE}, {"12**", "f", "12", MTMI_CODE_NUMBER_FOOTNOTE},
    {"12 1)", "f", "12", MTMI_CODE_NUMBER_FOOTNOTE}, {"12¹", "f", "12", MTMI_CODE_NUMBER_FOOTNOTE}, {"1 598 2)", "f", "1598", MTMI_CODE_NUMBER_FOOTNOTE},
    {"12 [1]", "f", "12", MTMI_CODE_NUMBER_FOOTNOTE}, {"12(1)", "f", "12", MTMI_CODE_NUMBER_FOOTNOTE}, {"12 (sic)", "f", "12", MTMI_CODE_NUMBER_FOOTNOTE},
    {"12 a)", "f", "12", MTMI_CODE_NUMBER_FOOTNOTE}, {"12", "f", "12", 0}, {"-", "m", "0", 0}, {"\xE2\x80\x94", "m", "0", 0}, {"НЕТ", "m", "0", 0}, {"-99", "m", "-99", 0},
};
/* clang-format on */

/* clang-format off */
static const struct { const char *cell, *style; char status; int code; } empty_table[] = {
    {"", "", 'O', 0}, {"   ", "", 'O', 0}, {"\xC2\xA0", "", 'O', 0}, {"...", "", 'L', 0}, {"\xE2\x80\xA6", "", 'L', 0}, {"..", "", 'L', 0},
    {"Not available", "", 'L', 0}, {"нет данных", "", 'L', 0}, {"н/д", "", 'L', 0}, {"мәлімет жоқ", "", 'L', 0}, {"No data", "", 'L', 0},
    {"x", "", 'M', MTMI_CODE_NUMBER_ASSUMED}, {"X", "", 'M', MTMI_CODE_NUMBER_ASSUMED}, {"х", "", 'M', MTMI_CODE_NUMBER_ASSUMED},
    {"Х", "", 'M', MTMI_CODE_NUMBER_ASSUMED}, {"not applicable", "", 'M', 0}, {"confidential", "", 'Q', 0}, {"құпия", "", 'Q', 0},
    {"n/a", "", 'L', MTMI_CODE_NUMBER_ASSUMED}, {"N/A", "", 'L', MTMI_CODE_NUMBER_ASSUMED}, {"NA", "", 'O', MTMI_CODE_NUMBER_ASSUMED},
    {"nan", "", 'O', MTMI_CODE_NUMBER_ASSUMED}, {"NaN", "", 'O', MTMI_CODE_NUMBER_ASSUMED}, {"NULL", "", 'O', MTMI_CODE_NUMBER_ASSUMED},
    {"-999", "m", 'O', 0}, {"n/k", "m", 'O', 0}, {"N/K", "m", 'O', 0}, {"x", "m", 'M', 0}, {"(-)", "m", 'M', 0}, {"?", "m", 'L', 0}, {"...", "m", 'L', 0},
    {"<5", "c", 'Q', 0}, {"< 5", "c", 'Q', 0}, {"≤5", "c", 'Q', 0}, {"менее 5", "c", 'Q', 0}, {"less than 5", "c", 'Q', 0},
};
/* clang-format on */

/* clang-format off */
static const struct { const char *cell, *style; int code; size_t offset; } refused_table[] = {
    /* the mark is in doubt */
    {"6.640", "", MTMI_CODE_NUMBER_AMBIGUOUS, 1}, {"6,640", "", MTMI_CODE_NUMBER_AMBIGUOUS, 1}, {"16.640", "", MTMI_CODE_NUMBER_AMBIGUOUS, 2},
    {"160,640", "", MTMI_CODE_NUMBER_AMBIGUOUS, 3}, {"-6.640", "", MTMI_CODE_NUMBER_AMBIGUOUS, 2}, {"6.640", "d,", MTMI_CODE_NUMBER_AMBIGUOUS, 1},
    {"6,640", "d.", MTMI_CODE_NUMBER_AMBIGUOUS, 1}, {"6.640 %", "%", MTMI_CODE_NUMBER_AMBIGUOUS, 1}, {"6,640 тыс.", "w", MTMI_CODE_NUMBER_AMBIGUOUS, 1},
    /* against the declaration */
    {"157.2", "d,", MTMI_CODE_NUMBER_GROUPS, 3}, {"157,2", "d.", MTMI_CODE_NUMBER_GROUPS, 3}, {"157.2", "g d,", MTMI_CODE_NUMBER_MARK, 3},
    {"157,2", "g,d.", MTMI_CODE_NUMBER_GROUPS, 3}, {"1.234.567", "g,d.", MTMI_CODE_NUMBER_GROUPS, 5}, {"1,234,567", "g d.", MTMI_CODE_NUMBER_MARK, 5},
    {"1.234,5", "g,d.", MTMI_CODE_NUMBER_GROUPS, 5}, {"6;640", "", MTMI_CODE_NUMBER, 1},
    /* groups */
    {"12 34", "", MTMI_CODE_NUMBER_GROUPS, 2}, {"1598 656", "", MTMI_CODE_NUMBER_GROUPS, 4}, {"0 598", "", MTMI_CODE_NUMBER_GROUPS, 1},
    {"1  598", "", MTMI_CODE_NUMBER_GROUPS, 2}, {"1 598'656", "", MTMI_CODE_NUMBER_GROUPS, 5},
    {"1,234 567", "", MTMI_CODE_NUMBER_GROUPS, 5}, {"1,234.567.890", "", MTMI_CODE_NUMBER_GROUPS, 9}, {"1.2.3", "", MTMI_CODE_NUMBER_GROUPS, 3},
    {"5.", "", MTMI_CODE_NUMBER_GROUPS, 1}, {"5,", "", MTMI_CODE_NUMBER_GROUPS, 1}, {"0,598", "g,d.", MTMI_CODE_NUMBER_GROUPS, 1},
    {"1598,656", "g,d.", MTMI_CODE_NUMBER_GROUPS, 4}, {"1 234,567 890", "", MTMI_CODE_NUMBER_GROUPS, 9}, {"1 2 3 4 5 6 7 8 9 0 1 2 3 4", "", MTMI_CODE_NUMBER_GROUPS, 25},
    /* dates made of numbers */
    {"01.07.2024", "", MTMI_CODE_NUMBER_GROUPS, 5}, {"2024-07-01", "", MTMI_CODE_NUMBER_INTERVAL, 4}, {"05.2024", "", MTMI_CODE_NUMBER_ZEROS, 0}, {"1/7/2024", "", MTMI_CODE_NUMBER, 1},
    {"2024-Q2", "", MTMI_CODE_NUMBER_INTERVAL, 4}, {"10:11", "", MTMI_CODE_NUMBER, 2}, {"Apr-24", "", MTMI_CODE_NUMBER, 0},
    /* ranges of the type */
    {"9223372036854775808", "", MTMI_CODE_NUMBER_RANGE, 0}, {"-9223372036854775809", "", MTMI_CODE_NUMBER_RANGE, 1}, {"99999999999999999999", "", MTMI_CODE_NUMBER_RANGE, 0},
    {"0.1234567891", "", MTMI_CODE_NUMBER_RANGE, 0}, {"157.19999999999999", "", MTMI_CODE_NUMBER_RANGE, 0}, {"9223372036854775807.5", "", MTMI_CODE_NUMBER_RANGE, 0},
    {"9223372036854775807 тыс.", "w", MTMI_CODE_NUMBER_RANGE, 0}, {"9 000 000 трлн", "w", 0, 0}, {"10 000 000 трлн", "w", MTMI_CODE_NUMBER_RANGE, 0},
    /* other notations */
    {"1e5", "", MTMI_CODE_NUMBER_EXPONENT, 1}, {"1.5E+05", "", MTMI_CODE_NUMBER_EXPONENT, 3}, {"1E-3", "", MTMI_CODE_NUMBER_EXPONENT, 1}, {"0x1F", "", MTMI_CODE_NUMBER, 1},
    {"inf", "", MTMI_CODE_NUMBER, 0}, {"Infinity", "", MTMI_CODE_NUMBER, 0}, {"\xE2\x88\x9E", "", MTMI_CODE_NUMBER, 0}, {"1/2", "", MTMI_CODE_NUMBER, 1}, {"½", "", MTMI_CODE_NUMBER, 0},
    {"1½", "", MTMI_CODE_NUMBER, 1}, {"true", "", MTMI_CODE_NUMBER, 0}, {"=1+1", "", MTMI_CODE_NUMBER, 0}, {"'5", "", MTMI_CODE_NUMBER_GROUPS, 0}, {"#DIV/0!", "", MTMI_CODE_NUMBER, 0},
    {"#N/A", "", MTMI_CODE_NUMBER, 0}, {"в 3,1 раза", "", MTMI_CODE_NUMBER, 0}, {"five", "", MTMI_CODE_NUMBER, 0}, {"VII", "", MTMI_CODE_NUMBER, 0}, {"Всего", "", MTMI_CODE_NUMBER, 0},
    {"12a", "", MTMI_CODE_NUMBER, 2}, {"12p", "", MTMI_CODE_NUMBER, 2}, {"5k", "w", MTMI_CODE_NUMBER, 1}, {"5M", "w", MTMI_CODE_NUMBER, 1}, {"𝟙𝟚", "", MTMI_CODE_NUMBER, 0}, {"①", "", MTMI_CODE_NUMBER, 0},
    /* letters that look like digits */
    {"1O5", "", MTMI_CODE_NUMBER_LETTER, 1}, {"1О5", "", MTMI_CODE_NUMBER_LETTER, 1}, {"15З", "", MTMI_CODE_NUMBER_LETTER, 2}, {"З5", "", MTMI_CODE_NUMBER_LETTER, 0},
    {"l5", "", MTMI_CODE_NUMBER_LETTER, 0}, {"I5", "", MTMI_CODE_NUMBER_LETTER, 0}, {"old", "", MTMI_CODE_NUMBER, 0}, {"1٢3", "", MTMI_CODE_NUMBER_DIGITS, 1},
    /* signs */
    {"\xE2\x80\x93 5", "", MTMI_CODE_NUMBER_SIGN, 0}, {"\xE2\x80\x94" "5", "", MTMI_CODE_NUMBER_SIGN, 0}, {"- 5", "", MTMI_CODE_NUMBER_SIGN, 0}, {"\xE2\x80\x94 5", "", MTMI_CODE_NUMBER_SIGN, 0},
    {"--5", "", MTMI_CODE_NUMBER, 1}, {"5-", "", MTMI_CODE_NUMBER, 1}, {"+-5", "", MTMI_CODE_NUMBER, 1}, {"-", "", MTMI_CODE_NUMBER_DASH, 0}, {"\xE2\x80\x93", "", MTMI_CODE_NUMBER_DASH, 0},
    {"\xE2\x80\x94", "", MTMI_CODE_NUMBER_DASH, 0}, {"--", "", MTMI_CODE_NUMBER_DASH, 0}, {"(5)", "", MTMI_CODE_NUMBER_PARENTHESES, 0}, {"(5", "p", MTMI_CODE_NUMBER, 0}, {"(-5)", "p", MTMI_CODE_NUMBER, 1}, {"+", "", MTMI_CODE_NUMBER, 1},
    /* undeclared company */
    {"50,0 %", "", MTMI_CODE_NUMBER_AROUND, 5}, {"$5", "", MTMI_CODE_NUMBER_AROUND, 0}, {"5 чел.", "", MTMI_CODE_NUMBER_AROUND, 2}, {"16,1 тыс.", "", MTMI_CODE_NUMBER_WORDS, 0}, {"16,1 тыс.", "%", MTMI_CODE_NUMBER_WORDS, 0},
    {"4 млн 4 млн", "w", MTMI_CODE_NUMBER, 9}, {"4 тыс. 4 млн", "w", MTMI_CODE_NUMBER, 10}, {"4,5 млн 3 тыс.", "w", MTMI_CODE_NUMBER, 11}, {"тыс.", "w", MTMI_CODE_NUMBER, 0}, {"5 тыс. тонн", "w%", MTMI_CODE_NUMBER, 10},
    {"5 км", "%", MTMI_CODE_NUMBER, 2}, {"12*", "", MTMI_CODE_NUMBER_FOOTNOTE, 2}, {"12 1)", "", MTMI_CODE_NUMBER_FOOTNOTE, 3}, {"12²", "", MTMI_CODE_NUMBER_FOOTNOTE, 2}, {"121)", "f", MTMI_CODE_NUMBER, 3}, {"12 345)", "f", MTMI_CODE_NUMBER, 6},
    {"*", "f", MTMI_CODE_NUMBER, 0}, {"1)", "f", MTMI_CODE_NUMBER, 1}, {"<5", "", MTMI_CODE_NUMBER_CENSORED, 0}, {">100", "c", MTMI_CODE_NUMBER_CENSORED, 0}, {"более 100", "c", MTMI_CODE_NUMBER_CENSORED, 0},
    {"<", "c", MTMI_CODE_NUMBER, 0}, {"< 5 000", "c", MTMI_CODE_NUMBER_CENSORED, 0}, {"~5", "", MTMI_CODE_NUMBER_CENSORED, 0}, {"5-7", "", MTMI_CODE_NUMBER_INTERVAL, 1}, {"5\xE2\x80\x93" "7", "", MTMI_CODE_NUMBER_INTERVAL, 1}, {"5 - 7", "", MTMI_CODE_NUMBER_INTERVAL, 2},
    /* invisible */
    {"\xE2\x80\x8E" "5", "", MTMI_CODE_NUMBER, 0}, {"1\t598", "", MTMI_CODE_NUMBER, 1}, {"1\n598", "", MTMI_CODE_NUMBER, 1}, {".", "", MTMI_CODE_NUMBER, 0}, {",", "", MTMI_CODE_NUMBER, 0}, {"c", "", MTMI_CODE_NUMBER, 0}, {":", "", MTMI_CODE_NUMBER, 0},
};
/* clang-format on */

static void cells_are_read(void **state) {
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof read_table / sizeof *read_table; i++) {
        char text[40] = "";
        mtmi_number_style style = styled(read_table[i].style);
        mtmi_number number;
        int outcome = read_table[i].code ? MTMI_NUMBER_NOTE : MTMI_NUMBER_OK;
        mtmi_number_read(read_table[i].cell, strlen(read_table[i].cell), &style, &number);
        mtm_decimal_describe(number.value, text, sizeof text);
        if (read_table[i].value[0] == '\0') {
            outcome = MTMI_NUMBER_BAD;
        }
        if ((int)number.outcome != outcome ||
            (outcome != MTMI_NUMBER_BAD &&
             (strcmp(text, read_table[i].value) != 0 || number.code != read_table[i].code || number.status != 'A'))) {
            print_error("\"%s\" [%s]: outcome %d, \"%s\", code %d\n", read_table[i].cell, read_table[i].style,
                        (int)number.outcome, text, number.code);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void marks_stand_for_no_value(void **state) {
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof empty_table / sizeof *empty_table; i++) {
        mtmi_number_style style = styled(empty_table[i].style);
        mtmi_number number;
        mtmi_number_read(empty_table[i].cell, strlen(empty_table[i].cell), &style, &number);
        if (number.outcome != MTMI_NUMBER_EMPTY || number.status != empty_table[i].status ||
            number.code != empty_table[i].code) {
            print_error("\"%s\" [%s]: outcome %d, status %c, code %d\n", empty_table[i].cell, empty_table[i].style,
                        (int)number.outcome, number.status ? number.status : ' ', number.code);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void cells_are_refused(void **state) {
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof refused_table / sizeof *refused_table; i++) {
        mtmi_number_style style = styled(refused_table[i].style);
        mtmi_number number;
        int outcome = refused_table[i].code ? MTMI_NUMBER_BAD : MTMI_NUMBER_OK;
        mtmi_number_read(refused_table[i].cell, strlen(refused_table[i].cell), &style, &number);
        if ((int)number.outcome != outcome || number.code != refused_table[i].code ||
            (outcome == MTMI_NUMBER_BAD && (number.offset != refused_table[i].offset || number.expected == NULL))) {
            print_error("\"%s\" [%s]: outcome %d, code %d at %zu: %s\n", refused_table[i].cell, refused_table[i].style,
                        (int)number.outcome, number.code, number.offset, number.expected ? number.expected : "");
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void a_cell_says_what_it_proves(void **state) {
    /* clang-format off */
    static const struct { const char *cell; unsigned proves; } table[] = {
        {"157.2", MTMI_NUMBER_DECIMAL_POINT}, {"157,2", MTMI_NUMBER_DECIMAL_COMMA}, {"1.234.567", MTMI_NUMBER_GROUP_POINT},
        {"1,234,567", MTMI_NUMBER_GROUP_COMMA}, {"1,234.5", MTMI_NUMBER_GROUP_COMMA | MTMI_NUMBER_DECIMAL_POINT},
        {"1.234,5", MTMI_NUMBER_GROUP_POINT | MTMI_NUMBER_DECIMAL_COMMA}, {"1 234,5", MTMI_NUMBER_DECIMAL_COMMA},
        {"6.640", MTMI_NUMBER_GROUP_POINT | MTMI_NUMBER_DECIMAL_POINT}, {"1 598", 0}, {"42", 0}, {"x", 0}, {"1.2.3", 0},
    };
    /* clang-format on */
    mtmi_number_style style = styled("");
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        mtmi_number number;
        mtmi_number_read(table[i].cell, strlen(table[i].cell), &style, &number);
        assert_int_equal(number.proves, table[i].proves);
    }
}

static void hints_say_how_to_fix(void **state) {
    mtmi_number_style style = styled("");
    mtmi_number number;
    (void)state;
    mtmi_number_read("6.640", 5, &style, &number);
    assert_string_equal(number.expected, "a mark that is proven to group thousands or to begin decimals");
    assert_string_equal(number.hint, "declare groupChar or decimalChar");
    mtmi_number_read("-", 1, &style, &number);
    assert_string_equal(number.hint, "say what it means here: zero, notApplicable, notAvailable or missingValues");
    mtmi_number_read("16,1 тыс.", strlen("16,1 тыс."), &style, &number);
    assert_string_equal(number.hint, "declare words if thousand, million, billion multiply the digits");
}

static void long_cells_end_quickly(void **state) {
    static char text[1 << 20];
    static const char *const fills[] = {"7", "0", "1 ", "a", "т", "1,", "тыс. ", "-", "*", "1)", "%"};
    mtmi_number_style style = styled("wf%pcm");
    (void)state;
    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++) {
        size_t n = strlen(fills[i]);
        mtmi_number number;
        for (size_t at = 0; at + n <= sizeof text; at += n) {
            memcpy(text + at, fills[i], n);
        }
        mtmi_number_read(text, sizeof text / n * n, &style, &number);
        assert_int_equal(number.outcome, MTMI_NUMBER_BAD);
    }
    memset(text, '7', 400);
    {
        mtmi_number number;
        mtmi_number_read(text, 400, &style, &number);
        assert_int_equal(number.code, MTMI_CODE_NUMBER_RANGE);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_read),       cmocka_unit_test(marks_stand_for_no_value),
        cmocka_unit_test(cells_are_refused),    cmocka_unit_test(a_cell_says_what_it_proves),
        cmocka_unit_test(hints_say_how_to_fix), cmocka_unit_test(long_cells_end_quickly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
