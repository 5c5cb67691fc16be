/* Reads digits with marks that group them or begin the decimals. A text that has two readings is refused: nothing is
 * taken by likelihood. */
#include "base/text.h"
#include "base/diagnostic.h"
#include "number/mistyped.h"
#include "number/number_internal.h"

#include <string.h>

enum { RUNS = 12, DIGITS = 64, DECIMALS_MAX = 9 };

/* Runs of digits and the marks between them: "1 234,5" is three runs and two marks, ' ' and ','. */
typedef struct layout {
    char digits[DIGITS];
    size_t n_digits;      /* counted on beyond what digits holds */
    size_t run[RUNS + 1]; /* length of each run */
    char mark[RUNS];      /* ' ' any space, '\'' any apostrophe, ',', '.', 'G' and 'D' other declared marks */
    size_t mark_at[RUNS]; /* byte of each mark */
    size_t n_marks;
    size_t script; /* first character of the script of the digits; 0 none yet */
} layout;

static const uint32_t scripts[] = {'0', 0x0660, 0x06F0, 0x0966, 0xFF10};

/* The value of a digit of a script that counts in tens, or -1. */
static int digit_of(uint32_t c, size_t *script) {
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        if (c >= scripts[i] && c <= scripts[i] + 9) {
            *script = i + 1;
            return (int)(c - scripts[i]);
        }
    }
    return -1;
}

static int is_text(mtmi_slice at, const char *text) {
    size_t n = strlen(text);
    return n > 0 && n <= at.length && memcmp(at.text, text, n) == 0;
}

/* Declared marks may be of several bytes; all kinds of spaces are one mark. */
static char mark_of(mtmi_slice at, const mtmi_number_style *style, size_t *bytes) {
    uint32_t c = mtmi_text_decode(at.text, at.length, bytes);

    if (c == ',' || c == '.') {
        return (char)c;
    }
    if (c == '\'' || c == 0x2019) {
        return '\'';
    }
    if (c == 0x066C || c == 0x066B) { /* the Arabic marks have one meaning each */
        return c == 0x066C ? 'G' : 'D';
    }
    if (c == 0x060C) {
        return ',';
    }
    if (c != '\t' && c != '\n' && c != '\r' && mtmi_text_is_space(c)) {
        return ' ';
    }
    if (is_text(at, style->group)) {
        *bytes = strlen(style->group);
        return 'G';
    }
    if (is_text(at, style->decimal)) {
        *bytes = strlen(style->decimal);
        return 'D';
    }
    return '\0';
}

static int is_plain_digit(char c) {
    return c >= '0' && c <= '9';
}

/* What a character in the place of a digit tells about the mistake. */
static void refuse_character(mtmi_slice all, size_t at, mtmi_number *out) {
    char digit;
    size_t bytes = 1;
    mtmi_slice here = mtmi_slice_from(all, at);
    uint32_t c = mtmi_text_decode(here.text, here.length, &bytes);
    int after_digit = at > 0 && is_plain_digit(all.text[at - 1]);

    out->offset = at;
    if ((c == 'e' || c == 'E') && after_digit && at + 1 < all.length &&
        (is_plain_digit(all.text[at + 1]) || all.text[at + 1] == '+' || all.text[at + 1] == '-')) {
        mtmi_number_refuse(out, MTMI_CODE_NUMBER_EXPONENT, "a number written out, without an exponent",
                           "format the column as a plain number before saving it");
        return;
    }
    if ((c == '-' || (c >= 0x2010 && c <= 0x2015)) && at > 0 && at + bytes < all.length) {
        mtmi_number_refuse(out, MTMI_CODE_NUMBER_INTERVAL, "one number, not an interval", NULL);
        return;
    }
    if (mtmi_mistyped_letter(here.text, here.length, &digit) > 0 && mtmi_mistyped_figure(all.text, all.length)) {
        mtmi_number_refuse(out, MTMI_CODE_NUMBER_LETTER, "digits; a letter stands among them",
                           "a letter that looks like a digit was typed in its place");
        return;
    }
    mtmi_number_refuse(out, MTMI_CODE_NUMBER, "a number", NULL);
}

static int put_digit(layout *out, int digit, size_t script) {
    if (out->script == 0) {
        out->script = script;
    }
    if (out->n_digits < DIGITS) {
        out->digits[out->n_digits] = (char)('0' + digit);
    }
    out->n_digits++;
    out->run[out->n_marks]++;
    return out->script == script;
}

static int read_layout(mtmi_slice all, const mtmi_number_style *style, layout *out, mtmi_number *number) {
    size_t at = 0, bytes = 1, script = 0;

    memset(out, 0, sizeof *out);
    while (at < all.length) {
        int digit = digit_of(mtmi_text_decode(all.text + at, all.length - at, &bytes), &script);
        if (digit >= 0) {
            if (!put_digit(out, digit, script)) {
                number->offset = at;
                mtmi_number_refuse(number, MTMI_CODE_NUMBER_DIGITS, "digits of one script", NULL);
                return 0;
            }
        } else {
            char mark = mark_of(mtmi_slice_from(all, at), style, &bytes);
            if (mark == '\0') {
                refuse_character(all, at, number);
                return 0;
            }
            if (out->n_marks == RUNS) {
                number->offset = at;
                mtmi_number_refuse(number, MTMI_CODE_NUMBER_GROUPS, "fewer groups of digits", NULL);
                return 0;
            }
            out->mark_at[out->n_marks] = at;
            out->mark[out->n_marks++] = mark;
        }
        at += bytes;
    }
    return 1;
}

/* Whether a declared mark ("" none) is this one. */
static int is_declared(const char *declared, char mark) {
    if (declared[0] == '\0') {
        return 0;
    }
    if (mark == 'G' || mark == 'D') {
        return 0;
    }
    if (mark == ' ') {
        size_t bytes = 1;
        return mtmi_text_is_space(mtmi_text_decode(declared, strlen(declared), &bytes));
    }
    return (declared[0] == mark && declared[1] == '\0') || (mark == '\'' && strcmp(declared, "\xE2\x80\x99") == 0);
}

static int can_group(const mtmi_number_style *style, char mark) {
    if (mark == 'G') {
        return 1;
    }
    if (mark == 'D' || is_declared(style->decimal, mark)) {
        return 0;
    }
    return mark == ' ' || mark == '\'' || style->group[0] == '\0' || is_declared(style->group, mark);
}

static int can_be_decimal(const mtmi_number_style *style, char mark) {
    if (mark == 'D') {
        return 1;
    }
    if (style->decimal[0] != '\0') {
        return is_declared(style->decimal, mark);
    }
    return (mark == ',' || mark == '.') && !is_declared(style->group, mark);
}

/* "12,34,567", "1,23,45,678": lakh and crore, as in Pakistan and India. Two digits a group, and three in the last. */
static int are_lakhs(const layout *found, size_t n) {
    if (n < 2 || found->run[0] < 1 || found->run[0] > 2 || found->run[n] != 3) {
        return 0;
    }
    for (size_t i = 1; i < n; i++) {
        if (found->run[i] != 2 || found->mark[i] != found->mark[0]) {
            return 0;
        }
    }
    return found->mark[0] == ',' || found->mark[0] == 'G';
}

/* Whether the first n marks make groups of three: "1 234 567" but not "0 598", "12 34" or "1234 567". */
static int are_groups(const layout *found, size_t n, const mtmi_number_style *style) {
    if (n == 0) {
        return 1;
    }
    if (found->run[0] < 1 || found->run[0] > 3 || found->digits[0] == '0' || !can_group(style, found->mark[0])) {
        return 0;
    }
    if (are_lakhs(found, n)) {
        return 1;
    }
    for (size_t i = 1; i <= n; i++) {
        if (found->run[i] != 3 || found->mark[i - 1] != found->mark[0]) {
            return 0;
        }
    }
    return 1;
}

static int is_decimal(const layout *found, const mtmi_number_style *style) {
    size_t last = found->n_marks - 1;
    for (size_t i = 0; i < last; i++) {
        if (found->mark[i] == found->mark[last]) {
            return 0;
        }
    }
    return can_be_decimal(style, found->mark[last]) && found->run[last + 1] > 0 && are_groups(found, last, style);
}

static unsigned group_bit(char mark) {
    return mark == ',' ? MTMI_NUMBER_GROUP_COMMA : mark == '.' ? MTMI_NUMBER_GROUP_POINT : 0;
}

static unsigned decimal_bit(char mark) {
    return mark == ',' ? MTMI_NUMBER_DECIMAL_COMMA : mark == '.' ? MTMI_NUMBER_DECIMAL_POINT : 0;
}

/* One comma or point before three digits groups or begins decimals; only a declaration of the group mark tells. */
static int is_weak_group(const layout *found, const mtmi_number_style *style) {
    return found->n_marks == 1 && (found->mark[0] == ',' || found->mark[0] == '.') &&
           !is_declared(style->group, found->mark[0]);
}

static void refuse_layout(const layout *found, const mtmi_number_style *style, mtmi_number *out) {
    char last = found->mark[found->n_marks - 1];

    out->offset = found->mark_at[found->n_marks - 1];
    if (!can_group(style, last) && !can_be_decimal(style, last) && (last == ',' || last == '.')) {
        mtmi_number_refuse(out, MTMI_CODE_NUMBER_MARK, "the declared decimal and thousands marks",
                           "change groupChar or decimalChar if the column is written so");
        return;
    }
    mtmi_number_refuse(out, MTMI_CODE_NUMBER_GROUPS,
                       "groups of three digits after the first, of one kind, and at most one decimal mark", NULL);
}

/* Where the decimals begin: how many digits they are; -1 when that cannot be told. */
static int find_decimals(const layout *found, const mtmi_number_style *style, mtmi_number *out) {
    size_t n = found->n_marks;
    int grouped, decimal;

    if (n == 0) {
        return 0;
    }
    grouped = are_groups(found, n, style);
    decimal = is_decimal(found, style);
    if (grouped && is_weak_group(found, style)) {
        out->offset = found->mark_at[0];
        out->proves = group_bit(found->mark[0]) | (decimal ? decimal_bit(found->mark[0]) : 0);
        mtmi_number_refuse(out, MTMI_CODE_NUMBER_AMBIGUOUS,
                           "a mark that is proven to group thousands or to begin decimals",
                           "declare groupChar or decimalChar");
        return -1;
    }
    if (!grouped && !decimal) {
        refuse_layout(found, style, out);
        return -1;
    }
    out->proves = grouped ? group_bit(found->mark[0]) : decimal_bit(found->mark[n - 1]);
    out->proves |= !grouped && n > 1 ? group_bit(found->mark[0]) : 0;
    return grouped ? 0 : (int)(found->run[n] < DIGITS ? found->run[n] : DIGITS);
}

/* Whole digits to units, downwards from zero so that the least number fits. 0 when they do not fit. */
static int to_units(const char *digits, size_t n, int negative, int64_t *out) {
    int64_t units = 0;
    for (size_t i = 0; i < n; i++) {
        int digit = digits[i] - '0';
        if (units < (INT64_MIN + digit) / 10) {
            return 0;
        }
        units = units * 10 - digit;
    }
    if (!negative && units == INT64_MIN) {
        return 0;
    }
    *out = negative ? units : -units;
    return 1;
}

/* As many decimals as were written; zeros at the end go only where the number would not fit otherwise. */
static int to_value(const layout *found, int decimals, int negative, mtm_decimal *out) {
    size_t n = found->n_digits;

    if (n > DIGITS) {
        return 0;
    }
    while (decimals > 0 && found->digits[n - 1] == '0' &&
           (decimals > DECIMALS_MAX || !to_units(found->digits, n, negative, &out->units))) {
        n--;
        decimals--;
    }
    out->decimals = decimals;
    return decimals <= DECIMALS_MAX && to_units(found->digits, n, negative, &out->units);
}

void mtmi_number_digits(mtmi_slice digits, int negative, const mtmi_number_style *style, mtmi_number *out) {
    layout found;
    int decimals;

    if (!read_layout(digits, style, &found, out)) {
        return;
    }
    if (found.n_digits == 0) {
        mtmi_number_refuse(out, MTMI_CODE_NUMBER, "a number", NULL);
        return;
    }
    decimals = find_decimals(&found, style, out);
    if (decimals < 0) {
        return;
    }
    if (found.run[0] > 1 && found.digits[0] == '0') {
        if (found.n_marks > 0) {
            mtmi_number_refuse(out, MTMI_CODE_NUMBER_ZEROS, "a number without leading zeros", NULL);
            return;
        }
        out->code = MTMI_CODE_NUMBER_ZEROS;
    }
    if (found.script != 1) {
        out->code = MTMI_CODE_NUMBER_DIGITS;
    }
    if (!to_value(&found, decimals, negative, &out->value)) {
        mtmi_number_refuse(out, MTMI_CODE_NUMBER_RANGE, "a number of at most 18 digits (64 bits) and nine decimals",
                           NULL);
    }
}
