/* The cache of cells: fills, grows and forgets. */
#include "tabulate/cell_cache.h"

#include "base/memory.h"

#define FIRST_BITS 6u
#define MOST_BITS 14u
#define FIRST_SHORT_BITS 8u
#define MOST_SHORT_BITS 12u /* 17 bits of the product less 5 of the size of a pair */
#define MOST_BYTES ((size_t)1 << 20)
#define NO_TEXT UINT64_MAX

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define MASK(n) (~(uint64_t)0 << (64 - 8 * (n)))
#else
#define MASK(n) (((uint64_t)1 << (8 * (n))) - 1)
#endif
const uint64_t mtmi_cell_cache_masks[MTMI_CELLS_SHORT + 1] = {0,       MASK(1), MASK(2), MASK(3),     MASK(4),
                                                              MASK(5), MASK(6), MASK(7), ~(uint64_t)0};

static size_t n_pairs(const mtmi_cell_cache *cells) {
    return (size_t)cells->short_mask / sizeof cells->shorts[0] + 1;
}

static uint64_t mask_of(unsigned bits) {
    return (((uint64_t)1 << bits) - 1) * sizeof(mtmi_short_cells);
}

static void clear_shorts(mtmi_cell_cache *cells) {
    size_t i, n = n_pairs(cells);
    for (i = 0; i < n; i++) {
        cells->shorts[i].heads[0] = cells->shorts[i].heads[1] = NO_TEXT;
    }
    cells->n_shorts = 0;
}

static void clear(mtmi_cell_cache *cells) {
    uint32_t i;
    for (i = 0; i < cells->n_slots + MTMI_CELLS_PROBES; i++) {
        cells->slots[i].length = MTMI_CELLS_FREE;
    }
    cells->n = 0;
}

static mtmi_seen_cell *slots_new(unsigned bits) {
    return mtmi_memory_new(((size_t)1 << bits) + MTMI_CELLS_PROBES, sizeof(mtmi_seen_cell));
}

int mtmi_cell_cache_start(mtmi_cell_cache *cells) {
    memset(cells, 0, sizeof *cells);
    cells->slots = slots_new(FIRST_BITS);
    cells->shorts = mtmi_memory_new((size_t)1 << FIRST_SHORT_BITS, sizeof cells->shorts[0]);
    if (cells->slots == NULL || cells->shorts == NULL) {
        mtmi_cell_cache_free(cells);
        return 0;
    }
    cells->n_slots = (uint32_t)1 << FIRST_BITS;
    cells->shift = 64 - FIRST_BITS;
    cells->short_mask = mask_of(FIRST_SHORT_BITS);
    clear(cells);
    clear_shorts(cells);
    return 1;
}

void mtmi_cell_cache_forget(mtmi_cell_cache *cells) {
    clear(cells);
    clear_shorts(cells);
    cells->n_bytes = 0;
}

void mtmi_cell_cache_free(mtmi_cell_cache *cells) {
    mtmi_memory_free(cells->shorts);
    mtmi_memory_free(cells->slots);
    mtmi_memory_free(cells->bytes);
    memset(cells, 0, sizeof *cells);
}

/* What of a long cell stands in its words. */
static int same_middle(const mtmi_cell_cache *cells, const mtmi_seen_cell *slot, const unsigned char *cell,
                       uint32_t length) {
    return length <= MTMI_CELLS_MIDDLE || memcmp(cells->bytes + slot->bytes, cell, length) == 0;
}

static uint32_t find_short(const mtmi_cell_cache *cells, const unsigned char *cell, uint32_t length) {
    uint64_t head = mtmi_cell_cache_load(cell) & mtmi_cell_cache_masks[length];
    const mtmi_short_cells *at = mtmi_cell_cache_pair(cells->shorts, cells->short_mask, head);
    uint32_t value = at->heads[1] == head ? at->values[1] : MTMI_CELLS_MISS;
    return at->heads[0] == head ? at->values[0] : value;
}

uint32_t mtmi_cell_cache_find(const mtmi_cell_cache *cells, const unsigned char *cell, uint32_t length) {
    const mtmi_seen_cell *slot;
    uint64_t words[4];
    unsigned probe;
    if (length <= MTMI_CELLS_SHORT) {
        return find_short(cells, cell, length);
    }
    mtmi_cell_cache_words(cell, length, words);
    slot = &cells->slots[mtmi_cell_cache_hash(words[0], words[3], length) >> cells->shift];
    for (probe = 0; probe < MTMI_CELLS_PROBES; probe++, slot++) {
        if (slot->length == MTMI_CELLS_FREE) {
            break;
        }
        if (slot->length == length && memcmp(slot->words, words, sizeof words) == 0 &&
            same_middle(cells, slot, cell, length)) {
            return slot->value;
        }
    }
    return MTMI_CELLS_MISS;
}

/* A free slot near the cell's place, or, when all are taken, the first of them: what stood there is forgotten. */
static void put_cell(mtmi_cell_cache *cells, const mtmi_seen_cell *cell) {
    mtmi_seen_cell *first =
        &cells->slots[mtmi_cell_cache_hash(cell->words[0], cell->words[3], cell->length) >> cells->shift];
    unsigned probe;
    for (probe = 0; probe < MTMI_CELLS_PROBES; probe++) {
        if (first[probe].length != MTMI_CELLS_FREE) {
            continue;
        }
        first[probe] = *cell;
        cells->n++;
        return;
    }
    *first = *cell;
}

static void put_short(mtmi_cell_cache *cells, uint64_t head, uint32_t value) {
    mtmi_short_cells *at = &cells->shorts[mtmi_cell_cache_pair(cells->shorts, cells->short_mask, head) - cells->shorts];
    unsigned place = at->heads[0] == NO_TEXT ? 0 : at->heads[1] == NO_TEXT ? 1 : value & 1;
    at->heads[place] = head;
    at->values[place] = value;
    cells->n_shorts++;
}

static void grow_table(mtmi_cell_cache *cells) {
    unsigned bits = 64 - cells->shift + 2;
    mtmi_seen_cell *old = cells->slots, *slots;
    uint32_t i, n_old = cells->n_slots + MTMI_CELLS_PROBES;
    if (bits > MOST_BITS) {
        return;
    }
    slots = slots_new(bits);
    if (slots == NULL) {
        return; /* the small one serves, more slowly */
    }
    cells->slots = slots;
    cells->n_slots = (uint32_t)1 << bits;
    cells->shift = 64 - bits;
    clear(cells);
    for (i = 0; i < n_old; i++) {
        if (old[i].length != MTMI_CELLS_FREE) {
            put_cell(cells, &old[i]);
        }
    }
    mtmi_memory_free(old);
}

/* Sparse, so that hardly any two are in one pair. */
static void grow_shorts(mtmi_cell_cache *cells) {
    mtmi_short_cells *old = cells->shorts, *shorts;
    size_t n = n_pairs(cells), i, k;
    if (n * 4 > (size_t)1 << MOST_SHORT_BITS) {
        return;
    }
    shorts = mtmi_memory_new(n * 4, sizeof *shorts);
    if (shorts == NULL) {
        return;
    }
    cells->shorts = shorts;
    cells->short_mask = (n * 4 - 1) * sizeof *shorts;
    clear_shorts(cells);
    for (i = 0; i < n; i++) {
        for (k = 0; k < 2; k++) {
            if (old[i].heads[k] != NO_TEXT) {
                put_short(cells, old[i].heads[k], old[i].values[k]);
            }
        }
    }
    mtmi_memory_free(old);
}

static void add_short(mtmi_cell_cache *cells, const unsigned char *cell, uint32_t length, uint32_t value) {
    uint64_t head = 0;
    if ((size_t)cells->n_shorts * 16 > n_pairs(cells)) {
        grow_shorts(cells);
    }
    if (length > 0) {
        memcpy(&head, cell, length);
    }
    put_short(cells, head, value);
}

void mtmi_cell_cache_add(mtmi_cell_cache *cells, const unsigned char *cell, uint32_t length, uint32_t value) {
    mtmi_seen_cell slot = {{0}, 0, 0, 0, 0};
    if (length > MTMI_CELLS_LONGEST) {
        return;
    }
    if (length <= MTMI_CELLS_SHORT) {
        add_short(cells, cell, length, value);
        return;
    }
    if (cells->n_bytes + length > MOST_BYTES) {
        mtmi_cell_cache_forget(cells);
    }
    if (cells->n * 16 > cells->n_slots) {
        grow_table(cells);
    }
    mtmi_cell_cache_words(cell, length, slot.words);
    if (length > MTMI_CELLS_MIDDLE) {
        if (!mtmi_memory_reserve((void **)&cells->bytes, &cells->bytes_capacity, cells->n_bytes + length, 1)) {
            return;
        }
        slot.bytes = (uint32_t)cells->n_bytes;
        memcpy(cells->bytes + cells->n_bytes, cell, length);
        cells->n_bytes += length;
    }
    slot.length = length;
    slot.value = value;
    put_cell(cells, &slot);
}
