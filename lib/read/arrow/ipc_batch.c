/* Makes arrays of the buffers of a message. The invariant: no array reaches beyond the bytes of its buffers, whatever the
 * message says; offsets lie inside their texts, indices are compared where they are used. */
#include "read/arrow/ipc_batch.h"

#include "base/memory.h"
#include "read/arrow/lz4.h"

#include <errno.h>
#include <string.h>

enum { LZ4 = 0, NOT_PACKED = -1, MOST_EMPTY = 1 << 20 };

#define BROKEN "found a record batch whose buffers lie outside of it, expected an Arrow file as it was written"

typedef struct cursor {
    const unsigned char *nodes, *buffers, *views;
    size_t n_nodes, n_buffers, n_views;
    const unsigned char *bytes;
    size_t size;
    int64_t codec;
    uint64_t left; /* that packed buffers may become */
    mtmi_ipc_blocks *blocks;
    const char *what; /* found wrong */
    int no_memory;
} cursor;

/* ---- memory ---- */

int mtmi_ipc_blocks_take(mtmi_ipc_blocks *blocks, void *block) {
    void *at = blocks->at;
    if (block == NULL || !mtmi_memory_reserve(&at, &blocks->capacity, blocks->n + 1, sizeof *blocks->at)) {
        mtmi_memory_free(block);
        return 0;
    }
    blocks->at = at;
    blocks->at[blocks->n++] = block;
    return 1;
}

void *mtmi_ipc_blocks_new(mtmi_ipc_blocks *blocks, size_t n, size_t size) {
    void *block = mtmi_memory_new(n > 0 ? n : 1, size);
    return mtmi_ipc_blocks_take(blocks, block) ? block : NULL;
}

void mtmi_ipc_blocks_free(mtmi_ipc_blocks *blocks) {
    for (size_t i = 0; i < blocks->n; i++) {
        mtmi_memory_free(blocks->at[i]);
    }
    mtmi_memory_free(blocks->at);
    memset(blocks, 0, sizeof *blocks);
}

/* ---- buffers ---- */

typedef struct piece {
    const unsigned char *bytes;
    size_t size;
} piece;

static int fail(cursor *in, const char *what) {
    in->what = in->what != NULL ? in->what : what;
    return 0;
}

static int unpack(cursor *in, piece *out) {
    int64_t size = out->size >= 8 ? mtmi_ipc_integer(out->bytes, 8) : 0;
    if (out->size == 0) {
        return 1;
    }
    if (out->size < 8 || size < -1) {
        return fail(in, BROKEN);
    }
    if (size == -1) {
        *out = (piece){out->bytes + 8, out->size - 8};
        return 1;
    }
    if ((uint64_t)size > in->left) {
        return fail(
            in, "found packed columns beyond the limit, expected no more than the limit max_expansion and 256 times "
                "what is packed; write the file without compression");
    }
    in->left -= (uint64_t)size;
    unsigned char *target = mtmi_ipc_blocks_new(in->blocks, (size_t)size, 1);
    if (target == NULL) {
        in->no_memory = 1;
        return 0;
    }
    if (!mtmi_lz4_unpack(out->bytes + 8, out->size - 8, target, (size_t)size)) {
        return fail(in, "found packed columns that cannot be unpacked, expected frames of LZ4");
    }
    *out = (piece){target, (size_t)size};
    return 1;
}

static int take_buffer(cursor *in, piece *out) {
    if (in->n_buffers == 0) {
        return fail(in, BROKEN);
    }
    int64_t at = mtmi_ipc_integer(in->buffers, 8), size = mtmi_ipc_integer(in->buffers + 8, 8);
    in->buffers += 16;
    in->n_buffers--;
    if (at < 0 || size < 0 || (uint64_t)at > in->size || (uint64_t)size > in->size - (uint64_t)at) {
        return fail(in, BROKEN);
    }
    *out = (piece){in->bytes + at, (size_t)size};
    return in->codec == NOT_PACKED || unpack(in, out);
}

static int take_node(cursor *in, int64_t *length, int64_t *nulls) {
    if (in->n_nodes == 0) {
        return fail(in, BROKEN);
    }
    *length = mtmi_ipc_integer(in->nodes, 8);
    *nulls = mtmi_ipc_integer(in->nodes + 8, 8);
    in->nodes += 16;
    in->n_nodes--;
    return *length >= 0 && *nulls >= 0 && *nulls <= *length && *length < INT64_MAX / 64 ? 1 : fail(in, BROKEN);
}

static int64_t take_views(cursor *in) {
    int64_t n = in->n_views > 0 ? mtmi_ipc_integer(in->views, 8) : 0;
    if (in->n_views > 0) {
        in->views += 8;
        in->n_views--;
    }
    return n;
}

/* The columns inside a column are passed over. */
static int pass_children(cursor *in, const mtmi_ipc_field *field) {
    for (size_t i = 0; i < field->n_children; i++) {
        const mtmi_ipc_field *child = &field->children[i];
        int64_t length, nulls,
            n = child->index[0] != '\0' ? 2 : child->n_buffers + (child->is_view ? take_views(in) : 0);
        if (!take_node(in, &length, &nulls) || n < 0) {
            return fail(in, BROKEN);
        }
        for (; n > 0; n--) {
            piece passed;
            if (!take_buffer(in, &passed)) {
                return 0;
            }
        }
        if (child->index[0] == '\0' && !pass_children(in, child)) {
            return 0;
        }
    }
    return 1;
}

/* Every offset lies inside the text. */
static int check_offsets(cursor *in, const piece *offsets, int width, int64_t n, size_t text) {
    for (int64_t i = 0; i <= n; i++) {
        int64_t at = mtmi_ipc_integer(offsets->bytes + i * width, width);
        if (at < 0 || (uint64_t)at > text) {
            return fail(in, BROKEN);
        }
    }
    return 1;
}

static int index_width(const char *format) {
    return format[0] == 'c' || format[0] == 'C'   ? 8
           : format[0] == 's' || format[0] == 'S' ? 16
           : format[0] == 'i' || format[0] == 'I' ? 32
                                                  : 64;
}

/* The buffers of an array, and the sizes of those of views. */
typedef struct array_parts {
    const void **buffers;
    int64_t *sizes; /* of views */
    int64_t n;
} array_parts;

static int new_parts(cursor *in, int64_t n, int is_view, array_parts *out) {
    if (n < 0 || (uint64_t)n > in->n_buffers) {
        return fail(in, BROKEN);
    }
    out->n = n;
    out->buffers = mtmi_ipc_blocks_new(in->blocks, (size_t)n + 2, sizeof *out->buffers);
    out->sizes = is_view ? mtmi_ipc_blocks_new(in->blocks, (size_t)n + 1, sizeof *out->sizes) : NULL;
    in->no_memory |= out->buffers == NULL || (is_view && out->sizes == NULL);
    return !in->no_memory;
}

/* Validity, elements or offsets, texts. */
static int take_parts(cursor *in, int64_t length, int64_t nulls, int width, int is_text, int is_view,
                      array_parts *out) {
    static const unsigned char zeros[16] = {0};
    piece pieces[3] = {{zeros, 0}, {zeros, 0}, {zeros, 0}};

    for (int64_t i = 0; i < out->n; i++) {
        piece here = {zeros, 0};
        if (!take_buffer(in, &here)) {
            return 0;
        }
        if (i < 3) {
            pieces[i] = here;
        }
        out->buffers[i] = here.bytes;
        if (is_view && i >= 2) {
            out->sizes[i - 2] = (int64_t)here.size;
        }
    }
    int has_nulls = nulls > 0 && out->n > 0;
    uint64_t bits = (uint64_t)width * ((uint64_t)length + (is_text && length > 0));
    if ((has_nulls && pieces[0].size < ((uint64_t)length + 7) / 8) || (out->n > 1 && pieces[1].size < (bits + 7) / 8)) {
        return fail(in, BROKEN);
    }
    if (out->n > 0) {
        out->buffers[0] = has_nulls ? pieces[0].bytes : NULL;
    }
    if (is_text && length == 0) {
        out->buffers[1] = zeros; /* writers leave the only offset out */
        return 1;
    }
    return !is_text || check_offsets(in, &pieces[1], width / 8, length, pieces[2].size);
}

static void release_nothing(struct ArrowArray *array) {
    array->release = NULL;
}

/* The array of a field; as_index: of a column whose values stand in a dictionary. */
static int build(cursor *in, const mtmi_ipc_field *field, int as_index, struct ArrowArray *out) {
    array_parts parts = {NULL, NULL, 0};
    int64_t length = 0, nulls = 0;
    int is_view = field->is_view && !as_index, is_text = field->is_text && !as_index;
    int width = as_index ? index_width(field->index) : field->width;

    if (!take_node(in, &length, &nulls) ||
        !new_parts(in, as_index ? 2 : field->n_buffers + (is_view ? take_views(in) : 0), is_view, &parts) ||
        !take_parts(in, length, nulls, width, is_text, is_view, &parts)) {
        return 0;
    }
    if (is_view) {
        parts.buffers[parts.n] = parts.sizes;
    }
    *out = (struct ArrowArray){.length = length,
                               .null_count = nulls,
                               .n_buffers = parts.n + is_view,
                               .buffers = parts.buffers,
                               .release = release_nothing};
    return as_index || pass_children(in, field);
}

/* ---- messages ---- */

static int open_body(const mtmi_ipc_body *body, mtmi_ipc_blocks *blocks, cursor *out) {
    mtmi_ipc_table compression;
    *out = (cursor){.bytes = body->bytes, .size = body->size, .blocks = blocks, .codec = NOT_PACKED};
    out->nodes = mtmi_ipc_list(&body->header, 1, 16, &out->n_nodes);
    out->buffers = mtmi_ipc_list(&body->header, 2, 16, &out->n_buffers);
    out->views = mtmi_ipc_list(&body->header, 4, 8, &out->n_views);
    if (mtmi_ipc_refer(&body->header, 3, &compression)) {
        out->codec = mtmi_ipc_number(&compression, 0, 1, LZ4);
        if (out->codec != LZ4) {
            return fail(out,
                        "found columns packed with ZSTD, expected none or LZ4; write the file without compression");
        }
    }
    uint64_t most = (uint64_t)body->size * 256 + (1u << 20);
    out->left = most < body->limit ? most : body->limit;
    return 1;
}

static int outcome(const cursor *in, int fine, const char **what) {
    *what = in->what;
    return fine ? 0 : in->no_memory ? ENOMEM : EINVAL;
}

static struct ArrowArray *find_dictionary(const mtmi_ipc_dictionary *dictionaries, int64_t id) {
    while (dictionaries != NULL && dictionaries->id != id) {
        dictionaries = dictionaries->before;
    }
    return dictionaries == NULL ? NULL : (struct ArrowArray *)&dictionaries->values;
}

static int build_columns(cursor *in, const mtmi_ipc_schema *schema, const mtmi_ipc_dictionary *dictionaries,
                         struct ArrowArray *out) {
    struct ArrowArray *columns = mtmi_ipc_blocks_new(in->blocks, schema->n_fields, sizeof *columns);
    out->children = mtmi_ipc_blocks_new(in->blocks, schema->n_fields, sizeof *out->children);
    out->buffers = mtmi_ipc_blocks_new(in->blocks, 1, sizeof *out->buffers);
    in->no_memory = columns == NULL || out->children == NULL || out->buffers == NULL;
    size_t filled = 0;
    for (size_t i = 0; i < schema->n_fields && !in->no_memory; i++) {
        const mtmi_ipc_field *field = &schema->fields[i];
        int as_index = field->index[0] != '\0';
        if (!build(in, field, as_index, &columns[i])) {
            return 0;
        }
        columns[i].dictionary = as_index ? find_dictionary(dictionaries, field->dictionary) : NULL;
        if (as_index && columns[i].dictionary == NULL) {
            return fail(in, "found a column whose dictionary does not stand before it, expected the dictionary first");
        }
        if (columns[i].length != out->length) {
            return fail(in, BROKEN);
        }
        filled += (size_t)columns[i].n_buffers;
        out->children[i] = &columns[i];
    }
    if (filled == 0 && out->length > MOST_EMPTY) {
        return fail(in, "found rows without anything in them beyond the limit of a million, expected values");
    }
    return !in->no_memory;
}

int mtmi_ipc_batch(const mtmi_ipc_schema *schema, const mtmi_ipc_dictionary *dictionaries, const mtmi_ipc_body *body,
                   mtmi_ipc_blocks *blocks, struct ArrowArray *out, const char **what) {
    cursor in;
    int fine = open_body(body, blocks, &in);
    *out = (struct ArrowArray){
        .length = mtmi_ipc_number(&body->header, 0, 8, 0), .n_buffers = 1, .n_children = (int64_t)schema->n_fields};
    return outcome(&in, fine && build_columns(&in, schema, dictionaries, out), what);
}

int mtmi_ipc_values(const mtmi_ipc_field *field, const mtmi_ipc_body *body, mtmi_ipc_blocks *blocks,
                    struct ArrowArray *out, const char **what) {
    cursor in;
    int fine = open_body(body, blocks, &in);
    return outcome(&in, fine && build(&in, field, 0, out), what);
}
