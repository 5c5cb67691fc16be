/* Lines of a table: the rows that share period, release and all members but those of one dimension. Row numbers are sorted
 * once per dimension; rows of a line keep their order. */
#include "data/totals.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"

typedef struct line_order {
    const mtm_dataset *dataset;
    size_t dimension;
} line_order;

static int compare_numbers(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int compare_lines(const line_order *lines, uint32_t a, uint32_t b) {
    const mtm_dataset *d = lines->dataset;
    int order = compare_numbers(d->release_of[a], d->release_of[b]);
    for (size_t k = 0; order == 0 && k < d->n_dimensions; k++) {
        order = k == lines->dimension ? 0 : compare_numbers(d->dimensions[k].codes[a], d->dimensions[k].codes[b]);
    }
    order = order != 0 ? order : compare_numbers(d->periods[a].first, d->periods[b].first);
    return order != 0 ? order : compare_numbers(d->periods[a].last, d->periods[b].last);
}

static int compare_rows(const void *context, const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    int order = compare_lines(context, a, b);
    return order != 0 ? order : compare_numbers(a, b);
}

mtm_status mtmi_lines_each(mtm_dataset *dataset, size_t dimension, mtmi_line_visit visit, void *context,
                           mtm_error *err) {
    const line_order order = {dataset, dimension};
    uint32_t *rows = mtmi_memory_new(dataset->n, sizeof *rows);
    mtm_status status = MTM_OK;
    if (rows == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    for (size_t i = 0; i < dataset->n; i++) {
        rows[i] = (uint32_t)i;
    }
    if (!mtmi_sort(rows, dataset->n, sizeof *rows, compare_rows, &order)) {
        status = mtmi_error_memory(err);
        goto out;
    }
    for (size_t start = 0, end; start < dataset->n; start = end) {
        for (end = start + 1; end < dataset->n && compare_lines(&order, rows[start], rows[end]) == 0; end++) {}
        const mtmi_table_line line = {dataset, dimension, rows + start, end - start};
        MTMI_TRY(visit(context, &line, err));
    }
out:
    mtmi_memory_free(rows);
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
