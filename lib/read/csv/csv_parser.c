/* Sets libcsv up as this library uses it. */
#include "read/csv/csv_parser.h"

#include "base/error.h"
#include "base/memory.h"

static void *resize(void *block, size_t size) {
    return mtmi_memory_resize(block, size, 1);
}

static int no_space(unsigned char c) {
    (void)c;
    return 0;
}

static int is_line_feed(unsigned char c) {
    return c == '\n';
}

mtm_status mtmi_csv_parser_start(struct csv_parser *parser, unsigned char delimiter, unsigned char quote,
                                 mtm_error *err) {
    if (csv_init(parser, CSV_STRICT) != 0) {
        return mtmi_error_memory(err);
    }
    csv_set_realloc_func(parser, resize);
    csv_set_free_func(parser, mtmi_memory_free);
    csv_set_space_func(parser, no_space);
    csv_set_term_func(parser, is_line_feed);
    csv_set_delim(parser, delimiter);
    csv_set_quote(parser, quote);
    return MTM_OK;
}
