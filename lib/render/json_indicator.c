/* Renders one indicator of the JSON report, by docs/report-json.schema.json. Invariant: what is withheld is null. */
#include "render/json_indicator.h"

#include "render/json_disclosure.h"

#include "period/period.h"
#include "render/ui_text.h"
#include "render/visibility.h"

#include <string.h>

void mtmi_json_optional(mtmi_json *json, const char *key, const char *text) {
    mtmi_json_pair(json, key, text != NULL && text[0] != '\0' ? text : NULL);
}

void mtmi_json_period(mtmi_json *json, const char *key, mtm_period period) {
    char text[MTMI_PERIOD_TEXT] = "";
    int stated = !mtmi_period_same(period, MTMI_PERIOD_NONE);
    if (stated) {
        (void)mtm_period_describe(period, text, sizeof text);
    }
    mtmi_json_optional(json, key, text);
}

static void put_status(mtmi_json *json, const char *key, char status) {
    const char text[2] = {status, '\0'};
    mtmi_json_optional(json, key, text);
}

static void put_figure(mtmi_json *json, const char *key, const mtmi_figure_text *figure) {
    mtmi_json_key(json, key);
    if (figure->has) {
        mtmi_json_decimal(json, figure->value);
    } else {
        mtmi_json_null(json);
    }
}

/* What both periods have, where totals do not compare. */
static void put_like(mtmi_json *json, const mtmi_report_comparison *comparison) {
    if (!comparison->has_like) {
        return;
    }
    mtmi_json_key(json, "like_for_like");
    mtmi_json_object(json);
    mtmi_json_pair_int(json, "common", comparison->like_common);
    put_figure(json, "value", &comparison->like_value);
    put_figure(json, "base", &comparison->like_base);
    put_figure(json, "absolute", &comparison->like_absolute);
    put_figure(json, "percent", &comparison->like_percent);
    put_figure(json, "value_share", &comparison->like_value_share);
    put_figure(json, "base_share", &comparison->like_base_share);
    mtmi_json_object_end(json);
}

/* What the value covers: all, or how much of which list. */
static void put_extent(mtmi_json *json, const mtm_report *report, const mtmi_report_indicator *indicator) {
    const mtmi_covering *covering = indicator->covering;
    const mtm_language language = report->language;
    mtmi_json_key(json, "extent");
    if (covering == NULL || !covering->has || indicator->value.hidden) {
        mtmi_json_null(json);
        return;
    }
    mtmi_json_object(json);
    mtmi_json_pair(json, "frame", mtmi_token_frame(covering->frame));
    mtmi_json_optional(json, "dimension", covering->dimension);
    mtmi_json_pair_int(json, "expected", covering->expected);
    mtmi_json_pair_int(json, "covered", covering->covered);
    mtmi_json_pair_int(json, "absent", covering->absent);
    mtmi_json_pair_int(json, "assumed_zero", covering->assumed);
    mtmi_json_pair_int(json, "new", covering->fresh);
    mtmi_json_optional(json, "absent_names", mtmi_titles_get(&covering->absent_names, language));
    mtmi_json_optional(json, "assumed_names", mtmi_titles_get(&covering->assumed_names, language));
    mtmi_json_optional(json, "new_names", mtmi_titles_get(&covering->fresh_names, language));
    mtmi_json_optional(json, "cells", indicator->covers);
    mtmi_json_object_end(json);
}

static void put_comparisons(mtmi_json *json, const mtmi_report_indicator *indicator) {
    mtmi_json_key(json, "comparisons");
    mtmi_json_array(json);
    for (size_t i = 0; i < indicator->n_comparisons; i++) {
        const mtmi_report_comparison *comparison = &indicator->comparisons[i];
        mtmi_json_object(json);
        mtmi_json_pair(json, "with", mtmi_token_with((int)comparison->with));
        mtmi_json_period(json, "period", comparison->period);
        put_figure(json, "base", &comparison->base);
        put_status(json, "base_status", comparison->base.has ? comparison->base_status : '\0');
        put_figure(json, "absolute", &comparison->absolute);
        put_figure(json, "percent", &comparison->percent);
        mtmi_json_optional(json, "reason", mtmi_token_reason((int)comparison->reason));
        mtmi_json_optional(json, "cells", comparison->covers);
        put_like(json, comparison);
        mtmi_json_object_end(json);
    }
    mtmi_json_array_end(json);
}

/* What the row contributed to each change that the rows part. */
static void put_growth(mtmi_json *json, const mtmi_report_indicator *indicator, const mtmi_report_row *row) {
    if (!indicator->has_growth[0] && !indicator->has_growth[1]) {
        return;
    }
    mtmi_json_key(json, "contributions");
    mtmi_json_array(json);
    for (size_t c = 0; c < indicator->n_comparisons; c++) {
        if (indicator->has_growth[c]) {
            mtmi_json_object(json);
            mtmi_json_pair(json, "with", mtmi_token_with((int)indicator->comparisons[c].with));
            put_figure(json, "change", &row->change[c]);
            put_figure(json, "points", &row->points[c]);
            mtmi_json_object_end(json);
        }
    }
    mtmi_json_array_end(json);
}

static void put_row(mtmi_json *json, const mtmi_report_indicator *indicator, const mtmi_report_row *row) {
    mtmi_json_object(json);
    mtmi_json_pair(json, "code", row->code);
    mtmi_json_pair(json, "label", row->label);
    mtmi_json_pair(json, "kind", mtmi_token_row(row->kind));
    put_figure(json, "value", &row->value);
    put_figure(json, "share", &row->share);
    mtmi_json_key(json, "rank");
    if (row->rank > 0) {
        mtmi_json_int(json, row->rank);
    } else {
        mtmi_json_null(json);
    }
    put_status(json, "status", row->status);
    mtmi_json_optional(json, "cells", row->covers);
    put_growth(json, indicator, row);
    mtmi_json_object_end(json);
}

static void put_breakdown(mtmi_json *json, const mtmi_report_indicator *indicator) {
    mtmi_json_key(json, "breakdown");
    if (indicator->dimension[0] == '\0') {
        mtmi_json_null(json);
        return;
    }
    mtmi_json_object(json);
    mtmi_json_pair(json, "dimension", indicator->dimension);
    mtmi_json_optional(json, "reason", mtmi_token_reason((int)indicator->breakdown_reason));
    mtmi_json_key(json, "selection");
    mtmi_json_bool(json, indicator->rows_are_selection);
    mtmi_json_key(json, "rows");
    mtmi_json_array(json);
    for (size_t i = 0; i < indicator->n_rows; i++) {
        put_row(json, indicator, &indicator->rows[i]);
    }
    mtmi_json_array_end(json);
    mtmi_json_object_end(json);
}

static void put_derived(mtmi_json *json, const char *key, const mtmi_figure_text *figure, int shown) {
    if (shown && figure->has) {
        put_figure(json, key, figure);
    }
}

/* Cells stand at the first point, and again where they change. */
static void put_series(mtmi_json *json, const mtmi_report_indicator *indicator) {
    const char *before = "";
    mtmi_json_key(json, "series");
    mtmi_json_array(json);
    for (size_t i = 0; i < indicator->n_points; i++) {
        mtmi_json_object(json);
        mtmi_json_period(json, "period", indicator->points[i].period);
        put_figure(json, "value", &indicator->points[i].value);
        if (indicator->points[i].breaks) {
            mtmi_json_key(json, "breaks");
            mtmi_json_bool(json, 1);
        }
        put_derived(json, "index", &indicator->points[i].index, mtmi_parts_is_indexed(indicator));
        put_derived(json, "year_to_date", &indicator->points[i].to_date, indicator->has_to_date);
        put_derived(json, "twelve_months", &indicator->points[i].moving, indicator->has_moving);
        const char *covers = indicator->points[i].covers;
        if (covers != NULL && covers[0] != '\0' && strcmp(covers, before) != 0) {
            mtmi_json_pair(json, "cells", covers);
            before = covers;
        }
        mtmi_json_object_end(json);
    }
    mtmi_json_array_end(json);
}

static void put_flags(mtmi_json *json, uint32_t flags) {
    mtmi_json_key(json, "flags");
    mtmi_json_array(json);
    for (int bit = 0; mtmi_token_flag(bit) != NULL; bit++) {
        if ((flags >> bit & 1) != 0) {
            mtmi_json_text(json, mtmi_token_flag(bit));
        }
    }
    mtmi_json_array_end(json);
}

void mtmi_json_source(mtmi_json *json, const mtm_report *report, size_t index) {
    const mtmi_bibliography_entry *entry = &report->bibliography[index];
    mtmi_json_object(json);
    mtmi_json_pair_int(json, "number", (int64_t)index + 1);
    mtmi_json_optional(json, "publisher", entry->publisher);
    mtmi_json_optional(json, "title", entry->title);
    mtmi_json_optional(json, "path", entry->path);
    mtmi_json_period(json, "release", entry->release);
    mtmi_json_optional(json, "accessed", entry->accessed);
    mtmi_json_optional(json, "licence", entry->licence);
    mtmi_json_pair(json, "obtained", entry->on_request ? "on-request" : "published");
    mtmi_json_key(json, "methodology_public");
    if (entry->methodology_public < 0) {
        mtmi_json_null(json);
    } else {
        mtmi_json_bool(json, entry->methodology_public);
    }
    mtmi_json_pair(json, "text", entry->text);
    mtmi_json_object_end(json);
}

static void put_words(mtmi_json *json, const mtm_report *report, const mtmi_report_indicator *indicator) {
    mtmi_json_pair(json, "finding", indicator->finding);
    mtmi_json_key(json, "notes");
    mtmi_json_array(json);
    for (size_t i = 0; i < indicator->n_notes; i++) {
        mtmi_json_text(json, indicator->notes[i]);
    }
    mtmi_json_array_end(json);
    mtmi_json_key(json, "sources");
    mtmi_json_array(json);
    for (size_t i = 0; i < indicator->n_sources; i++) {
        mtmi_json_source(json, report, indicator->sources[i]);
    }
    mtmi_json_array_end(json);
}

void mtmi_json_indicator(mtmi_json *json, const mtm_report *report, const mtmi_report_indicator *indicator,
                         int is_single) {
    mtmi_json_object(json);
    mtmi_json_pair(json, "id", indicator->id);
    mtmi_json_pair(json, "title", indicator->title);
    mtmi_json_optional(json, "definition", indicator->definition);
    mtmi_json_pair(json, "concept", indicator->concept);
    mtmi_json_optional(json, "kind", mtmi_token_kind(indicator->kind));
    mtmi_json_pair(json, "unit", indicator->unit);
    mtmi_json_pair_int(json, "multiplier", indicator->multiplier);
    mtmi_json_period(json, "period", indicator->period);
    mtmi_json_period(json, "observed", indicator->unavailable ? MTMI_PERIOD_NONE : indicator->observed);
    put_figure(json, "value", &indicator->value);
    put_status(json, "status", indicator->status);
    mtmi_json_optional(json, "reason", mtmi_token_reason((int)indicator->reason));
    put_flags(json, indicator->flags);
    put_extent(json, report, indicator);
    put_derived(json, "per_1000", &indicator->rate, 1);
    put_comparisons(json, indicator);
    put_breakdown(json, indicator);
    put_series(json, indicator);
    put_words(json, report, indicator);
    if (is_single && report->threshold > 0) {
        mtmi_json_disclosure(json, report);
    }
    mtmi_json_object_end(json);
}

/* ---- lineage ---- */

static void put_step(mtmi_json *json, const mtmi_report_step *shown) {
    const mtm_step *step = &shown->step;
    mtmi_json_object(json);
    mtmi_json_pair(json, "of", mtmi_token_of(step->of));
    mtmi_json_optional(json, "row", step->row);
    mtmi_json_pair(json, "operation", mtmi_token_operation(step->operation));
    put_figure(json, "value", &shown->value);
    put_status(json, "status", step->status);
    mtmi_json_period(json, "period", step->period);
    mtmi_json_optional(json, "dataset", step->dataset);
    mtmi_json_optional(json, "file", step->file);
    mtmi_json_pair_int(json, "line", step->line);
    mtmi_json_pair_int(json, "column", step->column);
    mtmi_json_period(json, "release", step->release);
    mtmi_json_optional(json, "edition", step->edition);
    mtmi_json_object_end(json);
}

void mtmi_json_lineage(mtmi_json *json, const mtm_report *report, const mtmi_report_indicator *indicator) {
    mtmi_json_object(json);
    mtmi_json_pair(json, "indicator", indicator->id);
    mtmi_json_pair(json, "title", indicator->title);
    mtmi_json_pair(json, "unit", indicator->unit);
    mtmi_json_pair_int(json, "multiplier", indicator->multiplier);
    mtmi_json_period(json, "period", indicator->period);
    put_figure(json, "value", &indicator->value);
    put_status(json, "status", indicator->status);
    mtmi_json_optional(json, "reason", mtmi_token_reason((int)indicator->reason));
    mtmi_json_key(json, "steps");
    mtmi_json_array(json);
    for (size_t i = 0; i < indicator->n_steps; i++) {
        put_step(json, &indicator->steps[i]);
    }
    mtmi_json_array_end(json);
    if (report->threshold > 0) {
        mtmi_json_disclosure(json, report);
    }
    mtmi_json_object_end(json);
}
