/* What the generated tables look like: roles.tsv, hxl.tsv, dimensions.tsv. */
#ifndef MTMI_READ_TABLE_ROLE_TABLES_H
#define MTMI_READ_TABLE_ROLE_TABLES_H

#include "read/table/header_words.h"

typedef struct mtmi_role_row {
    mtmi_role role;
    const char *dimension; /* NULL for none */
    mtmi_header_part part;
    int codes;
    mtmi_member_of members[MTMI_MEANING_MEMBERS];
} mtmi_role_row;

/* A name and its row. Words come first, sorted; then the names of SDMX, sorted. */
typedef struct mtmi_header_name {
    const char *text;
    int row;
} mtmi_header_name;

/* -1 and NULL say nothing. Tags and attributes are separated by spaces. */
typedef struct mtmi_hxl_row_of {
    const char *tags, *attributes;
    int role;
    const char *dimension;
    int part, codes;
    mtmi_member_of members[MTMI_MEANING_MEMBERS];
} mtmi_hxl_row_of;

typedef struct mtmi_dimension_row {
    const char *dimension, *list;
    int columns; /* its members may name columns */
} mtmi_dimension_row;

extern const mtmi_role_row mtmi_role_rows[];
extern const mtmi_header_name mtmi_header_names[];
extern const size_t mtmi_n_header_words, mtmi_n_header_names;
extern const mtmi_hxl_row_of mtmi_hxl_rows[];
extern const size_t mtmi_n_hxl_rows;
extern const mtmi_dimension_row mtmi_dimension_rows[];
extern const size_t mtmi_n_dimension_rows;

#endif
