/* What a caller may do since 0.2: structs of any size, sources of every kind, several periods, results as an Arrow table, a
 * dataset without a file, rendering into a function, and one package of microdata shared by eight threads. */
#include "../getters.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char table[] = "period,direction,citizenship,value\n"
                            "2024-Q1,IN,UZB,10\n2024-Q1,IN,CHN,5\n2024-Q2,IN,UZB,20\n2024-Q2,IN,CHN,7\n";
static const char resource[] =
    "{\"name\": \"crossings\", \"path\": \"t.csv\", \"mtm\": {\"concept\": "
    "\"border-crossings\", \"unit\": \"movements\", \"kind\": \"flow\", \"releaseDate\": \"2024-08-15\"}}";

static mtm_period period_of(const char *text) {
    mtm_period period = {0, 0};
    assert_int_equal(mtm_period_read(text, &period, NULL), MTM_OK);
    return period;
}

static mtm_dataset *read_table(const mtm_source *source) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    options.resource = resource;
    if (mtm_dataset_read(source, &options, &dataset, &err) != MTM_OK) {
        fail_msg("%s: %s", err.subject, err.message);
    }
    return dataset;
}

static void assert_is_table(mtm_dataset *dataset) {
    mtm_dataset_info info = MTM_DATASET_INFO_INIT;
    assert_int_equal(mtm_dataset_get(dataset, MTM_LANGUAGE_EN, &info), 1);
    assert_int_equal(info.n_observations, 4);
    assert_int_equal(info.n_dimensions, 2);
    assert_string_equal(info.concept_id, "border-crossings");
    assert_int_equal(dataset_values(dataset)[2], 20);
    mtm_dataset_free(dataset);
}

/* ---- structs ---- */

static void structs_are_filled_as_far_as_they_go(void **state) {
    struct {
        mtm_dataset_info info;
        uint64_t beyond[3];
    } newer;
    struct {
        size_t size;
        const char *name, *beyond;
    } older = {offsetof(mtm_dataset_info, title), NULL, "untouched"};
    (void)state;
    mtm_dataset *dataset = read_table(FROM_TEXT(table, "t.csv"));
    memset(&newer, 0x55, sizeof newer);
    newer.info.size = sizeof newer;
    assert_int_equal(mtm_dataset_get(dataset, MTM_LANGUAGE_EN, &newer.info), 1);
    assert_int_equal(newer.info.n_observations, 4);
    assert_int_equal(newer.info.size, sizeof newer);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(newer.beyond[i], 0);
    }
    assert_int_equal(mtm_dataset_get(dataset, MTM_LANGUAGE_EN, (mtm_dataset_info *)(void *)&older), 1);
    assert_string_equal(older.name, "crossings");
    assert_string_equal(older.beyond, "untouched");
    newer.info.size = 0;
    assert_int_equal(mtm_dataset_get(dataset, MTM_LANGUAGE_EN, &newer.info), 0);
    mtm_dataset_free(dataset);
}

/* ---- sources ---- */

typedef struct feed {
    const char *text;
    size_t at, step;
    int fails;
} feed;

static int64_t give(void *data, void *buffer, size_t size) {
    feed *from = data;
    size_t rest = strlen(from->text) - from->at, n = rest < from->step ? rest : from->step;
    n = n < size ? n : size;
    memcpy(buffer, from->text + from->at, n);
    from->at += n;
    return from->fails && n == 0 ? -1 : (int64_t)n;
}

static void a_function_and_a_pipe_are_read_like_bytes(void **state) {
    feed one = {table, 0, 1, 0}, failing = {table, 0, 7, 1};
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    int ends[2];
    (void)state;
    assert_is_table(read_table(&(mtm_source)MTM_SOURCE_READ_INIT(give, &one, "t.csv")));
    assert_int_equal(mtm_dataset_read(&(mtm_source)MTM_SOURCE_READ_INIT(give, &failing, "t.csv"), NULL, &dataset, &err),
                     MTM_ERROR_IO);
    assert_string_equal(err.subject, "t.csv");
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], table, strlen(table)), (ssize_t)strlen(table));
    close(ends[1]);
    assert_is_table(read_table(FROM_DESCRIPTOR(ends[0], "pipe")));
    close(ends[0]);
}

static void a_range_of_a_file_is_a_file(void **state) {
    char path[] = "/tmp/mtm-interface-XXXXXX";
    mtm_source source = MTM_SOURCE_PATH_INIT(path);
    int file = mkstemp(path);
    (void)state;
    assert_true(file >= 0);
    assert_int_equal(write(file, "skip this\n", 10), 10);
    assert_int_equal(write(file, table, strlen(table)), (ssize_t)strlen(table));
    assert_int_equal(write(file, "and this", 8), 8);
    close(file);
    source.first = 10;
    source.length = strlen(table);
    assert_is_table(read_table(&source));
    source.first = 1000; /* beyond the end: an empty file */
    mtm_dataset *dataset = NULL;
    assert_int_not_equal(mtm_dataset_read(&source, NULL, &dataset, NULL), MTM_OK);
    unlink(path);
}

static void a_stream_is_checked_and_released_in_every_case(void **state) {
    struct ArrowArrayStream stream;
    mtm_check *check = NULL;
    mtm_package *package = NULL;
    mtm_error err = {0};
    (void)state;
    mtm_dataset *dataset = read_table(FROM_TEXT(table, "t.csv"));
    assert_int_equal(mtm_dataset_arrow(dataset, &stream, NULL), MTM_OK);
    assert_int_equal(mtm_check_read(FROM_ARROW(&stream, "stream"), NULL, &check, &err), MTM_OK);
    assert_null(stream.release);
    assert_int_equal(mtm_check_rows(check, MTM_ROWS_ACCEPTED), 4);
    mtm_check_free(check);
    assert_int_equal(mtm_dataset_arrow(dataset, &stream, NULL), MTM_OK);
    assert_int_equal(mtm_package_read(FROM_ARROW(&stream, "stream"), NULL, &package, &err), MTM_ERROR_ARGUMENT);
    assert_null(stream.release);
    assert_int_equal(mtm_dataset_arrow(dataset, &stream, NULL), MTM_OK);
    assert_int_equal(mtm_tabulator_add(NULL, FROM_ARROW(&stream, "stream"), &err), MTM_ERROR_ARGUMENT);
    assert_null(stream.release);
    mtm_dataset_free(dataset);
}

static void wrong_sources_are_refused(void **state) {
    mtm_source source = MTM_SOURCE_PATH_INIT("t.csv");
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_dataset_read(NULL, NULL, &dataset, &err), MTM_ERROR_ARGUMENT);
    assert_string_equal(err.subject, "source");
    source.kind = 17;
    assert_int_equal(mtm_dataset_read(&source, NULL, &dataset, &err), MTM_ERROR_ARGUMENT);
    source.kind = MTM_SOURCE_BYTES;
    assert_int_equal(mtm_dataset_read(&source, NULL, &dataset, &err), MTM_ERROR_ARGUMENT);
    assert_string_equal(err.subject, "name");
    source.size = 0;
    assert_int_equal(mtm_dataset_read(&source, NULL, &dataset, &err), MTM_ERROR_ARGUMENT);
}

/* ---- several periods ---- */

static mtm_package *package_of_table(void) {
    mtm_package *package = NULL;
    mtm_dataset *dataset = read_table(FROM_TEXT(table, "t.csv"));
    assert_int_equal(mtm_package_new("KAZ", &package, NULL), MTM_OK);
    assert_int_equal(mtm_package_add(package, dataset, NULL), MTM_OK);
    mtm_dataset_free(dataset);
    return package;
}

static mtm_results *two_quarters(const mtm_package *package, const char *indicator) {
    const mtm_period periods[] = {period_of("2024-Q1"), period_of("2024-Q2")};
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_catalogue *catalogue = NULL;
    mtm_results *results = NULL;
    mtm_error err = {0};
    options.periods = periods;
    options.n_periods = 2;
    options.indicator = indicator;
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    if (mtm_catalogue_compute(catalogue, package, &options, &results, &err) != MTM_OK) {
        fail_msg("%s: %s", err.subject, err.message);
    }
    mtm_catalogue_free(catalogue);
    return results;
}

static void several_periods_are_computed_at_once(void **state) {
    const mtm_period second = period_of("2024-Q2"), none = period_of("2025-Q2");
    const mtm_result *result = NULL;
    mtm_report *report = NULL;
    mtm_error err = {0};
    (void)state;
    mtm_package *package = package_of_table();
    mtm_results *results = two_quarters(package, "arrivals-by-origin");
    assert_int_equal(mtm_results_count(results), 2);
    assert_int_equal(mtm_results_find(results, "arrivals-by-origin", &second, &result, NULL), MTM_OK);
    assert_int_equal(result_info(result).value.units, 27);
    assert_int_equal(mtm_results_find(results, "arrivals-by-origin", NULL, &result, NULL), MTM_OK);
    assert_int_equal(result_info(result).value.units, 15);
    assert_int_equal(mtm_results_find(results, "arrivals-by-origin", &none, &result, &err), MTM_ERROR_NOT_FOUND);
    assert_null(result);
    assert_int_equal(mtm_report_new(results, NULL, &report, &err), MTM_ERROR_ARGUMENT); /* of one period each */
    mtm_results_free(results);
    mtm_package_free(package);
}

/* Column i of a batch as text of row r. */
static void assert_text(const struct ArrowArray *column, size_t row, const char *expected) {
    const int32_t *offsets = column->buffers[1];
    const char *bytes = column->buffers[2];
    assert_int_equal(offsets[row + 1] - offsets[row], strlen(expected));
    assert_memory_equal(bytes + offsets[row], expected, strlen(expected));
}

static int is_null(const struct ArrowArray *column, size_t row) {
    const unsigned char *valid = column->buffers[0];
    return valid != NULL && (valid[row / 8] >> row % 8 & 1) == 0;
}

static void results_are_one_arrow_table(void **state) {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray batch;
    (void)state;
    mtm_package *package = package_of_table();
    mtm_results *results = two_quarters(package, "arrivals-by-origin");
    assert_int_equal(mtm_results_arrow(results, MTM_LANGUAGE_EN, &stream, NULL), MTM_OK);
    mtm_results_free(results); /* the stream owns what it gives */
    assert_int_equal(stream.get_schema(&stream, &schema), 0);
    assert_int_equal(stream.get_next(&stream, &batch), 0);
    assert_int_equal(batch.length, 6); /* two values, two countries each */
    assert_int_equal(schema.n_children, batch.n_children);
    assert_string_equal(schema.children[0]->name, "period");
    assert_text(batch.children[0], 5, "2024-Q2");
    assert_string_equal(schema.children[5]->name, "code");
    assert_true(is_null(batch.children[5], 0));
    assert_text(batch.children[5], 1, "UZB");
    assert_string_equal(schema.children[9]->name, "value");
    assert_string_equal(schema.children[9]->format, "d:38,0");
    assert_int_equal(((const uint64_t *)batch.children[9]->buffers[1])[6], 27); /* 16 bytes each: row 3 */
    assert_string_equal(schema.children[12]->name, "previous_base");
    assert_true(is_null(batch.children[12], 0));
    assert_int_equal(((const uint64_t *)batch.children[12]->buffers[1])[6], 15);
    batch.release(&batch);
    schema.release(&schema);
    assert_int_equal(stream.get_next(&stream, &batch), 0);
    assert_null(batch.release);
    stream.release(&stream);
    mtm_package_free(package);
}

/* ---- a dataset without a file ---- */

static void a_dataset_is_built_by_the_rules_of_a_file(void **state) {
    static const char *const dimensions[] = {"direction", "citizenship"};
    static const char *const uzbekistan[] = {
        "IN", "\xD0\xA3\xD0\xB7\xD0\xB1\xD0\xB5\xD0\xBA\xD0\xB8\xD1\x81\xD1\x82\xD0\xB0\xD0\xBD"};
    static const char *const china[] = {"IN", "CHN"};
    mtm_observation one = MTM_OBSERVATION_INIT;
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_builder *builder = NULL;
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    (void)state;
    options.resource = resource;
    assert_int_equal(mtm_builder_new("crossings", dimensions, 2, &options, &builder, &err), MTM_OK);
    one.period = period_of("2024-Q1");
    one.value = (mtm_decimal){10, 0, 0};
    one.labels = uzbekistan;
    assert_int_equal(mtm_builder_add(builder, &one, &err), MTM_OK);
    one.value = (mtm_decimal){55, 1, 0};
    one.labels = china;
    assert_int_equal(mtm_builder_add(builder, &one, &err), MTM_OK);
    one.period = period_of("2024-Q2");
    one.status = 'M';
    assert_int_equal(mtm_builder_add(builder, &one, &err), MTM_OK);
    one.period.last = one.period.first - 1;
    assert_int_equal(mtm_builder_add(builder, &one, &err), MTM_ERROR_VALUE);
    assert_int_equal(err.line, 4);
    for (int again = 0; again < 2; again++) { /* the builder stays as it is */
        if (mtm_builder_finish(builder, &dataset, &err) != MTM_OK) {
            fail_msg("%s: %s", err.subject, err.message);
        }
        assert_int_equal(dataset_count(dataset), 3);
        assert_int_equal(dataset_decimals(dataset), 1);
        assert_string_equal(dataset_concept(dataset), "border-crossings");
        assert_int_equal(dataset_values(dataset)[0], 100);
        assert_int_equal(dataset_values(dataset)[1], 55);
        assert_int_equal(dataset_statuses(dataset)[2], 'M');
        assert_string_equal(dataset_member(dataset, 1, (size_t)dataset_codes(dataset, 1)[0]), "UZB");
        assert_int_equal(dataset_lines(dataset)[2], 3);
        mtm_dataset_free(dataset);
    }
    one.period = period_of("2024-Q1");
    one.status = 'A';
    assert_int_equal(mtm_builder_add(builder, &one, &err), MTM_OK); /* the same */
    one.value.units = 7;
    assert_int_equal(mtm_builder_add(builder, &one, &err), MTM_OK); /* and another figure for it */
    assert_int_equal(mtm_builder_finish(builder, &dataset, &err), MTM_ERROR_VALUE);
    assert_null(dataset);
    mtm_builder_free(builder);
    assert_int_equal(mtm_builder_new("x", dimensions, 40, NULL, &builder, &err), MTM_ERROR_LIMIT);
    assert_null(builder);
}

/* ---- documents ---- */

typedef struct sink {
    char bytes[1 << 16];
    size_t size;
    int full;
} sink;

static int take(void *data, const void *bytes, size_t size) {
    sink *to = data;
    if (to->full || to->size + size > sizeof to->bytes) {
        return 1;
    }
    memcpy(to->bytes + to->size, bytes, size);
    to->size += size;
    return 0;
}

static void a_document_goes_to_a_function(void **state) {
    static sink to;
    mtm_render_options options = MTM_RENDER_OPTIONS_INIT;
    mtm_buffer *buffer = NULL;
    mtm_error err = {0};
    (void)state;
    mtm_dataset *dataset = read_table(FROM_TEXT(table, "t.csv"));
    assert_int_equal(mtm_dataset_render(dataset, MTM_FORMAT_CSV, NULL, &buffer, &err), MTM_OK);
    options.write = take;
    options.write_data = &to;
    assert_int_equal(mtm_dataset_render(dataset, MTM_FORMAT_CSV, &options, NULL, &err), MTM_OK);
    assert_int_equal(to.size, mtm_buffer_size(buffer));
    assert_memory_equal(to.bytes, mtm_buffer_data(buffer), to.size);
    to.full = 1;
    assert_int_equal(mtm_dataset_render(dataset, MTM_FORMAT_CSV, &options, NULL, &err), MTM_ERROR_IO);
    assert_int_equal(mtm_dataset_render(dataset, MTM_FORMAT_CSV, NULL, NULL, &err), MTM_ERROR_ARGUMENT);
    mtm_buffer_free(buffer);
    mtm_dataset_free(dataset);
}

static void limits_and_sources_of_a_report_are_data(void **state) {
    mtm_limitation limitation = MTM_LIMITATION_INIT;
    mtm_reference reference = MTM_REFERENCE_INIT;
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_period period = period_of("2024-Q2");
    mtm_catalogue *catalogue = NULL;
    mtm_results *results = NULL;
    mtm_report *report = NULL;
    size_t n = 0;
    (void)state;
    mtm_package *package = package_of_table();
    options.period = &period;
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    assert_int_equal(mtm_catalogue_compute(catalogue, package, &options, &results, NULL), MTM_OK);
    assert_int_equal(mtm_report_new(results, NULL, &report, NULL), MTM_OK);
    for (; mtm_report_limitation(report, n, &limitation); n++) {
        assert_true(limitation.kind[0] != '\0' && limitation.text[0] != '\0');
    }
    assert_true(n > 0); /* most indicators have no data here */
    assert_int_equal(mtm_report_reference(report, 0, &reference), 1);
    assert_int_equal(reference.release.first, period_of("2024-08-15").first);
    assert_int_equal(mtm_report_reference(report, 1000, &reference), 0);
    mtm_report_free(report);
    mtm_results_free(results);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
}

static void periods_shift_and_contain(void **state) {
    const mtm_period quarter = period_of("2024-Q4"), days = period_of("2024-01-01/2024-01-10");
    (void)state;
    assert_memory_equal(&(mtm_period[]){mtm_period_shift(quarter, 1)}[0], &(mtm_period[]){period_of("2025-Q1")}[0],
                        sizeof(mtm_period));
    assert_int_equal(mtm_period_shift(quarter, -8).first, period_of("2022-Q4").first);
    assert_int_equal(mtm_period_shift(days, 1).first, days.last + 1);
    assert_int_equal(mtm_period_shift(days, 0).last, days.last);
    for (int n = -40; n <= 40; n++) { /* back again */
        assert_int_equal(mtm_period_shift(mtm_period_shift(quarter, n), -n).last, quarter.last);
    }
    mtm_period far = mtm_period_shift(quarter, INT32_MAX);
    assert_true(far.first <= far.last);
    assert_int_equal(mtm_period_contains(period_of("2024"), quarter), 1);
    assert_int_equal(mtm_period_contains(quarter, period_of("2024")), 0);
    assert_int_equal(mtm_period_contains(quarter, quarter), 1);
    assert_int_equal(mtm_version_number(), MTM_VERSION_MAJOR * 10000 + MTM_VERSION_MINOR * 100 + MTM_VERSION_PATCH);
}

/* ---- threads ---- */

#define THREADS 8

typedef struct sharing {
    const mtm_package *package;
    const mtm_catalogue *catalogue;
    int64_t value;
} sharing;

static void *compute_in_a_thread(void *data) {
    sharing *with = data;
    const mtm_period period = {19814, 19904}; /* 2024-Q2 */
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_results *results = NULL;
    options.indicator = "arrivals";
    options.period = &period;
    with->value = -1;
    if (mtm_catalogue_compute(with->catalogue, with->package, &options, &results, NULL) == MTM_OK) {
        with->value = result_info(mtm_results_at(results, 0)).value.units;
    }
    mtm_results_free(results);
    return NULL;
}

static void write_file(const char *folder, const char *name, const char *text) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void remove_file(const char *folder, const char *name) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

static void eight_threads_share_a_package_of_microdata(void **state) {
    char folder[] = "/tmp/mtm-interface-XXXXXX";
    pthread_t threads[THREADS];
    sharing with[THREADS];
    mtm_package *package = NULL;
    mtm_catalogue *catalogue = NULL;
    mtm_error err = {0};
    (void)state;
    assert_non_null(mkdtemp(folder));
    write_file(
        folder, "datapackage.json",
        "{\"mtm\": {\"country\": \"KAZ\"}, \"resources\": [{\"name\": \"crossings\", \"path\": \"c.csv\", \"mtm\": "
        "{\"concept\": \"border-crossings\", \"unit\": \"movements\", \"microdata\": true}}]}");
    write_file(folder, "c.csv",
               "date,direction,citizenship\n2024-04-01,IN,UZB\n2024-05-01,IN,CHN\n2024-06-30,OUT,UZB\n");
    if (mtm_package_read(FROM_PATH(folder), NULL, &package, &err) != MTM_OK) {
        fail_msg("%s: %s", err.subject, err.message);
    }
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    for (int i = 0; i < THREADS; i++) {
        with[i] = (sharing){package, catalogue, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, compute_in_a_thread, &with[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(with[i].value, 2);
    }
    assert_int_equal(mtm_package_count(package), 0);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    remove_file(folder, "datapackage.json");
    remove_file(folder, "c.csv");
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(structs_are_filled_as_far_as_they_go),
        cmocka_unit_test(a_function_and_a_pipe_are_read_like_bytes),
        cmocka_unit_test(a_range_of_a_file_is_a_file),
        cmocka_unit_test(a_stream_is_checked_and_released_in_every_case),
        cmocka_unit_test(wrong_sources_are_refused),
        cmocka_unit_test(several_periods_are_computed_at_once),
        cmocka_unit_test(results_are_one_arrow_table),
        cmocka_unit_test(a_dataset_is_built_by_the_rules_of_a_file),
        cmocka_unit_test(a_document_goes_to_a_function),
        cmocka_unit_test(limits_and_sources_of_a_report_are_data),
        cmocka_unit_test(periods_shift_and_contain),
        cmocka_unit_test(eight_threads_share_a_package_of_microdata),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
