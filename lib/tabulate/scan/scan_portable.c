/* The scanner in 64-bit words, eight bytes at a time, for any processor; the others are tested against it. */
#include "tabulate/scan/scan.h"
#include "tabulate/scan/scan_masks.h"

#include "base/word.h"

#define EVERY(byte) ((uint64_t)(byte)*0x0101010101010101u)
#define TOPS EVERY(0x80)

/* 80 in every byte of word that equals the byte the pattern repeats, 00 elsewhere: exact, no borrow between bytes. */
static inline uint64_t equal(uint64_t word, uint64_t pattern) {
    uint64_t x = word ^ pattern;
    return ~(((x & ~TOPS) + ~TOPS) | x) & TOPS;
}

/* The top bits of eight bytes, gathered into eight bits. */
static inline uint64_t gather(uint64_t tops) {
    return ((tops >> 7) * 0x0102040810204080u) >> 56;
}

static inline void classify(const unsigned char *at, unsigned char delimiter, unsigned char quote, struct masks *m) {
    uint64_t any_quote = 0, any_special = 0, any_high = 0, words[8];
    const uint64_t delimiters = EVERY(delimiter), quotes = EVERY(quote);
    unsigned i;
    m->delimiter = m->line = m->quote = m->special = 0;
    for (i = 0; i < 8; i++) {
        uint64_t word = mtmi_word_load(at + 8 * i), lines;
        words[i] = word;
        lines = equal(word, EVERY('\n'));
        m->delimiter |= gather(equal(word, delimiters)) << (8 * i);
        if (lines) {
            m->line |= gather(lines) << (8 * i);
        }
        any_quote |= equal(word, quotes);
        any_special |= equal(word, 0) | equal(word, EVERY('\r'));
        any_high |= word;
    }
    m->high = any_high & TOPS;
    if (any_quote) {
        for (i = 0; i < 8; i++) {
            m->quote |= gather(equal(words[i], quotes)) << (8 * i);
        }
    }
    if (any_special) {
        for (i = 0; i < 8; i++) {
            m->special |= gather(equal(words[i], 0) | equal(words[i], EVERY('\r'))) << (8 * i);
        }
    }
}

static inline void classify_text(const unsigned char *at, struct text_masks *m) {
    unsigned i;
    m->high = m->continuation = m->long_lead = m->never = 0;
    for (i = 0; i < 8; i++) {
        uint64_t word = mtmi_word_load(at + 8 * i), tops = word & TOPS, second = (word << 1) & TOPS,
                 third = (word << 2) & TOPS;
        uint64_t lead3 = tops & second & third, low = equal(word & EVERY(0xFE), EVERY(0xC0));
        m->high |= gather(tops) << (8 * i);
        m->continuation |= gather(tops & ~second) << (8 * i);
        if (lead3) {
            uint64_t high5 = lead3 & ((word << 3) & TOPS); /* F0..FF */
            m->long_lead |= gather(lead3) << (8 * i);
            if (high5) {
                uint64_t f4 = equal(word & EVERY(0xFC), EVERY(0xF0)) | equal(word, EVERY(0xF4));
                low |= high5 & ~f4;
            }
        }
        if (low) {
            m->never |= gather(low) << (8 * i);
        }
    }
}

#include "tabulate/scan/scan_body.h"

mtmi_scan_function mtmi_scan_portable(void) {
    return scan_run;
}
