/* Writes the observations of a report as SDMX-CSV 2.0: dimensions, the measure, attributes. */
#include "render/exchange/observations.h"

#include "render/escape.h"

#define STRUCTURE "dataflow,IOM:MTM_REPORT(1.0),R"

typedef struct writer {
    mtmi_buffer *out;
    const mtm_report *report;
} writer;

static void put_cell(mtmi_buffer *out, const char *text) {
    mtmi_buffer_char(out, ',');
    mtmi_escape_csv(out, text);
}

static void put_observation(void *out, const mtmi_report_observation *o) {
    const writer *w = out;
    char text[40] = "";
    if (o->number->has) {
        mtm_decimal_describe(o->number->value, text, sizeof text);
    }
    mtmi_buffer_text(w->out, STRUCTURE);
    put_cell(w->out, w->report->country);
    put_cell(w->out, o->indicator->id);
    put_cell(w->out, mtmi_observation_breakdown(o));
    put_cell(w->out, o->row != NULL ? o->row->code : MTMI_SDMX_TOTAL);
    mtmi_buffer_char(w->out, ',');
    mtmi_observation_period(w->out, o->period);
    mtmi_buffer_format(w->out, ",%s,%c", text, mtmi_observation_status(o));
    put_cell(w->out, o->indicator->unit);
    mtmi_buffer_format(w->out, ",%d,%d", o->indicator->multiplier, (int)o->number->value.decimals);
    put_cell(w->out, o->indicator->title);
    put_cell(w->out, o->row != NULL ? o->row->label : "");
    if (w->report->protection[0] != '\0') {
        put_cell(w->out, w->report->protection);
    }
    mtmi_buffer_char(w->out, '\n');
}

void mtmi_form_sdmx(mtmi_buffer *out, const mtmi_render_request *request) {
    writer w = {out, request->report};
    mtmi_buffer_text(out, "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,BREAKDOWN,MEMBER,TIME_PERIOD,OBS_VALUE,"
                          "OBS_STATUS,UNIT_MEASURE,UNIT_MULT,DECIMALS,TITLE,MEMBER_LABEL");
    mtmi_buffer_text(out, w.report->protection[0] != '\0' ? ",PROTECTION\n" : "\n");
    out->failed |= !mtmi_observations_each(request, put_observation, &w);
}
