/* Reads tables of flatbuffers. Every offset is compared with the size before it is followed. */
#include "read/arrow/ipc_table.h"

#include <string.h>

int64_t mtmi_ipc_integer(const unsigned char *from, int width) {
    uint64_t number = 0;
    for (int i = 0; i < width; i++) {
        number |= (uint64_t)from[i] << (8 * i);
    }
    switch (width) {
    case 1: return (int8_t)number;
    case 2: return (int16_t)number;
    case 4: return (int32_t)number;
    default: return (int64_t)number;
    }
}

static uint32_t length_at(const unsigned char *from) {
    return (uint32_t)mtmi_ipc_integer(from, 4);
}

static int is_within(size_t size, size_t at, size_t n) {
    return at <= size && n <= size - at;
}

static int open_table(const unsigned char *data, size_t size, size_t at, mtmi_ipc_table *out) {
    int64_t fields;

    memset(out, 0, sizeof *out);
    if (!is_within(size, at, 4)) {
        return 0;
    }
    fields = (int64_t)at - mtmi_ipc_integer(data + at, 4);
    if (fields < 0 || !is_within(size, (size_t)fields, 4)) {
        return 0;
    }
    size_t bytes = (size_t)(mtmi_ipc_integer(data + fields, 2) & 0xFFFF);
    if (bytes < 4 || !is_within(size, (size_t)fields, bytes)) {
        return 0;
    }
    *out = (mtmi_ipc_table){data, size, at, (size_t)fields + 4, (bytes - 4) / 2};
    return 1;
}

int mtmi_ipc_root(const void *data, size_t size, mtmi_ipc_table *out) {
    memset(out, 0, sizeof *out);
    return size >= 4 && open_table(data, size, length_at(data), out);
}

/* Where a field of n bytes stands; SIZE_MAX for nowhere. */
static size_t place_of(const mtmi_ipc_table *table, size_t field, size_t n) {
    size_t step =
        field < table->n_fields ? (size_t)(mtmi_ipc_integer(table->data + table->fields + 2 * field, 2) & 0xFFFF) : 0;
    return step > 0 && is_within(table->size, table->at + step, n) ? table->at + step : SIZE_MAX;
}

int64_t mtmi_ipc_number(const mtmi_ipc_table *table, size_t field, int width, int64_t otherwise) {
    size_t at = place_of(table, field, (size_t)width);
    return at == SIZE_MAX ? otherwise : mtmi_ipc_integer(table->data + at, width);
}

/* What a field refers to, n bytes at least; SIZE_MAX for nothing. */
static size_t target_of(const mtmi_ipc_table *table, size_t field, size_t n) {
    size_t at = place_of(table, field, 4), to;
    if (at == SIZE_MAX) {
        return SIZE_MAX;
    }
    to = at + length_at(table->data + at);
    return is_within(table->size, to, n) ? to : SIZE_MAX;
}

int mtmi_ipc_refer(const mtmi_ipc_table *table, size_t field, mtmi_ipc_table *out) {
    size_t at = target_of(table, field, 4);
    memset(out, 0, sizeof *out);
    return at != SIZE_MAX && open_table(table->data, table->size, at, out);
}

const unsigned char *mtmi_ipc_list(const mtmi_ipc_table *table, size_t field, size_t width, size_t *n) {
    size_t at = target_of(table, field, 4);
    *n = at == SIZE_MAX ? 0 : length_at(table->data + at);
    if (*n == 0 || *n > (table->size - at - 4) / width) {
        *n = 0;
        return NULL;
    }
    return table->data + at + 4;
}

int mtmi_ipc_element(const mtmi_ipc_table *table, size_t field, size_t i, mtmi_ipc_table *out) {
    size_t n;
    const unsigned char *list = mtmi_ipc_list(table, field, 4, &n);
    memset(out, 0, sizeof *out);
    if (i >= n) {
        return 0;
    }
    size_t at = (size_t)(list - table->data) + 4 * i;
    return open_table(table->data, table->size, at + length_at(table->data + at), out);
}
