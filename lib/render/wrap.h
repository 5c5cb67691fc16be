/* Lines of a given width, by the columns a terminal uses. Knows nothing of the form around them. */
#ifndef MTMI_RENDER_WRAP_H
#define MTMI_RENDER_WRAP_H

#include <stddef.h>

/* Bytes of the first line of text that fits in width columns, cut at a space where there is one and else at a character
 * (never less than one). *skip receives the bytes of the spaces after it. */
size_t mtmi_wrap_line(const char *text, size_t width, size_t *skip);

#endif
