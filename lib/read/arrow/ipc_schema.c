/* Reads schemas of Arrow IPC (Schema.fbs of format version 5). Types without figures, labels or dates are known as far as
 * their buffers can be passed over. */
#include "read/arrow/ipc_schema.h"

#include "base/buffer.h"
#include "base/diagnostic.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

enum {
    DEEPEST = 16,
    TYPES = 25,
    BUDGET =
        32 << 20, /* bytes that a schema may become: fields may refer to the same names, lists and lists in lists */
    FIELD_BYTES = 512
};

typedef struct reading {
    const char *file;
    size_t left; /* of the budget */
} reading;

static int spend(reading *in, size_t bytes) {
    int enough = bytes <= in->left;
    in->left -= enough ? bytes : in->left;
    return enough;
}

enum type {
    TYPE_NULL = 1,
    TYPE_INT,
    TYPE_FLOAT,
    TYPE_BINARY,
    TYPE_TEXT,
    TYPE_BOOL,
    TYPE_DECIMAL,
    TYPE_DATE,
    TYPE_TIME,
    TYPE_TIMESTAMP,
    TYPE_INTERVAL,
    TYPE_LIST,
    TYPE_STRUCT,
    TYPE_UNION,
    TYPE_FIXED_BINARY,
    TYPE_FIXED_LIST,
    TYPE_MAP,
    TYPE_DURATION,
    TYPE_LARGE_BINARY,
    TYPE_LARGE_TEXT,
    TYPE_LARGE_LIST,
    TYPE_RUN_ENDS,
    TYPE_BINARY_VIEW,
    TYPE_TEXT_VIEW
};

/* What is the same for every column of a type. */
typedef struct type_form {
    const char *format;
    int n_buffers, width, is_text, is_view, is_nested;
} type_form;

/* clang-format off */
static const type_form forms[TYPES] = {
    [TYPE_NULL] = {"n", 0, 0, 0, 0, 0},          [TYPE_INT] = {"", 2, 0, 0, 0, 0},
    [TYPE_FLOAT] = {"", 2, 0, 0, 0, 0},          [TYPE_BINARY] = {"z", 3, 32, 1, 0, 0},
    [TYPE_TEXT] = {"u", 3, 32, 1, 0, 0},         [TYPE_BOOL] = {"b", 2, 1, 0, 0, 0},
    [TYPE_DECIMAL] = {"", 2, 0, 0, 0, 0},        [TYPE_DATE] = {"", 2, 0, 0, 0, 0},
    [TYPE_TIME] = {"tts", 2, 0, 0, 0, 0},        [TYPE_TIMESTAMP] = {"", 2, 64, 0, 0, 0},
    [TYPE_INTERVAL] = {"tiM", 2, 0, 0, 0, 0},    [TYPE_LIST] = {"+l", 2, 32, 0, 0, 1},
    [TYPE_STRUCT] = {"+s", 1, 0, 0, 0, 1},       [TYPE_FIXED_BINARY] = {"w:1", 2, 0, 0, 0, 0},
    [TYPE_FIXED_LIST] = {"+w:1", 1, 0, 0, 0, 1}, [TYPE_MAP] = {"+m", 2, 32, 0, 0, 1},
    [TYPE_DURATION] = {"tDs", 2, 0, 0, 0, 0},    [TYPE_LARGE_BINARY] = {"Z", 3, 64, 1, 0, 0},
    [TYPE_LARGE_TEXT] = {"U", 3, 64, 1, 0, 0},   [TYPE_LARGE_LIST] = {"+L", 2, 64, 0, 0, 1},
    [TYPE_BINARY_VIEW] = {"vz", 2, 128, 0, 1, 0}, [TYPE_TEXT_VIEW] = {"vu", 2, 128, 0, 1, 0},
};
/* clang-format on */

static mtm_status refuse_schema(const char *file, const char *what, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_FILE, (mtmi_place){file, 0, 0},
                          "found %s, expected columns of numbers, text, dates, times or dictionaries of them", what);
}

static const char *format_of_int(const mtmi_ipc_table *type, int *width) {
    static const char *const formats[2][4] = {{"C", "S", "I", "L"}, {"c", "s", "i", "l"}};
    int64_t bits = mtmi_ipc_number(type, 0, 4, 0);
    int is_signed = mtmi_ipc_number(type, 1, 1, 0) != 0;
    *width = (int)bits;
    return bits == 8    ? formats[is_signed][0]
           : bits == 16 ? formats[is_signed][1]
           : bits == 32 ? formats[is_signed][2]
           : bits == 64 ? formats[is_signed][3]
                        : NULL;
}

/* What depends on the properties of the type. 0 where they make no sense. */
static int read_decimal(const mtmi_ipc_table *type, mtmi_ipc_field *out) {
    int64_t precision = mtmi_ipc_number(type, 0, 4, 0), scale = mtmi_ipc_number(type, 1, 4, 0),
            bits = mtmi_ipc_number(type, 2, 4, 128);
    int fits = precision > 0 && precision <= 76 && scale >= -76 && scale <= 76 &&
               (bits == 32 || bits == 64 || bits == 128 || bits == 256);
    if (fits) {
        mtmi_buffer text = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&text, "d:%d,%d,%d", (int)precision, (int)scale, (int)bits);
        fits = !text.failed && text.size < MTMI_IPC_FORMAT;
        if (fits) {
            memcpy(out->format, text.data, text.size + 1);
        }
        mtmi_buffer_free(&text);
    }
    out->width = (int)bits;
    return fits;
}

static int read_timestamp(const mtmi_ipc_table *type, mtmi_ipc_field *out) {
    static const char units[] = "smun";
    int64_t unit = mtmi_ipc_number(type, 0, 2, 0);
    size_t n = 0;
    const unsigned char *zone = mtmi_ipc_list(type, 1, 1, &n);
    if (unit < 0 || unit > 3 || n > MTMI_IPC_FORMAT - 5 || (n > 0 && memchr(zone, '\0', n) != NULL)) {
        return 0;
    }
    memcpy(out->format, "ts?:", 4);
    out->format[2] = units[unit];
    if (n > 0) {
        memcpy(out->format + 4, zone, n);
    }
    out->format[4 + n] = '\0';
    return 1;
}

static int read_properties(int kind, const mtmi_ipc_table *type, mtmi_ipc_field *out) {
    const char *format = NULL;
    switch (kind) {
    case TYPE_INT: format = format_of_int(type, &out->width); break;
    case TYPE_FLOAT: {
        int64_t precision = mtmi_ipc_number(type, 0, 2, 0);
        out->width = precision == 0 ? 16 : precision == 1 ? 32 : 64;
        format = precision == 0 ? "e" : precision == 1 ? "f" : "g";
        break;
    }
    case TYPE_DECIMAL: return read_decimal(type, out);
    case TYPE_DATE:
        out->width = mtmi_ipc_number(type, 0, 2, 1) == 0 ? 32 : 64;
        format = out->width == 32 ? "tdD" : "tdm";
        break;
    case TYPE_TIMESTAMP: return read_timestamp(type, out);
    default: return 1;
    }
    if (format == NULL) {
        return 0;
    }
    memcpy(out->format, format, strlen(format) + 1);
    return 1;
}

/* Keys and values as the C data interface has them: their number, then lengths and bytes. *out NULL for none. */
static int read_metadata(const mtmi_ipc_table *table, size_t field, reading *in, char **out) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    size_t n = 0;
    (void)mtmi_ipc_list(table, field, 4, &n);
    *out = NULL;
    if (n == 0 || n > 10000 || !spend(in, n * 8)) {
        return 1;
    }
    int32_t number = (int32_t)n;
    mtmi_buffer_add(&text, (const char *)&number, sizeof number);
    for (size_t i = 0; i < n; i++) {
        mtmi_ipc_table pair;
        (void)mtmi_ipc_element(table, field, i, &pair);
        for (size_t k = 0; k < 2; k++) {
            size_t length = 0;
            const unsigned char *bytes = mtmi_ipc_list(&pair, k, 1, &length);
            int32_t size = (int32_t)(length < INT32_MAX && spend(in, length) ? length : 0);
            mtmi_buffer_add(&text, (const char *)&size, sizeof size);
            mtmi_buffer_add(&text, bytes != NULL ? (const char *)bytes : "", (size_t)size);
        }
    }
    if (text.failed) {
        mtmi_buffer_free(&text);
        return 0;
    }
    *out = text.data;
    return 1;
}

static mtm_status read_field(const mtmi_ipc_table *table, reading *in, int depth, mtmi_ipc_field *out, mtm_error *err);

static mtm_status read_children(const mtmi_ipc_table *table, size_t list, reading *in, int depth,
                                mtmi_ipc_field **fields, size_t *n_fields, mtm_error *err) {
    size_t n = 0;
    (void)mtmi_ipc_list(table, list, 4, &n);
    if (n == 0) {
        return MTM_OK;
    }
    if (n > in->left / FIELD_BYTES) {
        return refuse_schema(in->file, "more columns inside columns than a table has", err);
    }
    *fields = mtmi_memory_new(n, sizeof **fields);
    if (*fields == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < n; i++) {
        mtmi_ipc_table child;
        ++*n_fields; /* of a field that is read in part, too, the caller frees what it holds */
        MTMI_CHECK_STATUS(mtmi_ipc_element(table, list, i, &child)
                              ? read_field(&child, in, depth, *fields + i, err)
                              : refuse_schema(in->file, "a broken Arrow schema", err));
    }
    return MTM_OK;
}

static mtm_status read_dictionary(const mtmi_ipc_table *table, const char *file, mtmi_ipc_field *out, mtm_error *err) {
    mtmi_ipc_table dictionary, index;
    int width = 32;
    if (!mtmi_ipc_refer(table, 4, &dictionary)) {
        return MTM_OK;
    }
    const char *format = mtmi_ipc_refer(&dictionary, 1, &index) ? format_of_int(&index, &width) : "i";
    if (format == NULL || out->is_nested) {
        return refuse_schema(file, "a dictionary of another kind", err);
    }
    memcpy(out->index, format, strlen(format) + 1);
    out->dictionary = mtmi_ipc_number(&dictionary, 0, 8, 0);
    return MTM_OK;
}

static mtm_status read_field(const mtmi_ipc_table *table, reading *in, int depth, mtmi_ipc_field *out, mtm_error *err) {
    mtmi_ipc_table type;
    size_t n = 0;
    const unsigned char *name = mtmi_ipc_list(table, 0, 1, &n);
    int64_t kind = mtmi_ipc_number(table, 2, 1, 0);

    if (depth == DEEPEST || !spend(in, FIELD_BYTES + n)) {
        return refuse_schema(in->file, "columns inside columns, too deep or too many", err);
    }
    out->name = mtmi_memory_copy_bytes(name != NULL ? (const char *)name : "", n);
    if (out->name == NULL || !read_metadata(table, 6, in, &out->metadata)) {
        return mtmi_error_memory(err);
    }
    if (kind <= 0 || kind >= TYPES || forms[kind].format == NULL) {
        return refuse_schema(in->file, "a column of an Arrow type that is not known", err);
    }
    const type_form *form = &forms[kind];
    memcpy(out->format, form->format, strlen(form->format) + 1);
    out->n_buffers = form->n_buffers;
    out->width = form->width;
    out->is_text = form->is_text;
    out->is_view = form->is_view;
    out->is_nested = form->is_nested;
    (void)mtmi_ipc_refer(table, 3, &type);
    if (!read_properties((int)kind, &type, out)) {
        return refuse_schema(in->file, "a column of an Arrow type with properties that it cannot have", err);
    }
    MTMI_CHECK_STATUS(read_dictionary(table, in->file, out, err));
    return read_children(table, 5, in, depth + 1, &out->children, &out->n_children, err);
}

mtm_status mtmi_ipc_schema_read(const mtmi_ipc_table *table, const char *file, uint64_t most, mtmi_ipc_schema *out,
                                mtm_error *err) {
    reading in = {file, BUDGET};
    size_t n = 0;
    (void)mtmi_ipc_list(table, 1, 4, &n);
    if (mtmi_ipc_number(table, 0, 2, 0) != 0) {
        return refuse_schema(file, "numbers with the high byte first", err);
    }
    if (n > most) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){file, 0, 0},
                              "found %zu columns, expected no more than the limit max_columns, %llu", n,
                              (unsigned long long)most);
    }
    if (!read_metadata(table, 2, &in, &out->metadata)) {
        return mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(read_children(table, 1, &in, 0, &out->fields, &out->n_fields, err));
    out->columns = mtmi_memory_new(out->n_fields, sizeof(struct ArrowSchema *));
    return out->columns == NULL ? mtmi_error_memory(err) : MTM_OK;
}

static void release_nothing(struct ArrowSchema *schema) {
    schema->release = NULL;
}

static void lend_field(mtmi_ipc_field *field) {
    struct ArrowSchema values = {.format = field->format, .flags = ARROW_FLAG_NULLABLE, .release = release_nothing};
    field->schema = values;
    field->values = values;
    if (field->index[0] != '\0') {
        field->schema.format = field->index;
        field->schema.dictionary = &field->values;
    }
    field->schema.name = field->name;
    field->schema.metadata = field->metadata;
}

void mtmi_ipc_schema_lend(mtmi_ipc_schema *schema, struct ArrowSchema *out) {
    for (size_t i = 0; i < schema->n_fields; i++) {
        lend_field(&schema->fields[i]);
        schema->columns[i] = &schema->fields[i].schema;
    }
    *out = (struct ArrowSchema){.format = "+s",
                                .name = "",
                                .metadata = schema->metadata,
                                .n_children = (int64_t)schema->n_fields,
                                .children = schema->columns,
                                .release = release_nothing};
}

static void free_field(mtmi_ipc_field *field) {
    for (size_t i = 0; i < field->n_children; i++) {
        free_field(&field->children[i]);
    }
    mtmi_memory_free(field->children);
    mtmi_memory_free(field->metadata);
    mtmi_memory_free(field->name);
}

void mtmi_ipc_schema_free(mtmi_ipc_schema *schema) {
    for (size_t i = 0; i < schema->n_fields; i++) {
        free_field(&schema->fields[i]);
    }
    mtmi_memory_free(schema->fields);
    mtmi_memory_free(schema->columns);
    mtmi_memory_free(schema->metadata);
    memset(schema, 0, sizeof *schema);
}

const mtmi_ipc_field *mtmi_ipc_schema_dictionary(const mtmi_ipc_schema *schema, int64_t id) {
    for (size_t i = 0; i < schema->n_fields; i++) {
        if (schema->fields[i].index[0] != '\0' && schema->fields[i].dictionary == id) {
            return &schema->fields[i];
        }
    }
    return NULL;
}
