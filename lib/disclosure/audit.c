/* In: published results and where the marks stand. Out: for every mark two whole tables that agree with all that is
 * published, in one of which it stands for nothing and in the other for the threshold; or a refusal.
 * Solves what a reader could solve. Does not know what the marks stand for. */
#include "disclosure/audit.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "disclosure/audit_sums.h"
#include "report/text_builder.h"
#include "disclosure/simplex.h"

#include <string.h>

void mtmi_audit_free(mtmi_audit *audit) {
    if (audit != NULL) {
        mtmi_memory_free(audit->numbers);
        mtmi_memory_free(audit->low);
        mtmi_memory_free(audit->high);
        mtmi_memory_free(audit);
    }
}

static mtm_status refuse(const mtm_results *results, size_t r, const char *what, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_DISCLOSURE, 0, (mtmi_place){results->results[r].id, 0, 0},
                          "%s; nothing was made: use coarser breakdowns or leave the indicator out", what);
}

/* Whether something stands in print that tells of a withheld number at once. */
static int tells(const mtm_result *result, const mtmi_mask *mask) {
    int some = 0, subtotal = 0;
    if ((mask->value && result->has_value)) {
        return 1;
    }
    for (int with = 0; with < 2; with++) {
        const mtm_comparison *comparison = &result->comparisons[with];
        if ((mask->bases[with] && comparison->has_base) ||
            ((mask->bases[with] || mask->value) && (comparison->has_percent || comparison->absolute.units != 0))) {
            return 1;
        }
    }
    for (size_t i = 0; i < result->n_rows; i++) {
        const mtm_row *row = &result->rows[i].row;
        some |= mask->rows[i];
        subtotal |= !mask->rows[i] && row->has_value &&
                    (row->kind == MTM_MEMBER_GROUP || row->kind == MTM_MEMBER_TOTAL || row->kind == MTM_MEMBER_OTHER);
        if ((mask->rows[i] && row->has_value) || ((mask->rows[i] || mask->value) && row->has_share)) {
            return 1;
        }
    }
    for (size_t i = 0; some && i < result->n_rows; i++) {
        if (result->rows[i].row.rank != 0) {
            return 1;
        }
    }
    return some && subtotal;
}

static int is_shown(const mtm_result *result, mtm_decimal value) {
    int shown = result->has_value && mtmi_decimal_compare(result->value, value) == 0;
    for (int with = 0; with < 2; with++) {
        shown |= result->comparisons[with].has_base && mtmi_decimal_compare(result->comparisons[with].base, value) == 0;
    }
    for (size_t i = 0; i < result->n_rows; i++) {
        shown |= result->rows[i].row.has_value && mtmi_decimal_compare(result->rows[i].row.value, value) == 0;
    }
    return shown;
}

/* The lineage and the remarks of confidential figures. */
static int tells_aside(const mtm_result *result) {
    for (size_t i = 0; i < result->n_steps; i++) {
        if (!is_shown(result, result->steps[i].step.value)) {
            return 1;
        }
    }
    for (size_t i = 0; i < result->n_remarks; i++) {
        if (result->remarks[i].has_a || result->remarks[i].has_b || result->remarks[i].count != 0) {
            return 1;
        }
    }
    return 0;
}

static int percents_tell(const mtm_result *result, const mtmi_mask *mask, size_t n_hidden) {
    int shown = result->n_points > 0 && !mask->points[0];
    for (size_t i = 0; i < result->n_rows; i++) {
        shown |= result->rows[i].row.has_value;
    }
    for (int with = 0; with < 2; with++) {
        shown |= result->has_comparison[with] && result->comparisons[with].has_base;
    }
    return shown || (result->has_value && n_hidden > 0);
}

static mtm_status check_print(const mtm_results *results, const mtmi_masks *masks, mtm_error *err) {
    for (size_t r = 0; r < results->n; r++) {
        const mtm_result *result = &results->results[r];
        if (!(result->flags & MTM_FLAG_MICRODATA)) {
            continue;
        }
        if (tells(result, &masks->of[r]) || tells_aside(result) ||
            (mtmi_result_is_percent(result) && percents_tell(result, &masks->of[r], masks->n_hidden))) {
            return refuse(results, r, "what is printed beside a withheld number tells of it", err);
        }
    }
    return MTM_OK;
}

/* Columns of the unknowns: one that may be below 0 is the difference of two. */
typedef struct solver {
    const mtmi_audit_sums *sums;
    mtmi_simplex *simplex;
    size_t *column;         /* one an unknown */
    size_t n_columns;
    signed char *objective;
    int64_t *raw;           /* a solution, by column */
    int64_t threshold;
} solver;

static void solver_clear(solver *s) {
    mtmi_simplex_free(s->simplex);
    mtmi_memory_free(s->column);
    mtmi_memory_free(s->objective);
    mtmi_memory_free(s->raw);
}

static void write_equations(solver *s) {
    const mtmi_audit_sums *sums = s->sums;
    for (size_t i = 0; i < sums->n_equations; i++) {
        mtmi_simplex_set_right(s->simplex, i, sums->rights[i]);
    }
    for (size_t i = 0; i < sums->n_terms; i++) {
        const mtmi_equation_term *term = &sums->terms[i];
        mtmi_simplex_add(s->simplex, term->equation, s->column[term->unknown], term->sign);
        if (sums->unknowns[term->unknown].may_be_negative) {
            mtmi_simplex_add(s->simplex, term->equation, s->column[term->unknown] + 1, -term->sign);
        }
    }
}

static int64_t number_of(const solver *s, size_t unknown) {
    int64_t number = s->raw[s->column[unknown]];
    return s->sums->unknowns[unknown].may_be_negative ? number - s->raw[s->column[unknown] + 1] : number;
}

static mtm_status solver_start(solver *s, mtm_error *err) {
    const mtmi_audit_sums *sums = s->sums;
    s->column = mtmi_memory_new(sums->n_unknowns + 1, sizeof *s->column);
    if (s->column == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < sums->n_unknowns; i++) {
        s->column[i] = s->n_columns;
        s->n_columns += sums->unknowns[i].may_be_negative ? 2 : 1;
    }
    s->objective = mtmi_memory_new(s->n_columns + sums->n_equations + 1, 1);
    s->raw = mtmi_memory_new(s->n_columns + 1, sizeof *s->raw);
    if (s->objective == NULL || s->raw == NULL) {
        return mtmi_error_memory(err);
    }
    mtm_status status = mtmi_simplex_new(sums->n_equations, s->n_columns, &s->simplex, err);
    if (status != MTM_OK) {
        return status;
    }
    write_equations(s);
    int solved = mtmi_simplex_start(s->simplex) &&
                 mtmi_simplex_raise(s->simplex, s->objective, 0, s->raw) == MTMI_SIMPLEX_REACHED;
    if (!solved) {
        size_t r = sums->n_unknowns > 0 ? sums->unknowns[0].result : 0;
        return refuse(sums->results, r, "published numbers and withheld ones cannot be brought to agree", err);
    }
    return MTM_OK;
}

static mtmi_simplex_outcome reach(solver *s, size_t unknown, int up, int64_t target);

/* A cut list names those who count most: for a named one to be nothing, all of the list's others must be nothing with
 * it. Marks in the objective whatever must fall with an unknown. 0 where one of them is shown. */
static int mark_lesser(solver *s, size_t unknown) {
    const mtmi_audit_sums *sums = s->sums;
    for (size_t i = 0; i < sums->n_printed; i++) {
        const mtmi_printed *number = &sums->printed[i];
        if (number->unknown != unknown || number->place != MTMI_AUDIT_ROW) {
            continue;
        }
        for (size_t j = 0; j < sums->n_printed; j++) {
            if (!mtmi_audit_counts_less(sums, i, j)) {
                continue;
            }
            if (sums->printed[j].unknown != MTMI_NO_UNKNOWN) {
                s->objective[s->column[sums->printed[j].unknown]] = -1;
            } else if (sums->printed[j].value != 0) {
                return 0;
            }
        }
    }
    return 1;
}

/* The unknown, and what must fall with it, all at nothing. */
static int can_be_nothing(solver *s, size_t unknown) {
    if (s->sums->unknowns[unknown].may_be_negative) {
        return reach(s, unknown, 0, 0) == MTMI_SIMPLEX_REACHED;
    }
    int may = mark_lesser(s, unknown);
    s->objective[s->column[unknown]] = -1;
    may = may && mtmi_simplex_raise(s->simplex, s->objective, 0, s->raw) == MTMI_SIMPLEX_REACHED;
    memset(s->objective, 0, s->n_columns);
    return may;
}

/* How far an unknown can go towards a target; the solution is in raw. */
static mtmi_simplex_outcome reach(solver *s, size_t unknown, int up, int64_t target) {
    size_t column = s->column[unknown];
    int is_signed = s->sums->unknowns[unknown].may_be_negative;
    s->objective[column] = up ? 1 : -1;
    if (is_signed) {
        s->objective[column + 1] = up ? -1 : 1;
    }
    mtmi_simplex_outcome outcome = mtmi_simplex_raise(s->simplex, s->objective, up ? target : -target, s->raw);
    s->objective[column] = 0;
    if (is_signed) {
        s->objective[column + 1] = 0;
    }
    return outcome;
}

/* By addition: every equation holds, and nothing that counts is below 0. */
static int adds_up(const solver *s) {
    const mtmi_audit_sums *sums = s->sums;
    for (size_t e = 0, t = 0; e < sums->n_equations; e++) {
        mtmi_wide sum = 0;
        for (; t < sums->n_terms && sums->terms[t].equation == e; t++) {
            sum += (mtmi_wide)sums->terms[t].sign * number_of(s, sums->terms[t].unknown);
        }
        if (sum != sums->rights[e]) {
            return 0;
        }
    }
    for (size_t i = 0; i < sums->n_unknowns; i++) {
        if (!sums->unknowns[i].may_be_negative && number_of(s, i) < 0) {
            return 0;
        }
    }
    return 1;
}

/* Unknowns with a mark come first: they are the cells of the tables. */
static int keep_table(const solver *s, int64_t *table, size_t n_cells) {
    for (size_t i = 0; i < n_cells; i++) {
        table[i] = number_of(s, i);
    }
    return adds_up(s);
}

static mtm_status refuse_cell(const solver *s, size_t unknown, mtm_error *err) {
    const mtmi_unknown *at = &s->sums->unknowns[unknown];
    return refuse(s->sums->results, at->result,
                  at->first == MTMI_NO_UNKNOWN
                      ? "a small count that is not printed could be computed from what is"
                      : "a withheld number could be told more closely than the threshold allows",
                  err);
}

static mtm_status check_cells(solver *s, mtmi_audit *audit, mtm_error *err) {
    for (size_t i = 0; i < audit->n_cells; i++) {
        int64_t *low = audit->low + i * audit->n_cells, *high = audit->high + i * audit->n_cells;
        if (!can_be_nothing(s, i) || !keep_table(s, low, audit->n_cells) || low[i] > 0 ||
            reach(s, i, 1, s->threshold) != MTMI_SIMPLEX_REACHED || !keep_table(s, high, audit->n_cells) ||
            high[i] < s->threshold) {
            return refuse_cell(s, i, err);
        }
    }
    return MTM_OK;
}

/* Rests that are printed nowhere. */
static mtm_status check_rests(solver *s, size_t first, mtm_error *err) {
    for (size_t i = first; i < s->sums->n_unknowns; i++) {
        mtmi_simplex_outcome down = reach(s, i, 0, 0);
        int64_t low = number_of(s, i);
        mtmi_simplex_outcome up = reach(s, i, 1, s->threshold);
        int64_t high = number_of(s, i);
        if (down == MTMI_SIMPLEX_BROKEN || up == MTMI_SIMPLEX_BROKEN || mtmi_audit_is_narrow(low, high, s->threshold)) {
            return refuse_cell(s, i, err);
        }
    }
    return MTM_OK;
}

static mtm_status new_audit(const mtmi_audit_sums *sums, mtmi_audit **out, mtm_error *err) {
    mtmi_audit *audit = mtmi_memory_new(1, sizeof *audit);
    size_t n_numbers = 0;
    *out = audit;
    for (size_t i = 0; i < sums->n_printed; i++) {
        n_numbers += sums->printed[i].unknown != MTMI_NO_UNKNOWN;
    }
    if (audit == NULL) {
        return mtmi_error_memory(err);
    }
    while (audit->n_cells < sums->n_unknowns && sums->unknowns[audit->n_cells].first != MTMI_NO_UNKNOWN) {
        audit->n_cells++;
    }
    size_t n = audit->n_cells;
    audit->decimals = sums->decimals;
    audit->threshold = sums->masks->threshold;
    audit->numbers = mtmi_memory_new(n_numbers + 1, sizeof *audit->numbers);
    audit->low = n < SIZE_MAX / 16 / (n + 1) ? mtmi_memory_new(n * n + 1, sizeof *audit->low) : NULL;
    audit->high = audit->low != NULL ? mtmi_memory_new(n * n + 1, sizeof *audit->high) : NULL;
    if (audit->numbers == NULL || audit->high == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < sums->n_printed; i++) {
        const mtmi_printed *number = &sums->printed[i];
        if (number->unknown != MTMI_NO_UNKNOWN) {
            audit->numbers[audit->n_numbers++] =
                (mtmi_audit_number){number->result, number->index, number->unknown, number->place};
        }
    }
    return MTM_OK;
}

/* Whether another result, which is not confidential, prints the same. */
static int is_public(const mtmi_audit_sums *sums, size_t at) {
    for (size_t i = 0; i < sums->n_printed; i++) {
        const mtmi_printed *other = &sums->printed[i];
        if (other->public && other->value == sums->printed[at].value &&
            strcmp(other->name, sums->printed[at].name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* A small number in print; one name both withheld and shown. */
static mtm_status check_names(const mtmi_audit_sums *sums, mtm_error *err) {
    int64_t threshold = sums->masks->threshold * mtmi_decimal_power(sums->decimals);
    for (size_t i = 0; i < sums->n_printed; i++) {
        const mtmi_printed *number = &sums->printed[i];
        int small = number->value != 0 && number->value < threshold && number->value > -threshold;
        if (!number->hidden && !number->public && small && !is_public(sums, i)) {
            return refuse(sums->results, number->result, "a small count is printed", err);
        }
    }
    for (size_t i = 1; i < sums->n_printed; i++) {
        const mtmi_printed *a = &sums->printed[i - 1], *b = &sums->printed[i];
        if (!a->public && !b->public && strcmp(a->name, b->name) == 0 && a->hidden != b->hidden) {
            return refuse(sums->results, b->result, "a number is withheld in one place and printed in another", err);
        }
    }
    return sums->narrow == SIZE_MAX
               ? MTM_OK
               : refuse(sums->results, sums->narrow, "a small count that is not printed could be computed from what is",
                        err);
}

mtm_status mtmi_audit_run(const mtm_results *published, const mtmi_masks *masks, mtmi_audit **out, mtm_error *err) {
    mtmi_audit_sums sums = {0};
    solver s = {.sums = &sums};
    *out = NULL;
    if (masks->threshold <= 0) {
        return MTM_OK;
    }
    mtm_status status = check_print(published, masks, err);
    status = status == MTM_OK ? mtmi_audit_sums_read(&sums, published, masks, err) : status;
    status = status == MTM_OK ? check_names(&sums, err) : status;
    status = status == MTM_OK ? new_audit(&sums, out, err) : status;
    if (status == MTM_OK) {
        s.threshold = masks->threshold * mtmi_decimal_power(sums.decimals);
        status = solver_start(&s, err);
    }
    status = status == MTM_OK ? check_cells(&s, *out, err) : status;
    status = status == MTM_OK ? check_rests(&s, (*out)->n_cells, err) : status;
    solver_clear(&s);
    mtmi_audit_sums_clear(&sums);
    if (status != MTM_OK) {
        mtmi_audit_free(*out);
        *out = NULL;
    }
    return status;
}
