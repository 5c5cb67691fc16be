/* The description of a release as a file: a data package descriptor with a member "release", ended by the SHA-256 of the text
 * in which the digits of the digest are zeros. */
#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/io.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "base/source.h"
#include "base/try.h"
#include "store/releases/releases.h"

#include <stdlib.h>
#include <string.h>

#define BEFORE "\n  \"digest\": \"sha256:"
#define AFTER "\"\n}\n"
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
enum { LARGEST = 16 << 20, HEX = 64, TAIL = sizeof BEFORE - 1 + HEX + sizeof AFTER - 1 };

const char *mtmi_store_text(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

int mtmi_store_has_text(const json_t *list, const char *text) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *one = json_string_value(json_array_get(list, i));
        if (one != NULL && strcmp(one, text) == 0) {
            return 1;
        }
    }
    return 0;
}

const char *mtmi_store_digest_in(const char *object) {
    static const char hex[] = "0123456789abcdef";
    const size_t n = strlen(object);
    if (n < 11 + HEX + 2 || strncmp(object, "objects/", 8) != 0 || object[10] != '/' || object[11 + HEX] != '/' ||
        strspn(object + 11, hex) != HEX || strncmp(object + 8, object + 11, 2) != 0 ||
        strchr(object + 11 + HEX + 1, '/') != NULL) {
        return NULL;
    }
    return object + 11;
}

mtm_status mtmi_store_is(const char *path, int *is_store, mtm_error *err) {
    mtmi_source *source = NULL;
    const mtm_status status = mtmi_source_open_in(path, MTMI_STORE_MARKER, &source, err);
    mtmi_source_free(source);
    *is_store = status == MTM_OK;
    return status == MTM_ERROR_NOT_FOUND ? MTM_OK : status;
}

/* Of a text with a digest at its end; out holds HEX + 1. */
static void digest_of(const char *text, size_t size, char *out) {
    unsigned char bytes[32];
    mtmi_sha256 hash;
    mtmi_sha256_start(&hash);
    mtmi_sha256_add(&hash, text, size - HEX - (sizeof AFTER - 1));
    mtmi_sha256_add(&hash, ZEROS, HEX);
    mtmi_sha256_add(&hash, AFTER, sizeof AFTER - 1);
    mtmi_sha256_finish(&hash, bytes);
    mtmi_hash_hex(bytes, sizeof bytes, out);
}

static int is_whole(const char *text, size_t size) {
    char digest[HEX + 1];
    if (size < TAIL || memcmp(text + size - TAIL, BEFORE, sizeof BEFORE - 1) != 0 ||
        memcmp(text + size - (sizeof AFTER - 1), AFTER, sizeof AFTER - 1) != 0) {
        return 0;
    }
    digest_of(text, size, digest);
    return memcmp(text + size - (sizeof AFTER - 1) - HEX, digest, HEX) == 0;
}

mtm_status mtmi_store_load(const char *store, const char *file, json_t **out, mtm_error *err) {
    mtmi_source *source = NULL;
    char *text = NULL;
    size_t size = 0;
    mtm_status status = MTM_OK;
    *out = NULL;
    MTMI_TRY(mtmi_source_open_in(store, file, &source, err));
    MTMI_TRY(mtmi_source_read_all(source, LARGEST, &text, &size, err));
    MTMI_TRY(is_whole(text, size)
                 ? MTM_OK
                 : mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){file, 0, 0},
                                  "the description of this release is damaged: its digest is not that of its "
                                  "text; expected the file as it was added (see mtm store verify)"));
    MTMI_TRY(mtmi_json_load(text, size, file, out, err));
out:
    mtmi_memory_free(text);
    mtmi_source_free(source);
    return status;
}

mtm_status mtmi_store_dump(json_t *json, mtm_buffer **out, mtm_error *err) {
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    char *text = NULL, digest[HEX + 1];
    mtm_status status = MTM_OK;
    *out = NULL;
    (void)json_object_del(json, "digest");
    if (json_object_set_new(json, "digest", json_string("sha256:" ZEROS)) == 0) {
        text = json_dumps(json, JSON_INDENT(2));
    }
    MTMI_TRY(text == NULL ? mtmi_error_memory(err) : MTM_OK);
    mtmi_buffer_text(&buffer, text);
    mtmi_buffer_char(&buffer, '\n');
    if (!buffer.failed) {
        digest_of(buffer.data, buffer.size, digest);
        memcpy(buffer.data + buffer.size - (sizeof AFTER - 1) - HEX, digest, HEX);
    }
    status = mtmi_buffer_finish(&buffer, out, err);
out:
    mtmi_buffer_free(&buffer);
    free(text);
    return status;
}

/* A path, or each of a list of paths. */
static mtm_status visit_paths(json_t *value, mtmi_store_path visit, void *data, mtm_error *err) {
    if (json_is_string(value)) {
        return visit(data, value, err);
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        json_t *text = json_array_get(value, i);
        MTMI_CHECK_STATUS(json_is_string(text) ? visit(data, text, err) : MTM_OK);
    }
    return MTM_OK;
}

mtm_status mtmi_store_resource_paths(json_t *resource, mtmi_store_path visit, void *data, mtm_error *err) {
    const json_t *survey = json_object_get(json_object_get(resource, "mtm"), "survey");
    MTMI_CHECK_STATUS(visit_paths(json_object_get(resource, "path"), visit, data, err));
    MTMI_CHECK_STATUS(visit_paths(json_object_get(json_object_get(survey, "roster"), "path"), visit, data, err));
    return visit_paths(json_object_get(survey, "form"), visit, data, err);
}

mtm_status mtmi_store_paths(json_t *package, mtmi_store_path visit, void *data, mtm_error *err) {
    json_t *resources = json_object_get(package, "resources");
    for (size_t i = 0; i < json_array_size(resources); i++) {
        MTMI_CHECK_STATUS(mtmi_store_resource_paths(json_array_get(resources, i), visit, data, err));
    }
    return MTM_OK;
}
