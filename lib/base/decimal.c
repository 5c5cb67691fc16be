/* Exact decimal arithmetic on 128-bit integers: sums, differences, per cents. A result is rounded once, half away from
 * zero; one that does not fit is an error. */
#include "base/decimal.h"

#include "base/error.h"

#include <string.h>

static const int64_t powers[19] = {1LL,
                                   10LL,
                                   100LL,
                                   1000LL,
                                   10000LL,
                                   100000LL,
                                   1000000LL,
                                   10000000LL,
                                   100000000LL,
                                   1000000000LL,
                                   10000000000LL,
                                   100000000000LL,
                                   1000000000000LL,
                                   10000000000000LL,
                                   100000000000000LL,
                                   1000000000000000LL,
                                   10000000000000000LL,
                                   100000000000000000LL,
                                   1000000000000000000LL};

int64_t mtmi_decimal_power(int n) {
    return powers[n < 0 ? 0 : n > 18 ? 18 : n];
}

static mtm_status out_of_range(mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_RANGE, 0, (mtmi_place){NULL, 0, 0},
                          "an exact result does not fit in 64 bits; use fewer decimals or a larger unit");
}

mtm_status mtmi_decimal_narrow(mtmi_wide units, int decimals, mtm_decimal *out, mtm_error *err) {
    if (units > INT64_MAX || units < INT64_MIN) {
        return out_of_range(err);
    }
    *out = (mtm_decimal){(int64_t)units, decimals, 0};
    return MTM_OK;
}

/* numerator / denominator, half away from zero; denominator > 0. */
static mtmi_wide divide(mtmi_wide numerator, mtmi_wide denominator) {
    mtmi_wide quotient = numerator / denominator;
    mtmi_wide rest = numerator % denominator;
    mtmi_wide size = rest < 0 ? -rest : rest;
    if (size >= denominator - size) {
        quotient += numerator < 0 ? -1 : 1;
    }
    return quotient;
}

mtmi_wide mtmi_decimal_rescale(mtmi_wide units, int from, int to) {
    return to >= from ? units * mtmi_decimal_power(to - from) : divide(units, mtmi_decimal_power(from - to));
}

static int larger(int a, int b) {
    return a > b ? a : b;
}

mtm_status mtmi_decimal_add(mtm_decimal a, mtm_decimal b, mtm_decimal *out, mtm_error *err) {
    int decimals = larger(a.decimals, b.decimals);
    return mtmi_decimal_narrow(mtmi_decimal_rescale(a.units, a.decimals, decimals) +
                                   mtmi_decimal_rescale(b.units, b.decimals, decimals),
                               decimals, out, err);
}

mtm_status mtmi_decimal_subtract(mtm_decimal a, mtm_decimal b, mtm_decimal *out, mtm_error *err) {
    int decimals = larger(a.decimals, b.decimals);
    return mtmi_decimal_narrow(mtmi_decimal_rescale(a.units, a.decimals, decimals) -
                                   mtmi_decimal_rescale(b.units, b.decimals, decimals),
                               decimals, out, err);
}

int mtmi_decimal_compare(mtm_decimal a, mtm_decimal b) {
    int decimals = larger(a.decimals, b.decimals);
    mtmi_wide left = mtmi_decimal_rescale(a.units, a.decimals, decimals);
    mtmi_wide right = mtmi_decimal_rescale(b.units, b.decimals, decimals);
    return (left > right) - (left < right);
}

mtm_status mtmi_decimal_percent(mtm_decimal part, mtm_decimal whole, int decimals, mtm_decimal *out, mtm_error *err) {
    int scale = larger(part.decimals, whole.decimals);
    mtmi_wide numerator = mtmi_decimal_rescale(part.units, part.decimals, scale);
    mtmi_wide denominator = mtmi_decimal_rescale(whole.units, whole.decimals, scale);
    mtmi_wide factor = (mtmi_wide)mtmi_decimal_power(decimals) * 100;
    mtmi_wide limit = (mtmi_wide)(~(mtmi_wide_unsigned)0 >> 1) / factor;
    if (denominator == 0 || numerator > limit || numerator < -limit) {
        return out_of_range(err);
    }
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    return mtmi_decimal_narrow(divide(numerator * factor, denominator), decimals, out, err);
}

size_t mtmi_decimal_write(mtmi_wide units, int decimals, char *out, size_t size) {
    char digits[MTMI_WIDE_TEXT];
    int n = 0;
    mtmi_wide_unsigned rest = units < 0 ? 0 - (mtmi_wide_unsigned)units : (mtmi_wide_unsigned)units;
    do {
        digits[n++] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    } while (rest != 0 || n <= decimals);
    size_t length = 0;
    char text[MTMI_WIDE_TEXT];
    if (units < 0) {
        text[length++] = '-';
    }
    while (n > 0) {
        if (n == decimals) {
            text[length++] = '.';
        }
        text[length++] = digits[--n];
    }
    if (size > 0) {
        size_t fits = length < size - 1 ? length : size - 1;
        memcpy(out, text, fits);
        out[fits] = '\0';
    }
    return length;
}

mtm_decimal mtmi_decimal_trim(mtm_decimal value) {
    while (value.decimals > 0 && value.units % 10 == 0) {
        value.units /= 10;
        value.decimals--;
    }
    return value;
}

size_t mtm_decimal_describe(mtm_decimal value, char *buffer, size_t size) {
    int decimals = value.decimals < 0 ? 0 : value.decimals > MTMI_DECIMALS_MAX ? MTMI_DECIMALS_MAX : value.decimals;
    return mtmi_decimal_write(value.units, decimals, buffer, size);
}

/* Where both are exact doubles one division rounds correctly; larger numbers are split so that the result differs from
 * the nearest double by at most the last bit of a long double. */
double mtm_decimal_double(mtm_decimal value) {
    int decimals = value.decimals < 0 ? 0 : value.decimals > MTMI_DECIMALS_MAX ? MTMI_DECIMALS_MAX : value.decimals;
    return (double)((long double)value.units / (long double)powers[decimals]);
}
