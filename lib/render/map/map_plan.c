/* Plans the map of an indicator's rows: quantile classes of those that have a figure, marks for the others, the widest flows
 * as lines, and the words of its key. */
#include "render/map/map_plan.h"

#include "base/decimal.h"
#include "base/memory.h"
#include "geo/projection.h"
#include "render/figure_text.h"
#include "render/ui_text.h"

#include <string.h>

static const mtmi_bounded *boundaries_of(const mtm_report *report, const mtmi_report_indicator *indicator) {
    return report->results != NULL ? mtmi_boundaries_of(&report->results->front.boundaries, indicator->dimension)
                                   : NULL;
}

static int has_area(const mtmi_geo *geo, const char *code) {
    mtmi_map_area area = {code, NULL, MTMI_MAP_PLAIN, 0};
    return mtmi_map_count(geo, &area, 1) > 0;
}

int mtmi_map_is_there(const mtm_report *report, const mtmi_report_indicator *indicator) {
    const mtmi_bounded *boundaries = boundaries_of(report, indicator);
    size_t found = 0, codes = 0;
    for (size_t i = 0; boundaries != NULL && i < indicator->n_rows; i++) {
        const mtmi_report_row *row = &indicator->rows[i];
        codes += row->kind == MTM_MEMBER_CODE;
        found += row->kind == MTM_MEMBER_CODE && has_area(boundaries->geo, row->code);
    }
    return found >= 2 && 2 * found >= codes;
}

static int has_remainder(const mtmi_report_indicator *indicator) {
    int any = indicator->rows_are_selection;
    for (size_t i = 0; i < indicator->n_rows; i++) {
        any |= indicator->rows[i].kind != MTM_MEMBER_CODE;
    }
    return any;
}

static char *text_of_row(const mtmi_map_plan *p, const mtmi_report_row *row) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&text, "%s: ", row->label);
    mtmi_figure_row(&text, p->report, row);
    char *copy = text.failed ? NULL : mtmi_memory_copy_text(text.data);
    mtmi_buffer_free(&text);
    return copy;
}

static int add_area(mtmi_map_plan *p, const mtmi_report_row *row) {
    mtmi_map_mark mark = row->value.has ? MTMI_MAP_CLASS : row->value.hidden ? MTMI_MAP_WITHHELD : MTMI_MAP_UNCOVERED;
    p->texts[p->n] = text_of_row(p, row);
    p->areas[p->n] = (mtmi_map_area){row->code, p->texts[p->n], mark, 0};
    p->rows[p->n++] = row;
    p->marks[mark] = 1;
    return p->texts[p->n - 1] != NULL;
}

static int classify(mtmi_map_plan *p) {
    mtm_decimal *values = mtmi_memory_new(p->n, sizeof *values);
    int *classes = mtmi_memory_new(p->n, sizeof *classes);
    size_t n = 0;
    int fine = values != NULL && classes != NULL;
    for (size_t i = 0; i < p->n && fine; i++) {
        if (p->areas[i].mark == MTMI_MAP_CLASS) {
            values[n++] = p->rows[i]->value.value;
        }
    }
    if (fine && n > 0) {
        p->n_classes = mtmi_map_classify(values, n, MTMI_MAP_CLASSES, classes);
        fine = p->n_classes > 0;
        n = 0;
        for (size_t i = 0; i < p->n; i++) {
            if (p->areas[i].mark == MTMI_MAP_CLASS) {
                p->areas[i].class = classes[n++];
            }
        }
    }
    mtmi_memory_free(values);
    mtmi_memory_free(classes);
    return fine;
}

/* The widths, in ten thousandths of the widest: both figures cut to what 64 bits hold ten thousand times. */
static int64_t width_of(mtm_decimal value, mtm_decimal widest) {
    int64_t interval = widest.units, part = value.units;
    for (int d = value.decimals; d < widest.decimals; d++) {
        interval /= 10;
    }
    for (int d = widest.decimals; d < value.decimals; d++) {
        part /= 10;
    }
    while (interval > INT64_MAX / 10000) {
        interval /= 2;
        part /= 2;
    }
    return interval > 0 && part > 0 ? part * 10000 / interval : 0;
}

/* Flows by country of origin or destination are lines to or from the country of the report: the widest few. Citizenship is
 * no origin. */
static void add_lines(mtmi_map_plan *p) {
    const mtm_report *report = p->report;
    const mtmi_report_indicator *indicator = p->indicator;
    int in = strcmp(indicator->dimension, "origin") == 0, out = strcmp(indicator->dimension, "destination") == 0;
    if (indicator->kind != MTM_KIND_FLOW || (!in && !out) || !has_area(p->boundaries->geo, report->country)) {
        return;
    }
    for (size_t i = 0; i < p->n && p->n_lines < MTMI_MAP_LINES; i++) {
        const mtmi_report_row *row = p->rows[i];
        if (p->areas[i].mark == MTMI_MAP_CLASS && row->value.value.units > 0 &&
            strcmp(row->code, report->country) != 0) {
            int64_t width = width_of(row->value.value, p->rows[0]->value.value);
            p->lines[p->n_lines++] =
                (mtmi_map_line){in ? row->code : report->country, in ? report->country : row->code, width};
        }
    }
}

int mtmi_map_plan_make(const mtm_report *report, const mtmi_report_indicator *indicator, mtmi_map_plan *out) {
    int fine = 1;
    *out = (mtmi_map_plan){.report = report, .indicator = indicator, .boundaries = boundaries_of(report, indicator)};
    out->areas = mtmi_memory_new(indicator->n_rows, sizeof *out->areas);
    out->texts = mtmi_memory_new(indicator->n_rows, sizeof *out->texts);
    out->rows = mtmi_memory_new(indicator->n_rows, sizeof(const mtmi_report_row *));
    if (out->areas == NULL || out->texts == NULL || out->rows == NULL) {
        return 0;
    }
    for (size_t i = 0; i < indicator->n_rows && fine; i++) {
        if (indicator->rows[i].kind == MTM_MEMBER_CODE && has_area(out->boundaries->geo, indicator->rows[i].code)) {
            fine = add_area(out, &indicator->rows[i]);
        }
    }
    out->marks[has_remainder(indicator) ? MTMI_MAP_PLAIN : MTMI_MAP_UNCOVERED] = 1;
    fine = fine && classify(out);
    if (fine) {
        add_lines(out);
    }
    return fine;
}

void mtmi_map_plan_free(mtmi_map_plan *plan) {
    for (size_t i = 0; i < plan->n; i++) {
        mtmi_memory_free(plan->texts[i]);
    }
    mtmi_memory_free(plan->areas);
    mtmi_memory_free(plan->texts);
    mtmi_memory_free(plan->rows);
    *plan = (mtmi_map_plan){.n = 0};
}

mtmi_area_map mtmi_map_plan_map(const mtmi_map_plan *plan, const char *id, const char *description) {
    return (mtmi_area_map){id,
                           plan->indicator->title,
                           description,
                           plan->boundaries->geo,
                           plan->areas,
                           plan->n,
                           plan->lines,
                           plan->n_lines,
                           plan->report->country,
                           plan->marks[MTMI_MAP_PLAIN] ? MTMI_MAP_PLAIN : MTMI_MAP_UNCOVERED};
}

/* ---- words ---- */

void mtmi_map_plan_class(const mtmi_map_plan *plan, int class, mtmi_buffer *out) {
    const mtmi_report_row *low = NULL, *high = NULL;
    for (size_t i = 0; i < plan->n; i++) {
        const mtmi_report_row *row = plan->rows[i];
        if (plan->areas[i].mark == MTMI_MAP_CLASS && plan->areas[i].class == class) {
            low = low == NULL || mtmi_decimal_compare(row->value.value, low->value.value) < 0 ? row : low;
            high = high == NULL || mtmi_decimal_compare(row->value.value, high->value.value) > 0 ? row : high;
        }
    }
    if (low != NULL && high != NULL) {
        mtmi_buffer_text(out, low->value.text);
        if (mtmi_decimal_compare(low->value.value, high->value.value) != 0) {
            mtmi_buffer_format(out, "\xC2\xA0\xE2\x80\x93 %s", high->value.text);
        }
    }
}

const char *mtmi_map_plan_mark(const mtmi_map_plan *plan, mtmi_map_mark mark) {
    static const mtmi_word words[MTMI_MAP_MARKS] = {[MTMI_MAP_PLAIN] = MTMI_WORD_MAP_PLAIN,
                                                    [MTMI_MAP_UNCOVERED] = MTMI_WORD_MAP_UNCOVERED,
                                                    [MTMI_MAP_WITHHELD] = MTMI_WORD_MAP_WITHHELD};
    return mark == MTMI_MAP_CLASS ? "" : mtmi_word_get(words[mark], plan->report->language);
}

int mtmi_map_plan_has_home(const mtmi_map_plan *plan) {
    return has_area(plan->boundaries->geo, plan->report->country);
}

void mtmi_map_plan_caveat(const mtmi_map_plan *plan, mtmi_buffer *out) {
    const mtm_language language = plan->report->language;
    mtmi_geo_projection projection = mtmi_geo_projection_for(plan->boundaries->geo);
    if (plan->n_classes > 1) {
        mtmi_buffer_format(out, "%s ", mtmi_word_get(MTMI_WORD_MAP_CLASSES, language));
    }
    if (plan->boundaries->credit[0] != '\0') {
        mtmi_buffer_format(out, "%s: %s. ", mtmi_word_get(MTMI_WORD_MAP_BOUNDARIES, language),
                           plan->boundaries->credit);
    }
    mtmi_buffer_format(
        out, "%s %s",
        mtmi_word_get(projection.azimuthal ? MTMI_WORD_MAP_AZIMUTHAL : MTMI_WORD_MAP_EQUAL_EARTH, language),
        mtmi_word_get(MTMI_WORD_MAP_DISCLAIMER, language));
}
