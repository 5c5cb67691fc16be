/* The part of a report that is made of surveys. Every text lives as long as the report, and is never NULL. */
#ifndef MTMI_REPORT_SURVEY_REPORT_SURVEY_H
#define MTMI_REPORT_SURVEY_REPORT_SURVEY_H

#include "indicator/survey/survey_finding.h"
#include "report/messages/survey_messages.h"
#include "report/text_builder.h"

typedef struct mtmi_report_survey_row {
    const mtmi_survey_line *line;
    const char *group, *answer;             /* in print; group is "All" for the whole */
    const char *estimate, *interval, *base; /* in print; the estimate with its brackets where it is unreliable */
    const char *note;                       /* "" for none */
    const char *figure;                     /* the estimate without brackets, for charts and sentences */
    mtm_decimal value, low, high, se;       /* of shares in per cent, of their differences in points */
    int has, has_interval;                  /* which of them hold */
    int reliable;                           /* may stand in sentences and charts */
} mtmi_report_survey_row;

typedef struct mtmi_report_survey {
    const mtmi_survey_finding *finding;
    const char *id, *section, *section_title, *title, *definition, *unit;
    const char *finding_text; /* one or several sentences */
    const char *level_text;   /* "95 %" */
    const char *source_title;
    const char *interval_head;
    int with_groups, with_answers, with_notes; /* which columns the table needs */
    int in_percent;                            /* values are shares */
    int stacked;                               /* the chart is one bar a group, parted by answers */
    mtmi_report_survey_row *rows;
    size_t n_rows;
} mtmi_report_survey;

typedef struct mtmi_report_method {
    const char *title, *text;
} mtmi_report_method;

/* Fills the report's surveys and methods from its results. */
void mtmi_surveys_build(mtmi_text_builder *scribe, const mtmi_survey_findings *findings);
/* The survey part of an id, or NULL. */
const mtmi_report_survey *mtmi_surveys_find(const mtm_report *report, const char *id);
/* Of a whole part: one or several sentences. */
const char *mtmi_survey_sentences(mtmi_text_builder *scribe, const mtmi_report_survey *survey,
                                  const mtmi_survey_source *source);
/* How a survey was made. */
const char *mtmi_survey_methods(mtmi_text_builder *scribe, const mtmi_survey_findings *findings, size_t source);
/* "95 %" */
const char *mtmi_survey_level(mtmi_text_builder *scribe, double level);
/* A real number as a decimal; 0 where it is none or too large. */
int mtmi_survey_decimal(double value, int decimals, mtm_decimal *out);
/* A message of surveys, as mtmi_say(). */
const char *mtmi_survey_say(mtmi_text_builder *scribe, mtmi_survey_text text, ...);

#endif
