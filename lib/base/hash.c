/* SHA-256 (FIPS 180-4) and MD5 (RFC 1321), for integrity and not for secrets. Both take blocks of 64 bytes and end with
 * a bit, zeros and the length. */
#include "base/hash.h"

#include <string.h>

static uint32_t rotate_left(uint32_t x, int n) {
    return x << n | x >> (32 - n);
}
static uint32_t rotate_right(uint32_t x, int n) {
    return x >> n | x << (32 - n);
}

/* Gathers bytes into blocks; the same for both. */
typedef void (*compress_function)(uint32_t *state, const unsigned char block[64]);

static void gather(uint32_t *state, uint64_t *size, unsigned char *block, compress_function compress, const void *bytes,
                   size_t n) {
    const unsigned char *at = bytes;
    size_t filled = (size_t)(*size % 64);
    *size += n;
    while (n > 0) {
        size_t part = 64 - filled < n ? 64 - filled : n;
        memcpy(block + filled, at, part);
        at += part;
        n -= part;
        filled += part;
        if (filled == 64) {
            compress(state, block);
            filled = 0;
        }
    }
}

static void pad(uint32_t *state, uint64_t *size, unsigned char *block, compress_function compress, int big) {
    static const unsigned char zeros[64] = {0};
    unsigned char length[8];
    uint64_t bits = *size * 8;
    for (int i = 0; i < 8; i++) {
        length[i] = (unsigned char)(bits >> (big ? 56 - 8 * i : 8 * i));
    }
    gather(state, size, block, compress, "\x80", 1);
    gather(state, size, block, compress, zeros, (size_t)((120 - *size % 64) % 64));
    gather(state, size, block, compress, length, 8);
}

/* ---- SHA-256 ---- */

static const uint32_t sha_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static void sha_expand(const unsigned char block[64], uint32_t w[64]) {
    for (int i = 0; i < 16; i++) {
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 |
               block[4 * i + 3];
    }
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotate_right(w[i - 15], 7) ^ rotate_right(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotate_right(w[i - 2], 17) ^ rotate_right(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
}

static void sha_compress(uint32_t *state, const unsigned char block[64]) {
    uint32_t w[64], v[8];
    sha_expand(block, w);
    memcpy(v, state, sizeof v);
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = rotate_right(v[4], 6) ^ rotate_right(v[4], 11) ^ rotate_right(v[4], 25);
        uint32_t one = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + sha_constants[i] + w[i];
        uint32_t s0 = rotate_right(v[0], 2) ^ rotate_right(v[0], 13) ^ rotate_right(v[0], 22);
        uint32_t two = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += one;
        v[0] = one + two;
    }
    for (int i = 0; i < 8; i++) {
        state[i] += v[i];
    }
}

void mtmi_sha256_start(mtmi_sha256 *hash) {
    static const uint32_t first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memset(hash, 0, sizeof *hash);
    memcpy(hash->state, first, sizeof first);
}

void mtmi_sha256_add(mtmi_sha256 *hash, const void *bytes, size_t size) {
    gather(hash->state, &hash->size, hash->block, sha_compress, bytes, size);
}

void mtmi_sha256_finish(mtmi_sha256 *hash, unsigned char out[32]) {
    pad(hash->state, &hash->size, hash->block, sha_compress, 1);
    for (int i = 0; i < 32; i++) {
        out[i] = (unsigned char)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
    }
}

/* ---- MD5 ---- */

static const uint32_t md5_constants[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

static void md5_compress(uint32_t *state, const unsigned char block[64]) {
    static const int turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    for (int i = 0; i < 64; i++) {
        int round = i / 16;
        uint32_t f = round == 0   ? (b & c) | (~b & d)
                     : round == 1 ? (d & b) | (~d & c)
                     : round == 2 ? b ^ c ^ d
                                  : c ^ (b | ~d);
        int k = round == 0 ? i : round == 1 ? (5 * i + 1) % 16 : round == 2 ? (3 * i + 5) % 16 : 7 * i % 16;
        uint32_t word = (uint32_t)block[4 * k] | (uint32_t)block[4 * k + 1] << 8 | (uint32_t)block[4 * k + 2] << 16 |
                        (uint32_t)block[4 * k + 3] << 24;
        uint32_t next = b + rotate_left(a + f + md5_constants[i] + word, turns[round][i % 4]);
        a = d;
        d = c;
        c = b;
        b = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

void mtmi_md5_start(mtmi_md5 *hash) {
    static const uint32_t first[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    memset(hash, 0, sizeof *hash);
    memcpy(hash->state, first, sizeof first);
}

void mtmi_md5_add(mtmi_md5 *hash, const void *bytes, size_t size) {
    gather(hash->state, &hash->size, hash->block, md5_compress, bytes, size);
}

void mtmi_md5_finish(mtmi_md5 *hash, unsigned char out[16]) {
    pad(hash->state, &hash->size, hash->block, md5_compress, 0);
    for (int i = 0; i < 16; i++) {
        out[i] = (unsigned char)(hash->state[i / 4] >> (8 * (i % 4)));
    }
}

void mtmi_hash_hex(const unsigned char *bytes, size_t n, char *out) {
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = hex[bytes[i] >> 4];
        out[2 * i + 1] = hex[bytes[i] & 15];
    }
    out[2 * n] = '\0';
}
