/* Writes the findings of surveys as sentences. Every figure has its interval and each sentence its base; unreliable
 * figures stand in none, and what is withheld is said to be. */
#include "report/survey/report_survey.h"

#include "base/buffer.h"

#include <string.h>

#define NAMED_MOST 3

typedef struct wording {
    mtmi_text_builder *scribe;
    const mtmi_report_survey *of;
    const mtmi_survey_source *source;
} wording;

static const char *say_share(const wording *w, const char *value) {
    const char *population = w->source->population;
    mtmi_survey_text text = strcmp(population, "households") == 0 ? MTMI_SURVEY_OF_HOUSEHOLDS
                            : strcmp(population, "persons") == 0 || strcmp(population, "people") == 0
                                ? MTMI_SURVEY_OF_PERSONS
                                : MTMI_SURVEY_OF_ASKED;
    return mtmi_survey_say(w->scribe, text, "value", value, MTMI_SAY_END);
}

static const char *say_base(const wording *w, const mtm_estimate *estimate) {
    int64_t asked = estimate->n + estimate->missing + estimate->unknown + estimate->refused + estimate->invalid;
    return mtmi_survey_say(w->scribe, MTMI_SURVEY_BASE, "n", mtmi_print_count(w->scribe, estimate->n), "asked",
                           mtmi_print_count(w->scribe, asked), MTMI_SAY_END);
}

static const char *say_interval(const wording *w, const mtmi_report_survey_row *row) {
    return mtmi_survey_say(w->scribe, MTMI_SURVEY_IN_BRACKETS, "level", w->of->level_text, "interval", row->interval,
                           MTMI_SAY_END);
}

static const char *append(const wording *w, const char *text, const char *more) {
    if (*text == '\0' || *more == '\0') {
        return *text == '\0' ? more : text;
    }
    return mtmi_say(w->scribe, MTMI_MESSAGE_UNIT, "multiplier", text, "unit", more, MTMI_SAY_END);
}

static const char *append_item(const wording *w, const char *list, const char *item) {
    return *list == '\0'
               ? item
               : mtmi_say(w->scribe, MTMI_MESSAGE_LIST_SEMICOLON, "first", list, "second", item, MTMI_SAY_END);
}

/* A title before a colon: labels of questions end with a mark of their own. */
static const char *say_title(const wording *w) {
    const char *title = w->of->title;
    size_t n = strlen(title);
    while (n > 0 && strchr(" ?:.", title[n - 1]) != NULL) {
        n--;
    }
    if (n == 0 || title[n] == '\0') {
        return title;
    }
    mtmi_buffer out = MTMI_BUFFER_INIT;
    mtmi_buffer_add(&out, title, n);
    w->scribe->failed |= out.failed;
    const char *kept = mtmi_text_builder_keep(w->scribe, out.failed ? "" : out.data);
    mtmi_buffer_free(&out);
    return kept;
}

/* The next row of the whole by size, after `last`; rows of one size come in their order. */
static const mtmi_report_survey_row *next_largest(const wording *w, const mtmi_report_survey_row *last) {
    const mtmi_report_survey_row *best = NULL;
    for (size_t i = 0; i < w->of->n_rows; i++) {
        const mtmi_report_survey_row *row = &w->of->rows[i];
        int after = last == NULL || row->value.units < last->value.units ||
                    (row->value.units == last->value.units && row > last);
        if (row->line->kind == MTMI_SURVEY_WHOLE && row->reliable && after &&
            (best == NULL || row->value.units > best->value.units)) {
            best = row;
        }
    }
    return best;
}

/* ---- the whole ---- */

static const char *say_none(const wording *w) {
    static const mtmi_survey_text reasons[] = {MTMI_SURVEY_FEW, MTMI_SURVEY_WIDE, MTMI_SURVEY_LARGE, MTMI_SURVEY_FREE};
    const mtmi_report_survey_row *first = w->of->n_rows > 0 ? &w->of->rows[0] : NULL;
    if (first == NULL || (!first->line->of.withheld && first->line->of.n == 0)) {
        return mtmi_survey_say(w->scribe, MTMI_SURVEY_EMPTY, "title", say_title(w), MTMI_SAY_END);
    }
    for (int i = 0; i < 4 && !first->line->of.withheld; i++) {
        if ((first->line->of.unreliable >> i & 1) != 0) {
            return mtmi_survey_say(w->scribe, MTMI_SURVEY_UNRELIABLE, "title", say_title(w), "reason",
                                   mtmi_survey_say(w->scribe, reasons[i], MTMI_SAY_END), MTMI_SAY_END);
        }
    }
    return mtmi_survey_say(w->scribe, MTMI_SURVEY_HIDDEN, "title", say_title(w), MTMI_SAY_END);
}

static const char *say_chosen(const wording *w) {
    const mtmi_report_survey_row *row = next_largest(w, NULL), *first = row;
    const char *list = "";
    for (int n = 0; row != NULL && n < NAMED_MOST; n++, row = next_largest(w, row)) {
        list = append_item(w, list,
                           row->answer[0] == '\0' ? row->figure
                                                  : mtmi_say(w->scribe, MTMI_MESSAGE_UNIT, "multiplier", row->answer,
                                                             "unit", row->figure, MTMI_SAY_END));
    }
    return first == NULL ? say_none(w)
                         : mtmi_survey_say(w->scribe, MTMI_SURVEY_CHOSEN, "title", say_title(w), "list", list, "base",
                                           say_base(w, &first->line->of), MTMI_SAY_END);
}

/* Whether an answer that is left out, because its figure is unreliable, may have been named more often than this one. */
static int is_outranked(const wording *w, const mtmi_report_survey_row *row) {
    for (size_t i = 0; i < w->of->n_rows; i++) {
        const mtmi_report_survey_row *other = &w->of->rows[i];
        if (other->line->kind == MTMI_SURVEY_WHOLE && !other->reliable && !other->line->of.withheld &&
            other->line->of.estimate >= row->line->of.estimate) {
            return 1;
        }
    }
    return 0;
}

static const char *say_answers(const wording *w) {
    const mtmi_report_survey_row *row = next_largest(w, NULL), *first = row;
    const char *list = "";
    int most = w->of->finding->exclusive ? (int)w->of->finding->n_answers : NAMED_MOST, n = 0;
    most = most > 7 ? NAMED_MOST : most;
    int ranked = 1;
    for (; row != NULL && n < most; n++, row = next_largest(w, row)) {
        ranked &= !is_outranked(w, row);
        list = append_item(w, list,
                           mtmi_survey_say(w->scribe, MTMI_SURVEY_ITEM, "answer", row->answer, "value", row->figure,
                                           "interval", row->interval, MTMI_SAY_END));
    }
    if (first == NULL) {
        return say_none(w);
    }
    int some = (size_t)n < w->of->finding->n_answers && ranked;
    return mtmi_survey_say(w->scribe, some ? MTMI_SURVEY_TOP : MTMI_SURVEY_LIST, "title", say_title(w), "list", list,
                           "level", w->of->level_text, "base", say_base(w, &first->line->of), MTMI_SAY_END);
}

static const char *say_single(const wording *w) {
    const mtmi_report_survey_row *row = next_largest(w, NULL);
    if (row == NULL || !row->has_interval) {
        return say_none(w);
    }
    const char *value = w->of->in_percent ? say_share(w, row->figure) : row->figure;
    return mtmi_survey_say(w->scribe, MTMI_SURVEY_SHARE, "title", say_title(w), "value", value, "interval",
                           say_interval(w, row), "base", say_base(w, &row->line->of), MTMI_SAY_END);
}

/* ---- groups ---- */

/* The highest and the lowest group of a breakdown, where their intervals lie apart. */
static const char *say_extremes(const wording *w, size_t breakdown) {
    const mtmi_report_survey_row *high = NULL, *low = NULL;
    for (size_t i = 0; i < w->of->n_rows; i++) {
        const mtmi_report_survey_row *row = &w->of->rows[i];
        if (row->line->kind != MTMI_SURVEY_GROUP || row->line->breakdown != breakdown || !row->reliable) {
            continue;
        }
        high = high == NULL || row->line->of.estimate > high->line->of.estimate ? row : high;
        low = low == NULL || row->line->of.estimate < low->line->of.estimate ? row : low;
    }
    if (high == NULL || !(high->line->of.low > low->line->of.high)) {
        return "";
    }
    const mtmi_report_survey_row *ends[] = {high, low};
    const char *texts[2];
    for (int i = 0; i < 2; i++) {
        texts[i] = mtmi_survey_say(w->scribe, MTMI_SURVEY_ITEM, "answer", ends[i]->group, "value", ends[i]->figure,
                                   "interval", ends[i]->interval, MTMI_SAY_END);
    }
    return mtmi_survey_say(w->scribe, MTMI_SURVEY_EXTREMES, "answer", "", "high", texts[0], "low", texts[1],
                           MTMI_SAY_END);
}

/* ---- differences ---- */

static const char *group_title(const wording *w, const mtmi_titles *titles) {
    const char *text = mtmi_titles_get(titles, w->scribe->report->language);
    return text != NULL && *text != '\0' ? text : mtmi_survey_say(w->scribe, MTMI_SURVEY_ALL, MTMI_SAY_END);
}

static const char *say_difference(const wording *w, const mtmi_report_survey_row *row) {
    const mtm_estimate *estimate = &row->line->of;
    int clear = estimate->low > 0 || estimate->high < 0, rounds = row->line->kind == MTMI_SURVEY_ROUNDS;
    mtmi_survey_text text = rounds  ? clear ? MTMI_SURVEY_CHANGE : MTMI_SURVEY_NO_CHANGE
                            : clear ? MTMI_SURVEY_DIFFERENCE
                                    : MTMI_SURVEY_NO_DIFFERENCE;
    const char *answer = "";
    if (w->of->with_answers) {
        mtmi_text_builder *scribe = w->scribe;
        answer = mtmi_say(scribe, MTMI_MESSAGE_UNIT, "multiplier", row->answer, "unit", "– ", MTMI_SAY_END);
    }
    return mtmi_survey_say(w->scribe, text, "answer", answer, "a", group_title(w, &row->line->group_title), "b",
                           group_title(w, &row->line->other_title), "value", row->figure, "interval",
                           say_interval(w, row), MTMI_SAY_END);
}

static const char *say_differences(const wording *w) {
    const char *text = "";
    int n = 0;
    for (size_t i = 0; i < w->of->n_rows && n < NAMED_MOST; i++) {
        const mtmi_report_survey_row *row = &w->of->rows[i];
        if (row->line->kind > MTMI_SURVEY_GROUP && row->reliable && row->has_interval) {
            text = append(w, text, say_difference(w, row));
            n++;
        }
    }
    return text;
}

const char *mtmi_survey_sentences(mtmi_text_builder *scribe, const mtmi_report_survey *survey,
                                  const mtmi_survey_source *source) {
    const wording w = {scribe, survey, source};
    const char *text = source->purposive ? say_chosen(&w) : survey->with_answers ? say_answers(&w) : say_single(&w);
    for (size_t b = 0; !survey->with_answers && b < 8; b++) {
        text = append(&w, text, say_extremes(&w, b));
    }
    return append(&w, text, say_differences(&w));
}
