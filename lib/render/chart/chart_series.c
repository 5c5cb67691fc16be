/* Draws a time series as columns where they are few and long enough to be seen, else as a line. Places follow the
 * calendar. */
#include "render/chart/chart.h"

#include "base/text.h"
#include "period/period.h"
#include "render/escape.h"
#include "render/chart/ticks.h"
#include "render/unstyled.h"

#include <string.h>

#define HEIGHT 236
#define TOP 26
#define PLOT 172          /* pixels from the highest tick to the lowest */
#define LEFT 62           /* pixels that the numbers of the axis take */
#define SPAN 7800         /* per cent, by hundreds, of the width that the calendar takes */
#define PHONE 328         /* pixels a chart has on a screen of 360 */
#define HALF_LETTER 7 / 2 /* pixels, of a letter under the axis */
#define LABEL_APART 2200  /* two labels under the axis */
#define ROOMY_APART 1150  /* the same on a wide screen */
#define COLUMNS_MAX 12
#define CHARACTER_WIDTH 8 /* pixels, for whether all numbers fit above their columns */
#define ROOM 560

typedef struct plot {
    mtmi_buffer *out;
    const mtmi_chart_point *points;
    size_t n;
    int64_t first, days; /* the calendar's window */
    mtmi_ticks axis;
    mtm_language language;
} plot;

static int64_t days_of(mtm_period period) {
    return (int64_t)period.last - period.first + 1;
}

static int64_t place_of(const plot *p, int64_t day2) { /* day2: twice a day number, so that a middle is whole */
    return (day2 - 2 * p->first) * SPAN / (2 * p->days);
}

static int64_t middle(const plot *p, size_t i) {
    return place_of(p, (int64_t)p->points[i].period.first + p->points[i].period.last + 1);
}

static int height_of(const plot *p, mtm_decimal value) {
    return TOP + PLOT - mtmi_ticks_place(&p->axis, value) * PLOT / 10000;
}

static void attribute(mtmi_buffer *out, const char *name, int64_t place) {
    mtmi_buffer_format(out, " %s=\"", name);
    mtmi_chart_percent(out, place);
    mtmi_buffer_char(out, '"');
}

/* Whether a text with its middle at place would leave a phone's screen: then it ends there. */
static int is_near_end(int64_t place, const char *text) {
    int64_t half = (int64_t)mtmi_text_width(text, strlen(text)) * HALF_LETTER;
    return LEFT + place * PHONE / 10000 + half > PHONE;
}

static void text_at(const plot *p, int64_t place, int y, const char *name, const char *text) {
    mtmi_buffer_format(p->out, "<text class=\"%s\"%s", name, strstr(name, "roomy") != NULL ? MTMI_PLAIN_HIDDEN : "");
    attribute(p->out, "x", place);
    mtmi_buffer_format(p->out, " y=\"%d\" text-anchor=\"%s\">", y, is_near_end(place, text) ? "end" : "middle");
    mtmi_escape_html(p->out, text);
    mtmi_buffer_text(p->out, "</text>\n");
}

/* ---- the frame ---- */

static void draw_axis(const plot *p) {
    for (size_t i = 0; i < p->axis.n; i++) {
        int y = height_of(p, p->axis.at[i]);
        mtmi_buffer_format(p->out,
                           "<line class=\"%s\"" MTMI_PLAIN_GRID " x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>\n",
                           p->axis.at[i].units == 0 ? "zero" : "grid", y, y);
        mtmi_buffer_format(p->out, "<text class=\"soft\" x=\"0\" y=\"%d\">", y - 4);
        mtmi_chart_number(p->out, p->axis.at[i], p->language);
        mtmi_buffer_text(p->out, "</text>\n");
    }
}

/* Labels between two that stand already, for wide screens only. */
static void draw_roomy_labels(const plot *p, size_t from, size_t to) {
    int64_t before = middle(p, from), after = middle(p, to);
    for (size_t i = from + 1; i < to; i++) {
        int64_t place = middle(p, i);
        if (place - before >= ROOMY_APART && after - place >= ROOMY_APART) {
            text_at(p, place, TOP + PLOT + 20, "soft roomy", p->points[i].label);
            before = place;
        }
    }
}

/* The first and the last period, and those between that find room. */
static void draw_labels(const plot *p) {
    int64_t last = middle(p, p->n - 1);
    int64_t apart_last = is_near_end(last, p->points[p->n - 1].label) ? LABEL_APART * 3 / 2 : LABEL_APART;
    size_t before = 0;
    for (size_t i = 0; i < p->n; i++) {
        int64_t place = middle(p, i);
        int ends = i == 0 || i + 1 == p->n;
        if (ends || (place - middle(p, before) >= LABEL_APART && last - place >= apart_last)) {
            text_at(p, place, TOP + PLOT + 20, "soft", p->points[i].label);
            draw_roomy_labels(p, before, i);
            before = i;
        }
    }
}

/* ---- the two kinds ---- */

static void draw_column(const plot *p, size_t i, int all_figures) {
    const mtmi_chart_point *point = &p->points[i];
    int zero = height_of(p, (mtm_decimal){0, 0, 0}), y = height_of(p, point->value);
    int64_t from = place_of(p, 2 * (int64_t)point->period.first);
    int64_t width = place_of(p, 2 * ((int64_t)point->period.last + 1)) - from;
    int top = y < zero ? y : zero, below = y > zero;
    mtmi_buffer_format(p->out, "<rect class=\"bar%s\"%s", point->marked ? " marked" : "",
                       point->marked ? MTMI_PLAIN_MARKED : MTMI_PLAIN_BAR);
    attribute(p->out, "x", from + width / 6);
    attribute(p->out, "width", width - width / 3);
    mtmi_buffer_format(p->out, " y=\"%d\" height=\"%d\"/>\n", top, y < zero ? zero - y : y - zero);
    if (point->marked || all_figures) {
        text_at(p, middle(p, i), below ? y + 15 : y - 6, point->marked ? "strong" : "roomy", point->figure);
    }
}

/* Between two points that do not compare: a line from the axis upwards. */
static void draw_break(const plot *p, size_t i) {
    const int64_t place = place_of(p, (int64_t)p->points[i - 1].period.last + 1 + p->points[i].period.first);
    mtmi_buffer_text(p->out, "<line class=\"break\"" MTMI_PLAIN_GRID);
    attribute(p->out, "x1", place);
    attribute(p->out, "x2", place);
    mtmi_buffer_format(p->out, " y1=\"%d\" y2=\"%d\"/>\n", TOP, TOP + PLOT);
}

static void draw_columns(const plot *p) {
    size_t widest = 0;
    for (size_t i = 0; i < p->n; i++) {
        widest = strlen(p->points[i].figure) > widest ? strlen(p->points[i].figure) : widest;
    }
    for (size_t i = 1; i < p->n; i++) {
        if (p->points[i].breaks) {
            draw_break(p, i);
        }
    }
    for (size_t i = 0; i < p->n; i++) {
        draw_column(p, i, widest * p->n * CHARACTER_WIDTH <= ROOM);
    }
}

/* Nothing was published between two points: the line is only hinted at. */
static int is_gap(mtm_period a, mtm_period b) {
    return days_of(a) > 1 && (int64_t)b.first - a.last - 1 > days_of(a) / 2;
}

/* The value's point; where there is none the last says what the line has come to. */
static int has_figure(const plot *p, size_t i) {
    int any = 0;
    for (size_t k = 0; k < p->n; k++) {
        any |= p->points[k].marked;
    }
    return p->points[i].marked || (!any && i + 1 == p->n);
}

static void draw_line(const plot *p) {
    for (size_t i = 1; i < p->n; i++) {
        int gap = is_gap(p->points[i - 1].period, p->points[i].period);
        if (p->points[i].breaks) {
            draw_break(p, i);
            continue;
        }
        mtmi_buffer_format(p->out, "<line class=\"%s\"%s", gap ? "gap" : "curve",
                           gap ? MTMI_PLAIN_GAP : MTMI_PLAIN_CURVE);
        attribute(p->out, "x1", middle(p, i - 1));
        attribute(p->out, "x2", middle(p, i));
        mtmi_buffer_format(p->out, " y1=\"%d\" y2=\"%d\"/>\n", height_of(p, p->points[i - 1].value),
                           height_of(p, p->points[i].value));
    }
    for (size_t i = 0; i < p->n; i++) {
        const mtmi_chart_point *point = &p->points[i];
        int y = height_of(p, point->value);
        mtmi_buffer_format(p->out, "<circle class=\"dot%s\"%s", point->marked ? " marked" : "",
                           point->marked ? MTMI_PLAIN_MARKED : MTMI_PLAIN_BAR);
        attribute(p->out, "cx", middle(p, i));
        mtmi_buffer_format(p->out, " cy=\"%d\" r=\"%s\"/>\n", y, point->marked ? "5" : "3");
        if (has_figure(p, i)) {
            text_at(p, middle(p, i), y - 10, "strong", point->figure);
        }
    }
}

/* Whether columns would be wide enough, and are what the values are: counted during a period. */
static int fits_columns(const plot *p) {
    int64_t shortest = p->days;
    for (size_t i = 0; i < p->n; i++) {
        shortest = days_of(p->points[i].period) < shortest ? days_of(p->points[i].period) : shortest;
    }
    return shortest > 1 && p->days / shortest <= COLUMNS_MAX;
}

static mtmi_ticks axis_of(const plot *p, int columns) {
    mtm_decimal low = p->points[0].value, high = low, half;
    for (size_t i = 1; i < p->n; i++) {
        low = mtmi_decimal_compare(p->points[i].value, low) < 0 ? p->points[i].value : low;
        high = mtmi_decimal_compare(p->points[i].value, high) > 0 ? p->points[i].value : high;
    }
    half = (mtm_decimal){high.units / 2, high.decimals, 0};
    /* A line may leave zero out where that would flatten it; a column never. */
    return mtmi_ticks_around(low, high, columns || mtmi_decimal_compare(low, half) < 0, 4);
}

void mtmi_chart_series(mtmi_buffer *out, const mtmi_chart *chart, const mtmi_chart_point *points, size_t n) {
    if (n == 0) {
        return;
    }
    plot p = {out, points, n, points[0].period.first, 0, {.n = 0}, chart->language};
    p.days = (int64_t)points[n - 1].period.last - p.first + 1;
    int columns = fits_columns(&p);
    p.axis = axis_of(&p, columns);
    mtmi_chart_begin(out, chart, "series", HEIGHT);
    draw_axis(&p);
    mtmi_buffer_format(out, "<g transform=\"translate(%d,0)\">\n", LEFT);
    if (columns) {
        draw_columns(&p);
    } else {
        draw_line(&p);
    }
    draw_labels(&p);
    mtmi_buffer_text(out, "</g>\n</svg>\n");
}
