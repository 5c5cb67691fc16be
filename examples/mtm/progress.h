/* A line on the terminal that says how far long work is, how fast it goes and how long it will take. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "options.h"

#include <stdint.h>

/* Begins work of a number of bytes, 0 when not known. Nothing shows for half a second, or where standard error is no
 * terminal. */
void progress_begin(const struct settings *settings, const char *verb, uint64_t total);

/* The next file of the work: `before` bytes were done with those before it. */
void progress_file(const char *name, uint64_t before);

/* An mtm_progress: draws, and asks to stop when a signal came. */
int progress_step(uint64_t done, uint64_t total, void *data);

/* The line goes away. */
void progress_end(void);
void progress_erase(void);

/* The same from a signal handler. */
void progress_erase_now(void);

#endif
