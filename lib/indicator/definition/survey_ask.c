/* Reads the object "survey" of a definition. Whether a survey has the question is checked when it is asked. */
#include "indicator/definition/survey_ask.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

typedef struct reader {
    const char *file, *id;
    mtm_error *err;
} reader;

static mtm_status wrong(const reader *at, const char *property, const char *expected) {
    return mtmi_error_set(at->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){at->file, 0, 0}, "%s: %s: expected %s", at->id,
                          property, expected);
}

static mtm_status read_text(const reader *at, const json_t *object, const char *property, const char **out) {
    const json_t *value = json_object_get(object, property);
    *out = json_string_value(value);
    return value == NULL || (*out != NULL && **out != '\0') ? MTM_OK : wrong(at, property, "a text that is not empty");
}

static mtm_status read_share(const reader *at, const json_t *object, const char *property, double *out) {
    const json_t *value = json_object_get(object, property);
    *out = value == NULL ? 0 : json_number_value(value);
    return value == NULL || (*out > 0 && *out < 1) ? MTM_OK : wrong(at, property, "a number above 0 and below 1");
}

/* A text, or a list of them. */
static mtm_status read_by(const reader *at, const json_t *object, mtmi_survey_ask *out) {
    const json_t *value = json_object_get(object, "by");
    size_t n = json_is_array(value) ? json_array_size(value) : value != NULL;
    if (n > MTMI_SURVEY_BREAKDOWNS) {
        return wrong(at, "by", "at most 8 breakdowns");
    }
    for (size_t i = 0; i < n; i++) {
        out->by[i] = json_string_value(json_is_array(value) ? json_array_get(value, i) : value);
        if (out->by[i] == NULL || out->by[i][0] == '\0') {
            return wrong(at, "by", "a column, or a list of columns");
        }
    }
    out->n_by = n;
    return MTM_OK;
}

static mtm_status read_answers(const reader *at, const json_t *object, mtmi_survey_ask *out) {
    size_t i;
    json_t *answer;
    out->answers = json_object_get(object, "answers");
    if (out->answers != NULL && (!json_is_array(out->answers) || json_array_size(out->answers) == 0)) {
        return wrong(at, "answers", "a list of answers");
    }
    json_array_foreach((json_t *)out->answers, i, answer) {
        if (!json_is_string(answer)) {
            return wrong(at, "answers", "a list of answers");
        }
    }
    return MTM_OK;
}

static mtm_status read_unit(const reader *at, const json_t *object, mtmi_survey_ask *out) {
    static const char *const languages[] = {"en", "ru", "kk"};
    const json_t *value = json_object_get(object, "unit");
    if (value != NULL && !json_is_string(value) && !json_is_object(value)) {
        return wrong(at, "unit", "a text, or one for each of en, ru, kk");
    }
    for (int i = 0; i < 3; i++) {
        const char *text = json_is_object(value) ? json_string_value(json_object_get(value, languages[i]))
                           : i == 0              ? json_string_value(value)
                                                 : NULL;
        out->unit.text[i] = mtmi_memory_copy_text(text);
        if (text != NULL && out->unit.text[i] == NULL) {
            return mtmi_error_memory(at->err);
        }
    }
    return MTM_OK;
}

/* "difference" is that of a share, or of the mean where the answers are numbers; "median" is a quantile. */
static mtm_status read_statistic(const reader *at, const json_t *object, mtmi_survey_ask *out) {
    static const struct {
        const char *name;
        mtm_statistic statistic;
    } names[] = {{"proportion", MTM_STATISTIC_PROPORTION}, {"mean", MTM_STATISTIC_MEAN},
                 {"total", MTM_STATISTIC_TOTAL},           {"ratio", MTM_STATISTIC_RATIO},
                 {"quantile", MTM_STATISTIC_QUANTILE},     {"median", MTM_STATISTIC_QUANTILE},
                 {"difference", MTM_STATISTIC_DEFAULT}};
    const char *name = json_string_value(json_object_get(object, "statistic"));
    for (size_t i = 0; name != NULL && i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i].name) != 0) {
            continue;
        }
        out->statistic = names[i].statistic;
        if (strcmp(name, "difference") == 0 && out->between == NULL && out->previous == NULL) {
            return wrong(at, "statistic", "for a difference \"between\" or \"previous\" in \"survey\"");
        }
        return MTM_OK;
    }
    return wrong(at, "statistic", "for a survey: proportion, mean, total, ratio, quantile, median or difference");
}

static mtm_status check_keys(const reader *at, const json_t *object) {
    static const char *const known[] = {"resource", "question", "answers", "over",     "by",   "where",
                                        "between",  "previous", "level",   "quantile", "unit", NULL};
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value) {
        size_t i = 0;
        while (known[i] != NULL && strcmp(known[i], key) != 0) {
            i++;
        }
        if (known[i] == NULL) {
            return wrong(at, key,
                         "in \"survey\": resource, question, answers, over, by, where, between, previous, "
                         "level, quantile or unit");
        }
    }
    return MTM_OK;
}

static mtm_status check_parts(const reader *at, const mtmi_survey_ask *ask) {
    if (ask->question == NULL) {
        return wrong(at, "question", "the name of a question");
    }
    if ((ask->statistic == MTM_STATISTIC_RATIO) != (ask->over != NULL)) {
        return wrong(at, "over", "for a ratio, and for nothing else, the question below the line");
    }
    if (ask->between != NULL && ask->n_by == 0) {
        return wrong(at, "between", "\"by\" beside it");
    }
    return MTM_OK;
}

mtm_status mtmi_survey_ask_read(const json_t *object, const char *file, const char *id, mtmi_survey_ask **out,
                                mtm_error *err) {
    const reader at = {file, id, err};
    mtm_status status = MTM_OK;
    mtmi_survey_ask *ask = mtmi_memory_new(1, sizeof *ask);
    const json_t *survey;
    *out = NULL;
    MTMI_TRY(ask == NULL ? mtmi_error_memory(err) : MTM_OK);
    ask->json = json_deep_copy(json_object_get(object, "survey"));
    survey = ask->json;
    MTMI_TRY(!json_is_object(survey) ? wrong(&at, "survey", "an object") : MTM_OK);
    MTMI_TRY(check_keys(&at, survey));
    MTMI_TRY(read_text(&at, survey, "resource", &ask->resource));
    MTMI_TRY(read_text(&at, survey, "question", &ask->question));
    MTMI_TRY(read_text(&at, survey, "over", &ask->over));
    MTMI_TRY(read_text(&at, survey, "where", &ask->where));
    MTMI_TRY(read_text(&at, survey, "between", &ask->between));
    MTMI_TRY(read_text(&at, survey, "previous", &ask->previous));
    MTMI_TRY(read_share(&at, survey, "level", &ask->level));
    MTMI_TRY(read_share(&at, survey, "quantile", &ask->probability));
    MTMI_TRY(read_by(&at, survey, ask));
    MTMI_TRY(read_answers(&at, survey, ask));
    MTMI_TRY(read_unit(&at, survey, ask));
    MTMI_TRY(read_statistic(&at, object, ask));
    MTMI_TRY(check_parts(&at, ask));
    *out = ask;
    ask = NULL;
out:
    mtmi_survey_ask_free(ask);
    return status;
}

void mtmi_survey_ask_free(mtmi_survey_ask *ask) {
    if (ask == NULL) {
        return;
    }
    mtmi_titles_free(&ask->unit);
    json_decref(ask->json);
    mtmi_memory_free(ask);
}
