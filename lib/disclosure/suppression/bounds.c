/* What a reader knows of a count who has not seen this document. */
#include "disclosure/suppression/suppress_state.h"

/* Marks the atoms that a statement counts; 0 where one of them is marked or counted otherwise than once. */
static int mark_atoms(mtmi_suppressing *s, const mtmi_statement *statement, unsigned char from, unsigned char to) {
    const mtmi_system_term *terms = s->system->terms + statement->first;
    for (size_t i = 0; i < statement->n; i++) {
        if (terms[i].sign != 1 || s->part[terms[i].at] != from) {
            return 0;
        }
    }
    for (size_t i = 0; i < statement->n; i++) {
        s->part[terms[i].at] = to;
    }
    return 1;
}

static int is_part_of(const mtmi_suppressing *s, const mtmi_statement *part) {
    const mtmi_system_term *terms = s->system->terms + part->first;
    for (size_t i = 0; i < part->n; i++) {
        if (terms[i].sign != 1 || s->part[terms[i].at] == 0) {
            return 0;
        }
    }
    return part->n > 0;
}

/* The next named row that lies within the atoms that are marked, from a place in the list of the atoms' statements on;
 * each comes once, with its first atom. */
static const mtmi_statement *next_listed(const mtmi_suppressing *s, const mtmi_statement *whole, size_t *atom,
                                         size_t *at) {
    const mtmi_system *system = s->system;
    for (; *atom < whole->n; ++*atom, *at = 0) {
        uint32_t a = system->terms[whole->first + *atom].at;
        while (system->atom_first[a] + *at < system->atom_first[a + 1]) {
            const mtmi_statement *part = &system->statements[system->atom_terms[system->atom_first[a] + (*at)++].at];
            if ((part->flags & MTMI_STATEMENT_LISTED) != 0 && system->terms[part->first].at == a &&
                is_part_of(s, part)) {
                return part;
            }
        }
    }
    return NULL;
}

/* Named rows that share no atom, the shortest first. */
static int64_t count_apart(mtmi_suppressing *s, const mtmi_statement *whole) {
    static const size_t lengths[] = {1, 2, 4, 16, SIZE_MAX};
    int64_t n = 0;
    for (size_t l = 0, shorter = 0; l < sizeof lengths / sizeof *lengths; shorter = lengths[l++]) {
        size_t atom = 0, at = 0;
        const mtmi_statement *part;
        while ((part = next_listed(s, whole, &atom, &at)) != NULL) {
            n += part->n > shorter && part->n <= lengths[l] && mark_atoms(s, part, 1, 2);
        }
    }
    return n;
}

int64_t mtmi_bound_of_rows(mtmi_suppressing *s, mtmi_target target) {
    const mtmi_system *system = s->system;
    if (target.statement == MTMI_NO_STATEMENT) {
        return 0;
    }
    const mtmi_statement *whole = &system->statements[target.statement];
    for (size_t i = 0; i < whole->n; i++) {
        s->part[system->terms[whole->first + i].at] = system->terms[whole->first + i].sign == 1;
    }
    int64_t least = count_apart(s, whole);
    for (size_t i = 0; i < whole->n; i++) {
        s->part[system->terms[whole->first + i].at] = 0;
    }
    return least * s->one;
}

int64_t mtmi_bound_known(mtmi_suppressing *s, mtmi_target target, int persons) {
    const mtmi_system *system = s->system;
    size_t n;
    mtmi_search_reach(s->free, target, 0, persons, 0, 0);
    const mtmi_change *changes = mtmi_search_changes(s->free, &n);
    int64_t value =
        target.statement == MTMI_NO_STATEMENT ? system->atoms[target.atom] : system->statements[target.statement].value;
    for (size_t i = 0; i < n; i++) {
        uint32_t atom = changes[i].atom;
        if (target.statement == MTMI_NO_STATEMENT) {
            value += atom == target.atom ? changes[i].by : 0;
            continue;
        }
        for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1]; k++) {
            const mtmi_system_term *term = &system->atom_terms[k];
            value += term->at == target.statement ? term->sign * changes[i].by : 0;
        }
    }
    return value;
}

int64_t mtmi_bound_width(const mtmi_suppressing *s, mtmi_target target) {
    int64_t own = target.statement != MTMI_NO_STATEMENT ? s->system->statements[target.statement].threshold : 0;
    return own > 0 && own < s->threshold ? own : s->threshold;
}
