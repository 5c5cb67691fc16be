/* Finds the member of each dimension for a row. A label is judged once for each column and remembered; one that nothing
 * matches is kept as it is, with a note. */
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "data/totals.h"
#include "read/observe/observe_internal.h"

#include <string.h>

enum { LONGEST_LABEL = 1024 };

static int is_dimension(const mtmi_bound *bound) {
    return bound->role == MTMI_ROLE_DIMENSION || bound->role == MTMI_ROLE_INDICATOR;
}

/* ---- before the rows of a file ---- */

mtm_status mtmi_observe_add_label(mtmi_observer *observer, int32_t dimension, const mtmi_label *label,
                                  const char *shown, int64_t line, int32_t *out, mtm_error *err) {
    char code[LONGEST_LABEL + 1];
    size_t n = label->length < LONGEST_LABEL ? label->length : LONGEST_LABEL, before;
    n = mtmi_text_valid(label->code, n);
    memcpy(code, label->code, n);
    code[n] = '\0';
    before = mtmi_builder_dataset(observer->builder)->dimensions[dimension].n_members;
    MTMI_CHECK_STATUS(
        mtmi_builder_add_member(observer->builder, dimension, label->kind, code, label->index, shown, line, out, err));
    mtmi_member *member = &mtmi_builder_dataset(observer->builder)->dimensions[dimension].members[*out];
    member->ambiguous |= label->ambiguous;
    if (label->nameless == MTMI_NAMED || (size_t)*out >= before) {
        member->nameless = label->nameless; /* "not stated" in words is a name */
    }
    return MTM_OK;
}

/* A member that a declaration fixes: for a column, or for the whole file. */
static mtm_status fix_member(mtmi_observer *observer, const mtmi_pair *member, int declared, int32_t *codes,
                             mtm_error *err) {
    const mtm_codelist *list = mtmi_resource_list(observer->settings.resource, NULL, member->key);
    int32_t dimension = -1;
    mtmi_label label;
    mtm_status status = mtmi_builder_add_dimension(observer->builder, member->key, list, &dimension, err);

    if (status != MTM_OK) {
        return status;
    }
    if (declared || list == NULL || mtmi_codelist_index(list, member->value) >= 0) {
        mtmi_label_declared(list, member->value, &label);
    } else { /* a name of a column that is no code: "net migration" beside arrivals and departures */
        const mtmi_label_rules rules = {.list = list};
        mtmi_label_read(&rules, member->value, strlen(member->value), &label);
    }
    return mtmi_observe_add_label(observer, dimension, &label, NULL, 0, &codes[dimension], err);
}

static void set_rules(const mtmi_resource *resource, const mtmi_bound *bound, mtmi_label_rules *out) {
    *out = (mtmi_label_rules){bound->list,
                              bound->dimension,
                              bound->codes_only,
                              bound->empty_is_total,
                              {NULL, resource->aliases},
                              {0, resource->n_aliases},
                              &bound->number->missing,
                              bound->whole};
    if (bound->field != NULL) {
        out->aliases[0] = bound->field->aliases;
        out->n_aliases[0] = bound->field->n_aliases;
    }
}

/* The column of codes beside a column of names, where they can be compared. */
static const mtmi_bound *find_codes(const mtmi_observer *observer, const mtmi_bound *names) {
    const mtmi_bound *codes = names->twin > 0 ? &observer->file.columns->at[names->twin - 1] : NULL;
    return codes != NULL && codes->list != NULL && codes->role == MTMI_ROLE_DIMENSION ? codes : NULL;
}

static mtm_status start_column(mtmi_observer *observer, size_t column, mtm_error *err) {
    const mtmi_bound *bound = &observer->file.columns->at[column];
    mtmi_column_state *memory = &observer->file.memory[column];
    const mtmi_resource *resource = observer->settings.resource;
    memory->dimension = memory->whole = -1;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        memory->has_names |= observer->file.columns->at[i].twin == column + 1;
    }
    for (size_t i = 0; i < MTMI_DIMENSIONS_MAX; i++) {
        memory->codes[i] = -1;
    }
    if (is_dimension(bound)) {
        set_rules(resource, bound, &memory->rules);
    }
    if (find_codes(observer, bound) != NULL) { /* compared with them as names, by the same list and aliases */
        set_rules(resource, find_codes(observer, bound), &memory->rules);
        memory->rules.codes_only = 0;
    }
    if (is_dimension(bound) && observer->builder != NULL) {
        MTMI_CHECK_STATUS(
            mtmi_builder_add_dimension(observer->builder, bound->dimension, bound->list, &memory->dimension, err));
    }
    for (size_t i = 0; bound->role == MTMI_ROLE_VALUE && i < bound->n_members; i++) {
        MTMI_CHECK_STATUS(observer->builder == NULL ? MTM_OK
                                                    : fix_member(observer, &bound->members[i],
                                                                 bound->how == MTMI_HOW_DECLARED, memory->codes, err));
    }
    return MTM_OK;
}

static int is_part_of_total(const mtmi_resource *resource, const char *name) {
    for (size_t i = 0; i < resource->n_fields; i++) {
        for (size_t k = 0; k < resource->fields[i].total_of.n; k++) {
            const char *part = resource->fields[i].total_of.marks[k];
            if (mtmi_name_same(part, strlen(part), name, strlen(name))) {
                return 1;
            }
        }
    }
    return 0;
}

/* The resource names the dimension as one of which it has only some parts. */
static int is_named_selection(const mtmi_observer *observer, int32_t dimension) {
    const mtm_dataset *dataset = mtmi_builder_dataset(observer->builder);
    const mtmi_marks *named = &observer->settings.resource->selections;
    for (size_t i = 0; (size_t)dimension < dataset->n_dimensions && i < named->n; i++) {
        if (strcmp(named->marks[i], dataset->dimensions[dimension].name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Where a column says whose total it is, the columns it does not name claim to add up to nothing; and where columns are
 * left alone, they may be the parts that are missing. */
static void mark_selections(mtmi_observer *observer) {
    const mtmi_resource *resource = observer->settings.resource;
    int has_totals = 0, others = 0, claims[MTMI_DIMENSIONS_MAX] = {0}, members[MTMI_DIMENSIONS_MAX] = {0};

    for (size_t i = 0; i < resource->n_fields; i++) {
        has_totals |= resource->fields[i].total_of.n > 0;
    }
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        int part = bound->role == MTMI_ROLE_VALUE && is_part_of_total(resource, bound->name);
        others |= bound->figures;
        for (int32_t d = 0; d < MTMI_DIMENSIONS_MAX; d++) {
            int has = observer->file.memory[i].codes[d] >= 0;
            members[d] |= has;
            claims[d] |= has && part;
        }
    }
    for (int32_t d = 0; d < MTMI_DIMENSIONS_MAX; d++) {
        int unclaimed = resource->parts_are_selection ? !claims[d] : (has_totals || others) && members[d] && !claims[d];
        if ((unclaimed && !mtmi_observe_is_framed(observer, d)) || is_named_selection(observer, d)) {
            mtmi_builder_parts_incomplete(observer->builder, d);
        }
    }
}

mtm_status mtmi_observe_dimensions(mtmi_observer *observer, mtm_error *err) {
    for (size_t i = 0; i < MTMI_DIMENSIONS_MAX; i++) {
        observer->file.fixed[i] = -1;
    }
    for (size_t i = 0; observer->builder != NULL && i < observer->settings.resource->n_dimensions; i++) {
        MTMI_CHECK_STATUS(
            fix_member(observer, &observer->settings.resource->dimensions[i], 1, observer->file.fixed, err));
    }
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        MTMI_CHECK_STATUS(start_column(observer, i, err));
    }
    if (observer->builder != NULL) {
        mark_selections(observer);
        return mtmi_observe_frames(observer, err);
    }
    return MTM_OK;
}

/* ---- row by row ---- */

static const char *expected_of(int code) {
    switch (code) {
    case MTMI_CODE_LABEL_UNKNOWN: return "a label of the dimension's list; kept as unclassified";
    case MTMI_CODE_LABEL_AMBIGUOUS: return "a label that only one code matches; kept as unclassified";
    case MTMI_CODE_LABEL_MIXED: return "letters of one alphabet; read as if they were";
    case MTMI_CODE_PART_OF_ROW: return "a label of its own; read as a part of the row above";
    default: return "a label; counted as not stated";
    }
}

/* "may be COD or COG" */
static void name_candidates(const mtmi_label_rules *rules, const mtmi_label *label, char *out, size_t size) {
    size_t n = 0;

    out[0] = '\0';
    for (int i = 0; i < label->n_candidates; i++) {
        const char *code = mtm_codelist_code(rules->list, (size_t)label->candidates[i]);
        const char *before = i == 0 ? "it may be " : " or ";
        if (code == NULL || n + strlen(before) + strlen(code) + 1 > size) {
            return;
        }
        memcpy(out + n, before, strlen(before) + 1);
        n += strlen(before);
        memcpy(out + n, code, strlen(code) + 1);
        n += strlen(code);
    }
}

static void note_label(mtmi_observer *observer, const mtmi_bound *bound, const mtmi_label_rules *rules, int code,
                       mtmi_cell cell) {
    mtmi_label label;
    size_t before = observer->current.n_notes;

    mtmi_observe_note(observer, bound, code, expected_of(code),
                      code == MTMI_CODE_LABEL_UNKNOWN ? "add an alias to the resource if it means a code" : "");
    if (code == MTMI_CODE_LABEL_AMBIGUOUS && observer->current.n_notes > before) {
        mtmi_note *note = &observer->current.notes[before];
        mtmi_label_read(rules, cell.text, cell.length, &label);
        name_candidates(rules, &label, note->candidates, sizeof note->candidates);
        note->hint = note->candidates;
    }
}

static int level_of(mtm_member_kind kind) {
    return kind == MTM_MEMBER_TOTAL ? MTMI_LEVEL_TOTAL : kind == MTM_MEMBER_GROUP ? MTMI_LEVEL_GROUP : MTMI_LEVEL_PART;
}

/* A code that its list does not have, and a name beside it that means something: "900; World" is the total, whatever the
 * code. *out stays where no name says anything. */
static mtm_status take_name(mtmi_observer *observer, const mtmi_bound *codes, mtmi_label_cache **out, mtm_error *err);

/* Judges a label that was not met before. */
static mtm_status learn(mtmi_observer *observer, mtmi_column_state *memory, mtmi_cell cell, uint32_t number,
                        mtm_error *err) {
    const mtmi_bound *bound = &observer->file.columns->at[memory - observer->file.memory];
    const mtmi_cell name = mtmi_observe_name_beside(observer, bound),
                    said = name.length > 0 && bound->list == NULL ? name : cell;
    void *known = memory->known;
    char shown[LONGEST_LABEL + 1];
    size_t n = said.length < LONGEST_LABEL ? said.length : LONGEST_LABEL;
    mtmi_label label;
    if (!mtmi_memory_reserve(&known, &memory->known_capacity, (size_t)number + 1, sizeof *memory->known)) {
        return mtmi_error_memory(err);
    }
    memory->known = known;
    mtmi_label_read(&memory->rules, cell.text, cell.length, &label);
    n = mtmi_text_valid(said.text, n);
    memcpy(shown, said.text, n);
    shown[n] = '\0';
    memory->known[number] =
        (mtmi_label_cache){.member = -1,
                           .level = level_of(label.kind),
                           .note = label.note,
                           .index = label.kind == MTM_MEMBER_CODE ? label.index : -1,
                           .is_part = label.is_part,
                           .part_dimension = -1,
                           .part_member = -1,
                           .unlisted = label.kind == MTM_MEMBER_UNCLASSIFIED,
                           .is_sum = cell.length > 0 && (label.kind == MTM_MEMBER_TOTAL || label.subtotal)};
    if (is_dimension(bound) && cell.length > 0 && !memory->known[number].is_sum) {
        MTMI_CHECK_STATUS(mtmi_observe_label_power(observer, memory, cell, err));
    }
    if (label.is_part) {
        MTMI_CHECK_STATUS(mtmi_observe_learn_part(observer, &label, &memory->known[number], err));
    }
    if (observer->builder != NULL && memory->dimension >= 0) {
        MTMI_CHECK_STATUS(mtmi_observe_add_label(observer, memory->dimension, &label, shown,
                                                 observer->current.row->line, &memory->known[number].member, err));
        memory->known[number].outside =
            mtmi_observe_is_outside(observer, memory->dimension, memory->known[number].member);
    }
    return MTM_OK;
}

static mtm_status find_label(mtmi_observer *observer, mtmi_column_state *memory, mtmi_cell cell, mtmi_label_cache **out,
                             mtm_error *err) {
    uint32_t number = mtmi_map_find(&memory->labels, cell.text, cell.length);
    *out = NULL;
    if (number == MTMI_MAP_NONE && observer->builder == NULL && memory->labels.n >= MTMI_OBSERVER_LABELS / 16) {
        return MTM_OK; /* only checked: memory does not grow with the file */
    }
    if (number == MTMI_MAP_NONE) {
        number = (uint32_t)memory->labels.n;
        MTMI_CHECK_STATUS(learn(observer, memory, cell, number, err));
        if (mtmi_map_add(&memory->labels, cell.text, cell.length) == MTMI_MAP_NONE) {
            return mtmi_error_memory(err);
        }
    }
    *out = &memory->known[number];
    return MTM_OK;
}

static mtm_status take_name(mtmi_observer *observer, const mtmi_bound *codes, mtmi_label_cache **out, mtm_error *err) {
    const size_t column = (size_t)(codes - observer->file.columns->at);
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *names = &observer->file.columns->at[i];
        mtmi_column_state *memory = &observer->file.memory[i];
        mtmi_label_cache *known = NULL;
        mtmi_label label;
        if (names->twin != column + 1 || find_codes(observer, names) == NULL ||
            observer->current.cells[i].length == 0) {
            continue;
        }
        const mtmi_cell name = observer->current.cells[i];
        MTMI_CHECK_STATUS(find_label(observer, memory, name, &known, err));
        if (known == NULL || known->unlisted || known->is_part) {
            continue;
        }
        const int32_t dimension = observer->file.memory[column].dimension;
        if (known->member < 0 && observer->builder != NULL && dimension >= 0) {
            mtmi_label_read(&memory->rules, name.text, name.length, &label);
            MTMI_CHECK_STATUS(mtmi_observe_add_label(observer, dimension, &label, NULL, observer->current.row->line,
                                                     &known->member, err));
            known->outside = mtmi_observe_is_outside(observer, dimension, known->member);
        }
        known->note = MTMI_CODE_LABEL_UNKNOWN;
        known->by_name = 1;
        *out = known;
        return MTM_OK;
    }
    return MTM_OK;
}

/* The code of a cell in its list, or -1. */
static mtm_status find_index(mtmi_observer *observer, const mtmi_bound *bound, int32_t *out, mtm_error *err) {
    mtmi_column_state *memory = &observer->file.memory[bound - observer->file.columns->at];
    mtmi_cell cell = mtmi_observe_cell(observer, bound);
    mtmi_label_cache *known = NULL;
    mtmi_label label;

    MTMI_CHECK_STATUS(find_label(observer, memory, cell, &known, err));
    if (known != NULL) {
        *out = known->index;
        return MTM_OK;
    }
    mtmi_label_read(&memory->rules, cell.text, cell.length, &label);
    *out = label.kind == MTM_MEMBER_CODE ? label.index : -1;
    return MTM_OK;
}

/* Where codes and names stand side by side, both must mean the same. */
static mtmi_row_outcome compare_twins(mtmi_observer *observer, mtm_error *err) {
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *names = &observer->file.columns->at[i], *codes = find_codes(observer, names);
        int32_t name = -1, code = -1;
        if (codes == NULL) {
            continue;
        }
        MTMI_ROW_TRY(mtmi_observe_status(observer, find_index(observer, codes, &code, err)));
        MTMI_ROW_TRY(mtmi_observe_status(observer, find_index(observer, names, &name, err)));
        if (name >= 0 && code >= 0 && name != code) {
            return mtmi_observe_refuse(observer, names, MTMI_CODE_LABEL_TWINS, "the name of the code beside it",
                                       "correct one of them, or ignore the column of names");
        }
    }
    return MTMI_ROW_DONE;
}

/* A column of labels that the row leaves empty, where an empty cell has no meaning of its own. In "Kazakhstan total, -" it
 * stands behind the word; in "-, total" below "Kazakhstan, men" the label above is meant. */
static int is_left_empty(const mtmi_observer *observer, size_t column) {
    const mtmi_bound *bound = &observer->file.columns->at[column];
    return is_dimension(bound) && !bound->empty_is_total && observer->current.cells[column].length == 0;
}

mtmi_row_outcome mtmi_observe_sum_row(mtmi_observer *observer, mtm_error *err) {
    int blank = 0;
    observer->current.sum_column = SIZE_MAX;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        blank |= is_left_empty(observer, i);
    }
    for (size_t i = 0; i < observer->file.columns->n && blank && observer->current.sum_column == SIZE_MAX; i++) {
        mtmi_label_cache *known = NULL;
        if (is_dimension(&observer->file.columns->at[i]) && observer->current.cells[i].length > 0) {
            MTMI_ROW_TRY(mtmi_observe_status(
                observer, find_label(observer, &observer->file.memory[i], observer->current.cells[i], &known, err)));
            observer->current.sum_column = known != NULL && known->is_sum ? i : SIZE_MAX;
        }
    }
    return MTMI_ROW_DONE;
}

/* "Kazakhstan total" under the column of sexes has nothing: both. */
static void take_all(mtmi_observer *observer, const mtmi_column_state *memory, size_t slot) {
    observer->current.levels |= slot <= 32 ? (uint64_t)MTMI_LEVEL_TOTAL << (2 * (slot - 1)) : 0;
    if (memory->dimension >= 0) {
        observer->current.codes[memory->dimension] = 0;
    }
}

/* A number in place of a name: the figure of the next column, where nobody said that it is a label. */
static mtmi_row_outcome refuse_slid(mtmi_observer *observer, const mtmi_bound *bound, const mtmi_label_rules *rules,
                                    mtmi_cell cell) {
    size_t digits = 0;
    while (bound->names_only && digits < cell.length && cell.text[digits] >= '0' && cell.text[digits] <= '9') {
        digits++;
    }
    if (digits == 0 || digits < cell.length || mtmi_label_has_alias(rules, cell.text, cell.length)) {
        return MTMI_ROW_DONE;
    }
    return mtmi_observe_refuse(observer, bound, MTMI_CODE_LABEL_NUMBER, "a name, as the other rows have",
                               "put the cells in their columns; add an alias where it is a label");
}

/* What a label has to be noted, once. */
static void note_known(mtmi_observer *observer, const mtmi_bound *bound, const mtmi_column_state *memory,
                       mtmi_label_cache *known, mtmi_cell cell) {
    if (known->note == 0 || (known->said && known->note != MTMI_CODE_LABEL_EMPTY)) {
        return;
    }
    known->said = 1;
    if (known->by_name) {
        mtmi_observe_note(observer, bound, MTMI_CODE_LABEL_UNKNOWN,
                          "a code of the dimension's list; the name beside it is taken", "");
        return;
    }
    note_label(observer, bound, &memory->rules, known->note, cell);
}

mtmi_row_outcome mtmi_observe_labels(mtmi_observer *observer, mtm_error *err) {
    size_t slot = 0;

    observer->current.levels = 0;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        mtmi_column_state *memory = &observer->file.memory[i];
        mtmi_label_cache *known = NULL;
        if (!is_dimension(bound)) {
            continue;
        }
        mtmi_cell cell = mtmi_observe_cell(observer, bound);
        if (i > observer->current.sum_column && is_left_empty(observer, i)) {
            take_all(observer, memory, ++slot);
            continue;
        }
        if (memory->has_names && bound->empty_is_total && mtmi_label_is_blank_place(cell.text, cell.length)) {
            cell = mtmi_observe_name_beside(observer, bound); /* a place without a code has its name */
        }
        MTMI_ROW_TRY(refuse_slid(observer, bound, &memory->rules, cell));
        MTMI_ROW_TRY(mtmi_observe_status(observer, find_label(observer, memory, cell, &known, err)));
        if (known != NULL && known->unlisted && memory->has_names) {
            MTMI_ROW_TRY(mtmi_observe_status(observer, take_name(observer, bound, &known, err)));
        }
        slot++;
        if (known == NULL) {
            continue;
        }
        observer->current.levels |= slot <= 32 ? (uint64_t)known->level << (2 * (slot - 1)) : 0;
        if (known->outside) {
            return mtmi_observe_refuse(observer, bound, MTMI_CODE_OUTSIDE_FRAME, "a member of the list in frame",
                                       "add it to frame, or correct the label");
        }
        if (known->is_part) {
            MTMI_ROW_TRY(mtmi_observe_part(observer, memory, cell, known, err));
        } else if (memory->dimension >= 0) {
            observer->current.codes[memory->dimension] = memory->whole = known->member;
        }
        note_known(observer, bound, memory, known, cell);
    }
    MTMI_ROW_TRY(mtmi_observe_levels(observer));
    MTMI_ROW_TRY(mtmi_observe_places(observer, err));
    return compare_twins(observer, err);
}
