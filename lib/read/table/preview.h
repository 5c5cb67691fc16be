/* The first rows of a file, kept until the header is found and the columns are bound; and the header found among
 * them. */
#ifndef MTMI_READ_TABLE_PREVIEW_H
#define MTMI_READ_TABLE_PREVIEW_H

#include "read/table/row_cells.h"

typedef struct mtmi_preview {
    mtmi_row *rows;
    size_t n, capacity;
    size_t size;       /* bytes kept */
    int whole;         /* there are no more */
    int64_t flags;     /* line from which rows explain flags, below the words "Observation flags:"; 0 for none */
    mtm_status failed; /* what ended the rows early, and why; the rows before it are kept */
    mtm_error why;
} mtmi_preview;

/* Up to 200 rows or 256 KiB. Fails only without memory. */
mtm_status mtmi_preview_read(mtmi_rows *rows, mtmi_preview *out, mtm_error *err);
/* A copy of one row more. 0 without memory. */
int mtmi_preview_add(mtmi_preview *preview, const mtmi_row *row);
void mtmi_preview_free(mtmi_preview *head);

typedef struct mtmi_header {
    size_t first, n; /* rows of the head: where the header begins, how many it has; n 0: there is none */
    size_t tags;     /* row of HXL tags; SIZE_MAX for none */
    size_t units;    /* row of units; SIZE_MAX for none */
    size_t data;     /* the first row that may be data */
    mtmi_how how;
    int two_languages; /* its two rows say the same */
    char **names;      /* one per column */
    size_t n_names;
    const char *convention; /* static: "HXL", "SDMX-CSV 1.0"; "" */
} mtmi_header;

/* Declared or inferred; refuses with MTM_ERROR_STRUCTURE where it is not certain. */
mtm_status mtmi_header_find(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                            mtmi_header *out, mtm_error *err);
void mtmi_header_free(mtmi_header *header);

/* Whether a row repeats the header, or is another one (further down: a second table). */
int mtmi_header_repeats(const mtmi_header *header, const mtmi_row *row);
int mtmi_header_like(const mtmi_row *row);

#endif
