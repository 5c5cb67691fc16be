/* Writes the observations of a report as a data message of SDMX-JSON 2.0: one flat data set, whose keys and attributes are
 * places in the lists of the structure; the limitations as annotations. */
#include "render/exchange/sdmx_model.h"

#include "base/json.h"
#include "period/period.h"

typedef struct writer {
    mtmi_json json;
    const mtm_report *report;
    const mtmi_sdmx_model *model;
} writer;

/* name and names: one in the language of the message. */
static void put_localised(writer *w, const char *key, const char *keys, const char *text) {
    mtmi_json_pair(&w->json, key, text);
    mtmi_json_key(&w->json, keys);
    mtmi_json_object(&w->json);
    mtmi_json_pair(&w->json, w->report->language_code, text);
    mtmi_json_object_end(&w->json);
}

/* ---- the structure ---- */

static void put_moment(writer *w, const char *key, int32_t day, const char *time) {
    char text[MTMI_PERIOD_TEXT];
    mtmi_buffer moment = MTMI_BUFFER_INIT;
    (void)mtm_period_describe((mtm_period){day, day}, text, sizeof text);
    mtmi_buffer_format(&moment, "%sT%s", text, time);
    mtmi_json_pair(&w->json, key, moment.data);
    w->json.buffer->failed |= moment.failed;
    mtmi_buffer_free(&moment);
}

static void put_values(writer *w, mtmi_sdmx_component component) {
    const mtmi_sdmx_codes *codes = &w->model->codes[component];
    mtmi_json_key(&w->json, "values");
    mtmi_json_array(&w->json);
    for (size_t i = 0; i < codes->n; i++) {
        mtmi_json_object(&w->json);
        if (mtmi_sdmx_components[component].codelist != NULL) {
            mtmi_json_pair(&w->json, "id", codes->items[i].id);
            put_localised(w, "name", "names", codes->items[i].name);
        } else {
            mtmi_json_pair(&w->json, "value", codes->items[i].id);
        }
        if (component == MTMI_SDMX_TIME) {
            put_moment(w, "start", codes->items[i].period.first, "00:00:00Z");
            put_moment(w, "end", codes->items[i].period.last, "23:59:59Z");
        }
        mtmi_json_object_end(&w->json);
    }
    mtmi_json_array_end(&w->json);
}

static void put_components(writer *w, const char *key, int first, int last) {
    mtmi_json_key(&w->json, key);
    mtmi_json_object(&w->json);
    mtmi_json_key(&w->json, "observation");
    mtmi_json_array(&w->json);
    for (int c = first; c < last; c++) {
        mtmi_json_object(&w->json);
        mtmi_json_pair(&w->json, "id", mtmi_sdmx_components[c].id);
        mtmi_json_pair(&w->json, "name", mtmi_sdmx_components[c].name);
        if (c < MTMI_SDMX_DIMENSIONS) {
            mtmi_json_pair_int(&w->json, "keyPosition", c);
        } else {
            mtmi_json_key(&w->json, "relationship");
            mtmi_json_object(&w->json);
            mtmi_json_key(&w->json, "observation");
            mtmi_json_object(&w->json);
            mtmi_json_object_end(&w->json);
            mtmi_json_object_end(&w->json);
        }
        put_values(w, (mtmi_sdmx_component)c);
        mtmi_json_object_end(&w->json);
    }
    mtmi_json_array_end(&w->json);
    mtmi_json_object_end(&w->json);
}

static void put_link(writer *w, const char *rel, const char *urn) {
    mtmi_json_object(&w->json);
    mtmi_json_pair(&w->json, "rel", rel);
    mtmi_json_pair(&w->json, "urn", urn);
    mtmi_json_object_end(&w->json);
}

/* Of what structure the data are: the structure says it, and each data set has to. */
static void put_links(writer *w) {
    mtmi_json_key(&w->json, "links");
    mtmi_json_array(&w->json);
    put_link(w, "dataflow", "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=IOM:MTM_REPORT(1.0)");
    put_link(w, "datastructure", "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=IOM:MTM_REPORT(1.0)");
    mtmi_json_array_end(&w->json);
}

static void put_annotations(writer *w) {
    mtmi_json_key(&w->json, "annotations");
    mtmi_json_array(&w->json);
    for (size_t i = 0; i < w->report->n_limitations; i++) {
        mtmi_json_object(&w->json);
        mtmi_json_pair(&w->json, "type", "LIMITATION");
        mtmi_json_pair(&w->json, "title", w->report->limitations[i].kind_title);
        put_localised(w, "text", "texts", w->report->limitations[i].text);
        mtmi_json_object_end(&w->json);
    }
    mtmi_json_array_end(&w->json);
}

static void put_structure(writer *w) {
    mtmi_json_key(&w->json, "structures");
    mtmi_json_array(&w->json);
    mtmi_json_object(&w->json);
    put_localised(w, "name", "names", w->report->title);
    mtmi_json_key(&w->json, "dataSets");
    mtmi_json_array(&w->json);
    mtmi_json_int(&w->json, 0);
    mtmi_json_array_end(&w->json);
    put_links(w);
    put_components(w, "dimensions", 0, MTMI_SDMX_DIMENSIONS);
    mtmi_json_key(&w->json, "measures");
    mtmi_json_object(&w->json);
    mtmi_json_key(&w->json, "observation");
    mtmi_json_array(&w->json);
    mtmi_json_object(&w->json);
    mtmi_json_pair(&w->json, "id", "OBS_VALUE");
    mtmi_json_pair(&w->json, "name", "Observation value");
    mtmi_json_object_end(&w->json);
    mtmi_json_array_end(&w->json);
    mtmi_json_object_end(&w->json);
    put_components(w, "attributes", MTMI_SDMX_DIMENSIONS, MTMI_SDMX_COMPONENTS);
    put_annotations(w);
    mtmi_json_object_end(&w->json);
    mtmi_json_array_end(&w->json);
}

/* ---- the data ---- */

static void put_observation(void *out, const mtmi_report_observation *o) {
    writer *w = out;
    mtmi_buffer key = MTMI_BUFFER_INIT;
    char number[40];
    for (int c = 0; c < MTMI_SDMX_DIMENSIONS; c++) {
        mtmi_buffer_format(&key, c > 0 ? ":%zu" : "%zu", mtmi_sdmx_index(w->model, o, (mtmi_sdmx_component)c));
    }
    mtmi_json_key(&w->json, key.data != NULL ? key.data : "");
    mtmi_json_array(&w->json);
    if (o->number->has) {
        mtm_decimal_describe(o->number->value, number, sizeof number);
        mtmi_json_text(&w->json, number);
    } else {
        mtmi_json_null(&w->json);
    }
    for (int c = MTMI_SDMX_DIMENSIONS; c < MTMI_SDMX_COMPONENTS; c++) {
        mtmi_json_int(&w->json, (int64_t)mtmi_sdmx_index(w->model, o, (mtmi_sdmx_component)c));
    }
    mtmi_json_array_end(&w->json);
    w->json.buffer->failed |= key.failed;
    mtmi_buffer_free(&key);
}

void mtmi_form_sdmx_json(mtmi_buffer *out, const mtmi_render_request *request) {
    mtmi_sdmx_model model;
    writer w = {.report = request->report, .model = &model};
    mtmi_json_start(&w.json, out);
    if (!mtmi_sdmx_model_build(&model, request)) {
        out->failed = 1;
        mtmi_sdmx_model_clear(&model);
        return;
    }
    mtmi_json_object(&w.json);
    mtmi_sdmx_put_meta(&w.json, w.report, NULL, "");
    mtmi_json_key(&w.json, "data");
    mtmi_json_object(&w.json);
    put_structure(&w);
    mtmi_json_key(&w.json, "dataSets");
    mtmi_json_array(&w.json);
    mtmi_json_object(&w.json);
    mtmi_json_pair_int(&w.json, "structure", 0);
    mtmi_json_pair(&w.json, "action", "Replace");
    put_links(&w);
    mtmi_json_key(&w.json, "annotations");
    mtmi_json_array(&w.json);
    for (size_t i = 0; i < request->report->n_limitations; i++) {
        mtmi_json_int(&w.json, (int64_t)i);
    }
    mtmi_json_array_end(&w.json);
    mtmi_json_key(&w.json, "observations");
    mtmi_json_object(&w.json);
    out->failed |= !mtmi_observations_each(request, put_observation, &w);
    mtmi_json_object_end(&w.json);
    mtmi_json_object_end(&w.json);
    mtmi_json_array_end(&w.json);
    mtmi_json_object_end(&w.json);
    mtmi_json_object_end(&w.json);
    mtmi_sdmx_model_clear(&model);
}
