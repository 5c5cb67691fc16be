/* Unpacking gzip as a stream, with a limit on what comes out. */
#ifndef MTMI_BASE_GZIP_H
#define MTMI_BASE_GZIP_H

#include "base/source.h"

typedef struct mtmi_gzip mtmi_gzip;

/* inner is borrowed. At most limit bytes come out, and never more than 1000 times what went in. */
mtm_status mtmi_gzip_new(mtmi_source *inner, uint64_t limit, mtmi_gzip **out, mtm_error *err);
mtm_status mtmi_gzip_read(mtmi_gzip *gzip, void *bytes, size_t size, size_t *got, mtm_error *err);
void mtmi_gzip_free(mtmi_gzip *gzip); /* NULL is fine */

#endif
