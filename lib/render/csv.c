/* Renders a report as CSV, one row for each number (docs/report-forms.md). */
#include "render/forms.h"

#include "period/period.h"
#include "render/escape.h"
#include "render/number_rows.h"
#include "render/survey/part.h"
#include "render/visibility.h"
#include "render/ui_text.h"

typedef struct place {
    mtmi_buffer *out;
    const mtm_report *report;
    const char *section;
} place;

static void put_cell(mtmi_buffer *out, const char *text) {
    mtmi_buffer_char(out, ',');
    mtmi_escape_csv(out, text);
}

static void put_period(mtmi_buffer *out, mtm_period period) {
    char text[MTMI_PERIOD_TEXT] = "";
    if (!mtmi_period_same(period, MTMI_PERIOD_NONE)) {
        (void)mtm_period_describe(period, text, sizeof text);
    }
    put_cell(out, text);
}

/* Numbers stand bare: a minus sign in front of digits is no formula. */
static void put_number(mtmi_buffer *out, const mtmi_figure_text *number) {
    char text[40] = "";
    if (number->has) {
        mtm_decimal_describe(number->value, text, sizeof text);
    }
    mtmi_buffer_format(out, ",%s", text);
}

/* How much of what is expected, whether the line breaks, which cells: docs/report-forms.md. */
static void put_extent(mtmi_buffer *out, const mtmi_number_row *figure) {
    const mtmi_covering *covering = figure->covering;
    if (covering != NULL && covering->has) {
        put_cell(out, mtmi_token_frame(covering->frame));
        mtmi_buffer_format(out, ",%lld,%lld,%lld,%lld,%lld", (long long)covering->expected,
                           (long long)covering->covered, (long long)covering->absent, (long long)covering->assumed,
                           (long long)covering->fresh);
    } else {
        mtmi_buffer_text(out, ",,,,,,");
    }
    mtmi_buffer_text(out, figure->breaks ? ",1" : ",");
    put_cell(out, figure->covers != NULL ? figure->covers : "");
}

static void put_figure(void *target, const mtmi_report_indicator *indicator, const mtmi_number_row *figure) {
    const place *p = target;
    mtmi_buffer *out = p->out;
    const char status[2] = {figure->status, '\0'};
    mtmi_escape_csv(out, p->report->country);
    put_cell(out, p->section);
    put_cell(out, indicator->id);
    put_cell(out, indicator->title);
    put_period(out, indicator->period);
    put_cell(out, figure->measure);
    put_cell(out, figure->with);
    put_period(out, figure->period);
    put_cell(out, figure->row != NULL ? indicator->dimension : "");
    put_cell(out, figure->row != NULL ? figure->row->code : "");
    put_cell(out, figure->row != NULL ? figure->row->label : "");
    mtmi_buffer_char(out, ',');
    if (figure->row != NULL && figure->row->rank > 0) {
        mtmi_buffer_int(out, figure->row->rank);
    }
    put_number(out, figure->number);
    put_cell(out, figure->unit != NULL ? figure->unit : indicator->unit);
    mtmi_buffer_format(out, ",%d", figure->unit != NULL ? 0 : indicator->multiplier);
    put_cell(out, status);
    put_cell(out, mtmi_token_reason(figure->reason));
    put_extent(out, figure);
    mtmi_buffer_char(out, '\n');
}

/* How confidential figures are protected, as the last row: no number, its text as the title. */
static void put_protection(const place *p) {
    if (p->report->protection[0] == '\0') {
        return;
    }
    mtmi_escape_csv(p->out, p->report->country);
    mtmi_buffer_text(p->out, ",,");
    put_cell(p->out, p->report->protection);
    put_period(p->out, p->report->period);
    mtmi_buffer_text(p->out, ",protection,,,,,,,,,,,\n");
}

static void put_lineage(mtmi_buffer *out, const mtm_report *report, const mtmi_report_indicator *indicator) {
    mtmi_buffer_text(out, "indicator,of,row,operation,value,status,period,dataset,file,line,column,release,edition\n");
    for (size_t i = 0; i < indicator->n_steps; i++) {
        const mtm_step *step = &indicator->steps[i].step;
        const char status[2] = {step->status, '\0'};
        mtmi_escape_csv(out, indicator->id);
        put_cell(out, mtmi_token_of(step->of));
        put_cell(out, step->row);
        put_cell(out, mtmi_token_operation(step->operation));
        put_number(out, &indicator->steps[i].value);
        put_cell(out, status);
        put_period(out, step->period);
        put_cell(out, step->dataset);
        put_cell(out, step->file);
        mtmi_buffer_format(out, ",%lld,%d", (long long)step->line, (int)step->column);
        put_period(out, step->release);
        put_cell(out, step->edition);
        mtmi_buffer_char(out, '\n');
    }
    if (report->protection[0] != '\0') {
        mtmi_escape_csv(out, indicator->id);
        mtmi_buffer_text(out, ",protection");
        put_cell(out, report->protection);
        mtmi_buffer_text(out, ",,,,,,,,,,\n");
    }
}

void mtmi_form_csv(mtmi_buffer *out, const mtmi_render_request *request) {
    const mtm_report *report = request->report;
    place p = {out, report, ""};
    if (request->view == MTM_VIEW_LINEAGE && request->survey == NULL) {
        put_lineage(out, report, request->indicator);
        return;
    }
    mtmi_buffer_text(out,
                     "country,section,indicator,title,reference_period,measure,with,period,dimension,code,label,"
                     "rank,value,unit,multiplier,status,reason,frame,expected,covered,absent,assumed_zero,new,breaks,"
                     "cells\n");
    if (request->survey != NULL) {
        mtmi_survey_csv(out, report, request->survey);
        put_protection(&p);
        return;
    }
    if (request->view == MTM_VIEW_INDICATOR) {
        const mtmi_report_section *section = mtmi_parts_section(report, request->indicator);
        p.section = section != NULL ? section->id : "";
        mtmi_number_rows_each(request->indicator, put_figure, &p);
        put_protection(&p);
        return;
    }
    for (size_t s = 0; s < report->n_sections; s++) {
        p.section = report->sections[s].id;
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            mtmi_number_rows_each(&report->sections[s].indicators[i], put_figure, &p);
        }
    }
    mtmi_survey_csv(out, report, NULL);
    put_protection(&p);
}
