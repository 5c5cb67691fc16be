/* Arrow IPC - files (.arrow, Feather 2) and streams of messages - as rows, or as a stream of the C data interface. */
#ifndef MTMI_READ_ARROW_IPC_STREAM_H
#define MTMI_READ_ARROW_IPC_STREAM_H

#include "base/source.h"
#include "read/table/rows.h"

#include <mtm/arrow.h>

#define MTMI_IPC_SNIFF 16 /* bytes that tell */

int mtmi_ipc_sniff(const char *bytes, size_t n);
/* The source is borrowed until the stream is released. */
mtm_status mtmi_ipc_stream(mtmi_source *source, const mtmi_limits *limits, struct ArrowArrayStream *out,
                           mtm_error *err);
mtm_status mtmi_ipc_rows_open(mtmi_source *source, const mtmi_limits *limits, mtmi_rows **out, mtm_error *err);

#endif
