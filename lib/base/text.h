/* UTF-8 text: what is valid, how long, how it compares. Knows no codes and no languages. */
#ifndef MTMI_BASE_TEXT_H
#define MTMI_BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the valid UTF-8 prefix (RFC 3629: no overlong forms, no surrogates); equals length when all is valid. */
size_t mtmi_text_valid(const char *text, size_t length);
/* Characters (code points) of valid UTF-8. */
size_t mtmi_text_characters(const char *text, size_t length);
/* One code point at text (valid UTF-8, length > 0) and its bytes. */
uint32_t mtmi_text_decode(const char *text, size_t length, size_t *bytes);
/* Writes a code point; returns its bytes (1-4). */
size_t mtmi_text_encode(uint32_t character, char out[4]);

/* The form in which labels, headers and keywords are compared: NFKC and case folding (utf8proc), then yo = ye, every
 * kind of space to one U+0020, runs to one, ends trimmed, every quote mark to ', every dash to -; zero-width and
 * soft-hyphen characters removed. Marks are kept: short i is not i.
 * Writes at most size bytes with a NUL. Returns the length, or SIZE_MAX when the text is not valid UTF-8, or a
 * value >= size when it did not fit (nothing useful is written then). */
size_t mtmi_text_normalise(const char *text, size_t length, char *out, size_t size);

/* A letter of the other case; itself where it has none. */
uint32_t mtmi_text_lower(uint32_t character);
uint32_t mtmi_text_upper(uint32_t character);

/* Any of the Unicode spaces (Zs, tab, U+00A0, U+2009, U+202F, ...). */
int mtmi_text_is_space(uint32_t character);
/* text without spaces at both ends, in place in the sense of returning a slice. */
const char *mtmi_text_trim(const char *text, size_t *length);
/* Columns a terminal uses for a code point or a text: 0 for marks, 2 for wide ones. */
size_t mtmi_text_width(const char *text, size_t length);

#endif
