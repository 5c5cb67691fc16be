/* Walks the observations of a report: of each indicator the value, bases and points in the calendar's order, then rows. */
#include "render/exchange/observations.h"

#include "base/memory.h"
#include "period/period.h"

#include <string.h>

void mtmi_observation_period(mtmi_buffer *out, mtm_period period) {
    char text[MTMI_PERIOD_TEXT];
    int whole = period.first == period.last || mtmi_period_months(period) > 0;
    (void)mtm_period_describe(whole ? period : (mtm_period){period.first, period.first}, text, sizeof text);
    mtmi_buffer_text(out, text);
    if (!whole) {
        mtmi_buffer_format(out, "/P%lldD", (long long)period.last - period.first + 1);
    }
}

char mtmi_observation_status(const mtmi_report_observation *o) {
    if (o->number->has) {
        return o->status != '\0' ? o->status : 'A';
    }
    int says_missing = o->status != '\0' && strchr("LMOQ", o->status) != NULL;
    return o->number->hidden ? 'Q' : says_missing ? o->status : 'O';
}

static int is_id(const char *text) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@$-";
    size_t n = strspn(text, letters);
    return n > 0 && n < 64 && text[n] == '\0';
}

/* FNV-1a: the same label has the same id in every report. */
const char *mtmi_observation_member(const mtmi_report_observation *o, char made[MTMI_SDMX_ID]) {
    static const char digits[] = "0123456789abcdef";
    uint32_t hash = 2166136261u;
    if (o->row == NULL || is_id(o->row->code)) {
        return o->row == NULL ? MTMI_SDMX_TOTAL : o->row->code;
    }
    for (const char *at = o->row->code; *at != '\0'; at++) {
        hash = (hash ^ (unsigned char)*at) * 16777619u;
    }
    made[0] = '_';
    made[1] = 'X';
    for (int i = 0; i < 8; i++) {
        made[2 + i] = digits[hash >> (28 - 4 * i) & 15];
    }
    made[10] = '\0';
    return made;
}

const char *mtmi_observation_breakdown(const mtmi_report_observation *o) {
    return o->row != NULL ? o->indicator->dimension : MTMI_SDMX_TOTAL;
}

/* Keeps the list in the calendar's order; a period that is there already stays as it is. */
static size_t insert(mtmi_report_observation *list, size_t n, mtmi_report_observation o) {
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
static size_t collect(const mtmi_report_indicator *indicator, mtmi_report_observation *list) {
    size_t n = insert(list, 0,
                      (mtmi_report_observation){indicator, NULL,
                                                indicator->unavailable ? indicator->period : indicator->observed,
                                                &indicator->value, indicator->status});
    for (size_t i = 0; i < indicator->n_comparisons; i++) {
        const mtmi_report_comparison *c = &indicator->comparisons[i];
        if (c->base.has || c->base.hidden) {
            n = insert(list, n, (mtmi_report_observation){indicator, NULL, c->period, &c->base, c->base_status});
        }
    }
    for (size_t i = 0; i < indicator->n_points; i++) {
        const mtmi_report_point *point = &indicator->points[i];
        n = insert(list, n, (mtmi_report_observation){indicator, NULL, point->period, &point->value, '\0'});
    }
    return n;
}

int mtmi_observations_of(const mtmi_report_indicator *indicator, mtmi_observation_take take, void *out) {
    mtmi_report_observation *list = mtmi_memory_new(indicator->n_points + 3, sizeof *list);
    size_t n = list != NULL ? collect(indicator, list) : 0;
    for (size_t i = 0; i < n; i++) {
        take(out, &list[i]);
    }
    for (size_t i = 0; list != NULL && i < indicator->n_rows; i++) {
        const mtmi_report_row *row = &indicator->rows[i];
        const mtmi_report_observation o = {indicator, row, indicator->observed, &row->value, row->status};
        take(out, &o);
    }
    int fine = list != NULL;
    mtmi_memory_free(list);
    return fine;
}

int mtmi_observations_each(const mtmi_render_request *request, mtmi_observation_take take, void *out) {
    int fine = 1;
    if (request->indicator != NULL) {
        return mtmi_observations_of(request->indicator, take, out);
    }
    for (size_t s = 0; s < request->report->n_sections; s++) {
        for (size_t i = 0; i < request->report->sections[s].n_indicators && fine; i++) {
            fine = mtmi_observations_of(&request->report->sections[s].indicators[i], take, out);
        }
    }
    return fine;
}
