/* What a figure covers: its extent, and in numbers how much of what is expected. */
#ifndef MTMI_INDICATOR_COVERING_H
#define MTMI_INDICATOR_COVERING_H

#include "coverage/extent.h"
#include "coverage/territory.h"
#include "indicator/figure.h"
#include "indicator/result.h"

/* The cells that a figure counts, those among them that are taken for zero; second: those of what a net figure subtracts. */
mtm_status mtmi_covering_extent(const mtmi_figure *figure, const mtmi_request *request, int second, mtmi_boxes *boxes,
                                mtmi_extent *out, mtm_error *err);

/* The cells that a member's part counts, out of what all parts of a dimension do. */
mtm_status mtmi_covering_part(const mtmi_trace *counted, size_t dimension, int32_t member, mtmi_boxes *boxes,
                              mtmi_extent *out, mtm_error *err);

/* How two figures cover each other. */
typedef enum mtmi_likeness {
    MTMI_LIKENESS_SAME,   /* the same cells but for their days */
    MTMI_LIKENESS_MERGED, /* the same when territories that changed between them are put together */
    MTMI_LIKENESS_MOVED,  /* another territory */
    MTMI_LIKENESS_OTHER   /* other cells */
} mtmi_likeness;

/* Compares a value with an earlier base. Rows that are not there may be zeros by declaration: then two sums over the same
 * dimensions are the same. The territory is the changes that lie between the two; the caller frees it. */
mtm_status mtmi_covering_compare(const mtmi_figure *value, const mtmi_request *request, const mtmi_figure *base,
                                 mtmi_boxes *boxes, mtmi_territory *territory, mtmi_likeness *out, mtm_error *err);

/* The same in numbers, with the names of what is absent; confidential tables give numbers alone. */
mtm_status mtmi_covering_describe(const mtmi_figure *figure, const mtmi_request *request, mtmi_covering *out,
                                  mtm_error *err);

/* Absent cells that are taken for zero, at their mean of the 24 months: units of the dataset times MTMI_MEAN_SCALE. */
#define MTMI_MEAN_SCALE INT64_C(5354228880) /* the least common multiple of 1 to 24 */
mtmi_wide mtmi_covering_mean(const mtmi_figure *figure);

#endif
