/* Writes what SDMX messages of a report follow as a structure message of SDMX-JSON 2.0: dataflow, code lists, concepts, data
 * structure; the same as the structure message of SDMX-ML. */
#include "render/exchange/sdmx_model.h"

#include "base/json.h"

#define URN "urn:sdmx:org.sdmx.infomodel."
#define SCHEMA                                                                                                         \
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/"               \
    "sdmx-json-structure-schema.json"

typedef struct writer {
    mtmi_json json;
    const mtm_report *report;
    const mtmi_sdmx_model *model;
} writer;

static void put_localised(writer *w, const char *language, const char *name) {
    mtmi_json_pair(&w->json, "name", name);
    mtmi_json_key(&w->json, "names");
    mtmi_json_object(&w->json);
    mtmi_json_pair(&w->json, language, name);
    mtmi_json_object_end(&w->json);
}

/* An artefact of ours begins. */
static void begin_artefact(writer *w, const char *id, const char *language, const char *name) {
    mtmi_json_object(&w->json);
    mtmi_json_pair(&w->json, "id", id);
    mtmi_json_pair(&w->json, "agencyID", "IOM");
    mtmi_json_pair(&w->json, "version", "1.0");
    mtmi_json_key(&w->json, "isExternalReference");
    mtmi_json_bool(&w->json, 0);
    put_localised(w, language, name);
}

static void begin_list(writer *w, const char *key) {
    mtmi_json_key(&w->json, key);
    mtmi_json_array(&w->json);
}

static void put_codelist(writer *w, mtmi_sdmx_component component) {
    const mtmi_sdmx_description *description = &mtmi_sdmx_components[component];
    const char *language = component == MTMI_SDMX_STATUS ? "en" : w->report->language_code;
    if (description->codelist == NULL) {
        return;
    }
    begin_artefact(w, description->codelist, "en", description->name);
    begin_list(w, "codes");
    for (size_t i = 0; i < w->model->codes[component].n; i++) {
        mtmi_json_object(&w->json);
        mtmi_json_pair(&w->json, "id", w->model->codes[component].items[i].id);
        put_localised(w, language, w->model->codes[component].items[i].name);
        mtmi_json_object_end(&w->json);
    }
    mtmi_json_array_end(&w->json);
    mtmi_json_object_end(&w->json);
}

static void put_concept(writer *w, const char *id, const char *name) {
    mtmi_json_object(&w->json);
    mtmi_json_pair(&w->json, "id", id);
    put_localised(w, "en", name);
    mtmi_json_object_end(&w->json);
}

/* "urn:...Concept=IOM:CS_MTM(1.0).FREQ", "urn:...Codelist=IOM:CL_AREA(1.0)". */
static void put_urn(writer *w, const char *key, const char *name, const char *id, const char *after) {
    mtmi_buffer urn = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&urn, URN "%s%s%s", name, id, after);
    mtmi_json_pair(&w->json, key, urn.data);
    w->json.buffer->failed |= urn.failed;
    mtmi_buffer_free(&urn);
}

/* What a dimension, an attribute and a measure have alike. */
static void put_component(writer *w, const char *id, const char *codelist, const char *type) {
    mtmi_json_pair(&w->json, "id", id);
    put_urn(w, "conceptIdentity", "conceptscheme.Concept=IOM:CS_MTM(1.0).", id, "");
    mtmi_json_key(&w->json, "localRepresentation");
    mtmi_json_object(&w->json);
    if (codelist != NULL) {
        put_urn(w, "enumeration", "codelist.Codelist=IOM:", codelist, "(1.0)");
    } else {
        mtmi_json_key(&w->json, "format");
        mtmi_json_object(&w->json);
        mtmi_json_pair(&w->json, "dataType", type);
        mtmi_json_object_end(&w->json);
    }
    mtmi_json_object_end(&w->json);
}

static void put_dimensions(writer *w) {
    mtmi_json_key(&w->json, "dimensionList");
    mtmi_json_object(&w->json);
    mtmi_json_pair(&w->json, "id", "DimensionDescriptor");
    begin_list(w, "dimensions");
    for (int c = 0; c < MTMI_SDMX_DIMENSIONS; c++) {
        if (c != MTMI_SDMX_TIME) {
            mtmi_json_object(&w->json);
            mtmi_json_pair_int(&w->json, "position", c + 1);
            put_component(w, mtmi_sdmx_components[c].id, mtmi_sdmx_components[c].codelist,
                          mtmi_sdmx_components[c].type);
            mtmi_json_object_end(&w->json);
        }
    }
    mtmi_json_array_end(&w->json);
    mtmi_json_key(&w->json, "timeDimension");
    mtmi_json_object(&w->json);
    put_component(w, mtmi_sdmx_components[MTMI_SDMX_TIME].id, NULL, mtmi_sdmx_components[MTMI_SDMX_TIME].type);
    mtmi_json_object_end(&w->json);
    mtmi_json_object_end(&w->json);
}

static void put_attribute(writer *w, const char *id, const char *codelist, const char *type) {
    mtmi_json_object(&w->json);
    put_component(w, id, codelist, type);
    mtmi_json_pair(&w->json, "usage", "optional");
    mtmi_json_key(&w->json, "attributeRelationship");
    mtmi_json_object(&w->json);
    mtmi_json_key(&w->json, "observation");
    mtmi_json_object(&w->json);
    mtmi_json_object_end(&w->json);
    mtmi_json_object_end(&w->json);
    mtmi_json_object_end(&w->json);
}

static void put_attributes(writer *w) {
    mtmi_json_key(&w->json, "attributeList");
    mtmi_json_object(&w->json);
    mtmi_json_pair(&w->json, "id", "AttributeDescriptor");
    begin_list(w, "attributes");
    for (int c = MTMI_SDMX_DIMENSIONS; c < MTMI_SDMX_COMPONENTS; c++) {
        put_attribute(w, mtmi_sdmx_components[c].id, mtmi_sdmx_components[c].codelist, mtmi_sdmx_components[c].type);
    }
    put_attribute(w, "TITLE", NULL, "String");
    put_attribute(w, "MEMBER_LABEL", NULL, "String");
    mtmi_json_array_end(&w->json);
    mtmi_json_object_end(&w->json);
}

static void put_measures(writer *w) {
    mtmi_json_key(&w->json, "measureList");
    mtmi_json_object(&w->json);
    mtmi_json_pair(&w->json, "id", "MeasureDescriptor");
    begin_list(w, "measures");
    mtmi_json_object(&w->json);
    put_component(w, "OBS_VALUE", NULL, "Decimal");
    mtmi_json_object_end(&w->json);
    mtmi_json_array_end(&w->json);
    mtmi_json_object_end(&w->json);
}

static void put_data_structure(writer *w) {
    begin_list(w, "dataStructures");
    begin_artefact(w, "MTM_REPORT", "en", "Report of the Mobility Tracking Matrix");
    mtmi_json_key(&w->json, "dataStructureComponents");
    mtmi_json_object(&w->json);
    put_dimensions(w);
    put_attributes(w);
    put_measures(w);
    mtmi_json_object_end(&w->json);
    mtmi_json_object_end(&w->json);
    mtmi_json_array_end(&w->json);
}

static void put_concepts(writer *w) {
    begin_list(w, "conceptSchemes");
    begin_artefact(w, "CS_MTM", "en", "Concepts of the Mobility Tracking Matrix");
    begin_list(w, "concepts");
    for (int c = 0; c < MTMI_SDMX_COMPONENTS; c++) {
        put_concept(w, mtmi_sdmx_components[c].id, mtmi_sdmx_components[c].name);
    }
    put_concept(w, "OBS_VALUE", "Observation value");
    put_concept(w, "TITLE", "Title of the indicator");
    put_concept(w, "MEMBER_LABEL", "Name of the member");
    mtmi_json_array_end(&w->json);
    mtmi_json_object_end(&w->json);
    mtmi_json_array_end(&w->json);
}

void mtmi_form_sdmx_json_structure(mtmi_buffer *out, const mtmi_render_request *request) {
    mtmi_sdmx_model model;
    writer w = {.report = request->report, .model = &model};
    out->failed |= !mtmi_sdmx_model_build(&model, request);
    mtmi_json_start(&w.json, out);
    mtmi_json_object(&w.json);
    mtmi_sdmx_put_meta(&w.json, w.report, SCHEMA, "_STRUCTURE"); /* readers tell the version by the schema */
    mtmi_json_key(&w.json, "data");
    mtmi_json_object(&w.json);
    begin_list(&w, "dataflows");
    begin_artefact(&w, "MTM_REPORT", request->report->language_code, request->report->title);
    put_urn(&w, "structure", "datastructure.DataStructure=IOM:", "MTM_REPORT", "(1.0)");
    mtmi_json_object_end(&w.json);
    mtmi_json_array_end(&w.json);
    begin_list(&w, "codelists");
    for (int c = 0; c < MTMI_SDMX_COMPONENTS && !out->failed; c++) {
        put_codelist(&w, (mtmi_sdmx_component)c);
    }
    mtmi_json_array_end(&w.json);
    put_concepts(&w);
    put_data_structure(&w);
    mtmi_json_object_end(&w.json);
    mtmi_json_object_end(&w.json);
    mtmi_sdmx_model_clear(&model);
}
