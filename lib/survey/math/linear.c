/* Cholesky's decomposition of matrices of sums of products; dependent rows are dropped, as a generalised inverse does.
 * Reference: Golub and Van Loan, Matrix Computations, 4.2. */
#include "survey/math/linear.h"

#include <math.h>

size_t mtmi_linear_factor(double *a, size_t n, double tolerance) {
    size_t rank = 0;
    for (size_t i = 0; i < n; i++) {
        double whole = a[i * n + i];
        for (size_t j = 0; j <= i; j++) {
            double sum = a[i * n + j];
            for (size_t k = 0; k < j; k++) {
                sum -= a[i * n + k] * a[j * n + k];
            }
            if (j < i) {
                a[i * n + j] = a[j * n + j] > 0 ? sum / a[j * n + j] : 0;
            } else {
                int independent = sum > tolerance * whole && sum > 0;
                a[i * n + i] = independent ? sqrt(sum) : 0;
                rank += (size_t)independent;
            }
        }
    }
    return rank;
}

void mtmi_linear_solve(const double *factor, size_t n, double *b) {
    for (size_t i = 0; i < n; i++) {
        double sum = b[i];
        for (size_t k = 0; k < i; k++) {
            sum -= factor[i * n + k] * b[k];
        }
        b[i] = factor[i * n + i] > 0 ? sum / factor[i * n + i] : 0;
    }
    for (size_t i = n; i-- > 0;) {
        double sum = b[i];
        for (size_t k = i + 1; k < n; k++) {
            sum -= factor[k * n + i] * b[k];
        }
        b[i] = factor[i * n + i] > 0 ? sum / factor[i * n + i] : 0;
    }
}

static double product(const double *a, const double *b, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* Takes the direction of one column out of another. */
static void project_out(const double *unit, double *column, size_t n) {
    double along = product(unit, column, n);
    for (size_t i = 0; along != 0 && i < n; i++) {
        column[i] -= along * unit[i];
    }
}

size_t mtmi_linear_rank(double *columns, size_t n, size_t m, double tolerance) {
    size_t rank = 0;
    for (size_t j = 0; j < m && rank < n; j++) {
        double *column = columns + j * n, *units = columns; /* those taken so far stand at the front */
        double before = sqrt(product(column, column, n));
        for (size_t k = 0; k < rank; k++) {
            project_out(units + k * n, column, n);
        }
        double left = sqrt(product(column, column, n));
        if (before > 0 && left >= tolerance * before) {
            for (size_t i = 0; i < n; i++) {
                units[rank * n + i] = column[i] / left;
            }
            rank++;
        }
    }
    return rank;
}
