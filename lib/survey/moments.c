/* Shares of all answers to a question from one pass: the score of a unit is (a - p w) / W, with w the weight of those in
 * it who answered and a that of those who gave the answer, so that units need two sums for each answer and no rows.
 * Invariant: sums are whole numbers of 128 bits at the decimals of the weights, and the order of rows does not show. */
#include "survey/moments.h"

#include "base/try.h"
#include "survey/math/twofold.h"
#include "survey/variance.h"

#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <string.h>

#define ITEMS_MAX 64
#define SUMS_MAX 4000000 /* units times answers */
#define EXACT_MAX 8e37   /* below 2^126 */

static const int64_t powers[] = {1,
                                 10,
                                 100,
                                 1000,
                                 10000,
                                 100000,
                                 1000000,
                                 10000000,
                                 100000000,
                                 1000000000,
                                 10000000000,
                                 100000000000,
                                 1000000000000,
                                 10000000000000,
                                 100000000000000,
                                 1000000000000000,
                                 10000000000000000,
                                 100000000000000000,
                                 1000000000000000000};

static int has_key(const mtm_survey *survey, const mtmi_item *items, size_t n_items) {
    const mtmi_survey_design *design = survey->design;
    const mtmi_survey_stage *last = &design->stages[design->n_stages - 1];
    int can = n_items > 0 && n_items <= ITEMS_MAX && survey->replicates == NULL && design->calibrated == NULL &&
              !design->lonely_domain && last->clusters != NULL && last->n_units * (n_items + 1) <= SUMS_MAX;
    for (size_t i = 0; can && i < n_items; i++) {
        can = items[i].question->kind == MTMI_ONE && items[i].states != NULL && items[i].column == items[0].column;
    }
    return can;
}

mtm_status mtmi_answer_key_new(const mtm_survey *survey, const mtmi_item *items, size_t n_items, mtmi_answer_key *out,
                               mtm_error *err) {
    *out = (mtmi_answer_key){NULL, items, n_items};
    if (!has_key(survey, items, n_items)) {
        return MTM_OK;
    }
    size_t n_words = items[0].column->words.n, n_rows = survey->frame->n_rows;
    uint8_t *of_word = mtmi_memory_new(n_words + 1, 1);
    out->answer = mtmi_memory_new(n_rows + 1, 1);
    if (out->answer == NULL || of_word == NULL) {
        mtmi_memory_free(of_word);
        return mtmi_error_memory(err);
    }
    for (size_t code = 0; code < n_words; code++) {
        of_word[code] = (uint8_t)n_items;
        for (size_t i = n_items; i-- > 0;) {
            of_word[code] = items[i].values[code].units != 0 ? (uint8_t)i : of_word[code];
        }
    }
    for (size_t row = 0; row < n_rows; row++) {
        mtmi_amount value;
        mtmi_answer state = mtmi_item_at(&items[0], row, &value);
        out->answer[row] =
            state == MTMI_ANSWERED ? of_word[mtmi_survey_code(items[0].column, row)] : (uint8_t)(MTMI_KEY_NONE + state);
    }
    mtmi_memory_free(of_word);
    return MTM_OK;
}

void mtmi_answer_key_free(mtmi_answer_key *key) {
    mtmi_memory_free(key->answer);
    *key = (mtmi_answer_key){0};
}

/* One pass over a group. */
typedef struct pass {
    const mtmi_survey_design *design;
    const mtmi_answer_key *key;
    const mtmi_domain *domain;
    int decimals; /* of all sums */
    mtmi_wide unit[ITEMS_MAX + 1], whole[ITEMS_MAX + 1];
    mtmi_moments *out;
} pass;

static mtmi_amount weight_at(const pass *at, size_t i) {
    const mtmi_survey_column *column = at->design->weight;
    uint32_t row = at->domain->rows[i];
    if (at->domain->units != NULL) {
        return (mtmi_amount){at->domain->units[i], at->domain->decimals[i]};
    }
    if (column == NULL) {
        return (mtmi_amount){at->design->counts == NULL ? 1 : at->design->counts[row], 0};
    }
    return mtmi_survey_number(column, row);
}

/* The decimals of the weights; 0 when their sum might not be exact. */
static int measure_weights(pass *at) {
    double largest = 0;
    for (size_t i = 0; i < at->domain->n; i++) {
        mtmi_amount weight = weight_at(at, i);
        double size = fabs((double)weight.units);
        largest = size > largest ? size : largest;
        at->decimals = weight.decimals > at->decimals ? weight.decimals : at->decimals;
    }
    return largest * (double)powers[at->decimals] * (double)at->domain->n < EXACT_MAX;
}

static void close_unit(pass *at, uint32_t row) {
    size_t n_items = at->key->n_items;
    double *sums = at->out->sums + at->out->n_units * (n_items + 1), scale = (double)powers[at->decimals];
    mtmi_wide all = 0;
    for (size_t i = 0; i <= n_items; i++) {
        all += at->unit[i];
        at->whole[i] += at->unit[i];
        if (i < n_items) {
            sums[i + 1] = (double)at->unit[i] / scale;
        }
        at->unit[i] = 0;
    }
    sums[0] = (double)all / scale;
    at->out->rows[at->out->n_units++] = row;
}

static void add_rows(pass *at) {
    const mtmi_survey_design *design = at->design;
    const uint32_t *rows = at->domain->rows;
    const mtmi_survey_stage *stage = &design->stages[design->n_stages - 1];
    const uint8_t *answers = at->key->answer;
    mtmi_sample *base = &at->out->base;
    uint32_t unit = UINT32_MAX, last = 0;
    size_t n_items = at->key->n_items;
    for (size_t i = 0; i < at->domain->n; i++) {
        mtmi_amount weight = weight_at(at, i);
        uint32_t row = rows[i];
        if (i + MTMI_SURVEY_AHEAD < at->domain->n) {
            MTMI_SURVEY_FETCH(&answers[rows[i + MTMI_SURVEY_AHEAD]]);
            if (stage->unit != NULL) {
                MTMI_SURVEY_FETCH(&stage->unit[rows[i + MTMI_SURVEY_AHEAD]]);
            } else {
                mtmi_survey_fetch(stage->clusters, rows[i + MTMI_SURVEY_AHEAD]);
            }
        }
        int64_t count = design->counts == NULL ? 1 : design->counts[row];
        if (weight.units == 0) {
            base->zero_weight += count;
            continue;
        }
        uint8_t answer = answers[row];
        base->counts[answer < MTMI_KEY_NONE ? MTMI_ANSWERED : answer - MTMI_KEY_NONE] += count;
        if (answer >= MTMI_KEY_NONE) {
            continue;
        }
        uint32_t own = mtmi_survey_unit(design, design->n_stages - 1, row);
        if (own != unit) {
            if (unit != UINT32_MAX) {
                close_unit(at, last);
            }
            unit = own;
            last = row;
        }
        at->unit[answer] += (mtmi_wide)weight.units * powers[at->decimals - weight.decimals];
        if (answer < n_items) {
            at->out->contributors[answer] += count;
        }
        base->answers += count;
    }
    if (unit != UINT32_MAX) {
        close_unit(at, last);
    }
}

static void close_group(pass *at) {
    mtmi_exact sum = {0, at->decimals, 0};
    for (size_t i = 0; i <= at->key->n_items; i++) {
        mtmi_exact one = {at->whole[i], at->decimals, 0};
        sum.units += at->whole[i];
        if (i < at->key->n_items) {
            at->out->given[i] = mtmi_exact_value(&one);
        }
    }
    at->out->base.weights = sum;
    at->out->base.sum_w = mtmi_exact_value(&sum);
}

static size_t units_at_most(const mtmi_survey_design *design, size_t n_rows) {
    size_t n_units = design->stages[design->n_stages - 1].n_units;
    return n_rows < n_units ? n_rows : n_units;
}

mtm_status mtmi_moments_new(const mtm_survey *survey, const mtmi_answer_key *key, const mtmi_domain *domain,
                            mtmi_moments *out, int *fits, mtm_error *err) {
    const mtmi_survey_design *design = survey->design;
    mtmi_moments moments = {.base = {.domain = domain->rows, .n_domain = domain->n}, .n_items = key->n_items};
    pass at = {.design = design, .key = key, .domain = domain, .out = &moments};
    size_t most = units_at_most(design, domain->n), n_items = key->n_items;
    mtm_status status = MTM_OK;
    *fits = measure_weights(&at);
    if (!*fits) {
        return MTM_OK;
    }
    moments.rows = mtmi_memory_new(most + 1, sizeof *moments.rows);
    moments.sums = mtmi_memory_new((most + 1) * (n_items + 1), sizeof *moments.sums);
    moments.given = mtmi_memory_new(n_items, sizeof *moments.given);
    moments.contributors = mtmi_memory_new(n_items, sizeof *moments.contributors);
    MTMI_TRY(moments.rows == NULL || moments.sums == NULL || moments.given == NULL || moments.contributors == NULL
                 ? mtmi_error_memory(err)
                 : MTM_OK);
    add_rows(&at);
    close_group(&at);
    int whole = survey->plan.freedom_of_domain;
    moments.df =
        mtmi_survey_freedom(design, whole ? domain->rows : moments.rows, whole ? domain->n : moments.n_units, !whole);
    moments.base.n = moments.n_units;
    *out = moments;
    moments = (mtmi_moments){0};
out:
    mtmi_moments_free(&moments);
    return status;
}

void mtmi_moments_free(mtmi_moments *moments) {
    mtmi_memory_free(moments->rows);
    mtmi_memory_free(moments->sums);
    mtmi_memory_free(moments->given);
    mtmi_memory_free(moments->contributors);
    *moments = (mtmi_moments){0};
}

mtm_status mtmi_moments_estimate(const mtm_survey *survey, const mtmi_moments *moments, size_t item,
                                 mtmi_survey_value *out, mtm_error *err) {
    double whole = moments->base.sum_w, given = moments->given[item], share = given / whole;
    size_t n = moments->n_units, width = moments->n_items + 1;
    *out = (mtmi_survey_value){NAN, NAN, NAN, NAN, NAN, 0};
    if (n == 0 || !(whole > 0)) {
        return MTM_OK;
    }
    mtmi_twofold rest = {given, 0};
    mtmi_twofold_add_product(&rest, -share, whole);
    share += mtmi_twofold_value(rest) / whole;
    double *z = mtmi_memory_new(n, sizeof *z);
    if (z == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < n; i++) {
        mtmi_twofold score = {moments->sums[i * width + item + 1], 0};
        mtmi_twofold_add_product(&score, -share, moments->sums[i * width]);
        z[i] = mtmi_twofold_value(score) / whole;
    }
    mtmi_scores scores = {moments->rows, z, n, 1};
    mtm_status status = mtmi_scores_variance(survey, &scores, &out->variance, err);
    mtmi_memory_free(z);
    double answers = (double)moments->base.answers;
    double variance =
        (given * (1 - share) * (1 - share) + (whole - given) * share * share) / whole * answers / (answers - 1);
    out->value = share;
    out->df = moments->df;
    out->srs_replace = variance / answers;
    out->srs = whole < answers ? NAN : variance * (whole - answers) / (whole * answers);
    return status;
}
