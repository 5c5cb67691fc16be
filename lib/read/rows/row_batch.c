/* Writes rows as Arrow columns (https://arrow.apache.org/docs/format/CDataInterface.html). Every array owns what it
 * points to, and its release frees all of it, children included. */
#include "read/rows/row_batch.h"

#include "base/memory.h"

#include <errno.h>
#include <string.h>

/* What an array owns. */
struct array_data {
    const void *buffers[3];
    void *blocks[3];
};

static void release_schema(struct ArrowSchema *schema) {
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i] != NULL) {
            if (schema->children[i]->release != NULL) {
                schema->children[i]->release(schema->children[i]);
            }
            mtmi_memory_free(schema->children[i]);
        }
    }
    mtmi_memory_free(schema->children);
    mtmi_memory_free(schema->private_data);
    schema->release = NULL;
}

/* A field with room for children; 0 without memory, the field being released then by its parent. */
static int start_field(struct ArrowSchema *field, const char *format, const char *name, size_t n_children) {
    memset(field, 0, sizeof *field);
    field->format = format;
    field->release = release_schema;
    field->private_data = mtmi_memory_copy_text(name);
    field->name = field->private_data;
    field->children = n_children > 0 ? mtmi_memory_new(n_children, sizeof(struct ArrowSchema *)) : NULL;
    return field->name != NULL && (n_children == 0 || field->children != NULL);
}

/* NULL without memory. */
static struct ArrowSchema *add_field(struct ArrowSchema *parent, const char *format, const char *name,
                                     size_t n_children) {
    struct ArrowSchema *child = mtmi_memory_new(1, sizeof *child);

    parent->children[parent->n_children++] = child;
    return child != NULL && start_field(child, format, name, n_children) ? child : NULL;
}

static int add_places(struct ArrowSchema *parent, const char *name) {
    struct ArrowSchema *list = add_field(parent, "+l", name, 1);
    struct ArrowSchema *item = list != NULL ? add_field(list, "+s", "item", 2) : NULL;
    return item != NULL && add_field(item, "l", "line", 0) != NULL && add_field(item, "l", "column", 0) != NULL;
}

int mtmi_batch_schema(const mtmi_batch_kind *kinds, char *const *names, size_t n, struct ArrowSchema *out) {
    int made = start_field(out, "+s", "", n);

    for (size_t i = 0; made && i < n; i++) {
        if (kinds[i] == MTMI_BATCH_PLACES) {
            made = add_places(out, names[i]);
            continue;
        }
        struct ArrowSchema *field = add_field(out, kinds[i] == MTMI_BATCH_TEXT ? "u" : "l", names[i], 0);
        made = field != NULL;
        if (made && kinds[i] == MTMI_BATCH_TEXT) {
            field->flags = ARROW_FLAG_NULLABLE;
        }
    }
    if (!made) {
        release_schema(out);
        memset(out, 0, sizeof *out);
    }
    return made ? 0 : ENOMEM;
}

static void release_array(struct ArrowArray *array) {
    struct array_data *data = array->private_data;

    for (int64_t i = 0; i < array->n_children; i++) {
        if (array->children[i] != NULL) {
            if (array->children[i]->release != NULL) {
                array->children[i]->release(array->children[i]);
            }
            mtmi_memory_free(array->children[i]);
        }
    }
    mtmi_memory_free(array->children);
    for (size_t i = 0; data != NULL && i < 3; i++) {
        mtmi_memory_free(data->blocks[i]);
    }
    mtmi_memory_free(data);
    array->release = NULL;
}

void mtmi_batch_free(mtmi_batch_column *columns, size_t n) {
    for (size_t i = 0; columns != NULL && i < n; i++) {
        mtmi_buffer_free(&columns[i].bytes);
        mtmi_buffer_free(&columns[i].more);
        mtmi_memory_free(columns[i].offsets);
        mtmi_memory_free(columns[i].validity);
    }
    mtmi_memory_free(columns);
}

mtmi_batch_column *mtmi_batch_new(const mtmi_batch_kind *kinds, size_t n) {
    mtmi_batch_column *columns = mtmi_memory_new(n, sizeof *columns);

    for (size_t i = 0; columns != NULL && i < n; i++) {
        columns[i].kind = kinds[i];
        if (kinds[i] != MTMI_BATCH_NUMBER) {
            columns[i].offsets = mtmi_memory_new(MTMI_BATCH_ROWS + 1, sizeof(int32_t));
        }
        if (kinds[i] == MTMI_BATCH_TEXT) {
            columns[i].validity = mtmi_memory_new(MTMI_BATCH_ROWS / 8, 1);
        }
        if ((kinds[i] != MTMI_BATCH_NUMBER && columns[i].offsets == NULL) ||
            (kinds[i] == MTMI_BATCH_TEXT && columns[i].validity == NULL)) {
            mtmi_batch_free(columns, n);
            return NULL;
        }
    }
    return columns;
}

void mtmi_batch_text(mtmi_batch_column *column, size_t at, const char *text, size_t length) {
    if (text != NULL) {
        mtmi_buffer_add(&column->bytes, text, length);
        column->validity[at / 8] |= (unsigned char)(1u << (at % 8));
    } else {
        column->nulls++;
    }
    column->offsets[at + 1] = (int32_t)column->bytes.size;
}

void mtmi_batch_number(mtmi_batch_column *column, int64_t number) {
    mtmi_buffer_add(&column->bytes, (const char *)&number, sizeof number);
}

void mtmi_batch_place(mtmi_batch_column *column, int64_t line, int64_t number) {
    mtmi_buffer_add(&column->bytes, (const char *)&line, sizeof line);
    mtmi_buffer_add(&column->more, (const char *)&number, sizeof number);
    column->bytes.failed |= column->more.failed;
}

void mtmi_batch_end_places(mtmi_batch_column *column, size_t at) {
    column->offsets[at + 1] = (int32_t)(column->bytes.size / sizeof(int64_t));
}

/* Room for what the array owns, and for its children. 0 without memory. */
static int start_array(struct ArrowArray *out, int64_t length, int64_t n_buffers, size_t n_children) {
    struct array_data *data = mtmi_memory_new(1, sizeof *data);

    memset(out, 0, sizeof *out);
    out->length = length;
    out->n_buffers = n_buffers;
    out->private_data = data;
    out->buffers = data != NULL ? data->buffers : NULL;
    out->release = release_array;
    out->children = n_children > 0 ? mtmi_memory_new(n_children, sizeof(struct ArrowArray *)) : NULL;
    return data != NULL && (n_children == 0 || out->children != NULL);
}

static struct ArrowArray *add_array(struct ArrowArray *parent, int64_t length, int64_t n_buffers, size_t n_children) {
    struct ArrowArray *child = mtmi_memory_new(1, sizeof *child);

    parent->children[parent->n_children++] = child;
    return child != NULL && start_array(child, length, n_buffers, n_children) ? child : NULL;
}

/* A block becomes the array's i-th buffer. */
static void give(struct ArrowArray *array, int i, void *block) {
    struct array_data *data = array->private_data;

    data->blocks[i] = block;
    data->buffers[i] = block;
}

static void give_bytes(struct ArrowArray *array, int i, mtmi_buffer *bytes) {
    static const int64_t nothing = 0;

    give(array, i, bytes->data);
    if (bytes->data == NULL) {
        array->buffers[i] = &nothing;
    }
    memset(bytes, 0, sizeof *bytes);
}

static int finish_places(struct ArrowArray *parent, mtmi_batch_column *column, int64_t n) {
    int64_t places = (int64_t)(column->bytes.size / sizeof(int64_t));
    struct ArrowArray *list = add_array(parent, n, 2, 1);
    struct ArrowArray *item = list != NULL ? add_array(list, places, 1, 2) : NULL;
    struct ArrowArray *line = item != NULL ? add_array(item, places, 2, 0) : NULL;
    struct ArrowArray *number = line != NULL ? add_array(item, places, 2, 0) : NULL;

    if (number == NULL) {
        return 0;
    }
    give(list, 1, column->offsets);
    column->offsets = NULL;
    give_bytes(line, 1, &column->bytes);
    give_bytes(number, 1, &column->more);
    return 1;
}

static int finish_column(struct ArrowArray *parent, mtmi_batch_column *column, int64_t n) {
    struct ArrowArray *child;

    if (column->kind == MTMI_BATCH_PLACES) {
        return finish_places(parent, column, n);
    }
    child = add_array(parent, n, column->kind == MTMI_BATCH_TEXT ? 3 : 2, 0);
    if (child == NULL) {
        return 0;
    }
    if (column->kind == MTMI_BATCH_TEXT) {
        give(child, 0, column->validity);
        give(child, 1, column->offsets);
        column->validity = NULL;
        column->offsets = NULL;
    }
    child->null_count = column->nulls;
    give_bytes(child, column->kind == MTMI_BATCH_TEXT ? 2 : 1, &column->bytes);
    return 1;
}

int mtmi_batch_finish(mtmi_batch_column *columns, size_t n_columns, int64_t n_rows, struct ArrowArray *out) {
    int made = start_array(out, n_rows, 1, n_columns);

    for (size_t i = 0; made && i < n_columns; i++) {
        made = finish_column(out, &columns[i], n_rows);
    }
    if (!made) {
        release_array(out);
        memset(out, 0, sizeof *out);
    }
    return made ? 0 : ENOMEM;
}
