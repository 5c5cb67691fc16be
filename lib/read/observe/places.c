/* Codes of places against the data package's list of places, and against the rows before. A row whose places contradict them
 * would be added to the wrong area and is refused; a code that the list does not have, or that is of another time, is noted. */
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "read/observe/observe_internal.h"

#include <stdio.h>
#include <string.h>

/* "adm2" is 2; 0 for all that is no level of a country. */
static int level_of(const mtmi_bound *bound) {
    const char *name = bound->role == MTMI_ROLE_DIMENSION && bound->has_codes ? bound->dimension : NULL;
    return name != NULL && strncmp(name, "adm", 3) == 0 && name[3] >= '1' && name[3] <= '9' && name[4] == '\0'
               ? name[3] - '0'
               : 0;
}

/* Whether the cell names no place: empty, "not available", a total. */
static int is_nowhere(const mtmi_observer *observer, size_t column) {
    const int32_t dimension = observer->file.memory[column].dimension;
    const int32_t code = dimension >= 0 ? observer->current.codes[dimension] : -1;
    const mtm_member_kind kind = code >= 0
                                     ? mtmi_builder_dataset(observer->builder)->dimensions[dimension].members[code].kind
                                     : MTM_MEMBER_TOTAL;
    return kind == MTM_MEMBER_TOTAL || kind == MTM_MEMBER_UNKNOWN;
}

/* Whether the places that the row names above this one are those that it lies in. */
static int is_within(const mtmi_observer *observer, uint32_t place, int level) {
    const mtmi_gazetteer *list = observer->settings.resource->gazetteer;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        const int above = level_of(bound);
        if (above == 0 || above >= level || is_nowhere(observer, i)) {
            continue;
        }
        const mtmi_cell cell = mtmi_observe_cell(observer, bound);
        const uint32_t said = mtmi_map_find(&list->codes, cell.text, cell.length),
                       true_one = mtmi_gazetteer_above(list, place, above);
        if (said != MTMI_MAP_NONE && true_one != MTMI_MAP_NONE && said != true_one) {
            return 0;
        }
    }
    return 1;
}

static mtmi_row_outcome check_place(mtmi_observer *observer, const mtmi_bound *bound, int level) {
    const mtmi_gazetteer *list = observer->settings.resource->gazetteer;
    const mtmi_cell cell = mtmi_observe_cell(observer, bound);
    const mtmi_gazetteer_place *place = mtmi_gazetteer_find(list, cell.text, cell.length);
    if (place == NULL) {
        mtmi_observe_note(observer, bound, MTMI_CODE_GAZETTEER_UNKNOWN,
                          "a code of the list of places; it is kept as it is",
                          "correct the code, or add it to the list");
        return MTMI_ROW_DONE;
    }
    if (place->level != level) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_GAZETTEER_LEVEL,
                                   "a code of the column's level, by the list of places",
                                   "put the code into the column of its level, or correct the list");
    }
    if (!is_within(observer, (uint32_t)(place - list->places), level)) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_GAZETTEER_PARENT,
                                   "a place that lies in those above it, by the list of places",
                                   "correct the code or that of the place above, or the list");
    }
    const mtm_period period = mtmi_observe_period_of(observer, bound);
    if (period.last < place->valid.first || period.first > place->valid.last) {
        mtmi_observe_note(observer, bound, MTMI_CODE_GAZETTEER_OUTDATED,
                          "a code that was in force at the date of the row, by the list of places; it is kept as it is",
                          "use the code of the time, or correct the dates of the list");
    }
    return MTMI_ROW_DONE;
}

/* ---- the rows before ---- */

enum { REMEMBERED = 1 << 18, LONGEST = 96 };

/* The nearest place above that the row names; SIZE_MAX for none. */
static size_t column_above(const mtmi_observer *observer, int level) {
    size_t found = SIZE_MAX;
    int nearest = 0;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const int above = level_of(&observer->file.columns->at[i]);
        if (above > nearest && above < level && !is_nowhere(observer, i)) {
            nearest = above;
            found = i;
        }
    }
    return found;
}

/* "2|19800|XX0101|1": the place at a date, and the level that says in what it lies; 0 where it is too long. */
static size_t write_key(const mtmi_observer *observer, const mtmi_bound *bound, int level, int above, char *out) {
    const mtmi_cell cell = mtmi_observe_cell(observer, bound);
    const int n = snprintf(out, LONGEST, "%d|%d|%d|", level, above, (int)mtmi_observe_period_of(observer, bound).last);
    if (n <= 0 || (size_t)n + cell.length >= LONGEST) {
        return 0;
    }
    memcpy(out + n, cell.text, cell.length);
    return (size_t)n + cell.length;
}

/* On one date a place lies in one area. */
static mtmi_row_outcome check_above(mtmi_observer *observer, const mtmi_bound *bound, int level, mtm_error *err) {
    mtmi_lying *lying = &observer->whole.lying;
    const size_t above = column_above(observer, level);
    char key[LONGEST];
    if (above == SIZE_MAX || lying->codes.n >= REMEMBERED) {
        return MTMI_ROW_DONE;
    }
    const mtmi_bound *area = &observer->file.columns->at[above];
    const int32_t member = observer->current.codes[observer->file.memory[above].dimension];
    const size_t n = write_key(observer, bound, level, level_of(area), key), before = lying->codes.n;
    const uint32_t at = n > 0 ? mtmi_map_add(&lying->codes, key, n) : 0;
    void *in = lying->in;
    if (n == 0) {
        return MTMI_ROW_DONE;
    }
    if (at == MTMI_MAP_NONE || !mtmi_memory_reserve(&in, &lying->capacity, lying->codes.n, sizeof *lying->in)) {
        return mtmi_observe_status(observer, mtmi_error_memory(err));
    }
    lying->in = in;
    if (at == before) {
        lying->in[at].member = member;
        lying->in[at].line = observer->current.row->line;
        return MTMI_ROW_DONE;
    }
    if (lying->in[at].member == member) {
        return MTMI_ROW_DONE;
    }
    snprintf(observer->current.expected, sizeof observer->current.expected,
             "a place that lies in one area on one date; in line %lld it is in %.80s", (long long)lying->in[at].line,
             mtmi_builder_dataset(observer->builder)
                 ->dimensions[observer->file.memory[above].dimension]
                 .members[lying->in[at].member]
                 .code);
    return mtmi_observe_refuse(observer, bound, MTMI_CODE_GAZETTEER_PARENT, observer->current.expected,
                               "correct the code, or that of the place above, in one of the two rows");
}

/* ---- names ---- */

/* Bytes of a name that a note quotes: whole characters. */
static int quoted(const char *text, size_t length) {
    enum { MOST = 36 };
    return (int)mtmi_text_valid(text, length < MOST ? length : MOST);
}

/* A note whose cure names the other row. */
static void note_names(mtmi_observer *observer, const mtmi_bound *bound, const mtmi_member *member, mtmi_cell name) {
    const size_t before = observer->current.n_notes;
    mtmi_observe_note(observer, bound, MTMI_CODE_PLACE_NAMES, "the name that the code has in another row", "");
    if (observer->current.n_notes > before) {
        mtmi_note *note = &observer->current.notes[before];
        snprintf(note->candidates, sizeof note->candidates,
                 "it is %.*s in line %lld, and %.*s here; correct the code or the name, or spell it alike",
                 quoted(member->label, strlen(member->label)), member->label, (long long)member->first_line,
                 quoted(name.text, name.length), name.text);
        note->hint = note->candidates;
    }
}

/* One code is one place: another name may be that of another place, whose code is missing. Said once each. */
static mtm_status check_name(mtmi_observer *observer, size_t column, mtm_error *err) {
    const mtmi_bound *bound = &observer->file.columns->at[column];
    const mtmi_cell name = mtmi_observe_name_beside(observer, bound);
    const int32_t dimension = observer->file.memory[column].dimension;
    const mtmi_member *member =
        &mtmi_builder_dataset(observer->builder)->dimensions[dimension].members[observer->current.codes[dimension]];
    mtmi_map *said = &observer->whole.lying.names;
    char key[2 * LONGEST];
    if (name.length == 0 || name.length >= LONGEST || member->label == NULL || strlen(member->code) >= LONGEST - 1 ||
        (strlen(member->label) == name.length && memcmp(member->label, name.text, name.length) == 0) ||
        mtmi_name_same(member->label, strlen(member->label), name.text, name.length)) {
        return MTM_OK;
    }
    const int n = snprintf(key, sizeof key, "%s|%.*s", member->code, (int)name.length, name.text);
    if (said->n < REMEMBERED && mtmi_map_find(said, key, (size_t)n) == MTMI_MAP_NONE) {
        note_names(observer, bound, member, name);
        return mtmi_map_add(said, key, (size_t)n) == MTMI_MAP_NONE ? mtmi_error_memory(err) : MTM_OK;
    }
    return MTM_OK;
}

/* ---- rows ---- */

int mtmi_observe_checks_places(const mtmi_observer *observer) {
    const int least = observer->settings.resource->gazetteer != NULL ? 1 : 2;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        if (level_of(&observer->file.columns->at[i]) >= least) {
            return 1;
        }
    }
    return 0;
}

mtmi_row_outcome mtmi_observe_places(mtmi_observer *observer, mtm_error *err) {
    const int has_list = observer->settings.resource->gazetteer != NULL;
    for (size_t i = 0; observer->builder != NULL && i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        const int level = level_of(bound);
        if (level == 0 || is_nowhere(observer, i)) {
            continue;
        }
        if (observer->file.memory[i].has_names) {
            MTMI_ROW_TRY(mtmi_observe_status(observer, check_name(observer, i, err)));
        }
        if (has_list) {
            MTMI_ROW_TRY(check_place(observer, bound, level));
        }
        if (level > 1) {
            MTMI_ROW_TRY(check_above(observer, bound, level, err));
        }
    }
    return MTMI_ROW_DONE;
}
