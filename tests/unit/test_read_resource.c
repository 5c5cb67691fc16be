/* Resources: what each property becomes, and how a mistake is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "period/period.h"
#include "read/descriptor/path.h"
#include "read/descriptor/resource.h"

/* Apostrophes stand for quotation marks. */
static json_t *parse(const char *text) {
    static char bytes[8192];
    json_error_t error;
    json_t *json;
    size_t n = strlen(text);
    assert_true(n < sizeof bytes);
    for (size_t i = 0; i <= n; i++) {
        bytes[i] = text[i] == '\'' ? '"' : text[i];
    }
    json = json_loads(bytes, 0, &error);
    if (json == NULL) {
        print_error("%s: %s\n", text, error.text);
    }
    assert_non_null(json);
    return json;
}

static mtmi_resource *read(const char *text) {
    json_t *json = parse(text);
    mtmi_resource *resource = NULL;
    mtm_error error;
    mtm_status status = mtmi_resource_read(json, "p", &resource, &error);
    json_decref(json);
    if (status != MTM_OK) {
        print_error("%s: %s: %s\n", text, error.subject, error.message);
    }
    assert_int_equal(status, MTM_OK);
    return resource;
}

static void absent_properties_have_defaults(void **state) {
    mtmi_resource *resource = read("{}");
    (void)state;
    assert_null(resource->name);
    assert_int_equal(resource->n_paths, 0);
    assert_int_equal(resource->bytes, -1);
    assert_int_equal(resource->decimals, -1);
    assert_int_equal(resource->methodology_public, -1);
    assert_int_equal(resource->kind, 0);
    assert_int_equal(resource->dialect.header_rows, -1);
    assert_int_equal(resource->dialect.skip_rows, -1);
    assert_int_equal(resource->dialect.has_header, -1);
    assert_int_equal(resource->dialect.delimiter, 0);
    assert_int_equal(resource->dialect.quote, 0);
    assert_int_equal(resource->release.date.first, MTMI_DAY_NONE);
    assert_int_equal(resource->may_have_more, 1);
    assert_null(resource->microdata_spec);
    assert_string_equal(resource->json, "{}");
    mtmi_resource_free(resource);
    mtmi_resource_free(NULL);
}

static void the_whole_of_a_resource_is_read(void **state) {
    mtmi_resource *r = read(
        "{'name': 'permits', 'path': ['a/b.csv', 'c.csv'], 'bytes': 12, 'encoding': 'windows-1251', 'title': 'T',"
        "'dialect': {'delimiter': '\\t', 'quoteChar': '\\\"', 'headerRows': [3, 4], 'commentChar': '#', 'sheetName': "
        "'S'},"
        "'sources': [{'title': 'Ministry', 'path': 'https://x'}], 'licenses': [{'name': 'CC-BY-4.0'}],"
        "'contributors': [{'title': 'Somebody', 'roles': ['author']}, {'title': 'Agency', 'roles': ['publisher']}],"
        "'mtm': {'concept': 'residence-permits', 'kind': 'stock', 'multiplier': 3, 'decimals': 1,"
        "  'title': {'ru': 'Виды на жительство'}, 'releaseDate': '2024-08', 'edition': 'revised',"
        "  'methodology': 'not-public', 'obtained': 'on-request', 'frequency': 'half-year', 'coverage': 'all',"
        "  'accessed': '2024-09-30', 'dimensions': {'type': 'TRP'}, 'aliases': {'КНР': 'CHN'},"
        "  'rows': {'indicator': ['Issued  PERMITS']}, 'partsAreSelection': true, 'confidential': true, 'dateOrder': "
        "'dmy'}}");
    (void)state;
    assert_string_equal(r->name, "permits");
    assert_int_equal(r->n_paths, 2);
    assert_string_equal(r->paths[0], "a/b.csv");
    assert_int_equal(r->bytes, 12);
    assert_string_equal(r->dialect.encoding, "windows-1251");
    assert_int_equal(r->dialect.delimiter, '\t');
    assert_int_equal(r->dialect.quote, '"');
    assert_int_equal(r->dialect.header_rows, 2);
    assert_int_equal(r->dialect.skip_rows, 2);
    assert_int_equal(r->dialect.has_header, 1);
    assert_string_equal(r->dialect.comment, "#");
    assert_string_equal(r->dialect.sheet, "S");
    assert_string_equal(r->source.publisher, "Agency");
    assert_string_equal(r->source.title, "Ministry");
    assert_string_equal(r->source.path, "https://x");
    assert_string_equal(r->source.licence, "CC-BY-4.0");
    assert_string_equal(r->source.accessed, "2024-09-30");
    assert_string_equal(r->concept, "residence-permits");
    assert_int_equal(r->kind, MTM_KIND_STOCK);
    assert_string_equal(r->unit, "permits");
    assert_int_equal(r->multiplier, 3);
    assert_int_equal(r->decimals, 1);
    assert_string_equal(r->title.text[0], "T");
    assert_string_equal(r->title.text[1], "Виды на жительство");
    assert_int_equal(r->release.date.last, mtmi_day_from(2024, 8, 31));
    assert_string_equal(r->release.edition, "revised");
    assert_int_equal(r->methodology_public, 0);
    assert_int_equal(r->obtained, MTMI_ON_REQUEST);
    assert_int_equal(r->frequency, MTMI_FREQUENCY_HALF);
    assert_string_equal(r->coverage, "all");
    assert_string_equal(r->dimensions[0].key, "type");
    assert_string_equal(r->dimensions[0].value, "TRP");
    assert_string_equal(r->aliases[0].key, "КНР");
    assert_string_equal(r->rows[0].column, "indicator");
    assert_string_equal(r->rows[0].labels.marks[0], "issued permits");
    assert_int_equal(r->parts_are_selection, 1);
    assert_int_equal(r->confidential, 1);
    assert_int_equal(r->date_order, MTMI_DATE_DMY);
    assert_int_equal(r->date_order_given, 1);
    mtmi_resource_free(r);
}

static void selections_may_be_of_some_dimensions(void **state) {
    mtmi_resource *r = read("{'mtm': {'partsAreSelection': ['region', 'citizenship']}}");
    (void)state;
    assert_int_equal(r->parts_are_selection, 0);
    assert_int_equal(r->selections.n, 2);
    assert_string_equal(r->selections.marks[1], "citizenship");
    mtmi_resource_free(r);
}

static void fields_take_roles_and_styles(void **state) {
    mtmi_resource *r = read(
        "{'dialect': {'nullSequence': 'NIL'}, 'mtm': {'concept': 'kandas', 'cumulative': true,"
        "  'numbers': {'groupChar': '.', 'decimalChar': ',', 'zero': ['-'], 'words': true}},"
        " 'schema': {'fieldsMatch': 'subset', 'missingValues': ['', 'N/A', {'value': '-99', 'label': 'refused'}], "
        "'fields': ["
        "  {'name': 'Период', 'type': 'date', 'format': '%d.%m.%Y', 'mtm': {'role': 'period'}},"
        "  {'name': 'страна', 'mtm': {'dimension': 'citizenship', 'codelist': 'country', 'aliases': {'КНР': 'CHN'}}},"
        "  {'name': 'всего', 'type': 'number', 'bareNumber': false, 'missingValues': ['*'],"
        "   'mtm': {'totalOf': ['мужчины'], 'zero': ['–'], 'notApplicable': ['X'], 'multiplier': 3}},"
        "  {'name': 'мужчины', 'type': 'integer', 'groupChar': ' ', 'mtm': {'role': 'value', 'members': {'sex': 'M'},"
        "   'period': '2024-Q1', 'words': false}},"
        "  {'name': 'x', 'type': 'integer'}, {'name': 'y', 'mtm': {'role': 'release-date', 'dateOrder': 'mdy'}}]}}");
    (void)state;
    assert_int_equal(r->n_fields, 6);
    assert_int_equal(r->may_have_more, 1);
    assert_int_equal(r->may_have_fewer, 0);
    assert_int_equal(r->fields[0].role, MTMI_ROLE_PERIOD);
    assert_int_equal(r->fields[0].date_order, MTMI_DATE_DMY);
    assert_int_equal(r->fields[0].date_order_given, 1);
    assert_int_equal(r->fields[1].role, MTMI_ROLE_DIMENSION);
    assert_string_equal(r->fields[1].codelist, "country");
    assert_string_equal(r->fields[1].aliases[0].value, "CHN");
    assert_int_equal(r->fields[2].role, MTMI_ROLE_VALUE);
    assert_string_equal(r->fields[2].total_of.marks[0], "мужчины");
    assert_string_equal(r->fields[2].number.zero.marks[0], "-");
    assert_int_equal(r->fields[2].number.zero.n, 1);
    assert_string_equal(r->fields[2].number.not_applicable.marks[0], "x");
    assert_int_equal(r->fields[2].number.missing.n, 1);
    assert_int_equal(r->fields[2].number.bare, 1);
    assert_int_equal(r->fields[2].multiplier, 3);
    assert_string_equal(r->fields[2].number.group, ".");
    assert_string_equal(r->fields[3].number.group, " ");
    assert_int_equal(r->fields[3].number.words, 0);
    assert_int_equal(r->fields[3].number.missing.n, 4);
    assert_string_equal(r->fields[3].number.missing.marks[1], "n/a");
    assert_string_equal(r->fields[3].number.missing.marks[3], "nil");
    assert_string_equal(r->fields[3].members[0].key, "sex");
    assert_int_equal(r->fields[3].has_period, 1);
    assert_int_equal(r->fields[3].period.last, mtmi_day_from(2024, 3, 31));
    assert_int_equal(r->fields[4].role, MTMI_ROLE_INFER);
    assert_int_equal(r->fields[4].hint, MTMI_ROLE_VALUE);
    assert_int_equal(r->fields[5].role, MTMI_ROLE_RELEASE);
    assert_int_equal(r->fields[5].date_order, MTMI_DATE_MDY);
    assert_int_equal(r->number.words, 1);
    mtmi_resource_free(r);
}

static void dialects_in_other_words(void **state) {
    mtmi_resource *r = read("{'dialect': {'header': false, 'quoteChar': null, 'sheetNumber': 12}}");
    (void)state;
    assert_int_equal(r->dialect.header_rows, 0);
    assert_int_equal(r->dialect.has_header, 0);
    assert_int_equal(r->dialect.quote, '\1');
    assert_string_equal(r->dialect.sheet, "12");
    mtmi_resource_free(r);
    r = read("{'dialect': {'commentRows': [1, 2], 'quoteChar': '', 'escapeChar': null}}");
    assert_int_equal(r->dialect.skip_rows, 2);
    assert_int_equal(r->dialect.header_rows, -1);
    mtmi_resource_free(r);
    r = read("{'schema': {'fieldsMatch': ['partial'], 'fields': []}}");
    assert_int_equal(r->may_have_more, 1);
    assert_int_equal(r->may_have_fewer, 1);
    mtmi_resource_free(r);
}

static void microdata_keep_their_specification(void **state) {
    mtmi_resource *r =
        read("{'mtm': {'concept': 'border-crossings', 'microdata': true, 'tabulate': {'by': [['period']]}}}");
    (void)state;
    assert_non_null(json_object_get(r->microdata_spec, "tabulate"));
    mtmi_resource_free(r);
}

static const struct {
    const char *json, *subject, *message;
    int status;
} refused[] = {
    {"[]", "p", "found something else, expected an object", MTM_ERROR_SCHEMA},
    {"{'mtm': {'cumulativ': true}}", "p.mtm", "the nearest is \"cumulative\"", MTM_ERROR_SCHEMA},
    {"{'mtm': {'Concept': 'x'}}", "p.mtm", "found the unknown property \"Concept\"", MTM_ERROR_SCHEMA},
    {"{'mtm': 5}", "p.mtm", "found a whole number, expected an object", MTM_ERROR_SCHEMA},
    {"{'mtm': {'cumulative': 'yes'}}", "p.mtm.cumulative", "found text, expected true or false", MTM_ERROR_SCHEMA},
    {"{'mtm': {'decimals': 10}}", "p.mtm.decimals", "found 10, expected a number from 0 to 9", MTM_ERROR_SCHEMA},
    {"{'mtm': {'multiplier': 1.5}}", "p.mtm.multiplier", "found a number, expected a whole number", MTM_ERROR_SCHEMA},
    {"{'mtm': {'kind': 'flows'}}", "p.mtm.kind",
     "found the value \"flows\", expected one of: flow, stock, share; the nearest is \"flow\"", MTM_ERROR_SCHEMA},
    {"{'mtm': {'concept': 'border-crossing'}}", "p.mtm.concept", "found border-crossing, expected border-crossings",
     MTM_ERROR_SCHEMA},
    {"{'mtm': {'concept': 'Own One', 'kind': 'flow', 'unit': 'x'}}", "p.mtm.concept", "lower-case letters",
     MTM_ERROR_SCHEMA},
    {"{'mtm': {'concept': 'residence-permits'}}", "p.mtm.kind", "the concept leaves it open", MTM_ERROR_SCHEMA},
    {"{'mtm': {'concept': 'remittances'}}", "p.mtm.unit", "the concept leaves it open", MTM_ERROR_SCHEMA},
    {"{'mtm': {'concept': 'own-one', 'unit': 'x'}}", "p.mtm.kind", "the concept leaves it open", MTM_ERROR_SCHEMA},
    {"{'mtm': {'concept': 'population', 'cumulative': true}}", "p.mtm.cumulative", "only for flows", MTM_ERROR_SCHEMA},
    {"{'mtm': {'edition': 'last'}}", "p.mtm.edition", "first, revised, final", MTM_ERROR_SCHEMA},
    {"{'mtm': {'releaseDate': '12.08.2024'}}", "p.mtm.releaseDate", "cannot be exchanged", MTM_ERROR_SCHEMA},
    {"{'mtm': {'methodology': true}}", "p.mtm.methodology", "found true, expected text", MTM_ERROR_SCHEMA},
    {"{'mtm': {'title': {'fr': 'x'}}}", "p.mtm.title", "en, ru, kk", MTM_ERROR_SCHEMA},
    {"{'mtm': {'title': []}}", "p.mtm.title", "found a list", MTM_ERROR_SCHEMA},
    {"{'mtm': {'dimensions': {'sex': 1}}}", "p.mtm.dimensions.sex", "a code as text", MTM_ERROR_SCHEMA},
    {"{'mtm': {'aliases': {'x': ''}}}", "p.mtm.aliases.x", "a code as text", MTM_ERROR_SCHEMA},
    {"{'mtm': {'rows': {'a': 'b'}}}", "p.mtm.rows.a", "found text, expected a list", MTM_ERROR_SCHEMA},
    {"{'mtm': {'rows': {'a': ['b', 5]}}}", "p.mtm.rows.a[1]", "found a whole number, expected text", MTM_ERROR_SCHEMA},
    {"{'mtm': {'tabulate': {}}}", "p.mtm.tabulate", "only where microdata is true", MTM_ERROR_SCHEMA},
    {"{'mtm': {'numbers': {'grouping': ','}}}", "p.mtm.numbers", "the nearest is \"groupChar\"", MTM_ERROR_SCHEMA},
    {"{'mtm': {'numbers': {'groupChar': ', '}}}", "p.mtm.numbers.groupChar", "one character", MTM_ERROR_SCHEMA},
    {"{'mtm': {'numbers': {'groupChar': ',', 'decimalChar': ','}}}", "p.mtm.numbers.decimalChar", "another one",
     MTM_ERROR_SCHEMA},
    {"{'mtm': {'numbers': {'zero': ['-'], 'notAvailable': ['–']}}}", "p.mtm.numbers.zero", "one meaning for each mark",
     MTM_ERROR_SCHEMA},
    {"{'dialect': 'dialect.json'}", "p.dialect", "a dialect in another file is not read", MTM_ERROR_SCHEMA},
    {"{'dialect': {'delimiter': '::'}}", "p.dialect.delimiter", "one of , ; :", MTM_ERROR_SCHEMA},
    {"{'dialect': {'delimiter': 'a'}}", "p.dialect.delimiter", "one of , ; :", MTM_ERROR_SCHEMA},
    {"{'dialect': {'quoteChar': '<>'}}", "p.dialect.quoteChar", "a quotation mark", MTM_ERROR_SCHEMA},
    {"{'dialect': {'doubleQuote': false}}", "p.dialect.doubleQuote", "is doubled", MTM_ERROR_SCHEMA},
    {"{'dialect': {'escapeChar': '\\\\'}}", "p.dialect.escapeChar", "is doubled", MTM_ERROR_SCHEMA},
    {"{'dialect': {'headerRows': [1, 3]}}", "p.dialect.headerRows", "one after the other", MTM_ERROR_SCHEMA},
    {"{'dialect': {'headerRows': [0]}}", "p.dialect.headerRows", "counted from 1", MTM_ERROR_SCHEMA},
    {"{'dialect': {'headerRows': [1], 'header': false}}", "p.dialect.headerRows", "header is false", MTM_ERROR_SCHEMA},
    {"{'dialect': {'headerRows': [1], 'commentRows': [1]}}", "p.dialect.commentRows", "above the header",
     MTM_ERROR_SCHEMA},
    {"{'dialect': {'commentChar': ''}}", "p.dialect.commentChar", "begin a note", MTM_ERROR_SCHEMA},
    {"{'schema': 'schema.json'}", "p.schema", "a schema in another file is not read", MTM_ERROR_SCHEMA},
    {"{'schema': {'fields': [5]}}", "p.schema.fields[0]", "an object with a name", MTM_ERROR_SCHEMA},
    {"{'schema': {'fields': [{}]}}", "p.schema.fields[0].name", "the text of the header cell", MTM_ERROR_SCHEMA},
    {"{'schema': {'fields': [{'name': 'A'}, {'name': ' a '}]}}", "p.schema.fields[1].name", "names that differ",
     MTM_ERROR_SCHEMA},
    {"{'schema': {'fieldsMatch': 'some', 'fields': []}}", "p.schema.fieldsMatch", "exact, equal, subset",
     MTM_ERROR_SCHEMA},
    {"{'schema': {'fields': [{'name': 'a', 'mtm': {'role': 'valu'}}]}}", "p.schema.fields[0].mtm.role",
     "the nearest is \"value\"", MTM_ERROR_SCHEMA},
    {"{'schema': {'fields': [{'name': 'a', 'mtm': {'roles': 'value'}}]}}", "p.schema.fields[0].mtm",
     "the nearest is \"role\"", MTM_ERROR_SCHEMA},
    {"{'schema': {'fields': [{'name': 'a', 'mtm': {'role': 'period', 'members': {'sex': 'F'}}}]}}",
     "p.schema.fields[0].mtm.members", "only where the role is value", MTM_ERROR_SCHEMA},
    {"{'schema': {'fields': [{'name': 'a', 'mtm': {'role': 'value', 'dimension': 'sex'}}]}}",
     "p.schema.fields[0].mtm.dimension", "only where the role is dimension", MTM_ERROR_SCHEMA},
    {"{'schema': {'fields': [{'name': 'a', 'mtm': {'totalOf': ['b']}}]}}", "p.schema.fields[0].mtm.totalOf",
     "names of other fields", MTM_ERROR_SCHEMA},
    {"{'schema': {'fields': [{'name': 'a', 'mtm': {'totalOf': ['a']}}]}}", "p.schema.fields[0].mtm.totalOf",
     "names of other fields", MTM_ERROR_SCHEMA},
    {"{'schema': {'fields': [{'name': 'a', 'mtm': {'period': 'Q5 2024'}}]}}", "p.schema.fields[0].mtm.period",
     "a quarter from 1 to 4", MTM_ERROR_SCHEMA},
    {"{'schema': {'fields': [{'name': 'a', 'format': '%d-%Y-%m'}]}}", "p.schema.fields[0].format", "year-month-day",
     MTM_ERROR_SCHEMA},
    {"{'schema': {'fields': [{'name': 'a', 'mtm': {'role': 'period', 'dateOrder': 'ydm'}}]}}",
     "p.schema.fields[0].mtm.dateOrder", "ymd, dmy, mdy", MTM_ERROR_SCHEMA},
    {"{'schema': {'missingValues': 'NA'}}", "p.schema.missingValues", "found text, expected a list", MTM_ERROR_SCHEMA},
    {"{'data': [{'a': 1}]}", "p.data", "figures are kept in files", MTM_ERROR_SCHEMA},
    {"{'path': []}", "p.path", "found nothing", MTM_ERROR_SCHEMA},
    {"{'path': 5}", "p.path", "found something else than text", MTM_ERROR_PATH},
    {"{'path': 'a.csv', 'bytes': -1}", "p.bytes", "expected a number from 0", MTM_ERROR_SCHEMA},
    {"{'path': 'a.csv', 'hash': 'sha1:0123'}", "p.hash", "64 hexadecimal digits", MTM_ERROR_SCHEMA},
    {"{'path': 'a.csv', 'hash': 'xyz'}", "p.hash", "64 hexadecimal digits", MTM_ERROR_SCHEMA},
    {"{'path': ['a.csv', 'b.csv'], 'hash': 'd41d8cd98f00b204e9800998ecf8427e'}", "p.hash", "several paths",
     MTM_ERROR_SCHEMA},
    {"{'path': '../a.csv'}", "p.path", "found the part \"..\" in the path \"../a.csv\"", MTM_ERROR_PATH},
};

static void mistakes_are_named(void **state) {
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        json_t *json = parse(refused[i].json);
        mtmi_resource *resource = NULL;
        mtm_error error = {0};
        mtm_status status = mtmi_resource_read(json, "p", &resource, &error);
        if ((int)status != refused[i].status || resource != NULL || strcmp(error.subject, refused[i].subject) != 0 ||
            strstr(error.message, refused[i].message) == NULL) {
            print_error("%s: %d, %s: %s\n", refused[i].json, (int)status, error.subject, error.message);
            wrong++;
        }
        mtmi_resource_free(resource);
        assert_int_equal(mtmi_resource_read(json, "p", &resource, NULL), refused[i].status);
        json_decref(json);
    }
    assert_int_equal(wrong, 0);
}

static void paths_stay_inside(void **state) {
    static const char *const wrong[] = {
        "",
        "/etc/passwd",
        "/",
        "..",
        "../a.csv",
        "a/../../b.csv",
        "a/..",
        "./a.csv",
        "a/./b.csv",
        "a//b.csv",
        "a/",
        "//host/a.csv",
        "\\\\host\\a.csv",
        "a\\b.csv",
        "..\\a.csv",
        "C:/a.csv",
        "c:a.csv",
        "C:\\a.csv",
        "http://x/a.csv",
        "https://x/a.csv",
        "file:///etc/passwd",
        "FILE:a.csv",
        "ftp://x/a",
        "data:text/csv,a",
        "s3://bucket/a.csv",
        "~/a.csv",
        "~root/a.csv",
        "a\nb.csv",
        "a\x7f.csv",
        "\x01.csv",
        "a/\xFF.csv",
        "a/...//../b",
    };
    static const char *const right[] = {"a.csv",   "a/b.csv", "данные/кв 2.csv", "..a.csv", "a..csv",      "...",
                                        "a/..b/c", "1:2.csv", ".hidden",         "a~",      "%2e%2e/a.csv"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (mtmi_path_wrong(wrong[i]) == NULL) {
            fail_msg("%s was accepted", wrong[i]);
        }
    }
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        if (mtmi_path_wrong(right[i]) != NULL) {
            fail_msg("%s was refused: %s", right[i], mtmi_path_wrong(right[i]));
        }
    }
}

static void no_memory_is_said_and_nothing_leaks(void **state) {
    json_t *json = parse(
        "{'name': 'n', 'path': ['a', 'b'], 'title': 'T', 'encoding': 'e', 'dialect': {'commentChar': '#',"
        "'sheetNumber': 2, 'nullSequence': 'N'}, 'sources': [{'title': 's', 'path': 'p'}], 'licenses': [{'name': 'l'}],"
        "'schema': {'missingValues': ['', 'x'], 'fields': [{'name': 'a', 'mtm': {'aliases': {'a': 'b'}}}, {'name': 'b',"
        "'mtm': {'members': {'a': 'b'}, 'zero': ['-']}}, {'name': 'c', 'mtm': {'totalOf': ['b']}}]},"
        "'mtm': {'concept': 'kandas', 'rows': {'a': ['b']}, 'dimensions': {'a': 'b'}, 'publisher': 'p', 'accessed': "
        "'a'}}");
    size_t n = 1;
    mtm_status status;
    (void)state;
    do {
        mtmi_resource *resource = NULL;
        mtmi_memory_fail_at(n++, 0);
        status = mtmi_resource_read(json, "p", &resource, NULL);
        mtmi_memory_fail_at(0, 0);
        mtmi_resource_free(resource);
        assert_true(status == MTM_OK || (status == MTM_ERROR_MEMORY && resource == NULL));
    } while (status != MTM_OK && n < 1000);
    assert_true(n > 30 && n < 1000);
    json_decref(json);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absent_properties_have_defaults),
        cmocka_unit_test(the_whole_of_a_resource_is_read),
        cmocka_unit_test(fields_take_roles_and_styles),
        cmocka_unit_test(selections_may_be_of_some_dimensions),
        cmocka_unit_test(dialects_in_other_words),
        cmocka_unit_test(microdata_keep_their_specification),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(paths_stay_inside),
        cmocka_unit_test(no_memory_is_said_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
