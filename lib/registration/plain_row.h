/* Rows of registrations, as the two ways of tabulate/ read them: the fast one over plain bytes, the slow one over cells. */
#ifndef MTMI_REGISTRATION_PLAIN_ROW_H
#define MTMI_REGISTRATION_PLAIN_ROW_H

#include "read/table/rows.h"
#include "tabulate/counter.h"

/* Cell i of the row lies between ends[i - 1] and ends[i]. 1: taken in; 0: the row needs the slow way; -1: counting stopped. */
int mtmi_registry_plain_row(mtmi_counter *counter, const unsigned char *bytes, const uint32_t *ends);

/* For the slow way: nothing is stated yet; then ids and days; then the row, whose labels stand in the counter. */
void mtmi_registry_start_row(mtmi_intake *intake);
void mtmi_registry_identity(mtmi_intake *intake, mtmi_use use, const char *text, size_t length);
/* A child may be born after the family was registered, and a year alone may say so; its age is not stated before. */
int mtmi_registry_age_is_good(int32_t years);
void mtmi_registry_slow_row(mtmi_counter *counter, const mtmi_row *row, const mtmi_date *birth);

#endif
