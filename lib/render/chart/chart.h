/* Charts as inline SVG: numbers and words come in ready, pictures go out that fit any width without script.
 * Places along the width are per cents and letters keep their size, so that a chart reads on a phone as on paper. */
#ifndef MTMI_RENDER_CHART_CHART_H
#define MTMI_RENDER_CHART_CHART_H

#include "base/buffer.h"

#include <mtm/codelist.h>
#include <mtm/decimal.h>

typedef struct mtmi_chart {
    const char *id;          /* unique on the page; letters, digits, hyphens */
    const char *title;       /* what a screen reader says first */
    const char *description; /* the picture in a sentence */
    mtm_language language;   /* of the numbers along the axis */
} mtmi_chart;

typedef struct mtmi_bar {
    const char *label;
    const char *figure; /* the number in print, shown beside the label */
    mtm_decimal value;
    int has_value; /* 0 draws no bar: hidden or missing */
    int rest;      /* hatched: the remainder, what is not classified */
} mtmi_bar;

/* One horizontal bar a row, in the order given. */
void mtmi_chart_bars(mtmi_buffer *out, const mtmi_chart *chart, const mtmi_bar *bars, size_t n);

typedef struct mtmi_chart_point {
    mtm_period period;
    mtm_decimal value;
    const char *label;  /* the period in print */
    const char *figure; /* the number in print */
    int marked;         /* the reference period */
    int breaks;         /* it does not compare with the points before: the line breaks */
} mtmi_chart_point;

/* Columns for a few periods, a line for many; places follow the calendar, so that a gap in the data is a gap. */
void mtmi_chart_series(mtmi_buffer *out, const mtmi_chart *chart, const mtmi_chart_point *points, size_t n);

/* A line without axis beside a figure. */
void mtmi_chart_spark(mtmi_buffer *out, const mtmi_chart_point *points, size_t n);

typedef struct mtmi_dot {
    const char *label;
    const char *figure; /* the number and its interval in print */
    mtm_decimal value, low, high;
} mtmi_dot;

/* A dot on the line of its interval a row, over one axis. */
void mtmi_chart_dots(mtmi_buffer *out, const mtmi_chart *chart, const mtmi_dot *dots, size_t n);

/* A row of two sides; has 0 draws no bar: hidden or missing. */
typedef struct mtmi_band {
    const char *label;
    mtm_decimal value[2];
    int has[2];
    const char *figure[2]; /* the numbers in print */
} mtmi_band;

/* Two sides of bars on one scale, a row a band, in the order given. */
void mtmi_chart_pyramid(mtmi_buffer *out, const mtmi_chart *chart, const char *const sides[2], const mtmi_band *bands,
                        size_t n);

typedef struct mtmi_part {
    int64_t place;      /* of the whole: 0 to 10000 */
    const char *figure; /* the number in print */
} mtmi_part;

#define MTMI_PARTS_MOST 7

/* One bar a row, parted: parts row by row, n_parts of each, at most MTMI_PARTS_MOST. names are those of the parts. */
void mtmi_chart_stacked(mtmi_buffer *out, const mtmi_chart *chart, const char *const *labels, size_t n_rows,
                        const char *const *names, const mtmi_part *parts, size_t n_parts);

#define MTMI_NODES_MOST 12

typedef struct mtmi_link {
    size_t node[2]; /* of the left side, of the right one */
    mtm_decimal value;
} mtmi_link;

typedef struct mtmi_links {
    const char *sides[2]; /* what the names are: "Country of origin", "Destination" */
    const char *const *nodes[2];
    size_t n_nodes[2]; /* at most MTMI_NODES_MOST each */
    const mtmi_link *links;
    size_t n;
    int sums; /* stand beside the names: nothing is left out of them */
} mtmi_links;

/* Bands from names to names, as thick as their figures; all figures are of one number of decimals. */
void mtmi_chart_links(mtmi_buffer *out, const mtmi_chart *chart, const mtmi_links *of);

/* Shared by the kinds: the element's start with title and description, and a place of 0-10000 as "12.34%". */
void mtmi_chart_begin(mtmi_buffer *out, const mtmi_chart *chart, const char *kind, int height);
void mtmi_chart_percent(mtmi_buffer *out, int64_t place);
/* A number of the axis, grouped as the language does. */
void mtmi_chart_number(mtmi_buffer *out, mtm_decimal value, mtm_language language);

#endif
