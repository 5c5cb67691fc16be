/* Answers a request: the groups, the answers of the question, an estimate for each, differences between groups.
 * Invariant: rows = estimated + out of the group + not asked + without an answer of each kind + refused; every estimate
 * carries these counts. */
#include "survey/chi_square.h"
#include "survey/estimates.h"
#include "survey/interval.h"
#include "survey/moments.h"
#include "survey/publish/undeclared.h"
#include "survey/quantile.h"
#include "base/try.h"
#include "survey/survey_words.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <string.h>

#define UNION 2 /* place of the group of all who are in one of a pair */

typedef struct run {
    const mtm_survey *survey;
    mtm_survey_request request;
    mtm_statistic statistic;
    mtmi_question *question, *below;
    mtmi_item *items;
    const char **answers; /* of the items */
    char **told;          /* of the items: published instead of the answer; NULL: the answer is */
    size_t n_items;
    mtmi_item under; /* the denominator */
    mtmi_survey_groups groups;
    mtmi_answer_key key;   /* of shares that are counted in one pass */
    mtmi_moments *moments; /* of the group at hand; NULL: its answers are estimated one by one */
    mtmi_interval_memo *memo;
    mtm_estimates *out;
    mtm_error *err;
} run;

static const char *const statistic_names[] = {"", "proportion", "mean", "total", "ratio", "quantile", "chi-square"};

static int is_share(const run *at) {
    return at->statistic == MTM_STATISTIC_PROPORTION;
}

static mtm_status copy_text(const run *at, const char *text, const char **out) {
    *out = mtmi_estimates_text(at->out, text);
    return *out == NULL ? mtmi_error_memory(at->err) : MTM_OK;
}

/* What is published instead of names. */
static mtm_status tell_names(const run *at, size_t item, size_t group, size_t other) {
    mtmi_buffer domain = MTMI_BUFFER_INIT;
    mtmi_survey_groups_tell(&at->groups, group, other, &domain);
    mtm_status status =
        domain.failed ? mtmi_error_memory(at->err) : mtmi_estimates_tell(at->out, at->told[item], domain.data, at->err);
    mtmi_buffer_free(&domain);
    return status;
}

static mtm_status start_estimate(const run *at, size_t item, const char *domain, mtm_estimate **out) {
    mtm_estimate *estimate;
    mtm_status status = MTM_OK;
    MTMI_CHECK_STATUS(mtmi_estimates_add(at->out, &estimate, at->err));
    estimate->statistic = statistic_names[at->statistic];
    estimate->rows = mtmi_survey_interviews(at->survey->frame);
    MTMI_TRY(copy_text(at, at->request.question, &estimate->question));
    MTMI_TRY(copy_text(at, mtmi_words_label(json_object_get(at->question->declared, "label"), at->request.question),
                       &estimate->question_label));
    if (item < at->n_items) {
        const char *answer = at->answers[item];
        json_t *answers = json_object_get(at->question->declared, "answers");
        MTMI_TRY(copy_text(at, answer, &estimate->answer));
        MTMI_TRY(copy_text(at, mtmi_words_label(json_object_get(answers, answer), answer), &estimate->answer_label));
    }
    MTMI_TRY(copy_text(at, domain, &estimate->domain));
out:
    *out = estimate;
    return status;
}

/* side: 1 for the second group of a difference. */
static void note_behind(const run *at, const mtmi_sample *sample, int side) {
    mtmi_behind *behind = &at->out->behind[at->out->n - 1];
    behind->n[side] += sample->answers;
    behind->contributors[side] += at->question->kind == MTMI_NUMBER ? sample->answers : sample->contributors;
}

static mtm_status fill_counts(const run *at, const mtmi_sample *sample, mtm_estimate *estimate) {
    char weight[MTMI_AMOUNT_TEXT];
    int64_t rows = estimate->rows;
    estimate->n += sample->answers;
    estimate->contributors += at->question->kind == MTMI_NUMBER ? sample->answers : sample->contributors;
    estimate->missing += sample->counts[MTMI_MISSING];
    estimate->unknown += sample->counts[MTMI_UNKNOWN];
    estimate->refused += sample->counts[MTMI_REFUSED];
    estimate->not_asked += sample->counts[MTMI_NOT_ASKED];
    estimate->unexpected += sample->counts[MTMI_NOT_EXPECTED];
    estimate->invalid += sample->counts[MTMI_INVALID];
    estimate->zero_weight += sample->zero_weight;
    estimate->out_of_domain =
        rows - (estimate->n + estimate->missing + estimate->unknown + estimate->refused + estimate->not_asked +
                estimate->unexpected + estimate->invalid + estimate->zero_weight);
    if (sample->weights.lost) {
        return MTM_OK;
    }
    mtmi_exact_write(&sample->weights, weight);
    return copy_text(at, weight, &estimate->weight);
}

/* Persons count, never weights: those asked, those who gave the answer, and those who did not. */
static int too_few(const run *at, int64_t n, int64_t contributors) {
    int64_t least = at->request.threshold;
    int is_number = at->question->kind == MTMI_NUMBER;
    return least > 0 && (n < least || (!is_number && (contributors < least || n - contributors < least)));
}

static void finish_estimate(const run *at, mtm_estimate *estimate, int share) {
    int purposive = at->survey->plan.purposive;
    if (purposive) {
        mtmi_interval_strip(estimate);
    }
    mtmi_interval_judge(estimate, share, is_share(at), purposive);
    if (too_few(at, estimate->n, estimate->contributors) ||
        at->out->behind[at->out->n - 1].beside < at->request.threshold) {
        mtmi_estimate_withhold(estimate, estimate->n < at->request.threshold);
    }
}

static void fill_value(const run *at, const mtmi_survey_value *value, mtm_estimate *estimate, int share) {
    estimate->estimate = value->value;
    estimate->se = value->variance < 0 ? 0 : sqrt(value->variance);
    estimate->df = value->df;
    estimate->deff = value->variance / value->srs;
    estimate->deff_replace = value->variance / value->srs_replace;
    estimate->n_effective = (double)estimate->n / estimate->deff_replace;
    mtmi_interval_fill(estimate, share ? (mtm_interval)at->request.interval : MTM_INTERVAL_T, at->request.level, share,
                       value->logit_se, at->memo);
}

static mtmi_domain domain_of(const run *at, size_t group) {
    size_t first = at->groups.starts[group], last = at->groups.starts[group + 1];
    const mtmi_survey_groups *groups = &at->groups;
    mtmi_domain domain = {groups->rows + first, last - first, NULL, NULL};
    if (groups->units != NULL) {
        domain.units = groups->units + first;
        domain.decimals = groups->decimals + first;
    }
    return domain;
}

static mtm_status take_sample(const run *at, size_t group, size_t item, mtmi_sample *out) {
    const mtmi_item *below = at->statistic == MTM_STATISTIC_RATIO ? &at->under : NULL;
    mtmi_domain domain = domain_of(at, group);
    return mtmi_sample_new(at->survey->design, &domain, &at->items[item], below, out, at->err);
}

/* The counts of an item in the group whose moments are there. */
static mtmi_sample counts_of(const run *at, size_t item) {
    mtmi_sample counts = at->moments->base;
    counts.contributors = at->moments->contributors[item];
    return counts;
}

static mtm_status add_estimate(const run *at, size_t group, size_t item) {
    mtmi_sample sample = {0};
    mtm_estimate *estimate;
    mtmi_survey_value value;
    mtm_status status;
    if (at->moments == NULL) {
        MTMI_TRY(take_sample(at, group, item, &sample));
    } else {
        sample = counts_of(at, item);
    }
    MTMI_TRY(start_estimate(at, item, at->groups.names[group], &estimate));
    MTMI_TRY(tell_names(at, item, group, group));
    MTMI_TRY(fill_counts(at, &sample, estimate));
    note_behind(at, &sample, 0);
    if (at->moments != NULL) {
        MTMI_TRY(mtmi_moments_estimate(at->survey, at->moments, item, &value, at->err));
        fill_value(at, &value, estimate, 1);
    } else if (at->statistic == MTM_STATISTIC_QUANTILE) {
        MTMI_TRY(mtmi_quantile_fill(at->survey, &sample, &at->request, estimate,
                                    &at->out->behind[at->out->n - 1].beside, at->err));
    } else {
        MTMI_TRY(mtmi_estimate(at->survey, &sample, at->statistic, &value, at->err));
        fill_value(at, &value, estimate, is_share(at));
    }
    if (sample.answers == 0) {
        estimate->reason = "nobody answered";
    } else if (at->statistic == MTM_STATISTIC_RATIO && isnan(estimate->estimate)) {
        estimate->reason = "the total below the line is 0";
    }
    finish_estimate(at, estimate, is_share(at));
out:
    mtmi_sample_free(&sample);
    return status;
}

static mtm_status name_difference(const run *at, size_t a, size_t b, char *out, size_t size) {
    const char *names[2] = {at->groups.names[a], at->groups.names[b]};
    if (strlen(names[0]) + strlen(names[1]) + 4 > size) {
        return mtmi_error_argument(at->err, "by", "names of groups of at most 500 bytes");
    }
    size_t first = strlen(names[0]);
    memcpy(out, names[0], first);
    memcpy(out + first, " - ", 3);
    memcpy(out + first + 3, names[1], strlen(names[1]) + 1);
    return MTM_OK;
}

/* Persons who are in both groups are counted once; whether those in one alone, or in both, are too few. */
static mtm_status fill_union(const run *at, const mtmi_sample *first, const mtmi_sample *second, size_t item,
                             mtm_estimate *estimate, int *few) {
    mtmi_sample both = {0};
    mtm_status status = MTM_OK;
    const mtmi_sample *sides[2] = {first, second};
    MTMI_TRY(take_sample(at, UNION, item, &both));
    MTMI_TRY(fill_counts(at, &both, estimate));
    int64_t shared = first->answers + second->answers - both.answers, apart = 0;
    for (int side = 0; side < 2; side++) {
        int64_t n = both.answers - sides[side]->answers;
        *few |= n > 0 && too_few(at, n, both.contributors - sides[side]->contributors);
        apart += n > 0;
    }
    *few |= shared > 0 && too_few(at, shared, first->contributors + second->contributors - both.contributors);
    at->out->of_crossed |= shared > 0 && apart == 2;
out:
    mtmi_sample_free(&both);
    return status;
}

static mtm_status add_difference(const run *at, size_t a, size_t b, size_t item) {
    mtmi_sample first = {0}, second = {0};
    int few = 0;
    mtm_estimate *estimate;
    mtmi_survey_value value;
    char name[1024];
    mtm_status status;
    MTMI_TRY(take_sample(at, a, item, &first));
    MTMI_TRY(take_sample(at, b, item, &second));
    MTMI_TRY(name_difference(at, a, b, name, sizeof name));
    MTMI_TRY(start_estimate(at, item, name, &estimate));
    MTMI_TRY(tell_names(at, item, a, b));
    estimate->statistic = "difference";
    if (at->request.by == NULL) {
        MTMI_TRY(fill_union(at, &first, &second, item, estimate, &few));
    } else {
        MTMI_TRY(fill_counts(at, &first, estimate));
        MTMI_TRY(fill_counts(at, &second, estimate));
    }
    note_behind(at, &first, 0);
    note_behind(at, &second, 1);
    estimate->weight = "";
    MTMI_TRY(mtmi_estimate_difference(at->survey, &first, &second, at->statistic, &value, at->err));
    fill_value(at, &value, estimate, 0);
    estimate->n_effective = NAN;
    finish_estimate(at, estimate, is_share(at));
    estimate->unreliable &= ~MTM_UNRELIABLE_CV; /* of a difference near 0 it says nothing */
    if (first.answers < MTMI_SURVEY_FEW || second.answers < MTMI_SURVEY_FEW) {
        estimate->unreliable |= MTM_UNRELIABLE_FEW;
    }
    if (few || too_few(at, first.answers, first.contributors) || too_few(at, second.answers, second.contributors)) {
        mtmi_estimate_withhold(estimate, 1);
    }
out:
    mtmi_sample_free(&first);
    mtmi_sample_free(&second);
    return status;
}

/* "F,M": these two; "*": each with the first; without by the two conditions that the groups were made of. */
static mtm_status add_differences(const run *at) {
    const char *between = at->request.between;
    size_t n = at->groups.n, first = 0, second = 1, comma = strcspn(between, ",");
    int all = at->request.by != NULL && strcmp(between, "*") == 0;
    if (!all && at->request.by != NULL) {
        first = mtmi_survey_groups_find(&at->groups, between, comma);
        second = between[comma] == '\0'
                     ? MTMI_MAP_NONE
                     : mtmi_survey_groups_find(&at->groups, between + comma + 1, strlen(between + comma + 1));
        if (first == MTMI_MAP_NONE || second == MTMI_MAP_NONE) {
            return mtmi_error_set(at->err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){at->survey->name, 0, 0},
                                  "between: found %q, expected two groups of \"by\" with a comma between, or *",
                                  between);
        }
    }
    for (size_t g = all ? 1 : 0; g < (all ? n : 1); g++) {
        for (size_t i = 0; i < at->n_items; i++) {
            mtm_status status = all ? add_difference(at, g, 0, i) : add_difference(at, first, second, i);
            if (status != MTM_OK) {
                return status;
            }
        }
    }
    return MTM_OK;
}

/* The test of the question's answers, or of one of them against the rest, by the groups. */
static mtm_status add_test(const run *at) {
    mtmi_sample sample = {0};
    mtm_estimate *estimate;
    mtm_status status;
    MTMI_TRY(start_estimate(at, at->n_items, at->request.by == NULL ? "" : at->request.by, &estimate));
    MTMI_TRY(at->request.answer == NULL ? MTM_OK : copy_text(at, at->request.answer, &estimate->answer));
    MTMI_TRY(mtmi_estimates_tell(at->out, at->request.answer == NULL ? NULL : at->told[0], NULL, at->err));
    for (size_t g = 0; at->n_items > 0 && g < at->groups.n; g++) {
        MTMI_TRY(take_sample(at, g, 0, &sample));
        MTMI_TRY(fill_counts(at, &sample, estimate));
        note_behind(at, &sample, 0);
        mtmi_sample_free(&sample);
        sample = (mtmi_sample){0};
    }
    estimate->contributors = estimate->n;
    estimate->weight = "";
    estimate->method = "none";
    if (at->survey->plan.purposive) {
        mtmi_interval_strip(estimate);
    } else if (at->question->kind == MTMI_SEVERAL && at->request.answer == NULL) {
        estimate->reason = "answers of one person are not independent: name one answer, to test it against the rest";
    } else {
        MTMI_TRY(mtmi_chi_square_fill(at->survey, at->items, at->n_items, &at->groups, estimate, at->err));
        estimate->unreliable = estimate->n < MTMI_SURVEY_FEW ? MTM_UNRELIABLE_FEW : 0;
    }
    if (estimate->n < at->request.threshold) {
        mtmi_estimate_withhold(estimate, 1);
    }
out:
    mtmi_sample_free(&sample);
    return status;
}

static mtm_status add_group(run *at, size_t group) {
    mtmi_moments moments = {0};
    mtm_status status = MTM_OK;
    int fits = 0;
    if (at->key.answer != NULL) {
        mtmi_domain domain = domain_of(at, group);
        MTMI_TRY(mtmi_moments_new(at->survey, &at->key, &domain, &moments, &fits, at->err));
    }
    at->moments = fits ? &moments : NULL;
    for (size_t i = 0; i < at->n_items; i++) {
        MTMI_TRY(add_estimate(at, group, i));
    }
    if (at->question->kind == MTMI_ONE && at->request.threshold > 0) {
        mtmi_estimates_protect(at->out, at->n_items);
    }
out:
    at->moments = NULL;
    mtmi_moments_free(&moments);
    return status;
}

static mtm_status add_all(run *at) {
    if (at->statistic == MTM_STATISTIC_CHI_SQUARE) {
        return add_test(at);
    }
    if (at->request.between != NULL) {
        return add_differences(at);
    }
    for (size_t g = 0; g < at->groups.n; g++) {
        mtm_status status = add_group(at, g);
        if (status != MTM_OK) {
            return status;
        }
    }
    return MTM_OK;
}

static void choose_statistic(run *at) {
    const mtm_survey *survey = at->survey;
    at->statistic = (mtm_statistic)at->request.statistic;
    if (at->statistic == MTM_STATISTIC_DEFAULT) {
        int number =
            at->request.answer == NULL && mtmi_question_is_number(survey->frame, &survey->plan, at->request.question);
        at->statistic = number ? MTM_STATISTIC_MEAN : MTM_STATISTIC_PROPORTION;
    }
}

static int wants_number(const run *at) {
    switch (at->statistic) {
    case MTM_STATISTIC_PROPORTION:
    case MTM_STATISTIC_CHI_SQUARE: return 0;
    case MTM_STATISTIC_TOTAL:
        return at->request.answer == NULL &&
               mtmi_question_is_number(at->survey->frame, &at->survey->plan, at->request.question);
    default: return 1;
    }
}

static mtm_status add_item(run *at, size_t option, const uint32_t *undeclared) {
    MTMI_CHECK_STATUS(mtmi_item_new(at->question, option, &at->items[at->n_items], at->err));
    size_t item = at->n_items++;
    at->answers[item] = at->question->kind == MTMI_NUMBER ? "" : at->question->options[option].name;
    return mtmi_undeclared_answer(undeclared, &at->items[item], at->answers[item], &at->told[item], at->err);
}

static mtm_status choose_items(run *at) {
    const mtmi_question *question = at->question;
    size_t n = question->kind == MTMI_NUMBER ? 1 : question->n_options;
    at->items = mtmi_memory_new(n + 1, sizeof *at->items);
    at->answers = mtmi_memory_new(n + 1, sizeof *at->answers);
    at->told = mtmi_memory_new(n + 1, sizeof *at->told);
    mtmi_undeclared undeclared = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(at->items == NULL || at->answers == NULL || at->told == NULL ? mtmi_error_memory(at->err) : MTM_OK);
    if (question->kind != MTMI_NUMBER && json_object_size(json_object_get(question->declared, "answers")) == 0) {
        MTMI_TRY(mtmi_undeclared_read(at->survey->frame, question->column, NULL, &undeclared, at->err));
    }
    for (size_t i = 0; i < n; i++) {
        if (question->kind == MTMI_NUMBER || at->request.answer == NULL ||
            strcmp(at->request.answer, question->options[i].name) == 0) {
            MTMI_TRY(add_item(at, i, undeclared));
        }
    }
out:
    mtmi_memory_free(undeclared);
    return status;
}

static mtm_status prepare(run *at) {
    const mtm_survey *survey = at->survey;
    mtm_status status;
    choose_statistic(at);
    MTMI_TRY(mtmi_question_new(survey->frame, &survey->plan, at->request.question, wants_number(at), &at->question,
                               at->err));
    MTMI_TRY(at->request.answer == NULL
                 ? MTM_OK
                 : mtmi_question_accept(at->question, at->request.answer, survey->name, at->err));
    MTMI_TRY(choose_items(at));
    if (at->statistic == MTM_STATISTIC_RATIO) {
        MTMI_TRY(mtmi_question_new(survey->frame, &survey->plan, at->request.denominator, 1, &at->below, at->err));
        MTMI_TRY(mtmi_item_new(at->below, 0, &at->under, at->err));
    }
    if (at->request.between != NULL && at->request.by == NULL) {
        MTMI_TRY(mtmi_survey_groups_pair(survey, at->request.between, at->request.where, &at->groups, at->err));
    } else {
        MTMI_TRY(mtmi_survey_groups_new(survey, at->request.by, at->request.where, &at->groups, at->err));
    }
    at->out->where = at->groups.where;
    at->groups.where = NULL;
    if (at->statistic == MTM_STATISTIC_PROPORTION) {
        MTMI_TRY(mtmi_answer_key_new(survey, at->items, at->n_items, &at->key, at->err));
    }
out:
    return status;
}

static void clear_run(run *at) {
    for (size_t i = 0; i < at->n_items; i++) {
        mtmi_item_free(&at->items[i]);
        mtmi_memory_free(at->told[i]);
    }
    mtmi_item_free(&at->under);
    mtmi_memory_free(at->items);
    mtmi_memory_free(at->answers);
    mtmi_memory_free(at->told);
    mtmi_question_free(at->question);
    mtmi_question_free(at->below);
    mtmi_survey_groups_free(&at->groups);
    mtmi_answer_key_free(&at->key);
    mtm_estimates_free(at->out);
}

/* What is known of all estimates. */
static mtm_status note_request(run *at) {
    const mtmi_survey_plan *plan = &at->survey->plan;
    mtm_survey_request *request = &at->request;
    at->out->level = request->level;
    at->out->purposive = plan->purposive;
    at->out->of_totals = request->statistic == MTM_STATISTIC_TOTAL;
    at->out->population = mtmi_memory_copy_text(plan->population);
    at->out->resource = mtmi_memory_copy_text(at->survey->resource != NULL ? at->survey->resource : at->survey->name);
    at->out->sensitive =
        mtmi_words_have(json_object_get(plan->json, "sensitive"), request->question, strlen(request->question));
    if (at->out->sensitive && request->threshold >= 0 && request->threshold < MTMI_SENSITIVE) {
        request->threshold = MTMI_SENSITIVE;
    }
    return at->out->population != NULL && at->out->resource != NULL ? MTM_OK : mtmi_error_memory(at->err);
}

mtm_status mtmi_survey_compute(const mtm_survey *survey, const mtm_survey_request *request, mtm_estimates **out,
                               mtm_error *err) {
    mtmi_interval_memo memo = {{0}, {0}};
    run at = {.survey = survey, .request = *request, .memo = &memo, .err = err};
    mtm_status status = MTM_OK;
    *out = NULL;
    MTMI_TRY(mtmi_survey_check_settled(survey, err));
    MTMI_TRY(mtmi_estimates_new(&at.out, err));
    MTMI_TRY(note_request(&at));
    MTMI_TRY(prepare(&at));
    MTMI_TRY(add_all(&at));
    *out = at.out;
    at.out = NULL;
out:
    clear_run(&at);
    return status;
}
