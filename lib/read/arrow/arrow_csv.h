/* An Arrow stream as CSV text for readers of bytes, in the dialect that a resource declares, one line for each row. */
#ifndef MTMI_READ_ARROW_ARROW_CSV_H
#define MTMI_READ_ARROW_ARROW_CSV_H

#include "base/source.h"
#include "read/descriptor/resource.h"
#include "read/table/rows.h"

#include <mtm/arrow.h>

typedef struct mtmi_arrow_csv mtmi_arrow_csv;

/* Takes the stream over in every case. dialect: what the reader of the bytes will believe. */
mtm_status mtmi_arrow_csv_new(struct ArrowArrayStream *stream, const char *name, const mtmi_dialect *dialect,
                              uint64_t max_field, uint64_t max_columns, mtmi_arrow_csv **out, mtm_error *err);
/* Lent; lives as long as its owner. */
mtmi_source *mtmi_arrow_csv_source(mtmi_arrow_csv *csv);
/* How many lines stand above the first row: what the dialect says of a preamble and a header is written so. */
int64_t mtmi_arrow_csv_preface(const mtmi_arrow_csv *csv);
size_t mtmi_arrow_csv_columns(const mtmi_arrow_csv *csv);
/* Refuses a column, from 0, whose type has no figures, labels or dates. */
mtm_status mtmi_arrow_csv_usable(const mtmi_arrow_csv *csv, size_t column, mtm_error *err);
/* Before the source is read beyond what was peeked at: rows that have gone are not kept any longer. */
void mtmi_arrow_csv_forget(mtmi_arrow_csv *csv);
/* For readers of columns, once the head has been peeked at: the rows from the first on, lent; nothing more may be read from
 * the source. Then the text of a row of the batch at hand, lent until the next call; line is its number. */
mtm_status mtmi_arrow_csv_rewind(mtmi_arrow_csv *csv, mtmi_rows **out, mtm_error *err);
mtm_status mtmi_arrow_csv_row(mtmi_arrow_csv *csv, size_t row, int64_t line, const char **out, size_t *size,
                              mtm_error *err);
void mtmi_arrow_csv_free(mtmi_arrow_csv *csv); /* NULL is fine */

#endif
