/* The one door of counting for whoever computes indicators. */
#ifndef MTMI_TABULATE_COUNTS_H
#define MTMI_TABULATE_COUNTS_H

#include <mtm/tabulate.h>

/* Counts a package's microdata by a plan, as in mtm_package_tabulate(): a package of the counts alone, to be freed. */
mtm_status mtmi_package_count(const mtm_package *package, const char *plan, const mtm_tabulate_options *options,
                              mtm_package **out, mtm_error *err);

#endif
