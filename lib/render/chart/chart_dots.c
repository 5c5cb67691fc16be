/* Draws estimates with their intervals: a dot on a line for each row, over one axis. Rows whose intervals overlap are
 * not told apart by colour. */
#include "render/chart/chart.h"

#include "render/chart/ticks.h"
#include "render/unstyled.h"
#include "render/escape.h"

#include <string.h>

#define LABEL_LINE 17
#define DOT_LINE 16
#define ROW_GAP 12
#define AXIS_HEIGHT 24
#define TICKS_WANTED 5

static mtmi_ticks axis_of(const mtmi_dot *dots, size_t n) {
    mtm_decimal low = dots[0].low, high = dots[0].high;
    for (size_t i = 1; i < n; i++) {
        low = mtmi_decimal_compare(dots[i].low, low) < 0 ? dots[i].low : low;
        high = mtmi_decimal_compare(dots[i].high, high) > 0 ? dots[i].high : high;
    }
    return mtmi_ticks_around(low, high, 1, TICKS_WANTED);
}

static void draw_line(mtmi_buffer *out, const char *name, int64_t from, int64_t to, int y1, int y2) {
    mtmi_buffer_format(out, "<line class=\"%s\"%s x1=\"", name,
                       strcmp(name, "range") == 0 ? MTMI_PLAIN_CURVE : MTMI_PLAIN_GRID);
    mtmi_chart_percent(out, from);
    mtmi_buffer_text(out, "\" x2=\"");
    mtmi_chart_percent(out, to);
    mtmi_buffer_format(out, "\" y1=\"%d\" y2=\"%d\"/>\n", y1, y2);
}

static void draw_text(mtmi_buffer *out, const char *name, int64_t x, int y, const char *anchor, const char *text) {
    mtmi_buffer_format(out, "<text class=\"%s\" x=\"", name);
    mtmi_chart_percent(out, x);
    mtmi_buffer_format(out, "\" y=\"%d\" text-anchor=\"%s\">", y, anchor);
    mtmi_escape_html(out, text);
    mtmi_buffer_text(out, "</text>\n");
}

/* Places of 0 to 10000 with room at both ends for half a number. */
static int64_t inset(int place) {
    return 200 + (int64_t)place * 96 / 100;
}

static void draw_axis(mtmi_buffer *out, const mtmi_chart *chart, const mtmi_ticks *axis, int height) {
    for (size_t i = 0; i < axis->n; i++) {
        int64_t x = inset(mtmi_ticks_place(axis, axis->at[i]));
        mtmi_buffer number = MTMI_BUFFER_INIT;
        draw_line(out, "grid", x, x, 0, height - AXIS_HEIGHT + 4);
        mtmi_chart_number(&number, axis->at[i], chart->language);
        draw_text(out, "axis", x, height - 6, "middle", number.data != NULL ? number.data : "");
        out->failed |= number.failed;
        mtmi_buffer_free(&number);
    }
}

static void draw_dot(mtmi_buffer *out, const mtmi_dot *dot, const mtmi_ticks *axis, int y) {
    int64_t low = inset(mtmi_ticks_place(axis, dot->low)), high = inset(mtmi_ticks_place(axis, dot->high));
    int middle = y + LABEL_LINE + DOT_LINE / 2;
    draw_text(out, "label", 0, y + 13, "start", dot->label);
    draw_text(out, "strong", 10000, y + 13, "end", dot->figure);
    draw_line(out, "range", low, high, middle, middle);
    draw_line(out, "range", low, low, middle - 4, middle + 4);
    draw_line(out, "range", high, high, middle - 4, middle + 4);
    mtmi_buffer_text(out, "<circle class=\"dot\"" MTMI_PLAIN_BAR " cx=\"");
    mtmi_chart_percent(out, inset(mtmi_ticks_place(axis, dot->value)));
    mtmi_buffer_format(out, "\" cy=\"%d\" r=\"5\"/>\n", middle);
}

void mtmi_chart_dots(mtmi_buffer *out, const mtmi_chart *chart, const mtmi_dot *dots, size_t n) {
    int row = LABEL_LINE + DOT_LINE + ROW_GAP, height = (int)n * row + AXIS_HEIGHT;
    if (n == 0) {
        return;
    }
    mtmi_ticks axis = axis_of(dots, n);
    mtmi_chart_begin(out, chart, "dots", height);
    draw_axis(out, chart, &axis, height);
    for (size_t i = 0; i < n; i++) {
        draw_dot(out, &dots[i], &axis, (int)i * row);
    }
    mtmi_buffer_text(out, "</svg>\n");
}
