/* Fills the texts of highlights with figures (docs/highlights.md). A text is said only when each of its conditions holds
 * and each of its places has a figure: a sentence with a hole never prints. */
#include "report/highlights.h"

#include "base/buffer.h"
#include "base/decimal.h"
#include "base/memory.h"
#include "base/text.h"
#include "highlight/template.h"
#include "period/period.h"
#include "report/indicator_entry.h"
#include "report/leaders.h"

#include <string.h>

/* What a name of the highlight being filled stands for. */
typedef struct subject {
    const mtm_result *result;
    const mtmi_report_indicator *entry; /* NULL where the report has no such indicator */
    const mtmi_leaders *leaders;        /* NULL for an indicator */
} subject;

typedef struct filler {
    mtmi_text_builder *scribe;
    const mtm_results *results;
    const mtmi_highlight *highlight;
    mtmi_leaders *leaders; /* one for each of the highlight's rows */
} filler;

/* ---- changes ---- */

static mtmi_message change_message(const mtmi_report_comparison *c, int *direction) {
    int64_t change = c->absolute.value.units;
    *direction = (change > 0) - (change < 0);
    if (change == 0) {
        return MTMI_MESSAGE_HIGHLIGHT_SAME;
    }
    if (c->percent.value.units == 0) {
        return change > 0 ? MTMI_MESSAGE_HIGHLIGHT_UP_SLIGHTLY : MTMI_MESSAGE_HIGHLIGHT_DOWN_SLIGHTLY;
    }
    return change > 0 ? MTMI_MESSAGE_HIGHLIGHT_UP : MTMI_MESSAGE_HIGHLIGHT_DOWN;
}

static const char *change_text(mtmi_text_builder *scribe, const mtmi_report_comparison *c, int multiplier,
                               int *direction) {
    mtmi_number_form noun;
    if (!mtmi_is_sayable(c)) {
        *direction = 1;
        return mtmi_say(scribe, MTMI_MESSAGE_HIGHLIGHT_UP_FROM, "base",
                        mtmi_print_rounded(scribe, c->base.value, multiplier, &noun), "in",
                        mtmi_print_period(scribe, c->dated, MTMI_WHEN_IN), MTMI_SAY_END);
    }
    mtm_decimal percent = c->percent.value;
    percent.units = percent.units < 0 ? -percent.units : percent.units;
    const char *number = mtmi_print_number(scribe, percent, 0);
    return mtmi_say(scribe, change_message(c, direction), "percent",
                    mtmi_say(scribe, MTMI_MESSAGE_PERCENT, "number", number, MTMI_SAY_END), "percent.dative",
                    mtmi_say(scribe, MTMI_MESSAGE_PERCENT_DATIVE, "number", number, MTMI_SAY_END), "than",
                    mtmi_print_period(scribe, c->dated, MTMI_WHEN_THAN), MTMI_SAY_END);
}

/* A per cent that can be said: not of a per cent, and not of a year twice. */
static int is_sayable(const mtmi_report_indicator *entry, size_t i) {
    const mtmi_report_comparison *c = &entry->comparisons[i];
    int twice = i > 0 && mtmi_period_same(c->period, entry->comparisons[0].period);
    return c->percent.has && c->absolute.has && c->percent.value.units > INT64_MIN && !entry->is_percent && !twice;
}

/* Of a total that does not compare: the change of what both periods have. "" where there is none. */
static const char *like_text(mtmi_text_builder *scribe, const mtmi_report_indicator *entry, size_t i, int *direction) {
    mtmi_report_comparison like = entry->comparisons[i];
    const int twice = i > 0 && mtmi_period_same(like.period, entry->comparisons[0].period);
    if (!like.has_like || !like.like_percent.has || like.percent.has || entry->is_percent || twice) {
        return "";
    }
    like.base = like.like_base;
    like.absolute = like.like_absolute;
    like.percent = like.like_percent;
    return mtmi_say(scribe, MTMI_MESSAGE_HIGHLIGHT_LIKE, "change",
                    change_text(scribe, &like, entry->multiplier, direction), MTMI_SAY_END);
}

static int is_unchanged(const mtmi_report_indicator *entry, size_t i) {
    return is_sayable(entry, i) && entry->comparisons[i].absolute.value.units == 0;
}

const char *mtmi_changes_text(mtmi_text_builder *scribe, const mtmi_report_indicator *entry) {
    const char *text = "";
    int before = 0;
    if (entry->n_comparisons == 2 && is_unchanged(entry, 0) && is_unchanged(entry, 1)) {
        return mtmi_say(scribe, MTMI_MESSAGE_HIGHLIGHT_SAME_BOTH, "than",
                        mtmi_print_period(scribe, entry->comparisons[0].dated, MTMI_WHEN_THAN), "than2",
                        mtmi_print_period(scribe, entry->comparisons[1].dated, MTMI_WHEN_THAN), MTMI_SAY_END);
    }
    for (size_t i = 0; i < entry->n_comparisons; i++) {
        int direction = 0;
        const char *change = is_sayable(entry, i)
                                 ? change_text(scribe, &entry->comparisons[i], entry->multiplier, &direction)
                                 : like_text(scribe, entry, i, &direction);
        if (*change == '\0') {
            continue;
        }
        mtmi_message join = before * direction < 0 ? MTMI_MESSAGE_HIGHLIGHT_BUT : MTMI_MESSAGE_HIGHLIGHT_AND;
        text = *text == '\0' ? change : mtmi_say(scribe, join, "first", text, "second", change, MTMI_SAY_END);
        before = direction;
    }
    return text;
}

/* Whether all changes that can be said go one way: 1 up, -1 down, else 0. */
static int direction_of(const mtmi_report_indicator *entry) {
    int up = 0, down = 0;
    for (size_t i = 0; i < entry->n_comparisons; i++) {
        int64_t change = is_sayable(entry, i) ? entry->comparisons[i].absolute.value.units : 0;
        up |= change > 0;
        down |= change < 0;
    }
    return up - down;
}

/* ---- names ---- */

static subject find_subject(const filler *f, const char *name) {
    subject out = {NULL, NULL, NULL};
    const char *id = name;
    for (size_t i = 0; i < f->highlight->n_rows; i++) {
        if (strcmp(f->highlight->rows[i].name, name) == 0) {
            out.leaders = &f->leaders[i];
            id = f->highlight->rows[i].of;
        }
    }
    out.entry = mtmi_report_find(f->scribe->report, id);
    out.result = out.entry != NULL ? mtmi_results_get(f->results, id) : NULL;
    return out;
}

/* Names of countries, regions and checkpoints keep their capital; "Construction" loses it within a sentence. */
static int is_proper_name(const mtmi_report_indicator *entry) {
    static const char *const dimensions[] = {"citizenship", "origin", "country", "destination", "region", "checkpoint"};
    for (size_t i = 0; i < sizeof dimensions / sizeof *dimensions; i++) {
        if (strcmp(entry->dimension, dimensions[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* The text with its first letter in the other case. An abbreviation keeps its own. */
static const char *recase(mtmi_text_builder *scribe, const char *text, int upper) {
    size_t length = strlen(text), first_bytes = 0, second_bytes = 0;
    char letter[4];
    if (length == 0) {
        return text;
    }
    uint32_t first = mtmi_text_decode(text, length, &first_bytes);
    uint32_t second =
        length > first_bytes ? mtmi_text_decode(text + first_bytes, length - first_bytes, &second_bytes) : 0;
    if (!upper && second != 0 && mtmi_text_lower(second) != second) {
        return text;
    }
    size_t n = mtmi_text_encode(upper ? mtmi_text_upper(first) : mtmi_text_lower(first), letter);
    mtmi_buffer out = MTMI_BUFFER_INIT;
    mtmi_buffer_add(&out, letter, n);
    mtmi_buffer_text(&out, text + first_bytes);
    scribe->failed |= out.failed;
    const char *kept = mtmi_text_builder_keep(scribe, out.failed ? "" : out.data);
    mtmi_buffer_free(&out);
    return kept;
}

/* A name within a list whose members semicolons part: "Water supply; sewerage" has none then. */
static const char *without_semicolons(mtmi_text_builder *scribe, const char *name) {
    mtmi_buffer out = MTMI_BUFFER_INIT;
    for (const char *at = name; *at != '\0'; at++) {
        mtmi_buffer_char(&out, *at == ';' ? ',' : *at);
    }
    scribe->failed |= out.failed;
    const char *kept = mtmi_text_builder_keep(scribe, out.failed || out.data == NULL ? "" : out.data);
    mtmi_buffer_free(&out);
    return kept;
}

static const char *name_text(const filler *f, const subject *topic, size_t i, int with_share) {
    const mtmi_report_row *row = &topic->entry->rows[topic->leaders->rows[i]];
    const char *name = is_proper_name(topic->entry) ? mtmi_row_name(f->scribe, topic->entry, row, 0)
                                                    : without_semicolons(f->scribe, recase(f->scribe, row->label, 0));
    if (!with_share || !row->share.has) {
        return name;
    }
    return mtmi_say(f->scribe, MTMI_MESSAGE_HIGHLIGHT_NAME_SHARE, "name", name, "share",
                    mtmi_print_percent(f->scribe, row->share.value, 0), MTMI_SAY_END);
}

/* Whether several are named, all of one size. */
static int is_tied(const subject *topic) {
    const mtmi_leaders *leaders = topic->leaders;
    return leaders->n > 1 && mtmi_decimal_compare(topic->entry->rows[leaders->rows[0]].value.value,
                                                  topic->entry->rows[leaders->rows[leaders->n - 1]].value.value) == 0;
}

static const char *list_text(const filler *f, const subject *topic, int with_shares) {
    const int tied = is_tied(topic);
    const char *text = "";
    for (size_t i = 0; i < topic->leaders->n; i++) {
        const char *name = name_text(f, topic, i, with_shares && !tied);
        mtmi_message join = !is_proper_name(topic->entry)
                                ? MTMI_MESSAGE_LIST_SEMICOLON /* they hold commas themselves */
                            : i + 1 < topic->leaders->n ? MTMI_MESSAGE_LIST_COMMA
                                                        : MTMI_MESSAGE_LIST_AND;
        text = i == 0 ? name : mtmi_say(f->scribe, join, "first", text, "second", name, MTMI_SAY_END);
    }
    const mtmi_figure_text *share = tied ? &topic->entry->rows[topic->leaders->rows[0]].share : NULL;
    if (!tied) {
        return text;
    }
    return with_shares && share->has ? mtmi_say(f->scribe, MTMI_MESSAGE_HIGHLIGHT_TIED_SHARE, "names", text, "share",
                                                mtmi_print_percent(f->scribe, share->value, 0), MTMI_SAY_END)
                                     : mtmi_say(f->scribe, MTMI_MESSAGE_HIGHLIGHT_TIED, "names", text, MTMI_SAY_END);
}

/* ---- places ---- */

static const char *share_text(const filler *f, const mtmi_leaders *leaders) {
    if (!leaders->has_share) {
        return "";
    }
    const char *percent = mtmi_print_percent(f->scribe, leaders->share, 0);
    return leaders->at_least ? mtmi_say(f->scribe, MTMI_MESSAGE_HIGHLIGHT_AT_LEAST, "percent", percent, MTMI_SAY_END)
                             : percent;
}

static const char *rows_fact(const filler *f, const subject *topic, mtmi_fact fact) {
    switch (fact) {
    case MTMI_FACT_LIST: return list_text(f, topic, 1);
    case MTMI_FACT_NAMES: return list_text(f, topic, 0);
    case MTMI_FACT_SHARE: return share_text(f, topic->leaders);
    case MTMI_FACT_COUNT: return mtmi_print_count(f->scribe, (int64_t)topic->leaders->n);
    default: return "";
    }
}

static const char *note_text(const filler *f, const mtmi_report_indicator *entry) {
    const char *changes = mtmi_changes_text(f->scribe, entry);
    return *changes == '\0' ? "" : mtmi_say(f->scribe, MTMI_MESSAGE_HIGHLIGHT_NOTE, "changes", changes, MTMI_SAY_END);
}

static const char *indicator_fact(const filler *f, const subject *topic, mtmi_fact fact) {
    const mtmi_report_indicator *entry = topic->entry;
    mtmi_number_form noun;
    switch (fact) {
    case MTMI_FACT_VALUE:
        return entry->value.has ? mtmi_print_rounded(f->scribe, entry->value.value, entry->multiplier, &noun) : "";
    case MTMI_FACT_AMOUNT:
        return entry->value.has ? mtmi_print_amount(f->scribe, topic->result, entry->value.value) : "";
    case MTMI_FACT_EXACT: return entry->value.has ? entry->value_text : "";
    case MTMI_FACT_CHANGES: return mtmi_changes_text(f->scribe, entry);
    case MTMI_FACT_WHEN:
        return mtmi_print_period(f->scribe, entry->observed,
                                 entry->kind == MTM_KIND_FLOW ? MTMI_WHEN_IN : MTMI_WHEN_AT);
    case MTMI_FACT_PERIOD: return entry->observed_text;
    default: return "";
    }
}

/* The noun in the form of the number beside it. A language with fewer forms gives fewer: the last one stands for all
 * that follow. */
static int put_noun(const filler *f, const subject *topic, const mtmi_place_holder *place, mtmi_buffer *out) {
    mtmi_number_form form = MTMI_NUMBER_MANY;
    if (topic->leaders != NULL) {
        form = mtmi_number_form_of(f->scribe->words, (mtm_decimal){(int64_t)topic->leaders->n, 0, 0});
    } else if (topic->entry->value.has) {
        (void)mtmi_print_rounded(f->scribe, topic->entry->value.value, topic->entry->multiplier, &form);
    } else {
        return 0;
    }
    size_t at = (size_t)form;
    if (form == MTMI_NUMBER_FRACTION && place->n_forms < 4) {
        at = place->n_forms == 3 ? (size_t)MTMI_NUMBER_FEW : place->n_forms - 1;
    }
    at = at < place->n_forms ? at : place->n_forms - 1;
    mtmi_buffer_add(out, place->forms[at], place->lengths[at]);
    return 1;
}

/* 0 where there is no figure for the place. */
static int put_place(const filler *f, const mtmi_place_holder *place, mtmi_buffer *out) {
    const mtm_report *report = f->scribe->report;
    if (place->fact == MTMI_FACT_NONE && place->n_forms == 0) {
        const char *text = strcmp(place->name, "country") == 0 ? report->country_title : report->period_text;
        mtmi_buffer_text(out, text);
        return *text != '\0';
    }
    subject topic = find_subject(f, place->name);
    if (topic.entry == NULL || (topic.leaders != NULL && topic.leaders->n == 0)) {
        return 0;
    }
    if (place->n_forms > 0) {
        return put_noun(f, &topic, place, out);
    }
    if (place->fact == MTMI_FACT_NOTE) {
        mtmi_buffer_text(out, note_text(f, topic.entry));
        return 1;
    }
    const char *text =
        topic.leaders != NULL ? rows_fact(f, &topic, place->fact) : indicator_fact(f, &topic, place->fact);
    mtmi_buffer_text(out, text);
    return *text != '\0';
}

/* ---- conditions ---- */

static int holds_of_rows(const mtmi_leaders *leaders, mtmi_fact fact) {
    switch (fact) {
    case MTMI_FACT_ONE: return leaders->n == 1;
    case MTMI_FACT_MAJORITY: return leaders->n > 0 && leaders->majority;
    case MTMI_FACT_GIVEN: return leaders->n > 0 && leaders->given;
    case MTMI_FACT_ALL: return leaders->n > 0 && leaders->all;
    default: return leaders->n > 0;
    }
}

static int holds(const filler *f, const char *condition) {
    mtmi_place_holder place;
    int negated, met;
    if (!mtmi_condition_parse(condition, &place, &negated)) {
        return 0;
    }
    subject topic = find_subject(f, place.name);
    if (topic.entry == NULL) {
        met = 0;
    } else if (topic.leaders != NULL) {
        met = holds_of_rows(topic.leaders, place.fact);
    } else {
        const mtmi_report_indicator *entry = topic.entry;
        met = place.fact == MTMI_FACT_CHANGES ? *mtmi_changes_text(f->scribe, entry) != '\0'
              : place.fact == MTMI_FACT_UP    ? direction_of(entry) > 0
              : place.fact == MTMI_FACT_DOWN  ? direction_of(entry) < 0
              : place.fact == MTMI_FACT_DATED ? !mtmi_period_same(entry->observed, f->scribe->report->period)
                                              : entry->value.has;
    }
    return negated ? !met : met;
}

/* ---- sentences ---- */

static int put_case(const filler *f, const mtmi_highlight_case *from, mtmi_buffer *out) {
    const char *rest = mtmi_titles_get(&from->text, f->scribe->report->language), *literal;
    size_t length;
    mtmi_place_holder place;
    int found;
    for (size_t i = 0; from->when != NULL && from->when[i] != NULL; i++) {
        if (!holds(f, from->when[i])) {
            return 0;
        }
    }
    while ((found = mtmi_template_next(&rest, &literal, &length, &place)) > 0) {
        mtmi_buffer_add(out, literal, length);
        if (found == 1 && !put_place(f, &place, out)) {
            return 0;
        }
    }
    return 1;
}

/* The first case that may be said; "" for none. */
static const char *clause_text(const filler *f, const mtmi_highlight_clause *clause) {
    const char *text = "";
    for (size_t i = 0; i < clause->n && *text == '\0'; i++) {
        mtmi_buffer out = MTMI_BUFFER_INIT;
        if (put_case(f, &clause->cases[i], &out) && !out.failed) {
            text = mtmi_text_builder_keep(f->scribe, out.data);
        }
        f->scribe->failed |= out.failed;
        mtmi_buffer_free(&out);
    }
    return text;
}

static const char *sentence_text(const filler *f) {
    const char *text = "";
    for (size_t i = 0; i < f->highlight->n_clauses; i++) {
        const char *clause = clause_text(f, &f->highlight->clauses[i]);
        if (*clause == '\0') {
            continue;
        }
        text = *text == '\0'
                   ? clause
                   : mtmi_say(f->scribe, MTMI_MESSAGE_LIST_SEMICOLON, "first", text, "second", clause, MTMI_SAY_END);
    }
    if (*text == '\0') {
        return "";
    }
    text = recase(f->scribe, text, 1);
    size_t length = strlen(text);
    return length > 0 && text[length - 1] == '.'
               ? text
               : mtmi_say(f->scribe, MTMI_MESSAGE_SENTENCE, "text", text, MTMI_SAY_END);
}

static void choose_rows(const filler *f) {
    for (size_t i = 0; i < f->highlight->n_rows; i++) {
        const mtmi_highlight_rows *rule = &f->highlight->rows[i];
        const mtmi_report_indicator *entry = mtmi_report_find(f->scribe->report, rule->of);
        const mtm_result *result = mtmi_results_get(f->results, rule->of);
        memset(&f->leaders[i], 0, sizeof f->leaders[i]);
        if (entry == NULL || result == NULL || mtmi_leaders_choose(result, entry, rule, &f->leaders[i]) != MTM_OK) {
            f->leaders[i].n = 0; /* a sum beyond 64 bits is no sentence */
        }
    }
}

static void add_highlight(mtmi_text_builder *scribe, const mtm_results *results, const mtmi_highlight *highlight) {
    mtm_report *report = scribe->report;
    filler f = {scribe, results, highlight, NULL};
    f.leaders = mtmi_text_builder_table(scribe, highlight->n_rows, sizeof *f.leaders);
    if (highlight->n_rows == 0 || f.leaders != NULL) {
        choose_rows(&f);
        const char *text = sentence_text(&f);
        const mtmi_report_indicator *about = mtmi_report_find(report, highlight->about);
        if (*text != '\0') {
            report->highlights[report->n_highlights++] = (mtmi_report_highlight){
                mtmi_text_builder_keep(scribe, highlight->id), text, about != NULL ? about->id : ""};
        }
    }
    mtmi_memory_free(f.leaders);
}

void mtmi_highlights_build(mtmi_text_builder *scribe, const mtm_results *results) {
    const mtmi_highlights *from = &results->highlights;
    for (size_t i = 0; i < from->n && scribe->report->n_highlights < MTMI_REPORT_HIGHLIGHTS; i++) {
        add_highlight(scribe, results, &from->items[i]);
    }
}
