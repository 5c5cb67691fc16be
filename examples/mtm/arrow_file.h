/* Writes an Arrow stream as an Arrow IPC file (https://arrow.apache.org/docs/format/Columnar.html), which is also what
 * Feather version 2 is. */
#ifndef ARROW_FILE_H
#define ARROW_FILE_H

#include <mtm.h>

#include <stdio.h>

/* Columns of text, 64-bit numbers, lists and structs of them; the stream is the caller's. Returns how the program should
 * end. */
int arrow_file_write(FILE *stream, struct ArrowArrayStream *rows);

#endif
