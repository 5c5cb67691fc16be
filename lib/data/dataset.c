/* The getters of a frozen dataset. What they lend lives as long as the dataset. */
#include "data/dataset.h"

#include "codelist/match.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"

#include <string.h>

const char *mtmi_titles_get(const mtmi_titles *titles, mtm_language language) {
    if ((unsigned)language < 3 && titles->text[language] != NULL) {
        return titles->text[language];
    }
    for (int i = 0; i < 3; i++) {
        if (titles->text[i] != NULL) {
            return titles->text[i];
        }
    }
    return "";
}

int mtmi_dataset_has_value(const mtm_dataset *dataset, size_t i) {
    const char status = dataset->statuses[i];
    return status != 'L' && status != 'M' && status != 'O' && status != 'Q' && status != '\0';
}

const char *mtmi_dataset_file(const mtm_dataset *dataset, size_t i) {
    const char *file = dataset->file;
    for (size_t k = 0; k < dataset->n_parts && dataset->parts[k].first <= i; k++) {
        file = dataset->parts[k].file;
    }
    return file;
}

/* A unit of three capitals is a currency, as of ISO 4217. */
int mtmi_dataset_is_amount(const mtm_dataset *dataset) {
    const char *unit = mtmi_dataset_unit(dataset);
    return dataset->amounts ||
           (strlen(unit) == 3 && strspn(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3 && dataset->kind != MTM_KIND_SHARE);
}

int mtmi_dataset_find_dimension(const mtm_dataset *dataset, const char *name) {
    for (size_t i = 0; i < dataset->n_dimensions; i++) {
        if (strcmp(dataset->dimensions[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int32_t mtmi_dataset_find_member(const mtm_dataset *dataset, int dimension, const char *code) {
    const mtmi_dimension *d = &dataset->dimensions[dimension];
    for (size_t i = 0; i < d->n_members; i++) {
        if (strcmp(d->members[i].code, code) == 0) {
            return (int32_t)i;
        }
    }
    return -1;
}

static void free_texts(char **texts, size_t n) {
    for (size_t i = 0; i < n; i++) {
        mtmi_memory_free(texts[i]);
    }
    mtmi_memory_free(texts);
}

static void free_dimension(mtmi_dimension *dimension) {
    for (size_t i = 0; i < dimension->n_frame; i++) {
        mtmi_memory_free(dimension->frame[i].code);
        mtmi_memory_free(dimension->frame[i].predecessor);
    }
    mtmi_memory_free(dimension->frame);
    for (size_t i = 0; i < dimension->n_members; i++) {
        mtmi_memory_free(dimension->members[i].code);
        mtmi_memory_free(dimension->members[i].label);
    }
    mtmi_memory_free(dimension->members);
    mtmi_memory_free(dimension->codes);
    mtmi_memory_free(dimension->name);
}

void mtmi_titles_free(mtmi_titles *titles) {
    for (int i = 0; i < 3; i++) {
        mtmi_memory_free(titles->text[i]);
        titles->text[i] = NULL;
    }
}

int mtmi_titles_copy(const mtmi_titles *from, mtmi_titles *to) {
    int whole = 1;
    for (int i = 0; i < 3; i++) {
        to->text[i] = mtmi_memory_copy_text(from->text[i]);
        whole &= from->text[i] == NULL || to->text[i] != NULL;
    }
    return whole;
}

void mtmi_source_note_free(mtmi_source_note *note) {
    mtmi_memory_free(note->publisher);
    mtmi_memory_free(note->title);
    mtmi_memory_free(note->path);
    mtmi_memory_free(note->accessed);
    mtmi_memory_free(note->licence);
    mtmi_titles_free(&note->publisher_names);
    mtmi_titles_free(&note->revisions);
    memset(note, 0, sizeof *note);
}

static int copy_one(const char *from, char **to) {
    *to = mtmi_memory_copy_text(from);
    return from == NULL || *to != NULL;
}

int mtmi_source_note_copy(const mtmi_source_note *from, mtmi_source_note *to) {
    memset(to, 0, sizeof *to);
    return copy_one(from->publisher, &to->publisher) & copy_one(from->title, &to->title) &
           copy_one(from->path, &to->path) & copy_one(from->accessed, &to->accessed) &
           copy_one(from->licence, &to->licence) & mtmi_titles_copy(&from->publisher_names, &to->publisher_names) &
           mtmi_titles_copy(&from->revisions, &to->revisions);
}

int mtmi_breaks_copy(const mtmi_break *from, size_t n, mtm_dataset *to) {
    int whole = 1;
    to->n_breaks = 0;
    to->breaks = n > 0 ? mtmi_memory_new(n, sizeof *to->breaks) : NULL;
    for (; to->breaks != NULL && to->n_breaks < n; to->n_breaks++) {
        mtmi_break *own = &to->breaks[to->n_breaks];
        *own = from[to->n_breaks];
        whole &= mtmi_titles_copy(&from[to->n_breaks].note, &own->note);
    }
    return whole && (n == 0 || to->breaks != NULL);
}

void mtm_dataset_free(mtm_dataset *dataset) {
    if (dataset == NULL) {
        return;
    }
    for (size_t i = 0; i < dataset->n_dimensions; i++) {
        free_dimension(&dataset->dimensions[i]);
    }
    for (size_t i = 0; i < dataset->n_sources; i++) {
        mtmi_source_note_free(&dataset->sources[i]);
    }
    for (size_t i = 0; i < dataset->n_findings; i++) {
        mtmi_memory_free(dataset->findings[i].label);
    }
    for (size_t i = 0; i < dataset->n_parts; i++) {
        mtmi_memory_free(dataset->parts[i].file);
    }
    mtmi_memory_free(dataset->parts);
    for (size_t i = 0; i < dataset->n_breaks; i++) {
        mtmi_titles_free(&dataset->breaks[i].note);
    }
    mtmi_memory_free(dataset->breaks);
    mtmi_covered_free(&dataset->covered);
    mtmi_component_free(&dataset->component);
    free_texts(dataset->notes, dataset->n_notes);
    mtmi_titles_free(&dataset->title);
    void *const blocks[] = {dataset->name,      dataset->concept,    dataset->unit,
                            dataset->file,      dataset->coverage,   dataset->periods,
                            dataset->values,    dataset->lines,      dataset->statuses,
                            dataset->columns,   dataset->release_of, dataset->source_of,
                            dataset->note_of,   dataset->doubts,     dataset->contributions,
                            dataset->uncovered, dataset->dimensions, dataset->releases,
                            dataset->sources,   dataset->findings,   dataset};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        mtmi_memory_free(blocks[i]);
    }
}

static const char *or_empty(const char *text) {
    return text != NULL ? text : "";
}

const char *mtmi_dataset_name(const mtm_dataset *dataset) {
    return or_empty(dataset->name);
}
const char *mtmi_dataset_concept(const mtm_dataset *dataset) {
    return or_empty(dataset->concept);
}
const char *mtmi_dataset_unit(const mtm_dataset *dataset) {
    return or_empty(dataset->unit);
}

static const char *const fixed_labels[][3] = {
    [MTM_MEMBER_TOTAL] = {"Total", "Всего", "Барлығы"},
    [MTM_MEMBER_OTHER] = {"Other", "Прочие", "Басқалары"},
    [MTM_MEMBER_UNKNOWN] = {"Not stated", "Не указано", "Көрсетілмеген"},
};

const char *mtmi_member_label(const mtmi_dimension *dimension, const mtmi_member *member, mtm_language language) {
    const mtm_codelist *list = dimension->list;
    if (member->kind == MTM_MEMBER_GROUP && member->index >= 0) {
        const mtm_codelist *groups = NULL;
        if (mtm_codelist_find("country-group", &groups, NULL) == MTM_OK) {
            return mtm_codelist_label(groups, (size_t)member->index, language);
        }
    }
    if (member->kind == MTM_MEMBER_CODE && list != NULL && member->index >= 0) {
        return mtm_codelist_label(list, (size_t)member->index, language);
    }
    if (member->kind == MTM_MEMBER_CODE && list == NULL && strcmp(dimension->name, "reason") == 0) {
        const mtm_codelist *reasons =
            mtmi_codelist_get("displacement-reason"); /* codes and labels stand side by side */
        const int32_t index = reasons != NULL ? mtmi_codelist_index(reasons, member->code) : -1;
        if (index >= 0) {
            return mtm_codelist_label(reasons, (size_t)index, language);
        }
    }
    if (member->kind == MTM_MEMBER_TOTAL || member->kind == MTM_MEMBER_OTHER || member->kind == MTM_MEMBER_UNKNOWN) {
        return fixed_labels[member->kind][(unsigned)language < 3 ? language : 0];
    }
    return member->label != NULL ? member->label : member->code;
}

/* Dimensions whose members are codes of a list, or sets of them, beside labels of none. */
static const mtm_codelist *list_of_sets(const mtmi_dimension *dimension, const mtmi_member *member) {
    static const char *const lists[][2] = {{"reason", "displacement-reason"},
                                           {"population-status", "displacement-status"}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (member->kind == MTM_MEMBER_CODE && dimension->list == NULL && strcmp(dimension->name, lists[i][0]) == 0) {
            return mtmi_codelist_get(lists[i][1]);
        }
    }
    return NULL;
}

static void write_set(const mtm_codelist *list, const char *codes, mtm_language language, mtmi_buffer *out) {
    for (const char *at = codes; *at != '\0';) {
        const size_t n = strcspn(at, ";");
        char code[64];
        memcpy(code, at, n < sizeof code ? n : 0);
        code[n < sizeof code ? n : 0] = '\0';
        const int32_t index = mtmi_codelist_index(list, code);
        mtmi_buffer_text(out, out->size > 0 ? "; " : "");
        mtmi_buffer_text(out, index >= 0 ? mtm_codelist_label(list, (size_t)index, language) : code);
        at += n + (at[n] == ';');
        at += strspn(at, " ");
    }
}

/* Of "NER>DZA" the titles of both countries; a label that is no code stays. */
static void write_pair(const char *codes, mtm_language language, mtmi_buffer *out) {
    const mtm_codelist *countries = mtmi_codelist_get("country");
    const char *arrow = strchr(codes, '>');
    for (int side = 0; side < 2; side++) {
        const char *at = side == 0 ? codes : arrow + 1;
        const size_t n = side == 0 ? (size_t)(arrow - codes) : strlen(at);
        char code[128];
        memcpy(code, at, n < sizeof code ? n : 0);
        code[n < sizeof code ? n : 0] = '\0';
        const int32_t index = mtmi_codelist_index(countries, code);
        mtmi_buffer_text(out, side == 0 ? "" : " \xe2\x86\x92 ");
        mtmi_buffer_text(out, strcmp(code, "_U") == 0
                                  ? fixed_labels[MTM_MEMBER_UNKNOWN][(unsigned)language < 3 ? language : 0]
                              : index >= 0 ? mtm_codelist_label(countries, (size_t)index, language)
                                           : code);
    }
}

static int is_pair(const mtmi_dimension *dimension, const mtmi_member *member) {
    return member->kind == MTM_MEMBER_CODE && strcmp(dimension->name, "origin-destination") == 0 &&
           strchr(member->code, '>') != NULL;
}

mtm_status mtmi_member_titles(const mtmi_dimension *dimension, const mtmi_member *member, mtmi_titles *out,
                              mtm_error *err) {
    const mtm_codelist *list = list_of_sets(dimension, member);
    for (int i = 0; i < 3; i++) {
        mtmi_buffer text = MTMI_BUFFER_INIT;
        const char *label = mtmi_member_label(dimension, member, (mtm_language)i);
        if (list != NULL && (strchr(member->code, ';') != NULL || mtmi_codelist_index(list, member->code) >= 0)) {
            write_set(list, member->code, (mtm_language)i, &text);
            label = text.data;
        } else if (is_pair(dimension, member)) {
            write_pair(member->code, (mtm_language)i, &text);
            label = text.data;
        }
        out->text[i] = text.failed ? NULL : mtmi_memory_copy_text(label);
        mtmi_buffer_free(&text);
        if (label != NULL && out->text[i] == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}
