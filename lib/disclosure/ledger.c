/* In: results. Out: their numbers as cells, one for each count, however many results print it.
 * Two results that give one count different numbers are not linked: what does not add up tells nothing. Does not know
 * what is small. */
#include "disclosure/ledger.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "period/period.h"
#include "disclosure/relations.h"
#include "report/text_builder.h"

#include <string.h>

void mtmi_ledger_clear(mtmi_ledger *ledger) {
    mtmi_memory_free(ledger->cells);
    mtmi_memory_free(ledger->entries);
    mtmi_memory_free(ledger->terms);
    mtmi_memory_free(ledger->sums);
    memset(ledger, 0, sizeof *ledger);
}

int mtmi_ledger_has(const mtm_result *result) {
    return (result->flags & MTM_FLAG_MICRODATA) != 0 && !mtmi_result_is_percent(result);
}

int mtmi_ledger_same_key(const mtmi_cell_key *a, const mtmi_cell_key *b) {
    return mtmi_period_same(a->period, b->period) && a->owner == b->owner && a->outside == b->outside &&
           strcmp(a->code, b->code) == 0 && strcmp(a->measure, b->measure) == 0 && strcmp(a->second, b->second) == 0 &&
           strcmp(a->group, b->group) == 0 && strcmp(a->dimension, b->dimension) == 0;
}

/* Of figures of several vintages the first; a confidential one before one that only others print. */
size_t mtmi_ledger_find(const mtmi_ledger *ledger, const mtmi_cell_key *key) {
    size_t found = MTMI_NO_CELL;
    for (size_t i = 0; i < ledger->n_cells; i++) {
        const mtmi_ledger_cell *cell = &ledger->cells[i];
        if (!cell->implied && mtmi_ledger_same_key(&cell->key, key)) {
            if (cell->confidential) {
                return i;
            }
            found = found == MTMI_NO_CELL ? i : found;
        }
    }
    return found;
}

static size_t find_number(const mtmi_ledger *ledger, const mtmi_cell_key *key, int64_t value) {
    for (size_t i = 0; i < ledger->n_cells; i++) {
        if (ledger->cells[i].value == value && mtmi_ledger_same_key(&ledger->cells[i].key, key)) {
            return i;
        }
    }
    return MTMI_NO_CELL;
}

mtmi_cell_key mtmi_ledger_total_key(const mtmi_ledger *ledger, size_t r, mtm_period period) {
    const mtm_result *result = &ledger->results->results[r];
    int linked = result->measure != NULL && !ledger->masks->of[r].alone;
    mtmi_cell_key key = {"", "", "", 0, "", "", period, linked ? SIZE_MAX : r};
    if (linked) {
        key.measure = result->measure;
        key.second = result->second != NULL ? result->second : "";
        key.group = result->group != NULL ? result->group : "";
        key.outside = result->group != NULL && result->outside;
    }
    return key;
}

/* A member of a dimension counts the same whatever group the whole is restricted to; a remainder is the result's. */
mtmi_cell_key mtmi_ledger_row_key(const mtmi_ledger *ledger, size_t r, size_t row) {
    const mtm_result *result = &ledger->results->results[r];
    mtmi_cell_key key = mtmi_ledger_total_key(ledger, r, mtmi_ledger_when(result));
    key.dimension = result->dimension != NULL ? result->dimension : "";
    key.code = result->rows[row].code;
    key.group = "";
    key.outside = 0;
    if (result->rows[row].row.kind == MTM_MEMBER_OTHER) {
        key.owner = r;
    }
    return key;
}

mtm_period mtmi_ledger_when(const mtm_result *result) {
    return result->observed.first != MTMI_DAY_NONE ? result->observed : result->period;
}

static void *grow(mtmi_ledger *ledger, void **table, size_t *n, size_t *capacity, size_t size) {
    if (!mtmi_memory_reserve(table, capacity, *n + 1, size)) {
        ledger->failed = 1;
        return NULL;
    }
    return (char *)*table + size * (*n)++;
}

size_t mtmi_ledger_add_cell(mtmi_ledger *ledger, const mtmi_ledger_cell *cell) {
    void *cells = ledger->cells;
    mtmi_ledger_cell *added =
        grow(ledger, &cells, &ledger->n_cells, &ledger->cells_capacity, sizeof *ledger->cells);
    ledger->cells = cells;
    if (added == NULL) {
        return MTMI_NO_CELL;
    }
    *added = *cell;
    return ledger->n_cells - 1;
}

void mtmi_ledger_add_term(mtmi_ledger *ledger, size_t cell, int sign) {
    void *terms = ledger->terms;
    mtmi_ledger_term *added =
        grow(ledger, &terms, &ledger->n_terms, &ledger->terms_capacity, sizeof *ledger->terms);
    ledger->terms = terms;
    if (added != NULL) {
        *added = (mtmi_ledger_term){cell, sign};
    }
}

void mtmi_ledger_end_sum(mtmi_ledger *ledger, size_t first) {
    void *sums = ledger->sums;
    mtmi_ledger_sum *added = grow(ledger, &sums, &ledger->n_sums, &ledger->sums_capacity, sizeof *ledger->sums);
    ledger->sums = sums;
    if (added != NULL) {
        *added = (mtmi_ledger_sum){first, ledger->n_terms - first};
    }
}

static void add_entry(mtmi_ledger *ledger, size_t cell, unsigned char *mask, size_t result) {
    void *entries = ledger->entries;
    mtmi_ledger_entry *added =
        grow(ledger, &entries, &ledger->n_entries, &ledger->entries_capacity, sizeof *ledger->entries);
    ledger->entries = entries;
    if (added != NULL) {
        *added = (mtmi_ledger_entry){cell, mask, result};
    }
}

/* 1 when the number contradicts the cell that is there. may_differ: a figure of another vintage, which is a cell of
 * its own under the same key. */
static int add_number(mtmi_ledger *ledger, size_t r, const mtmi_cell_key *key, int kind, mtm_decimal number,
                      unsigned char *mask, int may_differ) {
    const mtm_result *result = &ledger->results->results[r];
    mtm_decimal value = {0, 0, 0};
    if (mtmi_decimal_narrow(mtmi_decimal_rescale(number.units, number.decimals, ledger->decimals), ledger->decimals,
                            &value, NULL) != MTM_OK) {
        ledger->status = MTM_ERROR_RANGE;
        return 0;
    }
    size_t at = find_number(ledger, key, value.units);
    if (at == MTMI_NO_CELL && mtmi_ledger_find(ledger, key) != MTMI_NO_CELL && !may_differ &&
        !ledger->masks->of[r].alone) {
        return 1;
    }
    if (at == MTMI_NO_CELL) {
        int is_signed = result->statistic == MTMI_STATISTIC_NET || value.units < 0;
        mtmi_ledger_cell cell = {*key, value.units, kind, is_signed, 0, 0, 0, 0, 0, MTMI_NO_CELL};
        at = mtmi_ledger_add_cell(ledger, &cell);
    }
    if (at != MTMI_NO_CELL && mtmi_ledger_has(result)) {
        ledger->cells[at].confidential = 1;
        add_entry(ledger, at, mask, r);
    } else if (at != MTMI_NO_CELL) {
        ledger->cells[at].known = 1;
    }
    return 0;
}

static int add_result(mtmi_ledger *ledger, size_t r) {
    const mtm_result *result = &ledger->results->results[r];
    mtmi_mask *mask = &ledger->masks->of[r];
    int contradicts = 0;
    if (result->has_value) {
        mtmi_cell_key key = mtmi_ledger_total_key(ledger, r, mtmi_ledger_when(result));
        contradicts |= add_number(ledger, r, &key, MTM_MEMBER_TOTAL, result->value, &mask->value, 0);
    }
    for (size_t i = 0; i < result->n_rows; i++) {
        if (result->rows[i].row.has_value) {
            mtmi_cell_key key = mtmi_ledger_row_key(ledger, r, i);
            contradicts |=
                add_number(ledger, r, &key, result->rows[i].row.kind, result->rows[i].row.value, &mask->rows[i], 0);
        }
    }
    for (int with = 0; with < 2; with++) {
        const mtm_comparison *comparison = &result->comparisons[with];
        if (result->has_comparison[with] && comparison->has_base) {
            mtmi_cell_key key = mtmi_ledger_total_key(ledger, r, comparison->period);
            add_number(ledger, r, &key, MTM_MEMBER_TOTAL, comparison->base, &mask->bases[with], 1);
        }
    }
    for (size_t i = 0; i < result->n_points; i++) {
        mtmi_cell_key key = mtmi_ledger_total_key(ledger, r, result->points[i].period);
        add_number(ledger, r, &key, MTM_MEMBER_TOTAL, result->points[i].value, &mask->points[i], 1);
    }
    return contradicts;
}

size_t mtmi_ledger_cell_at(const mtmi_ledger *ledger, const unsigned char *mask) {
    for (size_t i = 0; i < ledger->n_entries; i++) {
        if (ledger->entries[i].mask == mask) {
            return ledger->entries[i].cell;
        }
    }
    return MTMI_NO_CELL;
}

static int decimals_of(const mtm_result *result) {
    int most = result->has_value ? result->value.decimals : 0;
    for (int with = 0; with < 2; with++) {
        int decimals = result->comparisons[with].has_base ? result->comparisons[with].base.decimals : 0;
        most = decimals > most ? decimals : most;
    }
    for (size_t i = 0; i < result->n_points; i++) {
        most = result->points[i].value.decimals > most ? result->points[i].value.decimals : most;
    }
    for (size_t i = 0; i < result->n_rows; i++) {
        int decimals = result->rows[i].row.has_value ? result->rows[i].row.value.decimals : 0;
        most = decimals > most ? decimals : most;
    }
    return most;
}

/* Public results first, so that what is known is known; a confidential one that contradicts what stands stays alone,
 * and all begins again. A public one that contradicts another public one is left out. */
static int add_results(mtmi_ledger *ledger) {
    for (int confidential = 0; confidential < 2; confidential++) {
        for (size_t r = 0; r < ledger->results->n; r++) {
            const mtm_result *result = &ledger->results->results[r];
            int is_public = !(result->flags & MTM_FLAG_MICRODATA) && !mtmi_result_is_percent(result) &&
                            result->measure != NULL;
            if (confidential ? !mtmi_ledger_has(result) : !is_public) {
                continue;
            }
            if (add_result(ledger, r) && confidential && !ledger->masks->of[r].alone) {
                ledger->masks->of[r].alone = 1;
                return 0;
            }
        }
    }
    return 1;
}

mtm_status mtmi_ledger_build(mtmi_ledger *ledger, const mtm_results *results, mtmi_masks *masks, mtm_error *err) {
    memset(ledger, 0, sizeof *ledger);
    ledger->results = results;
    ledger->masks = masks;
    for (size_t r = 0; r < results->n; r++) {
        int decimals = decimals_of(&results->results[r]);
        int counts = !mtmi_result_is_percent(&results->results[r]);
        ledger->decimals = counts && decimals > ledger->decimals ? decimals : ledger->decimals;
    }
    int whole;
    do {
        ledger->n_cells = ledger->n_entries = ledger->n_terms = ledger->n_sums = 0;
        whole = add_results(ledger) && mtmi_relations_add(ledger);
    } while (!whole && !ledger->failed);
    if (ledger->failed) {
        return mtmi_error_memory(err);
    }
    if (ledger->status != MTM_OK) {
        return mtmi_error_set(err, ledger->status, 0, (mtmi_place){"results", 0, 0},
                              "confidential figures do not fit in 64 bits at one scale; use fewer decimals");
    }
    return MTM_OK;
}
