/* In: published results. Out: equations over what is withheld, as a reader would write them down: parts make up
 * totals, net is in less out, a whole is more than what a group leaves of it, a remainder is more than those a longer
 * list names. Does not know any withheld number, nor how the marks were chosen. */
#include "disclosure/audit_sums.h"

#include "base/buffer.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "period/period.h"
#include "report/text_builder.h"

#include <stdlib.h>
#include <string.h>

void mtmi_audit_sums_clear(mtmi_audit_sums *sums) {
    for (size_t i = 0; i < sums->n_printed; i++) {
        mtmi_memory_free(sums->printed[i].name);
    }
    mtmi_memory_free(sums->printed);
    mtmi_memory_free(sums->unknowns);
    mtmi_memory_free(sums->terms);
    mtmi_memory_free(sums->rights);
    memset(sums, 0, sizeof *sums);
}

int mtmi_audit_is_narrow(int64_t low, int64_t high, int64_t threshold) {
    return low >= 1 ? low < threshold : high >= 1 && high < threshold;
}

const mtm_result *mtmi_audit_result(const mtmi_audit_sums *sums, size_t r) { return &sums->results->results[r]; }

int mtmi_audit_is_confidential(const mtm_result *result) { return (result->flags & MTM_FLAG_MICRODATA) != 0; }

mtm_period mtmi_audit_day(const mtm_result *result) {
    return result->observed.first != MTMI_DAY_NONE ? result->observed : result->period;
}

/* A name says what is counted; the result's own number makes it its own. group and code may be NULL. */
char *mtmi_audit_name(mtmi_audit_sums *sums, size_t r, const char *measure, const char *second, int grouped,
                       const char *code, int own, mtm_period period) {
    const mtm_result *result = mtmi_audit_result(sums, r);
    mtmi_buffer name = MTMI_BUFFER_INIT;
    const char *const parts[] = {measure, second, grouped ? result->group : NULL,
                                 grouped && result->group != NULL && result->outside ? "outside" : "",
                                 code != NULL ? result->dimension : NULL, code};
    own |= measure == NULL || sums->masks->of[r].alone;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        mtmi_buffer_text(&name, own && i < 4 ? "" : parts[i] != NULL ? parts[i] : "");
        mtmi_buffer_char(&name, '\x1F');
    }
    mtmi_buffer_int(&name, own ? (int64_t)r : -1);
    mtmi_buffer_char(&name, '\x1F');
    mtmi_buffer_int(&name, period.first);
    mtmi_buffer_char(&name, '\x1F');
    mtmi_buffer_int(&name, period.last);
    if (name.failed) {
        mtmi_buffer_free(&name);
        sums->failed = 1;
        return NULL;
    }
    return name.data;
}

static char *total_name(mtmi_audit_sums *sums, size_t r, mtm_period period) {
    return mtmi_audit_name(sums, r, mtmi_audit_result(sums, r)->measure, mtmi_audit_result(sums, r)->second, 1, NULL, 0,
                           period);
}

static char *row_name(mtmi_audit_sums *sums, size_t r, size_t row) {
    const mtm_result *result = mtmi_audit_result(sums, r);
    int remainder = result->rows[row].row.kind == MTM_MEMBER_OTHER;
    return mtmi_audit_name(sums, r, result->measure, result->second, 0, result->rows[row].code, remainder,
                           mtmi_audit_day(result));
}

static int64_t scaled(mtmi_audit_sums *sums, mtm_decimal number) {
    mtm_decimal out = {0, 0, 0};
    if (mtmi_decimal_narrow(mtmi_decimal_rescale(number.units, number.decimals, sums->decimals), sums->decimals, &out,
                            NULL) != MTM_OK) {
        sums->overflow = 1;
    }
    return out.units;
}

static void add_printed(mtmi_audit_sums *sums, size_t r, mtmi_audit_place place, size_t index, char *name, int hidden,
                        mtm_decimal value) {
    void *printed = sums->printed;
    if (name == NULL ||
        !mtmi_memory_reserve(&printed, &sums->printed_capacity, sums->n_printed + 1, sizeof *sums->printed)) {
        sums->failed = 1;
        mtmi_memory_free(name);
        return;
    }
    sums->printed = printed;
    sums->printed[sums->n_printed++] =
        (mtmi_printed){name,  r, index, place, hidden, !mtmi_audit_is_confidential(mtmi_audit_result(sums, r)),
                       hidden ? 0 : scaled(sums, value),
                       MTMI_NO_UNKNOWN};
}

static void read_result(mtmi_audit_sums *sums, size_t r) {
    const mtm_result *result = mtmi_audit_result(sums, r);
    const mtmi_mask *mask = &sums->masks->of[r];
    int confidential = mtmi_audit_is_confidential(result);
    if (result->has_value || (confidential && mask->value)) {
        add_printed(sums, r, MTMI_AUDIT_VALUE, 0, total_name(sums, r, mtmi_audit_day(result)), confidential &&
                    mask->value,
                    result->value);
    }
    for (int with = 0; with < 2; with++) {
        const mtm_comparison *comparison = &result->comparisons[with];
        int hidden = confidential && mask->bases[with];
        if (result->has_comparison[with] && (comparison->has_base || hidden)) {
            add_printed(sums, r, with == 0 ? MTMI_AUDIT_PREVIOUS : MTMI_AUDIT_LAST_YEAR, 0,
                        total_name(sums, r, comparison->period), hidden, comparison->base);
        }
    }
    for (size_t i = 0; i < result->n_rows; i++) {
        int hidden = confidential && mask->rows[i];
        if (result->rows[i].row.has_value || hidden) {
            add_printed(sums, r, MTMI_AUDIT_ROW, i, row_name(sums, r, i), hidden, result->rows[i].row.value);
        }
    }
    for (size_t i = 0; i < result->n_points; i++) {
        add_printed(sums, r, MTMI_AUDIT_POINT, i, total_name(sums, r, result->points[i].period),
                    confidential && mask->points[i], result->points[i].value);
    }
}

/* By name; of one name by place, so that the order is always the same. */
static int compare_printed(const void *left, const void *right) {
    const mtmi_printed *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    order = order != 0 ? order : (a->result > b->result) - (a->result < b->result);
    order = order != 0 ? order : ((int)a->place > (int)b->place) - ((int)a->place < (int)b->place);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

size_t mtmi_audit_add_unknown(mtmi_audit_sums *sums, size_t first, size_t result, int may_be_negative) {
    void *unknowns = sums->unknowns;
    if (!mtmi_memory_reserve(&unknowns, &sums->unknowns_capacity, sums->n_unknowns + 1, sizeof *sums->unknowns)) {
        sums->failed = 1;
        return MTMI_NO_UNKNOWN;
    }
    sums->unknowns = unknowns;
    sums->unknowns[sums->n_unknowns] = (mtmi_unknown){first, result, may_be_negative};
    return sums->n_unknowns++;
}

/* One unknown for each name that has a mark. */
static void name_unknowns(mtmi_audit_sums *sums) {
    for (size_t i = 0, next; i < sums->n_printed; i = next) {
        size_t unknown = MTMI_NO_UNKNOWN;
        for (next = i; next < sums->n_printed && strcmp(sums->printed[next].name, sums->printed[i].name) == 0; next++) {
            mtmi_printed *number = &sums->printed[next];
            if (number->hidden) {
                const mtm_result *result = mtmi_audit_result(sums, number->result);
                int is_signed = result->statistic == MTMI_STATISTIC_NET;
                unknown = unknown == MTMI_NO_UNKNOWN ? mtmi_audit_add_unknown(sums, next, number->result,
                                                                              is_signed) : unknown;
                number->unknown = unknown;
            }
        }
    }
}

/* The first confidential number of a name, else a public one; n_printed for none. Frees the name. */
size_t mtmi_audit_find_name(mtmi_audit_sums *sums, char *name) {
    size_t low = 0, high = sums->n_printed;
    while (name != NULL && low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(sums->printed[middle].name, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t found = sums->n_printed;
    for (size_t i = low; name != NULL && i < sums->n_printed && strcmp(sums->printed[i].name, name) == 0; i++) {
        if (found == sums->n_printed || (sums->printed[found].public && !sums->printed[i].public)) {
            found = i;
        }
    }
    mtmi_memory_free(name);
    return found;
}

size_t mtmi_audit_find_place(const mtmi_audit_sums *sums, size_t r, mtmi_audit_place place, size_t index) {
    for (size_t i = 0; i < sums->n_printed; i++) {
        const mtmi_printed *number = &sums->printed[i];
        if (number->result == r && number->place == place && number->index == index) {
            return i;
        }
    }
    return sums->n_printed;
}

static void find_decimals(mtmi_audit_sums *sums) {
    for (size_t r = 0; r < sums->results->n; r++) {
        const mtm_result *result = mtmi_audit_result(sums, r);
        int most = result->has_value && !mtmi_result_is_percent(result) ? result->value.decimals : 0;
        for (size_t i = 0; i < result->n_rows && !mtmi_result_is_percent(result); i++) {
            most = result->rows[i].row.value.decimals > most ? result->rows[i].row.value.decimals : most;
        }
        for (size_t i = 0; i < result->n_points && !mtmi_result_is_percent(result); i++) {
            most = result->points[i].value.decimals > most ? result->points[i].value.decimals : most;
        }
        for (int with = 0; with < 2 && !mtmi_result_is_percent(result); with++) {
            most = result->comparisons[with].base.decimals > most ? result->comparisons[with].base.decimals : most;
        }
        sums->decimals = most > sums->decimals ? most : sums->decimals;
    }
}

mtm_status mtmi_audit_sums_read(mtmi_audit_sums *sums, const mtm_results *published, const mtmi_masks *masks,
                                mtm_error *err) {
    memset(sums, 0, sizeof *sums);
    sums->results = published;
    sums->masks = masks;
    sums->narrow = SIZE_MAX;
    find_decimals(sums);
    for (size_t r = 0; r < published->n; r++) {
        const mtm_result *result = &published->results[r];
        if (!mtmi_result_is_percent(result) && (mtmi_audit_is_confidential(result) || result->measure != NULL)) {
            read_result(sums, r);
        }
    }
    if (!sums->failed) {
        if (sums->n_printed > 0) {
            qsort(sums->printed, sums->n_printed, sizeof *sums->printed, compare_printed);
        }
        name_unknowns(sums);
        mtmi_audit_write_equations(sums);
    }
    if (sums->failed) {
        return mtmi_error_memory(err);
    }
    if (sums->overflow) {
        return mtmi_error_set(err, MTM_ERROR_RANGE, 0, (mtmi_place){"results", 0, 0},
                              "confidential figures do not fit in 64 bits at one scale; use fewer decimals");
    }
    return MTM_OK;
}
