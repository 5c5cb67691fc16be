/* What the terminal can do, and what may be written to it. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include "options.h"

#include <stddef.h>
#include <stdio.h>

/* Columns of the terminal a stream goes to; 0 when it goes elsewhere. */
int terminal_width(FILE *stream);

/* Whether text to the stream may be coloured: --colour, NO_COLOR, TERM, and whether it is a terminal. */
int terminal_colour(const struct settings *settings, FILE *stream);

/* Text with control characters and what is no UTF-8 replaced by "?". */
void terminal_print(FILE *stream, const char *text);

/* How many columns a text takes. */
size_t terminal_columns(const char *text);

/* A paragraph of `length` bytes in lines of at most `width` columns, indented; its first line goes on from column `at`. */
void terminal_paragraph(FILE *stream, const char *text, size_t length, size_t indent, size_t at, size_t width);

#endif
