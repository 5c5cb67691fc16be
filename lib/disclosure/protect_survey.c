/* Withholds the numbers of survey findings that could tell of single persons. Persons count, never weights. Primary: a
 * base, those who gave the answer, or those who did not are fewer than the threshold; then, until nothing changes, what
 * adds up with others is not withheld alone, and a difference goes with what it is made of. The invariant: of parts
 * that add up to a whole that is shown, none or at least two are withheld. */
#include "disclosure/protect_survey.h"
#include "survey/estimates.h"

#include "base/try.h"

#include <string.h>

static int same(const char *a, const char *b) {
    return strcmp(a, b) == 0;
}

static void withhold(mtmi_survey_line *line, int threshold) {
    const mtm_estimate was = line->of;
    const double none = was.se - was.se, nan = none / none; /* 0 / 0 */
    line->of.withheld = 1;
    line->of.estimate = line->of.se = line->of.df = line->of.low = line->of.high = nan;
    line->of.deff = line->of.deff_replace = line->of.n_effective = line->of.cv = nan;
    line->of.contributors = -1;
    line->of.n = was.n < threshold ? -1 : was.n;
    line->of.method = "none";
    line->of.unreliable = 0;
}

/* Lines that add up to something shown: the answers of a group, or the groups of a breakdown for an answer. */
static int adds_up(const mtmi_survey_finding *in, const mtmi_survey_line *a, const mtmi_survey_line *b, int of_groups) {
    if (a->kind != b->kind || a->kind > MTMI_SURVEY_GROUP || a->breakdown != b->breakdown) {
        return 0;
    }
    return of_groups ? a->kind == MTMI_SURVEY_GROUP && same(a->answer, b->answer)
                     : in->exclusive && same(a->group, b->group);
}

/* The line is withheld alone among those that it adds up with: the smallest of the others goes with it. */
static size_t protect_line(mtmi_survey_finding *in, const mtmi_survey_line *line, int of_groups, int threshold) {
    mtmi_survey_line *smallest = NULL;
    size_t n = 0;
    for (size_t i = 0; i < in->n_lines; i++) {
        mtmi_survey_line *other = &in->lines[i];
        if (!adds_up(in, line, other, of_groups)) {
            continue;
        }
        n += other->of.withheld != 0;
        if (!other->of.withheld && (smallest == NULL || other->least < smallest->least)) {
            smallest = other;
        }
    }
    if (n != 1 || smallest == NULL) {
        return 0;
    }
    withhold(smallest, threshold);
    return 1;
}

/* "A - B" or the group itself is withheld for the answer. */
static int part_is_withheld(const mtmi_survey_finding *in, const mtmi_survey_line *difference) {
    const char *minus = difference->kind == MTMI_SURVEY_BETWEEN ? strstr(difference->group, " - ") : NULL;
    for (size_t i = 0; i < in->n_lines; i++) {
        const mtmi_survey_line *line = &in->lines[i];
        size_t length = strlen(line->group);
        int is_part = same(line->group, difference->group);
        if (minus != NULL) {
            is_part = same(line->group, minus + 3) || (length == (size_t)(minus - difference->group) &&
                                                       memcmp(line->group, difference->group, length) == 0);
        }
        if (line->kind <= MTMI_SURVEY_GROUP && line->of.withheld && is_part && same(line->answer, difference->answer)) {
            return 1;
        }
    }
    return 0;
}

static size_t protect_rest(mtmi_survey_finding *in, int threshold) {
    size_t n = 0;
    for (size_t i = 0; i < in->n_lines; i++) {
        mtmi_survey_line *line = &in->lines[i];
        if (line->of.withheld) {
            n += protect_line(in, line, 0, threshold);
            n += protect_line(in, line, 1, threshold);
        } else if (line->kind > MTMI_SURVEY_GROUP && part_is_withheld(in, line)) {
            withhold(line, threshold);
            n++;
        }
    }
    return n;
}

/* The threshold in force; 0 for none. */
static int least_of(const mtmi_survey_finding *in, int threshold) {
    int least = threshold > 0 ? threshold : 0;
    return in->sensitive && least < MTMI_SENSITIVE ? MTMI_SENSITIVE : least;
}

static void protect_finding(mtmi_survey_finding *in, int least) {
    for (size_t i = 0; i < in->n_lines; i++) {
        if (!in->lines[i].of.withheld && in->lines[i].least < least) {
            withhold(&in->lines[i], least);
        }
    }
    while (least > 0 && protect_rest(in, least) > 0) {}
}

/* Before any name is entered in the ledger. */
static void hide_names(mtmi_survey_findings *findings, int threshold) {
    for (size_t f = 0; f < findings->n; f++) {
        for (size_t i = 0; least_of(&findings->all[f], threshold) > 0 && i < findings->all[f].n_lines; i++) {
            mtmi_survey_line_tell(&findings->all[f].lines[i]);
        }
    }
}

static mtm_status read_numbers(const mtmi_survey_findings *findings, int threshold, mtmi_survey_record *record,
                               mtm_error *err) {
    const int least[2] = {threshold, threshold < MTMI_SENSITIVE ? MTMI_SENSITIVE : threshold};
    for (int i = 0; i < 2; i++) {
        MTMI_CHECK_STATUS(mtmi_survey_numbers_read(&record->parts[i], findings, i, least[i], err));
    }
    return MTM_OK;
}

static mtm_status protect_numbers(mtmi_survey_record *record, mtmi_ledger *ledger, mtm_error *err) {
    for (int i = 0; i < 2; i++) {
        mtmi_survey_numbers *part = &record->parts[i];
        MTMI_CHECK_STATUS(mtmi_survey_numbers_protect(part, ledger, err));
        for (size_t k = 0; k < part->n_places; k++) {
            int hidden = mtmi_survey_numbers_hide(part, k);
            if (hidden && !part->places[k].line->of.withheld) {
                withhold(part->places[k].line, hidden == 2 ? INT32_MAX : 0);
            } else if (hidden == 2) {
                part->places[k].line->of.n = -1;
            }
        }
    }
    return MTM_OK;
}

mtm_status mtmi_disclosure_survey(mtmi_survey_findings *findings, int threshold, mtmi_ledger *ledger,
                                  mtmi_survey_record *record, size_t *n_withheld, mtm_error *err) {
    *n_withheld = 0;
    if (findings == NULL) {
        return MTM_OK;
    }
    hide_names(findings, threshold);
    if (ledger != NULL) {
        MTMI_CHECK_STATUS(read_numbers(findings, threshold, record, err));
        MTMI_CHECK_STATUS(protect_numbers(record, ledger, err));
    }
    for (size_t f = 0; f < findings->n; f++) {
        mtmi_survey_finding *finding = &findings->all[f];
        protect_finding(finding, least_of(finding, threshold));
        for (size_t i = 0; i < finding->n_lines; i++) {
            *n_withheld += finding->lines[i].of.withheld != 0;
        }
    }
    return MTM_OK;
}

mtm_status mtmi_survey_record_enter(mtmi_survey_record *record, mtmi_ledger *ledger, const char *title,
                                    mtm_error *err) {
    for (int i = 0; i < 2; i++) {
        MTMI_CHECK_STATUS(mtmi_survey_numbers_enter(&record->parts[i], ledger, title, err));
    }
    return MTM_OK;
}

void mtmi_survey_record_clear(mtmi_survey_record *record) {
    for (int i = 0; i < 2; i++) {
        mtmi_survey_numbers_clear(&record->parts[i]);
    }
}
