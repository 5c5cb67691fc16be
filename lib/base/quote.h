/* Text from a file as messages show it. */
#ifndef MTMI_BASE_QUOTE_H
#define MTMI_BASE_QUOTE_H

#include <stddef.h>

/* Enough for what %q writes: 40 characters of 4 bytes or escapes of 6, quotes, a mark of the cut. */
#define MTMI_QUOTE_SIZE 272

/* out = text shown as %q shows it. Returns the length without NUL (never more than size - 1). */
size_t mtmi_error_quote(const char *text, size_t length, char *out, size_t size);

#endif
