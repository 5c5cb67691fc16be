/* Opening what a caller names: a file or bytes, with the resource that describes it. What comes in: a path and
 * options. What goes out: a source (gzip unpacked where the name says so) and a resource. It reads no rows. */
#ifndef MTMI_READ_OPEN_FILE_H
#define MTMI_READ_OPEN_FILE_H

#include "read/table_reader.h"
#include "read/table/rows.h"

/* max_expansion 0: the default. */
mtm_status mtmi_open_path(const char *path, uint64_t max_expansion, mtmi_source **out, mtm_error *err);
mtm_status mtmi_open_memory(const void *bytes, size_t size, const char *name, uint64_t max_expansion, mtmi_source **out,
                            mtm_error *err);
/* The resource that options give as JSON, or one that infers everything; named after the file. */
mtm_status mtmi_open_resource(const mtm_read_options *options, const char *name, mtmi_resource **out, mtm_error *err);
mtmi_limits mtmi_limits_of(const mtm_read_options *options);

#endif
