/* Writes JSON (RFC 8259), two spaces a level. Text that is not valid UTF-8 is written with U+FFFD. */
#include "base/json.h"

#include "base/decimal.h"
#include "base/text.h"

#include <string.h>

void mtmi_json_start(mtmi_json *json, mtmi_buffer *buffer) {
    memset(json, 0, sizeof *json);
    json->buffer = buffer;
}

static void new_line(mtmi_json *json) {
    mtmi_buffer_char(json->buffer, '\n');
    mtmi_buffer_repeat(json->buffer, "  ", (size_t)json->depth);
}

/* Comma and line break before a member; nothing after its key. */
static void before(mtmi_json *json) {
    if (json->after_key) {
        json->after_key = 0;
        return;
    }
    if (json->depth == 0) {
        return;
    }
    if (json->filled[json->depth]) {
        mtmi_buffer_char(json->buffer, ',');
    }
    json->filled[json->depth] = 1;
    new_line(json);
}

static void open_with(mtmi_json *json, char mark) {
    before(json);
    mtmi_buffer_char(json->buffer, mark);
    if (json->depth < MTMI_JSON_DEPTH - 1) {
        json->depth++;
    } else {
        json->buffer->failed = 1; /* no document of ours is that deep */
    }
    json->filled[json->depth] = 0;
}

static void close_with(mtmi_json *json, char mark) {
    int filled = json->filled[json->depth];
    json->depth -= json->depth > 0;
    if (filled) {
        new_line(json);
    }
    mtmi_buffer_char(json->buffer, mark);
    if (json->depth == 0) {
        mtmi_buffer_char(json->buffer, '\n');
    }
}

void mtmi_json_object(mtmi_json *json) {
    open_with(json, '{');
}
void mtmi_json_object_end(mtmi_json *json) {
    close_with(json, '}');
}
void mtmi_json_array(mtmi_json *json) {
    open_with(json, '[');
}
void mtmi_json_array_end(mtmi_json *json) {
    close_with(json, ']');
}

static void escaped(mtmi_buffer *buffer, unsigned char c) {
    static const char hex[] = "0123456789abcdef";
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    const char *at = memchr(from, c, sizeof from - 1);
    mtmi_buffer_char(buffer, '\\');
    if (at != NULL) {
        mtmi_buffer_char(buffer, to[at - from]);
    } else {
        mtmi_buffer_text(buffer, "u00");
        mtmi_buffer_char(buffer, hex[c >> 4]);
        mtmi_buffer_char(buffer, hex[c & 15]);
    }
}

static void quoted(mtmi_buffer *buffer, const char *text, size_t size) {
    mtmi_buffer_char(buffer, '"');
    while (size > 0) {
        size_t valid = mtmi_text_valid(text, size), plain = 0;
        while (plain < valid && (unsigned char)text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\') {
            plain++;
        }
        mtmi_buffer_add(buffer, text, plain);
        if (plain < valid) {
            escaped(buffer, (unsigned char)text[plain]);
            plain++;
        } else if (plain < size) {
            mtmi_buffer_text(buffer, "\xEF\xBF\xBD");
            plain++;
        }
        text += plain;
        size -= plain;
    }
    mtmi_buffer_char(buffer, '"');
}

void mtmi_json_key(mtmi_json *json, const char *key) {
    before(json);
    quoted(json->buffer, key, strlen(key));
    mtmi_buffer_text(json->buffer, ": ");
    json->after_key = 1;
}

void mtmi_json_bytes(mtmi_json *json, const char *text, size_t size) {
    before(json);
    quoted(json->buffer, text, size);
}

void mtmi_json_text(mtmi_json *json, const char *text) {
    if (text == NULL) {
        mtmi_json_null(json);
    } else {
        mtmi_json_bytes(json, text, strlen(text));
    }
}

void mtmi_json_int(mtmi_json *json, int64_t number) {
    before(json);
    mtmi_buffer_int(json->buffer, number);
}

void mtmi_json_bool(mtmi_json *json, int value) {
    before(json);
    mtmi_buffer_text(json->buffer, value ? "true" : "false");
}

void mtmi_json_null(mtmi_json *json) {
    before(json);
    mtmi_buffer_text(json->buffer, "null");
}

void mtmi_json_literal(mtmi_json *json, const char *number) {
    before(json);
    mtmi_buffer_text(json->buffer, number);
}

void mtmi_json_decimal(mtmi_json *json, mtm_decimal value) {
    char text[MTMI_WIDE_TEXT];
    mtm_decimal_describe(value, text, sizeof text);
    mtmi_json_text(json, text);
}

void mtmi_json_pair(mtmi_json *json, const char *key, const char *text) {
    mtmi_json_key(json, key);
    mtmi_json_text(json, text);
}

void mtmi_json_pair_int(mtmi_json *json, const char *key, int64_t number) {
    mtmi_json_key(json, key);
    mtmi_json_int(json, number);
}
