/* Finds the dialect of a CSV file whose words nobody knows: delimiter, quote, escape, spaces after the delimiter.
 *
 * Every dialect that the text could have is tried on the first rows. It is measured by the product of two shares, as in
 * G. J. J. van den Burg, A. Nazabal, C. Sutton, "Wrangling messy CSV files by detecting row and type patterns", Data
 * Mining and Knowledge Discovery 33 (2019), doi:10.1007/s10618-019-00646-y: how regular the rows are, and how many
 * cells look like a number, a date or words. Two readings that measure nearly the same are both given, and the caller
 * refuses. */
#ifndef MTMI_READ_CSV_DIALECT_SEARCH_H
#define MTMI_READ_CSV_DIALECT_SEARCH_H

#include "read/csv/dialect.h"

/* What the caller declares is taken as it is. whole: text is all there is. */
void mtmi_dialect_search(const mtmi_dialect *declared, const char *text, size_t size, int whole, mtmi_sniffed *out);

/* Whether cells stand in this quote: pairs that begin and end a cell. */
size_t mtmi_dialect_quoted_cells(const char *text, size_t size, char quote);

#endif
