/* Writes a report as a collection of JSON-stat 2.0: a data set for each indicator, over area, member and time, with status
 * letters of SDMX for what is not there; limitations stand as notes, of the collection and of the indicator. */
#include "render/exchange/sdmx_model.h"

#include "base/json.h"

#include <string.h>

typedef struct writer {
    mtmi_json json;
    const mtm_report *report;
    mtmi_sdmx_model model; /* of the one indicator */
    int status;            /* what the walk writes: values, or their status */
} writer;

static const mtmi_sdmx_component dimensions[] = {MTMI_SDMX_AREA, MTMI_SDMX_MEMBER, MTMI_SDMX_TIME};
static const char *const dimension_ids[] = {"area", "member", "time"};

static const char *dimension_label(const mtmi_report_indicator *indicator, int d) {
    return d == 0   ? "Area"
           : d == 1 ? indicator->dimension_title[0] != '\0' ? indicator->dimension_title : "Member"
                    : "Time";
}

static void put_ids(writer *w) {
    mtmi_json_key(&w->json, "id");
    mtmi_json_array(&w->json);
    for (int d = 0; d < 3; d++) {
        mtmi_json_text(&w->json, dimension_ids[d]);
    }
    mtmi_json_array_end(&w->json);
    mtmi_json_key(&w->json, "size");
    mtmi_json_array(&w->json);
    for (int d = 0; d < 3; d++) {
        mtmi_json_int(&w->json, (int64_t)w->model.codes[dimensions[d]].n);
    }
    mtmi_json_array_end(&w->json);
}

static void put_roles(writer *w) {
    mtmi_json_key(&w->json, "role");
    mtmi_json_object(&w->json);
    for (int d = 0; d < 3; d += 2) {
        mtmi_json_key(&w->json, d == 0 ? "geo" : "time");
        mtmi_json_array(&w->json);
        mtmi_json_text(&w->json, dimension_ids[d]);
        mtmi_json_array_end(&w->json);
    }
    mtmi_json_object_end(&w->json);
}

static void put_dimension(writer *w, const mtmi_report_indicator *indicator, int d) {
    const mtmi_sdmx_codes *codes = &w->model.codes[dimensions[d]];
    mtmi_json_key(&w->json, dimension_ids[d]);
    mtmi_json_object(&w->json);
    mtmi_json_pair(&w->json, "label", dimension_label(indicator, d));
    mtmi_json_key(&w->json, "category");
    mtmi_json_object(&w->json);
    mtmi_json_key(&w->json, "index");
    mtmi_json_array(&w->json);
    for (size_t i = 0; i < codes->n; i++) {
        mtmi_json_text(&w->json, codes->items[i].id);
    }
    mtmi_json_array_end(&w->json);
    mtmi_json_key(&w->json, "label");
    mtmi_json_object(&w->json);
    for (size_t i = 0; i < codes->n; i++) {
        mtmi_json_pair(&w->json, codes->items[i].id,
                       codes->items[i].name[0] != '\0' ? codes->items[i].name : codes->items[i].id);
    }
    mtmi_json_object_end(&w->json);
    mtmi_json_object_end(&w->json);
    mtmi_json_object_end(&w->json);
}

/* Values and their status are sparse: a place for each combination, in the order of the dimensions. */
static void put_observation(void *out, const mtmi_report_observation *o) {
    writer *w = out;
    char number[40], place[24];
    size_t at = 0;
    for (int d = 0; d < 3; d++) {
        at = at * w->model.codes[dimensions[d]].n + mtmi_sdmx_index(&w->model, o, dimensions[d]);
    }
    mtm_decimal_describe((mtm_decimal){(int64_t)at, 0, 0}, place, sizeof place);
    if (w->status) {
        const char status[2] = {mtmi_observation_status(o), '\0'};
        mtmi_json_pair(&w->json, place, status);
    } else if (o->number->has) {
        mtm_decimal_describe(o->number->value, number, sizeof number);
        mtmi_json_key(&w->json, place);
        mtmi_json_literal(&w->json, number);
    }
}

static void put_sparse(writer *w, const mtmi_report_indicator *indicator, int status) {
    w->status = status;
    mtmi_json_key(&w->json, status ? "status" : "value");
    mtmi_json_object(&w->json);
    w->json.buffer->failed |= !mtmi_observations_of(indicator, put_observation, w);
    mtmi_json_object_end(&w->json);
}

static void put_notes(writer *w, const char *indicator) {
    mtmi_json_key(&w->json, "note");
    mtmi_json_array(&w->json);
    for (size_t i = 0; i < w->report->n_limitations; i++) {
        if (indicator == NULL || strcmp(w->report->limitations[i].indicator, indicator) == 0) {
            mtmi_json_text(&w->json, w->report->limitations[i].text);
        }
    }
    mtmi_json_array_end(&w->json);
}

static void put_source(writer *w, const mtmi_report_indicator *indicator) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    for (size_t i = 0; i < indicator->n_sources; i++) {
        mtmi_buffer_text(&text, i > 0 ? " " : "");
        mtmi_buffer_text(&text, w->report->bibliography[indicator->sources[i]].text);
    }
    if (text.data != NULL) {
        mtmi_json_pair(&w->json, "source", text.data);
    }
    w->json.buffer->failed |= text.failed;
    mtmi_buffer_free(&text);
}

static void put_extension(writer *w, const mtmi_report_indicator *indicator) {
    mtmi_json_key(&w->json, "extension");
    mtmi_json_object(&w->json);
    mtmi_json_pair(&w->json, "indicator", indicator->id);
    mtmi_json_pair(&w->json, "unit", indicator->unit);
    mtmi_json_pair_int(&w->json, "multiplier", indicator->multiplier);
    mtmi_json_pair(&w->json, "breakdown", indicator->dimension);
    mtmi_json_pair(&w->json, "finding", indicator->finding);
    mtmi_json_object_end(&w->json);
}

static void put_dataset(writer *w, const mtmi_report_indicator *indicator, int alone) {
    const mtmi_render_request request = {w->report, MTM_VIEW_INDICATOR, indicator, 0, 0, NULL, NULL};
    w->json.buffer->failed |= !mtmi_sdmx_model_build(&w->model, &request);
    mtmi_json_object(&w->json);
    if (alone) {
        mtmi_json_pair(&w->json, "version", "2.0");
    }
    mtmi_json_pair(&w->json, "class", "dataset");
    mtmi_json_pair(&w->json, "label", indicator->title);
    put_source(w, indicator);
    if (!w->json.buffer->failed) {
        put_ids(w);
        put_roles(w);
        mtmi_json_key(&w->json, "dimension");
        mtmi_json_object(&w->json);
        for (int d = 0; d < 3; d++) {
            put_dimension(w, indicator, d);
        }
        mtmi_json_object_end(&w->json);
        put_sparse(w, indicator, 0);
        put_sparse(w, indicator, 1);
    }
    put_notes(w, indicator->id);
    put_extension(w, indicator);
    mtmi_json_object_end(&w->json);
    mtmi_sdmx_model_clear(&w->model);
}

void mtmi_form_json_stat(mtmi_buffer *out, const mtmi_render_request *request) {
    writer w = {.report = request->report};
    mtmi_json_start(&w.json, out);
    if (request->indicator != NULL) {
        put_dataset(&w, request->indicator, 1);
        return;
    }
    mtmi_json_object(&w.json);
    mtmi_json_pair(&w.json, "version", "2.0");
    mtmi_json_pair(&w.json, "class", "collection");
    mtmi_json_pair(&w.json, "label", request->report->title);
    put_notes(&w, NULL);
    mtmi_json_key(&w.json, "link");
    mtmi_json_object(&w.json);
    mtmi_json_key(&w.json, "item");
    mtmi_json_array(&w.json);
    for (size_t s = 0; s < request->report->n_sections; s++) {
        for (size_t i = 0; i < request->report->sections[s].n_indicators; i++) {
            put_dataset(&w, &request->report->sections[s].indicators[i], 0);
        }
    }
    mtmi_json_array_end(&w.json);
    mtmi_json_object_end(&w.json);
    mtmi_json_object_end(&w.json);
}
