/* The grammar of numbers: tries marks, bounds, affixes, then digits, in this order. The value is exact and no locale is
 * asked. */
#include "number/number.h"

#include "base/decimal.h"
#include "base/text.h"
#include "base/diagnostic.h"
#include "number/number_internal.h"

#include <string.h>

enum { LONGEST_NUMBER = 1024 }; /* bytes */

/* What most cells are: a few plain digits, with or without a hyphen. */
static int read_plain(const char *text, size_t length, mtm_decimal *out) {
    size_t at = length > 0 && text[0] == '-';
    int64_t units = 0;

    if (length == at || length > 18 || (text[at] == '0' && length > at + 1)) {
        return 0;
    }
    for (size_t i = at; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return 0;
        }
        units = units * 10 + (text[i] - '0');
    }
    out->units = at ? -units : units;
    return 1;
}

/* Signs that say "less than": a count that the source hid. "More than" hides nothing small and is always refused. */
static int read_censored(mtmi_slice cell, const mtmi_number_style *style, mtmi_number *out) {
    static const struct {
        const char *text;
        int less;
    } signs[] = {
        {"<", 1},      {"≤", 1}, {"менее ", 1}, {"до ", 1},    {"less than ", 1}, {"fewer than ", 1},
        {"under ", 1}, {">", 0}, {"≥", 0},      {"более ", 0}, {"свыше ", 0},     {"more than ", 0},
        {"over ", 0},  {"~", 0}, {"≈", 0},      {"около ", 0},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i].text);
        mtm_decimal bound;
        mtmi_slice rest = {cell.text, 0};
        if (n >= cell.length || memcmp(cell.text, signs[i].text, n) != 0) {
            continue;
        }
        rest = mtmi_slice_trim(mtmi_slice_from(cell, n));
        if (style->censored && signs[i].less && read_plain(rest.text, rest.length, &bound)) {
            out->outcome = MTMI_NUMBER_EMPTY;
            out->status = 'Q';
        } else {
            mtmi_number_refuse(out, MTMI_CODE_NUMBER_CENSORED, "a number, not a bound",
                               signs[i].less ? "declare censored if such cells hide a small count" : NULL);
        }
        return 1;
    }
    return 0;
}

/* One part of "4 млн 399 тыс.": digits up to the first letter, then its word. Gives the bytes used; 0 refused. */
static size_t read_part(mtmi_slice cell, const mtmi_number_style *style, int negative, mtmi_number *out, int *power) {
    size_t at = 0, bytes = 1, word = 0;

    *power = 0;
    while (at < cell.length && word == 0) {
        (void)mtmi_text_decode(cell.text + at, cell.length - at, &bytes);
        word = mtmi_number_word(mtmi_slice_from(cell, at), power);
        at += word > 0 ? 0 : bytes;
    }
    mtmi_number_digits(mtmi_slice_trim(mtmi_slice_to(cell, at)), negative, style, out);
    return out->outcome == MTMI_NUMBER_BAD ? 0 : at + word;
}

static int scale_part(mtm_decimal part, int power, mtmi_wide *sum, int *decimals, mtmi_number *out) {
    int keep = part.decimals > power ? part.decimals - power : 0;
    mtmi_wide units = (mtmi_wide)part.units * mtmi_decimal_power(power > part.decimals ? power - part.decimals : 0);

    *sum = keep > 0 ? units : *sum + units;
    *decimals = keep;
    if (mtmi_decimal_narrow(*sum, keep, &out->value, NULL) != MTM_OK) {
        mtmi_number_refuse(out, MTMI_CODE_NUMBER_RANGE, "a number of at most 18 digits (64 bits)", NULL);
        return 0;
    }
    return 1;
}

/* Digits alone, or digits and words of falling powers of ten. Only a single part may have decimals. */
static void read_parts(mtmi_slice cell, const mtmi_number_style *style, int negative, mtmi_number *out) {
    mtmi_wide sum = 0;
    int power = 0, before = 19, decimals = 0, code = out->code, parts = 0, had_decimals = 0;
    unsigned proves = 0;
    size_t start = 0;

    while (start < cell.length) {
        size_t used = read_part(mtmi_slice_from(cell, start), style, negative, out, &power);
        if (used == 0) {
            out->offset += start;
            return;
        }
        if (power > 0 && !style->words) {
            out->offset = start;
            mtmi_number_refuse(out, MTMI_CODE_NUMBER_WORDS, "digits alone",
                               "declare words if thousand, million, billion multiply the digits");
            return;
        }
        had_decimals |= out->value.decimals > 0;
        if (power >= before || (parts > 0 && had_decimals)) {
            out->offset = start;
            mtmi_number_refuse(out, MTMI_CODE_NUMBER, "one number", NULL);
            return;
        }
        code = out->code != 0 ? out->code : code;
        proves |= out->proves;
        if (!scale_part(out->value, power, &sum, &decimals, out)) {
            return;
        }
        before = power;
        parts++;
        start += used;
        while (start < cell.length && mtmi_slice_trim(mtmi_slice_from(cell, start)).text > cell.text + start) {
            start++;
        }
    }
    out->code = code;
    out->proves = proves;
}

/* Leaves in cell the slice that the offset counts from. */
static void read_cell(mtmi_slice *cell, const mtmi_number_style *style, mtmi_number *out) {
    int negative = 0;

    if (cell->length > LONGEST_NUMBER) {
        mtmi_number_refuse(out, MTMI_CODE_NUMBER, "a number; the cell is too long for one", NULL);
        return;
    }
    if (mtmi_number_mark(*cell, style, out) || read_censored(*cell, style, out)) {
        return;
    }
    if (!mtmi_number_cut_footnote(cell, style, out) || !mtmi_number_cut_units(cell, style, out) ||
        !mtmi_number_cut_sign(cell, style, out, &negative) || !mtmi_number_cut_units(cell, style, out)) {
        return;
    }
    if (cell->length == 0) {
        mtmi_number_refuse(out, MTMI_CODE_NUMBER, "a number", NULL);
        return;
    }
    read_parts(*cell, style, negative, out);
    if (out->outcome != MTMI_NUMBER_BAD) {
        out->outcome = out->code != 0 ? MTMI_NUMBER_NOTE : MTMI_NUMBER_OK;
        out->status = 'A';
    }
}

static int is_mark(const mtmi_marks *marks, mtmi_slice cell) {
    for (size_t i = 0; i < marks->n; i++) {
        if (strlen(marks->marks[i]) == cell.length && memcmp(marks->marks[i], cell.text, cell.length) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Digits may be a mark too: -999 for "not known". */
int mtmi_number_is_marked(const mtmi_number_style *style, const char *text, size_t length) {
    mtmi_slice cell = {text, length};
    return is_mark(&style->missing, cell) || is_mark(&style->zero, cell) || is_mark(&style->not_applicable, cell) ||
           is_mark(&style->not_available, cell) || is_mark(&style->hidden, cell);
}

/* Characters without width or direction that somebody left between the digits: a copy without them; 0 where there are none. */
static size_t drop_zero_width(mtmi_slice cell, char out[LONGEST_NUMBER]) {
    size_t n = 0, bytes = 1, dropped = 0;

    if (cell.length >= LONGEST_NUMBER) {
        return 0;
    }
    for (size_t at = 0; at < cell.length; at += bytes) {
        uint32_t c = mtmi_text_decode(cell.text + at, cell.length - at, &bytes);
        if ((c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF || c == 0xAD) {
            dropped++;
            continue;
        }
        memcpy(out + n, cell.text + at, bytes);
        n += bytes;
    }
    return dropped > 0 ? n : 0;
}

int mtmi_number_is_undeclared(const mtmi_number_style *style) {
    return style->group[0] == '\0' && style->decimal[0] == '\0' && !style->bare && !style->words &&
           !style->parentheses && !style->footnotes && !style->censored &&
           style->missing.n + style->zero.n + style->not_applicable.n + style->not_available.n + style->hidden.n == 0;
}

void mtmi_number_read(const char *text, size_t length, const mtmi_number_style *style, mtmi_number *out) {
    mtmi_slice cell = {text, length};

    memset(out, 0, sizeof *out);
    if (read_plain(text, length, &out->value) && !mtmi_number_is_marked(style, text, length)) {
        out->status = 'A';
        return;
    }
    memset(out, 0, sizeof *out);
    cell = mtmi_slice_trim(cell);
    char seen[LONGEST_NUMBER];
    size_t n = drop_zero_width(cell, seen);
    if (n > 0) { /* the row's note says that they are there */
        cell = mtmi_slice_trim((mtmi_slice){seen, n});
        read_cell(&cell, style, out);
        out->offset = 0;
        return;
    }
    read_cell(&cell, style, out);
    if (out->outcome == MTMI_NUMBER_BAD) {
        out->offset += (size_t)(cell.text - text);
    }
}
