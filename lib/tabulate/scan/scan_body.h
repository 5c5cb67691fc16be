/* The scanner around a classifier: included by each scan_*.c after it has defined
 *     static void classify(const unsigned char *at, unsigned char delimiter, unsigned char quote, struct masks *m)
 *     static void classify_text(const unsigned char *at, struct text_masks *m)
 * Bit i of a mask speaks of byte i. */

#if defined(__GNUC__)
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#else
#define LIKELY(x) (x)
#define UNLIKELY(x) (x)
#endif

static inline unsigned trailing(uint64_t mask) {
    return (unsigned)__builtin_ctzll(mask);
}

/* The same where the mask may be empty: any number will do then. */
static inline unsigned trailing_or_any(uint64_t mask) {
#if defined(__BMI__)
    return (unsigned)_tzcnt_u64(mask);
#else
    return trailing(mask | (uint64_t)1 << 63);
#endif
}
static inline unsigned ones(uint64_t mask) {
    return (unsigned)__builtin_popcountll(mask);
}

/* Bit i becomes the parity of bits 0..i. */
static inline uint64_t parity(uint64_t mask) {
    mask ^= mask << 1;
    mask ^= mask << 2;
    mask ^= mask << 4;
    mask ^= mask << 8;
    mask ^= mask << 16;
    mask ^= mask << 32;
    return mask;
}

static void note_odd(mtmi_scan *scan, uint64_t odd, uint32_t at) {
    if (odd && at + trailing(odd) < scan->odd) {
        scan->odd = at + trailing(odd);
    }
}

/* NUL is never plain; CR only directly before a line feed. */
static void check_specials(mtmi_scan *scan, const unsigned char *at, uint32_t offset, const struct masks *m) {
    uint64_t returns = 0, rest = m->special, good;
    while (rest) {
        unsigned bit = trailing(rest);
        rest &= rest - 1;
        if (at[bit] == '\r') {
            returns |= (uint64_t)1 << bit;
        }
    }
    good = (m->line >> 1) | ((uint64_t)(at[64] == '\n') << 63);
    note_odd(scan, m->special & ~(returns & good), offset);
    if (returns & good) {
        scan->carriage = 1;
    }
}

/* One sequence that starts at a byte from E0 on: well formed? Its continuation bytes were checked by position. */
static int long_sequence(const unsigned char *p) {
    if (p[0] == 0xE0) {
        return p[1] >= 0xA0;
    }
    if (p[0] == 0xED) {
        return p[1] <= 0x9F;
    }
    if (p[0] == 0xF0) {
        return p[1] >= 0x90;
    }
    if (p[0] == 0xF4) {
        return p[1] <= 0x8F;
    }
    return p[0] < 0xF4;
}

/* UTF-8, 64 bytes at a time: continuation bytes stand exactly where the leading bytes before them ask, those of the chunk
 * before among them. */
static void check_text(mtmi_scan *scan, const unsigned char *at, uint32_t offset, uint64_t keep) {
    struct text_masks m;
    uint64_t two, three, four = 0, bad, rest;
    classify_text(at, &m);
    m.continuation &= keep;
    m.high &= keep;
    m.long_lead &= keep;
    two = m.high & ~m.continuation;
    three = m.long_lead;
    bad = m.never & keep;
    for (rest = m.long_lead; rest; rest &= rest - 1) {
        unsigned bit = trailing(rest);
        if (at[bit] >= 0xF0) {
            four |= (uint64_t)1 << bit;
        }
        if (!long_sequence(at + bit)) {
            bad |= (uint64_t)1 << bit;
        }
    }
    bad |= ((two << 1) | (three << 2) | (four << 3) | scan->owed) ^ m.continuation;
    scan->owed = (two >> 63) | (three >> 62) | (four >> 61);
    note_odd(scan, bad, offset);
}

/* A sequence cut by the end of its chunk, when the next chunk has nothing high and so is not looked at. */
static void check_cut(mtmi_scan *scan, uint32_t offset) {
    note_odd(scan, scan->owed, offset);
    scan->owed = 0;
}

/* Quotes are plain where a cell begins with one, ends with one, and has only doubled ones inside. Takes the
 * delimiters and line feeds inside quotes out of the masks. */
static void follow_quotes(mtmi_scan *scan, const unsigned char *at, uint32_t offset, struct masks *m) {
    const int first = offset <= scan->start;
    uint64_t in = parity(m->quote) ^ scan->inside;
    uint64_t opening = m->quote & in, closing = m->quote & ~in;
    uint64_t edge = m->delimiter | m->line | m->quote;
    uint64_t before = edge << 1, after = edge >> 1, returns = 0, rest;
    unsigned char next = at[64];
    if (first) {
        before |= (uint64_t)1 << (scan->start - offset);
    } else if (at[-1] == scan->delimiter || at[-1] == '\n' || at[-1] == scan->quote) {
        before |= 1;
    }
    if (next == scan->delimiter || next == '\n' || next == '\r' || next == scan->quote || next == 0) {
        after |= (uint64_t)1 << 63;
    }
    for (rest = m->special; rest; rest &= rest - 1) {
        if (at[trailing(rest)] == '\r') {
            returns |= rest & (0 - rest);
        }
    }
    after |= returns >> 1;
    note_odd(scan, (opening & ~before) | (closing & ~after), offset);
    scan->quoted_lines += ones(m->line & in);
    m->delimiter &= ~in;
    m->line &= ~in;
    scan->inside = 0 - (in >> 63);
}

#ifndef MTMI_SCAN_STORES
/* Twelve, and then four by four: how many there are is hard to foretell, so that storing too many is faster than asking.
 * What is stored beyond count is overwritten by the next call. */
static inline void store_four(uint32_t *out, uint64_t *mask, uint32_t offset) {
    uint64_t rest = *mask;
    out[0] = offset + trailing_or_any(rest);
    rest &= rest - 1;
    out[1] = offset + trailing_or_any(rest);
    rest &= rest - 1;
    out[2] = offset + trailing_or_any(rest);
    rest &= rest - 1;
    out[3] = offset + trailing_or_any(rest);
    *mask = rest & (rest - 1);
}

static inline void store_ends(uint32_t *out, uint64_t mask, unsigned count, uint32_t offset) {
    unsigned i;
    store_four(out, &mask, offset);
    store_four(out + 4, &mask, offset);
    store_four(out + 8, &mask, offset);
    for (i = 12; UNLIKELY(i < count); i += 4) {
        store_four(out + i, &mask, offset);
    }
}
#endif

/* The rows that end in a chunk: one is stored in every case. */
static inline uint32_t store_rows(uint32_t *out, uint64_t lines, uint64_t edges, uint32_t n_ends) {
    const uint32_t count = ones(lines);
    uint32_t i;
    out[0] = n_ends + ones(edges & ((lines & (0 - lines)) - 1));
    for (i = 1; i < count; i++) {
        lines &= lines - 1;
        out[i] = n_ends + ones(edges & ((lines & (0 - lines)) - 1));
    }
    return count;
}

static void scan_run(mtmi_scan *scan, const unsigned char *bytes, uint32_t from, uint32_t to) {
    uint32_t offset, n_ends = scan->n_ends, n_rows = 0;
    const unsigned char delimiter = scan->delimiter, quote = scan->quote;
    const int has_quote = scan->has_quote, is_text = !scan->single_byte;
    uint32_t *const ends = scan->ends, *const rows = scan->rows;
    scan->odd = MTMI_SCAN_NONE;
    scan->quoted_lines = 0;
    for (offset = from; offset < to; offset += MTMI_SCAN_CHUNK) {
        const unsigned char *at = bytes + offset;
        struct masks m;
        uint64_t edges, keep = ~(uint64_t)0;
        unsigned count;
        classify(at, delimiter, quote, &m);
        if (UNLIKELY(offset < scan->start)) {
            keep <<= scan->start - offset;
            m.delimiter &= keep;
            m.line &= keep;
            m.quote &= keep;
            m.special &= keep;
        }
        if (UNLIKELY(m.special)) {
            check_specials(scan, at, offset, &m);
        }
        if (m.high && is_text) {
            check_text(scan, at, offset, keep);
        } else if (UNLIKELY(scan->owed)) {
            check_cut(scan, offset);
        }
        if (has_quote && (m.quote | scan->inside)) {
            follow_quotes(scan, at, offset, &m);
        }
        edges = m.delimiter | m.line;
        count = ones(edges);
        store_ends(ends + n_ends, edges, count, offset);
        n_rows += store_rows(rows + n_rows, m.line, edges, n_ends);
        n_ends += count;
    }
    scan->n_ends = n_ends;
    scan->n_rows = n_rows;
}
