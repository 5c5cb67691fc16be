/* The texts of a file that say what it is about: its name, and inside it the titles above the table and the names of columns. */
#include "base/error.h"
#include "period/words.h"
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

/* Words that leave a column of displaced people what it is. Everything else may make less of it, or another thing: a plan, a flow, a
 * sex, a place that they left. */
static int is_plain(const char *word, size_t length) {
    static const char words[] = "|idp|idps|pdi|pdis|displaced|displacement|internally|internal|internes|person|persons|"
                                "people|individual|individuals|ind|inds|"
                                "population|household|households|hh|hhs|family|families|number|no|nb|num|count|total|"
                                "totals|of|the|in|at|as|on|and|est|estimate|"
                                "estimates|estimated|present|current|currently|identified|assessed|stock|stocks|site|"
                                "sites|location|locations|round|r|figure|"
                                "figures|nombre|de|d|des|du|la|le|les|personnes|individus|ménages|menages|déplacé|"
                                "déplacés|déplacée|déplacées|deplaces|effectif|"
                                "впл|человек|чел|лиц|лица|количество|число|численность|всего|внутренне|перемещенные|"
                                "перемещённые|перемещенных|перемещённых|"
                                "домохозяйств|адам|саны|барлығы|қоныс|аударған|аударғандар|ел|ішінде|";
    char marked[MTMI_SUBJECT_LIMIT_SIZE + 2] = "|";
    if (length >= MTMI_SUBJECT_LIMIT_SIZE) {
        return 0;
    }
    memcpy(marked + 1, word, length);
    memcpy(marked + 1 + length, "|", 2);
    return strstr(words, marked) != NULL;
}

static int is_letter(char c) {
    return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z');
}

/* The first word of a name that is neither plain nor of a date; NULL for none. */
static const char *find_other_word(const char *name, char out[MTMI_SUBJECT_LIMIT_SIZE]) {
    for (size_t at = 0; name[at] != '\0';) {
        size_t end = at;
        while (is_letter(name[end])) {
            end++;
        }
        const size_t n = end - at;
        if (n > 0 && n < MTMI_SUBJECT_LIMIT_SIZE && !is_plain(name + at, n)) {
            memcpy(out, name + at, n);
            out[n] = '\0';
            if (mtmi_period_word_find(out, n).class == MTMI_WORD_UNKNOWN) {
                return out;
            }
        }
        at = end > at ? end : at + 1;
    }
    return NULL;
}

/* What the name of one column of figures says beside whom it counts; NULL for nothing. Of a name that is known, what stands in
 * parentheses or after a comma was not looked at. */
static const char *limit_of(const mtmi_check_column *column, const char *name, char out[MTMI_SUBJECT_LIMIT_SIZE]) {
    const char *rest = is_known(column) ? strpbrk(name, "(,;") : name;
    if (column->role != MTMI_ROLE_VALUE || rest == NULL || is_of_baseline(name) ||
        mtmi_subject_find(name, MTMI_SUBJECT_CONCEPT, NULL) == NULL) {
        return NULL;
    }
    return find_other_word(rest, out);
}

/* Where one column has all figures, and no list or word of headers knows it, all words of its name must be accounted for. */
static const char *limit_of_only(const mtmi_check_file *file, const char *concept, const char *country,
                                 char out[MTMI_SUBJECT_LIMIT_SIZE]) {
    const mtmi_check_column *only = NULL;
    for (size_t i = 0; i < file->n_columns; i++) {
        if (file->columns[i].role == MTMI_ROLE_VALUE) {
            if (only != NULL) {
                return NULL;
            }
            only = &file->columns[i];
        }
    }
    if (only == NULL || only->how != MTMI_HOW_CONTENT || only->n_members > 0) {
        return NULL;
    }
    mtmi_buffer name = MTMI_BUFFER_INIT;
    mtmi_subject_add(&name, only->name, strlen(only->name));
    const char *found = mtmi_subject_column_limit(text_of(&name), concept, country, out);
    mtmi_buffer_free(&name);
    return found;
}

const char *mtmi_proposal_column_limit(const mtmi_proposal *proposal, const char *concept, const char *country,
                                       char out[MTMI_SUBJECT_LIMIT_SIZE]) {
    const mtmi_check_file *file = proposal->check->n_files > 0 ? &proposal->check->files[0] : NULL;
    const char *found = NULL;
    if (file == NULL) {
        return NULL;
    }
    if (strncmp(concept, "displacement", strlen("displacement")) != 0) {
        return limit_of_only(file, concept, country, out);
    }
    for (size_t i = 0; found == NULL && i < file->n_columns; i++) {
        mtmi_buffer name = MTMI_BUFFER_INIT;
        mtmi_subject_add(&name, file->columns[i].name, strlen(file->columns[i].name));
        found = limit_of(&file->columns[i], text_of(&name), out);
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
