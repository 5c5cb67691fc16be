/* A growing run of bytes, and the public mtm_buffer that it becomes. A failed growth is remembered, so that a writer
 * may append a whole document and ask once. */
#ifndef MTMI_BASE_BUFFER_H
#define MTMI_BASE_BUFFER_H

#include <mtm/buffer.h>
#include <mtm/format.h>

typedef struct mtmi_buffer {
    char *data; /* ended by NUL whenever it is not NULL */
    size_t size;
    size_t capacity;
    int failed; /* an append found no memory; everything after is ignored */
} mtmi_buffer;

#define MTMI_BUFFER_INIT                                                                                               \
    { 0 }

void mtmi_buffer_add(mtmi_buffer *buffer, const char *bytes, size_t size);
void mtmi_buffer_text(mtmi_buffer *buffer, const char *text);
void mtmi_buffer_char(mtmi_buffer *buffer, char c);
void mtmi_buffer_repeat(mtmi_buffer *buffer, const char *text, size_t times);
void mtmi_buffer_int(mtmi_buffer *buffer, int64_t number);
/* The formats of mtmi_error_set, without %q. Locale-free. */
void mtmi_buffer_format(mtmi_buffer *buffer, const char *format, ...);
void mtmi_buffer_clear(mtmi_buffer *buffer); /* keeps the memory, size 0 */
void mtmi_buffer_free(mtmi_buffer *buffer);

/* What every rendering begins with: `out` becomes NULL, the options are copied, and the object (`name`) and a place for the
 * document must be there. */
mtm_status mtmi_render_begin(const void *object, const char *name, const mtm_render_options *options,
                             mtm_render_options *own, mtm_buffer **out, mtm_error *err);
/* Ends a rendered document: into out, or, where the options have a place to write to, there; then out may be NULL and gets
 * NULL. The buffer is empty afterwards in every case. */
mtm_status mtmi_buffer_deliver(mtmi_buffer *buffer, const mtm_render_options *options, mtm_buffer **out,
                               mtm_error *err);

/* Turns the buffer into a text that is the caller's; the buffer is empty afterwards in every case. */
mtm_status mtmi_buffer_finish(mtmi_buffer *buffer, mtm_buffer **out, mtm_error *err);

#endif
