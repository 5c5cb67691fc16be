/* Saved registries: what a tabulator of registrations adds to its saved state. */
#ifndef MTMI_REGISTRATION_REGISTER_STATE_H
#define MTMI_REGISTRATION_REGISTER_STATE_H

#include "base/buffer.h"
#include "registration/registry.h"
#include "tabulate/state.h"

#define MTMI_REGISTRY_MAGIC "MTMREGST"

/* Appends the bytes of a registry, the same whatever the order of files: `state` is what it was filled with, not settled;
 * saved are the bytes of the settled state. Refused where the key was made for the run: nobody could merge it. */
mtm_status mtmi_registry_save(mtmi_registry *registry, const mtmi_state *state, const mtmi_buffer *saved,
                              mtmi_buffer *out, mtm_error *err);
/* Where the bytes of the settled state lie in those of a registry; 0 for bytes of another kind. */
int mtmi_registry_find_state(const void *bytes, size_t size, const void **state, size_t *state_size);
/* Fills a new registry. Nothing in the bytes is trusted. */
mtm_status mtmi_registry_load(mtmi_registry *registry, const mtmi_state *state, const void *bytes, size_t size,
                              mtm_error *err);

#endif
