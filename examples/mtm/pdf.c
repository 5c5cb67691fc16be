/* Prints a page as PDF by headless Chromium or WeasyPrint, whichever the search path has: the library itself draws no
 * PDF. The page lies in a folder of its own under TMPDIR, which is removed in every case. */
#include "pdf.h"

#include "message.h"
#include "output.h"
#include "pdf_contents.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATH_SIZE 4096
#define SECONDS_MOST 120
#define PRINTS_MOST 3 /* of one page: until its contents have the numbers that it is printed with */
#define PDF_MOST (1L << 28)

static const char *const browsers[] = {"chromium", "chromium-browser", "google-chrome", "chrome"};

/* The first program of a name on the search path. */
static int find_program(const char *name, char *out, size_t size) {
    const char *path = getenv("PATH");
    for (const char *at = path != NULL ? path : ""; *at != '\0';) {
        size_t n = strcspn(at, ":");
        int written = snprintf(out, size, "%.*s/%s", (int)n, at, name);
        if (n > 0 && written > 0 && (size_t)written < size && access(out, X_OK) == 0) {
            return 1;
        }
        at += n + (at[n] == ':');
    }
    return 0;
}

static int find_browser(char *out, size_t size) {
    for (size_t i = 0; i < sizeof browsers / sizeof *browsers; i++) {
        if (find_program(browsers[i], out, size)) {
            return 1;
        }
    }
    return 0;
}

int pdf_is_asked(const struct settings *settings) {
    const char *format = settings_value(settings, OPTION_FORMAT), *path = settings_value(settings, OPTION_OUTPUT);
    const char *dot = path != NULL ? strrchr(path, '.') : NULL;
    if (settings->command->id != COMMAND_REPORT) {
        return 0;
    }
    return format != NULL ? strcmp(format, "pdf") == 0 : dot != NULL && strcmp(dot, ".pdf") == 0;
}

int pdf_check(void) {
    char program[PATH_SIZE];
    if (find_browser(program, sizeof program) || find_program("weasyprint", program, sizeof program)) {
        return EXIT_FINE;
    }
    return complain("PDF needs a program that prints pages, and neither Chromium nor WeasyPrint is on the search path; "
                    "install the package chromium or weasyprint, or write html");
}

/* ---- the folder ---- */

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk) {
    (void)status;
    (void)kind;
    (void)walk;
    (void)remove(path);
    return 0;
}

static int make_folder(char *out, size_t size) {
    const char *base = getenv("TMPDIR");
    int n = snprintf(out, size, "%s/mtm-XXXXXX", base != NULL && base[0] == '/' ? base : "/tmp");
    if (n < 0 || (size_t)n >= size || mkdtemp(out) == NULL) {
        return complain("no folder for the page can be made under %s: %s", base != NULL ? base : "/tmp",
                        strerror(errno));
    }
    return EXIT_FINE;
}

/* Each number behind its link of the contents. */
static int write_page(const char *path, const mtm_buffer *page, const struct contents *numbers) {
    FILE *stream = fopen(path, "wb");
    int fine = stream != NULL;
    if (fine) {
        contents_write(mtm_buffer_data(page), mtm_buffer_size(page), numbers, stream);
        fine = !ferror(stream);
    }
    fine = (stream == NULL || fclose(stream) == 0) && fine;
    return fine ? EXIT_FINE : complain("%s: cannot be written: %s", path, strerror(errno));
}

/* ---- printing ---- */

static void run_printer(const char *program, int is_browser, const char *folder) {
    char page[PATH_SIZE + 32], pdf[PATH_SIZE + 32], profile[PATH_SIZE + 32];
    snprintf(page, sizeof page, "%s%s/page.html", is_browser ? "file://" : "", folder);
    snprintf(pdf, sizeof pdf, "%s%s/page.pdf", is_browser ? "--print-to-pdf=" : "", folder);
    snprintf(profile, sizeof profile, "--user-data-dir=%s/profile", folder);
    int nothing = open("/dev/null", O_RDWR);
    if (nothing >= 0) {
        (void)dup2(nothing, STDIN_FILENO);
        (void)dup2(nothing, STDOUT_FILENO);
        (void)dup2(nothing, STDERR_FILENO);
    }
    if (is_browser) { /* the sandbox does not start for root; the page has no script and loads nothing */
        execl(program, program, "--headless", "--disable-gpu", "--no-first-run", "--disable-quic",
              "--disable-background-networking", "--disable-component-update", "--disable-sync",
              "--no-pdf-header-footer", profile, pdf, geteuid() == 0 ? "--no-sandbox" : "--disable-extensions", page,
              (char *)NULL);
    } else {
        execl(program, program, page, pdf, (char *)NULL);
    }
    _exit(127);
}

/* Waits for the printer, but not for ever. */
static int wait_printer(pid_t child) {
    const struct timespec pause = {0, 50000000};
    int status = 0;
    for (int i = 0; i < SECONDS_MOST * 20; i++) {
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child) {
            return WIFEXITED(status) && WEXITSTATUS(status) == 0;
        }
        if (ended < 0 && errno != EINTR) {
            return 0;
        }
        (void)nanosleep(&pause, NULL);
    }
    (void)kill(child, SIGKILL);
    (void)waitpid(child, &status, 0);
    return 0;
}

static int print_with(const char *program, int is_browser, const char *folder) {
    char pdf[PATH_SIZE + 32];
    struct stat status;
    pid_t child = fork();
    if (child == 0) {
        run_printer(program, is_browser, folder);
    }
    snprintf(pdf, sizeof pdf, "%s/page.pdf", folder);
    return child > 0 && wait_printer(child) && stat(pdf, &status) == 0 && status.st_size > 0;
}

/* The bytes of a file, for the caller to free; NULL where it cannot be read. */
static char *read_file(const char *path, size_t *size) {
    FILE *stream = fopen(path, "rb");
    long length = stream != NULL && fseek(stream, 0, SEEK_END) == 0 ? ftell(stream) : -1;
    char *bytes = length > 0 && length < PDF_MOST ? malloc((size_t)length) : NULL;
    *size = length > 0 ? (size_t)length : 0;
    if (bytes != NULL && (fseek(stream, 0, SEEK_SET) != 0 || fread(bytes, 1, *size, stream) != *size)) {
        free(bytes);
        bytes = NULL;
    }
    if (stream != NULL) {
        (void)fclose(stream);
    }
    return bytes;
}

/* Prints again with the numbers of pages behind the links of the contents, until they are those of the PDF itself. A PDF
 * that tells none, or a second print that fails, leaves the contents as they are. */
static void number_contents(const char *program, const char *folder, const mtm_buffer *page) {
    const struct contents none = {{0}, 0};
    struct contents written = none;
    char file[PATH_SIZE + 32], pdf[PATH_SIZE + 32];
    snprintf(file, sizeof file, "%s/page.html", folder);
    snprintf(pdf, sizeof pdf, "%s/page.pdf", folder);
    for (int i = 0; i < PRINTS_MOST; i++) {
        struct contents found;
        size_t size = 0;
        char *bytes = read_file(pdf, &size);
        int known = bytes != NULL && contents_read(bytes, size, mtm_buffer_data(page), mtm_buffer_size(page), &found);
        free(bytes);
        if (!known ||
            (found.n == written.n && memcmp(found.pages, written.pages, found.n * sizeof *found.pages) == 0)) {
            return;
        }
        written = i + 1 < PRINTS_MOST ? found : none; /* rather no numbers than wrong ones */
        if (write_page(file, page, &written) != EXIT_FINE || !print_with(program, 1, folder)) {
            return;
        }
    }
}

/* Chromium before WeasyPrint: it is what the pages are tried with. Where its sandbox may not start (an ordinary user
 * without user namespaces, a container), WeasyPrint prints the page. */
static int print_page(const char *folder, const mtm_buffer *page) {
    char browser[PATH_SIZE], other[PATH_SIZE];
    int has_browser = find_browser(browser, sizeof browser),
        has_other = find_program("weasyprint", other, sizeof other);
    if (!has_browser && !has_other) {
        return pdf_check();
    }
    if (has_browser && print_with(browser, 1, folder)) {
        number_contents(browser, folder, page);
        return EXIT_FINE;
    }
    if (has_other && print_with(other, 0, folder)) {
        return EXIT_FINE;
    }
    if (has_other) {
        return complain("%s did not print the page; write html, and print that", has_browser ? browser : other);
    }
    return complain("%s did not print the page; its sandbox does not start where user namespaces are not allowed: "
                    "install the package weasyprint, or write html and print that",
                    browser);
}

static int copy_pdf(const char *from, const char *path) {
    struct output out;
    char bytes[1 << 14];
    FILE *stream = fopen(from, "rb");
    if (stream == NULL) {
        return complain("%s: nothing was printed", from);
    }
    int status = output_open(&out, path);
    if (status == EXIT_FINE) {
        for (size_t n; (n = fread(bytes, 1, sizeof bytes, stream)) > 0;) {
            (void)fwrite(bytes, 1, n, out.stream); /* output_close() asks whether it worked */
        }
        status = output_close(&out, EXIT_FINE);
    }
    fclose(stream);
    return status;
}

int pdf_write(const char *path, const mtm_buffer *page) {
    char folder[PATH_SIZE], file[PATH_SIZE + 32];
    int status = make_folder(folder, sizeof folder);
    if (status != EXIT_FINE) {
        return status;
    }
    snprintf(file, sizeof file, "%s/page.html", folder);
    status = write_page(file, page, &(const struct contents){{0}, 0});
    status = status == EXIT_FINE ? print_page(folder, page) : status;
    snprintf(file, sizeof file, "%s/page.pdf", folder);
    status = status == EXIT_FINE ? copy_pdf(file, path) : status;
    (void)nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    return status;
}
