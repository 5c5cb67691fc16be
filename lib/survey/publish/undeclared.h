/* Words of a survey that no declaration knows and that few persons wrote: one of them may be a name. Where estimates are published,
 * the line of the file where the word first stands is shown instead. */
#ifndef MTMI_SURVEY_PUBLISH_UNDECLARED_H
#define MTMI_SURVEY_PUBLISH_UNDECLARED_H

#include "base/buffer.h"
#include "read/descriptor/rare_label.h"
#include "survey/question.h"

/* By word of a column: the line; 0 for a word that may be told. NULL: all may. */
typedef uint32_t *mtmi_undeclared;

/* Of a column, and the answers that are declared for it, or NULL. To be freed by the caller. */
mtm_status mtmi_undeclared_read(const mtmi_survey_frame *frame, const mtmi_survey_column *column, json_t *answers,
                                mtmi_undeclared *out, mtm_error *err);
/* What is published instead of an answer of the question; *out is NULL for one that may be told, else the caller's. */
mtm_status mtmi_undeclared_answer(const uint32_t *undeclared, const mtmi_item *item, const char *answer, char **out,
                                  mtm_error *err);

#endif
