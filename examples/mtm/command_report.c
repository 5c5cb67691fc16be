/* Runs report, compute and explain: a data package and what to compute become a document. The three differ only in the
 * view they render; all that can be wrong on the command line is found before anything is read. */
#include "commands.h"
#include "inputs.h"
#include "message.h"
#include "output.h"
#include "pdf.h"
#include "progress.h"
#include "suggest.h"
#include "unused.h"
#include "terminal.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the command line asks for, and what is made of it. */
typedef struct measuring {
    const struct settings *settings;
    mtm_catalogue *catalogue;
    mtm_package *package;
    mtm_results *results;
    mtm_report *report;
    mtm_period period, as_of;
    mtm_format format;
    mtm_read_options read;
    mtm_tabulate_options tabulate;
    mtm_compute_options compute;
    mtm_report_options reporting;
    mtm_render_options render;
    int as_pdf;
} measuring;

static int ask_periods(measuring *m) {
    int has = 0;
    int status = value_period(m->settings, OPTION_PERIOD, &m->period, &has);
    m->compute.period = has ? &m->period : NULL;
    if (status == EXIT_FINE) {
        status = value_period(m->settings, OPTION_AS_OF, &m->as_of, &has);
        m->read.as_of = m->compute.as_of = has ? &m->as_of : NULL;
    }
    return status;
}

/* --page one: html, or pdf printed from it. */
static int ask_page(measuring *m) {
    const char *text = settings_value(m->settings, OPTION_PAGE);
    if (text == NULL || strcmp(text, "all") == 0) {
        return EXIT_FINE;
    }
    if (strcmp(text, "one") != 0) {
        return suggest_words(m->settings->command, "page", text, "one all");
    }
    if (!m->as_pdf && settings_value(m->settings, OPTION_FORMAT) == NULL && m->format == MTM_FORMAT_TEXT) {
        m->format = MTM_FORMAT_HTML;
    }
    if ((mtm_format_properties(m->format) & MTM_FORMAT_PAGE) == 0) {
        return complain_usage(m->settings->command, "--page one: %s has no single page; expected --format html or pdf",
                              mtm_format_name(m->format));
    }
    m->render.view = MTM_VIEW_PAGE;
    return EXIT_FINE;
}

/* The format, and whether there is what it needs. */
static int ask_format(measuring *m) {
    m->as_pdf = pdf_is_asked(m->settings);
    if (m->as_pdf) {
        m->format = MTM_FORMAT_HTML;
        return pdf_check();
    }
    return value_format(m->settings, &m->format);
}

static int ask_output(measuring *m) {
    const char *path = settings_value(m->settings, OPTION_OUTPUT);
    int status = ask_format(m), standard = path == NULL || strcmp(path, "-") == 0;
    int binary = m->as_pdf || (mtm_format_properties(m->format) & MTM_FORMAT_BINARY) != 0;
    status = status == EXIT_FINE ? ask_page(m) : status;
    if (status == EXIT_FINE && binary && standard && isatty(STDOUT_FILENO)) {
        return complain_usage(m->settings->command, "a %s is not written to a terminal; expected -o FILE",
                              m->as_pdf ? "PDF" : "workbook");
    }
    if (standard) {
        m->render.width = terminal_width(stdout);
        m->render.colour = terminal_colour(m->settings, stdout);
    }
    return status == EXIT_FINE ? inputs_spare(m->settings, OPTION_OUTPUT) : status;
}

/* All that can be wrong on the command line is found before anything is read. */
static int ask(measuring *m) {
    const struct settings *settings = m->settings;
    mtm_language language;
    int status = ask_periods(m);
    if (status == EXIT_FINE) {
        status = value_language(settings, &language);
        m->reporting.language = (int32_t)language;
    }
    if (status == EXIT_FINE) {
        status = value_number(settings, OPTION_TOP, 1, 100000, "all", -1, &m->compute.top);
    }
    if (status == EXIT_FINE) {
        status = value_number(settings, OPTION_THRESHOLD, 3, 1000000, "off", -1, &m->reporting.threshold);
    }
    status = status == EXIT_FINE ? value_protection(settings, &m->reporting) : status;
    if (status == EXIT_FINE && m->reporting.ledger != NULL && m->reporting.threshold < 0) {
        return complain_usage(settings->command, "--ledger: found --threshold off, expected disclosure control");
    }
    m->tabulate.threads = -1;
    if (status == EXIT_FINE) {
        status = value_number(settings, OPTION_THREADS, 1, 64, NULL, 0, &m->tabulate.threads);
    }
    m->read.leave_out = 1;
    m->read.boundaries = settings_value(settings, OPTION_BOUNDARIES);
#ifdef MTM_BOUNDARIES_FILE /* installed beside the program, where the build was given one */
    m->read.boundaries =
        m->read.boundaries == NULL && access(MTM_BOUNDARIES_FILE, R_OK) == 0 ? MTM_BOUNDARIES_FILE : m->read.boundaries;
#endif
    m->read.allow_guess = m->tabulate.allow_guess = settings_has(settings, OPTION_ALLOW_GUESS);
    m->read.progress = m->tabulate.progress = m->compute.progress = progress_step;
    return status == EXIT_FINE ? ask_output(m) : status;
}

static int unknown_indicator(const measuring *m, const char *id) {
    const char *known[1000];
    size_t n = 0;
    for (const mtm_indicator *one; n < 1000 && (one = mtm_catalogue_at(m->catalogue, n)) != NULL; n++) {
        mtm_indicator_info about = MTM_INDICATOR_INFO_INIT;
        mtm_indicator_get(one, MTM_LANGUAGE_EN, &about);
        known[n] = about.id;
    }
    return suggest_complain(m->settings->command, "indicator", id, known, n);
}

static int open_catalogue(measuring *m, const char *indicator) {
    const char *path = settings_value(m->settings, OPTION_CATALOGUE);
    const mtm_source source = MTM_SOURCE_PATH_INIT(path);
    const mtm_indicator *found = NULL;
    mtm_error err;
    mtm_status status =
        path != NULL ? mtm_catalogue_read(&source, &m->catalogue, &err) : mtm_catalogue_new(&m->catalogue, &err);
    if (status != MTM_OK) {
        return complain_error(status, &err);
    }
    m->compute.indicator = m->render.indicator = indicator;
    if (indicator != NULL && mtm_catalogue_find(m->catalogue, indicator, &found, NULL) != MTM_OK) {
        return unknown_indicator(m, indicator);
    }
    return EXIT_FINE;
}

static mtm_status make(measuring *m, mtm_buffer **text, mtm_error *err) {
    const mtm_source source = MTM_SOURCE_PATH_INIT(m->settings->operands[0]);
    mtm_status status = mtm_package_read(&source, &m->read, &m->package, err);
    m->compute.tabulate = &m->tabulate;
    if (status == MTM_OK) {
        status = mtm_catalogue_compute(m->catalogue, m->package, &m->compute, &m->results, err);
    }
    if (status == MTM_OK) {
        status = mtm_report_new(m->results, &m->reporting, &m->report, err);
    }
    return status == MTM_OK ? mtm_report_render(m->report, m->format, &m->render, text, err) : status;
}

/* A report begins with what it does not use: in text on top, in other forms as a note. An indicator without a figure has it
 * as a note: its data may be there under another concept. */
static int write_unused(const measuring *m, FILE *out, size_t *n) {
    char *lines = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&lines, &size);
    if (stream == NULL) {
        return complain("out of memory");
    }
    *n = unused_write(m->settings->operands[0], m->read.as_of, m->package, m->catalogue, m->results, stream);
    int failed = fclose(stream) != 0;
    if (!failed && *n > 0) {
        fprintf(out, "Not used:\n%s\n", lines);
    }
    free(lines);
    return failed ? complain("out of memory") : EXIT_FINE;
}

/* Whether the report has figures of surveys. */
static int has_surveys(const measuring *m) {
    mtm_buffer *json = NULL;
    int has = m->report != NULL && mtm_report_render(m->report, MTM_FORMAT_JSON, NULL, &json, NULL) == MTM_OK &&
              strstr(mtm_buffer_data(json), "\"surveys\":") != NULL;
    mtm_buffer_free(json);
    return has;
}

/* Cubes have no place for an interval and a base beside each figure. */
static int leaves_surveys_out(mtm_format format) {
    switch (format) {
    case MTM_FORMAT_SDMX_CSV:
    case MTM_FORMAT_SDMX_ML:
    case MTM_FORMAT_SDMX_JSON:
    case MTM_FORMAT_SDMX_STRUCTURE:
    case MTM_FORMAT_JSON_STAT: return 1;
    default: return 0;
    }
}

/* Without a figure there is no report: what stands in the way was said. */
static int judge(const measuring *m, int status, size_t unused) {
    if (status == EXIT_FINE && leaves_surveys_out(m->format) && has_surveys(m)) {
        note(
            m->settings,
            "figures of surveys are left out: this form has no place for their intervals and bases; write csv, json or "
            "xlsx beside it");
    }
    if (status == EXIT_FINE && unused > 0 && unused_values(m->results) == 0 && !has_surveys(m)) {
        return complain("%s: no figure could be computed; see what is not used, or mtm check %s",
                        m->settings->operands[0], m->settings->operands[0]);
    }
    return status;
}

/* Beside the CSV of a report its description, as CSV on the Web finds it: the name of the file and "-metadata.json". */
static int write_metadata(const measuring *m, const char *path) {
    mtm_render_options render = m->render;
    mtm_buffer *text = NULL;
    mtm_error err;
    if (m->format != MTM_FORMAT_CSV || m->render.view != MTM_VIEW_REPORT || path == NULL || strcmp(path, "-") == 0) {
        return EXIT_FINE;
    }
    render.file = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
    mtm_status made = mtm_report_render(m->report, MTM_FORMAT_CSVW, &render, &text, &err);
    char *name = malloc(strlen(path) + sizeof "-metadata.json");
    int status = made != MTM_OK ? complain_error(made, &err) : name == NULL ? complain("out of memory") : EXIT_FINE;
    if (status == EXIT_FINE) {
        sprintf(name, "%s-metadata.json", path);
        status = output_text(name, text);
    }
    free(name);
    mtm_buffer_free(text);
    return status;
}

static int write_document(measuring *m) {
    mtm_buffer *text = NULL;
    size_t unused = 0;
    mtm_error err;
    progress_begin(m->settings, "reading", 0);
    progress_file(m->settings->operands[0], 0);
    mtm_status made = make(m, &text, &err);
    progress_end();
    const char *path = settings_value(m->settings, OPTION_OUTPUT);
    int status = made != MTM_OK ? complain_error(made, &err) : EXIT_FINE;
    const int is_report = m->render.view == MTM_VIEW_REPORT;
    if (status == EXIT_FINE &&
        (is_report || (unused_values(m->results) == 0 && !settings_has(m->settings, OPTION_QUIET)))) {
        int on_top = is_report && m->format == MTM_FORMAT_TEXT && (path == NULL || strcmp(path, "-") == 0);
        status = write_unused(m, on_top ? stdout : stderr, &unused);
    }
    if (status == EXIT_FINE) {
        status = m->as_pdf ? pdf_write(path, text) : output_text(path, text);
    }
    status = status == EXIT_FINE ? write_metadata(m, path) : status;
    mtm_buffer_free(text);
    return judge(m, status, is_report ? unused : 0);
}

static int measure(const struct settings *settings, mtm_view view, const char *indicator) {
    measuring m = {.settings = settings,
                   .read = MTM_READ_OPTIONS_INIT,
                   .tabulate = MTM_TABULATE_OPTIONS_INIT,
                   .compute = MTM_COMPUTE_OPTIONS_INIT,
                   .reporting = MTM_REPORT_OPTIONS_INIT,
                   .render = MTM_RENDER_OPTIONS_INIT};
    m.render.view = (int32_t)view;
    int status = ask(&m);
    if (status == EXIT_FINE) {
        status = open_catalogue(&m, indicator);
    }
    if (status == EXIT_FINE) {
        status = write_document(&m);
    }
    mtm_report_free(m.report);
    mtm_results_free(m.results);
    mtm_package_free(m.package);
    mtm_catalogue_free(m.catalogue);
    return status;
}

int command_report(const struct settings *settings) {
    return measure(settings, MTM_VIEW_REPORT, NULL);
}

int command_compute(const struct settings *settings) {
    return measure(settings, MTM_VIEW_INDICATOR, settings->operands[1]);
}

int command_explain(const struct settings *settings) {
    return measure(settings, MTM_VIEW_LINEAGE, settings->operands[1]);
}

/* The triangle is made by one call. */
int command_revisions(const struct settings *settings) {
    measuring m = {.settings = settings, .read = MTM_READ_OPTIONS_INIT, .compute = MTM_COMPUTE_OPTIONS_INIT};
    const mtm_source source = MTM_SOURCE_PATH_INIT(settings->operands[0]);
    mtm_buffer *text = NULL;
    mtm_error err;
    int status = ask_periods(&m);
    status = status == EXIT_FINE ? value_format(settings, &m.format) : status;
    status = status == EXIT_FINE ? inputs_spare(settings, OPTION_OUTPUT) : status;
    status = status == EXIT_FINE ? open_catalogue(&m, settings->operands[1]) : status;
    if (status == EXIT_FINE) {
        m.read.leave_out = 1;
        mtm_status made = mtm_package_read(&source, &m.read, &m.package, &err);
        made =
            made == MTM_OK ? mtm_catalogue_revisions(m.catalogue, m.package, &m.compute, m.format, &text, &err) : made;
        status =
            made == MTM_OK ? output_text(settings_value(settings, OPTION_OUTPUT), text) : complain_error(made, &err);
    }
    mtm_buffer_free(text);
    mtm_package_free(m.package);
    mtm_catalogue_free(m.catalogue);
    return status;
}
