/* Compares the tables of two releases of a store, or of what was known on two days, cell by cell: what came, what went, and what
 * was revised, with file and line on both sides. */
#include "revisions/figure_changes.h"

#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "data/package.h"
#include "period/period.h"

#include <string.h>

/* One of the two sides. */
typedef struct side {
    mtm_package *package;
    size_t release; /* the only one that is looked at; SIZE_MAX: all that counted on a day */
} side;

typedef struct comparing {
    mtm_store *store;
    side sides[2];
    mtmi_map keys; /* table, period and cell, each ended by NUL */
    mtmi_compared_cell *cells;
    size_t capacity;
    mtmi_buffer key;
} comparing;

/* ---- which tables ---- */

/* "SOURCE/RELEASE"; index_out SIZE_MAX where there is none. */
static void find_release(const mtm_store *store, const char *text, size_t *index_out, mtm_store_release *out) {
    const char *slash = strchr(text, '/');
    *index_out = SIZE_MAX;
    for (size_t i = 0; slash != NULL && mtm_store_at(store, i, out); i++) {
        const size_t n = strlen(out->source);
        if (n == (size_t)(slash - text) && memcmp(text, out->source, n) == 0 && strcmp(out->release, slash + 1) == 0) {
            *index_out = i;
            return;
        }
    }
}

static mtm_status read_side(comparing *job, const char *path, const char *argument, const char *text, side *out,
                            mtm_error *err) {
    const mtm_source source = MTM_SOURCE_PATH_INIT(path);
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_store_release release = MTM_STORE_RELEASE_INIT;
    mtm_period day;
    find_release(job->store, text, &out->release, &release);
    const char *said = out->release != SIZE_MAX ? release.released : text;
    if (mtm_period_read(said, &day, NULL) != MTM_OK || day.first != day.last) {
        return mtmi_error_set(err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){argument, 0, 0},
                              "found %q, expected a release of the store as SOURCE/RELEASE, or a day such as "
                              "2024-09-30; mtm store list tells what there is",
                              text);
    }
    options.as_of = &day;
    return mtm_package_read(&source, &options, &out->package, err);
}

/* The release that a table is of, and its name in it: "border-service.2024-07-15.entries". Of several that fit the longest. */
static size_t release_of(const mtm_store *store, const char *name, const char **own, size_t *source_length) {
    mtm_store_release release = MTM_STORE_RELEASE_INIT;
    size_t found = SIZE_MAX, longest = 0;
    for (size_t i = 0; mtm_store_at(store, i, &release); i++) {
        const size_t n = strlen(release.source), m = strlen(release.release);
        if (n + m + 2 > longest && strncmp(name, release.source, n) == 0 && name[n] == '.' &&
            strncmp(name + n + 1, release.release, m) == 0 && name[n + 1 + m] == '.') {
            found = i;
            longest = n + m + 2;
            *own = name + n + m + 2;
            *source_length = n;
        }
    }
    return found;
}

/* ---- cells ---- */

static int compare_dimensions(const void *context, const void *a, const void *b) {
    const mtm_dataset *dataset = context;
    return strcmp(dataset->dimensions[*(const size_t *)a].name, dataset->dimensions[*(const size_t *)b].name);
}

/* The cell of a row: its members by the names of their dimensions, without totals, which a table may leave out. */
static void write_key(mtmi_buffer *key, const mtm_dataset *dataset, const size_t *order, size_t row, const char *name,
                      size_t source_length, const char *own) {
    char period[MTMI_PERIOD_TEXT];
    int any = 0;
    (void)mtm_period_describe(dataset->periods[row], period, sizeof period);
    mtmi_buffer_clear(key);
    mtmi_buffer_add(key, name, source_length);
    mtmi_buffer_char(key, '.');
    mtmi_buffer_add(key, own, strlen(own) + 1);
    mtmi_buffer_add(key, period, strlen(period) + 1);
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        const mtmi_dimension *dimension = &dataset->dimensions[order[k]];
        const mtmi_member *member = &dimension->members[dimension->codes[row]];
        if (member->kind != MTM_MEMBER_TOTAL) {
            mtmi_buffer_text(key, any++ ? ", " : "");
            mtmi_buffer_text(key, dimension->name);
            mtmi_buffer_char(key, '=');
            mtmi_buffer_text(key, member->code);
        }
    }
    mtmi_buffer_char(key, '\0');
}

static mtmi_compared_figure figure_of(const mtm_dataset *dataset, size_t row) {
    mtmi_compared_figure figure = {.is_there = 1, .has_value = mtmi_dataset_has_value(dataset, row)};
    const mtmi_release *release = &dataset->releases[dataset->release_of[row]];
    figure.decimals = dataset->decimals;
    figure.units = dataset->values[row];
    for (int power = 0; power < dataset->multiplier; power++) { /* thousands of one release are persons of another */
        figure.units *= 10;
    }
    figure.day = release->date.last;
    figure.file = mtmi_dataset_file(dataset, row);
    figure.line = dataset->lines[row];
    return figure;
}

static mtm_status add_figure(comparing *job, int which, const mtmi_compared_figure *figure, mtm_error *err) {
    const size_t n = job->keys.n;
    const uint32_t at = job->key.failed ? MTMI_MAP_NONE : mtmi_map_add(&job->keys, job->key.data, job->key.size);
    if (at == MTMI_MAP_NONE || !mtmi_memory_reserve((void **)&job->cells, &job->capacity, n + 1, sizeof *job->cells)) {
        return mtmi_error_memory(err);
    }
    if (at == n) {
        memset(&job->cells[at], 0, sizeof job->cells[at]);
    }
    mtmi_compared_figure *place = &job->cells[at].sides[which];
    if (!place->is_there || figure->day >= place->day) { /* the latest release counts */
        *place = *figure;
    }
    return MTM_OK;
}

static mtm_status add_table(comparing *job, int which, const mtm_dataset *dataset, mtm_error *err) {
    size_t *order = mtmi_memory_new(dataset->n_dimensions + 1, sizeof *order), source_length = 0;
    const char *name = mtmi_dataset_name(dataset), *own = "";
    const size_t release = release_of(job->store, name, &own, &source_length);
    const size_t only = job->sides[which].release;
    mtm_status status = MTM_OK;
    MTMI_TRY(order == NULL ? mtmi_error_memory(err) : MTM_OK);
    if (release == SIZE_MAX || (only != SIZE_MAX && release != only)) {
        goto out;
    }
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        order[k] = k;
    }
    MTMI_TRY(mtmi_sort(order, dataset->n_dimensions, sizeof *order, compare_dimensions, dataset)
                 ? MTM_OK
                 : mtmi_error_memory(err));
    for (size_t row = 0; row < dataset->n; row++) {
        const mtmi_compared_figure figure = figure_of(dataset, row);
        write_key(&job->key, dataset, order, row, name, source_length, own);
        MTMI_TRY(add_figure(job, which, &figure, err));
    }
out:
    mtmi_memory_free(order);
    return status;
}

/* ---- what changed ---- */

static mtmi_change_kind kind_of(const mtmi_compared_cell *cell) {
    const mtmi_compared_figure *before = &cell->sides[0], *after = &cell->sides[1];
    if (!before->is_there || !after->is_there) {
        return before->is_there ? MTMI_CHANGE_REMOVED : MTMI_CHANGE_ADDED;
    }
    const int most = before->decimals > after->decimals ? before->decimals : after->decimals;
    const int same = before->has_value == after->has_value &&
                     (!before->has_value || mtmi_decimal_rescale(before->units, before->decimals, most) ==
                                                mtmi_decimal_rescale(after->units, after->decimals, most));
    return same ? MTMI_CHANGE_NONE : MTMI_CHANGE_REVISED;
}

static int compare_cells(const void *context, const void *a, const void *b) {
    const mtmi_compared_cell *x = a, *y = b;
    (void)context;
    int order = strcmp(x->table, y->table);
    order = order != 0 ? order : strcmp(x->period, y->period);
    return order != 0 ? order : strcmp(x->cell, y->cell);
}

static mtm_status settle(comparing *job, mtm_error *err) {
    for (size_t i = 0; i < job->keys.n; i++) {
        size_t length;
        mtmi_compared_cell *cell = &job->cells[i];
        cell->table = (const char *)mtmi_map_key(&job->keys, (uint32_t)i, &length);
        cell->period = cell->table + strlen(cell->table) + 1;
        cell->cell = cell->period + strlen(cell->period) + 1;
        cell->kind = kind_of(cell);
    }
    return job->keys.n < 2 || mtmi_sort(job->cells, job->keys.n, sizeof *job->cells, compare_cells, NULL)
               ? MTM_OK
               : mtmi_error_memory(err);
}

mtm_status mtm_revisions_diff(const char *path, const char *before, const char *after, mtm_format format,
                              mtm_buffer **out, mtm_error *err) {
    comparing job = {.keys = MTMI_MAP_INIT, .key = MTMI_BUFFER_INIT};
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtm_status status = MTM_OK;
    if (out == NULL || path == NULL || before == NULL || after == NULL) {
        return mtmi_error_argument(err,
                                   out == NULL      ? "out"
                                   : path == NULL   ? "path"
                                   : before == NULL ? "before"
                                                    : "after",
                                   "not NULL");
    }
    *out = NULL;
    if (format != MTM_FORMAT_TEXT && format != MTM_FORMAT_CSV && format != MTM_FORMAT_JSON) {
        return mtmi_error_argument(err, "format", "text, CSV or JSON");
    }
    MTMI_TRY(mtm_store_open(path, 0, &job.store, err));
    for (int which = 0; which < 2; which++) {
        side *own = &job.sides[which];
        MTMI_TRY(read_side(&job, path, which == 0 ? "before" : "after", which == 0 ? before : after, own, err));
        for (size_t i = 0; i < mtm_package_count(own->package); i++) {
            MTMI_TRY(add_table(&job, which, mtm_package_at(own->package, i), err));
        }
    }
    MTMI_TRY(settle(&job, err));
    mtmi_changes_write(job.cells, job.keys.n, format, &text);
    status = mtmi_buffer_finish(&text, out, err);
out:
    for (int which = 0; which < 2; which++) {
        mtm_package_free(job.sides[which].package);
    }
    mtm_store_free(job.store);
    mtmi_map_free(&job.keys);
    mtmi_memory_free(job.cells);
    mtmi_buffer_free(&job.key);
    mtmi_buffer_free(&text);
    return status;
}
