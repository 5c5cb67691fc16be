/* Appends text to a buffer of fixed size and cuts it at a character boundary when it is full (UTF-8, RFC 3629). */
#include "base/line.h"

#include <string.h>

void mtmi_line_add(void *target, const char *text, size_t size) {
    mtmi_line *out = target;
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

void mtmi_line_text(mtmi_line *out, const char *text) {
    mtmi_line_add(out, text, strlen(text));
}
