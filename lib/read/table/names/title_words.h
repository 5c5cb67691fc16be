/* The words of a title. */
#ifndef MTMI_READ_TABLE_NAMES_TITLE_WORDS_H
#define MTMI_READ_TABLE_NAMES_TITLE_WORDS_H

#include <stddef.h>

#define MTMI_TITLE_WORDS 40

/* Where each word begins and ends in the text. */
typedef struct mtmi_title_words {
    size_t from[MTMI_TITLE_WORDS], to[MTMI_TITLE_WORDS], n;
} mtmi_title_words;

/* Cuts at blanks, commas, colons, semicolons and parentheses. 0 where the text has more words than there is room for. */
int mtmi_title_words_cut(const char *text, size_t length, mtmi_title_words *out);

#endif
