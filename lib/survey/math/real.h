/* Floating-point numbers as text. */
#ifndef MTMI_SURVEY_REAL_H
#define MTMI_SURVEY_REAL_H

#define MTMI_REAL_TEXT 400

/* digits significant digits (at most 17) without trailing zeros, with a point whatever the locale; "" for NaN. Returns out. */
char *mtmi_real_write(double value, int digits, char *out);
/* A fixed number of decimals (at most 9). */
char *mtmi_real_fixed(double value, int decimals, char *out);

#endif
