/* Draws two sides of bars about a middle that names the bands: a population pyramid, the first band on top. */
#include "render/chart/chart.h"

#include "render/unstyled.h"
#include "render/escape.h"

#define LINE 17
#define BAR_HEIGHT 11
#define ROW (LINE + BAR_HEIGHT + 8)
#define SIDE 4900 /* of 10000: what a side may fill */
#define HEAD 22

static void put_text(mtmi_buffer *out, const char *name, const char *x, const char *anchor, int y, const char *text) {
    mtmi_buffer_format(out, "<text%s x=\"%s\" y=\"%d\" text-anchor=\"%s\">", name, x, y, anchor);
    mtmi_escape_html(out, text);
    mtmi_buffer_text(out, "</text>\n");
}

static void draw_side(mtmi_buffer *out, const mtmi_band *band, int side, double most, int y) {
    const double value = (double)band->value[side].units;
    int64_t width = most > 0 && value > 0 ? (int64_t)(SIDE * (value / most)) : 0;
    mtmi_buffer_format(out, "<rect class=\"%s\" fill=\"%s\" x=\"", side == 0 ? "bar" : "part s1",
                       mtmi_plain_parts[side]);
    mtmi_chart_percent(out, side == 0 ? SIDE - width : 10000 - SIDE);
    mtmi_buffer_text(out, "\" width=\"");
    mtmi_chart_percent(out, width);
    mtmi_buffer_format(out, "\" y=\"%d\" height=\"%d\"/>\n", y, BAR_HEIGHT);
}

void mtmi_chart_pyramid(mtmi_buffer *out, const mtmi_chart *chart, const char *const sides[2], const mtmi_band *bands,
                        size_t n) {
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        for (int side = 0; side < 2; side++) {
            const double value = bands[i].has[side] ? (double)bands[i].value[side].units : 0;
            most = value > most ? value : most;
        }
    }
    mtmi_chart_begin(out, chart, "bars", HEAD + (int)n * ROW);
    put_text(out, " class=\"soft\"", "0", "start", 13, sides[0]);
    put_text(out, " class=\"soft\"", "100%", "end", 13, sides[1]);
    for (size_t i = 0; i < n; i++) {
        const int y = HEAD + (int)i * ROW;
        put_text(out, " class=\"strong\"", "0", "start", y + 13, bands[i].figure[0]);
        put_text(out, "", "50%", "middle", y + 13, bands[i].label);
        put_text(out, " class=\"strong\"", "100%", "end", y + 13, bands[i].figure[1]);
        for (int side = 0; side < 2; side++) {
            if (bands[i].has[side]) {
                draw_side(out, &bands[i], side, most, y + LINE + 2);
            }
        }
    }
    mtmi_buffer_text(out, "</svg>\n");
}
