/* A handle of a store, and what one writer at a time does with it. */
#ifndef MTMI_STORE_STORE_H
#define MTMI_STORE_STORE_H

#include "store/releases/releases.h"

#include <mtm/store.h>

struct mtm_store {
    char *path;
    mtmi_stored stored;
};

/* The descriptions anew, after something was added. */
mtm_status mtmi_store_reread(mtm_store *store, mtm_error *err);

/* As files have it: two spaces a level, a line break at the end. */
mtm_status mtmi_store_write_json(const json_t *json, mtm_buffer **out, mtm_error *err);

/* lock.c: *lock is a descriptor for mtmi_store_unlock(). An addition that was cut off is ended first: put in its place when it
 * was complete, else removed. */
#define MTMI_STORE_INCOMING "incoming"
#define MTMI_STORE_COMPLETE MTMI_STORE_INCOMING "/release.json"
mtm_status mtmi_store_lock(const char *path, int *lock, mtm_error *err);
void mtmi_store_unlock(int lock);
/* Puts the files of a complete addition, and then its description, in their places. */
mtm_status mtmi_store_place(const char *path, mtm_error *err);
/* Writes the index anew where it tells too little, as its lock's holder. Nothing depends on it, so that a failure is none. */
void mtmi_store_keep_index(const char *path, const mtmi_stored *stored);
/* "incoming/0", "incoming/1", ...; out holds 40. */
void mtmi_store_incoming(size_t index, char out[40]);

#endif
