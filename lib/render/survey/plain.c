/* Renders findings of surveys as plain text for a terminal, and as Markdown. No text of a file acts in either. */
#include "render/survey/part.h"

#include "base/text.h"
#include "render/escape.h"
#include "render/text_grid.h"
#include "render/wrap.h"

#include <string.h>

/* ---- text ---- */

static void put_paragraph(mtmi_buffer *out, size_t width, const char *text) {
    mtmi_buffer shown = MTMI_BUFFER_INIT;
    size_t skip = 0;
    mtmi_escape_terminal(&shown, text);
    const char *rest = shown.data != NULL && !shown.failed ? shown.data : "";
    while (*rest != '\0') {
        size_t used = mtmi_wrap_line(rest, width, &skip);
        mtmi_buffer_add(out, rest, used);
        mtmi_buffer_char(out, '\n');
        rest += used + skip;
    }
    out->failed |= shown.failed;
    mtmi_buffer_free(&shown);
}

static void put_heading(mtmi_buffer *out, size_t width, const char *text, const char *stroke) {
    size_t columns = mtmi_text_width(text, strlen(text));
    mtmi_buffer_text(out, out->size > 0 ? "\n" : "");
    put_paragraph(out, width, text);
    mtmi_buffer_repeat(out, stroke, columns < width ? columns : width);
    mtmi_buffer_char(out, '\n');
}

static void put_one(mtmi_buffer *out, const mtm_report *report, const mtmi_report_survey *survey, size_t width) {
    mtmi_table table = MTMI_TABLE_INIT;
    put_heading(out, width, survey->title, "-");
    put_paragraph(out, width, survey->finding_text);
    mtmi_buffer_char(out, '\n');
    mtmi_survey_table(report, survey, &table);
    mtmi_grid_write(out, &table, width, "", "");
    out->failed |= mtmi_table_failed(&table);
    mtmi_table_free(&table);
}

void mtmi_survey_plain(mtmi_buffer *out, const mtmi_render_request *request) {
    const mtm_report *report = request->report;
    for (size_t i = 0; i < report->n_surveys; i++) {
        if (request->survey != NULL && request->survey != &report->surveys[i]) {
            continue;
        }
        if (request->survey == NULL && mtmi_survey_begins_section(report, i)) {
            put_heading(out, request->width, report->surveys[i].section_title, "=");
        }
        put_one(out, report, &report->surveys[i], request->width);
    }
    if (report->n_methods > 0) {
        put_heading(out, request->width, mtmi_survey_word_of(report, MTMI_SURVEY_METHODS_TITLE), "=");
    }
    for (size_t i = 0; i < report->n_methods; i++) {
        mtmi_buffer_text(out, i > 0 ? "\n" : "");
        put_paragraph(out, request->width, report->methods[i].title);
        put_paragraph(out, request->width, report->methods[i].text);
    }
}

/* ---- Markdown ---- */

static void put_block(mtmi_buffer *out, const char *mark, const char *text) {
    if (text[0] != '\0') {
        mtmi_buffer_text(out, mark);
        mtmi_escape_markdown(out, text);
        mtmi_buffer_text(out, "\n\n");
    }
}

static void put_table(mtmi_buffer *out, const mtmi_table *table) {
    for (size_t r = 0; r < table->n_rows; r++) {
        for (size_t c = 0; c < table->n_columns; c++) {
            mtmi_buffer_text(out, "| ");
            mtmi_escape_markdown(out, mtmi_table_at(table, r, c));
            mtmi_buffer_char(out, ' ');
        }
        mtmi_buffer_text(out, "|\n");
        for (size_t c = 0; r == 0 && c < table->n_columns; c++) {
            mtmi_buffer_text(out, table->numeric[c] ? "|--:" : "|:--");
        }
        mtmi_buffer_text(out, r == 0 ? "|\n" : "");
    }
    mtmi_buffer_char(out, '\n');
}

void mtmi_survey_markdown(mtmi_buffer *out, const mtmi_render_request *request) {
    const mtm_report *report = request->report;
    for (size_t i = 0; i < report->n_surveys; i++) {
        const mtmi_report_survey *survey = &report->surveys[i];
        mtmi_table table = MTMI_TABLE_INIT;
        if (request->survey != NULL && request->survey != survey) {
            continue;
        }
        if (request->survey == NULL && mtmi_survey_begins_section(report, i)) {
            put_block(out, "## ", survey->section_title);
        }
        put_block(out, request->survey == NULL ? "### " : "# ", survey->title);
        put_block(out, "", survey->finding_text);
        mtmi_survey_table(report, survey, &table);
        put_table(out, &table);
        out->failed |= mtmi_table_failed(&table);
        mtmi_table_free(&table);
    }
    if (report->n_methods > 0) {
        put_block(out, "## ", mtmi_survey_word_of(report, MTMI_SURVEY_METHODS_TITLE));
    }
    for (size_t i = 0; i < report->n_methods; i++) {
        put_block(out, "### ", report->methods[i].title);
        put_block(out, "", report->methods[i].text);
    }
}
