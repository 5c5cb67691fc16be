/* The one place where the library allocates memory. Blocks are zeroed; a failed request gives NULL. */
#ifndef MTMI_BASE_MEMORY_H
#define MTMI_BASE_MEMORY_H

#include <stddef.h>

/* Each returns NULL on failure, on overflow of n * size, and never for a size of 0 otherwise. */
void *mtmi_memory_new(size_t n, size_t size);                 /* zeroed */
void *mtmi_memory_resize(void *block, size_t n, size_t size); /* like realloc; the old block lives on failure */
char *mtmi_memory_copy_text(const char *text);                /* NULL gives NULL; see also _copy_bytes */
char *mtmi_memory_copy_bytes(const char *bytes, size_t size); /* adds a NUL */
void mtmi_memory_free(void *block);                           /* NULL is fine */

/* Grows *block (elements of size) so that at least needed fit; *capacity is kept by the callee. 0 on failure. */
int mtmi_memory_reserve(void **block, size_t *capacity, size_t needed, size_t size);

/* The seam of the tests: the n-th request from now on this thread fails (1 = the next); every later one too when
 * for_good; 0 switches it off. Thread-local, and compiled in always: it costs one compare an allocation. */
void mtmi_memory_fail_at(size_t n, int for_good);
/* How many requests this thread made since the last call of fail_at. */
size_t mtmi_memory_requests(void);

#endif
