/* Writes the finding of an indicator: what it is, how it changed, who comes first. Titles are never inflected: each
 * language's templates leave them as they are. */
#include "report/indicator_entry.h"

#include "base/decimal.h"
#include "period/period.h"

#include <string.h>

#define MOST_PERCENT 1000 /* "up 12,650.0 %" tells less than the two figures */
#define TOP_RANK 3
#define TOP_ROWS 6 /* with ties */

static mtm_decimal size_of(mtm_decimal value) {
    /* The smallest number has no opposite; it cannot occur as a difference that was checked, and prints as it is. */
    return value.units < 0 && value.units != INT64_MIN ? (mtm_decimal){-value.units, value.decimals, 0} : value;
}

/* Where a change stands among two of one direction, whose verb is said once. */
typedef enum place_of_change { CHANGE_ALONE, CHANGE_FIRST, CHANGE_ALSO } place_of_change;

static const char *change_of(mtmi_text_builder *scribe, const char *with, const mtmi_figure_text *base_figure,
                             const mtmi_figure_text *absolute, const mtmi_figure_text *per_cent,
                             place_of_change place) {
    static const mtmi_message up[] = {MTMI_MESSAGE_FINDING_UP, MTMI_MESSAGE_FINDING_UP_FIRST,
                                      MTMI_MESSAGE_FINDING_UP_ALSO};
    static const mtmi_message down[] = {MTMI_MESSAGE_FINDING_DOWN, MTMI_MESSAGE_FINDING_DOWN_FIRST,
                                        MTMI_MESSAGE_FINDING_DOWN_ALSO};
    static const mtmi_message same[] = {MTMI_MESSAGE_FINDING_SAME, MTMI_MESSAGE_FINDING_SAME_FIRST,
                                        MTMI_MESSAGE_FINDING_SAME_ALSO};
    const char *base = base_figure->text;
    int64_t change = absolute->value.units;
    if (change == 0) {
        return mtmi_say(scribe, same[place], "with", with, "base", base, MTMI_SAY_END);
    }
    if (per_cent->value.units == 0) { /* rounded to nothing, though there is a change */
        return mtmi_say(scribe, change > 0 ? MTMI_MESSAGE_FINDING_UP_BY : MTMI_MESSAGE_FINDING_DOWN_BY, "with", with,
                        "base", base, "change", mtmi_print_number(scribe, size_of(absolute->value), 0), MTMI_SAY_END);
    }
    const char *number = mtmi_print_number(scribe, size_of(per_cent->value), 0);
    const char *percent = mtmi_say(scribe, MTMI_MESSAGE_PERCENT, "number", number, MTMI_SAY_END);
    const char *dative = mtmi_say(scribe, MTMI_MESSAGE_PERCENT_DATIVE, "number", number, MTMI_SAY_END);
    return mtmi_say(scribe, (change > 0 ? up : down)[place], "with", with, "base", base, "percent", percent,
                    "percent.dative", dative, MTMI_SAY_END);
}

static const char *change_clause(mtmi_text_builder *scribe, const mtm_result *result,
                                 const mtmi_report_comparison *comparison, place_of_change place) {
    const char *with = mtmi_print_dated_base(scribe, result, comparison->with, comparison->dated, MTMI_BASE_WITH);
    return change_of(scribe, with, &comparison->base, &comparison->absolute, &comparison->percent, place);
}

typedef enum direction { DIRECTION_NONE, DIRECTION_UP, DIRECTION_DOWN, DIRECTION_SAME } direction;

/* The direction of a change that is said in per cent, or of none at all. */
static direction direction_of(const mtmi_report_comparison *comparison) {
    const int64_t change = comparison->absolute.value.units;
    if (!mtmi_is_sayable(comparison) || (change != 0 && comparison->percent.value.units == 0)) {
        return DIRECTION_NONE;
    }
    return change > 0 ? DIRECTION_UP : change < 0 ? DIRECTION_DOWN : DIRECTION_SAME;
}

/* The changes of what both periods have, where totals do not compare. */
static const char *with_likes(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_report_indicator *entry,
                              const char *sentence) {
    for (size_t i = 0; i < entry->n_comparisons; i++) {
        const mtmi_report_comparison *comparison = &entry->comparisons[i];
        if (!comparison->has_like || (i > 0 && mtmi_period_same(comparison->period, entry->comparisons[0].period))) {
            continue;
        }
        const char *with = mtmi_print_dated_base(scribe, result, comparison->with, comparison->dated, MTMI_BASE_WITH);
        const char *change = change_of(scribe, with, &comparison->like_base, &comparison->like_absolute,
                                       &comparison->like_percent, CHANGE_ALONE);
        const char *clause =
            mtmi_say(scribe, MTMI_MESSAGE_FINDING_LIKE, "share",
                     mtmi_print_percent(scribe, comparison->like_value_share.value, 0), "change", change, MTMI_SAY_END);
        sentence = mtmi_say(scribe, MTMI_MESSAGE_LIST_SEMICOLON, "first", sentence, "second", clause, MTMI_SAY_END);
    }
    return sentence;
}

/* Registries and registers list rows, and no members of which some might lack: what points were open is said of days. Of
 * rounds another figure says how many areas were assessed. */
static int is_of_rows(const mtm_result *result) {
    return result->component == MTMI_COMPONENT_FLOW_REGISTRY || result->component == MTMI_COMPONENT_REGISTRATION ||
           result->component == MTMI_COMPONENT_MOBILITY;
}

/* Of how many members a figure is the sum; of a balance, that both its sums are of those listed. */
static mtmi_message covering_message(const mtmi_text_builder *scribe, const mtm_result *result,
                                     const mtmi_covering *covering, int some) {
    const int countries = mtmi_names_countries(covering->dimension);
    if (result->statistic == MTMI_STATISTIC_NET) {
        return countries ? MTMI_MESSAGE_OF_COUNTRIES_NET : MTMI_MESSAGE_OF_MEMBERS_NET;
    }
    if (some) {
        return countries ? MTMI_MESSAGE_OF_COUNTRIES_SOME : MTMI_MESSAGE_OF_MEMBERS_SOME;
    }
    if (countries && covering->expected == 1) {
        return MTMI_MESSAGE_OF_COUNTRIES_ONE;
    }
    const mtm_decimal number = {covering->expected, 0, 0};
    if (mtmi_number_form_of(scribe->words, number) == MTMI_NUMBER_ONE) { /* 1, 21, 31 */
        return countries ? MTMI_MESSAGE_OF_COUNTRIES_AND_ONE : MTMI_MESSAGE_OF_MEMBERS_AND_ONE;
    }
    return countries ? MTMI_MESSAGE_OF_COUNTRIES : MTMI_MESSAGE_OF_MEMBERS;
}

/* The value's clause says of how many members it is the sum, where these are not known to be all. */
static const char *with_covering(mtmi_text_builder *scribe, const mtm_result *result,
                                 const mtmi_report_indicator *entry, const char *value) {
    const mtmi_covering *covering = entry->covering;
    const int some = (entry->flags & MTM_FLAG_AS_COVERED) != 0;
    if (covering->dimension == NULL || covering->expected == 0 || entry->value.hidden ||
        (is_of_rows(result) && !some)) {
        return value;
    }
    const char *title = mtmi_titles_get(&covering->dimension_title, scribe->report->language);
    const char *name =
        mtmi_say(scribe, covering_message(scribe, result, covering, some), "number",
                 mtmi_print_count(scribe, covering->expected), "covered", mtmi_print_count(scribe, covering->covered),
                 "dimension", *title != '\0' ? title : covering->dimension, MTMI_SAY_END);
    if (covering->has_rest && result->statistic != MTMI_STATISTIC_NET) {
        name = mtmi_say(scribe, MTMI_MESSAGE_OF_AND_REST, "of", name, MTMI_SAY_END);
    }
    return mtmi_say(scribe, MTMI_MESSAGE_FINDING_COVERS, "value", value, "of", name, MTMI_SAY_END);
}

/* A year before and the previous year are the same. */
static int is_twice(const mtmi_report_indicator *entry, size_t i) {
    return i == 1 && mtmi_period_same(entry->comparisons[1].period, entry->comparisons[0].period);
}

/* "increased by A compared with ... and by B compared with ...": two changes in per cent of one direction. */
static int says_once(const mtmi_report_indicator *entry) {
    return entry->n_comparisons == 2 && !is_twice(entry, 1) && direction_of(&entry->comparisons[0]) != DIRECTION_NONE &&
           direction_of(&entry->comparisons[0]) == direction_of(&entry->comparisons[1]);
}

/* "the figure was A in ... and B in ...": the bases that have no per cent. "" where both have one, or there is none. */
static const char *bases_clause(mtmi_text_builder *scribe, const mtm_result *result,
                                const mtmi_report_indicator *entry) {
    const mtmi_report_comparison *bases[2];
    const char *in[2];
    size_t n = 0;
    for (size_t i = 0; i < entry->n_comparisons; i++) {
        const mtmi_report_comparison *comparison = &entry->comparisons[i];
        if (!is_twice(entry, i) && !mtmi_is_sayable(comparison) && comparison->base.has) {
            in[n] = mtmi_print_dated_base(scribe, result, comparison->with, comparison->dated, MTMI_BASE_IN);
            bases[n++] = comparison;
        }
    }
    if (n == 0) {
        return "";
    }
    return n == 1 ? mtmi_say(scribe, MTMI_MESSAGE_FINDING_WAS, "in", in[0], "base", bases[0]->base.text, MTMI_SAY_END)
                  : mtmi_say(scribe, MTMI_MESSAGE_FINDING_WERE, "in", in[0], "base", bases[0]->base.text, "in2", in[1],
                             "base2", bases[1]->base.text, MTMI_SAY_END);
}

/* "A and B" of the changes that have a per cent; bases without one follow as clauses of their own. */
static const char *with_changes(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_report_indicator *entry,
                                const char *sentence) {
    const char *changes = "", *bases = bases_clause(scribe, result, entry);
    const int once = says_once(entry);
    for (size_t i = 0; i < entry->n_comparisons; i++) {
        const mtmi_report_comparison *comparison = &entry->comparisons[i];
        if (!is_twice(entry, i) && mtmi_is_sayable(comparison)) {
            const char *clause = change_clause(scribe, result, comparison,
                                               !once    ? CHANGE_ALONE
                                               : i == 0 ? CHANGE_FIRST
                                                        : CHANGE_ALSO);
            changes = *changes == '\0' ? clause
                                       : mtmi_say(scribe, MTMI_MESSAGE_FINDING_AND, "first", changes, "second", clause,
                                                  MTMI_SAY_END);
        }
    }
    if (*changes != '\0') {
        changes = mtmi_say(scribe, MTMI_MESSAGE_FINDING_CHANGES, "changes", changes, MTMI_SAY_END);
        sentence = mtmi_say(scribe, MTMI_MESSAGE_LIST_SEMICOLON, "first", sentence, "second", changes, MTMI_SAY_END);
    }
    return *bases == '\0'
               ? sentence
               : mtmi_say(scribe, MTMI_MESSAGE_LIST_SEMICOLON, "first", sentence, "second", bases, MTMI_SAY_END);
}

static const char *row_text(mtmi_text_builder *scribe, const mtmi_report_indicator *entry, const mtmi_report_row *row) {
    const char *value = row->value.text, *name = mtmi_row_name(scribe, entry, row, 0);
    if (entry->is_percent) {
        value = mtmi_print_percent(scribe, row->value.value, 0);
    } else if (row->share.has) {
        const char *share = mtmi_print_percent(scribe, row->share.value, 0);
        return mtmi_say(scribe, MTMI_MESSAGE_FINDING_ROW_SHARE, "label", name, "value", value, "share", share,
                        MTMI_SAY_END);
    }
    return mtmi_say(scribe, MTMI_MESSAGE_FINDING_ROW, "label", name, "value", value, MTMI_SAY_END);
}

static int is_tie(const mtmi_report_indicator *entry, size_t a, size_t b) {
    return mtmi_decimal_compare(entry->rows[a].value.value, entry->rows[b].value.value) == 0;
}

/* Where a row is withheld nothing is ranked: then the first of those shown are named, which come by their size. Ties that
 * are too many to name are left out together: none of them comes before the others. */
static size_t find_top(const mtmi_report_indicator *entry, size_t rows[TOP_ROWS], int *some_hidden) {
    size_t n = 0;
    *some_hidden = 0;
    for (size_t i = 0; i < entry->n_rows; i++) {
        *some_hidden |= entry->rows[i].value.hidden;
    }
    for (size_t i = 0; i < entry->n_rows && (!*some_hidden || n < TOP_RANK); i++) {
        const mtmi_report_row *row = &entry->rows[i];
        int leads = *some_hidden ? row->kind == MTM_MEMBER_CODE : row->rank >= 1 && row->rank <= TOP_RANK;
        if (!leads || !row->value.has || row->value.value.units <= 0) {
            continue;
        }
        if (n == TOP_ROWS) {
            while (n > 0 && is_tie(entry, rows[n - 1], i)) {
                n--;
            }
            break;
        }
        rows[n++] = i;
    }
    return n;
}

/* Whether the only row is all there is: it does not lead. */
static int is_whole(const mtmi_report_indicator *entry) {
    const mtmi_figure_text *only = &entry->rows[0].value;
    return entry->n_rows == 1 &&
           (!entry->value.has || (only->has && mtmi_decimal_compare(only->value, entry->value.value) == 0));
}

static const char *top_clause(mtmi_text_builder *scribe, const mtmi_report_indicator *entry) {
    size_t rows[TOP_ROWS];
    int some_hidden;
    size_t n = find_top(entry, rows, &some_hidden);
    const char *list = n > 0 ? row_text(scribe, entry, &entry->rows[rows[0]]) : "";
    for (size_t i = 1; i < n; i++) {
        list = mtmi_say(scribe, i + 1 < n ? MTMI_MESSAGE_LIST_COMMA : MTMI_MESSAGE_LIST_AND, "first", list, "second",
                        row_text(scribe, entry, &entry->rows[rows[i]]), MTMI_SAY_END);
    }
    const int countries = mtmi_names_countries(entry->dimension);
    mtmi_message message = countries ? MTMI_MESSAGE_FINDING_TOP_COUNTRIES : MTMI_MESSAGE_FINDING_TOP;
    if (n == 1) {
        message = countries ? MTMI_MESSAGE_FINDING_TOP_COUNTRY : MTMI_MESSAGE_FINDING_TOP_ONE;
    } else if (n > 1 && is_tie(entry, rows[0], rows[n - 1])) {
        message = countries ? MTMI_MESSAGE_FINDING_TOP_COUNTRIES_TIED : MTMI_MESSAGE_FINDING_TOP_TIED;
    }
    if (some_hidden) {
        message = MTMI_MESSAGE_FINDING_TOP_SHOWN;
    }
    return n > 0 && !is_whole(entry) ? mtmi_say(scribe, message, "rows", list, MTMI_SAY_END) : "";
}

static const char *without_value(mtmi_text_builder *scribe, const mtmi_report_indicator *entry, const char *when,
                                 const char *top) {
    if (entry->value.hidden) {
        return mtmi_say(scribe, MTMI_MESSAGE_FINDING_HIDDEN, "title", entry->title, "when", when, MTMI_SAY_END);
    }
    if (*top != '\0') {
        return mtmi_say(scribe, MTMI_MESSAGE_FINDING_ROWS, "title", entry->title, "when", when, "rows", top,
                        MTMI_SAY_END);
    }
    return mtmi_say(scribe, MTMI_MESSAGE_FINDING_UNAVAILABLE, "title", entry->title, "period",
                    mtmi_print_period(scribe, entry->period, MTMI_WHEN_FOR), "reason", entry->reason_text,
                    MTMI_SAY_END);
}

/* "as of 31 August 2024 (round 5)" */
static const char *with_round(mtmi_text_builder *scribe, const mtm_result *result, const char *when) {
    for (size_t i = 0; i < result->n_remarks; i++) {
        const mtmi_remark *remark = &result->remarks[i];
        if (remark->kind == MTMI_REMARK_ROUND && remark->text != NULL && remark->text[0] != '\0') {
            return mtmi_say(scribe, MTMI_MESSAGE_WHEN_ROUND, "when", when, "round", remark->text, MTMI_SAY_END);
        }
    }
    return when;
}

int mtmi_is_sayable(const mtmi_report_comparison *comparison) {
    const mtm_decimal percent = comparison->percent.value;
    return comparison->percent.has && comparison->absolute.has &&
           mtmi_decimal_compare(percent, (mtm_decimal){MOST_PERCENT, 0, 0}) < 0;
}

const char *mtmi_finding_build(mtmi_text_builder *scribe, const mtm_result *result,
                               const mtmi_report_indicator *entry) {
    const char *when =
        mtmi_print_period(scribe, entry->observed, result->kind == MTM_KIND_FLOW ? MTMI_WHEN_IN : MTMI_WHEN_AT);
    const char *top = top_clause(scribe, entry);
    const char *sentence;
    when = with_round(scribe, result, when);
    if (entry->value.has) {
        const char *accusative = mtmi_print_value(scribe, result, entry->value.value, MTMI_UNIT_ACCUSATIVE);
        const char *value = mtmi_title_names_unit(scribe, result, entry->title) ? entry->value.text : entry->value_text;
        sentence = mtmi_say(scribe, MTMI_MESSAGE_FINDING_VALUE, "title", entry->title, "when", when, "value",
                            with_covering(scribe, result, entry, value), "value.accusative",
                            with_covering(scribe, result, entry, accusative), MTMI_SAY_END);
        sentence = with_changes(scribe, result, entry, sentence);
        sentence = with_likes(scribe, result, entry, sentence);
        if (*top != '\0') {
            sentence = mtmi_say(scribe, MTMI_MESSAGE_LIST_SEMICOLON, "first", sentence, "second", top, MTMI_SAY_END);
        }
    } else {
        sentence = without_value(scribe, entry, when, top);
        sentence = with_likes(scribe, result, entry, sentence);
    }
    size_t length = strlen(sentence);
    return length > 0 && sentence[length - 1] == '.' /* of an abbreviation */
               ? sentence
               : mtmi_say(scribe, MTMI_MESSAGE_SENTENCE, "text", sentence, MTMI_SAY_END);
}
