/* A line of text in the caller's memory, of fixed size: what error messages are written into. */
#ifndef MTMI_BASE_LINE_H
#define MTMI_BASE_LINE_H

#include <stddef.h>

typedef struct mtmi_line {
    char *text;
    size_t size;   /* of text */
    size_t length; /* written */
    size_t needed; /* would have been written */
    int full;
} mtmi_line;

/* Appends as many whole characters as fit. `to` is an mtmi_line: the signature is that of mtmi_format_piece. */
void mtmi_line_add(void *out, const char *text, size_t size);
void mtmi_line_text(mtmi_line *out, const char *text);

#endif
