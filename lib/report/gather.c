/* Gathers what several indicators say alike. Limitations of one kind and one sentence become one, which names them all.
 * A note that stands among the limitations is not repeated beside the figure, and one that several indicators share
 * stands once at the end, under a number. The invariant: nothing is dropped that is not said elsewhere in the report. */
#include "report/gather.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "period/period.h"

#include <string.h>

static int is_shown(const mtmi_report_indicator *indicator) {
    return indicator->value.has || indicator->value.hidden || indicator->n_rows > 0;
}

/* ---- limitations ---- */

static int is_alike(const mtmi_limitation *a, const mtmi_limitation *b) {
    return a->kind == b->kind && *a->title != '\0' && *b->title != '\0' && strcmp(a->sentence, b->sentence) == 0;
}

/* The titles of all that are alike, the first of them at `first`; returns how many. */
static size_t join_titles(mtmi_text_builder *scribe, size_t first, const char **titles) {
    const mtm_report *report = scribe->report;
    size_t n = 1;
    *titles = report->limitations[first].title;
    for (size_t i = first + 1; i < report->n_limitations; i++) {
        if (is_alike(&report->limitations[first], &report->limitations[i])) {
            *titles = mtmi_say(scribe, MTMI_MESSAGE_LIST_SEMICOLON, "first", *titles, "second",
                               report->limitations[i].title, MTMI_SAY_END);
            n++;
        }
    }
    return n;
}

static int is_gathered(const mtm_report *report, size_t at) {
    for (size_t i = 0; i < at; i++) {
        if (is_alike(&report->limitations[i], &report->limitations[at])) {
            return 1;
        }
    }
    return 0;
}

void mtmi_gather_limitations(mtmi_text_builder *scribe) {
    mtm_report *report = scribe->report;
    report->gathered = mtmi_text_builder_table(scribe, report->n_limitations, sizeof *report->gathered);
    for (size_t i = 0; report->gathered != NULL && i < report->n_limitations; i++) {
        mtmi_limitation one = report->limitations[i];
        const char *titles;
        if (is_gathered(report, i)) {
            continue;
        }
        if (join_titles(scribe, i, &titles) > 1) {
            one.indicator = "";
        }
        if (one.kind == MTMI_LIMITATION_NOT_COVERED) { /* the heading says the rest */
            one.text = mtmi_say(scribe, MTMI_MESSAGE_SENTENCE, "text", titles, MTMI_SAY_END);
        } else if (*one.title != '\0') {
            one.text = mtmi_say(scribe, MTMI_MESSAGE_LIMITATION, "title", titles, "text", one.sentence, MTMI_SAY_END);
        }
        report->gathered[report->n_gathered++] = one;
    }
}

/* ---- notes ---- */

/* A note of an indicator that is shown, and whether it is said elsewhere. */
typedef struct note {
    mtmi_report_indicator *of;
    const char *text;
    int limitation; /* the kind whose limitation says it; -1 for none */
    size_t number;  /* of the report's notes, from 1; 0 for none */
} note;

typedef struct notes {
    mtmi_text_builder *scribe;
    note *items;
    size_t n;
} notes;

static int limitation_of(const mtm_report *report, const char *text) {
    for (size_t i = 0; i < report->n_limitations; i++) {
        if (strcmp(report->limitations[i].sentence, text) == 0) {
            return (int)report->limitations[i].kind;
        }
    }
    return -1;
}

static void add_note(notes *out, mtmi_report_indicator *indicator, const char *text) {
    if (*text != '\0') {
        out->items[out->n++] = (note){indicator, text, limitation_of(out->scribe->report, text), 0};
    }
}

/* "Q2 2023 (same quarter of the previous year): there is no figure for the base period." Of two bases of one reason both. */
static const char *comparison_note(mtmi_text_builder *scribe, const mtmi_report_comparison *c,
                                   const mtmi_report_comparison *also) {
    mtmi_buffer out = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&out, "%s%s%s: %s.", c->name, also != NULL ? "; " : "", also != NULL ? also->name : "",
                       c->reason_text);
    scribe->failed |= out.failed;
    const char *text = mtmi_text_builder_keep(scribe, out.failed ? "" : out.data);
    mtmi_buffer_free(&out);
    return text;
}

static void add_indicator(notes *out, mtmi_report_indicator *indicator) {
    for (size_t i = 0; i < indicator->n_notes; i++) {
        add_note(out, indicator, indicator->notes[i]);
    }
    const mtmi_report_comparison *c = indicator->comparisons;
    const int two = indicator->n_comparisons == 2 && !mtmi_period_same(c[0].period, c[1].period);
    const int alike =
        two && c[0].reason_text != NULL && c[1].reason_text != NULL && strcmp(c[0].reason_text, c[1].reason_text) == 0;
    const size_t n = two && !alike ? 2 : indicator->n_comparisons > 0 ? 1 : 0;
    for (size_t i = 0; i < n && !indicator->unavailable; i++) {
        if (c[i].reason != MTM_REASON_NONE && c[i].reason_text[0] != '\0') {
            add_note(out, indicator, comparison_note(out->scribe, &c[i], alike ? &c[1] : NULL));
        }
    }
}

/* Numbers the notes that several indicators have, in the order in which they are met. */
static void number_notes(notes *in) {
    mtm_report *report = in->scribe->report;
    for (size_t i = 0; i < in->n; i++) {
        for (size_t k = i + 1; k < in->n && in->items[i].limitation < 0; k++) {
            if (in->items[k].of == in->items[i].of || strcmp(in->items[k].text, in->items[i].text) != 0) {
                continue;
            }
            if (in->items[i].number == 0) {
                report->notes[report->n_notes++] = in->items[i].text;
                in->items[i].number = report->n_notes;
            }
            in->items[k].number = in->items[i].number;
        }
    }
}

/* "[note 1] [note 3]"; "" for none. */
static const char *numbers_text(const notes *in, const mtmi_report_indicator *indicator) {
    const char *text = "";
    for (size_t i = 0; i < indicator->n_note_numbers; i++) {
        const char *one = mtmi_say(in->scribe, MTMI_MESSAGE_SEE_NOTE, "number",
                                   mtmi_print_count(in->scribe, (int64_t)indicator->note_numbers[i]), MTMI_SAY_END);
        text = *text == '\0' ? one
                             : mtmi_say(in->scribe, MTMI_MESSAGE_UNIT, "multiplier", text, "unit", one, MTMI_SAY_END);
    }
    return text;
}

/* "See limitations: methodology not public; reporting periods not aligned."; "" for none. */
static const char *limitations_text(const notes *in, const mtmi_report_indicator *indicator) {
    unsigned kinds = 0;
    const char *text = "";
    for (size_t i = 0; i < in->n; i++) {
        kinds |= in->items[i].of == indicator && in->items[i].limitation >= 0 ? 1u << in->items[i].limitation : 0;
    }
    for (int kind = 0; kind < MTMI_LIMITATION_COUNT; kind++) {
        const char *title = in->scribe->words->limitations[kind];
        if ((kinds >> kind & 1) != 0) {
            text = *text == '\0' ? title
                                 : mtmi_say(in->scribe, MTMI_MESSAGE_LIST_SEMICOLON, "first", text, "second", title,
                                            MTMI_SAY_END);
        }
    }
    return *text == '\0' ? "" : mtmi_say(in->scribe, MTMI_MESSAGE_SEE_LIMITATIONS, "kinds", text, MTMI_SAY_END);
}

static int has_note(const notes *in, const mtmi_report_indicator *indicator, size_t number) {
    size_t i = 0;
    while (i < in->n && (in->items[i].of != indicator || in->items[i].number != number)) {
        i++;
    }
    return i < in->n;
}

/* The same as numbers, for forms that have links; notes by their numbers. */
static void refer(const notes *in, mtmi_report_indicator *indicator) {
    indicator->note_numbers = mtmi_text_builder_table(in->scribe, indicator->n_notes + indicator->n_comparisons,
                                                      sizeof *indicator->note_numbers);
    for (size_t i = 0; i < in->n; i++) {
        if (in->items[i].of == indicator && in->items[i].limitation >= 0) {
            indicator->limitation_kinds |= 1u << in->items[i].limitation;
        }
    }
    for (size_t number = 1; number <= in->scribe->report->n_notes && indicator->note_numbers != NULL; number++) {
        if (has_note(in, indicator, number)) {
            indicator->note_numbers[indicator->n_note_numbers++] = number;
        }
    }
}

static void write_notes(const notes *in, mtmi_report_indicator *indicator) {
    refer(in, indicator);
    indicator->whole_notes = mtmi_text_builder_table(in->scribe, indicator->n_notes + indicator->n_comparisons + 2,
                                                     sizeof *indicator->whole_notes);
    if (indicator->whole_notes == NULL) {
        return;
    }
    for (size_t i = 0; i < in->n; i++) {
        if (in->items[i].of == indicator && in->items[i].limitation < 0 && in->items[i].number == 0) {
            indicator->whole_notes[indicator->n_whole_notes++] = in->items[i].text;
        }
    }
    const char *numbers = numbers_text(in, indicator), *limits = limitations_text(in, indicator);
    const char *both = *numbers == '\0' || *limits == '\0' ? *numbers != '\0' ? numbers : limits
                                                           : mtmi_say(in->scribe, MTMI_MESSAGE_UNIT, "multiplier",
                                                                      numbers, "unit", limits, MTMI_SAY_END);
    if (*both != '\0') {
        indicator->whole_notes[indicator->n_whole_notes++] = both;
    }
}

void mtmi_gather_notes(mtmi_text_builder *scribe) {
    mtm_report *report = scribe->report;
    size_t most = 0;
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            most += report->sections[s].indicators[i].n_notes + report->sections[s].indicators[i].n_comparisons;
        }
    }
    notes all = {scribe, mtmi_text_builder_table(scribe, most, sizeof *all.items), 0};
    report->notes = mtmi_text_builder_table(scribe, most, sizeof *report->notes);
    for (int pass = 0; pass < 2 && !scribe->failed && most > 0; pass++) {
        for (size_t s = 0; s < report->n_sections; s++) {
            for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
                mtmi_report_indicator *indicator = &report->sections[s].indicators[i];
                if (is_shown(indicator) && pass == 0) {
                    add_indicator(&all, indicator);
                } else if (is_shown(indicator)) {
                    write_notes(&all, indicator);
                }
            }
        }
        if (pass == 0) {
            number_notes(&all);
        }
    }
    mtmi_memory_free(all.items);
}
