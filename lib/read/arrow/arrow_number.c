/* Writes binary numbers as decimal digits, the shortest that read back as the same number. All arithmetic is on 128-bit
 * integers: a binary fraction m * 2^e is compared with d / 10^k exactly. */
#include "read/arrow/arrow_number.h"

#include <string.h>

#define DECIMALS 22 /* 2^53 * 10^22 fits in 128 bits with its sign */

/* value = mantissa * 2^exponent. */
typedef struct binary {
    uint64_t mantissa;
    int exponent;
    int negative;
    int lowest; /* the mantissa is a power of two: the next number below is half as far as the one above */
} binary;

static mtmi_wide_unsigned power_of_ten(int n) {
    mtmi_wide_unsigned power = 1;
    for (; n > 0; n--) {
        power *= 10;
    }
    return power;
}

/* The whole number nearest to value * 10^k, when it reads back as the value. 2 * shift must not lose bits: k <= 22. */
static int decimal_of(const binary *value, int k, mtmi_wide_unsigned *out) {
    mtmi_wide_unsigned power = power_of_ten(k), scaled = value->mantissa * power;
    int shift = -value->exponent;
    if (shift > 126) {
        return 0;
    }
    mtmi_wide_unsigned whole = scaled >> shift, rest = scaled - (whole << shift);
    mtmi_wide_unsigned half = shift > 0 ? (mtmi_wide_unsigned)1 << (shift - 1) : 0;
    unsigned up = shift > 0 && (rest > half || (rest == half && (whole & 1) != 0));
    mtmi_wide_unsigned distance = up ? ((mtmi_wide_unsigned)1 << shift) - rest : rest;
    *out = whole + up;
    /* Half of a unit of the mantissa is power / 2; towards the number below a power of two it is power / 4. */
    mtmi_wide_unsigned reach = !up && value->lowest ? power / 2 : power;
    return distance * 2 < reach || (distance * 2 == reach && (value->mantissa & 1) == 0);
}

static void write(const binary *value, mtmi_wide_unsigned units, int decimals, mtmi_buffer *out) {
    char text[MTMI_WIDE_TEXT];
    mtmi_wide signed_units = value->negative ? -(mtmi_wide)units : (mtmi_wide)units;
    mtmi_buffer_add(out, text, mtmi_decimal_write(signed_units, decimals, text, sizeof text));
}

static void write_binary(const binary *value, mtmi_buffer *out) {
    mtmi_wide_unsigned units = 0;
    if (value->mantissa == 0) {
        mtmi_buffer_char(out, '0');
        return;
    }
    if (value->exponent > 70) {
        mtmi_buffer_text(out, value->negative ? "below -10^37" : "above 10^37");
        return;
    }
    if (value->exponent >= 0) {
        write(value, (mtmi_wide_unsigned)value->mantissa << value->exponent, 0, out);
        return;
    }
    for (int k = 0; k <= DECIMALS; k++) {
        if (decimal_of(value, k, &units)) {
            write(value, units, k, out);
            return;
        }
    }
    mtmi_buffer_text(out, "closer to 0 than 22 decimals show");
}

static void write_special(int is_nan, int negative, mtmi_buffer *out) {
    mtmi_buffer_text(out, is_nan ? "not a number" : negative ? "minus infinity" : "infinity");
}

void mtmi_arrow_double(double value, mtmi_buffer *out) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    int exponent = (int)(bits >> 52 & 0x7ff);
    binary parts = {fraction, (exponent > 0 ? exponent : 1) - 1075, (int)(bits >> 63), exponent > 1 && fraction == 0};
    if (exponent == 0x7ff) {
        write_special(fraction != 0, parts.negative, out);
        return;
    }
    parts.mantissa |= (uint64_t)(exponent > 0) << 52;
    write_binary(&parts, out);
}

void mtmi_arrow_float(float value, mtmi_buffer *out) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint32_t fraction = bits & 0x7fffffu;
    int exponent = (int)(bits >> 23 & 0xff);
    binary parts = {fraction, (exponent > 0 ? exponent : 1) - 150, (int)(bits >> 31), exponent > 1 && fraction == 0};
    if (exponent == 0xff) {
        write_special(fraction != 0, parts.negative, out);
        return;
    }
    parts.mantissa |= (uint64_t)(exponent > 0) << 23;
    write_binary(&parts, out);
}

int mtmi_arrow_decimal(mtmi_wide units, int scale, mtmi_buffer *out) {
    char text[MTMI_WIDE_TEXT];
    for (; scale > 0 && units % 10 == 0; scale--) {
        units /= 10;
    }
    for (; scale < 0 && units != 0; scale++) {
        if (__builtin_mul_overflow(units, 10, &units)) {
            return 0;
        }
    }
    if (scale > 38) {
        return 0;
    }
    mtmi_buffer_add(out, text, mtmi_decimal_write(units, scale > 0 ? scale : 0, text, sizeof text));
    return 1;
}
