/* A growing run of bytes, and the public mtm_buffer made of it. A failed growth is remembered in the buffer, so that a
 * writer checks once, at the end. */
#include "base/buffer.h"

#include "base/error.h"
#include "base/format.h"
#include "base/memory.h"
#include "base/sink.h"

#include <string.h>

struct mtm_buffer {
    char *data;
    size_t size;
};

void mtmi_buffer_add(mtmi_buffer *buffer, const char *bytes, size_t size) {
    if (buffer->failed || size >= SIZE_MAX - buffer->size) {
        buffer->failed = 1;
        return;
    }
    void *data = buffer->data;
    if (!mtmi_memory_reserve(&data, &buffer->capacity, buffer->size + size + 1, 1)) {
        buffer->failed = 1;
        return;
    }
    buffer->data = data;
    if (size > 0) {
        memcpy(buffer->data + buffer->size, bytes, size);
    }
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

void mtmi_buffer_text(mtmi_buffer *buffer, const char *text) {
    mtmi_buffer_add(buffer, text, strlen(text));
}

void mtmi_buffer_char(mtmi_buffer *buffer, char c) {
    mtmi_buffer_add(buffer, &c, 1);
}

void mtmi_buffer_repeat(mtmi_buffer *buffer, const char *text, size_t times) {
    for (size_t i = 0; i < times; i++) {
        mtmi_buffer_text(buffer, text);
    }
}

void mtmi_buffer_int(mtmi_buffer *buffer, int64_t number) {
    char digits[24];
    mtmi_buffer_add(buffer, digits, mtmi_format_int(number, digits));
}

static void add_piece(void *out, const char *text, size_t size) {
    mtmi_buffer_add(out, text, size);
}

void mtmi_buffer_format(mtmi_buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    mtmi_format(add_piece, buffer, format, arguments);
    va_end(arguments);
}

void mtmi_buffer_clear(mtmi_buffer *buffer) {
    buffer->size = 0;
    if (buffer->data != NULL) {
        buffer->data[0] = '\0';
    }
}

void mtmi_buffer_free(mtmi_buffer *buffer) {
    mtmi_memory_free(buffer->data);
    *buffer = (mtmi_buffer)MTMI_BUFFER_INIT;
}

mtm_status mtmi_buffer_finish(mtmi_buffer *buffer, mtm_buffer **out, mtm_error *err) {
    *out = NULL;
    mtmi_buffer_add(buffer, "", 0); /* a text always has its NUL */
    mtm_buffer *text = buffer->failed ? NULL : mtmi_memory_new(1, sizeof *text);
    if (text == NULL) {
        mtmi_buffer_free(buffer);
        return mtmi_error_memory(err);
    }
    text->data = buffer->data;
    text->size = buffer->size;
    *buffer = (mtmi_buffer)MTMI_BUFFER_INIT;
    *out = text;
    return MTM_OK;
}

mtm_status mtmi_render_begin(const void *object, const char *name, const mtm_render_options *options,
                             mtm_render_options *own, mtm_buffer **out, mtm_error *err) {
    if (out != NULL) {
        *out = NULL;
    }
    if (object == NULL) {
        return mtmi_error_argument(err, name, "not NULL");
    }
    const mtm_status status = mtmi_options_copy(own, sizeof *own, options, "options", err);
    return status == MTM_OK && out == NULL && own->write == NULL
               ? mtmi_error_argument(err, "out", "a place for the document")
               : status;
}

#define PIECE ((size_t)1 << 20)

static mtm_status write_out(const mtmi_buffer *buffer, const mtm_render_options *options, mtm_error *err) {
    if (buffer->failed) {
        return mtmi_error_memory(err);
    }
    for (size_t at = 0; at < buffer->size; at += PIECE) {
        const size_t size = buffer->size - at < PIECE ? buffer->size - at : PIECE;
        if (options->write(options->write_data, buffer->data + at, size) != 0) {
            return mtmi_error_set(err, MTM_ERROR_IO, 0, (mtmi_place){"write", 0, 0},
                                  "the function that takes the document stopped it");
        }
    }
    return MTM_OK;
}

mtm_status mtmi_buffer_deliver(mtmi_buffer *buffer, const mtm_render_options *options, mtm_buffer **out,
                               mtm_error *err) {
    if (options->write == NULL) {
        return mtmi_buffer_finish(buffer, out, err);
    }
    const mtm_status status = write_out(buffer, options, err);
    mtmi_buffer_free(buffer);
    return status;
}

const char *mtm_buffer_data(const mtm_buffer *text) {
    return text->data;
}

size_t mtm_buffer_size(const mtm_buffer *text) {
    return text->size;
}

mtm_status mtm_buffer_save(const mtm_buffer *text, const char *path, mtm_error *err) {
    if (text == NULL || path == NULL || path[0] == '\0') {
        return mtmi_error_argument(err, text == NULL ? "text" : "path", text == NULL ? "a text" : "the name of a file");
    }
    return mtmi_sink_save(path, text->data, text->size, err);
}

void mtm_buffer_free(mtm_buffer *text) {
    if (text != NULL) {
        mtmi_memory_free(text->data);
        mtmi_memory_free(text);
    }
}
