/* What a report does not use of its package, and why. */
#ifndef UNUSED_H
#define UNUSED_H

#include "options.h"

#include <mtm.h>

#include <stdio.h>

/* Writes a line for each file that was left out and each dataset that no indicator reads, with the line to paste where one
 * would help; returns how many. as_of: of a store, or NULL. */
size_t unused_write(const char *folder, const mtm_period *as_of, const mtm_package *package,
                    const mtm_catalogue *catalogue, const mtm_results *results, FILE *out);
/* How many results have a value. */
size_t unused_values(const mtm_results *results);

#endif
