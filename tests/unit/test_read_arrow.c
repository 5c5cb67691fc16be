/* Arrow streams as rows: every type as text, offsets and nulls, and structures that lie. */
#include "../getters.h"
#include "failing.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/arrow/arrow_number.h"
#include "read/arrow/arrow_rows.h"

/* ---- numbers ---- */

static const char *text_of(double value, float small, int is_float) {
    static char text[80];
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    if (is_float) {
        mtmi_arrow_float(small, &buffer);
    } else {
        mtmi_arrow_double(value, &buffer);
    }
    memcpy(text, buffer.data, buffer.size + 1);
    mtmi_buffer_free(&buffer);
    return text;
}

static void doubles_are_written_by_their_shortest_decimal(void **state) {
    /* clang-format off */
    static const struct { double value; const char *text; } table[] = {
        {0.0, "0"}, {-0.0, "0"}, {1.0, "1"}, {-5.0, "-5"}, {157.2, "157.2"}, {0.1, "0.1"}, {0.1 + 0.2, "0.30000000000000004"},
        {62.9, "62.9"}, {4001714.0, "4001714"}, {1e15, "1000000000000000"}, {9007199254740993.0, "9007199254740992"},
        {9.223372036854775807e18, "9223372036854775808"}, {0.000000001, "0.000000001"}, {1e-10, "0.0000000001"},
        {33.44998, "33.44998"}, {0.5, "0.5"}, {0.25, "0.25"}, {1.0 / 3, "0.3333333333333333"}, {2.0 / 3, "0.6666666666666666"},
        {123456.789012345, "123456.789012345"}, {5e-324, "closer to 0 than 22 decimals show"}, {1e300, "above 10^37"},
        {-1e300, "below -10^37"}, {INFINITY, "infinity"}, {-INFINITY, "minus infinity"}, {NAN, "not a number"},
        {2251799813685248.5, "2251799813685248.5"}, {0.3, "0.3"}, {2.5e-9, "0.0000000025"},
    };
    /* clang-format on */
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_string_equal(text_of(table[i].value, 0, 0), table[i].text);
    }
    assert_string_equal(text_of(0, 0.1f, 1), "0.1");
    assert_string_equal(text_of(0, 157.2f, 1), "157.2");
    assert_string_equal(text_of(0, 16777216.0f, 1), "16777216");
}

/* Against the C library, which may be used here: the text reads back as the double, and no shorter one does. */
static void doubles_read_back(void **state) {
    uint64_t seed = 42;
    (void)state;
    for (int i = 0; i < 200000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        double value = ldexp((double)(seed >> 11), -(int)(20 + seed % 41)), back;
        const char *text = text_of(value, 0, 0);
        char shorter[80];
        back = strtod(text, NULL);
        assert_true(back == value);
        const char *point = strchr(text, '.');
        if (point != NULL) {
            snprintf(shorter, sizeof shorter, "%.*f", (int)strlen(point + 1) - 1, value);
            assert_true(strtod(shorter, NULL) != value);
        }
    }
}

static void decimals_lose_only_zeros(void **state) {
    static const struct {
        int64_t units;
        int scale, done;
        const char *text;
    } table[] = {
        {15720, 2, 1, "157.2"},       {-5, 3, 1, "-0.005"}, {0, 5, 1, "0"}, {7, -3, 1, "7000"},
        {100, 12, 1, "0.0000000001"}, {1, -40, 0, ""},      {1, 39, 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        mtmi_buffer buffer = MTMI_BUFFER_INIT;
        assert_int_equal(mtmi_arrow_decimal(table[i].units, table[i].scale, &buffer), table[i].done);
        assert_string_equal(buffer.data != NULL ? buffer.data : "", table[i].text);
        mtmi_buffer_free(&buffer);
    }
}

/* ---- a stream made by hand: n columns side by side, batches that lend from static memory ---- */

#define COLUMNS 3

typedef struct fake {
    struct ArrowSchema fields[COLUMNS], dictionary;
    struct ArrowSchema *field_pointers[COLUMNS];
    struct ArrowArray columns[COLUMNS], values;
    struct ArrowArray *column_pointers[COLUMNS];
    int64_t n_columns, length, offset;
    int batches, schema_error, next_error;
    int released_schemas, released_batches, released_streams;
} fake;

static void release_schema(struct ArrowSchema *schema) {
    ((fake *)schema->private_data)->released_schemas++;
    schema->release = NULL;
}

static void release_batch(struct ArrowArray *array) {
    ((fake *)array->private_data)->released_batches++;
    array->release = NULL;
}

static void release_child(struct ArrowArray *array) {
    (void)array;
}
static void release_field(struct ArrowSchema *schema) {
    (void)schema;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    fake *data = stream->private_data;
    if (data->schema_error != 0) {
        return data->schema_error;
    }
    *out = (struct ArrowSchema){"+s", "", NULL, 0, data->n_columns, data->field_pointers, NULL, release_schema, data};
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    static const void *none[1];
    fake *data = stream->private_data;
    if (data->next_error != 0) {
        return data->next_error;
    }
    memset(out, 0, sizeof *out);
    if (data->batches-- > 0) {
        *out = (struct ArrowArray){data->length,          0,    data->offset,  1,   data->n_columns, none,
                                   data->column_pointers, NULL, release_batch, data};
    }
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return "the disk is on fire";
}

static void release_stream(struct ArrowArrayStream *stream) {
    ((fake *)stream->private_data)->released_streams++;
    stream->release = NULL;
}

static void add(fake *data, const char *name, const char *format, int64_t length, int64_t offset, const void **buffers,
                int64_t n_buffers) {
    size_t i = (size_t)data->n_columns++;
    data->fields[i] = (struct ArrowSchema){format, name, NULL, ARROW_FLAG_NULLABLE, 0, NULL, NULL, release_field, NULL};
    data->columns[i] = (struct ArrowArray){length, -1, offset, n_buffers, 0, buffers, NULL, NULL, release_child, NULL};
    data->field_pointers[i] = &data->fields[i];
    data->column_pointers[i] = &data->columns[i];
    data->length = length;
    data->batches = 1;
}

/* All rows as text: cells joined by "|", rows by line breaks; the last error instead where there is one. */
static const char *rows_of(fake *data, mtm_status expected) {
    static char text[4096];
    static mtm_error err;
    mtmi_limits limits = {1 << 20, 1 << 24, 4096, 1u << 30, 0};
    struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, data};
    mtmi_rows *rows = NULL;
    mtmi_row row;
    int got = 1;
    size_t at = 0;
    mtm_status status = mtmi_arrow_rows_new(&stream, "frame", &limits, &rows, &err);
    assert_null(stream.release);
    while (status == MTM_OK) {
        status = rows->next(rows, &row, &got, &err);
        if (status != MTM_OK || !got) {
            break;
        }
        at += (size_t)sprintf(text + at, "%s%lld", at > 0 ? "\n" : "", (long long)row.line);
        for (size_t i = 0; i < row.n_cells; i++) {
            at += (size_t)sprintf(text + at, "|%.*s", (int)row.cells[i].length, row.cells[i].text);
        }
        if (row.code != 0) {
            at += (size_t)sprintf(text + at, " refused %d", row.code);
        }
    }
    if (rows != NULL) {
        rows->free(rows);
    }
    assert_int_equal(data->released_streams, 1);
    assert_int_equal(data->released_schemas, data->schema_error == 0);
    assert_int_equal(status, expected);
    return status == MTM_OK ? text : err.message;
}

static void every_type_becomes_text(void **state) {
    static const int8_t bytes[] = {-1, 2};
    static const uint64_t longs[] = {UINT64_MAX, 0};
    static const double doubles[] = {157.2, -1};
    static const int32_t days[] = {19814, -1};
    static const int64_t milliseconds[] = {1711929600000, -1};
    static const int64_t micros[] = {1711965600000000, 1711929600000000};
    static const unsigned char bits[] = {2};
    static const int64_t wide[] = {15720, 0, -5, -1};
    static const int64_t wider[] = {-3, -1, -1, -1, 7, 0, 1, 0}; /* of a machine that puts the low word first */
    static const int32_t narrow[] = {125, -1};
    static const struct {
        const char *format;
        const void *data;
        const char *expected;
    } table[] = {
        {"c", bytes, "0|x\n1|-1\n2|2"},
        {"L", longs, "0|x\n1|18446744073709551615\n2|0"},
        {"g", doubles, "0|x\n1|157.2\n2|-1"},
        {"b", bits, "0|x\n1|false\n2|true"},
        {"tdD", days, "0|x\n1|2024-04-01\n2|1969-12-31"},
        {"tdm", milliseconds, "0|x\n1|2024-04-01\n2|1969-12-31"},
        {"tsu:", micros, "0|x\n1|2024-04-01T10:00:00\n2|2024-04-01"},
        {"tsu:UTC", micros, "0|x\n1|2024-04-01T10:00:00\n2|2024-04-01"},
        {"tsu:+05:00", micros, "0|x\n1|2024-04-01T15:00:00\n2|2024-04-01T05:00:00"},
        {"tsu:Asia/Almaty", micros,
         "0|x\n1|an Arrow value of format tsu:Asia/Almaty\n2|an Arrow value of format tsu:Asia/Almaty"},
        {"d:19,2", wide, "0|x\n1|157.2\n2|-0.05"},
        {"d:40,1,256", wider, "0|x\n1|-0.3\n2|a decimal beyond 38 digits"},
        {"d:9,3,32", narrow, "0|x\n1|0.125\n2|-0.001"},
        {"tDs", micros, "0|x\n1|an Arrow value of format tDs\n2|an Arrow value of format tDs"},
        {"n", NULL, "0|x\n1|\n2|"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        fake data = {0};
        const void *buffers[] = {NULL, table[i].data};
        add(&data, "x", table[i].format, 2, 0, buffers, table[i].format[0] == 'n' ? 0 : 2);
        assert_string_equal(rows_of(&data, MTM_OK), table[i].expected);
        assert_int_equal(data.released_batches, 1);
    }
}

static void texts_come_from_offsets_and_views(void **state) {
    static const int32_t offsets[] = {0, 3, 3, 13};
    static const char bytes[] = "UZBмашина"; /* 3 bytes and 12 */
    static const int32_t views[] = {3, 0, 0, 0, 14, 0, 0, 2};
    static const char more[] = "--Kazakhstan here";
    static const int64_t sizes[] = {17};
    unsigned char view_bytes[32];
    const void *text_buffers[] = {NULL, offsets, bytes}, *view_buffers[] = {NULL, view_bytes, more, sizes};
    fake data = {0}, view = {0};
    (void)state;
    memcpy(view_bytes, views, sizeof views);
    memcpy(view_bytes + 4, "UZB", 3);
    memcpy(view_bytes + 20, "Kaza", 4);
    add(&data, "x", "u", 2, 0, text_buffers, 3);
    assert_string_equal(rows_of(&data, MTM_OK), "0|x\n1|UZB\n2|");
    add(&view, "x", "vu", 2, 0, view_buffers, 4);
    assert_string_equal(rows_of(&view, MTM_OK), "0|x\n1|UZB\n2|Kazakhstan her");
}

static void offsets_nulls_and_batches_are_followed(void **state) {
    static const int32_t numbers[] = {9, 9, 1, 2, 3};
    static const unsigned char valid[] = {0x17}; /* element 3 is null */
    static const int8_t indices[] = {1, 0, 1};
    static const int32_t offsets[] = {0, 1, 2, 3};
    const void *number_buffers[] = {valid, numbers}, *index_buffers[] = {NULL, indices},
               *text[] = {NULL, offsets, "?AB"};
    fake data = {0};
    (void)state;
    add(&data, "n", "i", 4, 1, number_buffers, 2);
    add(&data, "d", "c", 3, 0, index_buffers, 2);
    data.dictionary = (struct ArrowSchema){"u", "", NULL, 0, 0, NULL, NULL, release_field, NULL};
    data.fields[1].dictionary = &data.dictionary;
    data.values = (struct ArrowArray){2, 0, 1, 3, 0, text, NULL, NULL, release_child, NULL};
    data.columns[1].dictionary = &data.values;
    data.length = 2;
    data.offset = 1;
    data.batches = 2;
    assert_string_equal(rows_of(&data, MTM_OK), "0|n|d\n1|1|A\n2||B\n3|1|A\n4||B");
    assert_int_equal(data.released_batches, 2);
}

static void bytes_that_are_no_text_refuse_their_row(void **state) {
    static const int32_t offsets[] = {0, 2, 3};
    const void *buffers[] = {NULL, offsets, "\xc3\x28y"};
    fake data = {0};
    (void)state;
    add(&data, "x", "u", 2, 0, buffers, 3);
    assert_string_equal(rows_of(&data, MTM_OK), "0|x\n1| refused 20\n2|y");
}

typedef enum lie {
    LENGTH,
    SHORT_CHILD,
    OFFSET,
    NO_CHILDREN,
    NULL_CHILD,
    N_BUFFERS,
    NULL_BUFFER,
    RELEASED_CHILD,
    TEXT_OFFSETS,
    INDEX,
    NO_FORMAT,
    NULL_FIELD,
    BAD_DECIMAL,
    DICTIONARY_OF_TEXT,
    SCHEMA_FAILS,
    NEXT_FAILS,
    NO_TABLE,
    LIES
} lie;

static void tell(fake *data, lie what) {
    switch (what) {
    case LENGTH: data->length = -1; break;
    case SHORT_CHILD: data->length = 3; break;
    case OFFSET: data->offset = INT64_MAX; break;
    case NO_CHILDREN: data->column_pointers[0] = NULL; break;
    case NULL_CHILD: data->columns[0].length = -2; break;
    case N_BUFFERS: data->columns[0].n_buffers = 1; break;
    case NULL_BUFFER: data->columns[0].buffers = NULL; break;
    case RELEASED_CHILD: data->columns[0].release = NULL; break;
    case NO_FORMAT: data->fields[0].format = NULL; break;
    case NULL_FIELD: data->field_pointers[0] = NULL; break;
    case BAD_DECIMAL: data->fields[0].format = "d:x"; break;
    case SCHEMA_FAILS: data->schema_error = EIO; break;
    case NEXT_FAILS: data->next_error = EIO; break;
    case NO_TABLE: data->n_columns = -1; break;
    case TEXT_OFFSETS:
    case INDEX:
    case DICTIONARY_OF_TEXT:
    case LIES: break;
    }
}

static void structures_that_lie_are_refused(void **state) {
    static const int32_t numbers[] = {1, 2};
    static const char *const expected[LIES] = {
        [LENGTH] = "length or columns",
        [SHORT_CHILD] = "fewer elements than the batch has rows",
        [OFFSET] = "length or columns",
        [NO_CHILDREN] = "a released array",
        [NULL_CHILD] = "a negative or too large length",
        [N_BUFFERS] = "a wrong number of buffers",
        [NULL_BUFFER] = "a missing buffer",
        [RELEASED_CHILD] = "a released array",
        [NO_FORMAT] = "no schema for column 1",
        [NULL_FIELD] = "no schema for column 1",
        [BAD_DECIMAL] = "a malformed format",
        [SCHEMA_FAILS] = "the disk is on fire",
        [NEXT_FAILS] = "the disk is on fire",
        [NO_TABLE] = "no table",
    };
    (void)state;
    for (int i = 0; i < LIES; i++) {
        fake data = {0};
        const void *buffers[] = {NULL, numbers};
        if (expected[i] == NULL) {
            continue;
        }
        add(&data, "x", "i", 2, 0, buffers, 2);
        tell(&data, (lie)i);
        const char *message = rows_of(&data, i == SCHEMA_FAILS || i == NEXT_FAILS ? MTM_ERROR_IO : MTM_ERROR_STRUCTURE);
        assert_non_null(strstr(message, expected[i]));
    }
}

static void indices_and_offsets_outside_are_refused(void **state) {
    static const int8_t indices[] = {0, 1};
    static const int32_t offsets[] = {0, -1};
    static const int32_t views[] = {20, 0, 7, 0};
    static const int64_t sizes[] = {4};
    const void *index_buffers[] = {NULL, indices}, *text[] = {NULL, offsets, "A"},
               *view[] = {NULL, views, "abcd", sizes};
    fake data = {0}, bad = {0}, far = {0};
    (void)state;
    add(&bad, "x", "u", 1, 0, text, 3);
    assert_non_null(strstr(rows_of(&bad, MTM_ERROR_STRUCTURE), "outside of its buffer in column \"x\""));
    add(&far, "x", "vu", 1, 0, view, 4);
    assert_non_null(strstr(rows_of(&far, MTM_ERROR_STRUCTURE), "outside of its buffer"));
    add(&data, "d", "c", 2, 0, index_buffers, 2);
    data.dictionary = (struct ArrowSchema){"n", "", NULL, 0, 0, NULL, NULL, release_field, NULL};
    data.fields[0].dictionary = &data.dictionary;
    data.values = (struct ArrowArray){1, 0, 0, 0, 0, NULL, NULL, NULL, release_child, NULL};
    data.columns[0].dictionary = &data.values;
    assert_non_null(strstr(rows_of(&data, MTM_ERROR_STRUCTURE), "outside of its buffer in column \"d\""));
}

static mtm_status read_all(void *unused, mtm_error *err) {
    static const int32_t numbers[] = {1, 2};
    const void *buffers[] = {NULL, numbers};
    mtmi_limits limits = {1 << 20, 1 << 24, 4096, 1u << 30, 0};
    fake data = {0};
    struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, &data};
    mtmi_rows *rows = NULL;
    mtmi_row row;
    int got = 1;
    (void)unused;
    add(&data, "x", "i", 2, 0, buffers, 2);
    mtm_status status = mtmi_arrow_rows_new(&stream, "frame", &limits, &rows, err);
    while (status == MTM_OK && got) {
        status = rows->next(rows, &row, &got, err);
    }
    if (rows != NULL) {
        rows->free(rows);
    }
    assert_int_equal(data.released_streams, 1);
    return status;
}

/* period and value, as a dataset. */
static mtm_status read_dataset(void *unused, mtm_error *err) {
    static const int32_t figures[] = {1, 2}, offsets[] = {0, 7, 14};
    const void *figure_buffers[] = {NULL, figures}, *text_buffers[] = {NULL, offsets, "2024-Q12024-Q2"};
    fake data = {0};
    struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, &data};
    mtm_dataset *dataset = NULL;
    (void)unused;
    add(&data, "period", "u", 2, 0, text_buffers, 3);
    add(&data, "value", "i", 2, 0, figure_buffers, 2);
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    options.resource =
        "{\"name\": \"x\", \"path\": \"x.csv\", \"mtm\": {\"concept\": \"migration\", \"kind\": \"flow\"}}";
    mtm_status status = mtm_dataset_read(FROM_ARROW(&stream, "frame"), &options, &dataset, err);
    assert_int_equal(data.released_streams, 1);
    mtm_dataset_free(dataset);
    return status;
}

/* The same dataset, out and in again: its roles and properties come from metadata. */
static mtm_status read_back(void *data, mtm_error *err) {
    struct ArrowArrayStream stream;
    mtm_dataset *dataset = NULL;
    mtm_status status = mtm_dataset_arrow(data, &stream, err);
    if (status == MTM_OK) {
        status = mtm_dataset_read(FROM_ARROW(&stream, "frame"), NULL, &dataset, err);
    }
    mtm_dataset_free(dataset);
    return status;
}

static void failing_memory_leaves_nothing_behind(void **state) {
    static const char csv[] = "period,sex,value\n2024-Q1,F,1.5\n";
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_dataset *dataset = NULL;
    (void)state;
    assert_survives_failing_memory(read_all, NULL);
    assert_survives_failing_memory(read_dataset, NULL);
    options.resource =
        "{\"name\": \"x\", \"path\": \"x.csv\", \"mtm\": {\"concept\": \"migration\", \"kind\": \"flow\"}}";
    assert_int_equal(mtm_dataset_read(FROM_BYTES(csv, sizeof csv - 1, "x.csv"), &options, &dataset, NULL), MTM_OK);
    assert_survives_failing_memory(read_back, dataset);
    mtm_dataset_free(dataset);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubles_are_written_by_their_shortest_decimal),
        cmocka_unit_test(doubles_read_back),
        cmocka_unit_test(decimals_lose_only_zeros),
        cmocka_unit_test(every_type_becomes_text),
        cmocka_unit_test(texts_come_from_offsets_and_views),
        cmocka_unit_test(offsets_nulls_and_batches_are_followed),
        cmocka_unit_test(bytes_that_are_no_text_refuse_their_row),
        cmocka_unit_test(structures_that_lie_are_refused),
        cmocka_unit_test(indices_and_offsets_outside_are_refused),
        cmocka_unit_test(failing_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
