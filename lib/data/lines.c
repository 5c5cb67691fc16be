/* Lines of a table: the rows that share period, release and all members but those of one dimension. Row numbers are sorted
 * once per dimension; rows of a line keep their order. */
#include "data/totals.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "data/cell_order.h"
#include "period/period.h"

mtm_status mtmi_lines_each(mtm_dataset *dataset, size_t dimension, const mtm_period *only, mtmi_line_visit visit,
                           void *context, mtm_error *err) {
    uint32_t *rows = mtmi_memory_new(dataset->n, sizeof *rows);
    unsigned char *begins = mtmi_memory_new(dataset->n, 1);
    size_t n = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(rows == NULL || begins == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (size_t i = 0; i < dataset->n; i++) {
        if (only == NULL || mtmi_period_same(dataset->periods[i], *only)) {
            rows[n++] = (uint32_t)i;
        }
    }
    MTMI_TRY(mtmi_cell_order_sort(dataset, dimension, rows, n, begins, err));
    for (size_t start = 0, end; start < n; start = end) {
        for (end = start + 1; end < n && !begins[end]; end++) {}
        const mtmi_table_line line = {dataset, dimension, rows + start, end - start};
        MTMI_TRY(visit(context, &line, err));
    }
out:
    mtmi_memory_free(rows);
    mtmi_memory_free(begins);
    return status;
}

const mtmi_member *mtmi_line_member(const mtmi_table_line *line, size_t i) {
    const mtmi_dimension *d = &line->dataset->dimensions[line->dimension];
    return &d->members[d->codes[line->rows[i]]];
}

int mtmi_is_part(const mtmi_member *member) {
    return member->kind != MTM_MEMBER_TOTAL && member->kind != MTM_MEMBER_GROUP;
}

int mtmi_may_be_total(const mtmi_member *member) {
    return (member->nameless != MTMI_NAMED && mtmi_is_part(member)) ||
           (member->kind == MTM_MEMBER_UNCLASSIFIED && !member->ambiguous);
}

int mtmi_is_sum(const mtm_dataset *dataset, mtmi_wide a, mtmi_wide b, size_t parts) {
    mtmi_wide away = a > b ? a - b : b - a;
    int is_rounded = dataset->decimals > 0 || dataset->multiplier > 0;
    return is_rounded ? 2 * away <= (mtmi_wide)parts : away == 0;
}
