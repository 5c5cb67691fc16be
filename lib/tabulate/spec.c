/* Reads the JSON of a specification (docs/tabulate.md). Which columns a file has is checked when it is added. */
#include "tabulate/spec.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <stdlib.h>
#include <string.h>

#define DATES "dates" /* the axis of what rows are dated, which no grouping can ask for */
#define PLACE ((mtmi_place){"specification", 0, 0})

static const struct {
    const char *name;
    int months;
} granularities[] = {{"quarter", 3}, {"month", 1}, {"half-year", 6},
                     {"year", 12},   {"day", 0},   {DATES, MTMI_SPEC_DATES}};
#define N_GRANULARITIES (sizeof granularities / sizeof granularities[0])

static const int32_t usual_bands[] = {0, 15, 25, 35, 45, 55, 65};

int mtmi_spec_months(const char *name) {
    size_t i;
    for (i = 0; i < N_GRANULARITIES; i++) {
        if (strcmp(granularities[i].name, name) == 0) {
            return granularities[i].months;
        }
    }
    return -2;
}

const char *mtmi_spec_months_name(int months) {
    size_t i;
    for (i = 0; i < N_GRANULARITIES; i++) {
        if (granularities[i].months == months) {
            return granularities[i].name;
        }
    }
    return "";
}

static mtm_status wrong(mtm_error *err, const char *what, const char *found, const char *expected) {
    return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, PLACE, "%s is %q; expected %s", what, found, expected);
}

static mtm_status copy_text(char **out, const char *text, mtm_error *err) {
    *out = mtmi_memory_copy_text(text);
    return *out != NULL ? MTM_OK : mtmi_error_memory(err);
}

/* Only the keys named in `known` (separated by spaces) may be there. */
static mtm_status check_keys(const json_t *object, const char *what, const char *known, mtm_error *err) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value) {
        const char *at = strstr(known, key);
        size_t length = strlen(key);
        while (at != NULL && ((at != known && at[-1] != ' ') || (at[length] != ' ' && at[length] != '\0'))) {
            at = strstr(at + 1, key);
        }
        if (length == 0 || at == NULL) {
            return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, PLACE, "%s has the property %q; expected only: %s", what,
                                  key, known);
        }
    }
    return MTM_OK;
}

static mtm_status read_bands(mtmi_spec *spec, const json_t *json, mtm_error *err) {
    size_t n = json == NULL ? sizeof usual_bands / sizeof usual_bands[0] : json_array_size(json), i;
    if (json != NULL && (!json_is_array(json) || n == 0 || n > MTMI_SPEC_OLDEST)) {
        return wrong(err, "\"ages\"", json_is_array(json) ? "an empty or very long list" : "no list",
                     "the first ages of the bands, such as [0, 15, 65]");
    }
    spec->bands = mtmi_memory_new(n, sizeof spec->bands[0]);
    if (spec->bands == NULL) {
        return mtmi_error_memory(err);
    }
    for (i = 0; i < n; i++) {
        json_int_t age = json == NULL ? usual_bands[i] : json_integer_value(json_array_get(json, i));
        if (json != NULL && (!json_is_integer(json_array_get(json, i)) || (i == 0 && age != 0) ||
                             age > MTMI_SPEC_OLDEST || (i > 0 && age <= spec->bands[i - 1]))) {
            return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, PLACE,
                                  "\"ages\" is wrong at entry %zu; expected whole numbers that begin with 0 and rise, "
                                  "none above %d",
                                  i + 1, (int)MTMI_SPEC_OLDEST);
        }
        spec->bands[i] = (int32_t)age;
    }
    spec->n_bands = (unsigned)n;
    return MTM_OK;
}

size_t mtmi_spec_band(const mtmi_spec *spec, unsigned band, char *out, size_t size) {
    mtmi_decimal_write(spec->bands[band], 0, out, size);
    if (band + 1 < spec->n_bands) {
        size_t length = strlen(out);
        out[length++] = '-';
        mtmi_decimal_write(spec->bands[band + 1] - 1, 0, out + length, size - length);
    } else {
        size_t length = strlen(out);
        out[length] = '+';
        out[length + 1] = '\0';
    }
    return strlen(out);
}

/* "age", or "age-group" where no column is declared to hold one: made from a birth. */
static int is_age(const mtmi_spec *spec, const char *name) {
    size_t i;
    if (strcmp(name, "age") == 0) {
        return 1;
    }
    if (strcmp(name, MTMI_SPEC_AGE_GROUP) != 0) {
        return 0;
    }
    for (i = 0; i < spec->resource->n_fields; i++) {
        const char *dimension = spec->resource->fields[i].dimension;
        if (dimension != NULL && strcmp(dimension, name) == 0) {
            return 0;
        }
    }
    return 1;
}

/* The code that holds for every row of the file, or NULL. */
static const char *fixed_code(const mtmi_spec *spec, const char *dimension) {
    size_t i;
    for (i = 0; i < spec->resource->n_dimensions; i++) {
        if (strcmp(spec->resource->dimensions[i].key, dimension) == 0) {
            return spec->resource->dimensions[i].value;
        }
    }
    return NULL;
}

/* The axis of a name, made when it is new. Periods are told from dimensions by their kind; there is one of ages. */
static mtm_status axis_of(mtmi_spec *spec, mtmi_axis_kind kind, const char *name, unsigned *out, mtm_error *err) {
    mtmi_axis *axis;
    unsigned i;
    for (i = 0; i < spec->n_axes; i++) {
        if (spec->axes[i].kind == kind && (kind == MTMI_AXIS_AGE || strcmp(spec->axes[i].name, name) == 0)) {
            *out = i;
            return MTM_OK;
        }
    }
    if (spec->n_axes + !spec->dates == MTMI_SPEC_AXES) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, PLACE, "more than %d different dimensions and periods",
                              (int)MTMI_SPEC_AXES - 1);
    }
    axis = &spec->axes[spec->n_axes];
    axis->kind = kind;
    axis->months = kind == MTMI_AXIS_PERIOD ? mtmi_spec_months(name) : 0;
    *out = spec->n_axes++;
    return copy_text(&axis->name, name, err);
}

static mtm_status period_of(mtmi_spec *spec, const json_t *json, unsigned *out, mtm_error *err) {
    const json_t *period = json_object_get(json, "period");
    const char *name = period == NULL ? "quarter" : json_string_value(period);
    if (name == NULL || mtmi_spec_months(name) < 0) {
        return wrong(err, "\"period\" of a grouping", name == NULL ? "no text" : name,
                     "day, month, quarter, half-year or year");
    }
    return axis_of(spec, MTMI_AXIS_PERIOD, name, out, err);
}

/* Periods must all be known before the first dimension, so that they come first. */
static mtm_status read_periods(mtmi_spec *spec, const json_t *groupings, mtm_error *err) {
    mtm_status status = MTM_OK;
    size_t i;
    unsigned axis;
    for (i = 0; i < json_array_size(groupings); i++) {
        const json_t *one = json_array_get(groupings, i);
        if (!json_is_object(one)) {
            return wrong(err, "an entry of \"groupings\"", "no object", "{\"by\": [...]}");
        }
        MTMI_TRY(period_of(spec, one, &axis, err));
    }
    if (spec->dates) {
        MTMI_TRY(axis_of(spec, MTMI_AXIS_PERIOD, DATES, &axis, err));
    }
out:
    spec->n_periods = spec->n_axes;
    return status;
}

static mtm_status add_dimension(mtmi_spec *spec, mtmi_grouping *grouping, const json_t *name, mtm_error *err) {
    const char *text = json_string_value(name);
    unsigned axis, i;
    if (text == NULL || text[0] == '\0') {
        return wrong(err, "an entry of \"by\"", "no text", "the name of a dimension");
    }
    if (fixed_code(spec, text) != NULL) {
        return MTM_OK; /* every dataset gets it */
    }
    if (grouping->n_axes == MTMI_GRID_AXES) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, PLACE, "a grouping has more than %d dimensions",
                              (int)MTMI_GRID_AXES - 1);
    }
    MTMI_CHECK_STATUS(axis_of(spec, is_age(spec, text) ? MTMI_AXIS_AGE : MTMI_AXIS_LABEL, text, &axis, err));
    for (i = 1; i < grouping->n_axes; i++) {
        if (grouping->axes[i] == axis) {
            return wrong(err, "\"by\"", text, "each dimension once");
        }
    }
    grouping->axes[grouping->n_axes++] = axis;
    return MTM_OK;
}

static mtm_status read_sum(mtmi_spec *spec, mtmi_grouping *grouping, const json_t *json, mtm_error *err) {
    const char *name = json_string_value(json);
    unsigned i;
    grouping->sum = -1;
    if (json == NULL) {
        return MTM_OK;
    }
    if (name == NULL || name[0] == '\0') {
        return wrong(err, "\"sum\"", "no text", "the name of a column of numbers");
    }
    for (i = 0; i < spec->n_sums && strcmp(spec->sums[i], name) != 0; i++) {}
    grouping->sum = (int)i;
    if (i < spec->n_sums) {
        return MTM_OK;
    }
    spec->n_sums++;
    return copy_text(&spec->sums[i], name, err);
}

/* "quarter-direction-citizenship", unless the specification gives a name. */
static mtm_status name_grouping(const mtmi_spec *spec, mtmi_grouping *grouping, const json_t *json, mtm_error *err) {
    const json_t *given = json_object_get(json, "name");
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    mtm_status status;
    size_t i;
    if (given != NULL && (!json_is_string(given) || json_string_length(given) == 0)) {
        return wrong(err, "\"name\" of a grouping", "no text", "a name");
    }
    if (given != NULL) {
        return copy_text(&grouping->name, json_string_value(given), err);
    }
    mtmi_buffer_text(&buffer, spec->axes[grouping->axes[0]].name);
    for (i = 0; i < json_array_size(json_object_get(json, "by")); i++) {
        mtmi_buffer_char(&buffer, '-');
        mtmi_buffer_text(&buffer, json_string_value(json_array_get(json_object_get(json, "by"), i)));
    }
    if (grouping->sum >= 0) {
        mtmi_buffer_char(&buffer, '-');
        mtmi_buffer_text(&buffer, spec->sums[grouping->sum]);
    }
    status = buffer.failed ? mtmi_error_memory(err) : copy_text(&grouping->name, buffer.data, err);
    mtmi_buffer_free(&buffer);
    return status;
}

static mtm_status read_grouping(mtmi_spec *spec, const json_t *json, mtm_error *err) {
    mtmi_grouping *grouping = &spec->groupings[spec->n_groupings++];
    const json_t *by = json_object_get(json, "by"), *unit = json_object_get(json, "unit");
    size_t i;
    MTMI_CHECK_STATUS(check_keys(json, "a grouping", "name by period sum unit", err));
    MTMI_CHECK_STATUS(period_of(spec, json, &grouping->axes[0], err));
    grouping->n_axes = 1;
    if (by != NULL && !json_is_array(by)) {
        return wrong(err, "\"by\"", "no list", "a list of dimensions, which may be empty");
    }
    for (i = 0; i < json_array_size(by); i++) {
        MTMI_CHECK_STATUS(add_dimension(spec, grouping, json_array_get(by, i), err));
    }
    MTMI_CHECK_STATUS(read_sum(spec, grouping, json_object_get(json, "sum"), err));
    if (unit != NULL && !json_is_string(unit)) {
        return wrong(err, "\"unit\" of a grouping", "no text", "a unit, such as USD");
    }
    if (unit != NULL) {
        MTMI_CHECK_STATUS(copy_text(&grouping->unit, json_string_value(unit), err));
    }
    MTMI_CHECK_STATUS(name_grouping(spec, grouping, json, err));
    for (i = 0; i + 1 < spec->n_groupings; i++) {
        if (strcmp(spec->groupings[i].name, grouping->name) == 0) {
            return wrong(err, "\"name\" of a grouping", grouping->name, "a name of its own for each grouping");
        }
    }
    return MTM_OK;
}

/* Rows by their dates: the last axis of periods, and nothing else. */
static mtm_status add_dates(mtmi_spec *spec, mtm_error *err) {
    mtmi_grouping *grouping = &spec->groupings[spec->n_groupings++];
    *grouping = (mtmi_grouping){.axes = {spec->n_periods - 1}, .n_axes = 1, .sum = -1};
    return copy_text(&grouping->name, DATES, err);
}

static mtm_status read_groupings(mtmi_spec *spec, const json_t *json, mtm_error *err) {
    size_t n = json_array_size(json), i;
    if (n == 0) {
        return wrong(err, "\"groupings\"", json == NULL ? "missing" : "empty", "a list of at least one grouping");
    }
    if (n >= MTMI_SPEC_GROUPINGS) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, PLACE, "%zu groupings; at most %d are taken", n,
                              (int)MTMI_SPEC_GROUPINGS - 1);
    }
    spec->groupings = mtmi_memory_new(n + 1, sizeof spec->groupings[0]);
    spec->axes = mtmi_memory_new(MTMI_SPEC_AXES, sizeof spec->axes[0]);
    spec->sums = mtmi_memory_new(n, sizeof spec->sums[0]);
    if (spec->groupings == NULL || spec->axes == NULL || spec->sums == NULL) {
        return mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(read_periods(spec, json, err));
    for (i = 0; i < n; i++) {
        MTMI_CHECK_STATUS(read_grouping(spec, json_array_get(json, i), err));
    }
    return spec->dates ? add_dates(spec, err) : MTM_OK;
}

/* A filter on what holds for the whole file lets all rows pass, or none. */
static mtm_status check_fixed(const mtmi_spec *spec, const char *name, const json_t *codes, mtm_error *err) {
    size_t i;
    for (i = 0; i < json_array_size(codes); i++) {
        const char *code = json_string_value(json_array_get(codes, i));
        if (code != NULL && strcmp(code, fixed_code(spec, name)) == 0) {
            return MTM_OK;
        }
    }
    return wrong(err, "\"filter\"", name, "the code that the resource gives to all rows");
}

static mtm_status read_filter(mtmi_spec *spec, const char *name, const json_t *codes, mtm_error *err) {
    size_t n = json_array_size(codes), i;
    mtmi_marks *only;
    unsigned axis;
    if (n == 0) {
        return wrong(err, "\"filter\"", name, "a list of codes after every dimension");
    }
    if (is_age(spec, name)) {
        return wrong(err, "\"filter\"", name, "a dimension that is a column of the file");
    }
    if (fixed_code(spec, name) != NULL) {
        return check_fixed(spec, name, codes, err);
    }
    MTMI_CHECK_STATUS(axis_of(spec, MTMI_AXIS_LABEL, name, &axis, err));
    only = &spec->axes[axis].only;
    only->marks = mtmi_memory_new(n, sizeof only->marks[0]);
    if (only->marks == NULL) {
        return mtmi_error_memory(err);
    }
    for (i = 0; i < n; i++) {
        const char *code = json_string_value(json_array_get(codes, i));
        if (code == NULL) {
            return wrong(err, "\"filter\"", name, "a list of codes after every dimension");
        }
        MTMI_CHECK_STATUS(copy_text(&only->marks[i], code, err));
        only->n = i + 1;
    }
    return MTM_OK;
}

static mtm_status read_filters(mtmi_spec *spec, const json_t *json, mtm_error *err) {
    const char *name;
    json_t *codes;
    if (json == NULL) {
        return MTM_OK;
    }
    if (!json_is_object(json)) {
        return wrong(err, "\"filter\"", "no object", "{\"direction\": [\"IN\"]}");
    }
    json_object_foreach((json_t *)json, name, codes) {
        MTMI_CHECK_STATUS(read_filter(spec, name, codes, err));
    }
    return MTM_OK;
}

/* Registrations: whoever has one id is one person, of one sex. */
static mtm_status read_registry(mtmi_spec *spec, const json_t *json, mtm_error *err) {
    unsigned axis = 0;
    spec->sex_axis = -1;
    spec->registry = spec->resource->registrations;
    if (!spec->registry) {
        return MTM_OK;
    }
    if (json_object_get(json, "filter") != NULL || spec->n_sums > 0) {
        return wrong(err, "a grouping of registrations", spec->n_sums > 0 ? "a sum" : "a filter",
                     "persons by dimensions: one who moves out of a filter would not be seen leaving");
    }
    if (fixed_code(spec, "sex") == NULL && spec->n_axes < MTMI_SPEC_AXES) {
        MTMI_CHECK_STATUS(axis_of(spec, MTMI_AXIS_LABEL, "sex", &axis, err));
        spec->sex_axis = (int)axis;
    }
    return MTM_OK;
}

static mtm_status dump(const json_t *json, char **out, mtm_error *err) {
    char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    mtm_status status = text == NULL ? mtmi_error_memory(err) : copy_text(out, text, err);
    free(text);
    return status;
}

/* Two states may be merged when they count the same; how their files were written does not matter. */
static mtm_status canonical(mtmi_spec *spec, const json_t *json, mtm_error *err) {
    static const char *const of_the_file[] = {"path",     "name",         "hash",    "bytes",       "encoding",
                                              "dialect",  "schema",       "title",   "description", "sources",
                                              "licenses", "contributors", "profile", "format",      "mediatype"};
    json_t *meaning = json_deep_copy(json), *resource;
    mtm_status status = MTM_OK;
    size_t i;
    if (meaning == NULL) {
        return mtmi_error_memory(err);
    }
    resource = json_object_get(meaning, "resource");
    for (i = 0; resource != NULL && i < sizeof of_the_file / sizeof of_the_file[0]; i++) {
        json_object_del(resource, of_the_file[i]);
    }
    MTMI_TRY(dump(json, &spec->text, err));
    MTMI_TRY(dump(meaning, &spec->meaning, err));
out:
    json_decref(meaning);
    return status;
}

/* Whatever it says of itself, its rows are events. */
static mtm_status read_resource(mtmi_spec *spec, const json_t *json, mtm_error *err) {
    MTMI_CHECK_STATUS(json == NULL ? mtmi_resource_new("microdata", &spec->resource, err)
                                   : mtmi_resource_read(json, "specification: resource", &spec->resource, err));
    spec->resource->microdata = 1;
    return MTM_OK;
}

/* Whether the days are kept on which rows are dated. */
static mtm_status read_coverage(mtmi_spec *spec, const json_t *json, mtm_error *err) {
    spec->dates = json_is_true(json) ? 1 : 0;
    return json == NULL || json_is_boolean(json) ? MTM_OK
                                                 : wrong(err, "\"coverage\"", "something else", "true or false");
}

static mtm_status check_object(const json_t *json, const json_error_t *why, mtm_error *err) {
    mtmi_place place = {"specification", why->line, why->column};
    if (json == NULL) {
        return mtmi_error_set(err, MTM_ERROR_STRUCTURE, 0, place, "no JSON: %s", why->text);
    }
    if (!json_is_object(json)) {
        return wrong(err, "the specification", "no object", "{\"groupings\": [{\"by\": [...]}]}");
    }
    return check_keys(json, "the specification", "resource groupings filter ages coverage", err);
}

mtm_status mtmi_spec_read(const char *text, size_t size, mtmi_spec **out, mtm_error *err) {
    json_error_t why;
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &why);
    mtmi_spec *spec = mtmi_memory_new(1, sizeof *spec);
    mtm_status status = MTM_OK;
    *out = NULL;
    MTMI_TRY(spec == NULL ? mtmi_error_memory(err) : check_object(json, &why, err));
    MTMI_TRY(read_resource(spec, json_object_get(json, "resource"), err));
    MTMI_TRY(read_coverage(spec, json_object_get(json, "coverage"), err));
    MTMI_TRY(read_groupings(spec, json_object_get(json, "groupings"), err));
    MTMI_TRY(read_filters(spec, json_object_get(json, "filter"), err));
    MTMI_TRY(read_bands(spec, json_object_get(json, "ages"), err));
    MTMI_TRY(read_registry(spec, json, err));
    MTMI_TRY(canonical(spec, json, err));
    *out = spec;
    spec = NULL;
out:
    json_decref(json);
    mtmi_spec_free(spec);
    return status;
}

void mtmi_spec_free(mtmi_spec *spec) {
    size_t i, k;
    if (spec == NULL) {
        return;
    }
    for (i = 0; i < spec->n_axes; i++) {
        mtmi_memory_free(spec->axes[i].name);
        for (k = 0; k < spec->axes[i].only.n; k++) {
            mtmi_memory_free(spec->axes[i].only.marks[k]);
        }
        mtmi_memory_free(spec->axes[i].only.marks);
    }
    for (i = 0; i < spec->n_groupings; i++) {
        mtmi_memory_free(spec->groupings[i].name);
        mtmi_memory_free(spec->groupings[i].unit);
    }
    for (i = 0; i < spec->n_sums; i++) {
        mtmi_memory_free(spec->sums[i]);
    }
    mtmi_resource_free(spec->resource);
    mtmi_memory_free(spec->axes);
    mtmi_memory_free(spec->groupings);
    mtmi_memory_free(spec->sums);
    mtmi_memory_free(spec->bands);
    mtmi_memory_free(spec->text);
    mtmi_memory_free(spec->meaning);
    mtmi_memory_free(spec);
}
