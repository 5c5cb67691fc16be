/* The text form of a check while it is written. Private to it. */
#ifndef MTMI_READ_CHECK_CHECK_PAGE_H
#define MTMI_READ_CHECK_CHECK_PAGE_H

#include "read/check/check_internal.h"

#define MTMI_PAGE_RED "\033[1;31m"
#define MTMI_PAGE_YELLOW "\033[1;33m"
#define MTMI_PAGE_GREEN "\033[1;32m"
#define MTMI_PAGE_BOLD "\033[1m"
#define MTMI_PAGE_DIM "\033[2m"
#define MTMI_PAGE_PLAIN "\033[0m"
#define MTMI_PAGE_CYAN "\033[36m"
#define MTMI_PAGE_LEAF "\033[32m"
#define MTMI_PAGE_VIOLET "\033[35m"
#define MTMI_PAGE_SAND "\033[33m"

typedef struct mtmi_page {
    mtmi_buffer *out;
    size_t width;
    int colour;
} mtmi_page;

/* check_page.c */
void mtmi_page_paint(const mtmi_page *page, const char *colour); /* nothing without colours */
void mtmi_page_text(const mtmi_page *page, const char *text);    /* our own words */
/* A text that comes from a file: nothing in it reaches the terminal unescaped; cut at width. */
void mtmi_page_foreign(const mtmi_page *page, const char *text, size_t width);
void mtmi_page_count(const mtmi_page *page, int64_t number, const char *one,
                     const char *many); /* "1 note", "2 notes" */

/* check_summary.c: rows, dialect, periods and columns of a file, one per line. */
void mtmi_page_summary(const mtmi_page *page, const mtmi_check_file *file);

/* check_text.c: "ok, with 2 notes", in colour. */
void mtmi_page_verdict(const mtmi_page *page, const mtm_check *check);

/* check_show.c: the rows that are kept to be seen, in columns, each cell in the colour of its class. */
void mtmi_page_picture(const mtmi_page *page, const mtmi_check_file *file);

#endif
