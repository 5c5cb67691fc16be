/* Between the steps of reading a number: marks, what stands around the digits, the digits. Private to the number
 * grammar. */
#ifndef MTMI_NUMBER_NUMBER_INTERNAL_H
#define MTMI_NUMBER_NUMBER_INTERNAL_H

#include "number/number.h"

/* A slice of the cell. */
typedef struct mtmi_slice {
    const char *text;
    size_t length;
} mtmi_slice;

mtmi_slice mtmi_slice_trim(mtmi_slice slice);
mtmi_slice mtmi_slice_from(mtmi_slice slice, size_t from);
mtmi_slice mtmi_slice_to(mtmi_slice slice, size_t end);

/* marks.c: what stands for no value or for zero. 1 when the cell is such a mark, and out is filled. */
int mtmi_number_mark(mtmi_slice cell, const mtmi_number_style *style, mtmi_number *out);

/* affixes.c. Each cuts what it knows from the slice; 0 when the style does not allow what is there, and out says
 * so. */
int mtmi_number_cut_footnote(mtmi_slice *cell, const mtmi_number_style *style, mtmi_number *out);
int mtmi_number_cut_units(mtmi_slice *cell, const mtmi_number_style *style, mtmi_number *out);
int mtmi_number_cut_sign(mtmi_slice *cell, const mtmi_number_style *style, mtmi_number *out, int *negative);
/* The power of ten of a word at the beginning of the slice, "тыс." or "million", and its length; 0 for none. */
size_t mtmi_number_word(mtmi_slice cell, int *power);

/* digits.c: digits with their marks, no sign. Fills value, proves, code, expected, offset (from text on). */
void mtmi_number_digits(mtmi_slice digits, int negative, const mtmi_number_style *style, mtmi_number *out);

/* Refuses: outcome BAD. place lies in the cell that begins at start. */
void mtmi_number_refuse(mtmi_number *out, int code, const char *expected, const char *hint);

#endif
