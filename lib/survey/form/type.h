/* Types of questions in forms. */
#ifndef MTMI_SURVEY_FORM_TYPE_H
#define MTMI_SURVEY_FORM_TYPE_H

#include <stddef.h>

typedef struct mtmi_form_type {
    const char *kind; /* "one", "several", "rank" or "number"; NULL for notes, texts, dates and the like */
    int other;        /* the list has the answer "other" too */
    const char *list; /* of choices, within the text; its length is 0 where the form does not have it */
    size_t list_length;
} mtmi_form_type;

/* "select_one LIST or_other", "select one from LIST", "select_multiple LIST", "select all that apply from LIST", "integer" ... */
mtmi_form_type mtmi_form_type_of(const char *text, size_t length);

#endif
