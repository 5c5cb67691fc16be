/* Renders a report as plain text for a terminal of a given width. No control character that a file held reaches the
 * terminal. */
#include "render/forms.h"

#include "base/text.h"
#include "render/escape.h"
#include "render/prose.h"
#include "render/survey/part.h"
#include "render/text_grid.h"
#include "render/visibility.h"
#include "render/page_tables.h"
#include "render/ui_text.h"
#include "render/wrap.h"

#include <string.h>

typedef struct page {
    mtmi_buffer *out;
    const mtm_report *report;
    size_t width;
    int whole;                                         /* not one indicator alone */
    const char *bold, *faint, *accent, *alert, *plain; /* "" without colours */
} page;

static const char *ui_word(const page *p, mtmi_word w) {
    return mtmi_word_get(w, p->report->language);
}

static void blank(const page *p) {
    mtmi_buffer_char(p->out, '\n');
}

/* Words in lines; first before the first line, next before the others, both of one width. */
static void paragraph(const page *p, const char *first, const char *next, const char *letters, const char *text) {
    mtmi_buffer shown = MTMI_BUFFER_INIT;
    size_t indent = mtmi_text_width(first, strlen(first)), skip = 0;
    mtmi_escape_terminal(&shown, text);
    const char *rest = shown.data != NULL && !shown.failed ? shown.data : "";
    for (const char *before = first; *rest != '\0'; before = next) {
        size_t used = mtmi_wrap_line(rest, p->width - indent, &skip);
        mtmi_buffer_text(p->out, before);
        mtmi_buffer_text(p->out, letters);
        mtmi_buffer_add(p->out, rest, used);
        mtmi_buffer_text(p->out, letters[0] != '\0' ? p->plain : "");
        blank(p);
        rest += used + skip;
    }
    p->out->failed |= shown.failed;
    mtmi_buffer_free(&shown);
}

static void rule(const page *p, const char *stroke, const char *under) {
    size_t columns = mtmi_text_width(under, strlen(under));
    mtmi_buffer_repeat(p->out, stroke, columns < p->width ? columns : p->width);
    blank(p);
}

static void heading(const page *p, const char *text, const char *stroke) {
    if (p->out->size > 0) {
        blank(p);
    }
    paragraph(p, "", "", p->bold, text);
    rule(p, stroke, text);
}

/* caption is of what, unit included; where may be NULL. */
static void table(const page *p, mtmi_tables_fill fill, const mtmi_report_indicator *indicator, const char *caption,
                  const char *where) {
    mtmi_table cells = MTMI_TABLE_INIT;
    fill(indicator, p->report->language, &cells);
    if (cells.n_rows > 0) {
        mtmi_buffer line = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&line, "%s, %s%s%s", caption, indicator->unit_text, where != NULL ? ", " : "", where);
        blank(p);
        paragraph(p, "", "", p->accent, line.data != NULL ? line.data : "");
        p->out->failed |= line.failed;
        mtmi_buffer_free(&line);
        mtmi_grid_write(p->out, &cells, p->width, p->bold, p->plain);
    }
    p->out->failed |= mtmi_table_failed(&cells);
    mtmi_table_free(&cells);
}

static void notes(const page *p, const mtmi_report_indicator *indicator) {
    mtmi_table rows = MTMI_TABLE_INIT;
    mtmi_parts_notes(indicator, p->whole, &rows);
    if (rows.n_rows + indicator->n_sources > 0) {
        blank(p);
    }
    for (size_t i = 0; i < rows.n_rows; i++) {
        paragraph(p, "* ", "  ", p->faint, mtmi_table_at(&rows, i, 0));
    }
    if (indicator->n_sources > 0) {
        mtmi_buffer_format(p->out, "%s%s:", p->faint, ui_word(p, MTMI_WORD_SOURCES));
        for (size_t i = 0; i < indicator->n_sources; i++) {
            mtmi_buffer_format(p->out, " [%zu]", indicator->sources[i] + 1);
        }
        mtmi_buffer_format(p->out, "%s\n", p->plain);
    }
    p->out->failed |= mtmi_table_failed(&rows);
    mtmi_table_free(&rows);
}

static void indicator_part(const page *p, const mtmi_report_indicator *indicator) {
    int repeats = p->whole && mtmi_parts_repeats(p->report, indicator);
    heading(p, indicator->title, "-");
    paragraph(p, "", "", "", indicator->finding);
    if (!repeats) {
        table(p, mtmi_tables_comparison, indicator, ui_word(p, MTMI_WORD_COMPARISON), NULL);
    }
    table(p, mtmi_tables_breakdown, indicator, indicator->dimension_title, indicator->observed_text);
    table(p, mtmi_tables_growth, indicator, ui_word(p, MTMI_WORD_GROWTH), indicator->observed_text);
    if (!repeats && mtmi_parts_has_series(indicator)) {
        table(p, mtmi_tables_series, indicator, ui_word(p, MTMI_WORD_SERIES), NULL);
    }
    notes(p, indicator);
}

static void head(const page *p) {
    paragraph(p, "", "", p->bold, p->report->title);
    rule(p, "=", p->report->title);
    if (!mtmi_parts_title_has_period(p->report)) {
        paragraph(p, "", "", p->accent, p->report->period_long);
    }
    paragraph(p, "", "", "", p->report->as_of_text);
    if (p->report->stamp[0] != '\0') {
        blank(p);
        paragraph(p, "!! ", "!! ", p->alert, p->report->stamp);
    }
}

static void other_periods(const page *p) {
    mtmi_table rows = MTMI_TABLE_INIT;
    mtmi_tables_other_periods(p->report, &rows);
    if (rows.n_rows > 1) {
        heading(p, ui_word(p, MTMI_WORD_OTHER_PERIODS), "=");
        paragraph(p, "", "", "", ui_word(p, MTMI_WORD_OTHER_PERIODS_WHY));
        blank(p);
        mtmi_grid_write(p->out, &rows, p->width, p->bold, p->plain);
    }
    p->out->failed |= mtmi_table_failed(&rows);
    mtmi_table_free(&rows);
}

/* What several indicators share, by the numbers that they give. */
static void shared_notes(const page *p) {
    if (p->report->n_notes > 0) {
        heading(p, ui_word(p, MTMI_WORD_NOTES), "=");
    }
    for (size_t i = 0; i < p->report->n_notes; i++) {
        mtmi_buffer number = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&number, i < 9 ? " %zu. " : "%zu. ", i + 1);
        paragraph(p, number.data != NULL ? number.data : "", "    ", "", p->report->notes[i]);
        p->out->failed |= number.failed;
        mtmi_buffer_free(&number);
    }
}

static void limitations(const page *p) {
    if (p->report->n_gathered == 0) {
        return;
    }
    heading(p, ui_word(p, MTMI_WORD_LIMITATIONS), "=");
    for (size_t i = 0; i < p->report->n_gathered; i++) {
        const mtmi_limitation *limitation = &p->report->gathered[i];
        if (i == 0 || limitation[-1].kind != limitation->kind) {
            blank(p);
            paragraph(p, "", "", p->bold, limitation->kind_title);
        }
        paragraph(p, "* ", "  ", "", limitation->text);
    }
}

/* In one piece, however long: a terminal opens it, and a reader copies it. */
static void address(const page *p, const char *path) {
    if (path[0] != '\0') {
        mtmi_buffer_format(p->out, "     %s", p->faint);
        mtmi_escape_terminal(p->out, path);
        mtmi_buffer_format(p->out, "%s\n", p->plain);
    }
}

static void bibliography(const page *p) {
    if (p->report->n_bibliography == 0) {
        return;
    }
    heading(p, ui_word(p, MTMI_WORD_BIBLIOGRAPHY), "=");
    for (size_t i = 0; i < p->report->n_bibliography; i++) {
        const mtmi_bibliography_entry *entry = &p->report->bibliography[i];
        mtmi_buffer number = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&number, i < 9 ? " [%zu] " : "[%zu] ", i + 1);
        paragraph(p, number.data != NULL ? number.data : "", "     ", "", entry->text);
        address(p, entry->path);
        p->out->failed |= number.failed;
        mtmi_buffer_free(&number);
    }
}

static void highlights(const page *p) {
    if (p->report->n_highlights > 0) {
        heading(p, ui_word(p, MTMI_WORD_HIGHLIGHTS), "=");
    }
    for (size_t i = 0; i < p->report->n_highlights; i++) {
        paragraph(p, "* ", "  ", "", p->report->highlights[i].text);
    }
}

static void prose(const page *p, const char *text) {
    mtmi_prose_block block = {MTMI_PROSE_PARAGRAPH, MTMI_BUFFER_INIT};
    while (mtmi_prose_next(&text, &block)) {
        int item = block.kind == MTMI_PROSE_ITEM;
        mtmi_buffer plain = MTMI_BUFFER_INIT;
        mtmi_prose_plain(&plain, block.text.data);
        paragraph(p, item ? "* " : "", item ? "  " : "", block.kind == MTMI_PROSE_HEADING ? p->bold : "",
                  plain.data != NULL ? plain.data : "");
        p->out->failed |= plain.failed;
        mtmi_buffer_free(&plain);
    }
    p->out->failed |= block.text.failed;
    mtmi_buffer_free(&block.text);
}

static void about(const page *p) {
    if (p->report->n_about == 0) {
        return;
    }
    heading(p, ui_word(p, MTMI_WORD_ABOUT), "=");
    prose(p, p->report->introduction);
    for (size_t i = 0; i < p->report->n_about; i++) {
        paragraph(p, "* ", "  ", "", p->report->about[i]);
    }
    prose(p, p->report->contact_text);
    paragraph(p, "", "", "", p->report->next_text);
}

static void whole_report(const page *p, const mtmi_render_request *request) {
    head(p);
    highlights(p);
    about(p);
    for (size_t s = 0; s < p->report->n_sections; s++) {
        const mtmi_report_section *section = &p->report->sections[s];
        if (mtmi_parts_section_is_shown(p->report, section)) {
            heading(p, section->title, "=");
        }
        for (size_t i = 0; i < section->n_indicators; i++) {
            if (mtmi_parts_is_shown(p->report, &section->indicators[i])) {
                indicator_part(p, &section->indicators[i]);
            }
        }
    }
    mtmi_survey_plain(p->out, request);
    other_periods(p);
    shared_notes(p);
    limitations(p);
    bibliography(p);
}

/* ---- lineage ---- */

/* "Covers: citizenship=CHN|UZB". */
static void covers_line(const page *p, const char *covers) {
    mtmi_buffer line = MTMI_BUFFER_INIT;
    if (covers == NULL || covers[0] == '\0') {
        return;
    }
    mtmi_buffer_format(&line, "%s: %s", ui_word(p, MTMI_WORD_COVERS), mtmi_tables_covers(covers, p->report->language));
    paragraph(p, "  ", "    ", p->faint, line.data != NULL ? line.data : "");
    p->out->failed |= line.failed;
    mtmi_buffer_free(&line);
}

/* What the steps of a group add up to: the value, a base, a row of the breakdown. */
static void group_title(const page *p, const mtmi_report_indicator *indicator, const mtm_step *step) {
    mtmi_buffer line = MTMI_BUFFER_INIT;
    const mtmi_report_row *row = mtmi_tables_row(indicator, step->row);
    const char *covers = NULL;
    if (step->of == MTM_LINEAGE_VALUE) {
        mtmi_buffer_format(&line, "%s: %s", indicator->observed_text, indicator->value_text);
        covers = indicator->covers;
    } else if (row != NULL) {
        mtmi_buffer_format(&line, "%s: %s", row->label, row->value.text);
        covers = row->covers;
    } else {
        for (size_t i = 0; i < indicator->n_comparisons; i++) {
            const mtmi_report_comparison *c = &indicator->comparisons[i];
            if ((int)c->with + 1 == step->of) { /* the bases follow the value in both lists */
                mtmi_buffer_format(&line, "%s: %s", c->name, c->base.text);
                covers = c->covers;
            }
        }
    }
    if (line.size == 0) {
        mtmi_buffer_text(&line,
                         ui_word(p, step->of == MTM_LINEAGE_SUPERSEDED ? MTMI_WORD_SUPERSEDED : MTMI_WORD_LINEAGE));
    }
    blank(p);
    paragraph(p, "", "  ", p->bold, line.data != NULL ? line.data : "");
    p->out->failed |= line.failed;
    mtmi_buffer_free(&line);
    covers_line(p, covers);
}

/* Rows that are taken side by side make a figure that is not their sum: areas, days, persons for a household. */
static const char *sign_of(int operation, int first, int listed) {
    if (listed) {
        return "  ";
    }
    switch (operation) {
    case MTM_OPERATION_SUBTRACT: return first ? "= \xE2\x88\x92" : "\xE2\x88\x92 ";
    case MTM_OPERATION_DIVIDE: return "\xC3\xB7 ";
    case MTM_OPERATION_NONE: return "  ";
    default: return first ? "= " : "+ ";
    }
}

/* "= 5,972, January-June 2023, as published", and below it where that stands. */
static void step_line(const page *p, const mtmi_report_step *step, int first, int listed) {
    const char *edition = step->step.edition != NULL ? step->step.edition : "";
    mtmi_buffer line = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&line, "%s%s, %s, %s", sign_of(step->step.operation, first, listed), step->value.text,
                       step->period_text, mtmi_word_operation(step->step.operation, p->report->language));
    paragraph(p, "  ", "    ", "", line.data != NULL ? line.data : "");
    mtmi_buffer_clear(&line);
    mtmi_buffer_format(&line, "%s:%lld:%d%s%s%s%s", step->step.file, (long long)step->step.line, (int)step->step.column,
                       step->release_text[0] != '\0' ? ", " : "", step->release_text, edition[0] != '\0' ? ", " : "",
                       edition);
    paragraph(p, "    ", "    ", p->faint, line.data != NULL ? line.data : "");
    p->out->failed |= line.failed;
    mtmi_buffer_free(&line);
}

static int same_group(const mtm_step *a, const mtm_step *b) {
    return a->of == b->of && strcmp(a->row != NULL ? a->row : "", b->row != NULL ? b->row : "") == 0;
}

static int is_listed(const mtmi_report_indicator *indicator, size_t i) {
    const mtmi_report_step *step = &indicator->steps[i];
    const int after = i > 0 && same_group(&step->step, &step[-1].step) && step[-1].step.operation == MTM_OPERATION_TAKE;
    const int before = i + 1 < indicator->n_steps && same_group(&step->step, &step[1].step) &&
                       step[1].step.operation == MTM_OPERATION_TAKE;
    return step->step.operation == MTM_OPERATION_TAKE && (after || before);
}

static void lineage(const page *p, const mtmi_report_indicator *indicator) {
    paragraph(p, "", "", p->bold, indicator->title);
    rule(p, "=", indicator->title);
    paragraph(p, "", "", "", indicator->finding);
    if (indicator->unavailable) { /* a sum that is refused, as far as it would go */
        covers_line(p, indicator->covers);
    }
    for (size_t i = 0; i < indicator->n_steps; i++) {
        const mtmi_report_step *step = &indicator->steps[i];
        int first = i == 0 || !same_group(&step->step, &indicator->steps[i - 1].step);
        if (first) {
            group_title(p, indicator, &step->step);
        }
        step_line(p, step, first, is_listed(indicator, i));
    }
}

/* Of a single indicator; a report says it among its limitations. */
static void protection(const page *p) {
    if (*p->report->protection != '\0') {
        blank(p);
        paragraph(p, "", "", "", p->report->protection);
    }
}

void mtmi_form_text(mtmi_buffer *out, const mtmi_render_request *request) {
    page p = {out, request->report, request->width, request->indicator == NULL, "", "", "", "", ""};
    if (request->colour) {
        p.bold = "\x1B[1m";
        p.faint = "\x1B[2m";
        p.accent = "\x1B[36m";
        p.alert = "\x1B[1;31m";
        p.plain = "\x1B[0m";
    }
    if (request->survey != NULL) {
        mtmi_survey_plain(out, request);
    } else if (request->view == MTM_VIEW_LINEAGE) {
        lineage(&p, request->indicator);
        protection(&p);
    } else if (request->view == MTM_VIEW_INDICATOR) {
        indicator_part(&p, request->indicator);
        protection(&p);
    } else {
        whole_report(&p, request);
    }
}
