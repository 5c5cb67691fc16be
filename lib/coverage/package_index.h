/* The tables of a package as computing sees them: those that continue each other as one, rows in order. Made once a package
 * and shared by everything after; never changed, so that threads share it. */
#ifndef MTMI_COVERAGE_PACKAGE_INDEX_H
#define MTMI_COVERAGE_PACKAGE_INDEX_H

#include "coverage/dataset_index.h"
#include "data/package.h"

typedef struct mtmi_package_index {
    mtmi_frozen frozen; /* first: a package knows it by this */
    mtmi_dataset_index *table;
    mtmi_joined *pools; /* one a table; most are empty */
    size_t n;
} mtmi_package_index;

/* Of any datasets, as of a day (NULL: of every release). */
mtm_status mtmi_package_index_open(mtmi_package_index *index, mtm_dataset *const *datasets, size_t n,
                                   const mtm_period *as_of, mtm_error *err);
void mtmi_package_index_close(mtmi_package_index *index);

/* The index of a package and every release of it: made at the first call, which is when the package is frozen; lent until
 * the package changes or is freed. Threads may call this at the same time. */
mtm_status mtmi_package_index_of(const mtm_package *package, const mtmi_package_index **out, mtm_error *err);

#endif
