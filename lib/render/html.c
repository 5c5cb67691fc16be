/* Renders a report as one HTML page that loads nothing: key figures, findings, tables, charts, limitations, sources.
 * Invariant: every text of the document passes through escape.c on its way into the page. */
#include "render/forms.h"

#include "period/period.h"
#include "render/escape.h"
#include "render/exchange/json_ld.h"
#include "render/page.h"
#include "render/prose.h"
#include "render/survey/part.h"
#include "render/visibility.h"
#include "render/page_tables.h"
#include "render/ui_text.h"

#include <mtm.h>

#define KEYS_MOST 6

typedef struct page {
    mtmi_buffer *out;
    const mtm_report *report;
    size_t figures; /* written so far */
} page;

static const char *ui_word(const page *p, mtmi_word w) {
    return mtmi_word_get(w, p->report->language);
}

static void element(const page *p, const char *tag, const char *name, const char *text) {
    mtmi_page_element(p->out, tag, name, text);
    mtmi_buffer_char(p->out, '\n');
}

static void put_header(const page *p, const char *title) {
    const mtm_report *report = p->report;
    mtmi_buffer_text(p->out, "<header>\n");
    element(p, "p", "kicker", ui_word(p, report->is_tracking ? MTMI_WORD_TRACKING_TITLE : MTMI_WORD_SERIES_TITLE));
    element(p, "h1", NULL, title);
    if (title != report->title || !mtmi_parts_title_has_period(report)) {
        element(p, "p", "period", report->period_long);
    }
    if (report->as_of_text[0] != '\0') {
        element(p, "p", "about", report->as_of_text);
    }
    if (report->stamp[0] != '\0') {
        element(p, "p", "notice", report->stamp);
    }
    mtmi_buffer_text(p->out, "</header>\n");
}

/* ---- main points ---- */

static const char *section_title(const mtm_report *report, const char *indicator) {
    const mtmi_report_indicator *found = indicator[0] != '\0' ? mtmi_report_find(report, indicator) : NULL;
    const mtmi_report_section *section = found != NULL ? mtmi_parts_section(report, found) : NULL;
    return section != NULL ? section->title : "";
}

/* One sentence each, and where more of it is said. */
static void put_highlights(const page *p) {
    mtmi_page_section(p->out, "highlights", ui_word(p, MTMI_WORD_HIGHLIGHTS));
    mtmi_buffer_text(p->out, "<ul class=\"points\">\n");
    for (size_t i = 0; i < p->report->n_highlights; i++) {
        const mtmi_report_highlight *highlight = &p->report->highlights[i];
        const char *more = section_title(p->report, highlight->indicator);
        mtmi_buffer_text(p->out, "<li>");
        mtmi_escape_html(p->out, highlight->text);
        if (more[0] != '\0') {
            mtmi_buffer_format(p->out, " <a class=\"more\" href=\"#%s\">", highlight->indicator);
            mtmi_escape_html(p->out, more);
            mtmi_buffer_text(p->out, "</a>");
        }
        mtmi_buffer_text(p->out, "</li>\n");
    }
    mtmi_buffer_text(p->out, "</ul>\n</section>\n");
}

/* ---- key figures ---- */

/* A figure of its own: a breakdown repeats the total of another indicator. Of rounds, those that are compared. */
static int is_key(const mtm_report *report, const mtmi_report_indicator *indicator) {
    return !indicator->unavailable && indicator->value.has &&
           (indicator->dimension[0] == '\0' || (report->is_tracking && indicator->n_comparisons > 0));
}

static void put_change(const page *p, const mtmi_report_comparison *c) {
    if (c->percent.has) {
        int sign = (c->percent.value.units > 0) - (c->percent.value.units < 0);
        mtmi_page_change(p->out, sign, c->percent.text, c->title);
    } else if (c->reason == MTM_REASON_BASE_NEGATIVE && c->absolute.has) { /* of a balance */
        int sign = (c->absolute.value.units > 0) - (c->absolute.value.units < 0);
        mtmi_page_change(p->out, sign, c->change_text, c->title);
    }
}

static void put_key(const page *p, const mtmi_report_indicator *indicator) {
    mtmi_buffer_format(p->out, "<li><a class=\"name\" href=\"#%s\">", indicator->id);
    mtmi_escape_html(p->out, indicator->title);
    mtmi_buffer_text(p->out, "</a>\n");
    element(p, "span", "figure", indicator->value.text);
    mtmi_buffer_text(p->out, "<span class=\"unit\">");
    mtmi_escape_html(p->out, indicator->unit_text);
    if (!mtmi_period_same(indicator->observed, p->report->period)) {
        mtmi_buffer_text(p->out, ", ");
        mtmi_escape_html(p->out, indicator->observed_text);
    }
    mtmi_buffer_text(p->out, "</span>\n");
    for (size_t i = 0; i < mtmi_parts_comparisons(indicator); i++) {
        put_change(p, &indicator->comparisons[i]);
    }
    mtmi_buffer_text(p->out, "</li>\n");
}

static void put_keys(const page *p) {
    size_t n = 0;
    mtmi_page_section(p->out, "key-figures", ui_word(p, MTMI_WORD_KEY_FIGURES));
    mtmi_buffer_text(p->out, "<ul class=\"keys\">\n");
    for (size_t s = 0; s < p->report->n_sections; s++) {
        const mtmi_report_section *section = &p->report->sections[s];
        for (size_t i = 0; i < section->n_indicators && n < KEYS_MOST; i++) {
            if (is_key(p->report, &section->indicators[i])) {
                put_key(p, &section->indicators[i]);
                n++;
            }
        }
    }
    mtmi_buffer_text(p->out, "</ul>\n</section>\n");
}

static int has_keys(const mtm_report *report) {
    int any = 0;
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            any |= is_key(report, &report->sections[s].indicators[i]);
        }
    }
    return any;
}

/* ---- what the report is ---- */

static void put_line(const page *p, const char *text) {
    if (text[0] != '\0') {
        mtmi_buffer_text(p->out, "<p>");
        mtmi_prose_html(p->out, text);
        mtmi_buffer_text(p->out, "</p>\n");
    }
}

/* The last sentence points to the bibliography. */
static void put_about(const page *p) {
    const mtm_report *report = p->report;
    if (report->n_about == 0) {
        return;
    }
    mtmi_buffer_format(p->out,
                       "<section id=\"about\" class=\"front\" aria-labelledby=\"about-title\">\n"
                       "<h2 id=\"about-title\">%s</h2>\n",
                       ui_word(p, MTMI_WORD_ABOUT));
    mtmi_prose_page(p->out, report->introduction, "h3");
    for (size_t i = 0; i < report->n_about; i++) {
        int points = report->n_bibliography > 0 && i + 1 == report->n_about;
        mtmi_buffer_text(p->out, points ? "<p><a href=\"#sources\">" : "<p>");
        mtmi_escape_html(p->out, report->about[i]);
        mtmi_buffer_text(p->out, points ? "</a></p>\n" : "</p>\n");
    }
    put_line(p, report->contact_text);
    put_line(p, report->next_text);
    mtmi_buffer_text(p->out, "</section>\n");
}

/* ---- the body ---- */

static void put_link(const page *p, const char *id, const char *text) {
    mtmi_buffer_format(p->out, "<li><a href=\"#%s\">", id);
    mtmi_escape_html(p->out, text);
    mtmi_buffer_text(p->out, "</a></li>\n");
}

static void put_contents(const page *p) {
    mtmi_buffer_format(p->out, "<nav aria-label=\"%s\">\n<ul class=\"contents\">\n", ui_word(p, MTMI_WORD_CONTENTS));
    if (p->report->n_about > 0) {
        put_link(p, "about", ui_word(p, MTMI_WORD_ABOUT));
    }
    for (size_t s = 0; s < p->report->n_sections; s++) {
        mtmi_buffer section = MTMI_BUFFER_INIT;
        if (!mtmi_parts_section_is_shown(p->report, &p->report->sections[s])) {
            continue;
        }
        mtmi_buffer_format(&section, "section-%s", p->report->sections[s].id);
        put_link(p, section.data != NULL ? section.data : "", p->report->sections[s].title);
        p->out->failed |= section.failed;
        mtmi_buffer_free(&section);
    }
    for (size_t i = 0; i < p->report->n_surveys; i++) {
        if (mtmi_survey_begins_section(p->report, i)) {
            mtmi_buffer id = MTMI_BUFFER_INIT;
            mtmi_buffer_format(&id, "survey-%zu", i + 1);
            put_link(p, id.data != NULL ? id.data : "", p->report->surveys[i].section_title);
            p->out->failed |= id.failed;
            mtmi_buffer_free(&id);
        }
    }
    if (p->report->n_gathered > 0) {
        put_link(p, "limitations", ui_word(p, MTMI_WORD_LIMITATIONS));
    }
    if (p->report->n_bibliography > 0) {
        put_link(p, "sources", ui_word(p, MTMI_WORD_BIBLIOGRAPHY));
    }
    mtmi_buffer_text(p->out, "</ul>\n</nav>\n");
}

static void put_section(page *p, const mtmi_report_section *section) {
    mtmi_buffer_format(p->out,
                       "<section id=\"section-%s\" aria-labelledby=\"section-%s-title\">\n"
                       "<h2 id=\"section-%s-title\">",
                       section->id, section->id, section->id);
    mtmi_escape_html(p->out, section->title);
    mtmi_buffer_text(p->out, "</h2>\n");
    for (size_t i = 0; i < section->n_indicators; i++) {
        if (mtmi_parts_is_shown(p->report, &section->indicators[i])) {
            mtmi_html_indicator(p->out, p->report, &section->indicators[i], 1, &p->figures);
        }
    }
    mtmi_buffer_text(p->out, "</section>\n");
}

static void put_other_periods(const page *p) {
    mtmi_table rows = MTMI_TABLE_INIT;
    mtmi_tables_other_periods(p->report, &rows);
    if (rows.n_rows > 1) {
        mtmi_page_section(p->out, "other-periods", ui_word(p, MTMI_WORD_OTHER_PERIODS));
        put_line(p, ui_word(p, MTMI_WORD_OTHER_PERIODS_WHY));
        mtmi_page_table(p->out, &rows, "other-periods-points", ui_word(p, MTMI_WORD_SERIES), "");
        mtmi_buffer_text(p->out, "</section>\n");
    }
    p->out->failed |= mtmi_table_failed(&rows);
    mtmi_table_free(&rows);
}

/* What several indicators share, by the numbers that they give. */
static void put_notes(const page *p) {
    if (p->report->n_notes == 0) {
        return;
    }
    mtmi_page_section(p->out, "notes", ui_word(p, MTMI_WORD_NOTES));
    mtmi_buffer_text(p->out, "<ol class=\"books\">\n");
    for (size_t i = 0; i < p->report->n_notes; i++) {
        mtmi_buffer_format(p->out, "<li id=\"note-%zu\">", i + 1);
        mtmi_escape_html(p->out, p->report->notes[i]);
        mtmi_buffer_text(p->out, "</li>\n");
    }
    mtmi_buffer_text(p->out, "</ol>\n</section>\n");
}

/* The kinds come in order: a heading begins each. */
static void put_limitations(const page *p) {
    if (p->report->n_gathered == 0) {
        return;
    }
    mtmi_page_section(p->out, "limitations", ui_word(p, MTMI_WORD_LIMITATIONS));
    for (size_t i = 0; i < p->report->n_gathered; i++) {
        const mtmi_limitation *limitation = &p->report->gathered[i];
        if (i == 0 || limitation[-1].kind != limitation->kind) {
            mtmi_buffer_text(p->out, i > 0 ? "</ul>\n" : "");
            mtmi_buffer_format(p->out, "<h3 id=\"limitations-%s\">", limitation->kind_id);
            mtmi_escape_html(p->out, limitation->kind_title);
            mtmi_buffer_text(p->out, "</h3>\n");
            mtmi_buffer_text(p->out, "<ul class=\"limits\">\n");
        }
        mtmi_buffer_text(p->out, "<li>");
        if (limitation->kind == MTMI_LIMITATION_REVISED) { /* the reason may have an address */
            mtmi_prose_html(p->out, limitation->text);
        } else {
            mtmi_escape_html(p->out, limitation->text);
        }
        mtmi_buffer_text(p->out, "</li>\n");
    }
    mtmi_buffer_text(p->out, "</ul>\n</section>\n");
}

static void put_bibliography(const page *p) {
    if (p->report->n_bibliography == 0) {
        return;
    }
    mtmi_page_section(p->out, "sources", ui_word(p, MTMI_WORD_BIBLIOGRAPHY));
    mtmi_buffer_text(p->out, "<ol class=\"books\">\n");
    for (size_t i = 0; i < p->report->n_bibliography; i++) {
        const mtmi_bibliography_entry *entry = &p->report->bibliography[i];
        mtmi_buffer_format(p->out, "<li id=\"source-%zu\">", i + 1);
        mtmi_escape_html(p->out, entry->text);
        if (entry->path[0] != '\0') {
            mtmi_buffer_char(p->out, ' ');
            mtmi_page_link(p->out, entry->path, entry->path);
        }
        mtmi_buffer_text(p->out, "</li>\n");
    }
    mtmi_buffer_text(p->out, "</ol>\n</section>\n");
}

static void put_footer(const page *p) {
    mtmi_buffer_format(p->out, "<footer>\n<p>libmtm %s</p>\n</footer>\n", mtm_version());
}

static void put_report(page *p) {
    int keys = has_keys(p->report);
    mtmi_buffer_format(p->out, "<a class=\"skip\" href=\"#%s\">%s</a>\n<div class=\"page\">\n", "content",
                       ui_word(p, MTMI_WORD_SKIP));
    put_header(p, p->report->title);
    mtmi_buffer_text(p->out, "<main id=\"content\">\n");
    if (p->report->n_highlights > 0) {
        put_highlights(p);
    }
    if (keys) {
        put_keys(p);
    }
    put_contents(p);
    put_about(p);
    for (size_t s = 0; s < p->report->n_sections; s++) {
        if (mtmi_parts_section_is_shown(p->report, &p->report->sections[s])) {
            put_section(p, &p->report->sections[s]);
        }
    }
    mtmi_survey_html(p->out, p->report, NULL, &p->figures);
    put_other_periods(p);
    put_notes(p);
    put_limitations(p);
    put_bibliography(p);
    mtmi_buffer_text(p->out, "</main>\n");
    put_footer(p);
    mtmi_buffer_text(p->out, "</div>\n");
}

/* ---- one indicator ---- */

static void put_lineage(const page *p, const mtmi_report_indicator *indicator) {
    mtmi_table table = MTMI_TABLE_INIT;
    mtmi_tables_lineage(indicator, p->report->language, &table);
    element(p, "p", "finding", indicator->finding);
    if (indicator->covers != NULL && indicator->covers[0] != '\0') {
        mtmi_buffer line = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&line, "%s: %s", ui_word(p, MTMI_WORD_COVERS),
                           mtmi_tables_covers(indicator->covers, p->report->language));
        element(p, "p", "soft", line.data != NULL ? line.data : "");
        p->out->failed |= line.failed;
        mtmi_buffer_free(&line);
    }
    if (table.n_rows > 0) {
        mtmi_page_table(p->out, &table, "lineage", ui_word(p, MTMI_WORD_LINEAGE), indicator->unit_text);
    }
    p->out->failed |= mtmi_table_failed(&table);
    mtmi_table_free(&table);
}

static void put_single(const page *p, const mtmi_render_request *request) {
    mtmi_buffer_text(p->out, "<div class=\"page\">\n");
    int of_lineage = request->view == MTM_VIEW_LINEAGE && request->indicator != NULL;
    put_header(p, of_lineage ? request->indicator->title : p->report->title);
    mtmi_buffer_text(p->out, "<main>\n");
    if (request->survey != NULL) {
        mtmi_survey_html(p->out, p->report, request->survey, NULL);
    } else if (request->view == MTM_VIEW_LINEAGE) {
        put_lineage(p, request->indicator);
    } else {
        mtmi_html_indicator(p->out, p->report, request->indicator, 0, NULL);
        put_bibliography(p);
    }
    if (*p->report->protection != '\0') {
        mtmi_buffer_text(p->out, "<p>");
        mtmi_escape_html(p->out, p->report->protection);
        mtmi_buffer_text(p->out, "</p>\n");
    }
    mtmi_buffer_text(p->out, "</main>\n</div>\n");
}

void mtmi_form_html(mtmi_buffer *out, const mtmi_render_request *request) {
    page p = {out, request->report, 0};
    mtmi_buffer title = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&title, "%s, %s", request->report->title, request->report->period_text);
    mtmi_page_begin(out, request->report->language_code, title.data != NULL ? title.data : "",
                    request->indicator != NULL ? request->indicator->finding
                    : request->survey != NULL  ? request->survey->finding_text
                                               : request->report->period_long);
    if (request->view == MTM_VIEW_PAGE) {
        mtmi_html_one_page(out, request->report);
    } else if (request->view == MTM_VIEW_REPORT) {
        put_report(&p);
    } else {
        put_single(&p, request);
    }
    if (request->view == MTM_VIEW_REPORT || request->view == MTM_VIEW_PAGE) {
        mtmi_json_ld_page(out, request->report);
    }
    mtmi_page_end(out);
    out->failed |= title.failed;
    mtmi_buffer_free(&title);
}
