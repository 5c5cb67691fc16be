/* Makes the tables of an indicator in words, for the forms that print tables. */
#include "render/page_tables.h"

#include "period/period.h"
#include "render/visibility.h"
#include "render/ui_text.h"

#include <string.h>

/* first, where there is one, is the heading of the first column. */
static void headings(mtmi_table *out, mtm_language language, const char *first, const mtmi_word *words, size_t n) {
    out->n_columns = n + (first != NULL);
    mtmi_table_row(out, MTMI_ROW_PLAIN);
    if (first != NULL) {
        mtmi_table_cell(out, first);
    }
    for (size_t i = 0; i < n; i++) {
        mtmi_table_cell(out, mtmi_word_get(words[i], language));
    }
}

/* "34.5 %" under a heading that says "%" is the number alone. */
static void percent_cell(mtmi_table *out, const char *text) {
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == '%') {
        length--;
    }
    while (length > 1 && (text[length - 1] == ' ' || strncmp(text + length - 2, "\xC2\xA0", 2) == 0)) {
        length -= text[length - 1] == ' ' ? 1 : 2;
    }
    mtmi_buffer_add(&out->text, text, length);
    mtmi_table_end(out);
}

void mtmi_tables_mark(mtmi_buffer *out, const mtmi_report_indicator *indicator, int part, mtm_language language) {
    if ((indicator->revised >> part & 1) != 0) {
        mtmi_buffer_format(out, ", %s", mtmi_word_get(MTMI_WORD_REVISED, language));
    }
}

void mtmi_tables_comparison(const mtmi_report_indicator *indicator, mtm_language language, mtmi_table *out) {
    static const mtmi_word words[] = {MTMI_WORD_PERIOD, MTMI_WORD_VALUE, MTMI_WORD_CHANGE, MTMI_WORD_CHANGE_PERCENT};
    if (!mtmi_parts_compares(indicator)) {
        return;
    }
    headings(out, language, NULL, words, sizeof words / sizeof *words);
    out->numeric[1] = out->numeric[2] = out->numeric[3] = 1;
    mtmi_table_row(out, MTMI_ROW_MARKED);
    mtmi_buffer_text(&out->text, indicator->observed_text);
    mtmi_tables_mark(&out->text, indicator, MTM_LINEAGE_VALUE, language);
    mtmi_table_end(out);
    mtmi_table_cell(out, indicator->value.text);
    mtmi_table_cell(out, "");
    mtmi_table_cell(out, "");
    for (size_t i = 0; i < mtmi_parts_comparisons(indicator); i++) {
        const mtmi_report_comparison *c = &indicator->comparisons[i];
        mtmi_table_row(out, MTMI_ROW_PLAIN);
        mtmi_buffer_text(&out->text, c->name);
        mtmi_tables_mark(&out->text, indicator, MTM_LINEAGE_PREVIOUS + (int)c->with, language);
        mtmi_table_end(out);
        mtmi_table_cell(out, c->base.text);
        mtmi_table_cell(out, c->change_text);
        percent_cell(out, c->percent.text);
        if (c->has_like) {
            mtmi_table_row(out, MTMI_ROW_REST);
            mtmi_table_cell(out, c->like_text);
            mtmi_table_cell(out, c->like_base.text);
            mtmi_table_cell(out, c->like_change_text);
            percent_cell(out, c->like_percent.text);
        }
    }
}

static int is_ranked(const mtmi_report_row *row) {
    return row->rank > 0;
}

static int is_shared(const mtmi_report_row *row) {
    return row->share.has || row->share.hidden;
}

static int any_row(const mtmi_report_indicator *indicator, int (*holds)(const mtmi_report_row *row)) {
    int any = 0;
    for (size_t i = 0; i < indicator->n_rows; i++) {
        any |= holds(&indicator->rows[i]);
    }
    return any;
}

void mtmi_tables_breakdown(const mtmi_report_indicator *indicator, mtm_language language, mtmi_table *out) {
    int shared = any_row(indicator, is_shared), ranked = any_row(indicator, is_ranked);
    const mtmi_word words[] = {MTMI_WORD_VALUE, shared ? MTMI_WORD_SHARE : MTMI_WORD_RANK, MTMI_WORD_RANK};
    if (!mtmi_parts_has_breakdown(indicator)) {
        return;
    }
    headings(out, language, indicator->dimension_title, words, 1 + (size_t)(shared + ranked));
    out->numeric[1] = out->numeric[2] = out->numeric[3] = 1;
    for (size_t i = 0; i < indicator->n_rows; i++) {
        const mtmi_report_row *row = &indicator->rows[i];
        mtmi_table_row(out, row->kind == MTM_MEMBER_CODE ? MTMI_ROW_PLAIN : MTMI_ROW_REST);
        mtmi_table_cell(out, row->label);
        mtmi_table_cell(out, row->value.text);
        if (shared) {
            mtmi_table_cell(out, row->share.text);
        }
        if (row->rank > 0) {
            mtmi_buffer_int(&out->text, row->rank);
        }
        if (ranked) {
            mtmi_table_end(out);
        }
    }
}

/* "Change since Q1 2024". */
static void growth_heading(mtmi_table *out, mtmi_word word, const mtmi_report_comparison *c, mtm_language language) {
    mtmi_buffer_format(&out->text, "%s %s", mtmi_word_get(word, language), c->period_short);
    mtmi_table_end(out);
}

static void growth_headings(const mtmi_report_indicator *indicator, mtm_language language, mtmi_table *out) {
    size_t n = 1;
    for (size_t c = 0; c < indicator->n_comparisons; c++) {
        n += indicator->has_growth[c] ? 2 : 0;
    }
    out->n_columns = n;
    mtmi_table_row(out, MTMI_ROW_PLAIN);
    mtmi_table_cell(out, indicator->dimension_title);
    for (size_t c = 0; c < indicator->n_comparisons; c++) {
        if (indicator->has_growth[c]) {
            growth_heading(out, MTMI_WORD_CHANGE_SINCE, &indicator->comparisons[c], language);
            growth_heading(out, MTMI_WORD_POINTS_SINCE, &indicator->comparisons[c], language);
        }
    }
    out->numeric[1] = out->numeric[2] = out->numeric[3] = out->numeric[4] = 1;
}

void mtmi_tables_growth(const mtmi_report_indicator *indicator, mtm_language language, mtmi_table *out) {
    if ((!indicator->has_growth[0] && !indicator->has_growth[1]) || !mtmi_parts_has_breakdown(indicator)) {
        return;
    }
    growth_headings(indicator, language, out);
    for (size_t i = 0; i < indicator->n_rows; i++) {
        const mtmi_report_row *row = &indicator->rows[i];
        mtmi_table_row(out, row->kind == MTM_MEMBER_CODE ? MTMI_ROW_PLAIN : MTMI_ROW_REST);
        mtmi_table_cell(out, row->label);
        for (size_t c = 0; c < indicator->n_comparisons; c++) {
            if (indicator->has_growth[c]) {
                mtmi_table_cell(out, row->change[c].text);
                mtmi_table_cell(out, row->points[c].text);
            }
        }
    }
    mtmi_table_row(out, MTMI_ROW_MARKED);
    mtmi_table_cell(out, mtmi_word_get(MTMI_WORD_TOTAL, language));
    for (size_t c = 0; c < indicator->n_comparisons; c++) {
        if (indicator->has_growth[c]) {
            mtmi_table_cell(out, indicator->comparisons[c].change_text);
            percent_cell(out, indicator->comparisons[c].percent.text);
        }
    }
}

static void derived_cell(mtmi_table *out, const mtmi_figure_text *figure) {
    mtmi_table_cell(out, figure->has ? figure->text : MTMI_MARK_NONE);
}

void mtmi_tables_series(const mtmi_report_indicator *indicator, mtm_language language, mtmi_table *out) {
    int indexed = mtmi_parts_is_indexed(indicator);
    if (indicator->n_points == 0) {
        return;
    }
    out->n_columns = 2 + (size_t)(indexed + indicator->has_to_date + indicator->has_moving);
    out->numeric[1] = out->numeric[2] = out->numeric[3] = out->numeric[4] = 1;
    mtmi_table_row(out, MTMI_ROW_PLAIN);
    mtmi_table_cell(out, mtmi_word_get(MTMI_WORD_PERIOD, language));
    mtmi_table_cell(out, mtmi_word_get(MTMI_WORD_VALUE, language));
    if (indexed) {
        mtmi_buffer_format(&out->text, "%s (%s = 100)", mtmi_word_get(MTMI_WORD_INDEX, language),
                           indicator->index_base);
        mtmi_table_end(out);
    }
    if (indicator->has_to_date) {
        mtmi_table_cell(out, mtmi_word_get(MTMI_WORD_TO_DATE, language));
    }
    if (indicator->has_moving) {
        mtmi_table_cell(out, mtmi_word_get(MTMI_WORD_TWELVE_MONTHS, language));
    }
    for (size_t i = 0; i < indicator->n_points; i++) {
        const mtmi_report_point *point = &indicator->points[i];
        int now = indicator->value.has && mtmi_period_contains(point->period, indicator->observed);
        mtmi_table_row(out, now ? MTMI_ROW_MARKED : MTMI_ROW_PLAIN);
        mtmi_table_cell(out, point->period_text);
        mtmi_table_cell(out, point->value.text);
        if (indexed) {
            derived_cell(out, &point->index);
        }
        if (indicator->has_to_date) {
            derived_cell(out, &point->to_date);
        }
        if (indicator->has_moving) {
            derived_cell(out, &point->moving);
        }
    }
}

/* A breakdown repeats the points of its total. */
static void other_points(const mtm_report *report, const mtmi_report_indicator *indicator, mtmi_table *out) {
    if (mtmi_parts_is_shown(report, indicator) || mtmi_parts_repeats(report, indicator)) {
        return;
    }
    for (size_t i = 0; i < indicator->n_points; i++) {
        const mtmi_report_point *point = &indicator->points[i];
        if (point->value.has || point->value.hidden) {
            mtmi_table_row(out, MTMI_ROW_PLAIN);
            mtmi_buffer_format(&out->text, "%s, %s", indicator->title, indicator->unit_text);
            mtmi_table_end(out);
            mtmi_table_cell(out, point->period_text);
            mtmi_table_cell(out, point->value.text);
        }
    }
}

void mtmi_tables_other_periods(const mtm_report *report, mtmi_table *out) {
    static const mtmi_word words[] = {MTMI_WORD_INDICATOR, MTMI_WORD_PERIOD, MTMI_WORD_VALUE};
    headings(out, report->language, NULL, words, sizeof words / sizeof *words);
    out->numeric[2] = 1;
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            other_points(report, &report->sections[s].indicators[i], out);
        }
    }
}

/* ---- lineage ---- */

/* "FILE:LINE:COLUMN", as a compiler writes it. */
static void place_cell(mtmi_table *out, const mtm_step *step) {
    mtmi_buffer_format(&out->text, "%s:%lld", step->file, (long long)step->line);
    if (step->column > 0) {
        mtmi_buffer_format(&out->text, ":%d", (int)step->column);
    }
    mtmi_table_end(out);
}

static void release_cell(mtmi_table *out, const mtmi_report_step *step) {
    const char *edition = step->step.edition != NULL ? step->step.edition : "";
    mtmi_buffer_text(&out->text, step->release_text);
    mtmi_buffer_text(&out->text, step->release_text[0] != '\0' && edition[0] != '\0' ? ", " : "");
    mtmi_buffer_text(&out->text, edition);
    mtmi_table_end(out);
}

const char *mtmi_tables_covers(const char *covers, mtm_language language) {
    return strcmp(covers, "all") == 0    ? mtmi_word_get(MTMI_WORD_COVERS_ALL, language)
           : strcmp(covers, "rest") == 0 ? mtmi_word_get(MTMI_WORD_COVERS_REST, language)
                                         : covers;
}

const mtmi_report_row *mtmi_tables_row(const mtmi_report_indicator *indicator, const char *code) {
    for (size_t i = 0; code != NULL && i < indicator->n_rows; i++) {
        if (strcmp(indicator->rows[i].code, code) == 0) {
            return &indicator->rows[i];
        }
    }
    return NULL;
}

/* What the step explains: the value, a base, a row by its name. */
static void explained_cell(mtmi_table *out, const mtmi_report_indicator *indicator, const mtm_step *step,
                           mtm_language language) {
    static const mtmi_word words[] = {MTMI_WORD_VALUE, MTMI_WORD_PREVIOUS, MTMI_WORD_LAST_YEAR, MTMI_WORD_BREAKDOWN,
                                      MTMI_WORD_SUPERSEDED};
    int known = step->of >= 0 && step->of <= MTM_LINEAGE_SUPERSEDED;
    int of_row = step->row != NULL && step->row[0] != '\0';
    const mtmi_report_row *row = mtmi_tables_row(indicator, step->row);
    if (known && (!of_row || step->of != MTM_LINEAGE_BREAKDOWN)) {
        mtmi_buffer_text(&out->text, mtmi_word_get(words[step->of], language));
        mtmi_buffer_text(&out->text, of_row ? ", " : "");
    }
    mtmi_buffer_text(&out->text, row != NULL ? row->label : of_row ? step->row : "");
    mtmi_table_end(out);
}

void mtmi_tables_lineage(const mtmi_report_indicator *indicator, mtm_language language, mtmi_table *out) {
    static const mtmi_word words[] = {MTMI_WORD_FIGURE_OF, MTMI_WORD_VALUE, MTMI_WORD_OPERATION,
                                      MTMI_WORD_PERIOD,    MTMI_WORD_FILE,  MTMI_WORD_RELEASE};
    if (indicator->n_steps == 0) {
        return;
    }
    headings(out, language, NULL, words, sizeof words / sizeof *words);
    out->numeric[1] = 1;
    for (size_t i = 0; i < indicator->n_steps; i++) {
        const mtmi_report_step *step = &indicator->steps[i];
        mtmi_table_row(out, step->step.of == MTM_LINEAGE_SUPERSEDED ? MTMI_ROW_REST : MTMI_ROW_PLAIN);
        explained_cell(out, indicator, &step->step, language);
        mtmi_table_cell(out, step->value.text);
        mtmi_table_cell(out, mtmi_word_operation(step->step.operation, language));
        mtmi_table_cell(out, step->period_text);
        place_cell(out, &step->step);
        release_cell(out, step);
    }
}
