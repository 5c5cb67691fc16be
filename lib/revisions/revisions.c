/* Computes an indicator as of each release of its tables; a column is what compute gives with --as-of its day. Figures that disclosure control would have to look at are refused:
 * what was withheld in one release could be told by another. */
#include "revisions/triangle.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "data/package.h"
#include "period/period.h"

#include <string.h>

typedef struct asking {
    const mtm_catalogue *catalogue;
    const mtm_package *package;
    mtm_compute_options computing;
    mtm_indicator_info about;
    mtmi_triangle triangle;
    size_t capacity; /* of the triangle's releases */
} asking;

static int earlier(const void *context, const void *a, const void *b) {
    const int32_t *x = a, *y = b;
    (void)context;
    return (*x > *y) - (*x < *y);
}

/* The package as of a day. That of a store is read anew, because a later release may have replaced an earlier one as a
 * whole; *own is to be freed. */
static mtm_status open_package(const asking *query, const mtm_period *as_of, mtm_package **own, const mtm_package **out,
                               mtm_error *err) {
    const mtm_source source = MTM_SOURCE_PATH_INIT(query->package->folder);
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    *own = NULL;
    *out = query->package;
    if (!query->package->is_store) {
        return MTM_OK;
    }
    options.as_of = as_of;
    options.leave_out = 1;
    MTMI_CHECK_STATUS(mtm_package_read(&source, &options, own, err));
    *out = *own;
    return MTM_OK;
}

static mtm_status add_release(asking *query, int32_t day, mtm_error *err) {
    mtmi_triangle *triangle = &query->triangle;
    const int32_t limit = query->computing.as_of != NULL ? query->computing.as_of->last : INT32_MAX;
    if (day == MTMI_PERIOD_NONE.last || day > limit) {
        return MTM_OK;
    }
    if (!mtmi_memory_reserve((void **)&triangle->releases, &query->capacity, triangle->n_releases + 1,
                             sizeof *triangle->releases)) {
        return mtmi_error_memory(err);
    }
    triangle->releases[triangle->n_releases++] = day;
    return MTM_OK;
}

/* Those of the tables that are about the indicator's concept. */
static mtm_status add_releases(asking *query, const mtm_package *package, mtm_error *err) {
    for (size_t d = 0; d < package->n_datasets; d++) {
        const mtm_dataset *dataset = package->datasets[d];
        for (size_t r = 0;
             r < dataset->n_releases && strcmp(mtmi_dataset_concept(dataset), query->about.concept_id) == 0; r++) {
            MTMI_CHECK_STATUS(add_release(query, dataset->releases[r].date.last, err));
        }
    }
    return MTM_OK;
}

static mtm_status add_releases_as_of(asking *query, const mtm_period *as_of, mtm_error *err) {
    mtm_package *own = NULL;
    const mtm_package *package = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(open_package(query, as_of, &own, &package, err));
    MTMI_TRY(add_releases(query, package, err));
out:
    mtm_package_free(own);
    return status;
}

/* What is superseded today is found as of the days of release that a store knows. */
static mtm_status add_releases_of_store(asking *query, mtm_error *err) {
    const int32_t limit = query->computing.as_of != NULL ? query->computing.as_of->last : INT32_MAX;
    mtm_store *store = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtm_store_open(query->package->folder, 0, &store, err));
    for (size_t i = 0; i < mtm_store_count(store); i++) {
        mtm_store_release release = MTM_STORE_RELEASE_INIT;
        mtm_period day;
        (void)mtm_store_at(store, i, &release);
        MTMI_TRY(mtm_period_read(release.released, &day, err));
        MTMI_TRY(day.last <= limit ? add_releases_as_of(query, &day, err) : MTM_OK);
    }
out:
    mtm_store_free(store);
    return status;
}

/* The last days of the releases, each once. */
static mtm_status find_releases(asking *query, mtm_error *err) {
    mtmi_triangle *triangle = &query->triangle;
    size_t kept = 0;
    MTMI_CHECK_STATUS(query->package->is_store ? add_releases_of_store(query, err)
                                               : add_releases(query, query->package, err));
    if (triangle->n_releases == 0) {
        return mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){query->about.id, 0, 0},
                              "found no release with a date among the tables of %q, expected releaseDate in the data "
                              "package, or a column with the role release-date",
                              query->about.concept_id);
    }
    if (!mtmi_sort(triangle->releases, triangle->n_releases, sizeof *triangle->releases, earlier, NULL)) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < triangle->n_releases; i++) {
        if (kept == 0 || triangle->releases[kept - 1] != triangle->releases[i]) {
            triangle->releases[kept++] = triangle->releases[i];
        }
    }
    triangle->n_releases = kept;
    return kept <= MTMI_TRIANGLE_MOST_RELEASES
               ? MTM_OK
               : mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){query->about.id, 0, 0},
                                "found more than %d releases, expected fewer", MTMI_TRIANGLE_MOST_RELEASES);
}

/* Those asked for, else every period that the series has today. */
static mtm_status find_periods(asking *query, mtm_error *err) {
    mtmi_triangle *triangle = &query->triangle;
    mtm_results *results = NULL;
    const mtm_result *result = NULL;
    mtm_period period;
    mtm_decimal value;
    mtm_status status = MTM_OK;
    size_t n = query->computing.n_periods;
    if (query->computing.periods == NULL) {
        MTMI_TRY(mtm_catalogue_compute(query->catalogue, query->package, &query->computing, &results, err));
        result = mtm_results_at(results, 0);
        for (n = 0; result != NULL && mtm_result_point(result, n, &period, &value);) {
            n++;
        }
    }
    triangle->periods = mtmi_memory_new(n + 1, sizeof *triangle->periods);
    if (triangle->periods == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    for (size_t i = 0; i < n; i++) {
        if (result != NULL) {
            (void)mtm_result_point(result, i, &triangle->periods[i], &value);
        } else {
            triangle->periods[i] = query->computing.periods[i];
        }
    }
    triangle->n_periods = n;
    if (n == 0) {
        status = mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){query->about.id, 0, 0},
                                "found no figure of any period, expected some");
    }
out:
    mtm_results_free(results);
    return status;
}

static mtm_status compute_release(asking *query, size_t release, mtm_error *err) {
    mtmi_triangle *triangle = &query->triangle;
    const mtm_period as_of = {triangle->releases[release], triangle->releases[release]};
    mtm_compute_options options = query->computing;
    mtm_results *results = NULL;
    mtm_package *own = NULL;
    const mtm_package *package = NULL;
    mtm_status status = MTM_OK;
    options.as_of = &as_of;
    options.period = NULL;
    options.periods = triangle->periods;
    options.n_periods = triangle->n_periods;
    MTMI_TRY(open_package(query, &as_of, &own, &package, err));
    MTMI_TRY(mtm_catalogue_compute(query->catalogue, package, &options, &results, err));
    for (size_t i = 0; i < triangle->n_periods; i++) {
        mtm_result_info info = MTM_RESULT_INFO_INIT;
        (void)mtm_result_get(mtm_results_at(results, i), MTM_LANGUAGE_EN, &info);
        if ((info.flags & MTM_FLAG_MICRODATA) != 0) {
            MTMI_TRY(
                mtmi_error_set(err, MTM_ERROR_DISCLOSURE, 0, (mtmi_place){query->about.id, 0, 0},
                               "found confidential figures, expected published ones: revisions are not protected"));
        }
        triangle->cells[i * triangle->n_releases + release] = (mtmi_revised){info.has_value != 0, info.value};
    }
out:
    mtm_results_free(results);
    mtm_package_free(own);
    return status;
}

static mtm_status build(asking *query, mtm_error *err) {
    mtmi_triangle *triangle = &query->triangle;
    MTMI_CHECK_STATUS(find_releases(query, err));
    MTMI_CHECK_STATUS(find_periods(query, err));
    triangle->cells = mtmi_memory_new(triangle->n_periods * triangle->n_releases, sizeof *triangle->cells);
    if (triangle->cells == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t r = 0; r < triangle->n_releases; r++) {
        MTMI_CHECK_STATUS(compute_release(query, r, err));
    }
    return MTM_OK;
}

static mtm_status write(const mtmi_triangle *triangle, mtm_format format, mtmi_buffer *out, mtm_error *err) {
    if (format == MTM_FORMAT_TEXT) {
        mtmi_triangle_text(triangle, out);
    } else if (format == MTM_FORMAT_CSV) {
        mtmi_triangle_csv(triangle, out);
    } else if (format == MTM_FORMAT_JSON) {
        mtmi_triangle_json(triangle, out);
    } else {
        return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){"format", 0, 0},
                              "revisions have no form for it, expected text, csv or json");
    }
    return MTM_OK;
}

mtm_status mtm_catalogue_revisions(const mtm_catalogue *catalogue, const mtm_package *package,
                                   const mtm_compute_options *computing, mtm_format format, mtm_buffer **out,
                                   mtm_error *err) {
    asking query = {catalogue, package, MTM_COMPUTE_OPTIONS_INIT, MTM_INDICATOR_INFO_INIT, {0}, 0};
    const mtm_indicator *indicator = NULL;
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    mtm_status status = MTM_OK;
    if (catalogue == NULL || package == NULL || out == NULL) {
        return mtmi_error_argument(err,
                                   catalogue == NULL ? "catalogue"
                                   : package == NULL ? "package"
                                                     : "out",
                                   "not NULL");
    }
    *out = NULL;
    MTMI_TRY(mtmi_options_copy(&query.computing, sizeof query.computing, computing, "computing", err));
    if (query.computing.indicator == NULL) {
        return mtmi_error_argument(err, "computing.indicator", "the id of an indicator");
    }
    MTMI_TRY(mtm_catalogue_find(catalogue, query.computing.indicator, &indicator, err));
    (void)mtm_indicator_get(indicator, MTM_LANGUAGE_EN, &query.about);
    query.triangle.indicator = query.about.id;
    query.triangle.unit = query.about.unit;
    MTMI_TRY(build(&query, err));
    MTMI_TRY(write(&query.triangle, format, &buffer, err));
    status = mtmi_buffer_finish(&buffer, out, err);
out:
    mtmi_triangle_free(&query.triangle);
    mtmi_buffer_free(&buffer);
    return status;
}
