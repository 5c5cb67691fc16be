/* Writes a report as a workbook by the rules of the Analysis Function's checklist for accessible spreadsheets: a cover, a
 * contents sheet, notes in one sheet, one marked table per sheet under a title in its first cell, and no empty cell of a
 * table that does not say why: [x] not available, [c] withheld, [z] not applicable. */
#include "render/forms.h"

#include "period/period.h"
#include "render/map/sheet.h"
#include "render/number_rows.h"
#include "render/prose.h"
#include "render/survey/part.h"
#include "render/page_tables.h"
#include "render/ui_text.h"
#include "render/office/office_workbook.h"

typedef struct page {
    mtmi_workbook *book;
    const mtm_report *report;
} page;

static void headings(const page *p, const char *table, const mtmi_word *words, size_t n) {
    mtmi_workbook_table(p->book, table);
    for (size_t i = 0; i < n; i++) {
        mtmi_workbook_heading(p->book, mtmi_word_get(words[i], p->report->language));
    }
}

static void text_row(const page *p, const char *text, mtmi_cell_style style) {
    mtmi_workbook_row(p->book);
    mtmi_workbook_text(p->book, text, style);
}

static void figure_cell(const page *p, const mtmi_figure_text *figure) {
    if (figure->has) {
        mtmi_workbook_number(p->book, figure->value);
    } else {
        mtmi_workbook_text(p->book, figure->hidden ? "[c]" : "[x]", MTMI_CELL_PLAIN);
    }
}

/* What each sheet begins with: its title in the first cell, then what marks stand for. */
static void begin_sheet(const page *p, const char *title, const unsigned char *widths, size_t n, int legend) {
    mtmi_workbook_sheet(p->book, title, widths, n);
    text_row(p, title, MTMI_CELL_TITLE);
    if (legend) {
        text_row(p, mtmi_word_get(MTMI_WORD_SHORTHAND, p->report->language), MTMI_CELL_PLAIN);
    }
}

static void protection_row(const page *p) {
    if (p->report->protection[0] != '\0') {
        text_row(p, p->report->protection, MTMI_CELL_PLAIN);
    }
}

/* ---- cover and contents ---- */

static void prose_rows(const page *p, const char *prose) {
    mtmi_prose_block block = {MTMI_PROSE_PARAGRAPH, MTMI_BUFFER_INIT};
    while (mtmi_prose_next(&prose, &block)) {
        mtmi_buffer plain = MTMI_BUFFER_INIT;
        mtmi_prose_plain(&plain, block.text.data);
        text_row(p, plain.data, block.kind == MTMI_PROSE_HEADING ? MTMI_CELL_HEADING : MTMI_CELL_WRAPPED);
        p->book->archive.out->failed |= plain.failed;
        mtmi_buffer_free(&plain);
    }
    p->book->archive.out->failed |= block.text.failed;
    mtmi_buffer_free(&block.text);
}

static void about_rows(const page *p) {
    const mtm_report *report = p->report;
    if (report->n_about > 0) {
        text_row(p, mtmi_word_get(MTMI_WORD_ABOUT, report->language), MTMI_CELL_HEADING);
        prose_rows(p, report->introduction);
    }
    for (size_t i = 0; i < report->n_about; i++) {
        text_row(p, report->about[i], MTMI_CELL_WRAPPED);
    }
    prose_rows(p, report->contact_text);
    if (report->next_text[0] != '\0') {
        text_row(p, report->next_text, MTMI_CELL_WRAPPED);
    }
}

static void cover_sheet(const page *p) {
    static const unsigned char widths[] = {110};
    const char *facts[] = {p->report->period_long, p->report->as_of_text, p->report->stamp, p->report->protection};
    mtmi_workbook_sheet(p->book, mtmi_word_get(MTMI_WORD_COVER, p->report->language), widths, sizeof widths);
    text_row(p, p->report->title, MTMI_CELL_TITLE);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (facts[i][0] != '\0') {
            text_row(p, facts[i], MTMI_CELL_PLAIN);
        }
    }
    if (p->report->n_highlights > 0) {
        text_row(p, mtmi_word_get(MTMI_WORD_HIGHLIGHTS, p->report->language), MTMI_CELL_HEADING);
    }
    for (size_t i = 0; i < p->report->n_highlights; i++) {
        text_row(p, p->report->highlights[i].text, MTMI_CELL_WRAPPED);
    }
    about_rows(p);
    text_row(p, mtmi_word_get(MTMI_WORD_SHORTHAND, p->report->language), MTMI_CELL_WRAPPED);
    mtmi_workbook_sheet_end(p->book);
}

static void contents_sheet(const page *p) {
    static const unsigned char widths[] = {40, 80};
    static const mtmi_word words[] = {MTMI_WORD_SHEET, MTMI_WORD_TEXT};
    static const mtmi_word sheets[][2] = {{MTMI_WORD_KEY_FIGURES, MTMI_WORD_SHEET_FINDINGS},
                                          {MTMI_WORD_FIGURES, MTMI_WORD_SHEET_FIGURES},
                                          {MTMI_WORD_MAPS, MTMI_WORD_SHEET_MAPS},
                                          {MTMI_WORD_NOTES, MTMI_WORD_SHEET_NOTES},
                                          {MTMI_WORD_LIMITATIONS, MTMI_WORD_SHEET_LIMITATIONS},
                                          {MTMI_WORD_BIBLIOGRAPHY, MTMI_WORD_SHEET_SOURCES}};
    begin_sheet(p, mtmi_word_get(MTMI_WORD_CONTENTS, p->report->language), widths, sizeof widths, 0);
    headings(p, "contents", words, 2);
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        if (sheets[i][0] == MTMI_WORD_MAPS && !mtmi_map_any(p->report)) {
            continue;
        }
        mtmi_workbook_row(p->book);
        mtmi_workbook_text(p->book, mtmi_word_get(sheets[i][0], p->report->language), MTMI_CELL_PLAIN);
        mtmi_workbook_text(p->book, mtmi_word_get(sheets[i][1], p->report->language), MTMI_CELL_WRAPPED);
    }
    if (p->report->n_surveys > 0) {
        mtmi_workbook_row(p->book);
        mtmi_workbook_text(p->book, mtmi_survey_word_of(p->report, MTMI_SURVEY_SHEET), MTMI_CELL_PLAIN);
        mtmi_workbook_text(p->book, mtmi_survey_word_of(p->report, MTMI_SURVEY_SHEET_ABOUT), MTMI_CELL_WRAPPED);
    }
    mtmi_workbook_sheet_end(p->book);
}

/* ---- what was found ---- */

static const mtmi_report_comparison *comparison_with(const mtmi_report_indicator *indicator, mtm_comparison_with with) {
    for (size_t i = 0; i < indicator->n_comparisons; i++) {
        if (indicator->comparisons[i].with == with) {
            return &indicator->comparisons[i];
        }
    }
    return NULL;
}

static void finding_row(const page *p, const mtmi_report_indicator *indicator) {
    static const mtmi_figure_text none = {0, 0, {0, 0, 0}, ""};
    const mtmi_report_comparison *previous = comparison_with(indicator, MTM_WITH_PREVIOUS_PERIOD);
    const mtmi_report_comparison *last_year = comparison_with(indicator, MTM_WITH_SAME_PERIOD_LAST_YEAR);
    mtmi_workbook_row(p->book);
    mtmi_workbook_text(p->book, indicator->title, MTMI_CELL_WRAPPED);
    figure_cell(p, &indicator->value);
    mtmi_workbook_text(p->book, indicator->unit_text, MTMI_CELL_WRAPPED);
    mtmi_buffer period = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&period, indicator->unavailable ? "" : indicator->observed_text);
    mtmi_tables_mark(&period, indicator, MTM_LINEAGE_VALUE, p->report->language);
    mtmi_workbook_text(p->book, period.data, MTMI_CELL_WRAPPED);
    p->book->archive.out->failed |= period.failed;
    mtmi_buffer_free(&period);
    figure_cell(p, previous != NULL ? &previous->base : &none);
    figure_cell(p, previous != NULL ? &previous->percent : &none);
    figure_cell(p, last_year != NULL ? &last_year->base : &none);
    figure_cell(p, last_year != NULL ? &last_year->percent : &none);
    mtmi_workbook_text(p->book, indicator->finding, MTMI_CELL_WRAPPED);
}

static void findings_sheet(const page *p) {
    static const unsigned char widths[] = {44, 14, 18, 20, 16, 18, 16, 18, 80};
    static const mtmi_word words[] = {
        MTMI_WORD_INDICATOR, MTMI_WORD_VALUE,           MTMI_WORD_UNIT,      MTMI_WORD_PERIOD,
        MTMI_WORD_PREVIOUS,  MTMI_WORD_CHANGE_PREVIOUS, MTMI_WORD_LAST_YEAR, MTMI_WORD_CHANGE_LAST_YEAR,
        MTMI_WORD_FINDING};
    begin_sheet(p, mtmi_word_get(MTMI_WORD_KEY_FIGURES, p->report->language), widths, sizeof widths, 1);
    headings(p, "key_figures", words, sizeof words / sizeof *words);
    for (size_t s = 0; s < p->report->n_sections; s++) {
        for (size_t i = 0; i < p->report->sections[s].n_indicators; i++) {
            finding_row(p, &p->report->sections[s].indicators[i]);
        }
    }
    mtmi_workbook_sheet_end(p->book);
}

/* ---- every number ---- */

static void period_cell(const page *p, mtm_period period) {
    char text[MTMI_PERIOD_TEXT];
    (void)mtm_period_describe(period, text, sizeof text);
    mtmi_workbook_text(p->book, text, MTMI_CELL_PLAIN);
}

static void number_row(void *out, const mtmi_report_indicator *indicator, const mtmi_number_row *figure) {
    const page *p = out;
    const char status[2] = {figure->status, '\0'};
    mtmi_workbook_row(p->book);
    mtmi_workbook_text(p->book, indicator->id, MTMI_CELL_PLAIN);
    mtmi_workbook_text(p->book, indicator->title, MTMI_CELL_PLAIN);
    mtmi_workbook_text(p->book, figure->measure, MTMI_CELL_PLAIN);
    mtmi_workbook_text(p->book, figure->with, MTMI_CELL_PLAIN);
    period_cell(p, figure->period);
    mtmi_workbook_text(p->book, figure->row != NULL ? indicator->dimension : "", MTMI_CELL_PLAIN);
    mtmi_workbook_text(p->book, figure->row != NULL ? figure->row->code : "", MTMI_CELL_PLAIN);
    mtmi_workbook_text(p->book, figure->row != NULL ? figure->row->label : "", MTMI_CELL_PLAIN);
    figure_cell(p, figure->number);
    mtmi_workbook_text(p->book, figure->unit != NULL ? figure->unit : indicator->unit, MTMI_CELL_PLAIN);
    mtmi_workbook_number(p->book, (mtm_decimal){figure->unit != NULL ? 0 : indicator->multiplier, 0, 0});
    mtmi_workbook_text(p->book, status, MTMI_CELL_PLAIN);
    mtmi_workbook_text(p->book, mtmi_token_reason(figure->reason), MTMI_CELL_PLAIN);
}

static void numbers_sheet(const page *p, const mtmi_report_indicator *only) {
    static const unsigned char widths[] = {28, 40, 10, 22, 14, 16, 16, 32, 14, 14, 10, 8, 22};
    static const char *const names[] = {"indicator", "title", "measure", "with",       "period", "dimension", "code",
                                        "label",     "value", "unit",    "multiplier", "status", "reason"};
    begin_sheet(p, mtmi_word_get(MTMI_WORD_FIGURES, p->report->language), widths, sizeof widths, 1);
    protection_row(p);
    mtmi_workbook_table(p->book, "figures");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        mtmi_workbook_heading(p->book, names[i]);
    }
    for (size_t s = 0; s < p->report->n_sections; s++) {
        for (size_t i = 0; i < p->report->sections[s].n_indicators; i++) {
            const mtmi_report_indicator *indicator = &p->report->sections[s].indicators[i];
            if (only == NULL || only == indicator) {
                mtmi_number_rows_each(indicator, number_row, (void *)p);
            }
        }
    }
    mtmi_workbook_sheet_end(p->book);
}

/* ---- words ---- */

static void limitations_sheet(const page *p) {
    static const unsigned char widths[] = {34, 30, 110};
    static const mtmi_word words[] = {MTMI_WORD_KIND, MTMI_WORD_INDICATOR, MTMI_WORD_TEXT};
    begin_sheet(p, mtmi_word_get(MTMI_WORD_LIMITATIONS, p->report->language), widths, sizeof widths, 0);
    headings(p, "limitations", words, sizeof words / sizeof *words);
    for (size_t i = 0; i < p->report->n_limitations; i++) {
        const mtmi_limitation *limitation = &p->report->limitations[i];
        mtmi_workbook_row(p->book);
        mtmi_workbook_text(p->book, limitation->kind_title, MTMI_CELL_WRAPPED);
        mtmi_workbook_text(p->book, limitation->indicator, MTMI_CELL_WRAPPED);
        mtmi_workbook_text(p->book, limitation->text, MTMI_CELL_WRAPPED);
    }
    mtmi_workbook_sheet_end(p->book);
}

/* "[note 1]" in other sheets means a row of this one. */
static void notes_sheet(const page *p) {
    static const unsigned char widths[] = {14, 110};
    static const mtmi_word words[] = {MTMI_WORD_NUMBER, MTMI_WORD_TEXT};
    begin_sheet(p, mtmi_word_get(MTMI_WORD_NOTES, p->report->language), widths, sizeof widths, 0);
    headings(p, "notes", words, sizeof words / sizeof *words);
    for (size_t i = 0; i < p->report->n_notes; i++) {
        mtmi_workbook_row(p->book);
        mtmi_workbook_number(p->book, (mtm_decimal){(int64_t)i + 1, 0, 0});
        mtmi_workbook_text(p->book, p->report->notes[i], MTMI_CELL_WRAPPED);
    }
    mtmi_workbook_sheet_end(p->book);
}

static void sources_sheet(const page *p) {
    static const unsigned char widths[] = {14, 110, 90};
    static const mtmi_word words[] = {MTMI_WORD_NUMBER, MTMI_WORD_TEXT, MTMI_WORD_ADDRESS};
    begin_sheet(p, mtmi_word_get(MTMI_WORD_BIBLIOGRAPHY, p->report->language), widths, sizeof widths, 0);
    headings(p, "sources", words, sizeof words / sizeof *words);
    for (size_t i = 0; i < p->report->n_bibliography; i++) {
        mtmi_workbook_row(p->book);
        mtmi_workbook_number(p->book, (mtm_decimal){(int64_t)i + 1, 0, 0});
        mtmi_workbook_text(p->book, p->report->bibliography[i].text, MTMI_CELL_WRAPPED);
        mtmi_workbook_text(p->book, p->report->bibliography[i].path, MTMI_CELL_WRAPPED);
    }
    mtmi_workbook_sheet_end(p->book);
}

static void lineage_sheet(const page *p, const mtmi_report_indicator *indicator) {
    static const unsigned char widths[] = {34, 16, 26, 22, 44, 30};
    mtmi_table table = MTMI_TABLE_INIT;
    mtmi_tables_lineage(indicator, p->report->language, &table);
    begin_sheet(p, mtmi_word_get(MTMI_WORD_LINEAGE, p->report->language), widths, sizeof widths, 0);
    protection_row(p);
    if (table.n_rows > 0) {
        mtmi_workbook_table(p->book, "lineage");
    }
    for (size_t c = 0; table.n_rows > 0 && c < table.n_columns; c++) {
        mtmi_workbook_heading(p->book, mtmi_table_at(&table, 0, c));
    }
    for (size_t r = 1; r < table.n_rows; r++) {
        mtmi_workbook_row(p->book);
        for (size_t c = 0; c < table.n_columns; c++) {
            if (c == 1) {
                figure_cell(p, &indicator->steps[r - 1].value);
            } else {
                mtmi_workbook_text(p->book, mtmi_table_at(&table, r, c), MTMI_CELL_PLAIN);
            }
        }
    }
    mtmi_workbook_sheet_end(p->book);
    p->book->archive.out->failed |= mtmi_table_failed(&table);
    mtmi_table_free(&table);
}

static void write_book(mtmi_buffer *out, const mtmi_render_request *request, const mtmi_workbook_form *form) {
    mtmi_workbook book;
    page p = {&book, request->report};
    mtmi_workbook_start(&book, form, out, request->report->title, "libmtm");
    if (request->survey != NULL) {
        mtmi_survey_sheet(&book, request->report, request->survey);
    } else if (request->view == MTM_VIEW_LINEAGE) {
        lineage_sheet(&p, request->indicator);
    } else {
        if (request->view == MTM_VIEW_REPORT) {
            cover_sheet(&p);
            contents_sheet(&p);
            findings_sheet(&p);
        }
        numbers_sheet(&p, request->indicator);
        if (request->view == MTM_VIEW_REPORT && mtmi_map_any(p.report)) {
            mtmi_map_sheet(&book, p.report);
        }
    }
    if (request->view == MTM_VIEW_REPORT) {
        mtmi_survey_sheet(&book, request->report, NULL);
        notes_sheet(&p);
        limitations_sheet(&p);
        sources_sheet(&p);
    }
    mtmi_workbook_finish(&book);
}

void mtmi_form_workbook(mtmi_buffer *out, const mtmi_render_request *request) {
    write_book(out, request, &mtmi_workbook_xlsx);
}

void mtmi_form_ods(mtmi_buffer *out, const mtmi_render_request *request) {
    write_book(out, request, &mtmi_workbook_ods);
}
