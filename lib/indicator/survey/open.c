/* Opens a survey that is a resource of a package, with its design. */
#include "indicator/survey/open.h"

#include "base/error.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

mtm_status mtmi_survey_open(const mtm_package *package, mtmi_open_survey *at, mtm_error *err) {
    const mtm_source source = MTM_SOURCE_PATH_INIT(package->folder);
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_buffer *text = NULL;
    mtm_status status = MTM_OK;
    if (at->about != NULL) {
        return MTM_OK;
    }
    options.resource = at->resource->name;
    MTMI_TRY(mtm_survey_read(&source, &options, &at->survey, err));
    MTMI_TRY(mtm_survey_describe(at->survey, MTM_FORMAT_JSON, &text, err));
    MTMI_TRY(mtmi_json_load(mtm_buffer_data(text), mtm_buffer_size(text), at->resource->name, &at->about, err));
out:
    mtm_buffer_free(text);
    return status;
}

void mtmi_survey_close(mtmi_open_survey *at) {
    mtm_survey_free(at->survey);
    json_decref(at->about);
}

const json_t *mtmi_open_survey_question(const mtmi_open_survey *at, const char *name, int *sensitive) {
    size_t i;
    json_t *question;
    *sensitive = 0;
    json_array_foreach(json_object_get(at->about, "questions"), i, question) {
        const char *known = json_string_value(json_object_get(question, "name"));
        if (known != NULL && strcmp(known, name) == 0) {
            *sensitive = json_is_true(json_object_get(question, "sensitive"));
            return json_object_get(question, "declared");
        }
    }
    return NULL;
}

static int copy_text(char **out, const json_t *value) {
    const char *text = json_string_value(value);
    *out = mtmi_memory_copy_text(text != NULL ? text : "");
    return *out != NULL;
}

static int64_t count(const json_t *object, const char *key) {
    return (int64_t)json_integer_value(json_object_get(object, key));
}

int mtmi_label_titles(const json_t *label, const char *otherwise, mtmi_titles *out) {
    static const char *const languages[] = {"en", "ru", "kk"};
    const json_t *any = json_is_object(label) ? json_object_iter_value(json_object_iter((json_t *)label)) : label;
    const char *text = json_string_value(any);
    int whole = 1, found = 0;
    for (int i = 0; i < 3 && json_is_object(label); i++) {
        const char *one = json_string_value(json_object_get(label, languages[i]));
        if (one != NULL && *one != '\0') {
            out->text[i] = mtmi_memory_copy_text(one);
            whole &= out->text[i] != NULL;
            found = 1;
        }
    }
    if (!found) {
        out->text[0] = mtmi_memory_copy_text(text != NULL && *text != '\0' ? text : otherwise);
        whole &= out->text[0] != NULL;
    }
    return whole;
}

static int source_title(const mtmi_open_survey *at, mtmi_titles *out, int *of_members) {
    json_t *resource = NULL;
    const char *json = at->resource->resource;
    if (mtmi_json_load(json, strlen(json), at->resource->name, &resource, NULL) != MTM_OK) {
        return 0;
    }
    const json_t *survey = json_object_get(json_object_get(resource, "mtm"), "survey");
    const json_t *own = json_object_get(survey, "title");
    const json_t *title = own != NULL ? own : json_object_get(resource, "title");
    *of_members = json_object_get(survey, "roster") != NULL;
    int whole = mtmi_label_titles(title, at->resource->name, out);
    json_decref(resource);
    return whole;
}

int mtmi_open_survey_source(const mtmi_open_survey *at, mtmi_survey_source *out) {
    const json_t *about = at->about, *rows = json_object_get(about, "rows");
    const json_t *stages = json_object_get(about, "stages"), *first = json_array_get(stages, 0);
    const char *sampling = json_string_value(json_object_get(about, "sampling"));
    memset(out, 0, sizeof *out);
    out->rows_in = count(rows, "in");
    out->rows_kept = count(rows, "kept");
    out->rows_refused = count(rows, "refused");
    out->n_stages = (int64_t)json_array_size(stages);
    out->n_strata = json_is_string(json_object_get(first, "strata")) ? count(first, "n_strata") : 0;
    out->n_clusters = json_is_string(json_object_get(first, "clusters")) ? count(first, "n_clusters") : 0;
    out->n_lonely = count(about, "lonely_strata");
    out->n_replicates = count(about, "n_replicates");
    out->df = json_number_value(json_object_get(about, "df"));
    out->weighted = json_is_string(json_object_get(about, "weight"));
    out->corrected = json_is_true(json_object_get(about, "corrected"));
    out->calibrated = json_is_true(json_object_get(about, "calibrated"));
    out->purposive = sampling != NULL && strcmp(sampling, "purposive") == 0;
    int whole = source_title(at, &out->title, &out->of_members);
    out->resource = mtmi_memory_copy_text(at->resource->name);
    whole &= out->resource != NULL;
    return whole & copy_text(&out->population, json_object_get(about, "population")) &
           copy_text(&out->lonely, json_object_get(about, "lonely")) &
           copy_text(&out->replicates, json_object_get(about, "replicates"));
}
