/* Draws the progress line, ten times a second from half a second on, and only on a terminal. */
#include "progress.h"

#include "interrupt.h"
#include "terminal.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct {
    const char *verb, *name;
    uint64_t total, before;
    double began, drawn;
    int shown_at_all;
    int colour;
} work;

static volatile sig_atomic_t on_screen;

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void progress_begin(const struct settings *settings, const char *verb, uint64_t total) {
    memset(&work, 0, sizeof work);
    work.verb = verb;
    work.name = "";
    work.total = total;
    work.shown_at_all = terminal_width(stderr) > 0 && !settings_has(settings, OPTION_QUIET);
    work.colour = terminal_colour(settings, stderr);
    work.began = seconds();
}

void progress_file(const char *name, uint64_t before) {
    const char *slash = strrchr(name, '/');
    work.name = slash != NULL && slash[1] != '\0' ? slash + 1 : name;
    work.before = before;
}

void progress_erase_now(void) {
    static const char erase[] = "\r\033[K";
    if (on_screen) {
        ssize_t ignored = write(STDERR_FILENO, erase, sizeof erase - 1);
        (void)ignored;
        on_screen = 0;
    }
}

void progress_erase(void) {
    progress_erase_now();
}

void progress_end(void) {
    progress_erase();
    work.shown_at_all = 0;
}

/* "812 KB", "3.4 GB". */
static void describe_bytes(double bytes, char *out, size_t size) {
    static const char *const units[] = {"B", "KB", "MB", "GB", "TB"};
    size_t unit = 0;
    while (bytes >= 1000 && unit + 1 < sizeof units / sizeof *units) {
        bytes /= 1000;
        unit++;
    }
    snprintf(out, size, unit > 0 && bytes < 10 ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
}

/* "0:07", "1:02:03". */
static void describe_time(double left, char *out, size_t size) {
    unsigned long all = left > 0 && left < 1e7 ? (unsigned long)(left + 0.5) : 0;
    if (all >= 3600) {
        snprintf(out, size, "%lu:%02lu:%02lu", all / 3600, all / 60 % 60, all % 60);
    } else {
        snprintf(out, size, "%lu:%02lu", all / 60, all % 60);
    }
}

static void draw_bar(char *out, size_t columns, double part) {
    size_t full = (size_t)((double)columns * part);
    for (size_t i = 0; i < columns; i++) {
        out[i] = i < full ? '#' : '.';
    }
    out[columns] = '\0';
}

/* "counting crossings.csv [######......]  52 %  1.9 GB/s  0:03 left" */
static void draw(double now, uint64_t done, uint64_t total) {
    char line[400], rate[32], left[32], bar[32] = "", amount[32];
    double passed = now - work.began;
    int width = terminal_width(stderr), n;
    describe_bytes(passed > 0 ? (double)done / passed : 0, rate, sizeof rate);
    if (total > 0 && done <= total && done > 0) {
        double part = (double)done / (double)total;
        describe_time(passed / part - passed, left, sizeof left);
        draw_bar(bar, 20, part);
        n = snprintf(line, sizeof line, "%s %.40s [%s] %3.0f %%  %s/s  %s left", work.verb, work.name, bar, part * 100,
                     rate, left);
    } else {
        describe_bytes((double)done, amount, sizeof amount);
        n = snprintf(line, sizeof line, "%s %.40s  %s  %s/s", work.verb, work.name, amount, rate);
    }
    if (n < 0 || width <= 1) {
        return;
    }
    while (n > 0 && (terminal_columns(line) >= (size_t)width || ((unsigned char)line[n] & 0xC0) == 0x80)) {
        line[--n] = '\0';
    }
    fputs("\r\033[K", stderr);
    terminal_print(stderr, line);
    fflush(stderr);
    on_screen = 1;
}

int progress_step(uint64_t done, uint64_t total, void *data) {
    double now = work.shown_at_all ? seconds() : 0;
    (void)data;
    if (work.shown_at_all && now - work.began >= 0.5 && now - work.drawn >= 0.1) {
        work.drawn = now;
        draw(now, work.before + done, work.total > 0 ? work.total : total);
    }
    return interrupt_signal() != 0;
}
