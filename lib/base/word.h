/* Loads eight bytes as one number, the first byte lowest on every machine. */
#ifndef MTMI_BASE_WORD_H
#define MTMI_BASE_WORD_H

#include <stdint.h>
#include <string.h>

static inline uint64_t mtmi_word_load(const unsigned char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

#endif
