/* Refusing rows: the row verbatim, the place in it, and the reason. */
#ifndef MTMI_TABULATE_RAW_PLACE_H
#define MTMI_TABULATE_RAW_PLACE_H

#include "tabulate/counter.h"

#define MTMI_REFUSED_QUOTE SIZE_MAX /* for cell: the place is the quote that should not be there */

typedef struct mtmi_refused {
    const char *record; /* the row, without its line end */
    size_t size;
    size_t offset; /* of the place in record */
    int code;
    const char *found; /* NULL: the record from there on says it */
    size_t found_size;
    const char *expected, *hint;
} mtmi_refused;

/* Where a cell of a row begins, or the quote that should not be there. */
size_t mtmi_refuse_place(const mtmi_count_table *table, const char *record, size_t size, size_t cell);
mtm_status mtmi_refuse(mtmi_counter *counter, const mtmi_refused *refused);

#endif
