/* Reads bytes from a path, a file descriptor or memory, in order or from an offset. Anything but a regular file is
 * refused before a read of it could block. */
#include "base/source.h"

#include "base/error.h"
#include "base/gzip.h"
#include "base/io.h"
#include "base/memory.h"
#include "base/try.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

struct mtmi_source {
    char *name;
    const char *bytes; /* memory, or NULL */
    int descriptor;    /* -1 for memory and gzip */
    int own;           /* whether free closes it */
    int seekable;
    uint64_t size, position;
    uint64_t first;          /* where a range of a file begins */
    int ranged;              /* whether it is one: its position is kept here, not in the descriptor */
    mtmi_source_maker maker; /* or NULL */
    void *made_of;
    mtmi_gzip *gzip; /* of inner, or NULL */
    mtmi_source *inner;
    char *seen; /* looked at and not taken yet, from seen_at to seen_size */
    size_t seen_at, seen_size, seen_capacity;
};

static mtm_status source_new(const char *name, mtmi_source **out, mtm_error *err) {
    mtmi_source *source = mtmi_memory_new(1, sizeof *source);
    *out = NULL;
    if (source != NULL) {
        source->name = mtmi_memory_copy_text(name);
        source->descriptor = -1;
    }
    if (source == NULL || source->name == NULL) {
        mtmi_source_free(source);
        return mtmi_error_memory(err);
    }
    *out = source;
    return MTM_OK;
}

static mtm_status refuse_path(mtm_error *err, const char *name, const char *found) {
    return mtmi_error_set(err, MTM_ERROR_PATH, 0, (mtmi_place){name, 0, 0}, "found %s, expected a regular file", found);
}

static const char *kind_of(const struct stat *about) {
    return S_ISDIR(about->st_mode)                              ? "a folder"
           : S_ISFIFO(about->st_mode)                           ? "a pipe"
           : S_ISSOCK(about->st_mode)                           ? "a socket"
           : S_ISCHR(about->st_mode) || S_ISBLK(about->st_mode) ? "a device"
                                                                : "a special file";
}

/* An open descriptor of a regular file becomes a source; closed on failure. */
static mtm_status adopt(int descriptor, const char *name, mtmi_source **out, mtm_error *err) {
    struct stat about;
    mtm_status status = MTM_OK;
    if (mtmi_io_stat(descriptor, &about) != 0) {
        status = mtmi_io_error(err, name, "cannot be examined", errno);
    } else if (!S_ISREG(about.st_mode)) {
        status = refuse_path(err, name, kind_of(&about));
    } else {
        status = source_new(name, out, err);
    }
    if (status != MTM_OK) {
        mtmi_io_close(descriptor);
        return status;
    }
    (*out)->descriptor = descriptor;
    (*out)->own = 1;
    (*out)->seekable = 1;
    (*out)->size = (uint64_t)about.st_size;
    return MTM_OK;
}

mtm_status mtmi_source_open(const char *path, const char *name, mtmi_source **out, mtm_error *err) {
    *out = NULL;
    int descriptor = mtmi_io_open(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
    if (descriptor < 0) {
        if (errno == ENXIO || errno == EOPNOTSUPP) {
            return refuse_path(err, name, "a socket or device");
        }
        return mtmi_io_error(err, name, "cannot be opened", errno);
    }
    return adopt(descriptor, name, out, err);
}

static mtm_status leads_out(mtm_error *err, const char *path) {
    return mtmi_error_set(err, MTM_ERROR_PATH, 0, (mtmi_place){path, 0, 0},
                          "path leads out of its folder or through a link, expected a plain path inside it");
}

/* The next part of a path, or 0 when it is none that a package may name. */
static size_t part_length(const char *path) {
    size_t n = strcspn(path, "/");
    int dots = (n == 1 && path[0] == '.') || (n == 2 && path[0] == '.' && path[1] == '.');
    return n == 0 || dots || n > 255 ? 0 : n;
}

/* Opens part by part without following links: what was checked is what is opened, whatever happens meanwhile. */
mtm_status mtmi_source_open_in(const char *folder, const char *path, mtmi_source **out, mtm_error *err) {
    char part[256];
    const char *at = path;
    mtm_status status = MTM_OK;
    *out = NULL;
    int base = mtmi_io_open(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY, 0);
    if (base < 0) {
        return mtmi_io_error(err, folder, "cannot be opened", errno);
    }
    while (1) {
        size_t n = strchr(path, '\\') != NULL ? 0 : part_length(at);
        int last = at[n] == '\0';
        if (n == 0) {
            status = leads_out(err, path);
            break;
        }
        memcpy(part, at, n);
        part[n] = '\0';
        int next =
            mtmi_io_open(base, part, O_RDONLY | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK | (last ? 0 : O_DIRECTORY), 0);
        int number = errno;
        mtmi_io_close(base);
        if (next < 0) {
            int link = number == ELOOP || number == EMLINK || (!last && number == ENOTDIR);
            return link ? leads_out(err, path) : mtmi_io_error(err, path, "cannot be opened", number);
        }
        if (last) {
            return adopt(next, path, out, err);
        }
        base = next;
        at += n + 1;
    }
    mtmi_io_close(base);
    return status;
}

mtm_status mtmi_source_memory(const void *bytes, size_t size, const char *name, mtmi_source **out, mtm_error *err) {
    MTMI_CHECK_STATUS(source_new(name, out, err));
    (*out)->bytes = size > 0 ? bytes : "";
    (*out)->size = size;
    (*out)->seekable = 1;
    return MTM_OK;
}

mtm_status mtmi_source_descriptor(int descriptor, const char *name, mtmi_source **out, mtm_error *err) {
    MTMI_CHECK_STATUS(source_new(name, out, err));
    (*out)->descriptor = descriptor;
    return MTM_OK;
}

mtm_status mtmi_source_made(mtmi_source_maker maker, void *data, const char *name, mtmi_source **out, mtm_error *err) {
    MTMI_CHECK_STATUS(source_new(name, out, err));
    (*out)->maker = maker;
    (*out)->made_of = data;
    return MTM_OK;
}

void mtmi_source_limit(mtmi_source *source, uint64_t first, uint64_t length) {
    const uint64_t rest = first < source->size ? source->size - first : 0;
    source->first = first;
    source->size = length > 0 && length < rest ? length : rest;
    source->ranged = 1;
}

static mtm_status read_packed(void *data, void *bytes, size_t size, size_t *got, mtm_error *err) {
    return mtmi_source_read(data, bytes, size, got, err);
}

mtm_status mtmi_source_gzip(mtmi_source *inner, uint64_t limit, mtmi_source **out, mtm_error *err) {
    mtm_status status = source_new(mtmi_source_name(inner), out, err);
    if (status != MTM_OK) {
        mtmi_source_free(inner);
        return status;
    }
    (*out)->inner = inner;
    (*out)->size = inner->size;
    status = mtmi_gzip_new((mtmi_gzip_input){read_packed, inner, mtmi_source_name(inner)}, limit, &(*out)->gzip, err);
    if (status != MTM_OK) {
        mtmi_source_free(*out);
        *out = NULL;
    }
    return status;
}

mtm_status mtmi_source_read_at(const mtmi_source *source, uint64_t offset, void *bytes, size_t size, size_t *got,
                               mtm_error *err) {
    *got = 0;
    if (!source->seekable) {
        return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){source->name, 0, 0},
                              "found a stream, expected a file that can be read at an offset");
    }
    if (source->bytes != NULL) {
        size_t rest = offset < source->size ? (size_t)(source->size - offset) : 0;
        *got = size < rest ? size : rest;
        memcpy(bytes, source->bytes + (rest > 0 ? offset : 0), *got);
        return MTM_OK;
    }
    if (source->ranged) {
        const uint64_t rest = offset < source->size ? source->size - offset : 0;
        size = size < rest ? size : (size_t)rest;
        offset += source->first;
    }
    while (*got < size) {
        ssize_t n = mtmi_io_read_at(source->descriptor, (char *)bytes + *got, size - *got, offset + *got);
        if (n < 0) {
            return mtmi_io_error(err, source->name, "cannot be read", errno);
        }
        if (n == 0) {
            break;
        }
        *got += (size_t)n;
    }
    return MTM_OK;
}

static mtm_status read_on(mtmi_source *source, void *bytes, size_t size, size_t *got, mtm_error *err) {
    *got = 0;
    if (source->gzip != NULL) {
        return mtmi_gzip_read(source->gzip, bytes, size, got, err);
    }
    if (source->bytes != NULL || source->maker != NULL || source->ranged) {
        mtm_status status = source->maker != NULL
                                ? source->maker(source->made_of, bytes, size, got, err)
                                : mtmi_source_read_at(source, source->position, bytes, size, got, err);
        source->position += *got;
        return status;
    }
    ssize_t n = mtmi_io_read(source->descriptor, bytes, size);
    if (n < 0) {
        return mtmi_io_error(err, source->name, "cannot be read", errno);
    }
    *got = (size_t)n;
    source->position += *got;
    return MTM_OK;
}

mtm_status mtmi_source_read(mtmi_source *source, void *bytes, size_t size, size_t *got, mtm_error *err) {
    size_t seen = source->seen_size - source->seen_at;
    *got = 0;
    if (seen == 0) {
        return read_on(source, bytes, size, got, err);
    }
    *got = seen < size ? seen : size;
    memcpy(bytes, source->seen + source->seen_at, *got);
    source->seen_at += *got;
    if (source->seen_at == source->seen_size) { /* it was large, and is not needed again */
        mtmi_memory_free(source->seen);
        source->seen = NULL;
        source->seen_at = source->seen_size = source->seen_capacity = 0;
    }
    return MTM_OK;
}

mtm_status mtmi_source_peek(mtmi_source *source, size_t size, const char **out, size_t *got, mtm_error *err) {
    void *seen = source->seen;
    size_t n = 1;
    *out = "";
    *got = 0;
    if (!mtmi_memory_reserve(&seen, &source->seen_capacity, source->seen_at + size + 1, 1)) {
        return mtmi_error_memory(err);
    }
    source->seen = seen;
    while (n > 0 && source->seen_size - source->seen_at < size) {
        MTMI_CHECK_STATUS(
            read_on(source, source->seen + source->seen_size, source->seen_at + size - source->seen_size, &n, err));
        source->seen_size += n;
    }
    *out = source->seen + source->seen_at;
    *got = source->seen_size - source->seen_at;
    *got = *got < size ? *got : size;
    return MTM_OK;
}

mtm_status mtmi_source_read_all(mtmi_source *source, size_t limit, char **out, size_t *size, mtm_error *err) {
    void *bytes = NULL;
    size_t capacity = 0, length = 0, got = 1;
    mtm_status status = MTM_OK;
    *out = NULL;
    *size = 0;
    while (got > 0) {
        MTMI_TRY(mtmi_memory_reserve(&bytes, &capacity, length + 65536 + 1, 1) ? MTM_OK : mtmi_error_memory(err));
        MTMI_TRY(mtmi_source_read(source, (char *)bytes + length, capacity - length - 1, &got, err));
        length += got;
        MTMI_TRY(length <= limit ? MTM_OK
                                 : mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){source->name, 0, 0},
                                                  "found more than %zu bytes, expected a smaller file", limit));
    }
    ((char *)bytes)[length] = '\0';
    *out = bytes;
    *size = length;
    return MTM_OK;
out:
    mtmi_memory_free(bytes);
    return status;
}

int mtmi_source_can_seek(const mtmi_source *source) {
    return source->seekable;
}

const char *mtmi_source_name(const mtmi_source *source) {
    return source->name;
}

uint64_t mtmi_source_size(const mtmi_source *source) {
    return source->size;
}

uint64_t mtmi_source_position(const mtmi_source *source) {
    return source->inner != NULL ? source->inner->position : source->position;
}

void mtmi_source_free(mtmi_source *source) {
    if (source == NULL) {
        return;
    }
    mtmi_memory_free(source->seen);
    mtmi_gzip_free(source->gzip);
    mtmi_source_free(source->inner);
    if (source->own && source->descriptor >= 0) {
        mtmi_io_close(source->descriptor);
    }
    mtmi_memory_free(source->name);
    mtmi_memory_free(source);
}
