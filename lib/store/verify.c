/* Compares everything in a store with what its descriptions say: the marker, each description with its own digest, each file
 * with the digest in its path, and what nobody names. */
#include "store/store.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "store/files.h"
#include "store/releases/release_index.h"

#include <string.h>

typedef struct verifying {
    const char *store;
    mtmi_buffer lines;
    size_t n_wrong;
    int lacks_names;  /* a damaged description may name anything */
    mtmi_names named; /* objects that descriptions name */
} verifying;

static void tell(verifying *job, const char *file, const char *message) {
    job->n_wrong++;
    mtmi_buffer_format(&job->lines, "%s: %s\n", file, message);
}

/* Only what stops everything is an error; all else is told. */
static mtm_status tell_error(verifying *job, const char *file, mtm_status status, const mtm_error *found,
                             mtm_error *err) {
    if (status == MTM_ERROR_MEMORY) {
        return mtmi_error_memory(err);
    }
    tell(job, file, found->message);
    return MTM_OK;
}

static mtm_status check_marker(verifying *job, mtm_error *err) {
    mtmi_source *source = NULL;
    mtm_error found = {0};
    char *text = NULL;
    size_t size = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_source_open_in(job->store, MTMI_STORE_MARKER, &source, err));
    status = mtmi_source_read_all(source, 4096, &text, &size, &found);
    if (status != MTM_OK) {
        status = tell_error(job, MTMI_STORE_MARKER, status, &found, err);
    } else if (strcmp(text, MTMI_STORE_MARK) != 0 || size != sizeof MTMI_STORE_MARK - 1) {
        tell(job, MTMI_STORE_MARKER, "found other words, expected {\"format\": \"mtm-store\", \"version\": 1}");
    }
out:
    mtmi_memory_free(text);
    mtmi_source_free(source);
    return status;
}

static mtm_status name_object(void *data, json_t *text, mtm_error *err) {
    mtmi_names *named = data;
    if (!mtmi_memory_reserve((void **)&named->names, &named->capacity, named->n + 1, sizeof *named->names)) {
        return mtmi_error_memory(err);
    }
    named->names[named->n] = mtmi_memory_copy_text(json_string_value(text));
    return named->names[named->n++] != NULL ? MTM_OK : mtmi_error_memory(err);
}

/* The description of a release, and whether it lies where it says. */
static mtm_status check_release(verifying *job, const char *source, const char *file, const char *name,
                                mtm_error *err) {
    json_t *json = NULL;
    mtm_error found = {0};
    const size_t n = strlen(name);
    mtm_status status = mtmi_store_load(job->store, file, &json, &found);
    if (status != MTM_OK) {
        job->lacks_names = 1;
        return tell_error(job, file, status, &found, err);
    }
    const json_t *about = json_object_get(json, "release");
    const char *own = mtmi_store_text(about, "name");
    if (strcmp(mtmi_store_text(about, "source"), source) != 0 || n != strlen(own) + 5 ||
        strncmp(name, own, n - 5) != 0 || strcmp(name + n - 5, ".json") != 0) {
        tell(job, file, "found the description of another release, expected the one that its path says");
    }
    status = mtmi_store_paths(json, name_object, &job->named, err);
    json_decref(json);
    return status;
}

typedef mtm_status (*visit)(verifying *job, const char *above, const char *path, const char *name, mtm_error *err);

/* What lies in a folder of the store, in order. */
static mtm_status walk(verifying *job, const char *folder, const char *above, visit each, mtm_error *err) {
    char *full = mtmi_path_join(job->store, folder), *path = NULL;
    mtm_error found = {0};
    mtmi_names names = {0};
    mtm_status status = MTM_OK;
    MTMI_TRY(full == NULL ? mtmi_error_memory(err) : MTM_OK);
    status = mtmi_folder_list(full, &names, &found);
    if (status != MTM_OK) {
        status = tell_error(job, folder, status, &found, err);
        goto out;
    }
    for (size_t i = 0; i < names.n; i++) {
        path = mtmi_path_join(folder, names.names[i]);
        MTMI_TRY(path == NULL ? mtmi_error_memory(err) : each(job, above, path, names.names[i], err));
        mtmi_memory_free(path);
        path = NULL;
    }
out:
    mtmi_names_free(&names);
    mtmi_memory_free(path);
    mtmi_memory_free(full);
    return status;
}

static mtm_status check_source(verifying *job, const char *above, const char *path, const char *name, mtm_error *err) {
    (void)above;
    return walk(job, path, name, check_release, err);
}

static int is_named(const verifying *job, const char *path) {
    size_t low = 0, high = job->named.n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strcmp(job->named.names[middle], path);
        if (order == 0) {
            return 1;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return 0;
}

/* Each file that is named, once: it is there, and its bytes are those of its path. */
static mtm_status check_bytes(verifying *job, const char *object, mtm_error *err) {
    mtmi_source *source = NULL;
    mtmi_file_facts facts;
    mtm_error found = {0};
    const char *digest = mtmi_store_digest_in(object);
    mtm_status status = mtmi_source_open_in(job->store, object, &source, &found);
    if (status == MTM_OK) {
        status = mtmi_store_copy(source, NULL, NULL, &facts, &found);
    }
    mtmi_source_free(source);
    if (status != MTM_OK) {
        return tell_error(job, object, status, &found, err);
    }
    if (digest == NULL || strncmp(digest, facts.digest, MTMI_STORE_HEX - 1) != 0) {
        tell(job, object,
             "found other bytes than those that were added; expected a copy from elsewhere to be put in its place");
    }
    return MTM_OK;
}

static mtm_status check_object(verifying *job, const char *above, const char *path, const char *name, mtm_error *err) {
    (void)above;
    (void)name;
    if (is_named(job, path)) {
        return MTM_OK;
    }
    if (job->lacks_names) {
        return check_bytes(job, path, err);
    }
    tell(job, path, "found a file that no release names, expected those of releases only");
    return MTM_OK;
}

static mtm_status walk_digest(verifying *job, const char *above, const char *path, const char *name, mtm_error *err) {
    (void)above;
    return walk(job, path, name, check_object, err);
}

static mtm_status walk_pair(verifying *job, const char *above, const char *path, const char *name, mtm_error *err) {
    (void)above;
    return walk(job, path, name, walk_digest, err);
}

static int compare_names(const void *context, const void *a, const void *b) {
    (void)context;
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static mtm_status check_objects(verifying *job, mtm_error *err) {
    mtmi_names *named = &job->named;
    if (named->n > 1 && !mtmi_sort(named->names, named->n, sizeof *named->names, compare_names, NULL)) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < named->n; i++) {
        if (i == 0 || strcmp(named->names[i - 1], named->names[i]) != 0) {
            MTMI_CHECK_STATUS(check_bytes(job, named->names[i], err));
        }
    }
    return walk(job, "objects", "", walk_pair, err);
}

static mtm_status check_index(verifying *job, mtm_error *err) {
    mtmi_release_index index = {0};
    int is_damaged = 0;
    MTMI_CHECK_STATUS(mtmi_release_index_read(job->store, &index, &is_damaged, err));
    mtmi_release_index_free(&index);
    if (is_damaged) {
        tell(job, MTMI_STORE_INDEX,
             "found other bytes than those that were written; nothing depends on it, and it is made anew when it can "
             "be");
    }
    return MTM_OK;
}

/* Ends an addition that was cut off, and renews the index. A store that cannot be locked, such as a copy on a read-only
 * disk, is read as it lies. */
static void tidy(const char *path) {
    mtmi_stored stored = {0};
    int lock = -1;
    if (mtmi_store_lock(path, &lock, NULL) == MTM_OK && mtmi_stored_read(path, &stored, NULL) == MTM_OK) {
        mtmi_store_keep_index(path, &stored);
    }
    mtmi_stored_free(&stored);
    mtmi_store_unlock(lock);
}

mtm_status mtm_store_verify(const char *path, size_t *n_wrong, mtm_buffer **out, mtm_error *err) {
    verifying job = {.store = path};
    mtm_status status = MTM_OK;
    if (path == NULL || n_wrong == NULL || out == NULL) {
        return mtmi_error_argument(err, path == NULL ? "path" : n_wrong == NULL ? "n_wrong" : "out", "not NULL");
    }
    *out = NULL;
    *n_wrong = 0;
    MTMI_TRY(check_marker(&job, err));
    MTMI_TRY(check_index(&job, err));
    tidy(path);
    MTMI_TRY(walk(&job, "releases", "", check_source, err));
    MTMI_TRY(check_objects(&job, err));
    *n_wrong = job.n_wrong;
    status = mtmi_buffer_finish(&job.lines, out, err);
out:
    mtmi_names_free(&job.named);
    mtmi_buffer_free(&job.lines);
    return status;
}
