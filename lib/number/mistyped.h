/* Figures in which letters were typed for digits. */
#ifndef MTMI_NUMBER_MISTYPED_H
#define MTMI_NUMBER_MISTYPED_H

#include <stddef.h>

/* Bytes of the letter that the text begins with, and the digit that it looks like; 0 for none. */
size_t mtmi_mistyped_letter(const char *text, size_t length, char *digit);
/* The text with digits for such letters, as far as it fits; its length. 0 where no letter stands in it, or no digit. */
size_t mtmi_mistyped_mend(const char *text, size_t length, char *out, size_t size);
/* Whether the text is a figure but for such letters. */
int mtmi_mistyped_figure(const char *text, size_t length);

#endif
