/* Periods in names of columns and cells: with footnote marks, and without the year that stands above the table. */
#ifndef MTMI_READ_TABLE_PERIOD_NAME_H
#define MTMI_READ_TABLE_PERIOD_NAME_H

#include "period/period.h"
#include "read/table/preview.h"

typedef struct mtmi_named_period {
    mtmi_period_label label;
    int marked;     /* a footnote mark was cut off */
    int from_above; /* the year is the one above */
} mtmi_named_period;

/* Reads a name; year is 0 where none stands above. 1 when it is a period. */
int mtmi_period_name(const char *name, size_t length, int year, int order, mtmi_named_period *out);
/* Reads a cell; 1 when it needed the year above. */
int mtmi_period_of_year(const char *text, size_t length, int year, int order, mtmi_period_label *out);
/* The only period in a text of other words, such as a title or "Выдано в 2023 году"; 0 where there is none, or where other
 * figures or words beside it may change it. */
int mtmi_period_within(const char *text, size_t length, int order, mtmi_period_label *out);
/* Whether a title has figures that may be a period: those of a round, a table or an annex are none. */
int mtmi_period_may_be_in(const char *text, size_t length);
/* "Round 38", "R38": bytes of the number of a round that the text begins with; 0 for none. */
size_t mtmi_round_number(const char *text, size_t length);
/* "June", "II квартал": a period but for its year. */
int mtmi_cell_lacks_year(mtmi_cell cell);
/* The only year in the rows above the header, or else in the sheet's name; 0 for none or several. *from: its row, or NULL. */
int mtmi_year_above(const mtmi_rows *rows, const mtmi_preview *head, const mtmi_header *header, const mtmi_row **from);

#endif
