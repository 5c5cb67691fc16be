/* Reads a resource of a data package: the properties of its dataset, every absent one at its default. Invariant: a
 * value that a property cannot have is an error that names the property. */
#include "read/descriptor/resource.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "period/period.h"
#include "read/descriptor/path.h"
#include "read/descriptor/resource_internal.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { PATHS_MAX = 256 };

/* What is counted under each name of the methodology. kind 0 and unit NULL must be stated. */
static const struct concept {
    const char *name;
    int kind;
    const char *unit;
    /* clang-format off */
} concepts[] = {
    {"border-crossings", MTM_KIND_FLOW, "movements"}, {"residence-permits", 0, "permits"},
    {"foreign-workers", MTM_KIND_STOCK, "permits"}, {"quota", MTM_KIND_SHARE, "permits"},
    {"migration", MTM_KIND_FLOW, "persons"}, {"net-migration", MTM_KIND_FLOW, "persons"}, {"internal-migration", MTM_KIND_FLOW, "persons"},
    {"kandas", MTM_KIND_FLOW, "persons"}, {"citizens-abroad", MTM_KIND_STOCK, "persons"},
    {"remittances", MTM_KIND_FLOW, NULL}, {"money-transfers", MTM_KIND_FLOW, NULL},
    {"population", MTM_KIND_STOCK, "persons"}, {"displacement", MTM_KIND_STOCK, "persons"},
    {"displacement-event", MTM_KIND_FLOW, "persons"}, {"location-needs", MTM_KIND_STOCK, "locations"},
    {"flow-monitoring", MTM_KIND_FLOW, "movements"}, {"observation", MTM_KIND_FLOW, "hours"}, {"survey", 0, NULL},
    {"arrivals", MTM_KIND_FLOW, "persons"},
};
/* clang-format on */

static const struct concept *find_concept(const char *name) {
    for (size_t i = 0; i < COUNT(concepts); i++) {
        if (strcmp(concepts[i].name, name) == 0) {
            return &concepts[i];
        }
    }
    return NULL;
}

const char *mtmi_concept_name(size_t index) {
    return index < COUNT(concepts) ? concepts[index].name : NULL;
}

/* A word of one's own is fine; one that nearly is a known word is a slip. */
static void check_concept(mtmi_properties *in, const char *name) {
    const char *known[COUNT(concepts)];
    const char *nearest;
    size_t n = strlen(name);

    for (size_t i = 0; i < COUNT(concepts); i++) {
        known[i] = concepts[i].name;
    }
    nearest = mtmi_properties_nearest(name, known, COUNT(concepts));
    if (nearest != NULL && mtmi_properties_distance(name, nearest) <= 2) {
        mtmi_properties_refuse(in, "concept", name, nearest);
    }
    if (n == 0 || n > 60 || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != n) {
        mtmi_properties_refuse(in, "concept", "other characters", "lower-case letters, digits and hyphens");
    }
}

static void complete_concept(mtmi_properties *in, mtmi_resource *out) {
    const struct concept *concept;

    if (out->concept == NULL || in->status != MTM_OK) {
        return;
    }
    concept = find_concept(out->concept);
    if (concept == NULL) {
        check_concept(in, out->concept);
    }
    if (out->kind == 0) {
        out->kind = concept == NULL ? 0 : concept->kind;
    }
    if (out->kind == 0) {
        mtmi_properties_refuse(in, "kind", "nothing", "flow, stock or share: the concept leaves it open");
    }
    if (out->unit == NULL && concept != NULL && concept->unit != NULL) {
        out->unit = mtmi_memory_copy_text(concept->unit);
        if (out->unit == NULL) {
            mtmi_properties_no_memory(in);
        }
    }
    if (out->unit == NULL) {
        mtmi_properties_refuse(in, "unit", "nothing", "a unit such as persons or USD: the concept leaves it open");
    }
    if (out->cumulative && out->kind != MTM_KIND_FLOW) {
        mtmi_properties_refuse(in, "cumulative", "true", "it only for flows");
    }
}

static void read_release(mtmi_properties *in, const json_t *mtm, mtmi_release *out) {
    static const mtmi_choice editions[] = {{"first", 0}, {"revised", 1}, {"final", 2}};
    int edition = -1, given = 0;

    mtmi_properties_period(in, mtm, "releaseDate", &out->date, &given);
    mtmi_properties_choice(in, mtm, "edition", editions, COUNT(editions), &edition);
    if (edition >= 0) {
        memcpy(out->edition, editions[edition].name, strlen(editions[edition].name) + 1);
    }
}

static void read_filters(mtmi_properties *in, const json_t *mtm, mtmi_resource *out) {
    json_t *rows = (json_t *)(uintptr_t)mtmi_properties_object(in, mtm, "rows");
    size_t before = mtmi_properties_enter(in, "rows");
    const char *column;
    json_t *labels;

    if (rows != NULL && json_object_size(rows) > 0) {
        out->rows = mtmi_memory_new(json_object_size(rows), sizeof *out->rows);
        if (out->rows == NULL) {
            mtmi_properties_no_memory(in);
        }
    }
    if (out->rows != NULL) {
        json_object_foreach(rows, column, labels) {
            mtmi_row_filter *filter = &out->rows[out->n_rows++];
            filter->column = mtmi_memory_copy_text(column);
            if (filter->column == NULL) {
                mtmi_properties_no_memory(in);
            }
            mtmi_properties_marks(in, rows, column, 1, &filter->labels);
        }
    }
    mtmi_properties_leave(in, before);
}

/* Choices that are enums elsewhere. */
static void read_choices(mtmi_properties *in, const json_t *mtm, mtmi_resource *out) {
    static const mtmi_choice kinds[] = {{"flow", MTM_KIND_FLOW}, {"stock", MTM_KIND_STOCK}, {"share", MTM_KIND_SHARE}};
    static const mtmi_choice methods[] = {{"public", 1}, {"not-public", 0}};
    static const mtmi_choice ways[] = {{"published", MTMI_PUBLISHED}, {"on-request", MTMI_ON_REQUEST}};
    static const mtmi_choice frequencies[] = {
        {"day", MTMI_FREQUENCY_DAY},        {"month", MTMI_FREQUENCY_MONTH}, {"quarter", MTMI_FREQUENCY_QUARTER},
        {"half-year", MTMI_FREQUENCY_HALF}, {"year", MTMI_FREQUENCY_YEAR},   {"irregular", MTMI_FREQUENCY_IRREGULAR}};
    static const mtmi_choice repeats[] = {{"refuse", 0}, {"add", 1}};
    int obtained = out->obtained, frequency = out->frequency, order = out->date_order;

    mtmi_properties_choice(in, mtm, "kind", kinds, COUNT(kinds), &out->kind);
    mtmi_properties_choice(in, mtm, "methodology", methods, COUNT(methods), &out->methodology_public);
    mtmi_properties_choice(in, mtm, "obtained", ways, COUNT(ways), &obtained);
    mtmi_properties_choice(in, mtm, "frequency", frequencies, COUNT(frequencies), &frequency);
    mtmi_properties_choice(in, mtm, "dateOrder", mtmi_date_orders, COUNT(mtmi_date_orders), &order);
    mtmi_properties_choice(in, mtm, "dateMeans", mtmi_date_spans, COUNT(mtmi_date_spans), &out->date_means);
    mtmi_properties_choice(in, mtm, "repeats", repeats, COUNT(repeats), &out->add_repeats);
    out->obtained = (mtmi_obtained)obtained;
    out->frequency = (mtmi_frequency)frequency;
    out->date_order = (mtmi_date_order)order;
    out->date_order_given = json_object_get(mtm, "dateOrder") != NULL;
}

/* The properties of the object "mtm". */
static const char *const mtm_properties[] = {
    "concept",   "kind",       "unit",         "multiplier", "decimals",
    "title",     "cumulative", "releaseDate",  "edition",    "methodology",
    "obtained",  "frequency",  "publisher",    "revisions",  "accessed",
    "coverage",  "dimensions", "aliases",      "rows",       "partsAreSelection",
    "dateOrder", "numbers",    "confidential", "microdata",  "tabulate",
    "ignore",    "unsure",     "absent",       "incomplete", "frame",
    "roundSpan", "breaks",     "survey",       "component",  "sensitivity",
    "publish",   "prefer",     "stockDates",   "covers",     "dateMeans",
    "repeats"};

static void read_mtm(mtmi_properties *in, const json_t *json, mtmi_resource *out) {
    const json_t *mtm = mtmi_properties_object(in, json, "mtm");
    size_t before = mtmi_properties_enter(in, "mtm");
    int64_t multiplier = 0, decimals = -1;

    mtmi_properties_check(in, mtm, mtm_properties, COUNT(mtm_properties));
    mtmi_properties_text(in, mtm, "concept", &out->concept);
    mtmi_properties_text(in, mtm, "unit", &out->unit);
    mtmi_properties_text(in, mtm, "coverage", &out->coverage);
    mtmi_properties_int(in, mtm, "multiplier", -9, 18, &multiplier);
    mtmi_properties_int(in, mtm, "decimals", 0, 9, &decimals);
    out->multiplier = (int)multiplier;
    out->multiplier_given = json_object_get(mtm, "multiplier") != NULL;
    out->unit_given = out->unit != NULL;
    out->decimals = (int)decimals;
    mtmi_properties_titles(in, mtm, "title", &out->title);
    mtmi_properties_bool(in, mtm, "cumulative", &out->cumulative);
    mtmi_properties_bool(in, mtm, "confidential", &out->confidential);
    mtmi_properties_bool(in, mtm, "microdata", &out->microdata);
    out->survey = mtmi_properties_object(in, mtm, "survey") != NULL;
    read_choices(in, mtm, out);
    mtmi_resource_coverage(in, mtm, out);
    read_release(in, mtm, &out->release);
    mtmi_properties_pairs(in, mtm, "dimensions", &out->dimensions, &out->n_dimensions);
    mtmi_properties_pairs(in, mtm, "aliases", &out->aliases, &out->n_aliases);
    read_filters(in, mtm, out);
    mtmi_resource_numbers(in, mtm, &out->number);
    if (out->add_repeats && (out->microdata || out->kind == MTM_KIND_STOCK || out->kind == MTM_KIND_SHARE)) {
        mtmi_properties_refuse(in, "repeats", "add", "it only for flows that are no microdata");
    }
    if (mtmi_properties_object(in, mtm, "tabulate") != NULL && !out->microdata) {
        mtmi_properties_refuse(in, "tabulate", "it", "it only where microdata is true");
    }
    complete_concept(in, out);
    mtmi_resource_component(in, mtm, out);
    out->microdata_spec = out->microdata ? json_incref((json_t *)(uintptr_t)mtm) : NULL;
    mtmi_properties_leave(in, before);
}

static void add_path(mtmi_properties *in, const char *path, mtmi_resource *out) {
    const char *wrong = path == NULL ? "something else than text" : mtmi_path_wrong(path);

    if (in->status != MTM_OK) {
        return;
    }
    if (wrong != NULL) {
        in->status =
            mtmi_error_set(in->err, MTM_ERROR_PATH, 0, (mtmi_place){in->path, 0, 0},
                           "found %s in the path %q, expected a path inside the folder, with / between its parts",
                           wrong, path == NULL ? "" : path);
        return;
    }
    out->paths[out->n_paths] = mtmi_memory_copy_text(path);
    if (out->paths[out->n_paths] == NULL) {
        mtmi_properties_no_memory(in);
        return;
    }
    out->n_paths++;
}

static void read_paths(mtmi_properties *in, const json_t *json, mtmi_resource *out) {
    const json_t *path = json_object_get(json, "path");
    size_t n = json_is_array(path) ? json_array_size(path) : 1;
    size_t before;

    if (in->status != MTM_OK) {
        return;
    }
    if (json_object_get(json, "data") != NULL) {
        mtmi_properties_refuse(in, "data", "rows inside the JSON", "a path: figures are kept in files");
        return;
    }
    if (path == NULL || n == 0 || n > PATHS_MAX) {
        mtmi_properties_refuse(in, "path", path == NULL || n == 0 ? "nothing" : "too many",
                               "a path inside the folder, or a list of up to 256");
        return;
    }
    out->paths = mtmi_memory_new(n, sizeof *out->paths);
    if (out->paths == NULL) {
        mtmi_properties_no_memory(in);
        return;
    }
    before = mtmi_properties_enter(in, "path");
    for (size_t i = 0; i < n; i++) {
        add_path(in, json_string_value(json_is_array(path) ? json_array_get(path, i) : path), out);
    }
    mtmi_properties_leave(in, before);
}

static int is_hex(const char *text, size_t n) {
    return strlen(text) == n && strspn(text, "0123456789abcdefABCDEF") == n;
}

static void read_integrity(mtmi_properties *in, const json_t *json, mtmi_resource *out) {
    const char *digits;

    mtmi_properties_int(in, json, "bytes", 0, INT64_MAX, &out->bytes);
    mtmi_properties_text(in, json, "hash", &out->hash);
    if (out->hash == NULL) {
        return;
    }
    digits = strchr(out->hash, ':') == NULL ? out->hash : strchr(out->hash, ':') + 1;
    if (!(strncmp(out->hash, "sha256:", 7) == 0 && is_hex(digits, 64)) &&
        !((digits == out->hash || strncmp(out->hash, "md5:", 4) == 0) && is_hex(digits, 32))) {
        mtmi_properties_refuse(in, "hash", "another form", "sha256: and 64 hexadecimal digits, or an MD5 of 32");
    } else if (out->n_paths > 1) {
        mtmi_properties_refuse(in, "hash", "one digest", "none where there are several paths");
    }
}

static int append_json(const char *bytes, size_t size, void *data) {
    mtmi_buffer_add(data, bytes, size);
    return ((mtmi_buffer *)data)->failed ? -1 : 0;
}

static void keep_json(mtmi_properties *in, const json_t *json, mtmi_resource *out) {
    mtmi_buffer buffer = MTMI_BUFFER_INIT;

    if (in->status != MTM_OK) {
        return;
    }
    if (json_dump_callback(json, append_json, &buffer, JSON_COMPACT) == 0) {
        out->json = mtmi_memory_copy_bytes(buffer.data, buffer.size);
    }
    mtmi_buffer_free(&buffer);
    if (out->json == NULL) {
        mtmi_properties_no_memory(in);
    }
}

mtm_status mtmi_resource_new(const char *name, mtmi_resource **out, mtm_error *err) {
    mtmi_resource *resource = mtmi_memory_new(1, sizeof *resource);

    *out = NULL;
    if (resource == NULL) {
        return mtmi_error_memory(err);
    }
    resource->bytes = -1;
    resource->decimals = -1;
    resource->methodology_public = -1;
    resource->may_have_more = 1;
    resource->component.level = -1;
    resource->dialect.header_rows = -1;
    resource->dialect.skip_rows = -1;
    resource->dialect.has_header = -1;
    resource->release.date = MTMI_PERIOD_NONE;
    resource->name = mtmi_memory_copy_text(name);
    if (name != NULL && resource->name == NULL) {
        mtmi_resource_free(resource);
        return mtmi_error_memory(err);
    }
    *out = resource;
    return MTM_OK;
}

/* In a row that is shifted an id, or a name, stands in any cell. */
static void withhold_text(mtmi_resource *out) {
    out->withholds_text = out->confidential;
    for (size_t i = 0; i < out->n_fields; i++) {
        const mtmi_role role = out->fields[i].role;
        out->withholds_text |= role == MTMI_ROLE_ID || role == MTMI_ROLE_HOUSEHOLD;
    }
}

/* Rows under an id that tells persons apart are events of persons. */
static void take_registrations(const json_t *json, mtmi_resource *out) {
    for (size_t i = 0; i < out->n_fields; i++) {
        out->registrations |= out->fields[i].dedupe;
    }
    if (!out->registrations) {
        return;
    }
    out->confidential = 1;
    if (!out->microdata) {
        out->microdata = 1;
        out->microdata_spec = json_incref(json_object_get(json, "mtm"));
    }
}

static void read_resource(mtmi_properties *in, const json_t *json, mtmi_resource *out) {
    const char *null_sequence = NULL;

    mtmi_properties_text(in, json, "name", &out->name);
    mtmi_properties_titles(in, json, "title", &out->title);
    mtmi_resource_dialect(in, json, &out->dialect, &null_sequence);
    read_mtm(in, json, out);
    mtmi_resource_schema(in, json, null_sequence, out);
    take_registrations(json, out);
    withhold_text(out);
    mtmi_resource_source(in, json, &out->source);
    keep_json(in, json, out);
}

/* What comes from a package needs a name and files; what a caller passes along with a file does not. */
mtm_status mtmi_resource_read(const json_t *json, const char *place, mtmi_resource **out, mtm_error *err) {
    mtmi_properties in;
    mtmi_resource *resource = NULL;
    mtm_status status = mtmi_resource_new(NULL, &resource, err);

    *out = NULL;
    if (status != MTM_OK) {
        return status;
    }
    mtmi_properties_start(&in, place, err);
    if (!json_is_object(json)) {
        mtmi_properties_refuse(&in, NULL, "something else", "an object");
    } else {
        read_resource(&in, json, resource);
        if (json_object_get(json, "path") != NULL || json_object_get(json, "data") != NULL) {
            read_paths(&in, json, resource);
            read_integrity(&in, json, resource);
        }
    }
    if (in.status != MTM_OK) {
        mtmi_resource_free(resource);
        return in.status;
    }
    *out = resource;
    return MTM_OK;
}

void mtmi_resource_free(mtmi_resource *resource) {
    if (resource == NULL) {
        return;
    }
    for (size_t i = 0; i < resource->n_paths; i++) {
        mtmi_memory_free(resource->paths[i]);
    }
    for (size_t i = 0; i < resource->n_fields; i++) {
        mtmi_field_free(&resource->fields[i]);
    }
    for (size_t i = 0; i < resource->n_rows; i++) {
        mtmi_memory_free(resource->rows[i].column);
        mtmi_marks_free(&resource->rows[i].labels);
    }
    mtmi_resource_coverage_free(resource);
    mtmi_component_free(&resource->component);
    for (size_t i = 0; i < 3; i++) {
        mtmi_memory_free(resource->title.text[i]);
    }
    mtmi_memory_free(resource->paths);
    mtmi_memory_free(resource->fields);
    mtmi_memory_free(resource->rows);
    mtmi_memory_free(resource->name);
    mtmi_memory_free(resource->hash);
    mtmi_memory_free(resource->concept);
    mtmi_memory_free(resource->unit);
    mtmi_memory_free(resource->coverage);
    mtmi_memory_free(resource->json);
    mtmi_dialect_free(&resource->dialect);
    mtmi_number_style_free(&resource->number);
    mtmi_pairs_free(resource->dimensions, resource->n_dimensions);
    mtmi_pairs_free(resource->aliases, resource->n_aliases);
    mtmi_source_note_free(&resource->source);
    json_decref(resource->microdata_spec);
    mtmi_memory_free(resource);
}
