/* Writes a dataset as CSV (RFC 4180), JSON or a table for a terminal: one row per observation, in the dataset's order.
 * Figures are written as they are: disclosure control is the report's. */
#include "data/dataset_render.h"

#include "base/csv_cell.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/json.h"
#include "codelist/match.h"
#include "period/period.h"

#include <string.h>

static const char *code_of(const mtm_dataset *dataset, size_t dimension, size_t i) {
    const mtmi_dimension *d = &dataset->dimensions[dimension];
    return d->members[d->codes[i]].code;
}

static void next_cell(mtmi_buffer *out, const char *text) {
    mtmi_buffer_char(out, ',');
    mtmi_csv_cell(out, text);
}

static void write_csv_row(const mtm_dataset *dataset, mtmi_table_shape shape, size_t i, mtmi_buffer *out) {
    char cell[MTMI_TABLE_CELL];
    mtmi_table_period(dataset, i, cell);
    mtmi_csv_cell(out, cell);
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        next_cell(out, code_of(dataset, d, i));
    }
    mtmi_table_value(dataset, i, cell);
    mtmi_buffer_char(out, ',');
    mtmi_csv_cell_verbatim(out, cell); /* a minus is no formula */
    mtmi_buffer_char(out, ',');
    mtmi_buffer_char(out, dataset->statuses[i]);
    if (shape.has_release) {
        mtmi_table_release(dataset, i, cell);
        next_cell(out, cell);
    }
    if (shape.has_edition) {
        next_cell(out, dataset->releases[dataset->release_of[i]].edition);
    }
    if (shape.has_line) {
        mtmi_buffer_char(out, ',');
        mtmi_buffer_int(out, dataset->lines[i]);
    }
    if (shape.has_partly) {
        mtmi_table_uncovered(dataset, i, cell);
        next_cell(out, cell);
    }
    mtmi_buffer_char(out, '\n');
}

static void write_csv(const mtm_dataset *dataset, mtmi_buffer *out) {
    mtmi_table_shape shape = mtmi_table_shape_of(dataset);
    mtmi_buffer_text(out, "period");
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        next_cell(out, dataset->dimensions[d].name);
    }
    mtmi_buffer_text(out, ",value,status");
    mtmi_buffer_text(out, shape.has_release ? ",release" : "");
    mtmi_buffer_text(out, shape.has_edition ? ",edition" : "");
    mtmi_buffer_text(out, shape.has_line ? ",line" : "");
    mtmi_buffer_text(out, shape.has_partly ? ",uncovered\n" : "\n");
    for (size_t i = 0; i < dataset->n && !out->failed; i++) {
        write_csv_row(dataset, shape, i, out);
    }
}

static void write_properties(const mtm_dataset *dataset, mtmi_json *json) {
    static const char *const kinds[] = {"", "flow", "stock", "share"};
    mtmi_json_pair(json, "name", mtmi_dataset_name(dataset));
    mtmi_json_pair(json, "title", mtmi_titles_get(&dataset->title, MTM_LANGUAGE_EN));
    mtmi_json_pair(json, "concept", mtmi_dataset_concept(dataset));
    mtmi_json_pair(json, "kind", kinds[dataset->kind]);
    mtmi_json_pair(json, "unit", mtmi_dataset_unit(dataset));
    mtmi_json_pair_int(json, "multiplier", dataset->multiplier);
    mtmi_json_pair_int(json, "decimals", dataset->decimals);
    mtmi_json_pair(json, "file", dataset->file);
    mtmi_json_key(json, "microdata");
    mtmi_json_bool(json, dataset->microdata);
    mtmi_json_key(json, "confidential");
    mtmi_json_bool(json, dataset->confidential);
}

static void write_dimension(const mtmi_dimension *dimension, mtmi_json *json) {
    static const char *const kinds[] = {"code", "total", "group", "other", "unknown", "unclassified"};
    mtmi_json_object(json);
    mtmi_json_pair(json, "name", dimension->name);
    mtmi_json_pair(json, "codelist", dimension->list == NULL ? NULL : mtmi_codelist_id(dimension->list));
    mtmi_json_key(json, "members");
    mtmi_json_array(json);
    for (size_t i = 0; i < dimension->n_members; i++) {
        const mtmi_member *member = &dimension->members[i];
        mtmi_json_object(json);
        mtmi_json_pair(json, "code", member->code);
        mtmi_json_pair(json, "kind", kinds[member->kind]);
        mtmi_json_pair(json, "label", mtmi_member_label(dimension, member, MTM_LANGUAGE_EN));
        mtmi_json_object_end(json);
    }
    mtmi_json_array_end(json);
    mtmi_json_object_end(json);
}

static void write_observation(const mtm_dataset *dataset, mtmi_table_shape shape, size_t i, mtmi_json *json) {
    char cell[MTMI_TABLE_CELL], status[2] = {dataset->statuses[i], '\0'};
    mtmi_json_object(json);
    mtmi_table_period(dataset, i, cell);
    mtmi_json_pair(json, "period", cell);
    mtmi_json_key(json, "codes");
    mtmi_json_object(json);
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        mtmi_json_pair(json, dataset->dimensions[d].name, code_of(dataset, d, i));
    }
    mtmi_json_object_end(json);
    mtmi_table_value(dataset, i, cell);
    mtmi_json_pair(json, "value", cell[0] == '\0' ? NULL : cell);
    mtmi_json_pair(json, "status", status);
    if (shape.has_release) {
        mtmi_table_release(dataset, i, cell);
        mtmi_json_pair(json, "release", cell[0] == '\0' ? NULL : cell);
    }
    if (shape.has_edition) {
        mtmi_json_pair(json, "edition", dataset->releases[dataset->release_of[i]].edition);
    }
    if (shape.has_line) {
        mtmi_json_pair_int(json, "line", dataset->lines[i]);
    }
    if (shape.has_partly) {
        mtmi_table_uncovered(dataset, i, cell);
        mtmi_json_pair(json, "uncovered", cell[0] == '\0' ? NULL : cell);
    }
    mtmi_json_object_end(json);
}

static void write_json(const mtm_dataset *dataset, mtmi_buffer *out) {
    mtmi_table_shape shape = mtmi_table_shape_of(dataset);
    mtmi_json json;
    mtmi_json_start(&json, out);
    mtmi_json_object(&json);
    write_properties(dataset, &json);
    mtmi_json_key(&json, "dimensions");
    mtmi_json_array(&json);
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        write_dimension(&dataset->dimensions[d], &json);
    }
    mtmi_json_array_end(&json);
    mtmi_json_key(&json, "observations");
    mtmi_json_array(&json);
    for (size_t i = 0; i < dataset->n && !out->failed; i++) {
        write_observation(dataset, shape, i, &json);
    }
    mtmi_json_array_end(&json);
    mtmi_json_object_end(&json);
}

mtm_status mtm_dataset_render(const mtm_dataset *dataset, mtm_format format, const mtm_render_options *options,
                              mtm_buffer **out, mtm_error *err) {
    mtm_render_options own = MTM_RENDER_OPTIONS_INIT;
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    mtm_status status = mtmi_render_begin(dataset, "dataset", options, &own, out, err);
    if (status != MTM_OK) {
        return status;
    }
    switch (format) {
    case MTM_FORMAT_CSV: write_csv(dataset, &buffer); break;
    case MTM_FORMAT_JSON: write_json(dataset, &buffer); break;
    case MTM_FORMAT_TEXT: mtmi_table_text(dataset, own.width > 0 ? own.width : 80, &buffer); break;
    default:
        return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){"format", 0, 0},
                              "a dataset is written as text, csv or json");
    }
    status = mtmi_buffer_deliver(&buffer, &own, out, err);
    mtmi_buffer_free(&buffer);
    return status;
}
