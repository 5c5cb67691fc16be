/* Writes flatbuffers (https://flatbuffers.dev/internals): from the end to the beginning, so that an object stands before
 * what points to it. Just what Arrow files need. */
#ifndef FLATBUFFER_H
#define FLATBUFFER_H

#include <stddef.h>
#include <stdint.h>

#define FLATBUFFER_FIELDS 8

struct flatbuffer {
    unsigned char *data; /* the last `size` bytes of `capacity` are written */
    size_t capacity, size;
    size_t fields[FLATBUFFER_FIELDS], n_fields; /* of the table at hand: where each was written, from the end */
    size_t start;                               /* where the table began */
    int failed;                                 /* no memory was left */
};

/* A place is counted from the end of the buffer; 0 is none. */
typedef size_t flatbuffer_place;

void flatbuffer_clear(struct flatbuffer *out);
void flatbuffer_free(struct flatbuffer *out);
/* What was finished: lent until the next change. */
const unsigned char *flatbuffer_bytes(const struct flatbuffer *out, size_t *size);

flatbuffer_place flatbuffer_text(struct flatbuffer *out, const char *text);
/* n elements of whole numbers of `width` bytes, aligned to `align`; the elements are little-endian bytes already. */
flatbuffer_place flatbuffer_vector(struct flatbuffer *out, const void *elements, size_t n, size_t width, size_t align);
flatbuffer_place flatbuffer_places(struct flatbuffer *out, const flatbuffer_place *places, size_t n);

/* One table at a time; nothing else is written between begin and end. */
void flatbuffer_begin(struct flatbuffer *out, size_t n_fields);
void flatbuffer_number(struct flatbuffer *out, size_t field, int64_t number, size_t width);
void flatbuffer_refer(struct flatbuffer *out, size_t field, flatbuffer_place place);
flatbuffer_place flatbuffer_end(struct flatbuffer *out);

void flatbuffer_finish(struct flatbuffer *out, flatbuffer_place root);

#endif
