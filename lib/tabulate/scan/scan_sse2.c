/* The scanner with SSE2, 16 bytes at a time, which every x86-64 processor has. */
#include "tabulate/scan/scan.h"
#include "tabulate/scan/scan_masks.h"

#if defined(__SSE2__)

#include <emmintrin.h>

typedef struct quad {
    __m128i part[4];
} quad;

static inline quad load(const unsigned char *at) {
    quad q;
    int i;
    for (i = 0; i < 4; i++) {
        q.part[i] = _mm_loadu_si128((const __m128i *)(const void *)(at + 16 * i));
    }
    return q;
}

static inline uint64_t bits(__m128i a, __m128i b, __m128i c, __m128i d) {
    return (uint64_t)(uint32_t)_mm_movemask_epi8(a) | ((uint64_t)(uint32_t)_mm_movemask_epi8(b) << 16) |
           ((uint64_t)(uint32_t)_mm_movemask_epi8(c) << 32) | ((uint64_t)(uint32_t)_mm_movemask_epi8(d) << 48);
}

static inline uint64_t equal(const quad *q, unsigned char byte) {
    __m128i all = _mm_set1_epi8((char)byte);
    return bits(_mm_cmpeq_epi8(q->part[0], all), _mm_cmpeq_epi8(q->part[1], all), _mm_cmpeq_epi8(q->part[2], all),
                _mm_cmpeq_epi8(q->part[3], all));
}

static inline void classify(const unsigned char *at, unsigned char delimiter, unsigned char quote, struct masks *m) {
    const quad q = load(at);
    const __m128i cr = _mm_set1_epi8('\r'), nul = _mm_setzero_si128();
    __m128i special[4], any;
    int i;
    for (i = 0; i < 4; i++) {
        special[i] = _mm_or_si128(_mm_cmpeq_epi8(q.part[i], cr), _mm_cmpeq_epi8(q.part[i], nul));
    }
    any = _mm_or_si128(_mm_or_si128(special[0], special[1]), _mm_or_si128(special[2], special[3]));
    m->special = _mm_movemask_epi8(any) ? bits(special[0], special[1], special[2], special[3]) : 0;
    m->delimiter = equal(&q, delimiter);
    m->line = equal(&q, '\n');
    m->quote = equal(&q, quote);
    any = _mm_or_si128(_mm_or_si128(q.part[0], q.part[1]), _mm_or_si128(q.part[2], q.part[3]));
    m->high = (uint64_t)(uint32_t)_mm_movemask_epi8(any);
}

/* Compared as signed bytes: 80..BF are below -64, E0..FF are above -33 and below 0. */
static inline void classify_text(const unsigned char *at, struct text_masks *m) {
    const quad q = load(at);
    __m128i continuation[4], lead[4], never[4], zero = _mm_setzero_si128();
    int i;
    for (i = 0; i < 4; i++) {
        __m128i v = q.part[i], negative = _mm_cmplt_epi8(v, zero);
        continuation[i] = _mm_cmplt_epi8(v, _mm_set1_epi8(-64));
        lead[i] = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8(-33)), negative);
        never[i] = _mm_or_si128(_mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8(-12)), negative),
                                _mm_cmpeq_epi8(_mm_and_si128(v, _mm_set1_epi8((char)0xFE)), _mm_set1_epi8((char)0xC0)));
    }
    m->high = bits(q.part[0], q.part[1], q.part[2], q.part[3]);
    m->continuation = bits(continuation[0], continuation[1], continuation[2], continuation[3]);
    m->long_lead = bits(lead[0], lead[1], lead[2], lead[3]);
    m->never = bits(never[0], never[1], never[2], never[3]);
}

#include "tabulate/scan/scan_body.h"

mtmi_scan_function mtmi_scan_sse2(void) {
    return scan_run;
}

#else

mtmi_scan_function mtmi_scan_sse2(void) {
    return 0;
}

#endif
