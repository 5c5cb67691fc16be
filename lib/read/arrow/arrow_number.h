/* Numbers of Arrow columns as decimal text, for the one number grammar to read. */
#ifndef MTMI_READ_ARROW_ARROW_NUMBER_H
#define MTMI_READ_ARROW_ARROW_NUMBER_H

#include "base/buffer.h"
#include "base/decimal.h"

/* The shortest decimal that reads back as the same double or float; a whole number is written in full. What is not
 * finite, or too small or large to be a figure, becomes words that no column of numbers takes. */
void mtmi_arrow_double(double value, mtmi_buffer *out);
void mtmi_arrow_float(float value, mtmi_buffer *out);

/* units / 10^scale without zeros at the end of the decimals; scale may be negative. 0 when that is beyond 38 digits. */
int mtmi_arrow_decimal(mtmi_wide units, int scale, mtmi_buffer *out);

#endif
