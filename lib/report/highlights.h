/* The sentences at the head of a report, made of the catalogue's highlights and of figures as they print. */
#ifndef MTMI_REPORT_HIGHLIGHTS_H
#define MTMI_REPORT_HIGHLIGHTS_H

#include "report/text_builder.h"

/* Fills the report's highlights; its sections are there. */
void mtmi_highlights_build(mtmi_text_builder *scribe, const mtm_results *results);
/* "up 34.5 % on Q1 2024 but down 3.2 % on Q2 2023"; "" where nothing can be compared. */
const char *mtmi_changes_text(mtmi_text_builder *scribe, const mtmi_report_indicator *entry);

#endif
