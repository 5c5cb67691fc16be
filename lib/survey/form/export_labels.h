/* Headers and answers of an export that are labels of its form. */
#ifndef MTMI_SURVEY_FORM_EXPORT_LABELS_H
#define MTMI_SURVEY_FORM_EXPORT_LABELS_H

#include "base/buffer.h"
#include "read/table/rows.h"

#include <jansson.h>

/* The answers of the question that a column holds, whose labels stand for codes: of one answer, not of several. */
json_t *mtmi_export_answers(json_t *questions, const char *name);
/* The name of a column of the header row: that of the question, or question/answer, whose labels stand there, perhaps behind those
 * of groups, unless another column has the name; else the cell itself. made holds it until the next call. NULL without memory. */
const char *mtmi_export_header(json_t *questions, const mtmi_row *row, size_t i, mtmi_buffer *made, size_t *length);

#endif
