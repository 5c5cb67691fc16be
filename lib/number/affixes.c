/* What stands around the digits: footnote marks, per cent signs, currencies, signs, words for powers of ten. What comes
 * in: a cell. What goes out: the cell without them, where the style allows it. It does not know what digits are worth. */
#include "base/text.h"
#include "base/diagnostic.h"
#include "number/number_internal.h"

#include <string.h>

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
    while (at > 0 && inside < 4 && (is_digit(cell.text[at - 1]) || (cell.text[at - 1] >= 'a' && cell.text[at - 1] <= 'z'))) {
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

/* Only what is known to change no value: "5 тыс." must not become 5. Letters in any case are listed as they come. */
static const char *const units[] = {
    "%", "％", "$", "€", "£", "₸", "₽", "¥", "US$", "USD", "KZT", "EUR", "RUB", "GBP", "CNY", "UZS", "KGS", "TJS", "TRY",
    "тенге", "теңге", "тг.", "тг", "руб.", "руб", "долл.", "долл", "чел.", "чел", "человек", "человека", "адам",
    "persons", "people", "percent", "per cent", "процентов", "процента", "пайыз",
};

static size_t unit_length(mtmi_slice cell, int at_end) {
    size_t longest = 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t n = strlen(units[i]);
        if (n > longest && n < cell.length && (at_end ? ends_with(cell, units[i]) : begins_with(cell, units[i]))) {
            longest = n;
        }
    }
    return longest;
}

int mtmi_number_cut_units(mtmi_slice *cell, const mtmi_number_style *style, mtmi_number *out) {
    size_t after = unit_length(*cell, 1);
    size_t before = unit_length(*cell, 0);

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
    static const struct { const char *text; int kind; } signs[] = {
        {"-", 0}, {"\xE2\x88\x92", 0}, {"+", 1}, {"\xE2\x80\x93", 2}, {"\xE2\x80\x90", 2}, {"\xE2\x80\x91", 2},
        {"\xE2\x80\x92", 2}, {"\xEF\xBC\x8D", 2}, {"\xEF\xB9\xA3", 2}, {"\xE2\x80\x94", 3}, {"\xE2\x80\x95", 3},
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
    static const struct { const char *text; int power; } words[] = {
        {"тыс", 3}, {"тысяч", 3}, {"тысяча", 3}, {"тысячи", 3}, {"мың", 3}, {"thousand", 3}, {"thousands", 3},
        {"млн", 6}, {"миллион", 6}, {"миллиона", 6}, {"миллионов", 6}, {"million", 6}, {"millions", 6}, {"mln", 6},
        {"mn", 6}, {"млрд", 9}, {"миллиард", 9}, {"миллиарда", 9}, {"миллиардов", 9}, {"billion", 9}, {"billions", 9},
        {"bn", 9}, {"трлн", 12}, {"триллион", 12}, {"триллиона", 12}, {"триллионов", 12}, {"trillion", 12},
    };
    char normal[32];
    size_t n = 0, length;

    while (n < cell.length && n < 2 * sizeof normal && is_word_byte(cell.text[n])) {
        size_t bytes = 1;
        if (mtmi_text_is_space(mtmi_text_decode(cell.text + n, cell.length - n, &bytes))) {
            break;
        }
        n += bytes;
    }
    length = n > 0 && n < 2 * sizeof normal ? mtmi_text_normalise(cell.text, n, normal, sizeof normal) : sizeof normal;
    for (size_t i = 0; length < sizeof normal && i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].text) == length && memcmp(words[i].text, normal, length) == 0) {
            *power = words[i].power;
            return n + (n < cell.length && cell.text[n] == '.');
        }
    }
    return 0;
}
