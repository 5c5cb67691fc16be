/* The texts of a file that say what it is about: its name, and inside it the titles above the table and the names of columns. */
#include "base/error.h"
#include "read/describe.h"

#include <string.h>

void mtmi_proposal_forget_texts(mtmi_subject_texts *texts) {
    mtmi_buffer_free(&texts->name);
    mtmi_buffer_free(&texts->titles);
    mtmi_buffer_free(&texts->inside);
}

mtm_status mtmi_proposal_texts(const mtmi_proposal *proposal, mtmi_subject_texts *out, mtm_error *err) {
    const mtm_check *check = proposal->check;
    const mtmi_check_file *file = check->n_files > 0 ? &check->files[0] : NULL;
    const char *slash = strrchr(proposal->path, '/'), *name = slash != NULL ? slash + 1 : proposal->path;

    *out = (mtmi_subject_texts){MTMI_BUFFER_INIT, MTMI_BUFFER_INIT, MTMI_BUFFER_INIT};
    mtmi_subject_add(&out->name, name, strlen(name));
    for (size_t i = 0; i < check->n_entries; i++) {
        const mtmi_check_entry *entry = &check->entries[i];
        if (entry->code == MTMI_CODE_NOT_DATA || entry->code == MTMI_CODE_YEAR_ABOVE) {
            const size_t found = strlen(entry->found), whole = strlen(entry->text); /* what was found may be cut */
            mtmi_subject_add(&out->titles, whole > found ? entry->text : entry->found, whole > found ? whole : found);
        }
    }
    mtmi_buffer_add(&out->inside, out->titles.data != NULL ? out->titles.data : "", out->titles.size);
    for (size_t i = 0; file != NULL && i < file->n_columns; i++) {
        mtmi_subject_add(&out->inside, file->columns[i].name, strlen(file->columns[i].name));
    }
    if (out->name.failed || out->titles.failed || out->inside.failed) {
        mtmi_proposal_forget_texts(out);
        return mtmi_error_memory(err);
    }
    return MTM_OK;
}

static const char *text_of(const mtmi_buffer *buffer) {
    return buffer->data != NULL ? buffer->data : "";
}

const char *mtmi_proposal_limit(const mtmi_subject_texts *texts, const char *concept, const char *country,
                                char out[MTMI_SUBJECT_LIMIT_SIZE]) {
    const char *limit = mtmi_subject_limit(text_of(&texts->titles), text_of(&texts->inside), concept, country, out);
    return limit != NULL ? limit : mtmi_subject_limit("", text_of(&texts->name), concept, country, out);
}

const mtmi_subject_word *mtmi_proposal_says(const mtmi_subject_texts *texts, mtmi_subject what, const char *value) {
    const mtmi_subject_word *name = mtmi_subject_find(text_of(&texts->name), what, value);
    const mtmi_subject_word *inside = mtmi_subject_find(text_of(&texts->inside), what, value);

    return name == NULL || (inside != NULL && inside < name) ? inside : name;
}

const mtmi_subject_word *mtmi_proposal_says_one(const mtmi_subject_texts *texts, mtmi_subject what, const char *a,
                                                const char *b) {
    const mtmi_subject_word *inside = mtmi_subject_only(text_of(&texts->inside), what, a, b);
    const mtmi_subject_word *name = mtmi_subject_only(text_of(&texts->name), what, a, b);

    if (inside == NULL) {
        return mtmi_subject_find(text_of(&texts->inside), what, a) == NULL ? name : NULL;
    }
    return name == NULL || strcmp(name->value, inside->value) == 0 ? inside : NULL;
}
