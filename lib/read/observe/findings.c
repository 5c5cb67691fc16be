/* Writes into a check what the data contradict among themselves: the findings of a dataset, each with both figures.
 * Unclassified labels and equal rows were noted where they stand. */
#include "base/error.h"
#include "base/try.h"
#include "data/totals.h"
#include "read/observe/observe_internal.h"

#include <string.h>

/* The texts of a finding: its two figures and its period. */
typedef struct wording {
    const mtmi_finding *finding;
    const char *label, *dimension;
    char a[64], b[64], period[MTMI_PERIOD_TEXT];
    mtmi_buffer found, expected;
    const char *hint;
    int code;
} wording;

static void word_total(wording *w) {
    w->code = MTMI_CODE_TOTAL;
    mtmi_buffer_format(&w->found, "%s for %s as the total over %s", w->a, w->period, w->label);
    mtmi_buffer_format(&w->expected, "%s, the sum of the parts", w->b);
    w->hint = "correct the file; say partsAreSelection where the parts are only some of them";
}

static void word_fall(wording *w) {
    w->code = MTMI_CODE_FALLS;
    mtmi_buffer_format(&w->found, "%s for %s", w->b, w->period);
    mtmi_buffer_format(&w->expected, "at least %s, the cumulative figure of line %lld", w->a,
                       (long long)w->finding->other_line);
}

static void word_proved(wording *w) {
    w->code = MTMI_CODE_TOTAL_PROVED;
    mtmi_buffer_format(&w->found, "%q as a label of %s in %lld rows", w->label, w->dimension,
                       (long long)w->finding->a.units);
    mtmi_buffer_text(
        &w->expected,
        w->finding->kind == MTMI_FINDING_TOTAL_ALIGNED
            ? "a code or a known word; it stands only beside the total of another column, and is taken as the total"
            : "a code or a known word; its figures are the sums of the others, and it is taken as the total");
    w->hint = "add an alias, such as to \"_T\", to say so";
}

static void word_doubt(wording *w) {
    mtmi_buffer_format(&w->found, "%q in %s for %s, where the sum is %s or %s", w->label, w->dimension, w->period, w->a,
                       w->b);
    switch (w->finding->kind) {
    case MTMI_FINDING_GROUP_EXCEEDS:
        w->code = MTMI_CODE_GROUP_EXCEEDS;
        mtmi_buffer_text(&w->expected, "the figure of the group's listed members; sums over them are refused");
        w->hint = "print the total, or list all members of the group";
        break;
    case MTMI_FINDING_OVERLAP:
        w->code = MTMI_CODE_OVERLAP;
        mtmi_buffer_text(&w->expected, "members that do not overlap; they are not added");
        w->hint = "print the total, or read only members that do not overlap, by a filter of rows";
        break;
    case MTMI_FINDING_MEASURES:
        w->code = MTMI_CODE_MEASURES;
        mtmi_buffer_text(&w->expected,
                         "one thing that is counted; each is an indicator of its own, and they are not added");
        w->hint = "say in one resource each what is counted, by a filter of rows or by ignoring columns";
        break;
    default:
        w->code = MTMI_CODE_MAY_BE_TOTAL;
        mtmi_buffer_text(&w->expected, "a row that is a total or is not; sums over it are refused");
        w->hint = "add an alias: \"_T\" where it is the total, \"_U\" where it is not stated";
        break;
    }
}

static void word_lacking(wording *w) {
    w->code = MTMI_CODE_TOTAL_LACKS;
    mtmi_buffer_format(
        &w->found,
        "no total of %s for %s, where the parts add up to %s; a total that is printed, %s, is above its parts",
        w->dimension, w->period, w->a, w->b);
    mtmi_buffer_text(&w->expected, "the total, or all its parts; sums without it are refused");
    w->hint = "print the total for every period";
}

static void word_balance(wording *w) {
    w->code = MTMI_CODE_BALANCE;
    mtmi_buffer_format(&w->found, "%s as %q for %s", w->a, w->label, w->period);
    mtmi_buffer_format(&w->expected, "%s, the arrivals of line %lld less the departures", w->b,
                       (long long)w->finding->other_line);
    w->hint = "ask the source; indicators are made of the arrivals and departures";
}

static void word_to_date(wording *w) {
    w->code = MTMI_CODE_YEAR_TO_DATE;
    mtmi_buffer_format(&w->found, "figures that rise through the year in every row, such as from %s to %s for %s", w->a,
                       w->b, w->period);
    mtmi_buffer_format(&w->expected,
                       "figures of each period alone, as that of line %lld; these look like figures since January",
                       (long long)w->finding->other_line);
    w->hint = "say cumulative in the resource if they are";
}

static void word_rest(wording *w) {
    w->code = MTMI_CODE_EQUALS_REST;
    mtmi_buffer_format(&w->found, "%q in %s as large as all others together in %lld periods", w->label, w->dimension,
                       (long long)w->finding->a.units);
    mtmi_buffer_text(&w->expected, "a part; it was added as one");
    w->hint = "add an alias to \"_T\" if it is the total";
}

/* 0 where the finding is none of a check. */
static int word_finding(wording *w) {
    switch (w->finding->kind) {
    case MTMI_FINDING_TOTAL_MISMATCH: word_total(w); return 1;
    case MTMI_FINDING_CUMULATIVE_FALLS: word_fall(w); return 1;
    case MTMI_FINDING_TOTAL_PROVED:
    case MTMI_FINDING_TOTAL_ALIGNED: word_proved(w); return 1;
    case MTMI_FINDING_MAY_BE_TOTAL:
    case MTMI_FINDING_GROUP_EXCEEDS:
    case MTMI_FINDING_OVERLAP:
    case MTMI_FINDING_MEASURES: word_doubt(w); return 1;
    case MTMI_FINDING_TOTAL_LACKS: word_lacking(w); return 1;
    case MTMI_FINDING_EQUALS_REST: word_rest(w); return 1;
    case MTMI_FINDING_BALANCE: word_balance(w); return 1;
    case MTMI_FINDING_YEAR_TO_DATE: word_to_date(w); return 1;
    case MTMI_FINDING_UNCLASSIFIED:
    case MTMI_FINDING_DUPLICATE:
    case MTMI_FINDING_NOTE:
    case MTMI_FINDING_REFUSED:
    case MTMI_FINDING_CONFLICTS: break;
    }
    return 0;
}

static mtm_status say_finding(mtmi_observer *observer, const mtm_dataset *dataset, const mtmi_finding *finding,
                              mtm_error *err) {
    wording w = {finding,
                 finding->label != NULL ? finding->label : "",
                 finding->dimension >= 0 ? dataset->dimensions[finding->dimension].name : "",
                 "",
                 "",
                 "",
                 MTMI_BUFFER_INIT,
                 MTMI_BUFFER_INIT,
                 NULL,
                 0};
    mtmi_diagnostic_input said = {0};
    mtm_status status = MTM_OK;

    (void)mtm_decimal_describe(finding->a, w.a, sizeof w.a);
    (void)mtm_decimal_describe(finding->b, w.b, sizeof w.b);
    (void)mtm_period_describe(finding->period, w.period, sizeof w.period);
    if (word_finding(&w)) {
        said.code = w.code;
        said.line = finding->line;
        said.prose = 1;
        said.found = w.found.data;
        said.found_size = w.found.size;
        said.expected = w.expected.data;
        said.hint = w.hint;
        status = w.found.failed || w.expected.failed ? mtmi_error_memory(err)
                                                     : mtmi_check_add(observer->settings.log, &said, err);
    }
    mtmi_buffer_free(&w.found);
    mtmi_buffer_free(&w.expected);
    return status;
}

mtm_status mtmi_observe_findings(mtmi_observer *observer, const mtm_dataset *dataset, mtm_error *err) {
    for (size_t i = 0; i < dataset->n_findings; i++) {
        MTMI_CHECK_STATUS(say_finding(observer, dataset, &dataset->findings[i], err));
    }
    return mtmi_observe_round_dates(observer, dataset, err);
}
