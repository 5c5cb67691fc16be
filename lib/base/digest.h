/* Digests that tell files apart: 64 bits of every 64 KiB, and SHA-256 over those. The result does not depend on how
 * many threads worked. They find a file that is counted twice, not a forgery. */
#ifndef MTMI_BASE_DIGEST_H
#define MTMI_BASE_DIGEST_H

#include "base/hash.h"

#define MTMI_DIGEST_PIECE 65536u
#define MTMI_DIGEST_SIZE 32u

/* The digest of a piece; all but a file's last piece have MTMI_DIGEST_PIECE bytes. */
uint64_t mtmi_digest_piece(const unsigned char *bytes, size_t size);

/* The same in strides of any multiple of 64 bytes, so that a piece is hashed while it is warm in the cache. */
typedef struct mtmi_digest_lanes {
    uint64_t lane[4];
} mtmi_digest_lanes;
void mtmi_digest_start(mtmi_digest_lanes *lanes);
void mtmi_digest_add(mtmi_digest_lanes *lanes, const unsigned char *bytes, size_t size); /* size: whole 64s */
uint64_t mtmi_digest_finish(const mtmi_digest_lanes *lanes, const unsigned char *tail, size_t tail_size,
                            size_t total_size);

/* Short keys, for tables: spreads well, may be attacked (see map.h for what stands behind it). */
uint64_t mtmi_digest_key(const void *key, size_t size);

/* The file's digest from its pieces' digests, in order. */
typedef struct mtmi_digest_file {
    mtmi_sha256 hash;
    uint64_t size;
} mtmi_digest_file;
void mtmi_digest_file_start(mtmi_digest_file *file);
void mtmi_digest_file_add(mtmi_digest_file *file, uint64_t piece, size_t piece_size);
void mtmi_digest_file_finish(mtmi_digest_file *file, unsigned char out[MTMI_DIGEST_SIZE]);

#endif
