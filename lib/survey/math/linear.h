/* Small symmetric systems of equations. */
#ifndef MTMI_SURVEY_LINEAR_H
#define MTMI_SURVEY_LINEAR_H

#include <stddef.h>

/* Cholesky's factor of a symmetric matrix (n * n, row by row), in place, in its lower triangle. A row that depends on
 * those before it gets the pivot 0 and is left out. Returns the rank. */
size_t mtmi_linear_factor(double *a, size_t n, double tolerance);
/* Solves a x = b in place; what was left out gets 0. */
void mtmi_linear_solve(const double *factor, size_t n, double *b);

#endif
