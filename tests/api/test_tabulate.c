/* Counting microdata as a user does: files in, datasets out; states saved, loaded, and merged in any order. */
#include "../getters.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static const char by_direction_and_age[] =
    "{\"resource\": {\"name\": \"crossings\", \"path\": \"crossings.csv\", \"mtm\": {\"concept\": \"border-crossings\","
    " \"unit\": \"movements\", \"microdata\": true}},"
    " \"ages\": [0, 18, 65],"
    " \"groupings\": [{\"by\": [\"direction\"], \"name\": \"total\"}, {\"by\": [\"sex\", \"age\"], \"period\": "
    "\"year\"},"
    " {\"by\": [\"direction\"], \"sum\": \"amount\", \"unit\": \"USD\"}]}";

static const char first[] = "time,direction,sex,birth_year,amount\n"
                            "2024-04-01 08:00,in,F,1990,10.50\n"
                            "2024-05-01 09:30,in,M,2010,0.25\n"
                            "2024-05-02 10:00,out,M,1950,7\n"
                            "2024-05-03 10:00,out,M,2030,1\n"; /* born after the crossing: refused */
static const char second[] = "amount;birth_year;sex;direction;time\n"
                             "100;1990;жен;въезд;2024-06-30\n"
                             "3;1990;F;OUT;2024-07-01\n";
static const char third[] = "time,direction,sex,birth_year,amount\n"
                            "2023-12-31,in,F,1958,1.5\n";

static mtm_tabulator *new_tabulator(const char *specification) {
    mtm_tabulator *tabulator = NULL;
    mtm_error err = {0};
    mtm_status status = mtm_tabulator_new(specification, NULL, &tabulator, &err);
    if (status != MTM_OK)
        fail_msg("%s", err.message);
    return tabulator;
}

static mtm_tabulator *counted(const char *text, const char *name) {
    mtm_tabulator *tabulator = new_tabulator(by_direction_and_age);
    mtm_error err = {0};
    if (mtm_tabulator_add(tabulator, FROM_BYTES(text, strlen(text), name), &err) != MTM_OK)
        fail_msg("%s", err.message);
    return tabulator;
}

/* The value of a cell; -1 when there is none. codes: one a dimension. */
static int64_t value(const mtm_package *package, const char *name, const char *period, const char *const *codes) {
    const mtm_dataset *dataset = NULL;
    mtm_period wanted;
    size_t i, d;
    assert_int_equal(mtm_package_find(package, name, &dataset, NULL), MTM_OK);
    assert_int_equal(mtm_period_read(period, &wanted, NULL), MTM_OK);
    for (i = 0; i < dataset_count(dataset); i++) {
        mtm_period one = dataset_periods(dataset)[i];
        int same = one.first == wanted.first && one.last == wanted.last;
        for (d = 0; d < dataset_dimension_count(dataset) && same; d++)
            same = strcmp(dataset_member(dataset, d, (size_t)dataset_codes(dataset, d)[i]), codes[d]) == 0;
        if (same)
            return dataset_values(dataset)[i];
    }
    return -1;
}

static mtm_source identified(const char *text, const char *name, const char *identity) {
    mtm_source source = MTM_SOURCE_BYTES_INIT(text, strlen(text), name);
    source.identity = identity;
    return source;
}

/* Partitions of an engine: equal rows may be two partitions, other bytes may be the same one. */
static void an_identity_says_what_was_counted(void **state) {
    static const char turned[] = "time,direction,sex,birth_year,amount\n"
                                 "2024-05-02 10:00,out,M,1950,7\n";
    mtm_tabulator *tabulator = new_tabulator(by_direction_and_age), *other = NULL, *again = NULL;
    mtm_source a = identified(third, "part-0", "job/part-0"), b = identified(third, "part-1", "job/part-1"),
               c = identified(turned, "part-0 again", "job/part-0");
    mtm_buffer *text = NULL;
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_tabulator_add(tabulator, &a, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_add(tabulator, &b, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_ACCEPTED), 2);
    assert_int_equal(mtm_tabulator_add(tabulator, &a, &err), MTM_ERROR_STATE);
    assert_string_equal(err.message, "counted before: the identity \"job/part-0\" is the same; force counts it twice");
    assert_int_equal(mtm_tabulator_add(tabulator, &c, &err), MTM_ERROR_STATE);
    assert_string_equal(err.message, "counted before: the identity \"job/part-0\" is the same, with other content or "
                                     "rows in another order; force counts it twice");
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_BYTES(third, strlen(third), "anonymous"), &err),
                     MTM_ERROR_STATE);
    assert_non_null(strstr(err.message, "the bytes are the same"));
    assert_int_equal(mtm_tabulator_save(tabulator, &text, &err), MTM_OK);
    assert_int_equal(
        mtm_tabulator_load(FROM_BYTES(mtm_buffer_data(text), mtm_buffer_size(text), "state"), NULL, &again, &err),
        MTM_OK);
    other = new_tabulator(by_direction_and_age);
    assert_int_equal(mtm_tabulator_add(other, &c, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_merge(again, other, 0, &err), MTM_ERROR_STATE);
    assert_int_equal(mtm_tabulator_rows(again, MTM_ROWS_ACCEPTED), 2);
    assert_int_equal(mtm_tabulator_merge(again, other, 1, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_rows(again, MTM_ROWS_ACCEPTED), 3);
    mtm_buffer_free(text);
    mtm_tabulator_free(tabulator);
    mtm_tabulator_free(other);
    mtm_tabulator_free(again);
}

/* An engine writes a file with a header for a partition without rows. */
static void a_partition_may_be_empty(void **state) {
    static const char head[] = "time,direction,sex,birth_year,amount\n", other[] = "time,sex,birth_year,amount\n";
    mtm_tabulator *tabulator = new_tabulator(by_direction_and_age);
    mtm_source nobody = identified(head, "part-1", NULL), empty = identified(head, "part-1", "job/part-1"),
               lacks = identified(other, "part-2", "job/part-2"), full = identified(third, "part-0", "job/part-0");
    mtm_buffer *before = NULL, *after = NULL;
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_tabulator_add(tabulator, &full, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_save(tabulator, &before, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_add(tabulator, &nobody, &err), MTM_ERROR_STRUCTURE);
    assert_int_equal(mtm_tabulator_add(tabulator, &lacks, &err), MTM_ERROR_SCHEMA);
    assert_int_equal(mtm_tabulator_add(tabulator, &empty, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_add(tabulator, &empty, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_save(tabulator, &after, &err), MTM_OK);
    assert_int_equal(mtm_buffer_size(after), mtm_buffer_size(before));
    assert_memory_equal(mtm_buffer_data(after), mtm_buffer_data(before), mtm_buffer_size(before));
    mtm_buffer_free(before);
    mtm_buffer_free(after);
    mtm_tabulator_free(tabulator);
}

static void rows_become_datasets(void **state) {
    mtm_tabulator *tabulator = counted(first, "first.csv");
    mtm_package *package = NULL;
    const mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_BYTES(second, strlen(second), "second.csv"), &err), MTM_OK);
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_IN), 8);
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_ACCEPTED), 5);
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_REJECTED), 1);
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_NOT_DATA), 2);
    if (mtm_tabulator_finish(tabulator, &package, &err) != MTM_OK)
        fail_msg("%s", err.message);
    assert_int_equal(mtm_package_count(package), 3);
    assert_int_equal(value(package, "total", "2024-Q2", (const char *[]){"IN"}), 3);
    assert_int_equal(value(package, "total", "2024-Q2", (const char *[]){"OUT"}), 1);
    assert_int_equal(value(package, "total", "2024-Q3", (const char *[]){"OUT"}), 1);
    assert_int_equal(value(package, "year-sex-age", "2024", (const char *[]){"F", "18-64"}), 3);
    assert_int_equal(value(package, "year-sex-age", "2024", (const char *[]){"M", "0-17"}), 1);
    assert_int_equal(value(package, "year-sex-age", "2024", (const char *[]){"M", "65+"}), 1);
    assert_int_equal(value(package, "quarter-direction-amount", "2024-Q2", (const char *[]){"IN"}), 11075);
    assert_int_equal(mtm_package_find(package, "quarter-direction-amount", &dataset, NULL), MTM_OK);
    assert_int_equal(dataset_decimals(dataset), 2);
    assert_string_equal(dataset_unit(dataset), "USD");
    assert_string_equal(dataset_concept(dataset), "border-crossings");
    assert_int_equal(mtm_package_find(package, "total", &dataset, NULL), MTM_OK);
    assert_string_equal(dataset_unit(dataset), "movements");
    assert_int_equal(dataset_kind(dataset), MTM_KIND_FLOW);
    mtm_package_free(package);
    mtm_tabulator_free(tabulator);
}

static mtm_buffer *saved(const mtm_tabulator *tabulator) {
    mtm_buffer *text = NULL;
    mtm_error err = {0};
    if (mtm_tabulator_save(tabulator, &text, &err) != MTM_OK)
        fail_msg("%s", err.message);
    return text;
}

static void assert_same(mtm_buffer *a, mtm_buffer *b) {
    assert_int_equal(mtm_buffer_size(a), mtm_buffer_size(b));
    assert_memory_equal(mtm_buffer_data(a), mtm_buffer_data(b), mtm_buffer_size(a));
    mtm_buffer_free(a);
}

static void merging_forgets_the_order(void **state) {
    static const char *const files[3] = {first, second, third}, *const names[3] = {"first", "second", "third"};
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    mtm_tabulator *all = new_tabulator(by_direction_and_age);
    mtm_buffer *expected;
    int i, k;
    (void)state;
    for (i = 0; i < 3; i++)
        assert_int_equal(mtm_tabulator_add(all, FROM_BYTES(files[i], strlen(files[i]), names[i]), NULL), MTM_OK);
    expected = saved(all);
    for (i = 0; i < 6; i++) {
        mtm_tabulator *parts[3];
        for (k = 0; k < 3; k++)
            parts[k] = counted(files[orders[i][k]], names[orders[i][k]]);
        if (i % 2 == 0) { /* (a + b) + c, and a + (b + c) */
            assert_int_equal(mtm_tabulator_merge(parts[0], parts[1], 0, NULL), MTM_OK);
            assert_int_equal(mtm_tabulator_merge(parts[0], parts[2], 0, NULL), MTM_OK);
        } else {
            assert_int_equal(mtm_tabulator_merge(parts[1], parts[2], 0, NULL), MTM_OK);
            assert_int_equal(mtm_tabulator_merge(parts[0], parts[1], 0, NULL), MTM_OK);
        }
        assert_same(saved(parts[0]), expected);
        for (k = 0; k < 3; k++)
            mtm_tabulator_free(parts[k]);
    }
    mtm_buffer_free(expected);
    mtm_tabulator_free(all);
}

static void states_survive_saving(void **state) {
    mtm_tabulator *before = counted(first, "first.csv"), *after = NULL;
    mtm_buffer *text = saved(before);
    mtm_error err = {0};
    (void)state;
    if (mtm_tabulator_load(FROM_BYTES(mtm_buffer_data(text), mtm_buffer_size(text), "state"), NULL, &after, &err) !=
        MTM_OK)
        fail_msg("%s", err.message);
    assert_same(saved(after), text);
    assert_int_equal(mtm_tabulator_add(after, FROM_BYTES(second, strlen(second), "second.csv"), &err), MTM_OK);
    assert_int_equal(mtm_tabulator_rows(after, MTM_ROWS_ACCEPTED), 5);
    mtm_tabulator_free(after);
    mtm_buffer_free(text);
    mtm_tabulator_free(before);
}

static void damage_is_seen(void **state) {
    mtm_tabulator *tabulator = counted(first, "first.csv"), *loaded = NULL;
    mtm_buffer *text = saved(tabulator);
    size_t n = mtm_buffer_size(text), i;
    char bytes[4096];
    mtm_error err = {0};
    (void)state;
    assert_true(n < sizeof bytes);
    for (i = 0; i < n; i++) {
        memcpy(bytes, mtm_buffer_data(text), n);
        bytes[i] ^= 0x10;
        assert_int_equal(mtm_tabulator_load(FROM_BYTES(bytes, n, "state"), NULL, &loaded, &err), MTM_ERROR_STATE);
        assert_null(loaded);
        assert_int_equal(mtm_tabulator_load(FROM_BYTES(mtm_buffer_data(text), i, "state"), NULL, &loaded, &err),
                         MTM_ERROR_STATE);
    }
    memcpy(bytes, mtm_buffer_data(text), n);
    bytes[8] = 3;
    assert_int_equal(mtm_tabulator_load(FROM_BYTES(bytes, n, "state"), NULL, &loaded, &err), MTM_ERROR_STATE);
    assert_string_equal(err.message, "of version 3; this library reads versions 1 to 2");
    mtm_buffer_free(text);
    mtm_tabulator_free(tabulator);
}

static void the_same_file_twice_is_noticed(void **state) {
    mtm_tabulator *a = counted(first, "first.csv"), *b = counted(first, "copy.csv");
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_tabulator_add(a, FROM_BYTES(first, strlen(first), "again.csv"), &err), MTM_ERROR_STATE);
    assert_string_equal(err.subject, "again.csv");
    assert_string_equal(err.message,
                        "counted before, as \"first.csv\": the bytes are the same; force counts them twice");
    assert_int_equal(mtm_tabulator_merge(a, b, 0, &err), MTM_ERROR_STATE);
    assert_int_equal(mtm_tabulator_rows(a, MTM_ROWS_ACCEPTED), 3);
    assert_int_equal(mtm_tabulator_merge(a, b, 1, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_rows(a, MTM_ROWS_ACCEPTED), 6);
    mtm_tabulator_free(a);
    mtm_tabulator_free(b);
}

static void what_differs_is_not_merged(void **state) {
    mtm_tabulator *a = counted(first, "first.csv"), *b = new_tabulator("{\"groupings\": [{\"by\": [\"direction\"]}]}");
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_tabulator_merge(a, b, 0, &err), MTM_ERROR_STATE);
    assert_string_equal(err.message, "the two count different things: their specifications differ");
    mtm_tabulator_free(a);
    mtm_tabulator_free(b);
}

static void limits_are_named(void **state) {
    mtm_tabulate_options options = MTM_TABULATE_OPTIONS_INIT;
    mtm_tabulator *tabulator = NULL;
    mtm_error err = {0};
    (void)state;
    options.max_cells = 3;
    assert_int_equal(mtm_tabulator_new(by_direction_and_age, &options, &tabulator, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_BYTES(first, strlen(first), "first.csv"), &err), MTM_OK);
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_BYTES(third, strlen(third), "third.csv"), &err),
                     MTM_ERROR_LIMIT);
    assert_string_equal(err.message, "more than 3 combinations; group by fewer dimensions, by longer periods or by "
                                     "coarser labels, or raise max_cells");
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_ACCEPTED), 3);
    mtm_tabulator_free(tabulator);
    options.max_cells = 0;
    options.max_labels = 1;
    assert_int_equal(mtm_tabulator_new(by_direction_and_age, &options, &tabulator, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_BYTES(first, strlen(first), "first.csv"), &err),
                     MTM_ERROR_LIMIT);
    assert_string_equal(err.message, "more than 1 different labels; leave the dimension out, or map its labels to a "
                                     "coarser list");
    mtm_tabulator_free(tabulator);
    options.simd = 77;
    assert_int_equal(mtm_tabulator_new(by_direction_and_age, &options, &tabulator, &err), MTM_ERROR_UNSUPPORTED);
}

static void wrong_specifications_are_explained(void **state) {
    static const struct {
        const char *text;
        mtm_status status;
        const char *message;
    } facts[] = {
        {"{", MTM_ERROR_STRUCTURE, NULL},
        {"[]", MTM_ERROR_SCHEMA, "the specification is \"no object\"; expected {\"groupings\": [{\"by\": [...]}]}"},
        {"{}", MTM_ERROR_SCHEMA, "\"groupings\" is \"missing\"; expected a list of at least one grouping"},
        {"{\"groupings\": [{\"bye\": []}]}", MTM_ERROR_SCHEMA,
         "a grouping has the property \"bye\"; expected only: name by period sum unit"},
        {"{\"groupings\": [{\"by\": [], \"period\": \"week\"}]}", MTM_ERROR_SCHEMA,
         "\"period\" of a grouping is \"week\"; expected day, month, quarter, half-year or year"},
        {"{\"groupings\": [{\"by\": [\"sex\", \"sex\"]}]}", MTM_ERROR_SCHEMA,
         "\"by\" is \"sex\"; expected each dimension once"},
        {"{\"groupings\": [{\"by\": []}], \"ages\": [5]}", MTM_ERROR_SCHEMA,
         "\"ages\" is wrong at entry 1; expected whole numbers that begin with 0 and rise, none above 150"},
    };
    size_t i;
    (void)state;
    for (i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        mtm_tabulator *tabulator = NULL;
        mtm_error err = {0};
        assert_int_equal(mtm_tabulator_new(facts[i].text, NULL, &tabulator, &err), facts[i].status);
        assert_null(tabulator);
        if (facts[i].message != NULL)
            assert_string_equal(err.message, facts[i].message);
    }
}

static int stop(uint64_t done, uint64_t total, void *data) {
    (void)done;
    (void)total;
    ++*(int *)data;
    return 1;
}

static void progress_can_stop(void **state) {
    mtm_tabulate_options options = MTM_TABULATE_OPTIONS_INIT;
    mtm_tabulator *tabulator = NULL;
    mtm_error err = {0};
    int calls = 0;
    (void)state;
    options.progress = stop;
    options.progress_data = &calls;
    assert_int_equal(mtm_tabulator_new(by_direction_and_age, &options, &tabulator, &err), MTM_OK);
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_BYTES(first, strlen(first), "a"), &err), MTM_ERROR_CANCELLED);
    assert_int_equal(calls, 1);
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_IN), 0);
    mtm_tabulator_free(tabulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_identity_says_what_was_counted),
                                       cmocka_unit_test(a_partition_may_be_empty),
                                       cmocka_unit_test(rows_become_datasets),
                                       cmocka_unit_test(merging_forgets_the_order),
                                       cmocka_unit_test(states_survive_saving),
                                       cmocka_unit_test(damage_is_seen),
                                       cmocka_unit_test(the_same_file_twice_is_noticed),
                                       cmocka_unit_test(what_differs_is_not_merged),
                                       cmocka_unit_test(limits_are_named),
                                       cmocka_unit_test(wrong_specifications_are_explained),
                                       cmocka_unit_test(progress_can_stop)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
