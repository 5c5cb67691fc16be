/* Escapes text of files so that it cannot become markup, a formula or a terminal command. */
#include "render/escape.h"

#include "base/text.h"

#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"
#define INVALID 0xFFFFFFFFu

/* The character at text and its bytes; INVALID, one byte, where it is none. */
static uint32_t next(const char *text, size_t length, size_t *bytes) {
    size_t valid = mtmi_text_valid(text, length < 4 ? length : 4);
    *bytes = 1;
    return valid == 0 ? INVALID : mtmi_text_decode(text, valid, bytes);
}

static int is_control(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/* Marks that turn the direction of what follows them, and line separators that few expect. */
static int is_direction(uint32_t c) {
    return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static int is_hidden(uint32_t c) {
    return is_control(c) || is_direction(c);
}

void mtmi_escape_html(mtmi_buffer *out, const char *text) {
    size_t length = text != NULL ? strlen(text) : 0, bytes = 0;
    for (size_t at = 0; at < length; at += bytes) {
        uint32_t c = next(text + at, length - at, &bytes);
        const char *entity = c == '&'    ? "&amp;"
                             : c == '<'  ? "&lt;"
                             : c == '>'  ? "&gt;"
                             : c == '"'  ? "&quot;"
                             : c == '\'' ? "&#39;"
                                         : NULL;
        if (entity != NULL) {
            mtmi_buffer_text(out, entity);
        } else if (c == '\n' || c == '\r' || c == '\t') {
            mtmi_buffer_char(out, ' ');
        } else if (c == INVALID || is_hidden(c)) {
            mtmi_buffer_text(out, REPLACEMENT);
        } else {
            mtmi_buffer_add(out, text + at, bytes);
        }
    }
}

static int is_blank(char c) {
    return c == '\0' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What begins a heading, a list or a rule when it comes first. */
static int begins_block(const char *text) {
    return text[0] == '#' || text[0] == '=' ||
           ((text[0] == '+' || text[0] == '-') && (is_blank(text[1]) || text[1] == text[0]));
}

static int is_markup(uint32_t c) {
    return c < 0x80 && c > 0 && strchr("\\`*_[]<>|~&$", (int)c) != NULL;
}

void mtmi_escape_markdown(mtmi_buffer *out, const char *text) {
    size_t length = text != NULL ? strlen(text) : 0, bytes = 0;
    int only_digits = 1; /* so far: a dot or bracket now would begin a list */
    for (size_t at = 0; at < length; at += bytes) {
        uint32_t c = next(text + at, length - at, &bytes);
        int numbers_list = only_digits && at > 0 && (c == '.' || c == ')') && is_blank(text[at + 1]);
        if (c == INVALID || (is_hidden(c) && c != '\n' && c != '\r' && c != '\t')) {
            mtmi_buffer_text(out, REPLACEMENT);
        } else if (is_control(c)) {
            mtmi_buffer_char(out, ' ');
        } else {
            mtmi_buffer_text(out, is_markup(c) || (at == 0 && begins_block(text)) || numbers_list ? "\\" : "");
            mtmi_buffer_add(out, text + at, bytes);
        }
        only_digits = only_digits && c >= '0' && c <= '9';
    }
}

void mtmi_escape_markdown_url(mtmi_buffer *out, const char *url) {
    static const char hex[] = "0123456789ABCDEF";
    for (const char *at = url != NULL ? url : ""; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (c <= 0x20 || c >= 0x7F || strchr("<>\\\"'()|*_`[]", c) != NULL) {
            const char escape[3] = {'%', hex[c >> 4], hex[c & 15]};
            mtmi_buffer_add(out, escape, sizeof escape);
        } else {
            mtmi_buffer_char(out, *at);
        }
    }
}

/* What spreadsheets take for the start of a formula, the full-width forms included. */
static int begins_formula(const char *text) {
    static const char *const marks[] = {
        "=", "+", "-", "@", "\t", "\r", "\n", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0", "'"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (strncmp(text, marks[i], strlen(marks[i])) == 0) {
            return 1;
        }
    }
    return 0;
}

void mtmi_escape_csv(mtmi_buffer *out, const char *text) {
    size_t length = text != NULL ? strlen(text) : 0, bytes = 0;
    int neutral = length > 0 && begins_formula(text);
    int spaced = length > 0 && (text[0] == ' ' || text[length - 1] == ' ');
    /* Semicolons and tabs too: a spreadsheet set to another separator must not cut the cell there. */
    int quoted = length > 0 && (neutral || spaced || strpbrk(text, ",;\t\"\r\n") != NULL);
    mtmi_buffer_text(out, quoted ? "\"" : "");
    mtmi_buffer_text(out, neutral ? "'" : "");
    for (size_t at = 0; at < length; at += bytes) {
        uint32_t c = next(text + at, length - at, &bytes);
        if (c == INVALID) {
            mtmi_buffer_text(out, REPLACEMENT);
            continue;
        }
        mtmi_buffer_text(out, c == '"' ? "\"" : "");
        mtmi_buffer_add(out, text + at, bytes);
    }
    mtmi_buffer_text(out, quoted ? "\"" : "");
}

void mtmi_escape_terminal(mtmi_buffer *out, const char *text) {
    static const char hex[] = "0123456789ABCDEF";
    size_t length = text != NULL ? strlen(text) : 0, bytes = 0;
    for (size_t at = 0; at < length; at += bytes) {
        uint32_t c = next(text + at, length - at, &bytes);
        if (c == INVALID) {
            mtmi_buffer_text(out, REPLACEMENT);
        } else if (is_hidden(c)) {
            const char escape[6] = {'\\', 'u', hex[c >> 12 & 15], hex[c >> 8 & 15], hex[c >> 4 & 15], hex[c & 15]};
            mtmi_buffer_add(out, escape, sizeof escape);
        } else {
            mtmi_buffer_add(out, text + at, bytes);
        }
    }
}

int mtmi_escape_is_link(const char *text) {
    if (text == NULL || (strncmp(text, "https://", 8) != 0 && strncmp(text, "http://", 7) != 0)) {
        return 0;
    }
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at <= 0x20 || *at == 0x7F) {
            return 0;
        }
    }
    return mtmi_text_valid(text, strlen(text)) == strlen(text);
}
