/* The command `check`: reads a file or a data package, prints what is wrong with it and, with --rejected, its refused
 * rows. Nothing is judged here: the verdict and the exit status are those of mtm_check_read(). */
#include "commands.h"
#include "inputs.h"
#include "message.h"
#include "output.h"
#include "progress.h"
#include "terminal.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_IN_TEXT = 60, ROWS_IN_PAGE = 1000 };

static int write_check(const mtm_check *check, mtm_format format, const mtm_render_options *render, const char *path) {
    mtm_buffer *text = NULL;
    mtm_error err;
    mtm_status made = mtm_check_render(check, format, render, &text, &err);
    int status = made == MTM_OK ? output_text(path, text) : complain_error(made, &err);
    mtm_buffer_free(text);
    return status;
}

/* The refused rows first: standard output comes when every file is there. */
static int write_both(const struct settings *settings, const mtm_check *check, mtm_format format) {
    const char *path = settings_value(settings, OPTION_OUTPUT), *rejects = settings_value(settings, OPTION_REJECTS);
    mtm_render_options render = MTM_RENDER_OPTIONS_INIT;
    int status = rejects != NULL ? write_check(check, MTM_FORMAT_CSV, NULL, rejects) : EXIT_FINE;
    if (path == NULL || strcmp(path, "-") == 0) {
        render.width = terminal_width(stdout);
        render.colour = terminal_colour(settings, stdout);
    }
    if (status == EXIT_FINE) {
        status = write_check(check, format, &render, path);
    }
    return status;
}

static int check(const struct settings *settings, const mtm_read_options *read, mtm_format format) {
    const mtm_source source = MTM_SOURCE_PATH_INIT(settings->operands[0]);
    mtm_check *check = NULL;
    mtm_error err;
    progress_begin(settings, "reading", 0);
    progress_file(settings->operands[0], 0);
    mtm_status read_well = mtm_check_read(&source, read, &check, &err);
    progress_end();
    int status = read_well == MTM_OK ? write_both(settings, check, format) : complain_error(read_well, &err);
    if (status == EXIT_FINE && mtm_check_outcome(check) > MTM_OUTCOME_NOTES) {
        status = EXIT_REFUSED;
    }
    mtm_check_free(check);
    return status;
}

/* ---- lines that restore figures ---- */

static int write_proposal(const struct settings *settings, const mtm_read_options *read,
                          const mtm_compute_options *compute, const mtm_catalogue *catalogue, mtm_format format) {
    const mtm_source source = MTM_SOURCE_PATH_INIT(settings->operands[0]);
    mtm_buffer *text = NULL;
    mtm_error err;
    progress_begin(settings, "reading", 0);
    progress_file(settings->operands[0], 0);
    mtm_status made = mtm_package_propose(&source, read, catalogue, compute, format, &text, &err);
    progress_end();
    int status =
        made == MTM_OK ? output_text(settings_value(settings, OPTION_OUTPUT), text) : complain_error(made, &err);
    mtm_buffer_free(text);
    return status;
}

static int propose(const struct settings *settings, const mtm_read_options *read, mtm_format format) {
    const char *path = settings_value(settings, OPTION_CATALOGUE);
    const mtm_source source = MTM_SOURCE_PATH_INIT(path);
    mtm_compute_options compute = MTM_COMPUTE_OPTIONS_INIT;
    mtm_catalogue *catalogue = NULL;
    mtm_period period, as_of;
    mtm_error err;
    int has_period = 0, has_as_of = 0;
    int status = format == MTM_FORMAT_CSV || format == MTM_FORMAT_HTML
                     ? complain_usage(settings->command, "--propose writes text or json")
                     : EXIT_FINE;
    status = status == EXIT_FINE ? value_period(settings, OPTION_PERIOD, &period, &has_period) : status;
    status = status == EXIT_FINE ? value_period(settings, OPTION_AS_OF, &as_of, &has_as_of) : status;
    compute.period = has_period ? &period : NULL;
    compute.as_of = has_as_of ? &as_of : NULL;
    if (status == EXIT_FINE && path != NULL) {
        mtm_status found = mtm_catalogue_read(&source, &catalogue, &err);
        status = found == MTM_OK ? EXIT_FINE : complain_error(found, &err);
    }
    status = status == EXIT_FINE ? write_proposal(settings, read, &compute, catalogue, format) : status;
    mtm_catalogue_free(catalogue);
    return status;
}

static int is_store(const char *path) {
    mtm_store *store = NULL;
    const int found = mtm_store_open(path, 0, &store, NULL) != MTM_ERROR_NOT_FOUND;
    mtm_store_free(store);
    return found;
}

/* What only --propose takes, without it. */
static int check_options(const struct settings *settings) {
    static const option_id of_propose[] = {OPTION_PERIOD, OPTION_AS_OF, OPTION_CATALOGUE};
    for (size_t i = 0; i < sizeof of_propose / sizeof *of_propose; i++) {
        if (settings_has(settings, of_propose[i]) && !settings_has(settings, OPTION_PROPOSE) &&
            (of_propose[i] != OPTION_AS_OF || !is_store(settings->operands[0]))) {
            return complain_usage(settings->command,
                                  "--period, --as-of (but for a store) and --catalogue need --propose");
        }
    }
    if (!settings_has(settings, OPTION_PROPOSE)) {
        return EXIT_FINE;
    }
    return settings_has(settings, OPTION_REJECTS) || settings_has(settings, OPTION_SHOW)
               ? complain_usage(settings->command, "--%s is of the check, not of --propose",
                                settings_has(settings, OPTION_SHOW) ? "show" : "rejects")
               : EXIT_FINE;
}

int command_check(const struct settings *settings) {
    mtm_read_options read = MTM_READ_OPTIONS_INIT;
    char *resource = NULL;
    mtm_format format = MTM_FORMAT_TEXT;
    mtm_period as_of;
    int has_as_of = 0, status = value_format(settings, &format);
    if (status == EXIT_FINE) {
        status = check_options(settings);
    }
    if (status == EXIT_FINE) {
        status = inputs_differ(settings, OPTION_OUTPUT, OPTION_REJECTS);
    }
    if (status == EXIT_FINE) {
        status = inputs_spare(settings, OPTION_OUTPUT);
    }
    if (status == EXIT_FINE) {
        status = inputs_spare(settings, OPTION_REJECTS);
    }
    if (status == EXIT_FINE) {
        status = value_reading(settings, &read, &resource);
    }
    status = status == EXIT_FINE ? value_period(settings, OPTION_AS_OF, &as_of, &has_as_of) : status;
    read.as_of = has_as_of ? &as_of : NULL;
    if (format == MTM_FORMAT_HTML || settings_has(settings, OPTION_SHOW)) {
        read.show_rows = format == MTM_FORMAT_HTML ? ROWS_IN_PAGE : ROWS_IN_TEXT;
    }
    if (status == EXIT_FINE) {
        status =
            settings_has(settings, OPTION_PROPOSE) ? propose(settings, &read, format) : check(settings, &read, format);
    }
    free(resource);
    return status;
}
