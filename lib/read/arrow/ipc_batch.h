/* Record batches and dictionaries of Arrow IPC to arrays of the C data interface. */
#ifndef MTMI_READ_ARROW_IPC_BATCH_H
#define MTMI_READ_ARROW_IPC_BATCH_H

#include "read/arrow/ipc_schema.h"

/* Memory that lives as long as a batch or a dictionary. */
typedef struct mtmi_ipc_blocks {
    void **at;
    size_t n, capacity;
} mtmi_ipc_blocks;

/* n elements, zeroed; NULL without memory. */
void *mtmi_ipc_blocks_new(mtmi_ipc_blocks *blocks, size_t n, size_t size);
/* Takes a block over in every case; 0 without memory. */
int mtmi_ipc_blocks_take(mtmi_ipc_blocks *blocks, void *block);
void mtmi_ipc_blocks_free(mtmi_ipc_blocks *blocks);

/* Dictionaries read so far. */
typedef struct mtmi_ipc_dictionary {
    int64_t id;
    struct ArrowArray values;
    mtmi_ipc_blocks blocks;
    struct mtmi_ipc_dictionary *before; /* the one read before; batches may still refer to it */
} mtmi_ipc_dictionary;

/* A header of the type RecordBatch and its body. The body's block is among `blocks`. Gives 0 on success, ENOMEM, or
 * EINVAL and *what: "found ..., expected ...". */
typedef struct mtmi_ipc_body {
    mtmi_ipc_table header;
    const unsigned char *bytes;
    size_t size;
    uint64_t limit; /* bytes that packed buffers may become */
} mtmi_ipc_body;

int mtmi_ipc_batch(const mtmi_ipc_schema *schema, const mtmi_ipc_dictionary *dictionaries, const mtmi_ipc_body *body,
                   mtmi_ipc_blocks *blocks, struct ArrowArray *out, const char **what);
/* The values of a dictionary, of the type of the field. */
int mtmi_ipc_values(const mtmi_ipc_field *field, const mtmi_ipc_body *body, mtmi_ipc_blocks *blocks,
                    struct ArrowArray *out, const char **what);

#endif
