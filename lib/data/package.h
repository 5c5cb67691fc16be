/* A package as the rooms above see it. */
#ifndef MTMI_DATA_PACKAGE_H
#define MTMI_DATA_PACKAGE_H

#include <mtm/package.h>

#include "data/dataset.h"
#include "data/package_front_matter.h"

#include <stdatomic.h>

/* A resource that stays on disk: the tabulator reads it. */
typedef struct mtmi_microdata {
    char *name;     /* the resource's */
    char *resource; /* its JSON, whole */
    char **paths;   /* relative to the folder */
    size_t n_paths;
} mtmi_microdata;

/* What a room above makes of a frozen package, once: freed with it, or when a dataset comes. */
typedef struct mtmi_frozen {
    void (*free)(struct mtmi_frozen *self);
} mtmi_frozen;

/* What changes behind a package that threads share. */
typedef struct mtmi_package_shared {
    _Atomic(mtmi_frozen *) frozen;
} mtmi_package_shared;

struct mtm_package {
    char *folder; /* NULL when made in memory */
    int is_store; /* the folder is a store of releases, read as of a day */
    char country[4];
    mtmi_titles title;
    mtmi_front_matter front;
    int has_period;
    mtm_period period;
    mtm_dataset **datasets;
    size_t n_datasets, capacity;
    mtmi_microdata *microdata;
    size_t n_microdata;
    mtmi_microdata *surveys; /* read when they are asked */
    size_t n_surveys;
    size_t n_left_out; /* files, as the reading options asked */
    mtmi_package_shared *shared;
};

/* Like mtm_package_add, but takes the dataset over, in every case. */
mtm_status mtmi_package_take(mtm_package *package, mtm_dataset *dataset, mtm_error *err);

/* Whether some of its confidential tables are sensitive. */
int mtmi_package_is_sensitive(const mtm_package *package);

#endif
