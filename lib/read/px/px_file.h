/* The statements of a PC-Axis file up to its figures: KEYWORD[language]("variable","value")=texts; Private to
 * lib/read/px. */
#ifndef MTMI_READ_PX_PX_FILE_H
#define MTMI_READ_PX_PX_FILE_H

#include "read/px/px_text.h"

typedef struct mtmi_px_value {
    char *text;
    int64_t line, column;
} mtmi_px_value;

typedef struct mtmi_px_statement {
    char *keyword, *language; /* language "" for the file's own */
    mtmi_px_value *subjects;  /* in brackets */
    size_t n_subjects, subjects_capacity;
    mtmi_px_value *values;
    size_t n_values, values_capacity;
    int64_t line, column;
    int used; /* its text is in the rows */
} mtmi_px_statement;

typedef struct mtmi_px_file {
    mtmi_px_statement *statements;
    size_t n, capacity;
    uint64_t bytes; /* of texts so far */
} mtmi_px_file;

/* Reads up to "DATA=". Refuses what is no statement, with its place. */
mtm_status mtmi_px_file_read(mtmi_px_text *text, const mtmi_limits *limits, mtmi_px_file *out, mtm_error *err);
void mtmi_px_file_free(mtmi_px_file *file);

/* The statement in the file's own language, of a subject or of none; NULL when there is none. It counts as used. */
mtmi_px_statement *mtmi_px_find(const mtmi_px_file *file, const char *keyword, const char *subject);
/* Its first text; "" when there is none. */
const char *mtmi_px_text_of(const mtmi_px_file *file, const char *keyword, const char *subject);

#endif
