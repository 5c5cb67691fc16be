/* Flatbuffers, back to front. The invariant: `size` bytes are written, and every place of them stays what it is. */
#include "flatbuffer.h"

#include <stdlib.h>
#include <string.h>

void flatbuffer_clear(struct flatbuffer *out) {
    out->size = 0;
    out->failed = 0;
}

void flatbuffer_free(struct flatbuffer *out) {
    free(out->data);
    memset(out, 0, sizeof *out);
}

const unsigned char *flatbuffer_bytes(const struct flatbuffer *out, size_t *size) {
    *size = out->size;
    return out->data + (out->capacity - out->size);
}

static int reserve(struct flatbuffer *out, size_t more) {
    size_t capacity = out->capacity == 0 ? 1024 : out->capacity;
    if (out->failed) {
        return 0;
    }
    while (capacity - out->size < more) {
        capacity *= 2;
    }
    if (capacity != out->capacity) {
        unsigned char *data = malloc(capacity);
        if (data == NULL) {
            out->failed = 1;
            return 0;
        }
        if (out->size > 0) {
            memcpy(data + capacity - out->size, out->data + out->capacity - out->size, out->size);
        }
        free(out->data);
        out->data = data;
        out->capacity = capacity;
    }
    return 1;
}

static void push(struct flatbuffer *out, const void *bytes, size_t n) {
    if (n == 0 || !reserve(out, n)) {
        return;
    }
    out->size += n;
    memcpy(out->data + out->capacity - out->size, bytes, n);
}

/* Zeros, so that what comes after `more` bytes is aligned. */
static void align_to(struct flatbuffer *out, size_t align, size_t more) {
    static const char zeros[8] = {0};
    push(out, zeros, (align - (out->size + more) % align) % align);
}

static void push_number(struct flatbuffer *out, int64_t number, size_t width) {
    unsigned char bytes[8];
    for (size_t i = 0; i < width; i++) {
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    }
    align_to(out, width, 0);
    push(out, bytes, width);
}

static void push_place(struct flatbuffer *out, flatbuffer_place place) {
    align_to(out, 4, 0);
    push_number(out, (int64_t)(out->size + 4 - place), 4);
}

flatbuffer_place flatbuffer_text(struct flatbuffer *out, const char *text) {
    size_t n = strlen(text);
    align_to(out, 4, n + 1);
    push(out, "", 1);
    push(out, text, n);
    push_number(out, (int64_t)n, 4);
    return out->size;
}

flatbuffer_place flatbuffer_vector(struct flatbuffer *out, const void *elements, size_t n, size_t width, size_t align) {
    align_to(out, 4, n * width);
    align_to(out, align, n * width);
    push(out, elements, n * width);
    push_number(out, (int64_t)n, 4);
    return out->size;
}

flatbuffer_place flatbuffer_places(struct flatbuffer *out, const flatbuffer_place *places, size_t n) {
    align_to(out, 4, n * 4);
    for (size_t i = n; i > 0; i--) {
        push_place(out, places[i - 1]);
    }
    push_number(out, (int64_t)n, 4);
    return out->size;
}

void flatbuffer_begin(struct flatbuffer *out, size_t n_fields) {
    memset(out->fields, 0, sizeof out->fields);
    out->n_fields = n_fields;
    out->start = out->size;
}

void flatbuffer_number(struct flatbuffer *out, size_t field, int64_t number, size_t width) {
    push_number(out, number, width);
    out->fields[field] = out->size;
}

void flatbuffer_refer(struct flatbuffer *out, size_t field, flatbuffer_place place) {
    push_place(out, place);
    out->fields[field] = out->size;
}

flatbuffer_place flatbuffer_end(struct flatbuffer *out) {
    push_number(out, 0, 4); /* how far its list of fields is: filled in below */
    flatbuffer_place table = out->size;
    for (size_t i = out->n_fields; i > 0; i--) {
        push_number(out, out->fields[i - 1] == 0 ? 0 : (int64_t)(table - out->fields[i - 1]), 2);
    }
    push_number(out, (int64_t)(table - out->start), 2);
    push_number(out, (int64_t)(2 * (out->n_fields + 2)), 2);
    if (!out->failed) {
        int64_t distance = (int64_t)(out->size - table);
        unsigned char *at = out->data + out->capacity - table;
        for (size_t i = 0; i < 4; i++) {
            at[i] = (unsigned char)((uint64_t)distance >> (8 * i));
        }
    }
    return table;
}

void flatbuffer_finish(struct flatbuffer *out, flatbuffer_place root) {
    align_to(out, 8, 4);
    push_place(out, root);
}
