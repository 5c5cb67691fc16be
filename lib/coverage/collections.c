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

static mtm_status list_dates(searching *job, mtm_error *err) {
    job->starts = mtmi_memory_new(job->n + 1, sizeof *job->starts);
    job->ends = mtmi_memory_new(job->n + 1, sizeof *job->ends);
    if (job->starts == NULL || job->ends == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < job->n; i++) {
        const mtm_period at = job->dataset->periods[job->rows[i]];
        if (i == 0 || job->dataset->periods[job->rows[i - 1]].first != at.first) {
            job->starts[job->n_dates++] = i;
        }
    }
    job->starts[job->n_dates] = job->n;
    return MTM_OK;
}

static int32_t day_of(const searching *job, size_t date) {
    return job->dataset->periods[job->rows[job->starts[date]]].first;
}

/* Behind which of the dates from first to last - 1 the pause is longest; of equal ones the later. */
static size_t longest_pause(const searching *job, size_t first, size_t last) {
    size_t best = first;
    for (size_t i = first; i < last; i++) {
        if (day_of(job, i + 1) - day_of(job, i) >= day_of(job, best + 1) - day_of(job, best)) {
            best = i;
        }
    }
    return best;
}

/* The date, from `from` on, that has a cell of this date already; SIZE_MAX for none. Cells of the date are added. A blank
 * is no cell: a wide table has one for every area that was visited on another day. */
static mtm_status find_again(const searching *job, mtmi_map *cells, size_t *dates, size_t from, size_t date,
                             size_t *again, mtm_error *err) {
    *again = SIZE_MAX;
    for (size_t i = job->starts[date]; i < job->starts[date + 1]; i++) {
        int32_t key[MTMI_DIMENSIONS_MAX];
        if (job->dataset->statuses[job->rows[i]] == 'O') {
            continue;
        }
        for (size_t k = 0; k < job->dataset->n_dimensions; k++) {
            key[k] = job->dataset->dimensions[k].codes[job->rows[i]];
        }
        const size_t known = cells->n;
        const uint32_t cell = mtmi_map_add(cells, key, job->dataset->n_dimensions * sizeof *key);
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

static mtm_status cut(searching *job, mtm_error *err) {
    mtmi_map cells = MTMI_MAP_INIT;
    size_t *dates = mtmi_memory_new(job->n + 1, sizeof *dates), first = 0, again;
    mtm_status status = MTM_OK;
    if (dates == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    for (size_t i = 0; i < job->n_dates; i++) {
        MTMI_TRY(find_again(job, &cells, dates, first, i, &again, err));
        if (again != SIZE_MAX) {
            first = longest_pause(job, again, i) + 1;
            job->ends[job->n_ends++] = first;
        }
        if (day_of(job, i) - day_of(job, first) >= job->span) {
            first = longest_pause(job, first, i) + 1;
            job->ends[job->n_ends++] = first;
        }
    }
out:
    job->ends[job->n_ends++] = job->n_dates;
    mtmi_memory_free(dates);
    mtmi_map_free(&cells);
    return status;
}

static mtm_status write(const searching *job, mtm_period **out, mtm_error *err) {
    if (job->n_ends >= job->n_dates) {
        return MTM_OK;
    }
    *out = mtmi_memory_new(job->dataset->n, sizeof **out);
    if (*out == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t c = 0, date = 0; c < job->n_ends; c++) {
        const int32_t last = day_of(job, job->ends[c] - 1);
        for (; date < job->ends[c]; date++) {
            for (size_t i = job->starts[date]; i < job->starts[date + 1]; i++) {
                (*out)[job->rows[i]] = (mtm_period){last, last};
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
    searching job = {dataset, rows, n,    dataset->round_span > 0 ? dataset->round_span : MTMI_COLLECTION_DAYS,
                     NULL,    0,    NULL, 0};
    *out = NULL;
    if (dataset->kind != MTM_KIND_STOCK || !are_dates(dataset, rows, n) ||
        (dataset->round_span == 0 && !tells_places(dataset))) {
        return MTM_OK;
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(list_dates(&job, err));
    MTMI_TRY(cut(&job, err));
    MTMI_TRY(write(&job, out, err));
out:
    mtmi_memory_free(job.starts);
    mtmi_memory_free(job.ends);
    return status;
}
