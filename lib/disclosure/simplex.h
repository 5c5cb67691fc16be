/* Linear programmes in whole numbers, exactly: how large or small a combination can be under equations over numbers
 * that are not below 0. What comes in: coefficients. What goes out: a solution. It knows nothing of what is solved. */
#ifndef MTMI_DISCLOSURE_SIMPLEX_H
#define MTMI_DISCLOSURE_SIMPLEX_H

#include <mtm/status.h>

typedef struct mtmi_simplex mtmi_simplex;

typedef enum mtmi_simplex_outcome {
    MTMI_SIMPLEX_REACHED = 0, /* the target or more */
    MTMI_SIMPLEX_BEST,        /* less than the target, and no more is possible */
    MTMI_SIMPLEX_BROKEN       /* no solution in whole numbers of 64 bits was found */
} mtmi_simplex_outcome;

/* n unknowns, m equations whose coefficients are all 0. */
mtm_status mtmi_simplex_new(size_t m, size_t n, mtmi_simplex **out, mtm_error *err);
void mtmi_simplex_free(mtmi_simplex *simplex); /* NULL is fine */
/* An unknown may come several times. */
void mtmi_simplex_add(mtmi_simplex *simplex, size_t equation, size_t unknown, int64_t coefficient);
void mtmi_simplex_set_right(mtmi_simplex *simplex, size_t equation, int64_t right);
/* Finds some solution. 0 when there is none. No coefficient may change afterwards. */
int mtmi_simplex_start(mtmi_simplex *simplex);
/* Raises sum(objective[i] * unknown[i]) to the target, or as far as it goes. objective: n + m numbers, of which the
 * last m are 0. solution: n whole numbers. */
mtmi_simplex_outcome mtmi_simplex_raise(mtmi_simplex *simplex, const signed char *objective, int64_t target,
                                        int64_t *solution);

#endif
