/* Where the first row behind a byte begins, and how many lines stand before it: for a part of a file that is counted alone. */
#ifndef MTMI_TABULATE_SCAN_ROWS_BEFORE_H
#define MTMI_TABULATE_SCAN_ROWS_BEFORE_H

#include "base/source.h"

typedef struct mtmi_rows_before {
    unsigned char delimiter, quote;
    int has_quote;
    uint64_t next; /* where a row begins; then where the first row behind the byte begins, or the file ends */
    uint64_t line; /* line feeds before it */
} mtmi_rows_before;

/* *certain 0: quotes or carriage returns are not as in well-formed CSV, and only walking the rows can tell. */
mtm_status mtmi_rows_before_find(const mtmi_source *source, uint64_t byte, mtmi_rows_before *rows, int *certain,
                                 mtm_error *err);

#endif
