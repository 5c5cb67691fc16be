/* Datasets through Arrow as a user does it: out, back in, and from a stream that someone else made. */
#include "../getters.h"
#include "made_arrow.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

static const char csv[] = "period,citizenship,direction,value,status\n"
                          "2024-Q1,Uzbekistan,IN,157.25,A\n"
                          "2024-Q2,Россия,IN,62.9,P\n"
                          "2024-Q2,Atlantis,OUT,,Q\n"
                          "2024-Q2,Total,OUT,9223372036854.775,A\n";
static const char resource[] = "{\"name\": \"flows\", \"path\": \"x.csv\", \"mtm\": {\"concept\": \"border-crossings\","
                               " \"kind\": \"flow\", \"unit\": \"movements\", \"multiplier\": 3, \"releaseDate\": "
                               "\"2024-07\", \"edition\": \"first\"}}";

static mtm_dataset *read_csv(void) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    options.resource = resource;
    if (mtm_dataset_read(FROM_BYTES(csv, strlen(csv), "x.csv"), &options, &dataset, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    return dataset;
}

static const char *code(const mtm_dataset *dataset, const char *dimension, size_t i) {
    for (size_t d = 0; d < dataset_dimension_count(dataset); d++) {
        if (strcmp(dataset_dimension(dataset, d), dimension) == 0) {
            return dataset_member(dataset, d, (size_t)dataset_codes(dataset, d)[i]);
        }
    }
    return NULL;
}

static void a_dataset_that_went_out_comes_back(void **state) {
    mtm_dataset *first = read_csv(), *second = NULL;
    struct ArrowArrayStream stream;
    mtm_error err = {0};
    mtm_period one, two;
    (void)state;
    assert_int_equal(mtm_dataset_arrow(first, &stream, &err), MTM_OK);
    if (mtm_dataset_read(FROM_ARROW(&stream, "frame"), NULL, &second, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    assert_null(stream.release);
    assert_string_equal(dataset_name(second), "frame");
    assert_string_equal(dataset_concept(second), "border-crossings");
    assert_string_equal(dataset_unit(second), "movements");
    assert_int_equal(dataset_multiplier(second), 3);
    assert_int_equal(dataset_kind(second), MTM_KIND_FLOW);
    assert_int_equal(dataset_decimals(second), dataset_decimals(first));
    assert_int_equal(dataset_count(second), dataset_count(first));
    for (size_t i = 0; i < dataset_count(first); i++) {
        assert_memory_equal(&dataset_periods(second)[i], &dataset_periods(first)[i], sizeof(mtm_period));
        assert_int_equal(dataset_values(second)[i], dataset_values(first)[i]);
        assert_int_equal(dataset_statuses(second)[i], dataset_statuses(first)[i]);
        assert_string_equal(code(second, "citizenship", i), code(first, "citizenship", i));
        assert_string_equal(code(second, "direction", i), code(first, "direction", i));
        assert_int_equal(dataset_lines(second)[i], i + 1);
        assert_string_equal(dataset_release(second, (size_t)dataset_releases(second)[i], &one), "first");
        dataset_release(first, (size_t)dataset_releases(first)[i], &two);
        assert_memory_equal(&one, &two, sizeof one);
    }
    mtm_dataset_free(first);
    mtm_dataset_free(second);
}

/* ---- a stream of someone else's: text, labels, doubles ---- */

#define ROWS 3

static double figures[ROWS];
static const int32_t period_offsets[] = {0, 7, 14, 21}, label_offsets[] = {0, 3, 6, 9};
static const void *buffers[][3] = {
    {NULL, period_offsets, "2024-Q12024-Q22024-Q3"}, {NULL, label_offsets, "UZBKGZTJK"}, {NULL, figures, NULL}};
static struct ArrowSchema fields[3], *field_pointers[3];
static struct ArrowArray columns[3], *column_pointers[3];
static int left;

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    static const char *const names[] = {"Период", "Гражданство", "value"}, *const formats[] = {"u", "u", "g"};
    (void)stream;
    for (size_t i = 0; i < 3; i++) {
        fields[i] = (struct ArrowSchema){formats[i], names[i], NULL, 2, 0, NULL, NULL, keep_schema, NULL};
        field_pointers[i] = &fields[i];
    }
    *out = (struct ArrowSchema){"+s", "", NULL, 0, 3, field_pointers, NULL, release_schema, NULL};
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    static const void *none[1];
    (void)stream;
    memset(out, 0, sizeof *out);
    if (left-- <= 0) {
        return 0;
    }
    for (size_t i = 0; i < 3; i++) {
        columns[i] = (struct ArrowArray){ROWS, 0, 0, i < 2 ? 3 : 2, 0, buffers[i], NULL, NULL, keep_array, NULL};
        column_pointers[i] = &columns[i];
    }
    *out = (struct ArrowArray){ROWS, 0, 0, 1, 3, none, column_pointers, NULL, release_array, NULL};
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return NULL;
}

static mtm_status read_figures(double a, double b, double c, mtm_dataset **out, mtm_error *err) {
    struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, NULL};
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    figures[0] = a;
    figures[1] = b;
    figures[2] = c;
    left = 1;
    options.resource = "{\"name\": \"f\", \"path\": \"f.csv\", \"mtm\": {\"concept\": \"border-crossings\","
                       " \"kind\": \"flow\", \"unit\": \"movements\", \"numbers\": {\"decimalChar\": \",\"}}}";
    mtm_status status = mtm_dataset_read(FROM_ARROW(&stream, "frame"), &options, out, err);
    assert_null(stream.release);
    return status;
}

static void roles_are_recognised_from_names(void **state) {
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    (void)state;
    if (read_figures(157.213, 62.9, -1, &dataset, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(dataset_count(dataset), 3);
    assert_int_equal(dataset_decimals(dataset), 3);
    assert_int_equal(dataset_values(dataset)[0], 157213);
    assert_int_equal(dataset_values(dataset)[1], 62900);
    assert_string_equal(code(dataset, "citizenship", 2), "TJK");
    mtm_dataset_free(dataset);
}

static void figures_that_are_not_exact_are_refused_by_row_and_column(void **state) {
    static const struct {
        double value;
        const char *message;
    } table[] = {
        {0.1 + 0.2, "0.30000000000000004"}, {NAN, "not a number"}, {INFINITY, "infinity"}, {1e300, "10^37"},
        {1e19, "10000000000000000000"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        mtm_dataset *dataset = NULL;
        mtm_error err = {0};
        assert_int_equal(read_figures(1, table[i].value, 3, &dataset, &err), MTM_ERROR_VALUE);
        assert_null(dataset);
        assert_string_equal(err.subject, "frame");
        assert_int_equal(err.line, 2);
        assert_int_equal(err.column, 3);
        assert_non_null(strstr(err.message, table[i].message));
    }
}

static void arguments_are_checked_and_streams_released(void **state) {
    struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, NULL};
    mtm_read_options bad = {.size = 0};
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    (void)state;
    assert_int_equal(mtm_dataset_read(FROM_ARROW(&stream, "frame"), NULL, NULL, &err), MTM_ERROR_ARGUMENT);
    assert_null(stream.release);
    assert_int_equal(mtm_dataset_read(FROM_ARROW(&stream, "frame"), NULL, &dataset, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_dataset_read(FROM_ARROW(NULL, "frame"), NULL, &dataset, &err), MTM_ERROR_ARGUMENT);
    stream.release = release_stream;
    assert_int_equal(mtm_dataset_read(FROM_ARROW(&stream, NULL), NULL, &dataset, &err), MTM_ERROR_ARGUMENT);
    assert_null(stream.release);
    stream.release = release_stream;
    assert_int_equal(mtm_dataset_read(FROM_ARROW(&stream, "frame"), &bad, &dataset, &err), MTM_ERROR_ARGUMENT);
    assert_null(stream.release);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dataset_that_went_out_comes_back),
        cmocka_unit_test(roles_are_recognised_from_names),
        cmocka_unit_test(figures_that_are_not_exact_are_refused_by_row_and_column),
        cmocka_unit_test(arguments_are_checked_and_streams_released),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
