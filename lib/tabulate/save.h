/* Saved states; docs/tabulate.md gives every byte. */
#ifndef MTMI_TABULATE_SAVE_H
#define MTMI_TABULATE_SAVE_H

#include "base/buffer.h"
#include "tabulate/state.h"

#define MTMI_SAVE_VERSION 2u /* 1 had no identities of files and no largest rows, and is read too */
#define MTMI_SAVE_MAGIC "MTMSTATE"

/* Appends the bytes of a settled state. */
mtm_status mtmi_save(const mtmi_state *settled, mtmi_buffer *out, mtm_error *err);
mtm_status mtmi_load(const void *bytes, size_t size, mtmi_state **out, mtm_error *err);

#endif
