/* Counts combinations in a dense array, and by hashed keys when the product of the axes grows. */
#include "tabulate/grid.h"

#include "base/memory.h"

#include <string.h>

#define DENSE_CELLS ((uint64_t)1 << 17)
#define FIRST_SIZE 8u

static void arrays_free(mtmi_grid *grid) {
    mtmi_memory_free(grid->pending);
    mtmi_memory_free(grid->counts);
    mtmi_memory_free(grid->pending_sums);
    mtmi_memory_free(grid->sums);
    grid->pending = NULL;
    grid->counts = NULL;
    grid->pending_sums = grid->sums = NULL;
}

static int arrays_new(mtmi_grid *grid, size_t n) {
    grid->pending = mtmi_memory_new(n, sizeof grid->pending[0]);
    grid->counts = mtmi_memory_new(n, sizeof grid->counts[0]);
    grid->pending_sums = grid->n_sums == 0 ? NULL : mtmi_memory_new(n * grid->n_sums, sizeof(mtmi_wide));
    grid->sums = grid->n_sums == 0 ? NULL : mtmi_memory_new(n * grid->n_sums, sizeof(mtmi_wide));
    if (grid->pending != NULL && grid->counts != NULL &&
        (grid->n_sums == 0 || (grid->pending_sums != NULL && grid->sums != NULL))) {
        return 1;
    }
    arrays_free(grid);
    return 0;
}

static void set_strides(mtmi_grid *grid) {
    uint32_t stride = 1;
    unsigned i;
    for (i = 0; i < grid->n_axes; i++) {
        grid->strides[i] = stride;
        stride *= grid->sizes[i];
    }
}

static uint64_t product(const uint32_t *sizes, unsigned n) {
    uint64_t cells = 1;
    unsigned i;
    for (i = 0; i < n && cells <= DENSE_CELLS; i++) {
        cells *= sizes[i];
    }
    return cells;
}

int mtmi_grid_start(mtmi_grid *grid, const unsigned *axes, unsigned n_axes, unsigned n_sums) {
    unsigned i;
    memset(grid, 0, sizeof *grid);
    grid->n_axes = n_axes;
    grid->n_sums = n_sums;
    for (i = 0; i < n_axes; i++) {
        grid->axes[i] = axes[i];
        grid->sizes[i] = n_axes <= 4 ? FIRST_SIZE : 2;
    }
    grid->dense = 1;
    grid->n = (size_t)product(grid->sizes, n_axes);
    grid->capacity = grid->n;
    set_strides(grid);
    return arrays_new(grid, grid->n);
}

void mtmi_grid_free(mtmi_grid *grid) {
    arrays_free(grid);
    mtmi_map_free(&grid->keys);
    memset(grid, 0, sizeof *grid);
}

void mtmi_grid_numbers(const mtmi_grid *grid, size_t cell, uint32_t *out) {
    unsigned i;
    size_t length;
    if (!grid->dense) {
        memcpy(out, mtmi_map_key(&grid->keys, (uint32_t)cell, &length), grid->n_axes * sizeof *out);
        return;
    }
    for (i = 0; i < grid->n_axes; i++) {
        out[i] = (uint32_t)(cell % grid->sizes[i]);
        cell /= grid->sizes[i];
    }
}

static void move_cell(mtmi_grid *to, size_t at, const mtmi_grid *from, size_t cell) {
    to->pending[at] = from->pending[cell];
    to->counts[at] = from->counts[cell];
    if (from->n_sums == 0) {
        return;
    }
    memcpy(to->pending_sums + at * from->n_sums, from->pending_sums + cell * from->n_sums,
           from->n_sums * sizeof(mtmi_wide));
    memcpy(to->sums + at * from->n_sums, from->sums + cell * from->n_sums, from->n_sums * sizeof(mtmi_wide));
}

static int is_used(const mtmi_grid *grid, size_t cell) {
    return grid->pending[cell] != 0 || grid->counts[cell] != 0;
}

/* Gives the grid the larger sizes it was set to. */
static int relay(mtmi_grid *grid, const uint32_t *sizes) {
    mtmi_grid wider = *grid;
    uint32_t numbers[MTMI_GRID_AXES];
    size_t cell, at;
    unsigned i;
    memcpy(wider.sizes, sizes, sizeof wider.sizes);
    wider.n = wider.capacity = (size_t)product(sizes, grid->n_axes);
    set_strides(&wider);
    if (!arrays_new(&wider, wider.n)) {
        return 0;
    }
    for (cell = 0; cell < grid->n; cell++) {
        if (!is_used(grid, cell)) {
            continue;
        }
        mtmi_grid_numbers(grid, cell, numbers);
        for (at = 0, i = 0; i < grid->n_axes; i++) {
            at += (size_t)numbers[i] * wider.strides[i];
        }
        move_cell(&wider, at, grid, cell);
    }
    arrays_free(grid);
    *grid = wider;
    return 1;
}

/* Room for one cell more. */
static int reserve(mtmi_grid *grid) {
    size_t capacity = grid->capacity * 2;
    mtmi_grid larger = *grid;
    if (grid->n < grid->capacity) {
        return 1;
    }
    if (!arrays_new(&larger, capacity)) {
        return 0;
    }
    memcpy(larger.pending, grid->pending, grid->n * sizeof grid->pending[0]);
    memcpy(larger.counts, grid->counts, grid->n * sizeof grid->counts[0]);
    if (grid->n_sums > 0) {
        memcpy(larger.pending_sums, grid->pending_sums, grid->n * grid->n_sums * sizeof(mtmi_wide));
        memcpy(larger.sums, grid->sums, grid->n * grid->n_sums * sizeof(mtmi_wide));
    }
    arrays_free(grid);
    larger.capacity = capacity;
    *grid = larger;
    return 1;
}

static size_t cell_of(mtmi_grid *grid, const uint32_t *key) {
    size_t before = grid->keys.n;
    uint32_t number;
    if (!reserve(grid)) {
        return SIZE_MAX;
    }
    number = mtmi_map_add(&grid->keys, key, grid->n_axes * sizeof *key);
    if (number == MTMI_MAP_NONE) {
        return SIZE_MAX;
    }
    if (grid->keys.n > before) {
        grid->n = grid->keys.n;
    }
    return number;
}

static int to_keys(mtmi_grid *grid) {
    mtmi_grid keyed = *grid;
    uint32_t numbers[MTMI_GRID_AXES];
    size_t cell, at;
    keyed.dense = 0;
    keyed.n = 0;
    keyed.capacity = 64;
    keyed.n_committed_keys = 0;
    memset(&keyed.keys, 0, sizeof keyed.keys);
    if (!arrays_new(&keyed, keyed.capacity)) {
        return 0;
    }
    for (cell = 0; cell < grid->n; cell++) {
        if (!is_used(grid, cell)) {
            continue;
        }
        mtmi_grid_numbers(grid, cell, numbers);
        at = cell_of(&keyed, numbers);
        if (at == SIZE_MAX) {
            mtmi_grid_free(&keyed);
            return 0;
        }
        move_cell(&keyed, at, grid, cell);
    }
    arrays_free(grid);
    /* A key whose count is only pending stays a key if it is dropped: an unused cell, which nobody reads. */
    keyed.n_committed_keys = keyed.keys.n;
    *grid = keyed;
    return 1;
}

int mtmi_grid_widen(mtmi_grid *grid, unsigned axis, uint32_t number) {
    uint32_t sizes[MTMI_GRID_AXES];
    int grows = 0;
    unsigned i;
    if (!grid->dense) {
        return 1;
    }
    memcpy(sizes, grid->sizes, sizeof sizes);
    for (i = 0; i < grid->n_axes; i++) {
        if (grid->axes[i] != axis) {
            continue;
        }
        while (sizes[i] <= number && sizes[i] < (uint32_t)1 << 31) {
            sizes[i] *= 2;
            grows = 1;
        }
    }
    if (!grows) {
        return 1;
    }
    return product(sizes, grid->n_axes) > DENSE_CELLS ? to_keys(grid) : relay(grid, sizes);
}

size_t mtmi_grid_cell(mtmi_grid *grid, const uint32_t *numbers) {
    uint32_t key[MTMI_GRID_AXES];
    unsigned i;
    for (i = 0; i < grid->n_axes; i++) {
        key[i] = numbers[grid->axes[i]];
    }
    return cell_of(grid, key);
}

void mtmi_grid_commit(mtmi_grid *grid) {
    size_t i;
    for (i = 0; i < grid->n; i++) {
        grid->counts[i] += grid->pending[i];
        grid->pending[i] = 0;
    }
    for (i = 0; i < grid->n * grid->n_sums; i += MTMI_GRID_SUMS) {
        grid->sums[i] += grid->pending_sums[i];
        mtmi_grid_top(grid->sums + i + 1, grid->pending_sums[i + 1]);
        mtmi_grid_top(grid->sums + i + 1, grid->pending_sums[i + 2]);
        memset(grid->pending_sums + i, 0, MTMI_GRID_SUMS * sizeof *grid->pending_sums);
    }
    grid->n_committed_keys = grid->keys.n;
}

void mtmi_grid_drop(mtmi_grid *grid) {
    memset(grid->pending, 0, grid->n * sizeof grid->pending[0]);
    if (grid->n_sums > 0) {
        memset(grid->pending_sums, 0, grid->n * grid->n_sums * sizeof(mtmi_wide));
    }
    if (grid->dense) {
        return;
    }
    mtmi_map_cut(&grid->keys, grid->n_committed_keys);
    grid->n = grid->keys.n;
}
