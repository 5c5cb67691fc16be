/* A table as Arrow columns, as the text of the same columns and as the CSV of the same rows is one dataset, or is refused in the
 * same place: random tables of columns of many types, most of whose rows can be taken without text and some of which cannot. */
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

enum { COLUMNS = 6, MOST = 4000, BATCH = 1500, BATCHES = 3, CELL = 48, TABLES = 160, TEXT = 1 << 20 };

static uint64_t seed;

static uint64_t random_below(uint64_t n) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % n;
}

/* ---- the cells ---- */

typedef struct made_column {
    char
        kind; /* u text, U large text, v view, d dictionary of text, D date, s time, i int32, l int64, L uint64, g float, f float32 */
    char cells[MOST][CELL];
    int64_t wholes[MOST]; /* days of dates; four times the figure */
    unsigned char null[MOST];
} made_column;

static made_column columns[COLUMNS];
static size_t n_rows;

static const char *const names[COLUMNS] = {"period", "place", "citizenship", "remark", "arrivals", "departures"};

static void write_day(int64_t day, char out[CELL]) {
    const mtm_period period = {(int32_t)day, (int32_t)day};
    assert_int_equal(mtm_period_describe(period, out, CELL), 10);
}

static void write_figure(int64_t quarters, char out[CELL]) {
    static const char *const rests[] = {"", ".25", ".5", ".75"};
    const int64_t whole = quarters < 0 ? -quarters : quarters;
    snprintf(out, CELL, "%s%lld%s", quarters < 0 ? "-" : "", (long long)(whole / 4), rests[whole % 4]);
}

static void set_period(size_t row, uint64_t number, int spoil) {
    static const char *const bad[] = {"2024-02-30", "x", "", "I quarter", "2024", "01.02.2024", "June 2024"};
    made_column *column = &columns[0];
    column->wholes[row] = 19800 + (int64_t)number;
    write_day(column->wholes[row], column->cells[row]);
    if (strchr("iL", column->kind) != NULL) {
        column->wholes[row] = 1990 + (int64_t)(number % 35);
        snprintf(column->cells[row], CELL, "%d", (int)column->wholes[row]);
    }
    if (spoil && strchr("uUvd", column->kind) != NULL) {
        strcpy(column->cells[row], bad[random_below(sizeof bad / sizeof *bad)]);
    } else if (spoil) {
        column->null[row] = 1;
    }
}

static void set_label(made_column *column, size_t row, uint64_t number, int spoil) {
    static const char *const bad[] = {"", "-", "Total", "\xFF\xFE", "Узбекистан", " Tashkent ", "total", "n/a", "900"};
    static const char *const countries[] = {"UZB", "KGZ", "RUS", "CHN", "TJK", "DEU", "TUR", "AFG"};
    if (column == &columns[2]) {
        strcpy(column->cells[row], countries[number % 8]);
    } else {
        snprintf(column->cells[row], CELL, number % 3 == 0 ? "Place of a long name, %d" : "P%d", (int)number);
    }
    if (spoil) {
        strcpy(column->cells[row], bad[random_below(sizeof bad / sizeof *bad)]);
        column->null[row] = random_below(3) == 0;
    }
}

static void set_figure(made_column *column, size_t row, int spoil) {
    static const int64_t odd[] = {-4000 + 4, -4, 399996, -399996, 1, 2, 4000000000000000000, -40, 0, 36};
    const int whole = column->kind != 'g' && column->kind != 'f';
    int64_t quarters = 4 * (int64_t)random_below(column->kind == 'f' ? 1000000 : 90000);
    quarters = spoil ? odd[random_below(sizeof odd / sizeof *odd)] : quarters;
    quarters = (whole || column->kind == 'f') && quarters % 4 != 0 ? 4 : quarters;
    quarters = (column->kind == 'i' || column->kind == 'f') && (quarters > 8000000000 || quarters < -8000000000)
                   ? 4
                   : quarters;
    quarters = column->kind == 'L' && quarters < 0 ? 0 : quarters;
    column->wholes[row] = quarters;
    column->null[row] = spoil && random_below(4) == 0;
    write_figure(quarters, column->cells[row]);
}

static void make_table(uint64_t number) {
    static const char *const kinds[COLUMNS] = {"DDsudvi", "uUvdd", "udvd", "udvD", "ilLgf", "liLgu"};
    const uint64_t rarely = random_below(3) == 0 ? 40 : random_below(2) == 0 ? 900 : 1000000;
    const size_t places = 3 + random_below(30), countries = 1 + random_below(8);
    memset(columns, 0, sizeof columns);
    n_rows = 210 + random_below(MOST - 210);
    for (size_t c = 0; c < COLUMNS; c++) {
        columns[c].kind = kinds[c][random_below(strlen(kinds[c]))];
    }
    for (size_t i = 0; i < n_rows; i++) {
        /* 7 and the number of rows may share a divisor: then some cells come twice, with the same or other figures */
        const uint64_t cell = number % 3 == 0 ? i * 7 % n_rows : i, late = i > 205;
        set_period(i, cell / (places * countries), late && random_below(rarely) == 0);
        set_label(&columns[1], i, cell % places, late && random_below(rarely) == 0);
        set_label(&columns[2], i, cell / places % countries, late && random_below(rarely) == 0);
        set_label(&columns[3], i, random_below(9), random_below(rarely) == 0);
        columns[3].wholes[i] = (int64_t)random_below(30000);
        if (columns[3].kind == 'D') {
            write_day(columns[3].wholes[i], columns[3].cells[i]);
        }
        set_figure(&columns[4], i, late && random_below(rarely) == 0);
        set_figure(&columns[5], i, late && random_below(rarely) == 0);
    }
    for (size_t c = 0; c < COLUMNS; c++) {
        for (size_t i = 0; i < n_rows; i++) {
            if (columns[c].null[i]) {
                columns[c].cells[i][0] = '\0';
            }
        }
    }
}

/* ---- as Arrow ---- */

static struct ArrowSchema fields[COLUMNS], value_fields[COLUMNS], *field_pointers[COLUMNS];
static struct ArrowArray arrays[BATCHES][COLUMNS], values[BATCHES][COLUMNS], *array_pointers[BATCHES][COLUMNS];
static const void *buffers[BATCHES][COLUMNS][4], *value_buffers[BATCHES][COLUMNS][3];
static int64_t sizes[BATCHES][COLUMNS];
static void *kept[1000];
static size_t n_kept, n_batches, next_batch;

static void *room(size_t size) {
    void *bytes = calloc(size > 0 ? size : 1, 1);
    assert_non_null(bytes);
    assert_true(n_kept < sizeof kept / sizeof *kept);
    return kept[n_kept++] = bytes;
}

static void set_texts(const made_column *column, size_t first, size_t n, int large, const void *out[3]) {
    size_t size = 0, at = 0;
    for (size_t i = 0; i < n; i++) {
        size += strlen(column->cells[first + i]);
    }
    int32_t *small = room((n + 1) * sizeof *small);
    int64_t *wide = room((n + 1) * sizeof *wide);
    char *bytes = room(size);
    for (size_t i = 0; i < n; i++) {
        const size_t length = strlen(column->cells[first + i]);
        memcpy(bytes + at, column->cells[first + i], length);
        at += length;
        small[i + 1] = (int32_t)at;
        wide[i + 1] = (int64_t)at;
    }
    out[1] = large ? (const void *)wide : (const void *)small;
    out[2] = bytes;
}

static void set_views(const made_column *column, size_t batch, size_t c, size_t first, size_t n) {
    char *views = room(16 * n), *bytes = room(n * CELL);
    int32_t at = 0, none = 0;
    for (size_t i = 0; i < n; i++) {
        const char *cell = column->cells[first + i];
        const int32_t length = (int32_t)strlen(cell);
        memcpy(views + 16 * i, &length, 4);
        memcpy(views + 16 * i + 4, cell, (size_t)(length < 12 ? length : length == 12 ? 12 : 4));
        if (length > 12) {
            memcpy(views + 16 * i + 8, &none, 4);
            memcpy(views + 16 * i + 12, &at, 4);
            memcpy(bytes + at, cell, (size_t)length);
            at += length;
        }
    }
    sizes[batch][c] = at;
    buffers[batch][c][1] = views;
    buffers[batch][c][2] = bytes;
    buffers[batch][c][3] = &sizes[batch][c];
}

/* Every batch has a dictionary of its own, in the order in which its cells come. */
static void set_codes(const made_column *column, size_t batch, size_t c, size_t first, size_t n) {
    static made_column values_of;
    int16_t *codes = room(n * sizeof *codes);
    size_t n_values = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < n_values && strcmp(values_of.cells[k], column->cells[first + i]) != 0) {
            k++;
        }
        if (k == n_values) {
            strcpy(values_of.cells[n_values++], column->cells[first + i]);
        }
        codes[i] = (int16_t)k;
    }
    buffers[batch][c][1] = codes;
    set_texts(&values_of, 0, n_values, 0, value_buffers[batch][c]);
    values[batch][c] =
        (struct ArrowArray){(int64_t)n_values, 0, 0, 3, 0, value_buffers[batch][c], NULL, NULL, keep_array, NULL};
}

static void set_numbers(const made_column *column, size_t c, size_t first, size_t n, const void *out[3]) {
    const int is_figure = c >= 4;
    int64_t *eight = room(n * 8);
    int32_t *four = room(n * 4);
    double *numbers = room(n * 8);
    float *small = room(n * 4);
    for (size_t i = 0; i < n; i++) {
        const int64_t whole = column->wholes[first + i];
        eight[i] = column->kind == 's' ? whole * 86400 : is_figure ? whole / 4 : whole;
        four[i] = (int32_t)eight[i];
        numbers[i] = (double)whole / 4;
        small[i] = (float)numbers[i];
    }
    out[1] = column->kind == 'g'                  ? (const void *)numbers
             : column->kind == 'f'                ? (const void *)small
             : strchr("iD", column->kind) != NULL ? (const void *)four
                                                  : (const void *)eight;
}

static void set_array(size_t batch, size_t c, size_t first, size_t n) {
    const made_column *column = &columns[c];
    const int64_t n_buffers = column->kind == 'v' ? 4 : strchr("uU", column->kind) != NULL ? 3 : 2;
    memset(buffers[batch][c], 0, sizeof buffers[batch][c]);
    switch (column->kind) {
    case 'u':
    case 'U': set_texts(column, first, n, column->kind == 'U', buffers[batch][c]); break;
    case 'v': set_views(column, batch, c, first, n); break;
    case 'd': set_codes(column, batch, c, first, n); break;
    default: set_numbers(column, c, first, n, buffers[batch][c]); break;
    }
    unsigned char *valid = room(n / 8 + 1);
    int any = 0;
    for (size_t i = 0; i < n; i++) {
        valid[i / 8] |= (unsigned char)((column->null[first + i] == 0) << i % 8);
        any |= column->null[first + i];
    }
    buffers[batch][c][0] = any ? valid : NULL;
    arrays[batch][c] =
        (struct ArrowArray){(int64_t)n, -1, 0, n_buffers, 0, buffers[batch][c], NULL, NULL, keep_array, NULL};
    arrays[batch][c].dictionary = column->kind == 'd' ? &values[batch][c] : NULL;
    array_pointers[batch][c] = &arrays[batch][c];
}

static void make_stream(void) {
    static const char *const formats[] = {"uu", "UU", "vvu", "ds", "DtdD", "stss:", "ii", "ll", "LL", "gg", "ff"};
    n_batches = 0;
    for (size_t c = 0; c < COLUMNS; c++) {
        const char *format = NULL;
        for (size_t k = 0; k < sizeof formats / sizeof *formats; k++) {
            format = formats[k][0] == columns[c].kind ? formats[k] + 1 : format;
        }
        fields[c] = (struct ArrowSchema){format, names[c], NULL, 2, 0, NULL, NULL, keep_schema, NULL};
        value_fields[c] = (struct ArrowSchema){"u", "", NULL, 2, 0, NULL, NULL, keep_schema, NULL};
        fields[c].dictionary = columns[c].kind == 'd' ? &value_fields[c] : NULL;
        field_pointers[c] = &fields[c];
    }
    for (size_t first = 0; first < n_rows; first += BATCH) {
        for (size_t c = 0; c < COLUMNS; c++) {
            set_array(n_batches, c, first, n_rows - first < BATCH ? n_rows - first : BATCH);
        }
        n_batches++;
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
        *out = (struct ArrowArray){arrays[next_batch][0].length,
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

/* ---- as CSV ---- */

static char *write_csv(size_t *size) {
    char *out = room(n_rows * COLUMNS * (CELL + 4) + 100);
    size_t at = 0;
    for (size_t c = 0; c < COLUMNS; c++) {
        at += (size_t)sprintf(out + at, "%s%s", c > 0 ? "," : "", names[c]);
    }
    for (size_t i = 0; i < n_rows; i++) {
        for (size_t c = 0; c < COLUMNS; c++) {
            const char *quote = strchr(columns[c].cells[i], ',') != NULL ? "\"" : "";
            at += (size_t)sprintf(out + at, "%s%s%s%s", c > 0 ? "," : "\n", quote, columns[c].cells[i], quote);
        }
    }
    out[at++] = '\n';
    *size = at;
    return out;
}

/* ---- what is made of them ---- */

static const char *const resource =
    "{\"name\": \"movements\", %s \"mtm\": {\"kind\": \"flow\", \"concept\": \"%s\"%s}, \"schema\": {\"fields\": ["
    "{\"name\": \"period\", \"mtm\": {\"role\": \"period\"}}, {\"name\": \"place\", \"mtm\": {\"role\": "
    "\"dimension\"}},"
    "{\"name\": \"citizenship\", \"mtm\": {\"role\": \"dimension\"}}, {\"name\": \"remark\", \"mtm\": {\"role\": "
    "\"%s\"}},"
    "{\"name\": \"arrivals\", \"mtm\": {\"role\": \"value\", \"members\": {\"direction\": \"in\"}}},"
    "{\"name\": \"departures\", \"mtm\": {\"role\": \"value\", \"members\": {\"direction\": \"out\"}}}]}}";

static const char *told;

/* The dataset as text, or where it is refused; lines from the first row on. */
static char *describe(mtm_status status, const mtm_dataset *dataset, const mtm_error *err, int shift) {
    char *out = room(TEXT * 2);
    /* Columns of a file are counted in characters, those of a stream in cells. */
    size_t at = (size_t)sprintf(out, "%lld\n%d %d %lld\n", (long long)err->column, (int)status, err->code,
                                err->line > 0 ? (long long)err->line - shift : 0);
    if (status != MTM_OK) {
        return out;
    }
    mtm_dataset_info info = {.size = sizeof info};
    assert_int_equal(mtm_dataset_get(dataset, MTM_LANGUAGE_EN, &info), 1);
    at += (size_t)sprintf(out + at, "%d %d %d %zu\n", (int)info.kind, info.decimals, info.multiplier,
                          info.n_observations);
    const mtm_period *periods = mtm_dataset_column(dataset, MTM_COLUMN_PERIOD, 0);
    const int64_t *figures = mtm_dataset_column(dataset, MTM_COLUMN_VALUE, 0);
    const int64_t *lines = mtm_dataset_column(dataset, MTM_COLUMN_LINE, 0);
    const char *statuses = mtm_dataset_column(dataset, MTM_COLUMN_STATUS, 0);
    for (size_t i = 0; i < info.n_observations; i++) {
        at += (size_t)sprintf(out + at, "%d %d %lld %c %lld", periods[i].first, periods[i].last, (long long)figures[i],
                              statuses[i], (long long)lines[i] - shift);
        for (size_t d = 0; d < info.n_dimensions; d++) {
            const int32_t *codes = mtm_dataset_column(dataset, MTM_COLUMN_CODE, d);
            at += (size_t)sprintf(out + at, " %d", codes[i]);
        }
        out[at++] = '\n';
        assert_true(at < TEXT * 2 - 200);
    }
    for (size_t d = 0; d < info.n_dimensions; d++) {
        mtm_dimension dimension = {.size = sizeof dimension};
        assert_int_equal(mtm_dataset_dimension(dataset, d, &dimension), 1);
        for (size_t m = 0; m < dimension.n_members; m++) {
            mtm_member member = {.size = sizeof member};
            assert_int_equal(mtm_dataset_member(dataset, d, m, MTM_LANGUAGE_EN, &member), 1);
            at +=
                (size_t)sprintf(out + at, "%s %s %s %d\n", dimension.name, member.code, member.label, (int)member.kind);
        }
    }
    return out;
}

static char *read_source(const mtm_source *source, int by_text, int shift) {
    static const char *const concepts[] = {"border-crossings", "net-migration"};
    char text[2048];
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    snprintf(text, sizeof text, resource, by_text ? "\"dialect\": {\"commentChar\": \"\\u0001\"}," : "",
             concepts[n_rows % 2], told, n_rows % 4 == 0 ? "dimension" : "ignore");
    options.resource = text;
    const mtm_status status = mtm_dataset_read(source, &options, &dataset, &err);
    char *out = describe(status, dataset, &err, shift);
    mtm_dataset_free(dataset);
    return out;
}

static char *read_stream(int by_text) {
    struct ArrowArrayStream stream = {get_schema, get_next, no_last_error, release_stream, NULL};
    const mtm_source source = MTM_SOURCE_ARROW_INIT(&stream, "movements");
    next_batch = 0;
    return read_source(&source, by_text, 0);
}

static void compare(uint64_t number, const char *what, const char *columns_say, const char *text_says) {
    size_t at = 0;
    while (columns_say[at] == text_says[at] && columns_say[at] != '\0') {
        at++;
    }
    if (columns_say[at] != text_says[at]) {
        at = at < 60 ? 0 : at - 60;
        fail_msg("table %d: columns say\n%.300s\n%s says\n%.300s", (int)number, columns_say + at, what, text_says + at);
    }
}

static void columns_are_read_as_their_text_is(void **state) {
    static const char *const all[] = {"", ", \"unit\": \"persons\"", ", \"decimals\": 2", ", \"cumulative\": true",
                                      ", \"dateMeans\": \"day\""};
    const size_t n = getenv("MTM_SLOW") == NULL ? TABLES : TABLES / 4;
    size_t n_read = 0, size = 0;
    (void)state;
    for (uint64_t number = 0; number < n; number++) {
        seed = number * 0x9E3779B97F4A7C15u + 1;
        told = all[random_below(4)];
        make_table(number);
        make_stream();
        char *columns_say = read_stream(0);
        compare(number, "text", columns_say, read_stream(1));
        const char *said = strchr(columns_say, '\n') + 1;
        if (said[0] - '0' != MTM_ERROR_ENCODING) { /* a file's bytes are looked at as a whole */
            char *csv = write_csv(&size);
            const mtm_source source = MTM_SOURCE_BYTES_INIT(csv, size, "movements");
            compare(number, "CSV", said, strchr(read_source(&source, 0, 1), '\n') + 1);
        }
        n_read += said[0] == '0';
        while (n_kept > 0) {
            free(kept[--n_kept]);
        }
    }
    assert_true(n_read > n / 4 && n_read < n); /* both ways were taken */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(columns_are_read_as_their_text_is)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
