/* Counts a stream of columns whose head was bound as text, as if its rows had been read from a file. */
#ifndef MTMI_TABULATE_COLUMNS_COUNTED_COLUMNS_H
#define MTMI_TABULATE_COLUMNS_COUNTED_COLUMNS_H

#include "base/digest.h"
#include "read/arrow/arrow_csv.h"
#include "tabulate/bind.h"
#include "tabulate/threads.h"

/* Refuses a used column of a type without figures, labels or dates. */
mtm_status mtmi_columns_check(const mtmi_arrow_csv *csv, const mtmi_binding *binding, mtm_error *err);

/* Whether the columns can be taken as they are: 0 where rows must be seen as text to be understood. */
int mtmi_columns_can(const mtmi_arrow_csv *csv, const mtmi_binding *binding);

/* Counts all rows from run->line on. *rows receives how many there are, digest what tells them apart. */
mtm_status mtmi_columns_count(mtmi_arrow_csv *csv, mtmi_run *run, const mtmi_binding *binding, uint64_t *rows,
                              unsigned char digest[MTMI_DIGEST_SIZE], mtm_error *err);

#endif
