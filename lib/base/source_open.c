/* A caller's mtm_source to an open source of bytes. Invariant: an Arrow stream is released on every failure. */
#include "base/error.h"
#include "base/source.h"
#include "base/try.h"

#include <string.h>

#define AT_ONCE ((size_t)1 << 30) /* what a read function is asked for, so that its answer fits */

void mtmi_source_drop(const mtm_source *source) {
    if (source->kind == MTM_SOURCE_ARROW && source->stream != NULL && source->stream->release != NULL) {
        source->stream->release(source->stream);
    }
}

const char *mtmi_source_title(const mtm_source *source) {
    return source->name != NULL ? source->name : source->path;
}

/* The field that is missing, or NULL. */
static const char *missing_field(const mtm_source *source) {
    switch (source->kind) {
    case MTM_SOURCE_PATH: return source->path == NULL ? "path" : NULL;
    case MTM_SOURCE_BYTES:
        return source->bytes == NULL && source->n_bytes > 0 ? "bytes" : source->name == NULL ? "name" : NULL;
    case MTM_SOURCE_READ: return source->read == NULL ? "read" : source->name == NULL ? "name" : NULL;
    default: return source->name == NULL ? "name" : NULL;
    }
}

mtm_status mtmi_source_take(const mtm_source *source, mtm_source *out, mtm_error *err) {
    memset(out, 0, sizeof *out);
    if (source == NULL) {
        return mtmi_error_argument(err, "source", "not NULL");
    }
    mtm_status status = mtmi_options_copy(out, sizeof *out, source, "source", err);
    if (status != MTM_OK) {
        return status;
    }
    const char *missing = missing_field(out);
    if (out->kind < MTM_SOURCE_PATH || out->kind > MTM_SOURCE_READ) {
        status = mtmi_error_argument(err, "source.kind", "a path, bytes, a descriptor, an Arrow stream or a function");
    } else if (out->kind == MTM_SOURCE_ARROW && (out->stream == NULL || out->stream->release == NULL)) {
        status = mtmi_error_argument(err, "stream", "a stream that is not released");
    } else if (out->share != 0 && out->kind != MTM_SOURCE_PATH) {
        status = mtmi_error_argument(err, "source.share", "0 but for a path");
    } else if (missing != NULL) {
        status = mtmi_error_argument(err, missing, "not NULL");
    }
    if (status != MTM_OK) {
        mtmi_source_drop(out);
    }
    return status;
}

/* A function's bytes; what it says beyond its question is no answer. */
static mtm_status read_by_function(void *data, void *bytes, size_t size, size_t *got, mtm_error *err) {
    const mtm_source *from = data;
    const size_t most = size < AT_ONCE ? size : AT_ONCE;
    const int64_t n = from->read(from->read_data, bytes, most);
    *got = 0;
    if (n < 0 || (uint64_t)n > most) {
        return mtmi_error_set(err, MTM_ERROR_IO, 0, (mtmi_place){from->name, 0, 0},
                              "the function that reads failed, expected the number of bytes it gives");
    }
    *got = (size_t)n;
    return MTM_OK;
}

static mtm_status open_path(const mtm_source *from, mtmi_source **out, mtm_error *err) {
    if (from->share != 0) {
        return mtmi_error_argument(err, "source.share", "0: only counting takes a share of a file's rows");
    }
    MTMI_CHECK_STATUS(mtmi_source_open(from->path, mtmi_source_title(from), out, err));
    if (from->first > 0 || from->length > 0) {
        mtmi_source_limit(*out, from->first, from->length);
    }
    return MTM_OK;
}

mtm_status mtmi_source_from(mtm_source *from, mtmi_source **out, mtm_error *err) {
    *out = NULL;
    switch (from->kind) {
    case MTM_SOURCE_PATH: return open_path(from, out, err);
    case MTM_SOURCE_BYTES: return mtmi_source_memory(from->bytes, from->n_bytes, from->name, out, err);
    case MTM_SOURCE_DESCRIPTOR: return mtmi_source_descriptor(from->descriptor, from->name, out, err);
    case MTM_SOURCE_READ: return mtmi_source_made(read_by_function, from, from->name, out, err);
    default:
        mtmi_source_drop(from);
        return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){mtmi_source_title(from), 0, 0},
                              "found an Arrow stream, expected a path, bytes, a descriptor or a function");
    }
}
