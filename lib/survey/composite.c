/* Computes composite indicators from definitions that are data (definitions.json, or the package's own): a weighted sum of
 * numbers, of yes and no, or of answers at or above a threshold; cut-offs make groups of it; "cut" makes it the
 * multidimensional count of Alkire and Foster (2011, Journal of Public Economics 95): H is the mean of NAME_poor, M0 that
 * of NAME_censored, A their ratio. Invariant: sums are exact; a row with fewer answers than the definition needs (all of
 * them, unless it says otherwise) has no score. */
#include "survey/composite.h"

#include "survey/definitions.h"
#include "survey/math/real.h"
#include "base/try.h"
#include "survey/survey_words.h"

#include "base/error.h"
#include "base/json_read.h"
#include "base/memory.h"

#include <string.h>

#define ITEMS_MAX 64
#define QUESTIONS_MAX 16 /* of one item */
#define NAME_MAX 200
#define COLUMNS_EACH 4

/* One of the questions that make an item. */
typedef struct composite_source {
    const mtmi_survey_column *column;
    unsigned char *known; /* by word: whether it counts */
    mtmi_amount *value;   /* by word */
} composite_source;

typedef struct composite_item {
    composite_source sources[QUESTIONS_MAX]; /* their numbers add up */
    size_t n_sources;
    mtmi_amount weight;
    json_t *cap, *from, *below; /* of the sum; NULL for none */
} composite_item;

typedef struct composite {
    mtmi_survey_frame *frame;
    const mtmi_survey_plan *plan;
    const char *name; /* of the resource */
    const char *id;   /* of the indicator */
    json_t *declared, *built_in;
    composite_item *items;
    size_t n_items, n_needed; /* items that a row must answer to have a score */
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

/* Bounds and cut-offs of a built-in item are of its codes: they do not hold for answers that the package names. */
static json_t *bound(const composite *at, const char *item, json_t *own, const char *key) {
    return json_object_get(own, "answers") == NULL ? setting(at, item, own, key) : json_object_get(own, key);
}

/* What a word counts: 1 for one of the declared answers; else its number, or 1 and 0 for yes and no. */
static int value_of(const mtmi_survey_column *column, uint32_t code, json_t *answers, mtmi_amount *out) {
    size_t length;
    const char *text = mtmi_survey_word(column, code, &length);
    if (answers != NULL) {
        *out = (mtmi_amount){mtmi_words_have(answers, text, length), 0};
        return 1;
    }
    if (mtmi_survey_amount_of(column, code, out)) {
        return 1;
    }
    int truth = mtmi_words_truth(text, length);
    *out = (mtmi_amount){truth == 1, 0};
    return truth >= 0;
}

/* Outside least and most a number is no answer. */
static int within(json_t *least, json_t *most, mtmi_amount value) {
    double number = mtmi_amount_value(value);
    return !(json_is_number(least) && number < json_number_value(least)) &&
           !(json_is_number(most) && number > json_number_value(most));
}

static mtm_status add_source(const composite *at, const char *key, json_t *own, const char *question,
                             composite_item *item) {
    const char *column = json_string_value(json_object_get(json_object_get(at->plan->questions, question), "column"));
    json_t *answers = setting(at, key, own, "answers"), *least = bound(at, key, own, "least"),
           *most = bound(at, key, own, "most");
    if (item->n_sources == QUESTIONS_MAX) {
        return refuse_composite(at, key, "at most 16 questions");
    }
    composite_source *source = &item->sources[item->n_sources++];
    source->column = mtmi_survey_frame_find(at->frame, column == NULL ? question : column);
    if (source->column == NULL || source->column->is_number) {
        return refuse_composite(at, question, "a question in the file");
    }
    source->known = mtmi_memory_new(source->column->words.n + 1, 1);
    source->value = mtmi_memory_new(source->column->words.n + 1, sizeof *source->value);
    if (source->known == NULL || source->value == NULL) {
        return mtmi_error_memory(at->err);
    }
    for (uint32_t code = 0; code < source->column->words.n; code++) {
        size_t length;
        const char *text = mtmi_survey_word(source->column, code, &length);
        source->known[code] = mtmi_words_state(at->plan, NULL, text, length) == MTMI_ANSWERED &&
                              value_of(source->column, code, answers, &source->value[code]) &&
                              within(least, most, source->value[code]);
    }
    return MTM_OK;
}

/* own: a question's name, or an object whose "question" is one name or several; the item's own name where it has none. */
static mtm_status add_item(composite *at, const char *key, json_t *own) {
    json_t *questions = json_is_string(own) ? own : json_object_get(own, "question");
    if (at->n_items == ITEMS_MAX) {
        return refuse_composite(at, "items", "at most 64");
    }
    composite_item *item = &at->items[at->n_items++];
    item->weight = amount_of(setting(at, key, own, "weight"), 1);
    item->cap = setting(at, key, own, "cap");
    item->from = bound(at, key, own, "from");
    item->below = bound(at, key, own, "below");
    if (json_array_size(questions) == 0) {
        return add_source(at, key, own, json_is_string(questions) ? json_string_value(questions) : key, item);
    }
    for (size_t i = 0; i < json_array_size(questions); i++) {
        const char *question = json_string_value(json_array_get(questions, i));
        if (question == NULL) {
            return refuse_composite(at, key, "names of questions");
        }
        MTMI_CHECK_STATUS(add_source(at, key, own, question, item));
    }
    return MTM_OK;
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

/* 0 where an answer is missing. "cap" is the most that the sum counts; "from" and "below" make it 1 or 0. */
static int item_value(const composite_item *item, size_t row, mtmi_amount *out) {
    mtmi_exact sum = {0, 0, 0};
    for (size_t i = 0; i < item->n_sources; i++) {
        uint32_t code = mtmi_survey_code(item->sources[i].column, row);
        if (!item->sources[i].known[code]) {
            return 0;
        }
        mtmi_exact_add(&sum, item->sources[i].value[code]);
    }
    if (sum.lost || sum.units > INT64_MAX || sum.units < -INT64_MAX) {
        return 0;
    }
    *out = (mtmi_amount){(int64_t)sum.units, sum.decimals};
    if (json_is_number(item->cap) && mtmi_exact_value(&sum) > json_number_value(item->cap)) {
        *out = amount_of(item->cap, 0);
    }
    if (json_is_number(item->from)) {
        *out = (mtmi_amount){mtmi_exact_value(&sum) >= json_number_value(item->from), 0};
    } else if (json_is_number(item->below)) {
        *out = (mtmi_amount){mtmi_exact_value(&sum) < json_number_value(item->below), 0};
    }
    return 1;
}

/* 0 where too few items are answered; those that are not count nothing. */
static int score_row(const composite *at, size_t row, mtmi_exact *out) {
    size_t n_answered = 0;
    *out = (mtmi_exact){0, 0, 0};
    for (size_t i = 0; i < at->n_items; i++) {
        mtmi_amount value;
        if (item_value(&at->items[i], row, &value)) {
            mtmi_exact_add_product(out, at->items[i].weight, value);
            n_answered++;
        }
    }
    return n_answered >= at->n_needed && !out->lost;
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

static mtm_status set_number(const composite *at, mtmi_survey_column *column, size_t row, int known,
                             const mtmi_exact *score) {
    mtmi_exact value = *score;
    while (value.decimals > 0 && value.units % 10 == 0) {
        value.units /= 10;
        value.decimals--;
    }
    int fits = known && value.decimals <= MTMI_AMOUNT_DECIMALS && value.units <= INT64_MAX && value.units >= -INT64_MAX;
    const mtmi_amount amount = {fits ? (int64_t)value.units : 0, fits ? value.decimals : MTMI_AMOUNT_NONE};
    return mtmi_survey_frame_set_number(at->frame, column, row, amount) ? MTM_OK : mtmi_error_memory(at->err);
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
        uint32_t code = mtmi_map_add(&column->words, name, strlen(name));
        if (code == MTMI_MAP_NONE || !mtmi_survey_frame_set(at->frame, column, row, code)) {
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
        MTMI_CHECK_STATUS(set_number(at, poor, row, known, is_poor ? &one : &none));
        MTMI_CHECK_STATUS(set_number(at, censored, row, known, is_poor ? &score : &none));
    }
    return MTM_OK;
}

/* "answered": how many items a row must answer; all where it is absent. */
static mtm_status read_needed(composite *at) {
    json_t *needed = json_object_get(at->declared, "answered");
    needed = needed == NULL ? json_object_get(at->built_in, "answered") : needed;
    at->n_needed = at->n_items;
    if (needed == NULL) {
        return MTM_OK;
    }
    if (!json_is_integer(needed) || json_integer_value(needed) < 1 ||
        (size_t)json_integer_value(needed) > at->n_items) {
        return refuse_composite(at, "answered", "a whole number from 1 to that of the items");
    }
    at->n_needed = (size_t)json_integer_value(needed);
    return MTM_OK;
}

static void free_items(composite *at) {
    for (size_t i = 0; i < at->n_items; i++) {
        for (size_t j = 0; j < at->items[i].n_sources; j++) {
            mtmi_memory_free(at->items[i].sources[j].known);
            mtmi_memory_free(at->items[i].sources[j].value);
        }
    }
    mtmi_memory_free(at->items);
}

static mtm_status add_composite(composite *at) {
    mtmi_survey_column *column;
    json_t *groups = json_object_get(at->declared, "groups"), *cut = json_object_get(at->declared, "cut");
    groups = groups == NULL ? json_object_get(at->built_in, "groups") : groups;
    mtm_status status = MTM_OK;
    at->items = mtmi_memory_new(ITEMS_MAX, sizeof *at->items);
    MTMI_TRY(at->items == NULL ? mtmi_error_memory(at->err) : MTM_OK);
    MTMI_TRY(read_items(at));
    MTMI_TRY(read_needed(at));
    MTMI_TRY(add_column(at, "", 1, &column));
    for (size_t row = 0; row < at->frame->n_rows; row++) {
        mtmi_exact score;
        int known = score_row(at, row, &score);
        MTMI_TRY(set_number(at, column, row, known, &score));
    }
    if (groups != NULL) {
        MTMI_TRY(fill_groups(at, groups));
    }
    if (json_is_number(cut)) {
        MTMI_TRY(fill_poor(at, json_number_value(cut)));
    }
out:
    free_items(at);
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
