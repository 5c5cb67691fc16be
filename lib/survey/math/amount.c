/* Reads decimal numbers of cells and adds them exactly in 128-bit integers at a common power of ten.
 * Invariant: a sum either is exact or says that it was lost; it never wraps. */
#include "survey/math/amount.h"

#include <string.h>

#define DIGITS 18

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

typedef struct scan {
    int64_t units;
    int digits; /* significant ones taken */
    long scale; /* decimals of units */
    int seen, round, negative;
} scan;

static void take_digit(scan *number, int digit, int after_mark) {
    number->seen = 1;
    if (number->digits < DIGITS) {
        number->units = number->units * 10 + digit;
        number->digits += number->units != 0;
        number->scale += after_mark;
    } else {
        if (number->round < 0) {
            number->round = digit >= 5;
        }
        number->scale -= !after_mark;
    }
}

static const char *take_digits(scan *number, const char *at, const char *end) {
    int marks = 0;
    for (; at < end; at++) {
        if (*at >= '0' && *at <= '9') {
            take_digit(number, *at - '0', marks);
        } else if ((*at == '.' || *at == ',') && marks == 0) {
            marks = 1;
        } else {
            break;
        }
    }
    return at;
}

static const char *take_exponent(scan *number, const char *at, const char *end) {
    if (at == end || (*at != 'e' && *at != 'E')) {
        return at;
    }
    const char *digit = at + 1;
    int negative = digit < end && *digit == '-';
    digit += digit < end && (*digit == '-' || *digit == '+');
    long exponent = 0;
    const char *first = digit;
    for (; digit < end && *digit >= '0' && *digit <= '9' && exponent < 1000; digit++) {
        exponent = exponent * 10 + (*digit - '0');
    }
    number->scale -= negative ? -exponent : exponent;
    return digit == first ? NULL : digit;
}

/* Brings the scale into 0 .. 18; 0 when the number is too large. */
static int settle_scale(scan *number) {
    if (number->round > 0) {
        number->units++;
    }
    if (number->units == 0) {
        number->scale = 0;
    }
    for (; number->scale < 0; number->scale++) {
        if (number->units > INT64_MAX / 10) {
            return 0;
        }
        number->units *= 10;
    }
    while (number->scale > MTMI_AMOUNT_DECIMALS) {
        int up = number->scale == MTMI_AMOUNT_DECIMALS + 1 && number->units % 10 >= 5;
        number->units = number->units / 10 + up;
        number->scale = number->units == 0 ? 0 : number->scale - 1;
    }
    while (number->scale > 0 && number->units % 10 == 0) {
        number->units /= 10;
        number->scale--;
    }
    return 1;
}

int mtmi_amount_read(const char *text, size_t length, mtmi_amount *out) {
    const char *at = text, *end = text + length;
    while (at < end && (*at == ' ' || *at == '\t')) {
        at++;
    }
    while (end > at && (end[-1] == ' ' || end[-1] == '\t')) {
        end--;
    }
    scan number = {.round = -1};
    if (at < end && (*at == '-' || *at == '+')) {
        number.negative = *at++ == '-';
    }
    at = take_digits(&number, at, end);
    if (!number.seen || (at = take_exponent(&number, at, end)) != end || !settle_scale(&number)) {
        return 0;
    }
    *out = (mtmi_amount){number.negative ? -number.units : number.units, (int32_t)number.scale};
    return 1;
}

#define GROUPED_MOST 64 /* bytes of a number with thousands apart */

static size_t count_digits(const char *at, const char *end) {
    const char *start = at;
    while (at < end && *at >= '0' && *at <= '9') {
        at++;
    }
    return (size_t)(at - start);
}

/* How many groups of three digits follow the first by one mark, as in 1,234,567 and 1,234,567.5; 0 for another text. *rest: what
 * follows the last group, after the other mark and perhaps none. */
static size_t count_groups(const char *text, size_t length, char mark, const char **rest) {
    const char *at = text, *end = text + length;
    at += at < end && (*at == '-' || *at == '+');
    size_t n = 0, first = count_digits(at, end);
    if (first == 0 || first > 3 || *at == '0') {
        return 0;
    }
    for (at += first; at < end && *at == mark; at += 4) {
        if (count_digits(at + 1, end) != 3) {
            return 0;
        }
        n++;
    }
    *rest = at;
    at += at < end && *at == (mark == ',' ? '.' : ',');
    return at + count_digits(at, end) == end ? n : 0;
}

int mtmi_amount_is_grouped(const char *text, size_t length) {
    const char *rest = NULL;
    return count_groups(text, length, ',', &rest) > 0 || count_groups(text, length, '.', &rest) > 0;
}

int mtmi_amount_is_doubtful(const char *text, size_t length) {
    const char *rest = NULL;
    return count_groups(text, length, ',', &rest) == 1 && rest == text + length;
}

mtmi_comma mtmi_amount_comma(const char *text, size_t length) {
    const char *rest = NULL, *end = text + length;
    mtmi_amount amount;
    size_t n = count_groups(text, length, ',', &rest);
    if (n > 1 || (n == 1 && rest < end)) {
        return MTMI_COMMA_THOUSANDS;
    }
    size_t points = count_groups(text, length, '.', &rest);
    if (points > 1 || (points == 1 && rest < end)) {
        return MTMI_POINT_THOUSANDS;
    }
    return n == 0 && memchr(text, ',', length) != NULL && mtmi_amount_read(text, length, &amount) ? MTMI_COMMA_DECIMAL
                                                                                                  : MTMI_COMMA_DOUBTFUL;
}

/* A number without the mark that parts thousands; where it is elsewhere the text is no number. */
static int read_grouped(const char *text, size_t length, char mark, mtmi_amount *out) {
    char plain[GROUPED_MOST];
    const char *rest = NULL;
    size_t n = 0;
    if (memchr(text, mark, length) == NULL) {
        return mtmi_amount_read(text, length, out);
    }
    if (length > sizeof plain || count_groups(text, length, mark, &rest) == 0) {
        return 0;
    }
    for (size_t i = 0; i < length; i++) {
        if (text[i] != mark) {
            plain[n++] = text[i];
        }
    }
    return mtmi_amount_read(plain, n, out);
}

int mtmi_amount_read_as(const char *text, size_t length, mtmi_comma comma, mtmi_amount *out) {
    switch (comma) {
    case MTMI_COMMA_THOUSANDS: return read_grouped(text, length, ',', out);
    case MTMI_POINT_THOUSANDS: return read_grouped(text, length, '.', out);
    case MTMI_COMMA_DOUBTFUL: return !mtmi_amount_is_doubtful(text, length) && mtmi_amount_read(text, length, out);
    default: return mtmi_amount_read(text, length, out);
    }
}

static void add_scaled(mtmi_exact *sum, mtmi_wide units, int decimals) {
    if (decimals == sum->decimals) {
        sum->lost |= __builtin_add_overflow(sum->units, units, &sum->units);
        return;
    }
    while (sum->decimals < decimals) {
        sum->lost |= __builtin_mul_overflow(sum->units, (mtmi_wide)10, &sum->units);
        sum->decimals++;
    }
    while (decimals < sum->decimals) {
        sum->lost |= __builtin_mul_overflow(units, (mtmi_wide)10, &units);
        decimals++;
    }
    sum->lost |= __builtin_add_overflow(sum->units, units, &sum->units);
}

void mtmi_exact_add(mtmi_exact *sum, mtmi_amount amount) {
    add_scaled(sum, amount.units, amount.decimals);
}

void mtmi_exact_add_product(mtmi_exact *sum, mtmi_amount a, mtmi_amount b) {
    add_scaled(sum, (mtmi_wide)a.units * b.units, a.decimals + b.decimals);
}

void mtmi_exact_join(mtmi_exact *sum, const mtmi_exact *other) {
    sum->lost |= other->lost;
    add_scaled(sum, other->units, other->decimals);
}

/* Whole part and fraction apart, so that the quotient is rounded once in effect. */
double mtmi_exact_value(const mtmi_exact *sum) {
    mtmi_wide units = sum->units;
    int decimals = sum->decimals;
    while (decimals > 0 && (units % 10 == 0 || decimals > 22)) {
        units /= 10;
        decimals--;
    }
    return (double)units / powers[decimals];
}

void mtmi_exact_write(const mtmi_exact *sum, char *out) {
    mtmi_wide units = sum->units;
    int decimals = sum->decimals;
    while (decimals > 0 && units % 10 == 0) {
        units /= 10;
        decimals--;
    }
    int negative = units < 0;
    mtmi_wide_unsigned rest = negative ? 0 - (mtmi_wide_unsigned)units : (mtmi_wide_unsigned)units;
    char digits[MTMI_AMOUNT_TEXT];
    int n = 0;
    for (; (rest != 0 || n <= decimals) && n < MTMI_AMOUNT_TEXT - 4; n++) {
        digits[n] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    }
    size_t length = 0;
    if (negative) {
        out[length++] = '-';
    }
    while (n > 0) {
        if (n == decimals && decimals > 0) {
            out[length++] = '.';
        }
        out[length++] = digits[--n];
    }
    out[length] = '\0';
}
