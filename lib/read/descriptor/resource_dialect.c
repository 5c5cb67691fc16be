/* Reads the dialect of a resource, in the terms of Frictionless Table Dialect. */
#include "base/memory.h"
#include "read/descriptor/resource_internal.h"

#include <string.h>

static void read_delimiter(mtmi_properties *in, const json_t *dialect, mtmi_dialect *out) {
    const char *text = mtmi_properties_string(in, dialect, "delimiter");
    if (text == NULL) {
        return;
    }
    if (strlen(text) != 1 || strchr(",;:|\t ~^&!", text[0]) == NULL) {
        mtmi_properties_refuse(in, "delimiter", "another text", "one of , ; : | tab and space");
        return;
    }
    out->delimiter = text[0];
}

/* Nothing, or null: quotes are ordinary characters. */
static void read_quote(mtmi_properties *in, const json_t *dialect, mtmi_dialect *out) {
    const char *text;
    if (json_is_null(json_object_get(dialect, "quoteChar"))) {
        out->quote = '\1';
        return;
    }
    text = mtmi_properties_string(in, dialect, "quoteChar");
    if (text == NULL) {
        return;
    }
    if (text[0] == '\0') {
        out->quote = '\1';
    } else if (strlen(text) != 1 || strchr("\"'`|", text[0]) == NULL) {
        mtmi_properties_refuse(in, "quoteChar", "another text", "a quotation mark, or nothing");
    } else {
        out->quote = text[0];
    }
}

static void read_escapes(mtmi_properties *in, const json_t *dialect) {
    int doubled = 1;
    const json_t *escape = json_object_get(dialect, "escapeChar");

    mtmi_properties_bool(in, dialect, "doubleQuote", &doubled);
    if (!doubled) {
        mtmi_properties_refuse(in, "doubleQuote", "false", "true: a quote inside a quoted cell is doubled");
    }
    if (escape != NULL && !json_is_null(escape)) {
        mtmi_properties_refuse(in, "escapeChar", "a character", "none: a quote inside a quoted cell is doubled");
    }
}

/* Rows one after the other, from 1: the first and how many. 0 of them when the property is absent or empty. */
static size_t read_rows(mtmi_properties *in, const json_t *dialect, const char *key, int64_t *first) {
    const json_t *list = mtmi_properties_array(in, dialect, key);
    size_t n = list == NULL ? 0 : json_array_size(list);

    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(list, i);
        if (!json_is_integer(row) || json_integer_value(row) < 1 || json_integer_value(row) > 1000 ||
            (i > 0 && json_integer_value(row) != *first + (int64_t)i)) {
            mtmi_properties_refuse(in, key, "other rows", "numbers of rows one after the other, counted from 1");
            return 0;
        }
        *first = i == 0 ? json_integer_value(row) : *first;
    }
    return n;
}

static void read_header(mtmi_properties *in, const json_t *dialect, mtmi_dialect *out) {
    int64_t header = 0, comment = 0;
    int has_header = -1;
    size_t n_header = read_rows(in, dialect, "headerRows", &header);
    size_t n_comment = read_rows(in, dialect, "commentRows", &comment);
    const json_t *rows = json_object_get(dialect, "headerRows");

    mtmi_properties_bool(in, dialect, "header", &has_header);
    if (json_is_array(rows) && json_array_size(rows) == 0) {
        has_header = 0;
    }
    if (has_header == 0 && n_header > 0) {
        mtmi_properties_refuse(in, "headerRows", "rows", "none, because header is false");
        return;
    }
    out->has_header = n_header > 0 ? 1 : has_header;
    out->header_rows = n_header > 0 ? (int64_t)n_header : has_header == 0 ? 0 : -1;
    out->skip_rows = n_header > 0 ? header - 1 : n_comment > 0 ? (int64_t)n_comment : -1;
    if (n_comment > 0 && (comment != 1 || (n_header > 0 && (int64_t)n_comment >= header))) {
        mtmi_properties_refuse(in, "commentRows", "other rows", "rows above the header, from the first on");
    }
}

static void read_sheet(mtmi_properties *in, const json_t *dialect, mtmi_dialect *out) {
    int64_t number = 0;
    char digits[8];
    size_t at = sizeof digits - 1;

    static const mtmi_choice sheets[] = {{"alike", 1}};

    mtmi_properties_choice(in, dialect, "sheets", sheets, sizeof sheets / sizeof *sheets, &out->alike);
    mtmi_properties_text(in, dialect, "sheetColumn", &out->sheet_column);
    if (out->sheet_column != NULL && (!out->alike || out->sheet_column[0] == '\0')) {
        mtmi_properties_refuse(in, "sheetColumn", out->alike ? "nothing" : "one sheet",
                               "the name of a column, beside sheets \"alike\"");
    }
    mtmi_properties_text(in, dialect, "sheetName", &out->sheet);
    mtmi_properties_int(in, dialect, "sheetNumber", 1, 9999, &number);
    if (number == 0 || out->sheet != NULL) {
        return;
    }
    digits[at] = '\0';
    for (; number > 0; number /= 10) {
        digits[--at] = (char)('0' + number % 10);
    }
    out->sheet = mtmi_memory_copy_text(digits + at);
    if (out->sheet == NULL) {
        mtmi_properties_no_memory(in);
    }
}

void mtmi_resource_dialect(mtmi_properties *in, const json_t *json, mtmi_dialect *out, const char **null_sequence) {
    const json_t *dialect = json_object_get(json, "dialect");
    size_t before = in->length;

    mtmi_properties_text(in, json, "encoding", &out->encoding);
    if (dialect == NULL) {
        return;
    }
    if (json_is_string(dialect)) {
        mtmi_properties_refuse(in, "dialect", "text", "an object; a dialect in another file is not read");
        return;
    }
    dialect = mtmi_properties_object(in, json, "dialect");
    before = mtmi_properties_enter(in, "dialect");
    if (dialect != NULL) {
        read_delimiter(in, dialect, out);
        read_quote(in, dialect, out);
        read_escapes(in, dialect);
        read_header(in, dialect, out);
        mtmi_properties_text(in, dialect, "commentChar", &out->comment);
        if (out->comment != NULL && out->comment[0] == '\0') {
            mtmi_properties_refuse(in, "commentChar", "nothing", "the characters that begin a note");
        }
        *null_sequence = mtmi_properties_string(in, dialect, "nullSequence");
        read_sheet(in, dialect, out);
    }
    mtmi_properties_leave(in, before);
}

void mtmi_dialect_free(mtmi_dialect *dialect) {
    mtmi_memory_free(dialect->encoding);
    mtmi_memory_free(dialect->comment);
    mtmi_memory_free(dialect->sheet);
    mtmi_memory_free(dialect->sheet_column);
}
