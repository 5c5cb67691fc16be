/* The scanner with AVX2, 32 bytes at a time; called only where the processor has it. */
#include "tabulate/scan/scan.h"
#include "tabulate/scan/scan_masks.h"

#if defined(__AVX2__)

#include <immintrin.h>

static inline uint64_t bits(__m256i a, __m256i b) {
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(a) | ((uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32);
}

static inline uint64_t equal(__m256i a, __m256i b, unsigned char byte) {
    __m256i all = _mm256_set1_epi8((char)byte);
    return bits(_mm256_cmpeq_epi8(a, all), _mm256_cmpeq_epi8(b, all));
}

static inline __m256i load(const unsigned char *at) {
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

static inline void classify(const unsigned char *at, unsigned char delimiter, unsigned char quote, struct masks *m) {
    const __m256i a = load(at), b = load(at + 32), cr = _mm256_set1_epi8('\r'), nul = _mm256_setzero_si256();
    const __m256i quotes = _mm256_set1_epi8((char)quote);
    __m256i qa = _mm256_cmpeq_epi8(a, quotes), qb = _mm256_cmpeq_epi8(b, quotes);
    __m256i sa = _mm256_or_si256(_mm256_cmpeq_epi8(a, cr), _mm256_cmpeq_epi8(a, nul));
    __m256i sb = _mm256_or_si256(_mm256_cmpeq_epi8(b, cr), _mm256_cmpeq_epi8(b, nul));
    __m256i any = _mm256_or_si256(_mm256_or_si256(qa, qb), _mm256_or_si256(sa, sb));
    m->delimiter = equal(a, b, delimiter);
    m->line = equal(a, b, '\n');
    m->high = (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_or_si256(a, b));
    m->quote = m->special = 0;
    if (_mm256_testz_si256(any, any)) {
        return;
    }
    m->quote = bits(qa, qb);
    m->special = bits(sa, sb);
}

/* Compared as signed bytes: 80..BF are below -64, E0..FF are above -33 and below 0. */
static inline void text_half(__m256i v, __m256i out[3]) {
    __m256i negative = _mm256_cmpgt_epi8(_mm256_setzero_si256(), v);
    out[0] = _mm256_cmpgt_epi8(_mm256_set1_epi8(-64), v);
    out[1] = _mm256_and_si256(_mm256_cmpgt_epi8(v, _mm256_set1_epi8(-33)), negative);
    out[2] = _mm256_or_si256(
        _mm256_and_si256(_mm256_cmpgt_epi8(v, _mm256_set1_epi8(-12)), negative),
        _mm256_cmpeq_epi8(_mm256_and_si256(v, _mm256_set1_epi8((char)0xFE)), _mm256_set1_epi8((char)0xC0)));
}

static inline void classify_text(const unsigned char *at, struct text_masks *m) {
    const __m256i a = load(at), b = load(at + 32);
    __m256i first[3], second[3];
    text_half(a, first);
    text_half(b, second);
    m->high = bits(a, b);
    m->continuation = bits(first[0], second[0]);
    m->long_lead = bits(first[1], second[1]);
    m->never = bits(first[2], second[2]);
}

#include "tabulate/scan/scan_body.h"

mtmi_scan_function mtmi_scan_avx2(void) {
    return scan_run;
}

#else

mtmi_scan_function mtmi_scan_avx2(void) {
    return 0;
}

#endif
