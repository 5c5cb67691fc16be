/* Numbers of pages behind the links of a page's contents, for printers that cannot count them: Chromium. */
#ifndef PDF_CONTENTS_H
#define PDF_CONTENTS_H

#include <stddef.h>
#include <stdio.h>

#define CONTENTS_MOST 64

/* The links of the contents, in their order: on which page of the PDF each leads; 0 where that is not known. */
struct contents {
    int pages[CONTENTS_MOST];
    size_t n;
};

/* Reads the numbers out of a PDF that was printed from the page: of named destinations, as Chromium writes them. Returns
 * whether every link has one. */
int contents_read(const char *pdf, size_t pdf_size, const char *page, size_t page_size, struct contents *out);

/* Writes the page with the number behind each link. */
void contents_write(const char *page, size_t size, const struct contents *numbers, FILE *stream);

#endif
