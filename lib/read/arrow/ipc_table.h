/* Tables of flatbuffers (https://flatbuffers.dev/internals), read from bytes that nobody vouches for. The invariant: whatever
 * is handed out lies inside the bytes; what does not is as if it were absent. */
#ifndef MTMI_READ_ARROW_IPC_TABLE_H
#define MTMI_READ_ARROW_IPC_TABLE_H

#include <stddef.h>
#include <stdint.h>

typedef struct mtmi_ipc_table {
    const unsigned char *data;
    size_t size;
    size_t at;               /* of the table */
    size_t fields, n_fields; /* of its list of fields */
} mtmi_ipc_table;

/* The root of a buffer; 0 where it is none. */
int mtmi_ipc_root(const void *data, size_t size, mtmi_ipc_table *out);
/* A number of `width` bytes: 1, 2, 4 or 8. */
int64_t mtmi_ipc_number(const mtmi_ipc_table *table, size_t field, int width, int64_t otherwise);
/* A table, or an element of a list of tables, that a field refers to; 0 for none. */
int mtmi_ipc_refer(const mtmi_ipc_table *table, size_t field, mtmi_ipc_table *out);
int mtmi_ipc_element(const mtmi_ipc_table *table, size_t field, size_t i, mtmi_ipc_table *out);
/* A list of elements of `width` bytes, or a text; how many there are. NULL and 0 for none. */
const unsigned char *mtmi_ipc_list(const mtmi_ipc_table *table, size_t field, size_t width, size_t *n);

/* A little-endian number of 1, 2, 4 or 8 bytes, wherever it lies. */
int64_t mtmi_ipc_integer(const unsigned char *from, int width);

#endif
