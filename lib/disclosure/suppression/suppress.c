/* Complementary cell suppression over a whole linked system: hide every small count, then take the hidden counts one
 * after the other and search for two tables for each, hiding more where there are none. What was found once stays true:
 * hiding more takes no table away. So each count is treated once. */
#include "disclosure/money.h"
#include "disclosure/suppression/suppress_state.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

void mtmi_proofs_clear(mtmi_proofs *proofs) {
    mtmi_memory_free(proofs->proofs);
    mtmi_memory_free(proofs->changes);
    memset(proofs, 0, sizeof *proofs);
}

static void hide_small(mtmi_suppressing *s) {
    for (uint32_t i = 0; i < s->system->n_statements; i++) {
        const mtmi_statement *statement = &s->system->statements[i];
        if ((statement->flags & MTMI_STATEMENT_FIXED) == 0 && mtmi_statement_is_primary(statement, s->rules, s->one)) {
            mtmi_search_hide(s->search, i);
        }
    }
    for (uint32_t i = 0; i < s->system->n_statements; i++) {
        if ((s->system->statements[i].flags & MTMI_STATEMENT_HIDDEN) != 0) {
            mtmi_target_add_hidden(s, i);
        }
    }
    for (uint32_t a = 0; a < s->system->n_atoms; a++) {
        uint32_t single = s->system->single[a];
        if (single == MTMI_NO_STATEMENT && mtmi_atom_is_primary(s->system, a, s->rules, s->one)) {
            mtmi_target_add(s, (mtmi_target){MTMI_NO_STATEMENT, a});
        }
    }
}

/* From the least that named rows leave it is not far to nothing. */
static int go_on_to_nothing(mtmi_suppressing *s, mtmi_target target) {
    if (!s->is_at_least || mtmi_money_guard(s->system, s->rules, target, NULL, NULL) ||
        !mtmi_search_go_on(s->search, target, 0)) {
        return 0;
    }
    mtmi_tables_keep(s, target, MTMI_PROOF_LOW);
    return 1;
}

static int prove_side(mtmi_suppressing *s, mtmi_target target, int side) {
    if (mtmi_tables_prove(s, target, side) || (side == MTMI_PROOF_LOW && go_on_to_nothing(s, target))) {
        return 1;
    }
    int found = mtmi_target_reach_at_last(s, target, side, 0);
    if (found) {
        mtmi_tables_keep(s, target, side);
    }
    s->is_at_least = found && side == MTMI_PROOF_LEAST;
    return found;
}

static void prove(mtmi_suppressing *s, mtmi_target target) {
    static const int sides[] = {MTMI_PROOF_LEAST, MTMI_PROOF_LOW, MTMI_PROOF_HIGH};
    size_t proofs[MTMI_PROOF_SIDES];
    int found = 1, has_rows = mtmi_bound_of_rows(s, target) > 0; /* else the least is the low one */
    s->is_at_least = 0;
    for (int i = !has_rows; i < MTMI_PROOF_SIDES && found && !s->failed; i++) {
        proofs[i] = s->proofs->n_proofs;
        found = prove_side(s, target, sides[i]);
    }
    for (int i = !has_rows; i < MTMI_PROOF_SIDES && found && !s->failed; i++) {
        found = mtmi_contributors_prove(s, target, sides[i], proofs[i]);
    }
    if (!found && s->proofs->n_failed++ == 0) {
        s->proofs->failed = target;
    }
}

static mtm_status start(mtmi_suppressing *s, mtm_error *err) {
    const mtmi_system *system = s->system;
    size_t n = system->n_statements;
    s->moved = mtmi_memory_new(n + 1, sizeof *s->moved);
    s->part = mtmi_memory_new(system->n_atoms + 1, 1);
    s->in_block = mtmi_memory_new(n + 1, 1);
    s->block = mtmi_memory_new(n + 1, sizeof *s->block);
    s->unbound = *system;
    s->unbound.statements = mtmi_memory_new(n + 1, sizeof *system->statements);
    if (s->moved == NULL || s->part == NULL || s->in_block == NULL || s->block == NULL ||
        s->unbound.statements == NULL || !mtmi_tables_new(s)) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < n; i++) {
        mtmi_statement *statement = &s->unbound.statements[i];
        *statement = system->statements[i];
        statement->flags |= (statement->flags & MTMI_STATEMENT_FIXED) != 0 ? 0 : MTMI_STATEMENT_HIDDEN;
        s->has_earlier |= (statement->flags & MTMI_STATEMENT_EARLIER) != 0;
    }
    MTMI_CHECK_STATUS(mtmi_search_new(&s->unbound, &s->free, err));
    return mtmi_search_new(s->system, &s->search, err);
}

mtm_status mtmi_suppress(mtmi_system *system, const mtmi_rules *rules, int64_t one, mtmi_proofs *proofs,
                         mtm_error *err) {
    mtmi_suppressing s = {
        .system = system, .proofs = proofs, .rules = rules, .threshold = rules->threshold * one, .one = one};
    mtm_status status = MTM_OK;
    MTMI_TRY(start(&s, err));
    hide_small(&s);
    for (size_t i = 0; i < s.n_queue && !s.failed && !system->is_told && proofs->n_failed == 0; i++) {
        prove(&s, s.queue[i]);
    }
    if (s.failed) {
        status = mtmi_error_memory(err);
    }
out:
    mtmi_memory_free(s.reached);
    mtmi_memory_free(s.moved);
    mtmi_memory_free(s.part);
    mtmi_memory_free(s.in_block);
    mtmi_memory_free(s.block);
    mtmi_memory_free(s.queue);
    mtmi_memory_free(s.known);
    mtmi_memory_free(s.unbound.statements);
    mtmi_search_free(s.free);
    mtmi_search_free(s.search);
    return status;
}
