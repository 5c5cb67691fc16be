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
            const mtm_estimate *of = &finding->lines[i].of;
            int64_t asked = of->n + of->missing + of->unknown + of->refused + of->invalid;
            int few = asked > of->n && asked - of->n < threshold; /* not to be had from a per cent */
            if (finding->lines[i].kind == MTMI_SURVEY_WHOLE && !of->withheld && asked > 0 && !few) {
                double share = (double)of->n / (double)asked;
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
    return mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_RESPONSE, "low", mtmi_print_percent(scribe, low, 0), "high",
                           mtmi_print_percent(scribe, high, 0), MTMI_SAY_END);
}

static const char *say_variance(mtmi_text_builder *scribe, const mtmi_survey_source *of) {
    mtm_decimal df = {0, 0, 0};
    (void)mtmi_survey_decimal(of->df, 0, &df);
    const char *text, *number = mtmi_print_number(scribe, df, 0);
    if (of->n_replicates > 0) {
        return mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_REPLICATES, "kind", of->replicates, "n",
                               print_count(scribe, of->n_replicates), "df", number, MTMI_SAY_END);
    }
    text = mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_TAYLOR, "df", number, MTMI_SAY_END);
    add_sentence(scribe, &text,
                 mtmi_survey_say(scribe, of->corrected ? MTMI_SURVEY_METHOD_CORRECTED : MTMI_SURVEY_METHOD_REPLACED,
                                 MTMI_SAY_END));
    if (of->n_lonely > 0) {
        add_sentence(scribe, &text,
                     mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_LONELY, "n", print_count(scribe, of->n_lonely), "rule",
                                     of->lonely, MTMI_SAY_END));
    }
    return text;
}

static const char *say_design(mtmi_text_builder *scribe, const mtmi_survey_source *of) {
    if (of->n_strata == 0 && of->n_clusters == 0) {
        return mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_SIMPLE, MTMI_SAY_END);
    }
    const char *none = "\xE2\x80\x93";
    return mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_STAGES, "stages", print_count(scribe, of->n_stages), "strata",
                           of->n_strata > 0 ? print_count(scribe, of->n_strata) : none, "clusters",
                           of->n_clusters > 0 ? print_count(scribe, of->n_clusters) : none, MTMI_SAY_END);
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
    const mtmi_survey_source *of = &findings->sources[source];
    const char *response = say_response(scribe, findings, source);
    const char *text =
        mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_ROWS, "kept", print_count(scribe, of->rows_kept), "refused",
                        print_count(scribe, of->rows_refused), "in", print_count(scribe, of->rows_in), MTMI_SAY_END);
    if (*response != '\0') {
        add_sentence(scribe, &text, response);
    }
    if (of->purposive) {
        add_sentence(scribe, &text, mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_CHOSEN, MTMI_SAY_END));
    } else {
        add_sentence(scribe, &text, say_design(scribe, of));
        if (of->weighted) {
            add_sentence(scribe, &text, mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_WEIGHTED, MTMI_SAY_END));
        }
        if (of->calibrated) {
            add_sentence(scribe, &text, mtmi_survey_say(scribe, MTMI_SURVEY_METHOD_CALIBRATED, MTMI_SAY_END));
        }
        add_sentence(scribe, &text, say_variance(scribe, of));
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
