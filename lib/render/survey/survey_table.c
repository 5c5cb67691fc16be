/* Makes the table of one finding of a survey, the same in every form. */
#include "render/survey/part.h"

#include <string.h>

const char *mtmi_survey_word_of(const mtm_report *report, mtmi_survey_text text) {
    return mtmi_survey_message(text, report->language);
}

int mtmi_survey_begins_section(const mtm_report *report, size_t at) {
    return at == 0 || strcmp(report->surveys[at].section, report->surveys[at - 1].section) != 0;
}

static void add_row(mtmi_table *out, const mtmi_report_survey *survey, const mtmi_report_survey_row *row) {
    mtmi_table_row(out, row->line->kind == MTMI_SURVEY_WHOLE && survey->with_groups ? MTMI_ROW_MARKED : MTMI_ROW_PLAIN);
    if (survey->with_groups) {
        mtmi_table_cell(out, row->group);
    }
    if (survey->with_answers) {
        mtmi_table_cell(out, row->answer);
    }
    mtmi_table_cell(out, row->estimate);
    mtmi_table_cell(out, row->interval);
    mtmi_table_cell(out, row->base);
    if (survey->with_notes) {
        mtmi_table_cell(out, row->note);
    }
}

void mtmi_survey_table(const mtm_report *report, const mtmi_report_survey *survey, mtmi_table *out) {
    size_t first = (size_t)(survey->with_groups != 0) + (size_t)(survey->with_answers != 0);
    out->n_columns = first + 3 + (size_t)(survey->with_notes != 0);
    mtmi_table_row(out, MTMI_ROW_PLAIN);
    if (survey->with_groups) {
        mtmi_table_cell(out, mtmi_survey_word_of(report, MTMI_SURVEY_GROUP_HEAD));
    }
    if (survey->with_answers) {
        mtmi_table_cell(out, mtmi_survey_word_of(report, MTMI_SURVEY_ANSWER_HEAD));
    }
    mtmi_table_cell(out, mtmi_survey_word_of(report, MTMI_SURVEY_ESTIMATE_HEAD));
    mtmi_table_cell(out, survey->interval_head);
    mtmi_table_cell(out, mtmi_survey_word_of(report, MTMI_SURVEY_BASE_HEAD));
    if (survey->with_notes) {
        mtmi_table_cell(out, mtmi_survey_word_of(report, MTMI_SURVEY_NOTE_HEAD));
    }
    out->numeric[first] = out->numeric[first + 1] = out->numeric[first + 2] = 1;
    for (size_t i = 0; i < survey->n_rows; i++) {
        add_row(out, survey, &survey->rows[i]);
    }
}
