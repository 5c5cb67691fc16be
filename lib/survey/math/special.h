/* Distribution functions that intervals and tests need: beta, Student's t, Fisher's F and the normal. */
#ifndef MTMI_SURVEY_SPECIAL_H
#define MTMI_SURVEY_SPECIAL_H

/* I_x(a, b), the regularised incomplete beta function; upper: 1 - I_x(a, b), without loss near 1. a, b > 0. */
double mtmi_beta_probability(double x, double a, double b, int upper);
/* x with I_x(a, b) = p; NaN where a or b is not positive. */
double mtmi_beta_quantile(double p, double a, double b);
/* t with P(T <= t) = p; df > 0, may be infinite: the normal distribution then. NaN where df is not positive. */
double mtmi_t_quantile(double p, double df);
/* P(F > f) with df1 and df2 degrees of freedom, which need not be whole. */
double mtmi_f_upper(double f, double df1, double df2);

#endif
