/* Renders a report as JSON (docs/report-json.md). Every number is decimal text, or null with a reason. */
#include "render/forms.h"

#include "base/json.h"
#include "period/period.h"
#include "render/json_disclosure.h"
#include "render/json_indicator.h"
#include "render/survey/part.h"
#include "render/ui_text.h"

static void put_section(mtmi_json *json, const mtm_report *report, const mtmi_report_section *section) {
    mtmi_json_object(json);
    mtmi_json_pair(json, "id", section->id);
    mtmi_json_pair(json, "title", section->title);
    mtmi_json_key(json, "indicators");
    mtmi_json_array(json);
    for (size_t i = 0; i < section->n_indicators; i++) {
        mtmi_json_indicator(json, report, &section->indicators[i], 0);
    }
    mtmi_json_array_end(json);
    mtmi_json_object_end(json);
}

static void put_limitations(mtmi_json *json, const mtm_report *report) {
    mtmi_json_key(json, "limitations");
    mtmi_json_array(json);
    for (size_t i = 0; i < report->n_limitations; i++) {
        const mtmi_limitation *limitation = &report->limitations[i];
        mtmi_json_object(json);
        mtmi_json_pair(json, "kind", limitation->kind_id);
        mtmi_json_optional(json, "indicator", limitation->indicator);
        mtmi_json_pair(json, "text", limitation->text);
        mtmi_json_object_end(json);
    }
    mtmi_json_array_end(json);
}

static void put_highlights(mtmi_json *json, const mtm_report *report) {
    mtmi_json_key(json, "highlights");
    mtmi_json_array(json);
    for (size_t i = 0; i < report->n_highlights; i++) {
        mtmi_json_object(json);
        mtmi_json_pair(json, "id", report->highlights[i].id);
        mtmi_json_optional(json, "indicator", report->highlights[i].indicator);
        mtmi_json_pair(json, "text", report->highlights[i].text);
        mtmi_json_object_end(json);
    }
    mtmi_json_array_end(json);
}

static void put_about(mtmi_json *json, const mtm_report *report) {
    mtmi_json_key(json, "about");
    mtmi_json_object(json);
    mtmi_json_optional(json, "introduction", report->introduction);
    mtmi_json_key(json, "sentences");
    mtmi_json_array(json);
    for (size_t i = 0; i < report->n_about; i++) {
        mtmi_json_text(json, report->about[i]);
    }
    mtmi_json_array_end(json);
    mtmi_json_optional(json, "contact", report->contact);
    mtmi_json_period(json, "next_release", report->next_release);
    mtmi_json_object_end(json);
}

static void put_report(mtmi_json *json, const mtm_report *report) {
    mtmi_json_object(json);
    mtmi_json_pair(json, "title", report->title);
    mtmi_json_pair(json, "language", report->language_code);
    mtmi_json_pair(json, "country", report->country);
    mtmi_json_period(json, "period", report->period);
    mtmi_json_period(json, "as_of", report->has_as_of ? report->as_of : MTMI_PERIOD_NONE);
    mtmi_json_pair(json, "publication", report->not_for_publication ? "not-for-publication" : "open");
    put_highlights(json, report);
    put_about(json, report);
    mtmi_json_key(json, "sections");
    mtmi_json_array(json);
    for (size_t i = 0; i < report->n_sections; i++) {
        put_section(json, report, &report->sections[i]);
    }
    mtmi_json_array_end(json);
    mtmi_survey_json(json, report);
    put_limitations(json, report);
    mtmi_json_key(json, "bibliography");
    mtmi_json_array(json);
    for (size_t i = 0; i < report->n_bibliography; i++) {
        mtmi_json_source(json, report, i);
    }
    mtmi_json_array_end(json);
    mtmi_json_disclosure(json, report);
    mtmi_json_object_end(json);
}

void mtmi_form_json(mtmi_buffer *out, const mtmi_render_request *request) {
    mtmi_json json;
    mtmi_json_start(&json, out);
    if (request->survey != NULL) {
        mtmi_survey_json_one(&json, request->report, request->survey);
    } else if (request->view == MTM_VIEW_INDICATOR) {
        mtmi_json_indicator(&json, request->report, request->indicator, 1);
    } else if (request->view == MTM_VIEW_LINEAGE) {
        mtmi_json_lineage(&json, request->report, request->indicator);
    } else {
        put_report(&json, request->report);
    }
}
