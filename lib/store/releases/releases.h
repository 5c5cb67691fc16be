/* The releases that a store has, as their descriptions say, and the data package that they make as of a day. */
#ifndef MTMI_STORE_RELEASES_H
#define MTMI_STORE_RELEASES_H

#include "store/releases/folder.h"

#include <mtm/buffer.h>
#include <mtm/period.h>

#include <jansson.h>

#define MTMI_STORE_MARKER "mtm-store.json"
#define MTMI_STORE_MARK "{\"format\": \"mtm-store\", \"version\": 1}\n"

typedef struct mtmi_stored_release {
    char *file; /* "releases/border/2024-07-15.json" */
    mtmi_file_mark mark;
    json_t *json;       /* the description; NULL where the index told of it */
    const char *packed; /* by the index, for mtmi_stored_json() */
    size_t packed_size;
    const char *source, *name, *day, *received, *by, *note, *country; /* lent by json or the index; "" for none */
    int32_t released;                                                 /* the day */
    int is_described;                                                 /* has a member "mtm" */
    size_t n_files;
    uint64_t bytes;
    size_t first_superseded, n_superseded; /* of stored->superseded: names of those that it replaced */
    size_t superseded_by;                  /* the earliest release that replaced it; its own place for none */
} mtmi_stored_release;

typedef struct mtmi_stored {
    mtmi_stored_release *releases; /* by source, day, name */
    size_t n;
    const char **superseded;
    size_t n_superseded, superseded_capacity;
    char *index;      /* the bytes of the index, which lends */
    size_t n_indexed; /* that the index tells of; some may be gone */
    size_t n_opened;  /* descriptions that the index did not tell of */
    int index_is_damaged;
} mtmi_stored;

/* Whether the folder is a store. */
mtm_status mtmi_store_is(const char *path, int *is_store, mtm_error *err);

/* Reads what the index lacks; a damaged description is refused with its name. Free in every case. */
mtm_status mtmi_stored_read(const char *store, mtmi_stored *out, mtm_error *err);
void mtmi_stored_free(mtmi_stored *stored);

/* Of a description "title", "mtm", "resources" and "events" of "release"; where no index told of it, all. *out is the
 * caller's. */
mtm_status mtmi_stored_json(const mtmi_stored_release *release, json_t **out, mtm_error *err);

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
/* Whether a list has a text. */
int mtmi_store_has_text(const json_t *list, const char *text);

/* Calls back for every file of a description or of one resource, in order: a place to read it or to put another there. The callback gives 0 to
 * go on. */
typedef mtm_status (*mtmi_store_path)(void *data, json_t *text, mtm_error *err);
mtm_status mtmi_store_paths(json_t *package, mtmi_store_path visit, void *data, mtm_error *err);
mtm_status mtmi_store_resource_paths(json_t *resource, mtmi_store_path visit, void *data, mtm_error *err);

#endif
