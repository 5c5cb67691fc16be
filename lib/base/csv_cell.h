/* One cell of a CSV file to be written: quoted where RFC 4180 asks for it, and never a formula. Knows no table. */
#ifndef MTMI_BASE_CSV_CELL_H
#define MTMI_BASE_CSV_CELL_H

#include "base/buffer.h"

/* Text. One that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return) or that
 * begins with an apostrophe gets one apostrophe in front; taking one away gives the text back. NULL writes nothing. */
void mtmi_csv_cell(mtmi_buffer *buffer, const char *text);
/* The same without the apostrophe: for numbers, periods, and what must stand as it came. */
void mtmi_csv_cell_verbatim(mtmi_buffer *buffer, const char *text);

#endif
