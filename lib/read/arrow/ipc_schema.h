/* Schemas of Arrow IPC: what the fields of a table are, as the C data interface writes it, and which buffers each has. */
#ifndef MTMI_READ_ARROW_IPC_SCHEMA_H
#define MTMI_READ_ARROW_IPC_SCHEMA_H

#include "base/error.h"
#include "read/arrow/ipc_table.h"

#include <mtm/arrow.h>

#define MTMI_IPC_FORMAT 48

typedef struct mtmi_ipc_field mtmi_ipc_field;
struct mtmi_ipc_field {
    char *name;
    char *metadata;               /* as the C data interface has it; NULL for none */
    char format[MTMI_IPC_FORMAT]; /* of the values */
    char index[4];                /* of a dictionary's indices; "" for no dictionary */
    int64_t dictionary;           /* its id */
    int n_buffers;                /* in a batch, those of children apart */
    int width;                    /* of elements or offsets in bits; 0 where there are none */
    int is_text, is_view, is_nested;
    mtmi_ipc_field *children;
    size_t n_children;
    struct ArrowSchema schema, values; /* lent to the reader of streams */
};

typedef struct mtmi_ipc_schema {
    mtmi_ipc_field *fields;
    size_t n_fields;
    char *metadata;
    struct ArrowSchema **columns;
} mtmi_ipc_schema;

/* Of a message's header. most: columns. */
mtm_status mtmi_ipc_schema_read(const mtmi_ipc_table *table, const char *file, uint64_t most, mtmi_ipc_schema *out,
                                mtm_error *err);
/* Points out at the schema, which stays the owner. */
void mtmi_ipc_schema_lend(mtmi_ipc_schema *schema, struct ArrowSchema *out);
void mtmi_ipc_schema_free(mtmi_ipc_schema *schema);
/* The field whose values a dictionary has; NULL for none. */
const mtmi_ipc_field *mtmi_ipc_schema_dictionary(const mtmi_ipc_schema *schema, int64_t id);

#endif
