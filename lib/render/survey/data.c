/* Renders findings of surveys for programs: JSON, rows of the table of numbers, a sheet. Numbers are those in print. */
#include "render/survey/part.h"

#include "period/period.h"
#include "render/escape.h"
#include "render/ui_text.h"

#include <string.h>

static const char *const kinds[] = {"whole", "group", "difference", "change"};
static const char *const reasons[] = {"few-answers", "wide-interval", "large-error", "no-freedom"};

/* ---- JSON ---- */

static void put_decimal(mtmi_json *json, const char *key, int has, mtm_decimal value) {
    mtmi_json_key(json, key);
    if (has) {
        mtmi_json_decimal(json, value);
    } else {
        mtmi_json_null(json);
    }
}

static void put_count(mtmi_json *json, const char *key, int64_t count) {
    if (count < 0) {
        mtmi_json_key(json, key);
        mtmi_json_null(json);
    } else {
        mtmi_json_pair_int(json, key, count);
    }
}

static void put_row(mtmi_json *json, const mtmi_report_survey_row *row) {
    const mtm_estimate *estimate = &row->line->of;
    int64_t asked = estimate->withheld
                        ? -1
                        : estimate->n + estimate->missing + estimate->unknown + estimate->refused + estimate->invalid;
    mtmi_json_object(json);
    mtmi_json_pair(json, "kind", kinds[row->line->kind]);
    mtmi_json_pair(json, "group", row->line->group[0] != '\0' ? row->line->group : NULL);
    mtmi_json_pair(json, "group_label", row->group);
    mtmi_json_pair(json, "answer", row->line->answer[0] != '\0' ? row->line->answer : NULL);
    mtmi_json_pair(json, "answer_label", row->answer[0] != '\0' ? row->answer : NULL);
    put_decimal(json, "estimate", row->has, row->value);
    put_decimal(json, "se", row->has_interval, row->se);
    put_decimal(json, "low", row->has_interval, row->low);
    put_decimal(json, "high", row->has_interval, row->high);
    put_count(json, "n", estimate->n);
    put_count(json, "asked", asked);
    mtmi_json_pair(json, "method", estimate->method);
    mtmi_json_key(json, "unreliable");
    mtmi_json_array(json);
    for (int i = 0; i < 4; i++) {
        if ((estimate->unreliable >> i & 1) != 0) {
            mtmi_json_text(json, reasons[i]);
        }
    }
    mtmi_json_array_end(json);
    mtmi_json_key(json, "withheld");
    mtmi_json_bool(json, estimate->withheld);
    mtmi_json_object_end(json);
}

void mtmi_survey_json_one(mtmi_json *json, const mtm_report *report, const mtmi_report_survey *survey) {
    (void)report;
    mtmi_json_object(json);
    mtmi_json_pair(json, "id", survey->id);
    mtmi_json_pair(json, "section", survey->section);
    mtmi_json_pair(json, "title", survey->title);
    mtmi_json_pair(json, "definition", survey->definition[0] != '\0' ? survey->definition : NULL);
    mtmi_json_pair(json, "question", survey->finding->question);
    mtmi_json_pair(json, "source", survey->source_title);
    mtmi_json_pair(json, "unit", survey->in_percent ? "percent" : survey->unit[0] != '\0' ? survey->unit : NULL);
    mtmi_json_pair(json, "level", survey->level_text);
    mtmi_json_pair(json, "finding", survey->finding_text);
    mtmi_json_key(json, "rows");
    mtmi_json_array(json);
    for (size_t i = 0; i < survey->n_rows; i++) {
        put_row(json, &survey->rows[i]);
    }
    mtmi_json_array_end(json);
    mtmi_json_object_end(json);
}

void mtmi_survey_json(mtmi_json *json, const mtm_report *report) {
    if (report->n_surveys == 0) {
        return;
    }
    mtmi_json_key(json, "surveys");
    mtmi_json_array(json);
    for (size_t i = 0; i < report->n_surveys; i++) {
        mtmi_survey_json_one(json, report, &report->surveys[i]);
    }
    mtmi_json_array_end(json);
    mtmi_json_key(json, "methods");
    mtmi_json_array(json);
    for (size_t i = 0; i < report->n_methods; i++) {
        mtmi_json_object(json);
        mtmi_json_pair(json, "survey", report->methods[i].title);
        mtmi_json_pair(json, "text", report->methods[i].text);
        mtmi_json_object_end(json);
    }
    mtmi_json_array_end(json);
}

/* ---- CSV ---- */

/* The numbers of a row, each on a line of its own. */
enum { ESTIMATE, LOW, HIGH, BASE, MEASURES };

static int number_of(const mtmi_report_survey_row *row, int measure, mtm_decimal *out) {
    switch (measure) {
    case ESTIMATE: *out = row->value; return row->has;
    case LOW: *out = row->low; return row->has_interval;
    case HIGH: *out = row->high; return row->has_interval;
    default: *out = (mtm_decimal){row->line->of.n, 0, 0}; return row->line->of.n >= 0;
    }
}

static void put_cell(mtmi_buffer *out, const char *text) {
    mtmi_buffer_char(out, ',');
    mtmi_escape_csv(out, text);
}

static const char *reason_of(const mtmi_report_survey_row *row) {
    return row->line->of.withheld ? "suppressed" : row->line->of.unreliable != 0 ? "unreliable" : "";
}

static void put_line(mtmi_buffer *out, const mtm_report *report, const mtmi_report_survey *survey,
                     const mtmi_report_survey_row *row, int measure) {
    static const char *const measures[] = {"estimate", "low", "high", "answers"};
    char period[MTMI_PERIOD_TEXT] = "", number[40] = "";
    mtm_decimal value;
    (void)mtm_period_describe(report->period, period, sizeof period);
    if (number_of(row, measure, &value)) {
        mtm_decimal_describe(value, number, sizeof number);
    }
    mtmi_escape_csv(out, report->country);
    put_cell(out, survey->section);
    put_cell(out, survey->id);
    put_cell(out, survey->title);
    put_cell(out, period);
    put_cell(out, measures[measure]);
    put_cell(out, row->line->kind == MTMI_SURVEY_ROUNDS ? "round-before" : "");
    put_cell(out, period);
    put_cell(out, row->line->group);
    put_cell(out, row->line->answer);
    put_cell(out, row->answer[0] != '\0' ? row->answer : row->group);
    mtmi_buffer_format(out, ",,%s", number);
    put_cell(out, measure == BASE ? "answers" : survey->in_percent ? "percent" : survey->unit);
    mtmi_buffer_text(out, ",0,E");
    put_cell(out, reason_of(row));
    mtmi_buffer_text(out, ",,,,,,,,\n"); /* what cells of tables are covered is nothing of surveys */
}

void mtmi_survey_csv(mtmi_buffer *out, const mtm_report *report, const mtmi_report_survey *only) {
    for (size_t s = 0; s < report->n_surveys; s++) {
        const mtmi_report_survey *survey = &report->surveys[s];
        for (size_t i = 0; (only == NULL || only == survey) && i < survey->n_rows; i++) {
            for (int measure = 0; measure < MEASURES; measure++) {
                put_line(out, report, survey, &survey->rows[i], measure);
            }
        }
    }
}

/* ---- a sheet ---- */

static void put_number(mtmi_workbook *book, const mtmi_report_survey_row *row, int measure) {
    mtm_decimal value;
    if (number_of(row, measure, &value)) {
        mtmi_workbook_number(book, value);
    } else {
        mtmi_workbook_text(book, row->line->of.withheld ? "[c]" : "[x]", MTMI_CELL_PLAIN);
    }
}

static void put_sheet_row(mtmi_workbook *book, const mtmi_report_survey *survey, const mtmi_report_survey_row *row) {
    mtmi_workbook_row(book);
    mtmi_workbook_text(book, survey->title, MTMI_CELL_WRAPPED);
    mtmi_workbook_text(book, row->group, MTMI_CELL_WRAPPED);
    mtmi_workbook_text(book, row->answer, MTMI_CELL_WRAPPED);
    for (int measure = 0; measure < MEASURES; measure++) {
        put_number(book, row, measure);
    }
    mtmi_workbook_text(book, survey->in_percent ? "%" : survey->unit, MTMI_CELL_PLAIN);
    mtmi_workbook_text(book, row->note, MTMI_CELL_WRAPPED);
}

void mtmi_survey_sheet(mtmi_workbook *book, const mtm_report *report, const mtmi_report_survey *only) {
    static const unsigned char widths[] = {44, 30, 30, 12, 12, 12, 12, 14, 40};
    const char *title = mtmi_survey_word_of(report, MTMI_SURVEY_SHEET);
    if (report->n_surveys == 0) {
        return;
    }
    const char *headings[] = {
        mtmi_word_get(MTMI_WORD_INDICATOR, report->language), mtmi_survey_word_of(report, MTMI_SURVEY_GROUP_HEAD),
        mtmi_survey_word_of(report, MTMI_SURVEY_ANSWER_HEAD), mtmi_survey_word_of(report, MTMI_SURVEY_ESTIMATE_HEAD),
        mtmi_survey_word_of(report, MTMI_SURVEY_LOW_HEAD),    mtmi_survey_word_of(report, MTMI_SURVEY_HIGH_HEAD),
        mtmi_survey_word_of(report, MTMI_SURVEY_BASE_HEAD),   mtmi_word_get(MTMI_WORD_UNIT, report->language),
        mtmi_survey_word_of(report, MTMI_SURVEY_NOTE_HEAD)};
    mtmi_workbook_sheet(book, title, widths, sizeof widths);
    mtmi_workbook_row(book);
    mtmi_workbook_text(book, title, MTMI_CELL_TITLE);
    mtmi_workbook_row(book);
    mtmi_workbook_text(book, mtmi_word_get(MTMI_WORD_SHORTHAND, report->language), MTMI_CELL_PLAIN);
    for (size_t i = 0; i < report->n_methods; i++) {
        mtmi_workbook_row(book);
        mtmi_workbook_text(book, report->methods[i].text, MTMI_CELL_PLAIN);
    }
    mtmi_workbook_table(book, "surveys");
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        mtmi_workbook_heading(book, headings[i]);
    }
    for (size_t s = 0; s < report->n_surveys; s++) {
        const mtmi_report_survey *survey = &report->surveys[s];
        for (size_t i = 0; (only == NULL || only == survey) && i < survey->n_rows; i++) {
            put_sheet_row(book, survey, &survey->rows[i]);
        }
    }
    mtmi_workbook_sheet_end(book);
}
