/* Labels that no code list and no declaration knows: one that few rows have may be a name or an id that was typed into the wrong
 * column. Of resources whose text is withheld the place where it first stands is told instead. */
#ifndef MTMI_READ_DESCRIPTOR_RARE_LABEL_H
#define MTMI_READ_DESCRIPTOR_RARE_LABEL_H

#include "base/buffer.h"
#include <stdint.h>

#define MTMI_TOLD_LEAST                                                                                                \
    10 /* rows, or persons, that have a label that is told; whatever the threshold, so that all documents agree on names */

/* Whether a label of a dimension must not be told: the resource withholds its text and does not list the label (as a category, a
 * code of an alias, or a member of its frame), and fewer rows than MTMI_TOLD_LEAST have it. */
struct mtmi_resource;
int mtmi_label_is_rare(const struct mtmi_resource *resource, const char *dimension, const char *label, int64_t rows);
/* "⋯ 17", the mark of what is withheld, which every language knows, and the line; "⋯ 2.17" of the second of several files. file: from
 * 1; 0 where there is one. */
void mtmi_label_withhold(size_t file, int64_t line, mtmi_buffer *out);

#endif
