/* Lists folders in the order of bytes, so that every machine sees the same. */
#include "store/releases/folder.h"

#include "base/error.h"
#include "base/io.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static int compare_names(const void *context, const void *a, const void *b) {
    (void)context;
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static mtm_status add_name(mtmi_names *names, const char *name, mtm_error *err) {
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        return MTM_OK;
    }
    if (!mtmi_memory_reserve((void **)&names->names, &names->capacity, names->n + 1, sizeof *names->names)) {
        return mtmi_error_memory(err);
    }
    names->names[names->n] = mtmi_memory_copy_text(name);
    return names->names[names->n++] != NULL ? MTM_OK : mtmi_error_memory(err);
}

mtm_status mtmi_folder_list(const char *path, mtmi_names *out, mtm_error *err) {
    const struct dirent *entry;
    mtm_status status = MTM_OK;
    memset(out, 0, sizeof *out);
    const int descriptor = mtmi_io_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);
    if (descriptor < 0) {
        return errno == ENOENT ? MTM_OK : mtmi_io_error(err, path, "cannot be opened", errno);
    }
    DIR *folder = fdopendir(descriptor);
    if (folder == NULL) {
        const int number = errno;
        mtmi_io_close(descriptor);
        return mtmi_io_error(err, path, "cannot be listed", number);
    }
    for (errno = 0; (entry = readdir(folder)) != NULL; errno = 0) {
        MTMI_TRY(add_name(out, entry->d_name, err));
    }
    MTMI_TRY(errno != 0 ? mtmi_io_error(err, path, "cannot be listed", errno) : MTM_OK);
    MTMI_TRY(out->n == 0 || mtmi_sort(out->names, out->n, sizeof *out->names, compare_names, NULL)
                 ? MTM_OK
                 : mtmi_error_memory(err));
out:
    (void)closedir(folder);
    return status;
}

void mtmi_names_free(mtmi_names *names) {
    for (size_t i = 0; i < names->n; i++) {
        mtmi_memory_free(names->names[i]);
    }
    mtmi_memory_free(names->names);
    memset(names, 0, sizeof *names);
}

int mtmi_file_mark_of(const char *folder, const char *file, mtmi_file_mark *out) {
    struct stat about;
    char *path = mtmi_path_join(folder, file);
    const int is_file = path != NULL && lstat(path, &about) == 0 && S_ISREG(about.st_mode);
    mtmi_memory_free(path);
    *out = is_file ? (mtmi_file_mark){(uint64_t)about.st_size, about.st_mtim.tv_sec, about.st_mtim.tv_nsec}
                   : (mtmi_file_mark){0};
    return is_file;
}

char *mtmi_path_join(const char *a, const char *b) {
    const size_t n = strlen(a), m = strlen(b);
    char *out = mtmi_memory_new(n + m + 2, 1);
    if (out != NULL) {
        memcpy(out, a, n);
        out[n] = '/';
        memcpy(out + n + 1, b, m);
    }
    return out;
}
