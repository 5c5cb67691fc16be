/* Parts rows into groups by a counting sort, so that each group costs its own rows only.
 * Invariant: the order of the design is kept within each group; groups stand in the order of their names' bytes. */
#include "survey/groups/group.h"

#include "base/try.h"
#include "survey/publish/undeclared.h"
#include "survey/survey_words.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"

#include <string.h>

#define NAME_MAX 128
#define CLAUSES_MAX 16
#define DIRECT_MAX 1000000

typedef struct clause {
    const mtmi_survey_column *column;
    unsigned char *passes; /* by word */
} clause;

typedef struct partition {
    const mtm_survey *survey;
    const mtmi_survey_column *by[MTMI_BY_MAX];
    size_t n_by;
    clause clauses[CLAUSES_MAX];
    size_t n_clauses;
    unsigned char *answered[MTMI_BY_MAX]; /* by word of a column of by: it is a value */
    size_t n_words[MTMI_BY_MAX];
    mtmi_undeclared undeclared[MTMI_BY_MAX];
    mtmi_buffer where; /* as it is published */
    uint32_t *direct;  /* group by combined code, where there are few; else the map is asked each time */
    mtmi_map keys;
    size_t *counts; /* rows, by group */
    size_t n_counts, counts_capacity;
    int failed; /* memory ran out */
    mtm_error *err;
} partition;

/* *undeclared: its words that are not to be told. */
static mtm_status find_column(const partition *at, const char *name, size_t length, const mtmi_survey_column **out,
                              mtmi_undeclared *undeclared) {
    char text[NAME_MAX];
    size_t size = length < sizeof text ? length : sizeof text - 1;
    memcpy(text, name, size);
    text[size] = '\0';
    json_t *declared = json_object_get(at->survey->plan.questions, text);
    const char *column = json_string_value(json_object_get(declared, "column"));
    *out = mtmi_survey_frame_find(at->survey->frame, column == NULL ? text : column);
    if (*out == NULL || (*out)->is_number) {
        return mtmi_error_set(at->err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){at->survey->name, 0, 0},
                              *out == NULL ? "there is no column %q to group by"
                                           : "column %q holds numbers: expected one with a few values to group by",
                              text);
    }
    return mtmi_undeclared_read(at->survey->frame, *out, json_object_get(declared, "answers"), undeclared, at->err);
}

static mtm_status read_by(partition *at, const char *by) {
    for (const char *name = by; name != NULL && *name != '\0';) {
        size_t length = strcspn(name, ",");
        if (at->n_by == MTMI_BY_MAX) {
            return mtmi_error_argument(at->err, "by", "at most 8 columns");
        }
        mtm_status status = find_column(at, name, length, &at->by[at->n_by], &at->undeclared[at->n_by]);
        if (status != MTM_OK) {
            return status;
        }
        at->n_by++;
        name += length + (name[length] == ',');
    }
    return MTM_OK;
}

/* "F|M": every value must be one that the column has. */
static mtm_status read_values(partition *at, clause *one, const char *values, size_t length,
                              const uint32_t *undeclared) {
    one->passes = mtmi_memory_new(one->column->words.n + 1, 1);
    if (one->passes == NULL) {
        return mtmi_error_memory(at->err);
    }
    for (size_t i = 0; i <= length;) {
        size_t size = 0;
        while (i + size < length && values[i + size] != '|') {
            size++;
        }
        uint32_t code = mtmi_map_find(&one->column->words, values + i, size);
        if (code != MTMI_MAP_NONE) { /* a value that nobody gave: an empty group, no error */
            one->passes[code] = 1;
        }
        mtmi_buffer_text(&at->where, i > 0 ? "|" : "");
        if (code != MTMI_MAP_NONE && undeclared != NULL && undeclared[code] != 0) {
            mtmi_label_withhold(0, undeclared[code], &at->where);
        } else {
            mtmi_buffer_add(&at->where, values + i, size);
        }
        i += size + 1;
    }
    return MTM_OK;
}

static mtm_status read_where(partition *at, const char *where) {
    for (const char *text = where; text != NULL && *text != '\0';) {
        size_t length = strcspn(text, ";"), name = strcspn(text, "=;");
        if (text[name] != '=' || name == 0 || at->n_clauses == CLAUSES_MAX) {
            return mtmi_error_argument(at->err, "where", "up to 16 conditions such as sex=F;age_group=18-24|25-34");
        }
        clause *one = &at->clauses[at->n_clauses];
        mtmi_undeclared undeclared = NULL;
        mtm_status status = find_column(at, text, name, &one->column, &undeclared);
        if (status == MTM_OK) {
            at->n_clauses++;
            mtmi_buffer_text(&at->where, at->where.size > 0 ? ";" : "");
            mtmi_buffer_add(&at->where, text, name + 1);
            status = read_values(at, one, text + name + 1, length - name - 1, undeclared);
        }
        mtmi_memory_free(undeclared);
        if (status != MTM_OK) {
            return status;
        }
        text += length + (text[length] == ';');
    }
    return MTM_OK;
}

static int row_passes(const partition *at, size_t row) {
    for (size_t i = 0; i < at->n_clauses; i++) {
        if (!at->clauses[i].passes[mtmi_survey_code(at->clauses[i].column, row)]) {
            return 0;
        }
    }
    return 1;
}

/* Which words of the columns are values, and a table of groups where combinations are few. */
static mtm_status prepare_words(partition *at) {
    size_t combinations = 1;
    for (size_t i = 0; i < at->n_by; i++) {
        size_t n = at->by[i]->words.n;
        at->answered[i] = mtmi_memory_new(n + 1, 1);
        at->n_words[i] = n + 1;
        if (at->answered[i] == NULL) {
            return mtmi_error_memory(at->err);
        }
        for (uint32_t code = 0; code < n; code++) {
            size_t length;
            const char *word = mtmi_survey_word(at->by[i], code, &length);
            at->answered[i][code] = mtmi_words_state(&at->survey->plan, NULL, word, length) == MTMI_ANSWERED;
        }
        combinations = combinations > DIRECT_MAX ? combinations : combinations * (n + 1);
    }
    if (combinations <= DIRECT_MAX) {
        at->direct = mtmi_memory_new(combinations + 1, sizeof *at->direct);
        return at->direct == NULL ? mtmi_error_memory(at->err) : MTM_OK;
    }
    return MTM_OK;
}

/* The group of a row of a combination that was not seen before, or of one without a table; MTMI_MAP_NONE when there is
 * no memory. */
static uint32_t number_key(partition *at, size_t row, size_t combined) {
    uint32_t key[MTMI_BY_MAX] = {0};
    for (size_t i = 0; i < at->n_by; i++) {
        key[i] = mtmi_survey_code(at->by[i], row);
    }
    uint32_t number = mtmi_map_add(&at->keys, key, at->n_by * sizeof *key);
    if (at->direct != NULL) {
        at->direct[combined] = number + 1;
    }
    at->failed |= number == MTMI_MAP_NONE;
    return number;
}

/* The group of a row; MTMI_MAP_NONE for none. Found anew each time, for a number by row takes more memory than its rows. */
static inline uint32_t group_of(partition *at, size_t row) {
    size_t combined = 0;
    if (at->n_clauses > 0 && !row_passes(at, row)) {
        return MTMI_MAP_NONE;
    }
    for (size_t i = 0; i < at->n_by; i++) {
        uint32_t code = mtmi_survey_code(at->by[i], row);
        if (!at->answered[i][code]) {
            return MTMI_MAP_NONE;
        }
        combined = combined * at->n_words[i] + code;
    }
    return at->direct != NULL && at->direct[combined] != 0 ? at->direct[combined] - 1 : number_key(at, row, combined);
}

/* Numbers the groups and counts their rows. */
static mtm_status number_rows(partition *at) {
    size_t n = at->survey->frame->n_rows;
    MTMI_CHECK_STATUS(prepare_words(at));
    for (size_t row = 0; row < n && !at->failed; row++) {
        uint32_t number = group_of(at, row);
        if (number == at->n_counts) {
            at->failed |=
                !mtmi_memory_reserve((void **)&at->counts, &at->counts_capacity, number + 1, sizeof *at->counts);
            at->n_counts += !at->failed;
            if (!at->failed) {
                at->counts[number] = 0;
            }
        }
        if (number < at->n_counts) {
            at->counts[number]++;
        }
    }
    if (at->failed || (at->n_by == 0 && mtmi_map_add(&at->keys, "", 0) == MTMI_MAP_NONE)) {
        return mtmi_error_memory(at->err);
    }
    return MTM_OK;
}

/* Forms of a group's name. */
typedef enum name_form { FORM_NAME, FORM_LABEL, FORM_PUBLISHED } name_form;

/* Writes "sex=F;region=North", or the words alone as a label; as it is published, lines stand for words that nobody declared. Returns
 * how many do. */
static size_t write_group(const partition *at, uint32_t number, name_form form, mtmi_buffer *text) {
    size_t size, n_hidden = 0;
    const unsigned char *bytes = mtmi_map_key(&at->keys, number, &size);
    uint32_t key[MTMI_BY_MAX];
    memcpy(key, bytes, size);
    for (size_t i = 0; i < at->n_by; i++) {
        size_t length;
        const char *word = mtmi_survey_word(at->by[i], key[i], &length);
        const int may_hide = form == FORM_PUBLISHED && at->undeclared[i] != NULL;
        const uint32_t line = may_hide ? at->undeclared[i][key[i]] : 0;
        mtmi_buffer_text(text, i > 0 ? ";" : "");
        if (form != FORM_LABEL) {
            mtmi_buffer_format(text, "%s=", at->by[i]->name);
        }
        if (line > 0) {
            mtmi_label_withhold(0, line, text);
            n_hidden++;
        } else {
            mtmi_buffer_add(text, word, length);
        }
    }
    return n_hidden;
}

/* NULL where a group is published by its name. */
static mtm_status name_group(const partition *at, uint32_t number, name_form form, char **out) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    const int is_name = write_group(at, number, form, &text) == 0 && form == FORM_PUBLISHED;
    *out = is_name || text.failed ? NULL : mtmi_memory_copy_text(text.data == NULL ? "" : text.data);
    mtmi_buffer_free(&text);
    return is_name || *out != NULL ? MTM_OK : mtmi_error_memory(at->err);
}

typedef struct named {
    char *name;
    uint32_t number;
} named;

static int compare_names(const void *context, const void *a, const void *b) {
    (void)context;
    return strcmp(((const named *)a)->name, ((const named *)b)->name);
}

/* Names sorted; place[number] is where a group stands. */
static mtm_status sort_groups(const partition *at, mtmi_survey_groups *groups, uint32_t *place) {
    mtm_status status = MTM_OK;
    named *all = mtmi_memory_new(at->keys.n + 1, sizeof *all);
    MTMI_TRY(all == NULL ? mtmi_error_memory(at->err) : MTM_OK);
    for (uint32_t i = 0; i < at->keys.n; i++) {
        MTMI_TRY(name_group(at, i, FORM_NAME, &all[i].name));
        all[i].number = i;
    }
    MTMI_TRY(mtmi_sort(all, at->keys.n, sizeof *all, compare_names, NULL) ? MTM_OK : mtmi_error_memory(at->err));
    for (uint32_t i = 0; i < at->keys.n; i++) {
        groups->names[i] = all[i].name;
        all[i].name = NULL;
        groups->n++;
        place[all[i].number] = i;
        MTMI_TRY(name_group(at, all[i].number, FORM_LABEL, &groups->labels[i]));
        MTMI_TRY(name_group(at, all[i].number, FORM_PUBLISHED, &groups->told[i]));
    }
out:
    for (uint32_t i = 0; all != NULL && i < at->keys.n; i++) {
        mtmi_memory_free(all[i].name);
    }
    mtmi_memory_free(all);
    return status;
}

static mtm_status fill_groups(partition *at, mtmi_survey_groups *groups) {
    size_t n = at->survey->frame->n_rows, n_whole = 0;
    const mtmi_survey_design *design = at->survey->design;
    mtmi_walk walk = {0};
    const mtmi_survey_column *weight = design->calibrated == NULL ? design->weight : NULL;
    mtm_status status = MTM_OK;
    uint32_t *place = mtmi_memory_new(at->keys.n + 1, sizeof *place);
    for (size_t i = 0; i < at->n_counts; i++) {
        n_whole += at->counts[i];
    }
    groups->names = mtmi_memory_new(at->keys.n + 1, sizeof *groups->names);
    groups->labels = mtmi_memory_new(at->keys.n + 1, sizeof *groups->labels);
    groups->told = mtmi_memory_new(at->keys.n + 1, sizeof *groups->told);
    groups->starts = mtmi_memory_new(at->keys.n + 2, sizeof *groups->starts);
    groups->rows = mtmi_memory_new(n_whole + 1, sizeof *groups->rows);
    MTMI_TRY(place == NULL || groups->names == NULL || groups->labels == NULL || groups->told == NULL ||
                     groups->starts == NULL || groups->rows == NULL
                 ? mtmi_error_memory(at->err)
                 : MTM_OK);
    if (weight != NULL && weight->small == NULL && at->n_by > 0) { /* numbers of four bytes are near as they are */
        groups->units = mtmi_memory_new(n_whole + 1, sizeof *groups->units);
        groups->decimals = mtmi_memory_new(n_whole + 1, sizeof *groups->decimals);
        MTMI_TRY(groups->units == NULL || groups->decimals == NULL ? mtmi_error_memory(at->err) : MTM_OK);
    }
    MTMI_TRY(sort_groups(at, groups, place));
    for (size_t i = 0; i < at->n_counts; i++) {
        groups->starts[place[i] + 2] = at->counts[i];
    }
    for (size_t g = 2; g <= groups->n; g++) {
        groups->starts[g] += groups->starts[g - 1];
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t row = mtmi_survey_next(design, &walk);
        uint32_t number = group_of(at, row);
        if (number != MTMI_MAP_NONE) {
            size_t end = groups->starts[place[number] + 1]++;
            groups->rows[end] = row;
            if (groups->units != NULL) {
                groups->units[end] = weight->units[row];
                groups->decimals[end] = weight->decimals[row];
            }
        }
    }
out:
    mtmi_memory_free(place);
    return status;
}

mtm_status mtmi_survey_groups_new(const mtm_survey *survey, const char *by, const char *where, mtmi_survey_groups *out,
                                  mtm_error *err) {
    mtm_status status = MTM_OK;
    partition at = {.survey = survey, .err = err};
    mtmi_survey_groups groups = {0};
    MTMI_TRY(read_by(&at, by));
    MTMI_TRY(read_where(&at, where));
    if (where != NULL) {
        groups.where = at.where.failed ? NULL : mtmi_memory_copy_text(at.where.data == NULL ? "" : at.where.data);
        MTMI_TRY(groups.where == NULL ? mtmi_error_memory(err) : MTM_OK);
    }
    MTMI_TRY(number_rows(&at));
    MTMI_TRY(fill_groups(&at, &groups));
    *out = groups;
    groups = (mtmi_survey_groups){0};
out:
    mtmi_survey_groups_free(&groups);
    for (size_t i = 0; i < at.n_clauses; i++) {
        mtmi_memory_free(at.clauses[i].passes);
    }
    for (size_t i = 0; i < at.n_by; i++) {
        mtmi_memory_free(at.answered[i]);
        mtmi_memory_free(at.undeclared[i]);
    }
    mtmi_buffer_free(&at.where);
    mtmi_memory_free(at.direct);
    mtmi_map_free(&at.keys);
    mtmi_memory_free(at.counts);
    return status;
}

void mtmi_survey_groups_free(mtmi_survey_groups *groups) {
    for (size_t i = 0; i < groups->n; i++) {
        mtmi_memory_free(groups->names[i]);
        mtmi_memory_free(groups->labels[i]);
        mtmi_memory_free(groups->told[i]);
    }
    mtmi_memory_free(groups->names);
    mtmi_memory_free(groups->labels);
    mtmi_memory_free(groups->told);
    mtmi_memory_free(groups->where);
    mtmi_memory_free(groups->starts);
    mtmi_memory_free(groups->units);
    mtmi_memory_free(groups->decimals);
    mtmi_memory_free(groups->rows);
    *groups = (mtmi_survey_groups){0};
}

void mtmi_survey_groups_tell(const mtmi_survey_groups *groups, size_t group, size_t other, mtmi_buffer *out) {
    const char *first = groups->told[group], *second = groups->told[other];
    if (first != NULL || second != NULL) {
        mtmi_buffer_format(out, "%s%s%s", first != NULL ? first : groups->names[group], other != group ? " - " : "",
                           other == group   ? ""
                           : second != NULL ? second
                                            : groups->names[other]);
    }
}

size_t mtmi_survey_groups_find(const mtmi_survey_groups *groups, const char *label, size_t length) {
    for (size_t i = 0; i < groups->n; i++) {
        if (strlen(groups->labels[i]) == length && memcmp(groups->labels[i], label, length) == 0) {
            return i;
        }
    }
    return MTMI_MAP_NONE;
}
