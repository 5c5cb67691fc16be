/* Writes the paragraph on how a survey was drawn, from its design and from who answered. */
#include "report/survey/report_survey.h"

#include <string.h>

static void add_sentence(mtmi_text_builder *scribe, const char **text, const char *more) {
    *text =
        **text == '\0' ? more : mtmi_say(scribe, MTMI_MESSAGE_UNIT, "multiplier", *text, "unit", more, MTMI_SAY_END);
}

static const char *print_count(mtmi_text_builder *scribe, int64_t n) {
    return mtmi_print_count(scribe, n);
}

/* The shares of those asked who answered, over the questions shown: the least and the most. */
static const char *say_response(mtmi_text_builder *scribe, const mtmi_survey_findings *findings, size_t source) {
    const int threshold = scribe->report->threshold;
    double least = 2, most = -1;
    for (size_t f = 0; f < findings->n; f++) {
        const mtmi_survey_finding *finding = &findings->all[f];
        for (size_t i = 0; finding->source == source && i < finding->n_lines; i++) {
            const mtm_estimate *estimate = &finding->lines[i].of;
            int64_t asked = estimate->n + estimate->missing + estimate->unknown + estimate->refused + estimate->invalid;
            int few = asked > estimate->n && asked - estimate->n < threshold; /* not to be had from a per cent */
            if (finding->lines[i].kind == MTMI_SURVEY_WHOLE && !estimate->withheld && asked > 0 && !few) {
                double share = (double)estimate->n / (double)asked;
                least = share < least ? share : least;
                most = share > most ? share : most;
            }
        }
    }
    mtm_decimal low, high;
    if (most < 0) {
        return "";
    }
    (void)mtmi_survey_decimal(least * 100, 1, &low);
    (void)mtmi_survey_decimal(most * 100, 1, &high);
    const char *at_least = mtmi_print_percent(scribe, low, 0), *at_most = mtmi_print_percent(scribe, high, 0);
    int one = strcmp(at_least, at_most) == 0;
    return mtmi_survey_say(scribe, one ? MTMI_SURVEY_METHOD_RESPONSE_ONE : MTMI_SURVEY_METHOD_RESPONSE, "low", at_least,
                           "high", at_most, MTMI_SAY_END);
}

static const char *say_variance(mtmi_text_builder *scribe, const mtmi_survey_source *source) {
    mtm_decimal df = {0, 0, 0};
    (void)mtmi_survey_decimal(source->df, 0, &df);
    const char *text, *number = mtmi_print_number(scribe, df, 0);
    if (source->n_replicates > 0) {
        return mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_REPLICATES, "kind", source->replicates, "n",
                               print_count(scribe, source->n_replicates), "df", number, MTMI_SAY_END);
    }
    text = mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_TAYLOR, "df", number, MTMI_SAY_END);
    add_sentence(scribe, &text,
                 mtmi_survey_say(scribe, source->corrected ? MTMI_SURVEY_METHOD_CORRECTED : MTMI_SURVEY_METHOD_REPLACED,
                                 MTMI_SAY_END));
    if (source->n_lonely > 0) {
        add_sentence(scribe, &text,
                     mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_LONELY, "n", print_count(scribe, source->n_lonely),
                                     "rule", source->lonely, MTMI_SAY_END));
    }
    return text;
}

static const char *say_design(mtmi_text_builder *scribe, const mtmi_survey_source *source) {
    if (source->n_strata == 0 && source->n_clusters == 0) {
        return mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_SIMPLE, MTMI_SAY_END);
    }
    const char *none = "\xE2\x80\x93";
    return mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_STAGES, "stages", print_count(scribe, source->n_stages), "strata",
                           source->n_strata > 0 ? print_count(scribe, source->n_strata) : none, "clusters",
                           source->n_clusters > 0 ? print_count(scribe, source->n_clusters) : none, MTMI_SAY_END);
}

static double level_of(const mtmi_survey_findings *findings, size_t source) {
    for (size_t f = 0; f < findings->n; f++) {
        if (findings->all[f].source == source) {
            return findings->all[f].level;
        }
    }
    return 0.95;
}

const char *mtmi_survey_methods(mtmi_text_builder *scribe, const mtmi_survey_findings *findings, size_t source) {
    const mtmi_survey_source *survey = &findings->sources[source];
    const char *response = say_response(scribe, findings, source);
    const char *text =
        mtmi_survey_say(scribe, survey->of_members ? MTMI_SURVEY_METHOD_MEMBERS : MTMI_SURVEY_METHOD_ROWS, "kept",
                        print_count(scribe, survey->rows_kept), "refused", print_count(scribe, survey->rows_refused),
                        "in", print_count(scribe, survey->rows_in), MTMI_SAY_END);
    if (*response != '\0') {
        add_sentence(scribe, &text, response);
    }
    if (survey->purposive) {
        add_sentence(scribe, &text, mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_CHOSEN, MTMI_SAY_END));
    } else {
        add_sentence(scribe, &text, say_design(scribe, survey));
        if (survey->weighted) {
            add_sentence(scribe, &text, mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_WEIGHTED, MTMI_SAY_END));
        }
        if (survey->calibrated) {
            add_sentence(scribe, &text, mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_CALIBRATED, MTMI_SAY_END));
        }
        add_sentence(scribe, &text, say_variance(scribe, survey));
        add_sentence(scribe, &text,
                     mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_INTERVALS, "level",
                                     mtmi_survey_level(scribe, level_of(findings, source)), MTMI_SAY_END));
    }
    add_sentence(scribe, &text, mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_BRACKETS, MTMI_SAY_END));
    if (scribe->report->threshold > 0) {
        add_sentence(scribe, &text,
                     mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_HIDDEN, "threshold",
                                     print_count(scribe, scribe->report->threshold), "mark", MTMI_MARK_HIDDEN,
                                     MTMI_SAY_END));
    }
    return text;
}
