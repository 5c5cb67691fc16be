/* Adds a release in four steps: check its description, copy its files aside, write its description aside, rename all of it
 * into place. Until the third step is done nothing has happened; after it only renames are left (lock.c). */
#include "store/release.h"
#include "store/store.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/io.h"
#include "base/memory.h"
#include "base/sink.h"
#include "base/try.h"
#include "store/files.h"

#include <string.h>

typedef struct adding {
    mtm_store *store;
    mtmi_release_facts facts;
    const char *folder; /* where its files are */
    mtmi_sha256 whole;  /* of the files of the resource's path, one after the other */
    size_t left;        /* how many of them are to come; behind them come other files */
    uint64_t bytes;     /* of the resource */
    uint64_t all_bytes;
    size_t n_files;
} adding;

/* Copies a file aside; its path becomes that of the object. */
static mtm_status take_file(void *data, json_t *text, mtm_error *err) {
    adding *job = data;
    mtmi_source *source = NULL;
    mtmi_file_facts facts;
    char name[40], *aside = NULL, *object = NULL;
    mtm_status status = MTM_OK;
    mtmi_store_incoming(job->n_files, name);
    aside = mtmi_path_join(job->store->path, name);
    MTMI_TRY(aside == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_source_open_in(job->folder, json_string_value(text), &source, err));
    MTMI_TRY(mtmi_store_copy(source, aside, job->left > 0 ? &job->whole : NULL, &facts, err));
    object = mtmi_store_object(facts.digest, json_string_value(text));
    MTMI_TRY(object == NULL || json_string_set(text, object) != 0 ? mtmi_error_memory(err) : MTM_OK);
    job->n_files++;
    job->bytes += job->left > 0 ? facts.bytes : 0;
    job->left -= job->left > 0;
    job->all_bytes += facts.bytes;
out:
    mtmi_source_free(source);
    mtmi_memory_free(object);
    mtmi_memory_free(aside);
    return status;
}

/* The files of one resource; its digest and size are declared, which reading compares. */
static mtm_status take_resource(adding *job, json_t *resource, mtm_error *err) {
    const json_t *path = json_object_get(resource, "path");
    unsigned char digest[32];
    char hex[MTMI_STORE_HEX];
    mtm_status status = MTM_OK;
    mtmi_sha256_start(&job->whole);
    job->bytes = 0;
    job->left = json_is_array(path) ? json_array_size(path) : path != NULL;
    MTMI_TRY(mtmi_store_resource_paths(resource, take_file, job, err));
    if (path != NULL &&
        (!json_is_array(path) || json_array_size(path) == 1)) { /* several have none in a data package */
        mtmi_sha256_finish(&job->whole, digest);
        mtmi_hash_hex(digest, sizeof digest, hex);
        MTMI_TRY(json_object_set_new(resource, "hash", json_sprintf("sha256:%s", hex)) != 0 ||
                         json_object_set_new(resource, "bytes", json_integer((json_int_t)job->bytes)) != 0
                     ? mtmi_error_memory(err)
                     : MTM_OK);
    }
out:
    return status;
}

static mtm_status take_files(adding *job, mtm_error *err) {
    json_t *resources = json_object_get(job->facts.json, "resources");
    char *incoming = mtmi_path_join(job->store->path, MTMI_STORE_INCOMING "/");
    mtm_status status = MTM_OK;
    MTMI_TRY(incoming == NULL ? mtmi_error_memory(err)
                              : mtmi_store_make_folders(job->store->path, MTMI_STORE_INCOMING "/", err));
    for (size_t i = 0; i < json_array_size(resources); i++) {
        MTMI_TRY(take_resource(job, json_array_get(resources, i), err));
    }
    json_t *about = json_object_get(job->facts.json, "release");
    MTMI_TRY(json_object_set_new(about, "files", json_integer((json_int_t)job->n_files)) != 0 ||
                     json_object_set_new(about, "bytes", json_integer((json_int_t)job->all_bytes)) != 0
                 ? mtmi_error_memory(err)
                 : MTM_OK);
out:
    mtmi_memory_free(incoming);
    return status;
}

/* The names of all files are on the disk before the description that lists them. */
static mtm_status complete(const adding *job, mtm_error *err) {
    mtm_buffer *text = NULL;
    char *incoming = mtmi_path_join(job->store->path, MTMI_STORE_INCOMING);
    char *file = mtmi_path_join(job->store->path, MTMI_STORE_COMPLETE);
    mtm_status status = MTM_OK;
    MTMI_TRY(incoming == NULL || file == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_store_dump(job->facts.json, &text, err));
    mtmi_io_sync_folder(incoming);
    MTMI_TRY(mtmi_sink_save(file, mtm_buffer_data(text), mtm_buffer_size(text), err));
out:
    mtm_buffer_free(text);
    mtmi_memory_free(incoming);
    mtmi_memory_free(file);
    return status;
}

static void drop_aside(const mtm_store *store) {
    char *incoming = mtmi_path_join(store->path, MTMI_STORE_INCOMING);
    if (incoming != NULL) {
        mtmi_store_empty(incoming);
    }
    mtmi_memory_free(incoming);
}

static mtm_status add_locked(adding *job, mtm_error *err) {
    int is_there = 0;
    mtm_status status = MTM_OK;
    MTMI_CHECK_STATUS(mtmi_store_reread(job->store, err));
    MTMI_CHECK_STATUS(mtmi_release_settle(&job->facts, &job->store->stored, err));
    MTMI_TRY(take_files(job, err));
    MTMI_TRY(mtmi_release_compare(&job->facts, job->store->path, &job->store->stored, &is_there, err));
    MTMI_TRY(is_there ? MTM_OK : complete(job, err));
out:
    if (status != MTM_OK || is_there) {
        drop_aside(job->store);
        return status;
    }
    MTMI_CHECK_STATUS(mtmi_store_place(job->store->path, err));
    drop_aside(job->store);
    MTMI_CHECK_STATUS(mtmi_store_reread(job->store, err));
    mtmi_store_keep_index(job->store->path, &job->store->stored);
    return MTM_OK;
}

mtm_status mtm_store_add(mtm_store *store, const char *path, const mtm_store_release *release, mtm_error *err) {
    mtm_store_release own = MTM_STORE_RELEASE_INIT;
    adding job = {.store = store};
    char *folder = NULL;
    int lock = -1;
    mtm_status status = MTM_OK;
    if (store == NULL || path == NULL || release == NULL) {
        return mtmi_error_argument(err, store == NULL ? "store" : path == NULL ? "path" : "release", "not NULL");
    }
    MTMI_TRY(mtmi_options_copy(&own, sizeof own, release, "release", err));
    MTMI_TRY(mtmi_release_read(path, &own, &job.facts, &folder, err));
    job.folder = folder;
    MTMI_TRY(mtmi_store_lock(store->path, &lock, err));
    status = add_locked(&job, err);
out:
    mtmi_store_unlock(lock);
    mtmi_release_close(&job.facts);
    mtmi_memory_free(folder);
    return status;
}
