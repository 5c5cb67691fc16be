/* A ZIP archive in memory, its files stored as they are: the same bytes whatever the machine. Knows no file's form. */
#ifndef MTMI_RENDER_ARCHIVE_H
#define MTMI_RENDER_ARCHIVE_H

#include "base/buffer.h"

typedef struct mtmi_archive {
    mtmi_buffer *out;
    mtmi_buffer directory;
    unsigned n_files;
} mtmi_archive;

void mtmi_archive_start(mtmi_archive *archive, mtmi_buffer *out);
/* Adds a file; what its content failed of, the archive fails of. */
void mtmi_archive_add(mtmi_archive *archive, const char *name, const mtmi_buffer *content);
void mtmi_archive_finish(mtmi_archive *archive); /* and frees what it held, in every case */

#endif
