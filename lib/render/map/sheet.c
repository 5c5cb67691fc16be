/* Writes what the maps show as one table, for those who cannot see a picture and for those who draw their own: a row an area,
 * with its figure, its class in figures, or the mark that says why there is none. */
#include "render/map/sheet.h"

#include "render/map/map_plan.h"
#include "render/ui_text.h"
#include "render/visibility.h"

#include <string.h>

typedef void (*visit)(mtmi_workbook *book, const mtm_report *report, const mtmi_report_indicator *indicator);

static size_t each_mapped(mtmi_workbook *book, const mtm_report *report, visit take) {
    size_t n = 0;
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            const mtmi_report_indicator *indicator = &report->sections[s].indicators[i];
            if (mtmi_parts_is_shown(report, indicator) && mtmi_map_is_there(report, indicator)) {
                n++;
                if (take != NULL) {
                    take(book, report, indicator);
                }
            }
        }
    }
    return n;
}

int mtmi_map_any(const mtm_report *report) {
    return each_mapped(NULL, report, NULL) > 0;
}

static void figure_cell(mtmi_workbook *book, const mtmi_figure_text *figure) {
    if (figure->has) {
        mtmi_workbook_number(book, figure->value);
    } else {
        mtmi_workbook_text(book, figure->hidden ? "[c]" : "[x]", MTMI_CELL_PLAIN);
    }
}

static void put_area(mtmi_workbook *book, const mtmi_map_plan *plan, size_t at) {
    const mtmi_report_row *row = plan->rows[at];
    mtmi_buffer class = MTMI_BUFFER_INIT;
    if (plan->areas[at].mark == MTMI_MAP_CLASS) {
        mtmi_map_plan_class(plan, plan->areas[at].class, &class);
    } else {
        mtmi_buffer_text(&class, mtmi_map_plan_mark(plan, plan->areas[at].mark));
    }
    mtmi_workbook_row(book);
    mtmi_workbook_text(book, plan->indicator->title, MTMI_CELL_WRAPPED);
    mtmi_workbook_text(book, plan->indicator->map_title, MTMI_CELL_WRAPPED);
    mtmi_workbook_text(book, plan->indicator->observed_text, MTMI_CELL_PLAIN);
    mtmi_workbook_text(book, row->code, MTMI_CELL_PLAIN);
    mtmi_workbook_text(book, row->label, MTMI_CELL_WRAPPED);
    figure_cell(book, &row->value);
    mtmi_workbook_text(book, plan->indicator->unit_text, MTMI_CELL_PLAIN);
    figure_cell(book, &row->share);
    mtmi_workbook_text(book, class.data, MTMI_CELL_PLAIN);
    book->archive.out->failed |= class.failed;
    mtmi_buffer_free(&class);
}

static void put_areas(mtmi_workbook *book, const mtm_report *report, const mtmi_report_indicator *indicator) {
    mtmi_map_plan plan;
    int fine = mtmi_map_plan_make(report, indicator, &plan);
    for (size_t i = 0; i < plan.n && fine; i++) {
        put_area(book, &plan, i);
    }
    book->archive.out->failed |= !fine;
    mtmi_map_plan_free(&plan);
}

/* Each caveat once: maps of the same boundaries share theirs. */
static void put_caveats(mtmi_workbook *book, const mtm_report *report) {
    mtmi_buffer last = MTMI_BUFFER_INIT;
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            const mtmi_report_indicator *indicator = &report->sections[s].indicators[i];
            mtmi_map_plan plan;
            mtmi_buffer text = MTMI_BUFFER_INIT;
            if (!mtmi_parts_is_shown(report, indicator) || !mtmi_map_is_there(report, indicator)) {
                continue;
            }
            book->archive.out->failed |= !mtmi_map_plan_make(report, indicator, &plan);
            mtmi_map_plan_caveat(&plan, &text);
            if (text.data != NULL && (last.data == NULL || strcmp(last.data, text.data) != 0)) {
                mtmi_workbook_row(book);
                mtmi_workbook_text(book, text.data, MTMI_CELL_PLAIN);
                mtmi_buffer_free(&last);
                last = text;
                text = (mtmi_buffer)MTMI_BUFFER_INIT;
            }
            book->archive.out->failed |= text.failed;
            mtmi_buffer_free(&text);
            mtmi_map_plan_free(&plan);
        }
    }
    mtmi_buffer_free(&last);
}

void mtmi_map_sheet(mtmi_workbook *book, const mtm_report *report) {
    static const unsigned char widths[] = {44, 60, 20, 12, 32, 14, 18, 10, 26};
    static const mtmi_word words[] = {MTMI_WORD_INDICATOR, MTMI_WORD_FINDING, MTMI_WORD_PERIOD,
                                      MTMI_WORD_CODE,      MTMI_WORD_AREA,    MTMI_WORD_VALUE,
                                      MTMI_WORD_UNIT,      MTMI_WORD_SHARE,   MTMI_WORD_MAP_CLASS};
    const mtm_language language = report->language;
    mtmi_workbook_sheet(book, mtmi_word_get(MTMI_WORD_MAPS, language), widths, sizeof widths);
    mtmi_workbook_row(book);
    mtmi_workbook_text(book, mtmi_word_get(MTMI_WORD_MAPS, language), MTMI_CELL_TITLE);
    mtmi_workbook_row(book);
    mtmi_workbook_text(book, mtmi_word_get(MTMI_WORD_SHORTHAND, language), MTMI_CELL_PLAIN);
    put_caveats(book, report);
    mtmi_workbook_table(book, "maps");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        mtmi_workbook_heading(book, mtmi_word_get(words[i], language));
    }
    (void)each_mapped(book, report, put_areas);
    mtmi_workbook_sheet_end(book);
}
