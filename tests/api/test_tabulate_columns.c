/* Columns and the text of the same rows count alike: random streams of awkward columns, counted as they lie and, with a
 * comment mark that never occurs, as text. Tables, refusals and the balance of rows must be the same bytes. */
#include "../getters.h"
#include "made_arrow.h"

#include <mtm.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS 7
#define MOST 3000
#define BATCHES 3
#define TEXT (1 << 20)

static uint64_t seed;

static uint64_t random_below(uint64_t n) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % n;
}

/* ---- a column that owns its buffers ---- */

typedef struct made_column {
    const char *name;
    char kind; /* u text, U large text, v view, d dictionary of text, D date, t time, i whole numbers, g floats */
    int width;
    char format[16];
    struct ArrowSchema values_schema;
    struct ArrowArray values[BATCHES];
    void *buffers[BATCHES][4], *value_buffers[3];
    int64_t sizes[BATCHES];
} made_column;

static made_column made[COLUMNS];
static struct ArrowSchema fields[COLUMNS], *field_pointers[COLUMNS];
static struct ArrowArray arrays[BATCHES][COLUMNS], *array_pointers[BATCHES][COLUMNS];
static size_t batch_rows[BATCHES], n_batches, next_batch;

static const char *const labels[] = {"in",
                                     "out",
                                     "F",
                                     "M",
                                     "KAZ",
                                     "Казахстан",
                                     "Korea, Republic of",
                                     "\"quoted",
                                     "a\"b",
                                     " in ",
                                     "",
                                     "two\nlines",
                                     "..",
                                     "n/a",
                                     "Total",
                                     "\xFF\xFE",
                                     "a\rb",
                                     "x",
                                     "Uzbekistan and a very long label, longer than thirty-two bytes",
                                     "#in",
                                     "in",
                                     "out",
                                     "in",
                                     "KGZ"};
static const char *const dates[] = {
    "2024-04-01", "2024-05-02T10:00:00", "2024-05", "01.06.2024", "June 2024",  "2024-02-30",
    "",           "2024-06-11 23:59",    "x",       "2024",       "2024-04-01", "2024-05-03"};

static const char *pick(const char *const *from, size_t n) {
    return from[random_below(random_below(4) == 0 ? n : n < 6 ? n : 6)];
}

/* The cell of a text column; some have a NUL inside. */
static size_t cell_of(const made_column *column, char out[128]) {
    const char *text;
    if (strcmp(column->name, "date") == 0) {
        text = pick(dates, sizeof dates / sizeof *dates);
    } else if (strcmp(column->name, "birth_year") == 0) {
        snprintf(out, 128, "%d", 1850 + (int)random_below(200));
        return strlen(out);
    } else if (strcmp(column->name, "amount") == 0) {
        static const char *const numbers[] = {"1", "2.5", "1 000", "1,5", "9999", "", "-3", "x", "0012", "7"};
        text = pick(numbers, sizeof numbers / sizeof *numbers);
    } else {
        text = pick(labels, sizeof labels / sizeof *labels);
    }
    strcpy(out, text);
    if (random_below(200) == 0) {
        memcpy(out, "in\0", 3);
        return 3;
    }
    return strlen(text);
}

static void *bytes_new(size_t size) {
    void *bytes = calloc(size > 0 ? size : 1, 1);
    assert_non_null(bytes);
    return bytes;
}

static void set_texts(const made_column *column, size_t n, int large, void **offsets_out, void **bytes_out) {
    char *bytes = bytes_new(TEXT), cell[128];
    int32_t *small = bytes_new((n + 1) * sizeof *small);
    int64_t *wide = bytes_new((n + 1) * sizeof *wide);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        size_t size = cell_of(column, cell);
        assert_true(at + size < TEXT);
        memcpy(bytes + at, cell, size);
        at += size;
        small[i + 1] = (int32_t)at;
        wide[i + 1] = (int64_t)at;
    }
    /* An exact block, so that a read beyond the last text is found. */
    *bytes_out = bytes_new(at);
    memcpy(*bytes_out, bytes, at);
    free(bytes);
    *offsets_out = large ? (void *)wide : (void *)small;
    free(large ? (void *)small : (void *)wide);
}

static void set_views(made_column *column, size_t batch, size_t n) {
    char *views = bytes_new(16 * n), *bytes = bytes_new(TEXT), cell[128];
    int32_t at = 0;
    for (size_t i = 0; i < n; i++) {
        int32_t size = (int32_t)cell_of(column, cell), index = 0;
        memcpy(views + 16 * i, &size, 4);
        if (size <= 12) {
            memcpy(views + 16 * i + 4, cell, (size_t)size);
            continue;
        }
        memcpy(views + 16 * i + 4, cell, 4);
        memcpy(views + 16 * i + 8, &index, 4);
        memcpy(views + 16 * i + 12, &at, 4);
        memcpy(bytes + at, cell, (size_t)size);
        at += size;
    }
    column->sizes[batch] = at;
    column->buffers[batch][1] = views;
    column->buffers[batch][2] = bytes_new((size_t)at);
    memcpy(column->buffers[batch][2], bytes, (size_t)at);
    column->buffers[batch][3] = &column->sizes[batch];
    free(bytes);
}

static int64_t whole_of(const made_column *column) {
    if (column->kind == 'D') {
        return 19800 + (int64_t)random_below(200) - (random_below(50) == 0 ? 200000 : 0);
    }
    if (column->kind == 't' && random_below(50) == 0) { /* up to where 64 bits end */
        return (int64_t)(random_below(UINT64_MAX) >> random_below(3));
    }
    if (column->kind == 't') {
        return (19800 + (int64_t)random_below(200)) * 86400000000 + (int64_t)random_below(86400000000) -
               (random_below(50) == 0 ? (int64_t)1 << 61 : 0);
    }
    if (strcmp(column->name, "birth_year") == 0) {
        return 1850 + (int64_t)random_below(200);
    }
    return (int64_t)random_below(12000) - (random_below(9) == 0 ? 500 : 0);
}

static void set_wholes(made_column *column, size_t batch, size_t n) {
    char *out = bytes_new(n * (size_t)column->width);
    for (size_t i = 0; i < n; i++) {
        int64_t whole = whole_of(column);
        double number = (double)whole / (random_below(3) == 0 ? 4 : 1);
        int32_t four = (int32_t)whole;
        int16_t two = (int16_t)whole;
        const void *from = column->kind == 'g'  ? (const void *)&number
                           : column->width == 8 ? (const void *)&whole
                           : column->width == 4 ? (const void *)&four
                                                : (const void *)&two;
        memcpy(out + i * (size_t)column->width, from, (size_t)column->width);
    }
    column->buffers[batch][1] = out;
}

static void set_codes(made_column *column, size_t batch, size_t n) {
    signed char *codes = bytes_new(n);
    size_t n_values = 12;
    for (size_t i = 0; i < n; i++) {
        codes[i] = (signed char)random_below(n_values);
    }
    column->buffers[batch][1] = codes;
    if (column->value_buffers[1] == NULL) {
        set_texts(column, n_values, 0, &column->value_buffers[1], &column->value_buffers[2]);
    }
    column->values[batch] = (struct ArrowArray){
        (int64_t)n_values, 0, 0, 3, 0, (const void **)(void *)column->value_buffers, NULL, NULL, keep_array, NULL};
}

static void set_nulls(made_column *column, size_t batch, size_t n) {
    if (random_below(2) == 0) {
        return;
    }
    unsigned char *valid = bytes_new(n / 8 + 1);
    for (size_t i = 0; i < n; i++) {
        valid[i / 8] |= (unsigned char)((random_below(30) != 0) << i % 8);
    }
    column->buffers[batch][0] = valid;
}

static void set_column(made_column *column, size_t batch, size_t n) {
    int64_t n_buffers = column->kind == 'v' ? 4 : strchr("uU", column->kind) != NULL ? 3 : 2;
    switch (column->kind) {
    case 'u':
    case 'U': set_texts(column, n, column->kind == 'U', &column->buffers[batch][1], &column->buffers[batch][2]); break;
    case 'v': set_views(column, batch, n); break;
    case 'd': set_codes(column, batch, n); break;
    default: set_wholes(column, batch, n); break;
    }
    set_nulls(column, batch, n);
    struct ArrowArray *array = &arrays[batch][column - made];
    *array = (struct ArrowArray){
        (int64_t)n, -1, 0, n_buffers, 0, (const void **)(void *)column->buffers[batch], NULL, NULL, keep_array, NULL};
    array->dictionary = column->kind == 'd' ? &column->values[batch] : NULL;
    array_pointers[batch][column - made] = array;
}

static void make_stream(uint64_t from) {
    static const char *const names[COLUMNS] = {"date",       "direction", "citizenship", "sex",
                                               "birth_year", "amount",    "note"};
    static const char *const kinds[COLUMNS] = {"DtudD", "uUvd", "uvdd", "duv", "iuid", "giug", "uvi"};
    seed = from * 0x9E3779B97F4A7C15u + 1;
    memset(made, 0, sizeof made);
    n_batches = 1 + random_below(BATCHES);
    for (size_t c = 0; c < COLUMNS; c++) {
        made_column *column = &made[c];
        const char *formats = kinds[c];
        column->name = names[c];
        column->kind = formats[random_below(strlen(formats))];
        column->width = column->kind == 'D' ? 4 : column->kind == 'i' ? 2 << random_below(3) : 8;
        const char *format = column->kind == 'u'   ? "u"
                             : column->kind == 'U' ? "U"
                             : column->kind == 'v' ? "vu"
                             : column->kind == 'd' ? "c"
                             : column->kind == 'D' ? "tdD"
                             : column->kind == 't' ? (random_below(2) == 0 ? "tsu:" : "tsu:+05:00")
                             : column->kind == 'g' ? "g"
                             : column->width == 2  ? "s"
                             : column->width == 4  ? "i"
                                                   : "l";
        strcpy(column->format, format);
        fields[c] = (struct ArrowSchema){column->format, column->name, NULL, 2, 0, NULL, NULL, keep_schema, NULL};
        column->values_schema = (struct ArrowSchema){"u", "", NULL, 2, 0, NULL, NULL, keep_schema, NULL};
        fields[c].dictionary = column->kind == 'd' ? &column->values_schema : NULL;
        field_pointers[c] = &fields[c];
    }
    for (size_t b = 0; b < n_batches; b++) {
        batch_rows[b] = random_below(4) == 0 ? random_below(3) : random_below(MOST);
        batch_rows[b] += b == 0; /* text without rows is refused, columns are not */
        for (size_t c = 0; c < COLUMNS; c++) {
            set_column(&made[c], b, batch_rows[b]);
        }
    }
}

static void free_stream(void) {
    for (size_t c = 0; c < COLUMNS; c++) {
        for (size_t b = 0; b < n_batches; b++) {
            for (size_t i = 0; i < 3; i++) {
                free(made[c].buffers[b][i]);
            }
        }
        free(made[c].value_buffers[1]);
        free(made[c].value_buffers[2]);
    }
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    (void)stream;
    *out = (struct ArrowSchema){"+s", "", NULL, 0, COLUMNS, field_pointers, NULL, release_schema, NULL};
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    static const void *none[1];
    (void)stream;
    memset(out, 0, sizeof *out);
    if (next_batch < n_batches) {
        *out = (struct ArrowArray){(int64_t)batch_rows[next_batch],
                                   0,
                                   0,
                                   1,
                                   COLUMNS,
                                   none,
                                   array_pointers[next_batch],
                                   NULL,
                                   release_array,
                                   NULL};
        next_batch++;
    }
    return 0;
}

/* ---- counting ---- */

static const char *const specification =
    "{\"resource\": {\"name\": \"crossings\", \"path\": \"crossings.csv\", %s"
    " \"missingValues\": [\"\", \"..\", \"9999\"],"
    " \"mtm\": {\"concept\": \"border-crossings\", \"unit\": \"movements\", \"microdata\": true%s}},"
    " \"ages\": [0, 18, 65],%s"
    " \"groupings\": [{\"by\": [\"direction\"], \"name\": \"total\"},"
    " {\"by\": [\"direction\", \"citizenship\"], \"sum\": \"amount\", \"unit\": \"USD\", \"name\": \"money\"},"
    " {\"by\": [\"sex\", \"age\"], \"period\": \"year\", \"name\": \"people\"},"
    " {\"by\": [\"citizenship\", \"sex\", \"direction\"], \"period\": \"day\", \"name\": \"days\"}]}";

/* What a tabulator of the stream says: its rows, its refusals, its tables. Freed by the caller. */
static char *said(uint64_t from, int as_text) {
    static const char *const filters[] = {"", ", \"rows\": {\"direction\": [\"in\", \"out\"]}"};
    static const char *const only[] = {"", " \"filter\": {\"sex\": [\"F\"]},"};
    char text[2048];
    mtm_tabulator *tabulator = NULL;
    mtm_error err = {0};
    struct ArrowArrayStream stream = {get_schema, get_next, no_last_error, release_stream, NULL};
    mtm_check *check = NULL;
    mtm_package *package = NULL;
    char *out = bytes_new(8 << 20);
    size_t at = 0;
    snprintf(text, sizeof text, specification, as_text ? "\"dialect\": {\"commentChar\": \"\\u0001\"}," : "",
             filters[from / 2 % 2], only[from / 4 % 2]);
    assert_int_equal(mtm_tabulator_new(text, NULL, &tabulator, &err), MTM_OK);
    next_batch = 0;
    mtm_status status = mtm_tabulator_add(tabulator, FROM_ARROW(&stream, "frame"), &err);
    at += (size_t)sprintf(out + at, "%d %s\n", (int)status, err.message);
    for (int which = 0; which < 4; which++) {
        at += (size_t)sprintf(out + at, "%lld ", (long long)mtm_tabulator_rows(tabulator, (mtm_rows)which));
    }
    assert_int_equal(mtm_tabulator_check(tabulator, &check, &err), MTM_OK);
    for (size_t i = 0; i < mtm_check_count(check); i++) {
        mtm_diagnostic one;
        assert_int_equal(mtm_check_at(check, i, &one), 1);
        at += (size_t)sprintf(out + at, "%d %lld %lld %.60s %s %s\n", (int)one.code, (long long)one.line,
                              (long long)one.column, one.found, one.expected, one.hint);
    }
    mtm_check_free(check);
    assert_int_equal(mtm_tabulator_finish(tabulator, &package, &err), MTM_OK);
    static const char *const tables[] = {"total", "money", "people", "days"};
    for (size_t i = 0; i < 4 && status == MTM_OK; i++) {
        const mtm_dataset *dataset = NULL;
        mtm_buffer *rendered = NULL;
        if (mtm_package_find(package, tables[i], &dataset, &err) != MTM_OK) {
            continue;
        }
        assert_int_equal(mtm_dataset_render(dataset, MTM_FORMAT_CSV, NULL, &rendered, &err), MTM_OK);
        at += (size_t)sprintf(out + at, "%s\n%s\n", tables[i], mtm_buffer_data(rendered));
        mtm_buffer_free(rendered);
    }
    mtm_package_free(package);
    mtm_tabulator_free(tabulator);
    return out;
}

static void columns_count_as_their_text_does(void **state) {
    const uint64_t n = getenv("MTM_SLOW") == NULL ? 120 : 40;
    (void)state;
    for (uint64_t from = 0; from < n; from++) {
        make_stream(from);
        char *columns = said(from, 0), *text = said(from, 1);
        if (strcmp(columns, text) != 0) {
            size_t at = 0;
            while (columns[at] == text[at]) {
                at++;
            }
            at = at < 60 ? 0 : at - 60;
            fail_msg("stream %d: columns say\n%.300s\ntext says\n%.300s", (int)from, columns + at, text + at);
        }
        free(columns);
        free(text);
        free_stream();
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(columns_count_as_their_text_does)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
