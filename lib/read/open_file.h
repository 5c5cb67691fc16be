/* Opening what a caller names. gzip is unpacked where the name or the bytes say so. */
#ifndef MTMI_READ_OPEN_FILE_H
#define MTMI_READ_OPEN_FILE_H

#include "read/table_reader.h"
#include "read/table/rows.h"

/* What every public reader begins with: takes the source and a copy of the options, and asks for a place to put what is
 * read. On failure the source is dropped. */
mtm_status mtmi_take_reading(const mtm_source *source, const mtm_read_options *options, int has_out, mtm_source *from,
                             mtm_read_options *own, mtm_error *err);
/* Opens a taken source, and unpacks it. max_expansion 0: the default. `from` is borrowed until the source is freed. */
mtm_status mtmi_open_source(mtm_source *from, uint64_t max_expansion, mtmi_source **out, mtm_error *err);
/* Reads a taken Arrow stream as one table; it is released in every case. Log and out as in mtmi_read_resource(). */
mtm_status mtmi_read_arrow(struct ArrowArrayStream *stream, const char *name, const mtm_read_options *options,
                           mtmi_check_log *log, mtm_dataset **out, mtm_error *err);
/* The same of an Arrow file, which stays the caller's. */
mtm_status mtmi_read_ipc(mtmi_source *source, const char *name, const mtm_read_options *options, mtmi_check_log *log,
                         mtm_dataset **out, mtm_error *err);
/* The resource that options give as JSON, or one that infers everything; named after the file. */
mtm_status mtmi_open_resource(const mtm_read_options *options, const char *name, mtmi_resource **out, mtm_error *err);

#endif
