/* The ZIP archive of a workbook: its parts as streams with limits. Names of entries are only compared, never used as
 * paths. */
#ifndef MTMI_READ_XLSX_XLSX_ARCHIVE_H
#define MTMI_READ_XLSX_XLSX_ARCHIVE_H

#include "base/source.h"

typedef struct mtmi_xlsx_archive mtmi_xlsx_archive;
typedef struct mtmi_xlsx_part mtmi_xlsx_part;

/* The source is borrowed; at most limit bytes come out of all parts together, and never more than 1000 times what went
 * in. MTM_ERROR_UNSUPPORTED in builds without libzip. */
mtm_status mtmi_xlsx_archive_open(mtmi_source *source, uint64_t limit, mtmi_xlsx_archive **out, mtm_error *err);
void mtmi_xlsx_archive_free(mtmi_xlsx_archive *archive); /* NULL is fine */

const char *mtmi_xlsx_archive_name(const mtmi_xlsx_archive *archive); /* the file's */
/* Whether there is a part of the name (letter case of ASCII aside). */
int mtmi_xlsx_archive_has(const mtmi_xlsx_archive *archive, const char *name);
/* MTM_ERROR_STRUCTURE when there is none, or two of the name, or it is encrypted. One part at a time. */
mtm_status mtmi_part_open(mtmi_xlsx_archive *archive, const char *name, mtmi_xlsx_part **out, mtm_error *err);
/* *got 0 at the end, when the checksum has been found to be right. */
mtm_status mtmi_part_read(mtmi_xlsx_part *part, void *bytes, size_t size, size_t *got, mtm_error *err);
uint64_t mtmi_part_position(const mtmi_xlsx_part *part); /* bytes read so far */
void mtmi_part_free(mtmi_xlsx_part *part);               /* NULL is fine */

#endif
