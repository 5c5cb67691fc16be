/* Digests of pieces of files and of table keys by folded 128-bit multiplication, as in W. Yi's wyhash; the same on
 * machines of either byte order. */
#include "base/digest.h"

#include "base/word.h"

#include <string.h>

__extension__ typedef unsigned __int128 wide;

/* Odd constants: the fractional parts of the square roots of 2, 3, 5, 7, 11, 13. */
#define ROOT2 0x6A09E667F3BCC909u
#define ROOT3 0xBB67AE8584CAA73Bu
#define ROOT5 0x3C6EF372FE94F82Bu
#define ROOT7 0xA54FF53A5F1D36F1u
#define ROOT11 0x510E527FADE682D1u
#define ROOT13 0x9B05688C2B3E6C1Fu

/* The two halves of the product, folded: every bit of a and b reaches many bits. */
static inline uint64_t mix(uint64_t a, uint64_t b) {
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

void mtmi_digest_start(mtmi_digest_lanes *lanes) {
    lanes->lane[0] = ROOT2;
    lanes->lane[1] = ROOT3;
    lanes->lane[2] = ROOT5;
    lanes->lane[3] = ROOT7;
}

void mtmi_digest_add(mtmi_digest_lanes *lanes, const unsigned char *bytes, size_t size) {
    uint64_t a = lanes->lane[0], b = lanes->lane[1], c = lanes->lane[2], d = lanes->lane[3];
    size_t i;
    for (i = 0; i + 64 <= size; i += 64) {
        a = mix(mtmi_word_load(bytes + i) ^ a, mtmi_word_load(bytes + i + 8) ^ ROOT11);
        b = mix(mtmi_word_load(bytes + i + 16) ^ b, mtmi_word_load(bytes + i + 24) ^ ROOT13);
        c = mix(mtmi_word_load(bytes + i + 32) ^ c, mtmi_word_load(bytes + i + 40) ^ ROOT2);
        d = mix(mtmi_word_load(bytes + i + 48) ^ d, mtmi_word_load(bytes + i + 56) ^ ROOT3);
    }
    lanes->lane[0] = a;
    lanes->lane[1] = b;
    lanes->lane[2] = c;
    lanes->lane[3] = d;
}

uint64_t mtmi_digest_finish(const mtmi_digest_lanes *lanes, const unsigned char *tail, size_t tail_size,
                            size_t total_size) {
    mtmi_digest_lanes last = *lanes;
    unsigned char block[64] = {0};
    if (tail_size > 0) {
        memcpy(block, tail, tail_size < sizeof block ? tail_size : sizeof block);
        mtmi_digest_add(&last, block, sizeof block);
    }
    return mix(mix(last.lane[0] ^ ROOT5, last.lane[1] ^ ROOT7) ^ (uint64_t)total_size,
               mix(last.lane[2] ^ ROOT11, last.lane[3] ^ ROOT13) ^ ROOT2);
}

uint64_t mtmi_digest_piece(const unsigned char *bytes, size_t size) {
    mtmi_digest_lanes lanes;
    size_t whole = size / 64 * 64;
    mtmi_digest_start(&lanes);
    mtmi_digest_add(&lanes, bytes, whole);
    return mtmi_digest_finish(&lanes, bytes + whole, size - whole, size);
}

uint64_t mtmi_digest_key(const void *key, size_t size) {
    const unsigned char *bytes = key;
    uint64_t hash = ROOT2 ^ (uint64_t)size, last = 0;
    unsigned char word[8] = {0};
    while (size > 8) {
        hash = mix(hash ^ mtmi_word_load(bytes), ROOT3);
        bytes += 8;
        size -= 8;
    }
    if (size > 0) {
        memcpy(word, bytes, size);
    }
    last = mtmi_word_load(word);
    return mix(hash ^ last, ROOT5 ^ hash);
}

static void put_number(unsigned char out[8], uint64_t number) {
    int i;
    for (i = 0; i < 8; i++) {
        out[i] = (unsigned char)(number >> (8 * i));
    }
}

void mtmi_digest_file_start(mtmi_digest_file *file) {
    mtmi_sha256_start(&file->hash);
    file->size = 0;
}

void mtmi_digest_file_add(mtmi_digest_file *file, uint64_t piece, size_t piece_size) {
    unsigned char bytes[8];
    put_number(bytes, piece);
    mtmi_sha256_add(&file->hash, bytes, sizeof bytes);
    file->size += piece_size;
}

void mtmi_digest_file_finish(mtmi_digest_file *file, unsigned char out[MTMI_DIGEST_SIZE]) {
    unsigned char bytes[8];
    put_number(bytes, file->size);
    mtmi_sha256_add(&file->hash, bytes, sizeof bytes);
    mtmi_sha256_finish(&file->hash, out);
}
