/**
 * @file mtm/period.h
 * @brief Reference periods: intervals of days, of which a quarter is one case.
 */
#ifndef MTM_PERIOD_H
#define MTM_PERIOD_H

#include <mtm/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief An interval of days, first and last inclusive. The layout is frozen.
 *
 * Days count from 1970-01-01 = 0 in the proleptic Gregorian calendar. A stock's date is an interval of one day.
 *
 * @since 0.1
 */
typedef struct mtm_period {
    int32_t first; /**< First day. */
    int32_t last;  /**< Last day, not before the first. */
} mtm_period;

/**
 * @brief Reads a period from text.
 *
 * Takes SDMX TIME_PERIOD (`2024-Q2`, `2024-S1`, `2024-06`, `2024`, `2024-07-01`, `2024-01-01/P6M`), intervals
 * (`2024-01-01/2024-05-10`), and the ways agencies write quarters, months, halves and years in English, Russian
 * and Kazakh (`II квартал 2024`, `2024 ж. 2-тоқсан`, `April-June 2024`). Two-digit years are refused, and so are
 * dates of digits that do not begin with the year (`01.07.2024`, also `13.07.2024`: one such date says nothing of the
 * next), unless day and month are the same number. docs/periods.md has the whole grammar.
 *
 * @param text UTF-8; spaces around it are ignored.
 * @param[out] out The period.
 * @param[out] err Why it was refused; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT (NULL) or MTM_ERROR_VALUE.
 * @since 0.1
 */
MTM_API mtm_status mtm_period_read(const char *text, mtm_period *out, mtm_error *err);

/**
 * @brief Writes a period as SDMX TIME_PERIOD, in its shortest form.
 *
 * `2024`, `2024-S1`, `2024-Q2`, `2024-06`, `2024-07-01`, `2024-01-01/P9M`; any other interval as
 * `2024-01-01/2024-05-10` (which SDMX would write with a duration in days).
 *
 * @param period The period.
 * @param[out] buffer Receives at most @p size bytes, always ended by NUL; NULL only when @p size is 0.
 * @param size Bytes in @p buffer; 40 always suffice.
 * @return The length of the whole text without its NUL.
 * @since 0.1
 */
MTM_API size_t mtm_period_describe(mtm_period period, char *buffer, size_t size);

/**
 * @brief The period so many of its own lengths later: the next quarter, the month before, the same number of days further.
 *
 * A period of whole months moves by months, any other by days. 1 gives the next one, -1 the one before.
 *
 * @param period The period.
 * @param n How many lengths; may be negative.
 * @return The period; days beyond the years 1 to 9999 are cut off at their ends.
 * @since 0.2
 */
MTM_API mtm_period mtm_period_shift(mtm_period period, int32_t n);

/**
 * @brief The same period of the year before: both ends a year earlier, the end of a month staying one.
 * @param period The period.
 * @return The same period one year earlier; 29 February becomes 28 February.
 * @since 0.1
 */
MTM_API mtm_period mtm_period_year_before(mtm_period period);

/**
 * @brief Whether a period lies within another.
 * @param period The period that may contain it.
 * @param other The other one.
 * @return 1 when every day of @p other is a day of @p period, else 0.
 * @since 0.2
 */
MTM_API int mtm_period_contains(mtm_period period, mtm_period other);

#ifdef __cplusplus
}
#endif

#endif
