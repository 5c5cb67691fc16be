/* Estimates against those of R's survey package, row by row: tests/golden/survey/README.md. */
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

#define FOLDER MTM_SOURCE_DIR "/tests/golden/survey/"
#define FIELDS 12
#define WORKERS "\"missing\": [\"\"], \"unknown\": [\"dk\"], \"refused\": [\"refused\"]"
#define HOUSEHOLDS                                                                                                     \
    "\"freedom\": \"domain\", \"questions\": {\"food\": {\"column\": \"food_insecure\"}, \"need\": {\"column\": "      \
    "\"needs\", \"multiple\": \" \"},"                                                                                 \
    "\"households\": {\"type\": \"count\"}}"

typedef struct design {
    const char *name, *json;
    mtm_survey *survey;
} design;

static design workers[] = {
    {"unweighted", "{" WORKERS "}", NULL},
    {"weighted", "{\"weight\": \"weight\", " WORKERS "}", NULL},
    {"stratified", "{\"weight\": \"weight\", \"strata\": \"stratum\", " WORKERS "}", NULL},
    {"clustered", "{\"weight\": \"weight\", \"clusters\": \"cluster\", " WORKERS "}", NULL},
    {"full", "{\"weight\": \"weight\", \"strata\": \"stratum\", \"clusters\": \"cluster\", " WORKERS "}", NULL},
    {"full_fpc",
     "{\"weight\": \"weight\", \"strata\": \"stratum\", \"clusters\": \"cluster\", "
     "\"fpc\": \"clusters_in_stratum\", " WORKERS "}",
     NULL},
};

#define FULL                                                                                                           \
    "\"weight\": \"weight\", \"strata\": \"stratum\", \"clusters\": \"cluster\", \"questions\": {\"sector\": "         \
    "{\"answers\": "                                                                                                   \
    "{\"agriculture\": \"\", \"construction\": \"\", \"services\": \"\", \"trade\": \"\"}}}, " WORKERS

/* A sample with two strata of one cluster each, and weights that add up to six times 2^53. */
static design alone[] = {
    {"weighted", "{\"weight\": \"weight\", " WORKERS "}", NULL},
    {"clustered", "{\"weight\": \"weight\", \"clusters\": \"cluster\", " WORKERS "}", NULL},
    {"full,lonely=fail", "{" FULL "}", NULL},
    {"full,lonely=remove", "{\"lonely\": \"remove\", " FULL "}", NULL},
    {"full,lonely=certainty", "{\"lonely\": \"certainty\", " FULL "}", NULL},
    {"full,lonely=adjust", "{\"lonely\": \"adjust\", " FULL "}", NULL},
    {"full,lonely=average", "{\"lonely\": \"average\", " FULL "}", NULL},
    {"full,lonely=adjust,domain", "{\"lonely\": \"adjust\", \"lonelyDomain\": true, " FULL "}", NULL},
    {"full_fpc,lonely=remove", "{\"lonely\": \"remove\", \"fpc\": \"clusters_in_stratum\", " FULL "}", NULL},
};

#define ALL "\"weight\": \"weight\", \"strata\": \"stratum\", \"clusters\": "

static design households[] = {
    {"two_stage_fpc",
     "{" ALL "[\"psu\", \"household\"], \"fpc\": [\"psus_in_stratum\", \"households_in_psu\"], " HOUSEHOLDS "}", NULL},
    {"ultimate", "{" ALL "\"psu\", " HOUSEHOLDS "}", NULL},
    {"no_strata", "{\"weight\": \"weight\", \"clusters\": \"psu\", " HOUSEHOLDS "}", NULL},
    {"weights_only", "{\"weight\": \"weight\", " HOUSEHOLDS "}", NULL},
    {"lonely_fail", "{" ALL "\"psu\", " HOUSEHOLDS "}", NULL},
    {"lonely_remove", "{" ALL "\"psu\", \"lonely\": \"remove\", " HOUSEHOLDS "}", NULL},
    {"lonely_adjust", "{" ALL "\"psu\", \"lonely\": \"adjust\", " HOUSEHOLDS "}", NULL},
    {"lonely_average", "{" ALL "\"psu\", \"lonely\": \"average\", " HOUSEHOLDS "}", NULL},
    {"lonely_certainty", "{" ALL "\"psu\", \"lonely\": \"certainty\", " HOUSEHOLDS "}", NULL},
};

static char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = malloc(1 << 20);
    *size = fread(text, 1, (1 << 20) - 1, file);
    text[*size] = '\0';
    fclose(file);
    return text;
}

static mtm_survey *open_survey(const char *path, const char *json, const char *bytes, size_t size) {
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey *survey = NULL;
    mtm_error err = {0};
    options.survey = json;
    const mtm_source file = MTM_SOURCE_PATH_INIT(path), memory = MTM_SOURCE_BYTES_INIT(bytes, size, path);
    if (mtm_survey_read(bytes == NULL ? &file : &memory, &options, &survey, &err) != MTM_OK) {
        fail_msg("%s: %s", json, err.message);
    }
    return survey;
}

/* The file without the rows that have a word. */
static char *without(const char *path, const char *word, size_t *size) {
    char *text = read_file(path, size), *to = text;
    for (char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n") + 1;
        char *found = strstr(line, word);
        if (found == NULL || found >= line + length) {
            memmove(to, line, length);
            to += length;
        }
        line += length;
    }
    *size = (size_t)(to - text);
    return text;
}

static int split_line(char *line, char **fields) {
    int n = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *at = line; at != NULL && n < FIELDS;) {
        char *tab = strchr(at, '\t');
        fields[n++] = at;
        if (tab != NULL) {
            *tab++ = '\0';
        }
        at = tab;
    }
    return n;
}

static double number(const char *text) {
    return text == NULL || strcmp(text, "NA") == 0 ? NAN : strtod(text, NULL);
}

/* Whether two numbers agree; a number that R does not define is not compared. */
static int agrees(double ours, double theirs, double tolerance) {
    return isnan(theirs) || (isinf(theirs) && isinf(ours)) || fabs(ours - theirs) <= tolerance * fabs(theirs) + 1e-14;
}

/* "sex=M&age_group=15-24" as a condition. */
static const char *condition(const char *domain, char *out, size_t size) {
    if (strcmp(domain, "all") == 0) {
        return NULL;
    }
    snprintf(out, size, "%s", domain);
    for (char *at = out; *at != '\0'; at++) {
        *at = *at == '&' ? ';' : *at;
    }
    return out;
}

static int find_design(design *designs, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(designs[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* One row of expected.tsv. Returns how many of its numbers differ. */
static int compare(const mtm_survey *survey, mtm_survey_request *request, char **row, const char *line,
                   double tolerance, int replace, double interval) {
    mtm_estimates *estimates = NULL;
    mtm_error err = {0};
    if (mtm_survey_compute(survey, request, &estimates, &err) != MTM_OK) {
        print_error("%s: %s\n", line, err.message);
        return 1;
    }
    const mtm_estimate *one = mtm_estimates_at(estimates, 0);
    int wrong = one->n != atoll(row[4]) || !agrees(one->estimate, number(row[5]), tolerance) ||
                !agrees(one->se, number(row[6]), tolerance) || !agrees(one->df, number(row[7]), tolerance) ||
                !agrees(one->low, number(row[8]), interval) || !agrees(one->high, number(row[9]), interval) ||
                !agrees(replace ? one->deff_replace : one->deff, number(row[10]), tolerance);
    if (wrong) {
        print_error("%s\n  n %lld estimate %.12g se %.12g df %g [%.12g, %.12g] deff %.12g %.12g\n", line,
                    (long long)one->n, one->estimate, one->se, one->df, one->low, one->high, one->deff,
                    one->deff_replace);
    }
    mtm_estimates_free(estimates);
    return wrong;
}

/* R fits the logit by iteration: where nobody or everybody gave the answer it ends near 1e-11 with an interval around
 * that, and with one degree of freedom the interval has no upper end. Here the share is 0 or 1, and the interval Korn and
 * Graubard's; a point where every unit was drawn. */
static int compare_where_r_has_none(const mtm_survey *survey, mtm_survey_request *request, char **row) {
    mtm_estimates *estimates = NULL;
    assert_int_equal(mtm_survey_compute(survey, request, &estimates, NULL), MTM_OK);
    const mtm_estimate *one = mtm_estimates_at(estimates, 0);
    double p = one->estimate;
    int ends = p == 0 || p == 1, point = one->se == 0 && !ends;
    int wrong = one->n != atoll(row[4]) || !agrees(one->se, number(row[6]), 1e-9) || one->df != number(row[7]) ||
                !agrees(p, number(row[5]), 1e-7) && p != 0;
    if (one->df > 0 && !point) {
        wrong |= !(one->low >= 0 && one->low <= p && one->high >= p && one->high <= 1 && one->low < one->high);
        wrong |= one->low == 0 && p != 0;
        wrong |= one->high == 1 && p != 1;
    }
    wrong |= !(one->df > 0) && !isnan(one->high);
    wrong |= ends && one->df > 0 && strcmp(one->method, "beta") != 0;
    if (wrong) {
        print_error("%s %s %s: estimate %.12g [%.12g, %.12g] %s\n", row[0], row[2], row[3], p, one->low, one->high,
                    one->method);
    }
    mtm_estimates_free(estimates);
    return wrong;
}

/* Where R has no interval, or one of rounding errors alone. */
static int has_no_interval(char **row) {
    double p = number(row[5]), se = number(row[6]);
    return (strcmp(row[1], "proportion_logit") == 0 && (p < 1e-9 || p > 1 - 1e-9 || isnan(number(row[9])))) ||
           (strcmp(row[1], "proportion_beta") == 0 && se < 1e-15);
}

/* Whether the quantile is the smallest answer: where it alone has the share, R's rule gives the second. */
static int is_smallest(const mtm_survey *survey, const mtm_survey_request *request) {
    mtm_survey_request smallest = *request;
    double values[2];
    smallest.probability = 1e-12;
    const mtm_survey_request *const both[2] = {request, &smallest};
    for (int i = 0; i < 2; i++) {
        mtm_estimates *estimates = NULL;
        assert_int_equal(mtm_survey_compute(survey, both[i], &estimates, NULL), MTM_OK);
        values[i] = mtm_estimates_at(estimates, 0)->estimate;
        mtm_estimates_free(estimates);
    }
    return values[0] == values[1];
}

static int compare_like_workers(const mtm_survey *survey, char **row, const char *line, int excepts) {
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    char where[200], variable[100];
    const char *statistic = row[1];
    double tolerance = strcmp(statistic, "proportion_logit") == 0 ? 1e-7 : 1e-9;
    snprintf(variable, sizeof variable, "%s", row[2]);
    request.question = variable;
    request.where = condition(row[3], where, sizeof where);
    request.answer = "yes";
    request.statistic = MTM_STATISTIC_PROPORTION;
    request.interval = MTM_INTERVAL_T;
    if (strcmp(statistic, "total") == 0) {
        request.statistic = MTM_STATISTIC_TOTAL;
    } else if (strcmp(statistic, "proportion_logit") == 0) {
        request.interval = MTM_INTERVAL_LOGIT;
    } else if (strcmp(statistic, "proportion_beta") == 0) {
        request.interval = MTM_INTERVAL_BETA;
    } else if (strcmp(statistic, "mean") == 0) {
        request.statistic = MTM_STATISTIC_MEAN;
    } else if (strcmp(statistic, "ratio") == 0) {
        request.statistic = MTM_STATISTIC_RATIO;
        request.question = "remitted";
        request.denominator = "income";
    } else if (strncmp(statistic, "quantile", 8) == 0) {
        request.statistic = MTM_STATISTIC_QUANTILE;
        request.probability = strtod(statistic + 8, NULL);
        row[6] = row[8] = row[9] = (char *)"NA";
    } else if (strcmp(statistic, "category") == 0) {
        char *equals = strchr(variable, '='); /* none where R refuses the question as a whole */
        request.answer = equals == NULL ? NULL : equals + 1;
        if (equals != NULL) {
            *equals = '\0';
        }
    } else if (strcmp(statistic, "difference") == 0) {
        request.where = NULL;
        request.by = "sex";
        request.between = "F,M";
    }
    if (row[11] != NULL && strncmp(row[11], "ERROR", 5) == 0) { /* a stratum of one cluster */
        mtm_estimates *estimates = NULL;
        mtm_error err = {0};
        return mtm_survey_compute(survey, &request, &estimates, &err) != MTM_ERROR_VALUE || err.code != 206;
    }
    if (strcmp(statistic, "proportion_logit") == 0 && (number(row[5]) < 1e-9 || isnan(number(row[9])))) {
        return compare_where_r_has_none(survey, &request, row);
    }
    if (excepts && has_no_interval(row)) {
        row[8] = row[9] = (char *)"NA";
    }
    if (excepts && request.statistic == MTM_STATISTIC_QUANTILE && is_smallest(survey, &request)) {
        row[5] = (char *)"NA";
    }
    return compare(survey, &request, row, line, tolerance, strcmp(statistic, "deff_replace") == 0, tolerance);
}

static int compare_workers(char **row, const char *line) {
    return compare_like_workers(workers[find_design(workers, sizeof workers / sizeof *workers, row[0])].survey, row,
                                line, 0);
}

static int compare_alone(char **row, const char *line) {
    return compare_like_workers(alone[find_design(alone, sizeof alone / sizeof *alone, row[0])].survey, row, line, 1);
}

static int compare_households(char **row, const char *line) {
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    char where[200] = "", variable[100], *slash;
    const mtm_survey *survey =
        households[find_design(households, sizeof households / sizeof *households, row[0])].survey;
    static const char *const columns[][2] = {{"idp", "population_group"},
                                             {"host", "population_group"},
                                             {"XX01", "admin1Pcode"},
                                             {"XX02", "admin1Pcode"},
                                             {"female", "sex_of_head"}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (strcmp(row[3], columns[i][0]) == 0) {
            snprintf(where, sizeof where, "%s=%s", columns[i][1], row[3]);
        }
    }
    snprintf(variable, sizeof variable, "%s", row[2]);
    request.where = where;
    request.question = variable;
    request.statistic = strcmp(row[1], "mean") == 0    ? MTM_STATISTIC_MEAN
                        : strcmp(row[1], "total") == 0 ? MTM_STATISTIC_TOTAL
                        : strcmp(row[1], "ratio") == 0 ? MTM_STATISTIC_RATIO
                                                       : MTM_STATISTIC_PROPORTION;
    if (strncmp(variable, "need_", 5) == 0) {
        request.question = "need";
        request.answer = variable + 5;
    } else if (strcmp(variable, "food") == 0) {
        request.answer = "yes";
    } else if ((slash = strchr(variable, '=')) != NULL) {
        *slash = '\0';
        request.answer = slash + 1;
    } else if ((slash = strchr(variable, '/')) != NULL) {
        *slash = '\0';
        request.denominator = slash + 1;
    }
    if (strcmp(row[0], "lonely_fail") == 0) {
        mtm_estimates *estimates = NULL;
        mtm_error err = {0};
        int wrong = mtm_survey_compute(survey, &request, &estimates, &err) != MTM_ERROR_VALUE ||
                    strstr(err.message, "XX04-idp") == NULL || err.code != 206;
        mtm_estimates_free(estimates);
        return wrong;
    }
    return compare(survey, &request, row, line, 1e-9, 0, request.statistic == MTM_STATISTIC_PROPORTION ? 1e-7 : 1e-9);
}

static void compare_file(const char *path, int (*compare_row)(char **, const char *), int expected) {
    FILE *file = fopen(path, "rb");
    char line[1000], copy[1000], *fields[FIELDS];
    int rows = 0, wrong = 0;
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        snprintf(copy, sizeof copy, "%s", line);
        copy[strcspn(copy, "\n")] = '\0';
        assert_true(split_line(line, fields) >= 11);
        wrong += compare_row(fields, copy);
        rows++;
    }
    fclose(file);
    print_message("%d rows, %d differ\n", rows, wrong);
    assert_int_equal(rows, expected);
    assert_int_equal(wrong, 0);
}

static void compare_designs(const char *folder, design *designs, size_t n, int (*compare_row)(char **, const char *),
                            int expected) {
    char path[500];
    snprintf(path, sizeof path, "%smicrodata.csv", folder);
    for (size_t i = 0; i < n; i++) {
        designs[i].survey = open_survey(path, designs[i].json, NULL, 0);
    }
    snprintf(path, sizeof path, "%sexpected.tsv", folder);
    compare_file(path, compare_row, expected);
    for (size_t i = 0; i < n; i++) {
        mtm_survey_free(designs[i].survey);
    }
}

static void test_workers(void **state) {
    (void)state;
    compare_designs(FOLDER, workers, sizeof workers / sizeof *workers, compare_workers, 3552);
}

static void test_alone(void **state) {
    (void)state;
    compare_designs(FOLDER "lone/", alone, sizeof alone / sizeof *alone, compare_alone, 1157);
}

static void test_households(void **state) {
    size_t size;
    char *bytes = without(FOLDER "households.csv", "XX04-idp", &size);
    (void)state;
    for (size_t i = 0; i < sizeof households / sizeof *households; i++) {
        int whole = strncmp(households[i].name, "lonely", 6) == 0;
        households[i].survey =
            open_survey(FOLDER "households.csv", households[i].json, whole ? NULL : bytes, whole ? 0 : size);
    }
    compare_file(FOLDER "households-expected.tsv", compare_households, 221);
    for (size_t i = 0; i < sizeof households / sizeof *households; i++) {
        mtm_survey_free(households[i].survey);
    }
    free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_workers), cmocka_unit_test(test_alone),
                                       cmocka_unit_test(test_households)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
