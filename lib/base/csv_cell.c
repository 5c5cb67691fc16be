/* Writes one text as a cell of CSV (RFC 4180), the separator being a comma. A text that a spreadsheet would take for a
 * formula gets an apostrophe. */
#include "base/csv_cell.h"

#include <string.h>

static int needs_quotes(const char *text) {
    size_t length = strlen(text);
    return length > 0 && (strpbrk(text, ",\"\r\n") != NULL || text[0] == ' ' || text[length - 1] == ' ');
}

static void write(mtmi_buffer *buffer, const char *text, int guard) {
    int quoted = needs_quotes(text);
    if (quoted) {
        mtmi_buffer_char(buffer, '"');
    }
    if (guard) {
        mtmi_buffer_char(buffer, '\'');
    }
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            mtmi_buffer_char(buffer, '"');
        }
        mtmi_buffer_char(buffer, *text);
    }
    if (quoted) {
        mtmi_buffer_char(buffer, '"');
    }
}

void mtmi_csv_cell_verbatim(mtmi_buffer *buffer, const char *text) {
    if (text != NULL) {
        write(buffer, text, 0);
    }
}

void mtmi_csv_cell(mtmi_buffer *buffer, const char *text) {
    if (text != NULL) {
        write(buffer, text, text[0] != '\0' && strchr("=+-@\t\r'", text[0]) != NULL);
    }
}
