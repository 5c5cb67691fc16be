/* Which groupings of microdata serve which indicators; and the same answers from counted microdata as from tables. */
#include "../getters.h"
#include "facts.h"
#include "failing.h"

#include "indicator/definition/catalogue.h"

#include <jansson.h>
#include <stdlib.h>

#define RESOURCE(fields, properties)                                                                                   \
    "{\"name\": \"crossings\", \"path\": \"crossings.csv\"" fields                                                     \
    ", \"mtm\": {\"concept\": \"border-crossings\", \"microdata\": true" properties "}}"

static mtm_package *with_microdata(const char *resource) {
    mtm_package *package = NULL;
    assert_int_equal(mtm_package_new("KAZ", &package, NULL), MTM_OK);
    package->microdata = mtmi_memory_new(1, sizeof *package->microdata);
    assert_non_null(package->microdata);
    package->n_microdata = 1;
    package->microdata[0].name = mtmi_memory_copy_text("crossings");
    package->microdata[0].resource = mtmi_memory_copy_text(resource);
    return package;
}

static char *plan_of(const char *resource, const char *indicator, const char *period) {
    mtm_package *package = with_microdata(resource);
    mtm_catalogue *catalogue = NULL;
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtmi_asked question;
    mtm_error err = {0};
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_period asked = period_of(period);
    options.period = &asked;
    options.indicator = indicator;
    assert_int_equal(mtm_catalogue_new(&catalogue, &err), MTM_OK);
    if (mtmi_catalogue_ask(catalogue, package, &options, &question, &err) != MTM_OK ||
        mtmi_catalogue_plan(catalogue, package, &question, &text, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    /* without layout, so that it compares in a line */
    json_t *json = json_loads(text.data, 0, NULL);
    char *flat = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    mtmi_buffer_free(&text);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return flat;
}

#define FIELDS(list) ", \"schema\": {\"fields\": [" list "]}"
#define NAMED(name) "{\"name\": \"" name "\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"" name "\"}}"
#define GROUPING(by, period) "{\"crossings\":{\"groupings\":[{\"by\":[" by "],\"period\":\"" period "\"}]}}"

static void the_fewest_groupings_serve_all(void **state) {
    static const struct {
        const char *resource, *indicator, *period, *plan;
    } facts[] = {
        /* a grouping by more dimensions serves what asks for fewer; citizenship tells who is a foreigner */
        {RESOURCE("", ""), NULL, "2024-Q2", GROUPING("\"direction\",\"citizenship\"", "quarter")},
        {RESOURCE("", ""), "arrivals", "2024-Q2", GROUPING("\"direction\",\"citizenship\"", "quarter")},
        {RESOURCE("", ""), "net-crossings", "2024", GROUPING("\"direction\",\"citizenship\"", "year")},
        {RESOURCE("", ""), "arrivals", "2024-S1", GROUPING("\"direction\",\"citizenship\"", "half-year")},
        {RESOURCE("", ""), "arrivals", "2024-06", GROUPING("\"direction\",\"citizenship\"", "month")},
        {RESOURCE("", ""), "arrivals", "2024-02/2024-04", GROUPING("\"direction\",\"citizenship\"", "month")},
        {RESOURCE("", ""), "arrivals", "2023-01/2024-12", GROUPING("\"direction\",\"citizenship\"", "year")},
        {RESOURCE("", ""), "arrivals", "2024-01-01/2024-05-10", GROUPING("\"direction\",\"citizenship\"", "day")},
        {RESOURCE("", ""), "immigration", "2024-Q2", "{}"},
        /* only what the columns have */
        {RESOURCE(FIELDS(NAMED("direction")), ""), NULL, "2024-Q2", GROUPING("\"direction\"", "quarter")},
        {RESOURCE(FIELDS(NAMED("direction") "," NAMED("country")), ""), NULL, "2024-Q2",
         GROUPING("\"direction\",\"country\"", "quarter")},
        {RESOURCE(FIELDS("{\"name\": \"Direction\"}, {\"name\": \"Nationality\"}"), ""), NULL, "2024-Q2",
         GROUPING("\"direction\",\"citizenship\"", "quarter")},
        {RESOURCE(FIELDS(NAMED("purpose")), ""), NULL, "2024-Q2", "{}"},
        /* what holds for the whole file needs no column */
        {RESOURCE(FIELDS(NAMED("citizenship")), ", \"dimensions\": {\"direction\": \"IN\"}"), NULL, "2024-Q2",
         GROUPING("\"citizenship\"", "quarter")},
        {RESOURCE("", ", \"unit\": \"persons\""), NULL, "2024-Q2", "{}"},
        {RESOURCE("", ", \"kind\": \"stock\""), NULL, "2024-Q2", "{}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        char *plan = plan_of(facts[i].resource, facts[i].indicator, facts[i].period);
        assert_string_equal(plan, facts[i].plan);
        free(plan);
    }
}

/* Every step from bytes to the number a report states. */
static void microdata_answer_as_tables_do(void **state) {
    static const char rows[] = "time,direction,citizenship\n"
                               "2024-04-01,IN,UZB\n2024-05-02,IN,UZB\n2024-06-30,IN,CHN\n2024-04-09,OUT,UZB\n"
                               "2024-01-01,IN,UZB\n2024-02-01,IN,RUS\n2024-05-05,IN,Atlantis\n";
    static const char specification[] =
        "{\"resource\": {\"name\": \"crossings\", \"path\": \"c.csv\", \"mtm\": {\"concept\": \"border-crossings\","
        " \"microdata\": true}}, \"groupings\": [{\"by\": [\"direction\", \"citizenship\"], \"period\": \"quarter\"}]}";
    mtm_tabulator *tabulator = NULL;
    mtm_package *package = NULL;
    mtm_error err = {0};
    (void)state;
    if (mtm_tabulator_new(specification, NULL, &tabulator, &err) != MTM_OK ||
        mtm_tabulator_add(tabulator, FROM_BYTES(rows, sizeof rows - 1, "c.csv"), &err) != MTM_OK ||
        mtm_tabulator_finish(tabulator, &package, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    mtm_results *results = computed_of(package, "arrivals-by-origin", "2024-Q2", NULL);
    assert_value(results, "4", MTM_REASON_NONE);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, "2", "2", "100.0", MTM_REASON_NONE);
    assert_row(results, "UZB", 1, "2", "50.0");
    assert_row(results, "CHN", 2, "1", "25.0");
    assert_row(results, "_O", 0, "1", "25.0"); /* the label no code matches stays in the total */
    assert_int_equal(result_flags(mtm_results_at(results, 0)),
                     MTM_FLAG_DERIVED | MTM_FLAG_UNCLASSIFIED | MTM_FLAG_MICRODATA);
    mtm_results_free(results);
    results = computed_of(package, "net-crossings", "2024-Q2", NULL);
    assert_value(results, "3", MTM_REASON_NONE);
    mtm_results_free(results);
    results = computed_of(package, "arrivals-outside-cis", "2024-Q2", NULL);
    assert_value(results, "2", MTM_REASON_NONE);
    mtm_results_free(results);
    mtm_package_free(package);
    mtm_tabulator_free(tabulator);
}

static mtm_status planned(void *data, mtm_error *err) {
    mtm_catalogue *catalogue = NULL;
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtmi_asked question;
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_period period = {19814, 19904};
    options.period = &period;
    mtm_status status = mtm_catalogue_new(&catalogue, err);
    status = status == MTM_OK ? mtmi_catalogue_ask(catalogue, data, &options, &question, err) : status;
    status = status == MTM_OK ? mtmi_catalogue_plan(catalogue, data, &question, &text, err) : status;
    mtmi_buffer_free(&text);
    mtm_catalogue_free(catalogue);
    return status;
}

static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    mtm_package *package = with_microdata(RESOURCE("", ""));
    assert_survives_failing_memory(planned, package);
    mtm_package_free(package);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fewest_groupings_serve_all),
        cmocka_unit_test(microdata_answer_as_tables_do),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
