/* Renders findings of surveys as sections of a page: sentence, picture, table, and how the surveys were made. */
#include "render/survey/part.h"

#include "render/escape.h"
#include "render/page.h"

static void element(mtmi_buffer *out, const char *tag, const char *name, const char *text) {
    if (text[0] != '\0') {
        mtmi_page_element(out, tag, name, text);
        mtmi_buffer_char(out, '\n');
    }
}

static void put_one(mtmi_buffer *out, const mtm_report *report, const mtmi_report_survey *survey, int whole,
                    size_t *figures) {
    mtmi_table table = MTMI_TABLE_INIT;
    mtmi_buffer id = MTMI_BUFFER_INIT;
    mtmi_buffer_format(out, "<article id=\"%s\">\n", survey->id);
    element(out, whole ? "h3" : "h2", NULL, survey->title);
    element(out, "p", "finding", survey->finding_text);
    element(out, "p", "definition", survey->definition);
    mtmi_survey_figure(out, report, survey, figures);
    mtmi_survey_table(report, survey, &table);
    mtmi_buffer_format(&id, "%s-table", survey->id);
    mtmi_page_table(out, &table, id.data != NULL ? id.data : "", survey->title, survey->source_title);
    mtmi_buffer_text(out, "</article>\n");
    out->failed |= id.failed || mtmi_table_failed(&table);
    mtmi_buffer_free(&id);
    mtmi_table_free(&table);
}

static void put_methods(mtmi_buffer *out, const mtm_report *report) {
    mtmi_buffer_text(out, "<section id=\"survey-methods\" aria-labelledby=\"survey-methods-title\">\n"
                          "<h2 id=\"survey-methods-title\">");
    mtmi_escape_html(out, mtmi_survey_word_of(report, MTMI_SURVEY_METHODS_TITLE));
    mtmi_buffer_text(out, "</h2>\n");
    for (size_t i = 0; i < report->n_methods; i++) {
        element(out, "h3", NULL, report->methods[i].title);
        element(out, "p", NULL, report->methods[i].text);
    }
    mtmi_buffer_text(out, "</section>\n");
}

void mtmi_survey_html(mtmi_buffer *out, const mtm_report *report, const mtmi_report_survey *survey, size_t *figures) {
    if (survey != NULL) {
        put_one(out, report, survey, 0, figures);
    }
    for (size_t i = 0; survey == NULL && i < report->n_surveys; i++) {
        if (mtmi_survey_begins_section(report, i)) {
            mtmi_buffer_text(out, i > 0 ? "</section>\n" : "");
            mtmi_buffer_format(out, "<section id=\"survey-%zu\" aria-labelledby=\"survey-%zu-title\">\n", i + 1, i + 1);
            mtmi_buffer_format(out, "<h2 id=\"survey-%zu-title\">", i + 1);
            mtmi_escape_html(out, report->surveys[i].section_title);
            mtmi_buffer_text(out, "</h2>\n");
        }
        put_one(out, report, &report->surveys[i], 1, figures);
    }
    if (survey == NULL && report->n_surveys > 0) {
        mtmi_buffer_text(out, "</section>\n");
    }
    if (report->n_surveys > 0) {
        put_methods(out, report);
    }
}

void mtmi_survey_html_brief(mtmi_buffer *out, const mtm_report *report, size_t most) {
    if (report->n_surveys == 0 || most == 0) {
        return;
    }
    mtmi_buffer_text(out, "<section id=\"survey-1\" aria-labelledby=\"survey-1-title\">\n<h2 id=\"survey-1-title\">");
    mtmi_escape_html(out, report->surveys[0].section_title);
    mtmi_buffer_text(out, "</h2>\n<ul class=\"points\">\n");
    for (size_t i = 0; i < report->n_surveys && i < most; i++) {
        element(out, "li", NULL, report->surveys[i].finding_text);
    }
    mtmi_buffer_text(out, "</ul>\n</section>\n");
}
