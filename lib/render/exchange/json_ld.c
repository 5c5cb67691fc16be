/* Describes a report as linked data: a Dataset of schema.org, which search engines read, and of DCAT 3, which data portals
 * read, as one JSON-LD 1.1 graph whose contexts load nothing. Only what the report prints is in it. */
#include "render/exchange/json_ld.h"

#include "base/json.h"
#include "period/period.h"

static void put_languaged(mtmi_json *json, const char *key, const char *text, const char *language) {
    mtmi_json_key(json, key);
    mtmi_json_object(json);
    mtmi_json_pair(json, "@value", text);
    mtmi_json_pair(json, "@language", language);
    mtmi_json_object_end(json);
}

/* "2024-04-01/2024-06-30" */
static void put_interval(mtmi_json *json, mtm_period period) {
    char first[MTMI_PERIOD_TEXT], last[MTMI_PERIOD_TEXT];
    mtmi_buffer text = MTMI_BUFFER_INIT;
    (void)mtm_period_describe((mtm_period){period.first, period.first}, first, sizeof first);
    (void)mtm_period_describe((mtm_period){period.last, period.last}, last, sizeof last);
    mtmi_buffer_format(&text, "%s/%s", first, last);
    mtmi_json_pair(json, "temporalCoverage", text.data);
    json->buffer->failed |= text.failed;
    mtmi_buffer_free(&text);
}

static void put_description(mtmi_json *json, const char *key, const mtm_report *report) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&text, "%s, %s.", report->title, report->period_long);
    for (size_t i = 0; i < report->n_highlights; i++) {
        mtmi_buffer_format(&text, " %s", report->highlights[i].text);
    }
    mtmi_json_pair(json, key, text.data);
    json->buffer->failed |= text.failed;
    mtmi_buffer_free(&text);
}

static int is_told(const mtmi_report_indicator *indicator) {
    return indicator->value.has || indicator->n_rows > 0;
}

static void put_variable(mtmi_json *json, const mtmi_report_indicator *indicator) {
    char number[40];
    mtmi_json_object(json);
    mtmi_json_pair(json, "@type", "PropertyValue");
    mtmi_json_pair(json, "propertyID", indicator->id);
    mtmi_json_pair(json, "name", indicator->title);
    mtmi_json_pair(json, "unitText", indicator->unit_text);
    mtmi_json_pair(json, "description", indicator->finding);
    if (indicator->value.has) {
        mtm_decimal_describe(indicator->value.value, number, sizeof number);
        mtmi_json_key(json, "value");
        mtmi_json_literal(json, number);
    }
    mtmi_json_object_end(json);
}

static void put_variables(mtmi_json *json, const mtm_report *report) {
    mtmi_json_key(json, "variableMeasured");
    mtmi_json_array(json);
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            if (is_told(&report->sections[s].indicators[i])) {
                put_variable(json, &report->sections[s].indicators[i]);
            }
        }
    }
    mtmi_json_array_end(json);
}

static void put_limitations(mtmi_json *json, const char *key, const mtm_report *report) {
    mtmi_json_key(json, key);
    mtmi_json_array(json);
    for (size_t i = 0; i < report->n_gathered; i++) {
        mtmi_json_text(json, report->gathered[i].text);
    }
    mtmi_json_array_end(json);
}

static void put_comments(mtmi_json *json, const mtm_report *report) {
    mtmi_json_key(json, "comment");
    mtmi_json_array(json);
    for (size_t i = 0; i < report->n_gathered; i++) {
        mtmi_json_object(json);
        mtmi_json_pair(json, "@type", "Comment");
        mtmi_json_pair(json, "text", report->gathered[i].text);
        mtmi_json_object_end(json);
    }
    mtmi_json_array_end(json);
}

static void put_schema(mtmi_json *json, const mtm_report *report) {
    mtmi_json_object(json);
    mtmi_json_key(json, "@context");
    mtmi_json_object(json);
    mtmi_json_pair(json, "@vocab", "https://schema.org/");
    mtmi_json_object_end(json);
    mtmi_json_pair(json, "@type", "Dataset");
    mtmi_json_pair(json, "name", report->title);
    put_description(json, "description", report);
    mtmi_json_pair(json, "inLanguage", report->language_code);
    put_interval(json, report->period);
    if (report->country_title[0] != '\0') {
        mtmi_json_key(json, "spatialCoverage");
        mtmi_json_object(json);
        mtmi_json_pair(json, "@type", "Country");
        mtmi_json_pair(json, "name", report->country_title);
        mtmi_json_pair(json, "identifier", report->country);
        mtmi_json_object_end(json);
    }
    put_variables(json, report);
    mtmi_json_key(json, "isBasedOn");
    mtmi_json_array(json);
    for (size_t i = 0; i < report->n_bibliography; i++) {
        mtmi_json_text(json, report->bibliography[i].text);
    }
    mtmi_json_array_end(json);
    put_comments(json, report);
    mtmi_json_object_end(json);
}

static void put_date(mtmi_json *json, const char *key, int32_t day) {
    char text[MTMI_PERIOD_TEXT];
    (void)mtm_period_describe((mtm_period){day, day}, text, sizeof text);
    mtmi_json_key(json, key);
    mtmi_json_object(json);
    mtmi_json_pair(json, "@value", text);
    mtmi_json_pair(json, "@type", "http://www.w3.org/2001/XMLSchema#date");
    mtmi_json_object_end(json);
}

static void put_catalogue(mtmi_json *json, const mtm_report *report) {
    mtmi_json_object(json);
    mtmi_json_key(json, "@context");
    mtmi_json_object(json);
    mtmi_json_pair(json, "dcat", "http://www.w3.org/ns/dcat#");
    mtmi_json_pair(json, "dct", "http://purl.org/dc/terms/");
    mtmi_json_pair(json, "vcard", "http://www.w3.org/2006/vcard/ns#");
    mtmi_json_object_end(json);
    mtmi_json_pair(json, "@type", "dcat:Dataset");
    put_languaged(json, "dct:title", report->title, report->language_code);
    put_description(json, "dct:description", report);
    mtmi_json_pair(json, "dct:language", report->language_code);
    mtmi_json_key(json, "dct:temporal");
    mtmi_json_object(json);
    mtmi_json_pair(json, "@type", "dct:PeriodOfTime");
    put_date(json, "dcat:startDate", report->period.first);
    put_date(json, "dcat:endDate", report->period.last);
    mtmi_json_object_end(json);
    if (report->country_title[0] != '\0') {
        mtmi_json_pair(json, "dct:spatial", report->country_title);
    }
    if (report->contact[0] != '\0') {
        mtmi_json_key(json, "dcat:contactPoint");
        mtmi_json_object(json);
        mtmi_json_pair(json, "@type", "vcard:Kind");
        mtmi_json_pair(json, "vcard:fn", report->contact);
        mtmi_json_object_end(json);
    }
    mtmi_json_key(json, "dct:source");
    mtmi_json_array(json);
    for (size_t i = 0; i < report->n_bibliography; i++) {
        mtmi_json_text(json, report->bibliography[i].text);
    }
    mtmi_json_array_end(json);
    put_limitations(json, "dct:provenance", report);
    mtmi_json_object_end(json);
}

static void put_graph(mtmi_buffer *out, const mtm_report *report) {
    mtmi_json json;
    mtmi_json_start(&json, out);
    mtmi_json_array(&json);
    put_schema(&json, report);
    put_catalogue(&json, report);
    mtmi_json_array_end(&json);
}

void mtmi_form_json_ld(mtmi_buffer *out, const mtmi_render_request *request) {
    put_graph(out, request->report);
}

void mtmi_json_ld_page(mtmi_buffer *out, const mtm_report *report) {
    mtmi_buffer graph = MTMI_BUFFER_INIT;
    put_graph(&graph, report);
    mtmi_buffer_text(out, "<script type=\"application/ld+json\">\n");
    for (size_t i = 0; i < graph.size; i++) {
        if (graph.data[i] == '<' || graph.data[i] == '>' || graph.data[i] == '&') {
            mtmi_buffer_format(out, "\\u00%c%c", graph.data[i] == '&' ? '2' : '3',
                               graph.data[i] == '&'   ? '6'
                               : graph.data[i] == '<' ? 'C'
                                                      : 'E');
        } else {
            mtmi_buffer_char(out, graph.data[i]);
        }
    }
    mtmi_buffer_text(out, "</script>\n");
    out->failed |= graph.failed;
    mtmi_buffer_free(&graph);
}
