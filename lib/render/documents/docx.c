/* Writes the report as a text document: what the page says, in its order, with editable charts, tables whose headings repeat,
 * and links from the contents and to the sources. */
#include "render/forms.h"

#include "render/documents/document_figures.h"
#include "render/figure_text.h"
#include "render/office/docx_writer.h"
#include "render/page_tables.h"
#include "render/prose.h"
#include "render/survey/part.h"
#include "render/ui_text.h"
#include "render/visibility.h"

typedef struct page {
    mtmi_docx *word;
    const mtm_report *report;
    size_t figures;
    int whole;
} page;

static const char *ui_word(const page *p, mtmi_word w) {
    return mtmi_word_get(w, p->report->language);
}

static void put_paragraph(const page *p, mtmi_docx_style style, const char *text) {
    mtmi_docx_paragraph(p->word, style, text, NULL);
}

/* Text made for the occasion; the buffer is freed. */
static void put_made(const page *p, mtmi_docx_style style, mtmi_buffer *text) {
    put_paragraph(p, style, text->data);
    p->word->archive.out->failed |= text->failed;
    mtmi_buffer_free(text);
}

static void put_prose(const page *p, const char *prose) {
    static const mtmi_docx_style styles[] = {MTMI_DOCX_BODY, MTMI_DOCX_LIST, MTMI_DOCX_HEADING_3};
    mtmi_prose_block block = {MTMI_PROSE_PARAGRAPH, MTMI_BUFFER_INIT};
    while (mtmi_prose_next(&prose, &block)) {
        mtmi_buffer plain = MTMI_BUFFER_INIT;
        mtmi_prose_plain(&plain, block.text.data);
        put_made(p, styles[block.kind], &plain);
    }
    p->word->archive.out->failed |= block.text.failed;
    mtmi_buffer_free(&block.text);
}

/* ---- an indicator ---- */

static void put_table(const page *p, mtmi_tables_fill fill, const mtmi_report_indicator *indicator, const char *title,
                      const char *where) {
    mtmi_table table = MTMI_TABLE_INIT;
    mtmi_buffer caption = MTMI_BUFFER_INIT;
    fill(indicator, p->report->language, &table);
    if (table.n_rows > 0) {
        mtmi_buffer_format(&caption, "%s, %s%s%s", title, indicator->unit_text, where[0] != '\0' ? ", " : "", where);
        put_paragraph(p, MTMI_DOCX_CAPTION, caption.data);
        mtmi_docx_table(p->word, &table, caption.data);
    }
    p->word->archive.out->failed |= mtmi_table_failed(&table) || caption.failed;
    mtmi_buffer_free(&caption);
    mtmi_table_free(&table);
}

static void put_figure(page *p, mtmi_office_figure *figure) {
    mtmi_buffer caption = MTMI_BUFFER_INIT;
    if (!mtmi_figure_failed(figure)) {
        mtmi_figure_number(&caption, p->report, ++p->figures);
        mtmi_buffer_text(&caption, figure->title);
        put_made(p, MTMI_DOCX_CAPTION, &caption);
        put_paragraph(p, MTMI_DOCX_DETAIL, figure->subtitle.data);
        mtmi_docx_chart(p->word, &figure->chart, figure->title, figure->description.data);
    }
    p->word->archive.out->failed |= mtmi_figure_failed(figure);
    mtmi_figure_free(figure);
}

static void put_notes(const page *p, const mtmi_report_indicator *indicator) {
    mtmi_table rows = MTMI_TABLE_INIT;
    mtmi_buffer sources = MTMI_BUFFER_INIT;
    mtmi_parts_notes(indicator, p->whole, &rows);
    for (size_t i = 0; i < rows.n_rows; i++) {
        put_paragraph(p, MTMI_DOCX_SMALL, mtmi_table_at(&rows, i, 0));
    }
    p->word->archive.out->failed |= mtmi_table_failed(&rows);
    mtmi_table_free(&rows);
    for (size_t i = 0; i < indicator->n_sources; i++) {
        mtmi_buffer_format(&sources, "%s%s[%zu]", i == 0 ? ui_word(p, MTMI_WORD_SOURCES) : "", i == 0 ? ": " : ", ",
                           indicator->sources[i] + 1);
    }
    put_made(p, MTMI_DOCX_SMALL, &sources);
}

static void put_indicator(page *p, const mtmi_report_indicator *indicator) {
    int repeats = p->whole && mtmi_parts_repeats(p->report, indicator);
    mtmi_office_figure figure;
    mtmi_docx_paragraph(p->word, p->whole ? MTMI_DOCX_HEADING_2 : MTMI_DOCX_HEADING_1, indicator->title, NULL);
    put_paragraph(p, MTMI_DOCX_BODY, indicator->finding);
    if (!indicator->unavailable) {
        put_paragraph(p, MTMI_DOCX_SMALL, indicator->definition);
    }
    if (!repeats) {
        put_table(p, mtmi_tables_comparison, indicator, ui_word(p, MTMI_WORD_COMPARISON), "");
    }
    put_table(p, mtmi_tables_breakdown, indicator, indicator->dimension_title, indicator->observed_text);
    put_table(p, mtmi_tables_growth, indicator, ui_word(p, MTMI_WORD_GROWTH), indicator->observed_text);
    if (mtmi_figure_of_rows(p->report, indicator, &figure)) {
        put_figure(p, &figure);
    }
    if (!repeats && mtmi_figure_of_series(p->report, indicator, &figure)) {
        put_figure(p, &figure);
        put_table(p, mtmi_tables_series, indicator, ui_word(p, MTMI_WORD_SERIES), "");
    }
    put_notes(p, indicator);
}

/* ---- around the indicators ---- */

static void put_head(const page *p) {
    const mtm_report *report = p->report;
    put_paragraph(p, MTMI_DOCX_SMALL,
                  ui_word(p, report->is_tracking ? MTMI_WORD_TRACKING_TITLE : MTMI_WORD_SERIES_TITLE));
    put_paragraph(p, MTMI_DOCX_TITLE, report->title);
    put_paragraph(p, MTMI_DOCX_SUBTITLE, mtmi_parts_title_has_period(report) ? "" : report->period_long);
    put_paragraph(p, MTMI_DOCX_SMALL, report->as_of_text);
    put_paragraph(p, MTMI_DOCX_STAMP, report->stamp);
    if (p->report->n_highlights > 0) {
        put_paragraph(p, MTMI_DOCX_HEADING_1, ui_word(p, MTMI_WORD_HIGHLIGHTS));
    }
    for (size_t i = 0; i < report->n_highlights; i++) {
        put_paragraph(p, MTMI_DOCX_LIST, report->highlights[i].text);
    }
}

static void put_contents(const page *p) {
    put_paragraph(p, MTMI_DOCX_HEADING_1, ui_word(p, MTMI_WORD_CONTENTS));
    for (size_t i = 0; i < p->report->n_sections; i++) {
        if (mtmi_parts_section_is_shown(p->report, &p->report->sections[i])) {
            mtmi_buffer mark = MTMI_BUFFER_INIT;
            mtmi_buffer_format(&mark, "#section_%zu", i + 1);
            mtmi_docx_link(p->word, MTMI_DOCX_BODY, "", mark.data != NULL ? mark.data : "",
                           p->report->sections[i].title);
            p->word->archive.out->failed |= mark.failed;
            mtmi_buffer_free(&mark);
        }
    }
    if (p->report->n_gathered > 0) {
        mtmi_docx_link(p->word, MTMI_DOCX_BODY, "", "#limitations", ui_word(p, MTMI_WORD_LIMITATIONS));
    }
    if (p->report->n_bibliography > 0) {
        mtmi_docx_link(p->word, MTMI_DOCX_BODY, "", "#sources", ui_word(p, MTMI_WORD_BIBLIOGRAPHY));
    }
}

static void put_about(const page *p) {
    if (p->report->n_about == 0) {
        return;
    }
    put_paragraph(p, MTMI_DOCX_HEADING_1, ui_word(p, MTMI_WORD_ABOUT));
    put_prose(p, p->report->introduction);
    for (size_t i = 0; i < p->report->n_about; i++) {
        put_paragraph(p, MTMI_DOCX_BODY, p->report->about[i]);
    }
    put_prose(p, p->report->contact_text);
    put_paragraph(p, MTMI_DOCX_BODY, p->report->next_text);
}

static void put_sections(page *p) {
    for (size_t s = 0; s < p->report->n_sections; s++) {
        const mtmi_report_section *section = &p->report->sections[s];
        mtmi_buffer mark = MTMI_BUFFER_INIT;
        if (!mtmi_parts_section_is_shown(p->report, section)) {
            continue;
        }
        mtmi_buffer_format(&mark, "section_%zu", s + 1);
        mtmi_docx_paragraph(p->word, MTMI_DOCX_HEADING_1, section->title, mark.data);
        p->word->archive.out->failed |= mark.failed;
        mtmi_buffer_free(&mark);
        for (size_t i = 0; i < section->n_indicators; i++) {
            if (mtmi_parts_is_shown(p->report, &section->indicators[i])) {
                put_indicator(p, &section->indicators[i]);
            }
        }
    }
}

static void put_survey(const page *p, const mtmi_report_survey *survey) {
    mtmi_table table = MTMI_TABLE_INIT;
    mtmi_docx_paragraph(p->word, p->whole ? MTMI_DOCX_HEADING_2 : MTMI_DOCX_HEADING_1, survey->title, NULL);
    put_paragraph(p, MTMI_DOCX_BODY, survey->finding_text);
    put_paragraph(p, MTMI_DOCX_SMALL, survey->definition);
    mtmi_survey_table(p->report, survey, &table);
    if (table.n_rows > 0) {
        mtmi_docx_table(p->word, &table, survey->title);
    }
    p->word->archive.out->failed |= mtmi_table_failed(&table);
    mtmi_table_free(&table);
}

static void put_surveys(const page *p) {
    const mtm_report *report = p->report;
    for (size_t i = 0; i < report->n_surveys; i++) {
        if (mtmi_survey_begins_section(report, i)) {
            put_paragraph(p, MTMI_DOCX_HEADING_1, report->surveys[i].section_title);
        }
        put_survey(p, &report->surveys[i]);
    }
    for (size_t i = 0; i < report->n_methods; i++) {
        put_paragraph(p, MTMI_DOCX_HEADING_2, report->methods[i].title);
        put_paragraph(p, MTMI_DOCX_BODY, report->methods[i].text);
    }
}

static void put_other_periods(const page *p) {
    mtmi_table rows = MTMI_TABLE_INIT;
    mtmi_tables_other_periods(p->report, &rows);
    if (rows.n_rows > 1) {
        put_paragraph(p, MTMI_DOCX_HEADING_1, ui_word(p, MTMI_WORD_OTHER_PERIODS));
        put_paragraph(p, MTMI_DOCX_BODY, ui_word(p, MTMI_WORD_OTHER_PERIODS_WHY));
        mtmi_docx_table(p->word, &rows, ui_word(p, MTMI_WORD_OTHER_PERIODS));
    }
    p->word->archive.out->failed |= mtmi_table_failed(&rows);
    mtmi_table_free(&rows);
}

static void put_limitations(const page *p) {
    const mtm_report *report = p->report;
    if (report->n_notes > 0) {
        put_paragraph(p, MTMI_DOCX_HEADING_1, ui_word(p, MTMI_WORD_NOTES));
    }
    for (size_t i = 0; i < report->n_notes; i++) {
        mtmi_buffer note = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&note, "[%zu] %s", i + 1, report->notes[i]);
        put_made(p, MTMI_DOCX_BODY, &note);
    }
    if (report->n_gathered > 0) {
        mtmi_docx_paragraph(p->word, MTMI_DOCX_HEADING_1, ui_word(p, MTMI_WORD_LIMITATIONS), "limitations");
    }
    for (size_t i = 0; i < report->n_gathered; i++) {
        const mtmi_limitation *limitation = &report->gathered[i];
        if (i == 0 || limitation[-1].kind != limitation->kind) {
            put_paragraph(p, MTMI_DOCX_HEADING_2, limitation->kind_title);
        }
        put_paragraph(p, MTMI_DOCX_LIST, limitation->text);
    }
}

static void put_bibliography(const page *p) {
    if (p->report->n_bibliography > 0) {
        mtmi_docx_paragraph(p->word, MTMI_DOCX_HEADING_1, ui_word(p, MTMI_WORD_BIBLIOGRAPHY), "sources");
    }
    for (size_t i = 0; i < p->report->n_bibliography; i++) {
        const mtmi_bibliography_entry *entry = &p->report->bibliography[i];
        mtmi_buffer text = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&text, "[%zu] %s", i + 1, entry->text);
        if (entry->path[0] != '\0' && text.data != NULL) {
            mtmi_docx_link(p->word, MTMI_DOCX_BODY, text.data, entry->path, entry->path);
        } else {
            put_paragraph(p, MTMI_DOCX_BODY, text.data);
        }
        p->word->archive.out->failed |= text.failed;
        mtmi_buffer_free(&text);
    }
}

void mtmi_form_docx(mtmi_buffer *out, const mtmi_render_request *request) {
    mtmi_docx document;
    page p = {&document, request->report, 0, request->view == MTM_VIEW_REPORT};
    mtmi_docx_start(&document, out, request->report->title, "libmtm", mtmi_figure_language(request->report));
    if (p.whole) {
        put_head(&p);
        put_contents(&p);
        put_about(&p);
        put_sections(&p);
        put_surveys(&p);
        put_other_periods(&p);
        put_limitations(&p);
    } else {
        put_paragraph(&p, MTMI_DOCX_TITLE, request->report->title);
        put_paragraph(&p, MTMI_DOCX_STAMP, request->report->stamp);
        if (request->survey != NULL) {
            put_survey(&p, request->survey);
        } else {
            put_indicator(&p, request->indicator);
        }
    }
    put_bibliography(&p);
    mtmi_docx_finish(&document);
}
