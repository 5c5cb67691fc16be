/* Totals by arithmetic (docs/methodology.md, "Totals"). A row that names no member of the code list - a blank, a dash, the
 * code of an aggregate, a word nobody knows - is the total of its peers over one dimension when its figure is their sum
 * wherever it appears: in two periods, or with three parts. Where a dimension has no list, no label is known, and one is the
 * total where it is the sum of three others and more in two periods, or of three in one where it alone names a country:
 * "Республика Беларусь" above its regions. A known member is never taken for a total. */
#include "data/totals.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "data/ages.h"
#include "period/period.h"

#include <string.h>

enum { LONG_TABLE = 1 << 15, SAMPLES = 3 };

/* What the lines say of one member: [0] among all its peers, [1] among those that have a name. */
typedef struct evidence {
    int64_t equal[2], unequal[2];
    int64_t lines, most_parts;
    mtm_period period; /* the first */
    int several_periods;
} evidence;

typedef struct proving {
    evidence *of; /* one per member */
    int is_free;  /* labels without a list may be totals too */
} proving;

int mtmi_has_free_labels(const mtmi_dimension *d) {
    static const char *const kinds[] = {"indicator", "round", "level", "operation", "assessment-type", "reason"};
    int is_free = d->list == NULL && !mtmi_ages_dimension(d);
    for (size_t i = 0; is_free && i < sizeof kinds / sizeof *kinds; i++) {
        is_free = strcmp(d->name, kinds[i]) != 0;
    }
    return is_free;
}

static int is_candidate(const mtmi_member *member, int is_free) {
    return mtmi_may_be_total(member) || (member->kind == MTM_MEMBER_CODE && is_free);
}

/* The sum of the parts of a line. 0 where a figure is missing: then nothing is proved. */
static int add_parts(const mtmi_table_line *line, int named_only, mtmi_wide *sum, size_t *parts, int64_t *total) {
    *sum = 0;
    *parts = 0;
    *total = -1;
    for (size_t i = 0; i < line->n; i++) {
        const mtmi_member *member = mtmi_line_member(line, i);
        if (member->kind == MTM_MEMBER_TOTAL) {
            *total = line->rows[i];
        }
        if (!mtmi_is_part(member) || (named_only && member->nameless != MTMI_NAMED)) {
            continue;
        }
        if (!mtmi_dataset_has_value(line->dataset, line->rows[i])) {
            return 0;
        }
        *sum += line->dataset->values[line->rows[i]];
        ++*parts;
    }
    return 1;
}

static void note_period(evidence *proof, mtm_period period) {
    proof->several_periods |= proof->lines > 0 && !mtmi_period_same(proof->period, period);
    proof->period = proof->lines == 0 ? period : proof->period;
    proof->lines++;
}

static mtm_status collect(void *context, const mtmi_table_line *line, mtm_error *err) {
    const proving *with = context;
    const mtm_dataset *dataset = line->dataset;
    mtmi_wide sum[2];
    size_t parts[2];
    int64_t total;
    int whole[2] = {add_parts(line, 0, &sum[0], &parts[0], &total), add_parts(line, 1, &sum[1], &parts[1], &total)};

    (void)err;
    for (size_t i = 0; i < line->n; i++) {
        const mtmi_member *member = mtmi_line_member(line, i);
        evidence *proof = &with->of[dataset->dimensions[line->dimension].codes[line->rows[i]]];
        if (!is_candidate(member, with->is_free) || !mtmi_dataset_has_value(dataset, line->rows[i])) {
            continue;
        }
        mtmi_wide own = dataset->values[line->rows[i]];
        for (int named = 0; named < 2; named++) {
            int is_in = !named || member->nameless == MTMI_NAMED;
            mtmi_wide rest = sum[named] - (is_in ? own : 0);
            size_t peers = parts[named] - (size_t)is_in;
            int same = mtmi_is_sum(dataset, own, rest, peers) && (total < 0 || dataset->values[total] == own);
            if (!whole[named] || peers == 0 || (own == 0 && rest == 0)) {
                continue;
            }
            proof->equal[named] += same && peers > 1;
            proof->unequal[named] += !same;
            proof->most_parts = same && (int64_t)peers > proof->most_parts ? (int64_t)peers : proof->most_parts;
            if (named == 0) {
                note_period(proof, dataset->periods[line->rows[i]]);
            }
        }
    }
    return MTM_OK;
}

static int is_proved(const evidence *proof) {
    for (int named = 0; named < 2; named++) {
        if (proof->unequal[named] == 0 && proof->equal[named] > 0 &&
            (proof->several_periods || proof->most_parts >= 3 || proof->equal[named] >= 2)) {
            return 1;
        }
    }
    return 0;
}

/* Labels that no list knows are all alike: one of them is the total of three or more others in two periods, or is not. */
static int is_proved_twice(const evidence *proof) {
    return proof->several_periods && proof->most_parts >= 3 && proof->equal[0] >= 2;
}

static int names_country(const mtmi_member *member) {
    const char *label = member->label != NULL ? member->label : member->code;
    mtmi_label_match match;
    mtmi_codelist_match(mtmi_codelist_get("country"), label, strlen(label), 0, &match);
    return member->kind == MTM_MEMBER_CODE && member->n_rows > 0 && match.kind == MTM_MATCH_CODE;
}

/* The country whose parts the other labels are: its name says what its figures prove. */
static int is_country_of_parts(const mtmi_dimension *d, size_t m, const evidence *proof) {
    int is_only = proof->most_parts >= 3 && names_country(&d->members[m]);
    for (size_t i = 1; i < d->n_members && is_only; i++) {
        is_only = i == m || !names_country(&d->members[i]);
    }
    return is_only;
}

/* The member's rows become rows of the total. */
static mtm_status take_as_total(mtmi_builder *builder, size_t k, int32_t m, mtmi_finding_kind kind, mtm_error *err) {
    mtm_dataset *dataset = mtmi_builder_dataset(builder);
    mtmi_dimension *d = &dataset->dimensions[k];
    const mtmi_member *member = &d->members[m];
    mtmi_finding finding = {kind,
                            (int32_t)k,
                            0,
                            member->first_line,
                            0,
                            MTMI_PERIOD_NONE,
                            {member->n_rows, 0, 0},
                            {0, 0, 0},
                            member->label != NULL ? member->label : member->code};

    for (size_t i = 0; i < dataset->n; i++) {
        d->codes[i] = d->codes[i] == m ? 0 : d->codes[i];
    }
    d->members[0].n_rows += d->members[m].n_rows;
    d->members[m].n_rows = 0;
    return mtmi_builder_add_finding(builder, &finding, err);
}

static int has_candidates(const mtmi_dimension *d, int is_free) {
    for (size_t m = 0; m < d->n_members; m++) {
        if (is_candidate(&d->members[m], is_free) && d->members[m].n_rows > 0) {
            return d->n_members > 3; /* the total, the candidate and two parts */
        }
    }
    return 0;
}

/* Whether no label is proved, whatever the rest of a long table says: the lines of a few of its periods contradict each. */
static mtm_status disprove(mtm_dataset *dataset, size_t dimension, proving *with, int *none, mtm_error *err) {
    const mtmi_dimension *d = &dataset->dimensions[dimension];
    *none = 0;
    for (size_t i = 0; dataset->n >= LONG_TABLE && i < SAMPLES && !*none; i++) {
        const mtm_period only = dataset->periods[i * (dataset->n - 1) / (SAMPLES - 1)];
        MTMI_CHECK_STATUS(mtmi_lines_each(dataset, dimension, &only, collect, with, err));
        *none = 1;
        for (size_t m = 1; m < d->n_members; m++) {
            const int is_asked = is_candidate(&d->members[m], with->is_free) && d->members[m].n_rows > 0;
            *none &= !is_asked || (with->of[m].unequal[0] > 0 && with->of[m].unequal[1] > 0);
        }
    }
    memset(with->of, 0, d->n_members * sizeof *with->of);
    return MTM_OK;
}

mtm_status mtmi_totals_find(mtm_dataset *dataset, size_t dimension, unsigned char *proved, mtm_error *err) {
    const mtmi_dimension *d = &dataset->dimensions[dimension];
    const int is_free = mtmi_has_free_labels(d);
    proving with = {NULL, is_free};
    int none = 0;
    mtm_status status = MTM_OK;
    memset(proved, 0, d->n_members);
    if (d->selection || dataset->microdata || dataset->kind == MTM_KIND_SHARE || !has_candidates(d, is_free)) {
        return MTM_OK;
    }
    with.of = mtmi_memory_new(d->n_members, sizeof *with.of);
    MTMI_TRY(with.of == NULL ? mtmi_error_memory(err) : disprove(dataset, dimension, &with, &none, err));
    if (none) {
        goto out;
    }
    MTMI_TRY(mtmi_lines_each(dataset, dimension, NULL, collect, &with, err));
    for (size_t m = 1; m < d->n_members; m++) {
        proved[m] = is_candidate(&d->members[m], is_free) && is_proved(&with.of[m]) &&
                    (mtmi_may_be_total(&d->members[m]) || is_proved_twice(&with.of[m]) ||
                     is_country_of_parts(d, m, &with.of[m]));
    }
out:
    mtmi_memory_free(with.of);
    return status;
}

static mtm_status prove_dimension(mtmi_builder *builder, size_t k, mtm_error *err) {
    mtm_dataset *dataset = mtmi_builder_dataset(builder);
    size_t n = dataset->dimensions[k].n_members;
    unsigned char *proved = mtmi_memory_new(n, 1);
    mtm_status status = MTM_OK;
    MTMI_TRY(proved == NULL ? mtmi_error_memory(err) : mtmi_totals_find(dataset, k, proved, err));
    for (size_t m = 1; m < n; m++) {
        if (proved[m]) {
            MTMI_TRY(take_as_total(builder, k, (int32_t)m, MTMI_FINDING_TOTAL_PROVED, err));
        }
    }
out:
    mtmi_memory_free(proved);
    return status;
}

mtm_status mtmi_totals_prove(mtmi_builder *builder, mtm_error *err) {
    mtm_dataset *dataset = mtmi_builder_dataset(builder);
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        const mtmi_dimension *d = &dataset->dimensions[k];
        if (has_candidates(d, mtmi_has_free_labels(d))) {
            MTMI_CHECK_STATUS(prove_dimension(builder, k, err));
        }
    }
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        int32_t aligned = -1;
        MTMI_CHECK_STATUS(mtmi_totals_aligned(dataset, k, &aligned, err));
        if (aligned > 0) {
            MTMI_CHECK_STATUS(take_as_total(builder, k, aligned, MTMI_FINDING_TOTAL_ALIGNED, err));
        }
    }
    return MTM_OK;
}
