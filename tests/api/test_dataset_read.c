/* Files as datasets: figures, periods, members, releases and lines, from declared and undeclared files. */
#include "../getters.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static mtm_dataset *read_text(const char *text, const char *resource) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_dataset *out = NULL;
    mtm_error err = {0};
    options.resource = resource;
    if (mtm_dataset_read(FROM_BYTES(text, strlen(text), "table.csv"), &options, &out, &err) != MTM_OK) {
        fail_msg("%s: %s", err.subject, err.message);
    }
    return out;
}

static const char *member_of(const mtm_dataset *dataset, const char *dimension, size_t row) {
    for (size_t d = 0; d < dataset_dimension_count(dataset); d++) {
        if (strcmp(dataset_dimension(dataset, d), dimension) == 0) {
            return dataset_member(dataset, d, (size_t)dataset_codes(dataset, d)[row]);
        }
    }
    return "no such dimension";
}

static const char *label_of(const mtm_dataset *dataset, const char *dimension, size_t row) {
    for (size_t d = 0; d < dataset_dimension_count(dataset); d++) {
        if (strcmp(dataset_dimension(dataset, d), dimension) == 0) {
            return dataset_label(dataset, d, (size_t)dataset_codes(dataset, d)[row], MTM_LANGUAGE_EN);
        }
    }
    return "no such dimension";
}

static void assert_period(const mtm_dataset *dataset, size_t row, const char *expected) {
    char text[40];
    (void)mtm_period_describe(dataset_periods(dataset)[row], text, sizeof text);
    assert_string_equal(text, expected);
}

static void test_a_plain_file_describes_itself(void **state) {
    mtm_dataset *data =
        read_text("period,citizenship,sex,value\n2024-Q1,Узбекистан,мужчины,12.5\n2024-Q1,KGZ,F,\n", NULL);
    (void)state;
    assert_string_equal(dataset_name(data), "table");
    assert_int_equal(dataset_count(data), 2);
    assert_int_equal(dataset_decimals(data), 1);
    assert_int_equal(dataset_values(data)[0], 125);
    assert_string_equal(member_of(data, "citizenship", 0), "UZB");
    assert_string_equal(member_of(data, "sex", 0), "M");
    assert_int_equal(dataset_statuses(data)[1], 'O');
    assert_int_equal(dataset_lines(data)[1], 3);
    assert_period(data, 0, "2024-Q1");
    mtm_dataset_free(data);
}

static void test_decimals_grow_with_the_figures(void **state) {
    mtm_dataset *data = read_text("period,value\n2024,5\n2025,0.25\n2026,1.5\n", NULL);
    (void)state;
    assert_int_equal(dataset_decimals(data), 2);
    assert_int_equal(dataset_values(data)[0], 500);
    assert_int_equal(dataset_values(data)[1], 25);
    assert_int_equal(dataset_values(data)[2], 150);
    mtm_dataset_free(data);
}

static void test_wide_tables_become_observations(void **state) {
    mtm_dataset *data =
        read_text("as_of;total;cat1;cat2;net\n2024-07-01;3;1;2;9\n",
                  "{\"dialect\": {\"delimiter\": \";\"}, \"schema\": {\"fields\": [{\"name\": \"as_of\", \"mtm\": "
                  "{\"role\": \"period\"}},"
                  "{\"name\": \"total\", \"mtm\": {\"role\": \"value\", \"totalOf\": [\"cat1\", \"cat2\"]}},"
                  "{\"name\": \"cat1\", \"mtm\": {\"role\": \"value\", \"members\": {\"category\": \"1\"}}},"
                  "{\"name\": \"cat2\", \"mtm\": {\"role\": \"value\", \"members\": {\"category\": \"CAT2\"}}},"
                  "{\"name\": \"net\", \"mtm\": {\"role\": \"ignore\"}}]},"
                  "\"mtm\": {\"concept\": \"foreign-workers\", \"dimensions\": {\"region\": \"_T\"}}}");
    (void)state;
    assert_int_equal(dataset_count(data), 3);
    assert_int_equal(dataset_kind(data), MTM_KIND_STOCK);
    assert_string_equal(dataset_unit(data), "permits");
    assert_string_equal(member_of(data, "category", 0), "_T");
    assert_string_equal(member_of(data, "category", 1), "CAT1");
    assert_string_equal(member_of(data, "category", 2), "CAT2");
    assert_string_equal(member_of(data, "region", 2), "_T");
    mtm_dataset_free(data);
}

static void test_releases_filters_and_units(void **state) {
    mtm_dataset *data = read_text(
        "what,period,published,vintage,persons\narrivals,2024-Q2,2024-08,first,5\nnet,2024-Q2,2024-08,first,1\n"
        "arrivals,2024-06,,,6\n",
        "{\"schema\": {\"fieldsMatch\": [\"partial\"], \"fields\": [{\"name\": \"published\", \"mtm\": {\"role\": "
        "\"release-date\"}}]},"
        "\"mtm\": {\"concept\": \"migration\", \"cumulative\": true, \"releaseDate\": \"2025\", \"edition\": \"final\","
        "\"rows\": {\"what\": [\"Arrivals\"]}}}");
    mtm_period date;
    (void)state;
    assert_int_equal(dataset_count(data), 2);
    assert_period(data, 0, "2024-S1"); /* cumulative: from the start of the year */
    assert_string_equal(dataset_release(data, (size_t)dataset_releases(data)[0], &date), "first");
    assert_int_equal(date.last, 19966); /* 31 August 2024 */
    assert_string_equal(dataset_release(data, (size_t)dataset_releases(data)[1], &date), "final");
    mtm_dataset_free(data);
}

static void test_names_say_units(void **state) {
    mtm_dataset *data = read_text("Год;Численность, тыс. человек\n2024;5,5\n2025;6,5\n", NULL);
    (void)state;
    assert_int_equal(dataset_multiplier(data), 3);
    assert_string_equal(dataset_unit(data), "persons");
    assert_int_equal(dataset_values(data)[0], 55);
    mtm_dataset_free(data);
}

static void test_sdmx_csv(void **state) {
    mtm_dataset *data =
        read_text("STRUCTURE;STRUCTURE_ID;ACTION;REF_AREA: Reference area;SEX: Sex;TIME_PERIOD: Time;"
                  "OBS_VALUE: Value;OBS_STATUS: Status;UNIT_MULT: Power\n"
                  "dataflow;IOM:MIG(1.0);R;KAZ: Kazakhstan;F: Female;2024-Q1;5;P: Provisional;3: Thousands\n"
                  "dataflow;IOM:MIG(1.0);R;KAZ: Kazakhstan;_T: Total;2024-Q1;NaN;M: Missing;3: Thousands\n",
                  NULL);
    (void)state;
    assert_int_equal(dataset_count(data), 2);
    assert_int_equal(dataset_multiplier(data), 3);
    assert_string_equal(member_of(data, "country", 0), "KAZ");
    assert_string_equal(member_of(data, "sex", 0), "F");
    assert_string_equal(member_of(data, "sex", 1), "_T");
    assert_int_equal(dataset_statuses(data)[0], 'P');
    assert_int_equal(dataset_statuses(data)[1], 'M');
    mtm_dataset_free(data);
}

/* Rows of all levels in one file: what is empty stands for the level above, so that nothing is counted twice. */
static void test_displacement_files(void **state) {
    mtm_dataset *data = read_text(
        "operation,admin0Name,admin0Pcode,admin1Name,admin1Pcode,numPresentIdpInd,reportingDate,yearReportingDate,"
        "monthReportingDate,roundNumber,assessmentType\n"
        "Crisis,Sudan,SDN,,,100,2024-03-01,2024,3,1,BA\nCrisis,Sudan,SDN,Khartoum,SD01,60,2024-03-01,2024,3,1,BA\n"
        "Crisis,Sudan,SDN,Jazeera,SD15,40,2024-03-01,2024,3,1,BA\nCrisis,Sudan,SDN,Jazeera,SD15,45,2024-03-01,2024,3,1,"
        "SA\n"
        "Crisis,Sudan,SDN,Jazeera,SD15,50,2024-06-01,2024,6,2,BA\n",
        NULL);
    (void)state;
    assert_int_equal(dataset_count(data), 5);
    assert_string_equal(member_of(data, "adm1", 0), "_T");
    assert_string_equal(member_of(data, "adm1", 1), "SD01");
    assert_string_equal(member_of(data, "assessment-type", 3), "SA");
    assert_string_equal(member_of(data, "round", 4), "2");
    assert_string_equal(member_of(data, "operation", 0), "Crisis");
    assert_int_equal(dataset_kind(data), MTM_KIND_STOCK);
    mtm_dataset_free(data);
}

/* Codes identify places, names print; a place without a code has its name; "nan" below the level of the row is no place. */
static void test_names_of_places(void **state) {
    mtm_dataset *data =
        read_text("admin1Pcode,admin1Name,admin2Pcode,admin2Name,adminLevel,numPresentIdpInd,reportingDate,roundNumber,"
                  "displacementReason\n"
                  "XX01,North,nan,nan,1.0,12.0,2024-03-01T00:00:00,Round 07,conflict\n"
                  "XX01,North,XX0101,Port,2.0,7.0,2024-03-01T00:00:00,7.0,Natural disaster; Conflict\n"
                  "XX01,North,,Harbour,2.0,5.0,2024-03-01T00:00:00,7,Conflict;Natural disaster\n",
                  NULL);
    (void)state;
    assert_int_equal(dataset_count(data), 3);
    assert_string_equal(member_of(data, "adm1", 0), "XX01");
    assert_string_equal(label_of(data, "adm1", 0), "North");
    assert_string_equal(member_of(data, "adm2", 0), "_T");
    assert_string_equal(label_of(data, "adm2", 1), "Port");
    assert_string_equal(member_of(data, "adm2", 2), "Harbour");
    assert_string_equal(member_of(data, "round", 0), "7");
    assert_string_equal(member_of(data, "population-status", 0), "IDP"); /* "status" is the observation's */
    assert_string_equal(member_of(data, "status", 0), "no such dimension");
    assert_string_equal(member_of(data, "round", 1), "7");
    assert_string_equal(member_of(data, "reason", 0), "CONFLICT");
    assert_string_equal(member_of(data, "reason", 1), "CONFLICT; DISASTER");
    assert_string_equal(member_of(data, "reason", 2), "CONFLICT; DISASTER");
    mtm_dataset_free(data);
}

static void test_tagged_files(void **state) {
    mtm_dataset *data =
        read_text("Pays,Région,Jour,Personnes,Femmes,Ménages\n"
                  "#country+code,#adm1+name,#date+reported,#affected+idps+ind,#affected+f,#affected+hh\n"
                  "SDN,Khartoum,2024-03-01,100,60,20\n",
                  NULL);
    (void)state;
    assert_int_equal(dataset_count(data), 3);
    assert_int_equal(dataset_values(data)[0], 100);
    assert_string_equal(member_of(data, "counted", 0), "PERSONS"); /* and households, a measure of their own */
    assert_string_equal(member_of(data, "counted", 2), "HOUSEHOLDS");
    assert_string_equal(member_of(data, "sex", 0), "_T");
    assert_string_equal(member_of(data, "sex", 1), "F");
    assert_string_equal(member_of(data, "adm1", 1), "Khartoum");
    assert_int_equal(dataset_lines(data)[0], 3);
    mtm_dataset_free(data);
}

static void assert_refused(const char *text, const char *resource, mtm_status status, int code, int line, int column) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_dataset *out = NULL;
    mtm_error err = {0};
    options.resource = resource;
    assert_int_equal(mtm_dataset_read(FROM_BYTES(text, strlen(text), "table.csv"), &options, &out, &err), status);
    assert_null(out);
    assert_int_equal(err.status, status);
    assert_int_equal(err.code, code);
    assert_int_equal(err.line, line);
    assert_int_equal(err.column, column);
}

static void test_errors_say_where(void **state) {
    (void)state;
    assert_refused("period,value\n2024,5\n2025,bad\n", NULL, MTM_ERROR_VALUE, 60, 3, 6);
    assert_refused("period,value\n2024,5,6\n", NULL, MTM_ERROR_STRUCTURE, 30, 2, 1);
    assert_refused("period,value\n2024,\"5\n", NULL, MTM_ERROR_STRUCTURE, 31, 2, 6);
    assert_refused("period,value\n2024,5\n2024,6\n", NULL, MTM_ERROR_VALUE, 100, 3, 2);
    assert_refused("period,value\n2024,5\n", "{\"schema\": {\"fields\": [{\"name\": \"period\"}]}}", MTM_ERROR_SCHEMA,
                   52, 1, 8);
    assert_refused("period,value\n2024,5\n",
                   "{\"schema\": {\"fields\": [{\"name\": \"period\"}, {\"name\": \"value\"}, {\"name\": \"sex\"}]}}",
                   MTM_ERROR_SCHEMA, 50, 1, 0);
    assert_refused("period,value\n2024,5\n", "{\"encoding\": \"no-such-encoding\"}", MTM_ERROR_SCHEMA, 22, 0, 0);
    assert_refused("period,value\n2024,5\n",
                   "{\"mtm\": {\"concept\": \"migration\", \"dimensions\": {\"sex\": \"Q\"}}}", MTM_ERROR_SCHEMA, 59, 1,
                   0);
}

static void test_arguments(void **state) {
    mtm_dataset *out = NULL;
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    (void)state;
    assert_int_equal(mtm_dataset_read(NULL, NULL, &out, NULL), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_dataset_read(FROM_PATH("x.csv"), NULL, NULL, NULL), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_dataset_read(FROM_BYTES(NULL, 5, "x"), NULL, &out, NULL), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_dataset_read(FROM_PATH(MTM_SOURCE_DIR "/docs"), NULL, &out, NULL), MTM_ERROR_PATH);
    assert_int_equal(mtm_dataset_read(FROM_PATH(MTM_SOURCE_DIR "/none.csv"), NULL, &out, NULL), MTM_ERROR_NOT_FOUND);
    options.size = 0;
    assert_int_equal(mtm_dataset_read(FROM_PATH("x.csv"), &options, &out, NULL), MTM_ERROR_ARGUMENT);
}

static const mtm_dataset *find(const mtm_package *package, const char *name) {
    const mtm_dataset *data = NULL;
    assert_int_equal(mtm_package_find(package, name, &data, NULL), MTM_OK);
    return data;
}

static void test_packages(void **state) {
    mtm_package *package = NULL;
    const mtm_dataset *data;
    mtm_error err = {0};
    (void)state;
    if (mtm_package_read(FROM_PATH(MTM_SOURCE_DIR "/examples/kazakhstan-2024-q2"), NULL, &package, &err) != MTM_OK) {
        fail_msg("%s: %s", err.subject, err.message);
    }
    assert_string_equal(package_country(package), "KAZ");
    data = find(package, "net-migration-export");
    assert_int_equal(dataset_count(data), 45);
    assert_string_equal(member_of(data, "region", 0), "_T");
    assert_string_equal(member_of(data, "residence", 0), "URBAN");
    assert_int_equal(dataset_values(data)[0], 24876);
    data = find(package, "foreign-workers");
    assert_int_equal(dataset_values(data)[0], 14702);
    mtm_package_free(package);
    assert_int_equal(mtm_package_read(FROM_PATH(MTM_SOURCE_DIR "/tests/golden/reading/small/datapackage.json"), NULL,
                                      &package, NULL),
                     MTM_OK);
    assert_int_equal(mtm_package_count(package), 1); /* microdata stay on the disk */
    assert_int_equal(dataset_count(mtm_package_at(package, 0)), 4);
    mtm_package_free(package);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_plain_file_describes_itself),
        cmocka_unit_test(test_decimals_grow_with_the_figures),
        cmocka_unit_test(test_wide_tables_become_observations),
        cmocka_unit_test(test_releases_filters_and_units),
        cmocka_unit_test(test_names_say_units),
        cmocka_unit_test(test_sdmx_csv),
        cmocka_unit_test(test_displacement_files),
        cmocka_unit_test(test_names_of_places),
        cmocka_unit_test(test_tagged_files),
        cmocka_unit_test(test_errors_say_where),
        cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_packages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
