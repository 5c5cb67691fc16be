/* Microdata from Arrow streams: counted as the same rows of a file are. */
#include "../getters.h"
#include "made_arrow.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

static const char specification[] =
    "{\"resource\": {\"name\": \"crossings\", \"path\": \"crossings.csv\", \"dialect\": {\"delimiter\": \";\"},"
    " \"mtm\": {\"concept\": \"border-crossings\", \"unit\": \"movements\", \"microdata\": true}},"
    " \"ages\": [0, 18, 65],"
    " \"groupings\": [{\"by\": [\"direction\"], \"name\": \"total\"},"
    " {\"by\": [\"direction\"], \"sum\": \"amount\", \"unit\": \"USD\", \"name\": \"money\"},"
    " {\"by\": [\"sex\", \"age\"], \"period\": \"year\"}]}";

/* ---- a stream of two equal batches of four rows, lent from static memory ---- */

#define COLUMNS 5
#define ROWS 4

static const int64_t times[ROWS] = {1711958400000000, 1714527000000000, 1714644000000000, 1714730400000000};
static const int8_t direction_indices[ROWS] = {0, 0, 1, 1};
static int32_t direction_offsets[] = {0, 2, 7};
static const int32_t sex_offsets[ROWS + 1] = {0, 1, 2, 3, 5};
static const int32_t births[ROWS] = {1990, 2010, 1950, 2030};
static const double amounts[ROWS] = {10.5, 0.25, 7, 1};

static const void *buffers[COLUMNS + 1][3] = {
    {NULL, times},  {NULL, direction_indices}, {NULL, sex_offsets, "FMMM\n"},
    {NULL, births}, {NULL, amounts},           {NULL, direction_offsets, "inout\";"}};
static struct ArrowSchema fields[COLUMNS], labels;
static struct ArrowSchema *field_pointers[COLUMNS];
static struct ArrowArray columns[COLUMNS], values;
static struct ArrowArray *column_pointers[COLUMNS];
static int batches, released, fail_with;

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    static const char *const names[] = {"time", "direction", "sex", "birth_year", "amount"};
    static const char *const formats[] = {"tsu:UTC", "c", "u", "i", "g"};
    (void)stream;
    for (size_t i = 0; i < COLUMNS; i++) {
        fields[i] = (struct ArrowSchema){formats[i], names[i], NULL, 2, 0, NULL, NULL, keep_schema, NULL};
        field_pointers[i] = &fields[i];
    }
    labels = (struct ArrowSchema){"u", "", NULL, 2, 0, NULL, NULL, keep_schema, NULL};
    fields[1].dictionary = &labels;
    *out = (struct ArrowSchema){"+s", "", NULL, 0, COLUMNS, field_pointers, NULL, release_schema, NULL};
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    static const int64_t n_buffers[] = {2, 2, 3, 2, 2};
    static const void *none[1];
    (void)stream;
    memset(out, 0, sizeof *out);
    if (fail_with != 0 && batches == 1) {
        return fail_with;
    }
    if (batches-- <= 0) {
        return 0;
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        columns[i] = (struct ArrowArray){ROWS, 0, 0, n_buffers[i], 0, buffers[i], NULL, NULL, keep_array, NULL};
        column_pointers[i] = &columns[i];
    }
    values = (struct ArrowArray){2, 0, 0, 3, 0, buffers[COLUMNS], NULL, NULL, keep_array, NULL};
    columns[1].dictionary = &values;
    *out = (struct ArrowArray){ROWS, 0, 0, 1, COLUMNS, none, column_pointers, NULL, release_array, NULL};
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return "no more batches can be had";
}

static void count_release(struct ArrowArrayStream *stream) {
    released++;
    stream->release = NULL;
}

static struct ArrowArrayStream stream_of(int n_batches, int error) {
    batches = n_batches;
    fail_with = error;
    released = 0;
    return (struct ArrowArrayStream){get_schema, get_next, get_last_error, count_release, NULL};
}

/* ---- tests ---- */

static mtm_tabulator *new_tabulator(void) {
    mtm_tabulator *tabulator = NULL;
    mtm_error err = {0};
    if (mtm_tabulator_new(specification, NULL, &tabulator, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    return tabulator;
}

/* The sum of a dataset's values for a code of its first dimension. */
static int64_t total(const mtm_tabulator *tabulator, const char *name, const char *code) {
    mtm_package *package = NULL;
    const mtm_dataset *dataset = NULL;
    int64_t sum = 0;
    assert_int_equal(mtm_tabulator_finish(tabulator, &package, NULL), MTM_OK);
    assert_int_equal(mtm_package_find(package, name, &dataset, NULL), MTM_OK);
    for (size_t i = 0; i < dataset_count(dataset); i++) {
        size_t member = (size_t)dataset_codes(dataset, 0)[i];
        sum += strcmp(dataset_member(dataset, 0, member), code) == 0 ? dataset_values(dataset)[i] : 0;
    }
    mtm_package_free(package);
    return sum;
}

static void a_stream_counts_as_its_rows_in_a_file_would(void **state) {
    static const char file[] = "time;direction;sex;birth_year;amount\n2024-04-01T08:00:00;in;F;1990;10.5\n"
                               "2024-05-01T01:30:00;in;M;2010;0.25\n2024-05-02T10:00:00;\"out\"\";\";M;1950;7\n"
                               "2024-05-03T10:00:00;\"out\"\";\";M;2030;1\n";
    mtm_tabulator *one = new_tabulator(), *two = new_tabulator();
    struct ArrowArrayStream stream = stream_of(1, 0);
    mtm_error err = {0};
    (void)state;
    if (mtm_tabulator_add(one, FROM_ARROW(&stream, "frame"), &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(released, 1);
    assert_null(stream.release);
    assert_int_equal(mtm_tabulator_add(two, FROM_BYTES(file, strlen(file), "file"), &err), MTM_OK);
    assert_int_equal(mtm_tabulator_rows(one, MTM_ROWS_IN), 4);
    assert_int_equal(mtm_tabulator_rows(one, MTM_ROWS_ACCEPTED), mtm_tabulator_rows(two, MTM_ROWS_ACCEPTED));
    assert_int_equal(mtm_tabulator_rows(one, MTM_ROWS_REJECTED), 1); /* born after the crossing */
    assert_int_equal(mtm_tabulator_rows(one, MTM_ROWS_NOT_DATA), 0);
    assert_int_equal(total(one, "total", "IN"), 2);
    assert_int_equal(total(one, "money", "IN"), 1075);
    assert_int_equal(total(two, "money", "IN"), 1075);
    assert_int_equal(total(one, "total", "out\";"), 1);
    mtm_tabulator_free(one);
    mtm_tabulator_free(two);
}

/* What a resource declares of bytes is about files: the encoding, the rows above the header. */
static void a_file_s_dialect_does_not_matter(void **state) {
    static const char other[] =
        "{\"resource\": {\"name\": \"crossings\", \"path\": \"crossings.csv\", \"encoding\": \"windows-1251\","
        " \"dialect\": {\"quoteChar\": \"\", \"delimiter\": \"\\t\", \"headerRows\": [3]}, \"mtm\": {\"concept\": "
        "\"border-crossings\","
        " \"unit\": \"movements\", \"microdata\": true}}, \"groupings\": [{\"by\": [\"direction\"], \"name\": "
        "\"total\"}]}";
    struct ArrowArrayStream stream = stream_of(2, 0);
    mtm_tabulator *tabulator = NULL;
    mtm_check *check = NULL;
    mtm_diagnostic said;
    mtm_error err = {0};
    (void)state;
    buffers[COLUMNS][2] = "inвы\";";
    direction_offsets[2] = 8;
    assert_int_equal(mtm_tabulator_new(other, NULL, &tabulator, &err), MTM_OK);
    mtm_status status = mtm_tabulator_add(tabulator, FROM_ARROW(&stream, "frame"), &err);
    if (status != MTM_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_IN), 8);
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_NOT_DATA), 0);
    assert_int_equal(mtm_tabulator_check(tabulator, &check, &err), MTM_OK);
    assert_int_equal(mtm_check_at(check, 2, &said), 1);
    assert_int_equal(said.line, 8); /* the last row of the second batch */
    assert_string_equal(said.found, "2030");
    mtm_check_free(check);
    assert_int_equal(total(tabulator, "total", "IN"), 4);
    assert_int_equal(total(tabulator, "total", "вы\";"), 2);
    mtm_tabulator_free(tabulator);
    buffers[COLUMNS][2] = "inout\";";
    direction_offsets[2] = 7;
}

static void batches_add_up_and_repetition_is_refused(void **state) {
    mtm_tabulator *tabulator = new_tabulator();
    struct ArrowArrayStream stream = stream_of(3, 0);
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_ARROW(&stream, "frame"), &err), MTM_OK);
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_IN), 12);
    assert_int_equal(total(tabulator, "total", "IN"), 6);
    stream = stream_of(3, 0);
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_ARROW(&stream, "again"), &err), MTM_ERROR_STATE);
    assert_int_equal(released, 1);
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_IN), 12);
    mtm_tabulator_free(tabulator);
}

/* An engine's partitions may be empty, and more than one. */
static void a_stream_without_rows_is_fine(void **state) {
    mtm_tabulator *tabulator = new_tabulator();
    mtm_error err = {0};
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct ArrowArrayStream stream = stream_of(0, 0);
        assert_int_equal(mtm_tabulator_add(tabulator, FROM_ARROW(&stream, "part"), &err), MTM_OK);
        assert_int_equal(released, 1);
        assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_IN), 0);
    }
    struct ArrowArrayStream stream = stream_of(1, 0);
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_ARROW(&stream, "part"), &err), MTM_OK);
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_IN), 4);
    mtm_tabulator_free(tabulator);
}

static void a_stream_that_fails_counts_nothing(void **state) {
    mtm_tabulator *tabulator = new_tabulator();
    struct ArrowArrayStream stream = stream_of(2, EIO);
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_ARROW(&stream, "frame"), &err), MTM_ERROR_IO);
    assert_non_null(strstr(err.message, "no more batches can be had"));
    assert_string_equal(err.subject, "frame");
    assert_int_equal(released, 1);
    assert_int_equal(mtm_tabulator_rows(tabulator, MTM_ROWS_IN), 0);
    mtm_tabulator_free(tabulator);
}

static void arguments_are_checked_and_streams_released(void **state) {
    mtm_tabulator *tabulator = new_tabulator();
    struct ArrowArrayStream stream = stream_of(1, 0);
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_tabulator_add(NULL, FROM_ARROW(&stream, "frame"), &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(released, 1);
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_ARROW(&stream, "frame"), &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_ARROW(NULL, "frame"), &err), MTM_ERROR_ARGUMENT);
    stream = stream_of(1, 0);
    assert_int_equal(mtm_tabulator_add(tabulator, FROM_ARROW(&stream, NULL), &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(released, 1);
    mtm_tabulator_free(tabulator);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stream_counts_as_its_rows_in_a_file_would),
        cmocka_unit_test(a_file_s_dialect_does_not_matter),
        cmocka_unit_test(batches_add_up_and_repetition_is_refused),
        cmocka_unit_test(a_stream_without_rows_is_fine),
        cmocka_unit_test(a_stream_that_fails_counts_nothing),
        cmocka_unit_test(arguments_are_checked_and_streams_released),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
