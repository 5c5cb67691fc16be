/* The elements of an Arrow array as they lie in memory, for kernels that take a column at a time. The array has passed
 * mtmi_arrow_column_batch(); offsets and indices are checked here, where they are used. */
#ifndef MTMI_READ_ARROW_ARROW_VALUES_H
#define MTMI_READ_ARROW_ARROW_VALUES_H

#include "read/arrow/arrow_column.h"

#include <string.h>

static inline int mtmi_arrow_is_null(const struct ArrowArray *array, size_t at) {
    const unsigned char *valid = array->n_buffers > 0 && array->buffers != NULL ? array->buffers[0] : NULL;
    return valid != NULL && (valid[at / 8] >> at % 8 & 1) == 0;
}

/* A whole number of width bytes, wherever it lies. */
static inline int64_t mtmi_arrow_integer(const void *buffer, int width, size_t at) {
    const char *from = (const char *)buffer + at * (size_t)width;
    int8_t one;
    int16_t two;
    int32_t four;
    int64_t eight;
    switch (width) {
    case 1: memcpy(&one, from, 1); return one;
    case 2: memcpy(&two, from, 2); return two;
    case 4: memcpy(&four, from, 4); return four;
    default: memcpy(&eight, from, 8); return eight;
    }
}

static inline uint64_t mtmi_arrow_unsigned(const void *buffer, int width, size_t at) {
    uint64_t number = (uint64_t)mtmi_arrow_integer(buffer, width, at);
    return width < 8 ? number & (((uint64_t)1 << 8 * width) - 1) : number;
}

/* The index of a dictionary's value; UINT64_MAX or more than the dictionary has where the producer is wrong. */
static inline uint64_t mtmi_arrow_index(const mtmi_arrow_column *column, size_t at) {
    const void *indices = column->array->buffers[1];
    return column->index_signed ? (uint64_t)mtmi_arrow_integer(indices, column->index_width, at)
                                : mtmi_arrow_unsigned(indices, column->index_width, at);
}

#define MTMI_ARROW_STRETCH 1024u /* the most elements that are asked for at once */

/* Elements at, at + 1, ... of a column of whole numbers, dates or times, or the indices of a dictionary. What is null is
 * whatever lies there. */
void mtmi_arrow_wholes(const mtmi_arrow_column *column, size_t at, size_t n, int64_t *out);
/* The same where they are below limit, UINT32_MAX for others and for what is null. */
void mtmi_arrow_places(const mtmi_arrow_column *column, size_t at, size_t n, size_t limit, uint32_t *out);

/* Dictionaries of more values are asked value by value. */
#define MTMI_ARROW_MOST_CODES ((int64_t)1 << 22)

/* How many values of its dictionary a batch's column has places for; 0 without a dictionary, or for one beyond measure. */
size_t mtmi_arrow_codes(const mtmi_arrow_column *column);
/* The offset where the last text of a column, or of its dictionary, ends; 0 for other types. */
int64_t mtmi_arrow_text_end(const mtmi_arrow_column *column);

/* Rounds down, also below 0. */
static inline int64_t mtmi_arrow_floor_divide(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

/* The bytes of a text; `readable` is how many can be read from there. */
typedef struct mtmi_arrow_text {
    const char *bytes;
    size_t length, readable;
} mtmi_arrow_text;

/* An element of a column of TEXT. `last` is the array's last offset. 0 when its offsets point outside. */
static inline int mtmi_arrow_text_at(const struct ArrowArray *array, int width, int64_t last, size_t at,
                                     mtmi_arrow_text *out) {
    int64_t from = mtmi_arrow_integer(array->buffers[1], width, at);
    int64_t to = mtmi_arrow_integer(array->buffers[1], width, at + 1);
    if (from < 0 || to < from || (to > from && array->buffers[2] == NULL)) {
        return 0;
    }
    out->bytes = to == from ? "" : (const char *)array->buffers[2] + from;
    out->length = (size_t)(to - from);
    out->readable = to == from || last < to ? out->length : (size_t)(last - from);
    return 1;
}

/* An element of a column of TEXT_VIEW. Up to 12 bytes stand in the view itself; longer texts in one of the buffers
 * between the views and the last one, which holds their sizes. */
static inline int mtmi_arrow_view_at(const struct ArrowArray *array, size_t at, mtmi_arrow_text *out) {
    const char *view = (const char *)array->buffers[1] + at * 16;
    int64_t length = mtmi_arrow_integer(view, 4, 0);
    if (length < 0) {
        return 0;
    }
    out->length = (size_t)length;
    if (length <= 12) {
        out->bytes = view + 4;
        out->readable = 12;
        return 1;
    }
    int64_t index = mtmi_arrow_integer(view, 4, 2), offset = mtmi_arrow_integer(view, 4, 3);
    int64_t n_texts = array->n_buffers - 3;
    const void *sizes = array->buffers[array->n_buffers - 1];
    if (index < 0 || index >= n_texts || offset < 0 || sizes == NULL || array->buffers[2 + index] == NULL ||
        offset + length > mtmi_arrow_integer(sizes, 8, (size_t)index)) {
        return 0;
    }
    out->bytes = (const char *)array->buffers[2 + index] + offset;
    out->readable = (size_t)(mtmi_arrow_integer(sizes, 8, (size_t)index) - offset);
    return 1;
}

#endif
