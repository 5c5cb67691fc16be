/* Small symmetric systems of equations. */
#ifndef MTMI_SURVEY_LINEAR_H
#define MTMI_SURVEY_LINEAR_H

#include <stddef.h>

/* Cholesky's factor of a symmetric matrix (n * n, row by row), in place, in its lower triangle. A row that depends on
 * those before it gets the pivot 0 and is left out. Returns the rank. */
size_t mtmi_linear_factor(double *a, size_t n, double tolerance);
/* Solves a x = b in place; what was left out gets 0. */
void mtmi_linear_solve(const double *factor, size_t n, double *b);

/* Rank of m columns of n numbers, one column after the other; they are overwritten. A column of which less than the
 * tolerance is left by those before it depends on them: R's qr() (LINPACK's dqrdc2) decides so. */
size_t mtmi_linear_rank(double *columns, size_t n, size_t m, double tolerance);

#endif
