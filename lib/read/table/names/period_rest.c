/* Finds what labels of a column say that no name of it does: quarters beside a column of years or below years across, internal migration beside external
 * one. Invariant: every label of the column fits, or nothing is taken. */
#include "read/table/names/period_rest.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "read/table/period_name.h"

#include <string.h>

enum { LONGEST = 160, ANY_YEAR = 2001 };

static int is_data(const mtmi_inference *in, const mtmi_row *row) {
    return row->code == 0 && row->n_cells == in->header->n_names && row->n_filled > 1;
}

/* Years alone, some of them perhaps once for several rows. */
static int holds_years(const mtmi_inference *in, const mtmi_bound *bound) {
    size_t years = 0;

    for (size_t i = in->header->data; i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        if (!is_data(in, row) || row->trimmed[bound->cell].length == 0) {
            continue;
        }
        if (!mtmi_row_is_year(row, bound->cell)) {
            return 0;
        }
        years++;
    }
    return years > 0;
}

/* The months of the part of a year that every label of the column is; 0 where they are not of one kind. */
static int months_of_parts(const mtmi_inference *in, const mtmi_bound *bound) {
    int months = 0;
    size_t labels = 0;

    for (size_t i = in->header->data; i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        mtmi_period_label label;
        if (!is_data(in, row) || mtmi_columns_is_total(row->trimmed[bound->cell])) {
            continue;
        }
        const mtmi_cell cell = row->trimmed[bound->cell];
        if (!mtmi_row_lacks_year(row, bound->cell) ||
            !mtmi_period_of_year(cell.text, cell.length, ANY_YEAR, bound->order, &label)) {
            return 0;
        }
        const int own = mtmi_period_months(label.period);
        if (labels > 0 && own != months) {
            return 0;
        }
        months = own;
        labels++;
    }
    return labels > 1 ? months : 0;
}

static mtmi_header_part part_of_months(int months) {
    return months == 1   ? MTMI_PART_MONTH
           : months == 3 ? MTMI_PART_QUARTER
           : months == 6 ? MTMI_PART_HALF
                         : MTMI_PART_WHOLE;
}

void mtmi_columns_period_rest(const mtmi_inference *in) {
    mtmi_bound *years = NULL, *rest = NULL;
    mtmi_header_part part = MTMI_PART_WHOLE;

    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_PERIOD) {
            if (years != NULL) {
                return;
            }
            years = bound;
        }
    }
    if (years != NULL && (years->part > MTMI_PART_YEAR || !holds_years(in, years))) {
        return;
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        const mtmi_header_part own =
            mtmi_bound_open(bound) ? part_of_months(months_of_parts(in, bound)) : MTMI_PART_WHOLE;
        if (own != MTMI_PART_WHOLE && rest != NULL) {
            return;
        }
        rest = own != MTMI_PART_WHOLE ? bound : rest;
        part = own != MTMI_PART_WHOLE ? own : part;
    }
    if (rest != NULL) {
        if (years != NULL) {
            years->part = MTMI_PART_YEAR;
        }
        rest->role = MTMI_ROLE_PERIOD;
        rest->part = part;
        rest->how = MTMI_HOW_CONTENT;
    }
}

/* 1 for internal migration, 2 for external one, 0 for another label. */
static int flow_of(mtmi_cell cell) {
    static const char *const inner[] = {"внутренняя миграция",
                                        "внутриреспубликанская миграция",
                                        "внутрирегиональная миграция",
                                        "межрегиональная миграция",
                                        "внутренняя",
                                        "internal migration",
                                        "ішкі көші-қон"};
    static const char *const outer[] = {"внешняя миграция",   "международная миграция",  "внешняя",
                                        "external migration", "international migration", "сыртқы көші-қон"};
    char text[LONGEST];
    const size_t n = cell.length > 0 ? mtmi_text_normalise(cell.text, cell.length, text, sizeof text) : 0;

    for (size_t i = 0; n > 0 && n < sizeof text && i < sizeof inner / sizeof *inner; i++) {
        if (strcmp(text, inner[i]) == 0) {
            return 1;
        }
    }
    for (size_t i = 0; n > 0 && n < sizeof text && i < sizeof outer / sizeof *outer; i++) {
        if (strcmp(text, outer[i]) == 0) {
            return 2;
        }
    }
    return 0;
}

mtm_status mtmi_columns_flows_apart(const mtmi_inference *in, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        int seen = 0;
        if (bound->role != MTMI_ROLE_DIMENSION || bound->how != MTMI_HOW_CONTENT) {
            continue;
        }
        for (size_t k = in->header->data; k < in->head->n; k++) {
            const mtmi_row *row = &in->head->rows[k];
            seen |= is_data(in, row) ? flow_of(row->trimmed[bound->cell]) : 0;
        }
        if (seen != 3) {
            continue;
        }
        mtmi_memory_free(bound->dimension);
        bound->dimension = mtmi_memory_copy_text("indicator");
        if (bound->dimension == NULL) {
            return mtmi_error_memory(err);
        }
        bound->role = MTMI_ROLE_INDICATOR;
    }
    return MTM_OK;
}
