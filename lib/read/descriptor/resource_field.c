/* Reads the fields of a resource's schema: roles, code lists, aliases, styles of numbers. Whether the columns exist is
 * checked when the file is read. */
#include "base/memory.h"
#include "base/text.h"
#include "read/descriptor/resource_internal.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* clang-format off */
static const mtmi_choice roles[] = {
    {"ignore", MTMI_ROLE_IGNORE}, {"period", MTMI_ROLE_PERIOD}, {"period-start", MTMI_ROLE_PERIOD_START},
    {"period-end", MTMI_ROLE_PERIOD_END}, {"value", MTMI_ROLE_VALUE}, {"dimension", MTMI_ROLE_DIMENSION},
    {"indicator", MTMI_ROLE_INDICATOR}, {"release-date", MTMI_ROLE_RELEASE}, {"edition", MTMI_ROLE_EDITION},
    {"status", MTMI_ROLE_STATUS}, {"source", MTMI_ROLE_SOURCE}, {"note", MTMI_ROLE_NOTE}, {"unit", MTMI_ROLE_UNIT},
    {"count", MTMI_ROLE_COUNT}, {"birth-year", MTMI_ROLE_BIRTH_YEAR}, {"birth-date", MTMI_ROLE_BIRTH_DATE},
    {"id", MTMI_ROLE_ID}, {"contributors", MTMI_ROLE_CONTRIBUTORS}, {"largest", MTMI_ROLE_LARGEST},
    {"second-largest", MTMI_ROLE_SECOND},
    {"household", MTMI_ROLE_HOUSEHOLD}, {"entered", MTMI_ROLE_ENTERED}, {"left", MTMI_ROLE_LEFT},
    {"flag", MTMI_ROLE_FLAG}, {"subset", MTMI_ROLE_SUBSET},
};
/* clang-format on */

const mtmi_choice mtmi_date_orders[3] = {{"ymd", MTMI_DATE_YMD}, {"dmy", MTMI_DATE_DMY}, {"mdy", MTMI_DATE_MDY}};

const char *mtmi_role_name(mtmi_role role) {
    for (size_t i = 0; i < COUNT(roles); i++) {
        if (roles[i].value == (int)role) {
            return roles[i].name;
        }
    }
    return "";
}

const char *mtmi_filled_column(const char *dimension) {
    const size_t length = strlen(MTMI_FILLED);
    return strncmp(dimension, MTMI_FILLED, length) == 0 ? dimension + length : NULL;
}

void mtmi_pairs_free(mtmi_pair *pairs, size_t n) {
    for (size_t i = 0; i < n; i++) {
        mtmi_memory_free(pairs[i].key);
        mtmi_memory_free(pairs[i].value);
    }
    mtmi_memory_free(pairs);
}

void mtmi_number_style_free(mtmi_number_style *style) {
    mtmi_marks_free(&style->missing);
    mtmi_marks_free(&style->zero);
    mtmi_marks_free(&style->not_applicable);
    mtmi_marks_free(&style->not_available);
}

void mtmi_field_free(mtmi_field *field) {
    mtmi_memory_free(field->name);
    mtmi_memory_free(field->dimension);
    mtmi_memory_free(field->codelist);
    mtmi_memory_free(field->names);
    mtmi_pairs_free(field->aliases, field->n_aliases);
    mtmi_pairs_free(field->members, field->n_members);
    mtmi_marks_free(&field->categories);
    mtmi_marks_free(&field->total_of);
    mtmi_marks_free(&field->subset_of);
    mtmi_number_style_free(&field->number);
}

static int copy_style(const mtmi_number_style *from, mtmi_number_style *out) {
    *out = *from;
    memset(&out->missing, 0, sizeof out->missing);
    memset(&out->zero, 0, sizeof out->zero);
    memset(&out->not_applicable, 0, sizeof out->not_applicable);
    memset(&out->not_available, 0, sizeof out->not_available);
    return mtmi_marks_copy(&from->missing, &out->missing) && mtmi_marks_copy(&from->zero, &out->zero) &&
           mtmi_marks_copy(&from->not_applicable, &out->not_applicable) &&
           mtmi_marks_copy(&from->not_available, &out->not_available);
}

/* What Frictionless has, at the field itself or under numbers. */
static void read_marks_of_style(mtmi_properties *in, const json_t *json, mtmi_number_style *out) {
    int bare = !out->bare;

    mtmi_properties_character(in, json, "groupChar", out->group);
    mtmi_properties_character(in, json, "decimalChar", out->decimal);
    mtmi_properties_bool(in, json, "bareNumber", &bare);
    out->bare = !bare;
    if (out->group[0] != '\0' && strcmp(out->group, out->decimal) == 0) {
        mtmi_properties_refuse(in, "decimalChar", "the mark of groupChar", "another one");
    }
}

/* What is ours, under mtm of the field or under numbers. */
static void read_rules_of_style(mtmi_properties *in, const json_t *json, mtmi_number_style *out) {
    mtmi_properties_bool(in, json, "words", &out->words);
    mtmi_properties_bool(in, json, "parentheses", &out->parentheses);
    mtmi_properties_bool(in, json, "footnotes", &out->footnotes);
    mtmi_properties_bool(in, json, "censored", &out->censored);
    mtmi_properties_marks(in, json, "zero", 1, &out->zero);
    mtmi_properties_marks(in, json, "notApplicable", 1, &out->not_applicable);
    mtmi_properties_marks(in, json, "notAvailable", 1, &out->not_available);
}

static int is_mark(const mtmi_marks *marks, const char *text) {
    for (size_t i = 0; i < marks->n; i++) {
        if (strcmp(marks->marks[i], text) == 0) {
            return 1;
        }
    }
    return 0;
}

/* One mark has one meaning. Missing is the least of them: the others are taken out of it where both stand. */
static void check_marks(mtmi_properties *in, const mtmi_number_style *style) {
    const mtmi_marks *lists[] = {&style->zero, &style->not_applicable, &style->not_available, &style->missing};
    static const char *const names[] = {"zero", "notApplicable", "notAvailable", "missingValues"};

    for (size_t a = 0; a < COUNT(lists); a++) {
        for (size_t i = 0; i < lists[a]->n; i++) {
            for (size_t b = a + 1; b < COUNT(lists); b++) {
                if (is_mark(lists[b], lists[a]->marks[i])) {
                    mtmi_properties_refuse(in, names[a], "a mark that stands in another list too",
                                           "one meaning for each mark");
                }
            }
        }
    }
}

void mtmi_resource_numbers(mtmi_properties *in, const json_t *json, mtmi_number_style *out) {
    static const char *const known[] = {"groupChar", "decimalChar", "bareNumber", "words",         "parentheses",
                                        "footnotes", "censored",    "zero",       "notApplicable", "notAvailable"};
    const json_t *numbers = mtmi_properties_object(in, json, "numbers");
    size_t before = mtmi_properties_enter(in, "numbers");

    mtmi_properties_check(in, numbers, known, COUNT(known));
    read_marks_of_style(in, numbers, out);
    read_rules_of_style(in, numbers, out);
    check_marks(in, out);
    mtmi_properties_leave(in, before);
}

/* What a role needs and what it has no use for: a property in the wrong place is a mistake, not a wish. */
static void check_role(mtmi_properties *in, const json_t *mtm, mtmi_field *out) {
    /* clang-format off */
    static const struct { const char *key; mtmi_role role; } needs[] = {
        {"dimension", MTMI_ROLE_DIMENSION}, {"codelist", MTMI_ROLE_DIMENSION}, {"codesOnly", MTMI_ROLE_DIMENSION},
        {"aliases", MTMI_ROLE_DIMENSION}, {"names", MTMI_ROLE_DIMENSION}, {"members", MTMI_ROLE_VALUE}, {"totalOf", MTMI_ROLE_VALUE},
        {"period", MTMI_ROLE_VALUE}, {"multiplier", MTMI_ROLE_VALUE}, {"words", MTMI_ROLE_VALUE},
        {"parentheses", MTMI_ROLE_VALUE}, {"footnotes", MTMI_ROLE_VALUE}, {"censored", MTMI_ROLE_VALUE},
        {"zero", MTMI_ROLE_VALUE}, {"notApplicable", MTMI_ROLE_VALUE}, {"notAvailable", MTMI_ROLE_VALUE},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(needs); i++) {
        if (json_object_get(mtm, needs[i].key) == NULL) {
            continue;
        }
        if (out->role == MTMI_ROLE_INFER) {
            out->role = needs[i].role;
        }
        if (out->role != needs[i].role && !(out->role == MTMI_ROLE_COUNT && needs[i].role == MTMI_ROLE_VALUE) &&
            !((out->role == MTMI_ROLE_FLAG || out->role == MTMI_ROLE_SUBSET) && strcmp(needs[i].key, "members") == 0)) {
            mtmi_properties_refuse(in, needs[i].key, "it",
                                   needs[i].role == MTMI_ROLE_VALUE ? "it only where the role is value"
                                                                    : "it only where the role is dimension");
        }
    }
}

/* Flags and subsets are about one member; a subset says of which columns. */
static void read_member_of_one(mtmi_properties *in, const json_t *mtm, mtmi_field *out) {
    const int is_subset = out->role == MTMI_ROLE_SUBSET;
    if ((out->role == MTMI_ROLE_FLAG || is_subset) && out->n_members != 1 && in->status == MTM_OK) {
        mtmi_properties_refuse(in, "members", out->n_members == 0 ? "nothing" : "several",
                               is_subset ? "one member, such as {\"vulnerable-group\": \"UAC\"}"
                                         : "one member, such as {\"reason\": \"CONFLICT\"}");
    }
    mtmi_properties_marks(in, mtm, "of", 0, &out->subset_of);
    if (is_subset != (out->subset_of.n > 0) && in->status == MTM_OK) {
        mtmi_properties_refuse(in, "of", is_subset ? "nothing" : "it",
                               is_subset
                                   ? "the columns some of whose people it counts again, such as [\"boys\", \"girls\"]"
                                   : "it only where the role is subset");
    }
}

const mtmi_choice mtmi_date_spans[4] = {{"day", 0}, {"month", 1}, {"quarter", 3}, {"year", 12}};

static void read_field_mtm(mtmi_properties *in, const json_t *field, mtmi_field *out) {
    static const char *const known[] = {
        "role",          "dimension",    "codelist",  "codesOnly",   "aliases",   "members",   "totalOf",
        "period",        "multiplier",   "words",     "parentheses", "footnotes", "censored",  "zero",
        "notApplicable", "notAvailable", "dateOrder", "names",       "dedupe",    "dateMeans", "of"};
    const json_t *mtm = mtmi_properties_object(in, field, "mtm");
    size_t before = mtmi_properties_enter(in, "mtm");
    int role = out->role, order = out->date_order;
    int64_t multiplier = 0;

    mtmi_properties_check(in, mtm, known, COUNT(known));
    mtmi_properties_choice(in, mtm, "role", roles, COUNT(roles), &role);
    out->role = (mtmi_role)role;
    check_role(in, mtm, out);
    mtmi_properties_text(in, mtm, "dimension", &out->dimension);
    mtmi_properties_text(in, mtm, "codelist", &out->codelist);
    mtmi_properties_text(in, mtm, "names", &out->names);
    mtmi_properties_bool(in, mtm, "codesOnly", &out->codes_only);
    mtmi_properties_bool(in, mtm, "dedupe", &out->dedupe);
    if (out->dedupe && out->role != MTMI_ROLE_ID) {
        mtmi_properties_refuse(in, "dedupe", "it", "it only where the role is id");
    }
    mtmi_properties_pairs(in, mtm, "aliases", &out->aliases, &out->n_aliases);
    mtmi_properties_pairs(in, mtm, "members", &out->members, &out->n_members);
    read_member_of_one(in, mtm, out);
    mtmi_properties_marks(in, mtm, "totalOf", 0, &out->total_of);
    mtmi_properties_period(in, mtm, "period", &out->period, &out->has_period);
    mtmi_properties_int(in, mtm, "multiplier", -9, 18, &multiplier);
    out->multiplier = (int)multiplier;
    mtmi_properties_choice(in, mtm, "dateOrder", mtmi_date_orders, COUNT(mtmi_date_orders), &order);
    out->date_order = (mtmi_date_order)order;
    out->date_order_given |= json_object_get(mtm, "dateOrder") != NULL;
    mtmi_properties_choice(in, mtm, "dateMeans", mtmi_date_spans, COUNT(mtmi_date_spans), &out->date_means);
    if (out->date_means != 0 && out->role != MTMI_ROLE_PERIOD && out->role != MTMI_ROLE_INFER) {
        mtmi_properties_refuse(in, "dateMeans", "it", "it only where the role is period");
    }
    read_rules_of_style(in, mtm, &out->number);
    mtmi_properties_leave(in, before);
}

/* "%d.%m.%Y" gives an order; "default" and "any" give none. */
static void read_format(mtmi_properties *in, const json_t *field, mtmi_field *out) {
    const char *text = json_string_value(json_object_get(field, "format"));
    const char *day, *month, *year;

    if (in->status != MTM_OK || text == NULL) {
        return;
    }
    day = strstr(text, "%d");
    month = strpbrk(text, "%") != NULL ? strstr(text, "%m") : NULL;
    year = strstr(text, "%Y") != NULL ? strstr(text, "%Y") : strstr(text, "%y");
    if (day == NULL || month == NULL || year == NULL) {
        return;
    }
    if (year < month && month < day) {
        out->date_order = MTMI_DATE_YMD;
    } else if (day < month && month < year) {
        out->date_order = MTMI_DATE_DMY;
    } else if (month < day && day < year) {
        out->date_order = MTMI_DATE_MDY;
    } else {
        mtmi_properties_refuse(in, "format", "another order", "year-month-day, day-month-year or month-day-year");
        return;
    }
    out->date_order_given = 1;
}

static mtmi_role hint_of(const char *type) {
    static const struct {
        const char *type;
        mtmi_role role;
    } hints[] = {
        {"number", MTMI_ROLE_VALUE},     {"integer", MTMI_ROLE_VALUE},     {"year", MTMI_ROLE_PERIOD},
        {"yearmonth", MTMI_ROLE_PERIOD}, {"date", MTMI_ROLE_PERIOD},       {"datetime", MTMI_ROLE_PERIOD},
        {"string", MTMI_ROLE_DIMENSION}, {"boolean", MTMI_ROLE_DIMENSION},
    };
    for (size_t i = 0; type != NULL && i < COUNT(hints); i++) {
        if (strcmp(hints[i].type, type) == 0) {
            return hints[i].role;
        }
    }
    return MTMI_ROLE_INFER;
}

static void read_missing(mtmi_properties *in, const json_t *json, const char *null_sequence, mtmi_number_style *out) {
    mtmi_properties_marks(in, json, "missingValues", 1, &out->missing);
    if (null_sequence != NULL && null_sequence[0] != '\0' && !mtmi_marks_add(&out->missing, null_sequence, 1)) {
        mtmi_properties_no_memory(in);
    }
}

static void read_field(mtmi_properties *in, const json_t *json, const mtmi_resource *resource, mtmi_field *out) {
    if (!json_is_object(json)) {
        mtmi_properties_refuse(in, NULL, "something else", "an object with a name");
        return;
    }
    mtmi_properties_text(in, json, "name", &out->name);
    if (out->name == NULL) {
        mtmi_properties_refuse(in, "name", "nothing", "the text of the header cell");
        return;
    }
    if (!copy_style(&resource->number, &out->number)) {
        mtmi_properties_no_memory(in);
        return;
    }
    out->hint = hint_of(mtmi_properties_string(in, json, "type"));
    out->date_order = resource->date_order;
    out->date_order_given = resource->date_order_given;
    read_marks_of_style(in, json, &out->number);
    read_missing(in, json, NULL, &out->number);
    read_format(in, json, out);
    if (resource->frame_of_schema) {
        mtmi_properties_marks(in, json, "categories", 0, &out->categories);
    }
    read_field_mtm(in, json, out);
    check_marks(in, &out->number);
}

/* Names as the reader compares them. Longer ones than the buffer are compared as they stand. */
static int same_name(const char *a, const char *b) {
    char left[512], right[512];
    size_t n = mtmi_text_normalise(a, strlen(a), left, sizeof left);
    size_t m = mtmi_text_normalise(b, strlen(b), right, sizeof right);
    if (n >= sizeof left || m >= sizeof right) {
        return strcmp(a, b) == 0;
    }
    return n == m && memcmp(left, right, n) == 0;
}

static const mtmi_field *find_field(const mtmi_resource *resource, const char *name) {
    for (size_t i = 0; i < resource->n_fields; i++) {
        if (resource->fields[i].name != NULL && same_name(resource->fields[i].name, name)) {
            return &resource->fields[i];
        }
    }
    return NULL;
}

/* A subset is of columns of figures that are declared. */
static void check_subsets(mtmi_properties *in, const mtmi_resource *resource) {
    for (size_t i = 0; i < resource->n_fields; i++) {
        const mtmi_field *field = &resource->fields[i];
        for (size_t k = 0; k < field->subset_of.n && in->status == MTM_OK; k++) {
            const mtmi_field *whole = find_field(resource, field->subset_of.marks[k]);
            if (whole == NULL || (whole->role != MTMI_ROLE_VALUE && whole->role != MTMI_ROLE_COUNT)) {
                size_t before = mtmi_properties_enter_at(in, i);
                mtmi_properties_refuse(in, "mtm.of", field->subset_of.marks[k],
                                       "names of other fields with the role value or count");
                mtmi_properties_leave(in, before);
            }
        }
    }
}

/* A column may only be the total of other columns of figures. */
static void check_totals(mtmi_properties *in, const mtmi_resource *resource) {
    for (size_t i = 0; i < resource->n_fields; i++) {
        const mtmi_field *field = &resource->fields[i];
        for (size_t k = 0; k < field->total_of.n; k++) {
            const mtmi_field *part = find_field(resource, field->total_of.marks[k]);
            if (part == NULL || part == field || (part->role != MTMI_ROLE_VALUE && part->role != MTMI_ROLE_INFER)) {
                size_t before = mtmi_properties_enter_at(in, i);
                mtmi_properties_refuse(in, "mtm.totalOf", field->total_of.marks[k],
                                       "names of other fields with the role value");
                mtmi_properties_leave(in, before);
                return;
            }
        }
    }
}

static void read_fields(mtmi_properties *in, const json_t *list, mtmi_resource *out) {
    size_t n = json_array_size(list);

    out->fields = mtmi_memory_new(n > 0 ? n : 1, sizeof *out->fields);
    if (out->fields == NULL) {
        mtmi_properties_no_memory(in);
        return;
    }
    for (size_t i = 0; i < n && in->status == MTM_OK; i++) {
        size_t before = mtmi_properties_enter_at(in, i);
        mtmi_field *field = &out->fields[i];
        read_field(in, json_array_get(list, i), out, field);
        if (in->status == MTM_OK && find_field(out, field->name) != NULL) {
            mtmi_properties_refuse(in, "name", "the name of another field", "names that differ");
        }
        out->n_fields++;
        mtmi_properties_leave(in, before);
    }
    if (in->status == MTM_OK) {
        check_totals(in, out);
        check_subsets(in, out);
    }
}

static void read_match(mtmi_properties *in, const json_t *schema, mtmi_resource *out) {
    static const mtmi_choice matches[] = {{"exact", 0}, {"equal", 0}, {"subset", 1}, {"superset", 2}, {"partial", 3}};
    const json_t *value = json_object_get(schema, "fieldsMatch");
    int match = 0;

    if (json_is_array(value) && json_array_size(value) == 1 && json_is_string(json_array_get(value, 0))) {
        json_t *one = json_pack("{s:O}", "fieldsMatch", json_array_get(value, 0));
        if (one == NULL) {
            mtmi_properties_no_memory(in);
        }
        mtmi_properties_choice(in, one, "fieldsMatch", matches, COUNT(matches), &match);
        json_decref(one);
    } else {
        mtmi_properties_choice(in, schema, "fieldsMatch", matches, COUNT(matches), &match);
    }
    out->may_have_more = match & 1;
    out->may_have_fewer = match >> 1;
}

void mtmi_resource_schema(mtmi_properties *in, const json_t *json, const char *null_sequence, mtmi_resource *out) {
    const json_t *schema = json_object_get(json, "schema");
    const json_t *fields;
    size_t before = in->length;

    if (json_is_string(schema)) {
        mtmi_properties_refuse(in, "schema", "text", "an object; a schema in another file is not read");
        return;
    }
    schema = mtmi_properties_object(in, json, "schema");
    before = mtmi_properties_enter(in, "schema");
    read_missing(in, schema, null_sequence, &out->number);
    fields = mtmi_properties_array(in, schema, "fields");
    if (fields != NULL) {
        size_t inside = in->length;
        read_match(in, schema, out);
        (void)mtmi_properties_enter(in, "fields");
        read_fields(in, fields, out);
        mtmi_properties_leave(in, inside);
    }
    check_marks(in, &out->number);
    mtmi_properties_leave(in, before);
}
