/* The file "index" of a store: what its descriptions say, so that a reader need not open each. It may lack some, be old,
 * damaged or gone: what it says of a description counts only while that file is as it was when the index was written. */
#ifndef MTMI_STORE_RELEASE_INDEX_H
#define MTMI_STORE_RELEASE_INDEX_H

#include "base/buffer.h"
#include "base/map.h"
#include "store/releases/releases.h"

#define MTMI_STORE_INDEX "index"

typedef struct mtmi_release_index {
    char *bytes;
    size_t size;
    mtmi_map files;         /* "releases/border/2024-07-15.json" -> its place in records */
    const char **records;   /* in bytes */
    mtmi_file_mark written; /* of the index itself */
} mtmi_release_index;

/* *is_damaged tells of one that is there and cannot be used, which then is empty, like one that is not there. Free in every
 * case. */
mtm_status mtmi_release_index_read(const char *store, mtmi_release_index *out, int *is_damaged, mtm_error *err);
void mtmi_release_index_free(mtmi_release_index *index);

/* Fills the release, whose file and mark are known, with what the index says of it; *is_there 0 where that does not count.
 * The release is lent the index's bytes. */
mtm_status mtmi_release_index_find(const mtmi_release_index *index, mtmi_stored *stored, mtmi_stored_release *release,
                                   int *is_there, mtm_error *err);

/* One more name of those that a release replaced; borrowed. */
mtm_status mtmi_stored_supersedes(mtmi_stored *stored, const char *name, mtm_error *err);

/* The index of these releases. */
mtm_status mtmi_release_index_write(const mtmi_stored *stored, mtmi_buffer *out, mtm_error *err);

#endif
