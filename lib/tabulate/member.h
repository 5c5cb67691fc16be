/* Keys that tell the members of an axis apart, whichever thread or file met them first. Their bytes sort in the order
 * of publication. */
#ifndef MTMI_TABULATE_MEMBER_H
#define MTMI_TABULATE_MEMBER_H

#include <mtm/dataset.h>

#define MTMI_MEMBER_PERIOD 8u
#define MTMI_MEMBER_LONGEST 1024u /* bytes of a label; longer ones are cut at a character */

void mtmi_member_from_period(mtm_period period, unsigned char out[MTMI_MEMBER_PERIOD]);
mtm_period mtmi_member_period(const unsigned char *key);
/* out holds 1 + MTMI_MEMBER_LONGEST; returns the key's length. */
size_t mtmi_member_from_code(mtm_member_kind kind, const char *code, size_t length, unsigned char *out);
/* The kind; *code (not ended by NUL) and *length receive the code. -1 for what is no such key. */
int mtmi_member_code(const unsigned char *key, size_t key_length, const char **code, size_t *length);

#endif
