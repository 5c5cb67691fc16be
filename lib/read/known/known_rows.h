/* Takes rows by columns while every cell of them is known, and learns from the rows that are read as text between them. */
#ifndef MTMI_READ_KNOWN_KNOWN_ROWS_H
#define MTMI_READ_KNOWN_KNOWN_ROWS_H

#include "read/observe/observer.h"

typedef struct mtmi_known mtmi_known;

/* After the observer started the file. *out NULL: the rows must all be read as text. */
mtm_status mtmi_known_new(mtmi_rows *rows, mtmi_observer *observer, const mtmi_columns *columns, mtmi_known **out,
                          mtm_error *err);
void mtmi_known_free(mtmi_known *known);

/* Adds the next rows, as many as are known; *taken 0: the next row is to be read as text. */
mtm_status mtmi_known_take(mtmi_known *known, size_t *taken, mtm_error *err);
/* The row that the container lent last was accepted. */
mtm_status mtmi_known_learn(mtmi_known *known, mtm_error *err);

#endif
