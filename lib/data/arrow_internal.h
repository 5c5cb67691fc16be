/* Making the structures of the Arrow C data interface (https://arrow.apache.org/docs/format/CDataInterface.html). Each
 * structure owns what it points to and frees it by its release callback, each child by itself, so that a consumer may
 * move any of them; after a failure release is NULL. */
#ifndef MTMI_DATA_ARROW_INTERNAL_H
#define MTMI_DATA_ARROW_INTERNAL_H

#include "base/buffer.h"

#include <mtm/arrow.h>

/* Each returns 1, or 0 when memory ran out. */

/* A nullable schema with n_children empty children, to be filled by the same function. */
int mtmi_arrow_schema_start(struct ArrowSchema *out, const char *format, const char *name, size_t n_children);
int mtmi_arrow_schema_dictionary(struct ArrowSchema *schema, const char *format);
/* Takes what metadata holds, written by mtmi_arrow_metadata(); an empty buffer changes nothing. */
void mtmi_arrow_schema_metadata(struct ArrowSchema *schema, mtmi_buffer *metadata);
int mtmi_arrow_schema_copy(const struct ArrowSchema *from, struct ArrowSchema *out);

/* Appends a pair in the layout of the interface; a failure is remembered by the buffer. */
void mtmi_arrow_metadata(mtmi_buffer *metadata, const char *key, const char *value);

/* An array without nulls, of zeroed buffers that are yet to come. */
int mtmi_arrow_array_start(struct ArrowArray *out, size_t length, size_t n_buffers, size_t n_children);
/* The place of the dictionary, to be filled; NULL when memory ran out. */
struct ArrowArray *mtmi_arrow_array_dictionary(struct ArrowArray *array);
/* A zeroed buffer, aligned to 64 bytes and padded to as many; NULL when memory ran out. */
void *mtmi_arrow_array_buffer(struct ArrowArray *array, size_t index, size_t n, size_t size);
/* An array of utf8; a NULL text is a null. */
int mtmi_arrow_array_texts(struct ArrowArray *out, const char *const *texts, size_t n);

/* Marks an element null in an array whose buffer 0 is its validity; makes that buffer when it is the first. */
int mtmi_arrow_array_null(struct ArrowArray *array, size_t index);
/* A stream of one batch, which takes both over in every case. */
mtm_status mtmi_arrow_stream(struct ArrowSchema *schema, struct ArrowArray *batch, struct ArrowArrayStream *out,
                             mtm_error *err);

#endif
