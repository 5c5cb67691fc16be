/* What a label says that heads the rows below it. */
#ifndef MTMI_READ_TABLE_SECTIONS_SECTION_LABEL_H
#define MTMI_READ_TABLE_SECTIONS_SECTION_LABEL_H

#include "period/period.h"
#include "read/table/row_cells.h"

enum { MTMI_SECTION_BALANCE = INT32_MAX }; /* in place of a member */

/* A member of the list of a dimension, also with a footnote, a unit or a word for the total behind it; -1 for none. */
int32_t mtmi_section_member(const char *dimension, mtmi_cell cell);
/* "Миграционный прирост" beside arrivals and departures: what they differ by, and no member. */
int mtmi_section_is_balance(const char *dimension, mtmi_cell cell);
/* A period: "2023 год". */
int mtmi_section_period(mtmi_cell cell, mtmi_period_label *out);
/* "в том числе", "Области и г. Минск:": the rows below are parts of those above. */
int mtmi_section_heads_parts(mtmi_cell cell);

#endif
