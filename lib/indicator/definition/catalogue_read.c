/* Reads the JSON of a catalogue (docs/catalogue.md). An error names the list, the entry, the property and what it
 * should be. */
#include "indicator/definition/catalogue.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"

#include <string.h>

/* Where the reader is: for messages. */
typedef struct place {
    const char *file;
    const char *list; /* "indicators", "sections" */
    size_t index;
    const char *id; /* of the definition, NULL before it is known */
    mtm_error *err;
} place;

static mtm_status wrong(const place *at, const char *property, const char *found, const char *expected) {
    return mtmi_error_set(at->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){at->file, 0, 0},
                          "%s[%zu] (%s): %s: found %q, expected %s", at->list, at->index, at->id != NULL ? at->id : "?",
                          property, found, expected);
}

static const char *type_of(const json_t *value) {
    static const char *const names[] = {"an object", "a list", "a text", "a number",
                                        "a number",  "true",   "false",  "null"};
    return value == NULL ? "nothing" : names[json_typeof(value)];
}

static const char *shown(const json_t *value) {
    return json_is_string(value) ? json_string_value(value) : type_of(value);
}

/* Only the properties named in known, each followed by a space, may be there. */
static mtm_status check_keys(const place *at, const json_t *object, const char *what, const char *known) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value) {
        size_t length = strlen(key);
        const char *met = known;
        while (met != NULL && !(strncmp(met, key, length) == 0 && met[length] == ' ')) {
            met = strchr(met, ' ');
            met = met != NULL && met[1] != '\0' ? met + 1 : NULL;
        }
        if (met == NULL || length == 0) {
            return wrong(at, what, key, known);
        }
    }
    return MTM_OK;
}

static mtm_status copy_text(const place *at, char **out, const char *text) {
    *out = mtmi_memory_copy_text(text);
    return *out != NULL ? MTM_OK : mtmi_error_memory(at->err);
}

static mtm_status read_text(const place *at, const json_t *object, const char *property, char **out) {
    const json_t *value = json_object_get(object, property);
    if (!json_is_string(value) || json_string_length(value) == 0) {
        return wrong(at, property, json_is_string(value) ? "" : type_of(value), "a text");
    }
    return copy_text(at, out, json_string_value(value));
}

static int is_id(const char *text) {
    size_t n = strlen(text);
    return n > 0 && n <= 80 && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

static mtm_status read_id(const place *at, const json_t *object, const char *property, char **out) {
    MTMI_CHECK_STATUS(read_text(at, object, property, out));
    if (!is_id(*out)) {
        return wrong(at, property, *out, "lower-case letters, digits and hyphens");
    }
    return MTM_OK;
}

/* One text for all languages, or one each. */
static mtm_status read_titles(const place *at, const json_t *value, const char *property, mtmi_titles *out) {
    static const char *const languages[] = {"en", "ru", "kk"};
    size_t n = 0;
    if (json_is_string(value) && json_string_length(value) > 0) {
        return copy_text(at, &out->text[0], json_string_value(value));
    }
    if (!json_is_object(value)) {
        return wrong(at, property, shown(value), "a text, or {\"en\": ..., \"ru\": ..., \"kk\": ...}");
    }
    MTMI_CHECK_STATUS(check_keys(at, value, property, "en ru kk "));
    for (int i = 0; i < 3; i++) {
        const json_t *text = json_object_get(value, languages[i]);
        if (text != NULL && !(json_is_string(text) && json_string_length(text) > 0)) {
            return wrong(at, property, shown(text), "a text in each language");
        }
        if (text != NULL) {
            MTMI_CHECK_STATUS(copy_text(at, &out->text[i], json_string_value(text)));
        }
        n += text != NULL;
    }
    return n == 0 ? wrong(at, property, "no language", "at least one of en, ru, kk") : MTM_OK;
}

static mtm_status read_filter(const place *at, const json_t *value, const char *property, mtmi_measure *out) {
    const char *key;
    json_t *code;
    if (value == NULL) {
        return MTM_OK;
    }
    if (!json_is_object(value)) {
        return wrong(at, property, shown(value), "an object of dimensions and codes, such as {\"direction\": \"IN\"}");
    }
    out->filters = mtmi_memory_new(json_object_size(value) + 1, sizeof *out->filters);
    if (out->filters == NULL) {
        return mtmi_error_memory(at->err);
    }
    json_object_foreach((json_t *)value, key, code) {
        if (!json_is_string(code) || json_string_length(code) == 0) {
            return wrong(at, property, shown(code), "one code a dimension");
        }
        mtmi_filter *filter = &out->filters[out->n_filters++];
        MTMI_CHECK_STATUS(copy_text(at, &filter->dimension, key));
        MTMI_CHECK_STATUS(copy_text(at, &filter->code, json_string_value(code)));
    }
    return MTM_OK;
}

static mtm_status read_kind(const place *at, const json_t *object, mtm_kind usual, mtm_kind *out) {
    static const char *const names[] = {
        [MTM_KIND_FLOW] = "flow", [MTM_KIND_STOCK] = "stock", [MTM_KIND_SHARE] = "share"};
    const json_t *value = json_object_get(object, "kind");
    *out = usual;
    for (int i = MTM_KIND_FLOW; i <= MTM_KIND_SHARE && value != NULL; i++) {
        if (json_is_string(value) && strcmp(json_string_value(value), names[i]) == 0) {
            *out = (mtm_kind)i;
            return MTM_OK;
        }
    }
    return value == NULL ? MTM_OK : wrong(at, "kind", shown(value), "flow, stock or share");
}

static mtm_status read_measure(const place *at, const json_t *object, mtm_kind usual, mtmi_measure *out) {
    MTMI_CHECK_STATUS(read_id(at, object, "concept", &out->concept));
    MTMI_CHECK_STATUS(read_text(at, object, "unit", &out->unit));
    MTMI_CHECK_STATUS(read_kind(at, object, usual, &out->kind));
    return read_filter(at, json_object_get(object, "filter"), "filter", out);
}

static mtm_status read_statistic(const place *at, const json_t *object, mtmi_statistic *out) {
    static const char *const names[] = {"sum", "last", "net", "share", "average"};
    const json_t *value = json_object_get(object, "statistic");
    for (int i = 0; i < 5 && json_is_string(value); i++) {
        if (strcmp(json_string_value(value), names[i]) == 0) {
            *out = (mtmi_statistic)i;
            return MTM_OK;
        }
    }
    return wrong(at, "statistic", shown(value), "sum, last, net, share or average");
}

/* What is subtracted is of the same concept; what a share is of may be another. */
static mtm_status read_second(const place *at, const json_t *object, mtm_indicator *out) {
    const json_t *minus = json_object_get(object, "minus"), *of = json_object_get(object, "of");
    if ((minus != NULL) != (out->statistic == MTMI_STATISTIC_NET)) {
        return wrong(at, "minus", shown(minus), "a filter for the statistic net, and for no other");
    }
    if ((of != NULL) != (mtmi_statistic_divides(out->statistic))) {
        return wrong(at, "of", shown(of),
                     "concept, unit and filter for the statistics share and average, and for no other");
    }
    if (minus != NULL) {
        MTMI_CHECK_STATUS(copy_text(at, &out->second.concept, out->measure.concept));
        MTMI_CHECK_STATUS(copy_text(at, &out->second.unit, out->measure.unit));
        out->second.kind = out->measure.kind;
        return read_filter(at, minus, "minus", &out->second);
    }
    if (of == NULL) {
        return MTM_OK;
    }
    if (!json_is_object(of)) {
        return wrong(at, "of", shown(of), "an object with concept, unit, kind and filter");
    }
    MTMI_CHECK_STATUS(check_keys(at, of, "of", "concept unit kind filter "));
    return read_measure(at, of, out->measure.kind, &out->second);
}

static mtm_status read_dimensions(const place *at, const json_t *value, mtm_indicator *out) {
    size_t n = json_is_array(value) ? json_array_size(value) : 1;
    out->dimensions = mtmi_memory_new(n + 1, sizeof *out->dimensions);
    if (out->dimensions == NULL) {
        return mtmi_error_memory(at->err);
    }
    if (n == 0) {
        return wrong(at, "breakdown.dimension", "an empty list", "a dimension, or several of which one is used");
    }
    for (size_t i = 0; i < n; i++) {
        const json_t *name = json_is_array(value) ? json_array_get(value, i) : value;
        if (!json_is_string(name) || !is_id(json_string_value(name))) {
            return wrong(at, "breakdown.dimension", shown(name), "the name of a dimension");
        }
        MTMI_CHECK_STATUS(copy_text(at, &out->dimensions[i], json_string_value(name)));
        out->n_dimensions++;
    }
    return MTM_OK;
}

static mtm_status read_breakdown(const place *at, const json_t *object, mtm_indicator *out) {
    const json_t *value = json_object_get(object, "breakdown"), *top = json_object_get(value, "top");
    const json_t *ranked = json_object_get(value, "ranked");
    out->top = MTMI_TOP_ALL;
    if (value == NULL) {
        return MTM_OK;
    }
    if (!json_is_object(value)) {
        return wrong(at, "breakdown", shown(value), "an object with dimension, top and ranked");
    }
    MTMI_CHECK_STATUS(check_keys(at, value, "breakdown", "dimension top ranked "));
    if (top != NULL &&
        !(json_is_integer(top) && json_integer_value(top) > 0 && json_integer_value(top) < MTMI_TOP_ALL)) {
        return wrong(at, "breakdown.top", shown(top), "a whole number above 0");
    }
    if (ranked != NULL && !json_is_boolean(ranked)) {
        return wrong(at, "breakdown.ranked", shown(ranked), "true or false");
    }
    out->unranked = json_is_false(ranked);
    out->top = top != NULL ? (int32_t)json_integer_value(top) : MTMI_TOP_ALL;
    return read_dimensions(at, json_object_get(value, "dimension"), out);
}

/* "within" or "outside" a group of countries; the breakdown tells who is in it. */
static mtm_status read_group(const place *at, const json_t *object, mtm_indicator *out) {
    const json_t *within = json_object_get(object, "within"), *outside = json_object_get(object, "outside");
    const json_t *value = within != NULL ? within : outside;
    const char *property = within != NULL ? "within" : "outside";
    if (value == NULL) {
        return MTM_OK;
    }
    if (within != NULL && outside != NULL) {
        return wrong(at, property, "outside beside it", "one of them");
    }
    if (out->n_dimensions == 0 || mtmi_statistic_divides(out->statistic)) {
        return wrong(at, property, shown(value), "a breakdown by country, and neither share nor average");
    }
    const mtm_codelist *groups = mtmi_codelist_get("country-group");
    if (!json_is_string(value) || mtmi_codelist_index(groups, json_string_value(value)) < 0) {
        return wrong(at, property, shown(value), "a code of the list country-group");
    }
    out->outside = within == NULL;
    return copy_text(at, &out->group, json_string_value(value));
}

/* "foreigners": what is counted is of foreigners, whatever else a table lists. */
static mtm_status read_foreigners(const place *at, const json_t *object, mtm_indicator *out) {
    const json_t *value = json_object_get(object, "foreigners");
    const int is_alone = out->statistic != MTMI_STATISTIC_SHARE && (out->group == NULL || out->outside);
    out->foreigners = json_is_true(value);
    return value == NULL || (json_is_boolean(value) && (is_alone || !out->foreigners))
               ? MTM_OK
               : wrong(at, "foreigners", shown(value), "true or false, and true with neither a share nor within");
}

static mtm_status read_comparisons(const place *at, const json_t *object, mtm_indicator *out) {
    static const char *const names[] = {"previous-period", "same-period-last-year"};
    const json_t *value = json_object_get(object, "comparisons");
    out->comparisons[0] = out->comparisons[1] = value == NULL;
    if (value != NULL && !json_is_array(value)) {
        return wrong(at, "comparisons", shown(value), "a list");
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *name = json_string_value(json_array_get(value, i));
        int known = name != NULL ? (strcmp(name, names[0]) == 0 ? 0 : strcmp(name, names[1]) == 0 ? 1 : -1) : -1;
        if (known < 0) {
            return wrong(at, "comparisons", shown(json_array_get(value, i)),
                         "previous-period or same-period-last-year");
        }
        out->comparisons[known] = 1;
    }
    return MTM_OK;
}

static mtm_status read_decimals(const place *at, const json_t *object, mtm_indicator *out) {
    const json_t *value = json_object_get(object, "decimals");
    const json_int_t decimals = json_integer_value(value);
    if (value != NULL && !(json_is_integer(value) && decimals >= 0 && decimals <= 6)) {
        return wrong(at, "decimals", shown(value), "a whole number from 0 to 6");
    }
    out->decimals = value != NULL ? (int)decimals : 1;
    return MTM_OK;
}

/* The number of a text in a list, or -1. */
static int choose(const json_t *value, const char *const *names, int n) {
    for (int i = 0; i < n && json_is_string(value); i++) {
        if (strcmp(json_string_value(value), names[i]) == 0) {
            return i;
        }
    }
    return -1;
}

/* Figures of rounds are never added; which component has them, the concept says where nothing else does. */
static mtm_status read_component(const place *at, const json_t *object, mtm_indicator *out) {
    static const char *const components[] = {"mobility-tracking", "flow-registry", "registration"};
    static const char *const numbers[] = {"stock", "areas", "change", "household-size", "days"};
    static const char *const tracked[] = {"displacement", "location-needs"};
    const json_t *component = json_object_get(object, "component"), *rounds = json_object_get(object, "rounds");
    const int is_tracked = choose(json_object_get(object, "concept"), tracked, 2) >= 0;
    const int known = choose(component, components, 3),
              number = choose(rounds, numbers, sizeof numbers / sizeof *numbers);
    if (component != NULL && known < 0) {
        return wrong(at, "component", shown(component), "mobility-tracking, flow-registry or registration");
    }
    if (rounds != NULL && number < 0) {
        return wrong(at, "rounds", shown(rounds), "stock, areas, change, household-size or days");
    }
    out->component = known >= 0                                         ? (mtmi_component)(known + 1)
                     : is_tracked && out->measure.kind != MTM_KIND_FLOW ? MTMI_COMPONENT_MOBILITY
                                                                        : MTMI_COMPONENT_NONE;
    out->rounds = number >= 0 ? (mtmi_round_number)number : MTMI_ROUNDS_STOCK;
    return MTM_OK;
}

static mtm_status read_section(const place *at, const json_t *object, const mtm_catalogue *catalogue, char **out) {
    MTMI_CHECK_STATUS(read_id(at, object, "section", out));
    if (mtmi_titled_find(catalogue->sections, catalogue->n_sections, *out) == NULL) {
        return wrong(at, "section", *out, "a section of the built-in catalogue or of \"sections\"");
    }
    return MTM_OK;
}

/* An indicator of a survey: its figures come from answers, not from datasets. */
static mtm_status read_survey(const place *at, const json_t *object, mtm_indicator *out) {
    MTMI_CHECK_STATUS(check_keys(at, object, "properties", "id section title definition statistic survey "));
    MTMI_CHECK_STATUS(mtmi_survey_ask_read(object, at->file, at->id, &out->survey, at->err));
    MTMI_CHECK_STATUS(copy_text(at, &out->measure.concept, "survey"));
    const int share = out->survey->statistic == MTM_STATISTIC_PROPORTION;
    out->statistic = MTMI_STATISTIC_SURVEY;
    out->measure.kind = MTM_KIND_SHARE;
    return copy_text(at, &out->measure.unit, share ? "percent" : mtmi_titles_get(&out->survey->unit, MTM_LANGUAGE_EN));
}

static mtm_status read_indicator(place *at, const json_t *object, const mtm_catalogue *catalogue, mtm_indicator *out) {
    static const char known[] = "id section title definition concept unit kind filter statistic minus of within "
                                "outside foreigners breakdown comparisons decimals survey component rounds ";
    if (!json_is_object(object)) {
        return wrong(at, "the entry", shown(object), "an object");
    }
    MTMI_CHECK_STATUS(read_id(at, object, "id", &out->id));
    at->id = out->id;
    MTMI_CHECK_STATUS(check_keys(at, object, "properties", known));
    MTMI_CHECK_STATUS(read_section(at, object, catalogue, &out->section));
    MTMI_CHECK_STATUS(read_titles(at, json_object_get(object, "title"), "title", &out->title));
    MTMI_CHECK_STATUS(read_titles(at, json_object_get(object, "definition"), "definition", &out->definition));
    if (json_object_get(object, "survey") != NULL) {
        return read_survey(at, object, out);
    }
    MTMI_CHECK_STATUS(read_statistic(at, object, &out->statistic));
    mtm_kind usual = out->statistic == MTMI_STATISTIC_LAST || out->statistic == MTMI_STATISTIC_SHARE ? MTM_KIND_STOCK
                                                                                                     : MTM_KIND_FLOW;
    MTMI_CHECK_STATUS(read_measure(at, object, usual, &out->measure));
    MTMI_CHECK_STATUS(read_component(at, object, out));
    MTMI_CHECK_STATUS(read_second(at, object, out));
    MTMI_CHECK_STATUS(read_breakdown(at, object, out));
    MTMI_CHECK_STATUS(read_group(at, object, out));
    MTMI_CHECK_STATUS(read_foreigners(at, object, out));
    MTMI_CHECK_STATUS(read_comparisons(at, object, out));
    return read_decimals(at, object, out);
}

/* A title of the same id replaces the one that is there. */
static mtm_status add_titled(const place *at, const char *id, const json_t *title, mtmi_titled **table, size_t *n,
                             size_t *capacity) {
    mtmi_titled *entry = NULL;
    void *block = *table;
    for (size_t i = 0; i < *n; i++) {
        entry = strcmp((*table)[i].id, id) == 0 ? &(*table)[i] : entry;
    }
    if (entry == NULL) {
        if (!mtmi_memory_reserve(&block, capacity, *n + 1, sizeof **table)) {
            return mtmi_error_memory(at->err);
        }
        *table = block;
        entry = &(*table)[*n];
        memset(entry, 0, sizeof *entry);
        if (copy_text(at, &entry->id, id) != MTM_OK) {
            return MTM_ERROR_MEMORY;
        }
        ++*n;
    }
    mtmi_titles_free(&entry->title);
    return read_titles(at, title, "title", &entry->title);
}

static mtm_status read_title(place *at, const json_t *entry, mtm_catalogue *out) {
    char *id = NULL;
    mtm_status status = MTM_OK;
    at->id = NULL;
    MTMI_TRY(json_is_object(entry) ? read_id(at, entry, "id", &id) : wrong(at, "the entry", shown(entry), "an object"));
    at->id = id;
    MTMI_TRY(check_keys(at, entry, "properties", "id title "));
    MTMI_TRY(
        add_titled(at, id, json_object_get(entry, "title"), &out->sections, &out->n_sections, &out->sections_capacity));
out:
    mtmi_memory_free(id);
    return status;
}

static mtm_status read_sections(place *at, const json_t *list, mtm_catalogue *out) {
    at->list = "sections";
    for (at->index = 0; at->index < json_array_size(list); at->index++) {
        MTMI_CHECK_STATUS(read_title(at, json_array_get(list, at->index), out));
    }
    return MTM_OK;
}

static mtm_status read_dimension_titles(place *at, const json_t *object, mtm_catalogue *out) {
    const char *key;
    json_t *title;
    at->list = "dimensions";
    at->index = 0;
    json_object_foreach((json_t *)object, key, title) {
        at->id = key;
        MTMI_CHECK_STATUS(add_titled(at, key, title, &out->dimensions, &out->n_dimensions, &out->dimensions_capacity));
        at->index++;
    }
    return MTM_OK;
}

/* The same id twice in one document is a slip, not a replacement. */
static mtm_status check_once(const place *at, const json_t *list, const char *id) {
    for (size_t i = 0; i < at->index; i++) {
        const char *other = json_string_value(json_object_get(json_array_get(list, i), "id"));
        if (other != NULL && strcmp(other, id) == 0) {
            return wrong(at, "id", id, "an id that the document has only once");
        }
    }
    return MTM_OK;
}

static mtm_status add_indicator(place *at, const json_t *list, mtm_catalogue *out) {
    mtm_indicator indicator;
    mtm_status status = MTM_OK;
    memset(&indicator, 0, sizeof indicator);
    at->id = NULL;
    MTMI_TRY(read_indicator(at, json_array_get(list, at->index), out, &indicator));
    MTMI_TRY(check_once(at, list, indicator.id));
    MTMI_TRY(mtmi_catalogue_place(out, &indicator, at->err));
out:
    mtmi_indicator_clear(&indicator);
    return status;
}

static mtm_status read_indicators(place *at, const json_t *list, mtm_catalogue *out) {
    at->list = "indicators";
    for (at->index = 0; at->index < json_array_size(list); at->index++) {
        MTMI_CHECK_STATUS(add_indicator(at, list, out));
    }
    return MTM_OK;
}

static mtmi_highlight_known look_up(const void *context, const char *id) {
    const mtm_catalogue *catalogue = context;
    for (size_t i = 0; i < catalogue->n; i++) {
        if (strcmp(catalogue->indicators[i].id, id) == 0) {
            return catalogue->indicators[i].n_dimensions > 0 ? MTMI_KNOWN_BROKEN_DOWN : MTMI_KNOWN_PLAIN;
        }
    }
    return MTMI_KNOWN_NOT;
}

mtm_status mtmi_catalogue_load(mtm_catalogue *catalogue, const char *bytes, size_t size, const char *name,
                               mtm_error *err) {
    json_t *document = NULL;
    place at = {name, "", 0, NULL, err};
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_json_load(bytes, size, name, &document, err));
    const json_t *sections = json_object_get(document, "sections");
    const json_t *dimensions = json_object_get(document, "dimensions");
    const json_t *indicators = json_object_get(document, "indicators");
    if (!json_is_object(document) || !json_is_array(indicators) || (sections != NULL && !json_is_array(sections)) ||
        (dimensions != NULL && !json_is_object(dimensions))) {
        MTMI_TRY(mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){name, 0, 0},
                                "found a document of another form, expected an object with the lists \"indicators\" "
                                "and perhaps \"sections\", and perhaps the object \"dimensions\""));
    }
    MTMI_TRY(check_keys(&at, document, "the document", "sections dimensions indicators highlights "));
    MTMI_TRY(read_sections(&at, sections, catalogue));
    MTMI_TRY(read_dimension_titles(&at, dimensions, catalogue));
    MTMI_TRY(read_indicators(&at, indicators, catalogue));
    MTMI_TRY(mtmi_highlights_read(&catalogue->highlights, json_object_get(document, "highlights"), name, look_up,
                                  catalogue, err));
out:
    json_decref(document);
    return status;
}
