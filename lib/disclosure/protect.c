/* In: results, a threshold. Out: which numbers of confidential results are withheld: every small one, then further ones
 * until none of them can be told from what is left.
 * Works on the ledger's cells. Does not know how the audit will look at it. */
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "disclosure/ledger.h"
#include "disclosure/relations.h"
#include "report/text_builder.h"

#include <string.h>

typedef struct guard {
    mtmi_ledger ledger;
    mtmi_interval_search *mover;
    unsigned char *seen; /* sums, while looking for what else to hide */
    int64_t threshold;   /* in the ledger's units */
} guard;

static int new_masks(const mtm_results *results, mtmi_masks *masks, int off) {
    masks->of = mtmi_memory_new(results->n + 1, sizeof *masks->of);
    if (masks->of == NULL) {
        return 0;
    }
    for (; masks->n < results->n;) {
        const mtm_result *result = &results->results[masks->n];
        mtmi_mask *mask = &masks->of[masks->n++];
        mask->rows = mtmi_memory_new(result->n_rows + 1, 1);
        mask->points = mtmi_memory_new(result->n_points + 1, 1);
        if (mask->rows == NULL || mask->points == NULL) {
            return 0;
        }
        mask->controlled = !off && (result->flags & MTM_FLAG_MICRODATA) != 0;
    }
    return 1;
}

/* A cell, and the figures of other vintages that stand under the same key. */
static int hide(guard *g, size_t cell) {
    const mtmi_cell_key *key = &g->ledger.cells[cell].key;
    int changed = 0;
    for (size_t i = 0; i < g->ledger.n_cells; i++) {
        mtmi_ledger_cell *other = &g->ledger.cells[i];
        int twin = i == cell || (!other->implied && mtmi_ledger_same_key(&other->key, key));
        if (twin && !other->known && !other->plain && !other->hidden) {
            other->hidden = 1;
            changed = 1;
        }
    }
    return changed;
}

static void hide_small(guard *g) {
    for (size_t i = 0; i < g->ledger.n_cells; i++) {
        const mtmi_ledger_cell *cell = &g->ledger.cells[i];
        if (!cell->implied && cell->value != 0 && cell->value < g->threshold && cell->value > -g->threshold) {
            hide(g, i);
        }
    }
}

/* A list that names whom it withholds tells that they count more than those it does not name, unless the remainder is
 * withheld too; and a subtotal among the rows tells of its parts. */
static int hide_beside(guard *g, size_t r) {
    const mtm_result *result = &g->ledger.results->results[r];
    unsigned char *masks = g->ledger.masks->of[r].rows;
    int some = 0, changed = 0;
    for (size_t i = 0; i < result->n_rows; i++) {
        size_t cell = mtmi_ledger_cell_at(&g->ledger, &masks[i]);
        some |= cell != MTMI_NO_CELL && g->ledger.cells[cell].hidden;
    }
    for (size_t i = 0; some && i < result->n_rows; i++) {
        int kind = result->rows[i].row.kind;
        size_t cell = mtmi_ledger_cell_at(&g->ledger, &masks[i]);
        if (cell != MTMI_NO_CELL &&
            (kind == MTM_MEMBER_GROUP || kind == MTM_MEMBER_TOTAL || kind == MTM_MEMBER_OTHER)) {
            changed |= hide(g, cell);
        }
    }
    return changed;
}

/* An implied cell must be nothing, or large, or as unsure as a printed one that is hidden. */
static int is_unsure(guard *g, size_t cell) {
    int rises = mtmi_interval_search_can_reach(g->mover, cell, 1, g->threshold);
    int falls = mtmi_interval_search_can_reach(g->mover, cell, 0, 0);
    if (rises && falls) {
        return 1;
    }
    if (!g->ledger.cells[cell].implied) {
        return 0;
    }
    return rises ? !mtmi_interval_search_can_reach(g->mover, cell, 0, g->threshold - 1)
                 : falls && !mtmi_interval_search_can_reach(g->mover, cell, 1, 1);
}

/* What is wrong with a hidden cell: itself, or one of those that must be nothing with it; MTMI_NO_CELL for nothing. */
static size_t find_fault(guard *g, size_t cell) {
    if (!is_unsure(g, cell)) {
        return cell;
    }
    for (size_t i = 0; i < g->ledger.n_cells; i++) {
        if (g->ledger.cells[i].together == cell && !mtmi_interval_search_can_reach(g->mover, i, 0, 0)) {
            return i;
        }
    }
    return MTMI_NO_CELL;
}

/* Below 0 when a is the better one to hide: a difference, a small part, a part that is nothing, a total. */
static int compare_cost(const mtmi_ledger_cell *a, const mtmi_ledger_cell *b) {
    int class_a = a->may_be_negative ? 0 : a->kind == MTM_MEMBER_TOTAL ? 3 : a->value == 0 ? 2 : 1;
    int class_b = b->may_be_negative ? 0 : b->kind == MTM_MEMBER_TOTAL ? 3 : b->value == 0 ? 2 : 1;
    return class_a != class_b ? class_a - class_b : (a->value > b->value) - (a->value < b->value);
}

/* The best shown cell of the sums marked 1; those become 2. */
static size_t best_shown(guard *g) {
    size_t best = MTMI_NO_CELL;
    for (size_t s = 0; s < g->ledger.n_sums; s++) {
        for (size_t i = 0; g->seen[s] == 1 && i < g->ledger.sums[s].n; i++) {
            size_t at = g->ledger.terms[g->ledger.sums[s].first + i].cell;
            const mtmi_ledger_cell *cell = &g->ledger.cells[at];
            int may = !cell->hidden && !cell->known && !cell->plain && !cell->implied;
            if (may && (best == MTMI_NO_CELL || compare_cost(cell, &g->ledger.cells[best]) < 0)) {
                best = at;
            }
        }
    }
    return best;
}

static void mark_sums(guard *g, size_t cell) {
    const size_t *sums;
    size_t n = mtmi_interval_search_sums(g->mover, cell, &sums);
    for (size_t i = 0; i < n; i++) {
        const mtmi_ledger_sum *sum = &g->ledger.sums[sums[i]];
        size_t last = g->ledger.terms[sum->first + sum->n - 1].cell;
        int others = g->ledger.cells[last].together != MTMI_NO_CELL && last != cell; /* binds nobody */
        g->seen[sums[i]] = g->seen[sums[i]] == 0 && !others ? 1 : g->seen[sums[i]];
    }
}

/* From the sums marked 1 over their hidden cells to others. 0 when there are none. */
static int widen(guard *g) {
    int wider = 0;
    for (size_t s = 0; s < g->ledger.n_sums; s++) {
        if (g->seen[s] == 1) {
            g->seen[s] = 2;
            wider = 1;
        }
    }
    for (size_t s = 0; wider && s < g->ledger.n_sums; s++) {
        for (size_t i = 0; g->seen[s] == 2 && i < g->ledger.sums[s].n; i++) {
            size_t at = g->ledger.terms[g->ledger.sums[s].first + i].cell;
            if (g->ledger.cells[at].hidden) {
                mark_sums(g, at);
            }
        }
    }
    return wider;
}

/* What else to hide for the sake of a cell: near it first. */
static size_t find_complement(guard *g, size_t cell) {
    size_t best;
    memset(g->seen, 0, g->ledger.n_sums);
    mark_sums(g, cell);
    do {
        best = best_shown(g);
    } while (best == MTMI_NO_CELL && widen(g));
    return best;
}

/* A number that is nothing and cannot be anything else tells of nobody: where hiding more does not help it is shown. */
static int show_nothing(guard *g, size_t cell) {
    mtmi_ledger_cell *at = &g->ledger.cells[cell];
    if (at->implied || at->value != 0 || mtmi_interval_search_can_reach(g->mover, cell, 1, 1)) {
        return 0;
    }
    at->hidden = 0;
    at->plain = 1;
    return 1;
}

static int repair_cell(guard *g, size_t cell) {
    int changed = 0;
    size_t fault;
    while (g->ledger.cells[cell].hidden && (fault = find_fault(g, cell)) != MTMI_NO_CELL) {
        size_t more = find_complement(g, fault);
        if ((more == MTMI_NO_CELL || !hide(g, more)) && !show_nothing(g, cell)) {
            break; /* nothing is left to do: the audit will say whether it is enough */
        }
        changed = 1;
    }
    return changed;
}

static void protect_cells(guard *g) {
    int changed;
    hide_small(g);
    do {
        changed = 0;
        for (size_t r = 0; r < g->ledger.results->n; r++) {
            changed |= mtmi_ledger_has(&g->ledger.results->results[r]) && hide_beside(g, r);
        }
        for (size_t i = 0; i < g->ledger.n_cells; i++) {
            const mtmi_ledger_cell *cell = &g->ledger.cells[i];
            if (cell->hidden && !cell->known && cell->together == MTMI_NO_CELL) {
                changed |= repair_cell(g, i);
            }
        }
    } while (changed);
}

/* Per cents of confidential counts: shown only where nothing is withheld and the count itself is printed. */
static void protect_percents(guard *g, size_t r, int some_hidden) {
    const mtm_result *result = &g->ledger.results->results[r];
    mtmi_mask *mask = &g->ledger.masks->of[r];
    int printed = 0;
    for (size_t i = 0; i < g->ledger.results->n; i++) {
        const mtm_result *other = &g->ledger.results->results[i];
        printed |= i != r && mtmi_ledger_has(other) && other->has_value && result->measure != NULL &&
                   other->measure != NULL && strcmp(other->measure, result->measure) == 0 && other->second == NULL &&
                   other->group == NULL && result->group == NULL && result->statistic == MTMI_STATISTIC_SHARE;
    }
    mask->value = result->has_value && (some_hidden || !printed);
    for (int with = 0; with < 2; with++) {
        mask->bases[with] = result->has_comparison[with] && result->comparisons[with].has_base;
    }
    for (size_t i = 0; i < result->n_rows; i++) {
        mask->rows[i] = result->rows[i].row.has_value != 0;
    }
    memset(mask->points, 1, result->n_points);
}

static void write_masks(guard *g, mtmi_masks *masks) {
    int some_hidden = 0;
    for (size_t i = 0; i < g->ledger.n_entries; i++) {
        const mtmi_ledger_cell *cell = &g->ledger.cells[g->ledger.entries[i].cell];
        *g->ledger.entries[i].mask = cell->hidden && !cell->known;
        some_hidden |= cell->hidden && !cell->known;
    }
    for (size_t r = 0; r < masks->n; r++) {
        const mtm_result *result = &g->ledger.results->results[r];
        mtmi_mask *mask = &masks->of[r];
        if (mask->controlled && mtmi_result_is_percent(result)) {
            protect_percents(g, r, some_hidden);
        }
        mask->n_hidden = (size_t)mask->value + mask->bases[0] + mask->bases[1];
        for (size_t i = 0; i < result->n_rows; i++) {
            mask->n_hidden += mask->rows[i];
        }
        for (size_t i = 0; i < result->n_points; i++) {
            mask->n_hidden += mask->points[i];
        }
        masks->n_hidden += mask->n_hidden;
    }
}

static mtm_status protect(const mtm_results *results, int threshold, mtmi_masks *masks, mtm_error *err) {
    guard g = {0};
    mtm_status status = mtmi_ledger_build(&g.ledger, results, masks, err);
    if (status == MTM_OK) {
        status = mtmi_interval_search_new(&g.ledger, &g.mover, err);
    }
    if (status == MTM_OK && (g.seen = mtmi_memory_new(g.ledger.n_sums + 1, 1)) == NULL) {
        status = mtmi_error_memory(err);
    }
    if (status == MTM_OK) {
        g.threshold = threshold * mtmi_decimal_power(g.ledger.decimals);
        protect_cells(&g);
        write_masks(&g, masks);
    }
    mtmi_memory_free(g.seen);
    mtmi_interval_search_free(g.mover);
    mtmi_ledger_clear(&g.ledger);
    return status;
}

mtm_status mtmi_disclosure_protect(const mtm_results *results, int threshold, mtmi_masks **out, mtm_error *err) {
    mtmi_masks *masks = mtmi_memory_new(1, sizeof *masks);
    int off = threshold == MTMI_THRESHOLD_OFF, some = 0;
    mtm_status status = MTM_OK;
    *out = NULL;
    if (masks == NULL || !new_masks(results, masks, off)) {
        mtmi_masks_free(masks);
        return mtmi_error_memory(err);
    }
    for (size_t r = 0; r < masks->n; r++) {
        some |= masks->of[r].controlled;
    }
    masks->threshold = off ? MTMI_THRESHOLD_OFF : some ? threshold : 0;
    if (some) {
        status = protect(results, threshold, masks, err);
    }
    if (status != MTM_OK) {
        mtmi_masks_free(masks);
        return status;
    }
    *out = masks;
    return MTM_OK;
}
