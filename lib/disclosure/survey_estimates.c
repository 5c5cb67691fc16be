/* Withholds estimates that are published one call after the other, beside all that the ledger has: the estimates become a
 * finding of one survey, which is protected as those of reports are. */
#include "disclosure/disclosure.h"
#include "disclosure/protect_survey.h"
#include "survey/publish/publish.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <mtm/report.h>

#include <string.h>

/* One or two lines of an estimate: a difference tells of both groups. */
typedef struct estimate_lines {
    mtm_estimates *estimates;
    size_t *first; /* by estimate: its first line; one more at the end */
    mtmi_survey_findings findings;
    mtmi_survey_finding finding;
    mtmi_survey_source source;
} estimate_lines;

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static mtm_status add_line(estimate_lines *out, const mtm_estimate *estimate, const char *group, size_t length,
                           int64_t n, int64_t contributors, int64_t beside, mtm_error *err) {
    mtmi_survey_line *line = &out->finding.lines[out->finding.n_lines++];
    length = strncmp(group, MTMI_SURVEY_EVERYBODY, length) == 0 ? 0 : length;
    int has_answer = estimate->answer[0] != '\0' && strcmp(estimate->statistic, "chi-square") != 0;
    memset(line, 0, sizeof *line);
    line->kind = MTMI_SURVEY_WHOLE; /* no whole stands beside the groups */
    line->of.statistic = estimate->statistic;
    line->of.rows = estimate->rows;
    line->of.n = n;
    line->of.contributors = contributors;
    line->least = smaller(has_answer ? smaller(contributors, n - contributors) : n, beside);
    line->group = mtmi_memory_copy_bytes(group, length);
    line->answer = mtmi_memory_copy_text(has_answer ? estimate->answer : "");
    return line->group != NULL && line->answer != NULL ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status add_lines(estimate_lines *out, size_t i, mtm_error *err) {
    const mtm_estimate *estimate = &out->estimates->all[i];
    const mtmi_behind *behind = &out->estimates->behind[i];
    const char *group = estimate->domain, *minus = strstr(group, " - ");
    const char *second = minus == NULL ? "" : minus + 3;
    size_t first = minus == NULL ? 0 : (size_t)(minus - group);
    int is_test = strcmp(estimate->statistic, "chi-square") == 0;
    out->first[i] = out->finding.n_lines;
    if (strcmp(estimate->statistic, "difference") == 0 && minus != NULL) {
        MTMI_CHECK_STATUS(
            add_line(out, estimate, group, first, behind->n[0], behind->contributors[0], behind->beside, err));
        return add_line(out, estimate, second, strlen(second), behind->n[1], behind->contributors[1], behind->beside,
                        err);
    }
    /* a test is of all groups together */
    return add_line(out, estimate, is_test ? "" : group, is_test ? 0 : strlen(group), behind->n[0],
                    behind->contributors[0], behind->beside, err);
}

/* Every person of a group gave one answer of those shown. */
static int adds_up(const mtm_estimates *estimates) {
    int64_t given = 0;
    size_t n = 0;
    while (n < estimates->n && strcmp(estimates->all[n].domain, estimates->all[0].domain) == 0) {
        given += estimates->behind[n++].contributors[0];
    }
    return n > 1 && strcmp(estimates->all[0].statistic, "proportion") == 0 && given == estimates->behind[0].n[0];
}

static mtm_status read_estimates(estimate_lines *out, mtm_estimates *estimates, mtm_error *err) {
    out->estimates = estimates;
    out->first = mtmi_memory_new(estimates->n + 1, sizeof *out->first);
    out->finding.lines = mtmi_memory_new(2 * estimates->n + 1, sizeof *out->finding.lines);
    out->finding.id = mtmi_memory_copy_text(estimates->all[0].question);
    out->finding.question = mtmi_memory_copy_text(estimates->all[0].question);
    out->finding.where = estimates->where == NULL ? NULL : mtmi_memory_copy_text(estimates->where);
    out->finding.sensitive = estimates->sensitive;
    out->finding.exclusive = adds_up(estimates);
    out->source.resource = estimates->resource;
    out->findings = (mtmi_survey_findings){&out->finding, 1, &out->source, 1};
    if (out->first == NULL || out->finding.lines == NULL || out->finding.id == NULL || out->finding.question == NULL ||
        (estimates->where != NULL && out->finding.where == NULL)) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < estimates->n; i++) {
        MTMI_CHECK_STATUS(add_lines(out, i, err));
    }
    out->first[estimates->n] = out->finding.n_lines;
    return MTM_OK;
}

static void withhold(const estimate_lines *from) {
    for (size_t i = 0; i < from->estimates->n; i++) {
        int hidden = 0, with_base = 0;
        for (size_t k = from->first[i]; k < from->first[i + 1]; k++) {
            hidden |= from->finding.lines[k].of.withheld;
            with_base |= from->finding.lines[k].of.n < 0;
        }
        if (hidden) {
            mtmi_estimate_withhold(&from->estimates->all[i], with_base || from->first[i + 1] - from->first[i] > 1);
        }
    }
}

static mtm_status check_options(const mtm_estimates *estimates, mtm_report_options *settings, mtm_error *err) {
    settings->threshold = settings->threshold == 0 ? MTMI_THRESHOLD_DEFAULT : settings->threshold;
    if (settings->threshold < MTMI_THRESHOLD_LEAST) {
        return mtmi_error_argument(err, "threshold", "0 for the default, or 3 or more");
    }
    if (estimates->of_rounds) {
        return mtmi_error_argument(err, "estimates",
                                   "estimates of one survey: differences of rounds are published in a report");
    }
    if (settings->ledger != NULL && estimates->of_crossed) {
        return mtmi_error_argument(err, "estimates",
                                   "groups that share nobody, or all of the smaller one: what those in both say could "
                                   "be had from other publications of the ledger");
    }
    return MTM_OK;
}

mtm_status mtm_estimates_protect(mtm_estimates *estimates, const mtm_report_options *options, mtm_error *err) {
    mtm_report_options settings = MTM_REPORT_OPTIONS_INIT;
    estimate_lines lines = {.estimates = estimates};
    mtmi_survey_record record = {0};
    mtmi_ledger *ledger = NULL;
    size_t n_withheld;
    mtm_status status = MTM_OK;
    if (estimates == NULL) {
        return mtmi_error_argument(err, "estimates", "not NULL");
    }
    MTMI_TRY(mtmi_options_copy(&settings, sizeof settings, options, "mtm_report_options", err));
    MTMI_TRY(check_options(estimates, &settings, err));
    if (estimates->n == 0) {
        return MTM_OK;
    }
    mtmi_estimates_hide_names(estimates); /* before any is entered in the ledger */
    MTMI_TRY(read_estimates(&lines, estimates, err));
    if (settings.ledger != NULL) {
        MTMI_TRY(mtmi_ledger_open(settings.ledger, &ledger, err));
    }
    MTMI_TRY(mtmi_disclosure_survey(&lines.findings, settings.threshold, ledger, &record, &n_withheld, err));
    if (ledger != NULL) {
        MTMI_TRY(mtmi_survey_record_enter(&record, ledger, estimates->all[0].question, err));
    }
    withhold(&lines);
    MTMI_TRY(mtmi_estimates_publish(estimates, settings.threshold, ledger != NULL, err));
out:
    mtmi_survey_record_clear(&record);
    mtmi_ledger_free(ledger);
    mtmi_survey_finding_clear(&lines.finding);
    mtmi_memory_free(lines.first);
    return status;
}
