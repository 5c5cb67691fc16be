/* The scanner with NEON, 16 bytes at a time, which every 64-bit ARM processor has. */
#include "tabulate/scan/scan.h"
#include "tabulate/scan/scan_masks.h"

#if defined(__ARM_NEON) && defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

#include <arm_neon.h>

/* 64 comparison bytes (00 or FF) to 64 bits: weigh each by its place in eight, then add neighbours three times. */
static inline uint64_t bits(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
    static const uint8_t places[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t place = vld1q_u8(places);
    uint8x16_t low = vpaddq_u8(vandq_u8(a, place), vandq_u8(b, place));
    uint8x16_t high = vpaddq_u8(vandq_u8(c, place), vandq_u8(d, place));
    low = vpaddq_u8(low, high);
    low = vpaddq_u8(low, low);
    return vgetq_lane_u64(vreinterpretq_u64_u8(low), 0);
}

static inline uint64_t equal(const uint8x16_t v[4], unsigned char byte) {
    const uint8x16_t all = vdupq_n_u8(byte);
    return bits(vceqq_u8(v[0], all), vceqq_u8(v[1], all), vceqq_u8(v[2], all), vceqq_u8(v[3], all));
}

static inline uint64_t from(const uint8x16_t v[4], unsigned char first) {
    const uint8x16_t all = vdupq_n_u8(first);
    return bits(vcgeq_u8(v[0], all), vcgeq_u8(v[1], all), vcgeq_u8(v[2], all), vcgeq_u8(v[3], all));
}

static inline void load(const unsigned char *at, uint8x16_t v[4]) {
    int i;
    for (i = 0; i < 4; i++) {
        v[i] = vld1q_u8(at + 16 * i);
    }
}

static inline void classify(const unsigned char *at, unsigned char delimiter, unsigned char quote, struct masks *m) {
    uint8x16_t v[4];
    load(at, v);
    m->delimiter = equal(v, delimiter);
    m->line = equal(v, '\n');
    m->quote = equal(v, quote);
    m->special = equal(v, '\r') | equal(v, 0);
    m->high = vmaxvq_u8(vorrq_u8(vorrq_u8(v[0], v[1]), vorrq_u8(v[2], v[3]))) >= 0x80;
}

static inline void classify_text(const unsigned char *at, struct text_masks *m) {
    uint8x16_t v[4];
    load(at, v);
    m->high = from(v, 0x80);
    m->continuation = m->high & ~from(v, 0xC0);
    m->long_lead = from(v, 0xE0);
    m->never = from(v, 0xF5) | equal(v, 0xC0) | equal(v, 0xC1);
}

#include "tabulate/scan/scan_body.h"

mtmi_scan_function mtmi_scan_neon(void) {
    return scan_run;
}

#else

mtmi_scan_function mtmi_scan_neon(void) {
    return 0;
}

#endif
