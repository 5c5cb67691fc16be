/* A data frame as an Arrow stream of one batch: what R/frame.R made plain becomes columns without text. Numbers are lent
 * as they lie; texts become codes, for R keeps each text once and equal texts are one pointer. All memory is R's own
 * (R_alloc), and lives until the call returns: so must the stream. */
#ifndef MTM_R_FRAME_H
#define MTM_R_FRAME_H

#define R_NO_REMAP
#include <R.h>
#include <Rinternals.h>
#include <mtm/arrow.h>

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

typedef struct mtm_r_lent {
    struct ArrowSchema schema, values_schema;
    struct ArrowArray array, values;
    const void *buffers[2], *values_buffers[3];
} mtm_r_lent;

typedef struct mtm_r_frame {
    struct ArrowArrayStream stream;
    R_xlen_t n_columns, n_rows;
    mtm_r_lent *at;
    struct ArrowSchema **fields;
    struct ArrowArray **arrays;
    const void *none[1];
    int given;
} mtm_r_frame;

static void mtm_r_frame_keep_schema(struct ArrowSchema *schema) {
    schema->release = NULL;
}

static void mtm_r_frame_keep_array(struct ArrowArray *array) {
    array->release = NULL;
}

static int mtm_r_frame_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    mtm_r_frame *frame = stream->private_data;
    memset(out, 0, sizeof *out);
    out->format = "+s";
    out->name = "";
    out->n_children = frame->n_columns;
    out->children = frame->fields;
    out->release = mtm_r_frame_keep_schema;
    return 0;
}

static int mtm_r_frame_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    mtm_r_frame *frame = stream->private_data;
    memset(out, 0, sizeof *out);
    if (frame->given)
        return 0;
    frame->given = 1;
    out->length = frame->n_rows;
    out->n_buffers = 1;
    out->buffers = frame->none;
    out->n_children = frame->n_columns;
    out->children = frame->arrays;
    out->release = mtm_r_frame_keep_array;
    return 0;
}

static const char *mtm_r_frame_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return NULL;
}

static void mtm_r_frame_release(struct ArrowArrayStream *stream) {
    stream->release = NULL;
}

static uint8_t *mtm_r_frame_bits(R_xlen_t n) {
    uint8_t *bits = (uint8_t *)R_alloc((size_t)n / 8 + 1, 1);
    memset(bits, 0, (size_t)n / 8 + 1);
    return bits;
}

static void mtm_r_frame_set(uint8_t *bits, R_xlen_t i) {
    bits[i / 8] = (uint8_t)(bits[i / 8] | (1u << (i % 8)));
}

static void mtm_r_frame_lend(mtm_r_lent *column, const char *format, const void *data, const uint8_t *valid, R_xlen_t n,
                             R_xlen_t n_null) {
    column->schema.format = format;
    column->buffers[0] = n_null > 0 ? valid : NULL;
    column->buffers[1] = data;
    column->array.null_count = n_null;
    column->array.length = n;
    column->array.n_buffers = 2;
    column->array.buffers = column->buffers;
}

static void mtm_r_frame_integers(mtm_r_lent *column, SEXP data, const char *format) {
    const R_xlen_t n = Rf_xlength(data);
    const int *numbers = INTEGER(data);
    uint8_t *valid = mtm_r_frame_bits(n);
    R_xlen_t n_null = 0;
    for (R_xlen_t i = 0; i < n; i++) {
        if (numbers[i] == NA_INTEGER)
            n_null++;
        else
            mtm_r_frame_set(valid, i);
    }
    mtm_r_frame_lend(column, format, numbers, valid, n, n_null);
}

static void mtm_r_frame_doubles(mtm_r_lent *column, SEXP data) {
    const R_xlen_t n = Rf_xlength(data);
    const double *numbers = REAL(data);
    uint8_t *valid = mtm_r_frame_bits(n);
    R_xlen_t n_null = 0;
    for (R_xlen_t i = 0; i < n; i++) {
        if (ISNAN(numbers[i]))
            n_null++;
        else
            mtm_r_frame_set(valid, i);
    }
    mtm_r_frame_lend(column, "g", numbers, valid, n, n_null);
}

/* The 64 bits that a column of class integer64 keeps in its doubles; the least number is its NA. */
static void mtm_r_frame_wide(mtm_r_lent *column, SEXP data) {
    const R_xlen_t n = Rf_xlength(data);
    const int64_t *numbers = (const int64_t *)(const void *)REAL(data);
    uint8_t *valid = mtm_r_frame_bits(n);
    R_xlen_t n_null = 0;
    for (R_xlen_t i = 0; i < n; i++) {
        if (numbers[i] == INT64_MIN)
            n_null++;
        else
            mtm_r_frame_set(valid, i);
    }
    mtm_r_frame_lend(column, "l", numbers, valid, n, n_null);
}

/* Days, or microseconds, from doubles: the whole number at or before each. What is beyond the type has no value, and is
 * refused by R/frame.R before. */
static void mtm_r_frame_times(mtm_r_lent *column, SEXP data, double scale, const char *format) {
    const R_xlen_t n = Rf_xlength(data);
    const double *numbers = REAL(data);
    const int is_day = strcmp(format, "tdD") == 0;
    int64_t *moments = (int64_t *)(void *)R_alloc((size_t)n + 1, sizeof *moments);
    int32_t *days = (int32_t *)(void *)moments;
    uint8_t *valid = mtm_r_frame_bits(n);
    R_xlen_t n_null = 0;
    for (R_xlen_t i = 0; i < n; i++) {
        const double at = ISNAN(numbers[i]) ? 0 : floor(numbers[i] * scale);
        if (ISNAN(numbers[i]))
            n_null++;
        else
            mtm_r_frame_set(valid, i);
        if (is_day)
            days[i] = (int32_t)at;
        else
            moments[i] = (int64_t)at;
    }
    mtm_r_frame_lend(column, format, moments, valid, n, n_null);
}

/* The texts of a dictionary, in UTF-8. */
static void mtm_r_frame_values(mtm_r_lent *column, SEXP *texts, R_xlen_t n) {
    int32_t *ends = (int32_t *)(void *)R_alloc((size_t)n + 1, sizeof *ends);
    const char **utf8 = (const char **)(void *)R_alloc((size_t)n + 1, sizeof *utf8);
    size_t size = 0;
    char *bytes;
    for (R_xlen_t i = 0; i < n; i++) {
        utf8[i] = Rf_translateCharUTF8(texts[i]);
        ends[i] = (int32_t)size;
        size += strlen(utf8[i]);
        if (size > INT32_MAX)
            Rf_error("a column has more than 2^31 bytes of different texts");
    }
    ends[n] = (int32_t)size;
    bytes = R_alloc(size + 1, 1);
    for (R_xlen_t i = 0; i < n; i++)
        memcpy(bytes + ends[i], utf8[i], strlen(utf8[i]));
    column->values_schema.format = "u";
    column->values_schema.name = "";
    column->values_schema.release = mtm_r_frame_keep_schema;
    column->values_buffers[1] = ends;
    column->values_buffers[2] = bytes;
    column->values.length = n;
    column->values.n_buffers = 3;
    column->values.buffers = column->values_buffers;
    column->values.release = mtm_r_frame_keep_array;
    column->schema.dictionary = &column->values_schema;
    column->array.dictionary = &column->values;
}

typedef struct mtm_r_texts_seen {
    SEXP *texts;      /* each once, as first met */
    int32_t *numbers; /* places of a hash table of pointers: number + 1, or 0 */
    size_t n, size;
} mtm_r_texts_seen;

static size_t mtm_r_frame_place(const mtm_r_texts_seen *seen, SEXP text) {
    size_t at = (size_t)(((uint64_t)(uintptr_t)text >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (seen->size - 1);
    while (seen->numbers[at] != 0 && seen->texts[seen->numbers[at] - 1] != text)
        at = (at + 1) & (seen->size - 1);
    return at;
}

static void mtm_r_frame_grow(mtm_r_texts_seen *seen) {
    SEXP *texts = (SEXP *)(void *)R_alloc(seen->size * 2, sizeof *texts);
    if (seen->n > 0)
        memcpy(texts, seen->texts, seen->n * sizeof *texts);
    seen->texts = texts;
    seen->size *= 4;
    seen->numbers = (int32_t *)(void *)R_alloc(seen->size, sizeof *seen->numbers);
    memset(seen->numbers, 0, seen->size * sizeof *seen->numbers);
    for (size_t i = 0; i < seen->n; i++)
        seen->numbers[mtm_r_frame_place(seen, seen->texts[i])] = (int32_t)(i + 1);
}

static void mtm_r_frame_text(mtm_r_lent *column, SEXP data) {
    const R_xlen_t n = Rf_xlength(data);
    int32_t *codes = (int32_t *)(void *)R_alloc((size_t)n + 1, sizeof *codes);
    uint8_t *valid = mtm_r_frame_bits(n);
    mtm_r_texts_seen seen = {NULL, NULL, 0, 64};
    R_xlen_t n_null = 0;
    mtm_r_frame_grow(&seen);
    for (R_xlen_t i = 0; i < n; i++) {
        SEXP text = STRING_ELT(data, i);
        size_t at;
        codes[i] = 0;
        if (text == NA_STRING) {
            n_null++;
            continue;
        }
        mtm_r_frame_set(valid, i);
        at = mtm_r_frame_place(&seen, text);
        if (seen.numbers[at] == 0) {
            if (seen.n >= INT32_MAX / 8)
                Rf_error("a column has more than 268435455 different texts");
            seen.texts[seen.n++] = text;
            seen.numbers[at] = (int32_t)seen.n;
        }
        codes[i] = seen.numbers[at] - 1;
        if (seen.n * 2 >= seen.size)
            mtm_r_frame_grow(&seen);
    }
    mtm_r_frame_lend(column, "i", codes, valid, n, n_null);
    mtm_r_frame_values(column, seen.texts, (R_xlen_t)seen.n);
}

static void mtm_r_frame_factor(mtm_r_lent *column, SEXP data, SEXP levels) {
    const R_xlen_t n = Rf_xlength(data), n_levels = Rf_xlength(levels);
    int32_t *codes = (int32_t *)(void *)R_alloc((size_t)n + 1, sizeof *codes);
    SEXP *texts = (SEXP *)(void *)R_alloc((size_t)n_levels + 1, sizeof *texts);
    uint8_t *valid = mtm_r_frame_bits(n);
    R_xlen_t n_null = 0;
    for (R_xlen_t i = 0; i < n_levels; i++)
        texts[i] = STRING_ELT(levels, i);
    for (R_xlen_t i = 0; i < n; i++) {
        const int code = INTEGER(data)[i];
        codes[i] = 0;
        if (code == NA_INTEGER || code < 1 || code > n_levels || texts[code - 1] == NA_STRING) {
            n_null++;
            continue;
        }
        codes[i] = code - 1;
        mtm_r_frame_set(valid, i);
    }
    for (R_xlen_t i = 0; i < n_levels; i++)
        texts[i] = texts[i] == NA_STRING ? R_BlankString : texts[i];
    mtm_r_frame_lend(column, "i", codes, valid, n, n_null);
    mtm_r_frame_values(column, texts, n_levels);
}

/* A column as R/frame.R hands it over: list(kind, data) or list("factor", codes, levels). */
static void mtm_r_frame_column(mtm_r_lent *column, SEXP given, const char *name, R_xlen_t n_rows) {
    const char *kind;
    SEXP data;
    if (TYPEOF(given) != VECSXP || Rf_length(given) < 2 || TYPEOF(VECTOR_ELT(given, 0)) != STRSXP)
        Rf_error("expected a column");
    kind = CHAR(STRING_ELT(VECTOR_ELT(given, 0), 0));
    data = VECTOR_ELT(given, 1);
    if (Rf_xlength(data) != n_rows)
        Rf_error("the column \"%s\" has %.0f values, expected %.0f", name, (double)Rf_xlength(data), (double)n_rows);
    if (strcmp(kind, "integer") == 0 && TYPEOF(data) == INTSXP)
        mtm_r_frame_integers(column, data, "i");
    else if (strcmp(kind, "double") == 0 && TYPEOF(data) == REALSXP)
        mtm_r_frame_doubles(column, data);
    else if (strcmp(kind, "integer64") == 0 && TYPEOF(data) == REALSXP)
        mtm_r_frame_wide(column, data);
    else if (strcmp(kind, "day") == 0 && TYPEOF(data) == REALSXP)
        mtm_r_frame_times(column, data, 1, "tdD");
    else if (strcmp(kind, "second") == 0 && TYPEOF(data) == REALSXP)
        mtm_r_frame_times(column, data, 1e6, "tsu:");
    else if (strcmp(kind, "factor") == 0 && TYPEOF(data) == INTSXP && Rf_length(given) == 3)
        mtm_r_frame_factor(column, data, VECTOR_ELT(given, 2));
    else if (strcmp(kind, "text") == 0 && TYPEOF(data) == STRSXP)
        mtm_r_frame_text(column, data);
    else
        Rf_error("the column \"%s\" is no %s", name, kind);
    column->schema.name = name;
    column->schema.flags = ARROW_FLAG_NULLABLE;
    column->schema.release = mtm_r_frame_keep_schema;
    column->array.release = mtm_r_frame_keep_array;
}

/* columns: a named list of columns, all of n_rows values. */
static struct ArrowArrayStream *mtm_r_frame_stream(SEXP columns, R_xlen_t n_rows) {
    mtm_r_frame *frame = (mtm_r_frame *)(void *)R_alloc(1, sizeof *frame);
    SEXP names = Rf_getAttrib(columns, R_NamesSymbol);
    memset(frame, 0, sizeof *frame);
    frame->n_columns = Rf_xlength(columns);
    frame->n_rows = n_rows;
    if (frame->n_columns > 0 && TYPEOF(names) != STRSXP)
        Rf_error("expected columns with names");
    frame->at = (mtm_r_lent *)(void *)R_alloc((size_t)frame->n_columns + 1, sizeof *frame->at);
    frame->fields = (struct ArrowSchema **)(void *)R_alloc((size_t)frame->n_columns + 1, sizeof *frame->fields);
    frame->arrays = (struct ArrowArray **)(void *)R_alloc((size_t)frame->n_columns + 1, sizeof *frame->arrays);
    memset(frame->at, 0, ((size_t)frame->n_columns + 1) * sizeof *frame->at);
    for (R_xlen_t i = 0; i < frame->n_columns; i++) {
        mtm_r_frame_column(&frame->at[i], VECTOR_ELT(columns, i), Rf_translateCharUTF8(STRING_ELT(names, i)), n_rows);
        frame->fields[i] = &frame->at[i].schema;
        frame->arrays[i] = &frame->at[i].array;
    }
    frame->stream.get_schema = mtm_r_frame_schema;
    frame->stream.get_next = mtm_r_frame_next;
    frame->stream.get_last_error = mtm_r_frame_error;
    frame->stream.release = mtm_r_frame_release;
    frame->stream.private_data = frame;
    return &frame->stream;
}

#endif
