/* Shows a line of a file in a terminal with a caret under a character, in two passes over the characters and without
 * allocating. */
#include "read/check/check_internal.h"

#include "base/text.h"

#include <string.h>

#define TAB_WIDTH 4u
#define SHOWN_MAX 16u /* bytes of one character as it is shown: a UTF-8 character, an escape, or a tab's spaces */
#define CUT "\xE2\x80\xA6"

static int is_invisible(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x061C || c == 0x180E ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           c == 0xFEFF || (c >= 0xE000 && c <= 0xF8FF) || c >= 0xE0000;
}

static size_t write_escape(uint32_t c, char *out) {
    static const char hex[] = "0123456789ABCDEF";
    size_t digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 6;
    out[0] = '\\';
    out[1] = c < 0x100 ? 'x' : 'u';
    for (size_t i = 0; i < digits; i++) {
        out[2 + i] = hex[(c >> (4 * (digits - 1 - i))) & 15];
    }
    return digits + 2;
}

/* One character as it is shown at a column. */
typedef struct shown {
    char text[SHOWN_MAX];
    size_t size, width;
    size_t bytes; /* of the character in the file */
} shown;

static shown show(const char *text, size_t length, size_t column) {
    shown one = {{0}, 0, 0, 0};
    uint32_t c = mtmi_text_decode(text, length, &one.bytes);
    if (c == '\t') {
        one.size = one.width = TAB_WIDTH - column % TAB_WIDTH;
        memset(one.text, ' ', one.size);
    } else if (is_invisible(c)) {
        one.size = one.width = write_escape(c, one.text);
    } else {
        one.size = one.bytes;
        one.width = mtmi_text_width(text, one.bytes);
        memcpy(one.text, text, one.size);
    }
    return one;
}

/* The column before each of two characters: the one asked for, and the end of the line. */
static void measure(const char *text, size_t length, int64_t column, size_t *target, size_t *total) {
    int64_t number = 1;
    size_t at = 0;
    *target = SIZE_MAX;
    *total = 0;
    for (; at < length; number++) {
        shown one = show(text + at, length - at, *total);
        if (number == column) {
            *target = *total;
        }
        at += one.bytes;
        *total += one.width;
    }
    if (number == column) {
        *target = *total; /* just behind the last one: where a cell is missing */
    }
}

size_t mtmi_check_line(const char *text, int64_t column, size_t width, mtmi_buffer *out) {
    size_t length = strlen(text), target, total, from = 0, to, at = 0, here = 0;

    measure(text, length, column, &target, &total);
    width = width < 10 ? 10 : width;
    if (total > width && target != SIZE_MAX && target > width / 2) {
        from = target - width / 2;
        from = from + width > total ? total - width : from;
    }
    to = from + width;
    mtmi_buffer_text(out, from > 0 ? CUT : "");
    while (at < length) {
        shown one = show(text + at, length - at, here);
        int before = here<from + (from > 0), after = here + one.width> to - (total > to);
        if (!before && !after) {
            mtmi_buffer_add(out, one.text, one.size);
        } else if (before && here + one.width > from + 1) {
            mtmi_buffer_repeat(out, " ", here + one.width - from - 1); /* a wide character across the cut */
        } else if (after) {
            break;
        }
        at += one.bytes;
        here += one.width;
    }
    mtmi_buffer_text(out, at < length ? CUT : "");
    return target == SIZE_MAX ? SIZE_MAX : target - from;
}
