/* Opens a store, tells its releases, and describes what they are as of a day. */
#include "store/store.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/io.h"
#include "base/memory.h"
#include "base/sink.h"
#include "base/try.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a writer of the marker that was cut off left behind. */
static int is_litter(const char *name) {
    return strncmp(name, "." MTMI_STORE_MARKER ".", sizeof "." MTMI_STORE_MARKER) == 0;
}

/* Nothing may be there but such litter. */
static mtm_status clear_folder(const char *path, mtm_error *err) {
    mtmi_names names = {0};
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_folder_list(path, &names, err));
    for (size_t i = 0; i < names.n; i++) {
        if (!is_litter(names.names[i])) {
            status = mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){path, 0, 0},
                                    "found a folder with %q and without " MTMI_STORE_MARKER
                                    ", expected a store, or for a new one an empty folder or none",
                                    names.names[i]);
            goto out;
        }
        char *litter = mtmi_path_join(path, names.names[i]);
        if (litter != NULL) {
            (void)unlink(litter);
        }
        mtmi_memory_free(litter);
    }
out:
    mtmi_names_free(&names);
    return status;
}

static mtm_status make_store(const char *path, mtm_error *err) {
    char *marker = NULL;
    mtm_status status = MTM_OK;
    if (mtmi_io_make_folder(path) != 0) {
        MTMI_CHECK_STATUS(errno == EEXIST ? clear_folder(path, err)
                                          : mtmi_io_error(err, path, "cannot be made", errno));
    }
    marker = mtmi_path_join(path, MTMI_STORE_MARKER);
    MTMI_TRY(marker == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_sink_save(marker, MTMI_STORE_MARK, sizeof MTMI_STORE_MARK - 1, err));
out:
    mtmi_memory_free(marker);
    return status;
}

mtm_status mtmi_store_reread(mtm_store *store, mtm_error *err) {
    mtmi_stored now = {0};
    const mtm_status status = mtmi_stored_read(store->path, &now, err);
    if (status != MTM_OK) {
        mtmi_stored_free(&now);
        return status;
    }
    mtmi_stored_free(&store->stored);
    store->stored = now;
    return MTM_OK;
}

mtm_status mtm_store_open(const char *path, int create, mtm_store **out, mtm_error *err) {
    mtm_store *store = NULL;
    int is_store = 0;
    mtm_status status = MTM_OK;
    if (out == NULL || path == NULL || path[0] == '\0') {
        return mtmi_error_argument(err, out == NULL ? "out" : "path", out == NULL ? "not NULL" : "a folder");
    }
    *out = NULL;
    store = mtmi_memory_new(1, sizeof *store);
    MTMI_TRY(store == NULL ? mtmi_error_memory(err) : MTM_OK);
    store->path = mtmi_memory_copy_text(path);
    MTMI_TRY(store->path == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_store_is(path, &is_store, err));
    if (!is_store) {
        MTMI_TRY(create ? make_store(path, err)
                        : mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){path, 0, 0},
                                         "found no " MTMI_STORE_MARKER " there, expected the folder of a store"));
    }
    MTMI_TRY(mtmi_store_reread(store, err));
    *out = store;
    store = NULL;
out:
    mtm_store_free(store);
    return status;
}

void mtm_store_free(mtm_store *store) {
    if (store == NULL) {
        return;
    }
    mtmi_stored_free(&store->stored);
    mtmi_memory_free(store->path);
    mtmi_memory_free(store);
}

size_t mtm_store_count(const mtm_store *store) {
    return store->stored.n;
}

int mtm_store_at(const mtm_store *store, size_t index, mtm_store_release *out) {
    mtm_store_release own = MTM_STORE_RELEASE_INIT;
    if (index >= store->stored.n || out == NULL) {
        return 0;
    }
    const mtmi_stored_release *release = &store->stored.releases[index];
    own.source = release->source;
    own.release = release->name;
    own.released = release->day;
    own.received = release->received;
    own.by = release->by;
    own.note = release->note;
    own.n_supersedes = release->n_superseded;
    own.supersedes = own.n_supersedes > 0 ? store->stored.superseded + release->first_superseded : NULL;
    own.superseded_by = release->superseded_by != index ? store->stored.releases[release->superseded_by].name : "";
    own.n_files = release->n_files;
    own.n_bytes = release->bytes;
    return mtmi_info_fill(out, &own, sizeof own);
}

mtm_status mtmi_store_write_json(const json_t *json, mtm_buffer **out, mtm_error *err) {
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    char *text = json_dumps(json, JSON_INDENT(2));
    mtm_status status = MTM_OK;
    *out = NULL;
    MTMI_TRY(text == NULL ? mtmi_error_memory(err) : MTM_OK);
    mtmi_buffer_text(&buffer, text);
    mtmi_buffer_char(&buffer, '\n');
    status = mtmi_buffer_finish(&buffer, out, err);
out:
    mtmi_buffer_free(&buffer);
    free(text);
    return status;
}

mtm_status mtm_store_describe(const mtm_store *store, const mtm_period *as_of, mtm_buffer **out, mtm_error *err) {
    json_t *package = NULL;
    mtm_status status = MTM_OK;
    if (store == NULL || out == NULL) {
        return mtmi_error_argument(err, store == NULL ? "store" : "out", "not NULL");
    }
    *out = NULL;
    MTMI_TRY(mtmi_stored_as_of(&store->stored, as_of, &package, err));
    MTMI_TRY(mtmi_store_write_json(package, out, err));
out:
    json_decref(package);
    return status;
}
