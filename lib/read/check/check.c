/* The log of a check: counts and diagnostics are added while reading, then it is frozen. Its getters lend from the
 * frozen check. */
#include "read/check/check.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/text.h"
#include "read/descriptor/resource_internal.h"

#include <string.h>

const char *mtmi_how_name(mtmi_how how) {
    static const char *const names[] = {"",          "declared", "header word", "HXL tag", "SDMX name",
                                        "type hint", "content",  "mark",        "guess"};
    return (size_t)how < sizeof names / sizeof *names ? names[how] : "";
}

mtm_status mtmi_check_new(const char *title, mtm_check **out, mtm_error *err) {
    mtm_check *check = mtmi_memory_new(1, sizeof *check);

    *out = NULL;
    if (check != NULL) {
        check->title = mtmi_memory_copy_text(title);
    }
    if (check == NULL || check->title == NULL) {
        mtm_check_free(check);
        return mtmi_error_memory(err);
    }
    *out = check;
    return MTM_OK;
}

mtm_status mtmi_check_start(mtm_check *check, const char *name, const char *resource, mtm_error *err) {
    void *files = check->files;
    mtmi_check_file *file;

    if (!mtmi_memory_reserve(&files, &check->files_capacity, check->n_files + 1, sizeof *file)) {
        return mtmi_error_memory(err);
    }
    check->files = files;
    file = &check->files[check->n_files];
    memset(file, 0, sizeof *file);
    check->n_files++;
    file->picture.most = check->show;
    file->name = mtmi_memory_copy_text(name);
    file->resource = mtmi_memory_copy_text(resource);
    if (file->name == NULL || (resource != NULL && file->resource == NULL)) {
        return mtmi_error_memory(err);
    }
    return MTM_OK;
}

mtm_status mtmi_check_rename(mtm_check *check, const char *name, mtm_error *err) {
    mtmi_check_file *file = mtmi_check_at_file(check);
    char *copy = mtmi_memory_copy_text(name);
    if (copy == NULL) {
        return mtmi_error_memory(err);
    }
    mtmi_memory_free(file->name);
    file->name = copy;
    return MTM_OK;
}

mtmi_check_file *mtmi_check_at_file(mtm_check *check) {
    return check->n_files > 0 ? &check->files[check->n_files - 1] : NULL;
}

/* Text that is valid whatever the bytes: what is no UTF-8, and NUL, becomes U+FFFD. */
static void add_valid(mtmi_buffer *out, const char *bytes, size_t size) {
    while (size > 0) {
        size_t n = mtmi_text_valid(bytes, size);
        const char *nul = memchr(bytes, '\0', n);
        n = nul == NULL ? n : (size_t)(nul - bytes);
        mtmi_buffer_add(out, bytes, n);
        if (n == size) {
            return;
        }
        mtmi_buffer_text(out, "\xEF\xBF\xBD");
        bytes += n + 1;
        size -= n + 1;
    }
}

static char *copy_valid(const char *bytes, size_t size, size_t limit) {
    mtmi_buffer buffer = MTMI_BUFFER_INIT;

    if (size > limit) {
        for (size = limit; size > 0 && ((unsigned char)bytes[size] & 0xC0) == 0x80;) {
            size--;
        }
    }
    if (bytes != NULL) {
        add_valid(&buffer, bytes, size);
    }
    if (buffer.data == NULL && !buffer.failed) {
        buffer.data = mtmi_memory_copy_text("");
    }
    if (buffer.failed) {
        mtmi_buffer_free(&buffer);
        return NULL;
    }
    return buffer.data;
}

static char *copy_or_empty(const char *text) {
    return mtmi_memory_copy_text(text == NULL ? "" : text);
}

static void free_entry(mtmi_check_entry *entry) {
    mtmi_memory_free(entry->subject);
    mtmi_memory_free(entry->found);
    mtmi_memory_free(entry->expected);
    mtmi_memory_free(entry->hint);
    mtmi_memory_free(entry->record);
    mtmi_memory_free(entry->text);
}

void mtmi_check_withhold(mtm_check *check, int confidential, int events) {
    mtmi_check_file *file = mtmi_check_at_file(check);
    if (file != NULL) {
        file->confidential = confidential;
        file->events = events;
        file->picture.most = confidential || events ? 0 : check->show;
    }
}

/* Without what the file has: a name or an id may stand in any cell. */
static mtmi_diagnostic_input without_text(const mtmi_diagnostic_input *said) {
    mtmi_diagnostic_input out = *said;
    if (!said->prose && said->found != NULL) {
        out.found = "text that is withheld";
        out.found_size = strlen(out.found);
        out.prose = 1;
    }
    out.record = out.text = "";
    out.record_size = out.text_size = 0;
    return out;
}

/* What is safe to keep. A row of microdata is of a person: only the list of refused rows has it, for who mends them. */
static mtmi_diagnostic_input safe_of(const mtmi_check_file *file, const mtmi_diagnostic_input *said) {
    mtmi_diagnostic_input out = *said;
    if (file != NULL && file->confidential) {
        return without_text(said);
    }
    if (file != NULL && file->events) {
        out.text = "";
        out.text_size = 0;
        out.record = said->error ? said->record : "";
        out.record_size = said->error ? said->record_size : 0;
    }
    return out;
}

static int copy_entry(const mtmi_diagnostic_input *said, const char *subject, mtmi_check_entry *out) {
    out->subject = copy_or_empty(subject);
    out->found = copy_valid(said->found, said->found_size, MTMI_CHECK_LINE);
    out->expected = copy_or_empty(said->expected);
    out->hint = copy_or_empty(said->hint);
    out->record = copy_valid(said->record, said->record_size, MTMI_CHECK_RECORD);
    out->text = copy_valid(said->text, said->text_size, MTMI_CHECK_LINE);
    return out->subject != NULL && out->found != NULL && out->expected != NULL && out->hint != NULL &&
           out->record != NULL && out->text != NULL;
}

enum { ENTRY_BYTES = 400 }; /* of an entry and its blocks, texts apart */

/* Counts in every case; keeps the first ones, and of refused rows as many as there is room for. */
static int count_diagnostic(mtm_check *check, int error) {
    mtmi_check_file *file = mtmi_check_at_file(check);

    check->errors += error;
    check->notes += !error;
    if (file != NULL) {
        file->errors += error;
        file->notes += !error;
    }
    return check->kept[error] < MTMI_CHECK_KEPT || (error && check->bytes < MTMI_CHECK_BYTES);
}

static mtm_status keep(mtm_check *check, const mtmi_diagnostic_input *said, const char *subject, mtm_error *err) {
    void *entries = check->entries;
    mtmi_check_entry entry = {0};

    if (!mtmi_memory_reserve(&entries, &check->entries_capacity, check->n_entries + 1, sizeof entry)) {
        return mtmi_error_memory(err);
    }
    check->entries = entries;
    const mtmi_check_file *file = mtmi_check_at_file(check);
    const mtmi_diagnostic_input safe = safe_of(file, said);
    entry.withheld = file != NULL && file->confidential && said->error && said->record != NULL;
    said = &safe;
    entry.file = check->n_files > 0 ? check->n_files - 1 : SIZE_MAX;
    entry.error = said->error;
    entry.code = said->code;
    entry.status = said->status;
    entry.prose = said->prose;
    entry.line = said->line;
    entry.column = said->column;
    entry.order = check->n_entries;
    if (!copy_entry(said, subject, &entry)) {
        free_entry(&entry);
        return mtmi_error_memory(err);
    }
    check->entries[check->n_entries++] = entry;
    check->kept[said->error]++;
    if (said->error) {
        check->bytes += ENTRY_BYTES + strlen(entry.record) + strlen(entry.text) + strlen(entry.found);
    }
    return MTM_OK;
}

mtm_status mtmi_check_add(mtm_check *check, const mtmi_diagnostic_input *said, mtm_error *err) {
    mtmi_check_file *file = mtmi_check_at_file(check);
    return count_diagnostic(check, said->error) ? keep(check, said, file != NULL ? file->name : check->title, err)
                                                : MTM_OK;
}

/* What has no number of its own: files that cannot be opened, descriptions, limits. */
static int code_of(const mtm_error *why) {
    switch (why->status) {
    case MTM_ERROR_SCHEMA:
    case MTM_ERROR_VALUE: return MTMI_CODE_DESCRIPTION;
    case MTM_ERROR_LIMIT: return MTMI_CODE_LIMIT;
    case MTM_ERROR_UNSUPPORTED: return MTMI_CODE_FILE;
    default: return MTMI_CODE_PACKAGE;
    }
}

/* "found X, expected Y; hint" as the strict reader says it: the parts again, where they can be told apart. */
mtm_status mtmi_check_refuse(mtm_check *check, const mtm_error *why, mtm_error *err) {
    mtmi_check_file *file = mtmi_check_at_file(check);
    const char *expected = strstr(why->message, ", expected ");
    const char *hint = expected == NULL ? NULL : strstr(expected, "; ");
    int has_found = strncmp(why->message, "found ", 6) == 0;
    mtmi_diagnostic_input said = {0};
    char text[sizeof why->message];

    said.error = 1;
    said.code = why->code != 0 ? why->code : code_of(why);
    said.status = (mtm_status)why->status;
    said.line = why->line;
    said.column = why->column;
    said.found = why->message + (has_found ? 6 : 0);
    said.found_size = expected != NULL ? (size_t)(expected - said.found) : strlen(said.found);
    said.prose = has_found ? 1 : 2;
    if (has_found && said.found_size >= 2 && said.found[0] == '"' && said.found[said.found_size - 1] == '"') {
        said.prose = 0;
        said.found++;
        said.found_size -= 2;
    }
    memcpy(text, why->message, sizeof text);
    if (hint != NULL) {
        text[hint - why->message] = '\0';
        said.hint = hint + 2;
    }
    said.expected = expected == NULL ? "" : text + (expected - why->message) + strlen(", expected ");
    check->refused = 1;
    if (file != NULL) {
        file->failed = 1;
    }
    (void)count_diagnostic(check, 1); /* what ended the reading is kept in every case */
    return keep(check, &said, why->subject[0] != '\0' ? why->subject : check->title, err);
}

static int compare(const void *context, const void *one, const void *other) {
    const mtmi_check_entry *a = one, *b = other;
    size_t file_a = a->file + 1, file_b = b->file + 1; /* the package itself comes first */
    (void)context;
    if (file_a != file_b) {
        return file_a < file_b ? -1 : 1;
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    if (a->column != b->column) {
        return a->column < b->column ? -1 : 1;
    }
    return a->order < b->order ? -1 : a->order > b->order;
}

/* Mostly in order already. Without memory for a sort, insertion from the end: slow where there is much, and the same. */
void mtmi_check_finish(mtm_check *check) {
    if (mtmi_sort(check->entries, check->n_entries, sizeof *check->entries, compare, NULL)) {
        return;
    }
    for (size_t i = 1; i < check->n_entries; i++) {
        mtmi_check_entry entry = check->entries[i];
        size_t at = i;
        while (at > 0 && compare(NULL, &entry, &check->entries[at - 1]) < 0) {
            check->entries[at] = check->entries[at - 1];
            at--;
        }
        check->entries[at] = entry;
    }
}

static void free_column(mtmi_check_column *column) {
    mtmi_memory_free(column->name);
    mtmi_memory_free(column->dimension);
    mtmi_memory_free(column->codelist);
    mtmi_memory_free(column->unit);
    mtmi_pairs_free(column->members, column->n_members);
}

static void free_file(mtmi_check_file *file) {
    for (size_t i = 0; i < file->n_columns; i++) {
        free_column(&file->columns[i]);
    }
    mtmi_memory_free(file->columns);
    mtmi_memory_free(file->name);
    mtmi_memory_free(file->resource);
    mtmi_picture_free(&file->picture);
}

void mtm_check_free(mtm_check *check) {
    if (check == NULL) {
        return;
    }
    for (size_t i = 0; i < check->n_files; i++) {
        free_file(&check->files[i]);
    }
    for (size_t i = 0; i < check->n_entries; i++) {
        free_entry(&check->entries[i]);
    }
    mtmi_memory_free(check->files);
    mtmi_memory_free(check->entries);
    mtmi_memory_free(check->title);
    mtmi_memory_free(check);
}

mtm_outcome mtm_check_outcome(const mtm_check *check) {
    if (check->refused) {
        return MTM_OUTCOME_ERROR;
    }
    if (mtm_check_rows(check, MTM_ROWS_REJECTED) > 0) {
        return MTM_OUTCOME_REJECTED_ROWS;
    }
    return check->errors > 0 ? MTM_OUTCOME_ERROR : check->notes > 0 ? MTM_OUTCOME_NOTES : MTM_OUTCOME_OK;
}

int64_t mtm_check_rows(const mtm_check *check, mtm_rows which) {
    int64_t sum = 0;

    for (size_t i = 0; i < check->n_files && (unsigned)which < 4; i++) {
        sum += check->files[i].rows[which];
    }
    return sum;
}

size_t mtm_check_count(const mtm_check *check) {
    return check->n_entries;
}

int mtm_check_at(const mtm_check *check, size_t index, mtm_diagnostic *out) {
    const mtmi_check_entry *entry;

    if (index >= check->n_entries) {
        return 0;
    }
    entry = &check->entries[index];
    *out = (mtm_diagnostic){entry->subject, entry->found,  entry->expected, entry->hint, entry->record,
                            entry->line,    entry->column, entry->error,    entry->code};
    return 1;
}
