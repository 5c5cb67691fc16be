/* Makes the survey part of a report. Shares print in per cent with one decimal, totals with three significant digits,
 * so that no weight shows. */
#include "report/survey/report_survey.h"

#include "base/buffer.h"

#include <string.h>

/* ---- numbers ---- */

/* How a finding's numbers print: times scale, a multiple of step, with decimals. */
typedef struct printing {
    double scale, step;
    int decimals;
} printing;

static double size_of(double value) {
    return value < 0 ? -value : value;
}

static printing printing_of(const mtmi_report_survey *survey, const mtm_estimate *estimate) {
    printing format = {1, 0, 0};
    double size = size_of(estimate->estimate);
    if (survey->in_percent) {
        return (printing){100, 0, 1};
    }
    if (strcmp(estimate->statistic, "total") == 0) {
        for (format.step = 1; size / format.step >= 1000; format.step *= 10) {}
        return format;
    }
    format.decimals = size >= 1000 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
    return format;
}

static int print_value(const printing *format, double value, mtm_decimal *out) {
    value *= format->scale;
    if (format->step > 1) {
        mtm_decimal steps;
        int fits = mtmi_survey_decimal(value / format->step, 0, &steps);
        return fits && mtmi_survey_decimal((double)steps.units * format->step, 0, out);
    }
    return mtmi_survey_decimal(value, format->decimals, out);
}

static const char *with_unit(mtmi_text_builder *scribe, const mtmi_report_survey *survey, const mtmi_survey_line *line,
                             mtm_decimal value) {
    int difference = line->kind > MTMI_SURVEY_GROUP;
    if (survey->in_percent && difference) {
        return mtmi_survey_say(scribe, MTMI_SURVEY_POINTS, "value", mtmi_print_number(scribe, value, 1), MTMI_SAY_END);
    }
    if (survey->in_percent) {
        return mtmi_print_percent(scribe, value, 0);
    }
    const char *number = mtmi_print_number(scribe, value, difference);
    return survey->unit[0] == '\0'
               ? number
               : mtmi_say(scribe, MTMI_MESSAGE_UNIT, "multiplier", number, "unit", survey->unit, MTMI_SAY_END);
}

static const char *join_two(mtmi_text_builder *scribe, const char *a, const char *b) {
    return *a == '\0' ? b : mtmi_say(scribe, MTMI_MESSAGE_LIST_SEMICOLON, "first", a, "second", b, MTMI_SAY_END);
}

/* Why a figure stands in brackets, is not there, or says nothing clear. */
static const char *note_of(mtmi_text_builder *scribe, const mtmi_survey_line *line) {
    static const mtmi_survey_text reasons[] = {MTMI_SURVEY_FEW, MTMI_SURVEY_WIDE, MTMI_SURVEY_LARGE, MTMI_SURVEY_FREE};
    const mtm_estimate *estimate = &line->of;
    const char *note = "";
    if (estimate->withheld) {
        return mtmi_survey_say(scribe, MTMI_SURVEY_NOTE_HIDDEN, MTMI_SAY_END);
    }
    for (int i = 0; i < 4; i++) {
        if ((estimate->unreliable >> i & 1) != 0) {
            note = join_two(scribe, note, mtmi_survey_say(scribe, reasons[i], MTMI_SAY_END));
        }
    }
    if (*note == '\0' && line->kind > MTMI_SURVEY_GROUP && estimate->low <= 0 && estimate->high >= 0) {
        note = mtmi_survey_say(scribe, MTMI_SURVEY_NOTE_UNCLEAR, MTMI_SAY_END);
    }
    return note;
}

static const char *in_brackets(mtmi_text_builder *scribe, const char *text) {
    mtmi_buffer out = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&out, "(%s)", text);
    scribe->failed |= out.failed;
    const char *kept = mtmi_text_builder_keep(scribe, out.failed ? "" : out.data);
    mtmi_buffer_free(&out);
    return kept;
}

static void print_numbers(mtmi_text_builder *scribe, const mtmi_report_survey *survey, mtmi_report_survey_row *row) {
    const mtm_estimate *from = &row->line->of;
    const printing format = printing_of(survey, from);
    row->has = !from->withheld && print_value(&format, from->estimate, &row->value);
    int low = row->has && print_value(&format, from->low, &row->low);
    int high = row->has && print_value(&format, from->high, &row->high);
    row->has_interval = low && high;
    (void)(row->has_interval && print_value(&format, from->se, &row->se));
    row->reliable = row->has && from->unreliable == 0;
    row->figure = row->has         ? with_unit(scribe, survey, row->line, row->value)
                  : from->withheld ? MTMI_MARK_HIDDEN
                                   : MTMI_MARK_NONE;
    row->estimate = row->figure;
    if (row->has && !row->reliable) {
        row->estimate = in_brackets(scribe, row->figure);
    }
    row->interval = MTMI_MARK_NONE;
    if (row->has_interval) {
        row->interval = mtmi_survey_say(scribe, MTMI_SURVEY_FROM_TO, "low", mtmi_print_number(scribe, row->low, 0),
                                        "high", mtmi_print_number(scribe, row->high, 0), MTMI_SAY_END);
    }
    row->base = from->n < 0 ? MTMI_MARK_HIDDEN : mtmi_print_count(scribe, from->n);
}

/* ---- rows ---- */

static const char *title_of(const mtm_report *report, const mtmi_titles *titles) {
    const char *text = mtmi_titles_get(titles, report->language);
    return text != NULL ? text : "";
}

static const char *group_of(mtmi_text_builder *scribe, const mtmi_survey_line *line) {
    const char *group = title_of(scribe->report, &line->group_title);
    const char *all = *group == '\0' ? mtmi_survey_say(scribe, MTMI_SURVEY_ALL, MTMI_SAY_END) : group;
    switch (line->kind) {
    case MTMI_SURVEY_BETWEEN:
        return mtmi_survey_say(scribe, MTMI_SURVEY_LESS, "a", group, "b", title_of(scribe->report, &line->other_title),
                               MTMI_SAY_END);
    case MTMI_SURVEY_ROUNDS: return mtmi_survey_say(scribe, MTMI_SURVEY_SINCE, "a", all, MTMI_SAY_END);
    default: return all;
    }
}

static void build_row(mtmi_text_builder *scribe, mtmi_report_survey *survey, const mtmi_survey_line *line) {
    mtmi_report_survey_row *row = &survey->rows[survey->n_rows++];
    row->line = line;
    row->group = group_of(scribe, line);
    row->answer = title_of(scribe->report, &line->answer_title);
    row->note = note_of(scribe, line);
    print_numbers(scribe, survey, row);
    survey->with_groups |= line->kind != MTMI_SURVEY_WHOLE;
    survey->with_answers |= line->answer[0] != '\0';
    survey->with_notes |= row->note[0] != '\0';
}

/* Answers of one question that are a scale, by group: a bar each, parted by the answers. All of a bar must be reliable. */
static int is_stacked(const mtmi_report_survey *survey) {
    int groups = 0;
    for (size_t i = 0; i < survey->n_rows; i++) {
        const mtmi_survey_line *line = survey->rows[i].line;
        groups |= line->kind == MTMI_SURVEY_GROUP;
        if (line->kind <= MTMI_SURVEY_GROUP && !survey->rows[i].reliable) {
            return 0;
        }
    }
    return survey->finding->exclusive && survey->finding->n_answers >= 3 && survey->finding->n_answers <= 7 && groups;
}

static void build_one(mtmi_text_builder *scribe, const mtmi_survey_findings *findings, size_t at,
                      mtmi_report_survey *out) {
    const mtmi_survey_finding *finding = &findings->all[at];
    const mtmi_survey_source *source = &findings->sources[finding->source];
    const mtm_report *report = scribe->report;
    *out = (mtmi_report_survey){.finding = finding, .id = finding->id, .section = finding->section};
    out->title = title_of(report, &finding->title);
    out->definition = title_of(report, &finding->definition);
    out->section_title = title_of(report, &finding->section_title);
    out->section_title = out->section_title[0] != '\0' ? out->section_title : finding->section;
    out->unit = title_of(report, &finding->unit);
    out->source_title = title_of(report, &source->title);
    out->in_percent = finding->share;
    out->level_text = mtmi_survey_level(scribe, finding->level);
    out->interval_head = mtmi_survey_say(scribe, MTMI_SURVEY_INTERVAL_HEAD, "level", out->level_text, MTMI_SAY_END);
    out->rows = mtmi_text_builder_table(scribe, finding->n_lines, sizeof *out->rows);
    for (size_t i = 0; out->rows != NULL && i < finding->n_lines; i++) {
        build_row(scribe, out, &finding->lines[i]);
    }
    out->with_answers = out->with_answers && finding->n_answers > 1;
    out->stacked = is_stacked(out);
    out->finding_text = mtmi_survey_sentences(scribe, out, source);
}

void mtmi_surveys_build(mtmi_text_builder *scribe, const mtmi_survey_findings *findings) {
    mtm_report *report = scribe->report;
    if (findings == NULL) {
        return;
    }
    report->surveys = mtmi_text_builder_table(scribe, findings->n, sizeof *report->surveys);
    report->methods = mtmi_text_builder_table(scribe, findings->n_sources, sizeof *report->methods);
    for (size_t i = 0; report->surveys != NULL && i < findings->n; i++) {
        build_one(scribe, findings, i, &report->surveys[report->n_surveys++]);
    }
    for (size_t i = 0; report->methods != NULL && i < findings->n_sources; i++) {
        report->methods[report->n_methods++] = (mtmi_report_method){title_of(report, &findings->sources[i].title),
                                                                    mtmi_survey_methods(scribe, findings, i)};
    }
}

const mtmi_report_survey *mtmi_surveys_find(const mtm_report *report, const char *id) {
    for (size_t i = 0; id != NULL && i < report->n_surveys; i++) {
        if (strcmp(report->surveys[i].id, id) == 0) {
            return &report->surveys[i];
        }
    }
    return NULL;
}
