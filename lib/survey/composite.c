/* Computes composite indicators from definitions that are data (definitions.json, or the package's own): a weighted sum of
 * numbers, of yes and no, or of answers at or above a threshold; cut-offs make groups of it; "cut" makes it the
 * multidimensional count of Alkire and Foster (2011, Journal of Public Economics 95): H is the mean of NAME_poor, M0 that
 * of NAME_censored, A their ratio. Invariant: sums are exact; a row that lacks one answer has no score. */
#include "survey/composite.h"

#include "survey/definitions.h"
#include "survey/math/real.h"
#include "base/try.h"
#include "survey/words.h"

#include "base/error.h"
#include "base/json_read.h"
#include "base/memory.h"

#include <string.h>

#define ITEMS_MAX 64
#define NAME_MAX 200
#define COLUMNS_EACH 4

typedef struct composite_item {
    const mtmi_survey_column *column;
    mtmi_amount weight;
    unsigned char *known; /* by word: whether it counts */
    mtmi_amount *value;   /* by word */
} composite_item;

typedef struct composite {
    mtmi_survey_frame *frame;
    const mtmi_survey_plan *plan;
    const char *name; /* of the resource */
    const char *id;   /* of the indicator */
    json_t *declared, *built_in;
    composite_item items[ITEMS_MAX];
    size_t n_items;
    mtm_error *err;
} composite;

static mtm_status refuse_composite(const composite *at, const char *property, const char *expected) {
    return mtmi_error_set(at->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){at->name, 0, 0}, "indicator %q: %q: expected %s",
                          at->id, property, expected);
}

static mtmi_amount amount_of(json_t *number, int64_t otherwise) {
    char text[MTMI_REAL_TEXT];
    mtmi_amount amount = {otherwise, 0};
    if (json_is_number(number)) {
        mtmi_real_write(json_number_value(number), 15, text);
        mtmi_amount_read(text, strlen(text), &amount);
    }
    return amount;
}

static json_t *setting(const composite *at, const char *item, json_t *own, const char *key) {
    json_t *value = json_object_get(own, key);
    json_t *items = json_object_get(at->built_in, "items");
    return value != NULL ? value : json_object_get(json_object_get(items, item), key);
}

/* What a word counts: 1 for one of the declared answers; else its number, or 1 and 0 for yes and no. */
static int value_of(json_t *answers, const char *text, size_t length, mtmi_amount *out) {
    if (answers != NULL) {
        *out = (mtmi_amount){mtmi_words_have(answers, text, length), 0};
        return 1;
    }
    if (mtmi_amount_read(text, length, out)) {
        return 1;
    }
    int truth = mtmi_words_truth(text, length);
    *out = (mtmi_amount){truth == 1, 0};
    return truth >= 0;
}

/* Outside least and most a number is no answer; "from" and "below" make it 1 or 0. */
static int limit_value(json_t *least, json_t *most, json_t *from, json_t *below, mtmi_amount *value) {
    double number = mtmi_amount_value(*value);
    if ((json_is_number(least) && number < json_number_value(least)) ||
        (json_is_number(most) && number > json_number_value(most))) {
        return 0;
    }
    if (json_is_number(from)) {
        *value = (mtmi_amount){number >= json_number_value(from), 0};
    } else if (json_is_number(below)) {
        *value = (mtmi_amount){number < json_number_value(below), 0};
    }
    return 1;
}

static mtm_status fill_item(const composite *at, const char *key, json_t *own, composite_item *item) {
    json_t *answers = setting(at, key, own, "answers"), *least = setting(at, key, own, "least"),
           *most = setting(at, key, own, "most"), *from = setting(at, key, own, "from"),
           *below = setting(at, key, own, "below");
    item->weight = amount_of(setting(at, key, own, "weight"), 1);
    item->known = mtmi_memory_new(item->column->words.n + 1, 1);
    item->value = mtmi_memory_new(item->column->words.n + 1, sizeof *item->value);
    if (item->known == NULL || item->value == NULL) {
        return mtmi_error_memory(at->err);
    }
    for (uint32_t code = 0; code < item->column->words.n; code++) {
        size_t length;
        const char *text = mtmi_survey_word(item->column, code, &length);
        item->known[code] = mtmi_words_state(at->plan, NULL, text, length) == MTMI_ANSWERED &&
                            value_of(answers, text, length, &item->value[code]) &&
                            limit_value(least, most, from, below, &item->value[code]);
    }
    return MTM_OK;
}

static mtm_status add_item(composite *at, const char *key, json_t *own) {
    const char *question =
        json_is_string(own) ? json_string_value(own) : json_string_value(json_object_get(own, "question"));
    question = question == NULL ? key : question;
    const char *column = json_string_value(json_object_get(json_object_get(at->plan->questions, question), "column"));
    if (at->n_items == ITEMS_MAX) {
        return refuse_composite(at, "items", "at most 64");
    }
    composite_item *item = &at->items[at->n_items++];
    item->column = mtmi_survey_frame_find(at->frame, column == NULL ? question : column);
    if (item->column == NULL || item->column->is_number) {
        return refuse_composite(at, question, "a question in the file");
    }
    return fill_item(at, key, own, item);
}

/* The package's items; where it only says "use", those of the built-in indicator under their own names. */
static mtm_status read_items(composite *at) {
    const char *use = json_string_value(json_object_get(at->declared, "use")), *key;
    json_t *own = json_object_get(at->declared, "items"), *built_in = json_object_get(at->built_in, "items"), *value;
    if ((use != NULL && at->built_in == NULL) || (own == NULL && built_in == NULL)) {
        return refuse_composite(at, use != NULL ? "use" : "items", "fcs, rcsi, hdds, wg-ss, or items of your own");
    }
    json_object_foreach(built_in, key, value) {
        json_t *mine = json_object_get(own, key);
        MTMI_CHECK_STATUS(add_item(at, key, mine == NULL ? value : mine));
    }
    json_object_foreach(own, key, value) {
        if (built_in != NULL && json_object_get(built_in, key) == NULL) {
            return refuse_composite(at, key, "an item of the indicator that is used");
        }
        if (built_in == NULL) {
            MTMI_CHECK_STATUS(add_item(at, key, value));
        }
    }
    return MTM_OK;
}

/* 0 where an answer is missing. */
static int score_row(const composite *at, size_t row, mtmi_exact *out) {
    *out = (mtmi_exact){0, 0, 0};
    for (size_t i = 0; i < at->n_items; i++) {
        uint32_t code = at->items[i].column->codes[row];
        if (!at->items[i].known[code]) {
            return 0;
        }
        mtmi_exact_add_product(out, at->items[i].weight, at->items[i].value[code]);
    }
    return !out->lost;
}

static mtm_status add_column(const composite *at, const char *ending, int is_number, mtmi_survey_column **out) {
    char name[NAME_MAX];
    size_t length = strlen(at->id), size = strlen(ending);
    if (length + size >= sizeof name) {
        return refuse_composite(at, "name", "at most 190 bytes");
    }
    memcpy(name, at->id, length);
    memcpy(name + length, ending, size + 1);
    if (mtmi_survey_frame_find(at->frame, name) != NULL) {
        return mtmi_error_set(at->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){at->name, 0, 0},
                              "indicator %q: the file has a column %q already; name the indicator otherwise", at->id,
                              name);
    }
    return mtmi_survey_frame_add(at->frame, name, is_number, out, at->err);
}

static void set_number(mtmi_survey_column *column, size_t row, int known, const mtmi_exact *score) {
    mtmi_exact value = *score;
    while (value.decimals > 0 && value.units % 10 == 0) {
        value.units /= 10;
        value.decimals--;
    }
    int fits = known && value.decimals <= MTMI_AMOUNT_DECIMALS && value.units <= INT64_MAX && value.units >= -INT64_MAX;
    column->units[row] = fits ? (int64_t)value.units : 0;
    column->decimals[row] = fits ? (uint8_t)value.decimals : MTMI_AMOUNT_NONE;
}

static const char *group_of(json_t *groups, double score) {
    for (size_t i = 0; i < json_array_size(groups); i++) {
        json_t *below = json_object_get(json_array_get(groups, i), "below");
        if (!json_is_number(below) || score < json_number_value(below)) {
            const char *name = json_string_value(json_object_get(json_array_get(groups, i), "name"));
            return name == NULL ? "" : name;
        }
    }
    return "";
}

static mtm_status fill_groups(const composite *at, json_t *groups) {
    mtmi_survey_column *column;
    MTMI_CHECK_STATUS(add_column(at, "_group", 0, &column));
    for (size_t row = 0; row < at->frame->n_rows; row++) {
        mtmi_exact score;
        const char *name = score_row(at, row, &score) ? group_of(groups, mtmi_exact_value(&score)) : "";
        column->codes[row] = mtmi_map_add(&column->words, name, strlen(name));
        if (column->codes[row] == MTMI_MAP_NONE) {
            return mtmi_error_memory(at->err);
        }
    }
    return MTM_OK;
}

/* Alkire and Foster: weights add up to 1, who reaches the cut-off is poor, and only the poor's score counts. */
static mtm_status fill_poor(const composite *at, double cut) {
    mtmi_survey_column *poor = NULL, *censored = NULL;
    mtmi_exact whole = {0, 0, 0};
    for (size_t i = 0; i < at->n_items; i++) {
        mtmi_exact_add(&whole, at->items[i].weight);
    }
    double sum = mtmi_exact_value(&whole);
    if (sum < 1 - 1e-9 || sum > 1 + 1e-9 || !(cut > 0 && cut <= 1)) {
        return refuse_composite(at, "cut", "above 0 and at most 1, with weights that add up to 1");
    }
    MTMI_CHECK_STATUS(add_column(at, "_poor", 1, &poor));
    MTMI_CHECK_STATUS(add_column(at, "_censored", 1, &censored));
    for (size_t row = 0; row < at->frame->n_rows; row++) {
        mtmi_exact score, one = {1, 0, 0}, none = {0, 0, 0};
        int known = score_row(at, row, &score), is_poor = known && mtmi_exact_value(&score) >= cut - 1e-12;
        set_number(poor, row, known, is_poor ? &one : &none);
        set_number(censored, row, known, is_poor ? &score : &none);
    }
    return MTM_OK;
}

static mtm_status add_composite(composite *at) {
    mtmi_survey_column *column;
    json_t *groups = json_object_get(at->declared, "groups"), *cut = json_object_get(at->declared, "cut");
    groups = groups == NULL ? json_object_get(at->built_in, "groups") : groups;
    mtm_status status = MTM_OK;
    MTMI_TRY(read_items(at));
    MTMI_TRY(add_column(at, "", 1, &column));
    for (size_t row = 0; row < at->frame->n_rows; row++) {
        mtmi_exact score;
        int known = score_row(at, row, &score);
        set_number(column, row, known, &score);
    }
    if (groups != NULL) {
        MTMI_TRY(fill_groups(at, groups));
    }
    if (json_is_number(cut)) {
        MTMI_TRY(fill_poor(at, json_number_value(cut)));
    }
out:
    for (size_t i = 0; i < at->n_items; i++) {
        mtmi_memory_free(at->items[i].known);
        mtmi_memory_free(at->items[i].value);
    }
    return status;
}

mtm_status mtmi_composites_add(mtmi_survey_frame *frame, const mtmi_survey_plan *plan, const char *name,
                               mtm_error *err) {
    json_t *all = json_object_get(plan->json, "indicators"), *built_in = NULL, *declared;
    const char *id;
    mtm_status status = MTM_OK;
    if (all == NULL) {
        return MTM_OK;
    }
    MTMI_TRY(mtmi_survey_frame_reserve(frame, COLUMNS_EACH * json_object_size(all), err));
    MTMI_TRY(mtmi_json_load((const char *)mtmi_survey_definitions, mtmi_survey_definitions_size, "definitions.json",
                            &built_in, err));
    json_object_foreach(all, id, declared) {
        const char *use = json_string_value(json_object_get(declared, "use"));
        composite at = {.frame = frame,
                        .plan = plan,
                        .name = name,
                        .id = id,
                        .declared = declared,
                        .err = err,
                        .built_in = use == NULL ? NULL : json_object_get(built_in, use)};
        MTMI_TRY(add_composite(&at));
    }
out:
    json_decref(built_in);
    return status;
}
