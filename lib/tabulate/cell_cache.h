/* What the cells of one column were found to mean, by their raw bytes, quotes and all: a cell is unquoted, normalised
 * and matched once a spelling, not once a row. The cache may forget, never mistake; it is limited in size, so that no
 * input can make it grow or slow.
 *
 * Cells are text without NUL (others are never looked up), so that a short one is told by its bytes filled with
 * zeros. */
#ifndef MTMI_TABULATE_CELL_CACHE_H
#define MTMI_TABULATE_CELL_CACHE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MTMI_CELLS_MISS UINT32_MAX
#define MTMI_CELLS_PROBES 8u
#define MTMI_CELLS_SHORT 8u
#define MTMI_CELLS_MIDDLE 32u   /* longer cells are compared byte by byte */
#define MTMI_CELLS_LONGEST 256u /* longer cells are not remembered */
#define MTMI_CELLS_FREE UINT32_MAX
#define MTMI_CELLS_SPREAD 0x9E3779B97F4A7C15u

/* Two short cells side by side. A free place holds bytes that are no text. */
typedef struct mtmi_short_cells {
    uint64_t heads[2];
    uint32_t values[2];
    uint32_t reserved[2];
} mtmi_short_cells;

typedef struct mtmi_seen_cell {
    uint64_t words[4]; /* first eight bytes, last eight, and those next to them: all of a middling cell */
    uint32_t length;   /* MTMI_CELLS_FREE for a free slot */
    uint32_t value;
    uint32_t bytes; /* of longer cells: where the whole stands */
    uint32_t reserved;
} mtmi_seen_cell;

typedef struct mtmi_cell_cache {
    mtmi_short_cells *shorts;
    mtmi_seen_cell *slots; /* n_slots, and PROBES more so that a probe need not wrap */
    unsigned char *bytes;
    size_t n_bytes, bytes_capacity;
    uint32_t n_shorts, n, n_slots;
    uint64_t short_mask; /* of the offsets of pairs in shorts, in bytes */
    unsigned shift;
} mtmi_cell_cache;

int mtmi_cell_cache_start(mtmi_cell_cache *cells); /* 0 when there is no memory */
void mtmi_cell_cache_forget(mtmi_cell_cache *cells);
/* Remembers; does nothing for long cells or without memory. */
void mtmi_cell_cache_add(mtmi_cell_cache *cells, const unsigned char *cell, uint32_t length, uint32_t value);
void mtmi_cell_cache_free(mtmi_cell_cache *cells);

static inline uint64_t mtmi_cell_cache_load(const unsigned char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

/* Which bytes of a word the first n of a cell fill, in the order of this machine. */
extern const uint64_t mtmi_cell_cache_masks[MTMI_CELLS_SHORT + 1];

static inline uint64_t mtmi_cell_cache_hash(uint64_t head, uint64_t tail, uint32_t length) {
    return (head ^ (tail << 23 | tail >> 41) ^ length) * MTMI_CELLS_SPREAD;
}

/* The four words of a cell longer than 8. */
static inline void mtmi_cell_cache_words(const unsigned char *cell, uint32_t length, uint64_t words[4]) {
    words[0] = mtmi_cell_cache_load(cell);
    words[1] = mtmi_cell_cache_load(cell + (length < 16 ? length - 8 : 8));
    words[2] = mtmi_cell_cache_load(cell + (length < 16 ? 0 : length - 16));
    words[3] = mtmi_cell_cache_load(cell + length - 8);
}

/* The number remembered for a cell, or MTMI_CELLS_MISS. Eight bytes after the cell's first must be readable. */
uint32_t mtmi_cell_cache_find(const mtmi_cell_cache *cells, const unsigned char *cell, uint32_t length);

/* The pair in which a short cell is. */
static inline const mtmi_short_cells *mtmi_cell_cache_pair(const mtmi_short_cells *shorts, uint64_t mask,
                                                           uint64_t head) {
    return (const mtmi_short_cells *)(const void *)((const char *)shorts + (head * MTMI_CELLS_SPREAD >> 47 & mask));
}

/* The same for a cell of at most eight bytes where it is the first of its pair; MTMI_CELLS_MISS may also mean that
 * mtmi_cell_cache_find() must be asked. */
static inline uint32_t mtmi_cell_cache_glance(const mtmi_short_cells *shorts, uint64_t mask, const unsigned char *cell,
                                              uint32_t length) {
    uint64_t head = mtmi_cell_cache_load(cell) & mtmi_cell_cache_masks[length];
    const mtmi_short_cells *at = mtmi_cell_cache_pair(shorts, mask, head);
    return at->heads[0] == head ? at->values[0] : MTMI_CELLS_MISS;
}

/* The same for one of nine to 32 where the first probe finds it; MTMI_CELLS_MISS may also mean that mtmi_cell_cache_find() must
 * be asked. */
static inline uint32_t mtmi_cell_cache_look(const mtmi_seen_cell *slots, unsigned shift, const unsigned char *cell,
                                            uint32_t length) {
    uint64_t words[4];
    const mtmi_seen_cell *slot;
    mtmi_cell_cache_words(cell, length, words);
    slot = &slots[mtmi_cell_cache_hash(words[0], words[3], length) >> shift];
    if (slot->words[0] != words[0] || slot->words[3] != words[3] || slot->words[1] != words[1] ||
        slot->words[2] != words[2] || slot->length != length) {
        return MTMI_CELLS_MISS;
    }
    return slot->value;
}

#endif
