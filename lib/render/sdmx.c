/* Renders the observations of a report as SDMX-CSV 2.1. No key occurs twice; changes and shares are not written,
 * because they follow from the observations. */
#include "render/forms.h"

#include "base/memory.h"
#include "period/period.h"
#include "render/escape.h"

#include <string.h>

#define STRUCTURE "dataflow,IOM:MTM_REPORT(1.0),R"
#define TOTAL "_T"

typedef struct observation {
    mtm_period period;
    const mtmi_figure_text *number;
    char status;
} observation;

typedef struct series {
    mtmi_buffer *out;
    const mtm_report *report;
    const mtmi_report_indicator *indicator;
} series;

/* SDMX writes an interval of no whole months as its first day and a number of days. */
static void put_period(mtmi_buffer *out, mtm_period period) {
    char text[MTMI_PERIOD_TEXT];
    int whole = period.first == period.last || mtmi_period_months(period) > 0;
    (void)mtm_period_describe(whole ? period : (mtm_period){period.first, period.first}, text, sizeof text);
    mtmi_buffer_text(out, text);
    if (!whole) {
        mtmi_buffer_format(out, "/P%lldD", (long long)period.last - period.first + 1);
    }
}

/* The letter for a number that is not there: what the source said, else withheld, else missing. */
static char status_of(const observation *o) {
    if (o->number->has) {
        return o->status != '\0' ? o->status : 'A';
    }
    int says_missing = o->status != '\0' && strchr("LMOQ", o->status) != NULL;
    return o->number->hidden ? 'Q' : says_missing ? o->status : 'O';
}

static void put(mtmi_buffer *out, const char *text) {
    mtmi_buffer_char(out, ',');
    mtmi_escape_csv(out, text);
}

static void put_observation(const series *s, const mtmi_report_row *row, const observation *o) {
    char text[40] = "";
    if (o->number->has) {
        mtm_decimal_describe(o->number->value, text, sizeof text);
    }
    mtmi_buffer_text(s->out, STRUCTURE);
    put(s->out, s->report->country);
    put(s->out, s->indicator->id);
    put(s->out, row != NULL ? s->indicator->dimension : TOTAL);
    put(s->out, row != NULL ? row->code : TOTAL);
    mtmi_buffer_char(s->out, ',');
    put_period(s->out, o->period);
    mtmi_buffer_format(s->out, ",%s,%c", text, status_of(o));
    put(s->out, s->indicator->unit);
    mtmi_buffer_format(s->out, ",%d,%d", s->indicator->multiplier, (int)o->number->value.decimals);
    put(s->out, s->indicator->title);
    put(s->out, row != NULL ? row->label : "");
    mtmi_buffer_char(s->out, '\n');
}

/* Keeps the list in the calendar's order; a period that is there already stays as it is. */
static size_t insert(observation *list, size_t n, observation o) {
    size_t at = n;
    for (; at > 0; at--) {
        mtm_period before = list[at - 1].period;
        if (mtmi_period_same(before, o.period)) {
            return n;
        }
        if (before.first < o.period.first || (before.first == o.period.first && before.last < o.period.last)) {
            break;
        }
    }
    memmove(list + at + 1, list + at, (n - at) * sizeof *list);
    list[at] = o;
    return n + 1;
}

/* The value, the bases it is compared with, and the series. */
static size_t collect(const mtmi_report_indicator *indicator, observation *list) {
    size_t n = insert(list, 0,
                      (observation){indicator->unavailable ? indicator->period : indicator->observed, &indicator->value,
                                    indicator->status});
    for (size_t i = 0; i < indicator->n_comparisons; i++) {
        const mtmi_report_comparison *c = &indicator->comparisons[i];
        if (c->base.has || c->base.hidden) {
            n = insert(list, n, (observation){c->period, &c->base, c->base_status});
        }
    }
    for (size_t i = 0; i < indicator->n_points; i++) {
        n = insert(list, n, (observation){indicator->points[i].period, &indicator->points[i].value, '\0'});
    }
    return n;
}

static void put_indicator(mtmi_buffer *out, const mtm_report *report, const mtmi_report_indicator *indicator) {
    series s = {out, report, indicator};
    observation *list = mtmi_memory_new(indicator->n_points + 3, sizeof *list);
    if (list == NULL) {
        out->failed = 1;
        return;
    }
    size_t n = collect(indicator, list);
    for (size_t i = 0; i < n; i++) {
        put_observation(&s, NULL, &list[i]);
    }
    for (size_t i = 0; i < indicator->n_rows; i++) {
        const mtmi_report_row *row = &indicator->rows[i];
        observation o = {indicator->observed, &row->value, row->status};
        put_observation(&s, row, &o);
    }
    mtmi_memory_free(list);
}

void mtmi_form_sdmx(mtmi_buffer *out, const mtmi_render_request *request) {
    const mtm_report *report = request->report;
    mtmi_buffer_text(out, "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,BREAKDOWN,MEMBER,TIME_PERIOD,OBS_VALUE,"
                          "OBS_STATUS,UNIT_MEASURE,UNIT_MULT,DECIMALS,TITLE,MEMBER_LABEL\n");
    if (request->view == MTM_VIEW_INDICATOR) {
        put_indicator(out, report, request->indicator);
        return;
    }
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            put_indicator(out, report, &report->sections[s].indicators[i]);
        }
    }
}
