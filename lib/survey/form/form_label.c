/* Labels of forms as plain text: without the marks of Markdown and HTML that questionnaires are dressed with, each run of
 * space one blank. Invariant: nothing is added, and a label that has none of them stays as it is. */
#include "survey/form/form_label.h"

#include <string.h>

static int is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The length of a tag such as <span style="color:red"> or </b>; 0 where "<" is one less than the other. */
static size_t tag_at(const char *text, size_t length) {
    const char *end = length > 2 && text[0] == '<' ? memchr(text, '>', length) : NULL;
    char first = length > 2 && text[1] == '/' ? text[2] : length > 1 ? text[1] : '\0';
    int letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
    return end != NULL && letter ? (size_t)(end - text) + 1 : 0;
}

static size_t mark_at(const char *text, size_t length) {
    return length > 1 && (memcmp(text, "**", 2) == 0 || memcmp(text, "__", 2) == 0) ? 2 : tag_at(text, length);
}

void mtmi_form_plain(const char *text, size_t length, mtmi_buffer *out) {
    int space = 0;
    for (size_t i = 0; i < length;) {
        size_t mark = mark_at(text + i, length - i);
        if (mark > 0) {
            i += mark;
            continue;
        }
        if (is_space(text[i])) {
            space = out->size > 0;
        } else {
            mtmi_buffer_text(out, space ? " " : "");
            mtmi_buffer_char(out, text[i]);
            space = 0;
        }
        i++;
    }
}
