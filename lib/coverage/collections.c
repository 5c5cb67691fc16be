/* Groups the dated rows of a stock into collections, whose areas were visited one after the other: within the span
 * that the data package states, else within 45 days where the table tells places. Invariant: no cell is twice in one
 * collection; where one comes again, the next collection began, after the longest pause since. */
#include "coverage/collections.h"

#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "data/builder.h"

#include <string.h>

typedef struct searching {
    const mtm_dataset *dataset;
    const uint32_t *rows;
    size_t n;
    int32_t span;
    size_t *starts; /* of each date, into rows; one more than there are */
    size_t n_dates;
    size_t *ends; /* of each collection: behind its last date */
    size_t n_ends;
} searching;

/* Citizenship, sex or category have no places: their dates differ for other reasons. */
int mtmi_collections_is_place(const mtm_dataset *dataset, size_t dimension) {
    const mtmi_dimension *d = &dataset->dimensions[dimension];
    const int is_named = strcmp(d->name, "citizenship") == 0 || strcmp(d->name, "indicator") == 0;
    return d->n_members > 2 && !is_named && (d->list == NULL || strcmp(mtmi_codelist_id(d->list), "region-kz") == 0);
}

static int tells_places(const mtm_dataset *dataset) {
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        if (mtmi_collections_is_place(dataset, k)) {
            return 1;
        }
    }
    return 0;
}

static mtm_status list_dates(searching *of, mtm_error *err) {
    of->starts = mtmi_memory_new(of->n + 1, sizeof *of->starts);
    of->ends = mtmi_memory_new(of->n + 1, sizeof *of->ends);
    if (of->starts == NULL || of->ends == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < of->n; i++) {
        const mtm_period at = of->dataset->periods[of->rows[i]];
        if (i == 0 || of->dataset->periods[of->rows[i - 1]].first != at.first) {
            of->starts[of->n_dates++] = i;
        }
    }
    of->starts[of->n_dates] = of->n;
    return MTM_OK;
}

static int32_t day_of(const searching *of, size_t date) {
    return of->dataset->periods[of->rows[of->starts[date]]].first;
}

/* Behind which of the dates from first to last - 1 the pause is longest; of equal ones the later. */
static size_t longest_pause(const searching *of, size_t first, size_t last) {
    size_t best = first;
    for (size_t i = first; i < last; i++) {
        if (day_of(of, i + 1) - day_of(of, i) >= day_of(of, best + 1) - day_of(of, best)) {
            best = i;
        }
    }
    return best;
}

/* The date, from `from` on, that has a cell of this date already; SIZE_MAX for none. Cells of the date are added. */
static mtm_status find_again(const searching *of, mtmi_map *cells, size_t *dates, size_t from, size_t date,
                             size_t *again, mtm_error *err) {
    *again = SIZE_MAX;
    for (size_t i = of->starts[date]; i < of->starts[date + 1]; i++) {
        int32_t key[MTMI_DIMENSIONS_MAX];
        for (size_t k = 0; k < of->dataset->n_dimensions; k++) {
            key[k] = of->dataset->dimensions[k].codes[of->rows[i]];
        }
        const size_t known = cells->n;
        const uint32_t cell = mtmi_map_add(cells, key, of->dataset->n_dimensions * sizeof *key);
        if (cell == MTMI_MAP_NONE) {
            return mtmi_error_memory(err);
        }
        if (cell < known && dates[cell] >= from && dates[cell] != date &&
            (*again == SIZE_MAX || dates[cell] > *again)) {
            *again = dates[cell];
        }
        dates[cell] = date;
    }
    return MTM_OK;
}

static mtm_status cut(searching *of, mtm_error *err) {
    mtmi_map cells = MTMI_MAP_INIT;
    size_t *dates = mtmi_memory_new(of->n + 1, sizeof *dates), first = 0, again;
    mtm_status status = MTM_OK;
    if (dates == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    for (size_t i = 0; i < of->n_dates; i++) {
        MTMI_TRY(find_again(of, &cells, dates, first, i, &again, err));
        if (again != SIZE_MAX) {
            first = longest_pause(of, again, i) + 1;
            of->ends[of->n_ends++] = first;
        }
        if (day_of(of, i) - day_of(of, first) >= of->span) {
            first = longest_pause(of, first, i) + 1;
            of->ends[of->n_ends++] = first;
        }
    }
out:
    of->ends[of->n_ends++] = of->n_dates;
    mtmi_memory_free(dates);
    mtmi_map_free(&cells);
    return status;
}

static mtm_status write(const searching *of, mtm_period **out, mtm_error *err) {
    if (of->n_ends >= of->n_dates) {
        return MTM_OK;
    }
    *out = mtmi_memory_new(of->dataset->n, sizeof **out);
    if (*out == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t c = 0, date = 0; c < of->n_ends; c++) {
        const int32_t last = day_of(of, of->ends[c] - 1);
        for (; date < of->ends[c]; date++) {
            for (size_t i = of->starts[date]; i < of->starts[date + 1]; i++) {
                (*out)[of->rows[i]] = (mtm_period){last, last};
            }
        }
    }
    return MTM_OK;
}

static int are_dates(const mtm_dataset *dataset, const uint32_t *rows, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (dataset->periods[rows[i]].first != dataset->periods[rows[i]].last) {
            return 0;
        }
    }
    return n > 0;
}

mtm_status mtmi_collections_find(const mtm_dataset *dataset, const uint32_t *rows, size_t n, mtm_period **out,
                                 mtm_error *err) {
    searching of = {dataset, rows, n,    dataset->round_span > 0 ? dataset->round_span : MTMI_COLLECTION_DAYS,
                    NULL,    0,    NULL, 0};
    *out = NULL;
    if (dataset->kind != MTM_KIND_STOCK || !are_dates(dataset, rows, n) ||
        (dataset->round_span == 0 && !tells_places(dataset))) {
        return MTM_OK;
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(list_dates(&of, err));
    MTMI_TRY(cut(&of, err));
    MTMI_TRY(write(&of, out, err));
out:
    mtmi_memory_free(of.starts);
    mtmi_memory_free(of.ends);
    return status;
}
