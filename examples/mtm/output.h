/* Where results go: standard output, or a file that appears whole or not at all. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <mtm.h>

#include <stdio.h>

struct output {
    FILE *stream;
    const char *path; /* NULL for standard output */
    int slot;
};

/* Whether the file may be written: no folder, pipe or device, and none of the inputs. Complains, and returns how the
 * program should end. NULL and "-" are standard output. */
int output_check(const char *path, const char *const *inputs, size_t n_inputs);

/* Complains when it cannot be opened. */
int output_open(struct output *out, const char *path);

/* Ends the writing: with EXIT_FINE as `status` the file takes its name, else it goes away. Returns `status`, or how the
 * program should end when the writing failed. */
int output_close(struct output *out, int status);

/* Opens, writes a text, closes. */
int output_text(const char *path, const mtm_buffer *text);

/* What was begun goes away; may be called from a signal handler. */
void output_abandon(void);

int is_same_file(const char *a, const char *b);

#endif
