/* Answers a request, and subtracts what another survey answers that was drawn apart: two rounds, each with its file.
 * Their samples are independent, so that variances and degrees of freedom add up, as if the rounds were strata of one design.
 * Invariant: an estimate that only one of the two has gives no difference. */
#include "survey/estimates.h"
#include "survey/interval.h"
#include "survey/publish/publish.h"

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
    int share = strcmp(now->statistic, "proportion") == 0;
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
    mtmi_interval_fill(out, MTM_INTERVAL_T, level, 0, NULL);
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

static mtm_status subtract(const mtm_estimates *now, const mtm_estimates *before, mtm_estimates **out, mtm_error *err) {
    mtm_estimates *made = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_estimates_new(&made, err));
    made->level = now->level;
    made->of_rounds = 1;
    made->of_totals = now->of_totals;
    made->sensitive = now->sensitive || before->sensitive;
    made->purposive = now->purposive || before->purposive;
    made->population = mtmi_memory_copy_text(now->population);
    MTMI_TRY(made->population == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (size_t i = 0; i < now->n; i++) {
        const mtm_estimate *other = find_like(before, &now->all[i]);
        int can = other != NULL && strcmp(now->all[i].statistic, "chi-square") != 0;
        MTMI_TRY(can ? add_one(made, now, i, other, err) : MTM_OK);
    }
    *out = made;
    made = NULL;
out:
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
        MTMI_TRY(subtract(now, before, &made, err));
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
