/* Breaks text into lines of a width. No-break spaces do not break. */
#include "render/wrap.h"

#include "base/text.h"

#include <string.h>

size_t mtmi_wrap_line(const char *text, size_t width, size_t *skip) {
    size_t length = strlen(text), used = 0, bytes = 1, at = 0, space = 0;
    while (at < length && text[at] != '\n') {
        (void)mtmi_text_decode(text + at, length - at, &bytes);
        used += mtmi_text_width(text + at, bytes);
        if (text[at] == ' ') {
            space = at > 0 && text[at - 1] != ' ' ? at : space; /* where the run began */
        } else if (used > width) {
            break;
        }
        at += bytes;
    }
    if (at == length || text[at] == '\n') {
        *skip = at < length;
        return at;
    }
    at = space > 0 ? space : at > 0 ? at : bytes;
    *skip = strspn(text + at, " ");
    return at;
}
