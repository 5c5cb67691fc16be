/* Parses JSON with jansson. Depth is limited before jansson sees the bytes, because its parser recurses. */
#include "base/json_read.h"

#include "base/error.h"
#include "base/text.h"

#include <string.h>

/* Where the nesting passes the limit, counted outside strings; size when it never does. */
static size_t too_deep(const char *bytes, size_t size) {
    size_t depth = 0;
    int in_string = 0;
    for (size_t i = 0; i < size; i++) {
        char c = bytes[i];
        if (in_string) {
            i += c == '\\';
            in_string = c != '"';
        } else if (c == '"') {
            in_string = 1;
        } else if ((c == '{' || c == '[') && ++depth > MTMI_JSON_READ_DEPTH) {
            return i;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return size;
}

/* The place of a byte, lines and characters from 1. */
static mtmi_place place_of(const char *name, const char *bytes, size_t at) {
    mtmi_place place = {name, 1, 1};
    size_t start = 0;
    for (size_t i = 0; i < at; i++) {
        if (bytes[i] == '\n') {
            place.line++;
            start = i + 1;
        }
    }
    place.column = (int64_t)mtmi_text_characters(bytes + start, at - start) + 1;
    return place;
}

mtm_status mtmi_json_load(const char *bytes, size_t size, const char *name, json_t **out, mtm_error *err) {
    json_error_t found;
    *out = NULL;
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        size -= 3;
    }
    size_t deep = too_deep(bytes, size);
    if (deep < size) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, place_of(name, bytes, deep),
                              "found more than %d levels of nesting, expected a flatter document",
                              MTMI_JSON_READ_DEPTH);
    }
    *out = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &found);
    if (*out != NULL) {
        return MTM_OK;
    }
    if (json_error_code(&found) == json_error_out_of_memory) {
        return mtmi_error_memory(err);
    }
    size_t at = found.position > 0 ? (size_t)found.position - 1 : 0;
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, 0, place_of(name, bytes, at < size ? at : size), "invalid JSON: %s",
                          found.text);
}
