/* Proposes the lines that restore the refused figures of a package. Each is tried on a copy of the description and
 * proposed only where the figure is then there. */
#include "propose/propose.h"

#include "base/error.h"
#include "base/io.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "base/source.h"
#include "base/try.h"
#include "read/describe.h"
#include "read/descriptor/descriptor.h"
#include "read/descriptor/path.h"

#include <fcntl.h>
#include <string.h>

enum { TRIALS_MAX = 400 };

/* ---- trying ---- */

static mtm_status try_line(mtmi_proposing *proposer, size_t resource, const mtmi_proposed_line *line, mtmi_trial *out,
                           mtm_error *err) {
    json_t *with = mtmi_trial_with(proposer->json, resource, line->patch);
    memset(out, 0, sizeof *out);
    if (with == NULL) {
        return mtmi_error_memory(err);
    }
    proposer->n_trials++;
    mtm_status status = mtmi_trial_run(proposer, with, out, err);
    json_decref(with);
    return status;
}

static mtm_status list_restored(const mtmi_proposing *proposer, const mtmi_trial *trial, mtmi_proposed_line *line,
                                mtm_error *err) {
    int done = 1;
    line->restored = json_array();
    for (size_t i = 0; i < proposer->n_refused; i++) {
        if (!proposer->refused[i].restored && mtmi_trial_has(trial, &proposer->refused[i])) {
            done = json_array_append_new(line->restored, json_integer((json_int_t)i)) == 0 && done;
        }
    }
    return line->restored != NULL && done ? MTM_OK : mtmi_error_memory(err);
}

/* Two lines as one. */
static mtm_status join(mtmi_advice *out, const mtmi_proposed_line *first, const mtmi_proposed_line *second,
                       mtm_error *err) {
    json_t *patch = json_deep_copy(first->patch);
    if (patch == NULL || json_object_update_missing(patch, second->patch) != 0) {
        json_decref(patch);
        return mtmi_error_memory(err);
    }
    out->lines[out->n++] = (mtmi_proposed_line){patch, {first->when[0], second->when[0]}, NULL};
    return MTM_OK;
}

static const mtm_dataset *dataset_of(const mtmi_trial *trial, const char *name) {
    const mtm_dataset *found = NULL;
    for (size_t i = 0; trial->package != NULL && i < trial->package->n_datasets; i++) {
        found = strcmp(mtmi_dataset_name(trial->package->datasets[i]), name) == 0 ? trial->package->datasets[i] : found;
    }
    return found;
}

/* Both lines together, kept where they restore the figure. */
static mtm_status try_both(mtmi_proposing *proposer, const mtmi_refused_figure *refused, const mtmi_proposed_line *line,
                           const mtmi_proposed_line *more, mtmi_advice *kept, mtm_error *err) {
    mtmi_advice both = {.resource = kept->resource};
    mtmi_trial second;
    mtm_status status = MTM_OK;
    memset(&second, 0, sizeof second);
    MTMI_TRY(join(&both, line, more, err));
    MTMI_TRY(try_line(proposer, kept->resource, &both.lines[0], &second, err));
    if (mtmi_trial_has(&second, refused)) {
        status = list_restored(proposer, &second, &both.lines[0], err);
        kept->lines[kept->n++] = both.lines[0];
        both.n = 0;
    }
out:
    mtmi_trial_free(&second);
    mtmi_advice_free(&both);
    return status;
}

/* The line is not enough: the figure is refused for another reason now, for which there are lines too. */
static mtm_status try_second(mtmi_proposing *proposer, const mtm_dataset *dataset, const mtmi_refused_figure *refused,
                             const mtmi_trial *trial, const mtmi_proposed_line *line, mtmi_advice *kept,
                             mtm_error *err) {
    const json_t *resource = json_array_get(json_object_get(proposer->json, "resources"), kept->resource);
    const mtm_dataset *now = dataset_of(trial, mtmi_dataset_name(dataset));
    mtmi_refused_figure other = *refused;
    mtmi_advice more = {.resource = kept->resource};
    other.reason = mtmi_trial_reason(trial, refused);
    if (now == NULL || other.reason == refused->reason || !mtmi_refused_for_coverage(other.reason)) {
        return MTM_OK;
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_candidates(now, resource, &other, &more, err));
    for (size_t i = 0; i < more.n && kept->n < MTMI_LINES_MAX; i++) {
        MTMI_TRY(try_both(proposer, refused, line, &more.lines[i], kept, err));
    }
out:
    mtmi_advice_free(&more);
    return status;
}

/* The lines among the candidates that restore the figure. */
static mtm_status try_all(mtmi_proposing *proposer, const mtm_dataset *dataset, const mtmi_refused_figure *refused,
                          mtmi_advice *candidates, mtmi_advice *kept, mtm_error *err) {
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < candidates->n && kept->n < MTMI_LINES_MAX && status == MTM_OK; i++) {
        mtmi_proposed_line *line = &candidates->lines[i];
        mtmi_trial trial;
        if (proposer->n_trials >= TRIALS_MAX) {
            return MTM_OK;
        }
        if (kept->n > 0 && json_object_size(json_object_get(line->patch, "frame")) > 1) {
            continue; /* one dimension is enough */
        }
        status = try_line(proposer, kept->resource, line, &trial, err);
        if (status == MTM_OK && mtmi_trial_has(&trial, refused)) {
            status = list_restored(proposer, &trial, line, err);
            kept->lines[kept->n++] = *line;
            *line = (mtmi_proposed_line){NULL, {NULL, NULL}, NULL};
        } else if (status == MTM_OK && dataset != NULL) {
            status = try_second(proposer, dataset, refused, &trial, line, kept, err);
        }
        mtmi_trial_free(&trial);
    }
    return status;
}

/* ---- one figure after the other ---- */

/* The resource of a name, or SIZE_MAX. */
static size_t resource_of(const mtmi_proposing *proposer, const char *wanted) {
    const json_t *list = json_object_get(proposer->json, "resources");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *name = json_string_value(json_object_get(json_array_get(list, i), "name"));
        if (name != NULL && strcmp(name, wanted) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* The first of the lines is the package's from now on. */
static mtm_status choose(mtmi_proposing *proposer, mtmi_advice *advice, mtm_error *err) {
    json_t *with = mtmi_trial_with(proposer->json, advice->resource, advice->lines[0].patch);
    mtmi_trial trial;
    if (with == NULL) {
        return mtmi_error_memory(err);
    }
    json_decref(proposer->json);
    proposer->json = with;
    MTMI_CHECK_STATUS(mtmi_trial_run(proposer, proposer->json, &trial, err));
    for (size_t i = 0; i < proposer->n_refused; i++) {
        proposer->refused[i].restored |= mtmi_trial_has(&trial, &proposer->refused[i]);
        proposer->refused[i].after =
            proposer->refused[i].restored ? MTM_REASON_NONE : mtmi_trial_reason(&trial, &proposer->refused[i]);
    }
    mtmi_trial_free(&trial);
    return mtmi_advice_add(proposer, advice, err);
}

static mtm_status try_dataset(mtmi_proposing *proposer, const mtm_dataset *dataset, const mtmi_refused_figure *refused,
                              mtm_error *err) {
    mtmi_advice candidates, kept;
    memset(&candidates, 0, sizeof candidates);
    memset(&kept, 0, sizeof kept);
    candidates.resource = kept.resource = resource_of(proposer, mtmi_dataset_name(dataset));
    if (kept.resource == SIZE_MAX) {
        return MTM_OK;
    }
    const json_t *resource = json_array_get(json_object_get(proposer->json, "resources"), kept.resource);
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_candidates(dataset, resource, refused, &candidates, err));
    MTMI_TRY(try_all(proposer, dataset, refused, &candidates, &kept, err));
    if (kept.n > 0) {
        MTMI_TRY(mtmi_advice_evidence(proposer, dataset, refused, &kept.evidence, err));
        MTMI_TRY(choose(proposer, &kept, err));
    }
out:
    mtmi_advice_free(&candidates);
    mtmi_advice_free(&kept);
    return status;
}

/* Days of the value, or of the base, that the files of a resource may cover. */
static mtm_status try_microdata(mtmi_proposing *proposer, const mtmi_microdata *microdata,
                                const mtmi_refused_figure *refused, mtm_error *err) {
    const mtm_result *result = &proposer->now.results->results[refused->result];
    const size_t at = resource_of(proposer, microdata->name);
    const json_t *resource = json_array_get(json_object_get(proposer->json, "resources"), at);
    const char *concept = json_string_value(json_object_get(json_object_get(resource, "mtm"), "concept"));
    const int with = refused->of - MTM_LINEAGE_PREVIOUS;
    const mtm_period period = with >= 0 ? result->comparisons[with].period : result->period;
    mtmi_advice candidates, kept;
    memset(&candidates, 0, sizeof candidates);
    memset(&kept, 0, sizeof kept);
    if (concept == NULL || result->concept == NULL ||
        (strcmp(concept, result->concept) != 0 && strcmp(result->concept, "registration") != 0)) {
        return MTM_OK;
    }
    candidates.resource = kept.resource = at;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_candidates_microdata(proposer->now.package, microdata->name, resource, period, &candidates, err));
    MTMI_TRY(try_all(proposer, NULL, refused, &candidates, &kept, err));
    if (kept.n > 0) {
        kept.evidence = candidates.evidence != NULL ? json_incref(candidates.evidence) : json_array();
        MTMI_TRY(kept.evidence == NULL ? mtmi_error_memory(err) : choose(proposer, &kept, err));
    }
out:
    mtmi_advice_free(&candidates);
    mtmi_advice_free(&kept);
    return status;
}

static mtm_status settle_figure(mtmi_proposing *proposer, mtmi_refused_figure *refused, mtm_error *err) {
    const char *concept = proposer->now.results->results[refused->result].concept;
    for (size_t i = 0; i < proposer->now.package->n_datasets && !refused->restored; i++) {
        const mtm_dataset *dataset = proposer->now.package->datasets[i];
        if (concept != NULL && strcmp(mtmi_dataset_concept(dataset), concept) == 0) {
            MTMI_CHECK_STATUS(try_dataset(proposer, dataset, refused, err));
        }
    }
    const int lacks_days =
        refused->reason == MTM_REASON_COVERAGE_INCOMPLETE || refused->reason == MTM_REASON_EXTENT_DIFFERS;
    for (size_t i = 0; i < proposer->now.package->n_microdata && lacks_days && !refused->restored; i++) {
        MTMI_CHECK_STATUS(try_microdata(proposer, &proposer->now.package->microdata[i], refused, err));
    }
    return MTM_OK;
}

/* The latest period that some table has, the shortest of those; for packages that name none. */
static mtm_period latest_period(const mtm_package *package) {
    mtm_period latest = {INT32_MIN, INT32_MIN};
    for (size_t i = 0; i < package->n_datasets; i++) {
        const mtm_dataset *dataset = package->datasets[i];
        for (size_t row = 0; row < dataset->n; row++) {
            const mtm_period at = dataset->periods[row];
            if (at.last > latest.last || (at.last == latest.last && at.first > latest.first)) {
                latest = at;
            }
        }
    }
    return latest;
}

static mtm_status compute_now(mtmi_proposing *proposer, mtm_error *err) {
    mtmi_proposing reading = *proposer;
    reading.catalogue = NULL;
    mtm_status status = mtmi_trial_run(&reading, proposer->json, &proposer->now, err);
    if (status != MTM_OK || !proposer->now.reads) {
        if (status == MTM_OK && err != NULL) {
            *err = proposer->now.why;
        }
        return status == MTM_OK ? (mtm_status)proposer->now.why.status : status;
    }
    proposer->period =
        proposer->now.package->has_period ? proposer->now.package->period : latest_period(proposer->now.package);
    mtmi_trial_free(&proposer->now);
    if (proposer->period.last == INT32_MIN && proposer->computing->period == NULL &&
        proposer->computing->n_periods == 0) {
        return MTM_OK; /* nothing can be computed */
    }
    status = mtmi_trial_run(proposer, proposer->json, &proposer->now, err);
    if (status == MTM_OK && !proposer->now.reads) {
        if (err != NULL) {
            *err = proposer->now.why;
        }
        status = (mtm_status)proposer->now.why.status;
    }
    return status;
}

static mtm_status settle_figures(mtmi_proposing *proposer, mtm_error *err) {
    MTMI_CHECK_STATUS(compute_now(proposer, err));
    if (proposer->now.results != NULL) {
        MTMI_CHECK_STATUS(mtmi_refused_list(proposer->now.results, &proposer->refused, &proposer->n_refused, err));
    }
    for (size_t i = 0; i < proposer->n_refused; i++) {
        if (!proposer->refused[i].restored) {
            MTMI_CHECK_STATUS(settle_figure(proposer, &proposer->refused[i], err));
        }
    }
    return MTM_OK;
}

/* ---- the call ---- */

static int is_package(const char *path) {
    const size_t n = strlen(path);
    const int descriptor = mtmi_io_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK, 0);
    if (descriptor >= 0) {
        mtmi_io_close(descriptor);
    }
    return descriptor >= 0 || (n > 5 && strcmp(path + n - 5, ".json") == 0);
}

/* A file is described first; the proposal stands where the file is. */
static mtm_status describe_file(mtmi_proposing *proposer, const char *path, mtm_error *err) {
    const char *slash = strrchr(path, '/');
    const int beside = mtmi_path_wrong(path) != NULL && slash != NULL;
    mtm_buffer *text = NULL;
    proposer->file = mtmi_memory_copy_text("datapackage.json");
    proposer->folder =
        beside ? mtmi_memory_copy_bytes(path, slash == path ? 1 : (size_t)(slash - path)) : mtmi_memory_copy_text(".");
    mtm_status status = MTM_OK;
    if (proposer->file == NULL || proposer->folder == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    MTMI_TRY(mtmi_package_describe(&path, 1, proposer->reading, NULL, &text, err));
    MTMI_TRY(mtmi_json_load(mtm_buffer_data(text), mtm_buffer_size(text), proposer->file, &proposer->json, err));
out:
    mtm_buffer_free(text);
    return status;
}

static mtm_status propose(mtmi_proposing *proposer, const char *path, mtm_format format, mtm_buffer **out,
                          mtm_error *err) {
    MTMI_CHECK_STATUS(is_package(path)
                          ? mtmi_descriptor_load(path, proposer->reading != NULL ? proposer->reading->as_of : NULL,
                                                 &proposer->folder, &proposer->file, &proposer->json, err)
                          : describe_file(proposer, path, err));
    proposer->unread = json_array();
    if (proposer->unread == NULL) {
        return mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(mtmi_propose_units(proposer, err));
    MTMI_CHECK_STATUS(settle_figures(proposer, err));
    return mtmi_propose_render(proposer, format, out, err);
}

static void close_proposing(mtmi_proposing *proposer) {
    for (size_t i = 0; i < proposer->n_advice; i++) {
        mtmi_advice_free(&proposer->advice[i]);
    }
    mtmi_trial_free(&proposer->now);
    mtmi_memory_free(proposer->advice);
    mtmi_memory_free(proposer->refused);
    mtmi_memory_free(proposer->folder);
    mtmi_memory_free(proposer->file);
    json_decref(proposer->unread);
    json_decref(proposer->json);
}

mtm_status mtm_package_propose(const mtm_source *source, const mtm_read_options *reading,
                               const mtm_catalogue *catalogue, const mtm_compute_options *computing, mtm_format format,
                               mtm_buffer **out, mtm_error *err) {
    mtm_read_options read = MTM_READ_OPTIONS_INIT;
    mtm_compute_options compute = MTM_COMPUTE_OPTIONS_INIT;
    mtm_catalogue *built_in = NULL;
    mtmi_proposing proposer;
    mtm_source from;
    memset(&proposer, 0, sizeof proposer);
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "not NULL");
    }
    *out = NULL;
    mtm_status status = MTM_OK;
    MTMI_CHECK_STATUS(mtmi_source_take(source, &from, err));
    if (from.kind != MTM_SOURCE_PATH) {
        mtmi_source_drop(&from);
        return mtmi_error_argument(err, "source", "the path of a data package or of a file");
    }
    if (format != MTM_FORMAT_TEXT && format != MTM_FORMAT_JSON) {
        return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){"format", 0, 0},
                              "found another format, expected text or json");
    }
    MTMI_TRY(mtmi_options_copy(&read, sizeof read, reading, "reading", err));
    MTMI_TRY(mtmi_options_copy(&compute, sizeof compute, computing, "computing", err));
    if (catalogue == NULL) {
        MTMI_TRY(mtm_catalogue_new(&built_in, err));
    }
    proposer.reading = &read;
    proposer.computing = &compute;
    proposer.catalogue = catalogue != NULL ? catalogue : built_in;
    MTMI_TRY(propose(&proposer, from.path, format, out, err));
out:
    close_proposing(&proposer);
    mtm_catalogue_free(built_in);
    return status;
}
