/* Reads values of JSON (RFC 8259) with their places. Strings are checked as they are passed: escapes, control
 * characters, halves of surrogate pairs. Invariant: the place is that of the character at hand, as an editor counts
 * it. */
#include "read/json/json_text.h"

#include "base/text.h"
#include "base/try.h"

#include <string.h>

static int is_digit(char c) {
    return c >= '0' && c <= '9';
}

char mtmi_jtext_peek(mtmi_jtext_text *text) {
    while (text->at < text->size) {
        char c = text->bytes[text->at];
        if (c == '\n') {
            text->line++;
            text->mark = text->at + 1;
            text->before = 0;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            return c;
        }
        text->at++;
    }
    return '\0';
}

/* Each byte is counted once, however long the line is. */
int64_t mtmi_jtext_column(mtmi_jtext_text *text) {
    text->before += (int64_t)mtmi_text_characters(text->bytes + text->mark, text->at - text->mark);
    text->mark = text->at;
    return text->before + 1;
}

mtm_status mtmi_jtext_refuse(mtmi_jtext_text *text, const char *found, const char *expected, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_CONTAINER,
                          (mtmi_place){text->name, text->line, mtmi_jtext_column(text)}, "found %s, expected %s", found,
                          expected);
}

/* The number of a \uXXXX; -1 when it is none. */
static int read_unit(const char *bytes, size_t size) {
    int unit = 0;

    if (size < 6 || bytes[0] != '\\' || bytes[1] != 'u') {
        return -1;
    }
    for (size_t i = 2; i < 6; i++) {
        const char c = bytes[i], low = (char)(c | 0x20);
        int digit = is_digit(c) ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
        if (digit < 0) {
            return -1;
        }
        unit = unit * 16 + digit;
    }
    return unit;
}

/* Bytes of the escape that begins here; 0 when it is wrong. */
static size_t escape_size(const char *bytes, size_t size) {
    int unit, low;

    if (size >= 2 && bytes[1] != '\0' && strchr("\"\\/bfnrt", bytes[1]) != NULL) {
        return 2;
    }
    unit = read_unit(bytes, size);
    if (unit < 0 || (unit >= 0xDC00 && unit < 0xE000) || unit == 0) {
        return 0;
    }
    low = unit >= 0xD800 && unit < 0xDC00 ? read_unit(bytes + 6, size - 6) : 0;
    return unit < 0xD800 || unit >= 0xE000 ? 6 : low >= 0xDC00 && low < 0xE000 ? 12 : 0;
}

static mtm_status skip_string(mtmi_jtext_text *text, mtm_error *err) {
    text->at++;
    while (text->at < text->size && text->bytes[text->at] != '"') {
        unsigned char c = (unsigned char)text->bytes[text->at];
        size_t n = c == '\\' ? escape_size(text->bytes + text->at, text->size - text->at) : 1;
        if (n == 0) {
            return mtmi_jtext_refuse(text, "an escape that is none", "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX",
                                     err);
        }
        if (c < 0x20 || c == 0xFF) {
            return mtmi_jtext_refuse(text, c < 0x20 ? "a control character in a string" : "bytes that are no text",
                                     "text without them; is the string never closed?", err);
        }
        text->at += n;
    }
    if (text->at >= text->size) {
        return mtmi_jtext_refuse(text, "a string that is never closed", "a closing quote", err);
    }
    text->at++;
    return MTM_OK;
}

static mtm_status skip_number(mtmi_jtext_text *text, mtm_error *err) {
    size_t digits = 0;

    text->at += text->bytes[text->at] == '-';
    while (text->at < text->size &&
           (is_digit(text->bytes[text->at]) || strchr("+-.eE", text->bytes[text->at]) != NULL) &&
           text->bytes[text->at] != '\0') {
        digits += is_digit(text->bytes[text->at++]) != 0 ? 1u : 0u;
    }
    return digits > 0 ? MTM_OK : mtmi_jtext_refuse(text, "a sign without digits", "a number", err);
}

static mtm_status skip_word(mtmi_jtext_text *text, mtmi_jtext_value *out, mtm_error *err) {
    static const char *const words[] = {"null", "true", "false"};

    for (size_t i = 0; i < 3; i++) {
        size_t n = strlen(words[i]);
        if (text->size - text->at >= n && memcmp(text->bytes + text->at, words[i], n) == 0) {
            text->at += n;
            out->kind = i == 0 ? MTMI_JTEXT_NULL : MTMI_JTEXT_WORD;
            return MTM_OK;
        }
    }
    return mtmi_jtext_refuse(text, text->at < text->size ? "what is no JSON" : "the end of the file",
                             "a string, a number, true, false, null, an array or an object", err);
}

mtm_status mtmi_jtext_open(mtmi_jtext_text *text, char bracket, int *more, mtm_error *err) {
    char close = bracket == '[' ? ']' : '}';

    if (mtmi_jtext_peek(text) != bracket) {
        return mtmi_jtext_refuse(text, "another value", bracket == '[' ? "an array" : "an object", err);
    }
    text->at++;
    *more = mtmi_jtext_peek(text) != close;
    text->at += !*more;
    return MTM_OK;
}

mtm_status mtmi_jtext_more(mtmi_jtext_text *text, char bracket, int *more, mtm_error *err) {
    char close = bracket == '[' ? ']' : '}', c = mtmi_jtext_peek(text);

    if (c != ',' && c != close) {
        return mtmi_jtext_refuse(text, c == '\0' ? "the end of the file" : "no comma between two values",
                                 close == ']' ? "a comma or ]" : "a comma or }", err);
    }
    text->at++;
    *more = c == ',';
    return MTM_OK;
}

mtm_status mtmi_jtext_key(mtmi_jtext_text *text, mtmi_jtext_value *out, mtm_error *err) {
    mtm_status status;

    if (mtmi_jtext_peek(text) != '"') {
        return mtmi_jtext_refuse(text, "what is no key", "a key in quotes", err);
    }
    *out = (mtmi_jtext_value){MTMI_JTEXT_STRING, text->at, 0, text->line, mtmi_jtext_column(text)};
    status = skip_string(text, err);
    out->size = text->at - out->start;
    if (status == MTM_OK && mtmi_jtext_peek(text) != ':') {
        return mtmi_jtext_refuse(text, "a key without a value", "a colon", err);
    }
    text->at += status == MTM_OK;
    return status;
}

/* Brackets that are open, by depth: arrays and objects in any order. */
static mtm_status skip_nested(mtmi_jtext_text *text, mtm_error *err) {
    char open[MTMI_JTEXT_DEPTH];
    size_t depth = 0;
    int more = 0;

    do {
        char c = mtmi_jtext_peek(text);
        if (c == '[' || c == '{') {
            if (depth == MTMI_JTEXT_DEPTH) {
                return mtmi_error_set(err, MTM_ERROR_LIMIT, MTMI_CODE_CONTAINER,
                                      (mtmi_place){text->name, text->line, mtmi_jtext_column(text)},
                                      "found more than %d levels of nesting, expected a flatter document",
                                      MTMI_JTEXT_DEPTH);
            }
            open[depth++] = c;
            MTMI_CHECK_STATUS(mtmi_jtext_open(text, c, &more, err));
        } else {
            mtmi_jtext_value value;
            MTMI_CHECK_STATUS(c == '"'                  ? skip_string(text, err)
                              : c == '-' || is_digit(c) ? skip_number(text, err)
                                                        : skip_word(text, &value, err));
            MTMI_CHECK_STATUS(mtmi_jtext_more(text, open[depth - 1], &more, err));
        }
        while (!more && --depth > 0) {
            MTMI_CHECK_STATUS(mtmi_jtext_more(text, open[depth - 1], &more, err));
        }
        if (depth > 0 && open[depth - 1] == '{') {
            mtmi_jtext_value key;
            MTMI_CHECK_STATUS(mtmi_jtext_key(text, &key, err));
        }
    } while (depth > 0);
    return MTM_OK;
}

mtm_status mtmi_jtext_skip(mtmi_jtext_text *text, mtmi_jtext_value *out, mtm_error *err) {
    char c = mtmi_jtext_peek(text);
    mtm_status status;

    *out = (mtmi_jtext_value){MTMI_JTEXT_NULL, text->at, 0, text->line, mtmi_jtext_column(text)};
    if (c == '"') {
        out->kind = MTMI_JTEXT_STRING;
        status = skip_string(text, err);
    } else if (c == '[' || c == '{') {
        out->kind = c == '[' ? MTMI_JTEXT_ARRAY : MTMI_JTEXT_OBJECT;
        status = skip_nested(text, err);
    } else if (c == '-' || is_digit(c)) {
        out->kind = MTMI_JTEXT_NUMBER;
        status = skip_number(text, err);
    } else {
        status = skip_word(text, out, err);
    }
    out->size = text->at - out->start;
    return status;
}

static void add_character(uint32_t code, mtmi_buffer *out) {
    char bytes[4];
    size_t n = 0;

    if (code < 0x80) {
        bytes[n++] = (char)code;
    } else if (code < 0x800) {
        bytes[n++] = (char)(0xC0 | code >> 6);
    } else if (code < 0x10000) {
        bytes[n++] = (char)(0xE0 | code >> 12);
        bytes[n++] = (char)(0x80 | (code >> 6 & 0x3F));
    } else {
        bytes[n++] = (char)(0xF0 | code >> 18);
        bytes[n++] = (char)(0x80 | (code >> 12 & 0x3F));
        bytes[n++] = (char)(0x80 | (code >> 6 & 0x3F));
    }
    if (code >= 0x80) {
        bytes[n++] = (char)(0x80 | (code & 0x3F));
    }
    mtmi_buffer_add(out, bytes, n);
}

void mtmi_jtext_unquote(const char *bytes, size_t size, mtmi_buffer *out) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";

    for (size_t i = 1; i + 1 < size;) {
        const char *stop = memchr(bytes + i, '\\', size - 1 - i);
        size_t n = stop == NULL ? size - 1 - i : (size_t)(stop - bytes) - i;
        mtmi_buffer_add(out, bytes + i, n);
        i += n;
        if (stop == NULL) {
            break;
        }
        int unit = read_unit(bytes + i, size - i);
        if (unit < 0) {
            mtmi_buffer_char(out, to[strchr(from, bytes[i + 1]) - from]);
            i += 2;
        } else if (unit >= 0xD800 && unit < 0xDC00) {
            int low = read_unit(bytes + i + 6, size - i - 6);
            add_character(0x10000u + ((uint32_t)(unit - 0xD800) << 10) + (uint32_t)(low - 0xDC00), out);
            i += 12;
        } else {
            add_character((uint32_t)unit, out);
            i += 6;
        }
    }
}
