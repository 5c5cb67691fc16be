/* Cuts a title into words. */
#include "read/table/names/title_words.h"

#include <string.h>

int mtmi_title_words_cut(const char *text, size_t length, mtmi_title_words *out) {
    size_t at = 0;

    out->n = 0;
    while (at < length) {
        size_t end = at;
        while (end < length && strchr(" ,;:()", text[end]) == NULL) {
            end++;
        }
        if (end > at && out->n == MTMI_TITLE_WORDS) {
            return 0;
        }
        if (end > at) {
            out->from[out->n] = at;
            out->to[out->n++] = end;
        }
        at = end + 1;
    }
    return 1;
}
