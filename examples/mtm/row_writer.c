/* Rows to CSV and JSON Lines. The invariant: what is written as CSV is read back as the same cells. */
#include "row_writer.h"

#include "message.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 16 };

static void write_block(struct row_writer *writer) {
    fwrite(writer->block, 1, writer->n, writer->stream);
    writer->n = 0;
}

static void put_bytes(struct row_writer *writer, const char *bytes, size_t n) {
    if (writer->n + n > writer->size) {
        write_block(writer);
    }
    if (n > writer->size) {
        fwrite(bytes, 1, n, writer->stream);
        return;
    }
    memcpy(writer->block + writer->n, bytes, n);
    writer->n += n;
}

static void put_text(struct row_writer *writer, const char *text) {
    put_bytes(writer, text, strlen(text));
}

static void put_number(struct row_writer *writer, long long number) {
    char text[24];
    int n = snprintf(text, sizeof text, "%lld", number);
    put_bytes(writer, text, (size_t)n);
}

static int needs_quotes(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] <= ',' && (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r')) {
            return 1;
        }
    }
    return 0;
}

static void put_quoted(struct row_writer *writer, const char *text, size_t length) {
    put_bytes(writer, "\"", 1);
    while (length > 0) {
        const char *quote = memchr(text, '"', length);
        size_t n = quote == NULL ? length : (size_t)(quote - text) + 1;
        put_bytes(writer, text, n);
        if (quote != NULL) {
            put_bytes(writer, "\"", 1);
        }
        text += n;
        length -= n;
    }
    put_bytes(writer, "\"", 1);
}

static void put_cell(struct row_writer *writer, const char *text, size_t length) {
    if (needs_quotes(text, length)) {
        put_quoted(writer, text, length);
    } else {
        put_bytes(writer, text, length);
    }
}

void row_cell_write(FILE *stream, const char *text, size_t length) {
    char block[256];
    struct row_writer writer = {.stream = stream, .block = block, .size = sizeof block};
    put_cell(&writer, text, length);
    write_block(&writer);
}

/* A JSON string; text is valid UTF-8. */
static void put_string(struct row_writer *writer, const char *text, size_t length) {
    static const char hex[] = "0123456789abcdef";
    put_bytes(writer, "\"", 1);
    for (size_t i = 0, start = 0; i <= length; i++) {
        unsigned char c = i < length ? (unsigned char)text[i] : 0;
        if (i < length && c >= 0x20 && c != '"' && c != '\\') {
            continue;
        }
        put_bytes(writer, text + start, i - start);
        start = i + 1;
        if (i == length) {
            break;
        }
        char escaped[7] = {'\\', (char)c, 0};
        if (c < 0x20) {
            snprintf(escaped, sizeof escaped, "\\u00%c%c", hex[c >> 4], hex[c & 15]);
        }
        put_text(writer, escaped);
    }
    put_bytes(writer, "\"", 1);
}

static int has_key(const struct row_writer *writer, size_t n, const char *key) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(writer->keys[i], key) == 0) {
            return 1;
        }
    }
    return 0;
}

static size_t count_same(const mtm_row_table *table, size_t column) {
    size_t n = 1;
    for (size_t i = 0; table->names[column][0] != '\0' && i < column; i++) {
        n += strcmp(table->names[i], table->names[column]) == 0;
    }
    return n;
}

/* The name of a column; of columns without one, col_0 and so on; the n-th of a name is numbered n, and what is taken all
 * the same gets its column's number, so that no choice of names makes many tries. */
static char *make_key(const struct row_writer *writer, const mtm_row_table *table, size_t column) {
    const char *name = table->names[column];
    size_t size = strlen(name) + 64, n = 0, nth = count_same(table, column);
    char *key = malloc(size);
    if (key == NULL) {
        return NULL;
    }
    n = (size_t)snprintf(key, size, name[0] == '\0' ? "%scol_%zu" : "%s", name, column);
    if (nth > 1) {
        n += (size_t)snprintf(key + n, size - n, "_%zu", nth);
    }
    while (has_key(writer, column, key)) {
        char *longer = realloc(key, size += 24);
        if (longer == NULL) {
            free(key);
            return NULL;
        }
        key = longer;
        n += (size_t)snprintf(key + n, size - n, "_%zu", column + 2);
    }
    return key;
}

static void begin_row(struct row_writer *writer, long long line) {
    put_cell(writer, writer->file, strlen(writer->file));
    put_text(writer, ",");
    put_number(writer, line);
    put_text(writer, ",");
}

static void write_names(struct row_writer *writer, const mtm_row_table *table) {
    put_text(writer, writer->places ? "file,line," : "");
    for (size_t i = 0; i < table->n_columns; i++) {
        const char *name = table->header_rows > 0 ? table->names[i] : writer->keys[i];
        put_text(writer, i > 0 ? "," : "");
        put_cell(writer, name, strlen(name));
    }
    put_text(writer, "\n");
}

int row_writer_begin(struct row_writer *out, FILE *stream, row_form form, const mtm_row_reader *reader,
                     const char *file, int places, int names) {
    mtm_row_table table = {.size = sizeof table};
    memset(out, 0, sizeof *out);
    mtm_row_reader_table(reader, 0, &table);
    *out = (struct row_writer){stream, form,          reader, file, places, calloc(table.n_columns + 1, sizeof(char *)),
                               0,      malloc(BLOCK), 0,      BLOCK};
    for (; out->keys != NULL && out->n_keys < table.n_columns; out->n_keys++) {
        out->keys[out->n_keys] = make_key(out, &table, out->n_keys);
        if (out->keys[out->n_keys] == NULL) {
            return complain("no memory is left");
        }
    }
    if (out->keys == NULL || out->block == NULL) {
        return complain("no memory is left");
    }
    if (form == ROW_FORM_CSV && (table.header_rows > 0 || names)) {
        write_names(out, &table);
    }
    return EXIT_FINE;
}

static void add_csv(struct row_writer *writer, const mtm_table_row *row) {
    if (writer->places) {
        begin_row(writer, row->line);
    }
    if (row->n_cells == 1 && row->cells[0].length == 0 && !writer->places) {
        put_text(writer, "\"\""); /* no blank line */
    }
    for (size_t i = 0; i < row->n_cells; i++) {
        put_bytes(writer, ",", i > 0);
        if (row->cells[i].text != NULL) {
            put_cell(writer, row->cells[i].text, row->cells[i].length);
        }
    }
    put_bytes(writer, "\n", 1);
}

static void put_places(struct row_writer *writer, const mtm_table_row *row) {
    put_text(writer, ",\"places\":[");
    for (size_t i = 0; i < row->n_cells; i++) {
        int64_t line = 0, column = 0;
        put_text(writer, i > 0 ? "," : "");
        if (row->cells[i].text == NULL) {
            put_text(writer, "null");
            continue;
        }
        mtm_row_reader_place(writer->reader, i, &line, &column);
        put_text(writer, "[");
        put_number(writer, line);
        put_text(writer, ",");
        put_number(writer, column);
        put_text(writer, "]");
    }
    put_text(writer, "]}");
}

static void add_json(struct row_writer *writer, const mtm_table_row *row) {
    if (writer->places) {
        put_text(writer, "{\"file\":");
        put_string(writer, writer->file, strlen(writer->file));
        put_text(writer, ",\"line\":");
        put_number(writer, row->line);
        put_text(writer, ",\"row\":");
    }
    put_text(writer, "{");
    for (size_t i = 0; i < row->n_cells; i++) {
        char more[32];
        const char *key = i < writer->n_keys ? writer->keys[i] : more;
        snprintf(more, sizeof more, "col_%zu", i);
        put_text(writer, i > 0 ? "," : "");
        put_string(writer, key, strlen(key));
        put_text(writer, ":");
        if (row->cells[i].text == NULL) {
            put_text(writer, "null");
        } else {
            put_string(writer, row->cells[i].text, row->cells[i].length);
        }
    }
    put_text(writer, "}");
    if (writer->places) {
        put_places(writer, row);
    }
    put_text(writer, "\n");
}

int row_writer_add(struct row_writer *writer, const mtm_table_row *row) {
    if (writer->form == ROW_FORM_CSV) {
        add_csv(writer, row);
    } else {
        add_json(writer, row);
    }
    return EXIT_FINE;
}

void row_writer_end(struct row_writer *writer) {
    if (writer->block != NULL) {
        write_block(writer);
    }
    for (size_t i = 0; i < writer->n_keys; i++) {
        free(writer->keys[i]);
    }
    free(writer->keys);
    free(writer->block);
}
