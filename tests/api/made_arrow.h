/* What Arrow data made by a test are given back with: the test keeps its buffers, so that nothing is freed here. */
#ifndef TESTS_API_MADE_ARROW_H
#define TESTS_API_MADE_ARROW_H

#include <mtm.h>

/* Of children: whoever holds the whole gives them back with it. */
static inline void keep_schema(struct ArrowSchema *schema) {
    (void)schema;
}

static inline void keep_array(struct ArrowArray *array) {
    (void)array;
}

static inline void release_schema(struct ArrowSchema *schema) {
    schema->release = NULL;
}

static inline void release_array(struct ArrowArray *array) {
    array->release = NULL;
}

static inline void release_stream(struct ArrowArrayStream *stream) {
    stream->release = NULL;
}

static inline const char *no_last_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return "";
}

#endif
