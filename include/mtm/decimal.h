/**
 * @file mtm/decimal.h
 * @brief Exact decimal numbers: what every value of the library is.
 */
#ifndef MTM_DECIMAL_H
#define MTM_DECIMAL_H

#include <mtm/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief An exact decimal: units / 10^decimals. The layout is frozen.
 *
 * 157.2 is {1572, 1}. Sums are accumulated in 128 bits; a result that does not fit is an error.
 *
 * @since 0.1
 */
typedef struct mtm_decimal {
    int64_t units;    /**< The number without its point. */
    int32_t decimals; /**< Digits after the point, 0 to 9. */
    int32_t reserved; /**< Zero. */
} mtm_decimal;

/**
 * @brief Writes a decimal as plain text: "-1234.5", no grouping, a point, all its decimals.
 * @param value The number.
 * @param[out] buffer Receives at most @p size bytes, always ended by NUL; NULL only when @p size is 0.
 * @param size Bytes in @p buffer; 32 always suffice.
 * @return The length of the whole text without its NUL.
 * @since 0.1
 */
MTM_API size_t mtm_decimal_describe(mtm_decimal value, char *buffer, size_t size);

/**
 * @brief The nearest double, for plotting; never for further arithmetic that must be exact.
 * @param value The number.
 * @return units / 10^decimals, correctly rounded to the nearest double.
 * @since 0.1
 */
MTM_API double mtm_decimal_double(mtm_decimal value);

#ifdef __cplusplus
}
#endif

#endif
