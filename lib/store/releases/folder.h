/* Names of files and folders: joined, listed in the order of their bytes, looked at. */
#ifndef MTMI_STORE_FOLDER_H
#define MTMI_STORE_FOLDER_H

#include <mtm/status.h>

#include <stdint.h>

typedef struct mtmi_names {
    char **names;
    size_t n, capacity;
} mtmi_names;

/* Everything in a folder but "." and ".."; none where there is no folder. Free in every case. */
mtm_status mtmi_folder_list(const char *path, mtmi_names *out, mtm_error *err);
void mtmi_names_free(mtmi_names *names);

/* What tells whether a file is as it was; 0 where it is none, or cannot be looked at. */
typedef struct mtmi_file_mark {
    uint64_t size;
    int64_t seconds, nanoseconds; /* when it was changed */
} mtmi_file_mark;
int mtmi_file_mark_of(const char *folder, const char *file, mtmi_file_mark *out);

/* "a/b", or NULL without memory. */
char *mtmi_path_join(const char *a, const char *b);

#endif
