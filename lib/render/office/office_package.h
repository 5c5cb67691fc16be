/* What all packages of Office Open XML (ECMA-376, part 2) have. Knows no document. */
#ifndef MTMI_RENDER_OFFICE_OFFICE_PACKAGE_H
#define MTMI_RENDER_OFFICE_OFFICE_PACKAGE_H

#include "render/office/zip_writer.h"

#define MTMI_OFFICE_XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MTMI_OFFICE_RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MTMI_OFFICE_PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define MTMI_OFFICE_TYPE "application/vnd.openxmlformats-officedocument."

/* _rels/.rels: the main part and the properties. */
void mtmi_office_relations(mtmi_buffer *out, const char *main_part);
/* docProps/core.xml; without a clock: the same report gives the same bytes. */
void mtmi_office_core(mtmi_buffer *out, const char *title, const char *creator, const char *language);
/* The beginning of [Content_Types].xml, and an entry; "</Types>" ends it. */
void mtmi_office_types(mtmi_buffer *out);
void mtmi_office_type(mtmi_buffer *out, const char *part, const char *type);
/* An entry of a .rels part: number makes its id, target is escaped; external where it leaves the package. */
void mtmi_office_relation(mtmi_buffer *out, size_t number, const char *type, const char *target, int external);

#endif
