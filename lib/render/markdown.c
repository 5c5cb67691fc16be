/* Renders a report as CommonMark with pipe tables, as GitHub and pandoc read them. No text of a file becomes markup. */
#include "render/forms.h"

#include "render/escape.h"
#include "render/prose.h"
#include "render/survey/part.h"
#include "render/visibility.h"
#include "render/page_tables.h"
#include "render/ui_text.h"

typedef struct page {
    mtmi_buffer *out;
    const mtm_report *report;
    int whole; /* not one indicator alone */
} page;

static const char *ui_word(const page *p, mtmi_word w) {
    return mtmi_word_get(w, p->report->language);
}

/* mark, then the text on one line, then a blank line. */
static void block(const page *p, const char *mark, const char *text) {
    if (text[0] != '\0') {
        mtmi_buffer_text(p->out, mark);
        mtmi_escape_markdown(p->out, text);
        mtmi_buffer_text(p->out, "\n\n");
    }
}

static void row(const page *p, const mtmi_table *cells, size_t r) {
    const char *strong = r > 0 && mtmi_table_kind(cells, r) == MTMI_ROW_MARKED ? "**" : "";
    for (size_t c = 0; c < cells->n_columns; c++) {
        const char *text = mtmi_table_at(cells, r, c);
        mtmi_buffer_text(p->out, "| ");
        mtmi_buffer_text(p->out, text[0] != '\0' ? strong : "");
        mtmi_escape_markdown(p->out, text);
        mtmi_buffer_text(p->out, text[0] != '\0' ? strong : "");
        mtmi_buffer_text(p->out, text[0] != '\0' ? " " : "");
    }
    mtmi_buffer_text(p->out, "|\n");
}

/* "**Caption**, unit, where": a table in Markdown has no caption of its own. */
static void caption_line(const page *p, const mtmi_report_indicator *indicator, const char *caption,
                         const char *where) {
    mtmi_buffer_text(p->out, "**");
    mtmi_escape_markdown(p->out, caption);
    mtmi_buffer_text(p->out, "**, ");
    mtmi_escape_markdown(p->out, indicator->unit_text);
    mtmi_buffer_text(p->out, where != NULL ? ", " : "");
    mtmi_escape_markdown(p->out, where);
    mtmi_buffer_text(p->out, "\n\n");
}

static void grid(const page *p, const mtmi_table *cells) {
    for (size_t r = 0; r < cells->n_rows; r++) {
        row(p, cells, r);
        for (size_t c = 0; r == 0 && c < cells->n_columns; c++) {
            mtmi_buffer_text(p->out, cells->numeric[c] ? "|--:" : "|:--");
        }
        mtmi_buffer_text(p->out, r == 0 ? "|\n" : "");
    }
    mtmi_buffer_char(p->out, '\n');
}

static void table(const page *p, mtmi_tables_fill fill, const mtmi_report_indicator *indicator, const char *caption,
                  const char *where) {
    mtmi_table cells = MTMI_TABLE_INIT;
    fill(indicator, p->report->language, &cells);
    if (cells.n_rows > 0) {
        caption_line(p, indicator, caption, where);
        grid(p, &cells);
    }
    p->out->failed |= mtmi_table_failed(&cells);
    mtmi_table_free(&cells);
}

static void item(const page *p, const char *text) {
    mtmi_buffer_text(p->out, "- ");
    mtmi_escape_markdown(p->out, text);
    mtmi_buffer_char(p->out, '\n');
}

static void notes(const page *p, const mtmi_report_indicator *indicator) {
    mtmi_table rows = MTMI_TABLE_INIT;
    mtmi_parts_notes(indicator, p->whole, &rows);
    for (size_t i = 0; i < rows.n_rows; i++) {
        item(p, mtmi_table_at(&rows, i, 0));
    }
    mtmi_buffer_text(p->out, rows.n_rows > 0 ? "\n" : "");
    if (indicator->n_sources > 0) {
        mtmi_buffer_format(p->out, "%s:", ui_word(p, MTMI_WORD_SOURCES));
        for (size_t i = 0; i < indicator->n_sources; i++) {
            mtmi_buffer_format(p->out, " \\[%zu\\]", indicator->sources[i] + 1);
        }
        mtmi_buffer_text(p->out, "\n\n");
    }
    p->out->failed |= mtmi_table_failed(&rows);
    mtmi_table_free(&rows);
}

static void indicator_part(const page *p, const mtmi_report_indicator *indicator, const char *mark) {
    int repeats = p->whole && mtmi_parts_repeats(p->report, indicator);
    block(p, mark, indicator->title);
    block(p, "", indicator->finding);
    if (!repeats) {
        table(p, mtmi_tables_comparison, indicator, ui_word(p, MTMI_WORD_COMPARISON), NULL);
    }
    table(p, mtmi_tables_breakdown, indicator, indicator->dimension_title, indicator->observed_text);
    table(p, mtmi_tables_growth, indicator, ui_word(p, MTMI_WORD_GROWTH), indicator->observed_text);
    if (!repeats && mtmi_parts_has_series(indicator)) {
        table(p, mtmi_tables_series, indicator, ui_word(p, MTMI_WORD_SERIES), NULL);
    }
    notes(p, indicator);
}

static void other_periods(const page *p) {
    mtmi_table rows = MTMI_TABLE_INIT;
    mtmi_tables_other_periods(p->report, &rows);
    if (rows.n_rows > 1) {
        block(p, "## ", ui_word(p, MTMI_WORD_OTHER_PERIODS));
        block(p, "", ui_word(p, MTMI_WORD_OTHER_PERIODS_WHY));
        grid(p, &rows);
    }
    p->out->failed |= mtmi_table_failed(&rows);
    mtmi_table_free(&rows);
}

/* What several indicators share, by the numbers that they give. */
static void shared_notes(const page *p) {
    if (p->report->n_notes == 0) {
        return;
    }
    block(p, "## ", ui_word(p, MTMI_WORD_NOTES));
    for (size_t i = 0; i < p->report->n_notes; i++) {
        mtmi_buffer_format(p->out, "%zu. ", i + 1);
        mtmi_escape_markdown(p->out, p->report->notes[i]);
        mtmi_buffer_char(p->out, '\n');
    }
    mtmi_buffer_char(p->out, '\n');
}

static void limitations(const page *p) {
    if (p->report->n_gathered == 0) {
        return;
    }
    block(p, "## ", ui_word(p, MTMI_WORD_LIMITATIONS));
    for (size_t i = 0; i < p->report->n_gathered; i++) {
        const mtmi_limitation *limitation = &p->report->gathered[i];
        if (i == 0 || limitation[-1].kind != limitation->kind) {
            mtmi_buffer_text(p->out, i > 0 ? "\n" : "");
            block(p, "### ", limitation->kind_title);
        }
        item(p, limitation->text);
    }
    mtmi_buffer_char(p->out, '\n');
}

static void address(const page *p, const char *path) {
    if (mtmi_escape_is_link(path)) {
        mtmi_buffer_text(p->out, " [");
        mtmi_escape_markdown(p->out, path);
        mtmi_buffer_text(p->out, "](<");
        mtmi_escape_markdown_url(p->out, path);
        mtmi_buffer_text(p->out, ">)");
    } else if (path[0] != '\0') {
        mtmi_buffer_char(p->out, ' ');
        mtmi_escape_markdown(p->out, path);
    }
}

static void bibliography(const page *p) {
    if (p->report->n_bibliography == 0) {
        return;
    }
    block(p, "## ", ui_word(p, MTMI_WORD_BIBLIOGRAPHY));
    for (size_t i = 0; i < p->report->n_bibliography; i++) {
        mtmi_buffer_format(p->out, "%zu. ", i + 1);
        mtmi_escape_markdown(p->out, p->report->bibliography[i].text);
        address(p, p->report->bibliography[i].path);
        mtmi_buffer_char(p->out, '\n');
    }
}

static void highlights(const page *p) {
    if (p->report->n_highlights == 0) {
        return;
    }
    block(p, "## ", ui_word(p, MTMI_WORD_HIGHLIGHTS));
    for (size_t i = 0; i < p->report->n_highlights; i++) {
        item(p, p->report->highlights[i].text);
    }
    mtmi_buffer_char(p->out, '\n');
}

static void block_of(const page *p, mtmi_prose_kind kind, const char *text) {
    block(p, kind == MTMI_PROSE_ITEM ? "- " : kind == MTMI_PROSE_HEADING ? "### " : "", text);
}

static void prose(const page *p, const char *text) {
    mtmi_prose_block block = {MTMI_PROSE_PARAGRAPH, MTMI_BUFFER_INIT};
    while (mtmi_prose_next(&text, &block)) {
        mtmi_buffer plain = MTMI_BUFFER_INIT;
        mtmi_prose_plain(&plain, block.text.data);
        block_of(p, block.kind, plain.data != NULL ? plain.data : "");
        p->out->failed |= plain.failed;
        mtmi_buffer_free(&plain);
    }
    p->out->failed |= block.text.failed;
    mtmi_buffer_free(&block.text);
}

static void about(const page *p) {
    if (p->report->n_about == 0) {
        return;
    }
    block(p, "## ", ui_word(p, MTMI_WORD_ABOUT));
    prose(p, p->report->introduction);
    for (size_t i = 0; i < p->report->n_about; i++) {
        item(p, p->report->about[i]);
    }
    mtmi_buffer_char(p->out, '\n');
    prose(p, p->report->contact_text);
    block(p, "", p->report->next_text);
}

static void whole_report(const page *p, const mtmi_render_request *request) {
    block(p, "# ", p->report->title);
    block(p, "", mtmi_parts_title_has_period(p->report) ? "" : p->report->period_long);
    block(p, "", p->report->as_of_text);
    block(p, "> ", p->report->stamp);
    highlights(p);
    about(p);
    for (size_t s = 0; s < p->report->n_sections; s++) {
        const mtmi_report_section *section = &p->report->sections[s];
        if (mtmi_parts_section_is_shown(p->report, section)) {
            block(p, "## ", section->title);
        }
        for (size_t i = 0; i < section->n_indicators; i++) {
            if (mtmi_parts_is_shown(p->report, &section->indicators[i])) {
                indicator_part(p, &section->indicators[i], "### ");
            }
        }
    }
    mtmi_survey_markdown(p->out, request);
    other_periods(p);
    shared_notes(p);
    limitations(p);
    bibliography(p);
}

/* Of a single indicator; a report says it among its limitations. */
static void protection(const page *p) {
    if (*p->report->protection != '\0') {
        block(p, "", p->report->protection);
    }
}

static void covers_block(const page *p, const char *covers) {
    mtmi_buffer line = MTMI_BUFFER_INIT;
    if (covers != NULL && covers[0] != '\0') {
        mtmi_buffer_format(&line, "%s: %s", ui_word(p, MTMI_WORD_COVERS),
                           mtmi_tables_covers(covers, p->report->language));
        block(p, "", line.data != NULL ? line.data : "");
    }
    p->out->failed |= line.failed;
    mtmi_buffer_free(&line);
}

void mtmi_form_markdown(mtmi_buffer *out, const mtmi_render_request *request) {
    page p = {out, request->report, request->indicator == NULL};
    if (request->survey != NULL) {
        mtmi_survey_markdown(out, request);
    } else if (request->view == MTM_VIEW_REPORT) {
        whole_report(&p, request);
    } else if (request->view == MTM_VIEW_INDICATOR) {
        indicator_part(&p, request->indicator, "# ");
        protection(&p);
    } else {
        block(&p, "# ", request->indicator->title);
        block(&p, "", request->indicator->finding);
        covers_block(&p, request->indicator->covers);
        table(&p, mtmi_tables_lineage, request->indicator, ui_word(&p, MTMI_WORD_LINEAGE), NULL);
        protection(&p);
    }
}
