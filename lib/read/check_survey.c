/* Checks the resource of a survey: its rows, weights, design and answers, by reading it. */
#include "read/check_survey.h"

#include "base/error.h"
#include "base/json_read.h"
#include "base/try.h"

#include <mtm/survey.h>

#include <jansson.h>
#include <string.h>

/* "MTM-E201": 201 */
static int code_of(const json_t *entry) {
    const char *code = json_string_value(json_object_get(entry, "code"));
    int number = 0;
    for (const char *digit = code != NULL && strlen(code) > 5 ? code + 5 : ""; *digit >= '0' && *digit <= '9';
         digit++) {
        number = number * 10 + (*digit - '0');
    }
    return number;
}

static mtm_status add_entry(mtm_check *check, const json_t *entry, int error, const char *expected, mtm_error *err) {
    const char *found = json_string_value(json_object_get(entry, "found"));
    const char *reason = json_string_value(json_object_get(entry, "reason"));
    const char *text = json_string_value(json_object_get(entry, "text"));
    mtmi_diagnostic_input said = {.error = error, .code = code_of(entry), .status = error ? MTM_ERROR_VALUE : MTM_OK};
    said.line = (int64_t)json_integer_value(json_object_get(entry, "line"));
    reason = reason != NULL ? reason : text;
    int shows = found != NULL && found[0] != '\0';
    said.found = shows ? found : reason;
    said.found_size = said.found != NULL ? strlen(said.found) : 0;
    said.prose = shows ? 0 : 1;
    said.expected = expected;
    said.hint = shows ? reason : NULL;
    return mtmi_check_add(check, &said, err);
}

static const char *expected_of(int code) {
    switch (code) {
    case MTMI_CODE_SURVEY_WEIGHT_MISSING:
    case MTMI_CODE_SURVEY_WEIGHT: return "a weight of 0 or more";
    case MTMI_CODE_SURVEY_TWICE: return "each interview once";
    case MTMI_CODE_SURVEY_ROSTER: return "an interview that its parent names";
    case MTMI_CODE_SURVEY_ROW: return "as many cells as the header has";
    case MTMI_CODE_SURVEY_ANSWER: return "an answer of the form";
    case MTMI_CODE_SURVEY_NO_ANSWER: return "a number, or a declared code of no answer";
    case MTMI_CODE_SURVEY_NOT_EXPECTED: return "no answer where the form does not ask";
    case MTMI_CODE_SURVEY_FRACTION: return "the number of units there are, or the fraction drawn";
    case MTMI_CODE_SURVEY_WEIGHT_ZERO: return "a weight above 0";
    default: return "one over the chance of being drawn";
    }
}

static mtm_status add_all(mtm_check *check, const json_t *list, int error, mtm_error *err) {
    size_t i;
    json_t *entry;
    json_array_foreach((json_t *)list, i, entry) {
        MTMI_CHECK_STATUS(add_entry(check, entry, error, expected_of(code_of(entry)), err));
    }
    return MTM_OK;
}

static mtm_status add_findings(mtm_check *check, const json_t *about, mtm_error *err) {
    const json_t *rows = json_object_get(about, "rows");
    const char *roster = json_string_value(json_object_get(about, "roster"));
    MTMI_CHECK_STATUS(roster == NULL ? MTM_OK : mtmi_check_rename(check, roster, err)); /* its rows are counted */
    mtmi_check_file *file = mtmi_check_at_file(check);
    file->rows[MTM_ROWS_IN] =
        (int64_t)(json_integer_value(json_object_get(rows, "in")) + json_integer_value(json_object_get(rows, "blank")));
    file->rows[MTM_ROWS_ACCEPTED] = (int64_t)json_integer_value(json_object_get(rows, "kept"));
    file->rows[MTM_ROWS_REJECTED] = (int64_t)json_integer_value(json_object_get(rows, "refused"));
    file->rows[MTM_ROWS_NOT_DATA] = (int64_t)json_integer_value(json_object_get(rows, "blank"));
    MTMI_CHECK_STATUS(add_all(check, json_object_get(about, "refused"), 1, err));
    MTMI_CHECK_STATUS(add_all(check, json_object_get(about, "notes"), 0, err));
    return add_all(check, json_object_get(json_object_get(about, "doubtful"), "list"), 0, err);
}

mtm_status mtmi_check_survey(const char *path, const mtmi_resource *resource, mtm_check *check, mtm_error *err) {
    const mtm_source source = MTM_SOURCE_PATH_INIT(path);
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey *survey = NULL;
    mtm_buffer *text = NULL;
    json_t *about = NULL;
    mtm_status status;
    MTMI_TRY(mtmi_check_start(check, resource->paths[0], resource->name, err));
    mtmi_check_at_file(check)->microdata = 1;
    options.resource = resource->name;
    MTMI_TRY(mtm_survey_read(&source, &options, &survey, err));
    MTMI_TRY(mtm_survey_describe(survey, MTM_FORMAT_JSON, &text, err));
    MTMI_TRY(mtmi_json_load(mtm_buffer_data(text), mtm_buffer_size(text), resource->name, &about, err));
    MTMI_TRY(add_findings(check, about, err));
out:
    json_decref(about);
    mtm_buffer_free(text);
    mtm_survey_free(survey);
    return status;
}
