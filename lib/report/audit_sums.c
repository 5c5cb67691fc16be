/* In: published results. Out: equations over what is withheld, as a reader would write them down: parts make up totals,
 * net is in less out, a whole is more than what a group leaves of it, a remainder is more than those a longer list names.
 * Does not know any withheld number, nor how the marks were chosen. */
#include "report/audit_sums.h"

#include "base/buffer.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "period/period.h"
#include "report/scribe.h"

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

static const mtm_result *result_of(const mtmi_audit_sums *sums, size_t r) { return &sums->results->results[r]; }

static int is_confidential(const mtm_result *result) { return (result->flags & MTM_FLAG_MICRODATA) != 0; }

static mtm_period day_of(const mtm_result *result) {
    return result->observed.first != MTMI_DAY_NONE ? result->observed : result->period;
}

/* A name says what is counted; the result's own number makes it its own. group and code may be NULL. */
static char *make_name(mtmi_audit_sums *sums, size_t r, const char *measure, const char *second, int grouped,
                       const char *code, int own, mtm_period period) {
    const mtm_result *result = result_of(sums, r);
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
    return make_name(sums, r, result_of(sums, r)->measure, result_of(sums, r)->second, 1, NULL, 0, period);
}

static char *row_name(mtmi_audit_sums *sums, size_t r, size_t row) {
    const mtm_result *result = result_of(sums, r);
    int remainder = result->rows[row].row.kind == MTM_MEMBER_OTHER;
    return make_name(sums, r, result->measure, result->second, 0, result->rows[row].code, remainder, day_of(result));
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
        (mtmi_printed){name,  r, index, place, hidden, !is_confidential(result_of(sums, r)), hidden ? 0 : scaled(sums, value),
                       MTMI_NO_UNKNOWN};
}

static void read_result(mtmi_audit_sums *sums, size_t r) {
    const mtm_result *result = result_of(sums, r);
    const mtmi_mask *mask = &sums->masks->of[r];
    int confidential = is_confidential(result);
    if (result->has_value || (confidential && mask->value)) {
        add_printed(sums, r, MTMI_AUDIT_VALUE, 0, total_name(sums, r, day_of(result)), confidential && mask->value,
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

static size_t add_unknown(mtmi_audit_sums *sums, size_t first, size_t result, int may_be_negative) {
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
                const mtm_result *result = result_of(sums, number->result);
                int is_signed = result->statistic == MTMI_STATISTIC_NET;
                unknown = unknown == MTMI_NO_UNKNOWN ? add_unknown(sums, next, number->result, is_signed) : unknown;
                number->unknown = unknown;
            }
        }
    }
}

/* The first confidential number of a name, else a public one; n_printed for none. Frees the name. */
static size_t find_name(mtmi_audit_sums *sums, char *name) {
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

static size_t find_place(const mtmi_audit_sums *sums, size_t r, mtmi_audit_place place, size_t index) {
    for (size_t i = 0; i < sums->n_printed; i++) {
        const mtmi_printed *number = &sums->printed[i];
        if (number->result == r && number->place == place && number->index == index) {
            return i;
        }
    }
    return sums->n_printed;
}

/* An equation under way. */
typedef struct draft {
    mtmi_audit_sums *sums;
    size_t first, result;
    mtmi_wide known; /* of the shown ones; terms + known = 0 */
    size_t n;
} draft;

static draft begin(mtmi_audit_sums *sums, size_t result) { return (draft){sums, sums->n_terms, result, 0, 0}; }

static void add_term(draft *d, size_t unknown, int sign) {
    void *terms = d->sums->terms;
    if (!mtmi_memory_reserve(&terms, &d->sums->terms_capacity, d->sums->n_terms + 1, sizeof *d->sums->terms)) {
        d->sums->failed = 1;
        return;
    }
    d->sums->terms = terms;
    d->sums->terms[d->sums->n_terms++] = (mtmi_equation_term){d->sums->n_equations, unknown, sign};
    d->n++;
}

static void add_number(draft *d, size_t at, int sign) {
    const mtmi_printed *number = &d->sums->printed[at];
    if (number->unknown != MTMI_NO_UNKNOWN) {
        add_term(d, number->unknown, sign);
    } else {
        d->known += (mtmi_wide)sign * number->value;
    }
}

/* With a rest (sign of it, 0 for none) that is printed nowhere. An equation of shown numbers alone gives the rest away. */
static void end(draft *d, int rest_sign) {
    mtmi_audit_sums *sums = d->sums;
    int64_t threshold = sums->masks->threshold * mtmi_decimal_power(sums->decimals);
    if (d->n == 0) {
        mtmi_wide rest = rest_sign > 0 ? -d->known : d->known;
        if (rest_sign != 0 && rest > 0 && rest < threshold) {
            sums->narrow = d->result;
        }
        return;
    }
    if (rest_sign != 0) {
        add_term(d, add_unknown(sums, MTMI_NO_UNKNOWN, d->result, 0), rest_sign);
    }
    void *rights = sums->rights;
    if (!mtmi_memory_reserve(&rights, &sums->equations_capacity, sums->n_equations + 1, sizeof *sums->rights)) {
        sums->failed = 1;
        return;
    }
    sums->rights = rights;
    sums->overflow |= d->known > INT64_MAX || d->known < -INT64_MAX;
    sums->rights[sums->n_equations++] = sums->overflow ? 0 : (int64_t)-d->known;
}

static int is_among_parts(int kind) { return kind != MTM_MEMBER_GROUP && kind != MTM_MEMBER_TOTAL; }

static void write_parts(mtmi_audit_sums *sums, size_t r) {
    const mtm_result *result = result_of(sums, r);
    size_t total = find_place(sums, r, MTMI_AUDIT_VALUE, 0);
    int open = result->rows_are_selection;
    if (total == sums->n_printed || result->n_rows == 0 || sums->masks->of[r].uneven) {
        return;
    }
    draft d = begin(sums, r);
    add_number(&d, total, -1);
    for (size_t i = 0; i < result->n_rows; i++) {
        size_t at = is_among_parts(result->rows[i].row.kind) ? find_place(sums, r, MTMI_AUDIT_ROW, i) : sums->n_printed;
        if (at < sums->n_printed) {
            add_number(&d, at, 1);
        } else if (is_among_parts(result->rows[i].row.kind)) {
            open = 1;
        }
    }
    end(&d, open ? 1 : 0);
}

/* One number of a net result against its two directions; one that is printed nowhere is the rest. */
static void write_net(mtmi_audit_sums *sums, const mtmi_printed *net) {
    const mtm_result *result = result_of(sums, net->result);
    const char *code = net->place == MTMI_AUDIT_ROW ? result->rows[net->index].code : NULL;
    int own = code != NULL && result->rows[net->index].row.kind == MTM_MEMBER_OTHER;
    mtm_period when = day_of(result);
    if (net->place == MTMI_AUDIT_PREVIOUS || net->place == MTMI_AUDIT_LAST_YEAR) {
        when = result->comparisons[net->place == MTMI_AUDIT_PREVIOUS ? 0 : 1].period;
    } else if (net->place == MTMI_AUDIT_POINT) {
        when = result->points[net->index].period;
    }
    if (own) {
        return;
    }
    size_t in = find_name(sums, make_name(sums, net->result, result->measure, "", code == NULL, code, 0, when));
    size_t out = find_name(sums, make_name(sums, net->result, result->second, "", code == NULL, code, 0, when));
    if (in == sums->n_printed && out == sums->n_printed) {
        return;
    }
    draft d = begin(sums, net->result);
    add_number(&d, (size_t)(net - sums->printed), -1);
    if (in < sums->n_printed) {
        add_number(&d, in, 1);
    }
    if (out < sums->n_printed) {
        add_number(&d, out, -1);
    }
    end(&d, in == sums->n_printed ? 1 : out == sums->n_printed ? -1 : 0);
}

static int counts(const mtm_result *restricted, const char *code) {
    int member = mtm_codelist_contains(restricted->group, code, restricted->period);
    return restricted->outside ? !member : member;
}

/* whole = restricted + listed members that it does not count + a rest. listing NULL: no list. */
static void write_restricted(mtmi_audit_sums *sums, size_t whole, size_t restricted, const mtm_result *listing, size_t r) {
    const mtm_result *result = result_of(sums, sums->printed[restricted].result);
    draft d = begin(sums, sums->printed[restricted].result);
    add_number(&d, whole, -1);
    add_number(&d, restricted, 1);
    for (size_t i = 0; listing != NULL && i < listing->n_rows; i++) {
        size_t at = find_place(sums, r, MTMI_AUDIT_ROW, i);
        if (listing->rows[i].row.kind == MTM_MEMBER_CODE && at < sums->n_printed &&
            !counts(result, listing->rows[i].code)) {
            add_number(&d, at, 1);
        }
    }
    end(&d, 1);
}

static void write_groups(mtmi_audit_sums *sums, size_t at) {
    const mtmi_printed *number = &sums->printed[at];
    const mtm_result *result = result_of(sums, number->result);
    mtm_period when = day_of(result);
    int listed = 0;
    if (number->place == MTMI_AUDIT_PREVIOUS || number->place == MTMI_AUDIT_LAST_YEAR) {
        when = result->comparisons[number->place == MTMI_AUDIT_PREVIOUS ? 0 : 1].period;
    } else if (number->place == MTMI_AUDIT_POINT) {
        when = result->points[number->index].period;
    }
    size_t whole = find_name(sums, make_name(sums, number->result, result->measure, result->second, 0, NULL, 0, when));
    if (whole == sums->n_printed) {
        return;
    }
    for (size_t r = 0; r < sums->results->n; r++) {
        const mtm_result *other = result_of(sums, r);
        size_t total = find_place(sums, r, MTMI_AUDIT_VALUE, 0);
        if (is_confidential(other) && other->n_rows > 0 && total < sums->n_printed &&
            strcmp(sums->printed[total].name, sums->printed[whole].name) == 0) {
            listed = 1;
            write_restricted(sums, total, at, other, r);
        }
    }
    if (!listed) {
        write_restricted(sums, whole, at, NULL, 0);
    }
}

static int same(const char *a, const char *b) { return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0; }

static int names_row(const mtm_result *result, const char *code) {
    for (size_t i = 0; i < result->n_rows; i++) {
        if (strcmp(result->rows[i].code, code) == 0) {
            return 1;
        }
    }
    return 0;
}

static int are_of_one(const mtmi_audit_sums *sums, size_t a, size_t b) {
    const mtm_result *few = result_of(sums, a), *many = result_of(sums, b);
    return few->measure != NULL && few->n_rows > 0 && many->n_rows > 0 && same(few->measure, many->measure) && same(few->second, many->second) &&
           same(few->dimension, many->dimension) && mtmi_period_same(day_of(few), day_of(many)) &&
           !sums->masks->of[a].alone && !sums->masks->of[b].alone && few->statistic != MTMI_STATISTIC_NET;
}

static size_t find_remainder(const mtmi_audit_sums *sums, size_t r) {
    const mtm_result *result = result_of(sums, r);
    size_t remainder = sums->n_printed;
    for (size_t i = 0; i < result->n_rows; i++) {
        if (result->rows[i].row.kind == MTM_MEMBER_OTHER) {
            remainder = find_place(sums, r, MTMI_AUDIT_ROW, i);
        }
    }
    return remainder;
}

int mtmi_audit_counts_less(const mtmi_audit_sums *sums, size_t i, size_t j) {
    const mtmi_printed *named = &sums->printed[i], *other = &sums->printed[j];
    const mtm_result *list = result_of(sums, named->result);
    if (other->place != MTMI_AUDIT_ROW || list->rows[named->index].row.kind != MTM_MEMBER_CODE ||
        list->statistic == MTMI_STATISTIC_NET || find_remainder(sums, named->result) == sums->n_printed) {
        return 0;
    }
    const mtmi_result_row *row = &result_of(sums, other->result)->rows[other->index];
    if (other->result == named->result) {
        return row->row.kind == MTM_MEMBER_OTHER;
    }
    return row->row.kind == MTM_MEMBER_CODE && !other->public && are_of_one(sums, named->result, other->result) &&
           !names_row(list, row->code) && (list->group == NULL || counts(list, row->code));
}

/* Whether a list leaves room for members it does not name. */
static int is_open(const mtmi_audit_sums *sums, size_t r) {
    const mtm_result *result = result_of(sums, r);
    int open = result->rows_are_selection || find_place(sums, r, MTMI_AUDIT_VALUE, 0) == sums->n_printed;
    for (size_t i = 0; i < result->n_rows; i++) {
        open |= find_place(sums, r, MTMI_AUDIT_ROW, i) == sums->n_printed;
    }
    return open;
}

/* The remainder of list a holds the members that only list b names. */
static void write_tail(mtmi_audit_sums *sums, size_t a, size_t b) {
    const mtm_result *few = result_of(sums, a), *many = result_of(sums, b);
    size_t remainder = find_remainder(sums, a), found = 0;
    if (!are_of_one(sums, a, b) || (remainder == sums->n_printed && is_open(sums, a))) {
        return;
    }
    draft d = begin(sums, a);
    size_t first = sums->n_terms;
    if (remainder < sums->n_printed) {
        add_number(&d, remainder, -1);
    }
    for (size_t i = 0; i < many->n_rows; i++) {
        const char *code = many->rows[i].code;
        size_t at = find_place(sums, b, MTMI_AUDIT_ROW, i);
        if (many->rows[i].row.kind == MTM_MEMBER_CODE && at < sums->n_printed && !names_row(few, code) &&
            (few->group == NULL || counts(few, code))) {
            add_number(&d, at, 1);
            found++;
        }
    }
    if (found == 0) {
        sums->n_terms = first;
        return;
    }
    end(&d, remainder < sums->n_printed ? 1 : 0);
}

/* A number's twins would write the same equation again: the first of a name does, where it is one a reader would use. */
static int is_first(const mtmi_audit_sums *sums, size_t i) {
    for (; i > 0 && strcmp(sums->printed[i].name, sums->printed[i - 1].name) == 0; i--) {
        if (!sums->printed[i - 1].public) {
            return 0;
        }
    }
    return 1;
}

static void write_equations(mtmi_audit_sums *sums) {
    for (size_t r = 0; r < sums->results->n; r++) {
        if (is_confidential(result_of(sums, r)) && !mtmi_result_is_percent(result_of(sums, r))) {
            write_parts(sums, r);
        }
    }
    for (size_t i = 0; i < sums->n_printed; i++) {
        const mtm_result *result = result_of(sums, sums->printed[i].result);
        int linked = !sums->printed[i].public && result->measure != NULL &&
                     !sums->masks->of[sums->printed[i].result].alone && is_first(sums, i);
        if (linked && result->second != NULL && result->second[0] != '\0') {
            write_net(sums, &sums->printed[i]);
        }
        if (linked && result->group != NULL && sums->printed[i].place != MTMI_AUDIT_ROW &&
            result->statistic != MTMI_STATISTIC_NET) {
            write_groups(sums, i);
        }
    }
    for (size_t a = 0; a < sums->results->n; a++) {
        for (size_t b = 0; b < sums->results->n; b++) {
            if (a != b && is_confidential(result_of(sums, a)) && is_confidential(result_of(sums, b))) {
                write_tail(sums, a, b);
            }
        }
    }
}

static void find_decimals(mtmi_audit_sums *sums) {
    for (size_t r = 0; r < sums->results->n; r++) {
        const mtm_result *result = result_of(sums, r);
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
        if (!mtmi_result_is_percent(result) && (is_confidential(result) || result->measure != NULL)) {
            read_result(sums, r);
        }
    }
    if (!sums->failed) {
        if (sums->n_printed > 0) {
            qsort(sums->printed, sums->n_printed, sizeof *sums->printed, compare_printed);
        }
        name_unknowns(sums);
        write_equations(sums);
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
