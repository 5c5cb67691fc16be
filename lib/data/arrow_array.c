/* Makes ArrowArray structures of the Arrow C data interface. Buffers are aligned and padded to 64 bytes, as the
 * columnar format recommends; each structure owns what it points to. */
#include "data/arrow_internal.h"

#include "base/memory.h"

#include <string.h>

#define ALIGNMENT ((size_t)64)
#define BUFFERS 3

/* What an array owns besides its children. */
typedef struct blocks {
    const void *buffers[BUFFERS]; /* aligned: what the consumer sees */
    void *blocks[BUFFERS];        /* as they were allocated */
} blocks;

static void free_child(struct ArrowArray *child) {
    if (child != NULL && child->release != NULL) {
        child->release(child);
    }
    mtmi_memory_free(child);
}

static void release(struct ArrowArray *array) {
    blocks *own = array->private_data;
    for (int64_t i = 0; i < array->n_children; i++) {
        free_child(array->children[i]);
    }
    mtmi_memory_free(array->children);
    free_child(array->dictionary);
    for (size_t i = 0; own != NULL && i < BUFFERS; i++) {
        mtmi_memory_free(own->blocks[i]);
    }
    mtmi_memory_free(own);
    memset(array, 0, sizeof *array);
}

static int make_children(struct ArrowArray *out, size_t n) {
    if (n == 0) {
        return 1;
    }
    out->children = mtmi_memory_new(n, sizeof(struct ArrowArray *));
    if (out->children == NULL) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        out->children[i] = mtmi_memory_new(1, sizeof(struct ArrowArray));
        if (out->children[i] == NULL) {
            return 0;
        }
        out->n_children++;
    }
    return 1;
}

int mtmi_arrow_array_start(struct ArrowArray *out, size_t length, size_t n_buffers, size_t n_children) {
    blocks *own = mtmi_memory_new(1, sizeof *own);
    memset(out, 0, sizeof *out);
    if (own == NULL) {
        return 0;
    }
    out->release = release;
    out->private_data = own;
    out->length = (int64_t)length;
    out->n_buffers = (int64_t)n_buffers;
    out->buffers = own->buffers;
    if (!make_children(out, n_children)) {
        release(out);
        return 0;
    }
    return 1;
}

struct ArrowArray *mtmi_arrow_array_dictionary(struct ArrowArray *array) {
    array->dictionary = mtmi_memory_new(1, sizeof *array->dictionary);
    return array->dictionary;
}

void *mtmi_arrow_array_buffer(struct ArrowArray *array, size_t index, size_t n, size_t size) {
    blocks *own = array->private_data;
    if (n > (SIZE_MAX - 2 * ALIGNMENT) / size) {
        return NULL;
    }
    size_t padded = (n * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    char *block = mtmi_memory_new(padded + ALIGNMENT, 1);
    if (block == NULL) {
        return NULL;
    }
    own->blocks[index] = block;
    own->buffers[index] = block + (ALIGNMENT - (uintptr_t)block % ALIGNMENT) % ALIGNMENT;
    return (void *)(uintptr_t)own->buffers[index];
}

int mtmi_arrow_array_null(struct ArrowArray *array, size_t index) {
    unsigned char *valid = (unsigned char *)(uintptr_t)array->buffers[0];
    if (valid == NULL) {
        size_t bytes = (size_t)array->length / 8 + 1;
        valid = mtmi_arrow_array_buffer(array, 0, bytes, 1);
        if (valid == NULL) {
            return 0;
        }
        memset(valid, 0xff, bytes);
    }
    unsigned char bit = (unsigned char)(1u << index % 8);
    array->null_count += (valid[index / 8] & bit) != 0;
    valid[index / 8] = (unsigned char)(valid[index / 8] & ~bit);
    return 1;
}

static int fill_texts(struct ArrowArray *out, const char *const *texts, size_t n) {
    size_t size = 0;
    for (size_t i = 0; i < n; i++) {
        size += texts[i] != NULL ? strlen(texts[i]) : 0;
    }
    int32_t *offsets = size <= INT32_MAX ? mtmi_arrow_array_buffer(out, 1, n + 1, sizeof *offsets) : NULL;
    char *bytes = offsets != NULL ? mtmi_arrow_array_buffer(out, 2, size, 1) : NULL;
    if (bytes == NULL) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        size_t length = texts[i] != NULL ? strlen(texts[i]) : 0;
        memcpy(bytes + offsets[i], texts[i] != NULL ? texts[i] : "", length);
        offsets[i + 1] = offsets[i] + (int32_t)length;
        if (texts[i] == NULL && !mtmi_arrow_array_null(out, i)) {
            return 0;
        }
    }
    return 1;
}

int mtmi_arrow_array_texts(struct ArrowArray *out, const char *const *texts, size_t n) {
    if (!mtmi_arrow_array_start(out, n, 3, 0)) {
        return 0;
    }
    if (!fill_texts(out, texts, n)) {
        release(out);
        return 0;
    }
    return 1;
}
