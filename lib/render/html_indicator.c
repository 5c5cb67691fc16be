/* Renders one indicator's part of the HTML page: finding, tables, charts, notes, sources. */
#include "render/forms.h"

#include "render/escape.h"
#include "render/html_figure.h"
#include "render/links/html_links.h"
#include "render/map/map_figure.h"
#include "render/page.h"
#include "render/visibility.h"
#include "render/page_tables.h"
#include "render/ui_text.h"

#include <string.h>

typedef struct part {
    mtmi_buffer *out;
    const mtm_report *report;
    const mtmi_report_indicator *indicator;
    size_t *number;         /* of figures; NULL where they have none */
    mtmi_buffer id, detail; /* of the element being written; the unit, and what the figures are of */
} part;

static const char *text_of(const mtmi_buffer *buffer) {
    return buffer->data != NULL ? buffer->data : "";
}

static const char *ui_word(const part *p, mtmi_word w) {
    return mtmi_word_get(w, p->report->language);
}

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

/* ---- pictures ---- */

static void put_series(part *p) {
    mtmi_html_figure figure = {p->out, p->report, p->indicator, p->number, ""};
    mtmi_html_series(&figure);
    int made = mtmi_parts_is_added_up(p->indicator);
    mtmi_buffer_text(p->out, made ? "<details class=\"made\">\n" : "<details>\n"); /* the first are printed too */
    mtmi_page_element(p->out, "summary", NULL, ui_word(p, MTMI_WORD_SERIES_DATA));
    mtmi_buffer_char(p->out, '\n');
    put_table(p, mtmi_tables_series, "points", ui_word(p, MTMI_WORD_SERIES), 0);
    mtmi_buffer_text(p->out, "</details>\n");
}

static void put_bars(part *p) {
    mtmi_html_figure figure = {p->out, p->report, p->indicator, p->number, ""};
    if (mtmi_html_has_links(p->indicator)) {
        mtmi_html_links(&figure);
    } else if (mtmi_html_has_pyramid(p->indicator)) {
        mtmi_html_pyramid(&figure);
    } else {
        mtmi_html_bars(&figure);
    }
}

static size_t count_points(const mtmi_report_indicator *indicator) {
    size_t n = 0;
    for (size_t i = 0; i < indicator->n_points; i++) {
        n += indicator->points[i].value.has != 0;
    }
    return n;
}

/* ---- words ---- */

static const char *first_kind(const mtm_report *report, unsigned kinds) {
    for (size_t i = 0; i < report->n_gathered; i++) {
        if ((kinds >> report->gathered[i].kind & 1) != 0) {
            return report->gathered[i].kind_id;
        }
    }
    return "";
}

/* "[note 1] [note 3] See limitations: revised figures.": each number leads to its note, the rest to the first kind. */
static void put_references(const part *p, const char *text) {
    const mtmi_report_indicator *indicator = p->indicator;
    mtmi_buffer_text(p->out, "<li>");
    for (size_t i = 0; i < indicator->n_note_numbers; i++) {
        size_t length = strcspn(text, "]");
        length += text[length] == ']';
        mtmi_buffer_format(p->out, "%s<a href=\"#note-%zu\">", i > 0 ? " " : "", indicator->note_numbers[i]);
        mtmi_buffer_add(p->out, text, length);
        mtmi_buffer_text(p->out, "</a>");
        text += length + (text[length] == ' ');
    }
    if (text[0] != '\0') {
        mtmi_buffer_format(p->out, "%s<a href=\"#limitations-%s\">", indicator->n_note_numbers > 0 ? " " : "",
                           first_kind(p->report, indicator->limitation_kinds));
        mtmi_escape_html(p->out, text);
        mtmi_buffer_text(p->out, "</a>");
    }
    mtmi_buffer_text(p->out, "</li>");
}

static void put_notes(part *p, int whole) {
    mtmi_table rows = MTMI_TABLE_INIT;
    mtmi_parts_notes(p->indicator, whole, &rows);
    mtmi_buffer_text(p->out, rows.n_rows > 0 ? "<ul class=\"notes\">\n" : "");
    int refers = whole && (p->indicator->n_note_numbers > 0 || p->indicator->limitation_kinds != 0);
    for (size_t i = 0; i < rows.n_rows; i++) {
        if (refers && i + 1 == rows.n_rows) {
            put_references(p, mtmi_table_at(&rows, i, 0));
        } else {
            mtmi_page_element(p->out, "li", NULL, mtmi_table_at(&rows, i, 0));
        }
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
    mtmi_buffer_format(p->out, "<p class=\"sources\">%s: ", ui_word(p, MTMI_WORD_SOURCES));
    for (size_t i = 0; i < indicator->n_sources; i++) {
        size_t number = indicator->sources[i] + 1;
        mtmi_buffer_format(p->out, "%s<a href=\"#source-%zu\">[%zu]</a>", i > 0 ? ", " : "", number, number);
    }
    mtmi_buffer_text(p->out, "</p>\n");
}

static void put_breakdown(part *p) {
    const mtmi_report_indicator *indicator = p->indicator;
    if (mtmi_parts_has_breakdown(indicator)) {
        mtmi_buffer_text(p->out, "<div class=\"pair\">\n");
        put_table(p, mtmi_tables_breakdown, "rows", indicator->dimension_title, 1);
        put_bars(p);
        mtmi_buffer_text(p->out, "</div>\n");
        if (mtmi_html_has_map(p->report, indicator)) {
            mtmi_html_figure figure = {p->out, p->report, indicator, p->number, ""};
            mtmi_html_map(&figure);
        }
        put_table(p, mtmi_tables_growth, "growth", ui_word(p, MTMI_WORD_GROWTH), 1);
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

void mtmi_html_indicator(mtmi_buffer *out, const mtm_report *report, const mtmi_report_indicator *indicator, int whole,
                         size_t *number) {
    part p = {out, report, indicator, whole ? number : NULL, MTMI_BUFFER_INIT, MTMI_BUFFER_INIT};
    int repeats = whole && mtmi_parts_repeats(report, indicator);
    mtmi_buffer_format(out, "<article id=\"%s\"%s>\n", indicator->id,
                       indicator->unavailable ? " class=\"absent\"" : "");
    put_words(&p, whole);
    if (!repeats) {
        put_table(&p, mtmi_tables_comparison, "comparison", ui_word(&p, MTMI_WORD_COMPARISON), 0);
    }
    put_breakdown(&p);
    if (!repeats && count_points(indicator) >= MTMI_SERIES_LEAST) {
        put_series(&p);
    }
    put_notes(&p, whole);
    put_sources(&p);
    mtmi_buffer_text(out, "</article>\n");
    out->failed |= p.id.failed || p.detail.failed;
    mtmi_buffer_free(&p.id);
    mtmi_buffer_free(&p.detail);
}
