/* Numbers that tell rows of columns apart, the same whatever the batches and encodings they come in; and the digest of
 * them all, 32 bytes for a stream. Rows with text that no file could hold are marked. */
#ifndef MTMI_TABULATE_COLUMNS_ROW_HASH_H
#define MTMI_TABULATE_COLUMNS_ROW_HASH_H

#include "base/digest.h"
#include "read/arrow/arrow_column.h"
#include "tabulate/columns/chunk.h"

/* One column. */
typedef struct mtmi_hashing {
    const mtmi_arrow_column *column;
    uint64_t *codes; /* of a dictionary's values; 0 where it was not asked for yet */
    size_t n_codes, codes_capacity;
    int64_t last; /* offset of TEXT: where the last text ends */
} mtmi_hashing;

mtm_status mtmi_hashing_batch(mtmi_hashing *hashing, const mtmi_arrow_column *column, mtm_error *err);
void mtmi_hashing_free(mtmi_hashing *hashing);
/* Takes the column's cells of n rows into their numbers, and marks rows whose cell is no text or longer than max_field. */
void mtmi_hashing_run(mtmi_hashing *hashing, size_t first, size_t n, uint64_t max_field, uint64_t *rows,
                      uint32_t *marks);

/* The numbers of rows, one after the other, to a digest. */
typedef struct mtmi_row_digest {
    mtmi_digest_file file;
    uint64_t rows[MTMI_DIGEST_PIECE / sizeof(uint64_t)];
    size_t n;
} mtmi_row_digest;

void mtmi_row_digest_start(mtmi_row_digest *digest);
void mtmi_row_digest_add(mtmi_row_digest *digest, const uint64_t *rows, size_t n);
void mtmi_row_digest_finish(mtmi_row_digest *digest, unsigned char out[MTMI_DIGEST_SIZE]);

#endif
