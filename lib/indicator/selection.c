/* Selects the rows of a period that answer a measure, and sums them. A printed total is never added to its parts, nor a
 * group to its members; a group without members is a part. */
#include "indicator/selection.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "codelist/match.h"
#include "coverage/groups.h"

#include <string.h>

void mtmi_selection_clear(mtmi_selection *cells) {
    mtmi_memory_free(cells->cell);
    memset(cells, 0, sizeof *cells);
}

int mtmi_selection_fit(const mtm_dataset *dataset, const mtmi_measure *measure) {
    if (dataset->component.kind == MTMI_COMPONENT_MOBILITY || /* rounds are not added */
        strcmp(mtmi_dataset_concept(dataset), measure->concept) != 0 || dataset->kind != measure->kind ||
        strcmp(mtmi_dataset_unit(dataset), measure->unit) != 0) {
        return 0;
    }
    for (size_t i = 0; i < measure->n_filters; i++) {
        int k = mtmi_dataset_find_dimension(dataset, measure->filters[i].dimension);
        if (k < 0 || mtmi_dataset_find_member(dataset, k, measure->filters[i].code) < 0) {
            return 0;
        }
    }
    return 1;
}

int mtmi_selection_dimension(const mtm_dataset *dataset, const mtmi_request *request) {
    for (size_t i = 0; i < request->n_dimensions; i++) {
        int k = mtmi_dataset_find_dimension(dataset, request->dimensions[i]);
        if (k >= 0 && dataset->dimensions[k].n_members > 1) {
            return k;
        }
    }
    return -1;
}

int mtmi_selection_in_group(const mtm_dataset *dataset, int dimension, int32_t member, const mtmi_request *request) {
    const mtmi_member *m = &dataset->dimensions[dimension].members[member];
    return m->kind == MTM_MEMBER_CODE && mtmi_codelist_has_member(request->group, m->code, request->membership);
}

/* 1 for the printed row of the group, 2 for the printed row of what lies outside it, 0 for any other group. */
static unsigned char group_of(const char *code, const mtmi_request *request) {
    if (request->group == NULL) {
        return 0;
    }
    if (strcmp(code, request->group) == 0) {
        return 1;
    }
    return strncmp(code, "NON-", 4) == 0 && strcmp(code + 4, request->group) == 0 ? 2 : 0;
}

static uint32_t filtered(const mtm_dataset *dataset, const mtmi_measure *measure, int32_t *members) {
    uint32_t bits = 0;
    memset(members, 0, MTMI_DIMENSIONS_MAX * sizeof *members);
    for (size_t i = 0; i < measure->n_filters; i++) {
        int k = mtmi_dataset_find_dimension(dataset, measure->filters[i].dimension);
        members[k] = mtmi_dataset_find_member(dataset, k, measure->filters[i].code);
        bits |= (uint32_t)1 << k;
    }
    return bits;
}

/* Whether a row has the members that the measure fixes. */
static int has_fixed(const mtmi_group_rows *groups, uint32_t row) {
    const mtm_dataset *dataset = groups->dataset;
    uint32_t left = groups->fixed;
    for (size_t k = 0; left != 0; k++, left >>= 1) {
        if ((left & 1) != 0 && dataset->dimensions[k].codes[row] != groups->members[k]) {
            return 0;
        }
    }
    return 1;
}

/* The group that the row of groups is about; 0 when it is one of another dimension, or of another group. */
static int classify_group(const mtmi_group_rows *groups, const mtmi_request *request, int by, mtmi_selected_row *cell) {
    const mtm_dataset *dataset = groups->dataset;
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        const mtmi_member *member = &dataset->dimensions[k].members[dataset->dimensions[k].codes[cell->row]];
        if ((groups->fixed >> k & 1) != 0) {
            continue;
        }
        if (member->kind == MTM_MEMBER_GROUP) {
            cell->group = (int)k == by ? group_of(member->code, request) : 0;
            if (cell->group == 0) {
                return 0;
            }
        } else if (member->kind != MTM_MEMBER_TOTAL) {
            cell->mask |= (uint32_t)1 << k;
        }
    }
    return 1;
}

/* The same where a group's row stands for its members; 0 where it is not a part, or has no group. */
static int classify_part(mtmi_group_rows *groups, mtmi_selected_row *cell) {
    const mtm_dataset *dataset = groups->dataset;
    int has_group = 0;
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        int32_t code = dataset->dimensions[k].codes[cell->row];
        mtm_member_kind kind = dataset->dimensions[k].members[code].kind;
        if ((groups->fixed >> k & 1) != 0) {
            if (code != groups->members[k]) {
                return 0;
            }
            continue;
        }
        if (kind == MTM_MEMBER_GROUP && !mtmi_group_counts(groups, k, code)) {
            return 0;
        }
        has_group |= kind == MTM_MEMBER_GROUP;
        cell->mask |= kind == MTM_MEMBER_TOTAL ? 0 : (uint32_t)1 << k;
    }
    return has_group;
}

typedef struct preference {
    const mtm_dataset *dataset;
    const char *edition;
} preference;

static int compare_place(const mtm_dataset *dataset, const mtmi_selected_row *a, const mtmi_selected_row *b) {
    int by = a->group != b->group ? (a->group > b->group) - (a->group < b->group)
                                  : (a->mask > b->mask) - (a->mask < b->mask);
    for (size_t k = 0; by == 0 && k < dataset->n_dimensions; k++) {
        int32_t left = dataset->dimensions[k].codes[a->row], right = dataset->dimensions[k].codes[b->row];
        by = (left > right) - (left < right);
    }
    return by;
}

static int compare_cells(const void *context, const void *left, const void *right) {
    const preference *how = context;
    const mtmi_selected_row *a = left, *b = right;
    const mtmi_release *releases = how->dataset->releases;
    const mtmi_release *of_a = &releases[how->dataset->release_of[a->row]];
    const mtmi_release *of_b = &releases[how->dataset->release_of[b->row]];
    int by = compare_place(how->dataset, a, b);
    if (by == 0) { /* a blank does not replace a figure */
        by = (how->dataset->statuses[a->row] == 'O') - (how->dataset->statuses[b->row] == 'O');
    }
    if (by == 0 && how->edition != NULL && how->edition[0] != '\0') {
        by = (strcmp(of_b->edition, how->edition) == 0) - (strcmp(of_a->edition, how->edition) == 0);
    }
    return by != 0 ? by : mtmi_vintage_compare(of_b, of_a);
}

/* An empty cell of a part is as good as no row. */
static mtm_status add_row(mtmi_selection *cells, const mtmi_selected_row *cell, mtm_error *err) {
    void *table = cells->cell;
    if (cell->mask != 0 && cells->view->dataset->statuses[cell->row] == 'O') {
        return MTM_OK;
    }
    if (!mtmi_memory_reserve(&table, &cells->capacity, cells->n + 1, sizeof *cell)) {
        return mtmi_error_memory(err);
    }
    cells->cell = table;
    cells->cell[cells->n++] = *cell;
    return MTM_OK;
}

/* A row in which a group stands: the printed row of the group that is asked for, or one for its members. */
static mtm_status add_grouped(mtmi_selection *cells, mtmi_group_rows *groups, uint32_t row, mtm_error *err) {
    mtmi_selected_row cell = {row, 0, 0, 0, 0}, part = cell;
    if (classify_group(groups, cells->request, cells->by, &cell)) {
        MTMI_CHECK_STATUS(add_row(cells, &cell, err));
    }
    return classify_part(groups, &part) ? add_row(cells, &part, err) : MTM_OK;
}

/* The rows of a period in the index's order, which is that of cells; *sorted is 0 where groups or an edition change it. */
static mtm_status add_rows(mtmi_selection *cells, mtmi_group_rows *groups, int *sorted, mtm_error *err) {
    const mtmi_dataset_index *view = cells->view;
    const mtmi_row_order *order = &view->order;
    for (size_t i = view->starts[cells->period]; i < view->starts[cells->period + 1]; i++) {
        const uint32_t row = order->rows[i], cell = order->cells[row];
        if (!has_fixed(groups, row)) {
            continue;
        }
        if (order->grouped[cell]) {
            MTMI_CHECK_STATUS(add_grouped(cells, groups, row, err));
            *sorted = 0;
        } else {
            const mtmi_selected_row one = {row, order->masks[cell] & ~cells->fixed.dimensions, 0, 0, 0};
            MTMI_CHECK_STATUS(add_row(cells, &one, err));
        }
    }
    return MTM_OK;
}

static void find_older(mtmi_selection *cells, const preference *how) {
    const mtmi_row_order *order = &cells->view->order;
    for (size_t i = 1; i < cells->n; i++) {
        mtmi_selected_row *cell = &cells->cell[i], *before = cell - 1;
        cell->old = order->cells[before->row] == order->cells[cell->row] && before->group == cell->group &&
                    before->mask == cell->mask;
        if (cell->old && !before->old && compare_cells(how, before, cell) == 0 &&
            how->dataset->values[before->row] != how->dataset->values[cell->row]) {
            before->contested = 1;
        }
    }
}

mtm_status mtmi_selection_gather(mtmi_selection *cells, const mtmi_dataset_index *view, size_t period,
                                 const mtmi_measure *measure, const mtmi_request *request, mtm_error *err) {
    const mtm_dataset *dataset = view->dataset;
    const preference how = {dataset, request->edition};
    cells->fixed.dimensions = filtered(dataset, measure, cells->fixed.members);
    cells->period = period;
    cells->longer = UINT32_MAX;
    cells->request = request;
    mtmi_group_rows groups = {dataset,
                              view->rows + view->starts[period],
                              view->starts[period + 1] - view->starts[period],
                              cells->fixed.dimensions,
                              cells->fixed.members,
                              {{0, 0, 0}},
                              0};
    int sorted = request->edition == NULL || request->edition[0] == '\0' || dataset->n_releases == 1;
    cells->view = view;
    cells->n = 0;
    cells->by = mtmi_selection_dimension(dataset, request);
    MTMI_CHECK_STATUS(add_rows(cells, &groups, &sorted, err));
    if (!sorted && !mtmi_sort(cells->cell, cells->n, sizeof *cells->cell, compare_cells, &how)) {
        return mtmi_error_memory(err);
    }
    find_older(cells, &how);
    return MTM_OK;
}
