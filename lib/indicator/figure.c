/* A figure and what it holds: value, observations, remarks. It owns all of them. */
#include "indicator/figure.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "period/period.h"

#include <string.h>

mtm_status mtmi_trace_reserve(mtmi_trace *trace, size_t n, mtm_error *err) {
    void *used = trace->used;
    if (!mtmi_memory_reserve(&used, &trace->capacity, trace->n + n, sizeof *trace->used)) {
        return mtmi_error_memory(err);
    }
    trace->used = used;
    return MTM_OK;
}

mtm_status mtmi_trace_add(mtmi_trace *trace, const mtm_dataset *dataset, uint32_t row, mtm_operation operation,
                          mtm_error *err) {
    if (trace->n == trace->capacity && mtmi_trace_reserve(trace, 1, err) != MTM_OK) {
        return MTM_ERROR_MEMORY;
    }
    trace->used[trace->n++] = (mtmi_used){dataset, row, operation};
    return MTM_OK;
}

mtm_status mtmi_trace_count(mtmi_trace *trace, const mtmi_counted *counted, mtm_error *err) {
    void *table = trace->counted;
    if (!mtmi_memory_reserve(&table, &trace->counted_capacity, trace->n_counted + 1, sizeof *counted)) {
        return mtmi_error_memory(err);
    }
    trace->counted = table;
    trace->counted[trace->n_counted++] = *counted;
    return MTM_OK;
}

int mtmi_counted_has(const mtmi_counted *counted, uint32_t combination) {
    return counted->group == NULL ||
           mtmi_codelist_has_member(counted->group,
                                    mtmi_history_code(counted->history, combination, (size_t)counted->by),
                                    counted->membership);
}

void mtmi_trace_cut(mtmi_trace *trace, const mtmi_trace *before) {
    trace->n = before->n;
    trace->n_counted = before->n_counted;
}

void mtmi_trace_clear(mtmi_trace *trace) {
    mtmi_memory_free(trace->used);
    mtmi_memory_free(trace->counted);
    memset(trace, 0, sizeof *trace);
}

void mtmi_trace_name(mtmi_trace *trace, mtm_operation operation) {
    int added = 0;
    for (size_t i = 0; i < trace->n; i++) {
        added |= trace->used[i].operation == MTM_OPERATION_ADD;
    }
    for (size_t i = 0; i < trace->n; i++) {
        if (trace->used[i].operation == MTM_OPERATION_TAKE) {
            trace->used[i].operation = added ? MTM_OPERATION_ADD : operation;
        }
    }
}

mtm_status mtmi_trace_append(mtmi_trace *trace, const mtmi_trace *more, mtm_error *err) {
    MTMI_CHECK_STATUS(mtmi_trace_reserve(trace, more->n, err));
    if (more->n > 0) {
        memcpy(trace->used + trace->n, more->used, more->n * sizeof *more->used);
        trace->n += more->n;
    }
    for (size_t i = 0; i < more->n_counted; i++) {
        MTMI_CHECK_STATUS(mtmi_trace_count(trace, &more->counted[i], err));
    }
    return MTM_OK;
}

void mtmi_figure_start(mtmi_figure *figure, const mtmi_dataset_index *view) {
    memset(figure, 0, sizeof *figure);
    figure->view = view;
    figure->extent = figure->second = (mtmi_extent)MTMI_EXTENT_INIT;
    figure->covers = MTMI_NO_EXTENT;
    figure->status = 'A';
    figure->frame = MTMI_FRAME_ALL;
    figure->missing = figure->observed = figure->uncovered = MTMI_PERIOD_NONE;
    figure->vintage.date = figure->vintage_b.date = MTMI_PERIOD_NONE;
}

void mtmi_figure_clear(mtmi_figure *figure) {
    mtmi_memory_free(figure->pieces);
    mtmi_trace_clear(&figure->trace);
    mtmi_extent_free(&figure->extent);
    mtmi_extent_free(&figure->second);
    mtmi_memory_free(figure->superseded);
    mtmi_figure_start(figure, NULL);
}

void mtmi_figure_refuse(mtmi_figure *figure, mtm_reason reason, mtm_period missing) {
    figure->has_value = 0;
    figure->reason = reason;
    figure->missing = missing;
    figure->flags = 0;
    figure->status = 'A';
}

mtm_status mtmi_figure_supersede(mtmi_figure *figure, const mtmi_other *other, mtm_error *err) {
    void *table = figure->superseded;
    if (!mtmi_memory_reserve(&table, &figure->superseded_capacity, figure->n_superseded + 1, sizeof *other)) {
        return mtmi_error_memory(err);
    }
    figure->superseded = table;
    figure->superseded[figure->n_superseded++] = *other;
    return MTM_OK;
}

uint32_t mtmi_figure_coverage_flags(const mtmi_figure *figure) {
    uint32_t flags = 0;
    for (size_t i = 0; i < figure->trace.n_counted; i++) {
        const mtmi_absence *absence = figure->trace.counted[i].absence;
        for (size_t k = 0; absence != NULL && k < absence->n; k++) {
            if (!mtmi_counted_has(&figure->trace.counted[i], absence->gap[k].combination)) {
                continue;
            }
            flags |= absence->gap[k].kind == MTMI_GAP_OPEN       ? MTM_FLAG_AS_COVERED
                     : absence->gap[k].kind == MTMI_GAP_ORDINARY ? MTM_FLAG_COVERAGE_ASSUMED_ZERO
                                                                 : 0;
        }
    }
    return flags;
}

void mtmi_figure_move(mtmi_figure *to, mtmi_figure *from) {
    mtmi_figure_clear(to);
    *to = *from;
    mtmi_figure_start(from, NULL);
}

mtm_status mtmi_figure_copy(const mtmi_figure *figure, mtmi_figure *out, mtm_error *err) {
    mtmi_figure_clear(out);
    *out = *figure;
    out->trace = (mtmi_trace)MTMI_TRACE_INIT;
    out->extent = out->second = (mtmi_extent)MTMI_EXTENT_INIT;
    out->pieces = NULL;
    out->superseded = NULL;
    out->n_pieces = out->n_superseded = out->superseded_capacity = 0;
    if (figure->n_pieces > 0) {
        out->pieces = mtmi_memory_new(figure->n_pieces, sizeof *out->pieces);
        if (out->pieces == NULL) {
            return mtmi_error_memory(err);
        }
    }
    if (figure->n_pieces > 0) {
        memcpy(out->pieces, figure->pieces, figure->n_pieces * sizeof *out->pieces);
        out->n_pieces = figure->n_pieces;
    }
    for (size_t i = 0; i < figure->n_superseded; i++) {
        MTMI_CHECK_STATUS(mtmi_figure_supersede(out, &figure->superseded[i], err));
    }
    MTMI_CHECK_STATUS(mtmi_extent_copy(&figure->extent, &out->extent, err));
    return mtmi_trace_append(&out->trace, &figure->trace, err);
}

char mtmi_status_join(char a, char b) {
    static const char weakest_first[] = "EINPUBDVTZYX"; /* estimated before provisional before breaks */
    const char *at_a = strchr(weakest_first, a), *at_b = strchr(weakest_first, b);
    if (at_a == NULL || a == '\0') {
        return at_b != NULL && b != '\0' ? b : a;
    }
    return at_b == NULL || b == '\0' || at_a < at_b ? a : b;
}
