/* Arrow's C interface to bytes: a message for the schema, one for each batch, and a footer that says where they are. The
 * invariant: every message and every buffer begins at a multiple of eight bytes. */
#include "arrow_file.h"

#include "flatbuffer.h"
#include "message.h"

#include <stdlib.h>
#include <string.h>

enum { SCHEMA = 1, BATCH = 3, VERSION = 4, DEEPEST = 8 };

/* A list of bytes that grows: nodes, buffers or blocks of a table. */
struct list {
    unsigned char *data;
    size_t size, capacity;
    int failed;
};

/* A buffer of the body. */
struct piece {
    const void *bytes;
    size_t size;
};

struct arrow_writer {
    FILE *stream;
    uint64_t at;
    struct flatbuffer meta;
    struct list nodes, buffers, pieces, blocks;
    uint64_t body;
};

static void list_add(struct list *list, const void *bytes, size_t n) {
    if (list->capacity - list->size < n) {
        size_t capacity = 2 * list->capacity + n + 256;
        unsigned char *data = realloc(list->data, capacity);
        if (data == NULL) {
            list->failed = 1;
            return;
        }
        list->data = data;
        list->capacity = capacity;
    }
    memcpy(list->data + list->size, bytes, n);
    list->size += n;
}

static void list_number(struct list *list, uint64_t number) {
    unsigned char bytes[8];
    for (size_t i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)(number >> (8 * i));
    }
    list_add(list, bytes, sizeof bytes);
}

static void put(struct arrow_writer *writer, const void *bytes, size_t n) {
    static const char zeros[8] = {0};
    size_t pad = (8 - n % 8) % 8;
    fwrite(bytes, 1, n, writer->stream);
    fwrite(zeros, 1, pad, writer->stream);
    writer->at += n + pad;
}

/* Schemas */

enum { INT = 2, UTF8 = 5, LIST = 12, STRUCT = 13 };

static flatbuffer_place add_type(struct flatbuffer *out, const char *format, int *type) {
    int is_number = strcmp(format, "l") == 0;
    *type = is_number ? INT : strcmp(format, "u") == 0 ? UTF8 : strcmp(format, "+l") == 0 ? LIST : STRUCT;
    flatbuffer_begin(out, is_number ? 2 : 0);
    if (is_number) {
        flatbuffer_number(out, 0, 64, 4);
        flatbuffer_number(out, 1, 1, 1);
    }
    return flatbuffer_end(out);
}

/* The vector of a schema's children; depth is bounded by what the library makes. */
static flatbuffer_place add_fields(struct flatbuffer *out, const struct ArrowSchema *parent, int depth) {
    size_t n = depth < DEEPEST ? (size_t)parent->n_children : 0;
    flatbuffer_place *fields = calloc(n + 1, sizeof *fields), all = 0;
    for (size_t i = 0; fields != NULL && i < n; i++) {
        const struct ArrowSchema *child = parent->children[i];
        int type = 0;
        flatbuffer_place children = add_fields(out, child, depth + 1), name = flatbuffer_text(out, child->name),
                         of = add_type(out, child->format, &type);
        flatbuffer_begin(out, 6);
        flatbuffer_refer(out, 0, name);
        flatbuffer_refer(out, 3, of);
        flatbuffer_refer(out, 5, children);
        flatbuffer_number(out, 1, (child->flags & ARROW_FLAG_NULLABLE) != 0, 1);
        flatbuffer_number(out, 2, type, 1);
        fields[i] = flatbuffer_end(out);
    }
    out->failed |= fields == NULL;
    all = flatbuffer_places(out, fields, fields == NULL ? 0 : n);
    free(fields);
    return all;
}

static flatbuffer_place add_schema(struct flatbuffer *out, const struct ArrowSchema *schema) {
    flatbuffer_place fields = add_fields(out, schema, 0);
    flatbuffer_begin(out, 2);
    flatbuffer_refer(out, 1, fields);
    flatbuffer_number(out, 0, 0, 2); /* little-endian */
    return flatbuffer_end(out);
}

/* Messages */

static void finish_message(struct flatbuffer *out, int type, flatbuffer_place header, uint64_t body) {
    flatbuffer_begin(out, 4);
    flatbuffer_number(out, 3, (int64_t)body, 8);
    flatbuffer_refer(out, 2, header);
    flatbuffer_number(out, 0, VERSION, 2);
    flatbuffer_number(out, 1, type, 1);
    flatbuffer_finish(out, flatbuffer_end(out));
}

/* The length that a message is written with: eight bytes before it and what fills it up. */
static size_t put_message(struct arrow_writer *writer) {
    size_t size;
    const unsigned char *bytes = flatbuffer_bytes(&writer->meta, &size);
    uint32_t padded = (uint32_t)(size + 7) / 8 * 8;
    unsigned char head[8] = {0xFF,
                             0xFF,
                             0xFF,
                             0xFF,
                             (unsigned char)padded,
                             (unsigned char)(padded >> 8),
                             (unsigned char)(padded >> 16),
                             (unsigned char)(padded >> 24)};
    put(writer, head, sizeof head);
    put(writer, bytes, size);
    return padded + sizeof head;
}

static void add_piece(struct arrow_writer *writer, const void *bytes, size_t size) {
    struct piece piece = {bytes, bytes == NULL ? 0 : size};
    list_add(&writer->pieces, &piece, sizeof piece);
    list_number(&writer->buffers, writer->body);
    list_number(&writer->buffers, piece.size);
    writer->body += (piece.size + 7) / 8 * 8;
}

static void add_array(struct arrow_writer *writer, const struct ArrowSchema *schema, const struct ArrowArray *array,
                      int depth) {
    size_t n = (size_t)array->length;
    int is_list = strcmp(schema->format, "+l") == 0, is_text = strcmp(schema->format, "u") == 0;
    list_number(&writer->nodes, n);
    list_number(&writer->nodes, (uint64_t)array->null_count);
    add_piece(writer, array->null_count > 0 ? array->buffers[0] : NULL, (n + 7) / 8);
    if (is_list || is_text) {
        add_piece(writer, array->buffers[1], (n + 1) * sizeof(int32_t));
    }
    if (is_text) {
        add_piece(writer, array->buffers[2], (size_t)((const int32_t *)array->buffers[1])[n]);
    } else if (strcmp(schema->format, "l") == 0) {
        add_piece(writer, array->buffers[1], n * sizeof(int64_t));
    }
    for (int64_t i = 0; depth < DEEPEST && i < array->n_children; i++) {
        add_array(writer, schema->children[i], array->children[i], depth + 1);
    }
}

static int is_full(const struct arrow_writer *writer) {
    return writer->meta.failed || writer->nodes.failed || writer->buffers.failed || writer->pieces.failed ||
           writer->blocks.failed;
}

static int put_batch(struct arrow_writer *writer, const struct ArrowSchema *schema, const struct ArrowArray *batch) {
    writer->nodes.size = writer->buffers.size = writer->pieces.size = 0;
    writer->body = 0;
    for (int64_t i = 0; i < batch->n_children; i++) {
        add_array(writer, schema->children[i], batch->children[i], 0);
    }
    struct flatbuffer *out = &writer->meta;
    flatbuffer_clear(out);
    flatbuffer_place buffers = flatbuffer_vector(out, writer->buffers.data, writer->buffers.size / 16, 16, 8),
                     nodes = flatbuffer_vector(out, writer->nodes.data, writer->nodes.size / 16, 16, 8);
    flatbuffer_begin(out, 3);
    flatbuffer_number(out, 0, batch->length, 8);
    flatbuffer_refer(out, 1, nodes);
    flatbuffer_refer(out, 2, buffers);
    finish_message(out, BATCH, flatbuffer_end(out), writer->body);
    if (is_full(writer)) {
        return complain("no memory is left");
    }
    list_number(&writer->blocks, writer->at);
    list_number(&writer->blocks, put_message(writer));
    list_number(&writer->blocks, writer->body);
    for (size_t i = 0; i < writer->pieces.size / sizeof(struct piece); i++) {
        struct piece piece;
        memcpy(&piece, writer->pieces.data + i * sizeof piece, sizeof piece);
        put(writer, piece.bytes == NULL ? "" : piece.bytes, piece.size);
    }
    return EXIT_FINE;
}

static void put_footer(struct arrow_writer *writer, const struct ArrowSchema *schema) {
    static const unsigned char end[8] = {0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0};
    struct flatbuffer *out = &writer->meta;
    size_t size;
    put(writer, end, sizeof end);
    flatbuffer_clear(out);
    flatbuffer_place batches = flatbuffer_vector(out, writer->blocks.data, writer->blocks.size / 24, 24, 8),
                     none = flatbuffer_vector(out, "", 0, 24, 8), fields = add_schema(out, schema);
    flatbuffer_begin(out, 4);
    flatbuffer_refer(out, 1, fields);
    flatbuffer_refer(out, 2, none);
    flatbuffer_refer(out, 3, batches);
    flatbuffer_number(out, 0, VERSION, 2);
    flatbuffer_finish(out, flatbuffer_end(out));
    const unsigned char *bytes = flatbuffer_bytes(out, &size);
    unsigned char length[4] = {(unsigned char)size, (unsigned char)(size >> 8), (unsigned char)(size >> 16),
                               (unsigned char)(size >> 24)};
    fwrite(bytes, 1, size, writer->stream);
    fwrite(length, 1, sizeof length, writer->stream);
    fwrite("ARROW1", 1, 6, writer->stream);
}

static int put_batches(struct arrow_writer *writer, const struct ArrowSchema *schema, struct ArrowArrayStream *rows) {
    int status = EXIT_FINE;
    while (status == EXIT_FINE) {
        struct ArrowArray batch = {0};
        if (rows->get_next(rows, &batch) != 0) {
            const char *why = rows->get_last_error(rows);
            return complain("%s", why != NULL && why[0] != '\0' ? why : "no memory is left");
        }
        if (batch.release == NULL) {
            break;
        }
        status = put_batch(writer, schema, &batch);
        batch.release(&batch);
    }
    return status;
}

int arrow_file_write(FILE *stream, struct ArrowArrayStream *rows) {
    struct arrow_writer writer = {.stream = stream};
    struct ArrowSchema schema = {0};
    if (rows->get_schema(rows, &schema) != 0) {
        return complain("no memory is left");
    }
    finish_message(&writer.meta, SCHEMA, add_schema(&writer.meta, &schema), 0);
    int status = is_full(&writer) ? complain("no memory is left") : EXIT_FINE;
    if (status == EXIT_FINE) {
        put(&writer, "ARROW1", 6);
        put_message(&writer);
        status = put_batches(&writer, &schema, rows);
    }
    if (status == EXIT_FINE) {
        put_footer(&writer, &schema);
        status = is_full(&writer) ? complain("no memory is left") : EXIT_FINE;
    }
    schema.release(&schema);
    flatbuffer_free(&writer.meta);
    free(writer.nodes.data);
    free(writer.buffers.data);
    free(writer.pieces.data);
    free(writer.blocks.data);
    return status;
}
