/* Decides which parts of an indicator are shown. Nothing is dropped that is not said elsewhere in the same document. */
#include "render/visibility.h"

#include "base/decimal.h"
#include "base/text.h"
#include "period/period.h"

#include <string.h>

const mtmi_report_section *mtmi_parts_section(const mtm_report *report, const mtmi_report_indicator *indicator) {
    for (size_t s = 0; s < report->n_sections; s++) {
        const mtmi_report_section *section = &report->sections[s];
        for (size_t i = 0; i < section->n_indicators; i++) {
            if (&section->indicators[i] == indicator) {
                return section;
            }
        }
    }
    return NULL;
}

static int same_figure(const mtmi_figure_text *a, const mtmi_figure_text *b) {
    return a->has == b->has && a->hidden == b->hidden && mtmi_decimal_compare(a->value, b->value) == 0;
}

static int same_total(const mtmi_report_indicator *a, const mtmi_report_indicator *b) {
    int same = strcmp(a->concept, b->concept) == 0 && strcmp(a->unit, b->unit) == 0 && a->multiplier == b->multiplier &&
               mtmi_period_same(a->observed, b->observed) && same_figure(&a->value, &b->value) &&
               a->n_comparisons == b->n_comparisons && a->n_points == b->n_points;
    for (size_t i = 0; same && i < a->n_comparisons; i++) {
        same = same_figure(&a->comparisons[i].base, &b->comparisons[i].base);
    }
    for (size_t i = 0; same && i < a->n_points; i++) {
        same = same_figure(&a->points[i].value, &b->points[i].value);
    }
    return same;
}

int mtmi_parts_repeats(const mtm_report *report, const mtmi_report_indicator *indicator) {
    const mtmi_report_section *section = mtmi_parts_section(report, indicator);
    if (section == NULL || indicator->dimension[0] == '\0') {
        return 0;
    }
    for (const mtmi_report_indicator *before = section->indicators; before < indicator; before++) {
        if (same_total(before, indicator)) {
            return 1;
        }
    }
    return 0;
}

int mtmi_parts_has_breakdown(const mtmi_report_indicator *indicator) {
    int any = 0;
    for (size_t i = 0; i < indicator->n_rows; i++) {
        any |= indicator->rows[i].kind == MTM_MEMBER_CODE || indicator->rows[i].kind == MTM_MEMBER_GROUP;
    }
    return any;
}

/* Whether the table of comparisons has the point. */
static int is_compared(const mtmi_report_indicator *indicator, size_t at) {
    const mtmi_report_point *point = &indicator->points[at];
    int is = at + 1 == indicator->n_points && same_figure(&point->value, &indicator->value);
    for (size_t i = 0; i < mtmi_parts_comparisons(indicator); i++) {
        const mtmi_report_comparison *c = &indicator->comparisons[i];
        is |= c->base.has && strcmp(point->period_text, c->period_short) == 0;
    }
    return is && mtmi_parts_compares(indicator);
}

int mtmi_parts_has_series(const mtmi_report_indicator *indicator) {
    int more = mtmi_parts_is_added_up(indicator);
    for (size_t i = 0; i < indicator->n_points; i++) {
        more |= !is_compared(indicator, i);
    }
    return indicator->n_points > 1 && more;
}

size_t mtmi_parts_comparisons(const mtmi_report_indicator *indicator) {
    const mtmi_report_comparison *c = indicator->comparisons;
    return indicator->n_comparisons == 2 && mtmi_period_same(c[0].period, c[1].period) ? 1 : indicator->n_comparisons;
}

int mtmi_parts_compares(const mtmi_report_indicator *indicator) {
    int any = 0;
    for (size_t i = 0; i < indicator->n_comparisons; i++) {
        const mtmi_report_comparison *c = &indicator->comparisons[i];
        any |= c->has_like || (!indicator->unavailable && (c->base.has || c->base.hidden));
    }
    return any;
}

int mtmi_parts_title_has_period(const mtm_report *report) {
    char title[512], period[128];
    size_t n = mtmi_text_normalise(report->title, strlen(report->title), title, sizeof title);
    size_t m = mtmi_text_normalise(report->period_long, strlen(report->period_long), period, sizeof period);
    const char *at = n < sizeof title && m > 0 && m < sizeof period ? strstr(title, period) : NULL;
    /* Between marks: "2024" within "April-June 2024" is another period, and so is "2024 жыл" before a month. */
    int closed = at != NULL && (at[m] == '\0' || strchr(",:;).", at[m]) != NULL);
    while (at != NULL && at > title && at[-1] == ' ') {
        at--;
    }
    return closed && (at == title || strchr(",:;(.-", at[-1]) != NULL);
}

void mtmi_parts_notes(const mtmi_report_indicator *indicator, int whole, mtmi_table *out) {
    out->n_columns = 1;
    const char *const *notes = whole ? indicator->whole_notes : indicator->notes;
    for (size_t i = 0; i < (whole ? indicator->n_whole_notes : indicator->n_notes); i++) {
        mtmi_table_row(out, MTMI_ROW_PLAIN);
        mtmi_table_cell(out, notes[i]);
    }
    for (size_t i = 0; !whole && i < mtmi_parts_comparisons(indicator) && !indicator->unavailable; i++) {
        const mtmi_report_comparison *c = &indicator->comparisons[i];
        if (c->reason != MTM_REASON_NONE && c->reason_text[0] != '\0') {
            mtmi_table_row(out, MTMI_ROW_PLAIN);
            mtmi_buffer_format(&out->text, "%s: %s.", c->name, c->reason_text);
            mtmi_table_end(out);
        }
    }
}

static int same_rows(const mtmi_report_indicator *a, const mtmi_report_indicator *b) {
    int same = a->n_rows == b->n_rows && strcmp(a->dimension, b->dimension) == 0;
    for (size_t i = 0; same && i < a->n_rows; i++) {
        same = strcmp(a->rows[i].code, b->rows[i].code) == 0 && same_figure(&a->rows[i].value, &b->rows[i].value);
    }
    return same;
}

/* Whether one before it in the section shows the same value and the same parts, and more. */
static int is_said_before(const mtm_report *report, const mtmi_report_indicator *indicator) {
    const mtmi_report_section *section = mtmi_parts_section(report, indicator);
    int said = 0;
    for (size_t i = 0; section != NULL && &section->indicators[i] < indicator; i++) {
        const mtmi_report_indicator *before = &section->indicators[i];
        said |= strcmp(before->concept, indicator->concept) == 0 && strcmp(before->unit, indicator->unit) == 0 &&
                mtmi_period_same(before->observed, indicator->observed) && indicator->n_comparisons == 0 &&
                same_figure(&before->value, &indicator->value) && same_rows(before, indicator);
    }
    return said && indicator->n_rows > 0;
}

int mtmi_parts_is_shown(const mtm_report *report, const mtmi_report_indicator *indicator) {
    const int has_value = indicator->value.has || indicator->value.hidden;
    return !is_said_before(report, indicator) &&
           (mtmi_parts_has_breakdown(indicator) || (has_value && !mtmi_parts_repeats(report, indicator)));
}

int mtmi_parts_section_is_shown(const mtm_report *report, const mtmi_report_section *section) {
    for (size_t i = 0; i < section->n_indicators; i++) {
        if (mtmi_parts_is_shown(report, &section->indicators[i])) {
            return 1;
        }
    }
    return 0;
}

int mtmi_parts_is_indexed(const mtmi_report_indicator *indicator) {
    return indicator->index_base != NULL && indicator->index_base[0] != '\0';
}

int mtmi_parts_is_added_up(const mtmi_report_indicator *indicator) {
    return mtmi_parts_is_indexed(indicator) || indicator->has_to_date || indicator->has_moving;
}
