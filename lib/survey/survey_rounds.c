/* Answers a request, and subtracts what another survey answers: two rounds, each with its file. Of samples drawn apart
 * variances and degrees of freedom add up, as if the rounds were strata of one design. Where the same clusters were visited,
 * both rounds are one survey, and the variance is that of its difference.
 * Invariant: an estimate that only one of the two has gives no difference; where clusters of both have the same names and
 * nobody says whether they are the same, a difference has no interval. */
#include "survey/estimates.h"
#include "survey/groups/group.h"
#include "survey/interval.h"
#include "survey/publish/publish.h"
#include "survey/quantile.h"
#include "survey/revisit.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <math.h>
#include <string.h>

#define FEW 30
#define WIDE 0.2

static const mtm_estimate *find_like(const mtm_estimates *in, const mtm_estimate *like) {
    for (size_t i = 0; i < in->n; i++) {
        const mtm_estimate *one = &in->all[i];
        if (strcmp(one->statistic, like->statistic) == 0 && strcmp(one->question, like->question) == 0 &&
            strcmp(one->answer, like->answer) == 0 && strcmp(one->domain, like->domain) == 0) {
            return one;
        }
    }
    return NULL;
}

static void fill_numbers(mtm_estimate *out, const mtm_estimate *now, const mtm_estimate *before, double level) {
    out->n = now->n + before->n;
    out->contributors = now->contributors + before->contributors;
    out->rows = now->rows + before->rows;
    out->missing = now->missing + before->missing;
    out->unknown = now->unknown + before->unknown;
    out->refused = now->refused + before->refused;
    out->not_asked = now->not_asked + before->not_asked;
    out->unexpected = now->unexpected + before->unexpected;
    out->invalid = now->invalid + before->invalid;
    out->out_of_domain = now->out_of_domain + before->out_of_domain;
    out->zero_weight = now->zero_weight + before->zero_weight;
    out->estimate = now->estimate - before->estimate;
    out->se = sqrt(now->se * now->se + before->se * before->se);
    out->df = now->df + before->df;
    mtmi_interval_fill(out, MTM_INTERVAL_T, level, 0, 0, NULL);
}

/* Whether the difference is to be relied on, as its interval says. */
static void judge(mtm_estimate *out, const mtm_estimate *now, const mtm_estimate *before) {
    int share = strcmp(now->statistic, "proportion") == 0;
    out->unreliable = now->n < FEW || before->n < FEW ? MTM_UNRELIABLE_FEW : 0;
    if (share && (out->high - out->low) / 2 > WIDE) {
        out->unreliable |= MTM_UNRELIABLE_WIDE;
    }
    if (!isnan(out->se) && !(out->df > 0)) {
        out->unreliable |= MTM_UNRELIABLE_FREE;
    }
}

static mtm_status add_one(mtm_estimates *out, const mtm_estimates *from, size_t i, const mtm_estimate *before,
                          mtm_error *err) {
    const mtm_estimate *now = &from->all[i];
    mtm_estimate *to;
    MTMI_CHECK_STATUS(mtmi_estimates_add(out, &to, err));
    to->statistic = "difference";
    to->question = mtmi_estimates_text(out, now->question);
    to->answer = mtmi_estimates_text(out, now->answer);
    to->domain = mtmi_estimates_text(out, now->domain);
    to->question_label = mtmi_estimates_text(out, now->question_label);
    to->answer_label = mtmi_estimates_text(out, now->answer_label);
    if (to->question == NULL || to->answer == NULL || to->domain == NULL || to->question_label == NULL ||
        to->answer_label == NULL) {
        return mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(mtmi_estimates_tell(out, from->behind[i].answer, from->behind[i].domain, err));
    if (now->withheld || before->withheld) {
        to->withheld = 1;
        to->n = to->contributors = -1;
        to->reason = "too few persons stand behind it";
        return MTM_OK;
    }
    fill_numbers(to, now, before, out->level);
    if (isnan(now->se) || isnan(before->se)) {
        to->reason = now->reason[0] != '\0' ? now->reason : before->reason;
    }
    return MTM_OK;
}

/* How far the two samples are one. */
typedef struct relation {
    mtm_survey *joined; /* the same clusters were visited: both as one survey; NULL */
    const char *doubt;  /* why no interval is known; NULL */
} relation;

static mtm_status find_relation(const mtm_survey *now, const mtm_survey *before, relation *out, mtm_error *err) {
    size_t n_shared = 0;
    *out = (relation){NULL, NULL};
    if (now->plan.revisits != 0) {
        MTMI_CHECK_STATUS(mtmi_rounds_shared(now, before, &n_shared, err));
    }
    if (n_shared == 0) {
        return MTM_OK;
    }
    if (now->plan.revisits < 0) {
        out->doubt = "clusters of both rounds have the same names: declare \"revisits\": true where they are the same "
                     "clusters, else false";
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_rounds_join(now, before, &out->joined, err));
    out->doubt = out->joined == NULL
                     ? "both rounds visited the same clusters, but their designs differ, or their weights "
                       "are calibrated or replicated"
                     : NULL;
    return MTM_OK;
}

/* The condition of a group of both rounds. */
static mtm_status join_conditions(const char *where, const char *domain, mtmi_buffer *out, mtm_error *err) {
    int both = where != NULL && where[0] != '\0' && domain[0] != '\0';
    mtmi_buffer_text(out, where == NULL ? "" : where);
    mtmi_buffer_text(out, both ? ";" : "");
    mtmi_buffer_text(out, domain);
    return out->failed ? mtmi_error_memory(err) : MTM_OK;
}

static const char no_group[] = "the group is not found in both rounds together";

static void leave_out_interval(mtm_estimate *difference, const char *why) {
    difference->se = difference->df = difference->low = difference->high = NAN;
    difference->method = "none";
    difference->reason = why;
}

/* Those who answered in each round, of both rounds as one survey. */
static mtm_status take_rounds(const mtm_survey *joined, const mtmi_survey_groups *groups, const mtmi_item *item,
                              mtmi_sample samples[2], mtm_error *err) {
    static const char *const rounds[] = {MTMI_ROUND_NOW, MTMI_ROUND_BEFORE};
    for (int i = 0; i < 2; i++) {
        size_t group = mtmi_survey_groups_find(groups, rounds[i], strlen(rounds[i]));
        if (group != MTMI_MAP_NONE) {
            size_t first = groups->starts[group], n = groups->starts[group + 1] - first;
            mtmi_domain domain = {groups->rows + first, n, NULL, NULL};
            MTMI_CHECK_STATUS(mtmi_sample_new(joined->design, &domain, item, NULL, &samples[i], err));
        }
    }
    return MTM_OK;
}

/* The change of a quantile, which stands in difference as if the samples were drawn apart. */
static mtm_status relate_quantiles(const mtm_survey *joined, const char *question, const char *where,
                                   const mtm_estimate *const rounds[2], mtm_estimate *difference, double level,
                                   mtm_error *err) {
    mtmi_survey_groups groups = {0};
    mtmi_question *asked = NULL;
    mtmi_item item = {0};
    mtmi_sample samples[2] = {{0}, {0}};
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_survey_groups_new(joined, MTMI_ROUND, where, &groups, err));
    MTMI_TRY(mtmi_question_new(joined->frame, &joined->plan, question, 1, &asked, err));
    MTMI_TRY(mtmi_item_new(asked, 0, &item, err));
    MTMI_TRY(take_rounds(joined, &groups, &item, samples, err));
    if (samples[0].answers + samples[1].answers != difference->n) {
        leave_out_interval(difference, no_group);
        goto out;
    }
    const double quantiles[] = {rounds[0]->estimate, rounds[1]->estimate}, a = rounds[0]->se, b = rounds[1]->se;
    double correlation;
    MTMI_TRY(mtmi_quantile_correlation(joined, (const mtmi_sample *const[]){&samples[0], &samples[1]}, quantiles,
                                       &correlation, &difference->df, err));
    difference->se = sqrt(fmax(0, a * a + b * b - 2 * correlation * a * b));
    mtmi_interval_fill(difference, MTM_INTERVAL_T, level, 0, 0, NULL);
out:
    mtmi_sample_free(&samples[0]);
    mtmi_sample_free(&samples[1]);
    mtmi_item_free(&item);
    mtmi_question_free(asked);
    mtmi_survey_groups_free(&groups);
    return status;
}

/* What the last difference is in both rounds as one survey. */
static mtm_status relate(const mtm_survey *joined, const mtm_survey_request *request,
                         const mtm_estimate *const rounds[2], mtm_estimate *difference, double level, mtm_error *err) {
    mtm_survey_request own = *request;
    mtmi_buffer where = MTMI_BUFFER_INIT;
    mtm_estimates *found = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(join_conditions(request->where, difference->domain, &where, err));
    if (own.statistic == MTM_STATISTIC_QUANTILE) {
        status = relate_quantiles(joined, request->question, where.size == 0 ? NULL : where.data, rounds, difference,
                                  level, err);
        goto out;
    }
    own.before = NULL;
    own.by = MTMI_ROUND;
    own.between = MTMI_ROUND_NOW "," MTMI_ROUND_BEFORE;
    own.where = where.size == 0 ? NULL : where.data;
    own.answer = difference->answer[0] == '\0' ? request->answer : difference->answer;
    own.threshold = -1;
    status = mtmi_survey_compute(joined, &own, &found, err);
    MTMI_TRY(status == MTM_ERROR_NOT_FOUND || status == MTM_ERROR_ARGUMENT ? MTM_OK : status);
    const mtm_estimate *one = found != NULL && found->n == 1 ? &found->all[0] : NULL;
    if (one == NULL || one->n != difference->n) { /* names of the group that a condition reads otherwise */
        leave_out_interval(difference, no_group);
        goto out;
    }
    difference->estimate = one->estimate;
    difference->se = one->se;
    difference->df = one->df;
    mtmi_interval_fill(difference, MTM_INTERVAL_T, level, 0, 0, NULL);
out:
    mtm_estimates_free(found);
    mtmi_buffer_free(&where);
    return status;
}

static mtm_status add_all(const mtm_estimates *now, const mtm_estimates *before, const mtm_survey_request *request,
                          const relation *samples, mtm_estimates *out, mtm_error *err) {
    for (size_t i = 0; i < now->n; i++) {
        const mtm_estimate *other = find_like(before, &now->all[i]);
        if (other == NULL || strcmp(now->all[i].statistic, "chi-square") == 0) {
            continue;
        }
        MTMI_CHECK_STATUS(add_one(out, now, i, other, err));
        mtm_estimate *difference = &out->all[out->n - 1];
        if (difference->withheld) {
            continue;
        }
        if (!isnan(difference->se) && samples->joined != NULL) {
            const mtm_estimate *const rounds[] = {&now->all[i], other};
            MTMI_CHECK_STATUS(relate(samples->joined, request, rounds, difference, out->level, err));
        } else if (!isnan(difference->se) && samples->doubt != NULL) {
            leave_out_interval(difference, samples->doubt);
        }
        judge(difference, &now->all[i], other);
    }
    return MTM_OK;
}

static mtm_status subtract(const mtm_survey *survey, const mtm_survey_request *request, const mtm_estimates *now,
                           const mtm_estimates *before, mtm_estimates **out, mtm_error *err) {
    mtm_estimates *made = NULL;
    relation samples = {NULL, NULL};
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_estimates_new(&made, err));
    made->level = now->level;
    made->of_rounds = 1;
    made->of_totals = now->of_totals;
    made->sensitive = now->sensitive || before->sensitive;
    made->purposive = now->purposive || before->purposive;
    made->population = mtmi_memory_copy_text(now->population);
    MTMI_TRY(made->population == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(made->purposive ? MTM_OK : find_relation(survey, request->before, &samples, err));
    MTMI_TRY(add_all(now, before, request, &samples, made, err));
    *out = made;
    made = NULL;
out:
    mtmi_survey_free(samples.joined);
    mtm_estimates_free(made);
    return status;
}

static mtm_status check_request(mtm_survey_request *request, mtm_error *err) {
    request->level = request->level == 0 ? 0.95 : request->level;
    request->probability = request->probability == 0 ? 0.5 : request->probability;
    if (request->question == NULL || request->question[0] == '\0') {
        return mtmi_error_argument(err, "question", "the name of a question");
    }
    if (!(request->level > 0 && request->level < 1) || !(request->probability > 0 && request->probability < 1)) {
        return mtmi_error_argument(err, "level and probability", "above 0 and below 1");
    }
    if (request->statistic < 0 || request->statistic > MTM_STATISTIC_CHI_SQUARE || request->interval < 0 ||
        request->interval > MTM_INTERVAL_BETA || request->threshold < -1) {
        return mtmi_error_argument(err, "request", "an mtm_statistic, an mtm_interval and a threshold not below -1");
    }
    if (request->statistic == MTM_STATISTIC_RATIO && request->denominator == NULL) {
        return mtmi_error_argument(err, "denominator", "the question below the line of a ratio");
    }
    if (request->between != NULL && request->statistic == MTM_STATISTIC_QUANTILE) {
        return mtmi_error_argument(err, "between", "a proportion, mean, total or ratio");
    }
    return MTM_OK;
}

mtm_status mtm_survey_compute(const mtm_survey *survey, const mtm_survey_request *request, mtm_estimates **out,
                              mtm_error *err) {
    mtm_survey_request own = MTM_SURVEY_REQUEST_INIT;
    mtm_estimates *now = NULL, *before = NULL, *made = NULL;
    mtm_status status = MTM_OK;
    if (survey == NULL || request == NULL || out == NULL) {
        return mtmi_error_argument(err, survey == NULL ? "survey" : request == NULL ? "request" : "out", "not NULL");
    }
    *out = NULL;
    MTMI_TRY(mtmi_options_copy(&own, sizeof own, request, "request", err));
    MTMI_TRY(check_request(&own, err));
    MTMI_TRY(mtmi_survey_compute(survey, &own, &now, err));
    if (own.before != NULL) {
        MTMI_TRY(mtmi_survey_compute(own.before, &own, &before, err));
        MTMI_TRY(subtract(survey, &own, now, before, &made, err));
    } else {
        made = now;
        now = NULL;
    }
    int64_t least =
        own.threshold >= 0 && own.threshold < MTMI_SENSITIVE && made->sensitive ? MTMI_SENSITIVE : own.threshold;
    MTMI_TRY(least > 0 ? mtmi_estimates_publish(made, least, 0, err) : MTM_OK);
    *out = made;
    made = NULL;
out:
    mtm_estimates_free(made);
    mtm_estimates_free(now);
    mtm_estimates_free(before);
    return status;
}
