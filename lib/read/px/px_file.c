/* Reads the statements of a PC-Axis file with their texts and places, up to the figures. Invariant: every text of
 * the file is in a statement. */
#include "read/px/px_file.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

enum { KEYWORD = 64, MOST_SUBJECTS = 16 };

static void free_values(mtmi_px_value *values, size_t n) {
    for (size_t i = 0; i < n; i++) {
        mtmi_memory_free(values[i].text);
    }
    mtmi_memory_free(values);
}

void mtmi_px_file_free(mtmi_px_file *file) {
    for (size_t i = 0; i < file->n; i++) {
        mtmi_px_statement *one = &file->statements[i];
        mtmi_memory_free(one->keyword);
        mtmi_memory_free(one->language);
        free_values(one->subjects, one->n_subjects);
        free_values(one->values, one->n_values);
    }
    mtmi_memory_free(file->statements);
    memset(file, 0, sizeof *file);
}

/* The text is taken out of the buffer. */
static mtm_status add_value(mtmi_px_value **values, size_t *n, size_t *capacity, mtmi_buffer *text, int64_t line,
                            int64_t column, mtm_error *err) {
    void *table = *values;

    if (text->failed || !mtmi_memory_reserve(&table, capacity, *n + 1, sizeof **values)) {
        return mtmi_error_memory(err);
    }
    *values = table;
    (*values)[*n] =
        (mtmi_px_value){mtmi_memory_copy_bytes(text->data != NULL ? text->data : "", text->size), line, column};
    if ((*values)[*n].text == NULL) {
        return mtmi_error_memory(err);
    }
    ++*n;
    mtmi_buffer_clear(text);
    return MTM_OK;
}

static int is_keyword(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* What stands without quotes: YES, 2, TLIST(A1). */
static mtm_status read_bare(mtmi_px_text *text, uint64_t limit, mtmi_buffer *out, mtm_error *err) {
    int depth = 0;

    while (text->c >= 0 && text->c != ';' && text->c != '"' && (text->c != ',' || depth > 0)) {
        depth += (text->c == '(') - (text->c == ')');
        if (text->c == 0xFF || text->c == 0 || out->size >= limit) {
            return mtmi_px_refuse(text, "what is no text", "a value of the keyword", err);
        }
        mtmi_buffer_char(out, (char)text->c);
        mtmi_px_next(text);
    }
    while (out->size > 0 && memchr(" \t\r\n", out->data[out->size - 1], 4) != NULL) {
        out->data[--out->size] = '\0';
    }
    return MTM_OK;
}

/* One text of a list, with its place. */
static mtm_status read_value(mtmi_px_text *text, const mtmi_limits *limits, mtmi_buffer *out, int64_t *line,
                             int64_t *column, mtm_error *err) {
    int quoted = 0;
    mtmi_px_blank(text);
    *line = text->line;
    *column = text->column;
    MTMI_CHECK_STATUS(mtmi_px_quoted(text, limits->max_field, 1, out, &quoted, err));
    return !quoted ? read_bare(text, limits->max_field, out, err) : MTM_OK;
}

static mtm_status count_bytes(const mtmi_px_text *text, const mtmi_limits *limits, mtmi_px_file *file, size_t size,
                              mtm_error *err) {
    file->bytes += size + 16;
    return file->bytes <= limits->max_record
               ? MTM_OK
               : mtmi_error_set(err, MTM_ERROR_LIMIT, MTMI_CODE_RECORD_LIMIT,
                                (mtmi_place){text->name, text->line, text->column},
                                "found more than %llu bytes of keywords, expected fewer; raise max_record",
                                (unsigned long long)limits->max_record);
}

static mtm_status read_values(mtmi_px_text *text, const mtmi_limits *limits, mtmi_px_file *file, mtmi_px_statement *out,
                              mtmi_buffer *work, mtm_error *err) {
    mtm_status status = MTM_OK;
    int64_t line, column;

    do {
        MTMI_TRY(read_value(text, limits, work, &line, &column, err));
        MTMI_TRY(count_bytes(text, limits, file, work->size, err));
        MTMI_TRY(add_value(&out->values, &out->n_values, &out->values_capacity, work, line, column, err));
        mtmi_px_blank(text);
        int more = text->c == ',';
        if (!more && text->c != ';' && text->c >= 0 && text->c != '"') {
            return mtmi_px_refuse(text, "a value that does not end", "a comma or a semicolon", err);
        }
        if (more) {
            mtmi_px_next(text);
        } else if (text->c != '"') { /* TLIST(A1) "2001": a comma that was forgotten */
            break;
        }
    } while (text->c >= 0);
    if (text->c != ';') {
        return mtmi_px_refuse(text, "the end of the file within a statement", "a semicolon, and DATA=", err);
    }
    mtmi_px_next(text);
out:
    return status;
}

/* ("variable","value") */
static mtm_status read_subjects(mtmi_px_text *text, const mtmi_limits *limits, mtmi_px_file *file,
                                mtmi_px_statement *out, mtmi_buffer *work, mtm_error *err) {
    mtm_status status = MTM_OK;

    while (text->c == '(' || text->c == ',') {
        int found = 0;
        mtmi_px_next(text);
        mtmi_px_blank(text);
        int64_t line = text->line, column = text->column;
        MTMI_TRY(mtmi_px_quoted(text, limits->max_field, 1, work, &found, err));
        if (!found || out->n_subjects == MOST_SUBJECTS) {
            return mtmi_px_refuse(text, "brackets without a text", "names in quotes", err);
        }
        MTMI_TRY(count_bytes(text, limits, file, work->size, err));
        MTMI_TRY(add_value(&out->subjects, &out->n_subjects, &out->subjects_capacity, work, line, column, err));
    }
    if (out->n_subjects > 0) {
        if (text->c != ')') {
            return mtmi_px_refuse(text, "brackets that are never closed", "a closing bracket", err);
        }
        mtmi_px_next(text);
        mtmi_px_blank(text);
    }
out:
    return status;
}

/* KEYWORD[language]; both are copied. */
static mtm_status read_keyword(mtmi_px_text *text, mtmi_px_statement *out, mtmi_buffer *work, mtm_error *err) {
    mtmi_buffer_clear(work);
    while (is_keyword(text->c) && work->size < KEYWORD) {
        mtmi_buffer_char(work, (char)text->c);
        mtmi_px_next(text);
    }
    if (work->size == 0 || work->failed) {
        return work->failed ? mtmi_error_memory(err)
                            : mtmi_px_refuse(text, text->c < 0 ? "the end of the file" : "what is no keyword",
                                             "a keyword such as TITLE=, and DATA= at the end", err);
    }
    out->keyword = mtmi_memory_copy_bytes(work->data, work->size);
    mtmi_px_blank(text);
    mtmi_buffer_clear(work);
    if (text->c == '[') {
        mtmi_px_next(text);
        while (text->c >= 0 && text->c != ']' && work->size < KEYWORD) {
            mtmi_buffer_char(work, (char)text->c);
            mtmi_px_next(text);
        }
        if (text->c != ']') {
            return mtmi_px_refuse(text, "a language that is never closed", "a closing bracket", err);
        }
        mtmi_px_next(text);
        mtmi_px_blank(text);
    }
    out->language = mtmi_memory_copy_bytes(work->data != NULL ? work->data : "", work->size);
    mtmi_buffer_clear(work);
    return out->keyword == NULL || out->language == NULL ? mtmi_error_memory(err) : MTM_OK;
}

static mtm_status read_statement(mtmi_px_text *text, const mtmi_limits *limits, mtmi_px_file *file,
                                 mtmi_px_statement *out, mtmi_buffer *work, int *is_data, mtm_error *err) {
    mtm_status status = MTM_OK;

    out->line = text->line;
    out->column = text->column;
    MTMI_TRY(read_keyword(text, out, work, err));
    MTMI_TRY(read_subjects(text, limits, file, out, work, err));
    if (text->c != '=') {
        return mtmi_px_refuse(text, "a keyword without a value", "an equals sign", err);
    }
    mtmi_px_next(text);
    *is_data = strcmp(out->keyword, "DATA") == 0;
    status = *is_data ? MTM_OK : read_values(text, limits, file, out, work, err);
out:
    return status;
}

mtm_status mtmi_px_file_read(mtmi_px_text *text, const mtmi_limits *limits, mtmi_px_file *out, mtm_error *err) {
    mtmi_buffer work = MTMI_BUFFER_INIT;
    mtm_status status = MTM_OK;
    int is_data = 0;

    memset(out, 0, sizeof *out);
    while (!is_data) {
        void *statements = out->statements;
        mtmi_px_blank(text);
        if (!mtmi_memory_reserve(&statements, &out->capacity, out->n + 1, sizeof *out->statements)) {
            MTMI_TRY(mtmi_error_memory(err));
        }
        out->statements = statements;
        memset(&out->statements[out->n], 0, sizeof *out->statements);
        out->n++;
        MTMI_TRY(read_statement(text, limits, out, &out->statements[out->n - 1], &work, &is_data, err));
    }
out:
    mtmi_buffer_free(&work);
    return status;
}

mtmi_px_statement *mtmi_px_find(const mtmi_px_file *file, const char *keyword, const char *subject) {
    for (size_t i = 0; i < file->n; i++) {
        mtmi_px_statement *one = &file->statements[i];
        if (one->language[0] == '\0' && strcmp(one->keyword, keyword) == 0 && one->n_subjects == (subject != NULL) &&
            (subject == NULL || strcmp(one->subjects[0].text, subject) == 0)) {
            one->used = 1;
            return one;
        }
    }
    return NULL;
}

const char *mtmi_px_text_of(const mtmi_px_file *file, const char *keyword, const char *subject) {
    const mtmi_px_statement *one = mtmi_px_find(file, keyword, subject);
    return one == NULL || one->n_values == 0 ? "" : one->values[0].text;
}
