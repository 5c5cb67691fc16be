/* Numbers, texts and JSON as bytes that are read without a parser, the same on every machine: the least significant byte
 * stands first. */
#ifndef MTMI_STORE_PACKED_VALUES_H
#define MTMI_STORE_PACKED_VALUES_H

#include "base/buffer.h"

#include <jansson.h>

void mtmi_pack_number(mtmi_buffer *out, uint64_t number, unsigned bytes);
void mtmi_pack_text(mtmi_buffer *out, const char *text); /* with its NUL */
void mtmi_pack_json(mtmi_buffer *out, const json_t *json);

/* What is left to read. Once something is not there, failed is set, and what follows is 0, "" and NULL. */
typedef struct mtmi_packed {
    const char *at, *end;
    int failed;
} mtmi_packed;

uint64_t mtmi_unpack_number(mtmi_packed *from, unsigned bytes);
const char *mtmi_unpack_text(mtmi_packed *from); /* lent by the bytes */
/* The caller's; NULL, too, without memory. */
json_t *mtmi_unpack_json(mtmi_packed *from);

#endif
