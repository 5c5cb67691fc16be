/* Finds totals by arithmetic: rows whose figures prove that they count the others become rows of the total, and sums
 * that can be read in two ways are reported. */
#ifndef MTMI_DATA_TOTALS_H
#define MTMI_DATA_TOTALS_H

#include "base/decimal.h"
#include "data/builder.h"

/* Labels that name no member of a list and whose figures are the sums of their peers become the total. Each is a finding.
 * Called before equal cells are looked for. */
mtm_status mtmi_totals_prove(mtmi_builder *builder, mtm_error *err);
/* The same of one dimension without changing anything: proved has a place for each member. */
mtm_status mtmi_totals_find(mtm_dataset *dataset, size_t dimension, unsigned char *proved, mtm_error *err);
/* totals_aligned.c: the label of the dimension that stands only beside the total of another one, of which it is a function
 * and which is a function of it; -1 for none. */
mtm_status mtmi_totals_aligned(const mtm_dataset *dataset, size_t dimension, int32_t *out, mtm_error *err);
/* Rows whose sums over a dimension have two readings: mtm_dataset.doubts, and findings. Called on the final rows. */
mtm_status mtmi_totals_doubt(mtmi_builder *builder, mtm_error *err);

/* What lists the country reported on among others compares countries: its sum is that of none. country: ISO 3166-1 alpha-3,
 * "" where none is reported on. */
mtm_status mtmi_totals_doubt_home(mtm_dataset *dataset, const char *country, mtm_error *err);

/* lines.c: rows that differ in one dimension alone, as neighbours. Calls `visit` for each such line of rows, of\n * one period alone where `only` is not NULL. */
typedef struct mtmi_table_line {
    mtm_dataset *dataset;
    size_t dimension;
    const uint32_t *rows;
    size_t n;
} mtmi_table_line;

const mtmi_member *mtmi_line_member(const mtmi_table_line *line, size_t i);
/* Whether a member is one of those that make the total. */
int mtmi_is_part(const mtmi_member *member);
/* A label that may stand for the others: no member of the list, and not one of several. */
int mtmi_may_be_total(const mtmi_member *member);
/* Labels of a dimension without a list may stand for the others too, but for those of one kind each: ages, rounds, levels. */
int mtmi_has_free_labels(const mtmi_dimension *dimension);
/* Whether a figure is the sum of `parts` others: half a unit of the last digit for each, where figures are rounded. */
int mtmi_is_sum(const mtm_dataset *dataset, mtmi_wide a, mtmi_wide b, size_t parts);

typedef mtm_status (*mtmi_line_visit)(void *context, const mtmi_table_line *line, mtm_error *err);
mtm_status mtmi_lines_each(mtm_dataset *dataset, size_t dimension, const mtm_period *only, mtmi_line_visit visit,
                           void *context, mtm_error *err);

/* How a label without a name came: member.nameless. */
enum { MTMI_NAMED = 0, MTMI_BLANK = 1, MTMI_AGGREGATE = 2 };

#endif
