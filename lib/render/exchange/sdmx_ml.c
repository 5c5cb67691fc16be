/* Writes the observations of a report as a structure-specific data message of SDMX-ML 3.0, the limitations as annotations of
 * the data set; and the structures that it follows - data flow, code lists, concepts, data structure - as a structure message. */
#include "render/exchange/sdmx_model.h"

#include "render/escape.h"

#define SCHEMAS "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/"
#define AGENCY "IOM"
#define STRUCTURE "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=IOM:MTM_REPORT(1.0)"
#define NAMESPACES "xmlns:mes=\"" SCHEMAS "message\" xmlns:com=\"" SCHEMAS "common\" "
#define ATTRIBUTES "version=\"1.0\" isExternalReference=\"false\" agencyID=\"" AGENCY "\""

typedef struct writer {
    mtmi_buffer *out;
    const mtm_report *report;
    const mtmi_sdmx_model *model;
} writer;

static void put_header(const writer *w, int data) {
    mtmi_buffer_text(w->out, "<mes:Header><mes:ID>");
    mtmi_sdmx_message_id(w->report, w->out);
    mtmi_buffer_text(w->out, data ? "</mes:ID>" : "_STRUCTURE</mes:ID>");
    mtmi_buffer_text(w->out, "<mes:Test>false</mes:Test><mes:Prepared>1980-01-01T00:00:00Z</mes:Prepared>"
                             "<mes:Sender id=\"libmtm\"/>");
    if (data) {
        mtmi_buffer_text(w->out, "<mes:Structure structureID=\"MTM_REPORT\" namespace=\"" STRUCTURE
                                 "\" dimensionAtObservation=\"AllDimensions\"><com:Structure>" STRUCTURE
                                 "</com:Structure></mes:Structure>");
    }
    mtmi_buffer_text(w->out, "</mes:Header>\n");
}

/* ---- data ---- */

static void put_attribute(mtmi_buffer *out, const char *name, const char *value) {
    mtmi_buffer_format(out, " %s=\"", name);
    mtmi_escape_html(out, value);
    mtmi_buffer_char(out, '"');
}

static void put_observation(void *out, const mtmi_report_observation *o) {
    const writer *w = out;
    char number[40];
    mtmi_buffer_text(w->out, "<Obs");
    for (int c = 0; c < MTMI_SDMX_COMPONENTS; c++) {
        mtmi_sdmx_code code;
        mtmi_sdmx_value(w->model, o, (mtmi_sdmx_component)c, &code);
        put_attribute(w->out, mtmi_sdmx_components[c].id, code.id);
        if (c + 1 == MTMI_SDMX_DIMENSIONS && o->number->has) {
            mtm_decimal_describe(o->number->value, number, sizeof number);
            put_attribute(w->out, "OBS_VALUE", number);
        }
    }
    put_attribute(w->out, "TITLE", o->indicator->title);
    if (o->row != NULL) {
        put_attribute(w->out, "MEMBER_LABEL", o->row->label);
    }
    mtmi_buffer_text(w->out, "/>\n");
}

static void put_annotations(const writer *w) {
    const mtm_report *report = w->report;
    mtmi_buffer_text(w->out, report->n_limitations > 0 ? "<com:Annotations>\n" : "");
    for (size_t i = 0; i < report->n_limitations; i++) {
        const mtmi_limitation *limitation = &report->limitations[i];
        mtmi_buffer_text(w->out, "<com:Annotation><com:AnnotationTitle>");
        mtmi_escape_html(w->out, limitation->kind_title);
        mtmi_buffer_format(w->out,
                           "</com:AnnotationTitle><com:AnnotationType>LIMITATION</com:AnnotationType>"
                           "<com:AnnotationText xml:lang=\"%s\">",
                           report->language_code);
        mtmi_escape_html(w->out, limitation->text);
        mtmi_buffer_text(w->out, "</com:AnnotationText></com:Annotation>\n");
    }
    mtmi_buffer_text(w->out, report->n_limitations > 0 ? "</com:Annotations>\n" : "");
}

void mtmi_form_sdmx_ml(mtmi_buffer *out, const mtmi_render_request *request) {
    mtmi_sdmx_model model;
    writer w = {out, request->report, &model};
    out->failed |= !mtmi_sdmx_model_build(&model, request);
    mtmi_buffer_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mes:StructureSpecificData " NAMESPACES
                          "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:ss=\"" SCHEMAS
                          "data/structurespecific\" xmlns:ns1=\"" STRUCTURE ":ObsLevelDim:AllDimensions\">\n");
    put_header(&w, 1);
    mtmi_buffer_text(out,
                     "<mes:DataSet ss:structureRef=\"MTM_REPORT\" xsi:type=\"ns1:DataSetType\" action=\"Replace\">\n");
    put_annotations(&w);
    if (!out->failed) {
        out->failed |= !mtmi_observations_each(request, put_observation, &w);
    }
    mtmi_buffer_text(out, "</mes:DataSet>\n</mes:StructureSpecificData>\n");
    mtmi_sdmx_model_clear(&model);
}

/* ---- structures ---- */

static void put_name(const writer *w, const char *name, const char *language) {
    mtmi_buffer_format(w->out, "<com:Name xml:lang=\"%s\">", language);
    mtmi_escape_html(w->out, name);
    mtmi_buffer_text(w->out, "</com:Name>");
}

static void put_code(const writer *w, const char *id, const char *name, const char *language) {
    mtmi_buffer_text(w->out, "<str:Code");
    put_attribute(w->out, "id", id);
    mtmi_buffer_char(w->out, '>');
    put_name(w, name, language);
    mtmi_buffer_text(w->out, "</str:Code>\n");
}

static void put_codelist(const writer *w, mtmi_sdmx_component component) {
    const mtmi_sdmx_description *description = &mtmi_sdmx_components[component];
    const char *language = component == MTMI_SDMX_STATUS ? "en" : w->report->language_code;
    if (description->codelist == NULL) {
        return;
    }
    mtmi_buffer_format(w->out, "<str:Codelist id=\"%s\" " ATTRIBUTES ">", description->codelist);
    put_name(w, description->name, "en");
    for (size_t i = 0; i < w->model->codes[component].n; i++) {
        put_code(w, w->model->codes[component].items[i].id, w->model->codes[component].items[i].name, language);
    }
    mtmi_buffer_text(w->out, "</str:Codelist>\n");
}

static void put_concept(const writer *w, const char *id, const char *name) {
    mtmi_buffer_format(w->out, "<str:Concept id=\"%s\">", id);
    put_name(w, name, "en");
    mtmi_buffer_text(w->out, "</str:Concept>\n");
}

static void put_identity(const writer *w, const char *id) {
    mtmi_buffer_format(w->out,
                       "<str:ConceptIdentity>urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=IOM:CS_MTM(1.0).%s"
                       "</str:ConceptIdentity>",
                       id);
}

static void put_representation(const writer *w, const char *codelist, const char *type) {
    if (codelist != NULL) {
        mtmi_buffer_format(w->out,
                           "<str:LocalRepresentation><str:Enumeration>urn:sdmx:org.sdmx.infomodel.codelist."
                           "Codelist=IOM:%s(1.0)</str:Enumeration></str:LocalRepresentation>",
                           codelist);
    } else {
        mtmi_buffer_format(
            w->out, "<str:LocalRepresentation><str:TextFormat textType=\"%s\"/></str:LocalRepresentation>", type);
    }
}

static void put_dimensions(const writer *w) {
    mtmi_buffer_text(w->out, "<str:DimensionList>\n");
    for (int c = 0; c < MTMI_SDMX_DIMENSIONS; c++) {
        const mtmi_sdmx_description *description = &mtmi_sdmx_components[c];
        if (c == MTMI_SDMX_TIME) {
            mtmi_buffer_format(w->out, "<str:TimeDimension id=\"%s\">", description->id);
        } else {
            mtmi_buffer_format(w->out, "<str:Dimension id=\"%s\" position=\"%d\">", description->id, c + 1);
        }
        put_identity(w, description->id);
        put_representation(w, description->codelist, description->type);
        mtmi_buffer_text(w->out, c == MTMI_SDMX_TIME ? "</str:TimeDimension>\n" : "</str:Dimension>\n");
    }
    mtmi_buffer_text(w->out, "</str:DimensionList>\n");
}

static void put_attribute_of_data(const writer *w, const char *id, const char *codelist, const char *type) {
    mtmi_buffer_format(w->out, "<str:Attribute usage=\"optional\" id=\"%s\">", id);
    put_identity(w, id);
    put_representation(w, codelist, type);
    mtmi_buffer_text(w->out, "<str:AttributeRelationship><str:Observation/></str:AttributeRelationship>"
                             "</str:Attribute>\n");
}

static void put_data_structure(const writer *w) {
    mtmi_buffer_text(w->out, "<str:DataStructures><str:DataStructure id=\"MTM_REPORT\" " ATTRIBUTES ">");
    put_name(w, "Report of the Mobility Tracking Matrix", "en");
    mtmi_buffer_text(w->out, "<str:DataStructureComponents>\n");
    put_dimensions(w);
    mtmi_buffer_text(w->out, "<str:AttributeList>\n");
    for (int c = MTMI_SDMX_DIMENSIONS; c < MTMI_SDMX_COMPONENTS; c++) {
        put_attribute_of_data(w, mtmi_sdmx_components[c].id, mtmi_sdmx_components[c].codelist,
                              mtmi_sdmx_components[c].type);
    }
    put_attribute_of_data(w, "TITLE", NULL, "String");
    put_attribute_of_data(w, "MEMBER_LABEL", NULL, "String");
    mtmi_buffer_text(w->out, "</str:AttributeList>\n<str:MeasureList><str:Measure id=\"OBS_VALUE\">");
    put_identity(w, "OBS_VALUE");
    put_representation(w, NULL, "Decimal");
    mtmi_buffer_text(w->out, "</str:Measure></str:MeasureList>\n</str:DataStructureComponents></str:DataStructure>"
                             "</str:DataStructures>\n");
}

void mtmi_form_sdmx_structure(mtmi_buffer *out, const mtmi_render_request *request) {
    mtmi_sdmx_model model;
    writer w = {out, request->report, &model};
    out->failed |= !mtmi_sdmx_model_build(&model, request);
    mtmi_buffer_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mes:Structure " NAMESPACES
                          "xmlns:str=\"" SCHEMAS "structure\">\n");
    put_header(&w, 0);
    mtmi_buffer_text(out, "<mes:Structures>\n<str:Dataflows><str:Dataflow id=\"MTM_REPORT\" " ATTRIBUTES ">");
    put_name(&w, request->report->title, request->report->language_code);
    mtmi_buffer_text(out, "<str:Structure>" STRUCTURE "</str:Structure></str:Dataflow></str:Dataflows>\n"
                          "<str:Codelists>\n");
    for (int c = 0; c < MTMI_SDMX_COMPONENTS && !out->failed; c++) {
        put_codelist(&w, (mtmi_sdmx_component)c);
    }
    mtmi_buffer_text(out, "</str:Codelists>\n<str:ConceptSchemes><str:ConceptScheme id=\"CS_MTM\" " ATTRIBUTES ">");
    put_name(&w, "Concepts of the Mobility Tracking Matrix", "en");
    for (int c = 0; c < MTMI_SDMX_COMPONENTS; c++) {
        put_concept(&w, mtmi_sdmx_components[c].id, mtmi_sdmx_components[c].name);
    }
    put_concept(&w, "OBS_VALUE", "Observation value");
    put_concept(&w, "TITLE", "Title of the indicator");
    put_concept(&w, "MEMBER_LABEL", "Name of the member");
    mtmi_buffer_text(out, "</str:ConceptScheme></str:ConceptSchemes>\n");
    put_data_structure(&w);
    mtmi_buffer_text(out, "</mes:Structures>\n</mes:Structure>\n");
    mtmi_sdmx_model_clear(&model);
}
