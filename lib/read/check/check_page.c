/* The pieces a check's text is written with: colours, words, counts, and text from files, which never reaches a
 * terminal unescaped. */
#include "read/check/check_page.h"

void mtmi_page_paint(const mtmi_page *page, const char *colour) {
    mtmi_buffer_text(page->out, page->colour ? colour : "");
}

void mtmi_page_text(const mtmi_page *page, const char *text) {
    mtmi_buffer_text(page->out, text);
}

void mtmi_page_foreign(const mtmi_page *page, const char *text, size_t width) {
    (void)mtmi_check_line(text, 0, width, page->out);
}

void mtmi_page_count(const mtmi_page *page, int64_t number, const char *one, const char *many) {
    mtmi_buffer_int(page->out, number);
    mtmi_buffer_char(page->out, ' ');
    mtmi_buffer_text(page->out, number == 1 ? one : many);
}
