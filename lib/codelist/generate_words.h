/* Tables of words that belong to no code list. Each writes C to standard output. */
#ifndef MTMI_CODELIST_GENERATE_WORDS_H
#define MTMI_CODELIST_GENERATE_WORDS_H

#include "codelist/generate_file.h"

void write_memberships(const char *path);
void write_territories(const char *path); /* membership.tsv */
void write_phrases(const char *path);     /* words.tsv: "of which", words before a total's name */
void write_units(const char *path);       /* unit.tsv */
void write_magnitudes(const char *path);  /* magnitude.tsv */

#endif
