/* Unpacking gzip as a stream, with a limit on what comes out. */
#ifndef MTMI_BASE_GZIP_H
#define MTMI_BASE_GZIP_H

#include <mtm/status.h>

typedef struct mtmi_gzip mtmi_gzip;

/* Where the packed bytes come from. read fills up to size bytes, *got 0 only at the end. */
typedef struct mtmi_gzip_input {
    mtm_status (*read)(void *data, void *bytes, size_t size, size_t *got, mtm_error *err);
    void *data;       /* borrowed */
    const char *name; /* what errors call it; borrowed */
} mtmi_gzip_input;

/* At most limit bytes come out, and never more than 1000 times what went in. */
mtm_status mtmi_gzip_new(mtmi_gzip_input input, uint64_t limit, mtmi_gzip **out, mtm_error *err);
mtm_status mtmi_gzip_read(mtmi_gzip *gzip, void *bytes, size_t size, size_t *got, mtm_error *err);
void mtmi_gzip_free(mtmi_gzip *gzip); /* NULL is fine */

#endif
