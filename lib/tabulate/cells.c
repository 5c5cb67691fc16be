/* The cache of cells: filling, growing, forgetting. What comes in: cells and numbers. What goes out: nothing; see
 * mtmi_cells_find. It does not know what the numbers mean. */
#include "tabulate/cells.h"

#include "base/memory.h"

#define FIRST_BITS 8u
#define MOST_BITS 15u
#define MOST_BYTES ((size_t)1 << 20)

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define MASK(n) (~(uint64_t)0 << (64 - 8 * (n)))
#else
#define MASK(n) (((uint64_t)1 << (8 * (n))) - 1)
#endif
const uint64_t mtmi_cells_masks[8] = {0, MASK(1), MASK(2), MASK(3), MASK(4), MASK(5), MASK(6), MASK(7)};

static void clear(mtmi_cells *cells) {
    uint32_t i;
    for (i = 0; i < cells->n_slots + MTMI_CELLS_PROBES; i++) cells->slots[i].length = MTMI_CELLS_FREE;
    cells->n = 0;
}

static mtmi_cell *slots_new(unsigned bits) {
    return mtmi_memory_new(((size_t)1 << bits) + MTMI_CELLS_PROBES, sizeof(mtmi_cell));
}

int mtmi_cells_start(mtmi_cells *cells) {
    memset(cells, 0, sizeof *cells);
    cells->slots = slots_new(FIRST_BITS);
    if (cells->slots == NULL) return 0;
    cells->n_slots = (uint32_t)1 << FIRST_BITS;
    cells->shift = 64 - FIRST_BITS;
    clear(cells);
    return 1;
}

void mtmi_cells_forget(mtmi_cells *cells) {
    clear(cells);
    cells->n_bytes = 0;
}

void mtmi_cells_free(mtmi_cells *cells) {
    mtmi_memory_free(cells->slots);
    mtmi_memory_free(cells->bytes);
    memset(cells, 0, sizeof *cells);
}

uint32_t mtmi_cells_find(const mtmi_cells *cells, const unsigned char *cell, uint32_t length) {
    uint64_t head = mtmi_cells_load(cell), tail = 0;
    const mtmi_cell *slot;
    unsigned probe;
    if (length >= 8) tail = mtmi_cells_load(cell + length - 8);
    else head &= mtmi_cells_masks[length];
    slot = &cells->slots[mtmi_cells_hash(head, tail, length) >> cells->shift];
    for (probe = 0; probe < MTMI_CELLS_PROBES; probe++, slot++) {
        if (slot->head == head && slot->tail == tail && slot->length == length
            && (length <= 16 || memcmp(cells->bytes + slot->bytes, cell + 8, length - 16) == 0))
            return slot->value;
        if (slot->length == MTMI_CELLS_FREE) break;
    }
    return MTMI_CELLS_MISS;
}

/* A free slot near the cell's place, or, when all are taken, the first of them: what stood there is forgotten. */
static void put(mtmi_cells *cells, const mtmi_cell *cell) {
    mtmi_cell *first = &cells->slots[mtmi_cells_hash(cell->head, cell->tail, cell->length) >> cells->shift];
    unsigned probe;
    for (probe = 0; probe < MTMI_CELLS_PROBES; probe++) {
        if (first[probe].length != MTMI_CELLS_FREE) continue;
        first[probe] = *cell;
        cells->n++;
        return;
    }
    *first = *cell;
}

static void grow(mtmi_cells *cells) {
    unsigned bits = 64 - cells->shift + 2;
    mtmi_cell *old = cells->slots, *slots;
    uint32_t i, n_old = cells->n_slots + MTMI_CELLS_PROBES;
    if (bits > MOST_BITS) return;
    slots = slots_new(bits);
    if (slots == NULL) return; /* the small one serves, more slowly */
    cells->slots = slots;
    cells->n_slots = (uint32_t)1 << bits;
    cells->shift = 64 - bits;
    clear(cells);
    for (i = 0; i < n_old; i++)
        if (old[i].length != MTMI_CELLS_FREE) put(cells, &old[i]);
    mtmi_memory_free(old);
}

void mtmi_cells_add(mtmi_cells *cells, const unsigned char *cell, uint32_t length, uint32_t value) {
    mtmi_cell slot = {0};
    if (length > MTMI_CELLS_LONGEST) return;
    if (cells->n_bytes + length > MOST_BYTES) mtmi_cells_forget(cells);
    if (cells->n * 8 > cells->n_slots) grow(cells);
    memcpy(&slot.head, cell, length < 8 ? length : 8);
    if (length >= 8) memcpy(&slot.tail, cell + length - 8, 8);
    if (length > 16) {
        if (!mtmi_memory_reserve((void **)&cells->bytes, &cells->bytes_capacity, cells->n_bytes + length, 1)) return;
        slot.bytes = (uint32_t)cells->n_bytes;
        memcpy(cells->bytes + cells->n_bytes, cell + 8, length - 16);
        cells->n_bytes += length - 16;
    }
    slot.length = length;
    slot.value = value;
    put(cells, &slot);
}
