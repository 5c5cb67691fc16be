/* Cuts what stands around the digits of a number: footnote marks, per cent signs, currencies, signs, words for powers
 * of ten. Each is cut only where the style of the column allows it. */
#include "base/diagnostic.h"
#include "base/text.h"
#include "codelist/unit.h"
#include "number/number_internal.h"

#include <string.h>

enum { LONGEST_WORD = 64 }; /* bytes */

static int is_digit(char c) {
    return c >= '0' && c <= '9';
}

static int ends_with(mtmi_slice cell, const char *text) {
    size_t n = strlen(text);
    return n <= cell.length && memcmp(cell.text + cell.length - n, text, n) == 0;
}

static int begins_with(mtmi_slice cell, const char *text) {
    size_t n = strlen(text);
    return n <= cell.length && memcmp(cell.text, text, n) == 0;
}

/* "1)", "12)", "a)", "(1)", "[1]", "(sic)" after a space or, in brackets, after the digits. Returns its length. */
static size_t bracket_mark(mtmi_slice cell) {
    char last = cell.length > 0 ? cell.text[cell.length - 1] : '\0';
    size_t at = cell.length - 1, inside = 0;

    if (last != ')' && last != ']') {
        return 0;
    }
    while (at > 0 && inside < 4 &&
           (is_digit(cell.text[at - 1]) || (cell.text[at - 1] >= 'a' && cell.text[at - 1] <= 'z'))) {
        at--;
        inside++;
    }
    if (inside == 0 || at == 0) {
        return 0;
    }
    if (cell.text[at - 1] == (last == ')' ? '(' : '[')) {
        return cell.length - at + 1;
    }
    return last == ')' && inside <= 2 && mtmi_slice_trim(mtmi_slice_to(cell, at)).length < at ? cell.length - at : 0;
}

static size_t footnote_length(mtmi_slice cell) {
    static const char *const marks[] = {"*", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁰", "†", "‡", "§"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (ends_with(cell, marks[i])) {
            return strlen(marks[i]);
        }
    }
    return bracket_mark(cell);
}

int mtmi_number_cut_footnote(mtmi_slice *cell, const mtmi_number_style *style, mtmi_number *out) {
    size_t n = footnote_length(*cell);

    while (n > 0 && n < cell->length) {
        if (!style->footnotes) {
            out->offset = cell->length - n;
            mtmi_number_refuse(out, MTMI_CODE_NUMBER_FOOTNOTE, "a number without a footnote mark",
                               "declare footnotes to have such marks cut off");
            return 0;
        }
        out->code = MTMI_CODE_NUMBER_FOOTNOTE;
        *cell = mtmi_slice_trim(mtmi_slice_to(*cell, cell->length - n));
        n = footnote_length(*cell);
    }
    return 1;
}

/* Where the digits stand: before is the bytes in front of the first digit, after those behind the last one. */
static void find_digits(mtmi_slice cell, size_t *before, size_t *after) {
    size_t bytes = 1, end = 0;
    int found = 0;

    *before = 0;
    for (size_t at = 0; at < cell.length; at += bytes) {
        uint32_t c = mtmi_text_decode(cell.text + at, cell.length - at, &bytes);
        if ((c >= '0' && c <= '9') || (c >= 0x0660 && c <= 0x0669) || (c >= 0x06F0 && c <= 0x06F9) ||
            (c >= 0x0966 && c <= 0x096F) || (c >= 0xFF10 && c <= 0xFF19)) {
            *before = found ? *before : at;
            found = 1;
            end = at + bytes;
        }
    }
    *after = found ? cell.length - end : 0;
}

/* Parentheses are no part of a unit: "(5 USD)" is a negative amount. */
static int read_unit(mtmi_slice words, mtmi_unit *unit) {
    return memchr(words.text, '(', words.length) == NULL && memchr(words.text, ')', words.length) == NULL &&
           mtmi_unit_read(words.text, words.length, unit) && !unit->has_power;
}

/* A unit alone changes no value; beside a word of magnitude only the unit is cut: "5 тыс. чел." must not become 5. */
static size_t unit_at_end(mtmi_slice cell, size_t affix, mtmi_unit *unit) {
    size_t bytes = 1;
    int is_start = 1;

    for (size_t n = affix; n > 0; n -= bytes) {
        mtmi_slice words = mtmi_slice_from(cell, cell.length - n);
        uint32_t c = mtmi_text_decode(words.text, n, &bytes);
        int is_gap = c == '.' || mtmi_text_is_space(c);
        if (is_start && !is_gap && read_unit(words, unit)) {
            return n;
        }
        is_start = is_gap;
    }
    return 0;
}

static size_t unit_at_start(mtmi_slice cell, size_t affix, mtmi_unit *unit) {
    mtmi_slice words = mtmi_slice_trim(mtmi_slice_to(cell, affix));
    if (words.length > 0 && (words.text[words.length - 1] == '-' || words.text[words.length - 1] == '+')) {
        words = mtmi_slice_trim(mtmi_slice_to(words, words.length - 1)); /* a sign between the unit and the digits */
    }
    return words.length > 0 && read_unit(words, unit) ? words.length + (size_t)(words.text - cell.text) : 0;
}

int mtmi_number_cut_units(mtmi_slice *cell, const mtmi_number_style *style, mtmi_number *out) {
    mtmi_unit last = {NULL, NULL, 0, 0}, first = last;
    size_t before = 0, after = 0;

    find_digits(*cell, &before, &after);
    after = unit_at_end(*cell, after, &last);
    before = unit_at_start(*cell, before, &first);
    if (after == 0 && before == 0) {
        return 1;
    }
    if (!style->bare) {
        out->offset = before > 0 ? 0 : cell->length - after;
        mtmi_number_refuse(out, MTMI_CODE_NUMBER_AROUND, "a number without a unit or per cent sign",
                           "declare bareNumber false to have it dropped");
        return 0;
    }
    if (after > 0) {
        *cell = mtmi_slice_trim(mtmi_slice_to(*cell, cell->length - after));
    }
    if (before > 0 && before < cell->length) {
        *cell = mtmi_slice_trim(mtmi_slice_from(*cell, before));
    }
    out->unit = first.unit != NULL ? first.unit : last.unit != NULL ? last.unit : out->unit;
    return 1;
}

static int cut_parentheses(mtmi_slice *cell, const mtmi_number_style *style, mtmi_number *out, int *negative) {
    if (cell->length < 3 || cell->text[0] != '(' || cell->text[cell->length - 1] != ')') {
        return 1;
    }
    if (!style->parentheses) {
        mtmi_number_refuse(out, MTMI_CODE_NUMBER_PARENTHESES, "a number without parentheses",
                           "declare parentheses if (5) stands for -5");
        return 0;
    }
    *cell = mtmi_slice_trim(mtmi_slice_from(mtmi_slice_to(*cell, cell->length - 1), 1));
    *negative = 1;
    return 1;
}

/* A hyphen or minus is a sign. An en dash right before the digits is one too, with a note; a dash that stands apart, or
 * a long one, may be punctuation. */
int mtmi_number_cut_sign(mtmi_slice *cell, const mtmi_number_style *style, mtmi_number *out, int *negative) {
    static const struct {
        const char *text;
        int kind;
    } signs[] = {
        {"-", 0},
        {"\xE2\x88\x92", 0},
        {"+", 1},
        {"\xE2\x80\x93", 2},
        {"\xE2\x80\x90", 2},
        {"\xE2\x80\x91", 2},
        {"\xE2\x80\x92", 2},
        {"\xEF\xBC\x8D", 2},
        {"\xEF\xB9\xA3", 2},
        {"\xE2\x80\x94", 3},
        {"\xE2\x80\x95", 3},
    };
    size_t i = 0, n;

    *negative = 0;
    if (!cut_parentheses(cell, style, out, negative)) {
        return 0;
    }
    while (i < sizeof signs / sizeof *signs && !begins_with(*cell, signs[i].text)) {
        i++;
    }
    if (i == sizeof signs / sizeof *signs || *negative) {
        return 1;
    }
    n = strlen(signs[i].text);
    if (signs[i].kind == 3 || mtmi_slice_trim(mtmi_slice_from(*cell, n)).length != cell->length - n) {
        mtmi_number_refuse(out, MTMI_CODE_NUMBER_SIGN, "a minus right before the digits, or none",
                           "a dash apart from the digits may be punctuation or a sign");
        return 0;
    }
    if (signs[i].kind == 2) {
        out->code = MTMI_CODE_NUMBER_SIGN;
    }
    *negative = signs[i].kind != 1;
    *cell = mtmi_slice_from(*cell, n);
    return 1;
}

/* Of a letter, or of any character beyond ASCII. */
static int is_word_byte(char c) {
    return (unsigned char)c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The word is compared after normalising; a full stop after it belongs to it. */
size_t mtmi_number_word(mtmi_slice cell, int *power) {
    size_t n = 0;

    while (n < cell.length && n < LONGEST_WORD && is_word_byte(cell.text[n])) {
        size_t bytes = 1;
        if (mtmi_text_is_space(mtmi_text_decode(cell.text + n, cell.length - n, &bytes))) {
            break;
        }
        n += bytes;
    }
    *power = n > 0 && n < LONGEST_WORD ? mtmi_magnitude_read(cell.text, n) : 0;
    return *power > 0 ? n + (n < cell.length && cell.text[n] == '.') : 0;
}
