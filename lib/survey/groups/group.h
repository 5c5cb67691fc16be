/* Groups of rows: those that a filter lets through, parted by the values of some columns. */
#ifndef MTMI_SURVEY_GROUPS_GROUP_H
#define MTMI_SURVEY_GROUPS_GROUP_H

#include "base/buffer.h"
#include "survey/handle.h"

#define MTMI_BY_MAX 8

typedef struct mtmi_survey_groups {
    char **names;   /* "sex=F;age_group=18-24"; "" where nothing parts the rows */
    char **labels;  /* "F;18-24" */
    char **told;    /* what is published instead of a name; NULL: the name */
    char *where;    /* the filter, as it is published; NULL for none */
    size_t *starts; /* n + 1 places in rows */
    int64_t *units; /* the weight of each of rows, beside it: rows of a group lie apart; NULL for none */
    uint8_t *decimals;
    uint32_t *rows; /* group by group, each in the order of the design */
    size_t n;
} mtmi_survey_groups;

/* by: columns with commas between, or NULL; where: "column=value|value;column=value", or NULL. Rows with an empty value
 * in a column of by are in no group. */
mtm_status mtmi_survey_groups_new(const mtm_survey *survey, const char *by, const char *where, mtmi_survey_groups *out,
                                  mtm_error *err);
/* Two groups that may share rows, and the third of all rows that are in one of them. between: two conditions such as where's,
 * a comma between; "*" for all. */
mtm_status mtmi_survey_groups_pair(const mtm_survey *survey, const char *between, const char *where,
                                   mtmi_survey_groups *out, mtm_error *err);
void mtmi_survey_groups_free(mtmi_survey_groups *groups);
/* What is published instead of the group's name, or of the difference of two; nothing where that is the name. other: the group
 * itself for none. */
void mtmi_survey_groups_tell(const mtmi_survey_groups *groups, size_t group, size_t other, mtmi_buffer *out);
/* The group of a label of by ("F", "F;18-24"), or MTMI_MAP_NONE. */
size_t mtmi_survey_groups_find(const mtmi_survey_groups *groups, const char *label, size_t length);

#endif
