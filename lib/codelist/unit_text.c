/* The form in which words of units are compared. The generator of the tables uses it too. */
#include "base/text.h"
#include "codelist/unit.h"

#include <string.h>

/* "万人" is a power and a unit without a space between: how many bytes from here are the power; 0 where no unit follows. */
static size_t power_of_unit(const char *text) {
    static const char *const powers[] = {"万", "萬", "亿", "億", "千"}, *const units[] = {"人", "元", "美元",
                                                                                          "次", "件", "户"};
    enum { SIGN = 3 };

    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
        for (size_t k = 0; k < sizeof units / sizeof *units && strncmp(text, powers[i], SIGN) == 0; k++) {
            if (strncmp(text + SIGN, units[k], strlen(units[k])) == 0) {
                return SIGN;
            }
        }
    }
    return 0;
}

size_t mtmi_unit_normalise(const char *text, size_t length, char *out, size_t size) {
    size_t n = size > 0 ? mtmi_text_normalise(text, length, out, size) : size, at = 0;

    if (n >= size) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        char c = strchr(" .,;:()[]/_", out[i]) != NULL ? ' ' : out[i];
        if (c != ' ' || (at > 0 && out[at - 1] != ' ')) {
            out[at++] = c;
        }
    }
    at -= at > 0 && out[at - 1] == ' ';
    out[at] = '\0';
    for (size_t i = 0; i < at && at + 1 < size; i++) {
        const size_t power = power_of_unit(out + i);
        if (power > 0) {
            memmove(out + i + power + 1, out + i + power, at - i - power + 1);
            out[i + power] = ' ';
            at++;
            i += power;
        }
    }
    return at;
}
