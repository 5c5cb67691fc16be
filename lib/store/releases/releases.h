/* The releases that a store has, as their descriptions say, and the data package that they make as of a day. */
#ifndef MTMI_STORE_RELEASES_H
#define MTMI_STORE_RELEASES_H

#include <mtm/buffer.h>
#include <mtm/period.h>

#include <jansson.h>

#define MTMI_STORE_MARKER "mtm-store.json"
#define MTMI_STORE_MARK "{\"format\": \"mtm-store\", \"version\": 1}\n"

typedef struct mtmi_stored_release {
    char *file; /* "releases/border/2024-07-15.json" */
    json_t *json;
    const char *source, *name, *received; /* lent by json */
    int32_t released;                     /* the day */
    size_t n_files;
    uint64_t bytes;
    size_t superseded_by;    /* the earliest release that replaced it; its own place for none */
    size_t first_superseded; /* kept for mtm_store_at() */
} mtmi_stored_release;

typedef struct mtmi_stored {
    mtmi_stored_release *releases; /* by source, day, name */
    size_t n;
} mtmi_stored;

/* Whether the folder is a store. */
mtm_status mtmi_store_is(const char *path, int *is_store, mtm_error *err);

/* Reads all descriptions; a damaged one is refused with its name. Free in every case. */
mtm_status mtmi_stored_read(const char *store, mtmi_stored *out, mtm_error *err);
void mtmi_stored_free(mtmi_stored *stored);

/* One description, its digest checked; *out is the caller's. */
mtm_status mtmi_store_load(const char *store, const char *file, json_t **out, mtm_error *err);
/* The text of a description, ended by its digest; json gets the member "digest". */
mtm_status mtmi_store_dump(json_t *json, mtm_buffer **out, mtm_error *err);

/* The data package as of a day (NULL: of all), with paths from the store's folder; *out is the caller's. */
mtm_status mtmi_stored_as_of(const mtmi_stored *stored, const mtm_period *as_of, json_t **out, mtm_error *err);
mtm_status mtmi_store_as_of(const char *store, const mtm_period *as_of, json_t **out, mtm_error *err);

/* The 64 digits of the digest in the path of an object, "objects/ab/ab01.../name"; NULL where it is no such path. Lent; no NUL
 * behind them. */
const char *mtmi_store_digest_in(const char *object);

/* The text of a member, or "". */
const char *mtmi_store_text(const json_t *object, const char *key);

/* Calls back for every file of a description or of one resource, in order: a place to read it or to put another there. The callback gives 0 to
 * go on. */
typedef mtm_status (*mtmi_store_path)(void *data, json_t *text, mtm_error *err);
mtm_status mtmi_store_paths(json_t *package, mtmi_store_path visit, void *data, mtm_error *err);
mtm_status mtmi_store_resource_paths(json_t *resource, mtmi_store_path visit, void *data, mtm_error *err);

#endif
