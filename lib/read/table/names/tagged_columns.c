/* Settles columns of figures that HXL tags: which of them count one population, and what tells them apart. */
#include "read/table/names/tagged_columns.h"

#include "base/error.h"
#include "base/try.h"

#include <string.h>

/* "#inneed", "#population" beside "#affected": other people than those of the latter, and never added to them. */
static int is_other_base(const mtmi_inference *in, const mtmi_bound *bound) {
    static const char base[] = "#affected";
    const mtmi_row *tags = in->header->tags < in->head->n ? &in->head->rows[in->header->tags] : NULL;
    const mtmi_cell cell = tags != NULL ? mtmi_row_cell(tags, bound->cell) : (mtmi_cell){"", 0, 0};
    return bound->role == MTMI_ROLE_VALUE && bound->how == MTMI_HOW_HXL &&
           (cell.length < sizeof base - 1 || !mtmi_name_same(cell.text, sizeof base - 1, base, sizeof base - 1));
}

static int says_whom(const mtmi_bound *bound) {
    for (size_t i = 0; i < bound->n_members; i++) {
        if (strcmp(bound->members[i].key, "population-status") == 0) {
            return 1;
        }
    }
    return 0;
}

static mtm_status note_left(const mtmi_inference *in, const mtmi_bound *bound, mtm_error *err) {
    mtmi_diagnostic_input said = {.code = MTMI_CODE_COLUMN_UNKNOWN, .found = bound->name};

    if (in->log == NULL) {
        return MTM_OK;
    }
    said.found_size = strlen(bound->name);
    said.expected = "people whom the other tagged columns count; it counts others and is left alone";
    said.hint = "read it as a resource of its own";
    mtmi_rows_place(in->rows, &in->head->rows[in->header->tags], bound->cell, &said.line, &said.column);
    return mtmi_check_add(in->log, &said, err);
}

static mtm_status settle_bases(const mtmi_inference *in, mtm_error *err) {
    size_t affected = 0, whom = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        const int is_tagged = bound->role == MTMI_ROLE_VALUE && bound->how == MTMI_HOW_HXL;
        affected += is_tagged && !is_other_base(in, bound);
        whom += is_tagged && says_whom(bound);
    }
    for (size_t i = 0; affected > 0 && i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        const int is_all =
            whom > 0 && bound->role == MTMI_ROLE_VALUE && bound->how == MTMI_HOW_HXL && bound->n_members == 0;
        if (is_other_base(in, bound) || is_all) { /* "#affected" beside "#affected+idps": of whomever */
            bound->role = MTMI_ROLE_IGNORE;
            MTMI_CHECK_STATUS(note_left(in, bound, err));
        }
    }
    return MTM_OK;
}

/* Tags of one file are about one population each: figures that would be the same cell are told apart by their names. */
static mtm_status settle_tagged(const mtmi_inference *in, mtm_error *err) {
    size_t plain = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        plain += bound->role == MTMI_ROLE_VALUE && bound->how == MTMI_HOW_HXL && bound->n_members == 0;
    }
    for (size_t i = 0; plain > 1 && i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_VALUE && bound->how == MTMI_HOW_HXL && bound->n_members == 0 &&
            !mtmi_bound_member(bound, "indicator", bound->name)) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

mtm_status mtmi_columns_tagged(const mtmi_inference *in, mtm_error *err) {
    MTMI_CHECK_STATUS(settle_bases(in, err));
    return settle_tagged(in, err);
}
