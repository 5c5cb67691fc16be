/* Writes doubles for people and machines. Invariant: the decimal mark is a point, whatever locale the caller's program
 * has set: what printf puts between the digits is replaced. */
#include "survey/math/real.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Makes the run of bytes that is neither digit, sign nor exponent one point. */
static void set_point(char *text) {
    char *out = text;
    int marked = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if ((*at >= '0' && *at <= '9') || strchr("+-e", *at) != NULL) {
            *out++ = *at;
        } else if (!marked) {
            *out++ = '.';
            marked = 1;
        }
    }
    *out = '\0';
}

static void trim_zeros(char *text) {
    size_t n = strlen(text);
    if (strchr(text, '.') == NULL) {
        return;
    }
    while (text[n - 1] == '0') {
        text[--n] = '\0';
    }
    if (text[n - 1] == '.') {
        text[n - 1] = '\0';
    }
}

char *mtmi_real_write(double value, int digits, char *out) {
    out[0] = '\0';
    if (!isfinite(value)) {
        return out;
    }
    double size = fabs(value);
    if (size != 0 && (size < 1e-5 || size >= 1e15)) {
        snprintf(out, MTMI_REAL_TEXT, "%.*e", digits - 1, value);
        set_point(out);
        char *exponent = strchr(out, 'e'), tail[16] = "";
        size_t length = strlen(exponent);
        memcpy(tail, exponent, length < sizeof tail ? length : sizeof tail - 1);
        *exponent = '\0';
        trim_zeros(out);
        memcpy(out + strlen(out), tail, sizeof tail);
        return out;
    }
    int whole = size < 1 ? 1 - (int)floor(size == 0 ? 0 : log10(size)) - 1 : -(int)floor(log10(size));
    int decimals = digits - 1 + whole;
    snprintf(out, MTMI_REAL_TEXT, "%.*f", decimals < 0 ? 0 : decimals, value);
    set_point(out);
    trim_zeros(out);
    if (strcmp(out, "-0") == 0) {
        memcpy(out, "0", 2);
    }
    return out;
}

char *mtmi_real_fixed(double value, int decimals, char *out) {
    out[0] = '\0';
    if (isfinite(value)) {
        snprintf(out, MTMI_REAL_TEXT, "%.*f", decimals, value);
        set_point(out);
    }
    return out;
}
