/* The scanner with AVX-512 F and BW, 64 bytes at a time; called only where the processor has them. */
#include "tabulate/scan/scan.h"
#include "tabulate/scan/scan_masks.h"

#if defined(MTMI_SCAN_EMULATED) /* a test compiles this file so, for processors without these instructions */
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>
#elif defined(__AVX512BW__)
#include <immintrin.h>
#endif

#if defined(MTMI_SCAN_EMULATED) || defined(__AVX512BW__)

static inline uint64_t equal(__m512i v, unsigned char byte) {
    return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)byte));
}

static inline void classify(const unsigned char *at, unsigned char delimiter, unsigned char quote, struct masks *m) {
    const __m512i v = _mm512_loadu_si512((const void *)at);
    m->delimiter = equal(v, delimiter);
    m->line = equal(v, '\n');
    m->quote = equal(v, quote);
    m->special = equal(v, '\r') | equal(v, 0);
    m->high = _mm512_movepi8_mask(v);
}

static inline uint64_t from(__m512i v, unsigned char first) {
    return _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)first));
}

static inline void classify_text(const unsigned char *at, struct text_masks *m) {
    const __m512i v = _mm512_loadu_si512((const void *)at);
    m->high = _mm512_movepi8_mask(v);
    m->continuation = m->high & ~from(v, 0xC0);
    m->long_lead = from(v, 0xE0);
    m->never = from(v, 0xF5) | equal(v, 0xC0) | equal(v, 0xC1);
}

/* Sixteen at a time: the numbers of the bytes that are ends, pushed together. */
#define MTMI_SCAN_STORES
static inline void store_ends(uint32_t *out, uint64_t mask, unsigned count, uint32_t offset) {
    const __m512i numbers = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    unsigned i;
    (void)count;
    for (i = 0; i < 4; i++) {
        const uint16_t part = (uint16_t)(mask >> (16 * i));
        const __m512i places = _mm512_add_epi32(numbers, _mm512_set1_epi32((int)(offset + 16 * i)));
        _mm512_storeu_si512((void *)out, _mm512_maskz_compress_epi32(part, places));
        out += __builtin_popcount(part);
    }
}

#include "tabulate/scan/scan_body.h"

mtmi_scan_function mtmi_scan_avx512(void) {
    return scan_run;
}

#else

mtmi_scan_function mtmi_scan_avx512(void) {
    return 0;
}

#endif
