/* Refusing a row: finding the place in the raw row, keeping it verbatim. What comes in: the row's bytes, a cell, a reason.
 * What goes out: a diagnostic in the counter. It does not judge. */
#ifndef MTMI_TABULATE_REFUSE_H
#define MTMI_TABULATE_REFUSE_H

#include "tabulate/counter.h"

#define MTMI_REFUSED_ROW (SIZE_MAX - 1)   /* the place is the row's beginning */
#define MTMI_REFUSED_QUOTE SIZE_MAX       /* the place is the quote that should not be there */

typedef struct mtmi_refused {
    const unsigned char *row;
    size_t size;
    size_t cell;
    int code;
    const char *found;           /* NULL: the row's beginning says it */
    size_t found_size;
    const char *expected, *hint;
} mtmi_refused;

mtm_status mtmi_refuse(mtmi_counter *counter, const mtmi_refused *refused);
#endif
