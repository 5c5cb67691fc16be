/* Shares of a file: those of one partition of its bytes hold each row once, in the share where it begins. */
#ifndef MTMI_TABULATE_SHARE_FILE_SHARE_H
#define MTMI_TABULATE_SHARE_FILE_SHARE_H

#include "base/buffer.h"
#include "tabulate/bind.h"
#include "tabulate/threads.h"

#define MTMI_SHARE_BLOCK ((size_t)128 << 10)

typedef struct mtmi_share {
    uint64_t first, end; /* blocks whose rows are counted; end 0: the file is no share, all of it is counted */
    uint64_t bytes;      /* of those blocks */
} mtmi_share;

/* What the identity of a share says: bytes of a file, whose own identity is its first `length` bytes. 0 for another one. */
typedef struct mtmi_share_name {
    size_t length;
    uint64_t begin, end;
} mtmi_share_name;
int mtmi_share_name_read(const char *identity, mtmi_share_name *out);

mtm_status mtmi_share_refuse(const mtmi_source *source, const char *found, mtm_error *err);
/* identity receives what the share is for good. *out empty (first = end) where no row can begin in it. */
mtm_status mtmi_share_take(const mtmi_source *source, const mtm_source *from, mtmi_share *out, mtmi_buffer *identity,
                           mtm_error *err);
/* Moves a run that stands at the first row of data to the first of the share. */
mtm_status mtmi_share_start(const mtmi_share *share, const mtmi_source *source, mtmi_run *run, mtmi_binding *binding,
                            mtmi_scan_function scan, mtm_error *err);

#endif
