/* Files of a store: copied with their digest, put in their place, compared with it. */
#ifndef MTMI_STORE_FILES_H
#define MTMI_STORE_FILES_H

#include "base/hash.h"
#include "base/source.h"

#define MTMI_STORE_HEX 65

typedef struct mtmi_file_facts {
    char digest[MTMI_STORE_HEX]; /* SHA-256 of its bytes */
    uint64_t bytes;
} mtmi_file_facts;

/* Reads to the end; also: a second digest that goes on over several files, or NULL. Writes to a new file `to`, on the disk when
 * the call returns; NULL writes nothing. */
mtm_status mtmi_store_copy(mtmi_source *from, const char *to, mtmi_sha256 *also, mtmi_file_facts *out, mtm_error *err);

/* "objects/ab/ab01.../name"; NULL without memory. path is the file's own, of which the last part is the name. */
char *mtmi_store_object(const char *digest, const char *path);

/* Makes the folders above a path inside the store. */
mtm_status mtmi_store_make_folders(const char *store, const char *path, mtm_error *err);
/* Moves a file within the store, and makes its new name last. */
mtm_status mtmi_store_move(const char *store, const char *from, const char *to, mtm_error *err);
/* Removes what is in a folder, folders inside too; as far as it goes. */
void mtmi_store_empty(const char *folder);

#endif
