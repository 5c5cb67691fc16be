/* Between the files that infer columns. Private to them. */
#ifndef MTMI_READ_TABLE_COLUMNS_INTERNAL_H
#define MTMI_READ_TABLE_COLUMNS_INTERNAL_H

#include "read/table/columns.h"
#include "read/table/period_name.h"

/* What the cells of a column hold, as far as the first rows show. YEARS may be numbers or periods. */
typedef enum mtmi_content {
    MTMI_NOT_LOOKED,
    MTMI_EMPTY,
    MTMI_NUMBERS,
    MTMI_YEARS,
    MTMI_PERIODS,
    MTMI_TEXT
} mtmi_content;

typedef struct mtmi_inference {
    const mtmi_resource *resource;
    const mtmi_rows *rows;
    const mtmi_preview *head;
    const mtmi_header *header;
    mtmi_check_log *log;
    mtmi_columns *columns;
} mtmi_inference;

/* Remembered in the column. */
mtmi_content mtmi_columns_content(const mtmi_inference *in, const mtmi_bound *bound);
/* "b", "p" below no name, beside figures: flags of them, as workbooks of Eurostat have them. */
int mtmi_columns_are_flags(const mtmi_inference *in, const mtmi_bound *bound);
/* Whether nothing explains the column yet. */
int mtmi_bound_open(const mtmi_bound *bound);

/* columns_content.c */
const char *mtmi_columns_list(const mtmi_inference *in, const mtmi_bound *bound); /* a dimension; NULL for none */
mtm_status mtmi_columns_countries(const mtmi_inference *in, mtm_error *err);      /* under a word for regions */
mtm_status mtmi_columns_directions(const mtmi_inference *in, mtm_error *err);     /* under a word for indicators */
int mtmi_columns_translation(const mtmi_inference *in, const mtmi_bound *bound);  /* of a column before it */
/* The row above the header that says the one period of the titles, and its cell; NULL where they say none, several, or other
 * figures beside it. */
const mtmi_row *mtmi_columns_dated_title(const mtmi_inference *in, mtmi_period_label *label, size_t *at);
mtm_status mtmi_columns_title_period(const mtmi_inference *in, mtm_error *err); /* where nothing else says one */
void mtmi_columns_axis(const mtmi_inference *in);
mtm_status mtmi_columns_measures(const mtmi_inference *in, mtm_error *err);
/* columns_fill.c: columns whose empty cells repeat the label above, and years in rows above their months. */
mtm_status mtmi_columns_fill(const mtmi_inference *in, mtm_error *err);

/* columns_members.c: that the only year above the table is the one of a column's period. */
mtm_status mtmi_columns_note_year(const mtmi_inference *in, const mtmi_bound *bound, mtm_error *err);

/* columns_beside.c */
void mtmi_columns_names(const mtmi_inference *in);                        /* declared names of codes */
mtm_status mtmi_columns_pcodes(const mtmi_inference *in, mtm_error *err); /* levels of places by their codes */
void mtmi_columns_interviews(const mtmi_inference *in);                   /* the period only where nothing else is */
mtm_status mtmi_columns_people(const mtmi_inference *in, int *found, mtm_error *err); /* boys beside men */
mtm_status mtmi_columns_counted(const mtmi_inference *in, mtm_error *err);            /* persons beside households */
/* Figures of which nothing is known beside those of microdata that are added up: perhaps of people whom none of them has. */
int mtmi_columns_may_count(const mtmi_inference *in, const mtmi_bound *bound);
mtm_status mtmi_columns_places(const mtmi_inference *in, mtm_error *err); /* regions of no list across */

/* columns_sections.c: rows that head others, parts of years that run down, rows that are sums of indented ones. */
mtm_status mtmi_columns_sections(const mtmi_inference *in, mtm_error *err);

/* columns_dates.c: the order of day and month, where a date proves it. */
mtm_status mtmi_columns_dates(const mtmi_inference *in, mtm_error *err);

void mtmi_columns_header_dates(const mtmi_inference *in); /* in names of columns */

/* moment.c: the day for which years stand, where a title says it */
mtm_status mtmi_columns_moment(const mtmi_inference *in, mtm_error *err);
/* Refuses names of columns that say another period or direction than the title. */
mtm_status mtmi_columns_titles_agree(const mtmi_inference *in, mtm_error *err);

/* columns_members.c: names of columns that are periods, or members of a dimension. */
mtm_status mtmi_columns_periods(const mtmi_inference *in, mtm_error *err);
mtm_status mtmi_columns_members(const mtmi_inference *in, mtm_error *err);

#endif
