/* Makes the schema and the one record batch of a dataset's Arrow stream. One table names the columns; everything is
 * copied, so that the stream outlives the dataset. */
#include "data/arrow_batch.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "codelist/match.h"
#include "data/arrow_internal.h"
#include "period/period.h"

#include <stdlib.h>
#include <string.h>

#define BEFORE 3 /* first, last, period */
#define AFTER 5  /* value, status, line, release, edition */

static const char *const formats[] = {"tdD", "tdD", "u", "", "u", "l", "i", "i"};
static const char *const names[] = {"first", "last", "period", "value", "status", "line", "release", "edition"};
static const char *const roles[] = {"ignore", "ignore", "period",       "value",
                                    "status", "ignore", "release-date", "edition"};

/* Schema. */

static int set_metadata(struct ArrowSchema *schema, const char *const pairs[][2], size_t n) {
    mtmi_buffer metadata = MTMI_BUFFER_INIT;
    for (size_t i = 0; i < n; i++) {
        if (pairs[i][1] != NULL && pairs[i][1][0] != '\0') {
            mtmi_arrow_metadata(&metadata, pairs[i][0], pairs[i][1]);
        }
    }
    int done = !metadata.failed;
    mtmi_arrow_schema_metadata(schema, &metadata);
    mtmi_buffer_free(&metadata);
    return done;
}

static int plain_schema(const mtm_dataset *dataset, size_t column, struct ArrowSchema *out) {
    char decimal[] = "d:19,0";
    const char *const pairs[][2] = {{"mtm:role", roles[column]}};
    int is_value = column == BEFORE;
    decimal[5] = (char)('0' + dataset->decimals);
    if (!mtmi_arrow_schema_start(out, is_value ? decimal : formats[column], names[column], 0)) {
        return 0;
    }
    if (column < BEFORE || column == BEFORE + 1 || (column == BEFORE + 2 && !dataset->microdata)) {
        out->flags = 0;
    }
    return set_metadata(out, pairs, 1) && (formats[column][0] != 'i' || mtmi_arrow_schema_dictionary(out, "u"));
}

static int dimension_schema(const mtmi_dimension *dimension, struct ArrowSchema *out) {
    const char *list = dimension->list != NULL ? mtmi_codelist_id(dimension->list) : "none";
    const char *const pairs[][2] = {
        {"mtm:role", "dimension"}, {"mtm:dimension", dimension->name}, {"mtm:codelist", list}};
    if (!mtmi_arrow_schema_start(out, "i", dimension->name, 0)) {
        return 0;
    }
    out->flags = 0;
    return set_metadata(out, pairs, 3) && mtmi_arrow_schema_dictionary(out, "u");
}

static int batch_metadata(const mtm_dataset *dataset, struct ArrowSchema *out) {
    static const char *const kinds[] = {NULL, "flow", "stock", "share"};
    char multiplier[24];
    mtmi_decimal_write(dataset->multiplier, 0, multiplier, sizeof multiplier);
    const char *const pairs[][2] = {{"mtm:name", dataset->name},
                                    {"mtm:concept", dataset->concept},
                                    {"mtm:kind", kinds[dataset->kind]},
                                    {"mtm:unit", dataset->unit},
                                    {"mtm:multiplier", multiplier}};
    return set_metadata(out, pairs, sizeof pairs / sizeof *pairs);
}

mtm_status mtmi_arrow_batch_schema(const mtm_dataset *dataset, struct ArrowSchema *out, mtm_error *err) {
    size_t n = BEFORE + dataset->n_dimensions + AFTER;
    if (!mtmi_arrow_schema_start(out, "+s", "", n)) {
        return mtmi_error_memory(err);
    }
    out->flags = 0;
    int done = batch_metadata(dataset, out);
    for (size_t i = 0; i < BEFORE && done; i++) {
        done = plain_schema(dataset, i, out->children[i]);
    }
    for (size_t d = 0; d < dataset->n_dimensions && done; d++) {
        done = dimension_schema(&dataset->dimensions[d], out->children[BEFORE + d]);
    }
    for (size_t i = 0; i < AFTER && done; i++) {
        done = plain_schema(dataset, BEFORE + i, out->children[BEFORE + dataset->n_dimensions + i]);
    }
    if (!done) {
        out->release(out);
        return mtmi_error_memory(err);
    }
    return MTM_OK;
}

/* Columns of fixed width. */

static int days(const mtm_dataset *dataset, int last, struct ArrowArray *out) {
    int32_t *target = mtmi_arrow_array_start(out, dataset->n, 2, 0)
                          ? mtmi_arrow_array_buffer(out, 1, dataset->n, sizeof *target)
                          : NULL;
    for (size_t i = 0; target != NULL && i < dataset->n; i++) {
        target[i] = last ? dataset->periods[i].last : dataset->periods[i].first;
    }
    return target != NULL;
}

static int values(const mtm_dataset *dataset, struct ArrowArray *out) {
    mtmi_wide *target = mtmi_arrow_array_start(out, dataset->n, 2, 0)
                            ? mtmi_arrow_array_buffer(out, 1, dataset->n, sizeof *target)
                            : NULL;
    for (size_t i = 0; target != NULL && i < dataset->n; i++) {
        target[i] = dataset->values[i];
        if (!mtmi_dataset_has_value(dataset, i) && !mtmi_arrow_array_null(out, i)) {
            return 0;
        }
    }
    return target != NULL;
}

/* A count of events has no line of its own. */
static int lines(const mtm_dataset *dataset, struct ArrowArray *out) {
    int64_t *target = mtmi_arrow_array_start(out, dataset->n, 2, 0)
                          ? mtmi_arrow_array_buffer(out, 1, dataset->n, sizeof *target)
                          : NULL;
    if (target != NULL && dataset->n > 0 && !dataset->microdata) {
        memcpy(target, dataset->lines, dataset->n * sizeof *target);
    }
    for (size_t i = 0; target != NULL && dataset->microdata && i < dataset->n; i++) {
        if (!mtmi_arrow_array_null(out, i)) {
            return 0;
        }
    }
    return target != NULL;
}

/* Columns of text. */

/* The text of row i, into 40 bytes; its length. */
static size_t row_text(const mtm_dataset *dataset, int is_status, size_t i, char out[MTMI_PERIOD_TEXT]) {
    if (is_status) {
        out[0] = dataset->statuses[i];
        return 1;
    }
    return mtm_period_describe(dataset->periods[i], out, MTMI_PERIOD_TEXT);
}

static int row_texts(const mtm_dataset *dataset, int is_status, size_t size, struct ArrowArray *out) {
    char text[MTMI_PERIOD_TEXT];
    int32_t *offsets = mtmi_arrow_array_start(out, dataset->n, 3, 0)
                           ? mtmi_arrow_array_buffer(out, 1, dataset->n + 1, sizeof *offsets)
                           : NULL;
    char *bytes = offsets != NULL ? mtmi_arrow_array_buffer(out, 2, size, 1) : NULL;
    for (size_t i = 0; bytes != NULL && i < dataset->n; i++) {
        size_t length = row_text(dataset, is_status, i, text);
        memcpy(bytes + offsets[i], text, length);
        offsets[i + 1] = offsets[i] + (int32_t)length;
    }
    return bytes != NULL;
}

/* Dictionaries. Their values must be unique, which names of members of several kinds, or dates of releases, need not
 * be: equal texts share the first one's place. */

typedef struct entry {
    const char *text;
    int32_t index;
} entry;

static int compare_entries(const void *a, const void *b) {
    const entry *one = a, *two = b;
    int order = strcmp(one->text, two->text);
    return order != 0 ? order : (one->index > two->index) - (one->index < two->index);
}

/* to[i] = the first index of an equal text; -1 where there is no text. sorted has n entries. */
static void find_equal(const char *const *texts, size_t n, entry *sorted, int32_t *out) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        out[i] = -1;
        if (texts[i] != NULL) {
            sorted[kept++] = (entry){texts[i], (int32_t)i};
        }
    }
    qsort(sorted, kept, sizeof *sorted, compare_entries);
    for (size_t i = 0; i < kept; i++) {
        int same = i > 0 && strcmp(sorted[i - 1].text, sorted[i].text) == 0;
        out[sorted[i].index] = same ? out[sorted[i - 1].index] : sorted[i].index;
    }
}

/* Keeps the first of equal texts, in order; to[] then counts among the kept. Gives how many they are. */
static size_t keep_first(const char **texts, size_t n, int32_t *out) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (out[i] == (int32_t)i) {
            texts[kept] = texts[i];
            out[i] = (int32_t)kept++;
        } else if (out[i] >= 0) {
            out[i] = out[out[i]];
        }
    }
    return kept;
}

/* A column of rows that each name one of n texts; texts is used up. */
static int dictionary(const char **texts, size_t n, const int32_t *rows, size_t n_rows, struct ArrowArray *out) {
    entry *sorted = mtmi_memory_new(n, sizeof *sorted);
    int32_t *map = sorted != NULL ? mtmi_memory_new(n, sizeof *map) : NULL;
    int32_t *target = map != NULL && mtmi_arrow_array_start(out, n_rows, 2, 0)
                          ? mtmi_arrow_array_buffer(out, 1, n_rows, sizeof *target)
                          : NULL;
    struct ArrowArray *values_of = target != NULL ? mtmi_arrow_array_dictionary(out) : NULL;
    int done = values_of != NULL;
    if (done) {
        find_equal(texts, n, sorted, map);
        done = mtmi_arrow_array_texts(values_of, texts, keep_first(texts, n, map));
    }
    for (size_t i = 0; done && i < n_rows; i++) {
        target[i] = map[rows[i]] >= 0 ? map[rows[i]] : 0;
        done = map[rows[i]] >= 0 || mtmi_arrow_array_null(out, i);
    }
    mtmi_memory_free(sorted);
    mtmi_memory_free(map);
    return done;
}

static int members(const mtm_dataset *dataset, size_t d, struct ArrowArray *out) {
    const mtmi_dimension *dimension = &dataset->dimensions[d];
    const char **texts = mtmi_memory_new(dimension->n_members, sizeof *texts);
    for (size_t i = 0; texts != NULL && i < dimension->n_members; i++) {
        texts[i] = dimension->members[i].code;
    }
    int done = texts != NULL && dictionary(texts, dimension->n_members, dimension->codes, dataset->n, out);
    mtmi_memory_free(texts);
    return done;
}

static int release_dates(const mtm_dataset *dataset, struct ArrowArray *out) {
    const char **texts = mtmi_memory_new(dataset->n_releases, sizeof *texts);
    char(*dates)[MTMI_PERIOD_TEXT] = texts != NULL ? mtmi_memory_new(dataset->n_releases, sizeof *dates) : NULL;
    for (size_t i = 0; dates != NULL && i < dataset->n_releases; i++) {
        if (!mtmi_period_same(dataset->releases[i].date, MTMI_PERIOD_NONE)) {
            mtm_period_describe(dataset->releases[i].date, dates[i], sizeof dates[i]);
            texts[i] = dates[i];
        }
    }
    int done = dates != NULL && dictionary(texts, dataset->n_releases, dataset->release_of, dataset->n, out);
    mtmi_memory_free(dates);
    mtmi_memory_free(texts);
    return done;
}

static int editions(const mtm_dataset *dataset, struct ArrowArray *out) {
    const char **texts = mtmi_memory_new(dataset->n_releases, sizeof *texts);
    for (size_t i = 0; texts != NULL && i < dataset->n_releases; i++) {
        texts[i] = dataset->releases[i].edition[0] != '\0' ? dataset->releases[i].edition : NULL;
    }
    int done = texts != NULL && dictionary(texts, dataset->n_releases, dataset->release_of, dataset->n, out);
    mtmi_memory_free(texts);
    return done;
}

/* The batch. */

static int columns(const mtm_dataset *dataset, size_t period_size, struct ArrowArray *out) {
    size_t d = 0;
    for (; d < dataset->n_dimensions; d++) {
        if (!members(dataset, d, out->children[BEFORE + d])) {
            return 0;
        }
    }
    struct ArrowArray **after = &out->children[BEFORE + d];
    return days(dataset, 0, out->children[0]) && days(dataset, 1, out->children[1]) &&
           row_texts(dataset, 0, period_size, out->children[2]) && values(dataset, after[0]) &&
           row_texts(dataset, 1, dataset->n, after[1]) && lines(dataset, after[2]) &&
           release_dates(dataset, after[3]) && editions(dataset, after[4]);
}

mtm_status mtmi_arrow_batch(const mtm_dataset *dataset, struct ArrowArray *out, mtm_error *err) {
    size_t period_size = 0;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < dataset->n; i++) {
        char text[MTMI_PERIOD_TEXT];
        period_size += row_text(dataset, 0, i, text);
    }
    if (period_size > INT32_MAX) {
        return mtmi_error_set(err, MTM_ERROR_RANGE, 0, (mtmi_place){dataset->name, 0, 0},
                              "found %zu observations, expected no more than fit in one Arrow record batch",
                              dataset->n);
    }
    if (!mtmi_arrow_array_start(out, dataset->n, 1, BEFORE + dataset->n_dimensions + AFTER)) {
        return mtmi_error_memory(err);
    }
    if (!columns(dataset, period_size, out)) {
        out->release(out);
        return mtmi_error_memory(err);
    }
    return MTM_OK;
}
