/* In: one indicator of a report. Out: its part of the page: finding, tables, charts, notes, sources.
 * Does not know the page around it. */
#include "render/forms.h"

#include "base/decimal.h"
#include "base/memory.h"
#include "period/period.h"
#include "render/chart/chart.h"
#include "render/escape.h"
#include "render/page.h"
#include "render/visibility.h"
#include "render/tables.h"
#include "render/ui_text.h"

#define SERIES_LEAST 3 /* a chart over time has at least three periods */
#define DESCRIBED 3    /* rows that the description of a chart names */

typedef struct part {
    mtmi_buffer *out;
    const mtm_report *report;
    const mtmi_report_indicator *indicator;
    mtmi_buffer id, detail; /* of the element being written; the unit, and what the figures are of */
} part;

static const char *text_of(const mtmi_buffer *buffer) { return buffer->data != NULL ? buffer->data : ""; }

static const char *word(const part *p, mtmi_word w) { return mtmi_word_get(w, p->report->language); }

/* "arrivals-bars": ids of elements begin with the indicator's. */
static const char *name_id(part *p, const char *suffix) {
    mtmi_buffer_clear(&p->id);
    mtmi_buffer_format(&p->id, "%s-%s", p->indicator->id, suffix);
    return text_of(&p->id);
}

static const char *name_detail(part *p, int with_period) {
    mtmi_buffer_clear(&p->detail);
    mtmi_buffer_format(&p->detail, with_period ? "%s, %s" : "%s", p->indicator->unit_text, p->indicator->observed_text);
    return text_of(&p->detail);
}

static void put_table(part *p, mtmi_tables_fill fill, const char *suffix, const char *caption, int with_period) {
    mtmi_table table = MTMI_TABLE_INIT;
    fill(p->indicator, p->report->language, &table);
    if (table.n_rows > 0) {
        mtmi_page_table(p->out, &table, name_id(p, suffix), caption, name_detail(p, with_period));
    }
    p->out->failed |= mtmi_table_failed(&table);
    mtmi_table_free(&table);
}

static void begin_figure(part *p, const char *caption, int with_period) {
    mtmi_buffer_text(p->out, "<figure>\n<figcaption>");
    mtmi_escape_html(p->out, caption);
    mtmi_buffer_char(p->out, ' ');
    mtmi_page_element(p->out, "span", NULL, name_detail(p, with_period));
    mtmi_buffer_text(p->out, "</figcaption>\n");
}

/* ---- bars ---- */

static void describe_bars(const part *p, mtmi_buffer *to) {
    size_t n = 0;
    for (size_t i = 0; i < p->indicator->n_rows && n < DESCRIBED; i++) {
        const mtmi_report_row *row = &p->indicator->rows[i];
        if (row->kind == MTM_MEMBER_CODE && row->value.has) {
            mtmi_buffer_format(to, "%s%s: %s", n > 0 ? "; " : "", row->label, row->value.text);
            n++;
        }
    }
}

/* "1,598,656 · 40.0 %". */
static void fill_figures(const part *p, mtmi_table *texts) {
    texts->n_columns = 1;
    for (size_t i = 0; i < p->indicator->n_rows; i++) {
        const mtmi_report_row *row = &p->indicator->rows[i];
        mtmi_table_row(texts, MTMI_ROW_PLAIN);
        mtmi_buffer_text(&texts->text, row->value.text);
        if (row->share.has) {
            mtmi_buffer_format(&texts->text, " \xC2\xB7 %s%s%%", row->share.text,
                               p->report->language == MTM_LANGUAGE_KK ? "" : "\xC2\xA0");
        }
        mtmi_table_end(texts);
    }
}

static void put_bars(part *p) {
    const mtmi_report_indicator *indicator = p->indicator;
    mtmi_table texts = MTMI_TABLE_INIT;
    mtmi_buffer description = MTMI_BUFFER_INIT;
    mtmi_bar *bars = mtmi_memory_new(indicator->n_rows, sizeof *bars);
    fill_figures(p, &texts);
    describe_bars(p, &description);
    p->out->failed |= bars == NULL || mtmi_table_failed(&texts) || description.failed;
    if (!p->out->failed) {
        for (size_t i = 0; i < indicator->n_rows; i++) {
            const mtmi_report_row *row = &indicator->rows[i];
            bars[i] = (mtmi_bar){row->label, mtmi_table_at(&texts, i, 0), row->value.value, row->value.has,
                                 row->kind != MTM_MEMBER_CODE};
        }
        begin_figure(p, indicator->dimension_title, 1);
        mtmi_chart chart = {name_id(p, "bars"), indicator->title, text_of(&description), p->report->language};
        mtmi_chart_bars(p->out, &chart, bars, indicator->n_rows);
        mtmi_buffer_text(p->out, "</figure>\n");
    }
    mtmi_memory_free(bars);
    mtmi_table_free(&texts);
    mtmi_buffer_free(&description);
}

/* ---- over time ---- */

/* Whether the point is the value itself: of its period, or for a stock of the period that its date lies in. */
static int is_value(const mtmi_report_indicator *indicator, const mtmi_report_point *point) {
    return indicator->value.has && mtmi_period_contains(point->period, indicator->observed) &&
           mtmi_decimal_compare(point->value.value, indicator->value.value) == 0;
}

/* The points that have a number; returns how many. */
static size_t fill_points(const part *p, mtmi_chart_point *points) {
    const mtmi_report_indicator *indicator = p->indicator;
    size_t n = 0;
    for (size_t i = 0; i < indicator->n_points; i++) {
        const mtmi_report_point *point = &indicator->points[i];
        if (point->value.has) {
            points[n++] = (mtmi_chart_point){point->period, point->value.value, point->period_text, point->value.text,
                                             is_value(indicator, point)};
        }
    }
    return n;
}

static void describe_series(const mtmi_chart_point *points, size_t n, mtmi_buffer *to) {
    mtmi_buffer_format(to, "%s: %s; %s: %s", points[0].label, points[0].figure, points[n - 1].label,
                       points[n - 1].figure);
}

static void put_series(part *p) {
    mtmi_buffer description = MTMI_BUFFER_INIT;
    mtmi_chart_point *points = mtmi_memory_new(p->indicator->n_points, sizeof *points);
    size_t n = points != NULL ? fill_points(p, points) : 0;
    p->out->failed |= points == NULL;
    if (n >= SERIES_LEAST) {
        describe_series(points, n, &description);
        begin_figure(p, word(p, MTMI_WORD_SERIES), 0);
        mtmi_chart chart = {name_id(p, "series"), p->indicator->title, text_of(&description), p->report->language};
        mtmi_chart_series(p->out, &chart, points, n);
        mtmi_buffer_text(p->out, "</figure>\n<details>\n");
        mtmi_page_element(p->out, "summary", NULL, word(p, MTMI_WORD_SERIES_DATA));
        mtmi_buffer_char(p->out, '\n');
        put_table(p, mtmi_tables_series, "points", word(p, MTMI_WORD_SERIES), 0);
        mtmi_buffer_text(p->out, "</details>\n");
    }
    p->out->failed |= description.failed;
    mtmi_memory_free(points);
    mtmi_buffer_free(&description);
}

/* ---- words ---- */

static void put_notes(part *p, int whole) {
    mtmi_table rows = MTMI_TABLE_INIT;
    mtmi_parts_notes(p->report, p->indicator, whole, &rows);
    mtmi_buffer_text(p->out, rows.n_rows > 0 ? "<ul class=\"notes\">\n" : "");
    for (size_t i = 0; i < rows.n_rows; i++) {
        mtmi_page_element(p->out, "li", NULL, mtmi_table_at(&rows, i, 0));
        mtmi_buffer_char(p->out, '\n');
    }
    mtmi_buffer_text(p->out, rows.n_rows > 0 ? "</ul>\n" : "");
    p->out->failed |= mtmi_table_failed(&rows);
    mtmi_table_free(&rows);
}

static void put_sources(part *p) {
    const mtmi_report_indicator *indicator = p->indicator;
    if (indicator->n_sources == 0) {
        return;
    }
    mtmi_buffer_format(p->out, "<p class=\"sources\">%s: ", word(p, MTMI_WORD_SOURCES));
    for (size_t i = 0; i < indicator->n_sources; i++) {
        size_t number = indicator->sources[i] + 1;
        mtmi_buffer_format(p->out, "%s<a href=\"#source-%zu\">[%zu]</a>", i > 0 ? ", " : "", number, number);
    }
    mtmi_buffer_text(p->out, "</p>\n");
}

static void put_breakdown(part *p) {
    const mtmi_report_indicator *indicator = p->indicator;
    if (indicator->n_rows > 0) {
        mtmi_buffer_text(p->out, "<div class=\"pair\">\n");
        put_table(p, mtmi_tables_breakdown, "rows", indicator->dimension_title, 1);
        put_bars(p);
        mtmi_buffer_text(p->out, "</div>\n");
    }
}

static void put_words(part *p, int whole) {
    const mtmi_report_indicator *indicator = p->indicator;
    mtmi_page_element(p->out, whole ? "h3" : "h2", NULL, indicator->title);
    mtmi_buffer_char(p->out, '\n');
    mtmi_page_element(p->out, "p", "finding", indicator->finding);
    mtmi_buffer_char(p->out, '\n');
    if (indicator->definition[0] != '\0' && !indicator->unavailable) {
        mtmi_page_element(p->out, "p", "definition", indicator->definition);
        mtmi_buffer_char(p->out, '\n');
    }
}

void mtmi_html_indicator(mtmi_buffer *out, const mtm_report *report, const mtmi_report_indicator *indicator,
                         int whole) {
    part p = {out, report, indicator, MTMI_BUFFER_INIT, MTMI_BUFFER_INIT};
    int repeats = whole && mtmi_parts_repeats(report, indicator);
    mtmi_buffer_format(out, "<article id=\"%s\"%s>\n", indicator->id,
                       indicator->unavailable ? " class=\"absent\"" : "");
    put_words(&p, whole);
    if (!repeats) {
        put_table(&p, mtmi_tables_comparison, "comparison", word(&p, MTMI_WORD_COMPARISON), 0);
    }
    put_breakdown(&p);
    if (!repeats && indicator->n_points >= SERIES_LEAST) {
        put_series(&p);
    }
    put_notes(&p, whole);
    put_sources(&p);
    mtmi_buffer_text(out, "</article>\n");
    out->failed |= p.id.failed || p.detail.failed;
    mtmi_buffer_free(&p.id);
    mtmi_buffer_free(&p.detail);
}
