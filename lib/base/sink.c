/* Writes a finished document to a file that appears whole or not at all: to a temporary file in the same folder,
 * renamed once it is on the disk. */
#include "base/sink.h"

#include "base/error.h"
#include "base/format.h"
#include "base/io.h"
#include "base/memory.h"
#include "base/try.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct mtmi_sink {
    char *path, *temporary;
    int descriptor;
};

#define ATTEMPTS 1000

/* "folder/.name.N.part", N the first that is free. */
static mtm_status open_temporary(mtmi_sink *sink, unsigned mode, mtm_error *err) {
    const char *slash = strrchr(sink->path, '/');
    size_t folder = slash != NULL ? (size_t)(slash - sink->path) + 1 : 0;
    size_t length = strlen(sink->path);
    sink->temporary = mtmi_memory_new(length + 40, 1);
    if (sink->temporary == NULL) {
        return mtmi_error_memory(err);
    }
    for (int attempt = 0; attempt < ATTEMPTS && sink->descriptor < 0; attempt++) {
        char *at = sink->temporary + folder;
        memcpy(sink->temporary, sink->path, folder);
        *at++ = '.';
        memcpy(at, sink->path + folder, length - folder);
        at += length - folder;
        *at++ = '.';
        at += mtmi_format_int((long long)getpid() * ATTEMPTS + attempt, at);
        memcpy(at, ".part", 6);
        sink->descriptor = mtmi_io_open(AT_FDCWD, sink->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
        if (sink->descriptor < 0 && errno != EEXIST) {
            break;
        }
    }
    if (sink->descriptor >= 0) {
        return MTM_OK;
    }
    mtm_status status = mtmi_io_error(err, sink->path, "cannot be written", errno);
    mtmi_memory_free(sink->temporary); /* not ours to remove */
    sink->temporary = NULL;
    return status;
}

/* What stands at path now: nothing, or a regular file whose permissions the new one takes. */
static mtm_status examine(const char *path, unsigned *mode, mtm_error *err) {
    struct stat about;
    *mode = 0666;
    if (path[0] == '\0') {
        return mtmi_error_argument(err, "path", "the name of a file");
    }
    if (stat(path, &about) != 0) {
        return errno == ENOENT ? MTM_OK : mtmi_io_error(err, path, "cannot be written", errno);
    }
    if (!S_ISREG(about.st_mode)) {
        return mtmi_error_set(err, MTM_ERROR_PATH, 0, (mtmi_place){path, 0, 0},
                              "not a regular file (directory, pipe or device)");
    }
    *mode = about.st_mode & 0777;
    return MTM_OK;
}

static mtm_status open_sink(const char *path, int is_private, mtmi_sink **out, mtm_error *err) {
    unsigned mode = 0;
    *out = NULL;
    mtm_status status = examine(path, &mode, err);
    mode = is_private ? 0600 : mode;
    if (status != MTM_OK) {
        return status;
    }
    mtmi_sink *sink = mtmi_memory_new(1, sizeof *sink);
    if (sink == NULL) {
        return mtmi_error_memory(err);
    }
    sink->descriptor = -1;
    sink->path = mtmi_memory_copy_text(path);
    status = sink->path == NULL ? mtmi_error_memory(err) : open_temporary(sink, mode, err);
    if (status != MTM_OK) {
        mtmi_sink_free(sink);
        return status;
    }
    *out = sink;
    return MTM_OK;
}

mtm_status mtmi_sink_open(const char *path, mtmi_sink **out, mtm_error *err) {
    return open_sink(path, 0, out, err);
}

mtm_status mtmi_sink_write(mtmi_sink *sink, const void *bytes, size_t size, mtm_error *err) {
    return mtmi_io_write_all(sink->descriptor, sink->path, bytes, size, err);
}

static void sync_folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    char *folder = mtmi_memory_copy_bytes(path, slash != NULL ? (size_t)(slash - path) + 1 : 0);
    if (folder != NULL) {
        mtmi_io_sync_folder(slash != NULL ? folder : ".");
    }
    mtmi_memory_free(folder);
}

mtm_status mtmi_sink_commit(mtmi_sink *sink, mtm_error *err) {
    mtm_status status = mtmi_io_finish(sink->descriptor, sink->path, err);
    sink->descriptor = -1;
    if (status == MTM_OK && mtmi_io_rename(sink->temporary, sink->path) != 0) {
        status = mtmi_io_error(err, sink->path, "cannot be written", errno);
    } else if (status == MTM_OK) {
        mtmi_memory_free(sink->temporary);
        sink->temporary = NULL;
        sync_folder_of(sink->path);
    }
    mtmi_sink_free(sink);
    return status;
}

void mtmi_sink_free(mtmi_sink *sink) {
    if (sink == NULL) {
        return;
    }
    if (sink->descriptor >= 0) {
        mtmi_io_close(sink->descriptor);
    }
    if (sink->temporary != NULL) {
        unlink(sink->temporary);
    }
    mtmi_memory_free(sink->temporary);
    mtmi_memory_free(sink->path);
    mtmi_memory_free(sink);
}

static mtm_status save(const char *path, int is_private, const void *bytes, size_t size, mtm_error *err) {
    mtmi_sink *sink = NULL;
    mtm_status status = MTM_OK;
    MTMI_CHECK_STATUS(open_sink(path, is_private, &sink, err));
    MTMI_TRY(mtmi_sink_write(sink, bytes, size, err));
    return mtmi_sink_commit(sink, err);
out:
    mtmi_sink_free(sink);
    return status;
}

mtm_status mtmi_sink_save(const char *path, const void *bytes, size_t size, mtm_error *err) {
    return save(path, 0, bytes, size, err);
}

mtm_status mtmi_sink_save_private(const char *path, const void *bytes, size_t size, mtm_error *err) {
    return save(path, 1, bytes, size, err);
}
