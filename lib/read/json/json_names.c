/* Numbers the keys of records in the order in which they are met. An open hash table (FNV-1a) finds them. Invariant:
 * a key has one number. */
#include "read/json/json_names.h"

#include "base/memory.h"

#include <string.h>

static size_t slot_of(const mtmi_jtext_names *names, const char *name, size_t size) {
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ (unsigned char)name[i]) * UINT64_C(1099511628211);
    }
    size_t at = (size_t)(hash ^ hash >> 29) % names->n_slots;
    while (names->slots[at] != 0) {
        size_t i = names->slots[at] - 1;
        if (names->sizes[i] == size && memcmp(names->names[i], name, size) == 0) {
            break;
        }
        at = (at + 1) % names->n_slots;
    }
    return at;
}

size_t mtmi_jtext_name_find(const mtmi_jtext_names *names, const char *name, size_t size) {
    return names->n_slots == 0 ? SIZE_MAX : names->slots[slot_of(names, name, size)] - 1;
}

static int grow_names(mtmi_jtext_names *names) {
    size_t n = names->n_slots == 0 ? 64 : 2 * names->n_slots, *slots = mtmi_memory_new(n, sizeof *slots);

    if (slots == NULL) {
        return 0;
    }
    mtmi_memory_free(names->slots);
    names->slots = slots;
    names->n_slots = n;
    for (size_t i = 0; i < names->n; i++) {
        slots[slot_of(names, names->names[i], names->sizes[i])] = i + 1;
    }
    return 1;
}

int mtmi_jtext_name_add(mtmi_jtext_names *names, const char *name, size_t size) {
    void *list = names->names, *sizes = names->sizes;

    if (2 * names->n >= names->n_slots && !grow_names(names)) {
        return 0;
    }
    size_t at = slot_of(names, name, size);
    if (names->slots[at] != 0) {
        return 1;
    }
    if (!mtmi_memory_reserve(&list, &names->capacity, names->n + 1, sizeof *names->names)) {
        return 0;
    }
    names->names = list;
    if (!mtmi_memory_reserve(&sizes, &names->sizes_capacity, names->n + 1, sizeof *names->sizes)) {
        return 0;
    }
    names->sizes = sizes;
    names->names[names->n] = mtmi_memory_copy_bytes(name, size);
    if (names->names[names->n] == NULL) {
        return 0;
    }
    names->sizes[names->n] = size;
    names->slots[at] = ++names->n;
    return 1;
}

void mtmi_jtext_names_free(mtmi_jtext_names *names) {
    for (size_t i = 0; i < names->n; i++) {
        mtmi_memory_free(names->names[i]);
    }
    mtmi_memory_free(names->names);
    mtmi_memory_free(names->sizes);
    mtmi_memory_free(names->slots);
    memset(names, 0, sizeof *names);
}
