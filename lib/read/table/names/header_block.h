/* Headers that are known by the figures below them. */
#ifndef MTMI_READ_TABLE_NAMES_HEADER_BLOCK_H
#define MTMI_READ_TABLE_NAMES_HEADER_BLOCK_H

#include "read/table/preview.h"

/* Whether all filled cells of a row are one text: a title merged over the table. */
int mtmi_row_is_one_text(const mtmi_row *row);
/* The rows of names right above the first row of figures, of which no word is known: the first of them, or SIZE_MAX. *n: how
 * many. */
size_t mtmi_header_block(const mtmi_preview *head, size_t *n);

#endif
