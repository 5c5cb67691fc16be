/* What the cells of one column were found to mean, by their raw bytes, quotes and all: a cell is unquoted, normalised and
 * matched once a spelling, not once a row. What comes in: bytes of cells. What goes out: the number remembered for them.
 * A cache: it may forget, never mistake. Fixed in size, so that no input can make it grow or slow. */
#ifndef MTMI_TABULATE_CELLS_H
#define MTMI_TABULATE_CELLS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MTMI_CELLS_MISS UINT32_MAX
#define MTMI_CELLS_PROBES 8u
#define MTMI_CELLS_LONGEST 256u   /* longer cells are not remembered */
#define MTMI_CELLS_FREE UINT32_MAX

typedef struct mtmi_cell {
    uint64_t head, tail;          /* first and last eight bytes; shorter cells have only a head, filled with zeros */
    uint32_t length;              /* MTMI_CELLS_FREE for a free slot */
    uint32_t value;
    uint32_t bytes;               /* of cells longer than 16: where the whole stands */
    uint32_t reserved;
} mtmi_cell;

typedef struct mtmi_cells {
    mtmi_cell *slots;             /* n_slots, and PROBES more so that a probe need not wrap */
    unsigned char *bytes;
    size_t n_bytes, bytes_capacity;
    uint32_t n, n_slots;
    unsigned shift;
} mtmi_cells;

int mtmi_cells_start(mtmi_cells *cells);  /* 0 when there is no memory */
void mtmi_cells_forget(mtmi_cells *cells);
/* Remembers; does nothing for long cells or without memory. */
void mtmi_cells_add(mtmi_cells *cells, const unsigned char *cell, uint32_t length, uint32_t value);
void mtmi_cells_free(mtmi_cells *cells);

static inline uint64_t mtmi_cells_load(const unsigned char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

/* Which bytes of a word the first n of a cell fill, in the order of this machine. */
extern const uint64_t mtmi_cells_masks[8];

static inline uint64_t mtmi_cells_hash(uint64_t head, uint64_t tail, uint32_t length) {
    return (head ^ (tail << 23 | tail >> 41) ^ length) * 0x9E3779B97F4A7C15u;
}

/* The number remembered for a cell, or MTMI_CELLS_MISS. Eight bytes after the cell's first must be readable. */
uint32_t mtmi_cells_find(const mtmi_cells *cells, const unsigned char *cell, uint32_t length);

/* The same where the first probe finds it; MTMI_CELLS_MISS may also mean that mtmi_cells_find() must be asked. */
static inline uint32_t mtmi_cells_glance(const mtmi_cell *slots, unsigned shift, const unsigned char *cell,
                                         uint32_t length) {
    uint64_t head = mtmi_cells_load(cell), tail;
    const mtmi_cell *slot;
    if (length < 8) {
        head &= mtmi_cells_masks[length];
        slot = &slots[mtmi_cells_hash(head, 0, length) >> shift];
        return slot->head == head && slot->length == length ? slot->value : MTMI_CELLS_MISS;
    }
    tail = mtmi_cells_load(cell + length - 8);
    slot = &slots[mtmi_cells_hash(head, tail, length) >> shift];
    return slot->head == head && slot->tail == tail && slot->length == length && length <= 16 ? slot->value
                                                                                               : MTMI_CELLS_MISS;
}

#endif
