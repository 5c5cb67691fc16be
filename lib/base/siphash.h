/* SipHash-2-4 with 128 bits: a keyed hash of short texts, after J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast
 * short-input PRF" (2012). Who does not have the key cannot tell which text a hash is of, nor make two texts collide. */
#ifndef MTMI_BASE_SIPHASH_H
#define MTMI_BASE_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct mtmi_sip_key {
    uint64_t word[2];
} mtmi_sip_key;

/* The key of 16 bytes, least byte first. */
mtmi_sip_key mtmi_sip_key_of(const unsigned char bytes[16]);
void mtmi_siphash(const mtmi_sip_key *key, const void *bytes, size_t size, uint64_t out[2]);

#endif
