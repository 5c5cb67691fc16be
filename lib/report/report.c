/* Makes a report: a copy of results without what is withheld, sections in their order, every text printed. When
 * anything fails, nothing is left. */
#include "report/report.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "disclosure/audit.h"
#include "disclosure/disclosure.h"
#include "report/front_matter.h"
#include "report/over_time.h"
#include "disclosure/protect_survey.h"
#include "report/gather.h"
#include "report/highlights.h"
#include "report/indicator_entry.h"
#include "report/survey/report_survey.h"

#include <string.h>

static void free_indicator(mtmi_report_indicator *indicator) {
    mtmi_memory_free(indicator->rows);
    mtmi_memory_free(indicator->points);
    mtmi_memory_free(indicator->steps);
    mtmi_memory_free(indicator->notes);
    mtmi_memory_free(indicator->whole_notes);
    mtmi_memory_free(indicator->note_numbers);
    mtmi_memory_free(indicator->sources);
}

void mtm_report_free(mtm_report *report) {
    if (report == NULL) {
        return;
    }
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            free_indicator(&report->sections[s].indicators[i]);
        }
        mtmi_memory_free(report->sections[s].indicators);
    }
    for (size_t i = 0; i < report->n_texts; i++) {
        mtmi_memory_free(report->texts[i]);
    }
    mtmi_memory_free(report->texts);
    mtmi_memory_free(report->sections);
    mtmi_memory_free(report->limitations);
    mtmi_memory_free(report->gathered);
    mtmi_memory_free(report->notes);
    mtmi_memory_free(report->bibliography);
    for (size_t i = 0; i < report->n_surveys; i++) {
        mtmi_memory_free(report->surveys[i].rows);
    }
    mtmi_memory_free(report->surveys);
    mtmi_memory_free(report->methods);
    mtm_results_free(report->results);
    mtmi_memory_free(report);
}

static int same_section(const mtm_result *a, const mtm_result *b) {
    return strcmp(a->section != NULL ? a->section : "", b->section != NULL ? b->section : "") == 0;
}

static void build_section(mtmi_text_builder *scribe, const mtm_results *results, const mtmi_masks *masks, size_t first,
                          size_t last, mtmi_report_section *out) {
    out->id = results->results[first].section != NULL ? results->results[first].section : "";
    out->title = mtmi_titles_get(&results->results[first].section_title, scribe->report->language);
    out->title = *out->title != '\0' ? out->title : out->id;
    out->indicators = mtmi_text_builder_table(scribe, last - first, sizeof *out->indicators);
    out->unavailable = out->of_others = 1;
    out->unavailable_text = "";
    if (out->indicators == NULL) {
        return;
    }
    out->n_indicators = last - first;
    for (size_t r = first; r < last; r++) {
        mtmi_report_indicator *indicator = &out->indicators[r - first];
        mtmi_entry_build(scribe, &results->results[r], &masks->of[r], indicator);
        out->of_others &= mtmi_results_is_of_others(results, &results->results[r]);
        out->unavailable &= !indicator->value.has && !indicator->value.hidden && indicator->n_rows == 0;
    }
    if (out->unavailable) {
        out->unavailable_text =
            mtmi_say(scribe, MTMI_MESSAGE_SECTION_UNAVAILABLE, "period",
                     mtmi_print_period(scribe, results->results[first].period, MTMI_WHEN_FOR), MTMI_SAY_END);
    }
}

static void build_sections(mtmi_text_builder *scribe, const mtm_results *results, const mtmi_masks *masks) {
    mtm_report *report = scribe->report;
    size_t n = 0;
    for (size_t r = 0; r < results->n; r++) {
        n += r == 0 || !same_section(&results->results[r - 1], &results->results[r]);
    }
    report->sections = mtmi_text_builder_table(scribe, n, sizeof *report->sections);
    for (size_t first = 0, last; report->sections != NULL && first < results->n; first = last) {
        for (last = first + 1; last < results->n && same_section(&results->results[first], &results->results[last]);) {
            last++;
        }
        build_section(scribe, results, masks, first, last, &report->sections[report->n_sections++]);
    }
}

/* How the figures are protected, and how far that reaches. */
static const char *protection_of(mtmi_text_builder *scribe, const mtmi_masks *masks) {
    const char *const *messages = (const char *const *)scribe->words->messages;
    const char *scope = messages[scribe->report->in_ledger ? MTMI_MESSAGE_SCOPE_LEDGER : MTMI_MESSAGE_SCOPE_DOCUMENT];
    if (masks->threshold <= 0) {
        return "";
    }
    if (masks->reach > 0) {
        return mtmi_say(scribe, MTMI_MESSAGE_ROUNDED, "threshold", mtmi_print_count(scribe, masks->threshold), "reach",
                        mtmi_print_count(scribe, masks->reach), "scope", scope, MTMI_SAY_END);
    }
    return masks->not_added ? mtmi_say(scribe, MTMI_MESSAGE_NOT_ROUNDED, "scope", scope, MTMI_SAY_END) : scope;
}

static void build_head(mtmi_text_builder *scribe, const mtm_results *results, const mtmi_masks *masks) {
    mtm_report *report = scribe->report;
    report->language_code = scribe->words->code;
    report->country = results->country;
    const uint32_t office = (uint32_t)1 << MTMI_COMPONENT_NONE, surveys = (uint32_t)1 << MTMI_COMPONENT_SURVEY;
    report->is_tracking = (results->components & ~surveys) != 0 && (results->components & office) == 0;
    report->country_title = mtmi_titles_get(&results->country_title, report->language);
    if (*report->country_title == '\0') {
        report->country_title = report->country;
    }
    report->title = mtmi_titles_get(&results->package_title, report->language);
    if (*report->title == '\0' && *report->country_title == '\0') {
        report->title = scribe->words->messages[report->is_tracking ? MTMI_MESSAGE_REPORT_TITLE_TRACKING_ANY
                                                                    : MTMI_MESSAGE_REPORT_TITLE_ANY];
    } else if (*report->title == '\0') {
        report->title =
            mtmi_say(scribe, report->is_tracking ? MTMI_MESSAGE_REPORT_TITLE_TRACKING : MTMI_MESSAGE_REPORT_TITLE,
                     "country", report->country_title, MTMI_SAY_END);
    }
    report->period = results->period;
    report->period_text = mtmi_print_period(scribe, results->period, MTMI_WHEN_NAME);
    report->period_long = mtmi_print_period_long(scribe, results->period);
    report->has_as_of = results->has_as_of;
    report->as_of = results->as_of;
    report->as_of_text = results->has_as_of ? mtmi_print_as_of(scribe, results->as_of) : "";
    report->protection = protection_of(scribe, masks);
    report->is_rounded = masks->reach > 0;
    report->not_for_publication = masks->threshold == MTMI_THRESHOLD_OFF;
    report->stamp = report->not_for_publication ? scribe->words->messages[MTMI_MESSAGE_STAMP] : "";
}

/* Everything is worded from results that no longer hold what is withheld. */
static mtm_status build(mtm_report *report, mtmi_masks *masks, mtm_error *err) {
    mtmi_text_builder scribe = {report, mtmi_words_get(report->language), 0};
    report->threshold = masks->threshold;
    report->n_hidden = masks->n_hidden;
    build_head(&scribe, report->results, masks);
    build_sections(&scribe, report->results, masks);
    mtmi_rates_build(&scribe);
    mtmi_surveys_build(&scribe, report->results->surveys);
    mtmi_highlights_build(&scribe, report->results);
    mtmi_limitations_build(&scribe, report->results, masks);
    mtmi_gather_limitations(&scribe);
    mtmi_gather_notes(&scribe);
    if (!scribe.failed) { /* sources are matched with indicators that are all there */
        mtmi_bibliography_build(&scribe, report->results);
        mtmi_front_matter_build(&scribe, report->results);
    }
    return scribe.failed ? mtmi_error_memory(err) : MTM_OK;
}

static mtm_status read_options(const mtm_report_options *options, mtm_report_options *out, mtmi_rules *rules,
                               mtm_error *err) {
    mtm_status status = mtmi_options_copy(out, sizeof *out, options, "mtm_report_options", err);
    if (status != MTM_OK) {
        return status;
    }
    if (out->language < MTM_LANGUAGE_EN || out->language > MTM_LANGUAGE_KK) {
        return mtmi_error_argument(err, "language", "a number of mtm_language");
    }
    out->threshold = out->threshold == 0 ? MTMI_THRESHOLD_DEFAULT : out->threshold;
    return mtmi_rules_read(out, rules, err);
}

static int is_of_one_period(const mtm_results *results) {
    for (size_t i = 0; i < results->n; i++) {
        if (results->results[i].period.first != results->period.first ||
            results->results[i].period.last != results->period.last) {
            return 0;
        }
    }
    return 1;
}

/* What is known of earlier publications; the ledger stays locked until the report is entered in it. */
typedef struct past {
    mtmi_ledger *ledger;
    mtmi_evidence *joined;
    mtmi_print print;
    mtmi_survey_record surveys;
} past;

static mtm_status open_ledger(past *p, const mtm_results *results, const mtm_report_options *settings, mtm_error *err) {
    if (settings->ledger == NULL) {
        return MTM_OK;
    }
    if (settings->threshold == MTMI_THRESHOLD_OFF) {
        return mtmi_error_argument(err, "ledger",
                                   "none where disclosure control is off: such a report is not published");
    }
    MTMI_CHECK_STATUS(mtmi_ledger_open(settings->ledger, &p->ledger, err));
    return mtmi_ledger_join(p->ledger, results->evidence, &p->joined, err);
}

static mtm_status protect(mtm_report *report, const mtm_results *results, const mtmi_rules *rules, past *p,
                          mtmi_masks **masks, mtm_error *err) {
    mtmi_certificate certificate = {0};
    const mtmi_evidence *evidence = p->joined != NULL ? p->joined : results->evidence;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_disclosure_protect(report->results, evidence, p->ledger, rules, masks, &certificate, err));
    mtmi_disclosure_redact(report->results, *masks);
    MTMI_TRY(mtmi_audit_run(report->results, *masks, evidence, p->ledger, &certificate, &p->print, err));
out:
    mtmi_certificate_clear(&certificate);
    return status;
}

/* Last of all: a document that could not be made is not entered. */
static mtm_status enter(const mtm_report *report, past *p, const mtmi_masks *masks, mtm_error *err) {
    mtmi_buffer title = MTMI_BUFFER_INIT;
    if (p->ledger == NULL || report->threshold <= 0) {
        return MTM_OK;
    }
    mtmi_buffer_format(&title, "%s, %s", report->title, report->period_text);
    mtm_status status = MTM_OK;
    MTMI_TRY(title.failed ? mtmi_error_memory(err)
                          : mtmi_print_record(&p->print, p->joined, p->ledger, title.data, masks, err));
    MTMI_TRY(mtmi_survey_record_enter(&p->surveys, p->ledger, title.data, err));
out:
    mtmi_buffer_free(&title);
    return status;
}

mtm_status mtm_report_new(const mtm_results *results, const mtm_report_options *options, mtm_report **out,
                          mtm_error *err) {
    mtm_report_options settings = MTM_REPORT_OPTIONS_INIT;
    mtmi_rules rules;
    mtmi_masks *masks = NULL;
    mtm_report *report = NULL;
    past p = {0};
    mtm_status status = MTM_OK;
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "a place for the report");
    }
    *out = NULL;
    if (results == NULL) {
        return mtmi_error_argument(err, "results", "results");
    }
    MTMI_TRY(is_of_one_period(results)
                 ? read_options(options, &settings, &rules, err)
                 : mtmi_error_argument(err, "results", "results of one reference period; make a report of each"));
    if (results->is_sensitive) {
        rules.threshold = settings.threshold = mtmi_threshold_sensitive(rules.threshold);
    }
    report = mtmi_memory_new(1, sizeof *report);
    MTMI_TRY(report != NULL ? MTM_OK : mtmi_error_memory(err));
    report->language = (mtm_language)settings.language;
    report->in_ledger = settings.ledger != NULL;
    MTMI_TRY(mtmi_results_copy(results, &report->results, err));
    MTMI_TRY(open_ledger(&p, results, &settings, err));
    MTMI_TRY(protect(report, results, &rules, &p, &masks, err));
    if (report->results->surveys != NULL) { /* answers of persons are always confidential */
        size_t n_withheld;
        masks->threshold = settings.threshold;
        MTMI_TRY(mtmi_disclosure_survey(report->results->surveys, settings.threshold, p.ledger, &p.surveys, &n_withheld,
                                        err));
        masks->n_hidden += n_withheld;
    }
    MTMI_TRY(build(report, masks, err));
    MTMI_TRY(enter(report, &p, masks, err));
    *out = report;
    report = NULL;
out:
    mtmi_print_clear(&p.print);
    mtmi_survey_record_clear(&p.surveys);
    mtmi_evidence_free(p.joined);
    mtmi_ledger_free(p.ledger);
    mtmi_masks_free(masks);
    mtm_report_free(report);
    return status;
}

const char *mtm_report_finding(const mtm_report *report, const char *indicator) {
    const mtmi_report_indicator *found =
        report != NULL && indicator != NULL ? mtmi_report_find(report, indicator) : NULL;
    return found != NULL ? found->finding : NULL;
}

int mtm_report_limitation(const mtm_report *report, size_t index, mtm_limitation *out) {
    if (index >= report->n_limitations) {
        return 0;
    }
    const mtmi_limitation *found = &report->limitations[index];
    const mtm_limitation info = {sizeof info, found->kind_id, found->kind_title, found->indicator, found->text};
    return mtmi_info_fill(out, &info, sizeof info);
}

int mtm_report_reference(const mtm_report *report, size_t index, mtm_reference *out) {
    if (index >= report->n_bibliography) {
        return 0;
    }
    const mtmi_bibliography_entry *found = &report->bibliography[index];
    const mtm_reference info = {
        .size = sizeof info,
        .publisher = found->publisher,
        .title = found->title,
        .address = found->path,
        .licence = found->licence,
        .accessed = found->accessed,
        .text = found->text,
        .release = found->release,
        .on_request = found->on_request,
        .methodology_public = found->methodology_public,
    };
    return mtmi_info_fill(out, &info, sizeof info);
}
