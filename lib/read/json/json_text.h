/* JSON (RFC 8259) one token after the other, each with its place. Private to lib/read/json. */
#ifndef MTMI_READ_JSON_JSON_TEXT_H
#define MTMI_READ_JSON_JSON_TEXT_H

#include "base/buffer.h"
#include "base/diagnostic.h"
#include "base/error.h"

#define MTMI_JTEXT_DEPTH 64

typedef struct mtmi_jtext_text {
    const char *name; /* of the file */
    const char *bytes;
    size_t size, at;
    int64_t line;
    size_t mark;    /* in the line that `at` lies in: up to here characters were counted */
    int64_t before; /* that many stand before it */
} mtmi_jtext_text;

typedef enum mtmi_jtext_kind {
    MTMI_JTEXT_NULL = 0,
    MTMI_JTEXT_WORD, /* true, false */
    MTMI_JTEXT_NUMBER,
    MTMI_JTEXT_STRING,
    MTMI_JTEXT_ARRAY,
    MTMI_JTEXT_OBJECT
} mtmi_jtext_kind;

/* Where a value stands in the bytes. */
typedef struct mtmi_jtext_value {
    mtmi_jtext_kind kind;
    size_t start, size; /* with its quotes or brackets */
    int64_t line, column;
} mtmi_jtext_value;

/* Passes spaces over and gives the next character; 0 at the end. */
char mtmi_jtext_peek(mtmi_jtext_text *text);
int64_t mtmi_jtext_column(mtmi_jtext_text *text);
mtm_status mtmi_jtext_refuse(mtmi_jtext_text *text, const char *found, const char *expected, mtm_error *err);
/* One whole value, whatever is in it. */
mtm_status mtmi_jtext_skip(mtmi_jtext_text *text, mtmi_jtext_value *out, mtm_error *err);
/* The bracket that opens an array or object; *more 0: it is empty, and closed. */
mtm_status mtmi_jtext_open(mtmi_jtext_text *text, char bracket, int *more, mtm_error *err);
/* Behind an element: a comma (*more 1) or the closing bracket. */
mtm_status mtmi_jtext_more(mtmi_jtext_text *text, char bracket, int *more, mtm_error *err);
/* A key and its colon. */
mtm_status mtmi_jtext_key(mtmi_jtext_text *text, mtmi_jtext_value *out, mtm_error *err);
/* Appends what a string says, without its quotes and escapes. */
void mtmi_jtext_unquote(const char *bytes, size_t size, mtmi_buffer *out);

#endif
