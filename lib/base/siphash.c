/* SipHash-2-4-128: two rounds a word, four rounds before each half of the result. */
#include "base/siphash.h"

#include <string.h>

static uint64_t rotate(uint64_t x, unsigned n) {
    return x << n | x >> (64 - n);
}

static uint64_t word_at(const unsigned char *bytes, size_t n) {
    uint64_t word = 0;
    for (size_t i = 0; i < n; i++) {
        word |= (uint64_t)bytes[i] << (8 * i);
    }
    return word;
}

mtmi_sip_key mtmi_sip_key_of(const unsigned char bytes[16]) {
    mtmi_sip_key key = {{word_at(bytes, 8), word_at(bytes + 8, 8)}};
    return key;
}

static inline void rounds(uint64_t v[4], unsigned n) {
    for (; n > 0; n--) {
        v[0] += v[1];
        v[1] = rotate(v[1], 13) ^ v[0];
        v[0] = rotate(v[0], 32);
        v[2] += v[3];
        v[3] = rotate(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = rotate(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = rotate(v[1], 17) ^ v[2];
        v[2] = rotate(v[2], 32);
    }
}

static inline void take(uint64_t v[4], uint64_t word) {
    v[3] ^= word;
    rounds(v, 2);
    v[0] ^= word;
}

void mtmi_siphash(const mtmi_sip_key *key, const void *bytes, size_t size, uint64_t out[2]) {
    const unsigned char *at = bytes;
    uint64_t v[4] = {key->word[0] ^ 0x736f6d6570736575u, key->word[1] ^ 0x646f72616e646f6du ^ 0xee,
                     key->word[0] ^ 0x6c7967656e657261u, key->word[1] ^ 0x7465646279746573u};
    size_t left = size;
    for (; left >= 8; left -= 8, at += 8) {
        take(v, word_at(at, 8));
    }
    take(v, (uint64_t)size << 56 | (left > 0 ? word_at(at, left) : 0));
    v[2] ^= 0xee;
    rounds(v, 4);
    out[0] = v[0] ^ v[1] ^ v[2] ^ v[3];
    v[1] ^= 0xdd;
    rounds(v, 4);
    out[1] = v[0] ^ v[1] ^ v[2] ^ v[3];
}
