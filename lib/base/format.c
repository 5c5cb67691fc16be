/* A printf without locale, whose %q quotes what a file held. */
#include "base/format.h"

#include "base/quote.h"

#include <string.h>

size_t mtmi_format_unsigned(unsigned long long number, char *out) {
    char digits[24];
    size_t n = 0;
    do {
        digits[n++] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    for (size_t i = 0; i < n; i++) {
        out[i] = digits[n - 1 - i];
    }
    out[n] = '\0';
    return n;
}

size_t mtmi_format_int(long long number, char *out) {
    if (number >= 0) {
        return mtmi_format_unsigned((unsigned long long)number, out);
    }
    out[0] = '-';
    return 1 + mtmi_format_unsigned(0ULL - (unsigned long long)number, out + 1);
}

static void padded(mtmi_format_piece piece, void *out, const char *digits, size_t n, size_t width) {
    for (size_t i = n; i < width; i++) {
        piece(out, "0", 1);
    }
    piece(out, digits, n);
}

static void quoted(mtmi_format_piece piece, void *target, const char *text) {
    char out[MTMI_QUOTE_SIZE];
    size_t n = mtmi_error_quote(text != NULL ? text : "", text != NULL ? strlen(text) : 0, out, sizeof out);
    piece(target, out, n);
}

/* One conversion, at the character after %; returns the character after it. */
static const char *conversion(mtmi_format_piece piece, void *out, const char *at, va_list *arguments) {
    char digits[32];
    size_t width = 0, n = 0;
    if (*at == '0' && at[1] >= '1' && at[1] <= '9') {
        width = (size_t)(at[1] - '0');
        at += 2;
    }
    if (strncmp(at, "lld", 3) == 0) {
        n = mtmi_format_int(va_arg(*arguments, long long), digits);
        at += 3;
    } else if (strncmp(at, "llu", 3) == 0) {
        n = mtmi_format_unsigned(va_arg(*arguments, unsigned long long), digits);
        at += 3;
    } else if (strncmp(at, "zu", 2) == 0) {
        n = mtmi_format_unsigned(va_arg(*arguments, size_t), digits);
        at += 2;
    } else if (*at == 'd') {
        n = mtmi_format_int(va_arg(*arguments, int), digits);
        at++;
    } else if (*at == 'c') {
        digits[0] = (char)va_arg(*arguments, int);
        n = 1;
        at++;
    } else if (*at == 's') {
        const char *text = va_arg(*arguments, const char *);
        piece(out, text != NULL ? text : "", text != NULL ? strlen(text) : 0);
        return at + 1;
    } else if (*at == 'q') {
        quoted(piece, out, va_arg(*arguments, const char *));
        return at + 1;
    } else {
        piece(out, "%", 1);
        return *at == '%' ? at + 1 : at;
    }
    padded(piece, out, digits, n, width);
    return at;
}

void mtmi_format(mtmi_format_piece piece, void *out, const char *format, va_list arguments) {
    va_list rest;
    va_copy(rest, arguments);
    while (*format != '\0') {
        const char *percent = strchr(format, '%');
        size_t n = percent != NULL ? (size_t)(percent - format) : strlen(format);
        if (n > 0) {
            piece(out, format, n);
        }
        format += n;
        if (*format == '%') {
            format = conversion(piece, out, format + 1, &rest);
        }
    }
    va_end(rest);
}
