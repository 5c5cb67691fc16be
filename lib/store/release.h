/* A release that is to be added: its description completed, and whether it fits to those that are there. */
#ifndef MTMI_STORE_RELEASE_H
#define MTMI_STORE_RELEASE_H

#include "store/releases/releases.h"

#include <mtm/store.h>

typedef struct mtmi_release_facts {
    json_t *json; /* the description, with "release" */
    mtm_store_release said;
    mtm_period released;
    json_t *events; /* names of its resources of microdata, surveys and registrations */
} mtmi_release_facts;

/* Reads the description and what is said; *folder (where the files are) is the caller's. Free in every case. */
mtm_status mtmi_release_read(const char *path, const mtm_store_release *said, mtmi_release_facts *out, char **folder,
                             mtm_error *err);
void mtmi_release_close(mtmi_release_facts *facts);

/* Which of the releases that are there it supersedes, and whether it must say so. */
mtm_status mtmi_release_settle(mtmi_release_facts *facts, const mtmi_stored *stored, mtm_error *err);
/* After the files were taken: 1 where the same release is there; another one of its name is refused. */
mtm_status mtmi_release_compare(const mtmi_release_facts *facts, const char *store, const mtmi_stored *stored,
                                int *is_there, mtm_error *err);

#endif
