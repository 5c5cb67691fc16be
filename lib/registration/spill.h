/* A file without a name, for what does not fit in memory: it goes with the program, whatever happens. It holds records, which
 * have hashes and no ids. Several threads may use it. */
#ifndef MTMI_REGISTRATION_SPILL_H
#define MTMI_REGISTRATION_SPILL_H

#include <mtm/status.h>

#include <stddef.h>
#include <stdint.h>

typedef struct mtmi_spill mtmi_spill;

/* No file is made before the first byte. folder NULL: TMPDIR, else /tmp. */
mtm_status mtmi_spill_new(const char *folder, mtmi_spill **out, mtm_error *err);
void mtmi_spill_free(mtmi_spill *spill);
/* A stretch of the file for so many bytes, at *offset. */
mtm_status mtmi_spill_reserve(mtmi_spill *spill, uint64_t size, uint64_t *offset, mtm_error *err);
mtm_status mtmi_spill_write(mtmi_spill *spill, uint64_t offset, const void *bytes, size_t size, mtm_error *err);
mtm_status mtmi_spill_read(const mtmi_spill *spill, uint64_t offset, void *bytes, size_t size, mtm_error *err);

#endif
