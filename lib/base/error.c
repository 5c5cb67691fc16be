/* In: a status, a place and a format. Out: the caller's mtm_error, filled with one line of text.
 * Text is cut at a character's boundary and control characters are escaped. Does not know what failed. */
#include "base/error.h"

#include "base/format.h"
#include "base/text.h"

#include <string.h>

static const char *const status_names[] = {
    "MTM_OK",           "MTM_ERROR_ARGUMENT",  "MTM_ERROR_MEMORY",      "MTM_ERROR_IO",
    "MTM_ERROR_NOT_FOUND", "MTM_ERROR_ENCODING", "MTM_ERROR_STRUCTURE", "MTM_ERROR_VALUE",
    "MTM_ERROR_SCHEMA", "MTM_ERROR_RANGE",     "MTM_ERROR_LIMIT",       "MTM_ERROR_PATH",
    "MTM_ERROR_CANCELLED", "MTM_ERROR_UNSUPPORTED", "MTM_ERROR_DISCLOSURE", "MTM_ERROR_STATE",
};

const char *mtm_status_name(mtm_status status) {
    size_t i = (size_t)status;
    return i < sizeof status_names / sizeof *status_names ? status_names[i] : "MTM_ERROR_UNKNOWN";
}

/* Text of a fixed size that fills up, whole characters only. */
typedef struct line {
    char *text;
    size_t size;    /* of text */
    size_t length;  /* written */
    size_t needed;  /* would have been written */
    int full;
} line;

static void add(void *to, const char *text, size_t size) {
    line *out = to;
    out->needed += size;
    size_t room = out->size > out->length ? out->size - out->length - 1 : 0;
    if (out->full || size > room) {
        size = out->full ? 0 : room;
        while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) {
            size--;
        }
        out->full = 1;
    }
    if (out->size > 0) {
        memcpy(out->text + out->length, text, size);
        out->length += size;
        out->text[out->length] = '\0';
    }
}

static void add_text(line *out, const char *text) { add(out, text, strlen(text)); }

/* Line breaks, escapes and other control characters never reach a message. */
static void flatten(char *text) {
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7f) {
            *text = ' ';
        }
    }
}

mtm_status mtmi_error_set(mtm_error *err, mtm_status status, int code, mtmi_place place, const char *format, ...) {
    if (err == NULL) {
        return status;
    }
    memset(err, 0, sizeof *err);
    err->status = (int32_t)status;
    err->code = code;
    err->line = place.line;
    err->column = place.column;
    if (place.subject != NULL) {
        line subject = {err->subject, sizeof err->subject, 0, 0, 0};
        add_text(&subject, place.subject);
        flatten(err->subject);
    }
    line message = {err->message, sizeof err->message, 0, 0, 0};
    va_list arguments;
    va_start(arguments, format);
    mtmi_format(add, &message, format, arguments);
    va_end(arguments);
    flatten(err->message);
    return status;
}

mtm_status mtmi_error_memory(mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_MEMORY, 0, (mtmi_place){NULL, 0, 0}, "no memory is left");
}

mtm_status mtmi_error_argument(mtm_error *err, const char *argument, const char *expected) {
    return mtmi_error_set(err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){argument, 0, 0}, "expected %s", expected);
}

size_t mtm_error_describe(const mtm_error *error, char *buffer, size_t size) {
    line out = {buffer, size, 0, 0, 0};
    char digits[24];
    if (size > 0) {
        buffer[0] = '\0';
    }
    if (error == NULL) {
        return 0;
    }
    if (error->subject[0] != '\0') {
        add_text(&out, error->subject);
        for (int i = 0; i < 2; i++) {
            int64_t number = i == 0 ? error->line : error->column;
            if (number > 0 && error->line > 0) {
                add_text(&out, ":");
                add(&out, digits, mtmi_format_int(number, digits));
            }
        }
        add_text(&out, ": ");
    }
    add_text(&out, "error");
    if (error->code > 0) {
        size_t n = mtmi_format_int(error->code, digits);
        add_text(&out, "[MTM-E");
        add(&out, "000", n < 3 ? 3 - n : 0);
        add(&out, digits, n);
        add_text(&out, "]");
    }
    add_text(&out, ": ");
    add_text(&out, error->message);
    return out.needed;
}

mtm_status mtmi_options_copy(void *ours, size_t own_size, const void *options, const char *name, mtm_error *err) {
    if (options == NULL) {
        return MTM_OK;
    }
    size_t size = 0;
    memcpy(&size, options, sizeof size);
    if (size < sizeof size) {
        return mtmi_error_argument(err, name, "options whose size is set; begin with the _INIT macro");
    }
    for (size_t i = own_size; i < size; i++) {
        if (((const unsigned char *)options)[i] != 0) {
            return mtmi_error_argument(err, name, "no settings beyond those this version of the library knows");
        }
    }
    memcpy(ours, options, size < own_size ? size : own_size);
    memcpy(ours, &own_size, sizeof own_size);
    return MTM_OK;
}

/* One character for %q: printable ones as they are, the others as \x0A or \u200B. */
static void quote_one(line *out, const char *text, size_t bytes, uint32_t character) {
    static const char hex[] = "0123456789ABCDEF";
    char escape[8] = "\\u";
    int invisible = character < 0x20 || character == 0x7f || (character >= 0x80 && character < 0xA0) ||
                    (character >= 0x200B && character <= 0x200F) || (character >= 0x2028 && character <= 0x202E) ||
                    (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF;
    if (character == '"' || character == '\\') {
        add(out, "\\", 1);
    }
    if (!invisible) {
        add(out, text, bytes);
        return;
    }
    for (int i = 0; i < 4; i++) {
        escape[2 + i] = hex[(character >> (12 - 4 * i)) & 15];
    }
    add(out, escape, 6);
}

size_t mtmi_error_quote(const char *text, size_t length, char *out, size_t size) {
    static const char hex[] = "0123456789ABCDEF";
    line to = {out, size, 0, 0, 0};
    size_t characters = 0;
    if (size > 0) {
        out[0] = '\0';
    }
    add(&to, "\"", 1);
    while (length > 0 && characters < 40) {
        size_t bytes = 1;
        size_t valid = mtmi_text_valid(text, length < 4 ? length : 4);
        if (valid == 0) {
            char escape[4] = {'\\', 'x', hex[((unsigned char)*text) >> 4], hex[*text & 15]};
            add(&to, escape, 4);
        } else {
            uint32_t character = mtmi_text_decode(text, valid, &bytes);
            quote_one(&to, text, bytes, character);
        }
        text += bytes;
        length -= bytes;
        characters++;
    }
    add_text(&to, length > 0 ? "...\"" : "\"");
    return to.length;
}
