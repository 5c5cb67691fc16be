/* Indicators of mobility tracking, round by round. */
#ifndef MTMI_INDICATOR_MOBILITY_MOBILITY_H
#define MTMI_INDICATOR_MOBILITY_MOBILITY_H

#include "indicator/writing.h"
#include "data/package.h"
#include "mobility/rounds.h"

#define MTMI_ROUND_CONCEPTS 4

/* The rounds of the concepts that were asked for so far. */
typedef struct mtmi_mobility {
    mtm_dataset *const *datasets;
    size_t n_datasets;
    const mtm_period *as_of;
    const mtm_catalogue *catalogue;
    const char *country; /* of the package; "" for none */
    struct {
        const char *concept_id;
        mtmi_rounds rounds;
    } of[MTMI_ROUND_CONCEPTS];
    size_t n;
} mtmi_mobility;

void mtmi_mobility_start(mtmi_mobility *mobility, const mtm_package *package, const mtm_period *as_of,
                         const mtm_catalogue *catalogue);
/* The components of the package's tables, one a bit. */
uint32_t mtmi_mobility_components(const mtm_package *package);
int mtmi_mobility_answers(const mtm_indicator *indicator);
/* Fills a result that is described already. top counts rows before the remainder. */
mtm_status mtmi_mobility_compute(mtmi_mobility *mobility, const mtm_indicator *indicator, int32_t top,
                                 mtmi_writing *writing, mtm_error *err);
void mtmi_mobility_close(mtmi_mobility *mobility);

/* ---- for the files behind it ---- */

/* What is asked of rounds. */
typedef struct mtmi_asking {
    const mtmi_mobility *mobility;
    const mtmi_rounds *rounds;
    const mtm_indicator *indicator;
    mtmi_tally_ask ask;
    mtm_period period;
    mtmi_writing *writing;
    mtm_error *err;
} mtmi_asking;

/* The round that answers, and its figures. */
typedef struct mtmi_round_answer {
    const mtmi_track *track; /* NULL: there is none, or several that are not added */
    size_t round;            /* number in the rounds */
    mtmi_round_tally tally;
    mtm_reason reason;
    mtm_period missing;
    int any; /* some round has a figure */
} mtmi_round_answer;

/* choose.c. Where several operations or types answer, each becomes a row of the result. */
mtm_status mtmi_choose_round(const mtmi_asking *query, mtmi_round_answer *out);
mtm_status mtmi_figure_of_units(const mtmi_asking *query, mtmi_wide units, mtm_decimal *out);
/* The rows behind a total, or behind one area. */
mtm_status mtmi_write_rows_used(const mtmi_asking *query, const mtmi_round_tally *tally, const mtmi_tallied *area,
                                int lineage, const char *row);
/* Titles of a member: by a code list, or as the source has it. */
mtm_status mtmi_title_member(const mtmi_asking *query, int slot, int32_t member, mtmi_titles *out);

/* compare_rounds.c: the comparisons, what the value covers, the series. */
mtm_status mtmi_compare_rounds(const mtmi_asking *query, const mtmi_round_answer *value);
mtm_status mtmi_describe_areas(const mtmi_asking *query, const mtmi_round_answer *value);
mtm_status mtmi_write_rounds(const mtmi_asking *query, const mtmi_round_answer *value);
/* The round before, or that of the year before; SIZE_MAX for none. */
size_t mtmi_round_before(const mtmi_asking *query, const mtmi_round_answer *value, mtm_comparison_with with);

/* round_rows.c */
mtm_status mtmi_break_down_round(const mtmi_asking *query, const mtmi_round_answer *value, int32_t top);
mtm_status mtmi_break_down_change(const mtmi_asking *query, const mtmi_round_tally *now, const mtmi_round_tally *then);

#endif
