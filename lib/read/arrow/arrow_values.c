/* Stretches of columns at once: the width of an element is asked once a stretch, not once an element. */
#include "read/arrow/arrow_values.h"

/* Widened as they stand. */
#define WIDEN(TYPE)                                                                                                    \
    for (size_t i = 0; i < n; i++) {                                                                                   \
        TYPE value;                                                                                                    \
        memcpy(&value, from + i * sizeof value, sizeof value);                                                         \
        out[i] = (int64_t)value;                                                                                       \
    }

static void widen(const void *buffer, int width, int is_signed, size_t at, size_t n, int64_t *out) {
    const char *from = (const char *)buffer + at * (size_t)width;
    switch (is_signed ? width : -width) {
    case 1: WIDEN(int8_t) break;
    case 2: WIDEN(int16_t) break;
    case 4: WIDEN(int32_t) break;
    case -1: WIDEN(uint8_t) break;
    case -2: WIDEN(uint16_t) break;
    case -4: WIDEN(uint32_t) break;
    default: WIDEN(int64_t) break;
    }
}

void mtmi_arrow_wholes(const mtmi_arrow_column *column, size_t at, size_t n, int64_t *out) {
    const void *data = column->array->buffers[1];
    if (column->index_width != 0) {
        widen(data, column->index_width, column->index_signed, at, n, out);
    } else {
        widen(data, column->width, column->type != MTMI_ARROW_UNSIGNED, at, n, out);
    }
}

/* Narrow whole numbers that are places of 0 to limit - 1; a negative one is none. */
#define PLACES(TYPE)                                                                                                   \
    for (size_t i = 0; i < n; i++) {                                                                                   \
        TYPE value;                                                                                                    \
        memcpy(&value, from + i * sizeof value, sizeof value);                                                         \
        out[i] = (uint64_t)value < limit ? (uint32_t)value : UINT32_MAX;                                               \
    }

/* Of a dictionary, without widening first: each row is asked twice, for its number and for its counts. */
static void code_places(const mtmi_arrow_column *column, size_t at, size_t n, size_t limit, uint32_t *out) {
    const int width = column->index_width;
    const char *from = (const char *)column->array->buffers[1] + at * (size_t)width;
    switch (column->index_signed ? width : -width) {
    case 1: PLACES(int8_t) break;
    case 2: PLACES(int16_t) break;
    case 4: PLACES(int32_t) break;
    case -1: PLACES(uint8_t) break;
    case -2: PLACES(uint16_t) break;
    case -4: PLACES(uint32_t) break;
    default: PLACES(int64_t) break;
    }
}

void mtmi_arrow_places(const mtmi_arrow_column *column, size_t at, size_t n, size_t limit, uint32_t *out) {
    const struct ArrowArray *array = column->array;
    if (column->index_width != 0) {
        code_places(column, at, n, limit, out);
    } else {
        int64_t wholes[MTMI_ARROW_STRETCH];
        mtmi_arrow_wholes(column, at, n, wholes);
        for (size_t i = 0; i < n; i++) {
            out[i] = (uint64_t)wholes[i] < limit ? (uint32_t)wholes[i] : UINT32_MAX;
        }
    }
    if (array->n_buffers > 0 && array->buffers[0] != NULL) {
        for (size_t i = 0; i < n; i++) {
            out[i] = mtmi_arrow_is_null(array, at + i) ? UINT32_MAX : out[i];
        }
    }
}

size_t mtmi_arrow_codes(const mtmi_arrow_column *column) {
    const struct ArrowArray *values = column->array->dictionary;
    return column->index_width == 0 || values->length > MTMI_ARROW_MOST_CODES ? 0 : (size_t)values->length;
}

int64_t mtmi_arrow_text_end(const mtmi_arrow_column *column) {
    const struct ArrowArray *texts = column->index_width == 0 ? column->array : column->array->dictionary;
    if (column->type != MTMI_ARROW_TEXT || texts->length <= 0) {
        return 0;
    }
    return mtmi_arrow_integer(texts->buffers[1], column->width, (size_t)texts->offset + (size_t)texts->length);
}
