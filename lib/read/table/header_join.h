/* Headers of several rows. */
#ifndef MTMI_READ_TABLE_HEADER_JOIN_H
#define MTMI_READ_TABLE_HEADER_JOIN_H

#include "read/table/preview.h"

enum { MTMI_HEADER_ROWS = 5 }; /* at most, that are joined without a declaration */

/* Figures of a row that are no year. */
size_t mtmi_header_figures(const mtmi_row *row);
/* Adds the rows above and below the row that was found: first and n of the header. */
void mtmi_header_join(const mtmi_preview *head, mtmi_header *header);
/* What each row of the header says of a column, from above: names over several columns count for each; empty where a row says
 * nothing or repeats the one above. The number of rows; 0 where a declared header has more than MTMI_HEADER_ROWS. */
size_t mtmi_header_parts(const mtmi_preview *head, const mtmi_header *header, size_t column,
                         mtmi_cell parts[MTMI_HEADER_ROWS]);
/* Name of a column: what its rows say, from above. The caller frees it; NULL without memory. */
char *mtmi_header_name(const mtmi_preview *head, const mtmi_header *header, size_t column);

#endif
