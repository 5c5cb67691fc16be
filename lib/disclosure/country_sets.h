/* Country groups as sets of countries, so that groups can be compared: each group and day is looked up once. */
#ifndef MTMI_DISCLOSURE_COUNTRY_SETS_H
#define MTMI_DISCLOSURE_COUNTRY_SETS_H

#include "base/map.h"

#include <mtm/period.h>

enum { MTMI_COUNTRY_WORDS = 6 };

/* Which countries, by their number in the list "country", one a bit. */
typedef struct mtmi_country_set {
    uint64_t words[MTMI_COUNTRY_WORDS];
} mtmi_country_set;

typedef struct mtmi_country_sets {
    mtmi_map groups, countries;
    mtmi_country_set *of; /* by group and day */
    int32_t *numbers;     /* by country: in the list */
    size_t of_capacity, numbers_capacity;
} mtmi_country_sets;

void mtmi_country_sets_free(mtmi_country_sets *sets);
/* The members of a group on the period's last day. 0 when memory ran out. */
int mtmi_country_set_find(mtmi_country_sets *sets, const char *group, size_t length, mtm_period period,
                          mtmi_country_set *out);
/* A country's number, -1 for what is none. 0 when memory ran out. */
int mtmi_country_find(mtmi_country_sets *sets, const char *code, size_t length, int32_t *out);

int mtmi_country_set_has(const mtmi_country_set *set, int32_t country);
/* Whether all of inner is in outer. */
int mtmi_country_set_holds(const mtmi_country_set *outer, const mtmi_country_set *inner);
int mtmi_country_sets_apart(const mtmi_country_set *a, const mtmi_country_set *b);
void mtmi_country_set_add(mtmi_country_set *set, const mtmi_country_set *other);

#endif
