/* Finds the tables of a JSON document: its arrays of objects or of arrays, wherever objects hold them; one record a
 * line; or the document as the only record. Invariant: every value of the document is in a table or beside one. */
#include "read/json/json_find.h"

#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"

#include <string.h>

static mtm_status add_table(mtmi_jtext_found *out, const mtmi_jtext_text *text, const char *name, int lines,
                            mtm_error *err) {
    void *tables = out->tables;

    if (!mtmi_memory_reserve(&tables, &out->tables_capacity, out->n_tables + 1, sizeof *out->tables)) {
        return mtmi_error_memory(err);
    }
    out->tables = tables;
    out->tables[out->n_tables] = (mtmi_jtext_table){mtmi_memory_copy_text(name), *text, lines};
    return out->tables[out->n_tables++].name == NULL ? mtmi_error_memory(err) : MTM_OK;
}

static mtm_status add_beside(mtmi_jtext_found *out, const char *name, const mtmi_jtext_value *value, mtm_error *err) {
    void *beside = out->beside;

    if (!mtmi_memory_reserve(&beside, &out->beside_capacity, out->n_beside + 1, sizeof *out->beside)) {
        return mtmi_error_memory(err);
    }
    out->beside = beside;
    out->beside[out->n_beside] = (mtmi_jtext_beside){mtmi_memory_copy_text(name), *value};
    return out->beside[out->n_beside++].name == NULL ? mtmi_error_memory(err) : MTM_OK;
}

/* What stands first in an array; 0 where it is empty. */
static char first_of(mtmi_jtext_text text) {
    char c;

    text.at++;
    c = mtmi_jtext_peek(&text);
    return c == ']' ? '\0' : c;
}

static int is_table(const mtmi_jtext_text *text) {
    char first = text->at < text->size && text->bytes[text->at] == '[' ? first_of(*text) : '\0';
    return first == '{' || first == '[';
}

static mtm_status walk_object(mtmi_jtext_text *text, mtmi_buffer *path, int depth, mtmi_jtext_found *out,
                              mtm_error *err);

/* A member: a table, an object that may hold one, or a value beside. */
static mtm_status walk_member(mtmi_jtext_text *text, mtmi_buffer *path, int depth, mtmi_jtext_found *out,
                              mtm_error *err) {
    mtmi_jtext_value value;
    mtm_status status = MTM_OK;
    char c = mtmi_jtext_peek(text);

    if (path->failed) {
        return mtmi_error_memory(err);
    }
    if (c == '{' && depth < MTMI_JTEXT_DEPTH) {
        return walk_object(text, path, depth + 1, out, err);
    }
    int table = is_table(text);
    if (table) {
        MTMI_TRY(add_table(out, text, path->data, 0, err));
    }
    MTMI_TRY(mtmi_jtext_skip(text, &value, err));
    status = table ? MTM_OK : add_beside(out, path->data, &value, err);
out:
    return status;
}

static mtm_status walk_object(mtmi_jtext_text *text, mtmi_buffer *path, int depth, mtmi_jtext_found *out,
                              mtm_error *err) {
    mtm_status status = MTM_OK;
    size_t before = path->size;
    int more = 0;

    MTMI_TRY(mtmi_jtext_open(text, '{', &more, err));
    while (more) {
        mtmi_jtext_value key;
        MTMI_TRY(mtmi_jtext_key(text, &key, err));
        mtmi_buffer_text(path, path->size > 0 ? "." : "");
        mtmi_jtext_unquote(text->bytes + key.start, key.size, path);
        MTMI_TRY(walk_member(text, path, depth, out, err));
        path->size = before;
        MTMI_TRY(mtmi_jtext_more(text, '{', &more, err));
    }
out:
    return status;
}

/* An object alone: its arrays of records, else the object itself is the record. */
static mtm_status find_in_object(const mtmi_jtext_text *text, mtmi_jtext_found *out, mtm_error *err) {
    mtmi_jtext_text inside = *text;
    mtmi_buffer path = MTMI_BUFFER_INIT;
    const mtm_status status = walk_object(&inside, &path, 0, out, err);

    mtmi_buffer_free(&path);
    MTMI_CHECK_STATUS(status);
    if (out->n_tables == 0) {
        for (size_t i = 0; i < out->n_beside; i++) {
            mtmi_memory_free(out->beside[i].name);
        }
        out->n_beside = 0;
        MTMI_CHECK_STATUS(add_table(out, text, "", 1, err));
    }
    return MTM_OK;
}

mtm_status mtmi_jtext_find(const mtmi_jtext_text *whole, mtmi_jtext_found *out, mtm_error *err) {
    mtmi_jtext_text text = *whole, after;
    mtmi_jtext_value value;
    char c = mtmi_jtext_peek(&text);
    mtm_status status;

    memset(out, 0, sizeof *out);
    if (c != '[' && c != '{') {
        return mtmi_jtext_refuse(&text, "another value", "an array of records, or an object that holds one", err);
    }
    if (c == '[' && (is_table(&text) || first_of(text) == '\0')) {
        return add_table(out, &text, "", 0, err);
    }
    after = text;
    status = mtmi_jtext_skip(&after, &value, err);
    if (status != MTM_OK) {
        return status;
    }
    return c == '[' || mtmi_jtext_peek(&after) != '\0' ? add_table(out, &text, "", 1, err)
                                                       : find_in_object(&text, out, err);
}

void mtmi_jtext_found_free(mtmi_jtext_found *found) {
    for (size_t i = 0; i < found->n_tables; i++) {
        mtmi_memory_free(found->tables[i].name);
    }
    for (size_t i = 0; i < found->n_beside; i++) {
        mtmi_memory_free(found->beside[i].name);
    }
    mtmi_memory_free(found->tables);
    mtmi_memory_free(found->beside);
    memset(found, 0, sizeof *found);
}

mtm_status mtmi_jtext_choose(const mtmi_jtext_found *found, const char *wanted, const char *file, size_t *out,
                             mtm_error *err) {
    mtmi_buffer names = MTMI_BUFFER_INIT;
    size_t number = 0;
    mtm_status status;

    *out = 0;
    for (size_t i = 0; i < found->n_tables; i++) {
        if (wanted == NULL || strcmp(found->tables[i].name, wanted) == 0) {
            *out = i;
            return MTM_OK;
        }
    }
    for (size_t i = 0; wanted[i] >= '0' && wanted[i] <= '9' && number < 1000000; i++) {
        number = 10 * number + (size_t)(wanted[i] - '0');
    }
    if (number > 0 && number <= found->n_tables) {
        *out = number - 1;
        return MTM_OK;
    }
    for (size_t i = 0; i < found->n_tables && names.size < 200; i++) {
        mtmi_buffer_text(&names, i > 0 ? ", " : "");
        mtmi_buffer_text(&names, found->tables[i].name[0] == '\0' ? "1" : found->tables[i].name);
    }
    status = names.failed ? mtmi_error_memory(err)
                          : mtmi_error_set(err, MTM_ERROR_SCHEMA, MTMI_CODE_SHEET, (mtmi_place){file, 0, 0},
                                           "found no records %q, expected one of %q", wanted, names.data);
    mtmi_buffer_free(&names);
    return status;
}

static mtm_status say_beside(const mtmi_jtext_beside *one, const mtmi_jtext_text *text, mtmi_check_log *log,
                             mtm_error *err) {
    mtmi_buffer found = MTMI_BUFFER_INIT;
    mtmi_diagnostic_input said = {0};
    mtm_status status;

    mtmi_buffer_text(&found, one->name);
    mtmi_buffer_text(&found, ": ");
    mtmi_buffer_add(&found, text->bytes + one->value.start, one->value.size < 4096 ? one->value.size : 4096);
    said.code = MTMI_CODE_NOT_DATA;
    said.line = one->value.line;
    said.column = one->value.column;
    said.found = found.data;
    said.found_size = found.size;
    said.expected = "records; the value stands beside them";
    status = found.failed ? mtmi_error_memory(err) : mtmi_check_add(log, &said, err);
    mtmi_buffer_free(&found);
    return status;
}

mtm_status mtmi_jtext_say(const mtmi_jtext_found *found, const mtmi_jtext_text *text, size_t chosen, const char *wanted,
                          mtmi_check_log *log, mtm_error *err) {
    for (size_t i = 0; i < found->n_beside; i++) {
        MTMI_CHECK_STATUS(say_beside(&found->beside[i], text, log, err));
    }
    for (size_t i = 0; i < found->n_tables; i++) {
        mtmi_diagnostic_input said = {0};
        if (i == chosen) {
            continue;
        }
        said.code = MTMI_CODE_SHEET;
        said.line = found->tables[i].from.line;
        said.column = 1;
        said.found = found->tables[i].name;
        said.found_size = strlen(found->tables[i].name);
        said.expected = wanted == NULL ? "one array of records; the first of several was read"
                                       : "one array of records; another was asked for";
        said.hint = "say which one: dialect.sheetName or dialect.sheetNumber";
        MTMI_CHECK_STATUS(mtmi_check_add(log, &said, err));
    }
    return MTM_OK;
}
