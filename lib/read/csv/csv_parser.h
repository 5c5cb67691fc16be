/* libcsv set up as this library uses it: its memory through the one door, cells never trimmed, rows ended by line feeds
 * alone, a broken quote an error. It does not know what is read. */
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
