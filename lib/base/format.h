/* The one formatter of the library: no locale, no printf. It writes to whatever takes pieces of text. */
#ifndef MTMI_BASE_FORMAT_H
#define MTMI_BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

typedef void (*mtmi_format_piece)(void *out, const char *text, size_t size);

/* Knows %s %q %d %lld %llu %zu %c %%, and %0Nd for padding with zeros. */
void mtmi_format(mtmi_format_piece piece, void *out, const char *format, va_list arguments);

/* Writes a number in base ten; returns its length. out holds at least 24. */
size_t mtmi_format_int(long long number, char *out);
size_t mtmi_format_unsigned(unsigned long long number, char *out);

#endif
