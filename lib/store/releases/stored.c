/* Reads the descriptions of all releases, and finds which of them were superseded, by which and when. */
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "store/releases/packed_values.h"
#include "store/releases/release_index.h"

#include <string.h>

static int compare_releases(const void *context, const void *a, const void *b) {
    const mtmi_stored_release *x = a, *y = b;
    (void)context;
    int order = strcmp(x->source, y->source);
    order = order != 0 ? order : (x->released > y->released) - (x->released < y->released);
    return order != 0 ? order : strcmp(x->name, y->name);
}

/* What the member "release" says; it was written by this library, and its digest is right. */
static mtm_status read_facts(mtmi_stored *stored, mtmi_stored_release *release, mtm_error *err) {
    const json_t *about = json_object_get(release->json, "release"), *mtm = json_object_get(release->json, "mtm");
    const json_t *list = json_object_get(about, "supersedes");
    mtm_period day;
    release->source = mtmi_store_text(about, "source");
    release->name = mtmi_store_text(about, "name");
    release->day = mtmi_store_text(about, "released");
    release->received = mtmi_store_text(about, "received");
    release->by = mtmi_store_text(about, "by");
    release->note = mtmi_store_text(about, "note");
    release->country = mtmi_store_text(mtm, "country");
    release->is_described = mtm != NULL;
    release->n_files = (size_t)json_integer_value(json_object_get(about, "files"));
    release->bytes = (uint64_t)json_integer_value(json_object_get(about, "bytes"));
    MTMI_CHECK_STATUS(mtm_period_read(release->day, &day, err));
    release->released = day.last;
    release->first_superseded = stored->n_superseded;
    release->n_superseded = json_array_size(list);
    for (size_t i = 0; i < release->n_superseded; i++) {
        const char *name = json_string_value(json_array_get(list, i));
        MTMI_CHECK_STATUS(mtmi_stored_supersedes(stored, name != NULL ? name : "", err));
    }
    return MTM_OK;
}

static mtm_status read_release(const char *store, const char *folder, const char *name, const mtmi_release_index *index,
                               mtmi_stored *out, size_t *capacity, mtm_error *err) {
    const size_t n = strlen(name);
    int is_there = 0;
    mtm_status status = MTM_OK;
    if (n <= 5 || strcmp(name + n - 5, ".json") != 0 || name[0] == '.') {
        return MTM_OK; /* not of the store; mtm_store_verify() tells */
    }
    if (!mtmi_memory_reserve((void **)&out->releases, capacity, out->n + 1, sizeof *out->releases)) {
        return mtmi_error_memory(err);
    }
    mtmi_stored_release *release = &out->releases[out->n++];
    memset(release, 0, sizeof *release);
    release->file = mtmi_path_join(folder, name);
    MTMI_TRY(release->file == NULL ? mtmi_error_memory(err) : MTM_OK);
    if (mtmi_file_mark_of(store, release->file, &release->mark)) {
        MTMI_TRY(mtmi_release_index_find(index, out, release, &is_there, err));
    }
    if (!is_there) {
        out->n_opened++;
        MTMI_TRY(mtmi_store_load(store, release->file, &release->json, err));
        MTMI_TRY(read_facts(out, release, err));
    }
out:
    return status;
}

static mtm_status read_source(const char *store, const char *source, const mtmi_release_index *index, mtmi_stored *out,
                              size_t *capacity, mtm_error *err) {
    char *folder = mtmi_path_join("releases", source), *path = folder != NULL ? mtmi_path_join(store, folder) : NULL;
    mtmi_names names = {0};
    mtm_status status = MTM_OK;
    MTMI_TRY(path == NULL ? mtmi_error_memory(err) : mtmi_folder_list(path, &names, err));
    for (size_t i = 0; i < names.n; i++) {
        MTMI_TRY(read_release(store, folder, names.names[i], index, out, capacity, err));
    }
out:
    mtmi_names_free(&names);
    mtmi_memory_free(folder);
    mtmi_memory_free(path);
    return status;
}

static int compare_names(const void *context, const void *a, const void *b) {
    const mtmi_stored_release *releases = context;
    const mtmi_stored_release *x = &releases[*(const size_t *)a], *y = &releases[*(const size_t *)b];
    const int order = strcmp(x->source, y->source);
    return order != 0 ? order : strcmp(x->name, y->name);
}

/* The place of a source's release in by_name; n for none. */
static size_t find_name(const mtmi_stored *stored, const size_t *by_name, const char *source, const char *name) {
    size_t low = 0, high = stored->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const mtmi_stored_release *release = &stored->releases[by_name[middle]];
        int order = strcmp(release->source, source);
        order = order != 0 ? order : strcmp(release->name, name);
        if (order == 0) {
            return by_name[middle];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return stored->n;
}

/* In the order of a source's releases the first that names another is the earliest to replace it. */
static mtm_status find_superseded(mtmi_stored *stored, mtm_error *err) {
    size_t *by_name = mtmi_memory_new(stored->n + 1, sizeof *by_name);
    mtm_status status = MTM_OK;
    MTMI_TRY(by_name == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (size_t i = 0; i < stored->n; i++) {
        by_name[i] = stored->releases[i].superseded_by = i;
    }
    MTMI_TRY(stored->n < 2 || mtmi_sort(by_name, stored->n, sizeof *by_name, compare_names, stored->releases)
                 ? MTM_OK
                 : mtmi_error_memory(err));
    for (size_t k = 0; k < stored->n; k++) {
        const mtmi_stored_release *later = &stored->releases[k];
        for (size_t j = 0; j < later->n_superseded; j++) {
            const char *name = stored->superseded[later->first_superseded + j];
            const size_t i = find_name(stored, by_name, later->source, name);
            if (i < stored->n && stored->releases[i].superseded_by == i) {
                stored->releases[i].superseded_by = k;
            }
        }
    }
out:
    mtmi_memory_free(by_name);
    return status;
}

mtm_status mtmi_stored_read(const char *store, mtmi_stored *out, mtm_error *err) {
    char *path = mtmi_path_join(store, "releases");
    mtmi_names sources = {0};
    mtmi_release_index index = {0};
    size_t capacity = 0;
    mtm_status status = MTM_OK;
    memset(out, 0, sizeof *out);
    MTMI_TRY(mtmi_release_index_read(store, &index, &out->index_is_damaged, err));
    out->n_indexed = index.files.n;
    MTMI_TRY(path == NULL ? mtmi_error_memory(err) : mtmi_folder_list(path, &sources, err));
    for (size_t i = 0; i < sources.n; i++) {
        MTMI_TRY(sources.names[i][0] == '.' ? MTM_OK
                                            : read_source(store, sources.names[i], &index, out, &capacity, err));
    }
    MTMI_TRY(out->n < 2 || mtmi_sort(out->releases, out->n, sizeof *out->releases, compare_releases, NULL)
                 ? MTM_OK
                 : mtmi_error_memory(err));
    status = find_superseded(out, err);
out:
    out->index = index.bytes;
    index.bytes = NULL;
    mtmi_release_index_free(&index);
    mtmi_names_free(&sources);
    mtmi_memory_free(path);
    return status;
}

mtm_status mtmi_stored_json(const mtmi_stored_release *release, json_t **out, mtm_error *err) {
    if (release->json != NULL) {
        *out = json_incref(release->json);
        return MTM_OK;
    }
    mtmi_packed from = {release->packed, release->packed + release->packed_size, 0};
    *out = mtmi_unpack_json(&from);
    if (*out == NULL && from.failed) {
        return mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){MTMI_STORE_INDEX, 0, 0},
                              "found no description of %s, expected the bytes that were written; remove the file",
                              release->file);
    }
    return *out != NULL ? MTM_OK : mtmi_error_memory(err);
}

void mtmi_stored_free(mtmi_stored *stored) {
    for (size_t i = 0; i < stored->n; i++) {
        mtmi_memory_free(stored->releases[i].file);
        json_decref(stored->releases[i].json);
    }
    mtmi_memory_free(stored->releases);
    mtmi_memory_free(stored->superseded);
    mtmi_memory_free(stored->index);
    memset(stored, 0, sizeof *stored);
}
