/* Puts a remark on a result into a sentence. For confidential results the sentences without figures are used. */
#include "report/indicator_entry.h"

#include "base/decimal.h"
#include "codelist/match.h"
#include "period/period.h"

#include <string.h>

const char *mtmi_say_count(mtmi_text_builder *scribe, mtmi_message message, int64_t count) {
    mtm_decimal number = {count, 0, 0};
    mtmi_number_form form = mtmi_number_form_of(scribe->words, number);
    int offset = form == MTMI_NUMBER_ONE ? 1 : form == MTMI_NUMBER_FEW ? 2 : 0;
    return mtmi_say(scribe, (mtmi_message)((int)message + offset), "number", mtmi_print_number(scribe, number, 0),
                    MTMI_SAY_END);
}

static const char *place_text(mtmi_text_builder *scribe, const mtmi_remark *remark) {
    if (remark->file == NULL || remark->file[0] == '\0') {
        return "";
    }
    if (remark->line <= 0) {
        return mtmi_say(scribe, MTMI_MESSAGE_PLACE_FILE, "file", remark->file, MTMI_SAY_END);
    }
    char line[MTMI_WIDE_TEXT];
    mtmi_decimal_write(remark->line, 0, line, sizeof line);
    return mtmi_say(scribe, MTMI_MESSAGE_PLACE, "file", remark->file, "line", line, MTMI_SAY_END);
}

/* The period of the number the remark is about. */
static mtm_period subject_period(const mtm_result *result, const mtmi_remark *remark) {
    int with = remark->of == MTM_LINEAGE_LAST_YEAR ? MTM_WITH_SAME_PERIOD_LAST_YEAR : MTM_WITH_PREVIOUS_PERIOD;
    int is_base = remark->of == MTM_LINEAGE_PREVIOUS || remark->of == MTM_LINEAGE_LAST_YEAR;
    return is_base && result->has_comparison[with] ? result->comparisons[with].period : result->period;
}

/* Whether there is a number that the remark is about. */
static int has_subject(const mtm_result *result, const mtmi_mask *mask, const mtmi_remark *remark) {
    if (remark->of == MTM_LINEAGE_PREVIOUS || remark->of == MTM_LINEAGE_LAST_YEAR) {
        int with = remark->of == MTM_LINEAGE_LAST_YEAR;
        return result->comparisons[with].has_base || mask->bases[with];
    }
    return result->has_value || mask->value || result->n_rows > 0;
}

static const char *reason_words(const mtmi_text_builder *scribe, mtm_reason reason) {
    int known = reason > MTM_REASON_NONE && (int)reason < MTMI_REASONS;
    return scribe->words->reasons[known ? reason : MTM_REASON_PERIOD_UNAVAILABLE];
}

/* The dates of a remark tell what is missing, or what there is instead. */
static const char *unavailable(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_remark *remark) {
    int covers = remark->reason == MTM_REASON_PERIODS_NOT_ALIGNED || remark->reason == MTM_REASON_TOO_OLD;
    mtm_period subject = subject_period(result, remark);
    int dated = remark->period.first != MTMI_DAY_NONE && !mtmi_period_same(remark->period, subject) &&
                remark->reason != MTM_REASON_COVERAGE_UNKNOWN; /* the period has parts: it is the total that lacks */
    mtmi_message message = !dated   ? MTMI_MESSAGE_NO_FIGURE
                           : covers ? MTMI_MESSAGE_NO_FIGURE_COVERS
                                    : MTMI_MESSAGE_NO_FIGURE_MISSING;
    if (remark->count > 0) {
        message = MTMI_MESSAGE_NO_FIGURE_PARTS;
    }
    return mtmi_say(scribe, message, "period", mtmi_print_period(scribe, subject, MTMI_WHEN_FOR), "reason",
                    reason_words(scribe, remark->reason), "number", mtmi_print_count(scribe, remark->count), "names",
                    mtmi_titles_get(&remark->titles, scribe->report->language), "dates",
                    mtmi_print_period(scribe, remark->period, MTMI_WHEN_NAME), MTMI_SAY_END);
}

static const char *not_aligned(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_mask *mask,
                               const mtmi_remark *remark) {
    if (!has_subject(result, mask, remark)) {
        return unavailable(scribe, result, remark);
    }
    int day = remark->period.first == remark->period.last;
    return mtmi_say(scribe, day ? MTMI_MESSAGE_NOT_ALIGNED_DATE : MTMI_MESSAGE_NOT_ALIGNED_WINDOW, "date",
                    mtmi_print_period(scribe, remark->period, day ? MTMI_WHEN_AT : MTMI_WHEN_NAME), "period",
                    mtmi_print_period(scribe, subject_period(result, remark), MTMI_WHEN_NAME), MTMI_SAY_END);
}

static const char *no_breakdown(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_remark *remark) {
    int dated = remark->period.first != MTMI_DAY_NONE && !mtmi_period_same(remark->period, result->period);
    const char *title = mtmi_titles_get(&result->dimension_title, scribe->report->language);
    if (*title == '\0' && result->dimension != NULL) {
        title = result->dimension;
    }
    return mtmi_say(scribe, dated ? MTMI_MESSAGE_NO_BREAKDOWN_COVERS : MTMI_MESSAGE_NO_BREAKDOWN, "dimension", title,
                    "period", mtmi_print_period(scribe, result->period, MTMI_WHEN_FOR), "reason",
                    reason_words(scribe, remark->reason), "dates",
                    mtmi_print_period(scribe, remark->period, MTMI_WHEN_NAME), MTMI_SAY_END);
}

static const char *dated_figure(mtmi_text_builder *scribe, const mtm_result *result, mtm_decimal value,
                                mtm_period release) {
    const char *number = mtmi_print_value(scribe, result, value, 0);
    return release.first == MTMI_DAY_NONE ? number
                                          : mtmi_say(scribe, MTMI_MESSAGE_REVISED_FIGURE, "number", number, "release",
                                                     mtmi_print_period(scribe, release, MTMI_WHEN_NAME), MTMI_SAY_END);
}

/* Why figures are revised, as the first source that says so has it. */
static const char *revision_reason(mtmi_text_builder *scribe, const mtm_result *result) {
    const char *reason = "";
    for (size_t i = 0; i < result->n_citations && *reason == '\0'; i++) {
        reason = mtmi_titles_get(&result->citations[i].source.revisions, scribe->report->language);
    }
    return reason;
}

static const char *revised(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_remark *remark) {
    mtm_period period = remark->period.first != MTMI_DAY_NONE ? remark->period : subject_period(result, remark);
    const char *when = mtmi_print_period(scribe, period, MTMI_WHEN_FOR);
    if (!remark->has_a || !remark->has_b) {
        return mtmi_say(scribe, MTMI_MESSAGE_REVISED_HIDDEN, "period", when, MTMI_SAY_END);
    }
    const char *text = mtmi_say(scribe, MTMI_MESSAGE_REVISED, "period", when, "old",
                                dated_figure(scribe, result, remark->a, remark->release), "new",
                                dated_figure(scribe, result, remark->b, remark->release_b), MTMI_SAY_END);
    const char *reason = revision_reason(scribe, result);
    return *reason == '\0'
               ? text
               : mtmi_say(scribe, MTMI_MESSAGE_REVISED_REASON, "text", text, "reason", reason, MTMI_SAY_END);
}

static const char *unclassified(mtmi_text_builder *scribe, const mtmi_remark *remark, int controlled) {
    int named = remark->text != NULL && remark->text[0] != '\0';
    if (controlled) {
        return mtmi_say(scribe, named ? MTMI_MESSAGE_UNCLASSIFIED_HIDDEN : MTMI_MESSAGE_UNCLASSIFIED_MORE_HIDDEN,
                        "place", place_text(scribe, remark), MTMI_SAY_END);
    }
    const char *rows = mtmi_say_count(scribe, MTMI_MESSAGE_ROWS, remark->count);
    const char *value = remark->has_a ? mtmi_say(scribe, MTMI_MESSAGE_UNCLASSIFIED_VALUE, "number",
                                                 mtmi_print_number(scribe, remark->a, 0), MTMI_SAY_END)
                                      : "";
    return mtmi_say(scribe, named ? MTMI_MESSAGE_UNCLASSIFIED : MTMI_MESSAGE_UNCLASSIFIED_MORE, "label", remark->text,
                    "rows", rows, "value", value, "place", place_text(scribe, remark), MTMI_SAY_END);
}

/* The message of a remark of two figures, or MTMI_MESSAGE_COUNT. */
static mtmi_message message_of_two(mtmi_remark_kind kind) {
    switch (kind) {
    case MTMI_REMARK_TOTAL_MISMATCH: return MTMI_MESSAGE_MISMATCH;
    case MTMI_REMARK_CUMULATIVE_FALLS: return MTMI_MESSAGE_FALLS;
    case MTMI_REMARK_YEAR_TO_DATE: return MTMI_MESSAGE_YEAR_TO_DATE;
    case MTMI_REMARK_BALANCE: return MTMI_MESSAGE_BALANCE;
    case MTMI_REMARK_SUPERSEDED_BASE: return MTMI_MESSAGE_SUPERSEDED_BASE;
    case MTMI_REMARK_SELECTION: return MTMI_MESSAGE_SELECTION;
    case MTMI_REMARK_REFUSED: return MTMI_MESSAGE_REFUSED;
    case MTMI_REMARK_CONFLICTS: return MTMI_MESSAGE_CONFLICTS;
    case MTMI_REMARK_POINT_DAYS: return MTMI_MESSAGE_POINT_DAYS;
    default: return MTMI_MESSAGE_COUNT;
    }
}

/* Two figures and their place: message, or the one after it where the figures are not there. */
static const char *two_figures(mtmi_text_builder *scribe, const mtmi_remark *remark, mtmi_message message) {
    const char *place = place_text(scribe, remark);
    mtm_decimal difference;
    if (!remark->has_a || !remark->has_b || mtmi_decimal_subtract(remark->b, remark->a, &difference, NULL) != MTM_OK) {
        return mtmi_say(scribe, (mtmi_message)((int)message + 1), "place", place, MTMI_SAY_END);
    }
    const char *a = mtmi_print_number(scribe, remark->a, 0), *b = mtmi_print_number(scribe, remark->b, 0);
    return mtmi_say(scribe, message, "total", a, "parts", b, "old", a, "new", b, "difference",
                    mtmi_print_number(scribe, difference, 1), "place", place, MTMI_SAY_END);
}

/* ": Russia; China"; nothing where names are withheld. */
static const char *names_text(mtmi_text_builder *scribe, const mtmi_titles *names) {
    const char *text = mtmi_titles_get(names, scribe->report->language);
    return *text == '\0' ? "" : mtmi_say(scribe, MTMI_MESSAGE_ABSENT_NAMES, "names", text, MTMI_SAY_END);
}

static const char *last_given(mtmi_text_builder *scribe, const mtmi_covering *covering) {
    const mtmi_remark place = {.file = covering->file, .line = covering->line};
    return covering->file == NULL
               ? ""
               : mtmi_say(scribe, MTMI_MESSAGE_ABSENT_LAST, "place", place_text(scribe, &place), MTMI_SAY_END);
}

/* What is absent of a number, and what was done about it. */
static const char *coverage(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_remark *remark) {
    const mtmi_message message = remark->kind == MTMI_REMARK_ABSENT         ? MTMI_MESSAGE_ABSENT
                                 : remark->kind == MTMI_REMARK_ASSUMED_ZERO ? MTMI_MESSAGE_ASSUMED_ZERO
                                                                            : MTMI_MESSAGE_AS_COVERED;
    const mtmi_covering *covering = &result->coverings[remark->of <= MTM_LINEAGE_LAST_YEAR ? remark->of : 0];
    const int assumed = message == MTMI_MESSAGE_ASSUMED_ZERO;
    return mtmi_say(scribe, message, "absent", mtmi_print_count(scribe, assumed ? covering->assumed : covering->absent),
                    "number", mtmi_print_count(scribe, covering->expected), "covered",
                    mtmi_print_count(scribe, covering->covered), "names", names_text(scribe, &covering->absent_names),
                    "last", last_given(scribe, covering), "mean", mtmi_print_value(scribe, result, covering->mean, 0),
                    MTMI_SAY_END);
}

static const char *like_for_like(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_remark *remark) {
    const int with = remark->of - MTM_LINEAGE_PREVIOUS;
    const mtmi_like *like = &result->likes[with];
    const char *names = mtmi_titles_get(&result->coverings[0].fresh_names, scribe->report->language);
    const char *fresh = *names == '\0' ? "" : mtmi_say(scribe, MTMI_MESSAGE_LIKE_NEW, "names", names, MTMI_SAY_END);
    return mtmi_say(scribe, MTMI_MESSAGE_LIKE, "with",
                    mtmi_print_base(scribe, (mtm_comparison_with)with, mtmi_result_reference(result), MTMI_BASE_WITH),
                    "number", mtmi_print_count(scribe, like->common), "share",
                    mtmi_print_percent(scribe, like->value_share, 0), "base.share",
                    mtmi_print_percent(scribe, like->base_share, 0), "value", mtmi_print_number(scribe, like->value, 0),
                    "base", mtmi_print_number(scribe, like->base, 0), "percent",
                    mtmi_print_percent(scribe, like->percent, 1), "new", fresh, MTMI_SAY_END);
}

/* Who keeps the methodology, in the report's language where a citation has that name. */
static const char *methodology(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_remark *remark) {
    const char *publisher = remark->text != NULL ? remark->text : "";
    for (size_t i = 0; i < result->n_citations && *publisher != '\0'; i++) {
        const mtmi_source_note *source = &result->citations[i].source;
        if (source->publisher != NULL && strcmp(source->publisher, remark->text) == 0) {
            publisher = mtmi_publisher_name(scribe, source);
        }
    }
    return *publisher != '\0' ? mtmi_say(scribe, MTMI_MESSAGE_METHODOLOGY, "publisher", publisher, MTMI_SAY_END) : "";
}

/* From which day on the source counts otherwise, and what it says of it. */
static const char *broken(mtmi_text_builder *scribe, const mtmi_remark *remark) {
    const char *note = mtmi_titles_get(&remark->titles, scribe->report->language);
    const char *why = *note == '\0' ? "" : mtmi_say(scribe, MTMI_MESSAGE_BREAK_NOTE, "text", note, MTMI_SAY_END);
    return mtmi_say(scribe,
                    remark->reason == MTM_REASON_COVERAGE_DIFFERS ? MTMI_MESSAGE_BREAK_COVERAGE
                                                                  : MTMI_MESSAGE_BREAK_DEFINITION,
                    "date", mtmi_print_period(scribe, remark->period, MTMI_WHEN_NAME), "note", why, MTMI_SAY_END);
}

/* Whose territory is another than before, and whether the parts are put together. */
static const char *territory(mtmi_text_builder *scribe, const mtmi_remark *remark) {
    return mtmi_say(scribe,
                    remark->reason == MTM_REASON_NONE ? MTMI_MESSAGE_TERRITORY_MERGED : MTMI_MESSAGE_TERRITORY_MOVED,
                    "date", mtmi_print_period(scribe, remark->period, MTMI_WHEN_NAME), "names",
                    mtmi_titles_get(&remark->titles, scribe->report->language), MTMI_SAY_END);
}

/* Which round a figure is of, and when it was collected. */
static const char *round_text(mtmi_text_builder *scribe, const mtmi_remark *remark) {
    const char *operation = mtmi_titles_get(&remark->titles, scribe->report->language);
    const char *name =
        *operation == '\0' ? "" : mtmi_say(scribe, MTMI_MESSAGE_ROUND_OF, "operation", operation, MTMI_SAY_END);
    const char *dates = mtmi_print_period(scribe, remark->period, MTMI_WHEN_NAME);
    const int numbered = remark->text != NULL && remark->text[0] != '\0';
    return mtmi_say(scribe, numbered ? MTMI_MESSAGE_ROUND : MTMI_MESSAGE_ROUND_DATED, "round",
                    numbered ? remark->text : "", "operation", name, "dates", dates, MTMI_SAY_END);
}

/* Days of which files of microdata have no row. */
static const char *of_days(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_remark *remark) {
    const mtmi_message message = remark->kind == MTMI_REMARK_DAYS_ABSENT     ? MTMI_MESSAGE_DAYS_ABSENT
                                 : remark->kind == MTMI_REMARK_DAYS_LEFT_OUT ? MTMI_MESSAGE_DAYS_LEFT_OUT
                                                                             : MTMI_MESSAGE_DAYS_ASSUMED;
    return mtmi_say(scribe, message, "dates", mtmi_print_period(scribe, remark->period, MTMI_WHEN_NAME), "period",
                    mtmi_print_period(scribe, subject_period(result, remark), MTMI_WHEN_FOR), MTMI_SAY_END);
}

/* What the source or its dates have changed. */
static const char *of_dates(mtmi_text_builder *scribe, const mtmi_remark *remark) {
    if (remark->kind == MTMI_REMARK_BREAK) {
        return broken(scribe, remark);
    }
    if (remark->kind == MTMI_REMARK_TERRITORY) {
        return territory(scribe, remark);
    }
    if (remark->kind == MTMI_REMARK_ROUND) {
        return round_text(scribe, remark);
    }
    return mtmi_say(scribe,
                    remark->kind == MTMI_REMARK_LAST_KNOWN ? MTMI_MESSAGE_LAST_KNOWN : MTMI_MESSAGE_DATES_DIFFER,
                    "dates", mtmi_print_period(scribe, remark->period, MTMI_WHEN_NAME), MTMI_SAY_END);
}

static const char *with_text(mtmi_text_builder *scribe, const mtmi_remark *remark, mtmi_message message,
                             const char *without) {
    int named = remark->text != NULL && remark->text[0] != '\0';
    return named ? mtmi_say(scribe, message, "text", remark->text, MTMI_SAY_END) : without;
}

static const char *own_citizens(mtmi_text_builder *scribe, const mtmi_remark *remark) {
    const mtm_codelist *countries = mtmi_codelist_get("country");
    const int32_t at = mtmi_codelist_index(countries, remark->text);
    const char *name = at >= 0 ? mtm_codelist_label(countries, (size_t)at, scribe->report->language) : remark->text;
    return mtmi_say(scribe, MTMI_MESSAGE_OWN_CITIZENS, "country", name, MTMI_SAY_END);
}

/* What the source says of its figures. */
static const char *of_source(mtmi_text_builder *scribe, const mtmi_remark *remark) {
    const char *estimated = scribe->words->messages[MTMI_MESSAGE_ESTIMATED];
    return remark->kind == MTMI_REMARK_OWN_CITIZENS ? own_citizens(scribe, remark)
           : remark->kind == MTMI_REMARK_ESTIMATED  ? with_text(scribe, remark, MTMI_MESSAGE_ESTIMATED_TEXT, estimated)
                                                    : with_text(scribe, remark, MTMI_MESSAGE_SOURCE_NOTE, "");
}

const char *mtmi_remark_text(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_mask *mask,
                             const mtmi_remark *remark) {
    const char *const *messages = scribe->words->messages;
    const mtmi_message of_two = message_of_two(remark->kind);
    if (remark->kind == MTMI_REMARK_POINT_DAYS && remark->text != NULL) {
        return ""; /* of one point: per_day.c says it */
    }
    if (of_two != MTMI_MESSAGE_COUNT) {
        return two_figures(scribe, remark, of_two);
    }
    switch (remark->kind) {
    case MTMI_REMARK_PERIOD_UNAVAILABLE: return unavailable(scribe, result, remark);
    case MTMI_REMARK_BREAKDOWN_INCOMPATIBLE: return no_breakdown(scribe, result, remark);
    case MTMI_REMARK_METHODOLOGY_NOT_PUBLIC: return methodology(scribe, result, remark);
    case MTMI_REMARK_PERIODS_NOT_ALIGNED: return not_aligned(scribe, result, mask, remark);
    case MTMI_REMARK_REVISED: return revised(scribe, result, remark);
    case MTMI_REMARK_UNCLASSIFIED: return unclassified(scribe, remark, mask->controlled);
    case MTMI_REMARK_DERIVED_ACROSS_RELEASES: return messages[MTMI_MESSAGE_ACROSS_RELEASES];
    case MTMI_REMARK_ESTIMATED:
    case MTMI_REMARK_OWN_CITIZENS:
    case MTMI_REMARK_SOURCE_NOTE: return of_source(scribe, remark);
    case MTMI_REMARK_ABSENT:
    case MTMI_REMARK_ASSUMED_ZERO:
    case MTMI_REMARK_AS_COVERED: return coverage(scribe, result, remark);
    case MTMI_REMARK_LIKE_FOR_LIKE: return like_for_like(scribe, result, remark);
    case MTMI_REMARK_SUPPRESSED: break;
    default:
        return remark->kind >= MTMI_REMARK_DAYS_ABSENT ? of_days(scribe, result, remark) : of_dates(scribe, remark);
    }
    return "";
}
