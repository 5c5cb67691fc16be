/* Sums in twofold (double-double) arithmetic: Knuth's two-sum and Dekker's product, so that second moments of millions
 * of rows keep the last digit that a double can print. References: D. E. Knuth, The Art of Computer Programming 2,
 * 4.2.2; T. J. Dekker, Numerische Mathematik 18 (1971). Must not be compiled with -ffast-math. */
#ifndef MTMI_SURVEY_TWOFOLD_H
#define MTMI_SURVEY_TWOFOLD_H

typedef struct mtmi_twofold {
    double high, low;
} mtmi_twofold;

static inline void mtmi_twofold_add(mtmi_twofold *sum, double x) {
    double high = sum->high + x;
    double part = high - sum->high;
    sum->low += (sum->high - (high - part)) + (x - part);
    sum->high = high;
}

/* sum + a * b, the product exact: Veltkamp's split needs |a|, |b| below 2^996. */
static inline void mtmi_twofold_add_product(mtmi_twofold *sum, double a, double b) {
    const double split = 134217729.0;
    double product = a * b, ta = split * a, tb = split * b;
    double a1 = ta - (ta - a), a2 = a - a1, b1 = tb - (tb - b), b2 = b - b1;
    mtmi_twofold_add(sum, product);
    sum->low += ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2;
}

static inline void mtmi_twofold_join(mtmi_twofold *sum, mtmi_twofold other) {
    mtmi_twofold_add(sum, other.high);
    mtmi_twofold_add(sum, other.low);
}

static inline double mtmi_twofold_value(mtmi_twofold sum) {
    return sum.high + sum.low;
}

#endif
