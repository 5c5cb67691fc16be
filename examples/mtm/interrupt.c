/* Handles SIGINT and SIGTERM: sets a flag that long work polls, and ends the program with its temporary files removed
 * where work does not poll within 20 ms, as in a read that waits for a pipe. Only async-signal-safe calls stand in the
 * handler (POSIX.1-2008, 2.4.3). */
#include "interrupt.h"

#include "message.h"
#include "output.h"
#include "progress.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_NANOSECONDS = 20 * 1000 * 1000 };

static volatile sig_atomic_t came;
static timer_t patience;
static int has_timer;

static void end_now(void) {
    static const char text[] = "mtm: interrupted\n";
    ssize_t ignored;
    output_abandon();
    progress_erase_now();
    ignored = write(STDERR_FILENO, text, sizeof text - 1);
    (void)ignored;
    _exit(128 + came);
}

static void on_signal(int number) {
    const struct itimerspec once = {{0, 0}, {0, PATIENCE_NANOSECONDS}};
    if (came != 0) {
        end_now();
    }
    came = number;
    if (!has_timer || timer_settime(patience, 0, &once, NULL) != 0) {
        end_now();
    }
}

static void on_alarm(int number) {
    (void)number;
    if (came != 0) {
        end_now();
    }
}

/* A signal that is ignored from outside, as under nohup, stays ignored. */
static void watch(int number) {
    struct sigaction before, action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
        sigaction(number, &action, NULL);
    }
}

void interrupt_watch(void) {
    struct sigaction action;
    struct sigevent event;
    sigset_t alarm_only;
    memset(&action, 0, sizeof action);
    memset(&event, 0, sizeof event);
    sigemptyset(&action.sa_mask);
    action.sa_handler = on_alarm;
    sigaction(SIGALRM, &action, NULL);
    sigemptyset(&alarm_only);
    sigaddset(&alarm_only, SIGALRM);
    sigprocmask(SIG_UNBLOCK, &alarm_only, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    has_timer = timer_create(CLOCK_MONOTONIC, &event, &patience) == 0;
    watch(SIGINT);
    watch(SIGTERM);
    watch(SIGHUP);
}

int interrupt_signal(void) {
    return came;
}

int interrupt_exit(void) {
    const struct itimerspec never = {{0, 0}, {0, 0}};
    if (has_timer) { /* the program ends by itself, and says so once */
        timer_settime(patience, 0, &never, NULL);
    }
    complain("interrupted");
    return 128 + came;
}
