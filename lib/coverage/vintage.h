/* Which of two releases is the better one. */
#ifndef MTMI_COVERAGE_VINTAGE_H
#define MTMI_COVERAGE_VINTAGE_H

#include "data/dataset.h"

/* Whether its date is known. */
int mtmi_vintage_is_stated(const mtmi_release *release);
/* Above 0 when a is the better vintage: the later date; of one date the later edition. Where a date is not stated
 * editions decide, then the stated one. 0 when nothing tells them apart. */
int mtmi_vintage_compare(const mtmi_release *a, const mtmi_release *b);
/* One a first print, the other not. Editions that are not stated differ from nothing. */
int mtmi_editions_differ(const char *a, const char *b);

#endif
