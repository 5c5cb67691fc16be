/* Describes the CSV of a report as CSV on the Web does (W3C, metadata vocabulary for tabular data): save it beside the CSV
 * under the name of the CSV and "-metadata.json". */
#include "render/forms.h"

#include "base/json.h"

#include <string.h>

typedef struct column {
    const char *name, *datatype, *description;
} column;

static const column columns[] = {
    {"country", "string", "ISO 3166-1 alpha-3 code of the country reported on"},
    {"section", "string", "section of the report"},
    {"indicator", "string", "id of the indicator"},
    {"title", "string", "title of the indicator"},
    {"reference_period", "string", "the period asked for, as SDMX writes it"},
    {"measure", "string",
     "which number it is: value, base, absolute, percent, row, share, point, or one made of these"},
    {"with", "string", "what it is compared with"},
    {"period", "string", "what the number is of, as SDMX writes it"},
    {"dimension", "string", "dimension of the breakdown"},
    {"code", "string", "code of the row"},
    {"label", "string", "name of the row"},
    {"rank", "integer", "rank of the row"},
    {"value", "decimal", "the number; empty where there is none"},
    {"unit", "string", "unit of the number"},
    {"multiplier", "integer", "power of ten of the unit"},
    {"status", "string", "OBS_STATUS of SDMX"},
    {"reason", "string", "why there is no number: suppressed stands for withheld"},
    {"frame", "string", "what the parts of the value are all of: seen, declared, closed, all"},
    {"expected", "integer", "members that are expected"},
    {"covered", "integer", "those of them that the value counts"},
    {"absent", "integer", "those without a row"},
    {"assumed_zero", "integer", "cells without a row that are taken for zero"},
    {"new", "integer", "members first listed in the period"},
    {"breaks", "integer", "1 at a point that does not cover the same as the one before"},
    {"cells", "string", "the cells that the number counts"},
};

static void put_schema(mtmi_json *json) {
    mtmi_json_key(json, "tableSchema");
    mtmi_json_object(json);
    mtmi_json_key(json, "columns");
    mtmi_json_array(json);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        mtmi_json_object(json);
        mtmi_json_pair(json, "name", columns[i].name);
        mtmi_json_pair(json, "titles", columns[i].name);
        mtmi_json_pair(json, "datatype", columns[i].datatype);
        mtmi_json_pair(json, "dc:description", columns[i].description);
        if (strcmp(columns[i].datatype, "string") != 0) {
            mtmi_json_pair(json, "null", "");
        }
        mtmi_json_object_end(json);
    }
    mtmi_json_array_end(json);
    mtmi_json_object_end(json);
}

static void put_texts(mtmi_json *json, const mtm_report *report) {
    mtmi_json_key(json, "dc:source");
    mtmi_json_array(json);
    for (size_t i = 0; i < report->n_bibliography; i++) {
        mtmi_json_text(json, report->bibliography[i].text);
    }
    mtmi_json_array_end(json);
    mtmi_json_key(json, "rdfs:comment");
    mtmi_json_array(json);
    for (size_t i = 0; i < report->n_limitations; i++) {
        mtmi_json_text(json, report->limitations[i].text);
    }
    mtmi_json_array_end(json);
}

void mtmi_form_csvw(mtmi_buffer *out, const mtmi_render_request *request) {
    const mtm_report *report = request->report;
    mtmi_json json;
    mtmi_json_start(&json, out);
    mtmi_json_object(&json);
    mtmi_json_key(&json, "@context");
    mtmi_json_array(&json);
    mtmi_json_text(&json, "http://www.w3.org/ns/csvw");
    mtmi_json_object(&json);
    mtmi_json_pair(&json, "@language", report->language_code);
    mtmi_json_object_end(&json);
    mtmi_json_array_end(&json);
    mtmi_json_pair(&json, "url", request->file != NULL ? request->file : "report.csv");
    mtmi_json_pair(&json, "dc:title", report->title);
    mtmi_json_pair(&json, "dc:description", report->period_long);
    put_texts(&json, report);
    mtmi_json_key(&json, "dialect");
    mtmi_json_object(&json);
    mtmi_json_pair(&json, "encoding", "utf-8");
    mtmi_json_pair_int(&json, "headerRowCount", 1);
    mtmi_json_key(&json, "lineTerminators");
    mtmi_json_array(&json);
    mtmi_json_text(&json, "\n");
    mtmi_json_array_end(&json);
    mtmi_json_object_end(&json);
    put_schema(&json);
    mtmi_json_object_end(&json);
}
