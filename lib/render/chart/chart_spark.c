/* Draws a sparkline (Tufte, Beautiful Evidence, 2006): a line without axis beside a figure that is written out. It adds
 * nothing that words do not say, and is hidden from screen readers. */
#include "render/chart/chart.h"

#include "period/period.h"
#include "render/chart/ticks.h"
#include "render/unstyled.h"

#define HEIGHT 26
#define EDGE 5

static mtmi_ticks axis_of(const mtmi_chart_point *points, size_t n) {
    mtmi_ticks axis = {.at = {points[0].value, points[0].value}, .n = 2};
    for (size_t i = 1; i < n; i++) {
        axis.at[0] = mtmi_decimal_compare(points[i].value, axis.at[0]) < 0 ? points[i].value : axis.at[0];
        axis.at[1] = mtmi_decimal_compare(points[i].value, axis.at[1]) > 0 ? points[i].value : axis.at[1];
    }
    return axis;
}

static int height_of(const mtmi_ticks *axis, mtm_decimal value) {
    int flat = mtmi_decimal_compare(axis->at[0], axis->at[1]) == 0;
    return flat ? HEIGHT / 2 : HEIGHT - EDGE - mtmi_ticks_place(axis, value) * (HEIGHT - 2 * EDGE) / 10000;
}

/* Along the width by the calendar, with room for the marks at both ends. */
static int64_t place_of(const mtmi_chart_point *points, size_t n, size_t i) {
    int64_t first = points[0].period.last, days = (int64_t)points[n - 1].period.last - first;
    return days > 0 ? 300 + ((int64_t)points[i].period.last - first) * 9400 / days : 5000;
}

static void put_place(mtmi_buffer *out, const char *name, int64_t place) {
    mtmi_buffer_format(out, " %s=\"", name);
    mtmi_chart_percent(out, place);
    mtmi_buffer_char(out, '"');
}

/* Dots that nothing joins say less than the figure. */
static int has_line(const mtmi_chart_point *points, size_t n) {
    int any = 0;
    for (size_t i = 1; i < n; i++) {
        any |= !points[i].breaks;
    }
    return any;
}

void mtmi_chart_spark(mtmi_buffer *out, const mtmi_chart_point *points, size_t n) {
    if (!has_line(points, n)) {
        return;
    }
    mtmi_ticks axis = axis_of(points, n);
    mtmi_buffer_format(out, "<svg class=\"spark\" aria-hidden=\"true\" width=\"100%%\" height=\"%d\">\n", HEIGHT);
    for (size_t i = 1; i < n; i++) {
        if (points[i].breaks) {
            continue;
        }
        mtmi_buffer_text(out, "<line class=\"curve\"" MTMI_PLAIN_CURVE);
        put_place(out, "x1", place_of(points, n, i - 1));
        put_place(out, "x2", place_of(points, n, i));
        mtmi_buffer_format(out, " y1=\"%d\" y2=\"%d\"/>\n", height_of(&axis, points[i - 1].value),
                           height_of(&axis, points[i].value));
    }
    for (size_t i = 0; i < n; i++) {
        if (points[i].marked) {
            mtmi_buffer_text(out, "<circle class=\"dot marked\"" MTMI_PLAIN_MARKED);
            put_place(out, "cx", place_of(points, n, i));
            mtmi_buffer_format(out, " cy=\"%d\" r=\"4\"/>\n", height_of(&axis, points[i].value));
        }
    }
    mtmi_buffer_text(out, "</svg>\n");
}
