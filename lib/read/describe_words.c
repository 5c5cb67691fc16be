/* The texts of a file that say what it is about: its name, and inside it the titles above the table and the names of columns. */
#include "base/error.h"
#include "base/text.h"
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

const char *mtmi_proposal_denial(const mtmi_subject_texts *texts, const char *concept) {
    return mtmi_subject_denial(text_of(&texts->titles), concept);
}

/* Whom a column of figures counts is known by a word of its header. */
static int is_known(const mtmi_check_column *column) {
    for (size_t i = 0; i < column->n_members; i++) {
        if (strcmp(column->members[i].key, "population-status") == 0) {
            return 1;
        }
    }
    return column->role != MTMI_ROLE_VALUE;
}

/* A country's baseline calls all who are displaced "Displacement since Start of Conflict". */
static int is_of_baseline(const char *name) {
    return strstr(name, "since start of conflict") != NULL || strstr(name, "since the start of conflict") != NULL;
}

/* Words that say that a flow, a plan or some of the people are counted, though titles may have them beside a stock. */
static const char *find_aside(const char *name) {
    static const char *const words[] = {"new ",          "newly ",   "cumulative", " since ",   "by end of",
                                        "by the end of", "departed", "arrived",    " left",     "with ",
                                        "registered",    "returned", "intend",     "nouveaux ", "nouvelles ",
                                        "новые ",        "вновь ",   "выбыл",      "прибыл"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strstr(name, words[i]) != NULL) {
            return words[i];
        }
    }
    return NULL;
}

/* The word without the spaces that told it from a part of another one. */
static const char *copy_word(const char *word, char out[MTMI_SUBJECT_LIMIT_SIZE]) {
    size_t length = word == NULL ? 0 : strlen(word);
    if (word == NULL) {
        return NULL;
    }
    word = mtmi_text_trim(word, &length);
    memcpy(out, word, length);
    out[length] = '\0';
    return out;
}

/* What the name of one column of figures says beside whom it counts; NULL for nothing. */
static const char *limit_of(const mtmi_check_column *column, const char *name, const char *concept, const char *country,
                            char out[MTMI_SUBJECT_LIMIT_SIZE]) {
    if (column->role == MTMI_ROLE_VALUE && strstr(name, "cumulative") != NULL) {
        return copy_word("cumulative", out); /* also where all else of the name is known */
    }
    if (is_known(column) || is_of_baseline(name) || mtmi_subject_find(name, MTMI_SUBJECT_CONCEPT, NULL) == NULL) {
        return NULL;
    }
    const char *aside = copy_word(find_aside(name), out);
    return aside != NULL ? aside : mtmi_subject_limit(name, name, concept, country, out);
}

const char *mtmi_proposal_column_limit(const mtmi_proposal *proposal, const char *concept, const char *country,
                                       char out[MTMI_SUBJECT_LIMIT_SIZE]) {
    const mtmi_check_file *file = proposal->check->n_files > 0 ? &proposal->check->files[0] : NULL;
    const char *found = NULL;
    if (file == NULL || strncmp(concept, "displacement", strlen("displacement")) != 0) {
        return NULL;
    }
    for (size_t i = 0; found == NULL && i < file->n_columns; i++) {
        mtmi_buffer name = MTMI_BUFFER_INIT;
        mtmi_subject_add(&name, file->columns[i].name, strlen(file->columns[i].name));
        found = limit_of(&file->columns[i], text_of(&name), concept, country, out);
        mtmi_buffer_free(&name);
    }
    return found;
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
