/* Where a finished document goes: a file that appears whole or not at all. Knows no format. */
#ifndef MTMI_BASE_SINK_H
#define MTMI_BASE_SINK_H

#include <mtm/status.h>

/* Writes bytes to a new file beside path, fsyncs, renames over path and fsyncs the folder. On failure the temporary
 * file is gone and path is what it was. Refuses a path that is a directory or no regular file. */
mtm_status mtmi_sink_save(const char *path, const void *bytes, size_t size, mtm_error *err);
/* The same, for a file that only its owner may read, whatever the permissions of one that stands there. */
mtm_status mtmi_sink_save_private(const char *path, const void *bytes, size_t size, mtm_error *err);

/* The same in pieces, for what is too large to hold. */
typedef struct mtmi_sink mtmi_sink;
mtm_status mtmi_sink_open(const char *path, mtmi_sink **out, mtm_error *err);
mtm_status mtmi_sink_write(mtmi_sink *sink, const void *bytes, size_t size, mtm_error *err);
mtm_status mtmi_sink_commit(mtmi_sink *sink, mtm_error *err); /* and frees it, in every case */
void mtmi_sink_free(mtmi_sink *sink);                         /* abandons: removes the temporary file */

#endif
