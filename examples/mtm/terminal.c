/* Measures the terminal and texts in it, and replaces what a terminal would take for commands. */
#include "terminal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int terminal_width(FILE *stream) {
    struct winsize size;
    if (!isatty(fileno(stream))) {
        return 0;
    }
    return ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

int terminal_colour(const struct settings *settings, FILE *stream) {
    const char *when = settings_value(settings, OPTION_COLOUR);
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
    if (when != NULL && strcmp(when, "auto") != 0) {
        return strcmp(when, "always") == 0;
    }
    return isatty(fileno(stream)) && (no_colour == NULL || *no_colour == '\0') &&
           (term == NULL || strcmp(term, "dumb") != 0);
}

/* One character and how many bytes it takes; 0 when the bytes are no UTF-8. */
static uint32_t decode(const char *text, size_t *bytes) {
    const unsigned char *at = (const unsigned char *)text;
    size_t n = at[0] < 0x80                    ? 1
               : at[0] >= 0xC2 && at[0] < 0xE0 ? 2
               : (at[0] & 0xF0) == 0xE0        ? 3
               : at[0] >= 0xF0 && at[0] < 0xF5 ? 4
                                               : 0;
    uint32_t character = n == 1 ? at[0] : n == 0 ? 0 : at[0] & (0x7Fu >> n);
    *bytes = n > 0 ? n : 1;
    for (size_t i = 1; i < n; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            *bytes = 1;
            return 0;
        }
        character = character << 6 | (at[i] & 0x3Fu);
    }
    return character;
}

/* Escapes, C1 controls, and marks that turn the direction of writing. */
static int is_harmful(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static void print_harmless(FILE *stream, const char *text, size_t length) {
    size_t bytes = 0;
    for (const char *end = text + length; text < end; text += bytes) {
        if (is_harmful(decode(text, &bytes))) {
            putc('?', stream);
        } else {
            fwrite(text, 1, bytes, stream);
        }
    }
}

void terminal_print(FILE *stream, const char *text) {
    print_harmless(stream, text, strlen(text));
}

static int is_wide(uint32_t c) {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

static int is_combining(uint32_t c) {
    return (c >= 0x300 && c <= 0x36F) || c == 0x200B || c == 0x200D || c == 0xFEFF;
}

static size_t columns_of(const char *text, size_t length) {
    size_t columns = 0, bytes = 0;
    for (const char *end = text + length; text < end; text += bytes) {
        uint32_t character = decode(text, &bytes);
        columns += is_combining(character) ? 0 : is_wide(character) ? 2 : 1;
    }
    return columns;
}

size_t terminal_columns(const char *text) {
    return columns_of(text, strlen(text));
}

void terminal_paragraph(FILE *stream, const char *text, size_t length, size_t indent, size_t at, size_t width) {
    const char *end = text + length;
    while (text < end) {
        size_t n = strcspn(text, " \n");
        n = n < (size_t)(end - text) ? n : (size_t)(end - text);
        size_t columns = columns_of(text, n);
        if (at > indent && at + 1 + columns > width) {
            putc('\n', stream);
            at = 0;
        }
        if (at < indent) {
            fprintf(stream, "%*s", (int)(indent - at), "");
            at = indent;
        } else if (at > indent) {
            putc(' ', stream);
            at++;
        }
        print_harmless(stream, text, n);
        at += columns;
        text += n;
        text += text < end;
    }
    putc('\n', stream);
}
