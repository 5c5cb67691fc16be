/* Atoms and the sums over them, as two sparse lists: the terms of each statement, and the statements of each atom. */
#include "disclosure/system.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

int mtmi_system_add_atom(mtmi_system *system, int64_t value, mtmi_atom_kind kind, uint32_t *out) {
    void *atoms = system->atoms, *kinds = system->kinds;
    int room = system->n_atoms < UINT32_MAX - 1 &&
               mtmi_memory_reserve(&atoms, &system->atoms_capacity, system->n_atoms + 1, sizeof *system->atoms);
    system->atoms = atoms;
    room = room && mtmi_memory_reserve(&kinds, &system->kinds_capacity, system->n_atoms + 1, sizeof *system->kinds);
    system->kinds = kinds;
    if (!room) {
        return 0;
    }
    system->atoms[system->n_atoms] = value;
    system->kinds[system->n_atoms] = kind;
    *out = (uint32_t)system->n_atoms++;
    return 1;
}

int mtmi_system_add_statement(mtmi_system *system, const mtmi_system_term *terms, size_t n, unsigned flags,
                              uint32_t *out) {
    void *statements = system->statements, *all = system->terms;
    int room = mtmi_memory_reserve(&statements, &system->statements_capacity, system->n_statements + 1,
                                   sizeof *system->statements);
    system->statements = statements;
    room = room && mtmi_memory_reserve(&all, &system->terms_capacity, system->n_terms + n + 1, sizeof *system->terms);
    system->terms = all;
    if (!room || system->n_statements >= UINT32_MAX - 1) {
        return 0;
    }
    mtmi_statement *statement = &system->statements[system->n_statements];
    *statement = (mtmi_statement){system->n_terms, n, 0, 0, flags, {-1, 0, 0}};
    for (size_t i = 0; i < n; i++) {
        system->terms[system->n_terms++] = terms[i];
        statement->value += terms[i].sign * system->atoms[terms[i].at];
        statement->flags |= terms[i].sign < 0 ? MTMI_STATEMENT_SIGNED : 0;
    }
    if ((statement->flags & MTMI_STATEMENT_SIGNED) != 0) { /* a difference may be 0, or less */
        statement->flags &= ~(unsigned)MTMI_STATEMENT_LISTED;
    }
    *out = (uint32_t)system->n_statements++;
    return 1;
}

static void index_atoms(mtmi_system *system) {
    for (size_t i = 0; i < system->n_terms; i++) {
        system->atom_first[system->terms[i].at + 1]++;
    }
    for (size_t a = 0; a < system->n_atoms; a++) {
        system->atom_first[a + 1] += system->atom_first[a];
    }
    for (size_t s = 0; s < system->n_statements; s++) {
        const mtmi_statement *statement = &system->statements[s];
        for (size_t i = statement->first; i < statement->first + statement->n; i++) {
            const mtmi_system_term *term = &system->terms[i];
            system->atom_terms[system->atom_first[term->at]++] = (mtmi_system_term){(uint32_t)s, term->sign};
        }
        if (statement->n == 1) {
            system->single[system->terms[statement->first].at] = (uint32_t)s;
        }
    }
    memmove(system->atom_first + 1, system->atom_first, system->n_atoms * sizeof *system->atom_first);
    system->atom_first[0] = 0;
}

mtm_status mtmi_system_finish(mtmi_system *system, mtm_error *err) {
    system->atom_first = mtmi_memory_new(system->n_atoms + 2, sizeof *system->atom_first);
    system->atom_terms = mtmi_memory_new(system->n_terms + 1, sizeof *system->atom_terms);
    system->single = mtmi_memory_new(system->n_atoms + 1, sizeof *system->single);
    if (system->atom_first == NULL || system->atom_terms == NULL || system->single == NULL) {
        return mtmi_error_memory(err);
    }
    memset(system->single, 0xFF, (system->n_atoms + 1) * sizeof *system->single);
    index_atoms(system);
    return MTM_OK;
}

void mtmi_system_clear(mtmi_system *system) {
    mtmi_memory_free(system->atoms);
    mtmi_memory_free(system->kinds);
    mtmi_memory_free(system->statements);
    mtmi_memory_free(system->terms);
    mtmi_memory_free(system->atom_first);
    mtmi_memory_free(system->atom_terms);
    mtmi_memory_free(system->single);
    memset(system, 0, sizeof *system);
}
