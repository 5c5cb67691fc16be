/* What parts of names are made of: Roman numerals, words in parentheses. */
#ifndef MTMI_READ_TABLE_NAMES_NUMERAL_H
#define MTMI_READ_TABLE_NAMES_NUMERAL_H

#include "read/table/row_cells.h"

/* "I" to "XII" are 1 to 12, also with the letter of Kazakh and Ukrainian that looks the same; 0 for another text. */
int mtmi_numeral(mtmi_cell cell);
/* "migrant stock (male)": bytes before the parentheses at the end; 0 where there are none. */
size_t mtmi_part_before_parentheses(mtmi_cell part);

#endif
