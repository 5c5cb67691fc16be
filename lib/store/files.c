/* Copies and moves files so that a name, once it is there, has all of its bytes behind it, also after a power cut. */
#include "store/files.h"

#include "base/error.h"
#include "base/io.h"
#include "base/memory.h"
#include "base/try.h"
#include "store/releases/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 1 << 16, HEX = MTMI_STORE_HEX - 1 };

mtm_status mtmi_store_copy(mtmi_source *from, const char *to, mtmi_sha256 *also, mtmi_file_facts *out, mtm_error *err) {
    unsigned char *block = mtmi_memory_new(BLOCK, 1), digest[32];
    mtmi_sha256 hash;
    int descriptor = -1;
    size_t got = 0;
    mtm_status status = MTM_OK;
    memset(out, 0, sizeof *out);
    mtmi_sha256_start(&hash);
    MTMI_TRY(block == NULL ? mtmi_error_memory(err) : MTM_OK);
    if (to != NULL) {
        descriptor = mtmi_io_open(AT_FDCWD, to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0444);
        MTMI_TRY(descriptor < 0 ? mtmi_io_error(err, to, "cannot be written", errno) : MTM_OK);
    }
    do {
        MTMI_TRY(mtmi_source_read(from, block, BLOCK, &got, err));
        mtmi_sha256_add(&hash, block, got);
        if (also != NULL) {
            mtmi_sha256_add(also, block, got);
        }
        out->bytes += got;
        MTMI_TRY(to != NULL ? mtmi_io_write_all(descriptor, to, block, got, err) : MTM_OK);
    } while (got > 0);
    mtmi_sha256_finish(&hash, digest);
    mtmi_hash_hex(digest, sizeof digest, out->digest);
out:
    if (descriptor >= 0 && status == MTM_OK) {
        status = mtmi_io_finish(descriptor, to, err);
    } else if (descriptor >= 0) {
        (void)mtmi_io_close(descriptor);
    }
    mtmi_memory_free(block);
    return status;
}

char *mtmi_store_object(const char *digest, const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    char folder[sizeof "objects/ab/" + HEX] = "objects/";
    memcpy(folder + 8, digest, 2);
    folder[10] = '/';
    memcpy(folder + 11, digest, HEX + 1);
    return mtmi_path_join(folder, name);
}

/* The folder that path is in, ended by NUL in place: gives where the slash was. */
static char *cut_name(char *path) {
    char *slash = strrchr(path, '/');
    *slash = '\0';
    return slash;
}

mtm_status mtmi_store_make_folders(const char *store, const char *path, mtm_error *err) {
    char *full = mtmi_path_join(store, path);
    mtm_status status = MTM_OK;
    MTMI_TRY(full == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (char *at = full + strlen(store) + 1; (at = strchr(at, '/')) != NULL; at++) {
        *at = '\0';
        if (mtmi_io_make_folder(full) == 0) {
            char *slash = cut_name(full);
            mtmi_io_sync_folder(full);
            *slash = '/';
        } else if (errno != EEXIST) {
            status = mtmi_io_error(err, full, "cannot be made", errno);
            goto out;
        }
        *at = '/';
    }
out:
    mtmi_memory_free(full);
    return status;
}

mtm_status mtmi_store_move(const char *store, const char *from, const char *to, mtm_error *err) {
    char *old = mtmi_path_join(store, from), *new = mtmi_path_join(store, to);
    mtm_status status = MTM_OK;
    MTMI_TRY(old == NULL || new == NULL ? mtmi_error_memory(err) : mtmi_store_make_folders(store, to, err));
    MTMI_TRY(mtmi_io_rename(old, new) != 0 ? mtmi_io_error(err, to, "cannot be put in its place", errno) : MTM_OK);
    (void)cut_name(new);
    mtmi_io_sync_folder(new);
out:
    mtmi_memory_free(old);
    mtmi_memory_free(new);
    return status;
}

/* Depth is that of what this library writes: an export has folders of files. */
static void empty_to(const char *folder, int depth) {
    mtmi_names names = {0};
    if (mtmi_folder_list(folder, &names, NULL) == MTM_OK) {
        for (size_t i = 0; i < names.n; i++) {
            char *path = mtmi_path_join(folder, names.names[i]);
            if (path != NULL && unlink(path) != 0 && depth > 0) {
                empty_to(path, depth - 1);
                (void)rmdir(path);
            }
            mtmi_memory_free(path);
        }
    }
    mtmi_names_free(&names);
}

void mtmi_store_empty(const char *folder) {
    empty_to(folder, 3);
}
