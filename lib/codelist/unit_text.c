/* The form in which words of units are compared. The generator of the tables uses it too. */
#include "base/text.h"
#include "codelist/unit.h"

#include <string.h>

size_t mtmi_unit_normalise(const char *text, size_t length, char *out, size_t size) {
    size_t n = size > 0 ? mtmi_text_normalise(text, length, out, size) : size, at = 0;

    if (n >= size) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        char c = strchr(" .,;:()[]/_", out[i]) != NULL ? ' ' : out[i];
        if (c != ' ' || (at > 0 && out[at - 1] != ' ')) {
            out[at++] = c;
        }
    }
    at -= at > 0 && out[at - 1] == ' ';
    out[at] = '\0';
    return at;
}
