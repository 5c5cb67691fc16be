/* Names of files and folders: joined, and listed in the order of their bytes. */
#ifndef MTMI_STORE_FOLDER_H
#define MTMI_STORE_FOLDER_H

#include <mtm/status.h>

typedef struct mtmi_names {
    char **names;
    size_t n, capacity;
} mtmi_names;

/* Everything in a folder but "." and ".."; none where there is no folder. Free in every case. */
mtm_status mtmi_folder_list(const char *path, mtmi_names *out, mtm_error *err);
void mtmi_names_free(mtmi_names *names);

/* "a/b", or NULL without memory. */
char *mtmi_path_join(const char *a, const char *b);

#endif
