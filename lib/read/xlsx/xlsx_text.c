/* Writes a stored number as its cell shows it: decimal, per cent, day, month or time. Digits are moved, never computed
 * in binary. */
#include "read/xlsx/xlsx_text.h"

#include "base/text.h"
#include "period/period.h"

#include <string.h>

#define DIGITS 40 /* kept; only 15 of them count where there is a point */
#define SHOWN 15  /* digits a spreadsheet shows */
#define EXPONENT 999

/* digits * 10^exponent, without zeros at either end. */
typedef struct number {
    char digits[DIGITS];
    int n, exponent, negative;
    int is_whole; /* written without point and exponent */
} number;

int64_t mtmi_xlsx_number(const char *text, int64_t otherwise) {
    int64_t value = 0;
    size_t n = strspn(text, "0123456789");
    if (n == 0 || n > 15 || text[n] != '\0') {
        return otherwise;
    }
    for (size_t i = 0; i < n; i++) {
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static int is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Takes a digit; those beyond the kept ones only move the point. */
static void take_digit(number *out, char digit, int after_point) {
    if (out->n == 0 && digit == '0') {
        out->exponent -= after_point;
    } else if (out->n < DIGITS) {
        out->digits[out->n++] = digit;
        out->exponent -= after_point;
    } else {
        out->exponent += !after_point;
    }
}

/* "E-05" and the like; 0 when it is malformed. */
static int read_exponent(const char *text, size_t size, size_t at, number *out) {
    int negative = 0, exponent = 0;
    if (at < size && (text[at] == '+' || text[at] == '-')) {
        negative = text[at++] == '-';
    }
    if (at == size) {
        return 0;
    }
    for (; at < size; at++) {
        if (!is_digit(text[at]) || exponent > EXPONENT) {
            return 0;
        }
        exponent = exponent * 10 + (text[at] - '0');
    }
    out->exponent += negative ? -exponent : exponent;
    return 1;
}

static int read_number(const char *text, size_t size, number *out) {
    int after_point = 0, any = 0;
    memset(out, 0, sizeof *out);
    out->negative = size > 0 && text[0] == '-';
    out->is_whole = 1;
    for (size_t at = (size_t)out->negative; at < size; at++) {
        if (is_digit(text[at])) {
            take_digit(out, text[at], after_point);
            any = 1;
        } else if (text[at] == '.' && !after_point) {
            after_point = 1;
            out->is_whole = 0;
        } else if ((text[at] == 'E' || text[at] == 'e') && any) {
            out->is_whole = 0;
            return read_exponent(text, size, at + 1, out);
        } else {
            return 0;
        }
    }
    return any;
}

static void trim_zeros(number *value) {
    while (value->n > 0 && value->digits[value->n - 1] == '0') {
        value->n--;
        value->exponent++;
    }
    if (value->n == 0) {
        value->exponent = 0;
        value->negative = 0;
    }
}

/* To the digits that are shown, half away from zero. */
static void round_to_shown(number *value) {
    if (value->n <= SHOWN || value->is_whole) {
        return;
    }
    int up = value->digits[SHOWN] >= '5';
    value->exponent += value->n - SHOWN;
    value->n = SHOWN;
    for (int i = SHOWN - 1; up && i >= 0; i--) {
        up = value->digits[i] == '9';
        value->digits[i] = up ? '0' : (char)(value->digits[i] + 1);
    }
    if (up) { /* 99... became 100... */
        value->digits[0] = '1';
        value->exponent++;
    }
}

static void write_decimal(const number *value, mtmi_buffer *out) {
    int before = value->n + value->exponent; /* digits before the point; negative: zeros after it */
    mtmi_buffer_text(out, value->negative ? "-" : "");
    if (before <= 0) {
        mtmi_buffer_text(out, value->n == 0 ? "0" : "0.");
        mtmi_buffer_repeat(out, "0", value->n == 0 ? 0 : (size_t)-before);
        mtmi_buffer_add(out, value->digits, (size_t)value->n);
    } else if (value->exponent >= 0) {
        mtmi_buffer_add(out, value->digits, (size_t)value->n);
        mtmi_buffer_repeat(out, "0", (size_t)value->exponent);
    } else {
        mtmi_buffer_add(out, value->digits, (size_t)before);
        mtmi_buffer_char(out, '.');
        mtmi_buffer_add(out, value->digits + before, (size_t)(value->n - before));
    }
}

/* ---- dates ---- */

/* Seconds since the beginning of the calendar, rounded; -1 when it is negative or beyond the year 9999. */
static int64_t seconds_of(const number *value) {
    const int64_t unit = (int64_t)1000000000000;
    int64_t whole = 0, fraction = 0, weight = unit / 10;
    if (value->negative || value->n + value->exponent > 7) {
        return -1;
    }
    for (int i = 0; i < value->n || i < value->n + value->exponent; i++) {
        int digit = i < value->n ? value->digits[i] - '0' : 0;
        if (i < value->n + value->exponent) {
            whole = whole * 10 + digit;
        } else {
            for (int zeros = i == 0 ? -(value->n + value->exponent) : 0; zeros > 0 && weight > 0; zeros--) {
                weight /= 10;
            }
            fraction += digit * weight;
            weight /= 10;
        }
    }
    return whole > 2958465 ? -1 : whole * 86400 + (fraction / 10 * 86400 + unit / 20) / (unit / 10);
}

static void write_padded(int two, char before, mtmi_buffer *out) {
    const char text[] = {before, (char)('0' + two / 10), (char)('0' + two % 10)};
    mtmi_buffer_add(out, text, sizeof text);
}

static void write_clock(int64_t seconds, char before, mtmi_buffer *out) {
    if (before != '\0') {
        write_padded((int)(seconds / 3600), before, out);
    } else {
        mtmi_buffer_format(out, seconds < 36000 ? "0%lld" : "%lld", (long long)(seconds / 3600));
    }
    write_padded((int)(seconds / 60 % 60), ':', out);
    write_padded((int)(seconds % 60), ':', out);
}

static void write_day(int64_t seconds, mtmi_shown shown, int from_1904, mtmi_buffer *out) {
    int year = 1900, month = 2, day = 29;
    int64_t serial = seconds / 86400;
    if (from_1904 || serial != 60) { /* the calendar of 1900 has a 29 February that never was */
        mtmi_day_split((int32_t)(serial + (from_1904 ? -24107 : serial < 60 ? -25568 : -25569)), &year, &month, &day);
    }
    mtmi_buffer_format(out, "%04d", year);
    if (shown != MTMI_SHOWN_YEAR) {
        write_padded(month, '-', out);
    }
    if (shown == MTMI_SHOWN_DATE) {
        write_padded(day, '-', out);
    }
    if (shown == MTMI_SHOWN_DATE && seconds % 86400 != 0) {
        write_clock(seconds % 86400, 'T', out);
    }
}

/* What is shown: "25.4" of 25387 below a title in thousands. */
static int exponent_shown(mtmi_shown shown) {
    switch (shown) {
    case MTMI_SHOWN_PERCENT: return 2;
    case MTMI_SHOWN_THOUSANDS: return -3;
    case MTMI_SHOWN_MILLIONS: return -6;
    case MTMI_SHOWN_BILLIONS: return -9;
    default: return 0;
    }
}

void mtmi_xlsx_value(const char *text, size_t size, mtmi_shown shown, int from_1904, mtmi_buffer *out) {
    number value;
    if (!read_number(text, size, &value)) {
        mtmi_buffer_add(out, text, size);
        return;
    }
    round_to_shown(&value);
    trim_zeros(&value);
    if (shown >= MTMI_SHOWN_DATE) {
        int64_t seconds = seconds_of(&value);
        if (shown == MTMI_SHOWN_TIME && seconds >= 0) {
            write_clock(seconds, '\0', out);
            return;
        }
        if (seconds >= (from_1904 ? 0 : 86400) && seconds / 86400 <= (from_1904 ? 2957003 : 2958465)) {
            write_day(seconds, shown, from_1904, out);
            return;
        }
    }
    if (value.n + value.exponent > DIGITS || value.exponent < -DIGITS) {
        mtmi_buffer_add(out, text, size);
        return;
    }
    value.exponent += value.n > 0 ? exponent_shown(shown) : 0;
    write_decimal(&value, out);
    mtmi_buffer_text(out, shown == MTMI_SHOWN_PERCENT ? "%" : "");
}

/* The value of a hexadecimal digit; -1 for another character. */
static int hex_digit(char c) {
    int letter = c >= 'A' && c <= 'F' ? c - 'A' : c >= 'a' && c <= 'f' ? c - 'a' : -11;
    return is_digit(c) ? c - '0' : letter + 10;
}

/* The character of an escape at text; 0 when there is none. */
static uint32_t escaped(const char *text, size_t size) {
    uint32_t character = 0;
    if (size < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_') {
        return 0;
    }
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(text[i]);
        if (digit < 0) {
            return 0;
        }
        character = character * 16 + (uint32_t)digit;
    }
    character = character < 0x20 ? ' ' : character;
    return character >= 0xd800 && character <= 0xdfff ? 0 : character;
}

size_t mtmi_xlsx_unescape(char *text, size_t size) {
    size_t end = 0;
    for (size_t at = 0; at < size;) {
        uint32_t character = escaped(text + at, size - at);
        if (character == 0) {
            text[end++] = text[at++];
        } else {
            end += mtmi_text_encode(character, text + end); /* never longer than what it replaces */
            at += 7;
        }
    }
    return end;
}
