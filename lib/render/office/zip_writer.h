/* A ZIP archive in memory, its files stored as they are: the same bytes whatever the machine. Knows no file's form. */
#ifndef MTMI_RENDER_OFFICE_ZIP_WRITER_H
#define MTMI_RENDER_OFFICE_ZIP_WRITER_H

#include "base/buffer.h"

typedef struct mtmi_zip_writer {
    mtmi_buffer *out;
    mtmi_buffer directory;
    unsigned n_files;
} mtmi_zip_writer;

void mtmi_zip_writer_start(mtmi_zip_writer *archive, mtmi_buffer *out);
/* Adds a file; what its content failed of, the archive fails of. */
void mtmi_zip_writer_add(mtmi_zip_writer *archive, const char *name, const mtmi_buffer *content);
void mtmi_zip_writer_finish(mtmi_zip_writer *archive); /* and frees what it held, in every case */

#endif
