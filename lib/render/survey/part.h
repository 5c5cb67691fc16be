/* The part of a document that is made of surveys. of: one of the report's; NULL: all, with how they were made. */
#ifndef MTMI_RENDER_SURVEY_PART_H
#define MTMI_RENDER_SURVEY_PART_H

#include "render/forms.h"
#include "render/office/office_workbook.h"
#include "render/table.h"
#include "report/survey/report_survey.h"

#include "base/json.h"

/* figures counts the pictures of the page; NULL where they have no numbers. */
void mtmi_survey_html(mtmi_buffer *out, const mtm_report *report, const mtmi_report_survey *survey, size_t *figures);
/* Only the sentences, for a single page. */
void mtmi_survey_html_brief(mtmi_buffer *out, const mtm_report *report, size_t most);
void mtmi_survey_plain(mtmi_buffer *out, const mtmi_render_request *request);
void mtmi_survey_markdown(mtmi_buffer *out, const mtmi_render_request *request);
/* The members "surveys" and "methods" of the report's object, where there are any. */
void mtmi_survey_json(mtmi_json *json, const mtm_report *report);
void mtmi_survey_json_one(mtmi_json *json, const mtm_report *report, const mtmi_report_survey *survey);
/* Rows of the report's table of numbers. */
void mtmi_survey_csv(mtmi_buffer *out, const mtm_report *report, const mtmi_report_survey *survey);
/* A sheet. */
void mtmi_survey_sheet(mtmi_workbook *book, const mtm_report *report, const mtmi_report_survey *survey);

/* The table of one: group, answer, estimate, interval, base, note. */
void mtmi_survey_table(const mtm_report *report, const mtmi_report_survey *survey, mtmi_table *out);
/* The picture of one: nothing where no row may be shown. */
void mtmi_survey_figure(mtmi_buffer *out, const mtm_report *report, const mtmi_report_survey *survey, size_t *figures);
/* A word of surveys in the report's language. */
const char *mtmi_survey_word_of(const mtm_report *report, mtmi_survey_text text);
/* Whether the row begins another section than the one before. */
int mtmi_survey_begins_section(const mtm_report *report, size_t at);

#endif
