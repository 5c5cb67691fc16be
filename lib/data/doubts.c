/* Sums with two readings: a row that may be the total of its peers, a group whose figure is not that of its listed
 * members, members that overlap, parts that fall short of their total where it is printed. The rows that such a sum would add are marked; whoever adds over the dimension refuses,
 * and the file stays as it is. */
#include "data/totals.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "codelist/match.h"
#include "data/ages.h"
#include "period/period.h"

#include <string.h>

typedef struct doubting {
    mtmi_builder *builder;
    int64_t *rest;   /* per member: in how many periods its figure equals that of all the others */
    int64_t n_short; /* lines whose printed total is above their parts; above is the first such total */
    int64_t n_whole; /* lines whose parts make the printed total */
    size_t most; /* parts of a line with a total: of lines with fewer, rows may be absent, and they are not weighed */
    int64_t n_lacking; /* lines without a total, where most totals are above their parts */
    uint32_t above;
    char *inside; /* per member: it is of moves within the country, where the table counts others too; NULL */
} doubting;

static mtm_status reserve_doubts(mtm_dataset *dataset, mtm_error *err) {
    if (dataset->doubts == NULL) {
        dataset->doubts = mtmi_memory_new(dataset->n, sizeof *dataset->doubts);
    }
    return dataset->doubts == NULL ? mtmi_error_memory(err) : MTM_OK;
}

static mtm_status mark_parts(const mtmi_table_line *line, mtm_error *err) {
    mtm_dataset *d = line->dataset;
    MTMI_CHECK_STATUS(reserve_doubts(d, err));
    for (size_t i = 0; i < line->n; i++) {
        d->doubts[line->rows[i]] |= mtmi_is_part(mtmi_line_member(line, i)) ? (uint32_t)1 << line->dimension : 0;
    }
    return MTM_OK;
}

/* Marks the parts of a line, and says why. a and b are the two readings. */
static mtm_status doubt(const doubting *with, const mtmi_table_line *line, mtmi_finding_kind kind, size_t at,
                        mtmi_wide a, mtmi_wide b, mtm_error *err) {
    mtm_dataset *d = line->dataset;
    const mtmi_member *member = mtmi_line_member(line, at);
    uint32_t row = line->rows[at];
    mtmi_finding finding = {kind,
                            (int32_t)line->dimension,
                            d->release_of[row],
                            d->lines[row],
                            0,
                            d->periods[row],
                            {0, 0, 0},
                            {0, 0, 0},
                            member->label != NULL ? member->label : member->code};
    mtm_status status = MTM_OK;
    MTMI_CHECK_STATUS(mark_parts(line, err));
    MTMI_TRY(mtmi_decimal_narrow(a, d->decimals, &finding.a, NULL));
    MTMI_TRY(mtmi_decimal_narrow(b, d->decimals, &finding.b, NULL));
out:
    return status == MTM_OK ? mtmi_builder_add_finding(with->builder, &finding, err) : MTM_OK;
}

/* A blank, a dash, an aggregate, an unknown word: the total of the others, or one more of them? */
static mtm_status look_for_totals(const doubting *with, const mtmi_table_line *line, mtmi_wide sum, size_t parts,
                                  mtm_error *err) {
    const mtm_dataset *d = line->dataset;

    for (size_t i = 0; i < line->n; i++) {
        const mtmi_member *member = mtmi_line_member(line, i);
        mtmi_wide own = d->values[line->rows[i]], rest = sum - own;
        int is_word =
            member->nameless == MTMI_NAMED && ((member->kind == MTM_MEMBER_UNCLASSIFIED && !member->ambiguous) ||
                                               (parts > 3 && mtmi_has_free_labels(&d->dimensions[line->dimension])));
        int may_be = member->nameless == MTMI_AGGREGATE || (member->nameless == MTMI_BLANK && own >= rest) ||
                     (is_word && parts > 2 && mtmi_is_sum(d, own, rest, parts - 1));
        if (mtmi_is_part(member) && may_be && parts > 1 && own != 0) {
            return doubt(with, line, MTMI_FINDING_MAY_BE_TOTAL, i, rest, sum, err);
        }
    }
    return MTM_OK;
}

/* "CIS 7; Uzbekistan 4; others 3": the three may be of the CIS or not. */
static mtm_status look_at_groups(const doubting *with, const mtmi_table_line *line, mtmi_wide sum, mtm_error *err) {
    const mtm_dataset *d = line->dataset;

    for (size_t i = 0; i < line->n; i++) {
        const mtmi_member *group = mtmi_line_member(line, i);
        mtmi_wide members = 0;
        size_t n = 0;
        if (group->kind != MTM_MEMBER_GROUP || group->index < 0 || !mtmi_dataset_has_value(d, line->rows[i])) {
            continue;
        }
        for (size_t k = 0; k < line->n; k++) {
            const mtmi_member *member = mtmi_line_member(line, k);
            if (member->kind == MTM_MEMBER_CODE &&
                mtmi_codelist_may_contain(group->code, member->code, d->periods[line->rows[k]])) {
                members += d->values[line->rows[k]];
                n++;
            }
        }
        if (n > 0 && d->values[line->rows[i]] > members && !mtmi_is_sum(d, d->values[line->rows[i]], members, n)) {
            return doubt(with, line, MTMI_FINDING_GROUP_EXCEEDS, i, sum, sum + d->values[line->rows[i]] - members, err);
        }
    }
    return MTM_OK;
}

/* 15-24 within 15-64: adding both counts the young twice. */
static mtm_status look_for_overlaps(const doubting *with, const mtmi_table_line *line, mtmi_wide sum, mtm_error *err) {
    for (size_t i = 0; i < line->n; i++) {
        const mtmi_member *a = mtmi_line_member(line, i);
        for (size_t k = 0; k < i && mtmi_is_part(a); k++) {
            const mtmi_member *b = mtmi_line_member(line, k);
            if (a != b && mtmi_is_part(b) && mtmi_ages_overlap(a->code, b->code)) {
                return doubt(with, line, MTMI_FINDING_OVERLAP, i, sum - line->dataset->values[line->rows[i]], sum, err);
            }
        }
    }
    return MTM_OK;
}

/* Moves within the country beside those across its border: "Внешняя миграция", "межрегиональная". No figure counts both. */
static int is_of_two_kinds(const doubting *with, const mtmi_table_line *line) {
    const mtmi_member *members = line->dataset->dimensions[line->dimension].members;
    int inside = 0, others = 0;
    for (size_t i = 0; with->inside != NULL && i < line->n; i++) {
        const mtmi_member *member = mtmi_line_member(line, i);
        const int counts = mtmi_is_part(member) && mtmi_dataset_has_value(line->dataset, line->rows[i]);
        inside |= counts && with->inside[member - members];
        others |= counts && !with->inside[member - members];
    }
    return inside && others;
}

/* Marks members of moves within the country; NULL where there are none, or all are of them. */
static mtm_status mark_inside(const mtm_dataset *dataset, size_t k, char **out, mtm_error *err) {
    const mtmi_dimension *d = &dataset->dimensions[k];
    char text[256];
    size_t inside = 0;
    *out = NULL;
    if (d->list != NULL || strcmp(mtmi_dataset_concept(dataset), "internal-migration") == 0) {
        return MTM_OK;
    }
    char *marks = mtmi_memory_new(d->n_members, 1);
    if (marks == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t m = 0; m < d->n_members; m++) {
        const char *label = d->members[m].label != NULL ? d->members[m].label : d->members[m].code;
        const size_t n = mtmi_text_normalise(label, strlen(label), text, sizeof text);
        marks[m] = (char)(n < sizeof text && mtmi_phrase_within(MTMI_PHRASE_INTERNAL, text));
        inside += (size_t)marks[m];
    }
    if (inside == 0) {
        mtmi_memory_free(marks);
        return MTM_OK;
    }
    *out = marks;
    return MTM_OK;
}

/* Things that the source counts apart; movements in and out beside one that is neither, or of a balance: they have no sum. */
static int has_no_sum(const mtmi_table_line *line, size_t parts) {
    const mtmi_dimension *d = &line->dataset->dimensions[line->dimension];
    int in = 0, out = 0, other = 0;
    if (strcmp(d->name, "indicator") == 0) {
        return parts > 1;
    }
    for (size_t i = 0; strcmp(d->name, "direction") == 0 && i < line->n; i++) {
        const mtmi_member *member = mtmi_line_member(line, i);
        const int is_code = member->kind == MTM_MEMBER_CODE;
        in |= is_code && strcmp(member->code, "IN") == 0;
        out |= is_code && strcmp(member->code, "OUT") == 0;
        other |= member->kind == MTM_MEMBER_UNCLASSIFIED && member->nameless == MTMI_NAMED;
    }
    return in && out && (other || strcmp(mtmi_dataset_concept(line->dataset), "net-migration") == 0);
}

static mtm_status look_for_measures(const doubting *with, const mtmi_table_line *line, mtmi_wide sum, mtm_error *err) {
    size_t at = 0;
    while (!mtmi_is_part(mtmi_line_member(line, at)) || !mtmi_dataset_has_value(line->dataset, line->rows[at])) {
        at++;
    }
    return doubt(with, line, MTMI_FINDING_MEASURES, at, line->dataset->values[line->rows[at]], sum, err);
}

/* The number of parts with a figure, their sum, and the row of the total; -1 where there is none. */
static size_t add_parts(const mtmi_table_line *line, mtmi_wide *sum, int64_t *total) {
    size_t parts = 0;
    *sum = 0;
    *total = -1;
    for (size_t i = 0; i < line->n; i++) {
        const mtmi_member *member = mtmi_line_member(line, i);
        if (member->kind == MTM_MEMBER_TOTAL) {
            *total = line->rows[i];
        } else if (mtmi_is_part(member) && mtmi_dataset_has_value(line->dataset, line->rows[i])) {
            *sum += line->dataset->values[line->rows[i]];
            parts++;
        }
    }
    return parts;
}

static mtm_status weigh_total(void *context, const mtmi_table_line *line, mtm_error *err) {
    doubting *with = context;
    const mtm_dataset *d = line->dataset;
    mtmi_wide sum;
    int64_t total;
    const size_t parts = add_parts(line, &sum, &total);
    (void)err;
    if (parts < 2 || parts < with->most || total < 0 || !mtmi_dataset_has_value(d, (size_t)total)) {
        return MTM_OK;
    }
    if (parts > with->most) {
        with->most = parts;
        with->n_short = with->n_whole = 0;
    }
    const int is_short = d->values[total] > sum && !mtmi_is_sum(d, d->values[total], sum, parts);
    if (is_short && with->n_short++ == 0) {
        with->above = (uint32_t)total;
    }
    with->n_whole += !is_short;
    return MTM_OK;
}

/* Lists of the largest and the like: what the total has beside them is in no row, and their sum is not the total. Said of
 * the first such line. */
static mtm_status look_for_the_total(doubting *with, const mtmi_table_line *line, mtmi_wide sum, size_t parts,
                                     mtm_error *err) {
    mtm_dataset *d = line->dataset;
    if (with->n_short <= with->n_whole || parts > with->most) {
        return MTM_OK;
    }
    if (with->n_lacking++ > 0) {
        return mark_parts(line, err);
    }
    MTMI_CHECK_STATUS(doubt(with, line, MTMI_FINDING_TOTAL_LACKS, 0, sum, d->values[with->above], err));
    d->findings[d->n_findings - 1].other_line = d->lines[with->above];
    return MTM_OK;
}

static mtm_status look_at_line(void *context, const mtmi_table_line *line, mtm_error *err) {
    doubting *with = context;
    const mtm_dataset *d = line->dataset;
    mtmi_wide sum;
    int64_t total;
    const size_t parts = add_parts(line, &sum, &total);
    mtm_status status = MTM_OK;
    if (total < 0 || !mtmi_dataset_has_value(d, (size_t)total)) {
        MTMI_TRY(look_for_the_total(with, line, sum, parts, err));
    }
    if (total >= 0) { /* a printed total comes first */
        return MTM_OK;
    }
    if (parts < 2) {
        return parts == 0 ? MTM_OK : look_at_groups(with, line, sum, err);
    }
    if (has_no_sum(line, parts) || is_of_two_kinds(with, line)) {
        MTMI_TRY(look_for_measures(with, line, sum, err));
        goto out;
    }
    MTMI_TRY(look_for_totals(with, line, sum, parts, err));
    MTMI_TRY(look_at_groups(with, line, sum, err));
    if (mtmi_ages_dimension(&d->dimensions[line->dimension])) {
        MTMI_TRY(look_for_overlaps(with, line, sum, err));
    }
out:
    for (size_t i = 0; i < line->n && parts > 2; i++) {
        const mtmi_member *member = mtmi_line_member(line, i);
        mtmi_wide own = d->values[line->rows[i]];
        with->rest[member - d->dimensions[line->dimension].members] +=
            member->kind == MTM_MEMBER_CODE && own != 0 && mtmi_dataset_has_value(d, line->rows[i]) && own == sum - own;
    }
    return status;
}

/* Whether totals are printed, and not alone. */
static int has_totals(const mtm_dataset *dataset, size_t k) {
    const int64_t n = dataset->dimensions[k].members[0].n_rows;
    return n > 0 && n < (int64_t)dataset->n;
}

/* Whether a dimension can have a sum with two readings at all. */
static int is_worth(const mtmi_dimension *d) {
    int worth = d->n_members > 2 &&
                (mtmi_ages_dimension(d) || strcmp(d->name, "indicator") == 0 || strcmp(d->name, "direction") == 0);

    for (size_t m = 0; m < d->n_members && !worth; m++) {
        const mtmi_member *member = &d->members[m];
        worth = member->n_rows > 0 && (member->nameless != MTMI_NAMED || member->kind == MTM_MEMBER_UNCLASSIFIED ||
                                       (member->kind == MTM_MEMBER_GROUP && member->index >= 0));
    }
    return worth;
}

/* A known member is never taken for a total; that it equals the rest again and again is said. */
static mtm_status note_rests(const doubting *with, size_t k, mtm_error *err) {
    const mtmi_dimension *d = &mtmi_builder_dataset(with->builder)->dimensions[k];
    for (size_t m = 1; m < d->n_members; m++) {
        const mtmi_member *member = &d->members[m];
        mtmi_finding finding = {
            MTMI_FINDING_EQUALS_REST, (int32_t)k, 0,
            member->first_line,       0,          MTMI_PERIOD_NONE,
            {with->rest[m], 0, 0},    {0, 0, 0},  member->label != NULL ? member->label : member->code};
        if (with->rest[m] >= 3) {
            MTMI_CHECK_STATUS(mtmi_builder_add_finding(with->builder, &finding, err));
        }
    }
    return MTM_OK;
}

static mtm_status doubt_dimension(mtmi_builder *builder, size_t k, mtm_error *err) {
    mtm_dataset *dataset = mtmi_builder_dataset(builder);
    doubting with = {builder, mtmi_memory_new(dataset->dimensions[k].n_members, sizeof *with.rest), 0, 0, 0, 0, 0,
                     NULL};
    mtm_status status = with.rest == NULL ? mtmi_error_memory(err) : MTM_OK;
    MTMI_TRY(status);
    MTMI_TRY(mark_inside(dataset, k, &with.inside, err));
    if (has_totals(dataset, k)) {
        MTMI_TRY(mtmi_lines_each(dataset, k, NULL, weigh_total, &with, err));
    }
    MTMI_TRY(mtmi_lines_each(dataset, k, NULL, look_at_line, &with, err));
    MTMI_TRY(note_rests(&with, k, err));
out:
    mtmi_memory_free(with.inside);
    mtmi_memory_free(with.rest);
    return status;
}

mtm_status mtmi_totals_doubt(mtmi_builder *builder, mtm_error *err) {
    mtm_dataset *dataset = mtmi_builder_dataset(builder);

    if (dataset->microdata || dataset->kind == MTM_KIND_SHARE) {
        return MTM_OK;
    }
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        const mtmi_dimension *d = &dataset->dimensions[k];
        const int is_free =
            d->list == NULL && mtmi_has_free_labels(d); /* two moves may be within and across the border */
        if (!d->selection &&
            (is_worth(d) || has_totals(dataset, k) ||
             (dataset->n <= 20000 && d->n_members > (is_free ? 2 : 3) && (d->list != NULL || is_free)))) {
            MTMI_CHECK_STATUS(doubt_dimension(builder, k, err));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_totals_doubt_home(mtm_dataset *dataset, const char *country, mtm_error *err) {
    const int k = mtmi_dataset_find_dimension(dataset, "country");
    const int home = k >= 0 && country[0] != '\0' ? mtmi_dataset_find_member(dataset, k, country) : -1;
    const int counts_own = strcmp(mtmi_dataset_concept(dataset), "border-crossings") == 0; /* citizens cross too */
    if (counts_own || home < 0 || dataset->dimensions[k].members[home].n_rows == 0) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(reserve_doubts(dataset, err));
    for (size_t i = 0; i < dataset->n; i++) {
        dataset->doubts[i] |= (uint32_t)1 << k;
    }
    return MTM_OK;
}
