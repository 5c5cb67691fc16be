/* Letters that look like digits, typed among them: "1О5", "l07". What was meant is likely, so such a cell is never read; it is
 * known for a figure that was typed wrongly. */
#include "number/mistyped.h"

#include "base/text.h"

#include <string.h>

enum { LONGEST = 40 };

static const struct {
    const char *letter;
    char digit;
} looks[] = {{"O", '0'}, {"o", '0'}, {"О", '0'}, {"о", '0'}, {"З", '3'},
             {"з", '3'}, {"l", '1'}, {"I", '1'}, {"І", '1'}, {"б", '6'}};

size_t mtmi_mistyped_letter(const char *text, size_t length, char *digit) {
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        const size_t n = strlen(looks[i].letter);
        if (n <= length && memcmp(text, looks[i].letter, n) == 0) {
            *digit = looks[i].digit;
            return n;
        }
    }
    return 0;
}

size_t mtmi_mistyped_mend(const char *text, size_t length, char *out, size_t size) {
    size_t letters = 0, digits = 0, n = 0;

    for (size_t i = 0; i < length && n + 1 < size;) {
        char digit = text[i];
        const size_t letter = mtmi_mistyped_letter(text + i, length - i, &digit);
        letters += letter > 0;
        digits += letter == 0 && digit >= '0' && digit <= '9';
        out[n++] = digit;
        i += letter > 0 ? letter : 1;
    }
    out[n] = '\0';
    return letters > 0 && digits > 0 ? n : 0;
}

int mtmi_mistyped_figure(const char *text, size_t length) {
    char mended[LONGEST];
    const size_t n = length < LONGEST ? mtmi_mistyped_mend(text, length, mended, sizeof mended) : 0;

    for (size_t at = 0, bytes = 1; at < n; at += bytes) {
        const uint32_t c = mtmi_text_decode(mended + at, n - at, &bytes);
        if ((c < '0' || c > '9') && c != 0x2019 && !mtmi_text_is_space(c) &&
            (c >= 0x80 || strchr(",.'+-", (int)c) == NULL)) {
            return 0;
        }
    }
    return n > 0;
}
