/* Tables of Eurostat as tab-separated values: several dimensions in the first cell. */
#ifndef MTMI_READ_CSV_COMMA_ROWS_H
#define MTMI_READ_CSV_COMMA_ROWS_H

#include "read/table/rows.h"

/* Whether a text begins with "freq,unit,geo\\TIME_PERIOD" and a tab. */
int mtmi_comma_rows_like(const char *text, size_t size);
/* Takes the rows over, in every case; NULL without memory. */
mtmi_rows *mtmi_comma_rows_new(mtmi_rows *inner);

#endif
