/* Shows text from a file in a message: in quotes, at most 40 characters, control and invisible characters escaped as
 * \x0A or \u200B, so that nothing in a file can forge a line or reorder what is read (Unicode UTS #55). */
#include "base/quote.h"

#include "base/line.h"
#include "base/text.h"

/* One character for %q: printable ones as they are, the others as \x0A or \u200B. */
static void quote_one(mtmi_line *out, const char *text, size_t bytes, uint32_t character) {
    static const char hex[] = "0123456789ABCDEF";
    char escape[8] = "\\u";
    int invisible = character < 0x20 || character == 0x7f || (character >= 0x80 && character < 0xA0) ||
                    (character >= 0x200B && character <= 0x200F) || (character >= 0x2028 && character <= 0x202E) ||
                    (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF;
    if (character == '"' || character == '\\') {
        mtmi_line_add(out, "\\", 1);
    }
    if (!invisible) {
        mtmi_line_add(out, text, bytes);
        return;
    }
    for (int i = 0; i < 4; i++) {
        escape[2 + i] = hex[(character >> (12 - 4 * i)) & 15];
    }
    mtmi_line_add(out, escape, 6);
}

size_t mtmi_error_quote(const char *text, size_t length, char *out, size_t size) {
    static const char hex[] = "0123456789ABCDEF";
    mtmi_line to = {out, size, 0, 0, 0};
    size_t characters = 0;
    if (size > 0) {
        out[0] = '\0';
    }
    mtmi_line_add(&to, "\"", 1);
    while (length > 0 && characters < 40) {
        size_t bytes = 1;
        size_t valid = mtmi_text_valid(text, length < 4 ? length : 4);
        if (valid == 0) {
            char escape[4] = {'\\', 'x', hex[((unsigned char)*text) >> 4], hex[*text & 15]};
            mtmi_line_add(&to, escape, 4);
        } else {
            uint32_t character = mtmi_text_decode(text, valid, &bytes);
            quote_one(&to, text, bytes, character);
        }
        text += bytes;
        length -= bytes;
        characters++;
    }
    mtmi_line_text(&to, length > 0 ? "...\"" : "\"");
    return to.length;
}
