/* What the map of an indicator's rows shows, for every form that has one: classes by quantile, marks, lines, words. */
#ifndef MTMI_RENDER_MAP_MAP_PLAN_H
#define MTMI_RENDER_MAP_MAP_PLAN_H

#include "data/boundaries.h"
#include "render/map/map_picture.h"
#include "report/report.h"

#define MTMI_MAP_LINES 8

typedef struct mtmi_map_plan {
    const mtm_report *report;
    const mtmi_report_indicator *indicator;
    const mtmi_bounded *boundaries;
    mtmi_map_area *areas; /* of the rows that the boundaries have, in their order */
    const mtmi_report_row **rows;
    char **texts; /* "Uzbekistan: 1,598,656 · 40.0 %" */
    size_t n;
    size_t n_classes;
    int marks[MTMI_MAP_MARKS]; /* those that the map has */
    mtmi_map_line lines[MTMI_MAP_LINES];
    size_t n_lines;
} mtmi_map_plan;

/* Whether the report has boundaries for at least two rows of the indicator, and for half of them. */
int mtmi_map_is_there(const mtm_report *report, const mtmi_report_indicator *indicator);
/* Of an indicator that has a map; 0 without memory. The caller frees it in every case. */
int mtmi_map_plan_make(const mtm_report *report, const mtmi_report_indicator *indicator, mtmi_map_plan *out);
void mtmi_map_plan_free(mtmi_map_plan *plan);

/* The map that the plan is of; id and description as mtmi_area_map has them. */
mtmi_area_map mtmi_map_plan_map(const mtmi_map_plan *plan, const char *id, const char *description);
/* "12,345 – 67,890": the figures of the least and the largest of the class, as the table has them; nothing for a class
 * without areas. */
void mtmi_map_plan_class(const mtmi_map_plan *plan, int class, mtmi_buffer *out);
/* What a mark means, in the report's language; "" for a class. */
const char *mtmi_map_plan_mark(const mtmi_map_plan *plan, mtmi_map_mark mark);
int mtmi_map_plan_has_home(const mtmi_map_plan *plan);
/* How classes are made, whose the boundaries are, the projection, what the map does not mean. */
void mtmi_map_plan_caveat(const mtmi_map_plan *plan, mtmi_buffer *out);

#endif
