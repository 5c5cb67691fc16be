/* libcsv as this library uses it: its memory is the library's, cells are not trimmed, rows end at line feeds alone, and
 * a broken quote is an error. */
#ifndef MTMI_READ_CSV_CSV_PARSER_H
#define MTMI_READ_CSV_CSV_PARSER_H

#include <mtm/status.h>

#include <csv.h>

/* A quote that no UTF-8 has: for files without quotes. */
#define MTMI_CSV_NO_QUOTE 0xFF

/* Free with csv_free() after success only. */
mtm_status mtmi_csv_parser_start(struct csv_parser *parser, unsigned char delimiter, unsigned char quote,
                                 mtm_error *err);

#endif
