/* Draws rows of parts that add up to the whole as stacked bars with a key. A part carries its number where there is
 * room for it. */
#include "render/chart/chart.h"

#include "render/unstyled.h"
#include "render/escape.h"

#define KEY_LINE 20
#define LABEL_LINE 17
#define BAR_HEIGHT 20
#define ROW_GAP 14
#define ROOM 900 /* of 10000: a number of two digits on a screen 360 pixels wide */

static void draw_part(mtmi_buffer *out, const mtmi_part *part, size_t at, int64_t from, int y) {
    mtmi_buffer_format(out, "<rect class=\"part s%zu\" fill=\"%s\" x=\"", at, mtmi_plain_parts[at % MTMI_PLAIN_PARTS]);
    mtmi_chart_percent(out, from);
    mtmi_buffer_text(out, "\" width=\"");
    mtmi_chart_percent(out, part->place);
    mtmi_buffer_format(out, "\" y=\"%d\" height=\"%d\"/>\n", y, BAR_HEIGHT);
    if (part->place < ROOM) {
        return;
    }
    mtmi_buffer_format(out, "<text class=\"on s%zu\" x=\"", at);
    mtmi_chart_percent(out, from + part->place / 2);
    mtmi_buffer_format(out, "\" y=\"%d\" text-anchor=\"middle\">", y + 14);
    mtmi_escape_html(out, part->figure);
    mtmi_buffer_text(out, "</text>\n");
}

static void draw_key(mtmi_buffer *out, const char *const *names, size_t n) {
    for (size_t i = 0; i < n; i++) {
        mtmi_buffer_format(out, "<rect class=\"part s%zu\" fill=\"%s\" x=\"0\" width=\"12\" y=\"%d\" height=\"12\"/>\n",
                           i, mtmi_plain_parts[i % MTMI_PLAIN_PARTS], (int)i * KEY_LINE + 2);
        mtmi_buffer_format(out, "<text x=\"20\" y=\"%d\">", (int)i * KEY_LINE + 13);
        mtmi_escape_html(out, names[i]);
        mtmi_buffer_text(out, "</text>\n");
    }
}

void mtmi_chart_stacked(mtmi_buffer *out, const mtmi_chart *chart, const char *const *labels, size_t n_rows,
                        const char *const *names, const mtmi_part *parts, size_t n_parts) {
    int top = (int)n_parts * KEY_LINE + 8, row = LABEL_LINE + BAR_HEIGHT + ROW_GAP;
    mtmi_chart_begin(out, chart, "stacked", top + (int)n_rows * row);
    draw_key(out, names, n_parts);
    for (size_t r = 0; r < n_rows; r++) {
        int y = top + (int)r * row;
        int64_t from = 0;
        mtmi_buffer_format(out, "<text x=\"0\" y=\"%d\">", y + 13);
        mtmi_escape_html(out, labels[r]);
        mtmi_buffer_text(out, "</text>\n");
        for (size_t i = 0; i < n_parts; i++) {
            draw_part(out, &parts[r * n_parts + i], i, from, y + LABEL_LINE + 2);
            from += parts[r * n_parts + i].place;
        }
    }
    mtmi_buffer_text(out, "</svg>\n");
}
