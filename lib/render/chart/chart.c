/* The frame of a chart in SVG. Places are per cents of it. */
#include "render/chart/chart.h"

#include "render/unstyled.h"
#include "render/escape.h"

#include <string.h>

void mtmi_chart_begin(mtmi_buffer *out, const mtmi_chart *chart, const char *kind, int height) {
    mtmi_buffer_format(
        out,
        "<svg class=\"%s\" role=\"img\" aria-labelledby=\"%s-t %s-d\" width=\"100%%\" height=\"%d\"" MTMI_PLAIN_FONT
        ">\n",
        kind, chart->id, chart->id, height);
    mtmi_buffer_format(out, "<title id=\"%s-t\">", chart->id);
    mtmi_escape_html(out, chart->title);
    mtmi_buffer_format(out, "</title>\n<desc id=\"%s-d\">", chart->id);
    mtmi_escape_html(out, chart->description);
    mtmi_buffer_text(out, "</desc>\n");
}

void mtmi_chart_percent(mtmi_buffer *out, int64_t place) {
    char text[40];
    mtm_decimal_describe((mtm_decimal){place, 2, 0}, text, sizeof text);
    mtmi_buffer_text(out, text);
    mtmi_buffer_char(out, '%');
}

void mtmi_chart_number(mtmi_buffer *out, mtm_decimal value, mtm_language language) {
    char text[40];
    const char *group = language == MTM_LANGUAGE_EN ? "," : "\xC2\xA0";
    size_t length = mtm_decimal_describe(value, text, sizeof text);
    const char *digits = text[0] == '-' ? text + 1 : text;
    size_t whole = strcspn(digits, "."), n = length - (size_t)(digits - text);
    mtmi_buffer_text(out, text[0] == '-' ? "\xE2\x88\x92" : "");
    for (size_t i = 0; i < n; i++) {
        mtmi_buffer_text(out, i > 0 && i < whole && (whole - i) % 3 == 0 ? group : "");
        mtmi_buffer_char(out, digits[i] == '.' && language != MTM_LANGUAGE_EN ? ',' : digits[i]);
    }
}
