/* What many indicators say alike, said once: for documents that people read. */
#ifndef MTMI_REPORT_GATHER_H
#define MTMI_REPORT_GATHER_H

#include "report/text_builder.h"

/* Fills the report's gathered limitations; its limitations are there. */
void mtmi_gather_limitations(mtmi_text_builder *scribe);
/* Fills the report's notes and each indicator's notes within a whole report. */
void mtmi_gather_notes(mtmi_text_builder *scribe);

#endif
