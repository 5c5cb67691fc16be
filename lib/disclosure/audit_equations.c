/* In: numbers in print, by name. Out: the equations that a reader could write down over those with a mark.
 * Does not know any withheld number, nor how the marks were chosen. */
#include "disclosure/audit_sums.h"

#include "base/decimal.h"
#include "base/memory.h"
#include "codelist/match.h"
#include "period/period.h"
#include "report/text_builder.h"

#include <string.h>

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

/* With a rest (sign of it, 0 for none) that is printed nowhere. An equation of shown numbers alone gives the rest
 * away. */
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
        add_term(d, mtmi_audit_add_unknown(sums, MTMI_NO_UNKNOWN, d->result, 0), rest_sign);
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
    const mtm_result *result = mtmi_audit_result(sums, r);
    size_t total = mtmi_audit_find_place(sums, r, MTMI_AUDIT_VALUE, 0);
    int open = result->rows_are_selection;
    if (total == sums->n_printed || result->n_rows == 0 || sums->masks->of[r].uneven) {
        return;
    }
    draft d = begin(sums, r);
    add_number(&d, total, -1);
    for (size_t i = 0; i < result->n_rows; i++) {
        size_t at = is_among_parts(result->rows[i].row.kind) ? mtmi_audit_find_place(sums, r, MTMI_AUDIT_ROW,
            i) : sums->n_printed;
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
    const mtm_result *result = mtmi_audit_result(sums, net->result);
    const char *code = net->place == MTMI_AUDIT_ROW ? result->rows[net->index].code : NULL;
    int own = code != NULL && result->rows[net->index].row.kind == MTM_MEMBER_OTHER;
    mtm_period when = mtmi_audit_day(result);
    if (net->place == MTMI_AUDIT_PREVIOUS || net->place == MTMI_AUDIT_LAST_YEAR) {
        when = result->comparisons[net->place == MTMI_AUDIT_PREVIOUS ? 0 : 1].period;
    } else if (net->place == MTMI_AUDIT_POINT) {
        when = result->points[net->index].period;
    }
    if (own) {
        return;
    }
    size_t in = mtmi_audit_find_name(sums, mtmi_audit_name(sums, net->result, result->measure, "", code == NULL, code,
                                                           0, when));
    size_t out = mtmi_audit_find_name(sums, mtmi_audit_name(sums, net->result, result->second, "", code == NULL, code,
                                                            0, when));
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
    int member = mtmi_codelist_has_member(restricted->group, code, restricted->period);
    return restricted->outside ? !member : member;
}

/* whole = restricted + listed members that it does not count + a rest. listing NULL: no list. */
static void write_restricted(mtmi_audit_sums *sums, size_t whole, size_t restricted, const mtm_result *listing,
                             size_t r) {
    const mtm_result *result = mtmi_audit_result(sums, sums->printed[restricted].result);
    draft d = begin(sums, sums->printed[restricted].result);
    add_number(&d, whole, -1);
    add_number(&d, restricted, 1);
    for (size_t i = 0; listing != NULL && i < listing->n_rows; i++) {
        size_t at = mtmi_audit_find_place(sums, r, MTMI_AUDIT_ROW, i);
        if (listing->rows[i].row.kind == MTM_MEMBER_CODE && at < sums->n_printed &&
            !counts(result, listing->rows[i].code)) {
            add_number(&d, at, 1);
        }
    }
    end(&d, 1);
}

static void write_groups(mtmi_audit_sums *sums, size_t at) {
    const mtmi_printed *number = &sums->printed[at];
    const mtm_result *result = mtmi_audit_result(sums, number->result);
    mtm_period when = mtmi_audit_day(result);
    int listed = 0;
    if (number->place == MTMI_AUDIT_PREVIOUS || number->place == MTMI_AUDIT_LAST_YEAR) {
        when = result->comparisons[number->place == MTMI_AUDIT_PREVIOUS ? 0 : 1].period;
    } else if (number->place == MTMI_AUDIT_POINT) {
        when = result->points[number->index].period;
    }
    size_t whole = mtmi_audit_find_name(sums, mtmi_audit_name(sums, number->result, result->measure, result->second, 0,
                                                              NULL, 0, when));
    if (whole == sums->n_printed) {
        return;
    }
    for (size_t r = 0; r < sums->results->n; r++) {
        const mtm_result *other = mtmi_audit_result(sums, r);
        size_t total = mtmi_audit_find_place(sums, r, MTMI_AUDIT_VALUE, 0);
        if (mtmi_audit_is_confidential(other) && other->n_rows > 0 && total < sums->n_printed &&
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
    const mtm_result *few = mtmi_audit_result(sums, a), *many = mtmi_audit_result(sums, b);
    return few->measure != NULL && few->n_rows > 0 && many->n_rows > 0 && same(few->measure, many->measure) &&
        same(few->second, many->second) &&
           same(few->dimension, many->dimension) && mtmi_period_same(mtmi_audit_day(few), mtmi_audit_day(many)) &&
           !sums->masks->of[a].alone && !sums->masks->of[b].alone && few->statistic != MTMI_STATISTIC_NET;
}

static size_t find_remainder(const mtmi_audit_sums *sums, size_t r) {
    const mtm_result *result = mtmi_audit_result(sums, r);
    size_t remainder = sums->n_printed;
    for (size_t i = 0; i < result->n_rows; i++) {
        if (result->rows[i].row.kind == MTM_MEMBER_OTHER) {
            remainder = mtmi_audit_find_place(sums, r, MTMI_AUDIT_ROW, i);
        }
    }
    return remainder;
}

int mtmi_audit_counts_less(const mtmi_audit_sums *sums, size_t i, size_t j) {
    const mtmi_printed *named = &sums->printed[i], *other = &sums->printed[j];
    const mtm_result *list = mtmi_audit_result(sums, named->result);
    if (other->place != MTMI_AUDIT_ROW || list->rows[named->index].row.kind != MTM_MEMBER_CODE ||
        list->statistic == MTMI_STATISTIC_NET || find_remainder(sums, named->result) == sums->n_printed) {
        return 0;
    }
    const mtmi_result_row *row = &mtmi_audit_result(sums, other->result)->rows[other->index];
    if (other->result == named->result) {
        return row->row.kind == MTM_MEMBER_OTHER;
    }
    return row->row.kind == MTM_MEMBER_CODE && !other->public && are_of_one(sums, named->result, other->result) &&
           !names_row(list, row->code) && (list->group == NULL || counts(list, row->code));
}

/* Whether a list leaves room for members it does not name. */
static int is_open(const mtmi_audit_sums *sums, size_t r) {
    const mtm_result *result = mtmi_audit_result(sums, r);
    int open = result->rows_are_selection || mtmi_audit_find_place(sums, r, MTMI_AUDIT_VALUE, 0) == sums->n_printed;
    for (size_t i = 0; i < result->n_rows; i++) {
        open |= mtmi_audit_find_place(sums, r, MTMI_AUDIT_ROW, i) == sums->n_printed;
    }
    return open;
}

/* The remainder of list a holds the members that only list b names. */
static void write_tail(mtmi_audit_sums *sums, size_t a, size_t b) {
    const mtm_result *few = mtmi_audit_result(sums, a), *many = mtmi_audit_result(sums, b);
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
        size_t at = mtmi_audit_find_place(sums, b, MTMI_AUDIT_ROW, i);
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

/* A number's twins would write the same equation again: the first confidential one of a name does. */
static int is_first(const mtmi_audit_sums *sums, size_t i) {
    for (; i > 0 && strcmp(sums->printed[i].name, sums->printed[i - 1].name) == 0; i--) {
        if (!sums->printed[i - 1].public) {
            return 0;
        }
    }
    return 1;
}

void mtmi_audit_write_equations(mtmi_audit_sums *sums) {
    for (size_t r = 0; r < sums->results->n; r++) {
        if (mtmi_audit_is_confidential(mtmi_audit_result(sums, r)) && !mtmi_result_is_percent(mtmi_audit_result(sums,
            r))) {
            write_parts(sums, r);
        }
    }
    for (size_t i = 0; i < sums->n_printed; i++) {
        const mtm_result *result = mtmi_audit_result(sums, sums->printed[i].result);
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
            if (a != b && mtmi_audit_is_confidential(mtmi_audit_result(sums, a)) &&
                mtmi_audit_is_confidential(mtmi_audit_result(sums, b))) {
                write_tail(sums, a, b);
            }
        }
    }
}
