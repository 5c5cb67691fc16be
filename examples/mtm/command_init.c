/* The commands `describe` and `init`: propose a datapackage.json for files, or for a folder into which the files are
 * copied. A file that exists is never overwritten. */
#include "ask.h"
#include "commands.h"
#include "inputs.h"
#include "interrupt.h"
#include "message.h"
#include "output.h"
#include "progress.h"
#include "values.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 8, MOST_FILES = 10000, ROWS_SHOWN = 20 };

typedef struct listing {
    char **paths; /* from inside the folder */
    size_t n;
} listing;

static int has_ending(const char *name, const char *ending) {
    size_t length = strlen(name), n = strlen(ending);
    if (length <= n) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        char c = name[length - n + i];
        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != ending[i]) {
            return 0;
        }
    }
    return 1;
}

static int is_data(const char *name) {
    static const char *const endings[] = {".csv", ".tsv",   ".txt",    ".csv.gz", ".tsv.gz", ".xlsx",   ".ods",
                                          ".px",  ".jsonl", ".ndjson", ".json",   ".arrow",  ".arrows", ".feather"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (has_ending(name, endings[i])) {
            return 1;
        }
    }
    return 0;
}

static int add_path(listing *list, const char *path) {
    if (list->n == MOST_FILES) {
        return complain("more than %d data files", (int)MOST_FILES);
    }
    char *copy = strdup(path);
    if (copy == NULL) {
        return complain("out of memory");
    }
    list->paths[list->n++] = copy;
    return EXIT_FINE;
}

/* "~$arrivals.xlsx" is what a spreadsheet program leaves beside a workbook that is open. */
static int is_lock_file(const char *name) {
    return strncmp(name, "~$", 2) == 0;
}

static int has_digit(const mtm_table_row *row) {
    for (size_t i = 0; i < row->n_cells; i++) {
        for (size_t k = 0; k < row->cells[i].length; k++) {
            if (row->cells[i].text[k] >= '0' && row->cells[i].text[k] <= '9') {
                return 1;
            }
        }
    }
    return 0;
}

/* A text file of a single column, or without a figure: a letter, a readme. */
static int is_prose(const char *path) {
    const mtm_source source = MTM_SOURCE_PATH_INIT(path);
    mtm_row_reader *reader = NULL;
    mtm_row_table table = {.size = sizeof table};
    mtm_table_row row = {sizeof row, NULL, 0, 0};
    int got = 1, figures = 0;
    if (!has_ending(path, ".txt") || mtm_row_reader_open(&source, NULL, &reader, NULL) != MTM_OK) {
        return 0;
    }
    int single = mtm_row_reader_table(reader, 0, &table) && table.n_columns < 2;
    while (!figures && got && mtm_row_reader_next(reader, &row, &got, NULL) == MTM_OK) {
        figures = got && has_digit(&row);
    }
    mtm_row_reader_free(reader);
    return single || !figures;
}

/* Whether a file is left out, with a note. */
static int is_left_out(const struct settings *settings, const char *path, const char *name) {
    if (is_lock_file(name)) {
        note(settings, "%s: left out: a lock file of a workbook that is open", path);
        return 1;
    }
    if (is_prose(path)) {
        note(settings, "%s: left out: text without a table", path);
        return 1;
    }
    return 0;
}

/* Names a file that no reader is for: it may hold figures that are then nowhere. */
static void name_left_out(const struct settings *settings, const char *path) {
    static const char *const sheets[] = {".xls", ".xlsb", ".xlsm", ".numbers", ".doc", ".docx"};
    const char *cure = "";
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        cure = has_ending(path, sheets[i]) ? "; open it and save its tables as .xlsx, .ods or .csv" : cure;
    }
    cure = has_ending(path, ".zip") ? "; unpack it" : has_ending(path, ".pdf") ? "; ask for its tables as files" : cure;
    note(settings, "%s: left out: no form of table that is read%s", path, cure);
}

/* Data files of the folder we are in and of the folders inside it; hidden ones and links are left out. */
static int find_files(const struct settings *settings, listing *list, const char *folder, int depth) {
    DIR *stream = opendir(folder[0] != '\0' ? folder : ".");
    int status = stream != NULL ? EXIT_FINE : complain("%s: cannot be read: %s", folder, strerror(errno));
    const struct dirent *one;
    while (status == EXIT_FINE && (one = readdir(stream)) != NULL) {
        char path[PATH_MAX];
        struct stat about;
        int length = snprintf(path, sizeof path, "%s%s%s", folder, folder[0] != '\0' ? "/" : "", one->d_name);
        if (one->d_name[0] == '.' || length >= PATH_MAX || lstat(path, &about) != 0) {
            continue;
        }
        if (S_ISDIR(about.st_mode) && depth < DEEPEST) {
            status = find_files(settings, list, path, depth + 1);
        } else if (S_ISREG(about.st_mode) && !is_data(one->d_name)) {
            name_left_out(settings, path);
        } else if (S_ISREG(about.st_mode) && !is_left_out(settings, path, one->d_name)) {
            status = add_path(list, path);
        }
    }
    if (stream != NULL) {
        closedir(stream);
    }
    return status;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static ssize_t copy_bytes(int from, FILE *to) {
    char block[1 << 16];
    ssize_t n = 0;
    while (interrupt_signal() == 0 && (n = read(from, block, sizeof block)) > 0) {
        fwrite(block, 1, (size_t)n, to);
    }
    return n;
}

/* A file of the folder that is also named, as in `mtm init . *.csv`, is where it belongs. */
static int copy_file(const char *from, const char *folder) {
    char to[PATH_MAX];
    struct stat about, there;
    struct output out;
    if (snprintf(to, sizeof to, "%s/%s", folder, name_of(from)) >= PATH_MAX || name_of(from)[0] == '\0') {
        return complain("%s: expected the name of a file", from);
    }
    if (lstat(to, &there) == 0) {
        if (S_ISREG(there.st_mode) && stat(from, &about) == 0 && about.st_dev == there.st_dev &&
            about.st_ino == there.st_ino) {
            return EXIT_FINE;
        }
        return complain("%s: is there already and is not overwritten", to);
    }
    int descriptor = open(from, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0 || fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode)) {
        int number = descriptor < 0 ? errno : EINVAL;
        if (descriptor >= 0) {
            close(descriptor);
        }
        return complain("%s: cannot be copied: %s", from, number == EINVAL ? "no regular file" : strerror(number));
    }
    int status = output_open(&out, to);
    if (status == EXIT_FINE) {
        status = copy_bytes(descriptor, out.stream) < 0 ? complain("%s: cannot be read: %s", from, strerror(errno))
                                                        : EXIT_FINE;
        status = output_close(&out, status);
    }
    close(descriptor);
    return status;
}

/* The description is made from inside the folder, so that its paths are those a reader of the package needs. */
static int describe(const struct settings *settings, const char *folder, const listing *list) {
    mtm_read_options read = MTM_READ_OPTIONS_INIT;
    mtm_buffer *text = NULL;
    mtm_error err;
    char *resource = NULL;
    int status = value_reading(settings, &read, &resource); /* init takes no --resource */
    status = status == EXIT_FINE ? value_known(settings, &read) : status;
    if (status != EXIT_FINE) {
        return status;
    }
    struct asker asker = {settings, NULL};
    const char *const *paths = (const char *const *)list->paths;
    int asks = settings_has(settings, OPTION_ASK);
    read.show_rows = asks ? ROWS_SHOWN : 0;
    if (!asks) {
        progress_begin(settings, "reading", 0);
    }
    mtm_status made = asks ? mtm_package_ask(paths, list->n, &read, ask_question, &asker, &text, &err)
                           : mtm_package_describe(paths, list->n, &read, &text, &err);
    if (!asks) {
        progress_end();
    }
    status = made == MTM_OK ? output_text("datapackage.json", text) : complain_error(made, &err);
    if (status == EXIT_FINE) {
        note(settings, "%s/datapackage.json describes %zu file%s; edit what it is unsure of", folder, list->n,
             list->n == 1 ? "" : "s");
    }
    mtm_buffer_free(text);
    return status;
}

static int describe_folder(const struct settings *settings, const char *folder) {
    listing list = {calloc(MOST_FILES, sizeof(char *)), 0};
    if (list.paths == NULL) {
        return complain("out of memory");
    }
    int status = chdir(folder) == 0 ? find_files(settings, &list, "", 0)
                                    : complain("%s: cannot be entered: %s", folder, strerror(errno));
    if (status == EXIT_FINE && list.n == 0) {
        status = complain(
            "%s: found no data file, expected .csv, .tsv, .txt, .csv.gz, .xlsx, .ods, .px, .json, .jsonl or .arrow",
            folder);
    }
    if (status == EXIT_FINE) {
        qsort(list.paths, list.n, sizeof *list.paths, by_name);
        status = describe(settings, folder, &list);
    }
    for (size_t i = 0; i < list.n; i++) {
        free(list.paths[i]);
    }
    free(list.paths);
    return status;
}

int command_init(const struct settings *settings) {
    const char *folder = settings->operands[0];
    char description[PATH_MAX];
    struct stat about;
    if (settings_has(settings, OPTION_ASK) && !ask_is_possible()) {
        return complain_usage(settings->command,
                              "--ask needs a terminal to ask on; without one, init writes what it is "
                              "unsure of into datapackage.json");
    }
    mtm_read_options known = MTM_READ_OPTIONS_INIT;
    int status = value_known(settings, &known); /* before anything is made */
    if (status != EXIT_FINE) {
        return status;
    }
    const int made = mkdir(folder, 0777) == 0;
    if (!made && (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode))) {
        int number = errno == ENOENT || errno == EACCES ? errno : ENOTDIR;
        return complain("%s: cannot be made: %s", folder, strerror(number));
    }
    snprintf(description, sizeof description, "%s/datapackage.json", folder);
    if (lstat(description, &about) == 0) {
        return complain("%s: is there already and is not overwritten; mtm describe writes a proposal elsewhere",
                        description);
    }
    for (size_t i = 1; i < settings->n_operands && status == EXIT_FINE; i++) {
        status = copy_file(settings->operands[i], folder);
    }
    if (status == EXIT_FINE) {
        status = describe_folder(settings, folder);
    }
    if (made && status != EXIT_FINE) {
        (void)rmdir(folder); /* succeeds where it is still empty */
    }
    return status;
}

int command_describe(const struct settings *settings) {
    mtm_read_options read = MTM_READ_OPTIONS_INIT;
    char *resource = NULL;
    mtm_buffer *text = NULL;
    mtm_error err;
    int status = inputs_spare(settings, OPTION_OUTPUT);
    if (status == EXIT_FINE) {
        status = value_reading(settings, &read, &resource);
    }
    if (status == EXIT_FINE) {
        status = value_known(settings, &read);
    }
    if (status == EXIT_FINE) {
        progress_begin(settings, "reading", 0);
        mtm_status made = mtm_package_describe(settings->operands, settings->n_operands, &read, &text, &err);
        progress_end();
        status =
            made == MTM_OK ? output_text(settings_value(settings, OPTION_OUTPUT), text) : complain_error(made, &err);
    }
    mtm_buffer_free(text);
    free(resource);
    return status;
}
