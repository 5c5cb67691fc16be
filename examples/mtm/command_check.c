/* check. In: a file or a data package. Out: what is wrong with it, and the refused rows.
 * Does not know how anything is read. */
#include "commands.h"
#include "inputs.h"
#include "message.h"
#include "output.h"
#include "progress.h"
#include "terminal.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>

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

int command_check(const struct settings *settings) {
    mtm_read_options read = MTM_READ_OPTIONS_INIT;
    char *resource = NULL;
    mtm_format format = MTM_FORMAT_TEXT;
    int status = value_format(settings, &format);
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
    if (status == EXIT_FINE) {
        status = check(settings, &read, format);
    }
    free(resource);
    return status;
}
