/* The columns of records: every key once, in the order in which keys are met. Private to lib/read/json. */
#ifndef MTMI_READ_JSON_JSON_NAMES_H
#define MTMI_READ_JSON_JSON_NAMES_H

#include <stddef.h>
#include <stdint.h>

typedef struct mtmi_jtext_names {
    char **names;
    size_t *sizes;
    size_t n, capacity, sizes_capacity;
    size_t *slots; /* numbers of names from 1, by hash; 0: free */
    size_t n_slots;
} mtmi_jtext_names;

/* The number of a name; SIZE_MAX when it is not there. */
size_t mtmi_jtext_name_find(const mtmi_jtext_names *names, const char *name, size_t size);
/* The same; the name is added when it is not there. 0 without memory. */
int mtmi_jtext_name_add(mtmi_jtext_names *names, const char *name, size_t size);
void mtmi_jtext_names_free(mtmi_jtext_names *names);

#endif
