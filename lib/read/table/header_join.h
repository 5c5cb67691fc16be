/* Headers of several rows. */
#ifndef MTMI_READ_TABLE_HEADER_JOIN_H
#define MTMI_READ_TABLE_HEADER_JOIN_H

#include "read/table/preview.h"

/* Figures of a row that are no year. */
size_t mtmi_header_figures(const mtmi_row *row);
/* Adds the rows above and below the row that was found: first and n of the header. */
void mtmi_header_join(const mtmi_preview *head, mtmi_header *header);
/* Name of a column: what its rows say, from above. The caller frees it; NULL without memory. */
char *mtmi_header_name(const mtmi_preview *head, const mtmi_header *header, size_t column);

#endif
