/* The forms of a report made by hand, byte for byte as tests/golden/report/ has them.
 * After a change that is meant: MTM_UPDATE=1 build/tests/unit/unit_render_forms, and read the difference. */
#include "report_model.h"

#include "failing.h"
#include "render/visibility.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct expected_form {
    mtm_format format;
    mtm_view view;
    const char *indicator, *name;
} expected_form;

static const expected_form forms[] = {
    {MTM_FORMAT_TEXT, MTM_VIEW_REPORT, NULL, "report.%s.txt"},
    {MTM_FORMAT_MARKDOWN, MTM_VIEW_REPORT, NULL, "report.%s.md"},
    {MTM_FORMAT_HTML, MTM_VIEW_REPORT, NULL, "report.%s.html"},
    {MTM_FORMAT_JSON, MTM_VIEW_REPORT, NULL, "report.%s.json"},
    {MTM_FORMAT_CSV, MTM_VIEW_REPORT, NULL, "report.%s.csv"},
    {MTM_FORMAT_SDMX_CSV, MTM_VIEW_REPORT, NULL, "report.%s.sdmx.csv"},
    {MTM_FORMAT_XLSX, MTM_VIEW_REPORT, NULL, "report.%s.xlsx"},
    {MTM_FORMAT_ODS, MTM_VIEW_REPORT, NULL, "report.%s.ods"},
    {MTM_FORMAT_DOCX, MTM_VIEW_REPORT, NULL, "report.%s.docx"},
    {MTM_FORMAT_PPTX, MTM_VIEW_REPORT, NULL, "report.%s.pptx"},
    {MTM_FORMAT_SDMX_ML, MTM_VIEW_REPORT, NULL, "report.%s.sdmx.xml"},
    {MTM_FORMAT_SDMX_STRUCTURE, MTM_VIEW_REPORT, NULL, "report.%s.structure.xml"},
    {MTM_FORMAT_SDMX_JSON_STRUCTURE, MTM_VIEW_REPORT, NULL, "report.%s.structure.json"},
    {MTM_FORMAT_SDMX_JSON, MTM_VIEW_REPORT, NULL, "report.%s.sdmx.json"},
    {MTM_FORMAT_JSON_STAT, MTM_VIEW_REPORT, NULL, "report.%s.stat.json"},
    {MTM_FORMAT_JSON_LD, MTM_VIEW_REPORT, NULL, "report.%s.jsonld"},
    {MTM_FORMAT_CSVW, MTM_VIEW_REPORT, NULL, "report.%s.csv-metadata.json"},
    {MTM_FORMAT_TEXT, MTM_VIEW_INDICATOR, "arrivals", "indicator.%s.txt"},
    {MTM_FORMAT_HTML, MTM_VIEW_INDICATOR, "arrivals-by-origin", "indicator.%s.html"},
    {MTM_FORMAT_JSON, MTM_VIEW_INDICATOR, "arrivals", "indicator.%s.json"},
    {MTM_FORMAT_TEXT, MTM_VIEW_LINEAGE, "arrivals-by-origin", "lineage.%s.txt"},
    {MTM_FORMAT_MARKDOWN, MTM_VIEW_LINEAGE, "arrivals", "lineage.%s.md"},
    {MTM_FORMAT_HTML, MTM_VIEW_LINEAGE, "arrivals", "lineage.%s.html"},
    {MTM_FORMAT_JSON, MTM_VIEW_LINEAGE, "arrivals", "lineage.%s.json"},
    {MTM_FORMAT_CSV, MTM_VIEW_LINEAGE, "arrivals", "lineage.%s.csv"},
    {MTM_FORMAT_XLSX, MTM_VIEW_LINEAGE, "arrivals", "lineage.%s.xlsx"},
};

static mtm_render_options options_of(const expected_form *form) {
    mtm_render_options options = MTM_RENDER_OPTIONS_INIT;
    options.view = form->view;
    options.indicator = form->indicator;
    return options;
}

static char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 20);
    assert_non_null(bytes);
    if (file == NULL) {
        fail_msg("%s is not there; MTM_UPDATE=1 writes it", path);
    }
    *size = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}

static void compare_with_file(const mtm_buffer *text, const char *path) {
    size_t size = 0;
    if (getenv("MTM_UPDATE") != NULL) {
        assert_int_equal(mtm_buffer_save(text, path, NULL), MTM_OK);
    }
    char *bytes = read_file(path, &size);
    if (size != mtm_buffer_size(text) || memcmp(bytes, mtm_buffer_data(text), size) != 0) {
        fail_msg("%s differs; MTM_UPDATE=1 writes it anew", path);
    }
    free(bytes);
}

static void forms_are_as_stored(void **state) {
    (void)state;
    for (int language = 0; language < 3; language++) {
        const mtm_report *report = report_model((mtm_language)language);
        for (size_t i = 0; i < COUNT(forms); i++) {
            char name[64], path[512];
            mtm_render_options options = options_of(&forms[i]);
            mtm_buffer *text = NULL;
            mtm_error err = {0};
            assert_int_equal(mtm_report_render(report, forms[i].format, &options, &text, &err), MTM_OK);
            snprintf(name, sizeof name, forms[i].name, report->language_code);
            snprintf(path, sizeof path, "%s/tests/golden/report/%s", MTM_SOURCE_DIR, name);
            compare_with_file(text, path);
            mtm_buffer_free(text);
        }
    }
}

static const char *render(const mtm_report *report, mtm_format format, const mtm_render_options *options,
                          mtm_buffer **text) {
    assert_int_equal(mtm_report_render(report, format, options, text, NULL), MTM_OK);
    return mtm_buffer_data(*text);
}

static void nothing_of_a_file_acts(void **state) {
    (void)state;
    const mtm_report *report = report_model(MTM_LANGUAGE_EN);
    mtm_buffer *text = NULL;
    mtm_render_options options = MTM_RENDER_OPTIONS_INIT;
    options.width = 1000;
    const char *html = render(report, MTM_FORMAT_HTML, &options, &text);
    const char *script = strstr(html, "<script");
    assert_non_null(script); /* linked data: what is no program does not run */
    assert_memory_equal(script, "<script type=\"application/ld+json\">", 35);
    const char *closed = strstr(script, "</script>");
    assert_non_null(closed);
    assert_null(strstr(script + 1, "<script"));
    assert_string_equal(closed, "</script>\n</body>\n</html>\n");
    assert_null(strstr(html, "<img"));
    assert_null(strstr(html, "href=\"javascript"));
    assert_non_null(strstr(html, "default-src 'none'"));
    mtm_buffer_free(text);
    const char *plain = render(report, MTM_FORMAT_TEXT, &options, &text);
    assert_null(strchr(plain, 0x1B));
    assert_null(strchr(plain, 7));
    mtm_buffer_free(text);
    options.colour = 1;
    plain = render(report, MTM_FORMAT_TEXT, &options, &text);
    assert_non_null(strstr(plain, "\x1B[1m"));
    assert_null(strstr(plain, "\x1B[2J"));
    mtm_buffer_free(text);
    const char *markdown = render(report, MTM_FORMAT_MARKDOWN, &options, &text);
    assert_null(strstr(markdown, "\n# <"));
    assert_null(strstr(markdown, "[link]("));
    assert_non_null(strstr(markdown, "\\<script\\>"));
    mtm_buffer_free(text);
}

/* No line of the text form is wider than asked for, marks and double columns counted as terminals do. */
static void text_keeps_its_width(void **state) {
    (void)state;
    static const int widths[] = {60, 80, 120};
    for (int language = 0; language < 3; language++) {
        for (size_t i = 0; i < COUNT(widths); i++) {
            mtm_buffer *text = NULL;
            mtm_render_options options = MTM_RENDER_OPTIONS_INIT;
            options.width = widths[i];
            const char *line = render(report_model((mtm_language)language), MTM_FORMAT_TEXT, &options, &text);
            while (*line != '\0') {
                size_t length = strcspn(line, "\n"), columns = 0;
                for (size_t c = 0; c < length; c++) {
                    columns += ((unsigned char)line[c] & 0xC0) != 0x80;
                }
                assert_true(columns <= (size_t)widths[i]);
                line += length + (line[length] == '\n');
            }
            mtm_buffer_free(text);
        }
    }
}

static void assert_refused(const mtm_report *report, int format, const mtm_render_options *options, mtm_status status,
                           const char *subject) {
    mtm_error err = {0};
    mtm_buffer *text = (mtm_buffer *)&err;
    assert_int_equal(mtm_report_render(report, (mtm_format)format, options, &text, &err), status);
    assert_int_equal(err.status, status);
    assert_string_equal(err.subject, subject);
    assert_null(text);
}

static void wrong_calls_are_refused(void **state) {
    (void)state;
    const mtm_report *report = report_model(MTM_LANGUAGE_EN);
    mtm_render_options options = MTM_RENDER_OPTIONS_INIT;
    assert_refused(NULL, MTM_FORMAT_TEXT, NULL, MTM_ERROR_ARGUMENT, "report");
    assert_refused(report, 999, NULL, MTM_ERROR_ARGUMENT, "format");
    assert_refused(report, -1, NULL, MTM_ERROR_ARGUMENT, "format");
    options.view = 4;
    assert_refused(report, MTM_FORMAT_TEXT, &options, MTM_ERROR_ARGUMENT, "options.view");
    options.view = MTM_VIEW_PAGE;
    assert_refused(report, MTM_FORMAT_TEXT, &options, MTM_ERROR_UNSUPPORTED, "format");
    options.view = MTM_VIEW_INDICATOR;
    assert_refused(report, MTM_FORMAT_TEXT, &options, MTM_ERROR_ARGUMENT, "indicator");
    options.indicator = "nothing";
    assert_refused(report, MTM_FORMAT_TEXT, &options, MTM_ERROR_NOT_FOUND, "nothing");
    options.indicator = "arrivals";
    options.width = 39;
    assert_refused(report, MTM_FORMAT_TEXT, &options, MTM_ERROR_ARGUMENT, "options.width");
    options.width = 0;
    options.view = MTM_VIEW_LINEAGE;
    assert_refused(report, MTM_FORMAT_SDMX_CSV, &options, MTM_ERROR_UNSUPPORTED, "format");
    assert_int_equal(mtm_report_render(report, MTM_FORMAT_TEXT, NULL, NULL, NULL), MTM_ERROR_ARGUMENT);
}

/* ---- what is said once ---- */

static void titles_may_state_their_period(void **state) {
    (void)state;
    static const struct {
        const char *title, *period;
        int states;
    } facts[] = {
        {"Kazakhstan: migration situation, April-June 2024", "April\u2013June 2024", 1},
        {"Kazakhstan: migration situation, April-June 2024", "2024", 0},
        {"Kazakhstan: migration situation, April-June 2024", "January\u2013March 2024", 0},
        {"Казахстан: миграция, Апрель\u2013июнь 2024 года", "апрель\u2013июнь 2024 года", 1},
        {"Қазақстан: көші-қон, 2024 жылғы сәуір-маусым", "2024 жыл", 0},
        {"Қазақстан: көші-қон, 2024 жылғы сәуір-маусым", "2024 жылғы сәуір\u2013маусым", 1},
        {"2024", "2024", 1},
        {"Kazakhstan", "", 0},
    };
    for (size_t i = 0; i < COUNT(facts); i++) {
        mtm_report report = *report_model(MTM_LANGUAGE_EN);
        report.title = facts[i].title;
        report.period_long = facts[i].period;
        assert_int_equal(mtmi_parts_title_has_period(&report), facts[i].states);
    }
}

/* The breakdown of a total that stands above shows the rows only, in a whole report; alone it shows all. */
static void totals_are_shown_once(void **state) {
    (void)state;
    const mtm_report *report = report_model(MTM_LANGUAGE_EN);
    mtmi_report_indicator *both = report->sections[0].indicators;
    assert_int_equal(mtmi_parts_repeats(report, &both[1]), 0); /* of another window */
    both[1].observed = both[0].observed;
    both[1].n_comparisons = both[0].n_comparisons;
    both[1].points = both[0].points;
    both[1].n_points = both[0].n_points;
    assert_int_equal(mtmi_parts_repeats(report, &both[1]), 1);
    assert_int_equal(mtmi_parts_repeats(report, &both[0]), 0);
    both[1].comparisons[0].base.value.units++;
    assert_int_equal(mtmi_parts_repeats(report, &both[1]), 0);
}

static void equal_comparisons_are_one(void **state) {
    (void)state;
    mtmi_report_indicator indicator = report_model(MTM_LANGUAGE_EN)->sections[0].indicators[0];
    assert_int_equal(mtmi_parts_comparisons(&indicator), 2);
    assert_true(mtmi_parts_compares(&indicator));
    indicator.comparisons[1].period = indicator.comparisons[0].period;
    assert_int_equal(mtmi_parts_comparisons(&indicator), 1);
    indicator.comparisons[0] = indicator.comparisons[1]; /* neither has a base */
    assert_false(mtmi_parts_compares(&indicator));
}

/* A note that stands among the limitations of a whole report is not repeated; alone it is there. */
static void notes_are_shown_once(void **state) {
    (void)state;
    const mtm_report *report = report_model(MTM_LANGUAGE_EN);
    mtmi_report_indicator indicator = report->sections[2].indicators[1];
    mtmi_table whole = MTMI_TABLE_INIT, alone = MTMI_TABLE_INIT;
    indicator.notes = (const char *[]){"It is not in the data.", "Something else."};
    indicator.n_notes = 2;
    indicator.whole_notes = (const char *[]){"Something else."};
    indicator.n_whole_notes = 1;
    mtmi_parts_notes(&indicator, 1, &whole);
    mtmi_parts_notes(&indicator, 0, &alone);
    assert_int_equal(whole.n_rows, 1);
    assert_string_equal(mtmi_table_at(&whole, 0, 0), "Something else.");
    assert_int_equal(alone.n_rows, 2);
    mtmi_table_free(&whole);
    mtmi_table_free(&alone);
}

static mtm_status render_one(void *data, mtm_error *err) {
    const expected_form *form = data;
    mtm_buffer *text = NULL;
    mtm_render_options options = options_of(form);
    mtm_status status = mtm_report_render(report_model(MTM_LANGUAGE_RU), form->format, &options, &text, err);
    mtm_buffer_free(text);
    return status;
}

static void failing_memory_is_survived(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(forms); i++) {
        expected_form form = forms[i];
        assert_survives_failing_memory(render_one, &form);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_are_as_stored),        cmocka_unit_test(nothing_of_a_file_acts),
        cmocka_unit_test(text_keeps_its_width),       cmocka_unit_test(wrong_calls_are_refused),
        cmocka_unit_test(failing_memory_is_survived), cmocka_unit_test(titles_may_state_their_period),
        cmocka_unit_test(totals_are_shown_once),      cmocka_unit_test(equal_comparisons_are_one),
        cmocka_unit_test(notes_are_shown_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
