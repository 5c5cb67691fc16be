/* The command `survey`: prints estimates with their confidence intervals from interviews and the design of their
 * sample, or the design itself. */
#include "commands.h"
#include "message.h"
#include "output.h"
#include "progress.h"
#include "suggest.h"
#include "values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const statistics[] = {"default", "proportion", "mean",       "total",
                                         "ratio",   "quantile",   "chi-square", "median"};
#define MEDIAN 7 /* the quantile of 0.5, as catalogues call it */
static const char *const intervals[] = {"default", "t", "logit", "beta"};

#define COUNT(list) (sizeof list / sizeof *list)

static int choose(const struct settings *settings, option_id id, const char *what, const char *const *words, size_t n,
                  int32_t *out) {
    const char *value = settings_value(settings, id);
    for (size_t i = 0; value != NULL && i < n; i++) {
        if (strcmp(value, words[i]) == 0) {
            *out = (int32_t)i;
            return EXIT_FINE;
        }
    }
    return value == NULL ? EXIT_FINE : suggest_complain(settings->command, what, value, words, n);
}

/* A number above 0 and below 1, or above 1 and below 100 as per cent. */
static int read_share(const struct settings *settings, option_id id, const char *name, double *out) {
    const char *value = settings_value(settings, id);
    char *end = NULL;
    if (value == NULL) {
        return EXIT_FINE;
    }
    double share = strtod(value, &end);
    share = share > 1 ? share / 100 : share;
    if (end == value || *end != '\0' || !(share > 0 && share < 1)) {
        return complain_usage(settings->command, "--%s: found \"%s\", expected a number such as 0.95 or 95", name,
                              value);
    }
    *out = share;
    return EXIT_FINE;
}

static int read_threshold(const struct settings *settings, int32_t *out) {
    const char *value = settings_value(settings, OPTION_LEAST);
    char *end = NULL;
    long n = value == NULL ? 0 : strtol(value, &end, 10);
    if (value != NULL && (end == value || *end != '\0' || n < 1 || n > 1000000)) {
        return complain_usage(settings->command, "--threshold: found \"%s\", expected a number of persons", value);
    }
    *out = (int32_t)n;
    return EXIT_FINE;
}

/* Differences of rounds tell of a survey that is not at hand. */
static int check_ledger(const struct settings *settings) {
    if (!settings_has(settings, OPTION_LEDGER)) {
        return EXIT_FINE;
    }
    if (settings->n_operands < 2) {
        return complain_usage(settings->command,
                              "--ledger: found no question, expected one: only estimates are published");
    }
    if (settings_has(settings, OPTION_PREVIOUS)) {
        return complain_usage(settings->command,
                              "--ledger: found --previous, expected estimates of one survey: compare rounds "
                              "in a report (mtm report --ledger)");
    }
    return EXIT_FINE;
}

static int read_request(const struct settings *settings, mtm_survey_request *request) {
    request->question = settings->n_operands > 1 ? settings->operands[1] : NULL;
    request->answer = settings_value(settings, OPTION_ANSWER);
    request->denominator = settings_value(settings, OPTION_OVER);
    request->by = settings_value(settings, OPTION_GROUPS);
    request->where = settings_value(settings, OPTION_WHERE);
    request->between = settings_value(settings, OPTION_BETWEEN);
    int status = choose(settings, OPTION_STATISTIC, "statistic", statistics, COUNT(statistics), &request->statistic);
    if (status == EXIT_FINE && request->statistic == MEDIAN) {
        request->statistic = MTM_STATISTIC_QUANTILE;
        status = settings_value(settings, OPTION_QUANTILE) == NULL
                     ? EXIT_FINE
                     : complain_usage(settings->command, "--quantile: a median is the quantile of 0.5");
    }
    if (status == EXIT_FINE && request->denominator != NULL && request->statistic == 0) {
        request->statistic = MTM_STATISTIC_RATIO;
    }
    if (status == EXIT_FINE) {
        status = choose(settings, OPTION_INTERVAL, "interval", intervals, COUNT(intervals), &request->interval);
    }
    if (status == EXIT_FINE) {
        status = read_share(settings, OPTION_LEVEL, "level", &request->level);
    }
    if (status == EXIT_FINE) {
        status = read_share(settings, OPTION_QUANTILE, "quantile", &request->probability);
    }
    if (status == EXIT_FINE && request->probability > 0 && request->statistic == 0) {
        request->statistic = MTM_STATISTIC_QUANTILE;
    }
    if (status == EXIT_FINE) {
        status = check_ledger(settings);
    }
    return status == EXIT_FINE ? read_threshold(settings, &request->threshold) : status;
}

/* A number of the object "rows" of a survey's description. */
static long count_of(const char *json, const char *name) {
    const char *rows = strstr(json, "\"rows\""), *found = rows != NULL ? strstr(rows, name) : NULL;
    return found != NULL ? strtol(found + strlen(name), NULL, 10) : 0;
}

/* Rows that were refused stand behind no estimate: how many there are is said beside each answer. */
static void note_refused(const struct settings *settings, const mtm_survey *survey) {
    mtm_buffer *text = NULL;
    if (mtm_survey_describe(survey, MTM_FORMAT_JSON, &text, NULL) == MTM_OK) {
        const char *json = mtm_buffer_data(text);
        long refused = count_of(json, "\"refused\":");
        if (refused > 0) {
            note(settings, "%ld of %ld rows were refused: without a question, mtm survey lists them with their lines",
                 refused, count_of(json, "\"in\":"));
        }
    }
    mtm_buffer_free(text);
}

/* With another round, which has the same design, the estimates are the differences with it. */
static int answer(const struct settings *settings, const mtm_survey *survey, const mtm_survey_options *reading,
                  mtm_survey_request *request, mtm_format format) {
    const char *path = settings_value(settings, OPTION_PREVIOUS);
    const mtm_source source = MTM_SOURCE_PATH_INIT(path);
    mtm_survey *before = NULL;
    mtm_estimates *estimates = NULL;
    mtm_buffer *text = NULL;
    mtm_error err;
    int32_t threshold = request->threshold;
    mtm_status made =
        request->question != NULL && path != NULL ? mtm_survey_read(&source, reading, &before, &err) : MTM_OK;
    request->before = before;
    if (settings_has(settings, OPTION_LEDGER)) {
        request->threshold = -1; /* who stands behind the estimates is seen beside the ledger */
    }
    if (made == MTM_OK) {
        made = request->question == NULL ? mtm_survey_describe(survey, format, &text, &err)
                                         : mtm_survey_compute(survey, request, &estimates, &err);
    }
    if (made == MTM_OK && estimates != NULL && settings_has(settings, OPTION_LEDGER)) {
        mtm_report_options publishing = MTM_REPORT_OPTIONS_INIT;
        publishing.threshold = threshold;
        publishing.ledger = settings_value(settings, OPTION_LEDGER);
        made = mtm_estimates_protect(estimates, &publishing, &err);
    }
    if (made == MTM_OK && estimates != NULL) {
        made = mtm_estimates_render(estimates, format, &text, &err);
    }
    if (made == MTM_OK && estimates != NULL) {
        note_refused(settings, survey);
    }
    int status =
        made == MTM_OK ? output_text(settings_value(settings, OPTION_OUTPUT), text) : complain_error(made, &err);
    mtm_buffer_free(text);
    mtm_estimates_free(estimates);
    mtm_survey_free(before);
    return status;
}

/* Which columns a compact survey keeps: those that the request names; all where there is no question. */
static void name_columns(const mtm_survey_request *request, char *out, size_t size) {
    const char *lists[] = {request->question, request->denominator, request->by, request->where};
    size_t n = 0;
    out[n++] = '[';
    for (size_t i = 0; i < COUNT(lists); i++) {
        for (const char *at = lists[i]; at != NULL && *at != '\0';) {
            size_t length = strcspn(at, i == 3 ? "=" : ","), whole = strcspn(at, i == 3 ? ";" : ",");
            if (n + length + 8 < size && length > 0 && memchr(at, '"', length) == NULL) {
                n += (size_t)snprintf(out + n, size - n, "%s\"%.*s\"", n > 1 ? ", " : "", (int)length, at);
            }
            at += whole + (at[whole] != '\0');
        }
    }
    snprintf(out + n, size - n, "]");
}

static mtm_status save_survey(const char *path, const mtm_survey *survey, mtm_error *err) {
    mtm_buffer *bytes = NULL;
    mtm_status status = mtm_survey_save(survey, &bytes, err);
    status = status == MTM_OK ? mtm_buffer_save(bytes, path, err) : status;
    mtm_buffer_free(bytes);
    return status;
}

/* Reads interviews, or saved surveys, or both, into one survey, without keeping single interviews. */
static mtm_status read_compact(const struct settings *settings, const mtm_source *source, mtm_survey_options *reading,
                               const mtm_survey_request *request, mtm_survey **out, mtm_error *err) {
    char columns[4000];
    const char *path = settings_value(settings, OPTION_SAVE);
    size_t at = 0;
    name_columns(request, columns, sizeof columns);
    reading->columns = request->question != NULL ? columns : NULL;
    reading->compact = 1;
    mtm_status status = mtm_survey_read(source, reading, out, err);
    for (const char *more; status == MTM_OK && (more = settings_next(settings, OPTION_LOAD, &at)) != NULL;) {
        const mtm_source part = MTM_SOURCE_PATH_INIT(more);
        mtm_survey *whole = NULL;
        reading->add_to = *out;
        status = mtm_survey_read(&part, reading, &whole, err);
        mtm_survey_free(*out);
        *out = whole;
    }
    reading->add_to = NULL;
    return status == MTM_OK && path != NULL ? save_survey(path, *out, err) : status;
}

/* Of interviews that are saved or loaded. */
static int read_key(const struct settings *settings, char **out) {
    if (settings_has(settings, OPTION_KEY_FILE) && !settings_has(settings, OPTION_SAVE) &&
        !settings_has(settings, OPTION_LOAD)) {
        return complain_usage(settings->command, "--key-file: found no --save and no --load, expected one of them");
    }
    return value_key(settings, out);
}

int command_survey(const struct settings *settings) {
    mtm_survey_options reading = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    const char *design = settings_value(settings, OPTION_DESIGN);
    const mtm_source source = MTM_SOURCE_PATH_INIT(settings->operands[0]);
    mtm_survey *survey = NULL;
    mtm_format format;
    mtm_period day;
    mtm_error err;
    char *json = NULL, *key = NULL;
    size_t size = 0;
    int has_day = 0, status = value_format(settings, &format);
    if (status == EXIT_FINE) {
        status = read_request(settings, &request);
    }
    status = status == EXIT_FINE ? value_period(settings, OPTION_AS_OF, &day, &has_day) : status;
    if (status == EXIT_FINE && design != NULL) {
        status = value_file(design, &json, &size);
    }
    if (status == EXIT_FINE) {
        status = output_check(settings_value(settings, OPTION_OUTPUT), NULL, 0);
    }
    if (status == EXIT_FINE && settings_has(settings, OPTION_SAVE)) {
        status = output_check(settings_value(settings, OPTION_SAVE), settings->operands, settings->n_operands);
    }
    if (status == EXIT_FINE) {
        status = read_key(settings, &key);
    }
    if (status == EXIT_FINE) {
        reading.survey = json;
        reading.key = key;
        reading.form = settings_value(settings, OPTION_FORM);
        reading.as_of = has_day ? &day : NULL;
        reading.resource = settings_value(settings, OPTION_SURVEY_RESOURCE);
        int compact = settings_has(settings, OPTION_SAVE) || settings_has(settings, OPTION_LOAD);
        mtm_status made = compact ? read_compact(settings, &source, &reading, &request, &survey, &err)
                                  : mtm_survey_read(&source, &reading, &survey, &err);
        status = made == MTM_OK ? answer(settings, survey, &reading, &request, format) : complain_error(made, &err);
    }
    mtm_survey_free(survey);
    free(json);
    free(key);
    return status;
}
