/* Allocates memory. Every request of the library passes here, so that tests can refuse the n-th one. */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local size_t requests;
static _Thread_local size_t fail_at;
static _Thread_local int fail_for_good;

void mtmi_memory_fail_at(size_t n, int for_good) {
    requests = 0;
    fail_at = n;
    fail_for_good = for_good;
}

size_t mtmi_memory_requests(void) {
    return requests;
}

/* Counts a request; 1 when the tests want it refused. */
static int refused(void) {
    requests++;
    return fail_at != 0 && (requests == fail_at || (fail_for_good && requests > fail_at));
}

void *mtmi_memory_new(size_t n, size_t size) {
    if (refused() || (size != 0 && n > SIZE_MAX / size)) {
        return NULL;
    }
    return calloc(n != 0 ? n : 1, size != 0 ? size : 1);
}

void *mtmi_memory_resize(void *block, size_t n, size_t size) {
    if (refused() || (size != 0 && n > SIZE_MAX / size)) {
        return NULL;
    }
    size_t bytes = n * size;
    return realloc(block, bytes != 0 ? bytes : 1);
}

char *mtmi_memory_copy_bytes(const char *bytes, size_t size) {
    char *copy = size < SIZE_MAX ? mtmi_memory_new(size + 1, 1) : NULL;
    if (copy != NULL && size > 0) {
        memcpy(copy, bytes, size);
    }
    return copy;
}

char *mtmi_memory_copy_text(const char *text) {
    return text == NULL ? NULL : mtmi_memory_copy_bytes(text, strlen(text));
}

void mtmi_memory_free(void *block) {
    free(block);
}

int mtmi_memory_reserve(void **block, size_t *capacity, size_t needed, size_t size) {
    if (needed <= *capacity) {
        return 1;
    }
    size_t grown = *capacity < 8 ? 8 : *capacity;
    while (grown < needed) {
        if (grown > SIZE_MAX / 2) {
            return 0;
        }
        grown += grown / 2;
    }
    void *bigger = mtmi_memory_resize(*block, grown, size);
    if (bigger == NULL) {
        return 0;
    }
    *block = bigger;
    *capacity = grown;
    return 1;
}
