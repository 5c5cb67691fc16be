/* Writes the report as slides for those who present it: main points, key figures, a slide for each picture, what is not
 * covered, sources, contact. Everything on them is in the whole report too. */
#include "render/forms.h"

#include "base/memory.h"
#include "render/documents/document_figures.h"
#include "render/office/pptx_writer.h"
#include "render/survey/part.h"
#include "render/ui_text.h"
#include "render/visibility.h"

#define ROWS_MOST 7 /* of a slide, below its headings: each of up to three lines */
#define LINES_MOST 12

typedef struct deck {
    mtmi_pptx *pptx;
    const mtm_report *report;
} deck;

static const char *word(const deck *d, mtmi_word w) {
    return mtmi_word_get(w, d->report->language);
}

static void put_lines(const deck *d, const char *title, const char *const *lines, size_t n, int items) {
    for (size_t first = 0; first < n; first += LINES_MOST) {
        if (mtmi_pptx_slide(d->pptx, title)) {
            mtmi_pptx_lines(d->pptx, lines + first, n - first < LINES_MOST ? n - first : LINES_MOST, items);
        }
    }
}

static void put_opening(const deck *d) {
    const mtm_report *report = d->report;
    const char *lines[4], *points[MTMI_REPORT_HIGHLIGHTS];
    size_t n = 0;
    const char *const facts[] = {word(d, report->is_tracking ? MTMI_WORD_TRACKING_TITLE : MTMI_WORD_SERIES_TITLE),
                                 report->period_long, report->as_of_text, report->stamp};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (facts[i][0] != '\0') {
            lines[n++] = facts[i];
        }
    }
    put_lines(d, report->title, lines, n, 0);
    for (size_t i = 0; i < report->n_highlights; i++) {
        points[i] = report->highlights[i].text;
    }
    put_lines(d, word(d, MTMI_WORD_HIGHLIGHTS), points, report->n_highlights, 1);
}

/* ---- key figures ---- */

static void put_changes(const deck *d, mtmi_table *table, const mtmi_report_indicator *indicator) {
    const char *between = "";
    for (size_t i = 0; i < mtmi_parts_comparisons(indicator); i++) {
        const mtmi_report_comparison *c = &indicator->comparisons[i];
        if (c->percent.has) {
            mtmi_buffer_format(&table->text, "%s%s (%s)", between, c->percent.text, c->period_short);
            between = "; ";
        } else if (c->has_like && c->like_percent.has) {
            mtmi_buffer_format(&table->text, "%s%s (%s; %s)", between, c->like_percent.text,
                               word(d, MTMI_WORD_LIKE_FOR_LIKE), c->period_short);
            between = "; ";
        }
    }
    mtmi_buffer_text(&table->text, between[0] == '\0' ? MTMI_MARK_NONE : "");
    mtmi_table_end(table);
}

static void begin_keys(const deck *d, mtmi_table *table) {
    static const mtmi_word words[] = {MTMI_WORD_INDICATOR, MTMI_WORD_VALUE, MTMI_WORD_UNIT, MTMI_WORD_PERIOD,
                                      MTMI_WORD_CHANGE_PERCENT};
    *table = (mtmi_table)MTMI_TABLE_INIT;
    table->n_columns = sizeof words / sizeof *words;
    table->numeric[1] = 1;
    mtmi_table_row(table, MTMI_ROW_PLAIN);
    for (size_t i = 0; i < table->n_columns; i++) {
        mtmi_table_cell(table, word(d, words[i]));
    }
}

/* A slide of them, where there are any. */
static void end_keys(const deck *d, mtmi_table *table) {
    if (table->n_rows > 1 && mtmi_pptx_slide(d->pptx, word(d, MTMI_WORD_KEY_FIGURES))) {
        mtmi_pptx_table(d->pptx, table, word(d, MTMI_WORD_KEY_FIGURES));
    }
    d->pptx->archive.out->failed |= mtmi_table_failed(table);
    mtmi_table_free(table);
}

static void put_keys(const deck *d) {
    mtmi_table table;
    begin_keys(d, &table);
    for (size_t s = 0; s < d->report->n_sections; s++) {
        for (size_t i = 0; i < d->report->sections[s].n_indicators; i++) {
            const mtmi_report_indicator *indicator = &d->report->sections[s].indicators[i];
            if (!(indicator->value.has || indicator->value.hidden) || mtmi_parts_repeats(d->report, indicator) ||
                !mtmi_parts_is_shown(d->report, indicator)) {
                continue;
            }
            if (table.n_rows > ROWS_MOST) {
                end_keys(d, &table);
                begin_keys(d, &table);
            }
            mtmi_table_row(&table, MTMI_ROW_PLAIN);
            mtmi_table_cell(&table, indicator->title);
            mtmi_table_cell(&table, indicator->value.text);
            mtmi_table_cell(&table, indicator->unit_text);
            mtmi_table_cell(&table, indicator->observed_text);
            put_changes(d, &table, indicator);
        }
    }
    end_keys(d, &table);
}

/* ---- pictures ---- */

static void put_figure(const deck *d, const mtmi_report_indicator *indicator, mtmi_office_figure *figure) {
    mtmi_buffer foot = MTMI_BUFFER_INIT;
    if (!mtmi_figure_failed(figure) && mtmi_pptx_slide(d->pptx, figure->title)) {
        mtmi_pptx_chart(d->pptx, &figure->chart, indicator->title, figure->description.data);
        mtmi_buffer_text(&foot, figure->subtitle.data);
        for (size_t i = 0; i < indicator->n_sources; i++) {
            const mtmi_bibliography_entry *entry = &d->report->bibliography[indicator->sources[i]];
            mtmi_buffer_format(&foot, i == 0 ? ". %s: %s" : "; %s%s", i == 0 ? word(d, MTMI_WORD_SOURCE) : "",
                               entry->publisher[0] != '\0' ? entry->publisher : entry->name);
        }
        mtmi_pptx_foot(d->pptx, foot.data != NULL ? foot.data : "");
    }
    d->pptx->archive.out->failed |= mtmi_figure_failed(figure) || foot.failed;
    mtmi_buffer_free(&foot);
    mtmi_figure_free(figure);
}

static void put_figures(const deck *d) {
    mtmi_office_figure figure;
    for (size_t s = 0; s < d->report->n_sections; s++) {
        for (size_t i = 0; i < d->report->sections[s].n_indicators; i++) {
            const mtmi_report_indicator *indicator = &d->report->sections[s].indicators[i];
            if (!mtmi_parts_is_shown(d->report, indicator)) {
                continue;
            }
            if (mtmi_figure_of_rows(d->report, indicator, &figure)) {
                put_figure(d, indicator, &figure);
            }
            if (!mtmi_parts_repeats(d->report, indicator) && mtmi_figure_of_series(d->report, indicator, &figure)) {
                put_figure(d, indicator, &figure);
            }
        }
    }
    for (size_t i = 0; i < d->report->n_surveys; i++) {
        const char *line = d->report->surveys[i].finding_text;
        put_lines(d, d->report->surveys[i].title, &line, 1, 0);
    }
}

/* ---- what is not there, and where it comes from ---- */

static void put_closing(const deck *d) {
    const mtm_report *report = d->report;
    size_t n = 0, most = report->n_gathered + report->n_bibliography + MTMI_REPORT_ABOUT + 2;
    const char **lines = mtmi_memory_new(most, sizeof *lines);
    d->pptx->archive.out->failed |= lines == NULL;
    if (lines == NULL) {
        return;
    }
    for (; n < report->n_gathered; n++) {
        lines[n] = report->gathered[n].text;
    }
    put_lines(d, word(d, MTMI_WORD_LIMITATIONS), lines, n, 1);
    for (n = 0; n < report->n_bibliography; n++) {
        lines[n] = report->bibliography[n].text;
    }
    put_lines(d, word(d, MTMI_WORD_BIBLIOGRAPHY), lines, n, 1);
    for (n = 0; n < report->n_about; n++) {
        lines[n] = report->about[n];
    }
    const char *const last[] = {report->contact_text, report->next_text};
    for (size_t i = 0; i < 2; i++) {
        if (last[i][0] != '\0') {
            lines[n++] = last[i];
        }
    }
    put_lines(d, word(d, MTMI_WORD_ABOUT), lines, n, 1);
    mtmi_memory_free(lines);
}

void mtmi_form_pptx(mtmi_buffer *out, const mtmi_render_request *request) {
    mtmi_pptx pptx;
    deck d = {&pptx, request->report};
    mtmi_pptx_start(&pptx, out, request->report->title, "libmtm", mtmi_figure_language(request->report));
    put_opening(&d);
    put_keys(&d);
    put_figures(&d);
    put_closing(&d);
    mtmi_pptx_finish(&pptx);
}
