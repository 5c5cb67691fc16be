/* Asks surveys what indicators want of them: for each finding the whole first, then its breakdowns, then differences. A
 * survey that an indicator does not name is asked where it has the question; where the catalogue asks a survey nothing,
 * its declared questions are asked, each under its label. */
#include "indicator/survey/run.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "indicator/survey/open.h"
#include "survey/estimates.h"

#include <string.h>

#define QUESTIONS_MOST 100 /* of a survey that nothing is asked of by name */

typedef struct running {
    const mtm_catalogue *catalogue;
    const mtm_package *package;
    mtmi_open_survey *surveys; /* one a resource of the package */
    size_t *sources;           /* its place among the sources, from 1; 0 for none yet */
    mtmi_survey_findings *out;
    size_t capacity;
    mtm_error *err;
} running;

/* One indicator of one survey. */
typedef struct asking {
    running *of;
    const mtmi_survey_ask *ask;
    mtmi_open_survey *survey;
    const json_t *declared;
    mtmi_survey_finding *to;
    size_t capacity;
} asking;

static mtm_status no_memory(const asking *at) {
    return mtmi_error_memory(at->of->err);
}

/* ---- names ---- */

/* Where the value of a column ends: before the name of the next one, behind a semicolon. */
static const char *end_of_value(const char *value, const char *end, const char *next) {
    size_t other = next != NULL ? strcspn(next, ",") : 0;
    for (const char *c = value; next != NULL && c < end; c++) {
        if (*c == ';' && (size_t)(end - c) > other + 1 && memcmp(c + 1, next, other) == 0 && c[other + 1] == '=') {
            return c;
        }
    }
    return end;
}

/* The value of a column in the words of the form, behind those of the columns before it. */
static int append_value(const asking *at, const char *column, size_t length, const char *value, const char *stop,
                        mtmi_buffer text[3]) {
    char *code = mtmi_memory_copy_bytes(value, value < stop ? (size_t)(stop - value) : 0);
    char *name = mtmi_memory_copy_bytes(column, length);
    mtmi_titles title = {{0}};
    int sensitive;
    const json_t *question = name != NULL ? mtmi_open_survey_question(at->survey, name, &sensitive) : NULL;
    int whole = code != NULL && name != NULL &&
                mtmi_label_titles(json_object_get(json_object_get(question, "answers"), code), code, &title);
    for (int i = 0; i < 3 && whole; i++) {
        mtmi_buffer_text(&text[i], text[i].size > 0 ? ", " : "");
        mtmi_buffer_text(&text[i], mtmi_titles_get(&title, (mtm_language)i));
    }
    mtmi_titles_free(&title);
    mtmi_memory_free(code);
    mtmi_memory_free(name);
    return whole;
}

/* "sex=F;age=18-24" in the words of the form: the value of each column, by the order of the breakdown. */
static int group_titles(const asking *at, const char *by, const char *group, size_t length, mtmi_titles *out) {
    mtmi_buffer text[3] = {MTMI_BUFFER_INIT, MTMI_BUFFER_INIT, MTMI_BUFFER_INIT};
    const char *end = group + length;
    int whole = 1;
    for (const char *column = by; column != NULL && *column != '\0' && group < end;) {
        size_t name = strcspn(column, ",");
        const char *next = column[name] == ',' ? column + name + 1 : NULL;
        const char *value = group + name + 1, *stop = end_of_value(value, end, next);
        whole &= append_value(at, column, name, value, stop, text);
        group = stop < end ? stop + 1 : end;
        column = next;
    }
    for (int i = 0; i < 3; i++) {
        out->text[i] = text[i].failed || text[i].data == NULL ? NULL : mtmi_memory_copy_text(text[i].data);
        whole &= !text[i].failed && (text[i].data == NULL || out->text[i] != NULL);
        mtmi_buffer_free(&text[i]);
    }
    return whole;
}

static int answer_titles(const asking *at, const char *answer, mtmi_titles *out) {
    const json_t *answers = json_object_get(at->declared, "answers");
    return answer[0] == '\0' || mtmi_label_titles(json_object_get(answers, answer), answer, out);
}

/* ---- lines ---- */

static int is_shown(const asking *at, const char *answer) {
    size_t i;
    json_t *one;
    if (at->ask->answers == NULL || answer[0] == '\0') {
        return 1;
    }
    json_array_foreach((json_t *)at->ask->answers, i, one) {
        if (strcmp(json_string_value(one), answer) == 0) {
            return 1;
        }
    }
    return 0;
}

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* Persons behind an estimate: whoever knows two of these numbers knows the third. */
static int64_t least_of(const mtm_estimate *estimate) {
    int share = estimate->answer[0] != '\0';
    int64_t given = share ? smaller(estimate->contributors, estimate->n - estimate->contributors) : estimate->n;
    return smaller(estimate->n, given);
}

static int name_line(const asking *at, mtmi_survey_line_kind kind, size_t breakdown, const char *domain,
                     const char *answer, mtmi_titles *group, mtmi_titles *other, mtmi_titles *given) {
    const char *by = breakdown < at->ask->n_by ? at->ask->by[breakdown] : NULL;
    const char *minus = kind == MTMI_SURVEY_BETWEEN ? strstr(domain, " - ") : NULL;
    return answer_titles(at, answer, given) &&
           group_titles(at, by, domain, minus != NULL ? (size_t)(minus - domain) : strlen(domain), group) &&
           (minus == NULL || group_titles(at, by, minus + 3, strlen(minus + 3), other));
}

/* The names of the line as they are published. */
static int tell_line(const asking *at, const mtm_estimates *estimates, size_t i, mtmi_survey_line *line) {
    const mtmi_behind *behind = &estimates->behind[i];
    if (behind->answer == NULL && behind->domain == NULL) {
        return 1;
    }
    mtmi_survey_telling *told = line->told = mtmi_memory_new(1, sizeof *told);
    if (told == NULL) {
        return 0;
    }
    told->group = mtmi_memory_copy_text(behind->domain != NULL ? behind->domain : line->group);
    told->answer = mtmi_memory_copy_text(behind->answer != NULL ? behind->answer : line->answer);
    return told->group != NULL && told->answer != NULL &&
           name_line(at, line->kind, line->breakdown, told->group, told->answer, &told->group_title, &told->other_title,
                     &told->answer_title);
}

static mtm_status add_line(asking *at, const mtm_estimates *estimates, size_t i, mtmi_survey_line_kind kind,
                           size_t breakdown) {
    const mtm_estimate *estimate = &estimates->all[i];
    void *table = at->to->lines;
    if (!is_shown(at, estimate->answer)) {
        return MTM_OK;
    }
    if (!mtmi_memory_reserve(&table, &at->capacity, at->to->n_lines + 1, sizeof(mtmi_survey_line))) {
        return no_memory(at);
    }
    at->to->lines = table;
    mtmi_survey_line *line = &at->to->lines[at->to->n_lines++];
    memset(line, 0, sizeof *line);
    line->kind = kind;
    line->breakdown = breakdown;
    line->of = *estimate;
    line->least = smaller(least_of(estimate), estimates->behind[i].beside);
    line->group = mtmi_memory_copy_text(estimate->domain);
    line->answer = mtmi_memory_copy_text(estimate->answer);
    line->of.question = line->of.answer = line->of.domain = line->of.weight = NULL;
    line->of.question_label = line->of.answer_label = NULL;
    int whole = line->group != NULL && line->answer != NULL &&
                name_line(at, kind, breakdown, estimate->domain, estimate->answer, &line->group_title,
                          &line->other_title, &line->answer_title) &&
                tell_line(at, estimates, i, line);
    return whole ? MTM_OK : no_memory(at);
}

static mtm_survey_request request_of(const asking *at) {
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    request.question = at->ask->question;
    request.denominator = at->ask->over;
    request.where = at->ask->where;
    request.statistic = (int32_t)at->ask->statistic;
    request.probability = at->ask->probability;
    request.level = at->ask->level;
    request.threshold = -1; /* who stands behind it is for disclosure control to see */
    return request;
}

static mtm_status add_lines(asking *at, const mtm_estimates *estimates, mtmi_survey_line_kind kind, size_t breakdown) {
    for (size_t i = 0; i < estimates->n; i++) {
        MTMI_CHECK_STATUS(add_line(at, estimates, i, kind, breakdown));
    }
    return MTM_OK;
}

/* What adds up: every person gave one answer of those shown. */
static void judge_answers(asking *at, const mtm_estimates *estimates) {
    const mtm_estimate *one = mtm_estimates_at(estimates, 0);
    int64_t given = 0, n = one != NULL ? one->n : 0;
    at->to->share = one != NULL && strcmp(one->statistic, "proportion") == 0;
    for (size_t i = 0; (one = mtm_estimates_at(estimates, i)) != NULL; i++) {
        at->to->n_answers += one->answer[0] != '\0' && is_shown(at, one->answer);
        given += is_shown(at, one->answer) ? one->contributors : 0;
    }
    at->to->exclusive = at->to->share && at->to->n_answers > 1 && given == n;
}

/* The survey of the round before, or NULL where the package has none of that name. */
static mtm_status open_previous(const asking *at, mtmi_open_survey **out) {
    *out = NULL;
    for (size_t i = 0; at->ask->previous != NULL && i < at->of->package->n_surveys; i++) {
        if (strcmp(at->of->surveys[i].resource->name, at->ask->previous) == 0) {
            *out = &at->of->surveys[i];
            return mtmi_survey_open(at->of->package, *out, at->of->err);
        }
    }
    return MTM_OK;
}

/* A difference of rounds has no fewer persons behind it than the round before had. */
static void bound_rounds(asking *at, size_t first, const mtm_estimates *before) {
    for (size_t i = first; i < at->to->n_lines; i++) {
        mtmi_survey_line *line = &at->to->lines[i];
        const mtm_estimate *one;
        for (size_t k = 0; (one = mtm_estimates_at(before, k)) != NULL; k++) {
            if (strcmp(one->answer, line->answer) == 0 && strcmp(one->domain, line->group) == 0) {
                line->least = smaller(line->least, least_of(one));
            }
        }
    }
}

static mtm_status add_rounds(asking *at, const mtm_survey_request *request, const mtmi_open_survey *previous,
                             size_t breakdown) {
    mtm_survey_request both = *request;
    mtm_estimates *before = NULL, *difference = NULL;
    size_t first;
    mtm_status status = MTM_OK;
    if (previous == NULL) {
        return MTM_OK;
    }
    MTMI_TRY(mtm_survey_compute(previous->survey, request, &before, at->of->err));
    both.before = previous->survey;
    MTMI_TRY(mtm_survey_compute(at->survey->survey, &both, &difference, at->of->err));
    first = at->to->n_lines;
    MTMI_TRY(add_lines(at, difference, MTMI_SURVEY_ROUNDS, breakdown));
    bound_rounds(at, first, before);
out:
    mtm_estimates_free(before);
    mtm_estimates_free(difference);
    return status;
}

/* The whole, or one breakdown of it. */
static mtm_status ask_once(asking *at, size_t breakdown, const char *between) {
    mtm_survey_request request = request_of(at);
    mtm_estimates *estimates = NULL;
    mtmi_open_survey *previous = NULL;
    mtm_status status;
    int whole = breakdown == at->ask->n_by;
    request.by = whole ? NULL : at->ask->by[breakdown];
    request.between = between;
    MTMI_TRY(mtm_survey_compute(at->survey->survey, &request, &estimates, at->of->err));
    if (whole) {
        judge_answers(at, estimates);
        at->to->where = estimates->where; /* as it is published */
        estimates->where = NULL;
    }
    MTMI_TRY(add_lines(at, estimates,
                       between != NULL ? MTMI_SURVEY_BETWEEN
                       : whole         ? MTMI_SURVEY_WHOLE
                                       : MTMI_SURVEY_GROUP,
                       breakdown));
    MTMI_TRY(between == NULL ? open_previous(at, &previous) : MTM_OK);
    MTMI_TRY(add_rounds(at, &request, previous, breakdown));
out:
    mtm_estimates_free(estimates);
    return status;
}

static mtm_status ask_all(asking *at) {
    MTMI_CHECK_STATUS(ask_once(at, at->ask->n_by, NULL));
    for (size_t i = 0; i < at->ask->n_by; i++) {
        MTMI_CHECK_STATUS(ask_once(at, i, NULL));
    }
    return at->ask->between != NULL ? ask_once(at, 0, at->ask->between) : MTM_OK;
}

/* ---- findings ---- */

static mtm_status take_source(running *job, size_t survey, size_t *out) {
    if (job->sources[survey] == 0) {
        mtmi_survey_source *source = &job->out->sources[job->out->n_sources++];
        if (!mtmi_open_survey_source(&job->surveys[survey], source)) {
            return mtmi_error_memory(job->err);
        }
        job->sources[survey] = job->out->n_sources;
    }
    *out = job->sources[survey] - 1;
    return MTM_OK;
}

static int copy_text(char **out, const char *text) {
    *out = mtmi_memory_copy_text(text);
    return *out != NULL;
}

static mtm_status new_finding(running *job, size_t survey, mtmi_survey_finding **out) {
    void *table = job->out->all;
    if (!mtmi_memory_reserve(&table, &job->capacity, job->out->n + 1, sizeof(mtmi_survey_finding))) {
        return mtmi_error_memory(job->err);
    }
    job->out->all = table;
    *out = &job->out->all[job->out->n++];
    memset(*out, 0, sizeof **out);
    return take_source(job, survey, &(*out)->source);
}

/* Finds no such question: an error where the survey is named, else nothing to say. */
static int is_elsewhere(mtm_status status, const mtmi_survey_ask *ask, const mtm_package *package) {
    return status == MTM_ERROR_NOT_FOUND && ask->resource == NULL && package->n_surveys > 1;
}

static mtm_status ask_survey(running *job, const mtmi_survey_ask *ask, size_t survey, mtmi_survey_finding **out) {
    asking at = {.of = job, .ask = ask, .survey = &job->surveys[survey]};
    *out = NULL;
    MTMI_CHECK_STATUS(mtmi_survey_open(job->package, at.survey, job->err));
    MTMI_CHECK_STATUS(new_finding(job, survey, &at.to));
    at.declared = mtmi_open_survey_question(at.survey, ask->question, &at.to->sensitive);
    at.to->level = ask->level == 0 ? 0.95 : ask->level;
    mtm_status status = ask_all(&at);
    if (is_elsewhere(status, ask, job->package)) {
        mtmi_survey_finding_clear(at.to);
        job->out->n--;
        return MTM_OK;
    }
    *out = at.to;
    return status;
}

static mtm_status ask_indicator(running *job, const mtm_indicator *indicator) {
    const mtmi_survey_ask *ask = indicator->survey;
    const mtmi_titles *section =
        mtmi_titled_find(job->catalogue->sections, job->catalogue->n_sections, indicator->section);
    for (size_t i = 0; i < job->package->n_surveys; i++) {
        mtmi_survey_finding *out = NULL;
        if (ask->resource != NULL && strcmp(ask->resource, job->surveys[i].resource->name) != 0) {
            continue;
        }
        if (ask->previous != NULL && strcmp(ask->previous, job->surveys[i].resource->name) == 0) {
            continue;
        }
        MTMI_CHECK_STATUS(ask_survey(job, ask, i, &out));
        int whole = out == NULL ||
                    (copy_text(&out->id, indicator->id) && copy_text(&out->section, indicator->section) &&
                     copy_text(&out->question, ask->question) && mtmi_titles_copy(&indicator->title, &out->title) &&
                     mtmi_titles_copy(&indicator->definition, &out->definition) &&
                     mtmi_titles_copy(section, &out->section_title) && mtmi_titles_copy(&ask->unit, &out->unit));
        if (!whole) {
            return mtmi_error_memory(job->err);
        }
    }
    return MTM_OK;
}

/* "households-food-insecure": lower case letters, digits and hyphens. */
static int name_finding(char **out, const char *resource, const char *question) {
    mtmi_buffer id = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&id, "%s-%s", resource, question);
    for (size_t i = 0; !id.failed && i < id.size; i++) {
        char c = id.data[i];
        c = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        id.data[i] = (char)((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-');
    }
    *out = id.failed ? NULL : mtmi_memory_copy_text(id.data);
    mtmi_buffer_free(&id);
    return *out != NULL;
}

static mtm_status ask_question(running *job, size_t survey, const json_t *question) {
    mtmi_survey_finding *out = NULL;
    const char *name = json_string_value(json_object_get(question, "name"));
    const json_t *declared = json_object_get(question, "declared");
    const char *type = json_string_value(json_object_get(declared, "type"));
    const mtmi_survey_ask ask = {.question = name,
                                 .resource = job->surveys[survey].resource->name,
                                 .statistic = type != NULL && strcmp(type, "count") == 0 ? MTM_STATISTIC_TOTAL
                                                                                         : MTM_STATISTIC_DEFAULT};
    mtm_error found = {0};
    mtm_error *err = job->err;
    job->err = &found; /* a question of the form that the file does not have is no error */
    mtm_status status = ask_survey(job, &ask, survey, &out);
    job->err = err;
    if (status == MTM_ERROR_NOT_FOUND) {
        mtmi_survey_finding_clear(&job->out->all[--job->out->n]);
        return MTM_OK;
    }
    if (status != MTM_OK) {
        return mtmi_error_set(err, status, found.code, (mtmi_place){job->surveys[survey].resource->name, found.line, 0},
                              "%s", found.message);
    }
    int whole = name_finding(&out->id, ask.resource, name) && copy_text(&out->question, name) &&
                copy_text(&out->section, ask.resource) &&
                mtmi_label_titles(json_object_get(declared, "label"), name, &out->title) &&
                mtmi_titles_copy(&job->out->sources[out->source].title, &out->section_title);
    return whole ? MTM_OK : mtmi_error_memory(err);
}

static int is_asked(const running *job, const char *resource) {
    for (size_t i = 0; i < job->catalogue->n; i++) {
        const mtmi_survey_ask *ask = job->catalogue->indicators[i].survey;
        if (ask != NULL && (ask->resource == NULL || strcmp(ask->resource, resource) == 0 ||
                            (ask->previous != NULL && strcmp(ask->previous, resource) == 0))) {
            return 1;
        }
    }
    return 0;
}

/* Members of a roster are asked the questions of repeats; those of the interview are reported with the interviews. */
static int is_of_members(const json_t *question) {
    return json_is_true(json_object_get(json_object_get(question, "declared"), "repeat"));
}

static int has_members(json_t *questions) {
    size_t i;
    json_t *question;
    json_array_foreach(questions, i, question) {
        if (is_of_members(question)) {
            return 1;
        }
    }
    return 0;
}

static mtm_status ask_declared(running *job, size_t survey) {
    size_t i;
    json_t *question, *questions;
    if (is_asked(job, job->surveys[survey].resource->name)) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_survey_open(job->package, &job->surveys[survey], job->err));
    questions = json_object_get(job->surveys[survey].about, "questions");
    int members = has_members(questions);
    json_array_foreach(questions, i, question) {
        if (i < QUESTIONS_MOST && (!members || is_of_members(question))) {
            MTMI_CHECK_STATUS(ask_question(job, survey, question));
        }
    }
    return MTM_OK;
}

static mtm_status run(running *job, const mtm_indicator *only) {
    for (size_t i = 0; i < job->package->n_surveys; i++) {
        job->surveys[i].resource = &job->package->surveys[i];
    }
    for (size_t i = 0; i < job->catalogue->n; i++) {
        const mtm_indicator *indicator = &job->catalogue->indicators[i];
        if (indicator->survey != NULL && (only == NULL || only == indicator)) {
            MTMI_CHECK_STATUS(ask_indicator(job, indicator));
        }
    }
    for (size_t i = 0; only == NULL && i < job->package->n_surveys; i++) {
        MTMI_CHECK_STATUS(ask_declared(job, i));
    }
    return MTM_OK;
}

mtm_status mtmi_survey_findings_run(const mtm_catalogue *catalogue, const mtm_package *package,
                                    const mtm_indicator *only, mtmi_survey_findings **out, mtm_error *err) {
    running job = {.catalogue = catalogue, .package = package, .err = err};
    const size_t n = package->n_surveys;
    mtm_status status = MTM_OK;
    *out = NULL;
    if (n == 0 || (only != NULL && only->survey == NULL)) {
        return MTM_OK;
    }
    job.surveys = mtmi_memory_new(n, sizeof *job.surveys);
    job.sources = mtmi_memory_new(n, sizeof *job.sources);
    job.out = mtmi_memory_new(1, sizeof *job.out);
    MTMI_TRY(job.surveys == NULL || job.sources == NULL || job.out == NULL ? mtmi_error_memory(err) : MTM_OK);
    job.out->sources = mtmi_memory_new(n, sizeof *job.out->sources);
    MTMI_TRY(job.out->sources == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(run(&job, only));
    *out = job.out;
    job.out = NULL;
out:
    for (size_t i = 0; job.surveys != NULL && i < n; i++) {
        mtmi_survey_close(&job.surveys[i]);
    }
    mtmi_memory_free(job.surveys);
    mtmi_memory_free(job.sources);
    mtmi_survey_findings_free(job.out);
    return status;
}
