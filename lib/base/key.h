/* The key under which ids are hashed: made for the run by the operating system, or given. */
#ifndef MTMI_BASE_KEY_H
#define MTMI_BASE_KEY_H

#include "base/siphash.h"

#include <mtm/status.h>

/* Bytes that nobody can foretell. */
mtm_status mtmi_random_bytes(unsigned char *out, size_t size, mtm_error *err);
/* text: 32 hexadecimal digits; NULL makes a key. */
mtm_status mtmi_sip_key_read(const char *text, mtmi_sip_key *out, mtm_error *err);

#endif
