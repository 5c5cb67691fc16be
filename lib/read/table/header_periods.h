/* Headers that are known by their periods alone. */
#ifndef MTMI_READ_TABLE_HEADER_PERIODS_H
#define MTMI_READ_TABLE_HEADER_PERIODS_H

#include "read/table/preview.h"

/* The first row with two periods or more and no figures, above a row with labels and figures; SIZE_MAX for none. */
size_t mtmi_header_periods(const mtmi_preview *head);
/* Whether the header's first cell names what runs across ("TIME"), and the row below what runs down ("GEO"). */
int mtmi_header_axis(const mtmi_preview *head, size_t header);

#endif
