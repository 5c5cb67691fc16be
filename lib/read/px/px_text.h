/* Characters of a PC-Axis file, each with its place. Private to lib/read/px. */
#ifndef MTMI_READ_PX_PX_TEXT_H
#define MTMI_READ_PX_PX_TEXT_H

#include "base/buffer.h"
#include "read/csv/encoding.h"

typedef struct mtmi_px_text {
    const char *name;
    mtmi_decoder *decoder; /* owned */
    char *block;
    size_t at, n;
    int c; /* the next character; -1 at the end */
    int64_t line, column;
    mtm_status status; /* what ended the file early, and why */
    mtm_error why;
} mtmi_px_text;

/* Takes the decoder over in every case. */
mtm_status mtmi_px_text_start(mtmi_px_text *text, mtmi_decoder *decoder, const char *name, mtm_error *err);
void mtmi_px_text_free(mtmi_px_text *text);

/* Passes the next character over. A failure ends the file: c is -1, and status says so. */
void mtmi_px_next(mtmi_px_text *text);
/* Passes over spaces and line ends. */
void mtmi_px_blank(mtmi_px_text *text);
/* An error of the file at the next character, or the one that ended it. */
mtm_status mtmi_px_refuse(const mtmi_px_text *text, const char *found, const char *expected, mtm_error *err);

/* A text in quotes, appended to out without them; goes_on: "text" "that goes on" is one. *found 0: there is none. At most limit
 * bytes. */
mtm_status mtmi_px_quoted(mtmi_px_text *text, uint64_t limit, int goes_on, mtmi_buffer *out, int *found,
                          mtm_error *err);

#endif
