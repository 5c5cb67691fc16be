/* The commands `tabulate` and `merge`: count microdata into tables, or into states that later runs continue from. */
#include "commands.h"
#include "inputs.h"
#include "interrupt.h"
#include "message.h"
#include "output.h"
#include "progress.h"
#include "specification.h"
#include "terminal.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_NOTES = 5, MOST_SHARES = 1000000 };

typedef struct tabulating {
    const struct settings *settings;
    mtm_tabulate_options options;
    mtm_tabulator *tabulator;
    mtm_format format;
    mtm_report_options protection; /* threshold 0: none */
    char *key;                     /* of registrations; NULL for none */
    int32_t share, n_shares;       /* which of how many; 0: whole files */
} tabulating;

static const char stamp[] = "Not for publication: every count is written as it is.";
static const char scope[] = "Protected within this document only: other publications were not considered.";
static const char scope_of_ledger[] = "Protected together with the earlier publications of the ledger.";

static const char unknown[] =
    "The counts of a state keep no dates: nothing tells which periods the files cover in part.";

static int is_standard(const char *path) {
    return strcmp(path, "-") == 0;
}

/* How many bytes the files have; 0 when that is not known of one. */
static uint64_t size_of(const struct settings *settings) {
    uint64_t size = 0;
    struct stat about;
    for (size_t i = 0; i < settings->n_operands; i++) {
        const char *path = settings->operands[i];
        if (is_standard(path) || stat(path, &about) != 0 || !S_ISREG(about.st_mode)) {
            return 0;
        }
        size += (uint64_t)about.st_size;
    }
    return size;
}

/* The bytes of the share that is asked for; 0 where they are those of no plain file. */
static int take_share(const tabulating *t, const char *path, mtm_source *file) {
    struct stat about;
    if (t->n_shares == 0) {
        return 1;
    }
    if (is_standard(path) || stat(path, &about) != 0 || !S_ISREG(about.st_mode)) {
        return 0;
    }
    const uint64_t size = (uint64_t)about.st_size, n = (uint64_t)t->n_shares, k = (uint64_t)t->share;
    const uint64_t each = size / n, more = size % n;
    file->first = each * (k - 1) + (k - 1 < more ? k - 1 : more);
    file->length = k < n ? each + (k - 1 < more) : 0;
    file->share = 1;
    return k == n || file->length > 0;
}

static int add_files(tabulating *t) {
    const struct settings *settings = t->settings;
    uint64_t before = 0;
    mtm_status counted = MTM_OK;
    mtm_error err;
    progress_begin(settings, "counting", size_of(settings));
    for (size_t i = 0; i < settings->n_operands && counted == MTM_OK; i++) {
        const char *path = settings->operands[i];
        struct stat about;
        progress_file(is_standard(path) ? "standard input" : path, before);
        mtm_source file = MTM_SOURCE_PATH_INIT(path), standard = MTM_SOURCE_DESCRIPTOR_INIT(0, "standard input");
        if (!take_share(t, path, &file)) {
            progress_end();
            return complain("%s: expected a plain file of as many bytes as shares for --share", path);
        }
        counted = mtm_tabulator_add(t->tabulator, is_standard(path) ? &standard : &file, &err);
        before += stat(path, &about) == 0 ? (uint64_t)about.st_size : 0;
    }
    progress_end();
    return counted == MTM_OK ? EXIT_FINE : complain_error(counted, &err);
}

static int load_state(const char *path, const mtm_tabulate_options *counting, mtm_tabulator **out) {
    char *bytes = NULL;
    size_t size = 0;
    mtm_error err;
    int status = value_file(path, &bytes, &size);
    if (status == EXIT_FINE) {
        const mtm_source source = MTM_SOURCE_BYTES_INIT(bytes, size, path);
        mtm_status loaded = mtm_tabulator_load(&source, counting, out, &err);
        if (loaded != MTM_OK && loaded != MTM_ERROR_CANCELLED) {
            status = complain("%s: %s", path, err.message);
        } else if (loaded != MTM_OK) {
            status = complain_error(loaded, &err);
        }
    }
    free(bytes);
    return status;
}

/* The first state becomes the tabulator, the others are added to it. */
static int add_state(tabulating *t, const char *path) {
    mtm_tabulator *other = NULL;
    mtm_error err;
    int status = load_state(path, &t->options, t->tabulator == NULL ? &t->tabulator : &other);
    if (status == EXIT_FINE && other != NULL &&
        mtm_tabulator_merge(t->tabulator, other, t->options.force, &err) != MTM_OK) {
        status = complain("%s: %s", path, err.message);
    }
    mtm_tabulator_free(other);
    return status == EXIT_FINE && interrupt_signal() != 0 ? interrupt_exit() : status;
}

static int save_state(const tabulating *t, const char *path) {
    mtm_buffer *text = NULL;
    mtm_error err;
    mtm_status saved = mtm_tabulator_save(t->tabulator, &text, &err);
    int status = saved == MTM_OK ? output_text(path, text) : complain_error(saved, &err);
    mtm_buffer_free(text);
    return status;
}

/* What may be done with the tables. */
static const char *word_on_publication(const tabulating *t) {
    return t->protection.threshold == 0 ? stamp : t->protection.ledger != NULL ? scope_of_ledger : scope;
}

static void begin_json(const tabulating *t, FILE *stream) {
    fputs("{", stream);
    if (t->protection.threshold == 0) {
        fputs("\"publication\": \"not-for-publication\",\n", stream);
    } else {
        fprintf(stream,
                "\"publication\": \"open\", \"disclosure\": {\"threshold\": %d, \"protected_within\": \"%s\"},\n",
                (int)t->protection.threshold, t->protection.ledger != NULL ? "ledger" : "document");
    }
    fprintf(stream,
            "\"rows\": {\"in\": %lld, \"accepted\": %lld, \"rejected\": %lld, \"not_data\": %lld},\n\"tables\": [\n",
            (long long)mtm_tabulator_rows(t->tabulator, MTM_ROWS_IN),
            (long long)mtm_tabulator_rows(t->tabulator, MTM_ROWS_ACCEPTED),
            (long long)mtm_tabulator_rows(t->tabulator, MTM_ROWS_REJECTED),
            (long long)mtm_tabulator_rows(t->tabulator, MTM_ROWS_NOT_DATA));
}

static mtm_status print_table(const tabulating *t, const mtm_dataset *dataset, FILE *stream, mtm_error *err) {
    mtm_render_options render = MTM_RENDER_OPTIONS_INIT;
    mtm_buffer *text = NULL;
    render.width = terminal_width(stream);
    render.colour = stream == stdout && terminal_colour(t->settings, stream);
    mtm_status status = mtm_dataset_render(dataset, t->format, &render, &text, err);
    if (status == MTM_OK) {
        fwrite(mtm_buffer_data(text), 1, mtm_buffer_size(text), stream);
    }
    mtm_buffer_free(text);
    return status;
}

static mtm_status print_tables(const tabulating *t, const mtm_package *package, FILE *stream, mtm_error *err) {
    mtm_status status = MTM_OK;
    int json = t->format == MTM_FORMAT_JSON;
    if (json) {
        begin_json(t, stream);
    } else if (t->format == MTM_FORMAT_TEXT) {
        fprintf(stream, "%s\n\n", word_on_publication(t));
    } else {
        note(t->settings, "%s", word_on_publication(t));
    }
    for (size_t i = 0; i < mtm_package_count(package) && status == MTM_OK; i++) {
        fputs(i == 0 ? "" : json ? ",\n" : "\n", stream);
        status = print_table(t, mtm_package_at(package, i), stream, err);
    }
    fputs(json ? "]}\n" : "", stream);
    if (settings_has(t->settings, OPTION_SAVE) || settings_has(t->settings, OPTION_LOAD)) {
        note(t->settings, "%s", unknown);
    }
    return status;
}

static mtm_status finish(const tabulating *t, mtm_package **out, mtm_error *err) {
    mtm_package *counted = NULL;
    mtm_status status = mtm_tabulator_finish(t->tabulator, &counted, err);
    if (status != MTM_OK || t->protection.threshold == 0) {
        *out = counted;
        return status;
    }
    status = mtm_package_protect(counted, &t->protection, out, err);
    mtm_package_free(counted);
    return status;
}

static int write_tables(const tabulating *t) {
    mtm_package *package = NULL;
    struct output out;
    mtm_error err;
    mtm_status made = finish(t, &package, &err);
    int status =
        made == MTM_OK ? output_open(&out, settings_value(t->settings, OPTION_OUTPUT)) : complain_error(made, &err);
    if (status == EXIT_FINE) {
        made = print_tables(t, package, out.stream, &err);
        status = output_close(&out, made == MTM_OK ? EXIT_FINE : complain_error(made, &err));
    }
    mtm_package_free(package);
    return status;
}

/* The first few of a kind, one per line. */
static void note_diagnostics(const tabulating *t, const mtm_check *check, int error) {
    mtm_diagnostic one;
    int n = 0;
    for (size_t i = 0; n < MOST_NOTES && mtm_check_at(check, i, &one); i++) {
        if (one.error == error) {
            note_diagnostic(t->settings, &one);
            n++;
        }
    }
}

static long long count_errors(const mtm_check *check) {
    mtm_diagnostic one;
    long long n = 0;
    for (size_t i = 0; mtm_check_at(check, i, &one); i++) {
        n += one.error;
    }
    return n;
}

/* What the tables do not hold, or hold as unclassified. */
static int write_refused(const tabulating *t) {
    const char *rejects = settings_value(t->settings, OPTION_REJECTS);
    long long refused = (long long)mtm_tabulator_rows(t->tabulator, MTM_ROWS_REJECTED);
    long long data = (long long)mtm_tabulator_rows(t->tabulator, MTM_ROWS_ACCEPTED) + refused;
    mtm_check *check = NULL;
    mtm_buffer *text = NULL;
    mtm_error err;
    int status = EXIT_FINE;
    mtm_status made = mtm_tabulator_check(t->tabulator, &check, &err);
    if (made == MTM_OK && rejects != NULL) {
        made = mtm_check_render(check, MTM_FORMAT_CSV, NULL, &text, &err);
    }
    if (made != MTM_OK) {
        status = complain_error(made, &err);
    } else if (rejects != NULL) {
        status = output_text(rejects, text);
    }
    if (status == EXIT_FINE) {
        note_diagnostics(t, check, 1);
        note_diagnostics(t, check, 0);
        if (refused > 0) {
            note(t->settings, "%lld of %lld rows were refused and are not counted%s", refused, data,
                 rejects == NULL                 ? "; --rejects FILE keeps them"
                 : count_errors(check) < refused ? "; only the first of them are kept"
                                                 : "");
        }
    }
    mtm_buffer_free(text);
    mtm_check_free(check);
    return status;
}

/* Three files may be written; none is an input or another of them. */
static int ask_outputs(const struct settings *settings) {
    static const option_id outputs[] = {OPTION_OUTPUT, OPTION_SAVE, OPTION_REJECTS};
    int status = EXIT_FINE;
    for (size_t i = 0; i < 3 && status == EXIT_FINE; i++) {
        for (size_t k = 0; k < i && status == EXIT_FINE; k++) {
            status = inputs_differ(settings, outputs[k], outputs[i]);
        }
        if (status == EXIT_FINE) {
            status = inputs_spare(settings, outputs[i]);
        }
    }
    return status;
}

/* "3/16" */
static int ask_share(tabulating *t) {
    const char *text = settings_value(t->settings, OPTION_SHARE);
    char *end = NULL;
    long k = 0, n = 0;
    if (text == NULL) {
        return EXIT_FINE;
    }
    k = text[0] >= '0' && text[0] <= '9' ? strtol(text, &end, 10) : 0;
    n = end != NULL && end[0] == '/' && end[1] >= '0' && end[1] <= '9' ? strtol(end + 1, &end, 10) : 0;
    if (k < 1 || n < k || n > MOST_SHARES || *end != '\0') {
        return complain_usage(t->settings->command,
                              "--share \"%.40s\": expected K/N, such as 3/16, with K from 1 to N and N to %d", text,
                              MOST_SHARES);
    }
    t->share = (int32_t)k;
    t->n_shares = (int32_t)n;
    return EXIT_FINE;
}

static int ask(tabulating *t) {
    static const option_id of_new[] = {OPTION_BY,     OPTION_EVERY, OPTION_SUM,
                                       OPTION_FILTER, OPTION_AGES,  OPTION_RESOURCE};
    const struct settings *settings = t->settings;
    int loads = settings_has(settings, OPTION_LOAD), status = value_format(settings, &t->format);
    for (size_t i = 0; loads && status == EXIT_FINE && i < sizeof of_new / sizeof *of_new; i++) {
        if (settings_has(settings, of_new[i])) {
            status = complain_usage(settings->command, "--%s is not taken with --load: the state says what is counted",
                                    options[of_new[i]].name);
        }
    }
    if (status == EXIT_FINE && !loads && settings->n_operands == 0) {
        status = complain_usage(settings->command, "nothing to count; expected files, or --load STATE");
    }
    if (status == EXIT_FINE) {
        status = ask_outputs(settings);
    }
    t->options.threads = -1;
    if (status == EXIT_FINE) {
        status = value_number(settings, OPTION_THREADS, 1, 64, NULL, 0, &t->options.threads);
    }
    if (status == EXIT_FINE) {
        status = value_number(settings, OPTION_PROTECT, 3, 1000000, NULL, 0, &t->protection.threshold);
    }
    status = status == EXIT_FINE ? value_protection(settings, &t->protection) : status;
    if (status == EXIT_FINE && t->protection.ledger != NULL && t->protection.threshold == 0) {
        status =
            complain_usage(settings->command, "--ledger: found no --threshold, expected one: only what is protected "
                                              "is published");
    }
    status = status == EXIT_FINE ? ask_share(t) : status;
    t->options.allow_guess = settings_has(settings, OPTION_ALLOW_GUESS);
    t->options.force = settings_has(settings, OPTION_FORCE);
    t->options.progress = progress_step;
    return status;
}

/* Under one key, registrations of several files and states are those of one person. */
static int take_key(tabulating *t) {
    const int status = value_key(t->settings, &t->key);
    t->options.key = t->key;
    return status;
}

static int begin_new(tabulating *t) {
    char *specification = NULL;
    mtm_error err;
    int status = specification_make(t->settings, &specification);
    if (status == EXIT_FINE) {
        mtm_status made = mtm_tabulator_new(specification, &t->options, &t->tabulator, &err);
        if (made == MTM_ERROR_SCHEMA && !settings_has(t->settings, OPTION_RESOURCE)) {
            status = complain_usage(t->settings->command, "%s", err.message);
        } else if (made != MTM_OK) {
            status = complain_error(made, &err);
        }
    }
    free(specification);
    return status;
}

static int begin(tabulating *t) {
    size_t at = 0;
    int status = EXIT_FINE;
    if (!settings_has(t->settings, OPTION_LOAD)) {
        return begin_new(t);
    }
    for (const char *path; status == EXIT_FINE && (path = settings_next(t->settings, OPTION_LOAD, &at)) != NULL;) {
        status = add_state(t, path);
    }
    return status;
}

int command_tabulate(const struct settings *settings) {
    tabulating t = {settings, MTM_TABULATE_OPTIONS_INIT, NULL, MTM_FORMAT_TEXT, MTM_REPORT_OPTIONS_INIT, NULL, 0, 0};
    const char *save = settings_value(settings, OPTION_SAVE);
    int status = ask(&t);
    status = status == EXIT_FINE ? take_key(&t) : status;
    if (status == EXIT_FINE) {
        status = begin(&t);
    }
    if (status == EXIT_FINE) {
        status = add_files(&t);
    }
    if (status == EXIT_FINE && save != NULL) {
        status = save_state(&t, save);
    }
    if (status == EXIT_FINE) {
        status = write_refused(&t);
    }
    if (status == EXIT_FINE) {
        status = write_tables(&t);
    }
    mtm_tabulator_free(t.tabulator);
    free(t.key);
    return status;
}

int command_merge(const struct settings *settings) {
    tabulating t = {settings, MTM_TABULATE_OPTIONS_INIT, NULL, MTM_FORMAT_TEXT, MTM_REPORT_OPTIONS_INIT, NULL, 0, 0};
    const char *path = settings_value(settings, OPTION_OUTPUT);
    int status = path != NULL ? inputs_spare(settings, OPTION_OUTPUT)
                              : complain_usage(settings->command, "where to? Expected -o STATE");
    t.options.force = settings_has(settings, OPTION_FORCE);
    status = status == EXIT_FINE ? take_key(&t) : status;
    for (size_t i = 0; status == EXIT_FINE && i < settings->n_operands; i++) {
        status = add_state(&t, settings->operands[i]);
    }
    if (status == EXIT_FINE) {
        status = save_state(&t, path);
    }
    mtm_tabulator_free(t.tabulator);
    free(t.key);
    return status;
}
