/* Writes the pictures of an indicator for the page: a title that says the message, a subtitle with measure, place and
 * period, the chart, a text that stands for it, the source, and the data as a file. The text names every value that a
 * reader would look for: all bars; of a series the reported value, the first, the last and the extremes. */
#include "render/html_figure.h"

#include "base/memory.h"
#include "period/period.h"
#include "render/chart/chart.h"
#include "render/escape.h"
#include "render/page.h"
#include "render/page_tables.h"
#include "render/ui_text.h"

#include <string.h>

static const char *text_of(const mtmi_buffer *buffer) {
    return buffer->data != NULL ? buffer->data : "";
}

static const char *ui_word(const mtmi_html_figure *f, mtmi_word w) {
    return mtmi_word_get(w, f->report->language);
}

/* ---- around the picture ---- */

void mtmi_html_caption(const mtmi_html_figure *f, const char *title, const char *subtitle) {
    mtmi_buffer_text(f->out, "<figure>\n<figcaption>");
    if (f->number != NULL) {
        mtmi_figure_number(f->out, f->report, ++*f->number);
    }
    mtmi_escape_html(f->out, title);
    mtmi_buffer_char(f->out, ' ');
    mtmi_page_element(f->out, "span", NULL, subtitle);
    mtmi_buffer_text(f->out, "</figcaption>\n");
}

/* Bytes as a URL has them. */
static void put_encoded(mtmi_buffer *out, const char *text, size_t size) {
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        int plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                    c == '.' || c == '_';
        if (plain) {
            mtmi_buffer_char(out, (char)c);
        } else {
            mtmi_buffer_char(out, '%');
            mtmi_buffer_char(out, digits[c >> 4]);
            mtmi_buffer_char(out, digits[c & 15]);
        }
    }
}

static void put_source(const mtmi_html_figure *f) {
    const mtmi_report_indicator *indicator = f->indicator;
    if (indicator->n_sources == 0) {
        return;
    }
    size_t first = indicator->sources[0];
    mtmi_buffer_format(f->out, "%s: <a href=\"#source-%zu\">", ui_word(f, MTMI_WORD_SOURCE), first + 1);
    mtmi_escape_html(f->out, f->report->bibliography[first].name);
    mtmi_buffer_text(f->out, "</a>. ");
}

/* The source, and the data as a file within the page: nothing is loaded. */
void mtmi_html_foot(const mtmi_html_figure *f, const mtmi_buffer *data, const char *suffix) {
    mtmi_buffer_text(f->out, "<p class=\"sources\">");
    put_source(f);
    mtmi_buffer_format(f->out, "%s: <a download=\"%s-%s.csv\" href=\"data:text/csv;charset=utf-8,",
                       ui_word(f, MTMI_WORD_FIGURES), f->indicator->id, suffix);
    put_encoded(f->out, text_of(data), data->size);
    mtmi_buffer_format(f->out, "\">%s %s, CSV (%zu B)</a></p>\n</figure>\n", f->indicator->id, suffix, data->size);
    f->out->failed |= data->failed;
}

static void csv_text(mtmi_buffer *out, const char *text) {
    mtmi_buffer_char(out, '"');
    for (; *text != '\0'; text++) {
        mtmi_buffer_text(out, *text == '"' ? "\"" : "");
        mtmi_buffer_char(out, *text);
    }
    mtmi_buffer_char(out, '"');
}

static void csv_number(mtmi_buffer *out, const mtmi_figure_text *figure) {
    char text[40] = "";
    if (figure->has) {
        mtm_decimal_describe(figure->value, text, sizeof text);
    }
    mtmi_buffer_text(out, text);
}

/* ---- bars ---- */

/* "1,598,656 · 40.0 %". */
static void put_figures(const mtmi_html_figure *f, mtmi_table *texts) {
    texts->n_columns = 1;
    for (size_t i = 0; i < f->indicator->n_rows; i++) {
        const mtmi_report_row *row = &f->indicator->rows[i];
        mtmi_table_row(texts, MTMI_ROW_PLAIN);
        mtmi_figure_row(&texts->text, f->report, row);
        mtmi_table_end(texts);
    }
}

void mtmi_html_rows(const mtmi_html_figure *f, mtmi_buffer *data) {
    mtmi_buffer_text(data, "code,label,value,share\r\n");
    for (size_t i = 0; i < f->indicator->n_rows; i++) {
        const mtmi_report_row *row = &f->indicator->rows[i];
        csv_text(data, row->code);
        mtmi_buffer_char(data, ',');
        csv_text(data, row->label);
        mtmi_buffer_char(data, ',');
        csv_number(data, &row->value);
        mtmi_buffer_char(data, ',');
        csv_number(data, &row->share);
        mtmi_buffer_text(data, "\r\n");
    }
}

static void draw_bars(const mtmi_html_figure *f, const mtmi_table *texts, const char *id, const char *description) {
    const mtmi_report_indicator *indicator = f->indicator;
    mtmi_bar *bars = mtmi_memory_new(indicator->n_rows, sizeof *bars);
    f->out->failed |= bars == NULL;
    for (size_t i = 0; bars != NULL && i < indicator->n_rows; i++) {
        const mtmi_report_row *row = &indicator->rows[i];
        bars[i] = (mtmi_bar){row->label, mtmi_table_at(texts, i, 0), row->value.value, row->value.has,
                             row->kind != MTM_MEMBER_CODE};
    }
    if (bars != NULL) {
        mtmi_chart chart = {id, indicator->title, description, f->report->language};
        mtmi_chart_bars(f->out, &chart, bars, indicator->n_rows);
    }
    mtmi_memory_free(bars);
}

void mtmi_html_bars(const mtmi_html_figure *f) {
    const mtmi_report_indicator *indicator = f->indicator;
    mtmi_table texts = MTMI_TABLE_INIT;
    mtmi_buffer description = MTMI_BUFFER_INIT, data = MTMI_BUFFER_INIT, id = MTMI_BUFFER_INIT;
    put_figures(f, &texts);
    mtmi_figure_bars_text(&description, f->report, indicator);
    mtmi_html_rows(f, &data);
    mtmi_buffer_format(&id, "%s-bars%s", indicator->id, f->suffix);
    f->out->failed |= mtmi_table_failed(&texts) || description.failed || id.failed;
    if (!f->out->failed) {
        mtmi_buffer subtitle = MTMI_BUFFER_INIT;
        mtmi_figure_bars_subtitle(&subtitle, f->report, indicator);
        mtmi_html_caption(f, indicator->rows_title, text_of(&subtitle));
        draw_bars(f, &texts, text_of(&id), text_of(&description));
        mtmi_html_foot(f, &data, "rows");
        f->out->failed |= subtitle.failed;
        mtmi_buffer_free(&subtitle);
    }
    mtmi_table_free(&texts);
    mtmi_buffer_free(&description);
    mtmi_buffer_free(&data);
    mtmi_buffer_free(&id);
}

/* ---- over time ---- */

static void write_points(const mtmi_chart_point *points, size_t n, mtmi_buffer *data) {
    mtmi_buffer_text(data, "period,value\r\n");
    for (size_t i = 0; i < n; i++) {
        char period[MTMI_PERIOD_TEXT], value[40];
        (void)mtm_period_describe(points[i].period, period, sizeof period);
        mtm_decimal_describe(points[i].value, value, sizeof value);
        mtmi_buffer_format(data, "%s,%s\r\n", period, value);
    }
}

void mtmi_html_series(const mtmi_html_figure *f) {
    const mtmi_report_indicator *indicator = f->indicator;
    mtmi_buffer description = MTMI_BUFFER_INIT, data = MTMI_BUFFER_INIT, id = MTMI_BUFFER_INIT;
    mtmi_buffer subtitle = MTMI_BUFFER_INIT;
    mtmi_chart_point *points = mtmi_memory_new(indicator->n_points, sizeof *points);
    size_t n = points != NULL ? mtmi_figure_points(indicator, points) : 0;
    f->out->failed |= points == NULL;
    if (n >= MTMI_SERIES_LEAST) {
        mtmi_figure_series_text(&description, f->report, points, n);
        write_points(points, n, &data);
        mtmi_buffer_format(&id, "%s-series%s", indicator->id, f->suffix);
        mtmi_figure_series_subtitle(&subtitle, f->report, indicator, points, n);
        mtmi_html_caption(f, indicator->series_title, text_of(&subtitle));
        mtmi_chart chart = {text_of(&id), indicator->title, text_of(&description), f->report->language};
        mtmi_chart_series(f->out, &chart, points, n);
        mtmi_html_foot(f, &data, "series");
    }
    f->out->failed |= description.failed || id.failed || subtitle.failed;
    mtmi_memory_free(points);
    mtmi_buffer_free(&description);
    mtmi_buffer_free(&data);
    mtmi_buffer_free(&id);
    mtmi_buffer_free(&subtitle);
}
