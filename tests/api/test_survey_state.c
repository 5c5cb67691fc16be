/* Compact surveys: whatever the answers, the parts and their order, the estimates are those of all interviews in memory. */
#include <mtm.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PARTS 5

static uint32_t random_state;

static uint32_t random_below(uint32_t n) {
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % n;
}

static const char header[] = "stratum,cluster,units,weight,sex,town,food,needs,income,spent\n";
static const char design[] =
    "{\"weight\": \"weight\", \"strata\": \"stratum\", \"clusters\": \"cluster\", \"fpc\": \"units\", "
    "\"unknown\": [\"dk\"], \"refused\": [\"refused\"], \"lonely\": \"adjust\", \"questions\": "
    "{\"food\": {\"answers\": {\"yes\": \"Yes\", \"no\": \"No\"}}, \"needs\": {\"multiple\": \" \"}, "
    "\"spent\": {\"type\": \"number\", \"asked\": {\"of\": \"food\", \"is\": [\"yes\", \"no\"]}}}}";

/* Rows of a part, behind the header. */
static char *make_part(size_t n, size_t *size) {
    static const char *const foods[] = {"yes", "no", "no", "dk", "refused", "", "maybe"};
    static const char *const needs[] = {"water", "water cash", "cash", "none", "", "food water"};
    char *text = malloc(sizeof header + n * 160);
    size_t at = (size_t)sprintf(text, "%s", header);
    for (size_t i = 0; i < n; i++) {
        uint32_t stratum = random_below(4), cluster = random_below(stratum == 3 ? 1 : 9);
        char weight[40] = "";
        if (random_below(40) > 0) {
            sprintf(weight, "%u.%03u", random_below(30), random_below(1000));
        }
        at += (size_t)sprintf(text + at, "s%u,c%u_%u,%u,%s,%s,t%u,%s,%s,%u,%u\n", stratum, stratum, cluster,
                              20 + stratum, weight, random_below(2) ? "F" : "M", random_below(3),
                              foods[random_below(7)], needs[random_below(6)], 50 + random_below(20), random_below(40));
    }
    *size = at;
    return text;
}

typedef struct parts {
    char *text[PARTS + 1]; /* the last: all together */
    size_t size[PARTS + 1];
} parts;

static parts make_parts(uint32_t seed) {
    parts all = {{0}, {0}};
    random_state = seed;
    size_t whole = sizeof header;
    for (int i = 0; i < PARTS; i++) {
        all.text[i] = make_part(30 + random_below(200), &all.size[i]);
        whole += all.size[i];
    }
    all.text[PARTS] = malloc(whole);
    all.size[PARTS] = (size_t)sprintf(all.text[PARTS], "%s", header);
    for (int i = 0; i < PARTS; i++) {
        size_t head = sizeof header - 1;
        memcpy(all.text[PARTS] + all.size[PARTS], all.text[i] + head, all.size[i] - head);
        all.size[PARTS] += all.size[i] - head;
    }
    return all;
}

static void free_parts(parts *all) {
    for (int i = 0; i <= PARTS; i++) {
        free(all->text[i]);
    }
}

static void must(mtm_status status, const mtm_error *err) {
    if (status != MTM_OK) {
        fail_msg("%s", err->message);
    }
}

/* A part added to what is there, which is freed; NULL begins. */
static mtm_survey *add_source(mtm_survey *to, const mtm_source *source, mtm_status expected) {
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey *whole = NULL;
    mtm_error err = {0};
    options.survey = to == NULL ? design : NULL;
    options.compact = 1;
    options.add_to = to;
    mtm_status status = mtm_survey_read(source, &options, &whole, &err);
    if (status != expected) {
        fail_msg("%s", err.message);
    }
    mtm_survey_free(to);
    return whole;
}

static mtm_survey *add(mtm_survey *to, const parts *all, int part) {
    const mtm_source source = MTM_SOURCE_BYTES_INIT(all->text[part], all->size[part], "answers.csv");
    return add_source(to, &source, MTM_OK);
}

/* What was saved, read as it stands or added to another; what was saved is freed. */
static mtm_survey *reload(mtm_survey *survey, mtm_survey *to) {
    mtm_buffer *bytes = NULL;
    mtm_survey *again = NULL;
    mtm_error err = {0};
    must(mtm_survey_save(survey, &bytes, &err), &err);
    const mtm_source source = MTM_SOURCE_BYTES_INIT(mtm_buffer_data(bytes), mtm_buffer_size(bytes), "saved.survey");
    if (to != NULL) {
        again = add_source(to, &source, MTM_OK);
    } else {
        must(mtm_survey_read(&source, NULL, &again, &err), &err);
    }
    mtm_buffer_free(bytes);
    mtm_survey_free(survey);
    return again;
}

static void assert_near(double a, double b, const char *what) {
    if (!(isnan(a) && isnan(b)) && !(fabs(a - b) <= 1e-11 * (fabs(a) + fabs(b)) + 1e-13)) {
        fail_msg("%s: %.17g and %.17g", what, a, b);
    }
}

static void compare_one(const mtm_estimate *a, const mtm_estimate *b) {
    assert_string_equal(a->domain, b->domain);
    assert_string_equal(a->answer, b->answer);
    assert_string_equal(a->weight, b->weight);
    assert_string_equal(a->method, b->method);
    const double of_a[] = {a->estimate, a->se, a->df, a->low, a->high, a->deff, a->deff_replace, a->p_value};
    const double of_b[] = {b->estimate, b->se, b->df, b->low, b->high, b->deff, b->deff_replace, b->p_value};
    for (size_t i = 0; i < sizeof of_a / sizeof *of_a; i++) {
        assert_near(of_a[i], of_b[i], a->domain);
    }
    const int64_t counts_a[] = {a->rows,       a->n,         a->contributors, a->missing, a->unknown,
                                a->refused,    a->not_asked, a->unexpected,   a->invalid, a->out_of_domain,
                                a->zero_weight};
    const int64_t counts_b[] = {b->rows,       b->n,         b->contributors, b->missing, b->unknown,
                                b->refused,    b->not_asked, b->unexpected,   b->invalid, b->out_of_domain,
                                b->zero_weight};
    assert_memory_equal(counts_a, counts_b, sizeof counts_a);
    if (strcmp(a->statistic, "chi-square") != 0) {
        assert_int_equal(a->rows, a->n + a->missing + a->unknown + a->refused + a->not_asked + a->unexpected +
                                      a->invalid + a->out_of_domain + a->zero_weight);
    }
}

static void compare(const mtm_survey *a, const mtm_survey *b) {
    const struct {
        const char *question, *by, *where, *between, *over;
        int32_t statistic;
    } asked[] = {{"food", NULL, NULL, NULL, NULL, 0},
                 {"food", "sex,town", NULL, NULL, NULL, 0},
                 {"needs", "sex", "town=t0|t1", NULL, NULL, 0},
                 {"food", "sex", NULL, "F,M", NULL, MTM_STATISTIC_PROPORTION},
                 {"income", "town", NULL, NULL, NULL, MTM_STATISTIC_MEAN},
                 {"income", NULL, NULL, NULL, NULL, MTM_STATISTIC_TOTAL},
                 {"spent", "sex", NULL, NULL, "income", MTM_STATISTIC_RATIO},
                 {"income", "sex", NULL, NULL, NULL, MTM_STATISTIC_QUANTILE},
                 {"food", "sex", NULL, NULL, NULL, MTM_STATISTIC_CHI_SQUARE}};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
        mtm_estimates *of_a = NULL, *of_b = NULL;
        mtm_error err = {0};
        request.question = asked[i].question;
        request.by = asked[i].by;
        request.where = asked[i].where;
        request.between = asked[i].between;
        request.denominator = asked[i].over;
        request.statistic = asked[i].statistic;
        must(mtm_survey_compute(a, &request, &of_a, &err), &err);
        must(mtm_survey_compute(b, &request, &of_b, &err), &err);
        size_t n = 0;
        for (; mtm_estimates_at(of_a, n) != NULL; n++) {
            assert_non_null(mtm_estimates_at(of_b, n));
            compare_one(mtm_estimates_at(of_a, n), mtm_estimates_at(of_b, n));
        }
        assert_null(mtm_estimates_at(of_b, n));
        mtm_estimates_free(of_a);
        mtm_estimates_free(of_b);
    }
}

static mtm_survey *in_memory(const parts *all) {
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey *survey = NULL;
    mtm_error err = {0};
    options.survey = design;
    const mtm_source source = MTM_SOURCE_BYTES_INIT(all->text[PARTS], all->size[PARTS], "answers.csv");
    must(mtm_survey_read(&source, &options, &survey, &err), &err);
    return survey;
}

static void test_parts_in_any_order(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 30; seed++) {
        parts all = make_parts(seed);
        mtm_survey *whole = in_memory(&all);
        mtm_survey *some[PARTS];
        for (int i = 0; i < PARTS; i++) {
            some[i] = add(NULL, &all, i);
            some[i] = random_below(2) ? reload(some[i], NULL) : some[i];
        }
        for (int left = PARTS; left > 1; left--) { /* any two, in any order */
            int a = (int)random_below((uint32_t)left), b = (int)random_below((uint32_t)left - 1);
            b += b >= a;
            some[a] = reload(some[b], some[a]);
            some[b] = some[left - 1];
        }
        compare(whole, some[0]);
        mtm_survey_free(some[0]);
        mtm_survey_free(whole);
        free_parts(&all);
    }
}

static void test_sources_one_after_the_other(void **state) {
    parts all = make_parts(77);
    mtm_survey *whole = in_memory(&all);
    mtm_survey *streamed = NULL;
    (void)state;
    for (int i = PARTS; i-- > 0;) {
        streamed = add(streamed, &all, i);
    }
    compare(whole, streamed);
    mtm_survey_free(streamed);
    mtm_survey_free(whole);
    free_parts(&all);
}

/* Columns are those of the first source, wherever they stand: further ones are left out, and none may be absent. */
static void test_columns_are_those_of_the_first(void **state) {
    static const char few[] = "town,food\na,yes\nb,no\n", more[] = "age,food,note,town\n30,yes,x,c\n40,yes,y,d\n";
    static const char less[] = "town,age\ne,30\n";
    const mtm_source first = MTM_SOURCE_BYTES_INIT(few, sizeof few - 1, "few.csv");
    const mtm_source second = MTM_SOURCE_BYTES_INIT(more, sizeof more - 1, "more.csv");
    const mtm_source third = MTM_SOURCE_BYTES_INIT(less, sizeof less - 1, "less.csv");
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    mtm_survey *one = NULL, *none = NULL;
    mtm_estimates *estimates = NULL;
    mtm_error err = {0};
    (void)state;
    options.survey = "{\"clusters\": \"town\"}";
    options.compact = 1;
    must(mtm_survey_read(&first, &options, &one, &err), &err);
    one = add_source(one, &second, MTM_OK);
    request.question = "food";
    request.answer = "yes";
    must(mtm_survey_compute(one, &request, &estimates, &err), &err);
    assert_int_equal(mtm_estimates_at(estimates, 0)->n, 4);
    assert_int_equal(mtm_estimates_at(estimates, 0)->contributors, 3);
    mtm_estimates_free(estimates);
    none = add_source(one, &third, MTM_ERROR_STRUCTURE);
    assert_null(none);
}

/* A part may lack what the whole has: its design cannot be, until the rest is added. */
static void test_a_part_alone_need_not_be(void **state) {
    static const char empty[] = "w,c,y\n", rows[] = "w,c,y\n1,a,yes\n2,b,no\n";
    const mtm_source nothing = MTM_SOURCE_BYTES_INIT(empty, sizeof empty - 1, "empty.csv");
    const mtm_source source = MTM_SOURCE_BYTES_INIT(rows, sizeof rows - 1, "answers.csv");
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    mtm_survey *one = NULL;
    mtm_estimates *estimates = NULL;
    mtm_buffer *text = NULL;
    mtm_error err = {0};
    (void)state;
    options.survey = "{\"weight\": \"w\", \"clusters\": \"c\"}";
    options.compact = 1;
    request.question = "y";
    must(mtm_survey_read(&nothing, &options, &one, &err), &err);
    assert_int_equal(mtm_survey_compute(one, &request, &estimates, &err), MTM_ERROR_VALUE);
    assert_int_equal(mtm_survey_describe(one, MTM_FORMAT_TEXT, &text, &err), MTM_ERROR_VALUE);
    assert_null(estimates);
    assert_null(text);
    one = add_source(one, &source, MTM_OK);
    must(mtm_survey_compute(one, &request, &estimates, &err), &err);
    assert_int_equal(mtm_estimates_at(estimates, 0)->n, 2);
    mtm_estimates_free(estimates);
    mtm_survey_free(one);
}

/* No cut or changed byte of a saved survey crashes; what is cut is refused. */
static void test_damaged_states(void **state) {
    parts all = make_parts(5);
    mtm_survey *one = add(NULL, &all, 0);
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_buffer *bytes = NULL;
    mtm_error err = {0};
    (void)state;
    options.survey = design;
    options.compact = 1;
    must(mtm_survey_save(one, &bytes, &err), &err);
    size_t size = mtm_buffer_size(bytes);
    char *copy = malloc(size);
    for (size_t cut = 0; cut < size; cut += 1 + cut / 97) {
        mtm_survey *loaded = NULL;
        const mtm_source source = MTM_SOURCE_BYTES_INIT(mtm_buffer_data(bytes), cut, "cut.survey");
        assert_int_not_equal(mtm_survey_read(&source, &options, &loaded, &err), MTM_OK);
        assert_null(loaded);
    }
    for (int i = 0; i < 2000; i++) {
        mtm_survey *loaded = NULL;
        mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
        mtm_estimates *estimates = NULL;
        memcpy(copy, mtm_buffer_data(bytes), size);
        copy[random_below((uint32_t)size)] = (char)random_below(256);
        const mtm_source source = MTM_SOURCE_BYTES_INIT(copy, size, "changed.survey");
        request.question = "food";
        if (mtm_survey_read(&source, NULL, &loaded, &err) == MTM_OK &&
            mtm_survey_compute(loaded, &request, &estimates, &err) == MTM_OK) {
            mtm_estimates_free(estimates);
        }
        mtm_survey_free(loaded);
    }
    free(copy);
    mtm_buffer_free(bytes);
    mtm_survey_free(one);
    free_parts(&all);
}

static void test_what_cannot_be_compact(void **state) {
    static const char rows[] = "w,c,y\n1,a,yes\n2,b,no\n";
    const mtm_source source = MTM_SOURCE_BYTES_INIT(rows, sizeof rows - 1, "answers.csv");
    const char *designs[] = {"{\"weight\": \"w\"}",
                             "{\"clusters\": \"c\", \"replicates\": {\"type\": \"JK1\", \"columns\": [\"w\"]}}"};
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey *one = NULL, *other = NULL;
    mtm_buffer *bytes = NULL;
    mtm_error err = {0};
    (void)state;
    options.compact = 1;
    for (int i = 0; i < 2; i++) {
        options.survey = designs[i];
        assert_int_equal(mtm_survey_read(&source, &options, &one, &err), MTM_ERROR_UNSUPPORTED);
        assert_null(one);
    }
    options.compact = 0;
    options.survey = designs[0];
    must(mtm_survey_read(&source, &options, &one, &err), &err);
    assert_int_equal(mtm_survey_save(one, &bytes, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_survey_save(NULL, &bytes, &err), MTM_ERROR_ARGUMENT);
    options.add_to = one;
    assert_int_equal(mtm_survey_read(&source, &options, &other, &err), MTM_ERROR_ARGUMENT);
    assert_null(other);
    mtm_survey_free(one);
}

/* Reads bytes into a compact survey with ids; NULL and the error where it cannot be. */
static mtm_survey *read_part(const void *bytes, size_t size, const char *name, const mtm_survey *to, const char *key,
                             mtm_error *err) {
    const mtm_source source = MTM_SOURCE_BYTES_INIT(bytes, size, name);
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey *survey = NULL;
    options.survey = "{\"clusters\": \"c\", \"id\": \"id\"}";
    options.compact = 1;
    options.add_to = to;
    options.key = key;
    mtm_status status = mtm_survey_read(&source, &options, &survey, err);
    assert_int_equal(status == MTM_OK, survey != NULL);
    return survey;
}

#define KEY "000102030405060708090a0b0c0d0e0f"
#define OTHER_KEY "ff0102030405060708090a0b0c0d0e0f"

/* What is saved holds hashes of ids under a key, and no id: an interview of two parts is told with its lines. */
static void test_interviews_of_saved_parts(void **state) {
    static const char north[] = "id,c,y\nalpha,1,yes\nbravo,2,no\n", south[] = "id,c,y\ndelta,9,no\nbravo,2,no\n";
    mtm_error err;
    mtm_buffer *bytes = NULL, *more = NULL, *text = NULL;
    (void)state;
    mtm_survey *one = read_part(north, strlen(north), "north.csv", NULL, KEY, &err);
    must(mtm_survey_save(one, &bytes, &err), &err);
    mtm_survey_free(one);
    assert_null(strstr(mtm_buffer_data(bytes), "bravo"));
    assert_null(strstr(mtm_buffer_data(bytes), KEY));
    mtm_survey *saved = read_part(mtm_buffer_data(bytes), mtm_buffer_size(bytes), "north.state", NULL, KEY, &err);
    mtm_survey *whole = read_part(south, strlen(south), "south.csv", saved, NULL, &err);
    must(mtm_survey_describe(whole, MTM_FORMAT_TEXT, &text, &err), &err);
    assert_non_null(strstr(mtm_buffer_data(text), "3: error[MTM-E202]: an interview that was read before, on line 3 of "
                                                  "north.csv"));
    mtm_buffer_free(text);
    mtm_survey_free(whole);
    /* two parts that were saved apart: neither can lose the interview any more */
    one = read_part(south, strlen(south), "south.csv", NULL, KEY, &err);
    must(mtm_survey_save(one, &more, &err), &err);
    mtm_survey_free(one);
    assert_null(read_part(mtm_buffer_data(more), mtm_buffer_size(more), "south.state", saved, KEY, &err));
    assert_int_equal(err.code, 202);
    assert_non_null(
        strstr(err.message, "interviews that both parts count: line 3 of south.csv is line 3 of north.csv; add"));
    mtm_survey_free(saved);
    /* another key, no key */
    assert_null(read_part(mtm_buffer_data(bytes), mtm_buffer_size(bytes), "north.state", NULL, OTHER_KEY, &err));
    assert_non_null(strstr(err.message, "the key under which the survey was saved"));
    saved = read_part(mtm_buffer_data(bytes), mtm_buffer_size(bytes), "north.state", NULL, NULL, &err);
    assert_non_null(saved);
    assert_null(read_part(mtm_buffer_data(more), mtm_buffer_size(more), "south.state", saved, NULL, &err));
    assert_int_equal(err.code, 202);
    assert_null(read_part(south, strlen(south), "south.csv", saved, NULL, &err));
    assert_non_null(strstr(err.message, "to know its interviews again"));
    mtm_survey_free(saved);
    one = read_part(north, strlen(north), "north.csv", NULL, "short", &err);
    assert_null(one);
    assert_non_null(strstr(err.message, "32 hexadecimal digits"));
    mtm_buffer_free(bytes);
    mtm_buffer_free(more);
}

/* Ids are known among all sources that are added. */
static void test_interviews_come_twice(void **state) {
    static const char *const parts[] = {"id,c,y\na,1,yes\nb,2,no\nb,2,no\n", "id,c,y\nb,2,no\nc,3,no\n"};
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    mtm_estimates *estimates = NULL;
    mtm_survey *survey = NULL;
    (void)state;
    options.survey = "{\"clusters\": \"c\", \"id\": \"id\"}";
    options.compact = 1;
    request.question = "y";
    for (size_t i = 0; i < 2; i++) {
        const mtm_source source = MTM_SOURCE_BYTES_INIT(parts[i], strlen(parts[i]), "part.csv");
        mtm_survey *whole = NULL;
        options.add_to = survey;
        assert_int_equal(mtm_survey_read(&source, &options, &whole, NULL), MTM_OK);
        mtm_survey_free(survey);
        survey = whole;
    }
    assert_int_equal(mtm_survey_compute(survey, &request, &estimates, NULL), MTM_OK);
    assert_int_equal(mtm_estimates_at(estimates, 0)->rows, 3);
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_interviews_come_twice),
                                       cmocka_unit_test(test_interviews_of_saved_parts),
                                       cmocka_unit_test(test_parts_in_any_order),
                                       cmocka_unit_test(test_sources_one_after_the_other),
                                       cmocka_unit_test(test_columns_are_those_of_the_first),
                                       cmocka_unit_test(test_a_part_alone_need_not_be),
                                       cmocka_unit_test(test_damaged_states),
                                       cmocka_unit_test(test_what_cannot_be_compact)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
