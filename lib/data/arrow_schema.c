/* Makes ArrowSchema structures of the Arrow C data interface. Children and dictionaries free what is theirs and are
 * freed by their parent. */
#include "data/arrow_internal.h"

#include "base/memory.h"

#include <string.h>

static void free_text(const char *text) {
    mtmi_memory_free((void *)(uintptr_t)text);
}

static void free_child(struct ArrowSchema *child) {
    if (child != NULL && child->release != NULL) {
        child->release(child);
    }
    mtmi_memory_free(child);
}

static void release(struct ArrowSchema *schema) {
    for (int64_t i = 0; i < schema->n_children; i++) {
        free_child(schema->children[i]);
    }
    mtmi_memory_free(schema->children);
    free_child(schema->dictionary);
    free_text(schema->format);
    free_text(schema->name);
    free_text(schema->metadata);
    memset(schema, 0, sizeof *schema);
}

static int make_children(struct ArrowSchema *out, size_t n) {
    if (n == 0) {
        return 1;
    }
    out->children = mtmi_memory_new(n, sizeof(struct ArrowSchema *));
    if (out->children == NULL) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        out->children[i] = mtmi_memory_new(1, sizeof(struct ArrowSchema));
        if (out->children[i] == NULL) {
            return 0;
        }
        out->n_children++;
    }
    return 1;
}

int mtmi_arrow_schema_start(struct ArrowSchema *out, const char *format, const char *name, size_t n_children) {
    memset(out, 0, sizeof *out);
    out->release = release;
    out->flags = ARROW_FLAG_NULLABLE;
    out->format = mtmi_memory_copy_text(format);
    out->name = mtmi_memory_copy_text(name);
    if (out->format == NULL || out->name == NULL || !make_children(out, n_children)) {
        release(out);
        return 0;
    }
    return 1;
}

int mtmi_arrow_schema_dictionary(struct ArrowSchema *schema, const char *format) {
    schema->dictionary = mtmi_memory_new(1, sizeof *schema->dictionary);
    return schema->dictionary != NULL && mtmi_arrow_schema_start(schema->dictionary, format, "", 0);
}

void mtmi_arrow_schema_metadata(struct ArrowSchema *schema, mtmi_buffer *metadata) {
    if (!metadata->failed && metadata->size > 0) {
        free_text(schema->metadata);
        schema->metadata = metadata->data;
        memset(metadata, 0, sizeof *metadata);
    }
}

static void add_int32(mtmi_buffer *buffer, int32_t number) {
    char bytes[sizeof number];
    memcpy(bytes, &number, sizeof number);
    mtmi_buffer_add(buffer, bytes, sizeof bytes);
}

void mtmi_arrow_metadata(mtmi_buffer *metadata, const char *key, const char *value) {
    int32_t n = 0;
    if (metadata->size == 0) {
        add_int32(metadata, 0);
    }
    add_int32(metadata, (int32_t)strlen(key));
    mtmi_buffer_text(metadata, key);
    add_int32(metadata, (int32_t)strlen(value));
    mtmi_buffer_text(metadata, value);
    if (!metadata->failed) {
        memcpy(&n, metadata->data, sizeof n);
        n++;
        memcpy(metadata->data, &n, sizeof n);
    }
}

/* Bytes of metadata, which carries its own lengths. */
static size_t metadata_size(const char *metadata) {
    int32_t n = 0, length = 0;
    size_t at = sizeof n;
    memcpy(&n, metadata, sizeof n);
    for (int64_t i = 0; i < 2 * (int64_t)n; i++) {
        memcpy(&length, metadata + at, sizeof length);
        at += sizeof length + (size_t)length;
    }
    return at;
}

static int copy_parts(const struct ArrowSchema *from, struct ArrowSchema *out) {
    out->flags = from->flags;
    if (from->metadata != NULL) {
        out->metadata = mtmi_memory_copy_bytes(from->metadata, metadata_size(from->metadata));
        if (out->metadata == NULL) {
            return 0;
        }
    }
    for (int64_t i = 0; i < from->n_children; i++) {
        if (!mtmi_arrow_schema_copy(from->children[i], out->children[i])) {
            return 0;
        }
    }
    if (from->dictionary != NULL) {
        out->dictionary = mtmi_memory_new(1, sizeof *out->dictionary);
        return out->dictionary != NULL && mtmi_arrow_schema_copy(from->dictionary, out->dictionary);
    }
    return 1;
}

int mtmi_arrow_schema_copy(const struct ArrowSchema *from, struct ArrowSchema *out) {
    if (!mtmi_arrow_schema_start(out, from->format, from->name, (size_t)from->n_children)) {
        return 0;
    }
    if (!copy_parts(from, out)) {
        release(out);
        return 0;
    }
    return 1;
}
