/* Makes the entry of an indicator in a report from a result without its withheld numbers. What is missing says why. */
#include "report/over_time.h"
#include "report/indicator_entry.h"

#include "base/decimal.h"
#include "period/period.h"

#include <string.h>

static mtmi_figure_text figure(mtmi_text_builder *scribe, int has, int hidden, mtm_decimal value) {
    mtmi_figure_text out = {0, hidden != 0, {0, 0, 0}, hidden ? MTMI_MARK_HIDDEN : MTMI_MARK_NONE};
    if (has && !hidden) {
        out.has = 1;
        out.value = value;
        out.text = mtmi_print_number(scribe, value, 0);
    }
    return out;
}

/* The text of a number's extent; of what is hidden it is not told. */
static const char *covers(const mtm_result *result, int part, size_t index, int hidden) {
    const char *text = hidden ? NULL : mtmi_result_extent(result, part, index);
    return text != NULL ? text : "";
}

static const char *reason_text(const mtmi_text_builder *scribe, mtm_reason reason) {
    return reason >= 0 && (int)reason < MTMI_REASONS ? scribe->words->reasons[reason] : "";
}

static void build_like(mtmi_text_builder *scribe, const mtmi_like *like, mtmi_report_comparison *out) {
    out->has_like = like->has;
    out->like_common = like->common;
    out->like_value = figure(scribe, like->has, 0, like->value);
    out->like_base = figure(scribe, like->has, 0, like->base);
    out->like_absolute = figure(scribe, like->has, 0, like->absolute);
    out->like_percent = figure(scribe, like->has, 0, like->percent);
    out->like_value_share = figure(scribe, like->has, 0, like->value_share);
    out->like_base_share = figure(scribe, like->has, 0, like->base_share);
    out->like_text = out->like_change_text = "";
    if (like->has) {
        out->like_percent.text = mtmi_print_percent(scribe, like->percent, 1);
        out->like_change_text = mtmi_print_number(scribe, like->absolute, 1);
        out->like_text = mtmi_say(scribe, MTMI_MESSAGE_LIKE_ROW, "period", out->period_text, "title", out->title,
                                  "value", out->like_value.text, MTMI_SAY_END);
    }
}

/* What a point is dated by: a stock of a day by its day. */
static mtm_period dated(const mtm_result *result, size_t point) {
    const mtmi_point *at = &result->points[point];
    int is_day = result->kind == MTM_KIND_STOCK && at->observed.first == at->observed.last;
    return is_day ? at->observed : at->period;
}

/* What the figure of a period is dated by. */
static mtm_period date_of(const mtm_result *result, mtm_period period) {
    for (size_t i = 0; i < result->n_points; i++) {
        if (mtmi_period_same(result->points[i].period, period)) {
            return dated(result, i);
        }
    }
    return period;
}

/* Why there is no comparison. Of a stock of another date than a quarter before it says which. */
static const char *base_reason_text(mtmi_text_builder *scribe, const mtm_result *result, int with, mtm_reason reason) {
    if (reason == MTM_REASON_WINDOWS_DIFFER && with == MTM_WITH_PREVIOUS_PERIOD && result->kind == MTM_KIND_STOCK) {
        for (size_t i = result->n_points; i-- > 0;) {
            const mtm_period at = result->points[i].observed;
            if (at.last < result->observed.first && at.first == at.last) {
                return mtmi_say(scribe, MTMI_MESSAGE_BASE_DATED, "date", mtmi_print_period(scribe, at, MTMI_WHEN_NAME),
                                MTMI_SAY_END);
            }
        }
    }
    return reason_text(scribe, reason);
}

static void build_comparison(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_mask *mask, int with,
                             mtmi_report_comparison *out) {
    const mtm_comparison *from = &result->comparisons[with];
    int hidden = mask->value || mask->bases[with];
    out->with = (mtm_comparison_with)with;
    mtm_period reference = mtmi_result_reference(result);
    out->period = from->period;
    if (reference.first != MTMI_DAY_NONE && !mtmi_period_same(reference, result->period)) {
        out->period =
            with == MTM_WITH_PREVIOUS_PERIOD ? mtmi_period_previous(reference) : mtm_period_year_before(reference);
    }
    out->dated = date_of(result, out->period);
    out->title = mtmi_print_dated_base(scribe, result, out->with, out->dated, MTMI_BASE_NAME);
    out->period_text = mtmi_print_period(scribe, out->dated, MTMI_WHEN_NAME);
    out->name =
        strcmp(out->title, out->period_text) == 0
            ? out->title
            : mtmi_say(scribe, MTMI_MESSAGE_FINDING_ROW, "label", out->period_text, "value", out->title, MTMI_SAY_END);
    out->period_short = mtmi_print_period(scribe, out->dated, MTMI_WHEN_SHORT);
    out->base = figure(scribe, from->has_base, mask->bases[with], from->base);
    out->absolute = figure(scribe, from->has_base, hidden, from->absolute);
    out->percent = figure(scribe, from->has_percent, hidden, from->percent);
    out->change_text = out->absolute.text;
    if (out->absolute.has) {
        out->change_text = mtmi_print_number(scribe, from->absolute, 1);
    }
    if (out->percent.has) {
        out->percent.text = mtmi_print_percent(scribe, from->percent, 1);
    }
    out->reason = (mtm_reason)from->reason;
    out->reason_text = base_reason_text(scribe, result, with, out->reason);
    out->base_status = from->base_status;
    out->covers = covers(result, MTM_LINEAGE_PREVIOUS + with, 0, mask->bases[with]);
    build_like(scribe, &result->likes[with], out);
}

static void build_comparisons(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_mask *mask,
                              mtmi_report_indicator *out) {
    for (int with = 0; with < 2; with++) {
        if (result->has_comparison[with]) {
            build_comparison(scribe, result, mask, with, &out->comparisons[out->n_comparisons++]);
        }
    }
}

/* A label that no list translates: as the source has it, or in the report's language where it is a known word. */
static const char *translate(const mtmi_text_builder *scribe, const char *dimension, const char *label) {
    const int known = strcmp(dimension, "sex-age") == 0 || strcmp(dimension, "movement") == 0;
    for (size_t i = 0; known && i < MTMI_LABELS; i++) {
        if (strcmp(mtmi_label_codes[i], label) == 0) {
            return scribe->words->labels[i];
        }
    }
    return label;
}

static void build_rows(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_mask *mask,
                       mtmi_report_indicator *out) {
    out->rows = mtmi_text_builder_table(scribe, result->n_rows, sizeof *out->rows);
    out->n_rows = out->rows != NULL ? result->n_rows : 0;
    for (size_t i = 0; i < out->n_rows; i++) {
        const mtmi_result_row *from = &result->rows[i];
        mtmi_report_row *row = &out->rows[i];
        int hidden = mask->rows != NULL && mask->rows[i];
        row->code = from->code != NULL ? from->code : "";
        const char *label = mtmi_titles_get(&from->label, scribe->report->language);
        row->label = translate(scribe, out->dimension, *label != '\0' ? label : row->code);
        row->kind = from->row.kind;
        row->rank = from->row.rank;
        row->status = from->row.status;
        row->reason = hidden ? MTM_REASON_SUPPRESSED : from->reason;
        row->covers = covers(result, MTM_LINEAGE_BREAKDOWN, i, hidden);
        row->value = figure(scribe, from->row.has_value, hidden, from->row.value);
        row->share = figure(scribe, from->row.has_share, hidden || mask->value, from->row.share);
        if (result->component == MTMI_COMPONENT_MOBILITY && !row->value.has && !hidden) { /* no mark, but the word */
            row->value.text =
                scribe->words->messages[row->reason == MTM_REASON_PERIOD_UNAVAILABLE ? MTMI_MESSAGE_NO_LONGER_ASSESSED
                                                                                     : MTMI_MESSAGE_NOT_ASSESSED];
        }
    }
}

static void build_points(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_mask *mask,
                         mtmi_report_indicator *out) {
    out->points = mtmi_text_builder_table(scribe, result->n_points, sizeof *out->points);
    out->n_points = out->points != NULL ? result->n_points : 0;
    for (size_t i = 0; i < out->n_points; i++) {
        int hidden = mask->points != NULL && mask->points[i];
        out->points[i].period = result->points[i].period;
        out->points[i].period_text = mtmi_print_period(scribe, dated(result, i), MTMI_WHEN_SHORT);
        out->points[i].breaks = result->points[i].breaks;
        out->points[i].covers = covers(result, MTM_LINEAGE_POINT, i, hidden);
        out->points[i].value = figure(scribe, 1, hidden, result->points[i].value);
    }
}

static void build_steps(mtmi_text_builder *scribe, const mtm_result *result, mtmi_report_indicator *out) {
    out->steps = mtmi_text_builder_table(scribe, result->n_steps, sizeof *out->steps);
    out->n_steps = out->steps != NULL ? result->n_steps : 0;
    for (size_t i = 0; i < out->n_steps; i++) {
        mtmi_report_step *step = &out->steps[i];
        step->step = mtmi_result_step(result, i);
        step->period_text = mtmi_print_period(scribe, step->step.period, MTMI_WHEN_SHORT);
        step->release_text = mtmi_print_period(scribe, step->step.release, MTMI_WHEN_NAME);
        int missing = strchr("LMOQ", step->step.status) != NULL && step->step.status != '\0';
        step->value = figure(scribe, !missing, 0, step->step.value);
    }
}

/* Rounded shares that should add up to 100 and do not. */
static int shares_are_off(const mtmi_report_indicator *entry) {
    mtmi_wide sum = 0;
    size_t n = 0;
    int decimals = 0;
    for (size_t i = 0; i < entry->n_rows; i++) {
        const mtmi_report_row *row = &entry->rows[i];
        if (row->kind == MTM_MEMBER_GROUP || row->kind == MTM_MEMBER_TOTAL) {
            continue;
        }
        if (!row->share.has) {
            return 0;
        }
        if (n++ > 0 && row->share.value.decimals != decimals) {
            return 0;
        }
        decimals = row->share.value.decimals;
        sum += row->share.value.units;
    }
    mtmi_wide off = sum - (mtmi_wide)100 * mtmi_decimal_power(decimals);
    return off != 0 && 2 * (off < 0 ? -off : off) <= (mtmi_wide)n; /* half a last digit each: more is no rounding */
}

static int has_remark(const mtm_result *result, mtmi_remark_kind kind) {
    for (size_t i = 0; i < result->n_remarks; i++) {
        if (result->remarks[i].kind == kind) {
            return 1;
        }
    }
    return 0;
}

static void add_note(mtmi_report_indicator *entry, const char *text) {
    for (size_t i = 0; i < entry->n_notes; i++) {
        if (strcmp(entry->notes[i], text) == 0) {
            return;
        }
    }
    if (*text != '\0') {
        entry->notes[entry->n_notes++] = text;
    }
}

/* How a figure that the source does not print was computed. */
static const char *derived_text(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_mask *mask) {
    const mtm_step *by[2] = {NULL, NULL};
    mtm_step steps[2];
    size_t n = 0;
    int less = 0;
    for (size_t i = 0; i < result->n_steps; i++) {
        const mtm_step step = mtmi_result_step(result, i);
        if (step.of != MTM_LINEAGE_VALUE) {
            continue;
        }
        const int which = step.operation == MTM_OPERATION_SUBTRACT;
        if (n++ < 2) {
            steps[which] = step;
            by[which] = &steps[which];
        }
        less |= which;
    }
    if (!less) { /* the finding says of what it is the sum */
        const mtmi_covering *covering = &result->coverings[0];
        const int said = covering->dimension != NULL && covering->expected > 0;
        return said ? "" : scribe->words->messages[MTMI_MESSAGE_DERIVED_PARTS];
    }
    if (result->outside) {
        return result->coverings[0].expected > 0 || has_remark(result, MTMI_REMARK_OWN_CITIZENS)
                   ? ""
                   : scribe->words->messages[MTMI_MESSAGE_DERIVED_OUTSIDE];
    }
    if (n != 2 || by[0] == NULL || by[1] == NULL || mask->controlled) {
        return scribe->words->messages[MTMI_MESSAGE_DERIVED];
    }
    return mtmi_say(scribe, MTMI_MESSAGE_DERIVED_DIFFERENCE, "period", mtmi_print_period_long(scribe, steps[0].period),
                    "new", mtmi_print_number(scribe, steps[0].value, 0), "earlier",
                    mtmi_print_period_long(scribe, steps[1].period), "old",
                    mtmi_print_number(scribe, steps[1].value, 0), MTMI_SAY_END);
}

#define NOTES_OF_FLAGS 6 /* and rates, of over_time.c and per_day.c */

/* What the flags say where no remark says it better, then every remark. */
static void build_notes(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_mask *mask,
                        mtmi_report_indicator *out) {
    const char *const *messages = scribe->words->messages;
    out->notes = mtmi_text_builder_table(scribe, result->n_remarks + NOTES_OF_FLAGS, sizeof *out->notes);
    if (out->notes == NULL) {
        return;
    }
    if (result->flags & MTM_FLAG_DERIVED && !has_remark(result, MTMI_REMARK_DERIVED_ACROSS_RELEASES) &&
        result->has_value && result->statistic != MTMI_STATISTIC_NET && !mtmi_statistic_divides(result->statistic)) {
        add_note(out, derived_text(scribe, result, mask));
    }
    if (result->flags & MTM_FLAG_ESTIMATED && !has_remark(result, MTMI_REMARK_ESTIMATED)) {
        add_note(out, messages[MTMI_MESSAGE_ESTIMATED]);
    }
    for (size_t i = 0; i < result->n_remarks; i++) {
        add_note(out, mtmi_remark_text(scribe, result, mask, &result->remarks[i]));
    }
    add_note(out, mtmi_per_day_note(scribe, result, out));
    if (shares_are_off(out)) {
        add_note(out, messages[MTMI_MESSAGE_SHARES_ROUNDED]);
    }
    if (mask->controlled) {
        add_note(out, messages[MTMI_MESSAGE_LINEAGE_HIDDEN]);
    }
}

static const char *lent(const char *text) {
    return text != NULL ? text : "";
}

static void build_head(mtmi_text_builder *scribe, const mtm_result *result, mtmi_report_indicator *out) {
    mtm_language language = scribe->report->language;
    out->id = lent(result->id);
    out->title = mtmi_titles_get(&result->title, language);
    out->title = *out->title != '\0' ? out->title : out->id;
    out->definition = mtmi_titles_get(&result->definition, language);
    out->concept = lent(result->concept);
    out->kind = (int)result->kind;
    out->unit = lent(result->unit);
    out->unit_text = mtmi_print_unit(scribe, result);
    out->multiplier = result->multiplier;
    out->is_percent = mtmi_result_is_percent(result);
    out->period = result->period;
    out->observed = result->observed.first != MTMI_DAY_NONE && (result->has_value || result->n_rows > 0)
                        ? result->observed
                        : result->period;
    out->period_text = mtmi_print_period(scribe, out->period, MTMI_WHEN_NAME);
    out->observed_text = mtmi_print_period(scribe, out->observed, MTMI_WHEN_NAME);
    out->dimension = lent(result->dimension);
    const char *dimension_title = mtmi_titles_get(&result->dimension_title, language);
    out->dimension_title = *dimension_title != '\0' ? dimension_title : out->dimension;
    out->rows_are_selection = result->rows_are_selection;
    out->covering = &result->coverings[0];
    out->status = result->status;
    out->flags = result->flags;
}

void mtmi_entry_build(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_mask *mask,
                      mtmi_report_indicator *out) {
    build_head(scribe, result, out);
    out->covers = covers(result, MTM_LINEAGE_VALUE, 0, mask->value);
    out->value = figure(scribe, result->has_value, mask->value, result->value);
    out->unavailable = !out->value.has;
    out->reason = out->value.has ? MTM_REASON_NONE : result->reason;
    out->reason_text = reason_text(scribe, out->reason);
    out->value_text = out->value.has ? mtmi_print_value(scribe, result, result->value, 0) : out->value.text;
    out->breakdown_reason = result->breakdown_reason;
    out->breakdown_reason_text = reason_text(scribe, result->breakdown_reason);
    build_comparisons(scribe, result, mask, out);
    build_rows(scribe, result, mask, out);
    build_points(scribe, result, mask, out);
    build_steps(scribe, result, out);
    mtmi_over_time_build(scribe, result, out);
    for (size_t i = 0; i < result->n_remarks; i++) {
        const mtmi_remark *remark = &result->remarks[i];
        out->revised |=
            remark->kind == MTMI_REMARK_REVISED && remark->of <= MTM_LINEAGE_LAST_YEAR ? 1u << remark->of : 0;
    }
    build_notes(scribe, result, mask, out);
    out->finding = mtmi_finding_build(scribe, result, out);
    mtmi_figure_titles_build(scribe, out);
}
