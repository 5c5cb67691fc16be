/* Reads datapackage.json, versions 1 and 2 of the Data Package standard, and opens the files of its resources. Their
 * sizes and hashes are compared with what is declared. */
#include "read/descriptor/descriptor.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "read/descriptor/path.h"
#include "read/descriptor/properties.h"
#include "store/releases/releases.h"

#include <string.h>

enum { LARGEST_JSON = 16 << 20, BLOCK = 1 << 16 };

static int ends_with(const char *text, const char *end) {
    size_t n = strlen(text), m = strlen(end);
    if (m > n) {
        return 0;
    }
    for (size_t i = 0; i < m; i++) {
        char c = text[n - m + i];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != end[i]) {
            return 0;
        }
    }
    return 1;
}

/* "folder" or "folder/name.json": both parts, each the caller's to free. */
static mtm_status split_path(const char *path, char **folder, char **file, mtm_error *err) {
    size_t n = strlen(path), at = n;
    int named = ends_with(path, ".json");

    while (named && at > 0 && path[at - 1] != '/') {
        at--;
    }
    *file = mtmi_memory_copy_text(named ? path + at : "datapackage.json");
    while (at > 1 && path[at - 1] == '/') {
        at--;
    }
    *folder = at == 0 ? mtmi_memory_copy_text(".") : mtmi_memory_copy_bytes(path, at);
    return *folder == NULL || *file == NULL ? mtmi_error_memory(err) : MTM_OK;
}

static mtm_status load(const char *folder, const char *file, json_t **out, mtm_error *err) {
    mtmi_source *source = NULL;
    char *bytes = NULL;
    size_t size = 0;
    mtm_status status = MTM_OK;
    *out = NULL;
    MTMI_TRY(mtmi_source_open_in(folder, file, &source, err));
    MTMI_TRY(mtmi_source_read_all(source, LARGEST_JSON, &bytes, &size, err));
    MTMI_TRY(mtmi_json_load(bytes, size, file, out, err));
out:
    mtmi_memory_free(bytes);
    mtmi_source_free(source);
    return status;
}

static void read_country(mtmi_properties *in, const json_t *mtm, char out[4]) {
    const char *text = mtmi_properties_string(in, mtm, "country");
    if (text == NULL) {
        return;
    }
    if (strlen(text) != 3 || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3) {
        mtmi_properties_refuse(in, "country", text, "ISO 3166-1 alpha-3, such as KAZ");
        return;
    }
    memcpy(out, text, 4);
}

static void read_package(mtmi_properties *in, const json_t *json, mtmi_descriptor *out) {
    static const char *const known[] = {"country",    "period",       "title",   "unsure",
                                        "incomplete", "introduction", "contact", "nextRelease"};
    static const mtmi_choice sums[] = {{"refuse", 0}, {"as-covered", 1}};
    const json_t *mtm;
    size_t before;

    if (json_is_string(json_object_get(json, "title"))) {
        mtmi_properties_titles(in, json, "title", &out->title);
    }
    mtm = mtmi_properties_object(in, json, "mtm");
    before = mtmi_properties_enter(in, "mtm");
    mtmi_properties_check(in, mtm, known, sizeof known / sizeof *known);
    read_country(in, mtm, out->country);
    mtmi_properties_titles(in, mtm, "title", &out->title);
    mtmi_properties_titles(in, mtm, "introduction", &out->front.introduction);
    mtmi_properties_titles(in, mtm, "contact", &out->front.contact);
    mtmi_properties_period(in, mtm, "nextRelease", &out->front.next_release, &out->front.has_next_release);
    mtmi_properties_period(in, mtm, "period", &out->period, &out->has_period);
    mtmi_properties_choice(in, mtm, "incomplete", sums, sizeof sums / sizeof *sums, &out->as_covered);
    mtmi_properties_leave(in, before);
}

/* A package may hold documents and maps too; what is described as a table is one. A path that leads out of the folder is
 * never passed over. */
static int is_table(const json_t *resource) {
    static const char *const endings[] = {".csv",    ".tsv",    ".tab",    ".txt",    ".xlsx", ".xlsm",
                                          ".csv.gz", ".tsv.gz", ".tab.gz", ".txt.gz", ".px",   ".px.gz",
                                          ".ods",    ".jsonl",  ".ndjson", ".json"};
    const json_t *path = json_object_get(resource, "path");
    const char *text = json_string_value(json_is_array(path) ? json_array_get(path, 0) : path);

    if (json_is_true(json_object_get(json_object_get(resource, "mtm"), "ignore"))) {
        return 0;
    }
    if (text == NULL || json_object_get(resource, "schema") != NULL || json_object_get(resource, "mtm") != NULL) {
        return 1;
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (ends_with(text, endings[i])) {
            return 1;
        }
    }
    return mtmi_path_wrong(text) != NULL && strncmp(text, "http", 4) != 0;
}

/* What the package says of its sources stands for resources that say nothing. */
static json_t *complete(const json_t *package, json_t *resource) {
    static const char *const keys[] = {"sources", "licenses", "contributors"};
    json_t *out = json_copy(resource);

    for (size_t i = 0; out != NULL && i < sizeof keys / sizeof *keys; i++) {
        json_t *shared = json_object_get(package, keys[i]);
        if (shared != NULL && json_object_get(out, keys[i]) == NULL && json_object_set(out, keys[i], shared) != 0) {
            json_decref(out);
            out = NULL;
        }
    }
    return out;
}

static mtm_status add_resource(mtmi_descriptor *descriptor, const json_t *package, json_t *json, mtmi_properties *in) {
    json_t *whole = complete(package, json);
    mtmi_resource *resource = NULL;
    mtm_status status;

    if (whole == NULL) {
        return mtmi_error_memory(in->err);
    }
    status = mtmi_resource_read(whole, in->path, &resource, in->err);
    json_decref(whole);
    if (status != MTM_OK) {
        return status;
    }
    if (resource->name == NULL || resource->name[0] == '\0') {
        mtmi_properties_refuse(in, "name", "nothing", "a name that no other resource has");
    } else if (resource->n_paths == 0) {
        mtmi_properties_refuse(in, "path", "nothing", "a path inside the folder");
    }
    for (size_t i = 0; i < descriptor->n_resources && in->status == MTM_OK; i++) {
        if (strcmp(descriptor->resources[i]->name, resource->name) == 0) {
            mtmi_properties_refuse(in, "name", "the name of another resource", "names that differ");
        }
    }
    if (in->status != MTM_OK) {
        mtmi_resource_free(resource);
        return in->status;
    }
    resource->as_covered |= descriptor->as_covered;
    descriptor->resources[descriptor->n_resources++] = resource;
    return MTM_OK;
}

/* {"path": "pcodes.csv", "mtm": {"gazetteer": "pcodes"}}: a list of places, which no table is. */
static mtm_status take_gazetteer(mtmi_descriptor *descriptor, const json_t *json, mtmi_properties *in) {
    static const char *const known[] = {"gazetteer", "title"};
    static const mtmi_choice kinds[] = {{"pcodes", 1}};
    const json_t *mtm = mtmi_properties_object(in, json, "mtm");
    int kind = 0;
    const size_t before = mtmi_properties_enter(in, "mtm");
    mtmi_properties_check(in, mtm, known, sizeof known / sizeof *known);
    mtmi_properties_choice(in, mtm, "gazetteer", kinds, 1, &kind);
    if (descriptor->gazetteer != NULL) {
        mtmi_properties_refuse(in, "gazetteer", "a second list of places", "one: put them together");
    }
    mtmi_properties_leave(in, before);
    MTMI_CHECK_STATUS(in->status);
    json_t *file = json_copy((json_t *)(uintptr_t)json);
    if (file == NULL) {
        return mtmi_error_memory(in->err);
    }
    (void)json_object_del(file, "mtm");
    const mtm_status status = mtmi_resource_read(file, in->path, &descriptor->gazetteer, in->err);
    json_decref(file);
    if (status == MTM_OK && descriptor->gazetteer->n_paths == 0) {
        mtmi_properties_refuse(in, "path", "nothing", "a path inside the folder");
    }
    return status != MTM_OK ? status : in->status;
}

static mtm_status read_resources(mtmi_descriptor *descriptor, const json_t *package, mtmi_properties *in) {
    const json_t *list = mtmi_properties_array(in, package, "resources");
    size_t n = list == NULL ? 0 : json_array_size(list);

    if (n == 0) {
        mtmi_properties_refuse(in, "resources", "nothing", "a list of resources");
        return in->status;
    }
    descriptor->resources = mtmi_memory_new(n, sizeof(mtmi_resource *));
    if (descriptor->resources == NULL) {
        return mtmi_error_memory(in->err);
    }
    (void)mtmi_properties_enter(in, "resources");
    for (size_t i = 0; i < n; i++) {
        size_t before = mtmi_properties_enter_at(in, i);
        json_t *resource = json_array_get(list, i);
        mtm_status status = MTM_OK;
        if (!json_is_object(resource)) {
            mtmi_properties_refuse(in, NULL, "something else", "an object");
            status = in->status;
        } else if (mtmi_descriptor_is_boundaries(resource)) {
            status = mtmi_descriptor_boundaries(descriptor, package, resource, in);
        } else if (json_object_get(json_object_get(resource, "mtm"), "gazetteer") != NULL) {
            status = take_gazetteer(descriptor, resource, in);
        } else if (is_table(resource)) {
            status = add_resource(descriptor, package, resource, in);
        }
        mtmi_properties_leave(in, before);
        if (status != MTM_OK) {
            return status;
        }
    }
    return MTM_OK;
}

/* Properties of the package are named "datapackage.json: mtm.country". */
static mtm_status read_json(const json_t *json, const char *file, mtmi_descriptor *out, mtm_error *err) {
    mtmi_properties in;
    char place[120];
    size_t n = strlen(file) < sizeof place - 3 ? strlen(file) : sizeof place - 3;

    n = mtmi_text_valid(file, n);
    memcpy(place, file, n);
    memcpy(place + n, ": ", 3);
    mtmi_properties_start(&in, place, err);
    if (!json_is_object(json)) {
        mtmi_properties_refuse(&in, "package", "something else", "an object");
        return in.status;
    }
    read_package(&in, json, out);
    return in.status != MTM_OK ? in.status : read_resources(out, json, &in);
}

/* By the name of its marker, or as a folder that has one. */
static mtm_status look_for_store(const char *path, const char *folder, const char *file, int *is_store,
                                 mtm_error *err) {
    *is_store = strcmp(file, MTMI_STORE_MARKER) == 0;
    return ends_with(path, ".json") ? MTM_OK : mtmi_store_is(folder, is_store, err);
}

mtm_status mtmi_descriptor_load(const char *path, const mtm_period *as_of, char **folder, char **file, json_t **out,
                                mtm_error *err) {
    *out = NULL;
    int is_store = 0;
    *folder = *file = NULL;
    MTMI_CHECK_STATUS(split_path(path, folder, file, err));
    MTMI_CHECK_STATUS(look_for_store(path, *folder, *file, &is_store, err));
    if (is_store) {
        return mtmi_store_as_of(*folder, as_of, out, err);
    }
    return load(*folder, *file, out, err);
}

mtm_status mtmi_descriptor_of(const json_t *json, const char *folder, const char *file, mtmi_descriptor **out,
                              mtm_error *err) {
    mtmi_descriptor *descriptor = mtmi_memory_new(1, sizeof *descriptor);

    *out = NULL;
    if (descriptor == NULL) {
        return mtmi_error_memory(err);
    }
    descriptor->folder = mtmi_memory_copy_text(folder);
    mtm_status status = descriptor->folder != NULL ? read_json(json, file, descriptor, err) : mtmi_error_memory(err);
    if (status != MTM_OK) {
        mtmi_descriptor_free(descriptor);
        return status;
    }
    *out = descriptor;
    return MTM_OK;
}

mtm_status mtmi_descriptor_read(const char *path, const mtm_period *as_of, mtmi_descriptor **out, mtm_error *err) {
    char *folder = NULL, *file = NULL;
    json_t *json = NULL;
    int is_store = 0;
    *out = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_descriptor_load(path, as_of, &folder, &file, &json, err));
    MTMI_TRY(look_for_store(path, folder, file, &is_store, err));
    MTMI_TRY(mtmi_descriptor_of(json, folder, file, out, err));
    (*out)->is_store = is_store;
out:
    json_decref(json);
    mtmi_memory_free(folder);
    mtmi_memory_free(file);
    return status;
}

void mtmi_descriptor_free(mtmi_descriptor *descriptor) {
    if (descriptor == NULL) {
        return;
    }
    for (size_t i = 0; i < descriptor->n_resources; i++) {
        mtmi_resource_free(descriptor->resources[i]);
    }
    mtmi_descriptor_boundaries_free(descriptor);
    mtmi_resource_free(descriptor->gazetteer);
    mtmi_gazetteer_free(descriptor->places);
    mtmi_titles_free(&descriptor->title);
    mtmi_front_matter_free(&descriptor->front);
    mtmi_memory_free(descriptor->resources);
    mtmi_memory_free(descriptor->folder);
    mtmi_memory_free(descriptor);
}

/* Both digests at once: files are small beside their parsing. */
typedef struct digests {
    mtmi_sha256 sha256;
    mtmi_md5 md5;
    int64_t bytes;
} digests;

static mtm_status digest_file(const char *folder, const char *path, digests *out, mtm_error *err) {
    mtmi_source *source = NULL;
    unsigned char *block = mtmi_memory_new(BLOCK, 1);
    size_t got = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(block == NULL ? mtmi_error_memory(err) : mtmi_source_open_in(folder, path, &source, err));
    for (;;) {
        MTMI_TRY(mtmi_source_read(source, block, BLOCK, &got, err));
        if (got == 0) {
            break;
        }
        mtmi_sha256_add(&out->sha256, block, got);
        mtmi_md5_add(&out->md5, block, got);
        out->bytes += (int64_t)got;
    }
out:
    mtmi_source_free(source);
    mtmi_memory_free(block);
    return status;
}

static mtm_status compare_digest(const mtmi_resource *resource, digests *found, mtm_error *err) {
    unsigned char bytes[32];
    char hex[65];
    const char *colon = strchr(resource->hash, ':');
    const char *expected = colon == NULL ? resource->hash : colon + 1;
    int same = 1;

    if (strlen(expected) == 64) {
        mtmi_sha256_finish(&found->sha256, bytes);
        mtmi_hash_hex(bytes, 32, hex);
    } else {
        mtmi_md5_finish(&found->md5, bytes);
        mtmi_hash_hex(bytes, 16, hex);
    }
    for (size_t i = 0; hex[i] != '\0'; i++) {
        char c = expected[i];
        same &= (c >= 'A' && c <= 'F' ? c + 32 : c) == hex[i];
    }
    if (same) {
        return MTM_OK;
    }
    return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){resource->paths[0], 0, 0},
                          "found the digest %s, expected %s; the file is not the one that was described", hex,
                          expected);
}

/* A store's files have their digest in their path. */
static mtm_status check_stored(const mtmi_descriptor *descriptor, const char *path, mtm_error *err) {
    const char *expected = descriptor->is_store ? mtmi_store_digest_in(path) : NULL;
    digests found = {0};
    unsigned char bytes[32];
    char hex[65];
    if (expected == NULL) {
        return MTM_OK;
    }
    mtmi_sha256_start(&found.sha256);
    mtmi_md5_start(&found.md5);
    MTMI_CHECK_STATUS(digest_file(descriptor->folder, path, &found, err));
    mtmi_sha256_finish(&found.sha256, bytes);
    mtmi_hash_hex(bytes, 32, hex);
    return memcmp(hex, expected, 64) == 0
               ? MTM_OK
               : mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){path, 0, 0},
                                "found the digest %s, expected the file as it was added to the store", hex);
}

mtm_status mtmi_descriptor_open_file(const mtmi_descriptor *descriptor, const char *path, mtmi_source **out,
                                     mtm_error *err) {
    MTMI_CHECK_STATUS(check_stored(descriptor, path, err));
    return mtmi_source_open_in(descriptor->folder, path, out, err);
}

static mtm_status check_files(const mtmi_descriptor *descriptor, const mtmi_resource *resource, mtm_error *err) {
    digests found;
    for (size_t i = 0; i < resource->n_paths && descriptor->is_store; i++) {
        MTMI_CHECK_STATUS(check_stored(descriptor, resource->paths[i], err));
    }
    if (descriptor->is_store || (resource->bytes < 0 && resource->hash == NULL)) {
        return MTM_OK;
    }
    memset(&found, 0, sizeof found);
    mtmi_sha256_start(&found.sha256);
    mtmi_md5_start(&found.md5);
    for (size_t i = 0; i < resource->n_paths; i++) {
        MTMI_CHECK_STATUS(digest_file(descriptor->folder, resource->paths[i], &found, err));
    }
    if (resource->bytes >= 0 && found.bytes != resource->bytes) {
        return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){resource->paths[0], 0, 0},
                              "found %lld bytes, expected %lld; the file is not the one that was described",
                              (long long)found.bytes, (long long)resource->bytes);
    }
    if (resource->hash != NULL) {
        MTMI_CHECK_STATUS(compare_digest(resource, &found, err));
    }
    return MTM_OK;
}

static mtm_status open_file(const char *folder, const char *path, uint64_t max_expansion, mtmi_source **out,
                            mtm_error *err) {
    mtmi_source *inner = NULL;
    mtm_status status = mtmi_source_open_in(folder, path, &inner, err);

    if (status != MTM_OK || !ends_with(path, ".gz")) {
        *out = inner;
        return status;
    }
    return mtmi_source_gzip(inner, max_expansion > 0 ? max_expansion : UINT64_C(4) << 30, out, err);
}

mtm_status mtmi_descriptor_open(const mtmi_descriptor *descriptor, const mtmi_resource *resource,
                                uint64_t max_expansion, mtmi_source ***out, size_t *n_out, mtm_error *err) {
    mtmi_source **sources;
    mtm_status status = MTM_OK;

    *out = NULL;
    *n_out = 0;
    MTMI_CHECK_STATUS(check_files(descriptor, resource, err));
    sources = mtmi_memory_new(resource->n_paths, sizeof(mtmi_source *));
    if (sources == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < resource->n_paths; i++) {
        MTMI_TRY(open_file(descriptor->folder, resource->paths[i], max_expansion, &sources[i], err));
    }
    *out = sources;
    *n_out = resource->n_paths;
    return MTM_OK;
out:
    mtmi_sources_free(sources, resource->n_paths);
    return status;
}

void mtmi_sources_free(mtmi_source **sources, size_t n) {
    for (size_t i = 0; sources != NULL && i < n; i++) {
        mtmi_source_free(sources[i]);
    }
    mtmi_memory_free(sources);
}
