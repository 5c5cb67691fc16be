/* Where the records of a JSON document are: the arrays of records, and the values beside them. Private to
 * lib/read/json. */
#ifndef MTMI_READ_JSON_JSON_FIND_H
#define MTMI_READ_JSON_JSON_FIND_H

#include "read/check/check.h"
#include "read/json/json_text.h"

typedef struct mtmi_jtext_table {
    char *name;           /* its keys from the outermost on, with points between; "" for the document itself */
    mtmi_jtext_text from; /* at its opening bracket, or at its first record */
    int lines;            /* records one after the other, in no array */
} mtmi_jtext_table;

typedef struct mtmi_jtext_beside {
    char *name;
    mtmi_jtext_value value;
} mtmi_jtext_beside;

typedef struct mtmi_jtext_found {
    mtmi_jtext_table *tables;
    size_t n_tables, tables_capacity;
    mtmi_jtext_beside *beside; /* what is no table */
    size_t n_beside, beside_capacity;
} mtmi_jtext_found;

mtm_status mtmi_jtext_find(const mtmi_jtext_text *text, mtmi_jtext_found *out, mtm_error *err);
void mtmi_jtext_found_free(mtmi_jtext_found *found);
/* By name or number from 1; wanted NULL: the first. Refuses with the names there are. */
mtm_status mtmi_jtext_choose(const mtmi_jtext_found *found, const char *wanted, const char *file, size_t *out,
                             mtm_error *err);
/* Notes the values beside the tables, and that there are several where none was asked for. */
mtm_status mtmi_jtext_say(const mtmi_jtext_found *found, const mtmi_jtext_text *text, size_t chosen, const char *wanted,
                          mtmi_check_log *log, mtm_error *err);

#endif
