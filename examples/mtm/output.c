/* Writes standard output or a file and checks every byte of it. A file is written under a temporary name in its folder
 * and renamed when it is on the disk: it appears whole or not at all. */
#include "output.h"

#include "interrupt.h"
#include "message.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { N_SLOTS = 4 };

/* Files being written, for a signal handler to remove. */
static struct {
    char temporary[PATH_MAX + 64];
    volatile sig_atomic_t lives;
} slots[N_SLOTS];

static int is_standard(const char *path) {
    return path == NULL || strcmp(path, "-") == 0;
}

int is_same_file(const char *a, const char *b) {
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static size_t folder_length(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

static int check_folder(const char *path) {
    char folder[PATH_MAX];
    size_t length = folder_length(path);
    if (length >= sizeof folder || path[length] == '\0') {
        return complain("%s: expected the name of a file", path);
    }
    memcpy(folder, length > 0 ? path : ".", length > 0 ? length : 1);
    folder[length > 0 ? length : 1] = '\0';
    return access(folder, W_OK | X_OK) == 0 ? EXIT_FINE : complain("%s: cannot be written: %s", path, strerror(errno));
}

int output_check(const char *path, const char *const *inputs, size_t n_inputs) {
    struct stat about;
    if (is_standard(path)) {
        return EXIT_FINE;
    }
    for (size_t i = 0; i < n_inputs; i++) {
        if (is_same_file(path, inputs[i])) {
            return complain_usage(NULL, "%s: is an input and is not overwritten; write to another name", path);
        }
    }
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode)) {
        return complain_usage(NULL, "%s: not a regular file (directory, pipe or device)", path);
    }
    return check_folder(path);
}

static int open_temporary(struct output *out, const char *path) {
    size_t length = folder_length(path);
    struct stat about;
    int slot = 0;
    while (slot < N_SLOTS && slots[slot].lives) {
        slot++;
    }
    if (slot == N_SLOTS || strlen(path) >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return -1;
    }
    snprintf(slots[slot].temporary, sizeof slots[slot].temporary, "%.*s.%s.%ld.mtm", (int)length, path, path + length,
             (long)getpid());
    mode_t mode = stat(path, &about) == 0 ? about.st_mode & 0777 : 0666;
    slots[slot].lives = 1;
    int descriptor = open(slots[slot].temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    slots[slot].lives = descriptor >= 0;
    out->slot = slot;
    return descriptor;
}

int output_open(struct output *out, const char *path) {
    memset(out, 0, sizeof *out);
    if (is_standard(path)) {
        out->stream = stdout;
        return EXIT_FINE;
    }
    int descriptor = open_temporary(out, path);
    out->path = path;
    out->stream = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    return out->stream != NULL ? EXIT_FINE : complain("%s: cannot be written: %s", path, strerror(errno));
}

static int close_standard(int status) {
    int failed = ferror(stdout);
    if (fclose(stdout) == 0 && !failed) {
        return status;
    }
    if (errno == EPIPE) {
        return complain("standard output was closed before all was written");
    }
    return complain("standard output: cannot be written: %s", errno != 0 ? strerror(errno) : "an earlier error");
}

/* The new name is on the disk only when its folder is; where that cannot be asked, the file is whole all the same. */
static void sync_folder(const char *path) {
    char folder[PATH_MAX] = ".";
    size_t length = folder_length(path);
    if (length > 0 && length < sizeof folder) {
        memcpy(folder, path, length);
        folder[length] = '\0';
    }
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        (void)fsync(descriptor);
        close(descriptor);
    }
}

static int close_file(struct output *out, int status) {
    const char *temporary = slots[out->slot].temporary;
    int wrote =
        fflush(out->stream) == 0 && !ferror(out->stream) && (fsync(fileno(out->stream)) == 0 || errno == EINVAL);
    int number = errno;
    wrote = fclose(out->stream) == 0 && wrote;
    if (status == EXIT_FINE && !wrote) {
        status = complain("%s: cannot be written: %s", out->path, strerror(number));
    }
    if (status == EXIT_FINE && rename(temporary, out->path) != 0) {
        status = complain("%s: cannot be written: %s", out->path, strerror(errno));
    }
    if (status == EXIT_FINE) {
        sync_folder(out->path);
    } else {
        unlink(temporary);
    }
    slots[out->slot].lives = 0;
    return status;
}

int output_close(struct output *out, int status) {
    if (interrupt_signal() != 0 && status == EXIT_FINE) {
        status = interrupt_exit();
    }
    if (out->stream == NULL) {
        return status;
    }
    return out->path == NULL ? close_standard(status) : close_file(out, status);
}

int output_text(const char *path, const mtm_buffer *text) {
    struct output out;
    int status = output_open(&out, path);
    if (status == EXIT_FINE) {
        fwrite(mtm_buffer_data(text), 1, mtm_buffer_size(text), out.stream);
        status = output_close(&out, status);
    }
    return status;
}

void output_abandon(void) {
    for (int i = 0; i < N_SLOTS; i++) {
        if (slots[i].lives) {
            unlink(slots[i].temporary);
        }
    }
}
