/* What a report is: the sentences after its main points. */
#ifndef MTMI_REPORT_FRONT_MATTER_H
#define MTMI_REPORT_FRONT_MATTER_H

#include "report/text_builder.h"

/* Fills the report's about, introduction, contact and next release. Sections and bibliography are there. */
void mtmi_front_matter_build(mtmi_text_builder *scribe, const mtm_results *results);

#endif
