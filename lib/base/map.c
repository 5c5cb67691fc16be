/* A hash table whose probes are limited to 16, and an Andersson tree (A. Andersson, "Balanced search trees made
 * simple", 1993) for keys that find no slot. The invariant: a chosen set of keys costs a walk down a balanced tree and
 * no more. */
#include "base/map.h"

#include "base/memory.h"
#include "base/digest.h"

#include <string.h>

#define PROBES 16u
#define FIRST_SLOTS 64u

static int compare(const mtmi_map *map, const mtmi_map_entry *entry, uint64_t hash, const void *key, size_t length) {
    if (entry->hash != hash) {
        return entry->hash < hash ? -1 : 1;
    }
    if (entry->length != length) {
        return entry->length < length ? -1 : 1;
    }
    return length == 0 ? 0 : memcmp(map->bytes + entry->offset, key, length);
}

/* The tree. Numbers are one more than the entry's, 0 is the empty tree. */
static mtmi_map_entry *node(mtmi_map *map, uint32_t number) {
    return &map->entries[number - 1];
}

static uint32_t level_of(mtmi_map *map, uint32_t number) {
    return number == 0 ? 0 : node(map, number)->level;
}

static uint32_t skew(mtmi_map *map, uint32_t top) {
    uint32_t left = node(map, top)->left;
    if (left == 0 || level_of(map, left) != level_of(map, top)) {
        return top;
    }
    node(map, top)->left = node(map, left)->right;
    node(map, left)->right = top;
    return left;
}

static uint32_t split(mtmi_map *map, uint32_t top) {
    uint32_t right = node(map, top)->right;
    if (right == 0 || level_of(map, node(map, right)->right) != level_of(map, top)) {
        return top;
    }
    node(map, top)->right = node(map, right)->left;
    node(map, right)->left = top;
    node(map, right)->level++;
    return right;
}

static uint32_t plant(mtmi_map *map, uint32_t top, uint32_t number) {
    const mtmi_map_entry *entry = node(map, number);
    if (top == 0) {
        return number;
    }
    if (compare(map, node(map, top), entry->hash, map->bytes + entry->offset, entry->length) > 0) {
        node(map, top)->left = plant(map, node(map, top)->left, number);
    } else {
        node(map, top)->right = plant(map, node(map, top)->right, number);
    }
    return split(map, skew(map, top));
}

static uint32_t walk(const mtmi_map *map, uint64_t hash, const void *key, size_t length) {
    uint32_t at = map->root;
    while (at != 0) {
        const mtmi_map_entry *entry = &map->entries[at - 1];
        int order = compare(map, entry, hash, key, length);
        if (order == 0) {
            return at - 1;
        }
        at = order > 0 ? entry->left : entry->right;
    }
    return MTMI_MAP_NONE;
}

/* Puts an entry into a free slot near its place, or into the tree. */
static void place(mtmi_map *map, uint32_t number) {
    mtmi_map_entry *entry = &map->entries[number];
    size_t mask = map->n_slots - 1, probe;
    entry->left = entry->right = entry->level = 0;
    for (probe = 0; probe < PROBES; probe++) {
        uint32_t *slot = &map->slots[((size_t)entry->hash + probe) & mask];
        if (*slot == 0) {
            *slot = number + 1;
            return;
        }
    }
    entry->level = 1;
    map->root = plant(map, map->root, number + 1);
    map->n_tree++;
}

static void place_all(mtmi_map *map) {
    size_t i;
    memset(map->slots, 0, map->n_slots * sizeof map->slots[0]);
    map->root = 0;
    map->n_tree = 0;
    for (i = 0; i < map->n; i++) {
        place(map, (uint32_t)i);
    }
}

static int grow_table(mtmi_map *map) {
    size_t n = map->n_slots == 0 ? FIRST_SLOTS : map->n_slots * 2;
    uint32_t *slots = mtmi_memory_new(n, sizeof *slots);
    if (slots == NULL) {
        return 0;
    }
    mtmi_memory_free(map->slots);
    map->slots = slots;
    map->n_slots = n;
    place_all(map);
    return 1;
}

static uint32_t find(const mtmi_map *map, uint64_t hash, const void *key, size_t length) {
    size_t mask = map->n_slots - 1, probe;
    if (map->n_slots == 0) {
        return MTMI_MAP_NONE;
    }
    for (probe = 0; probe < PROBES; probe++) {
        uint32_t number = map->slots[((size_t)hash + probe) & mask];
        if (number == 0) {
            return MTMI_MAP_NONE;
        }
        if (compare(map, &map->entries[number - 1], hash, key, length) == 0) {
            return number - 1;
        }
    }
    return walk(map, hash, key, length);
}

uint32_t mtmi_map_find(const mtmi_map *map, const void *key, size_t length) {
    return find(map, mtmi_digest_key(key, length), key, length);
}

uint32_t mtmi_map_add(mtmi_map *map, const void *key, size_t length) {
    uint64_t hash = mtmi_digest_key(key, length);
    uint32_t number = find(map, hash, key, length);
    mtmi_map_entry *entry;
    if (number != MTMI_MAP_NONE) {
        return number;
    }
    if (map->n >= MTMI_MAP_NONE - 1 || length > UINT32_MAX) {
        return MTMI_MAP_NONE;
    }
    if (!mtmi_memory_reserve((void **)&map->entries, &map->capacity, map->n + 1, sizeof *map->entries) ||
        !mtmi_memory_reserve((void **)&map->bytes, &map->bytes_capacity, map->n_bytes + length + 1, 1)) {
        return MTMI_MAP_NONE;
    }
    if ((map->n + 1) * 2 > map->n_slots && !grow_table(map)) {
        return MTMI_MAP_NONE;
    }
    entry = &map->entries[map->n];
    entry->hash = hash;
    entry->offset = map->n_bytes;
    entry->length = (uint32_t)length;
    if (length > 0) {
        memcpy(map->bytes + map->n_bytes, key, length);
    }
    map->n_bytes += length;
    map->n++;
    place(map, (uint32_t)(map->n - 1));
    return (uint32_t)(map->n - 1);
}

const unsigned char *mtmi_map_key(const mtmi_map *map, uint32_t number, size_t *length) {
    *length = map->entries[number].length;
    return map->bytes + map->entries[number].offset;
}

void mtmi_map_cut(mtmi_map *map, size_t n) {
    if (n >= map->n) {
        return;
    }
    map->n_bytes = map->entries[n].offset;
    map->n = n;
    place_all(map);
}

void mtmi_map_free(mtmi_map *map) {
    mtmi_memory_free(map->slots);
    mtmi_memory_free(map->entries);
    mtmi_memory_free(map->bytes);
    memset(map, 0, sizeof *map);
}
