/* Tables of border crossings often list the country's own citizens beside foreigners, and their total is of all. An indicator of
 * foreigners then asks for what lies outside the group of these citizens. Invariant: all figures of an indicator are asked for
 * alike, whatever table has them. */
#include "indicator/request/make_request.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "codelist/match.h"
#include "indicator/measure.h"
#include "indicator/selection.h"

#include <string.h>

void mtmi_request_groups_free(mtmi_request_groups *groups) {
    for (size_t i = 0; i < groups->n; i++) {
        mtmi_memory_free(groups->text[i]);
    }
    mtmi_memory_free(groups->text);
    *groups = (mtmi_request_groups){NULL, 0, 0};
}

/* One text for one group: figures are remembered by its address. */
static mtm_status keep_group(mtmi_request_groups *groups, const char *country, const char *beside, const char **out,
                             mtm_error *err) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    void *table = groups->text;
    mtmi_buffer_format(&text, "%s%s%s", country, beside != NULL ? "|" : "", beside != NULL ? beside : "");
    size_t at = 0;
    while (!text.failed && at < groups->n && strcmp(groups->text[at], text.data) != 0) {
        at++;
    }
    if (!text.failed && at == groups->n &&
        mtmi_memory_reserve(&table, &groups->capacity, at + 1, sizeof *groups->text)) {
        groups->text = table;
        groups->text[at] = mtmi_memory_copy_text(text.data);
        groups->n += groups->text[at] != NULL;
    }
    mtmi_buffer_free(&text);
    *out = at < groups->n ? groups->text[at] : NULL;
    return *out != NULL ? MTM_OK : mtmi_error_memory(err);
}

static int lists_own(const mtm_dataset *dataset, const mtmi_request *request, const char *country) {
    const int by = mtmi_selection_dimension(dataset, request);
    const int32_t member = by >= 0 ? mtmi_dataset_find_member(dataset, by, country) : -1;
    return member >= 0 && dataset->dimensions[by].members[member].n_rows > 0;
}

mtm_status mtmi_request_make(mtmi_request_groups *groups, const mtmi_views *views, const char *country,
                             mtm_period period, const mtm_indicator *indicator, mtmi_request *out, mtm_error *err) {
    int lists = 0;
    *out = (mtmi_request){.plus = &indicator->measure,
                          .minus = indicator->statistic == MTMI_STATISTIC_NET ? &indicator->second : NULL,
                          .group = indicator->group,
                          .outside = indicator->outside,
                          .dimensions = indicator->dimensions,
                          .n_dimensions = indicator->n_dimensions,
                          .membership = period};
    const int are_out_already = indicator->group != NULL && mtmi_codelist_has_member(indicator->group, country, period);
    if (!indicator->foreigners || country[0] == '\0' || are_out_already) {
        return MTM_OK;
    }
    mtmi_request foreign = *out;
    foreign.dimensions = mtmi_indicator_tells_by(indicator, &foreign.n_dimensions);
    for (size_t i = 0; i < views->n && !lists; i++) {
        lists = mtmi_measure_fits(views->view[i].dataset, out) && lists_own(views->view[i].dataset, &foreign, country);
    }
    if (lists) {
        *out = foreign;
        out->outside = 1;
        return keep_group(groups, country, indicator->group, &out->group, err);
    }
    return MTM_OK;
}

mtm_status mtmi_request_say_own(mtmi_writing *writing, const mtmi_figure *figure, const mtmi_request *request,
                                const char *country, mtm_error *err) {
    mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_OWN_CITIZENS, MTM_LINEAGE_VALUE);
    const int is_said = figure->has_value && figure->view != NULL && request->group != NULL && country[0] != '\0' &&
                        strncmp(request->group, country, strlen(country)) == 0 &&
                        lists_own(figure->view->dataset, request, country);
    remark.text = (char *)country; /* lent: it is copied */
    return is_said ? mtmi_write_remark(writing, &remark, err) : MTM_OK;
}
