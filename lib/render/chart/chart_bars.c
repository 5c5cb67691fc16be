/* Draws a bar for each row under its label. A bar below zero runs left from the zero line. */
#include "render/chart/chart.h"

#include "render/escape.h"
#include "render/chart/ticks.h"
#include "render/unstyled.h"
#include "render/wrap.h"

#define ROW_COLUMNS 40 /* of label and figure: fits a screen 360 pixels wide, in wide Cyrillic letters too */
#define LABEL_LEAST 14
#define LABEL_LINE 17
#define BAR_HEIGHT 11
#define ROW_GAP 14

/* What its figure leaves of the row. */
static size_t label_columns(const mtmi_bar *bar) {
    size_t n = 0;
    for (const char *at = bar->figure; *at != '\0'; at++) {
        n += ((unsigned char)*at & 0xC0) != 0x80;
    }
    return n + LABEL_LEAST < ROW_COLUMNS ? ROW_COLUMNS - n : LABEL_LEAST;
}

static size_t label_lines(const mtmi_bar *bar) {
    const char *label = bar->label;
    size_t lines = 0, skip = 0;
    do {
        size_t used = mtmi_wrap_line(label, label_columns(bar), &skip);
        label += used + skip;
        lines++;
    } while (*label != '\0');
    return lines;
}

static int row_height(const mtmi_bar *bar) {
    return (int)label_lines(bar) * LABEL_LINE + BAR_HEIGHT + ROW_GAP;
}

static void draw_label(mtmi_buffer *out, const mtmi_bar *bar, int y) {
    const char *label = bar->label;
    size_t skip = 0;
    do {
        size_t used = mtmi_wrap_line(label, label_columns(bar), &skip);
        mtmi_buffer line = MTMI_BUFFER_INIT;
        mtmi_buffer_add(&line, label, used);
        mtmi_buffer_format(out, "<text x=\"0\" y=\"%d\">", y + 13);
        mtmi_escape_html(out, line.data != NULL ? line.data : "");
        mtmi_buffer_text(out, "</text>\n");
        out->failed |= line.failed;
        mtmi_buffer_free(&line);
        label += used + skip;
        y += LABEL_LINE;
    } while (*label != '\0');
}

static void draw_rect(mtmi_buffer *out, const char *name, int64_t x, int64_t width, int y) {
    mtmi_buffer_format(out, "<rect class=\"%s\" x=\"", name);
    mtmi_chart_percent(out, x);
    mtmi_buffer_text(out, "\" width=\"");
    mtmi_chart_percent(out, width);
    mtmi_buffer_format(out, "\" y=\"%d\" height=\"%d\" rx=\"1.5\"", y, BAR_HEIGHT);
}

static void draw_bar(mtmi_buffer *out, const mtmi_chart *chart, const mtmi_bar *bar, const mtmi_ticks *axis, int y) {
    int zero = mtmi_ticks_place(axis, (mtm_decimal){0, 0, 0});
    int place = mtmi_ticks_place(axis, bar->value);
    int from = place < zero ? place : zero, to = place < zero ? zero : place;
    draw_rect(out, "track", 0, 10000, y);
    mtmi_buffer_text(out, MTMI_PLAIN_TRACK "/>\n");
    if (!bar->has_value) {
        return;
    }
    draw_rect(out, bar->rest ? "rest" : "bar", from, to - from, y);
    if (bar->rest) {
        mtmi_buffer_format(out, " fill=\"url(#%s-h)\"", chart->id);
    }
    mtmi_buffer_text(out, bar->rest ? MTMI_PLAIN_HATCH "/>\n" : MTMI_PLAIN_BAR "/>\n");
}

static void draw_row(mtmi_buffer *out, const mtmi_chart *chart, const mtmi_bar *bar, const mtmi_ticks *axis, int y) {
    draw_label(out, bar, y);
    mtmi_buffer_format(out, "<text class=\"strong\" x=\"100%%\" y=\"%d\" text-anchor=\"end\">", y + 13);
    mtmi_escape_html(out, bar->figure);
    mtmi_buffer_text(out, "</text>\n");
    draw_bar(out, chart, bar, axis, y + (int)label_lines(bar) * LABEL_LINE + 2);
}

/* From the smallest value, or zero, to the largest: the bars fill the width. */
static mtmi_ticks axis_of(const mtmi_bar *bars, size_t n) {
    mtmi_ticks axis = {.at = {{0, 0, 0}, {0, 0, 0}}, .n = 2};
    for (size_t i = 0; i < n; i++) {
        if (bars[i].has_value && mtmi_decimal_compare(bars[i].value, axis.at[0]) < 0) {
            axis.at[0] = bars[i].value;
        }
        if (bars[i].has_value && mtmi_decimal_compare(bars[i].value, axis.at[1]) > 0) {
            axis.at[1] = bars[i].value;
        }
    }
    if (mtmi_decimal_compare(axis.at[0], axis.at[1]) == 0) {
        axis.at[1] = (mtm_decimal){1, 0, 0}; /* all are zero */
    }
    return axis;
}

void mtmi_chart_bars(mtmi_buffer *out, const mtmi_chart *chart, const mtmi_bar *bars, size_t n) {
    mtmi_ticks axis = axis_of(bars, n);
    int height = 0, y = 0;
    for (size_t i = 0; i < n; i++) {
        height += row_height(&bars[i]);
    }
    mtmi_chart_begin(out, chart, "bars", height);
    mtmi_buffer_format(out,
                       "<defs><pattern id=\"%s-h\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
                       "patternTransform=\"rotate(45)\"><line class=\"hatch\" y2=\"6\"" MTMI_PLAIN_HATCH
                       "/></pattern></defs>\n",
                       chart->id);
    for (size_t i = 0; i < n; i++) {
        draw_row(out, chart, &bars[i], &axis, y);
        y += row_height(&bars[i]);
    }
    mtmi_buffer_text(out, "</svg>\n");
}
