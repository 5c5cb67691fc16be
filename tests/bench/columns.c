/* What data frames and engines hand over, without text: crossings as Arrow columns, counted by five groupings; or a table of
 * figures, read as a dataset.
 *
 *   columns ROWS text|codes|table [TURNS]
 *
 * Columns of text have 32-bit ends; codes are dictionaries. A table has a date, four columns of codes and a figure. Prints processor
 * seconds a million rows, and the rows accepted. */
#include <mtm.h>
#include <mtm/arrow.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 6, CROSSINGS = 5, BATCH = 65536, CELLS = 4096 };

static const char specification[] =
    "{\"groupings\": [{\"by\": [\"direction\"]}, {\"by\": [\"citizenship\"]}, {\"by\": [\"purpose\"]},"
    " {\"by\": [\"direction\", \"citizenship\"]}, {\"by\": [\"sex\"]}]}";

static const char resource[] = "{\"name\": \"table\", \"mtm\": {\"kind\": \"flow\"}, \"schema\": {\"fields\": ["
                               "{\"name\": \"date\", \"mtm\": {\"role\": \"period\"}}, {\"name\": \"direction\", "
                               "\"mtm\": {\"role\": \"dimension\", \"dimension\": \"a\"}},"
                               "{\"name\": \"citizenship\", \"mtm\": {\"role\": \"dimension\"}}, {\"name\": "
                               "\"purpose\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"b\"}},"
                               "{\"name\": \"sex\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"c\"}}, "
                               "{\"name\": \"figure\", \"mtm\": {\"role\": \"value\"}}]}}";

static const char *const names[COLUMNS] = {"date", "direction", "citizenship", "purpose", "sex", "figure"};
static const char *const places[8] = {"UZB", "KGZ", "RUS", "CHN", "KAZ", "TJK", "DEU", "TUR"};
static const char *const words[COLUMNS][8] = {
    {NULL},
    {"in", "out", "in", "out", "in", "out", "in", "out"},
    {"UZB", "KGZ", "RUS", "CHN", "Узбекистан", "TJK", "DEU", "TUR"},
    {"work", "study", "tourism", "private", "transit", "work", "business", "work"},
    {"F", "M", "F", "M", "F", "M", "F", "M"},
};

/* One batch, lent again and again: its rows are made once. */
struct made {
    struct ArrowSchema root, schemas[COLUMNS], values_schemas[COLUMNS], *fields[COLUMNS];
    struct ArrowArray arrays[COLUMNS], values[COLUMNS], *columns[COLUMNS];
    const void *buffers[COLUMNS][3], *values_buffers[COLUMNS][3], *none[1];
    int32_t days[BATCH], codes[COLUMNS][BATCH], ends[COLUMNS][BATCH + 1], values_ends[COLUMNS][9];
    char *text[COLUMNS], values_text[COLUMNS][128];
    int64_t figures[BATCH], left, passed;
    int n_columns;
};

static void keep_schema(struct ArrowSchema *schema) {
    schema->release = NULL;
}

static void keep_array(struct ArrowArray *array) {
    array->release = NULL;
}

static void make_text(struct made *made, int c) {
    size_t size = 0;
    made->text[c] = malloc((size_t)BATCH * 32);
    for (int i = 0; made->text[c] != NULL && i < BATCH; i++) {
        const char *word = words[c][made->codes[c][i]];
        memcpy(made->text[c] + size, word, strlen(word));
        made->ends[c][i] = (int32_t)size;
        size += strlen(word);
    }
    made->ends[c][BATCH] = (int32_t)size;
    made->schemas[c].format = "u";
    made->buffers[c][1] = made->ends[c];
    made->buffers[c][2] = made->text[c];
    made->arrays[c].n_buffers = 3;
}

static void make_codes(struct made *made, int c) {
    size_t size = 0;
    for (int k = 0; k < 8; k++) {
        const char *word = made->n_columns == COLUMNS ? places[k] : words[c][k];
        memcpy(made->values_text[c] + size, word, strlen(word));
        made->values_ends[c][k] = (int32_t)size;
        size += strlen(word);
    }
    made->values_ends[c][8] = (int32_t)size;
    made->schemas[c].format = "i";
    made->schemas[c].dictionary = &made->values_schemas[c];
    made->values_schemas[c].format = "u";
    made->values_schemas[c].release = keep_schema;
    made->buffers[c][1] = made->codes[c];
    made->arrays[c].n_buffers = 2;
    made->arrays[c].dictionary = &made->values[c];
    made->values[c].length = 8;
    made->values[c].n_buffers = 3;
    made->values_buffers[c][1] = made->values_ends[c];
    made->values_buffers[c][2] = made->values_text[c];
    made->values[c].buffers = made->values_buffers[c];
    made->values[c].release = keep_array;
}

static void make(struct made *made, int as_text) {
    uint32_t random = 1;
    for (int i = 0; i < BATCH; i++) {
        random = random * 1664525u + 1013904223u;
        made->days[i] = 19723 + (int32_t)(random >> 8) % 366;
        for (int c = 1; c < CROSSINGS; c++)
            made->codes[c][i] = (int32_t)(made->n_columns == COLUMNS ? i >> 3 * (c - 1) : random >> (4 + 3 * c)) & 7;
        made->figures[i] = random >> 12;
    }
    for (int c = 0; c < COLUMNS; c++) {
        made->schemas[c].name = names[c];
        made->schemas[c].flags = ARROW_FLAG_NULLABLE;
        made->arrays[c].buffers = made->buffers[c];
        made->fields[c] = &made->schemas[c];
        made->columns[c] = &made->arrays[c];
        if (c == 0) {
            made->schemas[c].format = "tdD";
            made->buffers[c][1] = made->days;
            made->arrays[c].n_buffers = 2;
        } else if (c == CROSSINGS) {
            made->schemas[c].format = "l";
            made->buffers[c][1] = made->figures;
            made->arrays[c].n_buffers = 2;
        } else if (as_text) {
            make_text(made, c);
        } else {
            make_codes(made, c);
        }
    }
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    struct made *made = stream->private_data;
    memset(out, 0, sizeof *out);
    out->format = "+s";
    out->name = "";
    out->n_children = made->n_columns;
    out->children = made->fields;
    out->release = keep_schema;
    for (int c = 0; c < COLUMNS; c++)
        made->schemas[c].release = keep_schema;
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    struct made *made = stream->private_data;
    const int64_t n = made->left < BATCH ? made->left : BATCH;
    memset(out, 0, sizeof *out);
    if (n == 0)
        return 0;
    made->left -= n;
    for (int64_t i = 0; i < n && made->n_columns == COLUMNS; i++) /* every cell once */
        made->days[i] = (int32_t)((made->passed + i) / CELLS);
    made->passed += n;
    for (int c = 0; c < COLUMNS; c++) {
        made->arrays[c].length = n;
        made->arrays[c].release = keep_array;
    }
    out->length = n;
    out->n_buffers = 1;
    out->buffers = made->none;
    out->n_children = made->n_columns;
    out->children = made->columns;
    out->release = keep_array;
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return NULL;
}

static void release_stream(struct ArrowArrayStream *stream) {
    stream->release = NULL;
}

static int count(struct made *made, int64_t rows) {
    struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, made};
    mtm_source source = MTM_SOURCE_ARROW_INIT(&stream, "crossings");
    mtm_tabulator *tabulator = NULL;
    mtm_error err = {0};
    const clock_t start = clock();
    made->left = rows;
    if (mtm_tabulator_new(specification, NULL, &tabulator, &err) != MTM_OK ||
        mtm_tabulator_add(tabulator, &source, &err) != MTM_OK) {
        fprintf(stderr, "columns: %s\n", err.message);
        mtm_tabulator_free(tabulator);
        return 0;
    }
    printf("%.4f s a million rows, %lld accepted\n", (double)(clock() - start) / CLOCKS_PER_SEC * 1e6 / (double)rows,
           (long long)mtm_tabulator_rows(tabulator, MTM_ROWS_ACCEPTED));
    mtm_tabulator_free(tabulator);
    return 1;
}

static int read_table(struct made *made, int64_t rows) {
    struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, made};
    mtm_source source = MTM_SOURCE_ARROW_INIT(&stream, "table");
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_dataset_info info = MTM_DATASET_INFO_INIT;
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    const clock_t start = clock();
    made->left = rows;
    made->passed = 0;
    options.resource = resource;
    if (mtm_dataset_read(&source, &options, &dataset, &err) != MTM_OK) {
        fprintf(stderr, "columns: %s\n", err.message);
        return 0;
    }
    (void)mtm_dataset_get(dataset, MTM_LANGUAGE_EN, &info);
    printf("%.4f s a million rows, %zu accepted\n", (double)(clock() - start) / CLOCKS_PER_SEC * 1e6 / (double)rows,
           info.n_observations);
    mtm_dataset_free(dataset);
    return 1;
}

int main(int argc, char **argv) {
    struct made *made = calloc(1, sizeof *made);
    const int64_t rows = argc > 2 ? strtoll(argv[1], NULL, 10) : 0;
    const long turns = argc > 3 ? strtol(argv[3], NULL, 10) : 1;
    int good = made != NULL && rows > 0 && turns > 0 &&
               (strcmp(argv[2], "text") == 0 || strcmp(argv[2], "codes") == 0 || strcmp(argv[2], "table") == 0);
    if (!good) {
        fprintf(stderr, "usage: columns ROWS text|codes|table [TURNS]\n");
        free(made);
        return 2;
    }
    made->n_columns = strcmp(argv[2], "table") == 0 ? COLUMNS : CROSSINGS;
    make(made, strcmp(argv[2], "text") == 0);
    for (long i = 0; i < turns && good; i++)
        good = made->n_columns == COLUMNS ? read_table(made, rows) : count(made, rows);
    for (int c = 0; c < COLUMNS; c++)
        free(made->text[c]);
    free(made);
    return good ? 0 : 1;
}
