/* Opens a survey: finds its resource or file, reads its rows, builds its design, calibrates its weights.
 * Invariant: what is handed over is frozen, and every part of the declared design was found in the data. */
#include "survey/composite.h"
#include "survey/form/form.h"
#include "survey/form/roster.h"
#include "survey/read_survey.h"
#include "base/try.h"

#include "base/error.h"
#include "base/io.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "read/arrow/arrow_rows.h"
#include "read/container.h"
#include "read/descriptor/descriptor.h"
#include "read/open_file.h"
#include "read/xlsx/xlsx_rows.h"

#include <fcntl.h>
#include <string.h>

typedef struct opener {
    mtm_survey_options options;
    mtm_source from;   /* the caller's; borrowed until the end */
    int taken;         /* its Arrow stream belongs to the rows */
    mtmi_rows *stream; /* rows of an Arrow stream; NULL: of sources */
    mtm_survey *survey;
    json_t *declared; /* the object "survey" */
    json_t *keep;
    mtmi_descriptor *descriptor;
    mtmi_resource *own; /* of a file alone */
    const mtmi_resource *resource;
    mtmi_source **sources;
    size_t n_sources;
    mtmi_survey_seen own_seen, *seen;
    mtm_error *err;
} opener;

static int is_package(const char *path) {
    size_t n = strlen(path);
    if (n > 5 && strcmp(path + n - 5, ".json") == 0) {
        return 1;
    }
    int folder = mtmi_io_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK, 0);
    if (folder >= 0) {
        mtmi_io_close(folder);
    }
    return folder >= 0;
}

static mtm_status load_survey(const mtmi_resource *resource, json_t **out, mtm_error *err) {
    json_t *json = NULL;
    mtm_status status = mtmi_json_load(resource->json, strlen(resource->json), resource->name, &json, err);
    json_t *declared = json_object_get(json_object_get(json, "mtm"), "survey");
    *out = status == MTM_OK ? json_incref(declared) : NULL;
    json_decref(json);
    return status;
}

/* The first that fits; of the releases of a store the latest, and among those of one day the first. */
static int is_better(const opener *at, const mtmi_resource *one) {
    return at->resource == NULL ||
           (at->descriptor->is_store && one->release.date.last > at->resource->release.date.last);
}

static mtm_status find_resource(opener *at, const char *path) {
    const char *name = at->options.resource;
    const int is_given = at->declared != NULL;
    MTMI_CHECK_STATUS(mtmi_descriptor_read(path, at->options.as_of, &at->descriptor, at->err));
    for (size_t i = 0; i < at->descriptor->n_resources; i++) {
        const mtmi_resource *one = at->descriptor->resources[i];
        json_t *declared = NULL;
        MTMI_CHECK_STATUS(load_survey(one, &declared, at->err));
        if ((name == NULL ? declared != NULL : strcmp(name, one->name) == 0) && is_better(at, one)) {
            at->resource = one;
            if (!is_given) {
                json_decref(at->declared);
                at->declared = json_incref(declared);
            }
        }
        json_decref(declared);
    }
    if (at->resource == NULL) {
        return mtmi_error_set(at->err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){path, 0, 0},
                              name == NULL ? "no resource is a survey: expected \"mtm\": {\"survey\": {...}} in one"
                                           : "there is no resource %q",
                              name);
    }
    return mtmi_descriptor_open(at->descriptor, at->resource, 0, &at->sources, &at->n_sources, at->err);
}

static mtm_status open_file(opener *at) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    const char *title = mtmi_source_title(&at->from);
    MTMI_CHECK_STATUS(mtmi_open_resource(&options, title, &at->own, at->err));
    at->resource = at->own;
    if (at->from.kind == MTM_SOURCE_ARROW) {
        mtmi_limits limits = mtmi_limits_of(NULL);
        at->taken = 1;
        return mtmi_arrow_rows_new(at->from.stream, title, &limits, &at->stream, at->err);
    }
    at->sources = mtmi_memory_new(1, sizeof *at->sources);
    if (at->sources == NULL) {
        return mtmi_error_memory(at->err);
    }
    MTMI_CHECK_STATUS(mtmi_open_source(&at->from, 0, at->sources, at->err));
    at->n_sources = 1;
    return MTM_OK;
}

static mtm_status load_options(opener *at) {
    const char *survey = at->options.survey, *columns = at->options.columns;
    if (survey != NULL) {
        MTMI_CHECK_STATUS(mtmi_json_load(survey, strlen(survey), "survey", &at->declared, at->err));
    }
    if (columns != NULL) {
        MTMI_CHECK_STATUS(mtmi_json_load(columns, strlen(columns), "columns", &at->keep, at->err));
    }
    return columns == NULL || json_is_array(at->keep)
               ? MTM_OK
               : mtmi_error_argument(at->err, "columns", "a JSON array of names");
}

/* Another sheet of the same file, or another file of the package. */
static mtm_status open_roster(opener *at, mtmi_source **source, mtmi_rows **rows) {
    const mtmi_survey_plan *plan = &at->survey->plan;
    mtmi_limits limits = mtmi_limits_of(NULL);
    mtmi_source *from = at->n_sources > 0 ? at->sources[0] : NULL;
    if (plan->roster_path != NULL) {
        MTMI_CHECK_STATUS(at->descriptor != NULL
                              ? mtmi_descriptor_open_file(at->descriptor, plan->roster_path, source, at->err)
                              : mtmi_source_open(plan->roster_path, plan->roster_path, source, at->err));
        from = *source;
    }
    if (plan->roster_sheet != NULL && from != NULL) {
        return mtmi_xlsx_rows_open(plan->roster_sheet, from, &limits, NULL, rows, at->err);
    }
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    MTMI_CHECK_STATUS(from == NULL ? mtmi_error_argument(at->err, "roster", "a file beside the interviews") : MTM_OK);
    mtmi_resource_free(at->own);
    at->own = NULL;
    MTMI_CHECK_STATUS(mtmi_open_resource(&options, plan->roster_path, &at->own, at->err));
    return mtmi_rows_open(at->own, from, &limits, NULL, rows, at->err);
}

/* Members of the households become the rows. */
static mtm_status join_roster(opener *at) {
    mtmi_source *source = NULL;
    mtmi_rows *rows = NULL;
    mtm_status status = MTM_OK;
    if (at->survey->plan.roster_key == NULL) {
        return MTM_OK;
    }
    MTMI_TRY(at->survey->fold != NULL
                 ? mtmi_error_set(at->err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){at->survey->name, 0, 0},
                                  "a state takes no roster; join it first")
                 : MTM_OK);
    MTMI_TRY(open_roster(at, &source, &rows));
    MTMI_TRY(mtmi_survey_join_roster(at->survey, rows, at->err));
out:
    mtmi_rows_free(rows);
    mtmi_source_free(source);
    return status;
}

static mtm_status read_files(opener *at) {
    mtmi_limits limits = mtmi_limits_of(NULL);
    if (at->stream != NULL) {
        MTMI_CHECK_STATUS(mtmi_survey_read_rows(at->survey, at->stream, at->keep, &at->options, at->seen, at->err));
    }
    for (size_t i = 0; i < at->n_sources; i++) {
        mtmi_rows *rows = NULL;
        MTMI_CHECK_STATUS(mtmi_rows_open(at->resource, at->sources[i], &limits, NULL, &rows, at->err));
        mtm_status status = mtmi_survey_read_rows(at->survey, rows, at->keep, &at->options, at->seen, at->err);
        mtmi_rows_free(rows);
        MTMI_CHECK_STATUS(status);
    }
    MTMI_CHECK_STATUS(join_roster(at));
    if (at->survey->fold != NULL) {
        MTMI_CHECK_STATUS(at->survey->fold(at->survey->fold_data, at->survey, at->err));
        at->survey->frame->n_rows = 0;
        return MTM_OK;
    }
    if (at->survey->frame->n_rows == 0) {
        return mtmi_error_set(at->err, MTM_ERROR_VALUE, 0, (mtmi_place){at->survey->name, 0, 0},
                              "no row can be used: %lld of %lld were refused", (long long)at->survey->rows_refused,
                              (long long)at->survey->rows_in);
    }
    return MTM_OK;
}

/* Questions of the form, outside of repeats or in them, under those that are there. */
static mtm_status join_form(opener *at, const char *form, int of_repeats) {
    mtmi_survey_plan *plan = &at->survey->plan;
    int in_package = at->options.form == NULL && at->descriptor != NULL;
    mtmi_source *source = NULL;
    json_t *questions = NULL, *joined = NULL;
    mtm_status status;
    MTMI_TRY(in_package ? mtmi_descriptor_open_file(at->descriptor, form, &source, at->err)
                        : mtmi_source_open(form, form, &source, at->err));
    MTMI_TRY(mtmi_form_read(source, form, of_repeats, &questions, at->err));
    MTMI_TRY(mtmi_form_join(plan->questions, questions, &joined, at->err));
    json_decref(plan->joined);
    plan->questions = plan->joined = joined;
out:
    json_decref(questions);
    mtmi_source_free(source);
    return status;
}

/* The questions of the form under those that are declared; of a roster those of repeats first. */
static mtm_status read_form(opener *at) {
    const mtmi_survey_plan *plan = &at->survey->plan;
    const char *form = at->options.form != NULL ? at->options.form : plan->form;
    if (form == NULL) {
        return MTM_OK;
    }
    if (plan->roster_key != NULL) {
        MTMI_CHECK_STATUS(join_form(at, form, 1));
    }
    return join_form(at, form, 0);
}

mtm_status mtmi_survey_settle(mtm_survey *survey, const char *resource, mtm_error *err) {
    mtmi_survey_frame_judge_commas(survey->frame);
    MTMI_CHECK_STATUS(mtmi_composites_add(survey->frame, &survey->plan, resource, err));
    MTMI_CHECK_STATUS(mtmi_survey_design_new(survey->frame, &survey->plan, survey->name, &survey->design, err));
    if (survey->plan.calibration != NULL) {
        MTMI_CHECK_STATUS(mtmi_calibrate(survey->frame, survey->plan.calibration, survey->name, survey->design, err));
    }
    return mtmi_replicates_new(survey->frame, &survey->plan, survey->name, &survey->replicates, err);
}

static mtm_status build_survey(opener *at) {
    mtm_survey *survey = at->survey;
    survey->name =
        mtmi_memory_copy_text(at->stream != NULL ? mtmi_source_title(&at->from) : mtmi_source_name(at->sources[0]));
    survey->resource = mtmi_memory_copy_text(at->resource->name);
    if (survey->name == NULL || survey->resource == NULL) {
        return mtmi_error_memory(at->err);
    }
    MTMI_CHECK_STATUS(mtmi_survey_plan_read(at->declared, at->resource->name, &survey->plan, at->err));
    MTMI_CHECK_STATUS(read_form(at));
    MTMI_CHECK_STATUS(read_files(at));
    return survey->fold != NULL ? MTM_OK : mtmi_survey_settle(survey, at->resource->name, at->err);
}

mtm_status mtmi_survey_read_folded(const mtm_source *source, const mtm_survey_options *options, mtmi_survey_fold fold,
                                   void *data, mtmi_survey_seen *seen, mtm_survey **out, mtm_error *err) {
    opener at = {.options = MTM_SURVEY_OPTIONS_INIT, .err = err};
    at.seen = seen != NULL ? seen : &at.own_seen;
    mtm_status status = mtmi_source_take(source, &at.from, err);
    if (out != NULL) {
        *out = NULL;
    }
    if (status != MTM_OK) {
        return status;
    }
    MTMI_TRY(out == NULL ? mtmi_error_argument(err, "out", "not NULL") : MTM_OK);
    MTMI_TRY(mtmi_options_copy(&at.options, sizeof at.options, options, "options", err));
    MTMI_TRY(load_options(&at));
    at.survey = mtmi_memory_new(1, sizeof *at.survey);
    MTMI_TRY(at.survey == NULL ? mtmi_error_memory(err) : MTM_OK);
    at.survey->fold = fold;
    at.survey->fold_data = data;
    MTMI_TRY(at.from.kind == MTM_SOURCE_PATH && is_package(at.from.path) ? find_resource(&at, at.from.path)
                                                                         : open_file(&at));
    MTMI_TRY(build_survey(&at));
    *out = at.survey;
    at.survey = NULL;
out:
    mtmi_survey_free(at.survey);
    json_decref(at.declared);
    json_decref(at.keep);
    mtmi_rows_free(at.stream);
    mtmi_sources_free(at.sources, at.n_sources);
    if (!at.taken) {
        mtmi_source_drop(&at.from);
    }
    mtmi_resource_free(at.own);
    mtmi_descriptor_free(at.descriptor);
    mtmi_seen_clear(&at.own_seen);
    return status;
}

mtm_status mtmi_survey_check_settled(const mtm_survey *survey, mtm_error *err) {
    if (survey->unsettled != MTM_OK && err != NULL) {
        *err = survey->why;
    }
    return survey->unsettled;
}

void mtmi_survey_refusals_free(mtmi_survey_refusal *refusals, size_t n) {
    for (size_t i = 0; i < n; i++) {
        mtmi_memory_free(refusals[i].found);
        mtmi_memory_free(refusals[i].source);
        mtmi_memory_free(refusals[i].earlier);
    }
    mtmi_memory_free(refusals);
}

void mtmi_survey_free(mtm_survey *survey) {
    if (survey == NULL) {
        return;
    }
    mtmi_survey_refusals_free(survey->refusals, survey->n_refusals);
    mtmi_memory_free(survey->name);
    mtmi_memory_free(survey->resource);
    mtmi_replicates_free(survey->replicates);
    if (survey->design != NULL) {
        mtmi_calibration_free(survey->design->calibration);
    }
    mtmi_survey_design_free(survey->design);
    mtmi_survey_frame_free(survey->frame);
    mtmi_survey_plan_free(&survey->plan);
    mtmi_memory_free(survey);
}
