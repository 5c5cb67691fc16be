/* Writes what a store is as of a day as a folder that needs no store. It is made beside, and renamed when it is whole. */
#include "store/store.h"

#include "base/error.h"
#include "base/format.h"
#include "base/io.h"
#include "base/memory.h"
#include "base/sink.h"
#include "base/try.h"
#include "store/files.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct exporting {
    const mtm_store *store;
    char *folder;         /* the one under way */
    char *resource;       /* the folder of the resource's files */
    unsigned long long n; /* files so far */
} exporting;

static int is_there(const char *path) {
    struct stat about;
    return lstat(path, &about) == 0;
}

/* A name that is a folder everywhere: "border.2024-07-15.entries". */
static char *folder_name(const char *name) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-";
    char *out = mtmi_memory_copy_text(name);
    for (char *at = out; out != NULL && *at != '\0'; at++) {
        *at = strchr(letters, *at) != NULL ? *at : '_';
    }
    return out;
}

/* "RESOURCE/FILE", or "RESOURCE/7-FILE" where another file has that name. */
static mtm_status choose_path(exporting *job, const char *file, char **relative, char **full, mtm_error *err) {
    char *numbered = NULL;
    mtm_status status = MTM_OK;
    *relative = mtmi_path_join(job->resource, file);
    *full = *relative != NULL ? mtmi_path_join(job->folder, *relative) : NULL;
    MTMI_TRY(*full == NULL ? mtmi_error_memory(err) : MTM_OK);
    if (is_there(*full)) {
        numbered = mtmi_memory_new(strlen(file) + 26, 1);
        MTMI_TRY(numbered == NULL ? mtmi_error_memory(err) : MTM_OK);
        const size_t n = mtmi_format_unsigned(job->n, numbered);
        numbered[n] = '-';
        memcpy(numbered + n + 1, file, strlen(file));
        mtmi_memory_free(*relative);
        mtmi_memory_free(*full);
        *full = NULL;
        *relative = mtmi_path_join(job->resource, numbered);
        *full = *relative != NULL ? mtmi_path_join(job->folder, *relative) : NULL;
        MTMI_TRY(*full == NULL ? mtmi_error_memory(err) : MTM_OK);
    }
out:
    mtmi_memory_free(numbered);
    return status;
}

static mtm_status export_file(void *data, json_t *text, mtm_error *err) {
    exporting *job = data;
    const char *object = json_string_value(text), *digest = mtmi_store_digest_in(object);
    mtmi_source *source = NULL;
    mtmi_file_facts facts;
    char *relative = NULL, *full = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(digest == NULL ? mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){object, 0, 0},
                                             "found this path in a description, expected objects/...")
                            : MTM_OK);
    job->n++;
    MTMI_TRY(choose_path(job, strrchr(object, '/') + 1, &relative, &full, err));
    MTMI_TRY(mtmi_source_open_in(job->store->path, object, &source, err));
    MTMI_TRY(mtmi_store_make_folders(job->folder, relative, err));
    MTMI_TRY(mtmi_store_copy(source, full, NULL, &facts, err));
    MTMI_TRY(strncmp(facts.digest, digest, MTMI_STORE_HEX - 1) != 0
                 ? mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){object, 0, 0},
                                  "found bytes with the digest %s, expected those that were added", facts.digest)
                 : MTM_OK);
    MTMI_TRY(json_string_set(text, relative) != 0 ? mtmi_error_memory(err) : MTM_OK);
out:
    mtmi_source_free(source);
    mtmi_memory_free(relative);
    mtmi_memory_free(full);
    return status;
}

static mtm_status export_resources(exporting *job, json_t *package, mtm_error *err) {
    json_t *resources = json_object_get(package, "resources");
    for (size_t i = 0; i < json_array_size(resources); i++) {
        json_t *resource = json_array_get(resources, i);
        mtmi_memory_free(job->resource);
        job->resource = folder_name(mtmi_store_text(resource, "name"));
        if (job->resource == NULL) {
            return mtmi_error_memory(err);
        }
        MTMI_CHECK_STATUS(mtmi_store_resource_paths(resource, export_file, job, err));
    }
    return MTM_OK;
}

static mtm_status write_description(const exporting *job, const json_t *package, mtm_error *err) {
    mtm_buffer *text = NULL;
    char *file = mtmi_path_join(job->folder, "datapackage.json");
    mtm_status status = MTM_OK;
    MTMI_TRY(file == NULL ? mtmi_error_memory(err) : mtmi_store_write_json(package, &text, err));
    MTMI_TRY(mtmi_sink_save(file, mtm_buffer_data(text), mtm_buffer_size(text), err));
out:
    mtm_buffer_free(text);
    mtmi_memory_free(file);
    return status;
}

/* FOLDER.PROCESS.part, which must be new. */
static mtm_status open_folder(exporting *job, const char *folder, mtm_error *err) {
    size_t n = strlen(folder);
    while (n > 1 && folder[n - 1] == '/') {
        n--;
    }
    job->folder = mtmi_memory_new(n + 40, 1);
    if (job->folder == NULL) {
        return mtmi_error_memory(err);
    }
    memcpy(job->folder, folder, n);
    job->folder[n] = '.';
    n += 1 + mtmi_format_int((long long)getpid(), job->folder + n + 1);
    memcpy(job->folder + n, ".part", 6);
    if (is_there(folder)) {
        return mtmi_error_set(err, MTM_ERROR_PATH, 0, (mtmi_place){folder, 0, 0},
                              "is there already, expected a folder that is to be made");
    }
    return mtmi_io_make_folder(job->folder) == 0 ? MTM_OK : mtmi_io_error(err, job->folder, "cannot be made", errno);
}

mtm_status mtm_store_export(const mtm_store *store, const mtm_period *as_of, const char *folder, mtm_error *err) {
    exporting job = {.store = store};
    json_t *lent = NULL, *package = NULL;
    int made = 0;
    mtm_status status = MTM_OK;
    if (store == NULL || folder == NULL || folder[0] == '\0') {
        return mtmi_error_argument(err, store == NULL ? "store" : "folder",
                                   store == NULL ? "not NULL" : "a new folder");
    }
    MTMI_TRY(mtmi_stored_as_of(&store->stored, as_of, &lent, err));
    package = json_deep_copy(lent); /* its resources are those of the store */
    MTMI_TRY(package == NULL ? mtmi_error_memory(err) : open_folder(&job, folder, err));
    made = 1;
    MTMI_TRY(export_resources(&job, package, err));
    MTMI_TRY(write_description(&job, package, err));
    MTMI_TRY(mtmi_io_rename(job.folder, folder) != 0 ? mtmi_io_error(err, folder, "cannot be made", errno) : MTM_OK);
    made = 0;
out:
    if (made) {
        mtmi_store_empty(job.folder);
        (void)rmdir(job.folder);
    }
    json_decref(lent);
    json_decref(package);
    mtmi_memory_free(job.folder);
    mtmi_memory_free(job.resource);
    return status;
}
