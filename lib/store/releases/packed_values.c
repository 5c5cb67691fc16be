/* A value is a letter for its type, then a number, a text, or how many values there are and then those. */
#include "store/releases/packed_values.h"

#include <string.h>

enum { DEEPEST = 64 };

void mtmi_pack_number(mtmi_buffer *out, uint64_t number, unsigned bytes) {
    char text[8];
    for (unsigned i = 0; i < bytes; i++) {
        text[i] = (char)(unsigned char)(number >> (8 * i));
    }
    mtmi_buffer_add(out, text, bytes);
}

void mtmi_pack_text(mtmi_buffer *out, const char *text) {
    mtmi_buffer_add(out, text, strlen(text) + 1);
}

static void pack_real(mtmi_buffer *out, double real) {
    uint64_t bits;
    memcpy(&bits, &real, sizeof bits);
    mtmi_pack_number(out, bits, 8);
}

void mtmi_pack_json(mtmi_buffer *out, const json_t *json) {
    static const char letters[] = {[JSON_OBJECT] = 'o', [JSON_ARRAY] = 'a', [JSON_STRING] = 's', [JSON_INTEGER] = 'i',
                                   [JSON_REAL] = 'r',   [JSON_TRUE] = 't',  [JSON_FALSE] = 'f',  [JSON_NULL] = 'n'};
    const json_type type = json_typeof(json);
    const char *key;
    json_t *value;
    mtmi_buffer_char(out, letters[type]);
    if (type == JSON_STRING) {
        mtmi_pack_text(out, json_string_value(json));
    } else if (type == JSON_INTEGER) {
        mtmi_pack_number(out, (uint64_t)json_integer_value(json), 8);
    } else if (type == JSON_REAL) {
        pack_real(out, json_real_value(json));
    } else if (type == JSON_ARRAY) {
        mtmi_pack_number(out, json_array_size(json), 4);
        for (size_t i = 0; i < json_array_size(json); i++) {
            mtmi_pack_json(out, json_array_get(json, i));
        }
    } else if (type == JSON_OBJECT) {
        mtmi_pack_number(out, json_object_size(json), 4);
        json_object_foreach((json_t *)(uintptr_t)json, key, value) {
            mtmi_pack_text(out, key);
            mtmi_pack_json(out, value);
        }
    }
}

uint64_t mtmi_unpack_number(mtmi_packed *from, unsigned bytes) {
    uint64_t number = 0;
    if (from->failed || (size_t)(from->end - from->at) < bytes) {
        from->failed = 1;
        return 0;
    }
    for (unsigned i = 0; i < bytes; i++) {
        number |= (uint64_t)(unsigned char)from->at[i] << (8 * i);
    }
    from->at += bytes;
    return number;
}

const char *mtmi_unpack_text(mtmi_packed *from) {
    const char *text = from->at, *end = memchr(from->at, '\0', (size_t)(from->end - from->at));
    if (from->failed || end == NULL) {
        from->failed = 1;
        return "";
    }
    from->at = end + 1;
    return text;
}

static json_t *unpack_real(mtmi_packed *from) {
    const uint64_t bits = mtmi_unpack_number(from, 8);
    double real;
    memcpy(&real, &bits, sizeof real);
    return json_real(real);
}

static json_t *unpack_value(mtmi_packed *from, int depth);

static json_t *unpack_members(mtmi_packed *from, int is_object, int depth) {
    const uint64_t n = mtmi_unpack_number(from, 4);
    json_t *out = is_object ? json_object() : json_array();
    int done = out != NULL;
    for (uint64_t i = 0; i < n && done && !from->failed; i++) {
        const char *key = is_object ? mtmi_unpack_text(from) : NULL;
        json_t *value = unpack_value(from, depth + 1);
        done = (is_object ? json_object_set_new_nocheck(out, key, value) : json_array_append_new(out, value)) == 0;
    }
    if (!done || from->failed) {
        json_decref(out);
        return NULL;
    }
    return out;
}

static json_t *unpack_value(mtmi_packed *from, int depth) {
    const uint64_t letter = mtmi_unpack_number(from, 1);
    if (depth > DEEPEST || from->failed) {
        from->failed = 1;
        return NULL;
    }
    switch (letter) {
    case 'o': return unpack_members(from, 1, depth);
    case 'a': return unpack_members(from, 0, depth);
    case 's': return json_string_nocheck(mtmi_unpack_text(from));
    case 'i': return json_integer((json_int_t)mtmi_unpack_number(from, 8));
    case 'r': return unpack_real(from);
    case 't': return json_true();
    case 'f': return json_false();
    case 'n': return json_null();
    default: from->failed = 1; return NULL;
    }
}

json_t *mtmi_unpack_json(mtmi_packed *from) {
    return unpack_value(from, 0);
}
