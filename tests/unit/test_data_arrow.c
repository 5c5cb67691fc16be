/* Datasets as Arrow streams: every structure as the C data interface asks, whoever outlives whom. */
#include "failing.h"

#include <errno.h>
#include <string.h>

#include "data/arrow_internal.h"
#include "data/builder.h"
#include "period/period.h"

static mtm_dataset *finish(mtmi_builder *builder) {
    mtm_dataset *dataset = NULL;
    assert_int_equal(mtmi_builder_finish(builder, &dataset, NULL), MTM_OK);
    mtmi_builder_free(builder);
    return dataset;
}

/* Two quarters of arrivals by citizenship; one suppressed; CIS once as a group and once as a label nobody knows. */
static mtm_dataset *crossings(void) {
    mtmi_builder *builder = NULL;
    const mtm_codelist *countries = NULL;
    int32_t citizenship = 0, uzb = 0, cis = 0, label = 0, first = 0;
    assert_int_equal(mtm_codelist_find("country", &countries, NULL), MTM_OK);
    assert_int_equal(mtmi_builder_new(&builder, NULL), MTM_OK);
    mtm_dataset *made = mtmi_builder_dataset(builder);
    made->name = mtmi_memory_copy_text("crossings");
    made->concept = mtmi_memory_copy_text("border-crossings");
    made->unit = mtmi_memory_copy_text("movements");
    made->decimals = 2;
    mtmi_builder_add_dimension(builder, "citizenship", countries, &citizenship, NULL);
    mtmi_builder_add_member(builder, citizenship, MTM_MEMBER_CODE, "UZB", 1, "Узбекистан", 2, &uzb, NULL);
    mtmi_builder_add_member(builder, citizenship, MTM_MEMBER_GROUP, "CIS", 0, "СНГ", 3, &cis, NULL);
    mtmi_builder_add_member(builder, citizenship, MTM_MEMBER_UNCLASSIFIED, "CIS", -1, "CIS", 4, &label, NULL);
    mtmi_builder_add_release(builder, mtmi_period_of_months(2024, 7, 1), "first", &first, NULL);
    const struct {
        int month;
        int64_t value;
        char status;
        int32_t code, release;
        int64_t line;
    } rows[] = {{1, -150, 'A', uzb, 0, 2}, {4, 0, 'Q', cis, first, 3}, {4, INT64_MAX, 'P', label, first, 4}};
    for (size_t i = 0; i < 3; i++) {
        mtmi_observation o = {mtmi_period_of_months(2024, rows[i].month, 3),
                              rows[i].value,
                              rows[i].status,
                              1,
                              rows[i].line,
                              rows[i].release,
                              0,
                              -1,
                              &rows[i].code};
        assert_int_equal(mtmi_builder_add(builder, &o, NULL), MTM_OK);
    }
    return finish(builder);
}

static void take(const mtm_dataset *dataset, struct ArrowSchema *schema, struct ArrowArray *batch) {
    struct ArrowArrayStream stream;
    struct ArrowArray end;
    assert_int_equal(mtm_dataset_arrow(dataset, &stream, NULL), MTM_OK);
    assert_int_equal(stream.get_schema(&stream, schema), 0);
    assert_int_equal(stream.get_next(&stream, batch), 0);
    assert_int_equal(stream.get_next(&stream, &end), 0);
    assert_null(end.release);
    stream.release(&stream);
    assert_null(stream.release);
}

static void the_schema_names_every_column(void **state) {
    static const char *const expected[][3] = {
        {"first", "tdD", NULL},    {"last", "tdD", NULL},     {"period", "u", NULL},
        {"citizenship", "i", "u"}, {"value", "d:19,2", NULL}, {"status", "u", NULL},
        {"line", "l", NULL},       {"release", "i", "u"},     {"edition", "i", "u"},
    };
    mtm_dataset *dataset = crossings();
    struct ArrowSchema schema;
    struct ArrowArray batch;
    (void)state;
    take(dataset, &schema, &batch);
    mtm_dataset_free(dataset);
    assert_string_equal(schema.format, "+s");
    assert_int_equal(schema.n_children, 9);
    for (size_t i = 0; i < 9; i++) {
        assert_string_equal(schema.children[i]->name, expected[i][0]);
        assert_string_equal(schema.children[i]->format, expected[i][1]);
        assert_int_equal(schema.children[i]->dictionary != NULL, expected[i][2] != NULL);
        assert_true(schema.children[i]->dictionary == NULL ||
                    strcmp(schema.children[i]->dictionary->format, expected[i][2]) == 0);
    }
    assert_true((schema.children[4]->flags & ARROW_FLAG_NULLABLE) != 0);
    assert_true((schema.children[0]->flags & ARROW_FLAG_NULLABLE) == 0);
    schema.release(&schema);
    assert_null(schema.release);
    batch.release(&batch);
    assert_null(batch.release);
}

/* The value of a key in metadata, "" when it is not there. */
static const char *metadata(const struct ArrowSchema *schema, const char *key) {
    static char value[64];
    const char *at = schema->metadata;
    int32_t n, length;
    memcpy(&n, at, 4);
    at += 4;
    value[0] = '\0';
    for (int32_t i = 0; i < n; i++) {
        memcpy(&length, at, 4);
        int same = (size_t)length == strlen(key) && memcmp(at + 4, key, strlen(key)) == 0;
        at += 4 + length;
        memcpy(&length, at, 4);
        if (same) {
            memcpy(value, at + 4, (size_t)length);
            value[length] = '\0';
        }
        at += 4 + length;
    }
    return value;
}

static void the_metadata_says_what_was_measured(void **state) {
    mtm_dataset *dataset = crossings();
    struct ArrowSchema schema;
    struct ArrowArray batch;
    (void)state;
    take(dataset, &schema, &batch);
    mtm_dataset_free(dataset);
    assert_string_equal(metadata(&schema, "mtm:concept"), "border-crossings");
    assert_string_equal(metadata(&schema, "mtm:unit"), "movements");
    assert_string_equal(metadata(&schema, "mtm:kind"), "flow");
    assert_string_equal(metadata(&schema, "mtm:multiplier"), "0");
    assert_string_equal(metadata(schema.children[3], "mtm:codelist"), "country");
    assert_string_equal(metadata(schema.children[4], "mtm:role"), "value");
    schema.release(&schema);
    batch.release(&batch);
}

static void assert_text(const struct ArrowArray *array, size_t i, const char *expected) {
    const int32_t *offsets = array->buffers[1];
    const char *bytes = array->buffers[2];
    assert_int_equal(offsets[i + 1] - offsets[i], strlen(expected));
    assert_memory_equal(bytes + offsets[i], expected, strlen(expected));
}

static void the_batch_holds_the_observations(void **state) {
    mtm_dataset *dataset = crossings();
    struct ArrowSchema schema;
    struct ArrowArray batch;
    (void)state;
    take(dataset, &schema, &batch);
    mtm_dataset_free(dataset);
    assert_int_equal(batch.length, 3);
    assert_int_equal(batch.n_buffers, 1);
    assert_null(batch.buffers[0]);
    assert_int_equal(((const int32_t *)batch.children[0]->buffers[1])[1], mtmi_day_from(2024, 4, 1));
    assert_int_equal(((const int32_t *)batch.children[1]->buffers[1])[1], mtmi_day_from(2024, 6, 30));
    assert_text(batch.children[2], 0, "2024-Q1");
    assert_text(batch.children[2], 2, "2024-Q2");
    const struct ArrowArray *value = batch.children[4];
    const int64_t *units = value->buffers[1];
    assert_int_equal(value->null_count, 1);
    assert_int_equal(((const unsigned char *)value->buffers[0])[0] & 7, 5);
    assert_true(units[0] == -150 && units[1] == -1);
    assert_true(units[4] == INT64_MAX && units[5] == 0);
    assert_text(batch.children[5], 1, "Q");
    assert_int_equal(((const int64_t *)batch.children[6]->buffers[1])[2], 4);
    for (int64_t i = 0; i < batch.n_children; i++) {
        for (int64_t k = 0; k < batch.children[i]->n_buffers; k++) {
            assert_int_equal((uintptr_t)batch.children[i]->buffers[k] % 64, 0);
        }
    }
    schema.release(&schema);
    batch.release(&batch);
}

static void a_dictionary_has_no_value_twice(void **state) {
    mtm_dataset *dataset = crossings();
    struct ArrowSchema schema;
    struct ArrowArray batch;
    (void)state;
    take(dataset, &schema, &batch);
    mtm_dataset_free(dataset);
    const struct ArrowArray *citizenship = batch.children[3];
    const int32_t *indices = citizenship->buffers[1];
    assert_int_equal(citizenship->dictionary->length, 3);
    assert_text(citizenship->dictionary, 0, "_T");
    assert_text(citizenship->dictionary, (size_t)indices[0], "UZB");
    assert_text(citizenship->dictionary, (size_t)indices[1], "CIS");
    assert_int_equal(indices[1], indices[2]);
    const struct ArrowArray *release = batch.children[7], *edition = batch.children[8];
    assert_int_equal(release->null_count, 1);
    assert_text(release->dictionary, (size_t)((const int32_t *)release->buffers[1])[1], "2024-07");
    assert_int_equal(edition->dictionary->length, 1);
    assert_text(edition->dictionary, 0, "first");
    schema.release(&schema);
    batch.release(&batch);
}

static void children_can_be_moved_out(void **state) {
    mtm_dataset *dataset = crossings();
    struct ArrowSchema schema, field;
    struct ArrowArray batch, column;
    (void)state;
    take(dataset, &schema, &batch);
    mtm_dataset_free(dataset);
    column = *batch.children[3];
    batch.children[3]->release = NULL;
    field = *schema.children[3];
    schema.children[3]->release = NULL;
    batch.release(&batch);
    schema.release(&schema);
    assert_string_equal(field.name, "citizenship");
    assert_text(column.dictionary, 0, "_T");
    column.release(&column);
    field.release(&field);
}

static void a_dataset_without_rows_gives_an_empty_batch(void **state) {
    mtmi_builder *builder = NULL;
    struct ArrowSchema schema;
    struct ArrowArray batch;
    (void)state;
    assert_int_equal(mtmi_builder_new(&builder, NULL), MTM_OK);
    mtm_dataset *dataset = finish(builder);
    take(dataset, &schema, &batch);
    mtm_dataset_free(dataset);
    assert_int_equal(batch.length, 0);
    assert_int_equal(batch.n_children, 8);
    assert_non_null(batch.children[2]->buffers[1]);
    schema.release(&schema);
    batch.release(&batch);
}

static void counts_of_events_have_no_line(void **state) {
    mtm_dataset *dataset = crossings();
    struct ArrowSchema schema;
    struct ArrowArray batch;
    (void)state;
    dataset->microdata = 1;
    take(dataset, &schema, &batch);
    mtm_dataset_free(dataset);
    assert_int_equal(batch.children[6]->null_count, 3);
    assert_true((schema.children[6]->flags & ARROW_FLAG_NULLABLE) != 0);
    schema.release(&schema);
    batch.release(&batch);
}

static void a_stream_may_be_left_unread(void **state) {
    mtm_dataset *dataset = crossings();
    struct ArrowArrayStream stream;
    mtm_error err;
    (void)state;
    assert_int_equal(mtm_dataset_arrow(dataset, &stream, NULL), MTM_OK);
    mtm_dataset_free(dataset);
    stream.release(&stream);
    assert_int_equal(mtm_dataset_arrow(NULL, &stream, &err), MTM_ERROR_ARGUMENT);
    assert_string_equal(err.subject, "dataset");
    assert_null(stream.release);
    assert_int_equal(mtm_dataset_arrow(NULL, NULL, &err), MTM_ERROR_ARGUMENT);
}

static mtm_status export_and_read(void *data, mtm_error *err) {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray batch;
    mtm_status status = mtm_dataset_arrow(data, &stream, err);
    if (status != MTM_OK) {
        assert_null(stream.release);
        return status;
    }
    int number = stream.get_schema(&stream, &schema);
    if (number != 0) {
        assert_int_equal(number, ENOMEM);
        assert_non_null(stream.get_last_error(&stream));
        stream.release(&stream);
        err->status = MTM_ERROR_MEMORY;
        return MTM_ERROR_MEMORY;
    }
    assert_int_equal(stream.get_next(&stream, &batch), 0);
    stream.release(&stream);
    schema.release(&schema);
    batch.release(&batch);
    return MTM_OK;
}

static void failing_memory_leaves_nothing_behind(void **state) {
    mtm_dataset *dataset = crossings();
    (void)state;
    assert_survives_failing_memory(export_and_read, dataset);
    mtm_dataset_free(dataset);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_schema_names_every_column),
        cmocka_unit_test(the_metadata_says_what_was_measured),
        cmocka_unit_test(the_batch_holds_the_observations),
        cmocka_unit_test(a_dictionary_has_no_value_twice),
        cmocka_unit_test(children_can_be_moved_out),
        cmocka_unit_test(a_dataset_without_rows_gives_an_empty_batch),
        cmocka_unit_test(counts_of_events_have_no_line),
        cmocka_unit_test(a_stream_may_be_left_unread),
        cmocka_unit_test(failing_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
