/* Values of workbook cells as text, each in one canonical form. */
#ifndef MTMI_READ_XLSX_XLSX_TEXT_H
#define MTMI_READ_XLSX_XLSX_TEXT_H

#include "base/buffer.h"
#include "read/xlsx/xlsx_styles.h"

/* A whole number of an attribute, from 0 to 10^15; otherwise when it is none. */
int64_t mtmi_xlsx_number(const char *text, int64_t otherwise);

/* Appends the value. Numbers with a point or exponent are rounded to the 15 digits that a spreadsheet shows, which
 * takes the noise of binary arithmetic away: 0.30000000000000004 is 0.3. Whole numbers keep every digit. Per cents are
 * written with their sign: 0.345 is 34.5%. What is no number or no day of the calendar is appended as it is. */
void mtmi_xlsx_value(const char *text, size_t size, mtmi_shown shown, int from_1904, mtmi_buffer *out);

/* Resolves the escapes _x000D_ of characters that XML cannot hold, in place; control characters become spaces. Gives
 * the new size. */
size_t mtmi_xlsx_unescape(char *text, size_t size);

#endif
