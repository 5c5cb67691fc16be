/* The variables of a PC-Axis file, in the order in which its figures stand: what each figure is about. Private to
 * lib/read/px. */
#ifndef MTMI_READ_PX_PX_HEAD_H
#define MTMI_READ_PX_PX_HEAD_H

#include "read/px/px_file.h"

typedef struct mtmi_px_variable {
    const mtmi_px_value *name;
    const mtmi_px_value *values; /* texts of its values; lent by the file */
    size_t n;
    const char **units;   /* of the variable that holds the contents, one for each value, or NULL; else NULL */
    const char **keys;    /* of a variable whose values stand in the rows: what they are called there; else NULL */
    const size_t *sorted; /* of keys: by their text */
    size_t at;            /* the value at hand */
} mtmi_px_variable;

typedef struct mtmi_px_head {
    mtmi_px_variable *variables; /* the last one varies fastest */
    size_t n, n_keys;            /* keys: of the first variables */
    const mtmi_px_statement *title;
    const mtmi_px_statement *stub; /* where the header is said to stand */
    char *value_name;              /* of the column of figures */
    size_t contents;               /* the variable that has units; SIZE_MAX for none */
} mtmi_px_head;

mtm_status mtmi_px_head_make(const mtmi_px_text *text, const mtmi_px_file *file, mtmi_px_head *out, mtm_error *err);
void mtmi_px_head_free(mtmi_px_head *head);
/* The value of a key; SIZE_MAX when it is none. */
size_t mtmi_px_key(const mtmi_px_variable *variable, const char *text);
/* Notes the statements that no cell comes from. */
mtm_status mtmi_px_say_unused(const mtmi_px_file *file, mtmi_check_log *log, mtm_error *err);

#endif
