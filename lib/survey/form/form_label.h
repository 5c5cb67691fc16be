/* Labels of forms as people read them. */
#ifndef MTMI_SURVEY_FORM_FORM_LABEL_H
#define MTMI_SURVEY_FORM_FORM_LABEL_H

#include "base/buffer.h"

#include <stddef.h>

/* Adds the text to an empty buffer, without marks of Markdown ("**", "__") and HTML tags, each run of space one blank. */
void mtmi_form_plain(const char *text, size_t length, mtmi_buffer *out);

#endif
