/* Writes the report on one page of A4 for those who decide: title and period, main points, at most six key figures with
 * a sparkline and their change, two charts, what the report does not cover, and its sources. Everything on it is in the
 * whole report too; nothing is computed here. */
#include "render/survey/part.h"
#include "render/forms.h"

#include "base/memory.h"
#include "period/period.h"
#include "render/escape.h"
#include "render/html_figure.h"
#include "render/links/html_links.h"
#include "render/map/map_figure.h"
#include "render/page.h"
#include "render/prose.h"
#include "render/ui_text.h"
#include "render/visibility.h"

#include <mtm.h>

#include <string.h>

#define KEYS_MOST 6
#define CHARTS_MOST 2
#define CHARTS_ROOM 4 /* of displacement: areas, over time, sex and age, reasons */
#define BARS_MOST 4
#define BARS_BESIDE_MAP 3

typedef struct one_page {
    mtmi_buffer *out;
    const mtm_report *report;
    size_t figures;
} one_page;

static const char *ui_word(const one_page *p, mtmi_word w) {
    return mtmi_word_get(w, p->report->language);
}

static void put_line(const one_page *p, const char *tag, const char *name, const char *text) {
    if (text[0] != '\0') {
        mtmi_page_element(p->out, tag, name, text);
        mtmi_buffer_char(p->out, '\n');
    }
}

static void put_points(const one_page *p) {
    if (p->report->n_highlights == 0) {
        return;
    }
    mtmi_page_section(p->out, "highlights", ui_word(p, MTMI_WORD_HIGHLIGHTS));
    mtmi_buffer_text(p->out, "<ul class=\"points\">\n");
    for (size_t i = 0; i < p->report->n_highlights; i++) {
        put_line(p, "li", NULL, p->report->highlights[i].text);
    }
    mtmi_buffer_text(p->out, "</ul>\n</section>\n");
}

/* ---- key figures ---- */

/* "+34.5 % (Q1 2024: 2,975,788)": a reader sees what the change is against. */
static void put_change(const one_page *p, const mtmi_report_comparison *c) {
    const int is_balance = c->reason == MTM_REASON_BASE_NEGATIVE && c->absolute.has;
    if (c->percent.has || is_balance) {
        const int64_t change = is_balance ? c->absolute.value.units : c->percent.value.units;
        const char *text = is_balance ? c->change_text : c->percent.text;
        mtmi_buffer against = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&against, "%s: %s", c->period_short, c->base.text);
        mtmi_page_change(p->out, (change > 0) - (change < 0), text, against.data);
        p->out->failed |= against.failed;
        mtmi_buffer_free(&against);
    } else if (c->has_like && c->like_percent.has) { /* of what both periods have */
        int sign = (c->like_percent.value.units > 0) - (c->like_percent.value.units < 0);
        mtmi_buffer against = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&against, "%s; %s: %s", ui_word(p, MTMI_WORD_LIKE_FOR_LIKE), c->period_short,
                           c->like_base.text);
        mtmi_page_change(p->out, sign, c->like_percent.text, against.data);
        p->out->failed |= against.failed;
        mtmi_buffer_free(&against);
    }
}

static void put_spark(const one_page *p, const mtmi_report_indicator *indicator) {
    mtmi_chart_point *points = indicator->n_points > 0 ? mtmi_memory_new(indicator->n_points, sizeof *points) : NULL;
    p->out->failed |= indicator->n_points > 0 && points == NULL;
    size_t n = points != NULL ? mtmi_figure_points(indicator, points) : 0;
    if (n >= MTMI_SERIES_LEAST) {
        mtmi_chart_spark(p->out, points, n);
    }
    mtmi_memory_free(points);
}

static void put_key(const one_page *p, const mtmi_report_indicator *indicator) {
    mtmi_buffer_text(p->out, "<li>");
    put_line(p, "span", "name", indicator->title);
    put_line(p, "span", "figure", indicator->value.text);
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
    put_spark(p, indicator);
    mtmi_buffer_text(p->out, "</li>\n");
}

/* A figure of its own that is not one of the same subject less another: net figures are left to the report. */
static int is_key(const mtm_report *report, const mtmi_report_indicator *indicator) {
    return indicator->value.has && indicator->kind != 0 && !mtmi_parts_repeats(report, indicator) &&
           (indicator->dimension[0] == '\0' || (report->is_tracking && indicator->n_comparisons > 0) ||
            mtmi_parts_section(report, indicator)->n_indicators == 1);
}

static int is_main_point(const mtm_report *report, const mtmi_report_indicator *indicator) {
    int any = 0;
    for (size_t i = 0; i < report->n_highlights; i++) {
        any |= strcmp(report->highlights[i].indicator, indicator->id) == 0;
    }
    return any;
}

/* How many key figures may be of indicators that no main point is about. */
static size_t room_for_others(const mtm_report *report) {
    size_t n = 0;
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            const mtmi_report_indicator *indicator = &report->sections[s].indicators[i];
            n += is_key(report, indicator) && is_main_point(report, indicator);
        }
    }
    return n < KEYS_MOST ? KEYS_MOST - n : 0;
}

/* Those of the main points, and others while there is room; in the order of the report. */
static void put_keys(const one_page *p) {
    size_t n = 0, others = room_for_others(p->report);
    for (size_t s = 0; s < p->report->n_sections; s++) {
        const mtmi_report_section *section = &p->report->sections[s];
        for (size_t i = 0; i < section->n_indicators && n < KEYS_MOST; i++) {
            int main_point = is_main_point(p->report, &section->indicators[i]);
            if (is_key(p->report, &section->indicators[i]) && (main_point || others > 0)) {
                others -= !main_point;
                if (n++ == 0) {
                    mtmi_page_section(p->out, "key-figures", ui_word(p, MTMI_WORD_KEY_FIGURES));
                    mtmi_buffer_text(p->out, "<ul class=\"keys\">\n");
                }
                put_key(p, &section->indicators[i]);
            }
        }
    }
    mtmi_buffer_text(p->out, n > 0 ? "</ul>\n</section>\n" : "");
}

/* ---- charts ---- */

static int has_bars(const mtmi_report_indicator *indicator) {
    size_t n = 0;
    for (size_t i = 0; i < indicator->n_rows; i++) {
        n += indicator->rows[i].kind == MTM_MEMBER_CODE && indicator->rows[i].value.has;
    }
    return n >= 2;
}

/* Its first rows only. */
static void put_bars(one_page *p, const mtmi_report_indicator *indicator, size_t most) {
    mtmi_report_indicator first = *indicator;
    if (mtmi_html_has_links(indicator)) {
        const mtmi_html_figure links = {p->out, p->report, indicator, &p->figures, ""};
        mtmi_html_links(&links);
        return;
    }
    if (mtmi_html_has_pyramid(indicator)) {
        const mtmi_html_figure pyramid = {p->out, p->report, indicator, &p->figures, ""};
        mtmi_html_pyramid(&pyramid);
        return;
    }
    first.n_rows = first.n_rows < most ? first.n_rows : most;
    mtmi_html_figure figure = {p->out, p->report, &first, &p->figures, ""};
    mtmi_html_bars(&figure);
}

/* Which pictures of rows the page has: of main points before others, and of another section before one of the same. */
typedef struct chosen {
    const mtmi_report_indicator *list[CHARTS_ROOM];
    size_t n;
} chosen;

typedef enum unlike { UNLIKE_SECTION, UNLIKE_DIMENSION, UNLIKE_INDICATOR } unlike;

/* Whether a picture before says much the same. */
static int is_chosen(const chosen *charts, const mtm_report *report, const mtmi_report_indicator *indicator,
                     unlike in) {
    int any = 0;
    for (size_t i = 0; i < charts->n; i++) {
        const mtmi_report_indicator *other = charts->list[i];
        any |= in == UNLIKE_SECTION     ? mtmi_parts_section(report, other) == mtmi_parts_section(report, indicator)
               : in == UNLIKE_DIMENSION ? strcmp(other->dimension, indicator->dimension) == 0
                                        : other == indicator;
    }
    return any;
}

static void choose(chosen *charts, const mtm_report *report, const mtmi_report_indicator *mapped, int main_points,
                   unlike in) {
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            const mtmi_report_indicator *indicator = &report->sections[s].indicators[i];
            if (charts->n < CHARTS_MOST && indicator != mapped && has_bars(indicator) &&
                (!main_points || is_main_point(report, indicator)) && !is_chosen(charts, report, indicator, in)) {
                charts->list[charts->n++] = indicator;
            }
        }
    }
}

/* Pictures that a displacement report has where it can: who is displaced, and why. */
static void choose_tracked(chosen *charts, const mtm_report *report, const mtmi_report_indicator *mapped) {
    for (int why = 0; why < 2; why++) {
        for (size_t s = 0; s < report->n_sections; s++) {
            for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
                const mtmi_report_indicator *indicator = &report->sections[s].indicators[i];
                const int fits = why ? strcmp(indicator->dimension, "reason") == 0 && has_bars(indicator)
                                     : mtmi_html_has_pyramid(indicator);
                if (charts->n < CHARTS_ROOM - 1 && indicator != mapped && fits &&
                    !is_chosen(charts, report, indicator, UNLIKE_DIMENSION)) {
                    charts->list[charts->n++] = indicator;
                }
            }
        }
    }
}

/* The first indicator that has a map: one of a main point where there is one; NULL for none. */
static const mtmi_report_indicator *find_mapped(const mtm_report *report) {
    const mtmi_report_indicator *any = NULL;
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            const mtmi_report_indicator *indicator = &report->sections[s].indicators[i];
            if (!mtmi_html_has_map(report, indicator)) {
                continue;
            }
            if (is_main_point(report, indicator)) {
                return indicator;
            }
            any = any != NULL ? any : indicator;
        }
    }
    return any;
}

/* ---- what is not there, and where it comes from ---- */

static int is_limited(const mtm_report *report, const mtmi_report_indicator *indicator, mtmi_limitation_kind kind) {
    for (size_t i = 0; i < report->n_limitations; i++) {
        if (report->limitations[i].kind == kind && strcmp(report->limitations[i].indicator, indicator->id) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Which of a section's indicators a limitation of the kind is about, and are not shown: those without a breakdown and those
 * with one. */
typedef struct limited {
    size_t shown, whole, broken_down;
} limited;

static limited count_limited(const mtm_report *report, const mtmi_report_section *section, mtmi_limitation_kind kind) {
    limited out = {0, 0, 0};
    for (size_t i = 0; i < section->n_indicators; i++) {
        const mtmi_report_indicator *indicator = &section->indicators[i];
        if (is_limited(report, indicator, kind)) {
            size_t *count = mtmi_parts_is_shown(report, indicator) ? &out.shown
                            : indicator->dimension[0] == '\0'      ? &out.whole
                                                                   : &out.broken_down;
            (*count)++;
        }
    }
    return out;
}

static void put_limited(const one_page *p, const char **between, const char *title) {
    mtmi_buffer_text(p->out, *between);
    mtmi_escape_html(p->out, title);
    *between = "; ";
}

/* ": Border crossings; Foreign workers": what a limitation of the kind is about. Of a section that has figures the
 * indicators that have none are named: the section is not what lacks. */
static void put_sections_of(const one_page *p, mtmi_limitation_kind kind) {
    const mtm_report *report = p->report;
    const int lacks = kind == MTMI_LIMITATION_PERIOD_UNAVAILABLE || kind == MTMI_LIMITATION_NOT_COVERED;
    const char *between = ": ";
    for (size_t s = 0; s < report->n_sections; s++) {
        const mtmi_report_section *section = &report->sections[s];
        const limited n = count_limited(report, section, kind);
        const int apart = lacks && mtmi_parts_section_is_shown(report, section);
        if (section->title[0] != '\0' && (n.shown > 0 || (!apart && n.whole + n.broken_down > 0))) {
            put_limited(p, &between, section->title);
        }
        for (size_t i = 0; i < section->n_indicators && apart; i++) {
            const mtmi_report_indicator *indicator = &section->indicators[i];
            if (is_limited(report, indicator, kind) && !mtmi_parts_is_shown(report, indicator) &&
                (n.whole == 0 || indicator->dimension[0] == '\0')) {
                put_limited(p, &between, indicator->title);
            }
        }
    }
}

static void put_coverage(const one_page *p) {
    if (p->report->n_gathered == 0) {
        return;
    }
    mtmi_page_section(p->out, "limitations", ui_word(p, MTMI_WORD_LIMITATIONS));
    mtmi_buffer_text(p->out, "<ul class=\"short\">\n");
    for (size_t i = 0; i < p->report->n_gathered; i++) {
        const mtmi_limitation *limitation = &p->report->gathered[i];
        if (i > 0 && limitation[-1].kind == limitation->kind) {
            continue;
        }
        mtmi_buffer_text(p->out, "<li>");
        mtmi_escape_html(p->out, limitation->kind_title);
        put_sections_of(p, limitation->kind);
        mtmi_buffer_text(p->out, "</li>\n");
    }
    mtmi_buffer_text(p->out, "</ul>\n</section>\n");
}

static int is_named_before(const mtm_report *report, size_t at) {
    for (size_t i = 0; i < at; i++) {
        if (strcmp(report->bibliography[i].publisher, report->bibliography[at].publisher) == 0) {
            return 1;
        }
    }
    return 0;
}

static void put_contact(const one_page *p) {
    if (p->report->contact_text[0] != '\0') {
        mtmi_buffer_text(p->out, "<p class=\"sources\">");
        mtmi_prose_html(p->out, p->report->contact_text);
        mtmi_buffer_text(p->out, "</p>\n");
    }
    put_line(p, "p", "sources", p->report->next_text);
}

/* Where pictures that rest on the publisher's other sources lead to. */
static void put_others_of(const one_page *p, size_t first) {
    const mtmi_bibliography_entry *entries = p->report->bibliography;
    for (size_t i = first + 1; i < p->report->n_bibliography && entries[first].publisher[0] != '\0'; i++) {
        if (strcmp(entries[i].publisher, entries[first].publisher) == 0) {
            mtmi_buffer_format(p->out, "<span id=\"source-%zu\"></span>", i + 1);
        }
    }
}

/* A survey is its own source: how it was made says how far its figures reach. */
static void put_methods(const one_page *p) {
    const mtm_report *report = p->report;
    if (report->n_methods == 0) {
        return;
    }
    mtmi_page_section(p->out, "survey-methods", mtmi_survey_word_of(report, MTMI_SURVEY_METHODS_TITLE));
    for (size_t i = 0; i < report->n_methods; i++) {
        mtmi_buffer_text(p->out, "<p class=\"sources\"><b>");
        mtmi_escape_html(p->out, report->methods[i].title);
        mtmi_buffer_text(p->out, ".</b> ");
        mtmi_escape_html(p->out, report->methods[i].text);
        mtmi_buffer_text(p->out, "</p>\n");
    }
    if (report->n_bibliography == 0) {
        put_contact(p);
    }
    mtmi_buffer_text(p->out, "</section>\n");
}

static void put_sources(const one_page *p) {
    if (p->report->n_bibliography == 0) {
        return;
    }
    mtmi_page_section(p->out, "sources", ui_word(p, MTMI_WORD_BIBLIOGRAPHY));
    mtmi_buffer_text(p->out, "<ul class=\"short\">\n");
    for (size_t i = 0; i < p->report->n_bibliography; i++) {
        const mtmi_bibliography_entry *entry = &p->report->bibliography[i];
        if (entry->publisher[0] != '\0' && is_named_before(p->report, i)) {
            continue;
        }
        mtmi_buffer_format(p->out, "<li id=\"source-%zu\">", i + 1);
        mtmi_escape_html(p->out, entry->publisher[0] != '\0' ? entry->publisher : entry->name);
        put_others_of(p, i);
        mtmi_buffer_text(p->out, "</li>\n");
    }
    mtmi_buffer_text(p->out, "</ul>\n");
    put_contact(p);
    mtmi_buffer_text(p->out, "</section>\n");
}

/* ---- map and charts ---- */

static void put_map(one_page *p, const mtmi_report_indicator *mapped) {
    mtmi_html_figure figure = {p->out, p->report, mapped, &p->figures, ""};
    mtmi_html_map(&figure);
}

/* The rounds of the first main point: where they do not cover the same, the line breaks. */
static void put_trend(one_page *p) {
    for (size_t s = 0; s < p->report->n_sections; s++) {
        for (size_t i = 0; i < p->report->sections[s].n_indicators; i++) {
            const mtmi_report_indicator *indicator = &p->report->sections[s].indicators[i];
            size_t n = 0;
            for (size_t k = 0; k < indicator->n_points; k++) {
                n += indicator->points[k].value.has != 0;
            }
            if (n >= MTMI_SERIES_LEAST && is_main_point(p->report, indicator)) {
                const mtmi_html_figure figure = {p->out, p->report, indicator, &p->figures, ""};
                mtmi_html_series(&figure);
                return;
            }
        }
    }
}

/* The rows of the map are a chart only where there is no other. */
static void put_charts(one_page *p, const mtmi_report_indicator *mapped) {
    chosen charts = {.n = 0};
    if (!p->report->is_tracking || mapped == NULL) { /* a map shows the areas */
        choose(&charts, p->report, mapped, 1, UNLIKE_SECTION);
    }
    if (p->report->is_tracking) {
        choose_tracked(&charts, p->report, mapped);
    }
    choose(&charts, p->report, mapped, 0, UNLIKE_SECTION);
    choose(&charts, p->report, mapped, 0, UNLIKE_DIMENSION);
    choose(&charts, p->report, mapped, 0, UNLIKE_INDICATOR);
    if (charts.n < CHARTS_MOST && mapped != NULL && has_bars(mapped)) {
        charts.list[charts.n++] = mapped;
    }
    for (size_t i = 0; i < charts.n; i++) {
        put_bars(p, charts.list[i], mapped != NULL ? BARS_BESIDE_MAP : BARS_MOST);
    }
    if (p->report->is_tracking && mapped == NULL) {
        put_trend(p);
    }
    for (size_t i = 0, drawn = p->figures; i < p->report->n_surveys && charts.n < CHARTS_MOST; i++) {
        mtmi_survey_figure(p->out, p->report, &p->report->surveys[i], &p->figures);
        charts.n += p->figures - drawn;
        drawn = p->figures;
    }
}

/* With a map what is not covered and the sources stand under it, beside the charts; on a narrow screen last. */
static void put_rest(one_page *p) {
    const mtmi_report_indicator *mapped = find_mapped(p->report);
    mtmi_buffer_text(p->out, "<div class=\"pair\">\n");
    if (mapped != NULL) {
        mtmi_buffer_text(p->out, "<div class=\"tall\">\n");
        put_map(p, mapped);
        put_coverage(p);
        put_sources(p);
        mtmi_buffer_text(p->out, "</div>\n");
    }
    put_charts(p, mapped);
    mtmi_buffer_text(p->out, "</div>\n");
    if (mapped == NULL) {
        mtmi_buffer_text(p->out, "<div class=\"pair\">\n");
        put_coverage(p);
        put_sources(p);
        put_methods(p);
        mtmi_buffer_text(p->out, "</div>\n");
    }
}

void mtmi_html_one_page(mtmi_buffer *out, const mtm_report *report) {
    one_page p = {out, report, 0};
    mtmi_buffer_text(out, "<div class=\"page one\">\n<header>\n");
    put_line(&p, "p", "kicker", ui_word(&p, report->is_tracking ? MTMI_WORD_TRACKING_TITLE : MTMI_WORD_SERIES_TITLE));
    put_line(&p, "h1", NULL, report->title);
    put_line(&p, "p", "period", mtmi_parts_title_has_period(report) ? "" : report->period_long);
    put_line(&p, "p", "about", report->as_of_text);
    put_line(&p, "p", "notice", report->stamp);
    mtmi_buffer_text(out, "</header>\n<main id=\"content\">\n");
    put_points(&p);
    put_keys(&p);
    mtmi_survey_html_brief(out, report, MTMI_REPORT_HIGHLIGHTS - report->n_highlights);
    put_rest(&p);
    mtmi_buffer_format(out, "</main>\n<footer>\n<p>libmtm %s</p>\n</footer>\n</div>\n", mtm_version());
}
