/* Entries of indicators in a report, from a redacted result and its mask. */
#ifndef MTMI_REPORT_INDICATOR_ENTRY_H
#define MTMI_REPORT_INDICATOR_ENTRY_H

#include "disclosure/disclosure.h"
#include "report/text_builder.h"

/* Everything of an indicator but its sources. */
void mtmi_entry_build(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_mask *mask,
                      mtmi_report_indicator *out);
/* The finding: one sentence. The entry's other parts are there. */
const char *mtmi_finding_build(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_report_indicator *entry);

/* Whether a change is said in per cent: a rise of a thousand per cent and more tells less than the two figures. */
int mtmi_is_sayable(const mtmi_report_comparison *comparison);

/* Whether the members of a dimension are countries. */
int mtmi_names_countries(const char *dimension);
/* The name of a row within a sentence, or at the start of it: "the United States". */
const char *mtmi_row_name(mtmi_text_builder *scribe, const mtmi_report_indicator *entry, const mtmi_report_row *row,
                          int first);

/* The titles of its pictures. */
void mtmi_figure_titles_build(mtmi_text_builder *scribe, mtmi_report_indicator *entry);

/* A remark in words. Returns "" for what has nothing to say. */
const char *mtmi_remark_text(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_mask *mask,
                             const mtmi_remark *remark);
/* How many rows, numbers, ... : the message, or the two after it, by the number's form. */
const char *mtmi_say_count(mtmi_text_builder *scribe, mtmi_message message, int64_t count);

/* The name of a publisher in the report's language, else the one that the source is known by. */
const char *mtmi_publisher_name(const mtmi_text_builder *scribe, const mtmi_source_note *source);

/* Fills the report's limitations and bibliography, and each indicator's sources. Results are in the order of the
 * sections' indicators. */
void mtmi_limitations_build(mtmi_text_builder *scribe, const mtm_results *results, const mtmi_masks *masks);
void mtmi_bibliography_build(mtmi_text_builder *scribe, const mtm_results *results);

#endif
