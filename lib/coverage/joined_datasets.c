/* Joins datasets that continue each other for computing. The joined dataset is never shown: lineage leads to the rows
 * it was made of. */
#include "coverage/joined_datasets.h"

#include "base/decimal.h"
#include "base/memory.h"
#include "base/try.h"
#include "period/period.h"

#include <string.h>

enum { MEMBERS_MAX = 4096, PERIODS_MAX = 512 };

static int same_text(const char *a, const char *b) {
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static int same_dimensions(const mtm_dataset *a, const mtm_dataset *b) {
    if (a->n_dimensions != b->n_dimensions) {
        return 0;
    }
    for (size_t i = 0; i < a->n_dimensions; i++) {
        const mtmi_dimension *one = &a->dimensions[i];
        int k = mtmi_dataset_find_dimension(b, one->name);
        if (k < 0 || b->dimensions[k].list != one->list || (b->dimensions[k].n_frame > 0) != (one->n_frame > 0) ||
            b->dimensions[k].selection != one->selection || one->n_members > MEMBERS_MAX ||
            b->dimensions[k].n_members > MEMBERS_MAX) {
            return 0;
        }
    }
    return 1;
}

/* What a row counts of: of a period that files of microdata cover in part, the days from the first to the last that they do. Days
 * that end before they begin where it counts for nothing: the files are not said to cover them. */
static mtm_period period_of(const mtm_dataset *dataset, size_t row) {
    const int is_cut = dataset->microdata && dataset->kind == MTM_KIND_FLOW && dataset->covered.n > 0;
    return is_cut ? mtmi_covered_hull(&dataset->covered, dataset->periods[row]) : dataset->periods[row];
}

static int meet(mtm_period a, mtm_period b, int is_cut) {
    return is_cut ? a.first <= b.last && b.first <= a.last : mtmi_period_same(a, b);
}

/* Rows of one period are neighbours in most files: only changes are looked up. */
static int is_listed(const mtm_period *list, size_t n, mtm_period period, int is_cut) {
    for (size_t i = n; i-- > 0;) {
        if (meet(list[i], period, is_cut)) {
            return 1;
        }
    }
    return 0;
}

/* Also when a has too many periods to be one file of a series of files. */
static int share_a_period(const mtm_dataset *a, const mtm_dataset *b) {
    mtm_period list[PERIODS_MAX];
    size_t n = 0;
    for (size_t i = 0; i < a->n; i++) {
        int again = i > 0 && mtmi_period_same(a->periods[i], a->periods[i - 1]);
        if (!again && !is_listed(list, n, period_of(a, i), 0)) {
            if (n == PERIODS_MAX) {
                return 1;
            }
            list[n++] = period_of(a, i);
        }
    }
    for (size_t i = 0; i < b->n; i++) {
        int again = i > 0 && mtmi_period_same(b->periods[i], b->periods[i - 1]);
        if (!again && is_listed(list, n, period_of(b, i), a->microdata && a->kind == MTM_KIND_FLOW)) {
            return 1;
        }
    }
    return 0;
}

static int same_component(const mtmi_component_facts *a, const mtmi_component_facts *b) {
    return a->kind == b->kind && a->sensitivity == b->sensitivity && a->level == b->level &&
           same_text(a->operation, b->operation) && same_text(a->assessment, b->assessment);
}

static int same_breaks(const mtm_dataset *a, const mtm_dataset *b) {
    size_t i = 0;
    while (i < a->n_breaks && i < b->n_breaks && a->breaks[i].day == b->breaks[i].day) {
        i++;
    }
    return i == a->n_breaks && i == b->n_breaks;
}

/* Whether both count alike: each cell in full, or as far as it goes, and nothing on days that nobody said. */
static int same_counting(const mtm_dataset *a, const mtm_dataset *b) {
    return a->microdata == b->microdata && a->absent == b->absent && a->as_covered == b->as_covered &&
           a->selected == b->selected && !a->covered.overrun && !b->covered.overrun;
}

int mtmi_joined_fits(const mtm_dataset *a, const mtm_dataset *b) {
    const int joins = a->kind == MTM_KIND_FLOW || a->kind == MTM_KIND_STOCK;
    return joins && a->kind == b->kind && a->round_span == b->round_span && a->last_known == b->last_known &&
           a->multiplier == b->multiplier && a->cumulative == b->cumulative && a->confidential == b->confidential &&
           same_counting(a, b) && same_text(a->concept, b->concept) && same_text(a->unit, b->unit) &&
           same_text(a->coverage, b->coverage) && same_text(a->sources[0].publisher, b->sources[0].publisher) &&
           same_dimensions(a, b) && same_component(&a->component, &b->component) && same_breaks(a, b) &&
           (a->cumulative || !share_a_period(a, b));
}

mtm_status mtmi_joined_open(mtmi_joined *pool, const mtm_dataset *like, mtm_error *err) {
    memset(pool, 0, sizeof *pool);
    MTMI_CHECK_STATUS(mtmi_builder_new(&pool->builder, err));
    for (size_t i = 0; i < like->n_dimensions; i++) {
        int32_t at = 0;
        MTMI_CHECK_STATUS(
            mtmi_builder_add_dimension(pool->builder, like->dimensions[i].name, like->dimensions[i].list, &at, err));
        if (like->dimensions[i].selection) {
            mtmi_builder_parts_incomplete(pool->builder, at);
        }
    }
    mtm_dataset *whole = mtmi_builder_dataset(pool->builder);
    whole->kind = like->kind;
    whole->multiplier = like->multiplier;
    whole->cumulative = like->cumulative;
    whole->confidential = like->confidential;
    whole->microdata = like->microdata;
    whole->absent = like->absent;
    whole->as_covered = like->as_covered;
    whole->selected = like->selected;
    whole->round_span = like->round_span;
    whole->last_known = like->last_known;
    whole->name = mtmi_memory_copy_text(mtmi_dataset_name(like));
    whole->concept = mtmi_memory_copy_text(mtmi_dataset_concept(like));
    whole->unit = mtmi_memory_copy_text(mtmi_dataset_unit(like));
    whole->coverage = mtmi_memory_copy_text(like->coverage);
    whole->sources[0].publisher = mtmi_memory_copy_text(like->sources[0].publisher);
    int copied = mtmi_breaks_copy(like->breaks, like->n_breaks, whole) && whole->name != NULL &&
                 whole->concept != NULL && whole->unit != NULL && (like->coverage == NULL || whole->coverage != NULL) &&
                 mtmi_component_copy(&like->component, &whole->component) &&
                 (like->sources[0].publisher == NULL || whole->sources[0].publisher != NULL);
    return copied ? MTM_OK : mtmi_error_memory(err);
}

void mtmi_joined_close(mtmi_joined *pool) {
    mtmi_builder_free(pool->builder);
    mtmi_memory_free(pool->datasets);
    mtmi_memory_free(pool->rows);
    memset(pool, 0, sizeof *pool);
}

/* Where members and releases of one dataset stand in the pool. */
typedef struct mapping {
    int dimension[MTMI_DIMENSIONS_MAX]; /* the dataset's, by the pool's */
    int32_t *member[MTMI_DIMENSIONS_MAX];
    int32_t *release;
} mapping;

static void free_mapping(mapping *map) {
    for (size_t i = 0; i < MTMI_DIMENSIONS_MAX; i++) {
        mtmi_memory_free(map->member[i]);
    }
    mtmi_memory_free(map->release);
}

static mtm_status map_dimension(mtmi_joined *pool, const mtm_dataset *dataset, size_t d, mapping *map, mtm_error *err) {
    const char *name = mtmi_builder_dataset(pool->builder)->dimensions[d].name;
    map->dimension[d] = mtmi_dataset_find_dimension(dataset, name);
    const mtmi_dimension *from = &dataset->dimensions[map->dimension[d]];
    map->member[d] = mtmi_memory_new(from->n_members, sizeof(int32_t));
    if (map->member[d] == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < from->n_members; i++) {
        const mtmi_member *member = &from->members[i];
        MTMI_CHECK_STATUS(mtmi_builder_add_member(pool->builder, (int32_t)d, member->kind, member->code, member->index,
                                                  member->label, member->first_line, &map->member[d][i], err));
    }
    for (size_t i = 0; i < from->n_frame; i++) {
        MTMI_CHECK_STATUS(mtmi_builder_add_framed(pool->builder, (int32_t)d, &from->frame[i], err));
    }
    return MTM_OK;
}

static mtm_status map_all(mtmi_joined *pool, const mtm_dataset *dataset, mapping *map, mtm_error *err) {
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        MTMI_CHECK_STATUS(map_dimension(pool, dataset, d, map, err));
    }
    map->release = mtmi_memory_new(dataset->n_releases, sizeof *map->release);
    if (map->release == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < dataset->n_releases; i++) {
        const mtmi_release *release = &dataset->releases[i];
        MTMI_CHECK_STATUS(
            mtmi_builder_add_release(pool->builder, release->date, release->edition, &map->release[i], err));
    }
    return MTM_OK;
}

/* Figures that are there move to the finer scale. */
static mtm_status rescale(mtm_dataset *whole, int decimals, mtm_error *err) {
    mtm_decimal value;
    for (size_t i = 0; i < whole->n && decimals > whole->decimals; i++) {
        MTMI_CHECK_STATUS(mtmi_decimal_narrow(mtmi_decimal_rescale(whole->values[i], whole->decimals, decimals),
                                              decimals, &value, err));
        whole->values[i] = value.units;
    }
    whole->decimals = decimals > whole->decimals ? decimals : whole->decimals;
    return MTM_OK;
}

static int keep_place(mtmi_joined *pool, const mtm_dataset *dataset, uint32_t row) {
    void *datasets = (void *)pool->datasets, *rows = pool->rows;
    int whole = mtmi_memory_reserve(&datasets, &pool->capacity, pool->n + 1, sizeof *pool->datasets);
    pool->datasets = whole ? datasets : pool->datasets;
    whole = whole && mtmi_memory_reserve(&rows, &pool->rows_capacity, pool->n + 1, sizeof *pool->rows);
    pool->rows = whole ? rows : pool->rows;
    if (whole) {
        pool->datasets[pool->n] = dataset;
        pool->rows[pool->n] = row;
    }
    return whole;
}

static mtm_status add_row(mtmi_joined *pool, const mtm_dataset *dataset, const mapping *map, uint32_t row,
                          mtm_error *err) {
    const int decimals = mtmi_builder_dataset(pool->builder)->decimals;
    int32_t codes[MTMI_DIMENSIONS_MAX] = {0};
    mtm_decimal value;
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        codes[d] = map->member[d][dataset->dimensions[map->dimension[d]].codes[row]];
    }
    MTMI_CHECK_STATUS(mtmi_decimal_narrow(mtmi_decimal_rescale(dataset->values[row], dataset->decimals, decimals),
                                          decimals, &value, err));
    const mtm_period period = period_of(dataset, row);
    if (period.first > period.last) {
        return MTM_OK;
    }
    const mtmi_observation observation = {period,
                                          value.units,
                                          dataset->statuses[row],
                                          dataset->columns[row],
                                          dataset->lines[row],
                                          map->release[dataset->release_of[row]],
                                          0,
                                          -1,
                                          codes};
    if (!keep_place(pool, dataset, row)) {
        return mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(mtmi_builder_add(pool->builder, &observation, err));
    pool->n++;
    return MTM_OK;
}

mtm_status mtmi_joined_repeat(mtmi_joined *pool, uint32_t row, mtm_period period, mtm_error *err) {
    const mtm_dataset *whole = mtmi_builder_dataset(pool->builder);
    int32_t codes[MTMI_DIMENSIONS_MAX] = {0};
    for (size_t d = 0; d < whole->n_dimensions; d++) {
        codes[d] = whole->dimensions[d].codes[row];
    }
    const mtmi_observation observation = {period,
                                          whole->values[row],
                                          whole->statuses[row],
                                          whole->columns[row],
                                          whole->lines[row],
                                          whole->release_of[row],
                                          0,
                                          -1,
                                          codes};
    if (!keep_place(pool, pool->datasets[row], pool->rows[row])) {
        return mtmi_error_memory(err);
    }
    mtm_status status = mtmi_builder_add(pool->builder, &observation, err);
    pool->n += status == MTM_OK;
    return status;
}

/* Both cover what either does. */
static mtm_status cover(mtmi_joined *pool, const mtm_dataset *dataset, mtm_error *err) {
    mtm_dataset *whole = mtmi_builder_dataset(pool->builder);
    if (whole->n > 0) {
        return mtmi_covered_unite(&whole->covered, &dataset->covered, err);
    }
    return mtmi_covered_copy(&dataset->covered, &whole->covered) ? MTM_OK : mtmi_error_memory(err);
}

mtm_status mtmi_joined_add(mtmi_joined *pool, const mtm_dataset *dataset, mtm_error *err) {
    mapping map;
    memset(&map, 0, sizeof map);
    mtm_status status = MTM_OK;
    MTMI_TRY(map_all(pool, dataset, &map, err));
    MTMI_TRY(rescale(mtmi_builder_dataset(pool->builder), dataset->decimals, err));
    MTMI_TRY(cover(pool, dataset, err));
    for (size_t i = 0; i < dataset->n; i++) {
        MTMI_TRY(add_row(pool, dataset, &map, (uint32_t)i, err));
    }
out:
    free_mapping(&map);
    return status;
}
