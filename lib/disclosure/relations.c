/* In: cells. Out: sums over them: parts and totals, net and its two directions, a whole and what a group leaves of it.
 * What is printed nowhere but could be subtracted becomes an implied cell. Does not know what is small. */
#include "disclosure/relations.h"

#include "base/decimal.h"
#include "codelist/match.h"
#include "period/period.h"

#include <string.h>

/* A part that is printed nowhere. */
static size_t add_implied(mtmi_ledger *ledger, int64_t value, mtm_period period) {
    mtmi_ledger_cell cell = {{"", "", "", 0, "", "", period, SIZE_MAX}, value, MTM_MEMBER_OTHER, 0, 1, 0, 0, 1, 0,
                             MTMI_NO_CELL};
    return mtmi_ledger_add_cell(ledger, &cell);
}

static int64_t value_of(const mtmi_ledger *ledger, size_t cell) {
    return cell != MTMI_NO_CELL ? ledger->cells[cell].value : 0;
}

/* Subtotals and totals among the rows are not parts. */
static int is_part(const mtmi_result_row *row) {
    return row->row.kind != MTM_MEMBER_GROUP && row->row.kind != MTM_MEMBER_TOTAL;
}

/* value = parts, and the rest where the parts do not claim to be all, or one of them is missing. */
static void add_parts(mtmi_ledger *ledger, size_t r) {
    const mtm_result *result = &ledger->results->results[r];
    mtmi_mask *mask = &ledger->masks->of[r];
    size_t total = result->has_value ? mtmi_ledger_cell_at(ledger, &mask->value) : MTMI_NO_CELL;
    size_t first = ledger->n_terms;
    int open = result->rows_are_selection;
    if (total == MTMI_NO_CELL || result->n_rows == 0) {
        return;
    }
    mtmi_wide rest = value_of(ledger, total);
    mtmi_ledger_add_term(ledger, total, -1);
    for (size_t i = 0; i < result->n_rows; i++) {
        if (!is_part(&result->rows[i])) {
            continue;
        }
        if (!result->rows[i].row.has_value) {
            open = 1;
            continue;
        }
        size_t cell = mtmi_ledger_cell_at(ledger, &mask->rows[i]);
        rest -= value_of(ledger, cell);
        mtmi_ledger_add_term(ledger, cell, 1);
    }
    if (rest != 0 && (!open || rest < 0 || rest > INT64_MAX || ledger->cells[total].may_be_negative)) {
        mask->uneven = 1;
        ledger->n_terms = first;
        return;
    }
    if (open) {
        mtmi_ledger_add_term(ledger, add_implied(ledger, (int64_t)rest, ledger->cells[total].key.period), 1);
    }
    mtmi_ledger_end_sum(ledger, first);
}

/* The cell of one direction. */
static size_t direction(mtmi_ledger *ledger, const mtmi_cell_key *net, const char *measure) {
    mtmi_cell_key key = *net;
    key.measure = measure;
    key.second = "";
    return mtmi_ledger_find(ledger, &key);
}

/* net = in - out, of totals and of members, for every period. 0 when it does not hold. */
static int add_net(mtmi_ledger *ledger, size_t net) {
    const mtmi_cell_key key = ledger->cells[net].key;
    size_t in = direction(ledger, &key, key.measure), out = direction(ledger, &key, key.second);
    if (in == MTMI_NO_CELL && out == MTMI_NO_CELL) {
        return 1;
    }
    mtmi_wide difference = (mtmi_wide)value_of(ledger, in) - value_of(ledger, out);
    difference -= value_of(ledger, net);
    int whole = in != MTMI_NO_CELL && out != MTMI_NO_CELL;
    if (whole ? difference != 0 : in != MTMI_NO_CELL ? difference < 0 : difference > 0) {
        return 0;
    }
    if (in == MTMI_NO_CELL) {
        in = add_implied(ledger, (int64_t)-difference, key.period);
    } else if (out == MTMI_NO_CELL) {
        out = add_implied(ledger, (int64_t)difference, key.period);
    }
    size_t first = ledger->n_terms;
    mtmi_ledger_add_term(ledger, net, -1);
    mtmi_ledger_add_term(ledger, in, 1);
    mtmi_ledger_add_term(ledger, out, -1);
    mtmi_ledger_end_sum(ledger, first);
    return 1;
}

/* Whoever prints the cell stays alone. */
static void leave_alone(mtmi_ledger *ledger, size_t cell) {
    for (size_t i = 0; i < ledger->n_entries; i++) {
        if (ledger->entries[i].cell == cell) {
            ledger->masks->of[ledger->entries[i].result].alone = 1;
        }
    }
}

static int add_nets(mtmi_ledger *ledger) {
    size_t n = ledger->n_cells; /* implied cells are no nets */
    for (size_t i = 0; i < n; i++) {
        const mtmi_ledger_cell *cell = &ledger->cells[i];
        if (cell->key.second[0] == '\0' || cell->implied || cell->key.owner != SIZE_MAX ||
            mtmi_ledger_find(ledger, &cell->key) != i) {
            continue;
        }
        if (!add_net(ledger, i) && !cell->known) {
            leave_alone(ledger, i);
            return 0;
        }
    }
    return 1;
}

/* Whether a member is counted in a total that is restricted to a group or leaves it out. */
static int counts_in(const mtmi_cell_key *total, const char *code, int kind, mtm_period period) {
    int member = kind == MTM_MEMBER_CODE && mtmi_codelist_has_member(total->group, code, period);
    return total->outside ? !member : member;
}

/* whole = restricted + members that are listed and not counted in it + others such. 0 when it does not hold. */
static int add_restricted(mtmi_ledger *ledger, size_t whole, size_t restricted, const mtm_result *listing, size_t r) {
    const mtmi_cell_key key = ledger->cells[restricted].key;
    size_t first = ledger->n_terms;
    mtmi_wide rest = (mtmi_wide)value_of(ledger, whole) - value_of(ledger, restricted);
    mtmi_ledger_add_term(ledger, whole, -1);
    mtmi_ledger_add_term(ledger, restricted, 1);
    for (size_t i = 0; listing != NULL && i < listing->n_rows; i++) {
        const mtmi_result_row *row = &listing->rows[i];
        if (row->row.kind != MTM_MEMBER_CODE || !row->row.has_value ||
            counts_in(&key, row->code, row->row.kind, listing->period)) {
            continue;
        }
        mtmi_cell_key row_key = mtmi_ledger_row_key(ledger, r, i);
        size_t cell = mtmi_ledger_find(ledger, &row_key);
        rest -= value_of(ledger, cell);
        mtmi_ledger_add_term(ledger, cell, 1);
    }
    if (rest < 0 || rest > INT64_MAX) {
        ledger->n_terms = first;
        return 0;
    }
    mtmi_ledger_add_term(ledger, add_implied(ledger, (int64_t)rest, key.period), 1);
    mtmi_ledger_end_sum(ledger, first);
    return 1;
}

/* Every listing of the whole's members tells something of its own. */
static int add_listings(mtmi_ledger *ledger, size_t whole, size_t restricted) {
    int listed = 0;
    for (size_t r = 0; r < ledger->results->n; r++) {
        const mtm_result *result = &ledger->results->results[r];
        mtmi_cell_key key = mtmi_ledger_total_key(ledger, r, mtmi_ledger_when(result));
        if (!mtmi_ledger_has(result) || result->n_rows == 0 || mtmi_ledger_find(ledger, &key) != whole) {
            continue;
        }
        listed = 1;
        if (!add_restricted(ledger, whole, restricted, result, r)) {
            return 0;
        }
    }
    return listed || add_restricted(ledger, whole, restricted, NULL, 0);
}

/* Whether a list does not claim to name everyone. */
static int is_open(const mtm_result *result) {
    int open = result->rows_are_selection || !result->has_value;
    for (size_t i = 0; i < result->n_rows; i++) {
        open |= !result->rows[i].row.has_value;
    }
    return open;
}

/* remainder of a short list = members that only a longer one lists + others; a list without one names everyone. */
static int add_tail(mtmi_ledger *ledger, size_t short_list, size_t long_list) {
    const mtm_result *few = &ledger->results->results[short_list], *many = &ledger->results->results[long_list];
    mtmi_cell_key total = mtmi_ledger_total_key(ledger, short_list, mtmi_ledger_when(few));
    size_t first = ledger->n_terms, remainder = MTMI_NO_CELL, found = 0;
    for (size_t i = 0; i < few->n_rows; i++) {
        if (few->rows[i].row.kind == MTM_MEMBER_OTHER && few->rows[i].row.has_value) {
            remainder = mtmi_ledger_cell_at(ledger, &ledger->masks->of[short_list].rows[i]);
        }
    }
    if (remainder == MTMI_NO_CELL && is_open(few)) {
        return 1;
    }
    mtmi_wide rest = value_of(ledger, remainder);
    if (remainder != MTMI_NO_CELL) {
        mtmi_ledger_add_term(ledger, remainder, -1);
    }
    for (size_t i = 0; i < many->n_rows; i++) {
        const mtmi_result_row *row = &many->rows[i];
        int listed = 0;
        for (size_t j = 0; j < few->n_rows; j++) {
            listed |= strcmp(few->rows[j].code, row->code) == 0;
        }
        if (row->row.kind == MTM_MEMBER_CODE && row->row.has_value && !listed &&
            (total.group[0] == '\0' || counts_in(&total, row->code, row->row.kind, few->period))) {
            mtmi_cell_key key = mtmi_ledger_row_key(ledger, long_list, i);
            size_t cell = mtmi_ledger_find(ledger, &key);
            rest -= value_of(ledger, cell);
            mtmi_ledger_add_term(ledger, cell, 1);
            found++;
        }
    }
    if (found == 0 || rest < 0) {
        ledger->n_terms = first;
        return found == 0;
    }
    if (remainder != MTMI_NO_CELL) { /* else they are all nothing */
        mtmi_ledger_add_term(ledger, add_implied(ledger, (int64_t)rest, total.period), 1);
    }
    mtmi_ledger_end_sum(ledger, first);
    return 1;
}

static int same_text(const char *a, const char *b) { return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0; }

/* Two lists of members of the same measure, dimension and period. */
static int are_lists_of_one(const mtmi_ledger *ledger, size_t a, size_t b) {
    const mtm_result *left = &ledger->results->results[a], *right = &ledger->results->results[b];
    return a != b && mtmi_ledger_has(left) && mtmi_ledger_has(right) && !ledger->masks->of[a].alone &&
           !ledger->masks->of[b].alone && left->measure != NULL && left->n_rows > 0 && right->n_rows > 0 &&
           left->statistic != MTMI_STATISTIC_NET && same_text(left->measure, right->measure) &&
           same_text(left->second, right->second) && same_text(left->dimension, right->dimension) &&
           mtmi_period_same(mtmi_ledger_when(left), mtmi_ledger_when(right));
}

static int add_tails(mtmi_ledger *ledger) {
    for (size_t a = 0; a < ledger->results->n; a++) {
        for (size_t b = 0; b < ledger->results->n; b++) {
            /* a restricted list tells nothing of what is outside of it, but all it lists counts in the other */
            if (are_lists_of_one(ledger, a, b) && !add_tail(ledger, a, b)) {
                ledger->masks->of[a].alone = 1;
                return 0;
            }
        }
    }
    return 1;
}

static int lists(const mtm_result *result, const char *code) {
    for (size_t i = 0; i < result->n_rows; i++) {
        if (strcmp(result->rows[i].code, code) == 0) {
            return 1;
        }
    }
    return 0;
}

/* The members of other lists that list r counts but does not name, as terms; their numbers are added to *sum. */
static void add_unlisted(mtmi_ledger *ledger, size_t r, mtmi_wide *sum) {
    const mtm_result *few = &ledger->results->results[r];
    mtmi_cell_key total = mtmi_ledger_total_key(ledger, r, mtmi_ledger_when(few));
    size_t first = ledger->n_terms;
    for (size_t b = 0; b < ledger->results->n; b++) {
        const mtm_result *many = &ledger->results->results[b];
        for (size_t i = 0; are_lists_of_one(ledger, r, b) && i < many->n_rows; i++) {
            const mtmi_result_row *row = &many->rows[i];
            if (row->row.kind != MTM_MEMBER_CODE || !row->row.has_value || lists(few, row->code) ||
                (total.group[0] != '\0' && !counts_in(&total, row->code, row->row.kind, few->period))) {
                continue;
            }
            mtmi_cell_key key = mtmi_ledger_row_key(ledger, b, i);
            size_t cell = mtmi_ledger_find(ledger, &key);
            int known = 0;
            for (size_t t = first; t < ledger->n_terms; t++) {
                known |= ledger->terms[t].cell == cell;
            }
            if (!known) {
                *sum += value_of(ledger, cell);
                mtmi_ledger_add_term(ledger, cell, 1);
            }
        }
    }
}

/* A list that is cut names those who count most: a member it names counts no less than any that it leaves out, so the
 * member can be nothing only where its remainder, and all whom other lists name of it, can be nothing with it. */
static void add_order(mtmi_ledger *ledger, size_t r) {
    const mtm_result *result = &ledger->results->results[r];
    size_t remainder = MTMI_NO_CELL;
    for (size_t i = 0; i < result->n_rows; i++) {
        if (result->rows[i].row.kind == MTM_MEMBER_OTHER && result->rows[i].row.has_value) {
            remainder = mtmi_ledger_cell_at(ledger, &ledger->masks->of[r].rows[i]);
        }
    }
    for (size_t i = 0; remainder != MTMI_NO_CELL && i < result->n_rows; i++) {
        if (result->rows[i].row.kind != MTM_MEMBER_CODE || !result->rows[i].row.has_value) {
            continue;
        }
        size_t member = mtmi_ledger_cell_at(ledger, &ledger->masks->of[r].rows[i]), first = ledger->n_terms;
        mtmi_wide sum = (mtmi_wide)value_of(ledger, member) + value_of(ledger, remainder);
        add_unlisted(ledger, r, &sum);
        size_t together = sum <= INT64_MAX ? add_implied(ledger, (int64_t)sum, mtmi_ledger_when(result)) : MTMI_NO_CELL;
        if (together == MTMI_NO_CELL) {
            ledger->n_terms = first;
            continue;
        }
        ledger->cells[together].together = member;
        mtmi_ledger_add_term(ledger, member, 1);
        mtmi_ledger_add_term(ledger, remainder, 1);
        mtmi_ledger_add_term(ledger, together, -1);
        mtmi_ledger_end_sum(ledger, first);
    }
}

static int add_groups(mtmi_ledger *ledger) {
    size_t n = ledger->n_cells;
    for (size_t i = 0; i < n; i++) {
        const mtmi_ledger_cell *cell = &ledger->cells[i];
        mtmi_cell_key whole = cell->key;
        if (cell->implied || whole.group[0] == '\0' || whole.owner != SIZE_MAX || cell->may_be_negative ||
            mtmi_ledger_find(ledger, &cell->key) != i) {
            continue;
        }
        whole.group = "";
        whole.outside = 0;
        size_t at = mtmi_ledger_find(ledger, &whole);
        if (at != MTMI_NO_CELL && !add_listings(ledger, at, i) && !cell->known) {
            leave_alone(ledger, i);
            return 0;
        }
    }
    return 1;
}

int mtmi_relations_add(mtmi_ledger *ledger) {
    for (size_t r = 0; r < ledger->results->n; r++) {
        if (mtmi_ledger_has(&ledger->results->results[r])) {
            add_parts(ledger, r);
        }
    }
    if (!add_nets(ledger) || !add_groups(ledger) || !add_tails(ledger)) {
        return 0;
    }
    for (size_t r = 0; r < ledger->results->n; r++) {
        if (mtmi_ledger_has(&ledger->results->results[r]) &&
            ledger->results->results[r].statistic != MTMI_STATISTIC_NET) {
            add_order(ledger, r);
        }
    }
    return 1;
}
