/* A report as PDF: printed from its page by a program that is found at run time. */
#ifndef PDF_H
#define PDF_H

#include "options.h"

#include <mtm.h>

/* Whether --format or the ending of the output's name asks for PDF. */
int pdf_is_asked(const struct settings *settings);

/* Whether there is a program that prints; complains, and returns how the program should end. */
int pdf_check(void);

/* Prints the page and writes the PDF to a file, or to standard output where path is NULL or "-". */
int pdf_write(const char *path, const mtm_buffer *page);

#endif
