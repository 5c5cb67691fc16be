/* The system calls on files that the library makes, with their errors as ours. Every call passes here, so that tests
 * can refuse the n-th one. */
#include "base/io.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static _Thread_local size_t calls;
static _Thread_local size_t fail_at;

void mtmi_io_fail_at(size_t n) {
    calls = 0;
    fail_at = n;
}

size_t mtmi_io_calls(void) {
    return calls;
}

static int refused(void) {
    if (++calls == fail_at) {
        errno = EIO;
        return 1;
    }
    return 0;
}

int mtmi_io_open(int folder, const char *path, int flags, unsigned mode) {
    int descriptor;
    if (refused()) {
        return -1;
    }
    do {
        descriptor = openat(folder, path, flags | O_CLOEXEC, (mode_t)mode);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

ssize_t mtmi_io_read(int descriptor, void *bytes, size_t size) {
    ssize_t n;
    if (refused()) {
        return -1;
    }
    do {
        n = read(descriptor, bytes, size);
    } while (n < 0 && errno == EINTR);
    return n;
}

ssize_t mtmi_io_read_at(int descriptor, void *bytes, size_t size, uint64_t offset) {
    ssize_t n;
    if (refused()) {
        return -1;
    }
    do {
        n = pread(descriptor, bytes, size, (off_t)offset);
    } while (n < 0 && errno == EINTR);
    return n;
}

ssize_t mtmi_io_write(int descriptor, const void *bytes, size_t size) {
    ssize_t n;
    if (refused()) {
        return -1;
    }
    do {
        n = write(descriptor, bytes, size);
    } while (n < 0 && errno == EINTR);
    return n;
}

ssize_t mtmi_io_write_at(int descriptor, const void *bytes, size_t size, uint64_t offset) {
    ssize_t n;
    if (refused()) {
        return -1;
    }
    do {
        n = pwrite(descriptor, bytes, size, (off_t)offset);
    } while (n < 0 && errno == EINTR);
    return n;
}

int mtmi_io_sync(int descriptor) {
    int status;
    if (refused()) {
        return -1;
    }
    do {
        status = fsync(descriptor);
    } while (status != 0 && errno == EINTR);
    return status;
}

/* Closed in every case: a second close after EINTR might close another thread's file. */
int mtmi_io_close(int descriptor) {
    int refuse = refused();
    int status = close(descriptor);
    if (refuse) {
        errno = EIO;
        return -1;
    }
    return status != 0 && errno == EINTR ? 0 : status;
}

int mtmi_io_rename(const char *from, const char *to) {
    return refused() ? -1 : rename(from, to);
}

int mtmi_io_make_folder(const char *path) {
    return refused() ? -1 : mkdir(path, 0777);
}

int mtmi_io_lock(int descriptor) {
    int status;
    if (refused()) {
        return -1;
    }
    do {
        status = flock(descriptor, LOCK_EX);
    } while (status != 0 && errno == EINTR);
    return status;
}

int mtmi_io_stat(int descriptor, struct stat *out) {
    return refused() ? -1 : fstat(descriptor, out);
}

mtm_status mtmi_io_error(mtm_error *err, const char *name, const char *what, int number) {
    mtm_status status = number == ENOENT || number == ENOTDIR ? MTM_ERROR_NOT_FOUND
                        : number == ENOMEM                    ? MTM_ERROR_MEMORY
                                                              : MTM_ERROR_IO;
    char words[128] = "";
    if (strerror_r(number, words, sizeof words) != 0) {
        words[0] = '\0';
    }
    return mtmi_error_set(err, status, 0, (mtmi_place){name, 0, 0}, "%s: %s", what, words);
}

mtm_status mtmi_io_write_all(int descriptor, const char *name, const void *bytes, size_t size, mtm_error *err) {
    const char *at = bytes;
    while (size > 0) {
        const ssize_t n = mtmi_io_write(descriptor, at, size < (1u << 30) ? size : 1u << 30);
        if (n <= 0) {
            return mtmi_io_error(err, name, "cannot be written", n < 0 ? errno : ENOSPC);
        }
        at += n;
        size -= (size_t)n;
    }
    return MTM_OK;
}

mtm_status mtmi_io_finish(int descriptor, const char *name, mtm_error *err) {
    const int synced = mtmi_io_sync(descriptor) == 0 || errno == EINVAL;
    const int number = errno;
    const int closed = mtmi_io_close(descriptor) == 0;
    return synced && closed ? MTM_OK : mtmi_io_error(err, name, "cannot be written", synced ? errno : number);
}

void mtmi_io_sync_folder(const char *folder) {
    const int descriptor = mtmi_io_open(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY, 0);
    if (descriptor >= 0) {
        (void)mtmi_io_sync(descriptor);
        (void)mtmi_io_close(descriptor);
    }
}
