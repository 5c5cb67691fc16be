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

/* R fits the logit by iteration: where nobody gave the answer it ends near 1e-11 with an interval around that, and with
 * one degree of freedom the interval has no upper end. Here the share is 0, and the interval Korn and Graubard's. */
static int compare_where_r_has_none(const mtm_survey *survey, mtm_survey_request *request, char **row) {
    mtm_estimates *estimates = NULL;
    assert_int_equal(mtm_survey_compute(survey, request, &estimates, NULL), MTM_OK);
    const mtm_estimate *one = mtm_estimates_at(estimates, 0);
    int wrong = one->n != atoll(row[4]) || !agrees(one->se, number(row[6]), 1e-9) || one->df != number(row[7]) ||
                !agrees(one->estimate, number(row[5]), 1e-7) && one->estimate != 0;
    wrong |= one->df > 0 ? !(one->low >= 0 && one->low <= one->estimate && one->high > one->estimate && one->high < 1)
                         : !isnan(one->high);
    wrong |= one->estimate == 0 && one->df > 0 && strcmp(one->method, "beta") != 0;
    mtm_estimates_free(estimates);
    return wrong;
}

static int compare_workers(char **row, const char *line) {
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    char where[200], variable[100];
    const mtm_survey *survey = workers[find_design(workers, sizeof workers / sizeof *workers, row[0])].survey;
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
        request.answer = strchr(variable, '=') + 1;
        *strchr(variable, '=') = '\0';
    } else if (strcmp(statistic, "difference") == 0) {
        request.where = NULL;
        request.by = "sex";
        request.between = "F,M";
    }
    if (strcmp(statistic, "proportion_logit") == 0 && (number(row[5]) < 1e-9 || isnan(number(row[9])))) {
        return compare_where_r_has_none(survey, &request, row);
    }
    return compare(survey, &request, row, line, tolerance, strcmp(statistic, "deff_replace") == 0, tolerance);
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

static void test_workers(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
        workers[i].survey = open_survey(FOLDER "microdata.csv", workers[i].json, NULL, 0);
    }
    compare_file(FOLDER "expected.tsv", compare_workers, 3552);
    for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
        mtm_survey_free(workers[i].survey);
    }
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_workers), cmocka_unit_test(test_households)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
