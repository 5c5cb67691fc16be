/* A sheet of a workbook as CSV text, for readers of bytes: a line a row, so that lines are the sheet's. */
#ifndef MTMI_READ_ROWS_WORKBOOK_CSV_H
#define MTMI_READ_ROWS_WORKBOOK_CSV_H

#include "base/buffer.h"
#include "base/source.h"
#include "read/descriptor/resource.h"

/* *is 0, and nothing read, where the source is no workbook. */
mtm_status mtmi_workbook_csv(const mtmi_resource *resource, mtmi_source *source, int *is, mtmi_buffer *out,
                             mtm_error *err);

#endif
