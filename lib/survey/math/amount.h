/* Numbers of a survey's cells: weights, populations, answers; exact to 18 significant digits. */
#ifndef MTMI_SURVEY_AMOUNT_H
#define MTMI_SURVEY_AMOUNT_H

#include "base/decimal.h"

#include <stddef.h>
#include <stdint.h>

#define MTMI_AMOUNT_DECIMALS 18
#define MTMI_AMOUNT_TEXT 64

typedef struct mtmi_amount {
    int64_t units;
    int32_t decimals; /* 0 to MTMI_AMOUNT_DECIMALS */
} mtmi_amount;

/* Digits with an optional sign, point (or a single comma) and exponent; spaces around are ignored. 0 when it is none.
 * Digits after the 18th significant one, or after the 18th decimal, are rounded half away from zero. */
int mtmi_amount_read(const char *text, size_t length, mtmi_amount *out);

/* What commas and points part in the numbers of a column. "1,000" alone is one or a thousand. */
typedef enum mtmi_comma {
    MTMI_COMMA_DOUBTFUL, /* three digits after a single comma: no number. Else it is before decimals */
    MTMI_COMMA_DECIMAL,
    MTMI_COMMA_THOUSANDS, /* 1,234,567.5 */
    MTMI_POINT_THOUSANDS  /* 1.234.567,5 */
} mtmi_comma;

/* The same as mtmi_amount_read() of a column where commas and points are known, or are not. */
int mtmi_amount_read_as(const char *text, size_t length, mtmi_comma comma, mtmi_amount *out);
/* Whether commas or points may part thousands in a text, and whether it is a number of which nothing else tells the size. */
int mtmi_amount_is_grouped(const char *text, size_t length);
int mtmi_amount_is_doubtful(const char *text, size_t length);
/* What a text alone shows of commas: DOUBTFUL for nothing. */
mtmi_comma mtmi_amount_comma(const char *text, size_t length);
/* Rounded once: both parts are exact doubles up to 2^53. */
static inline double mtmi_amount_value(mtmi_amount amount) {
    static const double powers[MTMI_AMOUNT_DECIMALS + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                                            1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
    return amount.decimals == 0 ? (double)amount.units : (double)amount.units / powers[amount.decimals];
}

/* An exact sum of weights, or of products of weights and answers: 128 bits at one scale. */
typedef struct mtmi_exact {
    mtmi_wide units;
    int decimals;
    int lost; /* it did not fit: the sum is not to be used */
} mtmi_exact;

void mtmi_exact_add(mtmi_exact *sum, mtmi_amount amount);
void mtmi_exact_add_product(mtmi_exact *sum, mtmi_amount a, mtmi_amount b);
void mtmi_exact_join(mtmi_exact *sum, const mtmi_exact *other);
double mtmi_exact_value(const mtmi_exact *sum);
/* Decimal text without trailing zeros; out has MTMI_AMOUNT_TEXT bytes. */
void mtmi_exact_write(const mtmi_exact *sum, char *out);

#endif
