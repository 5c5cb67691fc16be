/* Brings a count as far as its proof needs, and withholds more where that does not suffice. */
#include "disclosure/money.h"
#include "disclosure/suppression/suppress_state.h"

#include "base/memory.h"

int mtmi_target_add(mtmi_suppressing *s, mtmi_target target) {
    void *queue = s->queue;
    if (!mtmi_memory_reserve(&queue, &s->queue_capacity, s->n_queue + 1, sizeof *s->queue)) {
        s->failed = 1;
        return 0;
    }
    s->queue = queue;
    s->queue[s->n_queue++] = target;
    return 1;
}

void mtmi_target_add_hidden(mtmi_suppressing *s, uint32_t at) {
    const mtmi_statement *statement = &s->system->statements[at];
    int amount = (statement->flags & MTMI_STATEMENT_AMOUNT) != 0;
    if (mtmi_statement_is_count(statement) && (!amount || mtmi_statement_is_primary(statement, s->rules, s->one))) {
        mtmi_target_add(s, (mtmi_target){at, 0});
    }
}

static void queue_hidden(mtmi_suppressing *s) {
    size_t n;
    const uint32_t *hidden = mtmi_search_hidden(s->search, &n);
    for (size_t i = 0; i < n; i++) {
        mtmi_target_add_hidden(s, hidden[i]);
    }
}

int mtmi_target_reach(mtmi_suppressing *s, mtmi_target target, int side, int64_t own, int may_hide) {
    enum { STEPS = 4 };
    int persons = side != MTMI_PROOF_LOW, high = side == MTMI_PROOF_HIGH, found = 0;
    int64_t guard[2];
    if (mtmi_money_guard(s->system, s->rules, target, &guard[0], &guard[1])) {
        found = mtmi_search_reach(s->search, target, high, 0, guard[high], may_hide);
        queue_hidden(s);
        return found;
    }
    int64_t least = persons ? mtmi_bound_of_rows(s, target) : 0, most;
    least = least < own ? own : least;
    most = persons || s->has_earlier || s->n_frozen > 0 ? mtmi_bound_known(s, target, persons) : least;
    most = most < least ? least : most;
    for (int64_t goal = high || most - least > STEPS * s->one ? most : least; goal <= most && !found; goal += s->one) {
        found = mtmi_search_reach(s->search, target, high, persons, high ? goal + mtmi_bound_width(s, target) : goal,
                                  may_hide);
        queue_hidden(s);
    }
    return found;
}

/* ---- the last resort ---- */

static void take_into_block(mtmi_suppressing *s, uint32_t atom) {
    const mtmi_system *system = s->system;
    for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1]; k++) {
        uint32_t at = system->atom_terms[k].at;
        if (!s->in_block[at]) {
            s->in_block[at] = 1;
            s->block[s->n_block++] = at;
        }
    }
}

/* Withholds all that has to do with a target, over whatever number of sums; 0 where nothing more could be withheld. What is
 * fixed ends a block only where it is a single number. */
static int withhold_block(mtmi_suppressing *s, mtmi_target target) {
    const mtmi_system *system = s->system;
    const unsigned never = MTMI_STATEMENT_HIDDEN | MTMI_STATEMENT_FIXED;
    int some = 0;
    s->n_block = 0;
    if (target.statement == MTMI_NO_STATEMENT) {
        take_into_block(s, target.atom);
    } else {
        s->in_block[target.statement] = 1;
        s->block[s->n_block++] = target.statement;
    }
    for (size_t i = 0; i < s->n_block; i++) {
        const mtmi_statement *statement = &system->statements[s->block[i]];
        for (size_t k = statement->first; k < statement->first + statement->n; k++) {
            take_into_block(s, system->terms[k].at);
        }
        if ((statement->flags & never) == 0) {
            mtmi_search_hide(s->search, s->block[i]);
            some = 1;
            mtmi_target_add_hidden(s, s->block[i]);
        }
    }
    for (size_t i = 0; i < s->n_block; i++) {
        s->in_block[s->block[i]] = 0;
    }
    return some;
}

int mtmi_target_reach_at_last(mtmi_suppressing *s, mtmi_target target, int side, int64_t own) {
    return mtmi_target_reach(s, target, side, own, 1) ||
           (withhold_block(s, target) && !s->failed && mtmi_target_reach(s, target, side, own, 1));
}
