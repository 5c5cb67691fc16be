/* Digests of files: SHA-256 and MD5 as data packages declare them. For integrity, not for secrets. */
#ifndef MTMI_BASE_HASH_H
#define MTMI_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct mtmi_sha256 {
    uint32_t state[8];
    uint64_t size;
    unsigned char block[64];
} mtmi_sha256;
void mtmi_sha256_start(mtmi_sha256 *hash);
void mtmi_sha256_add(mtmi_sha256 *hash, const void *bytes, size_t size);
void mtmi_sha256_finish(mtmi_sha256 *hash, unsigned char out[32]);

typedef struct mtmi_md5 {
    uint32_t state[4];
    uint64_t size;
    unsigned char block[64];
} mtmi_md5;
void mtmi_md5_start(mtmi_md5 *hash);
void mtmi_md5_add(mtmi_md5 *hash, const void *bytes, size_t size);
void mtmi_md5_finish(mtmi_md5 *hash, unsigned char out[16]);

/* Lower-case hexadecimal of n bytes; out holds 2n + 1. */
void mtmi_hash_hex(const unsigned char *bytes, size_t n, char *out);

#endif
