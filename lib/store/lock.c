/* One writer at a time, and what it finds of one that was cut off. An addition is complete once incoming/release.json has its
 * name: from there on only renames are left, which whoever comes next can do. */
#include "store/store.h"

#include "base/error.h"
#include "base/format.h"
#include "base/io.h"
#include "base/memory.h"
#include "base/try.h"
#include "store/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

void mtmi_store_incoming(size_t index, char out[40]) {
    static const char folder[] = MTMI_STORE_INCOMING "/";
    memcpy(out, folder, sizeof folder);
    out[sizeof folder - 1 + mtmi_format_unsigned(index, out + sizeof folder - 1)] = '\0';
}

static mtm_status look_for(const char *store, const char *name, int *is_there, mtm_error *err) {
    struct stat about;
    char *path = mtmi_path_join(store, name);
    mtm_status status = MTM_OK;
    MTMI_TRY(path == NULL ? mtmi_error_memory(err) : MTM_OK);
    *is_there = stat(path, &about) == 0;
    MTMI_TRY(*is_there || errno == ENOENT ? MTM_OK : mtmi_io_error(err, path, "cannot be looked at", errno));
out:
    mtmi_memory_free(path);
    return status;
}

typedef struct placing {
    const char *store;
    size_t n;
} placing;

/* A file that was moved before the cut is in its place. */
static mtm_status place_file(void *data, json_t *text, mtm_error *err) {
    placing *at = data;
    char from[40];
    int is_there = 0;
    const char *to = json_string_value(text);
    mtmi_store_incoming(at->n++, from);
    if (mtmi_store_digest_in(to) == NULL) {
        return mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){MTMI_STORE_COMPLETE, 0, 0},
                              "found the path %q, expected objects/...", to);
    }
    MTMI_CHECK_STATUS(look_for(at->store, from, &is_there, err));
    return is_there ? mtmi_store_move(at->store, from, to, err) : MTM_OK;
}

mtm_status mtmi_store_place(const char *path, mtm_error *err) {
    json_t *json = NULL;
    placing at = {path, 0};
    char *target = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_store_load(path, MTMI_STORE_COMPLETE, &json, err));
    MTMI_TRY(mtmi_store_paths(json, place_file, &at, err));
    const json_t *about = json_object_get(json, "release");
    char *source = mtmi_path_join("releases", mtmi_store_text(about, "source"));
    char *name = source != NULL ? mtmi_path_join(source, mtmi_store_text(about, "name")) : NULL;
    const size_t n = name != NULL ? strlen(name) : 0;
    target = name != NULL ? mtmi_memory_new(n + 6, 1) : NULL;
    if (target != NULL) {
        memcpy(target, name, n);
        memcpy(target + n, ".json", 6);
    }
    mtmi_memory_free(source);
    mtmi_memory_free(name);
    MTMI_TRY(target == NULL ? mtmi_error_memory(err) : mtmi_store_move(path, MTMI_STORE_COMPLETE, target, err));
out:
    mtmi_memory_free(target);
    json_decref(json);
    return status;
}

static mtm_status recover(const char *path, mtm_error *err) {
    char *incoming = mtmi_path_join(path, MTMI_STORE_INCOMING);
    int is_complete = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(incoming == NULL ? mtmi_error_memory(err) : look_for(path, MTMI_STORE_COMPLETE, &is_complete, err));
    MTMI_TRY(is_complete ? mtmi_store_place(path, err) : MTM_OK);
    mtmi_store_empty(incoming);
out:
    mtmi_memory_free(incoming);
    return status;
}

mtm_status mtmi_store_lock(const char *path, int *lock, mtm_error *err) {
    char *file = mtmi_path_join(path, "lock");
    mtm_status status = MTM_OK;
    *lock = -1;
    MTMI_TRY(file == NULL ? mtmi_error_memory(err) : MTM_OK);
    *lock = mtmi_io_open(AT_FDCWD, file, O_RDWR | O_CREAT | O_NOFOLLOW, 0666);
    MTMI_TRY(*lock < 0 || mtmi_io_lock(*lock) != 0 ? mtmi_io_error(err, file, "cannot be locked", errno) : MTM_OK);
    MTMI_TRY(recover(path, err));
out:
    if (status != MTM_OK) {
        mtmi_store_unlock(*lock);
        *lock = -1;
    }
    mtmi_memory_free(file);
    return status;
}

void mtmi_store_unlock(int lock) {
    if (lock >= 0) {
        (void)mtmi_io_close(lock);
    }
}
