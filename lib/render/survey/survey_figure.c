/* Draws one finding of a survey: dots on intervals, or one stacked bar for each group where the answers are a scale.
 * Unreliable and withheld figures are not drawn. */
#include "render/survey/part.h"

#include "base/memory.h"
#include "render/chart/chart.h"
#include "render/escape.h"
#include "render/page.h"
#include "render/ui_text.h"

#include <string.h>

#define DOTS_MOST 40

static const char *text_of(const mtmi_buffer *buffer) {
    return buffer->data != NULL ? buffer->data : "";
}

static void put_caption(mtmi_buffer *out, const mtm_report *report, const mtmi_report_survey *survey, size_t *figures) {
    mtmi_buffer_text(out, "<figure>\n<figcaption>");
    if (figures != NULL) {
        const char *word = mtmi_word_get(MTMI_WORD_FIGURE, report->language);
        ++*figures;
        if (report->language == MTM_LANGUAGE_KK) {
            mtmi_buffer_format(out, "%zu-%s. ", *figures, word);
        } else {
            mtmi_buffer_format(out, "%s %zu. ", word, *figures);
        }
    }
    mtmi_escape_html(out, survey->title);
    mtmi_buffer_text(out, " <span>");
    mtmi_escape_html(out, survey->in_percent ? "%" : survey->unit);
    mtmi_buffer_text(out, survey->in_percent || survey->unit[0] != '\0' ? ", " : "");
    mtmi_escape_html(out, survey->interval_head);
    mtmi_buffer_text(out, ". ");
    mtmi_escape_html(out, survey->source_title);
    mtmi_buffer_text(out, ", ");
    mtmi_escape_html(out, report->period_text);
    mtmi_buffer_text(out, "</span></figcaption>\n");
}

static int is_drawn(const mtmi_report_survey_row *row) {
    return row->line->kind <= MTMI_SURVEY_GROUP && row->reliable && row->has_interval;
}

/* ---- dots ---- */

/* "Female, food: 48.9 % (41.1 to 56.8)": label and figure of a row. */
static void name_row(const mtmi_report_survey *survey, const mtmi_report_survey_row *row, mtmi_buffer *label,
                     mtmi_buffer *figure) {
    int answer = survey->with_answers, group = row->line->kind == MTMI_SURVEY_GROUP || !answer;
    mtmi_buffer_format(label, "%s%s%s", group ? row->group : "", group && answer ? ", " : "",
                       answer ? row->answer : "");
    mtmi_buffer_format(figure, "%s (%s)", row->figure, row->interval);
}

/* The places of the rows to draw: those of the whole by size where nothing else is, else in their order. */
static size_t choose_rows(const mtmi_report_survey *survey, size_t *places) {
    size_t n = 0;
    int sort = !survey->with_groups && !survey->finding->exclusive;
    for (size_t i = 0; i < survey->n_rows && n < DOTS_MOST; i++) {
        if (!is_drawn(&survey->rows[i])) {
            continue;
        }
        size_t at = n++;
        while (sort && at > 0 && survey->rows[places[at - 1]].value.units < survey->rows[i].value.units) {
            places[at] = places[at - 1];
            at--;
        }
        places[at] = i;
    }
    return n;
}

static void draw_dots(mtmi_buffer *out, const mtm_report *report, const mtmi_report_survey *survey, size_t *figures) {
    size_t places[DOTS_MOST], n = choose_rows(survey, places);
    mtmi_dot dots[DOTS_MOST];
    mtmi_buffer texts[DOTS_MOST][2], description = MTMI_BUFFER_INIT, id = MTMI_BUFFER_INIT;
    if (n < 2) {
        return; /* one dot says less than the sentence */
    }
    memset(texts, 0, sizeof texts);
    for (size_t i = 0; i < n; i++) {
        const mtmi_report_survey_row *row = &survey->rows[places[i]];
        name_row(survey, row, &texts[i][0], &texts[i][1]);
        dots[i] = (mtmi_dot){text_of(&texts[i][0]), text_of(&texts[i][1]), row->value, row->low, row->high};
        mtmi_buffer_format(&description, "%s%s: %s", i > 0 ? "; " : "", dots[i].label, dots[i].figure);
        out->failed |= texts[i][0].failed || texts[i][1].failed;
    }
    mtmi_buffer_format(&id, "%s-dots", survey->id);
    const mtmi_chart chart = {text_of(&id), survey->title, text_of(&description), report->language};
    put_caption(out, report, survey, figures);
    mtmi_chart_dots(out, &chart, dots, n);
    mtmi_buffer_text(out, "</figure>\n");
    out->failed |= description.failed || id.failed;
    for (size_t i = 0; i < n; i++) {
        mtmi_buffer_free(&texts[i][0]);
        mtmi_buffer_free(&texts[i][1]);
    }
    mtmi_buffer_free(&description);
    mtmi_buffer_free(&id);
}

/* ---- stacked bars ---- */

typedef struct stack {
    const char **labels, *names[MTMI_PARTS_MOST];
    mtmi_part *parts;
    size_t n_rows, n_parts;
} stack;

/* Rows of one group stand together, its answers in their order. */
static void fill_stack(const mtmi_report_survey *survey, stack *out, mtmi_buffer *description) {
    size_t part = 0;
    for (size_t i = 0; i < survey->n_rows; i++) {
        const mtmi_report_survey_row *row = &survey->rows[i];
        if (row->line->kind > MTMI_SURVEY_GROUP) {
            continue;
        }
        if (part == 0) {
            out->labels[out->n_rows++] = row->group;
            mtmi_buffer_format(description, "%s%s: ", i > 0 ? ". " : "", row->group);
        }
        out->names[part] = row->answer;
        out->parts[(out->n_rows - 1) * out->n_parts + part] = (mtmi_part){row->value.units * 10, row->figure};
        mtmi_buffer_format(description, "%s%s %s", part > 0 ? ", " : "", row->answer, row->figure);
        part = (part + 1) % out->n_parts;
    }
}

static void draw_stack(mtmi_buffer *out, const mtm_report *report, const mtmi_report_survey *survey, size_t *figures) {
    stack all = {.n_parts = survey->finding->n_answers};
    mtmi_buffer description = MTMI_BUFFER_INIT, id = MTMI_BUFFER_INIT;
    all.labels = mtmi_memory_new(survey->n_rows, sizeof *all.labels);
    all.parts = mtmi_memory_new(survey->n_rows + all.n_parts, sizeof *all.parts);
    out->failed |= all.labels == NULL || all.parts == NULL;
    if (!out->failed) {
        fill_stack(survey, &all, &description);
        mtmi_buffer_format(&id, "%s-stacked", survey->id);
        const mtmi_chart chart = {text_of(&id), survey->title, text_of(&description), report->language};
        put_caption(out, report, survey, figures);
        mtmi_chart_stacked(out, &chart, all.labels, all.n_rows, all.names, all.parts, all.n_parts);
        mtmi_buffer_text(out, "</figure>\n");
    }
    out->failed |= description.failed || id.failed;
    mtmi_memory_free(all.labels);
    mtmi_memory_free(all.parts);
    mtmi_buffer_free(&description);
    mtmi_buffer_free(&id);
}

void mtmi_survey_figure(mtmi_buffer *out, const mtm_report *report, const mtmi_report_survey *survey, size_t *figures) {
    if (survey->stacked) {
        draw_stack(out, report, survey, figures);
    } else {
        draw_dots(out, report, survey, figures);
    }
}
