/* In: equations over numbers not below 0. Out: solutions where a combination is as large as wanted, or as it can be.
 * The simplex method with Bland's rule, which ends; the tableau is kept in whole numbers over one common denominator
 * (each division is exact), so nothing is ever rounded. Does not know what is solved. */
#include "disclosure/simplex.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"

#include <string.h>

struct mtmi_simplex {
    size_t m, n, width;   /* width: n unknowns, m helpers of the start, the right side */
    int64_t *table;       /* m rows of width; true numbers are these / denominator */
    int64_t denominator;  /* above 0 */
    size_t *basis;        /* which unknown a row gives */
    signed char *helper;  /* the objective of the start */
    int broken;           /* a number left 64 bits */
};

void mtmi_simplex_free(mtmi_simplex *simplex) {
    if (simplex != NULL) {
        mtmi_memory_free(simplex->table);
        mtmi_memory_free(simplex->basis);
        mtmi_memory_free(simplex->helper);
        mtmi_memory_free(simplex);
    }
}

static int64_t *cell(mtmi_simplex *simplex, size_t row, size_t column) {
    return &simplex->table[row * simplex->width + column];
}

static int64_t at(const mtmi_simplex *simplex, size_t row, size_t column) {
    return simplex->table[row * simplex->width + column];
}

static int64_t right(const mtmi_simplex *simplex, size_t row) { return at(simplex, row, simplex->width - 1); }

mtm_status mtmi_simplex_new(size_t m, size_t n, mtmi_simplex **out, mtm_error *err) {
    mtmi_simplex *simplex = mtmi_memory_new(1, sizeof *simplex);
    *out = NULL;
    if (simplex == NULL) {
        return mtmi_error_memory(err);
    }
    simplex->m = m;
    simplex->n = n;
    simplex->width = n + m + 1;
    simplex->denominator = 1;
    simplex->table = m < SIZE_MAX / 16 / simplex->width ? mtmi_memory_new(m * simplex->width + 1,
                                                                          sizeof(int64_t)) : NULL;
    simplex->basis = mtmi_memory_new(m + 1, sizeof *simplex->basis);
    simplex->helper = mtmi_memory_new(n + m + 1, 1);
    if (simplex->table == NULL || simplex->basis == NULL || simplex->helper == NULL) {
        mtmi_simplex_free(simplex);
        return mtmi_error_memory(err);
    }
    *out = simplex;
    return MTM_OK;
}

void mtmi_simplex_add(mtmi_simplex *simplex, size_t equation, size_t unknown, int64_t coefficient) {
    *cell(simplex, equation, unknown) += coefficient;
}

void mtmi_simplex_set_right(mtmi_simplex *simplex, size_t equation, int64_t value) {
    *cell(simplex, equation, simplex->width - 1) = value;
}

/* (a * p - b * c) / d, which is whole. */
static int64_t combine(mtmi_simplex *simplex, int64_t a, int64_t p, int64_t b, int64_t c) {
    mtmi_wide product, other, whole;
    if (__builtin_mul_overflow((mtmi_wide)a, (mtmi_wide)p, &product) ||
        __builtin_mul_overflow((mtmi_wide)b, (mtmi_wide)c, &other) || __builtin_sub_overflow(product, other, &whole)) {
        simplex->broken = 1;
        return 0;
    }
    whole /= simplex->denominator;
    if (whole > INT64_MAX || whole < -INT64_MAX) {
        simplex->broken = 1;
        return 0;
    }
    return (int64_t)whole;
}

static void pivot(mtmi_simplex *simplex, size_t row, size_t column) {
    int64_t p = at(simplex, row, column);
    if (p < 0) { /* only where the right side is 0 */
        for (size_t j = 0; j < simplex->width; j++) {
            *cell(simplex, row, j) = -at(simplex, row, j);
        }
        p = -p;
    }
    for (size_t i = 0; i < simplex->m; i++) {
        int64_t b = at(simplex, i, column);
        for (size_t j = 0; i != row && j < simplex->width; j++) {
            *cell(simplex, i, j) = combine(simplex, at(simplex, i, j), p, b, at(simplex, row, j));
        }
    }
    simplex->denominator = p;
    simplex->basis[row] = column;
}

/* What raising the unknown by one denominator's worth adds to the objective. */
static mtmi_wide gain(const mtmi_simplex *simplex, const signed char *objective, size_t column) {
    mtmi_wide sum = (mtmi_wide)objective[column] * simplex->denominator;
    for (size_t i = 0; i < simplex->m; i++) {
        if (objective[simplex->basis[i]] != 0) {
            sum -= (mtmi_wide)objective[simplex->basis[i]] * at(simplex, i, column);
        }
    }
    return sum;
}

static mtmi_wide reached(const mtmi_simplex *simplex, const signed char *objective) {
    mtmi_wide sum = 0;
    for (size_t i = 0; i < simplex->m; i++) {
        sum += (mtmi_wide)objective[simplex->basis[i]] * right(simplex, i);
    }
    return sum;
}

static int is_basic(const mtmi_simplex *simplex, size_t column) {
    for (size_t i = 0; i < simplex->m; i++) {
        if (simplex->basis[i] == column) {
            return 1;
        }
    }
    return 0;
}

/* The first unknown of `columns` that would raise the objective; width for none. */
static size_t find_entering(const mtmi_simplex *simplex, const signed char *objective, size_t columns) {
    for (size_t j = 0; j < columns; j++) {
        if (!is_basic(simplex, j) && gain(simplex, objective, j) > 0) {
            return j;
        }
    }
    return simplex->width;
}

/* The row that is first to reach 0; m for none. */
static size_t find_leaving(const mtmi_simplex *simplex, size_t column) {
    size_t best = simplex->m;
    for (size_t i = 0; i < simplex->m; i++) {
        int64_t a = at(simplex, i, column);
        if (a <= 0) {
            continue;
        }
        mtmi_wide here = best == simplex->m ? 0 : (mtmi_wide)right(simplex, i) * at(simplex, best, column);
        mtmi_wide there = best == simplex->m ? 1 : (mtmi_wide)right(simplex, best) * a;
        if (here < there || (here == there && simplex->basis[i] < simplex->basis[best])) {
            best = i;
        }
    }
    return best;
}

int mtmi_simplex_start(mtmi_simplex *simplex) {
    size_t columns = simplex->n;
    for (size_t i = 0; i < simplex->m; i++) {
        for (size_t j = 0; right(simplex, i) < 0 && j < simplex->width - 1; j++) {
            *cell(simplex, i, j) = -at(simplex, i, j);
        }
        if (right(simplex, i) < 0) {
            *cell(simplex, i, simplex->width - 1) = -right(simplex, i);
        }
        *cell(simplex, i, simplex->n + i) = 1;
        simplex->basis[i] = simplex->n + i;
        simplex->helper[simplex->n + i] = -1;
    }
    for (size_t enter; !simplex->broken && (enter = find_entering(simplex, simplex->helper,
                                                                  columns)) < simplex->width;) {
        pivot(simplex, find_leaving(simplex, enter), enter);
    }
    if (simplex->broken || reached(simplex, simplex->helper) != 0) {
        return 0;
    }
    for (size_t i = 0; i < simplex->m; i++) { /* helpers that stayed, at 0 */
        for (size_t j = 0; simplex->basis[i] >= simplex->n && j < columns; j++) {
            if (at(simplex, i, j) != 0) {
                pivot(simplex, i, j);
            }
        }
    }
    return !simplex->broken;
}

/* The solution with one unknown raised by `more` above the basic one. 0 where it is not whole. */
static int write_solution(const mtmi_simplex *simplex, size_t raised, mtmi_wide more, int64_t *solution) {
    memset(solution, 0, simplex->n * sizeof *solution);
    for (size_t i = 0; i < simplex->m; i++) {
        mtmi_wide value = right(simplex, i);
        if (raised < simplex->n) {
            value -= (mtmi_wide)at(simplex, i, raised) * more;
        }
        if (value % simplex->denominator != 0 || value / simplex->denominator > INT64_MAX) {
            return 0;
        }
        if (simplex->basis[i] < simplex->n) {
            solution[simplex->basis[i]] = (int64_t)(value / simplex->denominator);
        }
    }
    if (raised < simplex->n) {
        if (more > INT64_MAX) {
            return 0;
        }
        solution[raised] = (int64_t)more;
    }
    return 1;
}

mtmi_simplex_outcome mtmi_simplex_raise(mtmi_simplex *simplex, const signed char *objective, int64_t target,
                                        int64_t *solution) {
    for (;;) {
        mtmi_wide missing = (mtmi_wide)target * simplex->denominator - reached(simplex, objective);
        size_t enter = missing > 0 ? find_entering(simplex, objective, simplex->n) : simplex->width;
        if (simplex->broken) {
            return MTMI_SIMPLEX_BROKEN;
        }
        if (enter == simplex->width) {
            int whole = write_solution(simplex, simplex->n, 0, solution);
            return !whole ? MTMI_SIMPLEX_BROKEN : missing > 0 ? MTMI_SIMPLEX_BEST : MTMI_SIMPLEX_REACHED;
        }
        size_t leave = find_leaving(simplex, enter);
        if (leave == simplex->m) { /* without bound */
            mtmi_wide rate = gain(simplex, objective, enter);
            mtmi_wide more = (missing + rate - 1) / rate;
            more = (more + simplex->denominator - 1) / simplex->denominator * simplex->denominator;
            return write_solution(simplex, enter, more, solution) ? MTMI_SIMPLEX_REACHED : MTMI_SIMPLEX_BROKEN;
        }
        pivot(simplex, leave, enter);
    }
}
