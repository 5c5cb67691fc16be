/* The catalogue as a user meets it: built in, extended by a file of one's own, and refused with the place of the slip. */
#include "../getters.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const required[] = {
    "arrivals",
    "departures",
    "net-crossings",
    "arrivals-by-origin",
    "arrivals-outside-cis",
    "permanent-residence-permits",
    "permanent-residence-permits-by-origin",
    "temporary-residence-permits",
    "temporary-residence-permits-by-origin",
    "foreign-workers",
    "foreign-workers-by-category",
    "foreign-workers-by-sector",
    "foreign-workers-by-origin",
    "quota-use",
    "citizens-abroad-by-country",
    "remittances-out",
    "remittances-in",
    "money-transfers-out",
    "money-transfers-in",
    "immigration",
    "emigration",
    "net-migration",
    "immigration-by-origin",
    "kandas",
    "kandas-by-origin",
    "population",
};

static int is_cyrillic(const char *text) {
    return (unsigned char)text[0] >= 0xD0 && (unsigned char)text[0] <= 0xD3;
}

static void every_statement_of_the_report_is_there(void **state) {
    mtm_catalogue *catalogue = NULL;
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_catalogue_new(&catalogue, &err), MTM_OK);
    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        const mtm_indicator *indicator = NULL;
        assert_int_equal(mtm_catalogue_find(catalogue, required[i], &indicator, &err), MTM_OK);
        assert_string_equal(indicator_id(indicator), required[i]);
    }
    for (size_t i = 0; i < mtm_catalogue_count(catalogue); i++) {
        const mtm_indicator *indicator = mtm_catalogue_at(catalogue, i);
        const char *title[3], *definition[3];
        for (int k = 0; k < 3; k++) {
            title[k] = indicator_title(indicator, (mtm_language)k);
            definition[k] = indicator_definition(indicator, (mtm_language)k);
            assert_true(strlen(title[k]) > 5 && strlen(definition[k]) > 40);
            assert_int_equal(is_cyrillic(title[k]), k != MTM_LANGUAGE_EN);
            assert_int_equal(is_cyrillic(definition[k]), k != MTM_LANGUAGE_EN);
        }
        assert_string_not_equal(definition[1], definition[2]);
        assert_true(strlen(indicator_section(indicator)) > 0 && strlen(indicator_concept(indicator)) > 0);
        assert_true(strlen(indicator_unit(indicator)) > 0);
    }
    assert_null(mtm_catalogue_at(catalogue, mtm_catalogue_count(catalogue)));
    mtm_catalogue_free(catalogue);
    mtm_catalogue_free(NULL);
}

static void an_unknown_id_names_the_nearest(void **state) {
    mtm_catalogue *catalogue = NULL;
    const mtm_indicator *indicator = NULL;
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    assert_int_equal(mtm_catalogue_find(catalogue, "arrivals-by-orign", &indicator, &err), MTM_ERROR_NOT_FOUND);
    assert_null(indicator);
    assert_non_null(strstr(err.message, "\"arrivals-by-origin\""));
    assert_int_equal(mtm_catalogue_find(catalogue, NULL, &indicator, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_catalogue_find(NULL, "arrivals", &indicator, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_catalogue_new(NULL, &err), MTM_ERROR_ARGUMENT);
    mtm_catalogue_free(catalogue);
}

/* ---- files of one's own ---- */

static const char path[] = "catalogue-of-my-own.json";

static mtm_status read_text(const char *text, mtm_catalogue **out, mtm_error *err) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
    mtm_status status = mtm_catalogue_read(FROM_PATH(path), out, err);
    assert_int_equal(remove(path), 0);
    return status;
}

#define OWN(properties)                                                                                                \
    "{\"indicators\": [{\"id\": \"kandas-students\", \"section\": \"kandas\", \"title\": \"Students\", "               \
    "\"definition\": \"Kandas who study\", \"concept\": \"kandas\", \"unit\": \"persons\", " properties "}]}"

static void definitions_are_added_and_replaced(void **state) {
    mtm_catalogue *catalogue = NULL, *built_in = NULL;
    const mtm_indicator *indicator = NULL;
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_catalogue_new(&built_in, &err), MTM_OK);
    if (read_text(OWN("\"statistic\": \"sum\", \"filter\": {\"purpose\": \"STUDY\"}"), &catalogue, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(mtm_catalogue_count(catalogue), mtm_catalogue_count(built_in) + 1);
    assert_int_equal(mtm_catalogue_find(catalogue, "kandas-students", &indicator, &err), MTM_OK);
    assert_string_equal(indicator_title(indicator, MTM_LANGUAGE_KK), "Students");
    assert_string_equal(indicator_dimension(indicator), "");
    /* it stands with its section, before the next one begins */
    assert_string_equal(indicator_section(mtm_catalogue_at(catalogue, mtm_catalogue_count(catalogue) - 1)),
                        "displacement");
    mtm_catalogue_free(catalogue);

    assert_int_equal(read_text("{\"sections\": [{\"id\": \"mine\", \"title\": {\"en\": \"Mine\", \"kk\": \"Менікі\"}}],"
                               " \"indicators\": [{\"id\": \"arrivals\", \"section\": \"mine\", \"title\": \"All\","
                               " \"definition\": \"All of them\", \"concept\": \"border-crossings\","
                               " \"unit\": \"movements\", \"statistic\": \"sum\","
                               " \"breakdown\": {\"dimension\": \"purpose\", \"top\": 3}}]}",
                               &catalogue, &err),
                     MTM_OK);
    assert_int_equal(mtm_catalogue_count(catalogue), mtm_catalogue_count(built_in));
    assert_int_equal(mtm_catalogue_find(catalogue, "arrivals", &indicator, &err), MTM_OK);
    assert_string_equal(indicator_section(indicator), "mine");
    assert_string_equal(indicator_dimension(indicator), "purpose");
    assert_ptr_equal(indicator, mtm_catalogue_at(catalogue, mtm_catalogue_count(catalogue) - 1));
    mtm_catalogue_free(catalogue);
    mtm_catalogue_free(built_in);
}

static void slips_are_named(void **state) {
    static const struct {
        const char *text, *said;
        mtm_status status;
    } facts[] = {
        {OWN("\"statistic\": \"mean\""), "indicators[0] (kandas-students): statistic: found \"mean\"",
         MTM_ERROR_SCHEMA},
        {OWN("\"unite\": 1, \"statistic\": \"sum\""), "found \"unite\"", MTM_ERROR_SCHEMA},
        {OWN("\"statistic\": \"net\""), "minus", MTM_ERROR_SCHEMA},
        {OWN("\"statistic\": \"sum\", \"minus\": {\"direction\": \"OUT\"}"), "minus", MTM_ERROR_SCHEMA},
        {OWN("\"statistic\": \"share\""), "of", MTM_ERROR_SCHEMA},
        {OWN("\"statistic\": \"sum\", \"filter\": {\"direction\": 1}"), "one code a dimension", MTM_ERROR_SCHEMA},
        {OWN("\"statistic\": \"sum\", \"outside\": \"CIS\""), "a breakdown by country", MTM_ERROR_SCHEMA},
        {OWN("\"statistic\": \"sum\", \"breakdown\": {\"dimension\": \"country\"}, \"outside\": \"NATO\""),
         "country-group", MTM_ERROR_SCHEMA},
        {OWN("\"statistic\": \"sum\", \"breakdown\": {\"dimension\": \"country\", \"top\": 0}"), "above 0",
         MTM_ERROR_SCHEMA},
        {OWN("\"statistic\": \"sum\", \"breakdown\": {\"dimension\": \"country\", \"ranked\": 1}"), "true or false",
         MTM_ERROR_SCHEMA},
        {OWN("\"statistic\": \"sum\", \"breakdown\": {\"dimension\": []}"), "empty list", MTM_ERROR_SCHEMA},
        {OWN("\"statistic\": \"sum\", \"comparisons\": [\"previous\"]"), "previous-period", MTM_ERROR_SCHEMA},
        {OWN("\"statistic\": \"sum\", \"decimals\": 7"), "from 0 to 6", MTM_ERROR_SCHEMA},
        {OWN("\"statistic\": \"sum\", \"kind\": \"stream\""), "flow, stock or share", MTM_ERROR_SCHEMA},
        {"{\"indicators\": [{\"id\": \"Arrivals\"}]}", "lower-case letters", MTM_ERROR_SCHEMA},
        {"{\"indicators\": [3]}", "an object", MTM_ERROR_SCHEMA},
        {"{\"indicators\": [{\"id\": \"a\", \"section\": \"nowhere\"}]}", "section", MTM_ERROR_SCHEMA},
        {"{\"sections\": [{\"id\": \"s\", \"title\": {\"de\": \"S\"}}], \"indicators\": []}", "found \"de\"",
         MTM_ERROR_SCHEMA},
        {"{\"sections\": [{\"id\": \"s\", \"title\": {}}], \"indicators\": []}", "at least one", MTM_ERROR_SCHEMA},
        {"{\"sections\": [{\"title\": \"s\"}], \"indicators\": []}", "sections[0]", MTM_ERROR_SCHEMA},
        {"{\"indicator\": []}", "\"indicators\"", MTM_ERROR_SCHEMA},
        {"{\"indicators\": [], \"extra\": 1}", "found \"extra\"", MTM_ERROR_SCHEMA},
        {"[]", "\"indicators\"", MTM_ERROR_SCHEMA},
        {"{", "valid JSON", MTM_ERROR_STRUCTURE},
        {"", "valid JSON", MTM_ERROR_STRUCTURE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        mtm_catalogue *catalogue = NULL;
        mtm_error err = {0};
        mtm_status status = read_text(facts[i].text, &catalogue, &err);
        if (status != facts[i].status || strstr(err.message, facts[i].said) == NULL) {
            fail_msg("%s: %d %s", facts[i].text, (int)status, err.message);
        }
        assert_null(catalogue);
        assert_string_equal(err.subject, path);
    }
}

static void the_same_id_twice_is_a_slip(void **state) {
    mtm_catalogue *catalogue = NULL;
    mtm_error err = {0};
    const char *one = "{\"id\": \"a\", \"section\": \"kandas\", \"title\": \"A\", \"definition\": \"A\","
                      " \"concept\": \"kandas\", \"unit\": \"persons\", \"statistic\": \"sum\"}";
    char text[1024];
    (void)state;
    snprintf(text, sizeof text, "{\"indicators\": [%s, %s]}", one, one);
    assert_int_equal(read_text(text, &catalogue, &err), MTM_ERROR_SCHEMA);
    assert_non_null(strstr(err.message, "only once"));
    assert_int_equal(mtm_catalogue_read(FROM_PATH("nowhere.json"), &catalogue, &err), MTM_ERROR_NOT_FOUND);
    assert_int_equal(mtm_catalogue_read(NULL, &catalogue, &err), MTM_ERROR_ARGUMENT);
}

static void wrong_questions_are_refused(void **state) {
    mtm_catalogue *catalogue = NULL;
    mtm_package *package = NULL;
    mtm_results *results = NULL;
    mtm_error err = {0};
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_period period = {0, 90}, upside_down = {90, 0};
    (void)state;
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    assert_int_equal(mtm_package_new("KAZ", &package, NULL), MTM_OK);
    assert_int_equal(mtm_catalogue_compute(catalogue, package, NULL, &results, &err), MTM_ERROR_ARGUMENT);
    assert_string_equal(err.subject, "period");
    options.period = &upside_down;
    assert_int_equal(mtm_catalogue_compute(catalogue, package, &options, &results, &err), MTM_ERROR_ARGUMENT);
    options.period = &period;
    options.indicator = "no-such";
    assert_int_equal(mtm_catalogue_compute(catalogue, package, &options, &results, &err), MTM_ERROR_NOT_FOUND);
    options.indicator = NULL;
    options.top = -2;
    assert_int_equal(mtm_catalogue_compute(catalogue, package, &options, &results, &err), MTM_ERROR_ARGUMENT);
    options.top = 0;
    options.size = 0;
    assert_int_equal(mtm_catalogue_compute(catalogue, package, &options, &results, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_catalogue_compute(NULL, package, NULL, &results, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_catalogue_compute(catalogue, NULL, NULL, &results, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_catalogue_compute(catalogue, package, NULL, NULL, &err), MTM_ERROR_ARGUMENT);
    assert_null(results);

    /* without data every indicator is there, and says that there are none */
    options.size = sizeof options;
    assert_int_equal(mtm_catalogue_compute(catalogue, package, &options, &results, &err), MTM_OK);
    assert_int_equal(mtm_results_count(results), mtm_catalogue_count(catalogue));
    for (size_t i = 0; i < mtm_results_count(results); i++) {
        assert_int_equal(result_reason(mtm_results_at(results, i)), MTM_REASON_NO_DATA);
        assert_string_equal(result_id(mtm_results_at(results, i)), indicator_id(mtm_catalogue_at(catalogue, i)));
    }
    assert_null(results_find(results, "no-such"));
    assert_null(mtm_results_at(results, mtm_results_count(results)));
    mtm_results_free(results);
    mtm_package_free(package);
    mtm_catalogue_free(catalogue);
}

static int stop_at_third(uint64_t done, uint64_t total, void *data) {
    (void)data;
    return total > 3 && done == 3;
}

static void computing_can_be_stopped(void **state) {
    mtm_catalogue *catalogue = NULL;
    mtm_package *package = NULL;
    mtm_results *results = NULL;
    mtm_error err = {0};
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_period period = {0, 90};
    (void)state;
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    assert_int_equal(mtm_package_new(NULL, &package, NULL), MTM_OK);
    options.period = &period;
    options.progress = stop_at_third;
    assert_int_equal(mtm_catalogue_compute(catalogue, package, &options, &results, &err), MTM_ERROR_CANCELLED);
    assert_null(results);
    mtm_package_free(package);
    mtm_catalogue_free(catalogue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_statement_of_the_report_is_there),
        cmocka_unit_test(an_unknown_id_names_the_nearest),
        cmocka_unit_test(definitions_are_added_and_replaced),
        cmocka_unit_test(slips_are_named),
        cmocka_unit_test(the_same_id_twice_is_a_slip),
        cmocka_unit_test(wrong_questions_are_refused),
        cmocka_unit_test(computing_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
