/* Writing JSON: two spaces a level, keys in the order given, one final line break. Knows no document. */
#ifndef MTMI_BASE_JSON_H
#define MTMI_BASE_JSON_H

#include "base/buffer.h"

#include <mtm/decimal.h>

#define MTMI_JSON_DEPTH 32

typedef struct mtmi_json {
    mtmi_buffer *buffer;
    int depth;
    unsigned char filled[MTMI_JSON_DEPTH]; /* whether the object or array at that depth has a member */
    int after_key;
} mtmi_json;

void mtmi_json_start(mtmi_json *json, mtmi_buffer *buffer);
void mtmi_json_object(mtmi_json *json);
void mtmi_json_object_end(mtmi_json *json);
void mtmi_json_array(mtmi_json *json);
void mtmi_json_array_end(mtmi_json *json);
void mtmi_json_key(mtmi_json *json, const char *key);
void mtmi_json_text(mtmi_json *json, const char *text);               /* NULL writes null */
void mtmi_json_bytes(mtmi_json *json, const char *text, size_t size); /* invalid UTF-8 becomes U+FFFD */
void mtmi_json_int(mtmi_json *json, int64_t number);
void mtmi_json_bool(mtmi_json *json, int value);
void mtmi_json_null(mtmi_json *json);
void mtmi_json_literal(mtmi_json *json, const char *number); /* a number, as it stands */
void mtmi_json_decimal(mtmi_json *json, mtm_decimal value);  /* as text: "157.2" */
/* key and value in one call; the text one writes null for NULL */
void mtmi_json_pair(mtmi_json *json, const char *key, const char *text);
void mtmi_json_pair_int(mtmi_json *json, const char *key, int64_t number);

#endif
