/* Numbers keys of bytes 0, 1, 2 in the order they come. A lookup takes at most 16 probes or one walk down a balanced
 * tree, whatever the keys. */
#ifndef MTMI_BASE_MAP_H
#define MTMI_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

#define MTMI_MAP_NONE UINT32_MAX

typedef struct mtmi_map_entry {
    uint64_t hash;
    size_t offset; /* of the key in bytes */
    uint32_t length;
    uint32_t left, right; /* in the tree of keys that found no free slot; number + 1, 0 for none */
    uint32_t level;       /* 0: in the table */
} mtmi_map_entry;

typedef struct mtmi_map {
    uint32_t *slots; /* number + 1, 0 for free */
    size_t n_slots;  /* a power of two, or 0 */
    mtmi_map_entry *entries;
    size_t n, capacity;
    unsigned char *bytes;
    size_t n_bytes, bytes_capacity;
    uint32_t root; /* of the tree; number + 1 */
    size_t n_tree;
} mtmi_map;

#define MTMI_MAP_INIT                                                                                                  \
    { 0 }

/* The key's number, or MTMI_MAP_NONE. */
uint32_t mtmi_map_find(const mtmi_map *map, const void *key, size_t length);
/* The key's number, which is map->n as it was before when the key is new; MTMI_MAP_NONE when memory ran out. */
uint32_t mtmi_map_add(mtmi_map *map, const void *key, size_t length);
const unsigned char *mtmi_map_key(const mtmi_map *map, uint32_t number, size_t *length);
/* Forgets all but the first n keys. */
void mtmi_map_cut(mtmi_map *map, size_t n);
void mtmi_map_free(mtmi_map *map);

#endif
